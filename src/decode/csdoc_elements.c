/* csdoc_elements.c - the elements of a topology document that say something to us (domain.md 8.2)
 */
#include "lp/csdoc_parts.h"
#include "lp/xmlscan.h"

/* Value of an attribute, trimmed, in the arena. */
static struct lp_str text(struct lp_cs_filling *f, const char *name)
{
    const char **at = f->attributes;

    for (size_t i = 0; at[i] != NULL; i += 2) {
        struct lp_str value = lp_str_trim(lp_str_of(at[i + 1]));
        if (lp_str_eq(lp_xml_local_name(at[i]), lp_str_of(name)))
            return value.n == 0 || value.n > LP_CS_TEXT_MAX ? LP_STR_NONE
                                                            : lp_arena_str(f->arena, value);
    }
    return LP_STR_NONE;
}

/* "A/B", of what is named by numbers in the published shape. */
static struct lp_str pair(struct lp_cs_filling *f, struct lp_str a, struct lp_str b)
{
    struct lp_str parts[] = { a, LP_STR("/"), b };

    return lp_arena_join(f->arena, parts, LP_COUNT(parts));
}

#define LAST(list, T) (&((T *)(list).at)[(list).n - 1])
#define PUSH(f, list, item) lp_list_push((f)->arena, &(f)->doc->list, &(item), sizeof(item))

/* ---- domains and simple URLs ---- */

static void take_published(struct lp_cs_filling *f)
{
    f->doc->published = true;
}

static void take_domains(struct lp_cs_filling *f)
{
    f->doc->default_domain = text(f, "DefaultDomain");
}

static void take_domain(struct lp_cs_filling *f)
{
    struct lp_cs_domain domain = { text(f, "Name"), f->line };

    PUSH(f, domains, domain);
}

static void take_url(struct lp_cs_filling *f)
{
    struct lp_cs_url url = { text(f, "Component"), text(f, "ActiveUrl"), f->line };

    PUSH(f, urls, url);
}

static void take_url_entry(struct lp_cs_filling *f)
{
    struct lp_cs_url *url = LAST(f->doc->urls, struct lp_cs_url);

    if (url->url.n == 0)
        url->url = text(f, "Url");
}

/* ---- sites, clusters, machines ---- */

static void take_remote_site(struct lp_cs_filling *f)
{
    struct lp_str id = text(f, "SiteId");

    PUSH(f, remote_sites, id);
}

static void take_cluster(struct lp_cs_filling *f)
{
    struct lp_cs_cluster cluster = {
        .id = text(f, "UniqueId"), .fqdn = text(f, "Fqdn"), .remote = f->remote, .line = f->line
    };

    PUSH(f, clusters, cluster);
}

static struct lp_str cluster_id(struct lp_cs_filling *f)
{
    return pair(f, text(f, "SiteId"), text(f, "Number"));
}

static void take_cluster_id(struct lp_cs_filling *f)
{
    struct lp_cs_cluster *cluster = LAST(f->doc->clusters, struct lp_cs_cluster);

    cluster->id = cluster_id(f);
    cluster->site = text(f, "SiteId");
}

static void take_machine(struct lp_cs_filling *f)
{
    struct lp_cs_machine machine = { f->doc->clusters.n - 1, text(f, "Fqdn"), f->line };

    PUSH(f, machines, machine);
}

static void take_interface(struct lp_cs_filling *f)
{
    struct lp_cs_interface interface = { f->doc->machines.n - 1, text(f, "InterfaceSide"),
                                         text(f, "InterfaceNumber"), text(f, "IPAddress"),
                                         text(f, "ConfiguredIPAddress") };

    PUSH(f, interfaces, interface);
}

static void take_sql(struct lp_cs_filling *f)
{
    struct lp_cs_sql sql = { text(f, "UniqueId"), text(f, "Name"), f->doc->clusters.n - 1 };

    PUSH(f, sqls, sql);
}

/* ---- services ---- */

static struct lp_cs_service *service(struct lp_cs_filling *f)
{
    return LAST(f->doc->services, struct lp_cs_service);
}

static void take_service(struct lp_cs_filling *f)
{
    struct lp_cs_service new = { .id = text(f, "UniqueId"),
                                 .role = text(f, "RoleName"),
                                 .version = text(f, "ServiceVersion"),
                                 .on = text(f, "InstalledOn"),
                                 .line = f->line };

    PUSH(f, services, new);
}

static struct lp_str service_id(struct lp_cs_filling *f)
{
    struct lp_str instance = pair(f, text(f, "RoleName"), text(f, "Instance"));

    return pair(f, text(f, "SiteId"), instance);
}

static void take_service_id(struct lp_cs_filling *f)
{
    service(f)->id = service_id(f);
    service(f)->role = text(f, "RoleName");
}

static void take_dependency(struct lp_cs_filling *f)
{
    struct lp_cs_dependency dependency = { f->doc->services.n - 1, text(f, "ServiceUniqueId"),
                                           text(f, "Usage") };

    PUSH(f, dependencies, dependency);
}

static void take_dependency_id(struct lp_cs_filling *f)
{
    LAST(f->doc->dependencies, struct lp_cs_dependency)->on = service_id(f);
}

static void take_installed(struct lp_cs_filling *f)
{
    service(f)->on = cluster_id(f);
}

static void take_sql_name(struct lp_cs_filling *f)
{
    struct lp_str name = text(f, "Name");

    service(f)->sql = name.p ? name : LP_STR("");
}

