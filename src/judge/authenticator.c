/* authenticator.c - who would check the password: the server that a SIP challenge names
 * (poster: external sign-in, steps 2 and 3; MS-SIPAE: targetname) */
#include "lp/court.h"
#include "lp/lang.h"
#include "lp/name.h"
#include "lp/probe.h"

struct lp_str lp_authenticator_of(struct lp_court *court, const struct lp_evidence *e)
{
    static const struct lp_str service = { "sip/", 4 }; /* of a Kerberos principal */
    if (e->shape != &lp_probe_sip.shape || !lp_probe_sip.is_well(e))
        return LP_STR_NONE;
    struct lp_str name = ((const struct lp_sip_facts *)e->facts)->target_name;
    if (lp_str_starts_nocase(name, service.p))
        name = lp_str_sub(name, service.n, name.n);
    return name.n ? lp_say(court, "%s", lp_text(court, name)) : LP_STR_NONE;
}

/* A server may call itself by its first label alone. */
static bool is_named(struct lp_str seen, struct lp_str fqdn)
{
    bool whole = lp_str_find(seen, '.') < seen.n;
    return whole ? lp_name_eq(seen, fqdn)
                 : lp_str_eq_nocase(seen, lp_str_sub(fqdn, 0, lp_str_find(fqdn, '.')));
}

/* The pool, the server that has the address, or any of the pool's where a load balancer or an Edge
 * stands before them. */
static bool is_due(const struct lp_expect_port *port, struct lp_str seen)
{
    const struct lp_pool *pool = port->authenticator;
    const struct lp_member *members = pool->members.at;
    if (is_named(seen, pool->fqdn))
        return true;
    for (size_t i = 0; i < pool->members.n; i++) {
        bool is_there = !port->member.n || lp_name_eq(port->member, members[i].fqdn);
        if (is_there && is_named(seen, members[i].fqdn))
            return true;
    }
    return false;
}

/* A Front End pool whose servers the file does not list: any name may be one of theirs. */
static bool is_unlisted(const struct lp_pool *pool, const struct lp_pool *other)
{
    return !other && pool->role == LP_ROLE_FRONT_END && !pool->members.n;
}

static struct lp_str say_due(struct lp_court *court, const struct lp_expect_port *port)
{
    const struct lp_pool *pool = port->authenticator;
    if (port->member.n)
        return lp_say(court, "a challenge of %s", lp_text(court, port->member));
    return lp_say(court, "a challenge of the %s %s", lp_tr(court->arena, lp_role_title(pool->role)),
                  lp_text(court, pool->fqdn));
}

static struct lp_str say_seen(struct lp_court *court, const struct lp_pool *other,
                              struct lp_str seen)
{
    if (!other)
        return lp_say(court, "a challenge of %s, which is not in the topology", seen.p);
    if (lp_name_eq(other->fqdn, seen))
        return lp_say(court, "a challenge of the %s %s",
                      lp_tr(court->arena, lp_role_title(other->role)), seen.p);
    return lp_say(court, "a challenge of %s, of the %s %s", seen.p,
                  lp_tr(court->arena, lp_role_title(other->role)), lp_text(court, other->fqdn));
}

static void check_seat(struct lp_court *court, const struct lp_seat *seat)
{
    const struct lp_expect_port *port = &seat->row->port;
    struct lp_str seen = lp_authenticator_of(court, seat->e);
    if (!seen.n || !port->authenticator || is_due(port, seen))
        return;
    const struct lp_pool *other = lp_topology_pool_of_host(court->log->expected->topology, seen);
    if (is_unlisted(port->authenticator, other))
        return;
    struct lp_claim *claim = lp_claim_seat(court, "LP-SIP-AUTHENTICATOR", seat);
    claim->vars.target = seen;
    claim->expected = say_due(court, port);
    claim->observed = say_seen(court, other, seen);
}

void lp_check_authenticators(struct lp_court *court)
{
    for (size_t i = 0; i < court->seat_count; i++) {
        if (court->seats[i].row)
            check_seat(court, &court->seats[i]);
    }
}
