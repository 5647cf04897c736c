/* siptalk.h - one SIP request and its answer, as the probes that speak SIP hold it. [probe] */
#ifndef LP_SIPTALK_H
#define LP_SIPTALK_H

#include "lp/probe.h"
#include "lp/sipmsg.h"

/* lp_sip_register or lp_sip_options. */
typedef void lp_sip_request_put(struct lp_buf *out, const struct lp_sip_request *request);

/* The step() of such a probe, whose facts are struct lp_sip_facts: says the request, then reads
 * until its final answer has come. */
enum lp_next lp_sip_talk(struct lp_talk *talk, lp_sip_request_put *put);

#endif