static void take_port(struct lp_cs_filling *f)
{
    struct lp_cs_port port = { f->doc->services.n - 1,     text(f, "Owner"),
                               text(f, "Usage"),           text(f, "InterfaceSide"),
                               text(f, "InterfaceNumber"), text(f, "Port"),
                               text(f, "ConfiguredFqdn") };

    PUSH(f, ports, port);
}

static void take_registrar(struct lp_cs_filling *f)
{
    service(f)->director = lp_str_eq_nocase(text(f, "IsDirector"), LP_STR("true"));
}

static void take_web_external(struct lp_cs_filling *f)
{
    service(f)->web_external = text(f, "Host");
}

static void take_web_internal(struct lp_cs_filling *f)
{
    service(f)->web_internal = text(f, "Host");
}

static void take_wac(struct lp_cs_filling *f)
{
    service(f)->discovery_url = text(f, "DiscoveryUrl");
}

/* Both shapes; where they nest differently, an element has two rows. */
static const struct lp_cs_element elements[] = {
    { LP_CS_DOCUMENT, "TopologyBuilder", LP_CS_BUILDER, NULL },
    { LP_CS_DOCUMENT, "Topology", LP_CS_TOPOLOGY, take_published },
    { LP_CS_BUILDER, "NewTopology", LP_CS_NEW, NULL },
    { LP_CS_NEW, "PartialTopology", LP_CS_TOPOLOGY, NULL },
    { LP_CS_TOPOLOGY, "InternalDomains", LP_CS_DOMAINS, take_domains },
    { LP_CS_DOMAINS, "InternalDomain", LP_CS_LEAF, take_domain },
    { LP_CS_TOPOLOGY, "SimpleUrlConfiguration", LP_CS_URLS, NULL },
    { LP_CS_URLS, "SimpleUrl", LP_CS_URL, take_url },
    { LP_CS_URL, "SimpleUrlEntry", LP_CS_LEAF, take_url_entry },
    { LP_CS_TOPOLOGY, "CentralSites", LP_CS_SITES, NULL },
    { LP_CS_TOPOLOGY, "Sites", LP_CS_SITES, NULL },
    { LP_CS_SITES, "CentralSite", LP_CS_SITE, NULL },
    { LP_CS_SITES, "RemoteSite", LP_CS_REMOTE_SITE, take_remote_site },
    { LP_CS_SITE, "RemoteSites", LP_CS_SITES, NULL },
    { LP_CS_SITE, "Clusters", LP_CS_CLUSTERS, NULL },
    { LP_CS_REMOTE_SITE, "Clusters", LP_CS_CLUSTERS, NULL },
    { LP_CS_TOPOLOGY, "Clusters", LP_CS_CLUSTERS, NULL },
    { LP_CS_CLUSTERS, "Cluster", LP_CS_CLUSTER, take_cluster },
    { LP_CS_CLUSTER, "ClusterId", LP_CS_LEAF, take_cluster_id },
    { LP_CS_CLUSTER, "Machines", LP_CS_MACHINES, NULL },
    { LP_CS_MACHINES, "Machine", LP_CS_MACHINE, take_machine },
    { LP_CS_CLUSTER, "Machine", LP_CS_MACHINE, take_machine },
    { LP_CS_MACHINE, "NetInterface", LP_CS_LEAF, take_interface },
    { LP_CS_CLUSTER, "SqlInstances", LP_CS_SQLS, NULL },
    { LP_CS_SQLS, "SqlInstance", LP_CS_LEAF, take_sql },
    { LP_CS_TOPOLOGY, "Services", LP_CS_SERVICES, NULL },
    { LP_CS_SERVICES, "Service", LP_CS_SERVICE, take_service },
    { LP_CS_SERVICE, "ServiceId", LP_CS_LEAF, take_service_id },
    { LP_CS_SERVICE, "DependsOn", LP_CS_DEPENDS, NULL },
    { LP_CS_DEPENDS, "Dependency", LP_CS_DEPENDENCY, take_dependency },
    { LP_CS_DEPENDENCY, "ServiceId", LP_CS_LEAF, take_dependency_id },
    { LP_CS_SERVICE, "InstalledOn", LP_CS_INSTALLED, NULL },
    { LP_CS_INSTALLED, "ClusterId", LP_CS_LEAF, take_installed },
    { LP_CS_INSTALLED, "SqlInstanceId", LP_CS_SQL_ID, take_sql_name },
    { LP_CS_SQL_ID, "ClusterId", LP_CS_LEAF, take_installed },
    { LP_CS_SERVICE, "Ports", LP_CS_PORTS, NULL },
    { LP_CS_PORTS, "Port", LP_CS_LEAF, take_port },
    { LP_CS_SERVICE, "RegistrarService", LP_CS_LEAF, take_registrar },
    { LP_CS_SERVICE, "WebService", LP_CS_WEB, NULL },
    { LP_CS_WEB, "ExternalSettings", LP_CS_LEAF, take_web_external },
    { LP_CS_WEB, "InternalSettings", LP_CS_LEAF, take_web_internal },
    { LP_CS_SERVICE, "WacService", LP_CS_LEAF, take_wac },
};

const struct lp_cs_element *lp_cs_element(enum lp_cs_place in, struct lp_str name)
{
    for (size_t i = 0; i < LP_COUNT(elements); i++)
        if (elements[i].in == in && lp_str_eq(name, lp_str_of(elements[i].name)))
            return &elements[i];
    return NULL;
}
