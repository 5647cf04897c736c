/* table_web.c - which paths a web port is asked for: those of its role and site (webpath.h), the
 * simple URLs of its host, or the first hop of Autodiscover */
#include "lp/expect_parts.h"
#include "lp/name.h"
#include "lp/webpath.h"

/* Roles that have web services; others keep the probe's own path. */
static const struct {
    enum lp_role role;
    unsigned served;
} servers[] = {
    { LP_ROLE_FRONT_END, LP_WEB_POOL },
    { LP_ROLE_STANDARD, LP_WEB_POOL },
    { LP_ROLE_DIRECTOR, LP_WEB_DIRECTOR },
    { LP_ROLE_BRANCH, LP_WEB_BRANCH },
};

static unsigned served_by(const struct lp_pool *pool)
{
    for (size_t i = 0; i < LP_COUNT(servers); i++) {
        if (servers[i].role == pool->role)
            return servers[i].served;
    }
    return 0;
}

static bool is_off(const struct lp_topology *topology, const char *feature)
{
    for (size_t i = 0; feature && i < LP_FEATURE_COUNT; i++) {
        if (lp_str_eq(lp_str_of(lp_feature_word((enum lp_feature)i)), lp_str_of(feature)))
            return !topology->feature[i];
    }
    return false;
}

static void put_path(struct lp_derive *derive, const struct lp_expectation *from,
                     const struct lp_web_path *row)
{
    struct lp_expectation e = *from;
    e.port.path = lp_str_of(row->path);
    lp_expect_put(derive, &e);
}

static void put_all(struct lp_derive *derive, const struct lp_expectation *e, unsigned served,
                    unsigned site)
{
    const struct lp_web_path *row;
    for (size_t i = 0; (row = lp_web_path_at(served, site, i)); i++) {
        if (!is_off(derive->topology, row->feature))
            put_path(derive, e, row);
    }
}

/* Behind the reverse proxy: whose web services have that name outside? NULL: nobody's. */
static const struct lp_pool *owner_of(const struct lp_topology *topology, struct lp_str host)
{
    const struct lp_pool *pools = topology->pools.at;
    for (size_t i = 0; i < topology->pools.n; i++) {
        if (pools[i].web_external.n && lp_name_eq(pools[i].web_external, host))
            return &pools[i];
    }
    return NULL;
}

static bool is_office(const struct lp_topology *topology, struct lp_str host)
{
    const struct lp_pool *pools = topology->pools.at;
    for (size_t i = 0; i < topology->pools.n; i++) {
        if (pools[i].role == LP_ROLE_OFFICE && lp_name_eq(pools[i].fqdn, host))
            return true;
    }
    return false;
}

/* The simple URLs of a host, each with its own path; false: it has none. */
static bool put_urls(struct lp_derive *derive, const struct lp_expectation *from)
{
    const struct lp_simple_url *urls = derive->topology->urls.at;
    bool any = false;
    for (size_t i = 0; i < derive->topology->urls.n; i++) {
        struct lp_expectation e = *from;
        if (urls[i].kind == LP_URL_ADMIN || !lp_name_eq(urls[i].host, from->port.host))
            continue;
        e.port.path = urls[i].path;
        e.mark = urls[i].mark;
        lp_expect_put(derive, &e);
        any = true;
    }
    return any;
}

static void put_published(struct lp_derive *derive, const struct lp_expectation *from)
{
    struct lp_expectation e = *from;
    const struct lp_pool *owner = owner_of(derive->topology, e.port.host);
    if (owner && served_by(owner)) {
        put_all(derive, &e, served_by(owner), LP_WEB_EXTERNAL);
        return;
    }
    if (is_office(derive->topology, e.port.host))
        e.port.path = LP_STR("/hosting/discovery");
    else if (put_urls(derive, &e))
        return;
    else
        e.port.path = LP_STR("/");
    lp_expect_put(derive, &e);
}

void lp_expect_web(struct lp_derive *derive, const struct lp_expectation *e)
{
    unsigned served = e->pool ? served_by(e->pool) : 0;
    bool external = e->port.ports[0] == 4443;
    if (served)
        put_all(derive, e, served, external ? LP_WEB_EXTERNAL : LP_WEB_INTERNAL);
    else if (e->pool && e->pool->role == LP_ROLE_PROXY)
        put_published(derive, e);
    else
        lp_expect_put(derive, e);
}

void lp_expect_adfs(struct lp_derive *derive, const struct lp_expectation *from)
{
    static const char *const paths[] = { "/FederationMetadata/2007-06/FederationMetadata.xml",
                                         "/adfs/ls/IdpInitiatedSignon.aspx" };
    for (size_t i = 0; i < LP_COUNT(paths); i++) {
        struct lp_expectation e = *from;
        e.port.path = lp_str_of(paths[i]);
        lp_expect_put(derive, &e);
    }
}
