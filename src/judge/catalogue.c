/* catalogue.c - the rules of all groups as one list, and how to find one by its id. */
#include "lp/catalogue.h"
#include "lp/lang.h"

#include "lp/near.h"

static const struct lp_rule *const groups[] = {
    lp_rules_walk,    lp_rules_dns,        lp_rules_srv, lp_rules_zone, lp_rules_ad,
    lp_rules_access,  lp_rules_port,       lp_rules_tls, lp_rules_cert, lp_rules_trust,
    lp_rules_quality, lp_rules_revocation, lp_rules_sip, lp_rules_web,  lp_rules_media,
    lp_rules_expect,  lp_rules_run,
};

const char *lp_severity_word(enum lp_severity severity)
{
    static const char *const words[] = {
        [LP_INFO] = LP_TR("info"),
        [LP_WARNING] = LP_TR("warning"),
        [LP_CRITICAL] = LP_TR("critical"),
    };
    return words[severity];
}

const struct lp_rule *lp_rule_at(size_t i)
{
    for (size_t g = 0; g < LP_COUNT(groups); g++)
        for (const struct lp_rule *rule = groups[g]; rule->id; rule++)
            if (i-- == 0)
                return rule;
    return NULL;
}

/* The part of an id that tells it from others. */
static struct lp_str without_prefix(struct lp_str id)
{
    return lp_str_starts_nocase(id, "LP-") ? lp_str_sub(id, 3, id.n) : id;
}

const struct lp_rule *lp_rule_by_id(struct lp_str id)
{
    struct lp_str wanted = without_prefix(id);
    const struct lp_rule *rule = NULL;
    for (size_t i = 0; (rule = lp_rule_at(i)) != NULL; i++)
        if (lp_str_eq_nocase(without_prefix(lp_str_of(rule->id)), wanted))
            return rule;
    return NULL;
}

const char *lp_rule_nearest(struct lp_str id)
{
    struct lp_str wanted = without_prefix(id);
    const struct lp_rule *rule = NULL;
    const char *nearest = NULL;
    size_t least = SIZE_MAX;
    for (size_t i = 0; (rule = lp_rule_at(i)) != NULL; i++) {
        size_t distance = lp_edit_distance(without_prefix(lp_str_of(rule->id)), wanted);
        if (distance < least) {
            least = distance;
            nearest = rule->id;
        }
    }
    return nearest;
}
