/* stream_link.c - what the stream and the HTTP engine share. */
#include "lp/stream_link.h"

#include <errno.h>

#include "lp/text.h"

bool lp_link_admit(const struct lp_core *core, struct lp_job *job)
{
    struct lp_link *link = job->evidence->facts;
    job->started = core->world->now(core->world->self);
    const char *rule = lp_job_guard(job, &job->ask.address, (uint16_t)job->ask.connect_port);
    if (!rule && job->started < job->deadline)
        return true;
    link->connect = rule ? LP_BLOCKED : LP_NOT_TRIED;
    lp_job_end(core, job, link->connect, rule ? rule : "deadline");
    return false;
}

/* What connect(2) and SO_ERROR blame on the network or the peer. ICMP errors arrive as
   the last rows; the same numbers from the call itself mean that this machine has no
   route, no address, or a firewall of its own. EHOSTUNREACH is the peer's even then: an
   `unreachable` route says so of somebody else's network. */
static const struct {
    int error;
    enum lp_outcome outcome;
    bool late_only;
} words[] = {
    { ECONNREFUSED, LP_REFUSED, false },     { ETIMEDOUT, LP_TIMEOUT, false },
    { ECONNRESET, LP_RESET, false },         { ECONNABORTED, LP_RESET, false },
    { EHOSTUNREACH, LP_UNREACHABLE, false }, { EHOSTDOWN, LP_UNREACHABLE, false },
    { ENETUNREACH, LP_UNREACHABLE, true },   { ENETDOWN, LP_UNREACHABLE, true },
    { EACCES, LP_UNREACHABLE, true },        { ENOPROTOOPT, LP_UNREACHABLE, true },
    { EPROTO, LP_UNREACHABLE, true },
};

static enum lp_outcome word_for(int error, bool at_once)
{
    for (size_t i = 0; i < LP_COUNT(words); i++)
        if (words[i].error == error && !(at_once && words[i].late_only))
            return words[i].outcome;
    return LP_NOT_TRIED;
}

const char *lp_link_failed(struct lp_job *job, int error, bool at_once)
{
    struct lp_link *link = job->evidence->facts;
    link->connect = word_for(error, at_once);
    return lp_arena_printf(job->arena, link->connect == LP_NOT_TRIED ? "local %s" : "errno %s",
                           lp_errno_word(error))
        .p;
}

bool lp_link_talk(const struct lp_core *core, struct lp_job *job, struct lp_talk *talk)
{
    char random[(LP_STREAM_TOKEN - 1) / 2];
    struct lp_buf hex = lp_buf_new(LP_STREAM_TOKEN);
    bool good = core->world->random(core->world->self, random, sizeof random);
    if (good)
        lp_put_hex(&hex, (struct lp_str){ random, sizeof random });
    *talk = (struct lp_talk){
        .ask = &job->ask,
        .domain = job->setup->domain,
        .token = lp_arena_str(job->arena, lp_buf_view(&hex)),
        .arena = job->arena,
        .facts = job->evidence->facts,
    };
    lp_buf_release(&hex);
    return good;
}
