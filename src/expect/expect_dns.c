/* expect_dns.c - the DNS table applied: records of both views, and names that must not be
 * seen */
#include "lp/expect_parts.h"
#include "lp/facts.h"
#include "lp/lang.h"
#include "lp/name.h"

static bool is_due(const struct lp_derive *derive, const struct lp_dns_row *row)
{
    return derive->topology->generation <= row->last &&
           (row->needs == LP_FEATURE_COUNT || derive->topology->feature[row->needs]);
}

static const char *role_of(const struct lp_site *at, const struct lp_dns_row *row)
{
    const struct lp_pool *home = lp_first_pool(at->derive->topology, LP_ROLES_WEB);
    if (row->role)
        return row->role;
    if (at->pool)
        return lp_role_word(at->pool->role);
    return home ? lp_role_word(home->role) : "deployment";
}

/* Lists of addresses are shared: neither grows. */
static struct lp_list both(const struct lp_derive *derive, const struct lp_list *a,
                           const struct lp_list *b)
{
    struct lp_list list = { 0 };
    lp_add_addresses(derive, &list, a);
    lp_add_addresses(derive, &list, b);
    return list;
}

/* Twice the same record: the one that must be there wins, and belongs to whatever asks
 * for more. */
static void merge(const struct lp_derive *derive, struct lp_expectation *old,
                  const struct lp_expectation *e)
{
    bool whole = !old->domain.n || !e->domain.n;
    if (old->optional && !e->optional)
        *old = *e;
    else if (old->optional == e->optional && old->dns.addresses.n && e->dns.addresses.n)
        old->dns.addresses = both(derive, &old->dns.addresses, &e->dns.addresses);
    if (whole)
        old->domain = LP_STR_NONE;
}

static void put(struct lp_derive *derive, const struct lp_expectation *e)
{
    struct lp_expectation *old = lp_expect_find(derive, lp_expect_key(derive->arena, e));
    if (old)
        merge(derive, old, e);
    else
        lp_expect_add(derive, e);
}

static void apply(struct lp_derive *derive, const struct lp_dns_row *row, const struct lp_site *at)
{
    struct lp_expectation e = { .kind = LP_EXPECT_DNS,
                                .table = "dns",
                                .row = row->row,
                                .source = row->source,
                                .title = row->title,
                                .role = role_of(at, row),
                                .internal = row->internal,
                                .pool = at->pool,
                                .mark = at->mark,
                                .domain = at->domain,
                                .optional = row->optional };
    struct lp_str owner =
        row->owner ? lp_name_expand(derive->arena, row->owner, at->domain) : row->name(at);
    if (!owner.n || (row->applies && !row->applies(at)))
        return;
    e.dns.owner = lp_name_normal(derive->arena, owner);
    e.dns.inside_only = row->inside_only;
    e.dns.absent = row->absent;
    if (row->point)
        row->point(at, &e.dns);
    e.dns.type = e.dns.port || owner.p[0] == '_' ? LP_DNS_SRV : LP_DNS_A;
    if (e.dns.target.n && lp_name_eq(e.dns.target, e.dns.owner))
        e.dns.target = LP_STR_NONE;
    put(derive, &e);
}

/* ---- what a row applies to ---- */

/* Its place is the word that says where its users are, when there is one for the row. */
static bool is_hosted_so(const struct lp_dns_row *row, struct lp_site *at)
{
    unsigned premises = LP_BIT(LP_HOSTING_PREMISES) | LP_BIT(LP_HOSTING_HYBRID);
    struct lp_mark *where = row->hosting ? &at->mark : NULL;
    unsigned hosting = LP_BIT(lp_topology_hosting(at->derive->topology, at->domain, where));
    return ((row->hosting ? row->hosting : premises) & hosting) != 0;
}

static void each_domain(struct lp_derive *derive, const struct lp_dns_row *row)
{
    const struct lp_marked *domains = derive->topology->sip_domains.at;
    for (size_t i = 0; i < derive->topology->sip_domains.n; i++) {
        struct lp_site at = { .derive = derive,
                              .domain = domains[i].text,
                              .mark = domains[i].mark };
        if (is_hosted_so(row, &at))
            apply(derive, row, &at);
    }
}

static void each_pool(struct lp_derive *derive, const struct lp_dns_row *row)
{
    const struct lp_pool *pools = derive->topology->pools.at;
    for (size_t i = 0; i < derive->topology->pools.n; i++) {
        struct lp_site at = { .derive = derive, .pool = &pools[i], .mark = pools[i].mark };
        if (lp_role_in(row->roles, &pools[i]))
            apply(derive, row, &at);
    }
}

static void each_member(struct lp_derive *derive, const struct lp_dns_row *row)
{
    const struct lp_pool *pools = derive->topology->pools.at;
    for (size_t i = 0; i < derive->topology->pools.n; i++) {
        const struct lp_member *members = pools[i].members.at;
        size_t n = lp_role_in(row->roles, &pools[i]) ? pools[i].members.n : 0;
        for (size_t j = 0; j < n; j++) {
            struct lp_site at = {
                .derive = derive, .pool = &pools[i], .member = &members[j], .mark = members[j].mark
            };
            apply(derive, row, &at);
        }
    }
}

