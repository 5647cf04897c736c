/* zone.c - the records that a healthy deployment has, and looking them up */
#include "lab.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#define IN LAB_INTERNAL
#define OUT LAB_EXTERNAL

/* The poster's DNS table, inside and outside, and the foreign names that faults lead
 * to. */
/* clang-format off */
static const struct lab_rr base[] = {
    {IN, "@", "NS", "ns1", false},
    {IN, "lyncdiscoverinternal", "A", "@web", false},
    {IN, "_sipinternaltls._tcp", "SRV", "0 0 5061 pool", false},
    {IN, "pool", "A", "@fe1", false},
    {IN, "pool", "A", "@fe2", false},
    {IN, "pool", "AAAA", "@fe1", false},
    {IN, "fe1", "A", "@fe1", false},
    {IN, "fe2", "A", "@fe2", false},
    {IN, "sip", "A", "@fe1", false},
    {IN, "sip", "A", "@fe2", false},
    {IN, "sip", "AAAA", "@fe1", false},
    {IN, "webint", "A", "@web", false},
    {IN, "meet", "A", "@web", false},
    {IN, "dialin", "A", "@web", false},
    {IN, "admin", "A", "@web", false},
    {IN, "pki", "A", "@web", false},
    {OUT, "@", "NS", "ns1", false},
    {OUT, "lyncdiscover", "A", "@proxy", false},
    {OUT, "lyncdiscover", "AAAA", "@proxy", false},
    {OUT, "webext", "A", "@proxy", false},
    {OUT, "webext", "AAAA", "@proxy", false},
    {OUT, "meet", "A", "@proxy", false},
    {OUT, "dialin", "A", "@proxy", false},
    {OUT, "pki", "A", "@proxy", false},
    {OUT, "access", "A", "@edge", false},
    {OUT, "access", "AAAA", "@edge", false},
    {OUT, "sip", "A", "@edge", false},
    {OUT, "sip", "AAAA", "@edge", false},
    {OUT, "conf", "A", "@conf", false},
    {OUT, "av", "A", "@av", false},
    {OUT, "_sip._tls", "SRV", "0 0 443 access", false},
    {OUT, "_sipfederationtls._tcp", "SRV", "0 0 5061 access", false},
    {OUT, "webext.fabrikam.example.", "A", "@proxy", false},
    {OUT, "sip.fabrikam.example.", "A", "@edge", false},
    {OUT, "webdir.online.lync.com.", "A", "@cloudweb", false},
    {OUT, "sipdir.online.lync.com.", "A", "@cloudsip", false},
    {OUT, "sipfed.online.lync.com.", "A", "@cloudsip", false},
};
/* clang-format on */

enum { A = 1, NS = 2, CNAME = 5, AAAA = 28, SRV = 33 };

static const struct {
    const char *name;
    uint16_t code;
} types[] = {
    { "A", A },
    { "NS", NS },
    { "CNAME", CNAME },
    { "TXT", 16 },
    { "AAAA", AAAA },
    { "SRV", SRV },
    { "NXDOMAIN", LAB_TYPE_NXDOMAIN },
    { "SERVFAIL", LAB_TYPE_SERVFAIL },
    { "REFUSED", LAB_TYPE_REFUSED },
    { "DROP", LAB_TYPE_DROP },
    { "LOOP", LAB_TYPE_LOOP },
    { "OWNER", LAB_TYPE_OWNER },
    { "SHORT", LAB_TYPE_SHORT },
    { "QUESTION", LAB_TYPE_QUESTION },
};

static uint16_t type_code(const char *name)
{
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (strcmp(types[i].name, name) == 0)
            return types[i].code;
    return 0;
}

/* Whether `name` is `zone` or below it. */
static bool below(const char *name, const char *zone)
{
    size_t len = strlen(name), zone_len = strlen(zone);

    if (len < zone_len || strcasecmp(name + len - zone_len, zone) != 0)
        return false;
    return len == zone_len || name[len - zone_len - 1] == '.';
}

/* "pool" -> "pool.contoso.example", "x.y." -> "x.y", "@" -> the apex, "." -> "" */
static void full_name(const struct lab *lab, const char *name, char *out, size_t size)
{
    size_t len = strlen(name);

    if (strcmp(name, "@") == 0)
        snprintf(out, size, "%s", lab_domain(lab));
    else if (len > 0 && name[len - 1] == '.')
        snprintf(out, size, "%.*s", (int)(len - 1), name);
    else
        snprintf(out, size, "%s.%s", name, lab_domain(lab));
}

static void srv_data(const struct lab *lab, const char *data, char *out, size_t size)
{
    const char *target = strrchr(data, ' ');
    char name[128];

    full_name(lab, target + 1, name, sizeof name);
    snprintf(out, size, "%.*s %s", (int)(target - data), data, name);
}

/* The address behind "@tag", or the literal; "" where the site has none of that
 * family. */
