/* html_walk.c - the ladder of the deciding client, and the other clients' ways */
#include "lp/html_parts.h"

#include "lp/lang.h"

static void put_sub(const struct lp_html *html, const struct lp_text_sub *sub)
{
    struct lp_str addresses = sub->addresses;
    if (sub->head.n && sub->address_count == sub->total)
        addresses = LP_STR("");
    lp_html_open(html, "li", NULL);
    lp_html_badge(html, sub->sign);
    if (sub->head.n)
        lp_html_element(html, "code", NULL, sub->head);
    if (addresses.n)
        lp_html_element(html, "code", NULL, addresses);
    if (sub->text.n)
        lp_html_element(html, "span", NULL, sub->text);
    lp_html_close(html, "li");
}

static void put_subs(const struct lp_html_walk *walk, const struct lp_step_result *step)
{
    struct lp_text_subs subs = { 0 };
    lp_text_subs_make(&walk->report, step, &subs);
    if (!subs.n)
        return;
    lp_html_open(&walk->html, "ul", NULL);
    for (size_t i = 0; i < subs.n; i++)
        put_sub(&walk->html, &subs.at[i]);
    lp_html_close(&walk->html, "ul");
}

static void put_stop(const struct lp_html *html, const char *text)
{
    lp_html_open(html, "p", "stop");
    lp_html_element(html, "strong", NULL, lp_str_of(lp_tr(html->arena, text)));
    lp_html_close(html, "p");
}

static void put_step(const struct lp_html_walk *walk, const struct lp_step_result *step)
{
    const struct lp_html *html = &walk->html;
    bool stops = lp_text_stops_in(&walk->report, step);
    lp_html_open(html, "li", stops ? "step here" : "step");
    lp_html_element(html, "span", "label", lp_str_of(step->row->label));
    lp_html_element(html, "code", "owner", lp_text_owner(&walk->report, step));
    lp_html_badge(html, lp_text_step_sign(&walk->report, step));
    lp_html_element(html, "span", NULL, lp_text_step_words(&walk->report, step));
    put_subs(walk, step);
    if (stops)
        put_stop(html, LP_TR("The client stops here"));
    lp_html_close(html, "li");
}

static void put_client(const struct lp_html_walk *walk, const struct lp_path *path)
{
    const struct lp_html *html = &walk->html;
    lp_html_open(html, "tr", NULL);
    lp_html_open_with(html, "th", LP_HTML({ "scope", LP_STR("row") }));
    lp_html_text(html, lp_str_of(path->client->name));
    lp_html_close(html, "th");
    lp_html_element(html, "td", NULL, lp_text_path_words(&walk->report, path));
    lp_html_close(html, "tr");
}

static void put_clients(const struct lp_html_walk *walk)
{
    static const char *const heads[] = { LP_TR("Client"), LP_TR("What becomes of it"), NULL };
    const struct lp_survey *survey = &walk->j->survey;
    lp_html_open(&walk->html, "div", "clients");
    lp_html_table(&walk->html, "The other clients, by the same answers", heads);
    for (size_t i = 0; i < survey->path_count; i++) {
        if (&survey->paths[i] != survey->main)
            put_client(walk, &survey->paths[i]);
    }
    lp_html_table_end(&walk->html);
    lp_html_close(&walk->html, "div");
}

static void put_beyond(const struct lp_html_walk *walk)
{
    if (!walk->j->beyond.e)
        return;
    lp_html_open(&walk->html, "p", "beyond");
    lp_html_badge(&walk->html, lp_text_beyond_sign(&walk->report));
    lp_html_element(&walk->html, "span", NULL, lp_text_beyond(&walk->report));
    lp_html_close(&walk->html, "p");
}

void lp_html_ladder(const struct lp_html_walk *walk)
{
    const struct lp_html *html = &walk->html;
    const struct lp_path *path = walk->j->survey.main;
    lp_html_open(html, "ol", "ladder");
    for (size_t i = 0; i < path->step_count; i++)
        put_step(walk, &path->steps[i]);
    lp_html_close(html, "ol");
    if (path->outcome == LP_FAILS && !path->stops_at)
        put_stop(html, LP_TR("The client stops here: no step leads on"));
    put_beyond(walk);
    put_clients(walk);
}
