/* beside.c - what was asked beside an endpoint, found by its place */
#include "lp/beside.h"

#include <stdlib.h>
#include <string.h>

#include "lp/name.h"
#include "lp/text.h"
#include "lp/tlsfacts.h"

/* Several names may lead to one place, and were asked once. */
static bool is_about(const struct lp_evidence *beside, const struct lp_evidence *e)
{
    const struct lp_probe *probe = lp_probe_of(beside);
    const struct lp_link *a = lp_link_of(beside), *b = lp_endpoint_of(e);
    if (!probe || !probe->beside || !b || a->port != b->port ||
        a->connect_port != b->connect_port || !lp_addr_eq(&a->address, &b->address))
        return false;
    if (probe->beside == LP_BESIDE_SIP)
        return e->shape == &lp_probe_sip.shape && e->outcome == LP_OK;
    bool same_name = probe->beside == LP_BESIDE_TLS || lp_name_eq(a->host, b->host);
    return same_name && b->tls == LP_OK && !b->plain;
}

static int by_probe(const void *x, const void *y)
{
    const struct lp_evidence *a = *(const struct lp_evidence *const *)x;
    const struct lp_evidence *b = *(const struct lp_evidence *const *)y;
    int order = strcmp(a->shape->name, b->shape->name);
    return order ? order : lp_str_cmp(a->key, b->key);
}

struct lp_list lp_besides_of(const struct lp_log *log, const struct lp_evidence *e,
                             struct lp_arena *arena)
{
    struct lp_list found = { NULL, 0 };
    for (size_t i = 0; i < log->n; i++) {
        if (is_about(log->at[i], e))
            lp_list_push(arena, &found, &log->at[i], sizeof log->at[i]);
    }
    if (found.n)
        qsort(found.at, found.n, sizeof(const struct lp_evidence *), by_probe);
    return found;
}

static void protocols_of(const struct lp_log *log, const struct lp_evidence *e,
                         struct lp_protocols *own, struct lp_protocols *all)
{
    const struct lp_link *link = lp_link_of(e);
    int64_t agreed = link->tls == LP_OK ? lp_tls_version_of(link->protocol) : 0;
    *own = (struct lp_protocols){ agreed, agreed, 0 };
    *all = *own;
    for (size_t i = 0; i < log->n && agreed; i++) {
        const struct lp_probe *probe = lp_probe_of(log->at[i]);
        struct lp_protocols more;
        if (!probe || !probe->protocols || !is_about(log->at[i], e))
            continue;
        probe->protocols(log->at[i], &more);
        lp_protocols_join(all, &more);
    }
}

void lp_endpoint_protocols(const struct lp_log *log, const struct lp_evidence *e,
                           struct lp_protocols *out)
{
    struct lp_protocols own;
    protocols_of(log, e, &own, out);
}

static void add(struct lp_arena *arena, struct lp_str *text, struct lp_str part)
{
    struct lp_str parts[] = { *text, text->n ? LP_STR("; ") : LP_STR(""), part };
    if (part.n)
        *text = lp_arena_join(arena, parts, LP_COUNT(parts));
}

static struct lp_str say_protocols(const struct lp_log *log, const struct lp_evidence *e,
                                   struct lp_arena *arena)
{
    struct lp_protocols own, all;
    protocols_of(log, e, &own, &all);
    bool more = all.lowest != own.lowest || all.highest != own.highest || all.refused;
    return more ? lp_protocols_say(&all, arena) : LP_STR_NONE;
}

struct lp_str lp_say_besides(const struct lp_log *log, const struct lp_evidence *e,
                             struct lp_arena *arena)
{
    struct lp_str text = LP_STR("");
    struct lp_list besides = lp_besides_of(log, e, arena);
    const struct lp_evidence *const *at = besides.at;
    add(arena, &text, say_protocols(log, e, arena));
    for (size_t i = 0; i < besides.n; i++) {
        const struct lp_probe *probe = lp_probe_of(at[i]);
        if (probe->say && !probe->protocols)
            add(arena, &text, probe->say(at[i], arena));
    }
    return text;
}

struct lp_list lp_lines_of_besides(const struct lp_log *log, const struct lp_evidence *e,
                                   struct lp_arena *arena)
{
    struct lp_list all = { NULL, 0 }, besides = lp_besides_of(log, e, arena);
    const struct lp_evidence *const *at = besides.at;
    for (size_t i = 0; i < besides.n; i++) {
        const struct lp_probe *probe = lp_probe_of(at[i]);
        struct lp_list lines = { NULL, 0 };
        if (probe->lines)
            lines = probe->lines(at[i], arena);
        for (size_t k = 0; k < lines.n; k++)
            lp_list_push(arena, &all, (struct lp_str *)lines.at + k, sizeof(struct lp_str));
    }
    return all;
}

struct lp_str lp_say_protocols_at(const struct lp_log *log, const struct lp_link *link,
                                  struct lp_arena *arena)
{
    for (size_t i = 0; i < log->n; i++) {
        if (lp_link_of(log->at[i]) == link)
            return say_protocols(log, log->at[i], arena);
    }
    return LP_STR_NONE;
}
