/* topology_yaml.c - a topology as commented YAML */
#include "lp/topology_yaml_parts.h"

#include "lp/facts.h"

/* ---- pools ---- */

static void pool_key(struct lp_yaml *w, const char *key)
{
    lp_buf_printf(w->out, "%s%s:", w->item, key);
    w->item = "    ";
}

static void pool_text(struct lp_yaml *w, const char *key, struct lp_str value)
{
    if (!value.n)
        return;
    pool_key(w, key);
    lp_buf_char(w->out, ' ');
    lp_yaml_text(w, value);
    lp_buf_char(w->out, '\n');
}

static void pool_list(struct lp_yaml *w, const char *key, const struct lp_list *list,
                      void (*put)(struct lp_yaml *, const struct lp_list *))
{
    if (!list->n)
        return;
    pool_key(w, key);
    lp_buf_char(w->out, ' ');
    put(w, list);
    lp_buf_char(w->out, '\n');
}

/* Before a key of a pool, in the column of what follows. */
static void pool_notes(struct lp_yaml *w, struct lp_str value)
{
    lp_yaml_notes_of(w, w->item[2] == '-' ? "  " : "    ", value);
}

static void put_members(struct lp_yaml *w, const struct lp_list *list)
{
    const struct lp_member *at = list->at;
    if (!list->n)
        return;
    pool_key(w, "members");
    lp_buf_char(w->out, '\n');
    for (size_t i = 0; i < list->n; i++) {
        lp_yaml_notes_of(w, "      ", at[i].fqdn);
        lp_buf_text(w->out, "      - {");
        lp_yaml_flow_text(w, "fqdn", at[i].fqdn);
        lp_yaml_flow_addresses(w, "addresses", &at[i].addresses);
        lp_buf_text(w->out, "}\n");
    }
}

static void put_web(struct lp_yaml *w, const struct lp_pool *pool)
{
    if (!pool->web_internal.n && !pool->web_external.n)
        return;
    pool_notes(w, pool->web_internal);
    pool_notes(w, pool->web_external);
    pool_key(w, "web");
    lp_buf_text(w->out, " {");
    lp_yaml_flow_text(w, "internal", pool->web_internal);
    lp_yaml_flow_text(w, "external", pool->web_external);
    lp_buf_text(w->out, "}\n");
}

static void put_edge(struct lp_yaml *w, const char *key, const struct lp_edge_service *service)
{
    if (!service->fqdn.n)
        return;
    pool_notes(w, service->fqdn);
    pool_key(w, key);
    lp_buf_text(w->out, " {");
    lp_yaml_flow_text(w, "fqdn", service->fqdn);
    lp_yaml_flow_addresses(w, "addresses", &service->addresses);
    lp_yaml_flow_addresses(w, "nat", &service->nat);
    lp_yaml_flow_number(w, "port", service->port);
    lp_buf_text(w->out, "}\n");
}

static void pool_number(struct lp_yaml *w, const char *key, int64_t value)
{
    if (value <= 0)
        return;
    pool_key(w, key);
    lp_buf_printf(w->out, " %lld\n", (long long)value);
}

static void put_pool(struct lp_yaml *w, const struct lp_pool *pool)
{
    w->item = "  - ";
    lp_yaml_notes_of(w, "  ", pool->fqdn);
    pool_text(w, "fqdn", pool->fqdn);
    pool_list(w, "addresses", &pool->addresses, lp_yaml_addresses);
    put_members(w, &pool->members);
    put_web(w, pool);
    pool_text(w, "next-hop", pool->next_hop);
    put_edge(w, "access", &pool->access);
    put_edge(w, "conferencing", &pool->conferencing);
    put_edge(w, "av", &pool->av);
    pool_text(w, "backup-pool", pool->backup_pool);
    pool_list(w, "publishes", &pool->publishes, lp_yaml_names);
    pool_number(w, "port", pool->port);
    if (pool->root.n) {
        pool_key(w, "root");
        lp_buf_text(w->out, lp_str_eq(pool->root, LP_STR("public")) ? " public\n" : " private\n");
    }
    if (pool->compliance) {
        pool_key(w, "compliance");
        lp_buf_text(w->out, " on\n");
    }
}

