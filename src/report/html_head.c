/* html_head.c - the top of a walk: verdict, why, what to do, a text for a ticket */
#include "lp/html_parts.h"

#include "lp/lang.h"
#include "lp/renderers.h"
#include "lp/summary.h"
#include "lp/text.h"

/* "24 Nov 2026, 05:41 UTC" */
static struct lp_str say_time(struct lp_arena *arena, lp_utc clock)
{
    char day[24] = "", time[24] = "";
    lp_format_day(clock, day, sizeof day);
    lp_format_utc(clock, time, sizeof time);
    if (clock == LP_UTC_NONE)
        return lp_tell(arena, "time not known");
    return lp_arena_printf(arena, "%s, %.5s UTC", day, time + 11);
}

static void put_fact(const struct lp_html *html, struct lp_str text)
{
    if (text.n)
        lp_html_element(html, "li", NULL, text);
}

static void put_title(const struct lp_html_walk *walk)
{
    const struct lp_html *html = &walk->html;
    const struct lp_setup *setup = &walk->j->survey.log->setup;
    struct lp_str parts[] = { LP_STR("DNS "), lp_summary_servers(walk->j) };
    lp_html_open_with(html, "h1", LP_HTML({ "id", lp_html_id(walk, "name") }));
    lp_html_text(html, setup->unicode.n ? setup->unicode : setup->domain);
    lp_html_close(html, "h1");
    lp_html_open(html, "ul", "facts");
    put_fact(html, setup->unicode.n ? setup->domain : LP_STR_NONE);
    put_fact(html, walk->j->survey.internal ? lp_tell(html->arena, "seen from inside (internal)")
                                            : lp_tell(html->arena, "seen from outside (external)"));
    put_fact(html, say_time(html->arena, setup->clock));
    put_fact(html, lp_str_of(walk->j->survey.main->client->name));
    put_fact(html, parts[1].n ? lp_arena_join(html->arena, parts, 2) : LP_STR_NONE);
    lp_html_close(html, "ul");
}

static void put_banner(const struct lp_html_walk *walk)
{
    const struct lp_html *html = &walk->html;
    if (!lp_setup_overridden(&walk->j->survey.log->setup))
        return;
    lp_html_open(html, "p", "banner");
    lp_html_element(html, "strong", NULL,
                    lp_tell(html->arena, "Not what is live: answers overridden."));
    lp_html_text(html, lp_tell(html->arena, " Which ones: "));
    lp_html_link(html, lp_html_id(walk, "made"), lp_tell(html->arena, "how this was made"));
    lp_html_text(html, LP_STR("."));
    lp_html_close(html, "p");
}

static void put_ticket(const struct lp_html_walk *walk)
{
    const struct lp_html *html = &walk->html;
    const struct lp_judgement *walks[] = { walk->j };
    struct lp_report_input input = { .walks = walks, .n = 1 };
    lp_buf_clear(walk->aside);
    lp_report_ticket(&input, walk->aside);
    lp_html_open(html, "details", "ticket");
    lp_html_element(html, "summary", NULL, lp_tell(html->arena, "Text for a ticket"));
    lp_html_open_with(html, "pre", LP_HTML({ "id", lp_html_id(walk, "ticket") }));
    lp_html_lines(html, lp_buf_view(walk->aside));
    lp_html_close(html, "pre");
    lp_html_close(html, "details");
    lp_buf_clear(walk->aside);
}

/* A link that holds the file needs neither script nor server. Bigger ones are left out: some
 * browsers refuse them, and -f json is there. */
static void put_save(const struct lp_html_walk *walk)
{
    enum { SAVED_MOST = 1024 * 1024 };
    const struct lp_html *html = &walk->html;
    const struct lp_judgement *walks[] = { walk->english };
    struct lp_report_input input = { .walks = walks, .n = 1 };
    struct lp_str domain = walk->j->survey.log->setup.domain;
    struct lp_buf link = lp_buf_new((size_t)2 * SAVED_MOST);
    lp_buf_clear(walk->aside);
    lp_report_json(&input, walk->aside);
    lp_buf_text(&link, "data:application/json;base64,");
    lp_put_base64(&link, lp_buf_view(walk->aside));
    if (walk->aside->n <= SAVED_MOST && !walk->aside->cut && !link.cut) {
        struct lp_str parts[] = { domain, walk->j->survey.internal ? LP_STR("-internal.json")
                                                                   : LP_STR("-external.json") };
        lp_html_open_with(html, "a",
                          LP_HTML({ "class", LP_STR("save") },
                                  { "download", lp_arena_join(html->arena, parts, 2) },
                                  { "href", lp_buf_view(&link) }));
        lp_html_text(html, lp_tell(html->arena, "Save JSON"));
        lp_html_close(html, "a");
    }
    lp_buf_release(&link);
    lp_buf_clear(walk->aside);
}

static void put_tools(const struct lp_html_walk *walk)
{
    const struct lp_html *html = &walk->html;
    lp_html_open(html, "p", "tools");
    lp_html_copy_button(html, lp_html_id(walk, "ticket"), "Copy for ticket");
    put_save(walk);
    lp_html_open_with(html, "span",
                      LP_HTML({ "role", LP_STR("status") },
                              { "data-copied", lp_tell(html->arena, "Copied.") },
                              { "data-selected",
                                lp_tell(html->arena, "Selected: copy it with your keyboard.") }));
    lp_html_close(html, "span");
    lp_html_close(html, "p");
}

static void put_why(const struct lp_html_walk *walk)
{
    const struct lp_html *html = &walk->html;
    const struct lp_judgement *j = walk->j;
    if (j->named == SIZE_MAX)
        return;
    lp_html_open(html, "p", NULL);
    lp_html_element(html, "strong", NULL, lp_tell(html->arena, "Why: "));
    lp_html_text(html, j->why);
    lp_html_text(html, LP_STR(" ("));
    lp_html_link(html, lp_html_finding_id(walk, j->named),
                 lp_str_of(j->findings[j->named].rule->id));
    lp_html_text(html, LP_STR(")"));
    lp_html_close(html, "p");
    lp_html_element(html, "h3", NULL, lp_tell(html->arena, "Do this"));
    lp_html_steps(html, &j->fix);
}

static void put_verdict(const struct lp_html_walk *walk)
{
    const struct lp_html *html = &walk->html;
    lp_html_verdict_open(html, walk->j->verdict);
    lp_html_open_with(html, "h2", LP_HTML({ "id", lp_html_id(walk, "verdict") }));
    lp_html_text(html, walk->j->sentence);
    lp_html_close(html, "h2");
    put_why(walk);
    put_tools(walk);
    put_ticket(walk);
    lp_html_close(html, "section");
}

void lp_html_head(const struct lp_html_walk *walk)
{
    put_title(walk);
    put_banner(walk);
    put_verdict(walk);
}
