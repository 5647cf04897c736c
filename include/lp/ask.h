/* ask.h - a question that the planner puts to the world, and its key. [probe] */
#ifndef LP_ASK_H
#define LP_ASK_H

#include "lp/evidence.h"
#include "lp/probe.h"

/*
 * Keys (text, also in recordings):
 *   dns SERVER-INDEX TYPE NAME
 *       "dns 0 SRV _sip._tls.contoso.com"
 *   PROBE HOST:PORT ADDRESS[#CONNECT-PORT]
 *       "sip access.contoso.com:443 203.0.113.10"; plain TCP: "sip-tcp ..."
 *   PROBE URL ADDRESS[#CONNECT-PORT]
 *       "autodiscover https://lyncdiscover.contoso.com/ 203.0.113.20"
 *   "crl http://pki.contoso.com/ca.crl 203.0.113.30"
 *   "ocsp http://ocsp.contoso.com/#SHA256-OF-THE-CERTIFICATE 203.0.113.30"
 *   certificate SHA256
 *       never asked, comes with a chain
 */
struct lp_ask {
    struct lp_str key;
    int64_t parent;               /* evidence that gave rise to it; 0: the run */
    const struct lp_shape *shape; /* lp_shape_dns, or the probe's */
    const struct lp_probe *probe; /* NULL for dns */
    /* dns */
    int64_t server;
    struct lp_str name;
    int64_t type;
    /* probe */
    struct lp_str host; /* SNI and certificate name; the Host header */
    int64_t port;
    struct lp_addr address;
    int64_t connect_port;
    bool plain; /* no TLS */
    bool overridden;
    struct lp_str url; /* web probes */
    int64_t hop;
    struct lp_list serials;    /* crl: struct lp_str hex, certificates that are asked about */
    struct lp_str certificate; /* ocsp: DER of the certificate that is asked about */
    struct lp_list issuers;    /* crl, ocsp: struct lp_str DER, certificates that may have signed */
    bool from_network;         /* host, port or address come from an answer, not from the order or
                                  the command line: the port list applies */
    /* not to be asked at all: record it as not-tried with this reason */
    struct lp_str refused; /* "limit 64 endpoints"; unset: ask it */
};

/* Fills the facts of an evidence (shape and zeroed facts are there) with what the question says,
 * and with the unset value where that is not 0: times, status, alert and rcode -1, dates
 * LP_UTC_NONE. The strings stay the ask's. */
void lp_ask_begin(const struct lp_ask *ask, struct lp_evidence *e);

/* A growing list in an arena. */
struct lp_asks {
    struct lp_ask *at;
    size_t n, room;
};

#endif