static void put_section(struct lp_yaml *w, const struct lp_topology *t, enum lp_role role)
{
    const struct lp_pool *pools = t->pools.at;
    bool any = false;
    lp_yaml_notes(w, "", lp_role_section(role));
    for (size_t i = 0; i < t->pools.n; i++) {
        if (pools[i].role != role)
            continue;
        if (!any)
            lp_buf_printf(w->out, "%s:\n", lp_role_section(role));
        any = true;
        put_pool(w, &pools[i]);
    }
}

/* ---- the rest of the file ---- */

static void put_marked(struct lp_yaml *w, const char *key, const struct lp_list *list)
{
    const struct lp_marked *at = list->at;
    lp_yaml_notes(w, "", key);
    if (!list->n)
        return;
    lp_buf_printf(w->out, "%s:\n", key);
    for (size_t i = 0; i < list->n; i++) {
        lp_yaml_notes_of(w, "  ", at[i].text);
        lp_buf_text(w->out, "  - ");
        lp_yaml_text(w, at[i].text);
        lp_buf_char(w->out, '\n');
    }
}

static void put_hosted(struct lp_yaml *w, const char *key, const struct lp_list *list)
{
    const struct lp_marked *at = list->at;
    if (!list->n)
        return;
    lp_buf_printf(w->out, "  %s:\n", key);
    for (size_t i = 0; i < list->n; i++) {
        lp_buf_text(w->out, "    - ");
        lp_yaml_text(w, at[i].text);
        lp_buf_char(w->out, '\n');
    }
}

static void put_hosting(struct lp_yaml *w, const struct lp_topology *t)
{
    lp_yaml_notes(w, "", "hosting");
    if (!t->cloud.n && !t->hybrid.n)
        return;
    lp_buf_text(w->out, "hosting:\n");
    put_hosted(w, "cloud", &t->cloud);
    put_hosted(w, "hybrid", &t->hybrid);
}

static void put_features(struct lp_yaml *w, const struct lp_topology *t)
{
    lp_yaml_notes(w, "", "features");
    lp_buf_text(w->out, "features:\n");
    for (enum lp_feature i = 0; i < LP_FEATURE_COUNT; i++) {
        lp_yaml_notes(w, "  ", lp_feature_word(i));
        const char *word = t->feature[i] ? "on" : "off";
        lp_buf_printf(w->out, "  %s: %s\n", lp_feature_word(i),
                      t->feature_unknown[i] ? "unknown" : word);
    }
}

static size_t put_urls_of(struct lp_yaml *w, const struct lp_topology *t, enum lp_url_kind kind)
{
    const struct lp_simple_url *at = t->urls.at;
    size_t n = 0;
    for (size_t i = 0; i < t->urls.n; i++) {
        if (at[i].kind != kind)
            continue;
        if (!n)
            lp_buf_printf(w->out, "  %s:%s", lp_url_kind_word(kind),
                          kind == LP_URL_MEET ? "\n" : " ");
        lp_yaml_notes_of(w, "    ", at[i].url);
        lp_buf_text(w->out, kind == LP_URL_MEET ? "    - " : "");
        lp_yaml_text(w, at[i].url);
        lp_buf_char(w->out, '\n');
        n++;
    }
    return n;
}

static void put_urls(struct lp_yaml *w, const struct lp_topology *t)
{
    lp_yaml_notes(w, "", "simple-urls");
    if (!t->urls.n)
        return;
    lp_buf_text(w->out, "simple-urls:\n");
    for (enum lp_url_kind kind = LP_URL_MEET; kind <= LP_URL_ADMIN; kind++)
        put_urls_of(w, t, kind);
}

