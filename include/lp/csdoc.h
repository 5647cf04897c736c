/* csdoc.h - the topology document of the product itself: what Topology Builder saves (.tbxml) and
 * what Get-CsTopology -AsXml prints, as flat tables. */
#ifndef LP_CSDOC_H
#define LP_CSDOC_H

#include "lp/arena.h"
#include "lp/field.h"

/*
 * The two shapes differ in nesting and in how things are named; here both are one. An id is the
 * GUID of a .tbxml, or "SITE/NUMBER" (cluster), "SITE/ROLE/INSTANCE" (service) of the published
 * shape. Text is as in the document, trimmed; unset where the attribute is missing or longer than
 * LP_CS_TEXT_MAX. Lines count from 1. Elements and attributes that are not read are passed over.
 */
enum {
    LP_CS_FILE_MAX = 32 * 1024 * 1024, /* bytes; real documents have less than one MiB */
    LP_CS_TOKEN_MAX = 1024 * 1024,     /* bytes of one tag, comment or text */
    LP_CS_DEPTH_MAX = 32,              /* elements in one another; real ones: 13 */
    LP_CS_ELEMENTS_MAX = 200000,
    LP_CS_TEXT_MAX = 2048 /* bytes of one attribute that is kept */
};

/* <InternalDomain Name=>: a SIP domain. */
struct lp_cs_domain {
    struct lp_str name;
    int64_t line;
};

/* <SimpleUrl Component= Domain= ActiveUrl=>; only a .tbxml has them. */
struct lp_cs_url {
    struct lp_str component; /* "Meet" "Dialin" "Cscp" */
    struct lp_str url;       /* the active one, else the first entry */
    int64_t line;
};

/* A pool, or any computer that a service stands on. */
struct lp_cs_cluster {
    struct lp_str id, fqdn;
    struct lp_str site; /* published shape: SiteId of ClusterId; unset in a .tbxml */
    bool remote;        /* in a branch site */
    int64_t line;
};

/* <Machine>; without a name it is the single computer of its cluster. */
struct lp_cs_machine {
    size_t cluster; /* index */
    struct lp_str fqdn;
    int64_t line;
};

/* <NetInterface>: "0.0.0.0" says "whatever it has". */
struct lp_cs_interface {
    size_t machine;           /* index */
    struct lp_str side;       /* "Primary" "Internal" "External" "Pstn" */
    struct lp_str number;     /* ports of an Edge refer to it */
    struct lp_str address;    /* on the interface */
    struct lp_str configured; /* as the Internet sees it (NAT) */
};

/* <SqlInstance UniqueId=> of a .tbxml: services are installed on it instead of on the cluster. */
struct lp_cs_sql {
    struct lp_str id, name;
    size_t cluster; /* index */
};

struct lp_cs_service {
    struct lp_str id;
    struct lp_str role;          /* "Registrar" "EdgeServer" "WebServices" ... */
    struct lp_str version;       /* ServiceVersion: "7" */
    struct lp_str on;            /* id of the cluster, or of the SQL instance */
    struct lp_str sql;           /* published shape: name of the SQL instance; unset: none */
    bool director;               /* RegistrarService IsDirector */
    struct lp_str web_external;  /* WebService ExternalSettings Host */
    struct lp_str web_internal;  /* ... InternalSettings Host */
    struct lp_str discovery_url; /* WacService */
    int64_t line;
};

struct lp_cs_dependency {
    size_t service; /* index of the service that depends */
    struct lp_str on, usage;
};

struct lp_cs_port {
    size_t service; /* index */
    struct lp_str owner, usage, side, number, port, fqdn;
};

struct lp_cs_doc {
    bool published; /* Get-CsTopology -AsXml; else .tbxml */
    struct lp_str default_domain;
    struct lp_list domains;      /* struct lp_cs_domain */
    struct lp_list urls;         /* struct lp_cs_url */
    struct lp_list clusters;     /* struct lp_cs_cluster */
    struct lp_list machines;     /* struct lp_cs_machine */
    struct lp_list interfaces;   /* struct lp_cs_interface */
    struct lp_list sqls;         /* struct lp_cs_sql */
    struct lp_list services;     /* struct lp_cs_service */
    struct lp_list dependencies; /* struct lp_cs_dependency */
    struct lp_list ports;        /* struct lp_cs_port */
    struct lp_list remote_sites; /* struct lp_str: SiteId of branch sites, published shape */
};

/* Where the bytes come from. */
struct lp_cs_source {
    const char *name; /* for messages */
    void *self;
    /* Fills room; fewer bytes than n are the last ones. False: error says why. */
    bool (*read)(void *self, char *room, size_t *n, struct lp_error *error);
};

/*
 * Reads a document as it comes, UTF-8 or UTF-16 with or without a byte order mark, whatever its
 * declaration says (PowerShell changes the one and not the other). Strings live in the arena.
 * False: no such document, cut off, not well-formed, a DOCTYPE, or over a limit above; the error
 * is "NAME:LINE: what". Memory stays within a small multiple of LP_CS_FILE_MAX.
 */
LP_MUST_CHECK bool lp_cs_read(const struct lp_cs_source *source, struct lp_arena *arena,
                              struct lp_cs_doc *out, struct lp_error *error);

#endif
