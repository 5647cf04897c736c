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

static const char *const zones[] = { LAB_DOMAIN, "fabrikam.example", "online.lync.com" };

static const struct {
    const char *name;
    uint16_t code;
} types[] = {
    { "A", 1 },
    { "NS", 2 },
    { "CNAME", 5 },
    { "TXT", 16 },
    { "AAAA", 28 },
    { "SRV", 33 },
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

/* "pool" -> "pool.contoso.example", "x.y." -> "x.y", "@" -> the apex, "." -> "" */
static void full_name(const char *name, char *out, size_t size)
{
    size_t len = strlen(name);

    if (strcmp(name, "@") == 0)
        snprintf(out, size, "%s", LAB_DOMAIN);
    else if (len > 0 && name[len - 1] == '.')
        snprintf(out, size, "%.*s", (int)(len - 1), name);
    else
        snprintf(out, size, "%s.%s", name, LAB_DOMAIN);
}

static void srv_data(const char *data, char *out, size_t size)
{
    const char *target = strrchr(data, ' ');
    char name[128];

    full_name(target + 1, name, sizeof name);
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

static void add(const struct lab *lab, struct lab_server *server, const struct lab_rr *rr)
{
    struct lab_node *node = &server->nodes[server->node_count];

    if (server->node_count == LAB_NODES)
        return;
    full_name(rr->owner, node->owner, sizeof node->owner);
    node->type = type_code(rr->type);
    if (node->type == 33)
        srv_data(rr->data, node->data, sizeof node->data);
    else if (node->type == 2 || node->type == 5)
        full_name(rr->data, node->data, sizeof node->data);
    else if (node->type == 1 || node->type == 28)
        snprintf(node->data, sizeof node->data, "%s", address_data(lab, rr));
    else
        snprintf(node->data, sizeof node->data, "%s", rr->data);
    if (node->data[0] != '\0' || node->type >= LAB_TYPE_NXDOMAIN)
        server->node_count++;
}

/* Whether this fault row is for this server. */
static bool applies(const struct lab_fault *fault, const struct lab_server *server,
                    const struct lab_rr *rr)
{
    return fault->view == server->view && (!rr->second || server->second);
}

static bool hidden(const struct lab_fault *fault, const struct lab_server *server,
                   const struct lab_rr *rr)
{
    size_t len = strlen(rr->owner);
    bool ours = rr->owner[len - 1] != '.' && rr->owner[0] != '@';

    if (fault->dns == LAB_DNS_EMPTY && fault->view == server->view && ours)
        return true;
    for (const struct lab_rr *f = fault->rr; f != NULL && f->owner != NULL; f++)
        if (applies(fault, server, f) && strcmp(f->owner, rr->owner) == 0)
            return true;
    return false;
}

void lab_zone_build(const struct lab *lab, struct lab_server *server)
{
    const struct lab_fault *fault = lab->options->fault;

    server->node_count = 0;
    for (size_t i = 0; i < sizeof base / sizeof base[0]; i++)
        if (base[i].view == server->view && !hidden(fault, server, &base[i]))
            add(lab, server, &base[i]);
    for (const struct lab_rr *f = fault->rr; f != NULL && f->owner != NULL; f++)
        if (applies(fault, server, f) && strcmp(f->type, "NXDOMAIN") != 0)
            add(lab, server, f);
}

/* Whether `name` is `zone` or below it. */
static bool below(const char *name, const char *zone)
{
    size_t len = strlen(name), zone_len = strlen(zone);

    if (len < zone_len || strcasecmp(name + len - zone_len, zone) != 0)
        return false;
    return len == zone_len || name[len - zone_len - 1] == '.';
}

const char *lab_zone_apex(const char *name)
{
    for (size_t i = 0; i < sizeof zones / sizeof zones[0]; i++)
        if (below(name, zones[i]))
            return zones[i];
    return NULL;
}

bool lab_zone_exists(const struct lab_server *server, const char *name)
{
    const char *apex = lab_zone_apex(name);

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
