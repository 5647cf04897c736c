/* zonefile.h - planned zones: master files (RFC 1035 section 5) to records, and their answers */
#ifndef LP_ZONEFILE_H
#define LP_ZONEFILE_H

#include "lp/facts.h"

/* What one file may have. */
enum {
    LP_ZONE_FILE_MAX = 16 * 1024 * 1024, /* bytes */
    LP_ZONE_RECORDS_MAX = 200000,        /* within its origin */
    LP_ZONE_ANSWER_MAX = 512,            /* records of one answer; more are counted as cut */
    LP_ZONE_ALIASES_MAX = 16,            /* CNAME records followed for one answer */
};

/* A record with its place in the order of the zone. */
struct lp_zone_record {
    struct lp_str key; /* the owner's labels from the root down: com 0x01 contoso 0x01 sip */
    struct lp_rr rr;   /* section unset. Types that are never asked have owner, type and ttl alone:
                          they make their name exist */
    int64_t line;      /* in the file; 1 is the first */
};

/* A zone, as --zone-file ORIGIN:FILE gives it. */
struct lp_zone {
    struct lp_str origin; /* lower case, no trailing dot */
    struct lp_str file;
    struct lp_str digest;  /* sha256 of the file, hex */
    struct lp_list record; /* struct lp_zone_record, sorted by key, type and line */
};

struct lp_zone_text {
    struct lp_str file;   /* for messages */
    struct lp_str bytes;  /* the whole file */
    struct lp_str origin; /* also what relative names are relative to */
};

/*
 * Reads a master file with ldns; strings live in the arena. Records outside the origin are passed
 * over, as name servers do; so is a zone below it that begins with an SOA in the same file, but for
 * its NS records: they delegate it. Refused, with "FILE:LINE: ...": what ldns cannot parse,
 * $INCLUDE (a plan is one file), classes but IN, an alias beside other data (RFC 1034
 * section 3.6.2), a second SOA, a NUL byte, too many bytes or records; and a file without any
 * record of the origin. A zone without SOA is taken as it is: its denials then have no negative
 * TTL.
 */
LP_MUST_CHECK bool lp_zone_read(struct lp_arena *arena, const struct lp_zone_text *text,
                                struct lp_zone *out, struct lp_error *error);

/* Do the zones (struct lp_zone) answer for that name? False: it is in none of them, or at or below
 * a delegation, so that the ordinary server is to be asked. */
bool lp_zones_speak(const struct lp_list *zones, struct lp_str name);

/*
 * The answer of an authoritative server with those zones (RFC 1034 section 4.3.2, wildcards as in
 * RFC 4592, DNAME as in RFC 6672, the SOA of a denial as in RFC 2308 section 3) to the question of
 * facts->name and ->type; fills from, rcode, aa, rrs and cut. Aliases are followed as long as they
 * stay in the zones. LP_NONE: they do not speak of the name; else LP_ANSWER (also an alias that
 * leads out), LP_NODATA or LP_NXDOMAIN.
 */
enum lp_outcome lp_zones_answer(const struct lp_list *zones, struct lp_arena *arena,
                                struct lp_dns_facts *facts);

#endif
