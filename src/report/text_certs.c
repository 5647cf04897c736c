/* text_certs.c - the certificates that were shown: until when, for which names, trusted by whom */
#include "lp/text_report_parts.h"

#include "lp/cert.h"
#include "lp/name.h"
#include "lp/say.h"
#include "lp/text.h"

enum { PORTS_MOST = 8, NODES_MOST = 64 };

/* One leaf at one host. */
struct shown {
    const struct lp_certificate *leaf;
    const struct lp_link *link; /* the first that showed it */
    int64_t ports[PORTS_MOST];  /* rising */
    size_t port_count;
    struct lp_addr nodes[NODES_MOST]; /* rising */
    size_t node_count;
    enum lp_sign sign;
};

struct table {
    const struct shown *rows;
    size_t n;
    size_t at[5];
};

/* Names at which a leaf was shown. */
struct coverage {
    size_t hosts, covered;
    struct lp_str missing;
};

static bool is_same(const struct shown *s, const struct lp_certificate *leaf,
                    const struct lp_link *link)
{
    return s->leaf == leaf && lp_name_eq(s->link->host, link->host);
}

/* Rising, each once; what is over the bound is left out. */
static void add_node(struct shown *s, const struct lp_addr *address)
{
    size_t at = s->node_count;
    while (at > 0 && lp_addr_cmp(&s->nodes[at - 1], address) > 0)
        at--;
    if ((at > 0 && lp_addr_eq(&s->nodes[at - 1], address)) || s->node_count == NODES_MOST)
        return;
    for (size_t i = s->node_count++; i > at; i--)
        s->nodes[i] = s->nodes[i - 1];
    s->nodes[at] = *address;
}

static void add_port(struct shown *s, int64_t port)
{
    size_t at = s->port_count;
    while (at > 0 && s->ports[at - 1] > port)
        at--;
    if ((at > 0 && s->ports[at - 1] == port) || s->port_count == PORTS_MOST)
        return;
    for (size_t i = s->port_count++; i > at; i--)
        s->ports[i] = s->ports[i - 1];
    s->ports[at] = port;
}

static void add_evidence(const struct lp_text_report *report, struct shown *s,
                         const struct lp_evidence *e)
{
    struct lp_ranks ranks = { LP_RANK_CERT, LP_RANK_CERT };
    const struct lp_link *link = lp_link_of(e);
    enum lp_sign sign = lp_text_sign_of(lp_text_finding(report, e->id, ranks));
    add_port(s, link->port);
    add_node(s, &link->address);
    if (sign > s->sign)
        s->sign = sign;
}

static size_t collect(const struct lp_text_report *report, struct shown *rows)
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
            rows[n++] = (struct shown){ .leaf = leaf, .link = link, .sign = LP_SIGN_OK };
        add_evidence(report, &rows[at], log->at[i]);
    }
    return n;
}

/* Rows come by leaf and host, so each host of a leaf is met once. */
static struct coverage cover(const struct lp_page *page, const struct shown *rows, size_t n,
                             const struct lp_certificate *leaf)
{
    struct coverage c = { 0 };
    for (size_t i = 0; i < n; i++) {
        struct lp_addr literal;
        if (rows[i].leaf != leaf || lp_addr_parse(rows[i].link->host, &literal))
            continue;
        c.hosts++;
        if (lp_cert_covers(leaf, rows[i].link->host, NULL))
            c.covered++;
        else
            lp_page_join(page, &c.missing, lp_str_of(lp_term(page->arena, rows[i].link->host)));
    }
    return c;
}

static struct lp_str say_trust(const struct shown *s)
{
    const struct lp_verify *private = &s->link->private_store, *public = &s->link->public_store;
    if (s->leaf->self_signed)
        return LP_STR("itself");
    if (!private->done && !public->done)
        return LP_STR("unchecked");
    if (private->done && private->code == 0)
        return LP_STR("private");
    return public->done && public->code == 0 ? LP_STR("public") : LP_STR("nobody");
}

/* Nodes of that host, whatever leaf they show. */
static size_t count_nodes(const struct table *table, struct lp_str host)
{
    struct shown all = { .node_count = 0 };
    for (size_t i = 0; i < table->n; i++) {
        const struct shown *s = &table->rows[i];
        for (size_t k = 0; k < s->node_count && lp_name_eq(s->link->host, host); k++)
            add_node(&all, &s->nodes[k]);
    }
    return all.node_count;
}

static struct lp_str list_nodes(const struct lp_page *page, const struct shown *s)
{
    struct lp_str list = LP_STR("");
    for (size_t i = 0; i < s->node_count; i++)
        lp_page_join(page, &list, lp_say_address(page->arena, &s->nodes[i]));
    return list;
}

