/* text_certs.c - the certificates that were shown: until when, for which names, trusted by whom */
#include "lp/text_report_parts.h"

#include "lp/cert.h"
#include "lp/name.h"
#include "lp/say.h"
#include "lp/text.h"

/* One leaf at one host. */
struct shown {
    const struct lp_certificate *leaf;
    const struct lp_link *link; /* the first that showed it */
    struct lp_str ports, nodes; /* ", " between */
    size_t node_count;
    enum lp_sign sign;
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

static bool has_item(struct lp_str list, struct lp_str item)
{
    while (list.n) {
        if (lp_str_eq(lp_str_trim(lp_str_cut(&list, ',')), item))
            return true;
    }
    return false;
}

static void add_item(const struct lp_page *page, struct lp_str *list, struct lp_str item)
{
    if (!has_item(*list, item))
        lp_page_join(page, list, item);
}

static void add_evidence(const struct lp_text_report *report, struct shown *s,
                         const struct lp_evidence *e)
{
    struct lp_ranks ranks = { LP_RANK_CERT, LP_RANK_CERT };
    const struct lp_page *page = &report->page;
    const struct lp_link *link = lp_link_of(e);
    enum lp_sign sign = lp_text_sign_of(lp_text_finding(report, e->id, ranks));
    size_t before = s->nodes.n;
    add_item(page, &s->ports, lp_arena_printf(page->arena, "%lld", (long long)link->port));
    add_item(page, &s->nodes, lp_say_address(page->arena, &link->address));
    s->node_count += s->nodes.n != before;
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

/* How many of the host's nodes show this leaf. */
static struct lp_str say_nodes(const struct lp_text_report *report, const struct shown *rows,
                               size_t n, const struct shown *s)
{
    struct lp_str all = LP_STR("");
    size_t total = 0;
    for (size_t i = 0; i < n; i++) {
        struct lp_str rest = rows[i].nodes;
        while (lp_name_eq(rows[i].link->host, s->link->host) && rest.n) {
            size_t before = all.n;
            add_item(&report->page, &all, lp_str_trim(lp_str_cut(&rest, ',')));
            total += all.n != before;
        }
    }
    if (total == s->node_count)
        return lp_arena_printf(report->page.arena, "%zu", total);
    return lp_arena_printf(report->page.arena, "%zu of %zu", s->node_count, total);
}

static struct lp_str say_place(const struct lp_text_report *report, const struct shown *s)
{
    return lp_arena_printf(report->page.arena, "%s:%s", lp_term(report->page.arena, s->link->host),
                           s->ports.p);
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

struct table {
    const struct shown *rows;
    size_t n;
    size_t at[5];
};

static void put_row(const struct lp_text_report *report, const struct table *table,
                    const struct shown *s)
{
    char day[24] = "";
    struct coverage c = cover(&report->page, table->rows, table->n, s->leaf);
    lp_format_day(s->leaf->not_after, day, sizeof day);
    struct lp_str names = lp_arena_printf(report->page.arena, "%zu of %zu", c.covered, c.hosts);
    const struct lp_str cells[] = { say_place(report, s),
                                    s->leaf->readable ? lp_str_of(day) : LP_STR("unreadable"),
                                    c.hosts ? names : LP_STR("-"), say_trust(s),
                                    say_nodes(report, table->rows, table->n, s) };
    struct lp_cells line = { s->sign, cells, table->at, LP_COUNT(cells) };
    lp_page_cells(&report->page, &line);
    if (c.missing.n)
        put_note(report, "missing", c.missing);
    if (report->page.verbosity)
        put_more(report, s->leaf);
}

/* The place takes what the other four columns leave. */
static void lay_out(const struct lp_text_report *report, struct table *table)
{
    enum { ENDS = 13, NAMES = 8, TRUST = 11, NODES = 8 };
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
    lay_out(report, &table);
    lp_page_heading(&report->page, "CERTIFICATES",
                    lp_arena_printf(report->page.arena, "%*s%-13s%-8s%-11s%s",
                                    (int)(table.at[1] - LP_STR("CERTIFICATES").n - 2), "", "ends",
                                    "names", "trusted by", "nodes"));
    for (size_t i = 0; i < table.n; i++)
        put_row(report, &table, &rows[i]);
}
