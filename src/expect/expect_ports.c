/* expect_ports.c - the port table applied: every port on every address of its role */
#include "lp/expect_parts.h"

/* One row at one site: what its expectations have in common. */
struct seat {
    const struct lp_port_row *row;
    struct lp_site at;
    struct lp_expectation base;
    struct lp_list hosts; /* struct lp_str */
};

static bool is_outside(const struct lp_port_row *row, const struct lp_pool *pool)
{
    return row->side == LP_SIDE_ACCESS || row->side == LP_SIDE_CONFERENCING ||
           row->side == LP_SIDE_AV || (pool && !lp_role_in(LP_ROLES_INSIDE, pool));
}

static const struct lp_edge_service *service_of(const struct lp_port_row *row,
                                                const struct lp_pool *pool)
{
    if (row->side == LP_SIDE_ACCESS)
        return &pool->access;
    if (row->side == LP_SIDE_CONFERENCING)
        return &pool->conferencing;
    return row->side == LP_SIDE_AV ? &pool->av : NULL;
}

static size_t certificate_of(const struct lp_derive *derive, const struct seat *seat)
{
    const struct lp_pool *pools = derive->topology->pools.at;
    const struct lp_pool *pool = seat->at.pool;
    if (seat->row->bare || seat->row->skip || !pool)
        return SIZE_MAX;
    const struct lp_pool_certs *own = &derive->certs[pool - pools];
    return service_of(seat->row, pool) ? own->outside : own->own;
}

/* ---- one expectation ---- */

void lp_expect_put(struct lp_derive *derive, const struct lp_expectation *e)
{
    if (!lp_expect_find(derive, lp_expect_key(derive->arena, e)))
        lp_expect_add(derive, e);
}

/* Where one port has several pages, each is an expectation. */
static void put(struct lp_derive *derive, const struct lp_expectation *e)
{
    static const struct {
        const char *probe;
        void (*put)(struct lp_derive *derive, const struct lp_expectation *e);
    } pages[] = { { "web", lp_expect_web }, { "adfs", lp_expect_adfs } };
    for (size_t i = 0; i < LP_COUNT(pages); i++) {
        if (lp_str_eq(lp_str_of(e->port.probe), lp_str_of(pages[i].probe))) {
            pages[i].put(derive, e);
            return;
        }
    }
    lp_expect_put(derive, e);
}

static void put_ports(struct lp_derive *derive, const struct seat *seat,
                      const struct lp_expectation *from)
{
    const struct lp_port_row *row = seat->row;
    struct lp_expectation e = *from;
    size_t n = 0;
    while (n < LP_COUNT(row->ports) && row->ports[n])
        n++;
    if (row->port)
        e.port.ports[0] = row->port(&seat->at);
    else if (row->either || row->skip)
        for (size_t i = 0; i < n; i++)
            e.port.ports[i] = row->ports[i];
    if (row->port || row->either || row->skip) {
        put(derive, &e);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        e.port.ports[0] = row->ports[i];
        put(derive, &e);
    }
}

/* address NULL: by DNS. */
static void put_hosts(struct lp_derive *derive, const struct seat *seat,
                      const struct lp_addr *address)
{
    const struct lp_str *hosts = seat->hosts.at;
    struct lp_expectation e = seat->base;
    if (address) {
        e.port.address = *address;
        e.port.member = seat->at.member ? seat->at.member->fqdn : LP_STR_NONE;
    }
    for (size_t i = 0; i < seat->hosts.n; i++) {
        e.port.host = hosts[i];
        put_ports(derive, seat, &e);
    }
}

static void put_addresses(struct lp_derive *derive, const struct seat *seat,
                          const struct lp_list *addresses)
{
    const struct lp_addr *at = addresses->at;
    for (size_t i = 0; i < addresses->n; i++)
        put_hosts(derive, seat, &at[i]);
    if (!addresses->n)
        put_hosts(derive, seat, NULL);
}

/* Once a pool, or once in all. */
static void put_listed(struct lp_derive *derive, const struct seat *seat)
{
    if (seat->hosts.n)
        put_hosts(derive, seat, NULL);
    else
        put_ports(derive, seat, &seat->base);
}

/* ---- one row at one pool ---- */

