/* topology_yaml.c - a topology as commented YAML */
#include "lp/topology_yaml.h"

#include <string.h>

#include "lp/facts.h"
#include "lp/text.h"

enum { NOTE_LINE_MAX = 400, DAY_SECONDS = 86400 };

/* A file being written. */
struct writer {
    struct lp_buf *out;
    const struct lp_list *notes;
    const char *item; /* "  - " before the first key of a pool, "    " before the others */
};

/* ---- comments ---- */

static void put_comment(struct writer *w, const char *indent, struct lp_str text)
{
    while (text.n) {
        lp_buf_printf(w->out, "%s# ", indent);
        lp_put_term(w->out, lp_str_cut(&text, '\n'), NOTE_LINE_MAX);
        lp_buf_char(w->out, '\n');
    }
}

/* Those of a key, by its name. */
static void put_notes(struct writer *w, const char *indent, const char *key)
{
    const struct lp_note *notes = w->notes ? w->notes->at : NULL;
    for (size_t i = 0; notes && i < w->notes->n; i++) {
        if (strcmp(notes[i].at, key) == 0)
            put_comment(w, indent, notes[i].text);
    }
}

/* Those of a value, by where it lies: one name may stand in several places. */
static void put_notes_of(struct writer *w, const char *indent, struct lp_str value)
{
    const struct lp_note *notes = w->notes ? w->notes->at : NULL;
    for (size_t i = 0; notes && i < w->notes->n; i++) {
        if (notes[i].at == value.p)
            put_comment(w, indent, notes[i].text);
    }
}

/* ---- values ---- */

/* Names and URLs need no quotes; whatever YAML could take for something else gets them. */
static bool is_plain(struct lp_str s)
{
    bool has_dot = lp_str_find(s, '.') < s.n, has_letter = false;
    for (size_t i = 0; i < s.n; i++) {
        char c = lp_ascii_lower(s.p[i]);
        has_letter = has_letter || (c >= 'a' && c <= 'z');
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && !strchr(".-_/:", c))
            return false;
    }
    return has_dot && has_letter && s.p[0] != '-' && s.p[0] != ':' && s.p[s.n - 1] != ':';
}

static void put_text(struct writer *w, struct lp_str s)
{
    if (is_plain(s))
        lp_buf_str(w->out, s);
    else
        lp_put_json(w->out, s);
}

static void put_address(struct writer *w, const struct lp_addr *address)
{
    char text[LP_ADDR_TEXT];
    lp_addr_format(address, text, sizeof text);
    lp_buf_printf(w->out, address->family == 6 ? "\"%s\"" : "%s", text);
}

static void put_addresses(struct writer *w, const struct lp_list *list)
{
    const struct lp_addr *at = list->at;
    lp_buf_char(w->out, '[');
    for (size_t i = 0; i < list->n; i++) {
        lp_buf_text(w->out, i ? ", " : "");
        put_address(w, &at[i]);
    }
    lp_buf_char(w->out, ']');
}

static void put_names(struct writer *w, const struct lp_list *list)
{
    const struct lp_str *at = list->at;
    lp_buf_char(w->out, '[');
    for (size_t i = 0; i < list->n; i++) {
        lp_buf_text(w->out, i ? ", " : "");
        put_text(w, at[i]);
    }
    lp_buf_char(w->out, ']');
}

/* ---- one-line maps: {key: value, ...} ---- */

static void flow_key(struct writer *w, const char *key)
{
    bool first = w->out->n && w->out->p[w->out->n - 1] == '{';
    lp_buf_printf(w->out, "%s%s: ", first ? "" : ", ", key);
}

static void flow_text(struct writer *w, const char *key, struct lp_str value)
{
    if (!value.n)
        return;
    flow_key(w, key);
    put_text(w, value);
}

static void flow_addresses(struct writer *w, const char *key, const struct lp_list *list)
{
    if (!list->n)
        return;
    flow_key(w, key);
    put_addresses(w, list);
}

static void flow_number(struct writer *w, const char *key, int64_t value)
{
    if (value <= 0)
        return;
    flow_key(w, key);
    lp_buf_printf(w->out, "%lld", (long long)value);
}

/* A day where it is one; the end of a waiver is the end of its last day. */
static void flow_time(struct writer *w, const char *key, lp_utc time, bool end)
{
    char text[32];
    bool whole_day = time % DAY_SECONDS == 0;
    if (time == LP_UTC_NONE)
        return;
    lp_format_utc(whole_day && end ? time - DAY_SECONDS : time, text, sizeof text);
    flow_key(w, key);
    lp_buf_printf(w->out, whole_day ? "%.10s" : "%.16sZ", text);
}