/* A meeting URL belongs to the SIP domain of its host; the others are the organisation's.
 */
static void each_url(struct lp_derive *derive, const struct lp_dns_row *row)
{
    const struct lp_simple_url *urls = derive->topology->urls.at;
    for (size_t i = 0; i < derive->topology->urls.n; i++) {
        struct lp_site at = { .derive = derive, .url = &urls[i], .mark = urls[i].mark };
        if (urls[i].kind == LP_URL_MEET)
            at.domain = lp_domain_of(derive->topology, urls[i].host);
        if (urls[i].kind == row->kind)
            apply(derive, row, &at);
    }
}

static void apply_rows(struct lp_derive *derive, bool internal)
{
    static void (*const each[])(struct lp_derive *, const struct lp_dns_row *) = {
        [LP_EACH_DOMAIN] = each_domain,
        [LP_EACH_POOL] = each_pool,
        [LP_EACH_MEMBER] = each_member,
        [LP_EACH_URL] = each_url,
    };
    for (size_t i = 0; i < lp_dns_row_count; i++) {
        if (lp_dns_rows[i].internal == internal && is_due(derive, &lp_dns_rows[i]))
            each[lp_dns_rows[i].each](derive, &lp_dns_rows[i]);
    }
}

/* ---- names that the file asks for ---- */

static void specify(struct lp_expect_dns *dns, const struct lp_required *required)
{
    if (required->addresses.n) {
        dns->addresses = required->addresses;
        dns->planned = required->addresses.n;
        dns->target = LP_STR_NONE;
        dns->alias = false;
    }
    if (required->target.n)
        dns->targets = (struct lp_list){ (void *)&required->target, 1 };
    if (required->port)
        dns->port = required->port;
}

/* The file's own word is more than a table's. */
static void require(struct lp_derive *derive, const struct lp_required *required, bool internal)
{
    struct lp_expectation e = { .kind = LP_EXPECT_DNS,
                                .table = "dns",
                                .source = LP_TR("topology, require"),
                                .title = LP_TR("required name"),
                                .role = "required",
                                .internal = internal,
                                .mark = required->mark };
    e.dns.owner = lp_name_normal(derive->arena, required->name);
    e.dns.type = required->type == LP_DNS_SRV ? LP_DNS_SRV : LP_DNS_A;
    struct lp_expectation *old = lp_expect_find(derive, lp_expect_key(derive->arena, &e));
    if (old) {
        old->optional = false;
        old->mark = required->mark;
    } else {
        lp_expect_add(derive, &e);
        old = (struct lp_expectation *)derive->out.at + derive->out.n - 1;
    }
    specify(&old->dns, required);
}

static void require_all(struct lp_derive *derive, bool internal)
{
    const struct lp_required *required = derive->topology->required.at;
    for (size_t i = 0; i < derive->topology->required.n; i++) {
        if (internal ? required[i].internal : required[i].external)
            require(derive, &required[i], internal);
    }
}

/* ---- names that must not be seen outside ---- */

static struct lp_expectation absent(const struct lp_expectation *inside)
{
    struct lp_expectation e = *inside;
    e.internal = false;
    e.optional = false;
    e.title = LP_TR("not outside");
    e.dns = (struct lp_expect_dns){ .owner = inside->dns.owner,
                                    .type = inside->dns.type,
                                    .absent = true };
    return e;
}

static void hide(struct lp_derive *derive, size_t inside_count)
{
    for (size_t i = 0; i < inside_count; i++) {
        const struct lp_expectation *inside = (struct lp_expectation *)derive->out.at + i;
        struct lp_expectation e = absent(inside);
        if (inside->dns.inside_only && !lp_expect_find(derive, lp_expect_key(derive->arena, &e)))
            lp_expect_add(derive, &e);
    }
}

/* An address record that the planned SRV record leads to must be there. */
static void need_targets(struct lp_derive *derive)
{
    for (size_t i = 0; i < derive->out.n; i++) {
        const struct lp_expectation *srv = (struct lp_expectation *)derive->out.at + i;
        struct lp_expectation a = { .kind = LP_EXPECT_DNS, .internal = srv->internal };
        if (srv->optional || !srv->dns.targets.n)
            continue;
        a.dns.owner = *(const struct lp_str *)srv->dns.targets.at;
        a.dns.type = LP_DNS_A;
        struct lp_expectation *target = lp_expect_find(derive, lp_expect_key(derive->arena, &a));
        if (target)
            target->optional = false;
    }
}

void lp_expect_dns(struct lp_derive *derive)
{
    lp_points_find(derive);
    apply_rows(derive, true);
    require_all(derive, true);
    size_t inside_count = derive->out.n;
    apply_rows(derive, false);
    require_all(derive, false);
    hide(derive, inside_count);
    need_targets(derive);
}
