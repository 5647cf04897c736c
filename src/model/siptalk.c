/* siptalk.c - one SIP request and its answer */
#include "lp/siptalk.h"

#include "lp/ask.h"

static enum lp_next say_request(struct lp_talk *talk, lp_sip_request_put *put)
{
    struct lp_sip_facts *facts = talk->facts;
    struct lp_sip_request request = {
        .domain = talk->domain,
        .token = talk->token,
        .tls = !talk->ask->plain,
    };
    facts->date = LP_UTC_NONE;
    put(talk->out, &request);
    return LP_MORE;
}

enum lp_next lp_sip_talk(struct lp_talk *talk, lp_sip_request_put *put)
{
    static const enum lp_next next[] = {
        [LP_SIP_MORE] = LP_MORE,
        [LP_SIP_COMPLETE] = LP_DONE,
        [LP_SIP_NOT_SIP] = LP_BAD,
    };
    struct lp_sip_facts *facts = talk->facts;
    if (talk->in.n == 0 && !talk->eof)
        return say_request(talk, put);
    facts->answer_us = talk->answer_us;
    return next[lp_sip_decode(talk->arena, talk->in, talk->eof, facts)];
}