static struct lp_expectation base_of(const struct lp_port_row *row, const struct lp_site *at)
{
    const struct lp_topology *topology = at->derive->topology;
    struct lp_expectation e = { .kind = LP_EXPECT_PORT,
                                .table = "ports",
                                .row = row->row,
                                .source = row->source,
                                .title = row->title,
                                .internal = !is_outside(row, at->pool),
                                .pool = at->pool,
                                .mark = at->mark,
                                .optional = row->optional,
                                .skip = row->skip };
    e.role = row->role || !at->pool ? row->role : lp_role_word(at->pool->role);
    e.port.udp = row->udp;
    e.port.probe = row->probe;
    e.port.mutual = row->mutual;
    bool depends = row->needs != LP_FEATURE_COUNT;
    e.port.reserved =
        topology->generation > row->last || (depends && topology->feature_unknown[row->needs]);
    e.port.closed = !e.port.reserved && depends && !topology->feature[row->needs];
    e.port.group = at->pool ? at->pool->fqdn : LP_STR_NONE;
    return e;
}

/* A server of the pool itself; an Edge authenticates nobody (poster: external sign-in). */
static const struct lp_pool *authenticator_of(const struct lp_port_row *row,
                                              const struct lp_site *at)
{
    if (!at->pool || !lp_str_eq(lp_str_of(row->probe), LP_STR("sip")))
        return NULL;
    bool edge = at->pool->role == LP_ROLE_EDGE;
    return edge ? lp_next_hop(at->derive->topology, at->pool) : at->pool;
}

static void seat_at(struct lp_derive *derive, const struct lp_port_row *row,
                    const struct lp_site *at, const struct lp_list *addresses)
{
    struct seat seat = { .row = row, .at = *at, .base = base_of(row, at) };
    if (row->applies && !row->applies(at))
        return;
    if (row->hosts)
        row->hosts(at, &seat.hosts);
    seat.base.port.certificate = certificate_of(derive, &seat);
    seat.base.port.authenticator = authenticator_of(row, at);
    if (row->side == LP_SIDE_AV)
        seat.base.port.expected_public = lp_edge_public(&at->pool->av);
    if (row->skip)
        put_listed(derive, &seat);
    else
        put_addresses(derive, &seat, addresses);
}

static void at_servers(struct lp_derive *derive, const struct lp_port_row *row, struct lp_site *at)
{
    const struct lp_member *members = at->pool->members.at;
    for (size_t i = 0; i < at->pool->members.n; i++) {
        at->member = &members[i];
        at->mark = members[i].mark;
        seat_at(derive, row, at, &members[i].addresses);
    }
    if (!at->pool->members.n)
        seat_at(derive, row, at, &at->pool->addresses);
}

static void at_pool(struct lp_derive *derive, const struct lp_port_row *row,
                    const struct lp_pool *pool)
{
    struct lp_site at = { .derive = derive, .pool = pool, .mark = pool->mark };
    const struct lp_edge_service *service = service_of(row, pool);
    if (service) {
        struct lp_list seen = lp_edge_public(service);
        at.mark = service->mark;
        if (service->fqdn.n)
            seat_at(derive, row, &at, &seen);
    } else if (row->side == LP_SIDE_SERVERS && !row->skip) {
        at_servers(derive, row, &at);
    } else if (row->skip || (pool->members.n && pool->addresses.n)) {
        seat_at(derive, row, &at, &pool->addresses);
    }
}

static void apply(struct lp_derive *derive, const struct lp_port_row *row, bool internal)
{
    const struct lp_pool *pools = derive->topology->pools.at;
    struct lp_site nowhere = { .derive = derive };
    const struct lp_list none = { 0 };
    if (row->side == LP_SIDE_NOWHERE) {
        if (internal)
            seat_at(derive, row, &nowhere, &none);
        return;
    }
    for (size_t i = 0; i < derive->topology->pools.n; i++) {
        if (lp_role_in(row->roles, &pools[i]) && is_outside(row, &pools[i]) != internal)
            at_pool(derive, row, &pools[i]);
    }
}

void lp_expect_ports(struct lp_derive *derive)
{
    for (size_t view = 0; view < 2; view++) {
        for (size_t i = 0; i < lp_port_row_count; i++)
            apply(derive, &lp_port_rows[i], view == 0);
    }
}
