/* plan_text.c - the plan for people: records, certificates and ports, inside and outside
 */
#include "lp/facts.h"
#include "lp/lang.h"
#include "lp/name.h"
#include "lp/page.h"
#include "lp/plan_render_parts.h"
#include "lp/say.h"
#include "lp/text.h"

enum { VALUE_AT = 46, HANG = 7, FEW = 8 };

/* The plan under construction. */
struct plan {
    const struct lp_plan_input *input;
    const struct lp_expectations *expected;
    struct lp_page page;
};

static struct lp_str term(const struct plan *p, struct lp_str name)
{
    return lp_str_of(lp_term(p->page.arena, name));
}

static struct lp_str join_names(const struct plan *p, const struct lp_list *names)
{
    const struct lp_str *at = names->at;
    struct lp_str text = LP_STR_NONE;
    for (size_t i = 0; i < names->n; i++)
        lp_page_join(&p->page, &text, term(p, at[i]));
    return text;
}

static struct lp_str join_addresses(const struct plan *p, const struct lp_addr *at, size_t n)
{
    struct lp_str text = LP_STR_NONE;
    for (size_t i = 0; i < n; i++)
        lp_page_join(&p->page, &text, lp_say_address(p->page.arena, &at[i]));
    return text;
}

/* How many of a list are shown, when it is of little weight; the others are counted. */
static size_t clip(const struct plan *p, size_t n)
{
    return n > FEW && p->page.verbosity == 0 ? FEW : n;
}

static void count_rest(const struct plan *p, struct lp_str *text, size_t n)
{
    if (clip(p, n) < n)
        lp_page_join(&p->page, text, lp_tell(p->page.arena, "%zu more (-v)", n - clip(p, n)));
}

/* A line below a row. */
static void put_below(const struct plan *p, struct lp_str text)
{
    lp_page_space(&p->page, HANG);
    lp_page_flow(&p->page, text, HANG, HANG + 2);
}

/* "Names: a, b"; nothing without names. */
static void put_listed(const struct plan *p, const char *what, struct lp_str names)
{
    struct lp_str parts[] = { lp_str_of(lp_tr(p->page.arena, what)), names };
    if (names.n)
        put_below(p, lp_arena_join(p->page.arena, parts, LP_COUNT(parts)));
}

/* "internal user access; poster, DNS table, row 1; contoso.yaml:3" */
static void put_source(const struct plan *p, const struct lp_expectation *e)
{
    struct lp_arena *arena = p->page.arena;
    struct lp_str parts[] = { e->optional ? lp_tell(arena, "optional; ") : LP_STR(""),
                              lp_str_of(lp_tr(arena, e->title)), LP_STR("; "),
                              lp_plan_source(arena, p->expected, e) };
    put_below(p, lp_arena_join(arena, parts, LP_COUNT(parts)));
}

static void put_row(const struct plan *p, struct lp_str left, struct lp_str text)
{
    struct lp_row row = {
        .left = left, .text = text, .text_at = VALUE_AT, .times = { -1, -1, -1 }
    };
    lp_page_row(&p->page, &row);
}

/* ---- DNS ---- */

static struct lp_str say_srv(const struct plan *p, const struct lp_expect_dns *dns)
{
    const struct lp_str *targets = dns->targets.at;
    return lp_arena_printf(p->page.arena, "SRV %lld %lld %lld %s", (long long)dns->priority,
                           (long long)dns->weight, (long long)dns->port,
                           dns->targets.n ? term(p, targets[0]).p : "<any>");
}

static struct lp_str say_record(const struct plan *p, const struct lp_expectation *e)
{
    const struct lp_expect_dns *dns = &e->dns;
    switch (lp_plan_kind(dns)) {
    case LP_PLANNED_ABSENT:
        return lp_tell(p->page.arena, e->internal ? LP_TR("not inside") : LP_TR("not outside"));
    case LP_PLANNED_SRV: return say_srv(p, dns);
    case LP_PLANNED_ADDRESSES:
        return lp_arena_printf(p->page.arena, "A %s",
                               join_addresses(p, dns->addresses.at, dns->planned).p);
    case LP_PLANNED_ALIAS:
        return lp_arena_printf(p->page.arena, "CNAME %s", term(p, dns->target).p);
    case LP_PLANNED_UNKNOWN: break;
    }
    return dns->type == LP_DNS_SRV ? say_srv(p, dns)
                                   : lp_tell(p->page.arena, "A, not in the topology");
}

