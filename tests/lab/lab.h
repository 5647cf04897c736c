/* lab.h - the running lab, and what its parts offer each other; its tables: tables.h */
#ifndef LAB_H
#define LAB_H

#include "tables.h"

#include <netinet/in.h>
#include <openssl/types.h>
#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <time.h>

#define LAB_EXIT_USAGE 64  /* wrong usage */
#define LAB_EXIT_FAILED 70 /* the lab itself failed */
#define LAB_EXIT_SKIP 77   /* cannot run here; one line on stderr says why */

enum {
    LAB_CONNS = 256,    /* connections open at one time; more wait in the backlog */
    LAB_PEERS = 2048,   /* listening sockets of the deployment */
    LAB_FILLS = 64,     /* connections that keep backlogs full */
    LAB_SERVERS = 6,    /* name servers: two per view, and one more per view over IPv6 */
    LAB_NODES = 2048,   /* records of one name server */
    LAB_LATER = 512,    /* UDP answers that wait for their time */
    LAB_IN = 16384,     /* bytes of one request */
    LAB_MARKS = 32,     /* pieces of output that wait for their time, per connection */
    LAB_STAPLED = 64,   /* responses that are stapled */
    LAB_ZONES = 64,     /* zones of one name server */
    LAB_MESSAGE = 4096, /* bytes of one datagram */
    LAB_ADDRESS = 48    /* room for an address as text */
};

/* ---- the running lab ---- */

struct lab_node {
    char owner[128]; /* full name, lower case, no dot at the end */
    uint16_t type;   /* DNS type, or a trouble of zone.c */
    char data[160];  /* names full, addresses literal */
};

struct lab_server {
    enum lab_view view;
    bool second;
    int udp; /* -1: not open */
    int tcp;
    size_t zone_count;
    const char *zones[LAB_ZONES];
    size_t node_count;
    struct lab_node nodes[LAB_NODES];
};

struct lab_peer {
    const char *tag;    /* site; in a topology the host that it answers for */
    const char *role;   /* in a topology, as its word; else "" */
    const char *group;  /* in a topology the FQDN of its pool; else "" */
    const char *member; /* in a topology the FQDN of the server; else "" */
    char address[LAB_ADDRESS];
    char public[LAB_ADDRESS]; /* A/V Edge: as the Internet sees it */
    uint16_t port;
    enum lab_proto proto;
    enum lab_view view; /* who is meant to see it */
    enum lab_view site; /* which web site answers: 4443 and 8080 are the external one */
    enum lab_way way;
    const struct lab_cert_spec *cert; /* NULL: shows none */
    const struct lp_pool *pool;       /* in a topology; else NULL */
    bool mutual;                      /* asks for a client certificate though healthy */
    int fd;                           /* -1: not open */
    SSL_CTX *tls;                     /* NULL: plain */
};

/* Output that may leave at `due_us`; `end` counts bytes from the start of the queue. */
struct lab_mark {
    int64_t due_us;
    size_t bytes;
};

struct lab_conn {
    int fd;                      /* -1: free */
    const struct lab_peer *peer; /* NULL: a DNS connection, then */
    struct lab_server *server;   /* its server */
    SSL *ssl;                    /* NULL: plain */
    BIO *queue;                  /* bytes for the wire */
    struct lab_mark marks[LAB_MARKS];
    size_t mark_count;
    size_t fresh;     /* queued, and not in a mark yet */
    bool blocked;     /* the socket takes no more */
    bool eof;         /* the client sends no more */
    bool answered;    /* the first flight is out */
    bool greeted;     /* the pseudo-TLS greeting is over */
    bool finish;      /* close when everything is sent */
    bool reset;       /* close with RST */
    bool lingering;   /* our side is shut; reading to the end */
    int64_t close_us; /* not before, when finish; the latest, when lingering */
    int64_t came_us;  /* when what waits to be read came in; 0: nothing does */
    size_t in_len;
    char in[LAB_IN];
};

struct lab_later {
    int64_t due_us; /* 0: free */
    int fd;
    struct sockaddr_storage to;
    socklen_t to_len;
    size_t len;
    uint8_t bytes[LAB_MESSAGE];
};

struct lab_ca {
    EVP_PKEY *root_key;
    X509 *root;
    EVP_PKEY *key; /* of the intermediate that signs */
    X509 *cert;
    X509_CRL *crl;      /* of the intermediate: revoked leaves */
    X509_CRL *root_crl; /* of the root: empty */
    EVP_PKEY *ocsp_key; /* signs OCSP responses, by a certificate of its own */
    X509 *ocsp_cert;
    X509_CRL *ocsp_only; /* revoked leaves that OCSP alone knows of; never shown */
};

