/* catalogue_walk.c - the rules LP-WALK: can a user sign in? */
#include "lp/catalogue.h"

const struct lp_rule lp_rules_walk[] = {
    {
        .id = "LP-WALK-OK",
        .severity = LP_INFO,
        .rank = LP_RANK_WALK,
        .title = "The client signs in at the first step that it should",
        .why = "A user of {domain} can sign in: step {name} leads the client to {host}:{port}, "
               "which answers SIP.",
        .fix = LP_LINES("Nothing to do."),
        .user_sees = "A sign-in without delay.",
        .by_hand = LP_LINES("lyncprobe -v {domain}"),
        .source = "Lync Server 2013 protocol workloads poster: client resolution order",
    },
    {
        .id = "LP-WALK-FALLBACK",
        .severity = LP_WARNING,
        .rank = LP_RANK_WALK,
        .title = "Sign-in works, but only after a broken step",
        .why =
            "The client signs in, but only after an earlier step: {name} is there and fails. "
            "Every sign-in first waits for that step, and a client that keeps to it does not get "
            "in at all.",
        .fix = LP_LINES("Mend the step {name}; the finding of that step says how.",
                        "If the step is not wanted, remove its record, so that clients do not wait "
                        "for it."),
        .user_sees = "Sign-in takes many seconds; some users and devices get \"The server is "
                     "temporarily unavailable.\"",
        .by_hand = LP_LINES("lyncprobe -v {domain}",
                            "The ladder shows the broken step above the one that is used."),
        .source = "Lync Server 2013: Determine DNS requirements (order of client queries); poster: "
                  "client resolution order",
    },
    {
        .id = "LP-WALK-FAILS",
        .severity = LP_CRITICAL,
        .rank = LP_RANK_WALK,
        .title = "No step leads to a server that answers SIP",
        .why = "A user of {domain} cannot sign in from here: no step of the client's {view} order "
               "leads to an endpoint that connects, speaks TLS and answers SIP.",
        .fix =
            LP_LINES("Mend what the first finding of the report names, then run lyncprobe again."),
        .user_sees =
            "\"Lync couldn't find a Lync Server for {domain}. There might be an issue with "
            "the Domain Name System (DNS) configuration for your domain.\" when no name "
            "exists, else \"The server is temporarily unavailable.\"",
        .by_hand = LP_LINES("lyncprobe -v {domain}", "dig _sip._tls.{domain} SRV",
                            "openssl s_client -connect sip.{domain}:443 -servername sip.{domain}"),
        .source = "Lync Server 2013: Determine DNS requirements (order of client queries); poster: "
                  "client resolution order",
    },
    { .id = NULL },
};
