/* client.h - the resolution orders of client generations: THE TABLES */
#ifndef LP_CLIENT_H
#define LP_CLIENT_H

#include "lp/base.h"

enum lp_step_kind {
    LP_STEP_AUTODISCOVER, /* host: http and https GET */
    LP_STEP_SRV,
    LP_STEP_HOST, /* A/AAAA, then SIP at the row's ports */
};

/* One step of one client in one view. */
struct lp_step {
    const char *label;   /* as the poster names it: "1".."6", "a".."h" */
    const char *pattern; /* "_sip._tls.<sip-domain>" */
    enum lp_step_kind kind;
    /* LP_STEP_HOST: tried in order. LP_STEP_SRV: the expected ports, the usual one first.
       0: none. */
    uint16_t ports[2];
    bool plain; /* SIP over TCP without TLS (_sipinternal._tcp) */
    const char *source;
};

/* How a client goes through its list. */
enum lp_order {
    /* Goes on until a step leads on. */
    LP_ORDER_SEQUENTIAL,
    /* Before Autodiscover: all SRV at once, the best that exists is taken and no other is
       tried; host steps only when no SRV exists (domain.md 1.1, dd572514). */
    LP_ORDER_SRV_RANKED,
};

struct lp_client {
    const char *name;  /* "lync2013" */
    const char *title; /* "Lync 2013 desktop, the poster's order" */
    enum lp_order order;
    /* Signs in over the web services (UCWA): an understood Autodiscover root suffices, no
       SIP endpoint is needed. */
    bool web;
    /* A peer server: an endpoint that only wants its client certificate is usable. */
    bool mutual;
    const struct lp_step *inside; /* ended by a row without label */
    const struct lp_step *outside;
    const char *source;
};

extern const struct lp_client lp_clients[];
extern const size_t lp_client_count;
/* By its name, in lower case; NULL: no such client. */
const struct lp_client *lp_client_by_name(struct lp_str name);

/* What is expected of a name with that pattern, whichever client asks. */
struct lp_name_rule {
    const char *pattern;
    bool inside_only;                       /* must not be seen outside: LP-DNS-INTERNAL-LEAK */
    bool required_inside, required_outside; /* DESIGN 4 "Required records" */
    const char *source;
};
extern const struct lp_name_rule lp_name_rules[];
extern const size_t lp_name_rule_count;
/* By the row's pattern; NULL: nothing is expected of that name. */
const struct lp_name_rule *lp_name_rule_for(const struct lp_step *row);

#endif
