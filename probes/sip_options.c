/* sip_options.c - OPTIONS of the domain, on request: what the server says that it can do. Lync's
 * answer to a stranger is documented nowhere (RFC 3261 11 says 200, or what an INVITE would get),
 * so that no answer is a fault. */
#include "lp/ask.h"
#include "lp/lang.h"
#include "lp/probe.h"
#include "lp/sipmsg.h"
#include "lp/text.h"

static enum lp_next say_options(struct lp_talk *talk)
{
    struct lp_sip_facts *facts = talk->facts;
    struct lp_sip_request request = {
        .domain = talk->domain,
        .token = talk->token,
        .tls = !talk->ask->plain,
    };
    facts->date = LP_UTC_NONE;
    lp_sip_options(talk->out, &request);
    return LP_MORE;
}

static enum lp_next step(struct lp_talk *talk)
{
    static const enum lp_next next[] = {
        [LP_SIP_MORE] = LP_MORE,
        [LP_SIP_COMPLETE] = LP_DONE,
        [LP_SIP_NOT_SIP] = LP_BAD,
    };
    struct lp_sip_facts *facts = talk->facts;
    if (talk->in.n == 0 && !talk->eof)
        return say_options(talk);
    facts->answer_us = talk->answer_us;
    return next[lp_sip_decode(talk->arena, talk->in, talk->eof, facts)];
}

static void add(struct lp_arena *arena, struct lp_str *text, const char *head, struct lp_str part)
{
    if (part.n)
        *text = lp_arena_printf(arena, "%s; %s: %s", text->p, head, lp_term(arena, part));
}

/* The names of the protocol: no language has others. */
static struct lp_str say(const struct lp_evidence *e, struct lp_arena *arena)
{
    const struct lp_sip_facts *facts = e->facts;
    if (!facts->is_sip)
        return lp_arena_printf(arena, "OPTIONS: %s", lp_tr(arena, "no answer comes"));
    struct lp_str text = lp_arena_printf(arena, "OPTIONS: %lld%s%s", (long long)facts->status,
                                         facts->reason.n ? " " : "", lp_term(arena, facts->reason));
    add(arena, &text, "Allow", facts->allow);
    add(arena, &text, "Server", facts->server);
    return text;
}

const struct lp_probe lp_probe_sip_options = {
    .shape = {
        .name = "sip-options",
        .title = "SIP: one OPTIONS, what the server says that it can do",
        .fields = lp_sip_fields,
        .size = sizeof(struct lp_sip_facts),
        .has_link = true,
    },
    .carrier = LP_CARRY_STREAM,
    .beside = LP_BESIDE_SIP,
    .on_request = true,
    .step = step,
    .say = say,
};
