/* text_certs.c - the certificates that were shown: until when, for which names, trusted by whom */
#include "lp/say_standing.h"

#include "lp/lang.h"
#include "lp/text.h"

struct table {
    struct lp_shown_rows rows;
    size_t at[5];
};

static void put_note(const struct lp_text_report *report, const char *word, struct lp_str text)
{
    lp_page_space(&report->page, LP_ROW_LEFT + 2);
    struct lp_arena *arena = report->page.arena;
    struct lp_str parts[] = { lp_str_of(lp_tr(arena, word)), LP_STR(": "), text };
    struct lp_str line = lp_arena_join(arena, parts, LP_COUNT(parts));
    lp_page_flow(&report->page, line, LP_ROW_LEFT + 2, LP_ROW_LEFT + 4);
}

/* -v: what the certificate says of itself. */
static void put_more(const struct lp_text_report *report, const struct lp_shown *s)
{
    const struct lp_page *page = &report->page;
    const struct lp_certificate *leaf = s->leaf;
    struct lp_str standing = lp_say_standing(report->j->survey.log, page->arena, s);
    const struct lp_str *san = leaf->san.at;
    struct lp_str names = LP_STR("");
    for (size_t i = 0; i < leaf->san.n && i < 32; i++)
        lp_page_join(page, &names, lp_str_of(lp_term(page->arena, san[i])));
    if (leaf->san.n > 32)
        names = lp_tell(page->arena, "%s and %zu more", names.p, leaf->san.n - 32);
    put_note(report, "names", names);
    put_note(report, "issuer", lp_str_of(lp_term(page->arena, leaf->issuer)));
    put_note(report, "key",
             lp_tell(page->arena, "%s %lld bits, signed with %s",
                     lp_term(page->arena, leaf->key_type), (long long)leaf->key_bits,
                     lp_term(page->arena, leaf->signature)));
    if (standing.p)
        put_note(report, "revocation", standing);
    put_note(report, "sha256", leaf->sha256);
}

static void put_row(const struct lp_text_report *report, const struct table *table,
                    const struct lp_shown *s)
{
    char day[24] = "";
    size_t total = lp_shown_node_count(&table->rows, s->link->host);
    struct lp_coverage c = lp_shown_coverage(&report->page, &table->rows, s->leaf);
    lp_format_day(s->leaf->not_after, day, sizeof day);
    struct lp_str names = lp_tell(report->page.arena, "%zu of %zu", c.covered, c.hosts);
    struct lp_str nodes = total == s->node_count
                              ? lp_arena_printf(report->page.arena, "%zu", total)
                              : lp_tell(report->page.arena, "%zu of %zu", s->node_count, total);
    const struct lp_str cells[] = { lp_shown_place(report, s),
                                    s->leaf->readable ? lp_str_of(day)
                                                      : lp_tell(report->page.arena, "unreadable"),
                                    c.hosts ? names : LP_STR("-"),
                                    lp_str_of(lp_tr(report->page.arena, lp_shown_trust(s))),
                                    nodes };
    struct lp_cells line = { s->sign, cells, table->at, LP_COUNT(cells) };
    lp_page_cells(&report->page, &line);
    if (total != s->node_count)
        put_note(report, "at", lp_shown_nodes_text(&report->page, s));
    if (c.missing.n)
        put_note(report, "missing", c.missing);
    if (report->page.verbosity)
        put_more(report, s);
}

static size_t heading_columns(const struct lp_text_report *report)
{
    return lp_columns(lp_str_of(lp_tr(report->page.arena, "CERTIFICATES")));
}

/* The place takes what the other four columns leave. */
static void lay_out(const struct lp_text_report *report, struct table *table)
{
    enum { ENDS = 13, NAMES = 10, TRUST = 11, NODES = 6 };
    size_t most = report->page.width - LP_ROW_LEFT - ENDS - NAMES - TRUST - NODES;
    size_t widest = heading_columns(report);
    for (size_t i = 0; i < table->rows.n; i++) {
        size_t columns = lp_columns(lp_shown_place(report, &table->rows.at[i])) + 2;
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
    struct table table = { 0 };
    struct lp_arena *arena = report->page.arena;
    lp_shown_make(report, &table.rows);
    if (!table.rows.n)
        return;
    lay_out(report, &table);
    lp_page_heading(&report->page, "CERTIFICATES",
                    lp_arena_printf(arena, "%*s%-13s%-10s%-11s%s",
                                    (int)(table.at[1] - heading_columns(report) - 2), "",
                                    lp_tr(arena, "ends"), lp_tr(arena, "names"),
                                    lp_tr(arena, "trusted by"), lp_tr(arena, "nodes")));
    for (size_t i = 0; i < table.rows.n; i++)
        put_row(report, &table, &table.rows.at[i]);
}