/* A response that servers send along, made when the first handshake asks for it. */
struct lab_stapled {
    const struct lab *lab;
    const struct lab_cert_spec *spec;
    unsigned char *der; /* OPENSSL_malloc; NULL: not made yet */
    int size;
};

struct lab_options {
    const struct lab_fault *fault; /* never NULL: the healthy lab is a row too */
    unsigned delay_ms;
    enum lab_where where;
    const char *dir;      /* NULL: a temporary one */
    const char *topology; /* file; NULL: the deployment of sites.c and zone.c */
    int view;             /* enum lab_view; -1: the fault's */
    char **command;       /* NULL: run until a signal comes */
};

struct lab {
    const struct lab_options *options;
    enum lab_where where;
    bool v6;
    bool user_namespace; /* the namespace has users of its own as well */
    char dir[512];
    bool dir_made;           /* by us: remove it with all that is in it */
    struct lab_world *world; /* NULL: no topology */
    time_t born;             /* when its certificates were made */
    struct lab_ca ca[LAB_ISSUERS];
    struct lab_stapled stapled[LAB_STAPLED];
    size_t stapled_count;
    struct lab_server servers[LAB_SERVERS];
    size_t server_count;
    struct lab_peer peers[LAB_PEERS];
    size_t peer_count;
    struct lab_conn conns[LAB_CONNS];
    struct lab_later later[LAB_LATER];
    int fill_fds[LAB_FILLS]; /* connections that keep a backlog full */
    size_t fill_count;
    int signals; /* signalfd */
    pid_t child; /* COMMAND; 0: none */
    int status;  /* what to exit with */
    bool done;
    int64_t kill_us; /* when COMMAND is killed; 0: not asked to end */
    int64_t came_us; /* when the question that is being answered came in */
};

/* clock.c */
int64_t lab_now_us(void);                                  /* monotonic */
int64_t lab_due_us(const struct lab *lab, unsigned trips); /* came_us + trips delays */

/* faults.c */
const struct lab_fault *lab_fault_find(const char *name); /* NULL: no such fault */
void lab_fault_list(void);

/* sites.c: addresses, and the table of peers with the fault's edits applied */
const struct lab_site *lab_site_find(const char *tag); /* NULL: no such site */
const char *lab_site_v4(const struct lab *lab, const struct lab_site *site);
const struct lab_site *lab_site_at(size_t i); /* NULL: after the last */
/* A new peer, zeroed but for its way, address and descriptor; NULL: there is no room. */
struct lab_peer *lab_peer_add(struct lab *lab, const char *address, uint16_t port);
void lab_peer_edit(const struct lab_fault *fault, struct lab_peer *peer);
bool lab_peer_is(const struct lab_peer *peer, const char *tag);
void lab_sites_build(struct lab *lab);
void lab_sites_cloud(struct lab *lab); /* what of it is the hosting cloud's */

/* world.c: the topology that is played. False, and said why: it cannot be read. */
bool lab_world_start(struct lab *lab);
void lab_world_end(struct lab *lab);
bool lab_world_write(const struct lab *lab); /* the file that lyncprobe reads */
bool lab_world_addresses(const struct lab *lab, int device);
/* world_peers.c, world_zone.c */
#define LAB_PKI_INSIDE "10.77.250.80"
#define LAB_PKI_OUTSIDE "203.0.113.250"
bool lab_world_peers(struct lab *lab, const char **why);
void lab_world_zone(const struct lab *lab, struct lab_server *server);

/* namespace.c: on failure false and a reason */
bool lab_namespace_enter(struct lab *lab, const char **why);
bool lab_loopback_enter(struct lab *lab, const char **why);

/* netlink.c */
bool lab_link_up(const char *device);
bool lab_address_add(int device, const char *address, unsigned prefix);
bool lab_route_unreachable(const char *address);

/* sockets.c */
bool lab_sockaddr(const char *address, uint16_t port, struct sockaddr_storage *out);
socklen_t lab_sockaddr_len(const struct sockaddr_storage *address);
int lab_listen(const struct sockaddr_storage *address, int type, int backlog); /* -1 */
void lab_backlog_fill(struct lab *lab, const struct sockaddr_storage *address);
bool lab_peers_open(struct lab *lab, const char **why);
bool lab_servers_open(struct lab *lab, const char **why);

