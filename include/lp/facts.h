/* facts.h - what decoders and engines observe: structs of facts, field tables. [probe] */
#ifndef LP_FACTS_H
#define LP_FACTS_H

#include "lp/field.h"

/* ---- dns --------------------------------------------------------------------------- */

/* DNS record types that we ask for or keep (IANA numbers). */
enum {
    LP_DNS_A = 1,
    LP_DNS_NS = 2,
    LP_DNS_CNAME = 5,
    LP_DNS_SOA = 6,
    LP_DNS_AAAA = 28,
    LP_DNS_SRV = 33
};
/* Text for a type ("SRV"); "TYPE65" style for others, in the static table or out[12]. */
const char *lp_dns_type_word(int64_t type, char out[12]);
/* 0: unknown word. */
int64_t lp_dns_type_from(struct lp_str word);

/* One resource record, decoded. */
struct lp_rr {
    struct lp_str section; /* "answer" or "authority" */
    struct lp_str owner;   /* presentation form, no trailing dot */
    int64_t type;
    int64_t ttl;                    /* seconds */
    struct lp_addr address;         /* A, AAAA */
    struct lp_str name;             /* CNAME, SRV target, NS, SOA mname */
    int64_t priority, weight, port; /* SRV */
    int64_t minimum;                /* SOA: negative TTL, seconds (RFC 2308) */
};

struct lp_dns_facts {
    int64_t server;     /* index in setup.servers */
    struct lp_str from; /* "192.0.2.53:53", "override" (--answer, --deny), or
                           "zone-file FILE" */
    struct lp_str name; /* asked */
    int64_t type;
    int64_t rcode; /* -1: no answer */
    bool aa, tc, rd, ra, ad;
    bool tcp;       /* the answer came over TCP */
    bool truncated; /* the UDP answer had TC and was asked again over TCP */
    int64_t tries;
    int64_t cut;        /* records that were left out at a limit */
    struct lp_list rrs; /* struct lp_rr, in order of the message */
    struct lp_str wire; /* the raw answer */
};

/* ---- link: the lower half of every endpoint probe ---------------------------------- */

/* The chain against one store. */
struct lp_verify {
    bool done;          /* false: no chain, or this store was not given */
    int64_t code;       /* X509_V_*: 0 verified */
    int64_t depth;      /* where it failed; 0 leaf */
    struct lp_str text; /* OpenSSL's words for the code */
    struct lp_str root; /* subject of the root it ended at; unset when none */
};

struct lp_link {
    struct lp_str host; /* name that the client uses: SNI and certificate name */
    int64_t port;       /* as named by the record */
    struct lp_addr address;
    int64_t connect_port;    /* where the packet went; differs from port only by --connect-to */
    bool plain;              /* no TLS wanted here */
    bool overridden;         /* address from --resolve or --connect-to */
    enum lp_outcome connect; /* open refused timeout unreachable, not-tried blocked crashed */
    int64_t connect_us;      /* TCP handshake; -1 none */
    enum lp_outcome tls;     /* ok alert reset stalled not-tls; LP_NONE: not reached or plain */
    int64_t tls_us;          /* TLS handshake; -1 none */
    struct lp_str protocol;  /* "TLSv1.2" */
    struct lp_str cipher;    /* "ECDHE-RSA-AES256-GCM-SHA384" */
    int64_t alert;           /* TLS alert number received, -1 none */
    bool asks_certificate;   /* a CertificateRequest was seen */
    bool alert_after_certificate; /* the alert came after our empty Certificate message
                                     (TLS 1.2: 40 in the handshake; TLS 1.3: 116 at the
                                     first read) */
    struct lp_str first_bytes;    /* binary, at most 64: what came instead of TLS */
    struct lp_list chain;   /* struct lp_str: sha256 hex of each certificate as sent, leaf first */
    struct lp_list staples; /* struct lp_ocsp (ocsp.h): responses stapled to the handshake, in order
                               of the chain, up to the last that came; neither status nor problem:
                               none for this one */
    struct lp_verify private_store; /* --cacert */
    struct lp_verify public_store;  /* --public-cacert or the system's */
};

/* ---- http: the middle of every web probe ------------------------------------------- */

struct lp_http {
    struct lp_str url;      /* normal form */
    int64_t hop;            /* 0 first request, +1 per redirect followed */
    int64_t status;         /* -1: no status line */
    struct lp_str location; /* of a 3xx, as sent */
    struct lp_str content_type;
    struct lp_str server;       /* Server */
    struct lp_str server_fqdn;  /* X-MS-Server-Fqdn */
    struct lp_str ticket_url;   /* X-MS-WebTicketURL */
    struct lp_str authenticate; /* WWW-Authenticate, first */
    int64_t date;               /* Date header, seconds UTC; LP_UTC_NONE */
    int64_t headers;            /* bytes of header seen */
    int64_t body_size;          /* bytes of body seen, after decoding */
    struct lp_str limit;        /* what stopped the reading: "", "body 262144", "header 65536",
                                   "encoding" (one that we did not ask for) */
    int64_t first_byte_us;      /* request sent to first byte; -1 */
    int64_t total_us;
    struct lp_str body; /* binary, as far as read */
};

/* ---- certificate ------------------------------------------------------------------- */

struct lp_certificate {
    struct lp_str sha256;      /* hex of the DER; its key is "certificate SHA256" */
    bool readable;             /* OpenSSL could parse it; else only sha256 and der are set */
    struct lp_str subject;     /* one line "CN=..., O=..." clean text */
    struct lp_str common_name; /* last CN, clean text; unset none */
    struct lp_str issuer;
    struct lp_str serial;          /* hex */
    int64_t not_before, not_after; /* UTC seconds; LP_UTC_NONE unreadable */
    struct lp_list san;            /* struct lp_str: dNSName entries, clean text, and iPAddress
                                      entries as "IP:198.51.100.1"; at most 512 */
    int64_t san_count;             /* all of these entries */
    struct lp_list eku;            /* struct lp_str: "serverAuth", "clientAuth", other OIDs dotted;
                                      empty: no extension */
    bool has_eku;
    struct lp_str key_type; /* "RSA", "EC", "RSA-PSS", "Ed25519", ... */
    int64_t key_bits;
    struct lp_str curve;     /* EC group name */
    struct lp_str signature; /* "sha256WithRSAEncryption", "rsassaPss", "ecdsa-with-SHA256" */
    struct lp_str digest;    /* "SHA256", "SHA1", "MD5" */
    bool is_ca;
    bool self_issued;           /* issuer equals subject */
    bool self_signed;           /* ... and its own key verifies it */
    struct lp_list cdp;         /* struct lp_str: CRL distribution point URLs */
    struct lp_list ocsp;        /* struct lp_str: AIA OCSP */
    struct lp_list issuers;     /* struct lp_str: AIA caIssuers */
    struct lp_str bad_encoding; /* what is wrong with a name: "NUL in dNSName"; unset: nothing */
    struct lp_str der;
};

/* Field tables (facts.c), ended by a row without name. */
extern const struct lp_field lp_dns_fields[];
extern const struct lp_field lp_certificate_fields[];
extern const struct lp_field lp_link_fields[];
extern const struct lp_field lp_http_fields[];

#endif
