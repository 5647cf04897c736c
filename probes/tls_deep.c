/* tls_deep.c - all that an endpoint takes: each protocol once, then its cipher suites, by leaving
 * out what it chose until it refuses; hellos alone, no key exchange. At most 64 connections, one
 * after the other. */
#include "lp/lang.h"
#include "lp/tlsfacts.h"

enum { CONNECTIONS = 64 };

struct lp_suite_fact {
    struct lp_str protocol, cipher;
};

enum question { FIRST, MORE, ORDER };

struct lp_tls_deep_facts {
    struct lp_link link;
    struct lp_list hellos; /* struct lp_hello_fact: the first of each protocol, newest first */
    struct lp_list suites; /* struct lp_suite_fact, as they were chosen */
    struct lp_str order;   /* whose preference it was: "server", "client"; unset: not known */
    bool truncated;
    /* The conversation's own, not recorded. */
    enum question question;
    int64_t version;                     /* that it is about */
    bool finished[LP_TLS_VERSIONS];      /* nothing is left of it, by number from SSL 3.0 on */
    struct lp_cipher found[CONNECTIONS]; /* numbers; from: the version */
};

static const struct lp_field suite_fields[] = {
    LP_FIELD(struct lp_suite_fact, protocol, "protocol"),
    LP_FIELD(struct lp_suite_fact, cipher, "cipher suite, by the IANA registry"),
    LP_FIELD_END,
};

static const struct lp_field fields[] = {
    LP_FIELD_STRUCT(struct lp_tls_deep_facts, link, lp_link_fields, "the connection"),
    LP_FIELD_LIST(struct lp_tls_deep_facts, hellos, struct lp_hello_fact, lp_hello_fact_fields,
                  "first hello of each protocol"),
    LP_FIELD_LIST(struct lp_tls_deep_facts, suites, struct lp_suite_fact, suite_fields,
                  "protocols and cipher suites that it takes, in the order of its choice"),
    LP_FIELD(struct lp_tls_deep_facts, order, "whose order that is: server or client"),
    LP_FIELD(struct lp_tls_deep_facts, truncated, "the list is not whole"),
    LP_FIELD_END,
};

/* ---- what is asked next ---- */

/* The suites of that version that were found, in their order, into out. */
static size_t found_of(const struct lp_tls_deep_facts *facts, int64_t version, uint16_t *out)
{
    size_t n = 0;
    for (size_t i = 0; i < facts->suites.n && i < CONNECTIONS; i++)
        if (facts->found[i].from == version)
            out[n++] = facts->found[i].number;
    return n;
}

static bool has(const uint16_t *list, size_t n, uint16_t number)
{
    for (size_t i = 0; i < n; i++)
        if (list[i] == number)
            return true;
    return false;
}

/* Those of the version that are still to be offered. */
static size_t rest_of(const struct lp_tls_deep_facts *facts, int64_t version, uint16_t *out)
{
    uint16_t all[LP_CIPHERS_MAX], known[CONNECTIONS];
    size_t n = lp_ciphers_of(version, all), known_n = found_of(facts, version, known), left = 0;
    for (size_t i = 0; i < n; i++)
        if (!has(known, known_n, all[i]))
            out[left++] = all[i];
    return left;
}

/* Two that are offered the other way round tell whose order it is. TLS 1.3 has too few. */
static bool order_is_open(const struct lp_tls_deep_facts *facts)
{
    uint16_t known[CONNECTIONS] = { 0 };
    return !facts->order.p && found_of(facts, LP_TLS_1_2, known) > 1;
}

/* Sets question and version; false: nothing is left to be asked. */
static bool choose(struct lp_tls_deep_facts *facts)
{
    facts->question = FIRST;
    facts->version = LP_TLS_1_3 - (int64_t)facts->hellos.n;
    if (facts->version >= LP_SSL_3_0)
        return true;
    facts->question = ORDER;
    facts->version = LP_TLS_1_2;
    if (order_is_open(facts))
        return true;
    facts->question = MORE;
    for (facts->version = LP_TLS_1_3; facts->version >= LP_SSL_3_0; facts->version--)
        if (!facts->finished[facts->version - LP_SSL_3_0])
            return true;
    return false;
}

/* What is offered next: whatever it has not chosen yet, or its first two the other way round. How
 * many. */
static size_t offer(const struct lp_tls_deep_facts *facts, uint16_t *ciphers)
{
    if (facts->question != ORDER)
        return rest_of(facts, facts->version, ciphers);
    found_of(facts, facts->version, ciphers);
    uint16_t first = ciphers[0];
    ciphers[0] = ciphers[1];
    ciphers[1] = first;
    return 2;
}

static enum lp_next ask(struct lp_talk *talk)
{
    struct lp_tls_deep_facts *facts = talk->facts;
    uint16_t ciphers[LP_CIPHERS_MAX] = { 0 };
    if (talk->again == 0)
        choose(facts);
    facts->truncated = true;
    struct lp_hello hello = lp_hello_for(talk, facts->version);
    hello.ciphers = ciphers;
    hello.cipher_count = offer(facts, ciphers);
    lp_hello_put(talk->out, &hello);
    return LP_MORE;
}

/* ---- what comes ---- */

static const struct lp_cipher *cipher_of(struct lp_str name)
{
    for (size_t i = 0; i < lp_cipher_count; i++)
        if (lp_str_eq(lp_str_of(lp_ciphers[i].name), name))
            return &lp_ciphers[i];
    return NULL;
}

