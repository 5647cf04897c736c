/* compare_say.c - items of a comparison in words */
#include "lp/compare_render_parts.h"
#include "lp/lang.h"
#include "lp/probe.h"
#include "lp/say.h"
#include "lp/text.h"

enum { LINES_MAX = 4, ANSWERS_MAX = 8, LEAVES_MAX = 2, DIGEST_SHOWN = 12 };

static void add(struct lp_arena *arena, struct lp_list *lines, struct lp_str line)
{
    if (!lp_list_has_str(lines, line))
        lp_list_push(arena, lines, &line, sizeof line);
}

/* A host below the SIP domain, without it: the domain stands over the whole. */
static const char *host(const struct lp_compared *compared, struct lp_str name,
                        struct lp_arena *arena)
{
    struct lp_str domain = compared->walk[0]->survey.log->setup.domain;
    if (name.n > domain.n + 1 && lp_name_in_domain(name, domain))
        name = lp_str_sub(name, 0, name.n - domain.n - 1);
    return lp_term(arena, name);
}

/* ---- what it is about ---- */

const char *lp_compare_heading(enum lp_compare_kind kind)
{
    static const char *const words[] = { LP_TR("CLIENTS"), LP_TR("NAMES"), LP_TR("ENDPOINTS"),
                                         LP_TR("CERTIFICATES"), LP_TR("FINDINGS") };
    return words[kind];
}

static const struct lp_evidence *first_link(const struct lp_compared_item *item)
{
    const struct lp_list *links = &item->side[item->side[0].links.n ? 0 : 1].links;
    return *(const struct lp_evidence *const *)links->at;
}

/* Several pages of one host differ by their path. */
static struct lp_str say_service(const struct lp_evidence *e, struct lp_arena *arena)
{
    const struct lp_http *http = lp_http_of(e);
    struct lp_str rest = http ? http->url : LP_STR("");
    for (int slashes = 0; slashes < 3 && rest.n; slashes++)
        lp_str_cut(&rest, '/');
    if (!rest.n)
        return lp_str_of(e->shape->name);
    return lp_arena_printf(arena, "/%s", lp_term(arena, rest));
}

struct lp_list lp_compare_say_what(const struct lp_compared *compared,
                                   const struct lp_compared_item *item, struct lp_arena *arena)
{
    struct lp_list lines = { NULL, 0 };
    const struct lp_finding *f = lp_compared_finding(item);
    const char *key = host(compared, item->key, arena);
    switch (item->kind) {
    case LP_COMPARE_CLIENT: add(arena, &lines, item->key); break;
    case LP_COMPARE_NAME:
        add(arena, &lines,
            lp_arena_printf(arena, "%s %s", key, item->type == LP_DNS_SRV ? "SRV" : "A"));
        break;
    case LP_COMPARE_CERT:
        add(arena, &lines, lp_arena_printf(arena, "%s:%lld", key, (long long)item->port));
        break;
    case LP_COMPARE_ENDPOINT:
        add(arena, &lines, lp_arena_printf(arena, "%s:%lld", key, (long long)item->port));
        add(arena, &lines, say_service(first_link(item), arena));
        break;
    case LP_COMPARE_FINDING:
        add(arena, &lines, lp_str_of(f->rule->id));
        add(arena, &lines, lp_str_of(lp_term(arena, item->key)));
        break;
    }
    return lines;
}

/* ---- what a side has ---- */

/* One side of an item, as it is being put into words. */
struct saying {
    const struct lp_compared *compared;
    const struct lp_judgement *walk;
    const struct lp_compared_item *item;
    const struct lp_compared_side *side;
    struct lp_arena *arena;
    struct lp_list lines;
};

static void say(struct saying *s, struct lp_str line)
{
    add(s->arena, &s->lines, line);
}

static void say_more(struct saying *s, size_t total, size_t shown)
{
    if (total > shown)
        say(s, lp_tell(s->arena, "and %zu more", total - shown));
}

