/* webanswer.h - what the web probes read of an HTTP answer. [probe] */
#ifndef LP_WEBANSWER_H
#define LP_WEBANSWER_H

#include "lp/arena.h"
#include "lp/facts.h"

struct lp_web_answer {
    /* Where a 3xx or a sole Redirect link of Autodiscover leads, in normal form; "" nowhere, unset
     * when that is no URL that we follow. */
    struct lp_str leads_to;
    bool by_link;   /* it is a Redirect link (domain.md 2.3: the first hop's healthy answer) */
    bool to_https;  /* it leads to https ... */
    bool same_host; /* ... and to the host that was asked */
    /* AccessLocation of an Autodiscover document, as sent: which web site answered; "" the
     * document names none, or it is none. */
    struct lp_str access_location;
};

/* Facts of the probes web, http-redirect, adfs: link, http, then the answer. */
struct lp_web_probe_facts {
    struct lp_link link;
    struct lp_http http;
    struct lp_web_answer answer;
};
/* Field table of that struct. */
extern const struct lp_field lp_web_probe_fields[];

/* Reads status, Location and body. http: the answer's facts, with url as asked. The body is
 * looked at as an Autodiscover document only (lp_addoc_decode, its bounds). Strings in arena. */
void lp_web_answer_read(struct lp_arena *arena, const struct lp_http *http, struct lp_str body,
                        struct lp_web_answer *out);

#endif
