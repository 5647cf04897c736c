/* topology_read.c - a tree becomes a topology, key by key */
#include <string.h>

#include "lp/near.h"
#include "lp/sha256.h"
#include "lp/text.h"
#include "lp/topology_keys.h"

enum { KEYS_MAX = 32 }; /* of one section */

bool lp_topology_fail(struct lp_topology_reading *reading, struct lp_mark mark, const char *text)
{
    return lp_fail(reading->error, "%s:%lld:%lld: %s", lp_term(reading->arena, reading->out->file),
                   (long long)mark.line, (long long)mark.column, text);
}

bool lp_topology_expected(struct lp_topology_reading *reading, const struct lp_node *node,
                          const char *expected)
{
    return lp_topology_fail(reading, node->mark,
                            lp_arena_printf(reading->arena, "expected %s, found %s", expected,
                                            lp_node_shown(reading->arena, node))
                                .p);
}

bool lp_key_refuse(struct lp_topology_reading *reading, const struct lp_key *key,
                   const struct lp_node *node)
{
    return lp_topology_expected(reading, node, key->kind->expected);
}

void *lp_key_at(const struct lp_key *key, void *base)
{
    return (char *)base + key->offset;
}

bool lp_topology_too_long(struct lp_topology_reading *reading, struct lp_mark mark)
{
    return lp_topology_fail(
        reading, mark,
        lp_arena_printf(reading->arena, "expected at most %d elements", LP_TOPOLOGY_LIST_MAX).p);
}

/* ---- one map ---- */

/* A map that is being read. */
struct map {
    struct lp_topology_reading *reading;
    const struct lp_section *section;
    enum lp_role role;             /* whose keys are right here; LP_ROLE_COUNT: no pool's */
    struct lp_mark seen[KEYS_MAX]; /* where each key stands */
};

/* "a Front End pool", "an Edge service", "the topology" */
static const char *title_of(const struct map *m)
{
    struct lp_arena *arena = m->reading->arena;
    if (m->role == LP_ROLE_COUNT)
        return m->section->title;
    const char *title = lp_role_title(m->role);
    return lp_arena_printf(arena, "%s %s", strchr("AEIO", title[0]) ? "an" : "a", title).p;
}

/* " (a key of edge-pools)" for a key that only another role has. */
static const char *other_home(const struct map *m, struct lp_str name)
{
    const struct lp_key *key = m->section->keys;
    enum lp_role role = 0;
    while (key->name && !lp_str_eq(name, lp_str_of(key->name)))
        key++;
    if (!key->name)
        return "";
    while (!lp_key_fits(key, role))
        role++;
    return lp_arena_printf(m->reading->arena, " (a key of %s)", lp_role_section(role)).p;
}

static bool fail_key(const struct map *m, const struct lp_node *node)
{
    const char *names[KEYS_MAX + 1] = { NULL };
    struct lp_arena *arena = m->reading->arena;
    size_t n = 0;
    for (const struct lp_key *key = m->section->keys; key->name; key++) {
        if (lp_key_fits(key, m->role))
            names[n++] = key->name;
    }
    const char *shown = node->key.n ? lp_word(arena, node->key) : "nothing";
    return lp_topology_fail(
        m->reading, node->key_mark,
        lp_arena_printf(arena, "expected a key of %s, found %s%s; did you mean %s?", title_of(m),
                        shown, other_home(m, node->key), lp_nearest(node->key, names))
            .p);
}

static bool fail_twice(const struct map *m, const struct lp_node *node, struct lp_mark first)
{
    return lp_topology_fail(
        m->reading, node->key_mark,
        lp_arena_printf(m->reading->arena, "expected each key once, found %s again (line %lld)",
                        lp_word(m->reading->arena, node->key), (long long)first.line)
            .p);
}

static const struct lp_key *key_named(const struct map *m, struct lp_str name)
{
    for (const struct lp_key *key = m->section->keys; key->name; key++) {
        if (lp_key_fits(key, m->role) && lp_str_eq(name, lp_str_of(key->name)))
            return key;
    }
    return NULL;
}