static void say_client(struct saying *s)
{
    enum { REFUSED = LP_UNDECIDED + 1 };
    /* Alone, and before the label of a step. */
    static const char *const words[][2] = {
        [LP_SIGNS_IN] = { LP_TR("signs in"), LP_TR("signs in, ") },
        [LP_FAILS] = { LP_TR("fails"), LP_TR("fails, ") },
        [LP_UNDECIDED] = { LP_TR("undecided"), LP_TR("undecided, ") },
        [REFUSED] = { LP_TR("is refused"), LP_TR("is refused, ") },
    };
    const struct lp_path *path = s->side->path;
    const struct lp_step_result *at = path->stops_at;
    bool refused =
        path == s->walk->survey.main && path->outcome == LP_SIGNS_IN && !s->walk->signs_in;
    const char *word = words[refused ? REFUSED : (int)path->outcome][at != NULL];
    say(s, lp_arena_printf(s->arena, "%s%s", lp_tr(s->arena, word), at ? at->row->label : ""));
    if (at && at->endpoint_host.n)
        say(s, lp_arena_printf(s->arena, "%s:%lld", host(s->compared, at->endpoint_host, s->arena),
                               (long long)at->endpoint_port));
}

static void say_srv(struct saying *s)
{
    const struct lp_resolved *srv = &s->side->srv;
    for (size_t i = 0; i < srv->record_count && i < LINES_MAX; i++)
        say(s, lp_arena_printf(s->arena, "%lld %s", (long long)srv->records[i]->port,
                               host(s->compared, srv->records[i]->name, s->arena)));
    say_more(s, srv->record_count, LINES_MAX);
    if (!srv->record_count)
        say(s, lp_str_of(lp_say_dns(s->arena, srv->outcome, LP_DNS_SRV)));
}

static void say_name(struct saying *s)
{
    const struct lp_places *places = &s->side->places;
    if (s->item->type == LP_DNS_SRV) {
        say_srv(s);
        return;
    }
    for (size_t i = 0; i < places->n && i < LINES_MAX; i++)
        say(s, lp_say_address(s->arena, &places->at[i].address));
    say_more(s, places->total, LINES_MAX);
    if (!places->n)
        say(s, lp_str_of(lp_say_dns(s->arena, places->outcome, LP_DNS_A)));
}

int64_t lp_compare_status(const struct lp_evidence *e)
{
    const struct lp_http *http = lp_http_of(e);
    if (http)
        return http->status;
    return e->shape == &lp_probe_sip.shape ? ((const struct lp_sip_facts *)e->facts)->status : 0;
}

/* "TLSv1.3, 401"; "closed"; below it how a conversation failed. */
static void say_link(struct saying *s, const struct lp_evidence *e)
{
    const struct lp_link *link = lp_link_of(e);
    struct lp_str word = lp_say_port(&s->walk->survey, e);
    bool speaks = link->connect == LP_OPEN && (link->plain || link->tls == LP_OK);
    if (speaks && lp_compare_status(e) > 0)
        word = lp_arena_printf(s->arena, "%s, %lld", word.p, (long long)lp_compare_status(e));
    say(s, word);
    if (speaks && e->outcome != LP_OK)
        say(s, lp_str_of(lp_outcome_word(e->outcome)));
}

static void say_endpoint(struct saying *s)
{
    const struct lp_evidence *const *at = s->side->links.at;
    size_t i = 0;
    for (; i < s->side->links.n && s->lines.n < ANSWERS_MAX; i++)
        say_link(s, at[i]);
    if (i < s->side->links.n && s->lines.n >= ANSWERS_MAX)
        say(s, lp_tell(s->arena, "and more"));
}

static void say_leaves(struct saying *s)
{
    const struct lp_certificate *const *at = s->side->leaves.at;
    for (size_t i = 0; i < s->side->leaves.n && i < LEAVES_MAX; i++) {
        char day[24];
        lp_format_day(at[i]->not_after, day, sizeof day);
        say(s, lp_str_of(lp_term(s->arena, lp_str_sub(at[i]->sha256, 0, DIGEST_SHOWN))));
        say(s, lp_tell(s->arena, "to %s", day));
    }
    say_more(s, s->side->leaves.n, LEAVES_MAX);
}

static void say_finding(struct saying *s)
{
    say(s, lp_str_of(lp_tr(s->arena, lp_severity_word(s->side->finding->severity))));
}