/* certs.c: the CAs, their files in lab->dir, and TLS contexts */
bool lab_certs_start(struct lab *lab);
void lab_certs_end(struct lab *lab);
SSL_CTX *lab_tls_context(struct lab *lab, const struct lab_peer *peer);
void lab_cdp_url(const struct lab *lab, enum lab_issuer issuer, char *out, size_t size);

/* ocsp.c: the responder's URL, and what is stapled to handshakes */
void lab_ocsp_url(const struct lab *lab, char *out, size_t size);
void lab_staples_end(struct lab *lab);
void lab_staple(struct lab *lab, SSL_CTX *tls, const struct lab_cert_spec *spec);

/* x509.c: making one certificate. `issuer` NULL: self-signed. */
struct lab_issue {
    const struct lab_cert_spec *spec;
    X509 *issuer;
    EVP_PKEY *issuer_key;
    EVP_PKEY *key;
    bool ca;
    const char *cdp;  /* where its CRL is, unless the row has a place of its own */
    const char *ocsp; /* its responder; NULL: none */
};
/* An empty CRL. */
X509_CRL *lab_crl_make(X509 *issuer);
bool lab_crl_add(X509_CRL *crl, X509 *revoked);
bool lab_crl_sign(X509_CRL *crl, EVP_PKEY *key);
X509 *lab_x509_make(const struct lab_issue *issue);

/* zone.c: the records of one server */
enum lab_trouble {
    LAB_TYPE_NXDOMAIN = 0xff00,
    LAB_TYPE_SERVFAIL,
    LAB_TYPE_REFUSED,
    LAB_TYPE_DROP,
    LAB_TYPE_LOOP,
    LAB_TYPE_OWNER,
    LAB_TYPE_SHORT,
    LAB_TYPE_QUESTION
};
void lab_zone_build(const struct lab *lab, struct lab_server *server);
/* The zone that holds the name, the deepest; NULL: a foreign one. */
const char *lab_zone_apex(const struct lab_server *server, const char *name);
void lab_zone_add(struct lab_server *server, const char *apex);
void lab_node_add(struct lab_server *server, const char *owner, uint16_t type, const char *data);
/* Whether the fault has something else to say of that name. */
bool lab_zone_hides(const struct lab *lab, const struct lab_server *server, const char *owner);
bool lab_zone_exists(const struct lab_server *server, const char *name);
/* The owner whose records answer for `name`: itself, a wildcard, or NULL. */
const char *lab_zone_match(const struct lab_server *server, const char *name, char *wild,
                           size_t size);

/* message.c: DNS wire format */
struct lab_question {
    uint16_t id;
    uint16_t flags;
    uint16_t type;
    char name[256];   /* lower case, no dot at the end */
    char called[256]; /* what LAB_DOMAIN is called in the answer; "": as it is */
    bool edns;
    size_t limit; /* bytes that a UDP answer may have */
    size_t end;   /* of the question section */
};
struct lab_message {
    size_t len;
    const char *called; /* of its question */
    size_t names;
    uint16_t at[64]; /* places of names for compression */
    char name[64][256];
    uint8_t bytes[LAB_MESSAGE];
};
bool lab_question_read(const uint8_t *bytes, size_t len, struct lab_question *out);
void lab_put8(struct lab_message *m, unsigned value);
void lab_put16(struct lab_message *m, unsigned value);
void lab_put32(struct lab_message *m, uint32_t value);
void lab_put_name(struct lab_message *m, const char *name, bool compress);
void lab_put_rr(struct lab_message *m, const char *owner, const struct lab_node *node);
void lab_put_soa(struct lab_message *m, const char *apex);

/* answer.c: a question in, an answer out. 0: no answer is sent. */
size_t lab_dns_answer(const struct lab *lab, const struct lab_server *server,
                      const struct lab_question *q, struct lab_message *out);

/* dns.c: sockets of the name servers */
void lab_dns_udp(struct lab *lab, struct lab_server *server);
void lab_dns_tcp(struct lab *lab, struct lab_conn *c);
void lab_dns_flush(struct lab *lab);

/* conn.c: one TCP connection, TLS or plain, with delayed output */
void lab_conn_open(struct lab *lab, struct lab_conn *c);
void lab_conn_say(struct lab_conn *c, const void *data, size_t len);
void lab_conn_used(struct lab_conn *c, size_t len); /* drop len bytes of input */
bool lab_conn_secure(struct lab_conn *c);           /* STARTTLS: what comes now is a handshake */
void lab_conn_finish(struct lab *lab, struct lab_conn *c);
void lab_conn_read(struct lab *lab, struct lab_conn *c);
void lab_conn_flush(struct lab_conn *c);
void lab_conn_close(struct lab_conn *c);
int64_t lab_conn_due(const struct lab_conn *c); /* INT64_MAX: nothing waits */

