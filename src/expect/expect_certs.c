/* expect_certs.c - the certificate table applied: names, root and use of each pool's
 * certificate */
#include "lp/expect_parts.h"

typedef void add_names(const struct lp_derive *, const struct lp_pool *, struct lp_list *);

static void add_fqdn(const struct lp_derive *derive, const struct lp_pool *pool, struct lp_list *to)
{
    lp_add_name(derive, to, pool->fqdn);
}

static void add_member_names(const struct lp_derive *derive, const struct lp_pool *pool,
                             struct lp_list *to)
{
    const struct lp_member *members = pool->members.at;
    for (size_t i = 0; i < pool->members.n; i++)
        lp_add_name(derive, to, members[i].fqdn);
}

static void add_web_internal(const struct lp_derive *derive, const struct lp_pool *pool,
                             struct lp_list *to)
{
    lp_add_name(derive, to, lp_pool_web_internal(pool));
}

static void add_web_external(const struct lp_derive *derive, const struct lp_pool *pool,
                             struct lp_list *to)
{
    lp_add_name(derive, to, pool->web_external);
}

static void add_access(const struct lp_derive *derive, const struct lp_pool *pool,
                       struct lp_list *to)
{
    lp_add_name(derive, to, pool->access.fqdn);
}

static void add_conferencing(const struct lp_derive *derive, const struct lp_pool *pool,
                             struct lp_list *to)
{
    lp_add_name(derive, to, pool->conferencing.fqdn);
}

static void add_av(const struct lp_derive *derive, const struct lp_pool *pool, struct lp_list *to)
{
    lp_add_name(derive, to, pool->av.fqdn);
}

static void add_published(const struct lp_derive *derive, const struct lp_pool *pool,
                          struct lp_list *to)
{
    lp_add_published(derive, to, pool);
}

static void add_farms(const struct lp_derive *derive, const struct lp_pool *pool,
                      struct lp_list *to)
{
    const struct lp_pool *pools = derive->topology->pools.at;
    (void)pool;
    for (size_t i = 0; i < derive->topology->pools.n; i++) {
        if (pools[i].role == LP_ROLE_OFFICE)
            lp_add_name(derive, to, pools[i].fqdn);
    }
}

/* One name of the set: by a pattern over all SIP domains, by simple URLs, or by a
 * function. The rows stand in the order that a request lists the names in. */
static const struct {
    unsigned name;
    add_names *add;
    const char *pattern; /* NULL: add, or urls */
    enum lp_url_kind urls;
    bool xmpp; /* only where XMPP is served */
} sources[] = {
    { LP_NAME_POOL, .add = add_fqdn },
    { LP_NAME_ACCESS, .add = add_access },
    { LP_NAME_PUBLISHED, .add = add_published },
    { LP_NAME_MEMBERS, .add = add_member_names },
    { LP_NAME_SIP, .pattern = "sip.<sip-domain>" },
    { LP_NAME_CONFERENCING, .add = add_conferencing },
    { LP_NAME_AV, .add = add_av },
    { LP_NAME_SIPINTERNAL, .pattern = "sipinternal.<sip-domain>" },
    { LP_NAME_SIPEXTERNAL, .pattern = "sipexternal.<sip-domain>" },
    { LP_NAME_AD_INTERNAL, .pattern = "lyncdiscoverinternal.<sip-domain>" },
    { LP_NAME_AD_EXTERNAL, .pattern = "lyncdiscover.<sip-domain>" },
    { LP_NAME_ADMIN, .urls = LP_URL_ADMIN },
    { LP_NAME_MEET, .urls = LP_URL_MEET },
    { LP_NAME_DIALIN, .urls = LP_URL_DIALIN },
    { LP_NAME_WEB_INTERNAL, .add = add_web_internal },
    { LP_NAME_WEB_EXTERNAL, .add = add_web_external },
    { LP_NAME_XMPP, .pattern = "xmpp.<sip-domain>", .xmpp = true },
    { LP_NAME_DOMAINS, .pattern = "<sip-domain>", .xmpp = true },
    { LP_NAME_DOMAINS, .pattern = "*.<sip-domain>", .xmpp = true },
    { LP_NAME_OFFICE, .add = add_farms },
};