/* One more suite; false: it chose none, or one that it was not offered. */
static bool take(struct lp_talk *talk, const struct lp_hello_fact *fact)
{
    struct lp_tls_deep_facts *facts = talk->facts;
    uint16_t rest[LP_CIPHERS_MAX];
    const struct lp_cipher *cipher = cipher_of(fact->cipher);
    size_t n = rest_of(facts, facts->version, rest);
    if (lp_tls_version_of(fact->agreed) != facts->version || !cipher ||
        !has(rest, n, cipher->number) || facts->suites.n == CONNECTIONS)
        return false;
    struct lp_suite_fact suite = { fact->agreed, fact->cipher };
    facts->found[facts->suites.n] =
        (struct lp_cipher){ .number = cipher->number, .from = (uint16_t)facts->version };
    lp_list_push(talk->arena, &facts->suites, &suite, sizeof suite);
    return true;
}

static void hear_order(struct lp_tls_deep_facts *facts, const struct lp_hello_fact *fact)
{
    uint16_t known[CONNECTIONS] = { 0 };
    const struct lp_cipher *cipher = cipher_of(fact->cipher);
    found_of(facts, facts->version, known);
    facts->order = LP_STR("");
    if (cipher && (cipher->number == known[0] || cipher->number == known[1]))
        facts->order = cipher->number == known[0] ? LP_STR("server") : LP_STR("client");
}

static void hear(struct lp_talk *talk, const struct lp_hello_fact *fact)
{
    struct lp_tls_deep_facts *facts = talk->facts;
    uint16_t rest[LP_CIPHERS_MAX];
    if (facts->question == FIRST)
        lp_list_push(talk->arena, &facts->hellos, fact, sizeof *fact);
    if (facts->question == ORDER)
        hear_order(facts, fact);
    else if (!take(talk, fact) || !rest_of(facts, facts->version, rest))
        facts->finished[facts->version - LP_SSL_3_0] = true;
}

static enum lp_next step(struct lp_talk *talk)
{
    struct lp_tls_deep_facts *facts = talk->facts;
    struct lp_hello_fact fact;
    if (talk->in.n == 0 && !talk->eof)
        return ask(talk);
    if (!lp_hello_hear(talk, facts->version, &fact))
        return LP_MORE;
    hear(talk, &fact);
    if (!choose(facts)) {
        facts->truncated = false;
        return LP_DONE;
    }
    /* Who says nothing to one hello would cost as much time at the next. */
    bool mute = talk->silent && facts->hellos.n < 2;
    return talk->again + 1 < CONNECTIONS && !mute ? LP_AGAIN : LP_DONE;
}

/* ---- words ---- */

static void protocols(const struct lp_evidence *e, struct lp_protocols *out)
{
    const struct lp_tls_deep_facts *facts = e->facts;
    lp_protocols_of_hellos(&facts->hellos, out);
}

static struct lp_str say(const struct lp_evidence *e, struct lp_arena *arena)
{
    const struct lp_tls_deep_facts *facts = e->facts;
    struct lp_protocols seen;
    protocols(e, &seen);
    struct lp_str range = lp_protocols_say(&seen, arena);
    if (!range.n)
        return LP_STR_NONE;
    return lp_tell(arena,
                   facts->truncated ? "%s; %zu cipher suites and more" : "%s; %zu cipher suites",
                   range.p, facts->suites.n);
}

static struct lp_str line_of(const struct lp_tls_deep_facts *facts, int64_t version,
                             struct lp_arena *arena)
{
    const struct lp_suite_fact *suites = facts->suites.at;
    struct lp_str line = LP_STR_NONE;
    for (size_t i = 0; i < facts->suites.n; i++) {
        if (lp_tls_version_of(suites[i].protocol) != version)
            continue;
        struct lp_str head = lp_tls_version_title(version);
        struct lp_str parts[] = { line.n ? line : head, line.n ? LP_STR(", ") : LP_STR(": "),
                                  suites[i].cipher };
        line = lp_arena_join(arena, parts, LP_COUNT(parts));
    }
    return line;
}

static struct lp_list lines(const struct lp_evidence *e, struct lp_arena *arena)
{
    const struct lp_tls_deep_facts *facts = e->facts;
    struct lp_list out = { NULL, 0 };
    struct lp_str more[] = { LP_STR_NONE, LP_STR_NONE };
    for (int64_t version = LP_TLS_1_3; version >= LP_SSL_3_0; version--) {
        struct lp_str line = line_of(facts, version, arena);
        if (line.n)
            lp_list_push(arena, &out, &line, sizeof line);
    }
    if (lp_str_eq(facts->order, LP_STR("server")))
        more[0] = lp_tell(arena, "cipher suites in the server's order");
    else if (lp_str_eq(facts->order, LP_STR("client")))
        more[0] = lp_tell(arena, "cipher suites as the client prefers them");
    if (facts->truncated)
        more[1] = lp_tell(arena, "the list of cipher suites is not whole");
    for (size_t i = 0; i < LP_COUNT(more); i++) {
        if (more[i].n)
            lp_list_push(arena, &out, &more[i], sizeof more[i]);
    }
    return out;
}

const struct lp_probe lp_probe_tls_deep = {
    .shape = {
        .name = "tls-deep",
        .title = "TLS in depth: protocols, cipher suites, whose order",
        .fields = fields,
        .size = sizeof(struct lp_tls_deep_facts),
        .has_link = true,
    },
    .carrier = LP_CARRY_STREAM,
    .beside = LP_BESIDE_TLS,
    .on_request = true,
    .plain = true,
    .tries = CONNECTIONS,
    .step = step,
    .say = say,
    .lines = lines,
    .protocols = protocols,
};
