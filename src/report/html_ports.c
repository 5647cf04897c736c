/* html_ports.c - what each port of each address said */
#include "lp/html_parts.h"

#include "lp/lang.h"
#include "lp/say.h"

/* A recording of a stranger may hold thousands of each; a table of them helps nobody. */
enum { ADDRESSES_MOST = 200, PORTS_MOST = 50 };

static size_t at_most(size_t *n, size_t most)
{
    size_t left_out = *n > most ? *n - most : 0;
    *n -= left_out;
    return left_out;
}

static void put_heads(const struct lp_html *html, const struct lp_text_grid *grid)
{
    const char **heads = lp_arena_array(html->arena, grid->port_count + 3, sizeof *heads);
    heads[0] = lp_tr(html->arena, "Address");
    for (size_t i = 0; i < grid->port_count; i++)
        heads[i + 1] = lp_arena_printf(html->arena, "%lld", (long long)grid->ports[i]).p;
    heads[grid->port_count + 1] = lp_tr(html->arena, "Amounts to");
    lp_html_table_with(html, lp_tr(html->arena, "Ports by address"), heads);
}

static void put_address(const struct lp_html_walk *walk, const struct lp_text_grid *grid,
                        const struct lp_addr *address)
{
    const struct lp_html *html = &walk->html;
    lp_html_open(html, "tr", NULL);
    lp_html_open_with(html, "th", LP_HTML({ "scope", LP_STR("row") }));
    lp_html_text(html, lp_say_address(html->arena, address));
    lp_html_close(html, "th");
    for (size_t i = 0; i < grid->port_count; i++)
        lp_html_element(html, "td", NULL,
                        lp_text_grid_cell(&walk->report, address, grid->ports[i]));
    lp_html_open(html, "td", NULL);
    lp_html_badge(html, lp_text_grid_sign(&walk->report, address));
    lp_html_close(html, "td");
    lp_html_close(html, "tr");
}

void lp_html_ports(const struct lp_html_walk *walk)
{
    const struct lp_html *html = &walk->html;
    struct lp_text_grid grid = lp_text_grid_of(&walk->report);
    size_t addresses = at_most(&grid.address_count, ADDRESSES_MOST);
    size_t ports = at_most(&grid.port_count, PORTS_MOST);
    lp_html_scroll(html, "scroll", lp_html_id(walk, "ports-title"));
    put_heads(html, &grid);
    for (size_t i = 0; i < grid.address_count; i++)
        put_address(walk, &grid, &grid.addresses[i]);
    lp_html_table_end(html);
    lp_html_close(html, "div");
    if (addresses || ports)
        lp_html_element(html, "p", "muted",
                        lp_tell(html->arena,
                                "and %zu more addresses, %zu more ports, under Evidence", addresses,
                                ports));
}
