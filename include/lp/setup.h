/* setup.h - all that a walk was told before it began; the first line of a recording. */
#ifndef LP_SETUP_H
#define LP_SETUP_H

#include "lp/arena.h"
#include "lp/field.h"
#include "lp/name.h"

/* One name server: its addresses are tried in turn (resolv.conf may list several); '@'
 * servers have one. */
struct lp_server {
    struct lp_str label;      /* "inside" of @inside=..., else the address text; "system" */
    struct lp_list addresses; /* struct lp_str "192.0.2.53:53", "[2001:db8::53]:53" */
    struct lp_str zone; /* what it is asked about: names at and below; unset: any (--all-ns) */
};

/* --resolve HOST:PORT:ADDR[,ADDR] ("*" host allowed) */
struct lp_resolve_rule {
    struct lp_str host;
    int64_t port;
    struct lp_list addresses; /* struct lp_addr, as fields "address" */
};
/* --connect-to H1:P1:H2:P2 (empty H1/port 0: any; empty H2/port 0: same) */
struct lp_connect_rule {
    struct lp_str host;
    int64_t port;
    struct lp_str to_host;
    int64_t to_port;
};
/* --answer 'NAME TTL TYPE RDATA' */
struct lp_answer_rule {
    struct lp_str name;
    int64_t ttl;
    int64_t type;
    struct lp_addr address;
    struct lp_str target;
    int64_t priority, weight, port;
};
/* --deny NAME[/TYPE]: type 0 is NXDOMAIN for all, else NODATA for that type */
struct lp_deny_rule {
    struct lp_str name;
    int64_t type;
};

/* --zone-file ORIGIN:FILE. The records themselves are with the worker alone (run.h): what they say
 * is in the recording as the answers that they gave. */
struct lp_zone_rule {
    struct lp_str origin, file;
    struct lp_str digest; /* sha256 of the file, hex */
    int64_t records;      /* within the origin */
};

struct lp_address_item {
    struct lp_addr address;
};

/* A plain struct with a field table (lp_setup_fields). */
struct lp_setup {
    int64_t version;           /* of the recording format: LP_RECORD_VERSION */
    struct lp_str program;     /* "lyncprobe 0.1.0" */
    struct lp_str domain;      /* A-labels, lower case */
    struct lp_str unicode;     /* as typed, only when it differs */
    struct lp_str part;        /* unset: all of the walk; "names": no endpoint is probed; "servers":
                                  the zone's name servers alone */
    struct lp_str certificate; /* file of check --certificate: it alone is judged, as if the
                                  topology's servers showed it; unset: a walk */
    struct lp_str view;        /* "auto", "internal", "external" */
    struct lp_str client;      /* "lync2013" ... whose path decides */
    int64_t clock;             /* UTC seconds at the start: "now" for every judgement */
    struct lp_str label;       /* random label for the wildcard question */
    struct lp_list servers;    /* struct lp_server; the first one drives the walk */
    bool only4, only6;
    int64_t timeout_us;           /* the run */
    int64_t connect_us;           /* one connection (TCP) */
    int64_t tls_us;               /* one handshake */
    int64_t http_us;              /* one HTTP hop */
    int64_t dns_us;               /* one DNS question with all tries */
    struct lp_list allow;         /* struct lp_str: --allow-net texts (LP_T_STRS) */
    struct lp_list resolve;       /* struct lp_resolve_rule */
    struct lp_list connect_to;    /* struct lp_connect_rule */
    struct lp_list answer;        /* struct lp_answer_rule */
    struct lp_list deny;          /* struct lp_deny_rule */
    struct lp_list zones;         /* struct lp_zone_rule; if any, server 0 is the plan: what the
                                     zones hold comes from them, the rest from the addresses of
                                     server 1, which is asked all of it, too */
    struct lp_str private_store;  /* file name given with --cacert; unset none */
    struct lp_str public_store;   /* file name, or "system" */
    struct lp_str private_digest; /* sha256 of the store; filled by the worker */
    struct lp_str public_digest;
    int64_t days_warning, days_critical; /* certificate thresholds: 45 and 14 */
    struct lp_str topology;              /* file name of -t; unset none */
    struct lp_str topology_digest;       /* sha256 hex of that file */
    int64_t window;                      /* seconds that a planned switch may take; 0: none */
    bool deep;  /* what is asked only on request, too (lp_probe.on_request) */
    bool whole; /* with a topology: this walk checks what belongs to no one SIP domain, too */
};

enum { LP_RECORD_VERSION = 1 };

extern const struct lp_field lp_setup_fields[];

/* Was any answer or address overridden on the command line? */
bool lp_setup_overridden(const struct lp_setup *setup);
/* The --allow-net ranges, parsed, in the arena. Returns their number. */
size_t lp_setup_allow(const struct lp_setup *setup, struct lp_arena *arena, struct lp_cidr **out);

#endif
