/* view.c - inside or outside? decided from the evidence, with the reason in words */
#include "lp/lang.h"
#include "lp/plan.h"

/* What the names of one group show. */
struct seen {
    size_t records; /* names with a record */
    size_t inside;  /* addresses of class inside */
    size_t outside; /* public addresses */
};

struct eye {
    const struct lp_log *log;
    struct lp_arena *arena;
    struct lp_cidr *allow;
    size_t allow_n;
};

static bool is_inside(const struct eye *eye, const struct lp_addr *address)
{
    return lp_addr_class(address, eye->allow, eye->allow_n) == LP_CLASS_INSIDE;
}

static void count_places(struct eye *eye, struct lp_str host, int64_t port, struct seen *seen)
{
    struct lp_places places;
    lp_places_of(eye->log, eye->arena, host, port, &places);
    seen->records += places.n > 0;
    for (size_t i = 0; i < places.n; i++) {
        bool inside = is_inside(eye, &places.at[i].address);
        seen->inside += inside;
        seen->outside += !inside;
    }
}

static void count_name(struct eye *eye, const char *pattern, struct seen *seen)
{
    struct lp_str name = lp_name_expand(eye->arena, pattern, eye->log->setup.domain);
    if (name.n && name.p[0] != '_') {
        count_places(eye, name, 443, seen);
        return;
    }
    struct lp_resolved question = { .name = name, .type = LP_DNS_SRV }, srv;
    lp_resolve(eye->log, eye->arena, &question, &srv);
    for (size_t i = 0; i < srv.record_count && i < LP_MAX_TARGETS; i++) {
        if (lp_str_eq(srv.records[i]->name, LP_STR(".")))
            continue;
        seen->records++;
        count_places(eye, srv.records[i]->name, srv.records[i]->port, seen);
    }
}

/* Has anything at an inside address said a word (also no), or has all of it kept
   silent? */
static void listen(struct eye *eye, bool *answered, bool *silent)
{
    for (size_t i = 0; i < eye->log->n; i++) {
        const struct lp_link *link = lp_link_of(eye->log->at[i]);
        if (!link || link->overridden || !is_inside(eye, &link->address))
            continue;
        *answered |=
            link->connect == LP_OPEN || link->connect == LP_REFUSED || link->connect == LP_RESET;
        *silent |= link->connect == LP_TIMEOUT || link->connect == LP_UNREACHABLE;
    }
}

/* All that the decision rests on. */
struct sight {
    struct seen in, out, other;
    bool answered, silent;
};

static void look(const struct lp_log *log, struct lp_arena *arena, struct sight *sight)
{
    static const char *const inside[] = { "lyncdiscoverinternal.<sip-domain>",
                                          "_sipinternaltls._tcp.<sip-domain>",
                                          "_sipinternal._tcp.<sip-domain>",
                                          "sipinternal.<sip-domain>" };
    static const char *const outside[] = { "_sip._tls.<sip-domain>", "sipexternal.<sip-domain>",
                                           "lyncdiscover.<sip-domain>" };
    struct eye eye = { .log = log, .arena = arena };
    *sight = (struct sight){ 0 };
    eye.allow_n = lp_setup_allow(&log->setup, arena, &eye.allow);
    for (size_t i = 0; i < LP_COUNT(inside); i++)
        count_name(&eye, inside[i], &sight->in);
    for (size_t i = 0; i < LP_COUNT(outside); i++)
        count_name(&eye, outside[i], &sight->out);
    count_name(&eye, "sip.<sip-domain>", &sight->other);
    listen(&eye, &sight->answered, &sight->silent);
}

/* Inside names with inside addresses beside public outside names: an inside without
   split-brain DNS, or the Internet with a leak. What answers tells them apart. */
static bool is_ambiguous(const struct sight *s)
{
    return s->in.inside && s->out.outside && !s->answered;
}

/* Rows: what was found, in this order of weight. */
static bool decide(const struct sight *s, struct lp_str *why)
{
    if (is_ambiguous(s) && s->silent) {
        *why =
            LP_STR(LP_TR("names of the inside have inside addresses, but nothing answers there"));
        return false;
    }
    if (s->in.inside) {
        *why = LP_STR(LP_TR("names of the inside have inside addresses"));
        return true;
    }
    if (s->in.records && !s->out.records) {
        *why = LP_STR(LP_TR("only names of the inside exist"));
        return true;
    }
    if (s->in.records) {
        *why = LP_STR(
            LP_TR("names of the outside exist, and those of the inside have no inside address"));
        return false;
    }
    if (s->other.inside && !s->other.outside && !s->out.outside) {
        *why = LP_STR(LP_TR("all addresses are inside addresses"));
        return true;
    }
    *why = s->out.records || s->other.records ? LP_STR(LP_TR("no name of the inside exists"))
                                              : LP_STR(LP_TR("nothing was found"));
    return false;
}

bool lp_view_is_internal(const struct lp_log *log, struct lp_arena *arena, struct lp_str *why)
{
    struct sight sight;
    *why = lp_tell(arena, "asked for");
    if (!lp_str_eq(log->setup.view, LP_STR("auto")))
        return lp_str_eq(log->setup.view, LP_STR("internal"));
    look(log, arena, &sight);
    bool internal = decide(&sight, why);
    *why = lp_lang_say(arena->lang, *why);
    return internal;
}

bool lp_view_may_change(const struct lp_log *log, struct lp_arena *arena)
{
    struct sight sight;
    if (!lp_str_eq(log->setup.view, LP_STR("auto")))
        return false;
    look(log, arena, &sight);
    return is_ambiguous(&sight);
}
