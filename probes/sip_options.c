/* sip_options.c - OPTIONS of the domain, on request: what the server says that it can do. Lync's
 * answer to a stranger is documented nowhere (RFC 3261 11 says 200, or what an INVITE would get),
 * so that no answer is a fault. */
#include "lp/lang.h"
#include "lp/siptalk.h"
#include "lp/text.h"

static enum lp_next step(struct lp_talk *talk)
{
    return lp_sip_talk(talk, lp_sip_options);
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
