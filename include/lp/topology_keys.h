/* topology_keys.h - the keys of a topology file: reader, manual page and schema go by them. */
#ifndef LP_TOPOLOGY_KEYS_H
#define LP_TOPOLOGY_KEYS_H

#include "lp/topology.h"

/* A file that is being read. */
struct lp_topology_reading {
    struct lp_arena *arena;
    struct lp_topology *out;
    struct lp_error *error;
    enum lp_role role; /* of the pool at hand */
};

struct lp_key;
struct lp_section;

/*
 * A kind of value. read puts the node where the row says in the struct that begins at base. False:
 * the error is set.
 */
struct lp_kind {
    const char *word;     /* "host": for the manual page; names its definition in the schema */
    const char *expected; /* "a host name such as pool01.contoso.com" */
    bool (*read)(struct lp_topology_reading *reading, const struct lp_key *key,
                 const struct lp_node *node, void *base);
};

/* One key of a section. */
struct lp_key {
    const char *name; /* NULL ends the table */
    const char *text; /* what it says; one line */
    const struct lp_kind *kind;
    size_t offset; /* of the value; of a feature, a section of pools or a simple URL: its number */
    const struct lp_section *section; /* keys of a map, or of each map of a list; else NULL */
    uint32_t roles;                   /* bits 1 << enum lp_role that have the key; 0: no pool's */
    uint32_t needed; /* of those roles; other than a pool's: not 0 when it must be there */
};

/* What a map may hold. */
struct lp_section {
    const char *title; /* "an Edge service" */
    const struct lp_key *keys;
    size_t size;    /* of its struct in a list */
    size_t mark;    /* offset of its struct lp_mark */
    bool has_mark;  /* it has one */
    const void *at; /* what a struct of a list is before it is read; NULL: zeros */
};

/* The file as a whole; its struct is the struct lp_topology. */
extern const struct lp_section lp_topology_section;

/* May the key stand there? role LP_ROLE_COUNT: outside of a pool. */
bool lp_key_fits(const struct lp_key *key, enum lp_role role);

/* Kinds of values. */
extern const struct lp_kind lp_kind_generation, lp_kind_domains, lp_kind_domain, lp_kind_map,
    lp_kind_feature, lp_kind_pools, lp_kind_url, lp_kind_urls, lp_kind_files, lp_kind_days,
    lp_kind_list, lp_kind_host, lp_kind_hosts, lp_kind_addresses, lp_kind_port, lp_kind_root,
    lp_kind_flag, lp_kind_type, lp_kind_view, lp_kind_text, lp_kind_finding, lp_kind_from,
    lp_kind_until, lp_kind_rules;

/* ---- between the files that read it ---- */

/* "FILE:LINE:COLUMN: TEXT"; text of our own, or harmless. Returns false. */
bool lp_topology_fail(struct lp_topology_reading *reading, struct lp_mark mark, const char *text);
/* "... expected EXPECTED, found NODE". Returns false. */
bool lp_topology_expected(struct lp_topology_reading *reading, const struct lp_node *node,
                          const char *expected);
/* "... expected WHAT THE KEY'S KIND EXPECTS, found NODE". Returns false. */
bool lp_key_refuse(struct lp_topology_reading *reading, const struct lp_key *key,
                   const struct lp_node *node);
/* The value's place in the struct that begins at base. */
void *lp_key_at(const struct lp_key *key, void *base);
/* "... expected at most 1000 elements". Returns false. */
bool lp_topology_too_long(struct lp_topology_reading *reading, struct lp_mark mark);
/* Reads a map by its section. False: error. */
bool lp_section_read(struct lp_topology_reading *reading, const struct lp_section *section,
                     const struct lp_node *node, void *base);
/* What only the whole file can tell: contradictions. False: error. */
bool lp_topology_check(struct lp_topology_reading *reading);
/* Part of it: names and addresses that two servers both claim. */
bool lp_topology_check_claims(struct lp_topology_reading *reading);
/* Part of it: domains at the hosting cloud that are none of the file's, or contradict it. */
bool lp_topology_check_hosting(struct lp_topology_reading *reading);

#endif
