/* tlsfacts.c - answers to hellos of our own as facts, and what protocols follow from them */
#include "lp/tlsfacts.h"

#include "lp/ask.h"
#include "lp/lang.h"

const struct lp_field lp_hello_fact_fields[] = {
    LP_FIELD(struct lp_hello_fact, offered, "highest protocol offered"),
    LP_FIELD(struct lp_hello_fact, answer, "taken, refused, closed, silent, not-tls"),
    LP_FIELD(struct lp_hello_fact, agreed, "protocol agreed"),
    LP_FIELD(struct lp_hello_fact, cipher, "cipher suite agreed, by the IANA registry"),
    LP_FIELD(struct lp_hello_fact, alert, "number of the alert, -1 none"),
    LP_FIELD_END,
};

/* ---- one answer ---- */

static struct lp_str cipher_text(struct lp_arena *arena, int64_t number)
{
    struct lp_str name = lp_cipher_name(number);
    return name.n ? name : lp_arena_printf(arena, "0x%04x", (unsigned)number & 0xffffU);
}

bool lp_hello_hear(struct lp_talk *talk, int64_t version, struct lp_hello_fact *out)
{
    static const struct lp_str words[] = { [LP_HELLO_MORE] = { "closed", 6 },
                                           [LP_HELLO_TAKEN] = { "taken", 5 },
                                           [LP_HELLO_REFUSED] = { "refused", 7 },
                                           [LP_HELLO_NOT_TLS] = { "not-tls", 7 } };
    struct lp_hello_answer said;
    enum lp_hello_read read = lp_hello_decode(talk->in, &said);
    if (read == LP_HELLO_MORE && !talk->eof)
        return false;
    *out = (struct lp_hello_fact){ .offered = lp_tls_version_word(version),
                                   .answer = words[read],
                                   .agreed = lp_tls_version_word(said.version),
                                   .alert = said.alert };
    if (read == LP_HELLO_TAKEN)
        out->cipher = cipher_text(talk->arena, said.cipher);
    if (read == LP_HELLO_MORE && talk->silent)
        out->answer = LP_STR("silent");
    return true;
}

bool lp_hello_is_taken(const struct lp_hello_fact *fact)
{
    return fact->agreed.n > 0;
}

/* Windows closes where OpenSSL says protocol_version. */
bool lp_hello_is_refused(const struct lp_hello_fact *fact)
{
    return lp_str_eq(fact->answer, LP_STR("refused")) || lp_str_eq(fact->answer, LP_STR("closed"));
}

struct lp_hello lp_hello_for(const struct lp_talk *talk, int64_t version)
{
    return (struct lp_hello){ .version = version, .host = talk->ask->host, .token = talk->token };
}

/* ---- protocols ---- */

/* The higher of the two, as far as it is lower than what is taken. */
static int64_t best_refused(int64_t lowest, int64_t a, int64_t b)
{
    a = lowest && a >= lowest ? 0 : a;
    b = lowest && b >= lowest ? 0 : b;
    return a > b ? a : b;
}

void lp_protocols_join(struct lp_protocols *out, const struct lp_protocols *more)
{
    if (more->lowest && (!out->lowest || more->lowest < out->lowest))
        out->lowest = more->lowest;
    if (more->highest > out->highest)
        out->highest = more->highest;
    out->refused = best_refused(out->lowest, out->refused, more->refused);
}

static struct lp_protocols protocols_of(const struct lp_hello_fact *fact)
{
    int64_t agreed = lp_tls_version_of(fact->agreed);
    return (struct lp_protocols){ agreed, agreed,
                                  lp_hello_is_refused(fact) ? lp_tls_version_of(fact->offered)
                                                            : 0 };
}

/* Taken ones first: only then it is known which refusals count. */
void lp_protocols_of_hellos(const struct lp_list *hellos, struct lp_protocols *out)
{
    const struct lp_hello_fact *at = hellos->at;
    *out = (struct lp_protocols){ 0 };
    for (size_t round = 0; round < 2; round++) {
        for (size_t i = 0; i < hellos->n; i++) {
            struct lp_protocols one = protocols_of(&at[i]);
            if (lp_hello_is_taken(&at[i]) == (round == 0))
                lp_protocols_join(out, &one);
        }
    }
}

int64_t lp_protocols_lowest(const struct lp_protocols *p)
{
    bool adjoins = p->refused == p->lowest - 1;
    bool known = adjoins || p->lowest < p->highest || p->lowest <= LP_TLS_1_0;
    return p->lowest && known ? p->lowest : 0;
}

struct lp_str lp_protocols_say(const struct lp_protocols *p, struct lp_arena *arena)
{
    struct lp_str high = lp_tls_version_title(p->highest), low = lp_tls_version_title(p->lowest);
    if (!high.n)
        return LP_STR_NONE;
    if (p->lowest == LP_SSL_3_0 && p->highest > p->lowest)
        return lp_tell(arena, "%s to %s", low.p, high.p);
    if (p->lowest < p->highest)
        return lp_tell(arena, "%s to %s", low.p, high.p + sizeof "TLS " - 1);
    if (p->refused == p->lowest - 1)
        return lp_tell(arena, "%s only", high.p);
    if (p->refused)
        return lp_tell(arena, "%s, nothing older than %s", high.p,
                       lp_tls_version_title(p->refused + 1).p);
    return high;
}