struct lp_list lp_compare_say_side(const struct lp_compared *compared,
                                   const struct lp_compared_item *item, size_t side,
                                   struct lp_arena *arena)
{
    static void (*const kinds[])(struct saying *) = {
        [LP_COMPARE_CLIENT] = say_client,     [LP_COMPARE_NAME] = say_name,
        [LP_COMPARE_ENDPOINT] = say_endpoint, [LP_COMPARE_CERT] = say_leaves,
        [LP_COMPARE_FINDING] = say_finding,
    };
    struct saying s = { .compared = compared,
                        .walk = compared->walk[side],
                        .item = item,
                        .side = &item->side[side],
                        .arena = arena };
    if (s.side->seen)
        kinds[item->kind](&s);
    else
        say(&s, item->kind == LP_COMPARE_FINDING ? LP_STR("-") : lp_tell(arena, "not asked"));
    return s.lines;
}

/* ---- what it amounts to ---- */

struct lp_str lp_compare_say_state(const struct lp_compared *compared,
                                   const struct lp_compared_item *item, struct lp_arena *arena)
{
    static const char *const words[] = { LP_TR("ok, same"), LP_TR("ok, meant"), LP_TR("differs"),
                                         LP_TR("new"),      LP_TR("gone"),      LP_TR("ok, mended"),
                                         LP_TR("undecided") };
    size_t only = item->state == LP_COMPARE_NEW;
    if (item->state == LP_COMPARE_BROKEN)
        return lp_tell(arena, "broken %s", compared->label[item->broken].p);
    if ((item->state == LP_COMPARE_NEW || item->state == LP_COMPARE_GONE) &&
        compared->relation != LP_COMPARE_TIMES)
        return lp_tell(arena, "only %s", compared->label[only].p);
    return lp_str_of(lp_tr(arena, words[item->state]));
}

enum lp_sign lp_compare_sign(enum lp_compare_state state)
{
    static const enum lp_sign signs[] = {
        [LP_COMPARE_SAME] = LP_SIGN_OK,         [LP_COMPARE_MEANT] = LP_SIGN_OK,
        [LP_COMPARE_DIFFERS] = LP_SIGN_WARNING, [LP_COMPARE_NEW] = LP_SIGN_WARNING,
        [LP_COMPARE_GONE] = LP_SIGN_WARNING,    [LP_COMPARE_MENDED] = LP_SIGN_OK,
        [LP_COMPARE_OPEN] = LP_SIGN_OPEN,       [LP_COMPARE_BROKEN] = LP_SIGN_CRITICAL,
    };
    return signs[state];
}

struct lp_str lp_compare_say_place(const struct lp_compared *compared,
                                   const struct lp_compared_item *item, struct lp_arena *arena)
{
    const struct lp_setup *setup = &compared->walk[1]->survey.log->setup;
    if (!setup->topology.n)
        setup = &compared->walk[0]->survey.log->setup;
    if (!item->rule)
        return LP_STR("");
    return lp_arena_printf(arena, "%s:%lld", lp_term(arena, setup->topology),
                           (long long)item->rule->mark.line);
}

struct lp_str lp_compare_say_counts(const struct lp_compared *compared, const size_t *count,
                                    struct lp_arena *arena)
{
    size_t other = count[LP_COMPARE_DIFFERS] + count[LP_COMPARE_NEW] + count[LP_COMPARE_GONE];
    bool times = compared->relation == LP_COMPARE_TIMES;
    struct lp_str text = lp_tell(
        arena,
        count[LP_COMPARE_MEANT] == 1 ? "%zu same, %zu differs on purpose, %zu broken, %zu %s"
                                     : "%zu same, %zu differ on purpose, %zu broken, %zu %s",
        count[LP_COMPARE_SAME], count[LP_COMPARE_MEANT], count[LP_COMPARE_BROKEN], other,
        lp_tr(arena, times ? "changed" : "unexplained"));
    if (count[LP_COMPARE_MENDED])
        text = lp_tell(arena, "%s, %zu mended", text.p, count[LP_COMPARE_MENDED]);
    if (count[LP_COMPARE_OPEN])
        text = lp_tell(arena, "%s, %zu undecided", text.p, count[LP_COMPARE_OPEN]);
    return text;
}
