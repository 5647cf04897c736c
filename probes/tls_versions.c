/* tls_versions.c - does the endpoint still take the protocols before TLS 1.2? One hello that offers
 * nothing newer: where it is refused, that is the one event it leaves in a log; where TLS 1.1 is
 * taken, TLS 1.0 is asked for, too. The highest is what the ordinary handshake has agreed. */
#include "lp/lang.h"
#include "lp/tlsfacts.h"

struct lp_tls_versions_facts {
    struct lp_link link;
    struct lp_list hellos; /* struct lp_hello_fact */
};

static const struct lp_field fields[] = {
    LP_FIELD_STRUCT(struct lp_tls_versions_facts, link, lp_link_fields, "the connection"),
    LP_FIELD_LIST(struct lp_tls_versions_facts, hellos, struct lp_hello_fact, lp_hello_fact_fields,
                  "hellos, in order"),
    LP_FIELD_END,
};

static const int64_t offers[] = { LP_TLS_1_1, LP_TLS_1_0 };

static enum lp_next ask(struct lp_talk *talk)
{
    uint16_t ciphers[LP_CIPHERS_MAX];
    struct lp_hello hello = lp_hello_for(talk, offers[talk->again]);
    hello.ciphers = ciphers;
    hello.cipher_count = lp_ciphers_of(hello.version, ciphers);
    lp_hello_put(talk->out, &hello);
    return LP_MORE;
}

static enum lp_next step(struct lp_talk *talk)
{
    struct lp_tls_versions_facts *facts = talk->facts;
    struct lp_hello_fact fact;
    if (talk->in.n == 0 && !talk->eof)
        return ask(talk);
    if (!lp_hello_hear(talk, offers[talk->again], &fact))
        return LP_MORE;
    lp_list_push(talk->arena, &facts->hellos, &fact, sizeof fact);
    return talk->again == 0 && lp_str_eq(fact.agreed, LP_STR("TLSv1.1")) ? LP_AGAIN : LP_DONE;
}

static void protocols(const struct lp_evidence *e, struct lp_protocols *out)
{
    const struct lp_tls_versions_facts *facts = e->facts;
    lp_protocols_of_hellos(&facts->hellos, out);
}

static struct lp_str say(const struct lp_evidence *e, struct lp_arena *arena)
{
    struct lp_protocols seen;
    protocols(e, &seen);
    if (!seen.highest && seen.refused)
        return lp_tell(arena, "nothing older than TLS 1.2");
    return lp_protocols_say(&seen, arena);
}

const struct lp_probe lp_probe_tls_versions = {
    .shape = {
        .name = "tls-versions",
        .title = "TLS before 1.2: is it still taken?",
        .fields = fields,
        .size = sizeof(struct lp_tls_versions_facts),
        .has_link = true,
    },
    .carrier = LP_CARRY_STREAM,
    .beside = LP_BESIDE_TLS,
    .plain = true,
    .tries = LP_COUNT(offers),
    .step = step,
    .say = say,
    .protocols = protocols,
};
