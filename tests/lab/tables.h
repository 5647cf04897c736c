/* tables.h - the tables that make up the fake deployment and its faults */
#ifndef LAB_TABLES_H
#define LAB_TABLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LAB_DOMAIN "contoso.example" /* the SIP domain that the lab plays */

/* Where the lab stands. AUTO tries the others in this order. */
enum lab_where { LAB_AUTO, LAB_NAMESPACE, LAB_LOOPBACK };

/* Whose view a record, a web site or a fault belongs to. CLOUD is the hosting
 * provider. */
enum lab_view { LAB_INTERNAL, LAB_EXTERNAL, LAB_CLOUD };

/* One machine. `tag` is how zone rows ("@edge") and peers name it. An address that is ""
 * does not exist there. In a namespace the addresses differ in class, on loopback they
 * cannot. */
struct lab_site {
    const char *tag;
    const char *v4;       /* in the namespace */
    const char *loopback; /* on loopback */
    const char *v6;       /* in the namespace, where the kernel has IPv6 */
};

/* ---- tables of the zones ---- */

/* One record, or one trouble, of a name. `owner` and names in `data` are relative to
 * the SIP domain unless they end in a dot. `type` is a DNS type, or a trouble of
 * zone.c (NXDOMAIN, SERVFAIL, REFUSED, DROP, LOOP, OWNER, SHORT, QUESTION). "@tag" in
 * an address is a site. A fault's row hides every base row of the same owner. */
struct lab_rr {
    enum lab_view view;
    const char *owner;
    const char *type;
    const char *data;
    bool second; /* only the view's second server (127.77.x.54) has it */
};

/* How a whole name server behaves. */
enum lab_dns_way {
    LAB_DNS_OK,
    LAB_DNS_SILENT,   /* answers nothing */
    LAB_DNS_EMPTY,    /* the SIP domain has no name but its apex */
    LAB_DNS_TRUNCATE, /* every UDP answer is TC; the full one comes over TCP */
    LAB_DNS_NO_EDNS   /* FORMERR to a question with an OPT record, as old servers do */
};

/* ---- tables of the peers ---- */

enum lab_proto {
    LAB_SIP,
    LAB_HTTP,
    LAB_HTTPS,
    LAB_PSOM, /* TLS, and nothing for a stranger */
    LAB_MTLS, /* the same, and a client certificate is asked for */
    LAB_TURN_TCP,
    LAB_TURN_UDP,
    LAB_XMPP,
    LAB_TDS,
    LAB_PROTOS
};

/* How a peer behaves; ways.c says what each means in terms of TCP and TLS. */
enum lab_way {
    LAB_WAY_OK,
    LAB_WAY_CLOSED,
    LAB_WAY_FILTERED,
    LAB_WAY_RESET,
    LAB_WAY_HANGUP,
    LAB_WAY_STALL,
    LAB_WAY_PLAIN_HTTP,
    LAB_WAY_SSH,
    LAB_WAY_NO_CIPHER,
    LAB_WAY_TLS10,
    LAB_WAY_TLS11,
    LAB_WAY_MTLS12,
    LAB_WAY_MTLS13,
    LAB_WAY_MUTE,
    LAB_WAY_DROP,
    LAB_WAY_NOT_SIP,
    LAB_WAY_SIP_503,
    LAB_WAY_SIP_504,
    LAB_WAY_SIP_301,
    LAB_WAY_OLD,
    LAB_WAY_SIP_NO_SCHEME,
    LAB_WAY_SIP_SKEW,
    LAB_WAY_SIP_STS_GONE,
    LAB_WAY_SIP_STRANGER,
    LAB_WAY_TURN_STANDARD,
    LAB_WAY_TURN_ADDRESS,
    LAB_WAY_XMPP_NO_STREAM,
    LAB_WAY_XMPP_NO_TLS,
    LAB_WAY_SNI,
    LAB_WAYS
};

/* What is said once the connection (and TLS, unless plain) stands. */
enum lab_talk {
    LAB_TALK_PROTO, /* as the peer's protocol says */
    LAB_TALK_MUTE,
    LAB_TALK_RESET,
    LAB_TALK_CLOSE,
    LAB_TALK_HTTP_400,
    LAB_TALK_SSH
};

