/* sip.c - SIP over TLS or TCP: one anonymous REGISTER, and what the server says to it. */
#include "lp/ask.h"
#include "lp/probe.h"
#include "lp/sipmsg.h"

static enum lp_next say_register(struct lp_talk *talk)
{
    struct lp_sip_facts *facts = talk->facts;
    struct lp_sip_request request = {
        .domain = talk->domain,
        .token = talk->token,
        .tls = !talk->ask->plain,
    };

    facts->date = LP_UTC_NONE;
    lp_sip_register(talk->out, &request);
    return LP_MORE;
}

static enum lp_next step(struct lp_talk *talk)
{
    static const enum lp_next next[] = {
        [LP_SIP_MORE] = LP_MORE,
        [LP_SIP_COMPLETE] = LP_DONE,
        [LP_SIP_NOT_SIP] = LP_BAD,
    };

    if (talk->in.n == 0 && !talk->eof)
        return say_register(talk);
    ((struct lp_sip_facts *)talk->facts)->answer_us = talk->answer_us;
    return next[lp_sip_decode(talk->arena, talk->in, talk->eof, talk->facts)];
}

const struct lp_probe lp_probe_sip = {
    .shape = {
        .name = "sip",
        .title = "SIP: one anonymous REGISTER",
        .fields = lp_sip_fields,
        .size = sizeof(struct lp_sip_facts),
        .has_link = true,
    },
    .carrier = LP_CARRY_STREAM,
    .step = step,
};