static const char *address_data(const struct lab *lab, const struct lab_rr *rr)
{
    bool v6 = strcmp(rr->type, "AAAA") == 0;
    const struct lab_site *site;

    if (rr->data[0] != '@')
        return rr->data;
    site = lab_site_find(rr->data + 1);
    if (v6)
        return lab->v6 ? site->v6 : "";
    return lab_site_v4(lab, site);
}

void lab_node_add(struct lab_server *server, const char *owner, uint16_t type, const char *data)
{
    struct lab_node *node = &server->nodes[server->node_count];

    if (server->node_count == LAB_NODES)
        return;
    snprintf(node->owner, sizeof node->owner, "%s", owner);
    node->type = type;
    snprintf(node->data, sizeof node->data, "%s", data);
    server->node_count++;
}

static void add(const struct lab *lab, struct lab_server *server, const struct lab_rr *rr)
{
    uint16_t type = type_code(rr->type);
    char owner[128], data[160];

    full_name(lab, rr->owner, owner, sizeof owner);
    if (type == SRV)
        srv_data(lab, rr->data, data, sizeof data);
    else if (type == NS || type == CNAME)
        full_name(lab, rr->data, data, sizeof data);
    else if (type == A || type == AAAA)
        snprintf(data, sizeof data, "%s", address_data(lab, rr));
    else
        snprintf(data, sizeof data, "%s", rr->data);
    if (data[0] != '\0' || type >= LAB_TYPE_NXDOMAIN)
        lab_node_add(server, owner, type, data);
}

/* Whether this fault row is for this server. */
static bool applies(const struct lab_fault *fault, const struct lab_server *server,
                    const struct lab_rr *rr)
{
    return fault->view == server->view && (!rr->second || server->second);
}

bool lab_zone_hides(const struct lab *lab, const struct lab_server *server, const char *owner)
{
    const struct lab_fault *fault = lab->options->fault;
    const char *domain = lab_domain(lab);
    bool ours = below(owner, domain) && strcasecmp(owner, domain) != 0;
    char name[128];

    if (fault->dns == LAB_DNS_EMPTY && fault->view == server->view && ours)
        return true;
    for (const struct lab_rr *f = fault->rr; f != NULL && f->owner != NULL; f++) {
        full_name(lab, f->owner, name, sizeof name);
        if (applies(fault, server, f) && strcasecmp(name, owner) == 0)
            return true;
    }
    return false;
}

static void plain_zone(const struct lab *lab, struct lab_server *server)
{
    static const char *const zones[] = { LAB_DOMAIN, "fabrikam.example", "online.lync.com" };
    char owner[128];

    for (size_t i = 0; i < sizeof zones / sizeof zones[0]; i++)
        lab_zone_add(server, zones[i]);
    for (size_t i = 0; i < sizeof base / sizeof base[0]; i++) {
        full_name(lab, base[i].owner, owner, sizeof owner);
        if (base[i].view == server->view && !lab_zone_hides(lab, server, owner))
            add(lab, server, &base[i]);
    }
}

void lab_zone_build(const struct lab *lab, struct lab_server *server)
{
    const struct lab_fault *fault = lab->options->fault;

    server->node_count = server->zone_count = 0;
    if (lab->world == NULL)
        plain_zone(lab, server);
    else
        lab_world_zone(lab, server);
    for (const struct lab_rr *f = fault->rr; f != NULL && f->owner != NULL; f++)
        if (applies(fault, server, f) && strcmp(f->type, "NXDOMAIN") != 0)
            add(lab, server, f);
}

void lab_zone_add(struct lab_server *server, const char *apex)
{
    for (size_t i = 0; i < server->zone_count; i++)
        if (strcasecmp(server->zones[i], apex) == 0)
            return;
    if (server->zone_count < LAB_ZONES)
        server->zones[server->zone_count++] = apex;
}

const char *lab_zone_apex(const struct lab_server *server, const char *name)
{
    const char *best = NULL;

    for (size_t i = 0; i < server->zone_count; i++)
        if (below(name, server->zones[i]) &&
            (best == NULL || strlen(server->zones[i]) > strlen(best)))
            best = server->zones[i];
    return best;
}

bool lab_zone_exists(const struct lab_server *server, const char *name)
{
    const char *apex = lab_zone_apex(server, name);

    if (apex != NULL && strcasecmp(name, apex) == 0)
        return true;
    for (size_t i = 0; i < server->node_count; i++)
        if (below(server->nodes[i].owner, name)) /* itself, or an empty non-terminal */
            return true;
    return false;
}

/* RFC 4592: only the wildcard right below the closest encloser counts. */
const char *lab_zone_match(const struct lab_server *server, const char *name, char *wild,
                           size_t size)
{
    const char *encloser = name;

    if (lab_zone_exists(server, name))
        return name;
    while (encloser != NULL && !lab_zone_exists(server, encloser)) {
        encloser = strchr(encloser, '.');
        encloser = encloser == NULL ? NULL : encloser + 1;
    }
    if (encloser == NULL)
        return NULL;
    snprintf(wild, size, "*.%s", encloser);
    return lab_zone_exists(server, wild) ? wild : NULL;
}
