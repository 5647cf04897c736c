/* html_expect.c - what the topology asks for, and what became of it: records, certificates, ports
 */
#include "lp/html_parts.h"

#include "lp/lang.h"
#include "lp/say.h"
#include "lp/text.h"

/* What stands in one table. */
struct choice {
    enum lp_expect_kind kind;
    bool settled; /* met and listed; else unmet and undecided */
};

static bool is_settled(enum lp_expect_state state)
{
    return state == LP_MET || state == LP_LISTED;
}

static bool is_chosen(const struct choice *choice, const struct lp_expect_result *result)
{
    return result->expectation->kind == choice->kind &&
           is_settled(result->state) == choice->settled;
}

static size_t count(const struct lp_html_walk *walk, const struct choice *choice)
{
    size_t n = 0;
    for (size_t i = 0; i < walk->j->expectations.n; i++)
        n += is_chosen(choice, &walk->j->expectations.at[i]);
    return n;
}

static void put_state(const struct lp_html *html, enum lp_expect_state state)
{
    static const char *const classes[] = { [LP_MET] = "badge ok",
                                           [LP_UNMET] = "badge critical",
                                           [LP_OPEN_ROW] = "badge open",
                                           [LP_LISTED] = "badge quiet",
                                           [LP_WAIVED] = "badge quiet" };
    lp_html_element(html, "span", classes[state],
                    lp_str_of(lp_tr(html->arena, lp_expect_state_word(state))));
}

static void put_row(const struct lp_html_walk *walk, const struct lp_expect_result *result)
{
    const struct lp_html *html = &walk->html;
    const struct lp_expectation *e = result->expectation;
    const struct lp_topology *topology = walk->j->survey.log->expected->topology;
    lp_html_open(html, "tr", NULL);
    lp_html_open(html, "td", NULL);
    put_state(html, result->state);
    lp_html_close(html, "td");
    lp_html_open_with(html, "th", LP_HTML({ "scope", LP_STR("row") }));
    lp_html_text(html, lp_say_expected(html->arena, e));
    lp_html_close(html, "th");
    lp_html_element(html, "td", NULL, lp_str_of(e->role));
    lp_html_open(html, "td", NULL);
    lp_html_text(html, result->observed);
    if (result->finding != SIZE_MAX) {
        lp_html_text(html, LP_STR(" "));
        lp_html_link(html, lp_html_finding_id(walk, result->finding),
                     lp_str_of(walk->j->findings[result->finding].rule->id));
    }
    lp_html_close(html, "td");
    lp_html_element(html, "td", NULL,
                    lp_arena_printf(html->arena, "%s:%lld", lp_term(html->arena, topology->file),
                                    (long long)e->mark.line));
    lp_html_close(html, "tr");
}

static void put_table(const struct lp_html_walk *walk, const struct choice *choice,
                      const char *caption)
{
    static const char *const heads[] = { LP_TR("State"), LP_TR("Expected"),     LP_TR("Role"),
                                         LP_TR("Seen"),  LP_TR("Asked for in"), NULL };
    lp_html_scroll(&walk->html, "scroll wide", lp_html_id(walk, "expectations-title"));
    lp_html_table(&walk->html, caption, heads);
    for (size_t i = 0; i < walk->j->expectations.n; i++) {
        if (is_chosen(choice, &walk->j->expectations.at[i]))
            put_row(walk, &walk->j->expectations.at[i]);
    }
    lp_html_table_end(&walk->html);
    lp_html_close(&walk->html, "div");
}

static void put_kind(const struct lp_html_walk *walk, enum lp_expect_kind kind)
{
    static const struct {
        const char *title, *open, *settled;
    } words[] = {
        [LP_EXPECT_DNS] = { LP_TR("Records"),
                            LP_TR("Records that are not as asked for, or not known"),
                            LP_TR("Records that are as asked for") },
        [LP_EXPECT_CERT] = { LP_TR("Certificates"),
                             LP_TR("Certificates that are not as asked for, or not known"),
                             LP_TR("Certificates that are as asked for") },
        [LP_EXPECT_PORT] = { LP_TR("Ports"), LP_TR("Ports that are not as asked for, or not known"),
                             LP_TR("Ports that are as asked for, and those that cannot be asked") },
    };
    const struct lp_html *html = &walk->html;
    struct choice open = { kind, false }, settled = { kind, true };
    size_t fine = count(walk, &settled);
    lp_html_element(html, "h3", NULL, lp_str_of(lp_tr(html->arena, words[kind].title)));
    if (count(walk, &open))
        put_table(walk, &open, words[kind].open);
    else if (!fine)
        lp_html_element(html, "p", "muted",
                        lp_tell(html->arena, "Nothing of the kind in this view."));
    if (!fine)
        return;
    lp_html_open(html, "details", NULL);
    lp_html_element(
        html, "summary", NULL,
        lp_arena_printf(html->arena, "%s: %zu", lp_tr(html->arena, words[kind].settled), fine));
    put_table(walk, &settled, words[kind].settled);
    lp_html_close(html, "details");
}

static void put_counts(const struct lp_html *html, const struct lp_expect_results *results)
{
    lp_html_open(html, "ul", "facts");
    for (size_t i = 0; i < LP_EXPECT_STATES; i++)
        lp_html_element(
            html, "li", NULL,
            lp_arena_printf(html->arena, "%s: %zu",
                            lp_tr(html->arena, lp_expect_state_word((enum lp_expect_state)i)),
                            results->count[i]));
    lp_html_close(html, "ul");
}

void lp_html_expectations(const struct lp_html_walk *walk)
{
    const struct lp_html *html = &walk->html;
    const struct lp_expect_results *results = &walk->j->expectations;
    put_counts(html, results);
    put_kind(walk, LP_EXPECT_DNS);
    put_kind(walk, LP_EXPECT_CERT);
    put_kind(walk, LP_EXPECT_PORT);
}
