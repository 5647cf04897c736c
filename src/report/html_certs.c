/* html_certs.c - a card for each certificate that was shown */
#include "lp/html_parts.h"

#include "lp/shown.h"
#include "lp/text.h"

void lp_html_certificates(const struct lp_html_walk *walk)
{
    const struct lp_html *html = &walk->html;
    struct lp_shown_rows rows;
    lp_shown_make(&walk->report, &rows);
    if (!rows.n)
        return;
    lp_html_section(walk, "certificates", "Certificates");
    lp_html_open(html, "div", "cards");
    for (size_t i = 0; i < rows.n; i++) {
        const struct lp_shown *s = &rows.at[i];
        char day[24];
        lp_format_day(s->leaf->not_after, day, sizeof day);
        lp_html_open(html, "article", "card");
        lp_html_badge(html, s->sign);
        lp_html_element(html, "h3", NULL, lp_shown_place(&walk->report, s));
        lp_html_open(html, "dl", NULL);
        lp_html_pair(html, "Ends", lp_arena_printf(html->arena, "%s", day));
        lp_html_pair(html, "Issuer", s->leaf->issuer);
        lp_html_pair(html, "Trusted by", lp_shown_trust(s));
        lp_html_pair(html, "Nodes", lp_shown_nodes_text(&walk->report.page, s));
        lp_html_close(html, "dl");
        lp_html_close(html, "article");
    }
    lp_html_close(html, "div");
    lp_html_close(html, "section");
}
