/* compare_parts.h - what the files of the comparison share; for src/judge/compare*.c only */
#ifndef LP_COMPARE_PARTS_H
#define LP_COMPARE_PARTS_H

#include "lp/compare.h"

/* A comparison in the making. */
struct lp_comparing {
    struct lp_compared *out;
    struct lp_arena *arena;
    struct lp_list items; /* struct lp_compared_item */
};

/* How far a side has come with an item. */
enum lp_health {
    LP_HEALTH_ABSENT, /* nothing there: no such name, no such service wanted */
    LP_HEALTH_WORKS,
    LP_HEALTH_PARTLY, /* of several addresses one works, one does not */
    LP_HEALTH_FAILS,
    LP_HEALTH_OPEN, /* not asked to the end */
};

void lp_compare_clients(struct lp_comparing *c);   /* compare_findings.c */
void lp_compare_names(struct lp_comparing *c);     /* compare_names.c */
void lp_compare_endpoints(struct lp_comparing *c); /* compare_endpoints.c */
void lp_compare_certs(struct lp_comparing *c);     /* compare_certs.c */
void lp_compare_findings(struct lp_comparing *c);  /* compare_findings.c */

/* compare_links.c: endpoints of both walks, grouped. */
struct lp_compare_group {
    struct lp_str host;
    int64_t port;
    struct lp_list links[2]; /* const struct lp_evidence * */
};
/* struct lp_compare_group, by host, port and question (what is asked there); whole: by host and
 * port alone, of those that showed a certificate. */
struct lp_list lp_compare_group(const struct lp_comparing *c, bool whole);
/* Has that walk a finding of at least that severity, of those ranks, about one of the links? */
struct lp_compare_charge {
    enum lp_severity least;
    enum lp_rank from, to;
};
bool lp_compare_is_charged(const struct lp_judgement *walk, const struct lp_list *links,
                           struct lp_compare_charge charge);
/* Is there an address that both sides went to? */
bool lp_compare_shares_address(const struct lp_list links[2]);

/* compare_rules.c: what the topology says of the item's name or host, after everything else. there:
 * is it there on each side? Nobody knows (CERT, open): NULL. */
void lp_compare_apply_rule(const struct lp_comparing *c, struct lp_compared_item *item,
                           const bool *there);

/* The side that fails is given: broken, or mended where time goes that way. */
void lp_compare_break(const struct lp_comparing *c, struct lp_compared_item *item, size_t side);
/* It is on one side only: new or gone; open when the other walk did not come to its end. */
void lp_compare_one_sided(const struct lp_comparing *c, struct lp_compared_item *item,
                          size_t has_it);
void lp_compare_mean(struct lp_compared_item *item, const char *why);
void lp_compare_push(struct lp_comparing *c, const struct lp_compared_item *item);
/* compare_sentence.c: counts, verdict, sentence. */
void lp_compare_sum_up(struct lp_comparing *c);

#endif