/* By host, so that reports of one deployment are alike; stable. */
static void sort_rows(struct shown *rows, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        struct shown row = rows[i];
        size_t at = i;
        while (at > 0 && lp_str_cmp(rows[at - 1].link->host, row.link->host) > 0) {
            rows[at] = rows[at - 1];
            at--;
        }
        rows[at] = row;
    }
}

static struct lp_str say_place(const struct lp_text_report *report, const struct shown *s)
{
    struct lp_arena *arena = report->page.arena;
    struct lp_str text = lp_say_host_port(arena, s->link->host, s->ports[0]);
    for (size_t i = 1; i < s->port_count; i++)
        text = lp_arena_printf(arena, "%s,%lld", text.p, (long long)s->ports[i]);
    return text;
}

static void put_note(const struct lp_text_report *report, const char *word, struct lp_str text)
{
    lp_page_space(&report->page, LP_ROW_LEFT + 2);
    lp_buf_printf(report->page.out, "%s: ", word);
    lp_page_flow(&report->page, text, LP_ROW_LEFT + 4 + lp_str_of(word).n, LP_ROW_LEFT + 4);
}

/* -v: what the certificate says of itself. */
static void put_more(const struct lp_text_report *report, const struct lp_certificate *leaf)
{
    const struct lp_page *page = &report->page;
    const struct lp_str *san = leaf->san.at;
    struct lp_str names = LP_STR("");
    for (size_t i = 0; i < leaf->san.n && i < 32; i++)
        lp_page_join(page, &names, lp_str_of(lp_term(page->arena, san[i])));
    if (leaf->san.n > 32)
        names = lp_arena_printf(page->arena, "%s and %zu more", names.p, leaf->san.n - 32);
    put_note(report, "names", names);
    put_note(report, "issuer", lp_str_of(lp_term(page->arena, leaf->issuer)));
    put_note(report, "key",
             lp_arena_printf(page->arena, "%s %lld bits, signed with %s",
                             lp_term(page->arena, leaf->key_type), (long long)leaf->key_bits,
                             lp_term(page->arena, leaf->signature)));
    put_note(report, "sha256", leaf->sha256);
}

static void put_row(const struct lp_text_report *report, const struct table *table,
                    const struct shown *s)
{
    char day[24] = "";
    size_t total = count_nodes(table, s->link->host);
    struct coverage c = cover(&report->page, table->rows, table->n, s->leaf);
    lp_format_day(s->leaf->not_after, day, sizeof day);
    struct lp_str names = lp_arena_printf(report->page.arena, "%zu of %zu", c.covered, c.hosts);
    struct lp_str nodes = total == s->node_count ? lp_arena_printf(report->page.arena, "%zu", total)
                                                 : lp_arena_printf(report->page.arena, "%zu of %zu",
                                                                   s->node_count, total);
    const struct lp_str cells[] = { say_place(report, s),
                                    s->leaf->readable ? lp_str_of(day) : LP_STR("unreadable"),
                                    c.hosts ? names : LP_STR("-"), say_trust(s), nodes };
    struct lp_cells line = { s->sign, cells, table->at, LP_COUNT(cells) };
    lp_page_cells(&report->page, &line);
    if (total != s->node_count)
        put_note(report, "at", list_nodes(&report->page, s));
    if (c.missing.n)
        put_note(report, "missing", c.missing);
    if (report->page.verbosity)
        put_more(report, s->leaf);
}

/* The place takes what the other four columns leave. */
static void lay_out(const struct lp_text_report *report, struct table *table)
{
    enum { ENDS = 13, NAMES = 10, TRUST = 11, NODES = 6 };
    size_t most = report->page.width - LP_ROW_LEFT - ENDS - NAMES - TRUST - NODES;
    size_t widest = LP_STR("CERTIFICATES").n;
    for (size_t i = 0; i < table->n; i++) {
        size_t columns = lp_columns(say_place(report, &table->rows[i])) + 2;
        if (columns > widest && columns <= most)
            widest = columns;
    }
    table->at[0] = LP_ROW_LEFT;
    table->at[1] = LP_ROW_LEFT + widest;
    table->at[2] = table->at[1] + ENDS;
    table->at[3] = table->at[2] + NAMES;
    table->at[4] = table->at[3] + TRUST;
}

void lp_text_certificates(const struct lp_text_report *report)
{
    const struct lp_log *log = report->j->survey.log;
    struct shown *rows = lp_arena_array(report->page.arena, log->n + 1, sizeof *rows);
    struct table table = { .rows = rows, .n = collect(report, rows) };
    if (!table.n)
        return;
    sort_rows(rows, table.n);
    lay_out(report, &table);
    lp_page_heading(&report->page, "CERTIFICATES",
                    lp_arena_printf(report->page.arena, "%*s%-13s%-10s%-11s%s",
                                    (int)(table.at[1] - LP_STR("CERTIFICATES").n - 2), "", "ends",
                                    "names", "trusted by", "nodes"));
    for (size_t i = 0; i < table.n; i++)
        put_row(report, &table, &rows[i]);
}
