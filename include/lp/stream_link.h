/* stream_link.h - what the engines that connect share: admission, connect errors, the probe's
 * conversation. */
#ifndef LP_STREAM_LINK_H
#define LP_STREAM_LINK_H

#include "lp/job.h"

enum {
    LP_STREAM_IN_MAX = 64 * 1024, /* bytes of one conversation that are read */
    LP_STREAM_TOKEN = 33          /* 32 hex digits and a NUL */
};

/* The facts of a job whose shape has both link and http. */
struct lp_web_facts {
    struct lp_link link;
    struct lp_http http;
};

/*
 * Sets job->started. May the connection be tried at all? False: the job was ended (blocked by the
 * guard, or not-tried because the walk's deadline has passed).
 */
LP_MUST_CHECK bool lp_link_admit(const struct lp_core *core, struct lp_job *job);
/*
 * The word for a connection that could not be opened, by errno, into link->connect;
 * returns the words for `why`. at_once: the error came from the call itself and not later
 * from the network: then a missing route or address is this machine's fault and the word
 * is not-tried ("local ENETUNREACH").
 */
const char *lp_link_failed(struct lp_job *job, int error, bool at_once);

/* A conversation about this job; false: no random bytes for its token. `out` and `in` are
 * the caller's. */
LP_MUST_CHECK bool lp_link_talk(const struct lp_core *core, struct lp_job *job,
                                struct lp_talk *talk);

#endif