static bool is_needed(const struct map *m, const struct lp_key *key)
{
    return m->role == LP_ROLE_COUNT ? key->needed != 0 : (key->needed & 1u << m->role) != 0;
}

static bool read_value(struct map *m, const struct lp_node *node, void *base)
{
    const struct lp_key *key = key_named(m, node->key);
    if (!key)
        return fail_key(m, node);
    struct lp_mark *seen = &m->seen[key - m->section->keys];
    if (seen->line)
        return fail_twice(m, node, *seen);
    *seen = node->key_mark;
    /* A key without a value says nothing: "members:" with every line commented out, or null as
       ConvertTo-Json writes it. */
    if (lp_node_is_null(node) && !is_needed(m, key))
        return true;
    return key->kind->read(m->reading, key, node, base);
}

static bool has_needed(const struct map *m, const struct lp_node *node)
{
    for (const struct lp_key *key = m->section->keys; key->name; key++) {
        if (is_needed(m, key) && !m->seen[key - m->section->keys].line)
            return lp_topology_fail(m->reading, node->mark,
                                    lp_arena_printf(m->reading->arena,
                                                    "expected the key %s of %s, found none",
                                                    key->name, title_of(m))
                                        .p);
    }
    return true;
}

bool lp_section_read(struct lp_topology_reading *reading, const struct lp_section *section,
                     const struct lp_node *node, void *base)
{
    /* Only the table of the pools has roles; what lies within a pool is the same for all. */
    bool of_pool = section->keys->roles != 0;
    struct map m = { reading, section, of_pool ? reading->role : LP_ROLE_COUNT, { { 0, 0 } } };
    if (node->kind != LP_NODE_MAP)
        return lp_topology_expected(
            reading, node,
            lp_arena_printf(reading->arena, "%s as keys and values", title_of(&m)).p);
    if (section->has_mark)
        memcpy((char *)base + section->mark, &node->mark, sizeof node->mark);
    for (const struct lp_node *value = node->first; value; value = value->next) {
        if (!read_value(&m, value, base))
            return false;
    }
    return has_needed(&m, node);
}

/* ---- the whole ---- */

static void set_defaults(struct lp_topology *t)
{
#define X(id, word, fallback, title) t->feature[id] = fallback;
    LP_FEATURES(X)
#undef X
    t->days_warning = -1;
    t->days_critical = -1;
}

/* In the order of the roles; within one, of the file. */
static void sort_pools(struct lp_arena *arena, struct lp_list *pools)
{
    struct lp_list sorted = { NULL, 0 };
    const struct lp_pool *pool = pools->at;
    for (enum lp_role role = 0; role < LP_ROLE_COUNT; role++) {
        for (size_t i = 0; i < pools->n; i++) {
            if (pool[i].role == role)
                lp_list_push(arena, &sorted, &pool[i], sizeof *pool);
        }
    }
    *pools = sorted;
}

bool lp_topology_read(struct lp_arena *arena, const struct lp_topology_text *text,
                      struct lp_topology *out, struct lp_error *error)
{
    struct lp_tree_source source = { arena, text->name, text->bytes, LP_TOPOLOGY_DEPTH_MAX,
                                     LP_TOPOLOGY_NODES_MAX };
    struct lp_topology_reading reading = { arena, out, error, LP_ROLE_COUNT };
    const struct lp_node *root = NULL;
    *out = (struct lp_topology){ .file = lp_arena_str(arena, text->name) };
    set_defaults(out);
    if (text->bytes.n > LP_TOPOLOGY_FILE_MAX)
        return lp_topology_fail(&reading, (struct lp_mark){ 1, 1 },
                                "expected a file of at most 4 MiB");
    out->digest = lp_sha256(arena, text->bytes);
    if (!lp_tree_read(&source, &root, error) ||
        !lp_section_read(&reading, &lp_topology_section, root, out))
        return false;
    sort_pools(arena, &out->pools);
    return lp_topology_check(&reading);
}
