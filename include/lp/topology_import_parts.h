/* topology_import_parts.h - what the files of the topology import share; private to model. */
#ifndef LP_TOPOLOGY_IMPORT_PARTS_H
#define LP_TOPOLOGY_IMPORT_PARTS_H

#include "lp/topology_import.h"

/* Ids of one kind, sorted, since a document may hold very many. */
struct lp_import_entry {
    struct lp_str key;
    size_t at; /* index in the list */
};
struct lp_import_index {
    struct lp_import_entry *at;
    size_t n;
};
/* Index in the list; SIZE_MAX: no such key, or an empty one. */
size_t lp_import_find(const struct lp_import_index *index, struct lp_str key);

/* What a cluster does: the services that tell its role. */
enum lp_import_job {
    LP_JOB_REGISTRAR,
    LP_JOB_EDGE,
    LP_JOB_WEB,
    LP_JOB_MEDIATION,
    LP_JOB_CHAT,
    LP_JOB_OFFICE,
    LP_JOB_STORE,
    LP_JOB_COUNT
};

/* One cluster with its services. */
struct lp_import_host {
    const struct lp_cs_cluster *cluster;
    const struct lp_cs_service *by[LP_JOB_COUNT]; /* NULL: not installed there */
    enum lp_role role;                            /* LP_ROLE_COUNT: none that we know */
    struct lp_str fqdn;                           /* lower case; unset: it has no usable name */
};

struct lp_import {
    const struct lp_cs_doc *doc;
    struct lp_arena *arena;
    struct lp_topology *topology;
    struct lp_list *notes;
    struct lp_import_index clusters, sqls, services, remote_sites;
    struct lp_import_host *hosts; /* one a cluster, same order */
};

/* Fills the indexes and the hosts. */
void lp_import_hosts(struct lp_import *im);
/* The host that a service is installed on; NULL: the document does not say. */
struct lp_import_host *lp_import_host_of(struct lp_import *im, const struct lp_cs_service *service);

/* The items of a list whose first member, a size_t, is the owner's index: they follow one another.
 * Returns their number, first their beginning. */
size_t lp_import_items(const struct lp_list *list, size_t size, size_t owner, size_t *first);
/* The next service that a service depends on, as *at goes from 0; NULL: no more. usage: of the
 * dependency. */
const struct lp_cs_service *lp_import_dependency(struct lp_import *im,
                                                 const struct lp_cs_service *service, size_t *at,
                                                 struct lp_str *usage);

/* A host name in lower case; unset, with a remark, when it is none. */
struct lp_str lp_import_name(struct lp_import *im, struct lp_str text, int64_t line);
/* Appends an address to a list of struct lp_addr. False: it is none, or "0.0.0.0". */
bool lp_import_address(struct lp_import *im, struct lp_str text, struct lp_list *out);

/* The pool of a host with a role and a name. */
void lp_import_pool(struct lp_import *im, const struct lp_import_host *host, struct lp_pool *pool);
/* What only an Edge pool has: its three services and its next hop. */
void lp_import_edge(struct lp_import *im, const struct lp_import_host *host, struct lp_pool *pool);
/* Generation and features, by the services' versions and ports. */
void lp_import_features(struct lp_import *im);
/* Simple URLs that obey the rules of domain.md 7.3; a remark for the others. */
void lp_import_urls(struct lp_import *im);

#endif
