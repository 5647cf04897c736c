/* compare.h - two judged walks of one domain side by side: same, meant to differ, broken. Pure. */
#ifndef LP_COMPARE_H
#define LP_COMPARE_H

#include "lp/judge.h"

/* What the two walks are to each other. */
enum lp_compare_relation {
    LP_COMPARE_VIEWS,  /* inside and outside, in whichever order: much is meant to differ */
    LP_COMPARE_TIMES,  /* the same servers asked in the same view: the second one comes later */
    LP_COMPARE_PLACES, /* the same view by other servers: two sites, two resolvers */
};
enum { LP_COMPARE_RELATIONS = LP_COMPARE_PLACES + 1 };
const char *lp_compare_relation_word(enum lp_compare_relation relation); /* "views" ... */

/* In the order in which they are told. */
enum lp_compare_kind {
    LP_COMPARE_CLIENT,   /* a client's way; of two views the deciding one's alone */
    LP_COMPARE_NAME,     /* owner and type in DNS at the first server; A stands for AAAA too */
    LP_COMPARE_ENDPOINT, /* host, port and what is asked there, over all addresses */
    LP_COMPARE_CERT,     /* what a host and port show, over all addresses */
    LP_COMPARE_FINDING,  /* id and subject */
};
enum { LP_COMPARE_KINDS = LP_COMPARE_FINDING + 1 };
const char *lp_compare_kind_word(enum lp_compare_kind kind); /* "client" "name" ... */

enum lp_compare_state {
    LP_COMPARE_SAME,
    LP_COMPARE_MEANT,   /* differs as it should: by view, by topology */
    LP_COMPARE_DIFFERS, /* works on both sides, or fails on both, in another way */
    LP_COMPARE_NEW,     /* only on the second side */
    LP_COMPARE_GONE,    /* only on the first side */
    LP_COMPARE_MENDED,  /* LP_COMPARE_TIMES: failed, and works now */
    LP_COMPARE_OPEN,    /* "undecided": one side was not asked to the end */
    LP_COMPARE_BROKEN,  /* works on one side, fails on the other */
};
enum { LP_COMPARE_STATES = LP_COMPARE_BROKEN + 1 };
const char *lp_compare_state_word(enum lp_compare_state state);

/* What one side has. Only the members of the item's kind are set. */
struct lp_compared_side {
    bool seen;                  /* it was asked there; a finding: it is there */
    const struct lp_path *path; /* client */
    struct lp_resolved srv;     /* name of type SRV */
    struct lp_places places;    /* name of type A */
    struct lp_list links;       /* endpoint, certificate: const struct lp_evidence *, one an
                                   address, in their order */
    struct lp_list leaves;      /* certificate: const struct lp_certificate *, each once, by
                                   sha256 */
    const struct lp_finding *finding;
};

struct lp_compared_item {
    enum lp_compare_kind kind;
    enum lp_compare_state state;
    size_t broken;   /* LP_COMPARE_BROKEN, LP_COMPARE_MENDED: the side that fails, 0 or 1 */
    const char *why; /* why it may differ, or may not; static text; NULL: nothing to say */
    const struct lp_compare_rule *rule; /* of the topology, that fits the name or host; NULL none */
    struct lp_str key; /* owner name, host, or subject of the finding; network text */
    int64_t type;      /* name: LP_DNS_A, LP_DNS_SRV */
    int64_t port;      /* endpoint, certificate */
    struct lp_compared_side side[2];
};

struct lp_compared {
    const struct lp_judgement *walk[2];
    enum lp_compare_relation relation;
    struct lp_str label[2]; /* "inside" "outside"; "before" "after"; the servers' own; clean */
    struct lp_str
        where[2]; /* the same within a sentence: "inside", "in the first walk", "at dc1" */
    struct lp_compared_item *items; /* by kind, then in the order of the reports */
    size_t n;
    size_t count[LP_COMPARE_KINDS][LP_COMPARE_STATES];
    size_t total[LP_COMPARE_STATES]; /* over all kinds */
    /* critical: something is broken. warning: something differs that nothing explains, is new,
     * gone or mended. undecided: neither is broken, something is open. ok: same, or as meant. */
    enum lp_verdict verdict;
    struct lp_str sentence; /* one sentence, with the domain before it */
    int exit_code;          /* 0 1 2 3 */
};

/* What the item is about: the second side's finding, else the first one's; NULL: no finding. */
const struct lp_finding *lp_compared_finding(const struct lp_compared_item *item);

/* Compares two walks of one domain; where both were checked against a topology, the second one's
 * rules count. Both judgements must outlive the result. Memory from arena, whose
 * language the sentence and the labels speak. */
void lp_compare(const struct lp_judgement *first, const struct lp_judgement *second,
                struct lp_arena *arena, struct lp_compared *out);

#endif