/* A protocol spoken with one thing wrong. */
enum lab_twist {
    LAB_TWIST_NONE,
    LAB_TWIST_SIP_503,
    LAB_TWIST_SIP_504,       /* an Edge that cannot reach its next hop, and says which one */
    LAB_TWIST_SIP_301,       /* sends on to another server */
    LAB_TWIST_OLD,           /* an older version than the others; SIP and HTTP */
    LAB_TWIST_SIP_NO_SCHEME, /* the challenge has only Digest */
    LAB_TWIST_SIP_SKEW,      /* Date is an hour late; SIP and HTTP */
    LAB_TWIST_SIP_STS_GONE,  /* sts-uri names a host that does not exist */
    LAB_TWIST_SIP_STRANGER,  /* targetname names a server that is in no topology */
    LAB_TWIST_TURN_STANDARD, /* RFC 5389 and 5766, and nothing of Microsoft's */
    LAB_TWIST_TURN_ADDRESS,  /* says a public address that is not its own */
    LAB_TWIST_XMPP_NO_TLS
};

struct lab_way_spec {
    bool plain;          /* no TLS whatever the protocol */
    bool mutual;         /* a client certificate is demanded */
    int min;             /* lowest protocol version, 0: TLS 1.2 */
    int max;             /* highest, 0: TLS 1.3 */
    const char *ciphers; /* NULL: OpenSSL's default */
    bool sni;            /* without a server name the handshake is refused */
    enum lab_talk talk;
    enum lab_twist twist;
};

extern const struct lab_way_spec lab_ways[LAB_WAYS];

/* Which certificate a peer shows: an index of lab_certs. 0 in a fault's edit:
 * unchanged. */
enum lab_cert_id {
    LAB_CERT_SAME,
    LAB_CERT_POOL,
    LAB_CERT_PROXY,
    LAB_CERT_EDGE,
    LAB_CERT_CLOUD,
    LAB_CERT_POOL_OTHER,
    LAB_CERT_POOL_EXPIRED,
    LAB_CERT_PROXY_LEAK,
    LAB_CERT_PROXY_FABRIKAM,
    LAB_CERT_PROXY_PROMPT,
    LAB_CERT_EDGE_MORE,
    LAB_CERT_EDGE_UNDERSCORE,
    LAB_CERT_EDGE_FLOOD,
    LAB_CERT_EDGE_EXPIRED,
    LAB_CERT_EDGE_FUTURE,
    LAB_CERT_EDGE_SOON,
    LAB_CERT_EDGE_VERY_SOON,
    LAB_CERT_EDGE_OTHER_NAME,
    LAB_CERT_EDGE_SUBJECT,
    LAB_CERT_EDGE_EKU,
    LAB_CERT_EDGE_UNKNOWN_CA,
    LAB_CERT_EDGE_PRIVATE_CA,
    LAB_CERT_EDGE_SELF,
    LAB_CERT_EDGE_NO_CHAIN,
    LAB_CERT_EDGE_RSA1024,
    LAB_CERT_EDGE_SHA1,
    LAB_CERT_EDGE_PSS,
    LAB_CERT_EDGE_WILDCARD,
    LAB_CERT_EDGE_NO_CDP,
    LAB_CERT_EDGE_LDAP_CDP,
    LAB_CERT_EDGE_NUL,
    LAB_CERT_EDGE_REVOKED,
    LAB_CERT_EDGE_OCSP_REVOKED,
    LAB_CERT_EDGE_OCSP_ALONE,
    LAB_CERT_EDGE_OCSP_GONE,
    LAB_CERT_EDGE_STAPLE_REVOKED,
    LAB_CERT_EDGE_STAPLE_OLD,
    LAB_CERT_EDGE_STAPLE_OTHER,
    LAB_CERTS
};

/* SAME: in a change of a certificate, that of before. */
enum lab_issuer { LAB_SAME, LAB_PRIVATE, LAB_PUBLIC, LAB_UNKNOWN, LAB_SELF, LAB_ISSUERS };

/* What is stapled to a handshake when the client asks. */
enum lab_staple {
    LAB_STAPLE_NONE,
    LAB_STAPLE_GOOD,
    LAB_STAPLE_REVOKED,
    LAB_STAPLE_OLD,
    LAB_STAPLE_OTHER, /* about another certificate */
    LAB_STAPLES
};

