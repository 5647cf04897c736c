/* html_names.c - expected and found names of a certificate, side by side */
#include "lp/html_names.h"

#include "lp/cert.h"
#include "lp/lang.h"
#include "lp/name.h"

/* ---- wanted ---- */

static void want(struct lp_wanted_names *names, struct lp_wanted new)
{
    struct lp_addr literal;
    if (!new.name.n || lp_addr_parse(new.name, &literal))
        return;
    for (size_t i = 0; i < names->n; i++) {
        if (lp_name_eq(names->at[i].name, new.name))
            return;
    }
    if (names->n < LP_NAMES_SHOWN)
        names->at[names->n++] = new;
    else
        names->left_out++;
}

static void want_list(struct lp_wanted_names *names, const struct lp_list *list, bool softly)
{
    const struct lp_str *at = list->at;
    for (size_t i = 0; i < list->n; i++)
        want(names, (struct lp_wanted){ at[i], softly ? LP_TR("advised") : LP_TR("by the topology"),
                                        softly });
}

static bool has_port(const struct lp_shown *s, const struct lp_expect_port *port)
{
    for (size_t i = 0; i < s->port_count; i++) {
        if (s->ports[i] == port->ports[0] || s->ports[i] == port->ports[1])
            return true;
    }
    return false;
}

static bool has_node(const struct lp_shown *s, const struct lp_addr *address)
{
    if (!address->family)
        return true;
    for (size_t i = 0; i < s->node_count; i++) {
        if (lp_addr_eq(&s->nodes[i], address))
            return true;
    }
    return false;
}

static bool is_about(const struct lp_expectation *e, const struct lp_shown *s)
{
    return e->kind == LP_EXPECT_PORT && e->port.certificate != SIZE_MAX &&
           lp_name_eq(e->port.host, s->link->host) && has_port(s, &e->port) &&
           has_node(s, &e->port.address);
}

static void want_by_topology(const struct lp_log *log, const struct lp_shown *s,
                             struct lp_wanted_names *out)
{
    for (size_t i = 0; log->expected && i < log->expected->n; i++) {
        const struct lp_expectation *e = &log->expected->at[i];
        if (!is_about(e, s))
            continue;
        const struct lp_expect_cert *cert = &log->expected->at[e->port.certificate].cert;
        want_list(out, &cert->names, false);
        want_list(out, &cert->softer, true);
    }
}

void lp_wanted_names(const struct lp_log *log, const struct lp_shown_rows *rows,
                     const struct lp_certificate *leaf, struct lp_wanted_names *out)
{
    *out = (struct lp_wanted_names){ .n = 0 };
    for (size_t i = 0; i < rows->n; i++) {
        if (rows->at[i].leaf == leaf && rows->at[i].by_name)
            want(out,
                 (struct lp_wanted){ rows->at[i].link->host, LP_TR("it is connected to"), false });
    }
    for (size_t i = 0; i < rows->n; i++) {
        if (rows->at[i].leaf == leaf)
            want_by_topology(log, &rows->at[i], out);
    }
}

/* ---- the table ---- */

static void put_name(const struct lp_html *html, struct lp_str name)
{
    lp_html_open_with(html, "th", LP_HTML({ "scope", LP_STR("row") }));
    lp_html_element(html, "code", NULL, name);
    lp_html_close(html, "th");
}

static void put_wanted(const struct lp_html *html, const struct lp_wanted *wanted,
                       const struct lp_certificate *leaf)
{
    struct lp_str by = LP_STR_NONE;
    bool found = lp_cert_covers(leaf, wanted->name, &by);
    lp_html_open(html, "tr", NULL);
    put_name(html, wanted->name);
    lp_html_element(html, "td", NULL, lp_str_of(lp_tr(html->arena, wanted->by)));
    lp_html_open(html, "td", NULL);
    if (!found)
        lp_html_badge(html, wanted->softly ? LP_SIGN_WARNING : LP_SIGN_CRITICAL);
    lp_html_text(html, lp_tell(html->arena, found ? "yes" : "no"));
    if (found && !lp_name_eq(by, wanted->name)) {
        lp_html_text(html, lp_tell(html->arena, ", by "));
        lp_html_element(html, "code", NULL, by);
    }
    lp_html_close(html, "td");
    lp_html_close(html, "tr");
}

static bool is_wanted(const struct lp_wanted_names *wanted, struct lp_str entry)
{
    for (size_t i = 0; i < wanted->n; i++) {
        if (lp_san_matches(entry, wanted->at[i].name))
            return true;
    }
    return false;
}

static void put_extra(const struct lp_html *html, struct lp_str entry)
{
    lp_html_open(html, "tr", NULL);
    put_name(html, entry);
    lp_html_element(html, "td", NULL, lp_tell(html->arena, "not asked for here"));
    lp_html_element(html, "td", NULL, lp_tell(html->arena, "yes"));
    lp_html_close(html, "tr");
}

void lp_html_names(const struct lp_html *html, const struct lp_wanted_names *wanted,
                   const struct lp_certificate *leaf)
{
    static const char *const heads[] = { LP_TR("Name"), LP_TR("Expected"), LP_TR("Found"), NULL };
    const struct lp_str *san = leaf->san.at;
    size_t extra = 0;
    lp_html_table(html, "Names", heads);
    for (size_t i = 0; i < wanted->n; i++)
        put_wanted(html, &wanted->at[i], leaf);
    for (size_t i = 0; i < leaf->san.n; i++) {
        if (!is_wanted(wanted, san[i]) && extra++ < LP_NAMES_SHOWN)
            put_extra(html, san[i]);
    }
    lp_html_table_end(html);
    size_t more = wanted->left_out + (extra > LP_NAMES_SHOWN ? extra - LP_NAMES_SHOWN : 0);
    if (more)
        lp_html_element(html, "p", "muted", lp_tell(html->arena, "and %zu more", more));
}