/* What is as good as the plan. */
static void put_others(const struct plan *p, const struct lp_expect_dns *dns)
{
    size_t addresses = dns->planned ? dns->addresses.n - dns->planned : 0;
    size_t targets = dns->targets.n ? dns->targets.n - 1 : 0;
    struct lp_str text = LP_STR_NONE;
    if (addresses)
        text = join_addresses(p, (const struct lp_addr *)dns->addresses.at + dns->planned,
                              clip(p, addresses));
    if (targets) {
        struct lp_list list = { (struct lp_str *)dns->targets.at + 1, clip(p, targets) };
        text = join_names(p, &list);
    }
    count_rest(p, &text, addresses + targets);
    put_listed(p, LP_TR("as good: "), text);
}

static void put_dns(const struct plan *p, const struct lp_expectation *e)
{
    put_row(p, term(p, e->dns.owner), say_record(p, e));
    put_others(p, &e->dns);
    put_source(p, e);
}

/* ---- certificates ---- */

static void put_certificate(const struct plan *p, const struct lp_expectation *e)
{
    static const char *const roots[] = { LP_TR("private or public CA"), LP_TR("private CA"),
                                         LP_TR("public CA") };
    static const char *const wildcards[] = { LP_TR("no wildcard"), LP_TR("wildcard for web names"),
                                             LP_TR("wildcard allowed") };
    const struct lp_expect_cert *cert = &e->cert;
    struct lp_arena *arena = p->page.arena;
    struct lp_list names = lp_plan_request_names(arena, cert, LP_STR_NONE);
    put_row(p, term(p, cert->subject), lp_str_of(cert->role));
    put_listed(p, LP_TR("names: "), join_names(p, &names));
    put_listed(p, LP_TR("each server also its own: "), join_names(p, &cert->members));
    put_below(p, lp_arena_printf(
                     arena, "%s, %s, %s%s", lp_tr(arena, roots[cert->root]),
                     lp_tr(arena, cert->client_auth ? "use: server and client" : "use: server"),
                     lp_tr(arena, wildcards[cert->wildcard]),
                     cert->shared ? lp_tr(arena, ", the same one on every server") : ""));
    put_source(p, e);
}

/* ---- ports ---- */

static bool is_same_place(const struct lp_expectation *a, const struct lp_expectation *b)
{
    return lp_addr_eq(&a->port.address, &b->port.address) && lp_name_eq(a->port.host, b->port.host);
}

/* Expectations of one row at one pool, for the same ports; they stand side by side. */
struct group {
    const struct lp_expectation *first;
    size_t end; /* index behind the last one */
    struct lp_str ports;
};

static bool has_port(const struct lp_expectation *from, const struct lp_expectation *e)
{
    for (const struct lp_expectation *at = from; at < e; at++) {
        if (at->port.ports[0] == e->port.ports[0])
            return true;
    }
    return false;
}

static struct group group_from(const struct plan *p, size_t i)
{
    const struct lp_expectation *all = p->expected->at, *first = &all[i];
    struct group g = { first, i, LP_STR_NONE };
    for (; g.end < p->expected->n; g.end++) {
        const struct lp_expectation *e = &all[g.end];
        bool again = has_port(first, e);
        if (e->row != first->row || e->pool != first->pool || (!again && !is_same_place(first, e)))
            break;
        for (size_t k = 0; k < LP_COUNT(e->port.ports) && e->port.ports[k] && !again; k++)
            lp_page_join(&p->page, &g.ports,
                         lp_arena_printf(p->page.arena, "%lld", (long long)e->port.ports[k]));
    }
    return g;
}

static struct lp_str say_ports(const struct plan *p, const struct group *g)
{
    const struct lp_expect_port *port = &g->first->port;
    const char *open = port->reserved ? LP_TR(", reserved") : "";
    const char *note = port->closed ? LP_TR(", closed") : open;
    struct lp_arena *arena = p->page.arena;
    return lp_arena_printf(arena, "%s %s%s%s", port->udp ? "UDP" : "TCP",
                           g->ports.n ? g->ports.p : "-",
                           port->ports[1] ? lp_tr(arena, ", either") : "", lp_tr(arena, note));
}

