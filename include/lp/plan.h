/* plan.h - what is still to be asked, a pure function of setup and evidence */
#ifndef LP_PLAN_H
#define LP_PLAN_H

#include "lp/ask.h"
#include "lp/survey.h"

/* Limits on what strangers name (DESIGN 6b). Targets of SRV records, and their addresses, get at
 * most three quarters of the endpoints and of the questions. */
enum {
    LP_MAX_TARGETS = 16,   /* SRV targets followed of one answer */
    LP_MAX_ADDRESSES = 8,  /* addresses of one name */
    LP_MAX_ENDPOINTS = 64, /* connections of one walk */
    LP_MAX_QUESTIONS = 96, /* DNS questions of one walk, each server counted once */
    LP_MAX_ALIASES = 16,
    LP_MAX_REDIRECTS = 10,
    LP_MAX_LISTS = 8,   /* revocation lists of one walk */
    LP_MAX_OCSP = 16,   /* OCSP questions of one walk */
    LP_MAX_ROWS = 4096, /* connections that a topology asks for, in one walk */
};

/*
 * All questions that the evidence calls for and that the log does not hold yet, what the
 * deciding client wants first; those in flight are among them (their keys tell). An ask
 * with `refused` set is not to be asked but recorded as not-tried. Empty: the walk is
 * complete. Strings live in arena.
 */
void lp_plan_missing(const struct lp_log *log, struct lp_arena *arena, struct lp_asks *out);

/*
 * The name servers of the zone that holds the domain (setup.part "servers"): a struct lp_server for
 * each of its NS records, at most LP_MAX_SERVERS, labelled with its name, its addresses at port 53.
 * The zone is the domain, or the one whose SOA denies that it is one (RFC 2308 section 3).
 * Addresses that the guard refuses are left out, and so is a server without any.
 */
enum { LP_MAX_SERVERS = 8 };
void lp_zone_servers(const struct lp_log *log, struct lp_arena *arena, struct lp_list *servers);

#endif
