/* topology_values.c - numbers, texts, times, URLs, and what holds other values */
#include <string.h>

#include "lp/text.h"
#include "lp/topology_keys.h"
#include "lp/url.h"

enum { DAYS_MAX = 3650, PORT_MAX = 65535, TEXT_MAX = 500, DAY_SECONDS = 86400 };

/* ---- numbers and texts ---- */

static bool number_of(const struct lp_node *node, uint64_t max, int64_t *out)
{
    uint64_t value = 0;
    bool ok = node->kind == LP_NODE_TEXT && lp_str_to_u64(node->text, max, &value);
    *out = (int64_t)value;
    return ok;
}

static bool read_port(struct lp_topology_reading *r, const struct lp_key *key,
                      const struct lp_node *node, void *base)
{
    int64_t *out = lp_key_at(key, base);
    return (number_of(node, PORT_MAX, out) && *out > 0) || lp_key_refuse(r, key, node);
}

static bool read_days(struct lp_topology_reading *r, const struct lp_key *key,
                      const struct lp_node *node, void *base)
{
    return number_of(node, DAYS_MAX, lp_key_at(key, base)) || lp_key_refuse(r, key, node);
}

static bool read_text(struct lp_topology_reading *r, const struct lp_key *key,
                      const struct lp_node *node, void *base)
{
    struct lp_str *out = lp_key_at(key, base);
    *out = node->text;
    return (node->kind == LP_NODE_TEXT && out->n > 0 && out->n <= TEXT_MAX &&
            lp_is_clean_text(*out)) ||
           lp_key_refuse(r, key, node);
}

static bool is_id_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
}

/* The form of an id; which ones there are is the judge's knowledge. */
static bool read_finding(struct lp_topology_reading *r, const struct lp_key *key,
                         const struct lp_node *node, void *base)
{
    struct lp_str *out = lp_key_at(key, base);
    *out = node->text;
    if (node->kind != LP_NODE_TEXT || out->n < 4 || out->n > 64 ||
        !lp_str_eq(lp_str_sub(*out, 0, 3), LP_STR("LP-")))
        return lp_key_refuse(r, key, node);
    for (size_t i = 0; i < out->n; i++) {
        if (!is_id_letter(out->p[i]))
            return lp_key_refuse(r, key, node);
    }
    return true;
}

/* ---- times ---- */

/* n digits from byte `from` on. */
static bool part_of(struct lp_str text, size_t from, size_t n, int *out)
{
    uint64_t value = 0;
    bool ok = lp_str_to_u64(lp_str_sub(text, from, n), 9999, &value);
    *out = (int)value;
    return ok && from + n <= text.n;
}

/* "2027-01-31" or "2027-01-31T18:00Z". whole_day: it was only a day. */
static bool time_of(struct lp_str text, lp_utc *out, bool *whole_day)
{
    int year = 0, month = 0, day = 0, hour = 0, minute = 0;
    char same[24];
    *whole_day = text.n == 10;
    if (!part_of(text, 0, 4, &year) || !part_of(text, 5, 2, &month) || !part_of(text, 8, 2, &day))
        return false;
    if (!*whole_day && (text.n != 17 || !part_of(text, 11, 2, &hour) ||
                        !part_of(text, 14, 2, &minute) || hour > 23 || minute > 59))
        return false;
    if (month < 1 || month > 12)
        return false;
    *out = lp_utc_from(year, month, day, (hour * 60 + minute) * 60);
    /* What was not a date, or had other signs between its parts, looks different now. */
    lp_format_utc(*out, same, sizeof same);
    struct lp_str shown = { same, *whole_day ? 10 : 16 };
    return lp_str_eq(lp_str_sub(text, 0, shown.n), shown) &&
           (*whole_day || text.p[text.n - 1] == 'Z');
}

static bool read_from(struct lp_topology_reading *r, const struct lp_key *key,
                      const struct lp_node *node, void *base)
{
    bool whole_day = false;
    return (node->kind == LP_NODE_TEXT && time_of(node->text, lp_key_at(key, base), &whole_day)) ||
           lp_key_refuse(r, key, node);
}

static bool read_until(struct lp_topology_reading *r, const struct lp_key *key,
                       const struct lp_node *node, void *base)
{
    bool whole_day = false;
    lp_utc *out = lp_key_at(key, base);
    if (node->kind != LP_NODE_TEXT || !time_of(node->text, out, &whole_day))
        return lp_key_refuse(r, key, node);
    *out += whole_day ? DAY_SECONDS : 0;
    return true;
}

/* ---- simple URLs ---- */

/* What the product accepts in a simple URL (domain.md 7.3), the hyphen besides: the documentation
 * itself has dial-in.contoso.com (domain.md 11, row 30). */
static bool is_url_letter(char c)
{
    char lower = lp_ascii_lower(c);
    return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
           c == '/';
}

static bool is_simple(struct lp_str rest)
{
    for (size_t i = 0; i < rest.n; i++) {
        if (!is_url_letter(rest.p[i]))
            return false;
    }
    return rest.n > 0;
}

