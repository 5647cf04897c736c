/* topology_kinds.c - one function a kind of value */
#include <string.h>

#include "lp/facts.h"
#include "lp/name.h"
#include "lp/near.h"
#include "lp/text.h"
#include "lp/topology_keys.h"

enum { FILE_NAME_MAX = 1000 };

/* ---- words ---- */

/* Index of the text among words (ended by NULL), case folded; -1, and the error set: none. */
static int pick(struct lp_topology_reading *r, const struct lp_key *key, const struct lp_node *node,
                const char *const *words)
{
    for (int i = 0; words[i] && node->kind == LP_NODE_TEXT; i++) {
        if (lp_str_eq_nocase(node->text, lp_str_of(words[i])))
            return i;
    }
    if (node->kind != LP_NODE_TEXT || !node->text.n)
        lp_key_refuse(r, key, node);
    else
        lp_topology_fail(r, node->mark,
                         lp_arena_printf(r->arena, "expected %s, found %s; did you mean %s?",
                                         key->kind->expected, lp_word(r->arena, node->text),
                                         lp_nearest(node->text, words))
                             .p);
    return -1;
}

static bool read_generation(struct lp_topology_reading *r, const struct lp_key *key,
                            const struct lp_node *node, void *base)
{
    static const char *const words[] = { "lync2013", "sfb2015", "sfb2019", NULL };
    int i = pick(r, key, node, words);
    enum lp_generation *out = lp_key_at(key, base);
    *out = i < 0 ? LP_LYNC_2013 : (enum lp_generation)i;
    return i >= 0;
}

static bool read_root(struct lp_topology_reading *r, const struct lp_key *key,
                      const struct lp_node *node, void *base)
{
    static const char *const words[] = { "private", "public", NULL };
    int i = pick(r, key, node, words);
    struct lp_str *out = lp_key_at(key, base);
    *out = i < 0 ? LP_STR_NONE : lp_str_of(words[i]);
    return i >= 0;
}

static bool read_type(struct lp_topology_reading *r, const struct lp_key *key,
                      const struct lp_node *node, void *base)
{
    static const char *const words[] = { "A", "SRV", NULL };
    static const int64_t types[] = { LP_DNS_A, LP_DNS_SRV };
    int i = pick(r, key, node, words);
    int64_t *out = lp_key_at(key, base);
    *out = i < 0 ? 0 : types[i];
    return i >= 0;
}

static bool read_view(struct lp_topology_reading *r, const struct lp_key *key,
                      const struct lp_node *node, void *base)
{
    static const char *const words[] = { "internal", "external", NULL };
    struct lp_required *required = base;
    int i = pick(r, key, node, words);
    required->internal = i == 0;
    required->external = i == 1;
    return i >= 0;
}

/* The words of YAML 1.1, in any case: on and off first, for the nearest one. */
static bool flag_of(struct lp_topology_reading *r, const struct lp_key *key,
                    const struct lp_node *node, bool *out)
{
    static const char *const words[] = { "on", "off", "true", "false", "yes", "no", NULL };
    int i = pick(r, key, node, words);
    *out = i >= 0 && i % 2 == 0;
    return i >= 0;
}

static bool read_flag(struct lp_topology_reading *r, const struct lp_key *key,
                      const struct lp_node *node, void *base)
{
    return flag_of(r, key, node, lp_key_at(key, base));
}

static bool read_feature(struct lp_topology_reading *r, const struct lp_key *key,
                         const struct lp_node *node, void *base)
{
    static const char *const words[] = {
        "on", "off", "true", "false", "yes", "no", "unknown", NULL
    };
    struct lp_topology *t = base;
    int i = pick(r, key, node, words);
    t->feature_mark[key->offset] = node->mark;
    t->feature_unknown[key->offset] = i == 6;
    t->feature[key->offset] = i >= 0 && i < 6 && i % 2 == 0;
    return i >= 0;
}

/* ---- names and addresses ---- */

static bool is_full_host(struct lp_str name)
{
    return lp_name_is_host(name) && lp_str_find(name, '.') < name.n;
}

/* A name beyond ASCII is written as its A-labels. lp_name_from_user would take
 * "sip:anna@contoso.com" too. */
static bool a_labels(struct lp_arena *arena, struct lp_str text, struct lp_str *out)
{
    struct lp_error error = { "" };
    return lp_str_find(text, '@') == text.n && lp_str_find(text, ':') == text.n &&
           lp_name_from_user(arena, text, out, &error);
}

/* The node's text as a full host name in A-labels. False: the error is set. */
static bool host_of(struct lp_topology_reading *r, const struct lp_key *key,
                    const struct lp_node *node, struct lp_str *out)
{
    struct lp_addr address;
    if (node->kind != LP_NODE_TEXT || lp_addr_parse(node->text, &address))
        return lp_key_refuse(r, key, node);
    *out = lp_name_normal(r->arena, node->text);
    if (!lp_str_is_ascii(node->text) && !a_labels(r->arena, node->text, out))
        return lp_key_refuse(r, key, node);
    return is_full_host(*out) || lp_key_refuse(r, key, node);
}

static bool read_host(struct lp_topology_reading *r, const struct lp_key *key,
                      const struct lp_node *node, void *base)
{
    return host_of(r, key, node, lp_key_at(key, base));
}

static bool read_domain(struct lp_topology_reading *r, const struct lp_key *key,
                        const struct lp_node *node, void *base)
{
    struct lp_marked *out = lp_key_at(key, base);
    out->mark = node->mark;
    return host_of(r, key, node, &out->text);
}

