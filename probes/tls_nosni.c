/* tls_nosni.c - a handshake without SNI, as Lync Phone Edition makes it: which certificate comes?
 */
#include "lp/lang.h"
#include "lp/probe.h"

struct lp_tls_nosni_facts {
    struct lp_link link;
};

static const struct lp_field fields[] = {
    LP_FIELD_STRUCT(struct lp_tls_nosni_facts, link, lp_link_fields, "the connection"),
    LP_FIELD_END,
};

/* TLS stands when it is called for the first time. */
static enum lp_next step(struct lp_talk *talk)
{
    (void)talk;
    return LP_DONE;
}

static struct lp_str say(const struct lp_evidence *e, struct lp_arena *arena)
{
    return e->outcome == LP_OK ? lp_tell(arena, "TLS stands without SNI, too") : LP_STR_NONE;
}

const struct lp_probe lp_probe_tls_nosni = {
    .shape = {
        .name = "tls-nosni",
        .title = "TLS without SNI: which certificate comes?",
        .fields = fields,
        .size = sizeof(struct lp_tls_nosni_facts),
        .has_link = true,
    },
    .carrier = LP_CARRY_STREAM,
    .beside = LP_BESIDE_SIGN_IN,
    .no_sni = true,
    .step = step,
    .say = say,
};