/* ---- pools ---- */

static void pool_key(struct writer *w, const char *key)
{
    lp_buf_printf(w->out, "%s%s:", w->item, key);
    w->item = "    ";
}

static void pool_text(struct writer *w, const char *key, struct lp_str value)
{
    if (!value.n)
        return;
    pool_key(w, key);
    lp_buf_char(w->out, ' ');
    put_text(w, value);
    lp_buf_char(w->out, '\n');
}

static void pool_list(struct writer *w, const char *key, const struct lp_list *list,
                      void (*put)(struct writer *, const struct lp_list *))
{
    if (!list->n)
        return;
    pool_key(w, key);
    lp_buf_char(w->out, ' ');
    put(w, list);
    lp_buf_char(w->out, '\n');
}

/* Before a key of a pool, in the column of what follows. */
static void pool_notes(struct writer *w, struct lp_str value)
{
    put_notes_of(w, w->item[2] == '-' ? "  " : "    ", value);
}

static void put_members(struct writer *w, const struct lp_list *list)
{
    const struct lp_member *at = list->at;
    if (!list->n)
        return;
    pool_key(w, "members");
    lp_buf_char(w->out, '\n');
    for (size_t i = 0; i < list->n; i++) {
        put_notes_of(w, "      ", at[i].fqdn);
        lp_buf_text(w->out, "      - {");
        flow_text(w, "fqdn", at[i].fqdn);
        flow_addresses(w, "addresses", &at[i].addresses);
        lp_buf_text(w->out, "}\n");
    }
}

static void put_web(struct writer *w, const struct lp_pool *pool)
{
    if (!pool->web_internal.n && !pool->web_external.n)
        return;
    pool_notes(w, pool->web_internal);
    pool_notes(w, pool->web_external);
    pool_key(w, "web");
    lp_buf_text(w->out, " {");
    flow_text(w, "internal", pool->web_internal);
    flow_text(w, "external", pool->web_external);
    lp_buf_text(w->out, "}\n");
}

static void put_edge(struct writer *w, const char *key, const struct lp_edge_service *service)
{
    if (!service->fqdn.n)
        return;
    pool_notes(w, service->fqdn);
    pool_key(w, key);
    lp_buf_text(w->out, " {");
    flow_text(w, "fqdn", service->fqdn);
    flow_addresses(w, "addresses", &service->addresses);
    flow_addresses(w, "nat", &service->nat);
    flow_number(w, "port", service->port);
    lp_buf_text(w->out, "}\n");
}

static void pool_number(struct writer *w, const char *key, int64_t value)
{
    if (value <= 0)
        return;
    pool_key(w, key);
    lp_buf_printf(w->out, " %lld\n", (long long)value);
}