/* faces.c: the names that a peer gives itself and others */
enum { LAB_VIEWS = 3 };
struct lab_face {
    const char *domain;         /* SIP domain of those who ask no other */
    const char *web[LAB_VIEWS]; /* FQDN of the web services, by site */
    const char *target;         /* the server that challenges */
    const char *pool;           /* where a client signs in, inside */
    const char *access;         /* and outside */
    uint16_t access_port;
};
/* `host`: of the request; "": none was named */
struct lab_face lab_face_of(const struct lab *lab, const struct lab_peer *peer, const char *host);
const char *lab_domain(const struct lab *lab); /* the first SIP domain */

/* http.c, pages.c, documents.c, sip.c, talk.c */
struct lab_request {
    const struct lab_peer *peer;
    struct lab_face face;
    bool tls;
    bool gzip;
    enum lab_view view; /* the site's */
    char method[16];
    char target[512]; /* path and query as sent */
    char path[512];   /* lower case, no query */
    char host[256];
    char accept[256];
};
struct lab_reply {
    int status;
    const char *type;
    bool gzip;
    BIO *head; /* more header lines */
    BIO *body;
};
/* How a protocol is spoken: a row each in talk.c. */
struct lab_speech {
    const char *probe; /* the probe that it answers; NULL: none but by another row */
    bool plain;        /* a connection begins without TLS */
    void (*talk)(struct lab *lab, struct lab_conn *c);
    /* one datagram in, one out (at most LAB_MESSAGE bytes); 0: none; NULL: TCP */
    size_t (*datagram)(const struct lab_peer *peer, const struct lab_later *from, uint8_t *bytes,
                       size_t len);
};
extern const struct lab_speech lab_speeches[LAB_PROTOS];
enum lab_twist lab_twist_of(const struct lab_conn *c);
void lab_talk(struct lab *lab, struct lab_conn *c);
void lab_peer_udp(struct lab *lab, const struct lab_peer *peer);
void lab_http(struct lab *lab, struct lab_conn *c);
void lab_sip(struct lab *lab, struct lab_conn *c);
void lab_xmpp(struct lab *lab, struct lab_conn *c);
void lab_tds(struct lab *lab, struct lab_conn *c);
void lab_turn_tcp(struct lab *lab, struct lab_conn *c);
/* One STUN message in `bytes` (room for LAB_MESSAGE), its answer in the same place; 0: none. */
size_t lab_turn_answer(const struct lab_peer *peer, const struct sockaddr_in *from, uint8_t *bytes,
                       size_t len);
size_t lab_turn_udp(const struct lab_peer *peer, const struct lab_later *from, uint8_t *bytes,
                    size_t len);
void lab_page(const struct lab *lab, const struct lab_request *r, struct lab_reply *reply);

/* Autodiscover documents in the form that the Accept header asks for. */
enum lab_document { LAB_DOC_REDIRECT, LAB_DOC_ROOT, LAB_DOC_DOMAIN };
void lab_document(const struct lab *lab, const struct lab_request *r, struct lab_reply *reply,
                  enum lab_document which);
void lab_document_odd(const struct lab_request *r, struct lab_reply *reply, enum lab_page page);
bool lab_crl(const struct lab *lab, const struct lab_request *r, struct lab_reply *reply);
bool lab_ocsp(const struct lab *lab, const struct lab_request *r, struct lab_reply *reply);
enum lab_page lab_page_of(const struct lab *lab, enum lab_view view);

/* loop.c */
void lab_loop(struct lab *lab);

/* command.c: COMMAND, its environment, its end */
bool lab_command_start(struct lab *lab);
void lab_command_signal(struct lab *lab);
void lab_command_timer(struct lab *lab);
void lab_orphans_end(void); /* kill and reap every child that is left */

/* supervise.c */
int lab_front(const struct lab_options *options);

/* header.c: text helpers for HTTP and SIP */
size_t lab_header_end(const char *text, size_t len); /* after the blank line; 0: not there */
bool lab_header(const char *text, const char *name, char *out, size_t size);
enum { HOUR = 3600 };
void lab_put_date(BIO *out, time_t late); /* the line Date; seconds behind the clock */

#endif