static struct lp_str without_slash(struct lp_str path)
{
    while (path.n > 1 && path.p[path.n - 1] == '/')
        path.n--;
    return path;
}

static bool add_url(struct lp_topology_reading *r, const struct lp_key *key,
                    const struct lp_node *node)
{
    static const char scheme[] = "https://";
    struct lp_url url;
    struct lp_str rest = lp_str_sub(node->text, sizeof scheme - 1, node->text.n);
    if (node->kind != LP_NODE_TEXT || !lp_str_starts_nocase(node->text, scheme) ||
        !is_simple(rest) || !lp_url_parse(r->arena, NULL, node->text, &url) || url.ip.family ||
        lp_str_find(url.host, '.') == url.host.n)
        return lp_key_refuse(r, key, node);
    struct lp_str path = without_slash(url.path);
    struct lp_str parts[] = { LP_STR("https://"), url.host, path.n > 1 ? path : LP_STR("") };
    struct lp_simple_url item = { (enum lp_url_kind)key->offset,
                                  lp_arena_join(r->arena, parts, LP_COUNT(parts)), url.host, path,
                                  node->mark };
    if (r->out->urls.n >= LP_TOPOLOGY_LIST_MAX)
        return lp_topology_too_long(r, node->mark);
    lp_list_push(r->arena, &r->out->urls, &item, sizeof item);
    return true;
}

static bool read_url(struct lp_topology_reading *r, const struct lp_key *key,
                     const struct lp_node *node, void *base)
{
    (void)base;
    return add_url(r, key, node);
}

static bool read_urls(struct lp_topology_reading *r, const struct lp_key *key,
                      const struct lp_node *node, void *base)
{
    (void)base;
    if (node->kind != LP_NODE_LIST)
        return add_url(r, key, node);
    for (const struct lp_node *element = node->first; element; element = element->next) {
        if (!add_url(r, key, element))
            return false;
    }
    return true;
}

/* ---- what holds other values ---- */

static bool read_map(struct lp_topology_reading *r, const struct lp_key *key,
                     const struct lp_node *node, void *base)
{
    return lp_section_read(r, key->section, node, lp_key_at(key, base));
}

/* Room for one struct of any list. */
union item {
    struct lp_pool pool;
    struct lp_member member;
    struct lp_required required;
    struct lp_waiver waiver;
};

static bool read_items(struct lp_topology_reading *r, const struct lp_key *key,
                       const struct lp_node *node, struct lp_list *out)
{
    const struct lp_section *section = key->section;
    size_t n = 0;
    if (node->kind != LP_NODE_LIST)
        return lp_key_refuse(r, key, node);
    for (const struct lp_node *element = node->first; element; element = element->next) {
        union item item;
        memset(&item, 0, sizeof item);
        if (section->at)
            memcpy(&item, section->at, section->size);
        if (n++ >= LP_TOPOLOGY_LIST_MAX)
            return lp_topology_too_long(r, element->mark);
        if (!lp_section_read(r, section, element, &item))
            return false;
        lp_list_push(r->arena, out, &item, section->size);
    }
    return true;
}

static bool read_list(struct lp_topology_reading *r, const struct lp_key *key,
                      const struct lp_node *node, void *base)
{
    return read_items(r, key, node, lp_key_at(key, base));
}

static bool read_pools(struct lp_topology_reading *r, const struct lp_key *key,
                       const struct lp_node *node, void *base)
{
    struct lp_topology *t = base;
    size_t before = t->pools.n;
    r->role = (enum lp_role)key->offset;
    bool ok = read_items(r, key, node, &t->pools);
    for (size_t i = before; i < t->pools.n; i++)
        ((struct lp_pool *)t->pools.at)[i].role = r->role;
    r->role = LP_ROLE_COUNT;
    return ok;
}

/* ---- the rows ---- */

#define TIME "a day (2027-01-31) or a time in UTC (2027-01-31T18:00Z)"
#define URL "a simple URL such as https://meet.contoso.com, without a port"

const struct lp_kind lp_kind_port = { "port", "a port from 1 to 65535", read_port };
const struct lp_kind lp_kind_days = { "days", "a number of days from 0 to 3650", read_days };
const struct lp_kind lp_kind_text = { "text", "a text of one line, at most 500 bytes", read_text };
const struct lp_kind lp_kind_finding = { "finding", "a finding's id such as LP-CERT-WILDCARD",
                                         read_finding };
const struct lp_kind lp_kind_from = { "time", TIME, read_from };
const struct lp_kind lp_kind_until = { "time", TIME, read_until };
const struct lp_kind lp_kind_url = { "url", URL, read_url };
const struct lp_kind lp_kind_urls = { "urls", URL, read_urls };
const struct lp_kind lp_kind_map = { "map", "keys and values", read_map };
const struct lp_kind lp_kind_list = { "list", "a list", read_list };
const struct lp_kind lp_kind_pools = { "list", "a list of pools", read_pools };
