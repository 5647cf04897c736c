/* text_ports.c - what each port of each address said */
#include "lp/text_report_parts.h"

#include "lp/lang.h"
#include "lp/probe.h"
#include "lp/say.h"
#include "lp/text.h"

enum { PORT_COLUMNS = 10 };

static void add_address(struct lp_text_grid *grid, const struct lp_addr *address)
{
    size_t at = grid->address_count;
    while (at > 0 && lp_addr_cmp(&grid->addresses[at - 1], address) > 0)
        at--;
    if (at > 0 && lp_addr_eq(&grid->addresses[at - 1], address))
        return;
    for (size_t i = grid->address_count; i > at; i--)
        grid->addresses[i] = grid->addresses[i - 1];
    grid->addresses[at] = *address;
    grid->address_count++;
}

static void add_port(struct lp_text_grid *grid, int64_t port)
{
    size_t at = grid->port_count;
    while (at > 0 && grid->ports[at - 1] > port)
        at--;
    if (at > 0 && grid->ports[at - 1] == port)
        return;
    for (size_t i = grid->port_count; i > at; i--)
        grid->ports[i] = grid->ports[i - 1];
    grid->ports[at] = port;
    grid->port_count++;
}

struct lp_text_grid lp_text_grid_of(const struct lp_text_report *report)
{
    const struct lp_log *log = report->j->survey.log;
    struct lp_text_grid grid = {
        lp_arena_array(report->page.arena, log->n + 1, sizeof(struct lp_addr)),
        lp_arena_array(report->page.arena, log->n + 1, sizeof(int64_t)), 0, 0
    };
    for (size_t i = 0; i < log->n; i++) {
        const struct lp_link *link = lp_endpoint_of(log->at[i]);
        if (!link || !link->address.family)
            continue;
        add_address(&grid, &link->address);
        add_port(&grid, link->port);
    }
    return grid;
}

/* The words of one cell; several names may lead to one port, and rarely differ. */
struct lp_str lp_text_grid_cell(const struct lp_text_report *report, const struct lp_addr *address,
                                int64_t port)
{
    const struct lp_survey *survey = &report->j->survey;
    struct lp_str word = LP_STR("-");
    for (size_t i = 0, n = 0; i < survey->log->n; i++) {
        const struct lp_link *link = lp_endpoint_of(survey->log->at[i]);
        if (!link || link->port != port || !lp_addr_eq(&link->address, address))
            continue;
        struct lp_str other = lp_say_port(survey, survey->log->at[i]);
        if (n++ && !lp_str_eq(other, word))
            return lp_tell(report->page.arena, "by name");
        word = other;
    }
    return word;
}

enum lp_sign lp_text_grid_sign(const struct lp_text_report *report, const struct lp_addr *address)
{
    const struct lp_log *log = report->j->survey.log;
    struct lp_ranks ranks = { LP_RANK_PORT, LP_RANK_TLS };
    enum lp_sign sign = LP_SIGN_OK;
    for (size_t i = 0; i < log->n; i++) {
        const struct lp_link *link = lp_endpoint_of(log->at[i]);
        if (!link || !lp_addr_eq(&link->address, address))
            continue;
        enum lp_sign found = lp_text_sign_of(lp_text_finding(report, log->at[i]->id, ranks));
        if (found > sign)
            sign = found;
    }
    return sign;
}

/* One table of as many ports as fit beside the addresses. */
struct part {
    const struct lp_text_grid *grid;
    size_t from, n;
    size_t at; /* column of the first port */
};

static void put_head(const struct lp_text_report *report, const struct part *part)
{
    struct lp_str text =
        lp_arena_printf(report->page.arena, "%*s", (int)(part->at - LP_STR("PORTS").n - 2), "");
    for (size_t i = 0; i < part->n; i++)
        text = lp_arena_printf(report->page.arena, "%s%-10lld", text.p,
                               (long long)part->grid->ports[part->from + i]);
    while (text.n && text.p[text.n - 1] == ' ')
        text.n--;
    lp_page_heading(&report->page, "PORTS", text);
}

static void put_address(const struct lp_text_report *report, const struct part *part,
                        const struct lp_addr *address)
{
    struct lp_str *cells = lp_arena_array(report->page.arena, part->n + 1, sizeof *cells);
    size_t *at = lp_arena_array(report->page.arena, part->n + 1, sizeof *at);
    cells[0] = lp_say_address(report->page.arena, address);
    at[0] = LP_ROW_LEFT;
    for (size_t i = 0; i < part->n; i++) {
        cells[i + 1] = lp_text_grid_cell(report, address, part->grid->ports[part->from + i]);
        at[i + 1] = part->at + i * PORT_COLUMNS;
    }
    struct lp_cells line = { lp_text_grid_sign(report, address), cells, at, part->n + 1 };
    lp_page_cells(&report->page, &line);
}

void lp_text_endpoints(const struct lp_text_report *report)
{
    struct lp_text_grid grid = lp_text_grid_of(report);
    size_t widest = 0;
    for (size_t i = 0; i < grid.address_count; i++) {
        size_t columns = lp_say_address(report->page.arena, &grid.addresses[i]).n;
        if (columns > widest)
            widest = columns;
    }
    struct part part = { .grid = &grid, .at = LP_ROW_LEFT + widest + 2 };
    size_t most = (report->page.width - part.at) / PORT_COLUMNS;
    for (; part.from < grid.port_count; part.from += part.n) {
        size_t left = grid.port_count - part.from;
        part.n = left < most ? left : most;
        put_head(report, &part);
        for (size_t i = 0; i < grid.address_count; i++)
            put_address(report, &part, &grid.addresses[i]);
    }
}
