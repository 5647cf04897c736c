/* dns_question.h - the life of one DNS question: tries, addresses, TCP, EDNS */
#ifndef LP_DNS_QUESTION_H
#define LP_DNS_QUESTION_H

#include "lp/dns_channel.h"
#include "lp/job.h"

enum lp_dns_next {
    LP_DNS_WAIT, /* nothing to do before `due` */
    LP_DNS_ASK,  /* ask address `at` now, over `tcp` or not, with EDNS unless `plain` */
    LP_DNS_END,  /* lp_dns_question_end */
};

/*
 * Three time slices of 1/7, 2/7 and 4/7 of setup.dns_us (0.4, 0.8 and 1.6 s by default),
 * all shrunk so that the last one ends at the walk's deadline. A slice without an answer
 * is followed by the next one, with the next address of the server. An answer to an
 * earlier message counts at any time. SERVFAIL, REFUSED and what a socket says (ICMP, no
 * route) end a slice at once while there are addresses that were not asked yet; else
 * SERVFAIL and REFUSED are the answer, and what the socket says is waited out.
 */
struct lp_dns_question {
    struct lp_job *job;
    const struct lp_list *addresses; /* of the server: struct lp_str, at least one */
    size_t at;                       /* index of the address to ask */
    bool tcp;                        /* its UDP answer was truncated */
    bool plain;                      /* without EDNS: it answered FORMERR or NOTIMP */
    lp_usec start, span;             /* all slices together */
    lp_usec due;                     /* end of this slice */
    size_t slice;
    size_t asked;              /* slices in which something was asked: facts.tries */
    bool sent;                 /* a message left this machine; set by the engine */
    bool shrunk;               /* the deadline left less than setup.dns_us */
    bool truncated;            /* facts.truncated */
    struct lp_dns_fault fault; /* the last one */
    struct lp_dns_heard best;  /* the answer to report (raw in the job's arena); raw unset: none */
    struct lp_dns_heard doubt; /* what is reported when no answer comes; raw unset: none */
};

/* The first message goes out now. The question's other members are zero. */
void lp_dns_question_begin(struct lp_dns_question *q, lp_usec now);
/* An answer or a fault of one of its tries. heard->raw must live in the job's arena. */
LP_MUST_CHECK enum lp_dns_next lp_dns_question_heard(struct lp_dns_question *q,
                                                     const struct lp_dns_heard *heard);
/* The time is `now`. */
LP_MUST_CHECK enum lp_dns_next lp_dns_question_time(struct lp_dns_question *q, lp_usec now);
/* Decodes what was heard into the facts and ends the job. */
void lp_dns_question_end(const struct lp_core *core, struct lp_dns_question *q);

#endif
