/* mtls.c - services that servers keep for one another (PSOM, C3P, SIP with client
 * certificates, XMPP gateway, logging): the handshake says all that a stranger may hear. */
#include "lp/lang.h"
#include "lp/probe.h"

struct lp_mtls_facts {
    struct lp_link link;
};

static const struct lp_field fields[] = {
    LP_FIELD_STRUCT(struct lp_mtls_facts, link, lp_link_fields, "the connection"),
    LP_FIELD_END,
};

/* TLS stands when it is called for the first time. */
static enum lp_next step(struct lp_talk *talk)
{
    (void)talk;
    return LP_DONE;
}

/* A refusal of our empty certificate is the answer of a service that takes no strangers. */
static bool is_well(const struct lp_evidence *e)
{
    return e->outcome == LP_OK || lp_link_of(e)->alert_after_certificate;
}

static struct lp_str say(const struct lp_evidence *e, struct lp_arena *arena)
{
    const struct lp_link *link = lp_link_of(e);

    if (link->alert_after_certificate)
        return lp_tell(arena, "TLS answers, and lets nobody in without a client certificate");
    if (e->outcome != LP_OK)
        return link->asks_certificate
                   ? lp_tell(arena, "TLS answers, but our certificate is refused")
                   : LP_STR_NONE;
    if (link->asks_certificate)
        return lp_tell(arena, "TLS stands; a client certificate is asked for");
    return lp_tell(arena, "TLS stands; no client certificate is asked for");
}

const struct lp_probe lp_probe_mtls = {
    .shape = {
        .name = "mtls",
        .title = "TLS: handshake, certificate, client-certificate request",
        .fields = fields,
        .size = sizeof(struct lp_mtls_facts),
        .has_link = true,
    },
    .carrier = LP_CARRY_STREAM,
    .step = step,
    .say = say,
    .is_well = is_well,
};