static void put_pool(struct writer *w, const struct lp_pool *pool)
{
    w->item = "  - ";
    put_notes_of(w, "  ", pool->fqdn);
    pool_text(w, "fqdn", pool->fqdn);
    pool_list(w, "addresses", &pool->addresses, put_addresses);
    put_members(w, &pool->members);
    put_web(w, pool);
    pool_text(w, "next-hop", pool->next_hop);
    put_edge(w, "access", &pool->access);
    put_edge(w, "conferencing", &pool->conferencing);
    put_edge(w, "av", &pool->av);
    pool_text(w, "backup-pool", pool->backup_pool);
    pool_list(w, "publishes", &pool->publishes, put_names);
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

static void put_section(struct writer *w, const struct lp_topology *t, enum lp_role role)
{
    const struct lp_pool *pools = t->pools.at;
    bool any = false;
    put_notes(w, "", lp_role_section(role));
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

static void put_marked(struct writer *w, const char *key, const struct lp_list *list)
{
    const struct lp_marked *at = list->at;
    put_notes(w, "", key);
    if (!list->n)
        return;
    lp_buf_printf(w->out, "%s:\n", key);
    for (size_t i = 0; i < list->n; i++) {
        put_notes_of(w, "  ", at[i].text);
        lp_buf_text(w->out, "  - ");
        put_text(w, at[i].text);
        lp_buf_char(w->out, '\n');
    }
}

static void put_features(struct writer *w, const struct lp_topology *t)
{
    put_notes(w, "", "features");
    lp_buf_text(w->out, "features:\n");
    for (enum lp_feature i = 0; i < LP_FEATURE_COUNT; i++) {
        put_notes(w, "  ", lp_feature_word(i));
        lp_buf_printf(w->out, "  %s: %s\n", lp_feature_word(i), t->feature[i] ? "on" : "off");
    }
}

static size_t put_urls_of(struct writer *w, const struct lp_topology *t, enum lp_url_kind kind)
{
    const struct lp_simple_url *at = t->urls.at;
    size_t n = 0;
    for (size_t i = 0; i < t->urls.n; i++) {
        if (at[i].kind != kind)
            continue;
        if (!n)
            lp_buf_printf(w->out, "  %s:%s", lp_url_kind_word(kind),
                          kind == LP_URL_MEET ? "\n" : " ");
        put_notes_of(w, "    ", at[i].url);
        lp_buf_text(w->out, kind == LP_URL_MEET ? "    - " : "");
        put_text(w, at[i].url);
        lp_buf_char(w->out, '\n');
        n++;
    }
    return n;
}

static void put_urls(struct writer *w, const struct lp_topology *t)
{
    put_notes(w, "", "simple-urls");
    if (!t->urls.n)
        return;
    lp_buf_text(w->out, "simple-urls:\n");
    for (enum lp_url_kind kind = LP_URL_MEET; kind <= LP_URL_ADMIN; kind++)
        put_urls_of(w, t, kind);
}

static void put_thresholds(struct writer *w, const struct lp_topology *t)
{
    put_notes(w, "", "thresholds");
    if (t->days_warning < 0 && t->days_critical < 0)
        return;
    lp_buf_text(w->out, "thresholds: {");
    flow_number(w, "days-warning", t->days_warning);
    flow_number(w, "days-critical", t->days_critical);
    lp_buf_text(w->out, "}\n");
}

static void put_required(struct writer *w, const struct lp_topology *t)
{
    const struct lp_required *at = t->required.at;
    put_notes(w, "", "require");
    lp_buf_text(w->out, t->required.n ? "require:\n" : "");
    for (size_t i = 0; i < t->required.n; i++) {
        bool one_view = at[i].internal != at[i].external;
        lp_buf_text(w->out, "  - {");
        flow_text(w, "name", at[i].name);
        lp_buf_text(w->out, at[i].type == LP_DNS_SRV ? ", type: SRV" : ", type: A");
        if (one_view)
            lp_buf_text(w->out, at[i].internal ? ", view: internal" : ", view: external");
        flow_addresses(w, "addresses", &at[i].addresses);
        flow_text(w, "target", at[i].target);
        flow_number(w, "port", at[i].port);
        lp_buf_text(w->out, "}\n");
    }
}

static void put_waivers(struct writer *w, const struct lp_topology *t)
{
    const struct lp_waiver *at = t->waivers.at;
    put_notes(w, "", "waivers");
    lp_buf_text(w->out, t->waivers.n ? "waivers:\n" : "");
    for (size_t i = 0; i < t->waivers.n; i++) {
        lp_buf_text(w->out, "  - {");
        flow_text(w, "id", at[i].id);
        flow_text(w, "subject", at[i].subject);
        flow_text(w, "reason", at[i].reason);
        flow_time(w, "from", at[i].from, false);
        flow_time(w, "until", at[i].until, true);
        lp_buf_text(w->out, "}\n");
    }
}

void lp_topology_write(const struct lp_topology *topology, const struct lp_list *notes,
                       struct lp_buf *out)
{
    struct writer w = { out, notes, "" };
    put_notes(&w, "", "");
    put_notes(&w, "", "generation");
    lp_buf_printf(out, "generation: %s\n", lp_generation_word(topology->generation));
    put_marked(&w, "sip-domains", &topology->sip_domains);
    put_notes(&w, "", "ad-domain");
    if (topology->ad_domain.text.n) {
        lp_buf_text(out, "ad-domain: ");
        put_text(&w, topology->ad_domain.text);
        lp_buf_char(out, '\n');
    }
    put_features(&w, topology);
    for (enum lp_role role = 0; role < LP_ROLE_COUNT; role++)
        put_section(&w, topology, role);
    put_urls(&w, topology);
    put_marked(&w, "private-roots", &topology->private_roots);
    put_thresholds(&w, topology);
    put_required(&w, topology);
    put_waivers(&w, topology);
}
