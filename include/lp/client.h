/* client.h - the resolution orders of client generations: THE TABLES (poster sequences.tsv,
 * domain.md 1.1). */
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
    uint16_t
        ports[2]; /* LP_STEP_HOST: tried in order; 0 none. LP_STEP_SRV: [0] the expected port */
    bool plain;   /* SIP over TCP without TLS (_sipinternal._tcp) */
    const char *source;
};

/* How a client goes through its list. */
enum lp_order {
    LP_ORDER_SEQUENTIAL, /* goes on until a step leads on */
    LP_ORDER_SRV_RANKED, /* pre-Autodiscover: all SRV at once, the best that exists is taken and no
                            other is tried; host steps only when no SRV exists (domain.md 1.1,
                            dd572514) */
};

struct lp_client {
    const char *name;  /* "lync2013" */
    const char *title; /* "Lync 2013 desktop (the poster's order)" */
    enum lp_order order;
    bool web; /* signs in over the web services (UCWA): an understood Autodiscover root suffices, no
                 SIP endpoint needed */
    bool mutual; /* a peer server: an endpoint that only wants its client certificate counts as
                    usable */
    const struct lp_step *inside; /* ended by a row without label */
    const struct lp_step *outside;
    const char *source;
};

extern const struct lp_client lp_clients[];
extern const size_t lp_client_count;
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