/* "pool.contoso.com at 10.0.1.11, 10.0.1.12", once for each host. */
static void put_places(const struct plan *p, const struct group *g)
{
    const struct lp_expectation *end = p->expected->at + g->end;
    for (const struct lp_expectation *e = g->first; e < end;) {
        const struct lp_expectation *host = e;
        struct lp_str addresses = LP_STR_NONE;
        for (; e < end && lp_name_eq(e->port.host, host->port.host); e++) {
            if (e->port.address.family && (e == host || !is_same_place(e, e - 1)))
                lp_page_join(&p->page, &addresses, lp_say_address(p->page.arena, &e->port.address));
        }
        struct lp_str parts[] = { term(p, host->port.host),
                                  addresses.n ? lp_tell(p->page.arena, " at ") : LP_STR(""),
                                  addresses };
        if (host->port.host.n)
            put_below(p, lp_arena_join(p->page.arena, parts, LP_COUNT(parts)));
    }
}

static void put_group(const struct plan *p, const struct group *g)
{
    const struct lp_expectation *e = g->first;
    struct lp_arena *arena = p->page.arena;
    const char *probe = e->port.probe ? e->port.probe : lp_tr(arena, "not probed");
    put_row(p, e->skip ? lp_str_of(lp_tr(arena, e->title)) : say_ports(p, g),
            lp_arena_printf(arena, "%s, %s", e->role, probe));
    put_places(p, g);
    if (e->skip)
        put_below(p, lp_str_of(lp_tr(arena, e->skip)));
    put_source(p, e);
}

/* ---- the three tables ---- */

/* The first one of a table that is shown, from i on; n: none. */
static size_t next_shown(const struct plan *p, const struct lp_expectation *like, size_t i)
{
    for (; i < p->expected->n; i++) {
        const struct lp_expectation *e = &p->expected->at[i];
        if (e->kind == like->kind && e->internal == like->internal && lp_plan_shows(p->input, e))
            break;
    }
    return i;
}

static size_t count_shown(const struct plan *p, const struct lp_expectation *like)
{
    size_t n = 0;
    for (size_t i = next_shown(p, like, 0); i < p->expected->n; i = next_shown(p, like, i + 1))
        n++;
    return n;
}

static size_t put_one(const struct plan *p, size_t i)
{
    const struct lp_expectation *e = &p->expected->at[i];
    struct group g;
    if (e->kind == LP_EXPECT_PORT) {
        g = group_from(p, i);
        put_group(p, &g);
        return g.end;
    }
    if (e->kind == LP_EXPECT_DNS)
        put_dns(p, e);
    else
        put_certificate(p, e);
    return i + 1;
}

static void put_table(const struct plan *p, const char *heading, struct lp_expectation like)
{
    size_t n = count_shown(p, &like);
    if (!n)
        return;
    lp_page_heading(&p->page, heading,
                    lp_arena_printf(p->page.arena, "%zu, %s", n,
                                    lp_tr(p->page.arena, lp_plan_side(like.internal))));
    for (size_t i = next_shown(p, &like, 0); i < p->expected->n; i = next_shown(p, &like, i))
        i = put_one(p, i);
}

static void put_title(const struct plan *p)
{
    const struct lp_topology *topology = p->expected->topology;
    const struct lp_marked *domains = topology->sip_domains.at;
    struct lp_list names = p->input->domains;
    for (size_t i = 0; i < topology->sip_domains.n && !p->input->domains.n; i++)
        lp_list_push(p->page.arena, &names, &domains[i].text, sizeof domains[i].text);
    struct lp_str parts[] = { lp_tell(p->page.arena, "Plan for "),
                              join_names(p, &names),
                              LP_STR(" ("),
                              term(p, topology->file),
                              LP_STR(", "),
                              lp_str_of(lp_generation_word(topology->generation)),
                              LP_STR(")") };
    lp_page_flow(&p->page, lp_arena_join(p->page.arena, parts, LP_COUNT(parts)), 0, 0);
}

void lp_plan_text(const struct lp_plan_input *input, struct lp_buf *out)
{
    static const char *const headings[] = { LP_TR("DNS records"), LP_TR("Certificates"),
                                            LP_TR("Ports") };
    const struct lp_style *style = &input->style;
    struct lp_arena arena = { .lang = style->lang };
    struct plan p = { input,
                      input->expected,
                      { out, &arena, style->width ? (size_t)style->width : 80, style->color,
                        style->ascii, style->verbosity } };
    put_title(&p);
    for (int side = 0; side < 2; side++) {
        for (int kind = LP_EXPECT_DNS; kind <= LP_EXPECT_PORT; kind++)
            put_table(&p, headings[kind],
                      (struct lp_expectation){ .kind = (enum lp_expect_kind)kind,
                                               .internal = side == 0 });
    }
    lp_arena_release(&arena);
}
