/* addoc_json.c - the JSON forms of Autodiscover documents (default, HAL), by jansson. */
#include <jansson.h>

#include "lp/addoc_parts.h"

/* Deepest nesting of arrays and objects, strings left out: jansson itself would go
   down 2,048. */
static int depth_of(struct lp_str body)
{
    int depth = 0;
    int deepest = 0;
    bool quoted = false;

    for (size_t i = 0; i < body.n; i++) {
        char c = body.p[i];

        if (quoted && c == '\\')
            i++;
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && (c == '{' || c == '['))
            depth++;
        else if (!quoted && (c == '}' || c == ']'))
            depth--;
        deepest = depth > deepest ? depth : deepest;
    }
    return deepest;
}

static struct lp_str text_of(const json_t *value)
{
    if (!json_is_string(value))
        return LP_STR_NONE;
    return (struct lp_str){ json_string_value(value), json_string_length(value) };
}

/* Member by name, ASCII case folded; NULL when it is not there. */
static json_t *member(json_t *object, const char *name)
{
    for (void *at = json_object_iter(object); at != NULL; at = json_object_iter_next(object, at))
        if (lp_str_eq_nocase(lp_str_of(json_object_iter_key(at)), lp_str_of(name)))
            return json_object_iter_value(at);
    return NULL;
}

/* {"fqdn": "...", "port": 443}: the port as a number or as text. */
static void add_access(struct lp_ad_builder *b, struct lp_str name, json_t *value)
{
    json_t *port = member(value, "port");
    struct lp_str text = text_of(port);

    if (json_is_integer(port) && json_integer_value(port) > 0)
        text = lp_arena_printf(b->arena, "%lld", (long long)json_integer_value(port));
    lp_ad_add_access(b, name, text_of(member(value, "fqdn")), text);
}

static void add_links(struct lp_ad_builder *b, json_t *links)
{
    for (size_t i = 0; i < json_array_size(links); i++) {
        json_t *link = json_array_get(links, i);

        lp_ad_add_link(b, text_of(member(link, "token")), text_of(member(link, "href")));
    }
}

static void read_section(struct lp_ad_builder *b, struct lp_str name, json_t *section)
{
    if (b->doc->section.n == 0)
        b->doc->section = name;
    for (void *at = json_object_iter(section); at != NULL;
         at = json_object_iter_next(section, at)) {
        struct lp_str key = lp_str_of(json_object_iter_key(at));
        json_t *value = json_object_iter_value(at);

        if (lp_str_eq_nocase(key, LP_STR("Links")))
            add_links(b, value);
        else if (lp_ad_is_access(key) && json_is_object(value))
            add_access(b, key, value);
    }
}

/* {"AccessLocation": "External", "Root": {"Links": [{"token": "...", "href": "..."}]}} */
static const char *read_default(struct lp_ad_builder *b, json_t *root)
{
    b->doc->form = LP_STR("json");
    b->doc->access_location = lp_ad_text(b, text_of(member(root, "AccessLocation")));
    for (void *at = json_object_iter(root); at != NULL; at = json_object_iter_next(root, at)) {
        struct lp_str section = lp_ad_section(lp_str_of(json_object_iter_key(at)));
        json_t *value = json_object_iter_value(at);

        if (section.p != NULL && json_is_object(value))
            read_section(b, section, value);
    }
    return b->doc->section.n == 0 ? LP_AD_OTHER : NULL;
}

/* HAL relations are in lower case; the tokens of the other forms are not: "redirect" is
   "Redirect". */
static void add_relation(struct lp_ad_builder *b, struct lp_str relation, struct lp_str href)
{
    struct lp_str first = lp_str_sub(relation, 0, 1);
    bool lower = first.n == 1 && *first.p >= 'a' && *first.p <= 'z';
    char upper = lower ? (char)(*first.p - 'a' + 'A') : ' ';
    struct lp_str parts[] = { { &upper, 1 }, lp_str_sub(relation, 1, relation.n) };

    lp_ad_add_link(b, lower ? lp_arena_join(b->arena, parts, LP_COUNT(parts)) : relation, href);
}

/* {"_links": {"user": {"href": "..."}}}; a relation may have several links (HAL draft,
   4.1.1). */
static const char *read_hal(struct lp_ad_builder *b, json_t *links)
{
    b->doc->form = LP_STR("hal");
    b->doc->section = LP_STR("Root");
    for (void *at = json_object_iter(links); at != NULL; at = json_object_iter_next(links, at)) {
        struct lp_str relation = lp_str_of(json_object_iter_key(at));
        json_t *value = json_object_iter_value(at);

        add_relation(b, relation, text_of(member(value, "href")));
        for (size_t i = 0; i < json_array_size(value); i++)
            add_relation(b, relation, text_of(member(json_array_get(value, i), "href")));
    }
    return b->doc->links.n == 0 && !b->dropped ? LP_AD_OTHER : NULL;
}

static const char *read_root(struct lp_ad_builder *b, json_t *root)
{
    json_t *links = member(root, "_links");

    return json_is_object(links) ? read_hal(b, links) : read_default(b, root);
}

const char *lp_ad_read_json(struct lp_ad_builder *b, struct lp_str body)
{
    json_error_t unused; /* its text quotes hostile bytes */

    if (depth_of(body) > LP_AD_DEPTH)
        return LP_AD_TOO_DEEP;
    json_t *root = json_loadb(body.p, body.n, 0, &unused);
    if (root == NULL)
        return LP_AD_SYNTAX;
    const char *problem = read_root(b, root);
    json_decref(root);
    return problem;
}