struct lab_cert_spec {
    const char *cn;
    const char *names; /* subject alternative names, separated by blanks */
    enum lab_issuer issuer;
    int from_days;   /* notBefore and notAfter, days from now */
    int to_days;     /* both 0: from 30 days ago to 330 days ahead */
    const char *eku; /* NULL: serverAuth */
    const char *cdp; /* NULL: http; "": none */
    bool bare;       /* the intermediate is not sent */
    bool rsa1024;
    bool sha1;
    bool pss;
    bool nul;   /* one more name with a NUL inside */
    bool flood; /* e01 ... e20 .flood as names */
    bool revoked;
    bool ocsp;             /* names an OCSP responder: the lab's own ... */
    const char *responder; /* ... or this URL; NULL: the lab's */
    bool ocsp_revoked;     /* the responder alone knows that it is revoked */
    enum lab_staple staple;
};

extern const struct lab_cert_spec lab_certs[LAB_CERTS];

/* What the OCSP responder answers. */
enum lab_ocsp_way { LAB_OCSP_OK, LAB_OCSP_TRY_LATER, LAB_OCSP_OLD };

/* What the Autodiscover root answers. */
enum lab_page {
    LAB_PAGE_OK,
    LAB_PAGE_503,
    LAB_PAGE_HTML,
    LAB_PAGE_LOOP,
    LAB_PAGE_LOOP_LONG,
    LAB_PAGE_LOOP_LINK,
    LAB_PAGE_OTHER_DOMAIN,
    LAB_PAGE_ACCESS_LOCATION,
    LAB_PAGE_HOST_DOMAIN,
    LAB_PAGE_SIP_ACCESS,
    LAB_PAGE_SIP_GONE,
    LAB_PAGE_BIG,
    LAB_PAGE_GZIP,
    LAB_PAGE_DOCTYPE,
    LAB_PAGE_DEEP
};

/* A fault's change of peers: those of site `tag` on `port` (0: on every port), of one
 * address `family` (4, 6; 0: both). */
struct lab_edit {
    const char *tag;
    uint16_t port;
    int family;
    enum lab_way way;
    enum lab_cert_id cert;
};

/* A change of certificates in a topology: those that peers with this tag show (role, pool
 * or host, address) on `port` (0: on every port). What is set in `with` replaces. Peers
 * that shared a certificate share the changed one. */
struct lab_recert {
    const char *tag;
    uint16_t port;
    const char *more; /* names added to the SAN, separated by blanks; NULL: none */
    const char *less; /* names taken out of it; NULL: none */
    struct lab_cert_spec with;
};

/* A web page that is not what it should be. */
struct lab_oddity {
    const char *path; /* prefix, lower case; NULL: no page is odd */
    const char *host; /* of the request; NULL: every one */
    bool plain;       /* over http; false: over https */
    int status;
    const char *location; /* NULL: no Location header */
    const char *body;     /* NULL: empty */
};

/* One fault: THE row. `rr` and `edits` end with a row whose first pointer is NULL (rr:
 * owner). `args`: more arguments for lyncprobe; "ENV:NAME=VALUE" is an environment
 * variable for it, "PRE:COMMAND" a shell command that comes before it. NULL: none.
 * `also`: an id that the report must hold besides. NULL: none. `topology`: file name of
 * the topology that it is a fault of; NULL: the deployment of sites.c. Tags of edits are
 * sites there, in a topology roles, pools, hosts or addresses. `append` goes to the end of
 * the topology that lyncprobe reads, not of the one that is played; there too stands
 * `replace[1]` where `replace[0]` was. */
struct lab_fault {
    const char *name;
    const char *id; /* the first finding of a correct report */
    enum lab_view view;
    const char *what;
    const char *args;
    const char *also;
    bool namespace_only; /* needs an address or a route that loopback cannot give */
    enum lab_dns_way dns;
    enum lab_page page;
    enum lab_ocsp_way ocsp;
    const struct lab_rr *rr;
    const struct lab_edit *edits;
    const struct lab_recert *recerts; /* ends with a row without tag */
    struct lab_oddity odd;
    const char *topology;
    const char *append;
    const char *replace[2];
    bool second_ports; /* where either of two ports counts, the second one is open */
};

extern const struct lab_fault lab_dns_faults[];
extern const struct lab_fault lab_web_faults[];
extern const struct lab_fault lab_peer_faults[];
extern const struct lab_fault lab_cert_faults[];
extern const struct lab_fault lab_check_faults[];
extern const struct lab_fault lab_shut_faults[];
extern const struct lab_fault lab_probe_faults[];
extern const size_t lab_dns_fault_count;
extern const size_t lab_web_fault_count;
extern const size_t lab_peer_fault_count;
extern const size_t lab_cert_fault_count;
extern const size_t lab_check_fault_count;
extern const size_t lab_shut_fault_count;
extern const size_t lab_probe_fault_count;

#endif