static void put_thresholds(struct lp_yaml *w, const struct lp_topology *t)
{
    lp_yaml_notes(w, "", "thresholds");
    if (t->days_warning < 0 && t->days_critical < 0)
        return;
    lp_buf_text(w->out, "thresholds: {");
    lp_yaml_flow_number(w, "days-warning", t->days_warning);
    lp_yaml_flow_number(w, "days-critical", t->days_critical);
    lp_buf_text(w->out, "}\n");
}

static void put_required(struct lp_yaml *w, const struct lp_topology *t)
{
    const struct lp_required *at = t->required.at;
    lp_yaml_notes(w, "", "require");
    lp_buf_text(w->out, t->required.n ? "require:\n" : "");
    for (size_t i = 0; i < t->required.n; i++) {
        bool one_view = at[i].internal != at[i].external;
        lp_buf_text(w->out, "  - {");
        lp_yaml_flow_text(w, "name", at[i].name);
        lp_buf_text(w->out, at[i].type == LP_DNS_SRV ? ", type: SRV" : ", type: A");
        if (one_view)
            lp_buf_text(w->out, at[i].internal ? ", view: internal" : ", view: external");
        lp_yaml_flow_addresses(w, "addresses", &at[i].addresses);
        lp_yaml_flow_text(w, "target", at[i].target);
        lp_yaml_flow_number(w, "port", at[i].port);
        lp_buf_text(w->out, "}\n");
    }
}

static void put_waivers(struct lp_yaml *w, const struct lp_topology *t)
{
    const struct lp_waiver *at = t->waivers.at;
    lp_yaml_notes(w, "", "waivers");
    lp_buf_text(w->out, t->waivers.n ? "waivers:\n" : "");
    for (size_t i = 0; i < t->waivers.n; i++) {
        lp_buf_text(w->out, "  - {");
        lp_yaml_flow_text(w, "id", at[i].id);
        lp_yaml_flow_text(w, "subject", at[i].subject);
        lp_yaml_flow_text(w, "reason", at[i].reason);
        lp_yaml_flow_time(w, "from", at[i].from, false);
        lp_yaml_flow_time(w, "until", at[i].until, true);
        lp_buf_text(w->out, "}\n");
    }
}

static void put_compare(struct lp_yaml *w, const struct lp_topology *t)
{
    const struct lp_compare_rule *at = t->compare.at;
    lp_yaml_notes(w, "", "compare");
    lp_buf_text(w->out, t->compare.n ? "compare:\n" : "");
    for (size_t i = 0; i < t->compare.n; i++) {
        lp_buf_text(w->out, "  ");
        lp_yaml_text(w, at[i].name);
        lp_buf_printf(w->out, ": %s\n", lp_compare_meant_word(at[i].meant));
    }
}

void lp_topology_write(const struct lp_topology *topology, const struct lp_list *notes,
                       struct lp_buf *out)
{
    struct lp_yaml w = { out, notes, "" };
    lp_yaml_notes(&w, "", "");
    lp_yaml_notes(&w, "", "generation");
    lp_buf_printf(out, "generation: %s\n", lp_generation_word(topology->generation));
    put_marked(&w, "sip-domains", &topology->sip_domains);
    lp_yaml_notes(&w, "", "ad-domain");
    if (topology->ad_domain.text.n) {
        lp_buf_text(out, "ad-domain: ");
        lp_yaml_text(&w, topology->ad_domain.text);
        lp_buf_char(out, '\n');
    }
    put_hosting(&w, topology);
    put_features(&w, topology);
    for (enum lp_role role = 0; role < LP_ROLE_COUNT; role++)
        put_section(&w, topology, role);
    put_urls(&w, topology);
    put_marked(&w, "private-roots", &topology->private_roots);
    put_thresholds(&w, topology);
    put_required(&w, topology);
    put_waivers(&w, topology);
    put_compare(&w, topology);
}
