/* topology_compare.c - the rules for comparisons in a topology file */
#include "lp/near.h"
#include "lp/text.h"
#include "lp/topology_keys.h"

enum { PATTERN_MAX = 253 };

static const char *const words[] = { "same", "differ", "inside-only", "outside-only", NULL };

const char *lp_compare_meant_word(enum lp_compare_meant meant)
{
    return words[meant];
}

static bool find_word(const struct lp_node *node, enum lp_compare_meant *out)
{
    for (size_t i = 0; words[i] && node->kind == LP_NODE_TEXT; i++) {
        if (lp_str_eq(node->text, lp_str_of(words[i]))) {
            *out = (enum lp_compare_meant)i;
            return true;
        }
    }
    return false;
}

/* Letters of host names, underscores of services, and the two of a glob. */
static bool is_pattern(struct lp_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = lp_ascii_lower(s.p[i]);
        bool fits = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
                    c == '_' || c == '*' || c == '?';
        if (!fits)
            return false;
    }
    return s.n > 0 && s.n <= PATTERN_MAX;
}

static bool is_there(const struct lp_list *rules, struct lp_str name)
{
    const struct lp_compare_rule *at = rules->at;
    for (size_t i = 0; i < rules->n; i++) {
        if (lp_str_eq_nocase(at[i].name, name))
            return true;
    }
    return false;
}

static bool read_rule(struct lp_topology_reading *r, const struct lp_node *node,
                      struct lp_list *out)
{
    struct lp_compare_rule rule = { .name = node->key, .mark = node->key_mark };
    if (!is_pattern(node->key))
        return lp_topology_fail(r, node->key_mark,
                                "expected a name such as sip.contoso.com or *.contoso.com");
    if (is_there(out, node->key))
        return lp_topology_fail(r, node->key_mark, "expected each name once");
    if (!find_word(node, &rule.meant))
        return lp_topology_expected(r, node, "same, differ, inside-only or outside-only");
    if (out->n >= LP_TOPOLOGY_LIST_MAX)
        return lp_topology_too_long(r, node->mark);
    lp_list_push(r->arena, out, &rule, sizeof rule);
    return true;
}

static bool read_rules(struct lp_topology_reading *r, const struct lp_key *key,
                       const struct lp_node *node, void *base)
{
    if (node->kind != LP_NODE_MAP)
        return lp_key_refuse(r, key, node);
    for (const struct lp_node *rule = node->first; rule; rule = rule->next) {
        if (!read_rule(r, rule, lp_key_at(key, base)))
            return false;
    }
    return true;
}

const struct lp_kind lp_kind_rules = {
    "rules", "a map from names to same, differ, inside-only or outside-only", read_rules
};
