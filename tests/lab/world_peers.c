/* world_peers.c - what listens in a topology: a peer for each port that must answer */
#include "world.h"

#include <string.h>

/* Probes that need no protocol of their own. */
static const struct {
    const char *probe;
    enum lab_proto proto;
} more[] = {
    { "wac", LAB_HTTPS },
    { "adfs", LAB_HTTPS },
};

static enum lab_proto proto_of(const struct lp_expect_port *port)
{
    for (size_t i = 0; i < sizeof more / sizeof more[0]; i++)
        if (strcmp(more[i].probe, port->probe) == 0)
            return more[i].proto;
    for (size_t i = 0; i < LAB_PROTOS; i++)
        if (lab_speeches[i].probe != NULL && strcmp(lab_speeches[i].probe, port->probe) == 0)
            return i == LAB_MTLS && !port->mutual ? LAB_PSOM : (enum lab_proto)i;
    return LAB_PROTOS;
}

static struct lab_peer *find(struct lab *lab, const char *address, uint16_t port, bool udp)
{
    for (size_t i = 0; i < lab->peer_count; i++) {
        struct lab_peer *p = &lab->peers[i];

        if (p->port == port && (lab_speeches[p->proto].datagram != NULL) == udp &&
            strcmp(p->address, address) == 0)
            return p;
    }
    return NULL;
}

/* What an A/V Edge says about itself: outside the address that it is asked at, inside the
 * first one that the Internet sees. */
static void set_public(struct lab_peer *peer)
{
    struct lp_list list = { NULL, 0 };
    const struct lp_addr *at;

    if (peer->view == LAB_INTERNAL && peer->pool != NULL)
        list = lp_edge_public(&peer->pool->av);
    at = list.at;
    if (list.n > 0)
        lp_addr_format(&at[0], peer->public, sizeof peer->public);
}

/* Several rows of the table can be one socket: then all of them must be served, also the
 * one whose clients have no certificate. */
static bool add(struct lab *lab, const struct lp_expectation *e, const struct lp_addr *address)
{
    struct lab_world *world = lab->world;
    const struct lp_expect_port *port = &e->port;
    bool second = lab->options->fault->second_ports && port->ports[1] != 0;
    uint16_t number = (uint16_t)port->ports[second];
    const char *text = lab_address_text(world, address);
    struct lab_peer *peer = find(lab, text, number, port->udp);

    if (peer == NULL) {
        peer = lab_peer_add(lab, text, number);
        if (peer == NULL)
            return false;
        peer->tag = lab_text(world, port->host);
        peer->role = e->role;
        peer->group = lab_text(world, port->group);
        peer->member = lab_text(world, port->member);
        peer->pool = e->pool;
        peer->proto = proto_of(port);
        peer->mutual = port->mutual;
        peer->view = e->internal ? LAB_INTERNAL : LAB_EXTERNAL;
        peer->site = peer->port == 4443 || peer->port == 8080 ? LAB_EXTERNAL : peer->view;
        set_public(peer);
    }
    peer->mutual = peer->mutual && port->mutual;
    if (peer->cert == NULL && port->certificate != SIZE_MAX)
        peer->cert = &world->certs[port->certificate];
    return peer->proto != LAB_PROTOS;
}

static bool add_port(struct lab *lab, const struct lp_expectation *e)
{
    const struct lp_list *planned;
    const struct lp_addr *at;

    if (e->port.address.family != 0)
        return add(lab, e, &e->port.address);
    planned = lab_planned(lab->world, e->internal, e->port.host);
    at = planned == NULL ? NULL : planned->at;
    for (size_t i = 0; planned != NULL && i < planned->n; i++)
        if (!add(lab, e, &at[i]))
            return false;
    return true;
}

static bool is_served(const struct lp_expectation *e)
{
    return e->kind == LP_EXPECT_PORT && e->skip == NULL && e->port.probe != NULL &&
           !e->port.closed && !e->port.reserved;
}

/* The hosts that certificates name for their CRLs: addresses of their own. */
static bool add_pki(struct lab *lab)
{
    static const char *const addresses[] = { LAB_PKI_INSIDE, LAB_PKI_OUTSIDE };

    for (size_t i = 0; i < sizeof addresses / sizeof addresses[0]; i++) {
        struct lab_peer *peer = lab_peer_add(lab, addresses[i], 80);

        if (peer == NULL)
            return false;
        peer->tag = "pki";
        peer->proto = LAB_HTTP;
        peer->view = peer->site = i == 0 ? LAB_INTERNAL : LAB_EXTERNAL;
    }
    return true;
}

/* A change that changes nothing is a mistake in the fault's row. */
static bool edits_fit(const struct lab *lab)
{
    const struct lab_edit *e = lab->options->fault->edits;

    for (; e != NULL && e->tag != NULL; e++) {
        bool found = false;

        for (size_t i = 0; i < lab->peer_count; i++)
            found = found || (lab_peer_is(&lab->peers[i], e->tag) &&
                              (e->port == 0 || e->port == lab->peers[i].port));
        if (!found)
            return false;
    }
    return true;
}

bool lab_world_peers(struct lab *lab, const char **why)
{
    const struct lp_expectations *all = &lab->world->expect;

    *why = "a port of the topology cannot be played";
    for (size_t i = 0; i < all->n; i++)
        if (is_served(&all->at[i]) && !add_port(lab, &all->at[i]))
            return false;
    if (!add_pki(lab))
        return false;
    if (lab->world->topology.cloud.n != 0)
        lab_sites_cloud(lab);
    *why = "a change of the fault fits no port";
    for (size_t i = 0; i < lab->peer_count; i++)
        lab_peer_edit(lab->options->fault, &lab->peers[i]);
    return edits_fit(lab) && lab_world_recert(lab, why);
}
