/* shown.c - the certificates that were shown, gathered by leaf and host */
#include "lp/shown.h"

#include "lp/cert.h"
#include "lp/cloud.h"
#include "lp/lang.h"
#include "lp/name.h"
#include "lp/say.h"
#include "lp/text.h"

static bool is_same(const struct lp_shown *s, const struct lp_certificate *leaf,
                    const struct lp_link *link)
{
    return s->leaf == leaf && lp_name_eq(s->link->host, link->host);
}

/* Rising, each once; what is over the bound is left out. */
static void add_node(struct lp_shown *s, const struct lp_addr *address)
{
    size_t at = s->node_count;
    while (at > 0 && lp_addr_cmp(&s->nodes[at - 1], address) > 0)
        at--;
    if ((at > 0 && lp_addr_eq(&s->nodes[at - 1], address)) || s->node_count == LP_SHOWN_NODES)
        return;
    for (size_t i = s->node_count++; i > at; i--)
        s->nodes[i] = s->nodes[i - 1];
    s->nodes[at] = *address;
}

static void add_port(struct lp_shown *s, int64_t port)
{
    size_t at = s->port_count;
    while (at > 0 && s->ports[at - 1] > port)
        at--;
    if ((at > 0 && s->ports[at - 1] == port) || s->port_count == LP_SHOWN_PORTS)
        return;
    for (size_t i = s->port_count++; i > at; i--)
        s->ports[i] = s->ports[i - 1];
    s->ports[at] = port;
}

/* A port of the topology where servers meet: they know one another by more than the name. */
static bool is_mutual(const struct lp_expectations *expected, const struct lp_link *link)
{
    for (size_t i = 0; expected && i < expected->n; i++) {
        const struct lp_expectation *e = &expected->at[i];
        if (e->kind == LP_EXPECT_PORT && e->port.mutual &&
            (e->port.ports[0] == link->port || e->port.ports[1] == link->port) &&
            lp_name_eq(e->port.host, link->host))
            return true;
    }
    return false;
}

static void add_evidence(const struct lp_text_report *report, struct lp_shown *s,
                         const struct lp_evidence *e)
{
    struct lp_ranks ranks = { LP_RANK_CERT, LP_RANK_CERT };
    const struct lp_link *link = lp_link_of(e);
    const struct lp_finding *finding = lp_text_finding(report, e->id, ranks);
    enum lp_sign sign = lp_text_sign_of(finding);
    s->by_name |= !is_mutual(report->j->survey.log->expected, link) &&
                  (lp_name_in_cloud(link->host) ||
                   !lp_cloud_has(report->j->survey.log, report->page.arena, link->host));
    add_port(s, link->port);
    add_node(s, &link->address);
    if (sign <= s->sign)
        return;
    s->sign = sign;
    s->finding = finding;
}

static size_t collect(const struct lp_text_report *report, struct lp_shown *rows)
{
    const struct lp_log *log = report->j->survey.log;
    size_t n = 0;
    for (size_t i = 0; i < log->n; i++) {
        const struct lp_link *link = lp_link_of(log->at[i]);
        const struct lp_certificate *leaf = link ? lp_log_leaf(log, link) : NULL;
        size_t at = 0;
        if (!leaf)
            continue;
        while (at < n && !is_same(&rows[at], leaf, link))
            at++;
        if (at == n)
            rows[n++] = (struct lp_shown){
                .leaf = leaf, .e = log->at[i], .link = link, .sign = LP_SIGN_OK
            };
        add_evidence(report, &rows[at], log->at[i]);
    }
    return n;
}

/* Rows come by leaf and host, so each host of a leaf is met once. */
struct lp_coverage lp_shown_coverage(const struct lp_page *page, const struct lp_shown_rows *rows,
                                     const struct lp_certificate *leaf)
{
    struct lp_coverage c = { 0 };
    for (size_t i = 0; i < rows->n; i++) {
        struct lp_addr literal;
        if (rows->at[i].leaf != leaf || !rows->at[i].by_name ||
            lp_addr_parse(rows->at[i].link->host, &literal))
            continue;
        c.hosts++;
        if (lp_cert_covers(leaf, rows->at[i].link->host, NULL))
            c.covered++;
        else
            lp_page_join(page, &c.missing, lp_str_of(lp_term(page->arena, rows->at[i].link->host)));
    }
    return c;
}

const char *lp_shown_trust(const struct lp_shown *s)
{
    const struct lp_verify *private = &s->link->private_store, *public = &s->link->public_store;
    if (s->leaf->self_signed)
        return LP_TR("itself");
    if (!private->done && !public->done)
        return LP_TR("unchecked");
    if (private->done && private->code == 0)
        return LP_TR("private");
    return public->done && public->code == 0 ? LP_TR("public") : LP_TR("nobody");
}

/* Nodes of that host, whatever leaf they show. */
size_t lp_shown_node_count(const struct lp_shown_rows *rows, struct lp_str host)
{
    struct lp_shown all = { .node_count = 0 };
    for (size_t i = 0; i < rows->n; i++) {
        const struct lp_shown *s = &rows->at[i];
        for (size_t k = 0; k < s->node_count && lp_name_eq(s->link->host, host); k++)
            add_node(&all, &s->nodes[k]);
    }
    return all.node_count;
}

struct lp_str lp_shown_nodes_text(const struct lp_page *page, const struct lp_shown *s)
{
    struct lp_str list = LP_STR("");
    for (size_t i = 0; i < s->node_count; i++)
        lp_page_join(page, &list, lp_say_address(page->arena, &s->nodes[i]));
    return list;
}

/* By host, so that reports of one deployment are alike; stable. */
static void sort_rows(struct lp_shown *rows, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        struct lp_shown row = rows[i];
        size_t at = i;
        while (at > 0 && lp_str_cmp(rows[at - 1].link->host, row.link->host) > 0) {
            rows[at] = rows[at - 1];
            at--;
        }
        rows[at] = row;
    }
}

void lp_shown_make(const struct lp_text_report *report, struct lp_shown_rows *out)
{
    size_t room = report->j->survey.log->n + 1;
    struct lp_shown *rows = lp_arena_array(report->page.arena, room, sizeof *rows);
    out->at = rows;
    out->n = collect(report, rows);
    sort_rows(rows, out->n);
}

struct lp_str lp_shown_place(const struct lp_text_report *report, const struct lp_shown *s)
{
    struct lp_arena *arena = report->page.arena;
    struct lp_str text = lp_say_host_port(arena, s->link->host, s->ports[0]);
    for (size_t i = 1; i < s->port_count; i++)
        text = lp_arena_printf(arena, "%s,%lld", text.p, (long long)s->ports[i]);
    return text;
}
