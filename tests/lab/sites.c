/* sites.c - the machines of the deployment and what listens on them */
#include "lab.h"

#include <stdio.h>
#include <string.h>

/* The last rows are no machines of ours: addresses that faults let records point at. */
/* clang-format off */
static const struct lab_site sites[] = {
    {"fe1", "10.77.1.11", "127.77.1.11", "fd77::11"},
    {"fe2", "10.77.1.12", "127.77.1.12", ""},
    {"web", "10.77.1.20", "127.77.1.20", ""},
    {"edge", "203.0.113.10", "127.77.2.10", "2001:db8:77::10"},
    {"conf", "203.0.113.11", "127.77.2.11", ""},
    {"av", "203.0.113.12", "127.77.2.12", ""},
    {"proxy", "198.51.100.20", "127.77.2.20", "2001:db8:77::20"},
    {"proxy2", "198.51.100.21", "127.77.2.21", ""},
    {"cloudweb", "198.51.100.40", "127.77.2.40", ""},
    {"cloudsip", "198.51.100.41", "127.77.2.41", ""},
    {"unreachable", "192.0.2.66", "", ""},
    {"private", "10.77.1.12", "127.88.0.9", ""},
    {"metadata", "169.254.169.254", "", ""},
    {"loopback", "127.88.0.1", "127.88.0.1", ""},
};
/* clang-format on */

static const struct {
    const char *tag;
    uint16_t port;
    enum lab_proto proto;
    enum lab_view view;
    enum lab_cert_id cert;
} listeners[] = {
    { "fe1", 5061, LAB_SIP, LAB_INTERNAL, LAB_CERT_POOL },
    { "fe1", 443, LAB_HTTPS, LAB_INTERNAL, LAB_CERT_POOL },
    { "fe1", 80, LAB_HTTP, LAB_INTERNAL, LAB_CERT_SAME },
    { "fe2", 5061, LAB_SIP, LAB_INTERNAL, LAB_CERT_POOL },
    { "fe2", 443, LAB_HTTPS, LAB_INTERNAL, LAB_CERT_POOL },
    { "fe2", 80, LAB_HTTP, LAB_INTERNAL, LAB_CERT_SAME },
    { "web", 443, LAB_HTTPS, LAB_INTERNAL, LAB_CERT_POOL },
    { "web", 80, LAB_HTTP, LAB_INTERNAL, LAB_CERT_SAME },
    { "edge", 443, LAB_SIP, LAB_EXTERNAL, LAB_CERT_EDGE },
    { "edge", 5061, LAB_SIP, LAB_EXTERNAL, LAB_CERT_EDGE },
    { "conf", 443, LAB_PSOM, LAB_EXTERNAL, LAB_CERT_EDGE },
    { "proxy", 443, LAB_HTTPS, LAB_EXTERNAL, LAB_CERT_PROXY },
    { "proxy", 80, LAB_HTTP, LAB_EXTERNAL, LAB_CERT_SAME },
    { "proxy2", 443, LAB_HTTPS, LAB_EXTERNAL, LAB_CERT_PROXY },
    { "proxy2", 80, LAB_HTTP, LAB_EXTERNAL, LAB_CERT_SAME },
    { "cloudweb", 443, LAB_HTTPS, LAB_CLOUD, LAB_CERT_CLOUD },
    { "cloudweb", 80, LAB_HTTP, LAB_CLOUD, LAB_CERT_SAME },
    { "cloudsip", 443, LAB_SIP, LAB_CLOUD, LAB_CERT_CLOUD },
    { "cloudsip", 5061, LAB_SIP, LAB_CLOUD, LAB_CERT_CLOUD },
};

const struct lab_site *lab_site_at(size_t i)
{
    return i < sizeof sites / sizeof sites[0] ? &sites[i] : NULL;
}

const struct lab_site *lab_site_find(const char *tag)
{
    for (size_t i = 0; i < sizeof sites / sizeof sites[0]; i++)
        if (strcmp(sites[i].tag, tag) == 0)
            return &sites[i];
    return NULL;
}

const char *lab_site_v4(const struct lab *lab, const struct lab_site *site)
{
    return lab->where == LAB_LOOPBACK ? site->loopback : site->v4;
}

bool lab_peer_is(const struct lab_peer *peer, const char *tag)
{
    return strcmp(tag, peer->tag) == 0 || strcmp(tag, peer->role) == 0 ||
           strcmp(tag, peer->group) == 0 || strcmp(tag, peer->address) == 0;
}

void lab_peer_edit(const struct lab_fault *fault, struct lab_peer *peer)
{
    bool v6 = strchr(peer->address, ':') != NULL;

    for (const struct lab_edit *e = fault->edits; e != NULL && e->tag != NULL; e++) {
        bool family = e->family == 0 || (e->family == 6) == v6;
        bool port = e->port == 0 || e->port == peer->port;

        if (!lab_peer_is(peer, e->tag) || !family || !port)
            continue;
        peer->way = e->way;
        if (e->cert != LAB_CERT_SAME && peer->cert != NULL)
            peer->cert = &lab_certs[e->cert];
    }
}

struct lab_peer *lab_peer_add(struct lab *lab, const char *address, uint16_t port)
{
    struct lab_peer *peer = &lab->peers[lab->peer_count];

    if (lab->peer_count == LAB_PEERS)
        return NULL;
    lab->peer_count++;
    memset(peer, 0, sizeof *peer);
    snprintf(peer->address, sizeof peer->address, "%s", address);
    peer->port = port;
    peer->tag = peer->role = peer->group = peer->member = "";
    snprintf(peer->public, sizeof peer->public, "%s", address);
    peer->way = LAB_WAY_OK;
    peer->fd = -1;
    return peer;
}

static void add(struct lab *lab, size_t row, const char *address)
{
    struct lab_peer *peer = address[0] == '\0' ? NULL : lab_peer_add(lab, address, 0);

    if (peer == NULL)
        return;
    peer->tag = listeners[row].tag;
    peer->port = listeners[row].port;
    peer->proto = listeners[row].proto;
    peer->view = peer->site = listeners[row].view;
    peer->cert = listeners[row].cert == LAB_CERT_SAME ? NULL : &lab_certs[listeners[row].cert];
    lab_peer_edit(lab->options->fault, peer);
}

void lab_sites_cloud(struct lab *lab)
{
    for (size_t i = 0; i < sizeof listeners / sizeof listeners[0]; i++)
        if (listeners[i].view == LAB_CLOUD)
            add(lab, i, lab_site_v4(lab, lab_site_find(listeners[i].tag)));
}

void lab_sites_build(struct lab *lab)
{
    for (size_t i = 0; i < sizeof listeners / sizeof listeners[0]; i++) {
        const struct lab_site *site = lab_site_find(listeners[i].tag);

        add(lab, i, lab_site_v4(lab, site));
        add(lab, i, lab->v6 ? site->v6 : "");
    }
}