static bool has_xmpp(const struct lp_topology *topology)
{
    return topology->feature[LP_FEATURE_XMPP] && topology->generation <= LP_SFB_2015;
}

static void collect(const struct lp_derive *derive, const struct lp_pool *pool, unsigned set,
                    struct lp_list *to)
{
    for (size_t i = 0; i < LP_COUNT(sources); i++) {
        if (!(set & sources[i].name) || (sources[i].xmpp && !has_xmpp(derive->topology)))
            continue;
        if (sources[i].pattern)
            lp_add_domain_names(derive, to, sources[i].pattern);
        else if (sources[i].add)
            sources[i].add(derive, pool, to);
        else
            lp_add_url_hosts(derive, to, sources[i].urls);
    }
}

/* A reverse proxy that the file knows no web host of still leads lyncdiscover in. */
static struct lp_str subject_of(const struct lp_derive *derive, const struct lp_pool *pool,
                                const struct lp_cert_row *row)
{
    struct lp_list found = { 0 };
    collect(derive, pool, row->subject, &found);
    return found.n ? *(const struct lp_str *)found.at : LP_STR_NONE;
}

static enum lp_root_kind root_of(const struct lp_pool *pool, const struct lp_cert_row *row)
{
    if (!pool->root.n)
        return row->root;
    return lp_str_eq(pool->root, LP_STR("public")) ? LP_ROOT_PUBLIC : LP_ROOT_PRIVATE;
}

static void fill_names(const struct lp_derive *derive, const struct lp_pool *pool,
                       const struct lp_cert_row *row, struct lp_expect_cert *cert)
{
    cert->subject = subject_of(derive, pool, row);
    collect(derive, pool, row->names, &cert->names);
    collect(derive, pool, row->softer, &cert->softer);
    collect(derive, pool, row->allowed, &cert->allowed);
    if (row->members)
        add_member_names(derive, pool, &cert->members);
}

/* Does the file say anything of the side of the pool that the certificate is for? */
static bool has_side(const struct lp_pool *pool, const struct lp_cert_row *row)
{
    if (row->outside)
        return pool->access.fqdn.n > 0;
    return pool->role != LP_ROLE_EDGE || pool->fqdn.n > 0;
}

static void apply(struct lp_derive *derive, const struct lp_pool *pool,
                  const struct lp_cert_row *row)
{
    struct lp_expectation e = { .kind = LP_EXPECT_CERT,
                                .table = "certificates",
                                .row = row->row,
                                .source = row->source,
                                .title = row->title,
                                .role = row->role,
                                .internal = !row->outside && lp_role_in(LP_ROLES_INSIDE, pool),
                                .pool = pool,
                                .mark = row->outside ? pool->access.mark : pool->mark };
    e.cert = (struct lp_expect_cert){ .role = row->role,
                                      .client_auth = row->client_auth,
                                      .root = root_of(pool, row),
                                      .wildcard = row->wildcard,
                                      .shared = row->shared };
    if (!has_side(pool, row))
        return;
    fill_names(derive, pool, row, &e.cert);
    struct lp_pool_certs *own =
        &derive->certs[pool - (const struct lp_pool *)derive->topology->pools.at];
    *(row->outside ? &own->outside : &own->own) = derive->out.n;
    lp_list_push(derive->arena, &derive->out, &e, sizeof e);
}

static void apply_rows(struct lp_derive *derive, bool internal)
{
    const struct lp_pool *pools = derive->topology->pools.at;
    for (size_t i = 0; i < derive->topology->pools.n; i++) {
        for (size_t j = 0; j < lp_cert_row_count; j++) {
            const struct lp_cert_row *row = &lp_cert_rows[j];
            bool inside = !row->outside && lp_role_in(LP_ROLES_INSIDE, &pools[i]);
            if (row->of == pools[i].role && inside == internal)
                apply(derive, &pools[i], row);
        }
    }
}

void lp_expect_certs(struct lp_derive *derive)
{
    size_t n = derive->topology->pools.n;
    derive->certs = lp_arena_array(derive->arena, n, sizeof *derive->certs);
    for (size_t i = 0; i < n; i++)
        derive->certs[i] = (struct lp_pool_certs){ SIZE_MAX, SIZE_MAX };
    apply_rows(derive, true);
    apply_rows(derive, false);
}
