/* job.c - a question in flight: its end, its times, its guard, errno words */
#include "lp/job.h"

#include <errno.h>
#include <string.h>

/* What socket(2), bind(2), connect(2) and send(2) blame on this machine: want of
   resources, no such family, a firewall of our own, a call that we made wrongly. */
static const int local_errors[] = {
    EMFILE,        ENFILE,     ENOBUFS,    ENOMEM, EAFNOSUPPORT, EPROTONOSUPPORT,
    EADDRNOTAVAIL, EADDRINUSE, EACCES,     EPERM,  ENETDOWN,     ENODEV,
    ENOSYS,        EINVAL,     EOPNOTSUPP, EBADF,  ENOTSOCK,     EFAULT,
};

bool lp_errno_is_local(int error)
{
    for (size_t i = 0; i < LP_COUNT(local_errors); i++)
        if (local_errors[i] == error)
            return true;
    return false;
}

const char *lp_errno_word(int error)
{
    const char *word = error > 0 ? strerrorname_np(error) : NULL;

    return word != NULL ? word : "unknown errno";
}

void lp_job_end(const struct lp_core *core, struct lp_job *job, enum lp_outcome outcome,
                const char *why)
{
    struct lp_evidence *evidence = job->evidence;

    evidence->outcome = outcome;
    evidence->why = lp_arena_str(job->arena, lp_str_of(why));
    evidence->started = job->started - job->walk_start;
    evidence->elapsed = core->world->now(core->world->self) - job->started;
    core->ended(core->owner, job);
}

lp_usec lp_job_until(const struct lp_job *job, lp_usec now, lp_usec span)
{
    return span < job->deadline - now ? now + span : job->deadline;
}

const char *lp_job_guard(const struct lp_job *job, const struct lp_addr *to, uint16_t port)
{
    const char *rule = lp_guard_address(to, job->allow, job->allow_n);

    if (rule != NULL)
        return lp_arena_printf(job->arena, "guard %s", rule).p;
    rule = job->ask.from_network ? lp_guard_port(port) : NULL;
    return rule != NULL ? lp_arena_printf(job->arena, "port %s", rule).p : NULL;
}
