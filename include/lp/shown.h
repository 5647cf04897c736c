/* shown.h - the certificates that were shown: which leaf, at which names, ports and nodes. */
#ifndef LP_SHOWN_H
#define LP_SHOWN_H

#include "lp/text_report_parts.h"

enum { LP_SHOWN_PORTS = 8, LP_SHOWN_NODES = 64 };

/* One leaf at one host. */
struct lp_shown {
    const struct lp_certificate *leaf;
    const struct lp_evidence *e;   /* the first that showed it ... */
    const struct lp_link *link;    /* ... and its link */
    int64_t ports[LP_SHOWN_PORTS]; /* rising; what is over the bound is left out */
    size_t port_count;
    struct lp_addr nodes[LP_SHOWN_NODES]; /* rising; what is over the bound is left out */
    size_t node_count;
    bool by_name; /* who comes here looks at the name; not so where servers meet (mutual TLS),
                     nor at an alias into the hosting cloud, which has its own names */
    const struct lp_finding *finding; /* the weightiest about the certificate there; NULL none */
    enum lp_sign sign;                /* of that finding; else LP_SIGN_OK */
};

struct lp_shown_rows {
    const struct lp_shown *at; /* by host */
    size_t n;
};
/* All of a walk. Memory from the page's arena. */
void lp_shown_make(const struct lp_text_report *report, struct lp_shown_rows *out);

/* Names at which a leaf was shown. */
struct lp_coverage {
    size_t hosts, covered; /* addresses do not count, nor hosts that nobody asks for by name */
    struct lp_str missing; /* those that its SAN lacks; clean text; unset none */
};
struct lp_coverage lp_shown_coverage(const struct lp_page *page, const struct lp_shown_rows *rows,
                                     const struct lp_certificate *leaf);
/* Nodes of that host, whatever leaf they show. */
size_t lp_shown_node_count(const struct lp_shown_rows *rows, struct lp_str host);

/* Whose roots verify it: "public", "private", "itself", "nobody", "unchecked": for lp_tr. */
const char *lp_shown_trust(const struct lp_shown *shown);
/* "sip.contoso.com:443,5061"; clean text. */
struct lp_str lp_shown_place(const struct lp_text_report *report, const struct lp_shown *shown);
/* Its addresses, ", " between. */
struct lp_str lp_shown_nodes_text(const struct lp_page *page, const struct lp_shown *shown);

#endif