static bool address_of(struct lp_topology_reading *r, const struct lp_key *key,
                       const struct lp_node *node, struct lp_addr *out)
{
    return (node->kind == LP_NODE_TEXT && lp_addr_parse(node->text, out) &&
            lp_addr_class(out, NULL, 0) != LP_CLASS_REFUSED) ||
           lp_key_refuse(r, key, node);
}

/* ---- lists of texts; one text is a list of one, as PowerShell unrolls them ---- */

/* A list and what becomes of its elements. */
struct texts {
    struct lp_topology_reading *reading;
    const struct lp_key *key;
    struct lp_list *out;
    /* Adds one. False: the error is set. */
    bool (*add)(const struct texts *texts, const struct lp_node *node);
};

static bool fail_repeated(const struct texts *t, const struct lp_node *node)
{
    struct lp_arena *arena = t->reading->arena;
    return lp_topology_fail(t->reading, node->mark,
                            lp_arena_printf(arena, "expected each element once, found %s again",
                                            lp_node_shown(arena, node))
                                .p);
}

static bool read_texts(const struct texts *t, const struct lp_node *node)
{
    if (node->kind == LP_NODE_TEXT)
        return t->add(t, node);
    if (node->kind == LP_NODE_MAP)
        return lp_key_refuse(t->reading, t->key, node);
    for (const struct lp_node *element = node->first; element; element = element->next) {
        if (t->out->n >= LP_TOPOLOGY_LIST_MAX)
            return lp_topology_too_long(t->reading, element->mark);
        if (!t->add(t, element))
            return false;
    }
    return true;
}

static bool add_address(const struct texts *t, const struct lp_node *node)
{
    struct lp_addr address;
    if (!address_of(t->reading, t->key, node, &address))
        return false;
    if (lp_list_has_addr(t->out, &address))
        return fail_repeated(t, node);
    lp_list_push(t->reading->arena, t->out, &address, sizeof address);
    return true;
}

static bool add_host(const struct texts *t, const struct lp_node *node)
{
    struct lp_str host = LP_STR_NONE;
    if (!host_of(t->reading, t->key, node, &host))
        return false;
    if (lp_list_has_str(t->out, host))
        return fail_repeated(t, node);
    lp_list_push(t->reading->arena, t->out, &host, sizeof host);
    return true;
}

static bool push_marked(const struct texts *t, const struct lp_node *node, struct lp_str text)
{
    struct lp_marked item = { text, node->mark };
    const struct lp_marked *known = t->out->at;
    for (size_t i = 0; i < t->out->n; i++) {
        if (lp_str_eq(known[i].text, text))
            return fail_repeated(t, node);
    }
    lp_list_push(t->reading->arena, t->out, &item, sizeof item);
    return true;
}

static bool add_domain(const struct texts *t, const struct lp_node *node)
{
    struct lp_str domain = LP_STR_NONE;
    if (node->kind != LP_NODE_TEXT || !a_labels(t->reading->arena, node->text, &domain))
        return lp_key_refuse(t->reading, t->key, node);
    return push_marked(t, node, domain);
}

static bool add_file(const struct texts *t, const struct lp_node *node)
{
    if (node->kind != LP_NODE_TEXT || !node->text.n || node->text.n > FILE_NAME_MAX ||
        !lp_is_clean_text(node->text))
        return lp_key_refuse(t->reading, t->key, node);
    return push_marked(t, node, node->text);
}

static bool read_addresses(struct lp_topology_reading *r, const struct lp_key *key,
                           const struct lp_node *node, void *base)
{
    return read_texts(&(struct texts){ r, key, lp_key_at(key, base), add_address }, node);
}

static bool read_hosts(struct lp_topology_reading *r, const struct lp_key *key,
                       const struct lp_node *node, void *base)
{
    return read_texts(&(struct texts){ r, key, lp_key_at(key, base), add_host }, node);
}

static bool read_domains(struct lp_topology_reading *r, const struct lp_key *key,
                         const struct lp_node *node, void *base)
{
    struct lp_list *out = lp_key_at(key, base);
    if (!read_texts(&(struct texts){ r, key, out, add_domain }, node))
        return false;
    return out->n > 0 || lp_topology_fail(r, node->mark, "expected a SIP domain, found none");
}

static bool read_files(struct lp_topology_reading *r, const struct lp_key *key,
                       const struct lp_node *node, void *base)
{
    return read_texts(&(struct texts){ r, key, lp_key_at(key, base), add_file }, node);
}

/* ---- the rows ---- */

#define HOST "a full host name such as pool01.contoso.com"

const struct lp_kind lp_kind_generation = { "generation", "lync2013, sfb2015 or sfb2019",
                                            read_generation };
const struct lp_kind lp_kind_root = { "root", "private or public", read_root };
const struct lp_kind lp_kind_type = { "type", "A or SRV", read_type };
const struct lp_kind lp_kind_view = { "view", "internal or external", read_view };
const struct lp_kind lp_kind_flag = { "flag", "on or off", read_flag };
const struct lp_kind lp_kind_feature = { "feature", "on, off or unknown", read_feature };
const struct lp_kind lp_kind_host = { "host", HOST, read_host };
const struct lp_kind lp_kind_domain = { "domain", "a domain such as corp.contoso.com",
                                        read_domain };
const struct lp_kind lp_kind_addresses = { "addresses", "an IP address such as 10.0.1.10",
                                           read_addresses };
const struct lp_kind lp_kind_hosts = { "hosts", HOST, read_hosts };
const struct lp_kind lp_kind_domains = { "domains", "a SIP domain such as contoso.com",
                                         read_domains };
const struct lp_kind lp_kind_files = { "files", "the name of a PEM file", read_files };
