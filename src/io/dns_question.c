/* dns_question.c - when a DNS question is asked again, where, and how it ends. */
#include "lp/dns_question.h"

enum {
    SLICES = 3,
    RCODE_FORMERR = 1,
    RCODE_SERVFAIL = 2,
    RCODE_NOTIMP = 4,
    RCODE_REFUSED = 5,
};

/* Where each slice ends, in sevenths of the span. */
static const lp_usec slice_ends[SLICES] = { 1, 3, 7 };

static void set_due(struct lp_dns_question *q)
{
    q->due = q->start + q->span * slice_ends[q->slice] / slice_ends[SLICES - 1];
}

void lp_dns_question_begin(struct lp_dns_question *q, lp_usec now)
{
    lp_usec until = lp_job_until(q->job, now, q->job->setup->dns_us);

    q->start = q->job->started = now;
    q->span = until - now;
    q->shrunk = q->span < q->job->setup->dns_us;
    q->asked = 1;
    set_due(q);
}

/* The next slice; after the last one only another address is tried. */
static enum lp_dns_next go_on(struct lp_dns_question *q)
{
    if (q->slice + 1 < SLICES)
        q->slice++;
    q->asked++;
    set_due(q);
    if (q->addresses->n > 1) {
        q->at = (q->at + 1) % q->addresses->n;
        q->tcp = q->plain = q->truncated = false;
    }
    return LP_DNS_ASK;
}

static bool has_fresh_address(const struct lp_dns_question *q)
{
    return q->asked < q->addresses->n;
}

static enum lp_dns_next on_fault(struct lp_dns_question *q, const struct lp_dns_heard *heard)
{
    /* Old news: by now another address or transport is being asked. */
    if (heard->what.address != q->at || heard->what.tcp != q->tcp)
        return LP_DNS_WAIT;
    q->fault = heard->fault;
    if (has_fresh_address(q))
        return go_on(q);
    return heard->fault.kind == LP_DNS_LOCAL && !q->sent ? LP_DNS_END : LP_DNS_WAIT;
}

static enum lp_dns_next on_answer(struct lp_dns_question *q, const struct lp_dns_heard *heard)
{
    int rcode = heard->raw.p[3] & 0x0f;
    bool truncated = (heard->raw.p[2] & 0x02) != 0;

    bool current = heard->what.address == q->at;
    if (heard->what.edns && (rcode == RCODE_FORMERR || rcode == RCODE_NOTIMP)) {
        bool again = current && !q->plain; /* else the echo of an older message */
        q->plain = q->plain || again;
        q->best = *heard; /* should nothing better come */
        return again ? LP_DNS_ASK : LP_DNS_WAIT;
    }
    if (truncated && !heard->what.tcp) {
        /* Part of an answer is none (RFC 2181 s9). */
        bool again = current && !q->tcp;
        q->tcp = q->tcp || again;
        q->truncated = q->truncated || again;
        return again ? LP_DNS_ASK : LP_DNS_WAIT;
    }
    q->best = *heard;
    if ((rcode == RCODE_SERVFAIL || rcode == RCODE_REFUSED) && has_fresh_address(q))
        return go_on(q);
    return LP_DNS_END;
}

enum lp_dns_next lp_dns_question_heard(struct lp_dns_question *q, const struct lp_dns_heard *heard)
{
    if (heard->doubtful) {
        if (q->doubt.raw.p == NULL)
            q->doubt = *heard;
        return LP_DNS_WAIT;
    }
    if (heard->raw.n >= 4)
        return on_answer(q, heard);
    if (heard->fault.kind != LP_DNS_NO_FAULT)
        return on_fault(q, heard);
    return LP_DNS_WAIT;
}

enum lp_dns_next lp_dns_question_time(struct lp_dns_question *q, lp_usec now)
{
    if (now >= q->start + q->span)
        return LP_DNS_END;
    return now >= q->due ? go_on(q) : LP_DNS_WAIT;
}

/* ---- its end
 * ------------------------------------------------------------------------------------
 */

static void note_question(const struct lp_dns_question *q, struct lp_dns_facts *facts)
{
    *facts = (struct lp_dns_facts){
        .server = q->job->ask.server,
        .name = q->job->ask.name,
        .type = q->job->ask.type,
        .rcode = -1,
        .truncated = q->truncated,
        .tries = q->sent ? (int64_t)q->asked : 0,
    };
}

static void end_answered(const struct lp_core *core, struct lp_dns_question *q)
{
    struct lp_job *job = q->job;
    struct lp_dns_facts *facts = job->evidence->facts;
    struct lp_question question = { .name = job->ask.name, .type = job->ask.type };
    const struct lp_str *addresses = q->addresses->at;
    struct lp_str why;

    core->working(core->owner, job);
    enum lp_outcome outcome = lp_dnsmsg_decode(job->arena, q->best.raw, &question, facts, &why);
    core->working(core->owner, NULL);
    facts->from = lp_arena_str(job->arena, addresses[q->best.what.address]);
    facts->tcp = q->best.what.tcp;
    facts->wire = q->best.raw;
    lp_job_end(core, job, outcome, why.p);
}

/* Nothing was heard; why, in words of the arena or static. NULL: none. */
static const char *why_silent(const struct lp_dns_question *q)
{
    const char *whose = q->fault.kind == LP_DNS_LOCAL ? "local" : "errno";

    if (q->fault.kind == LP_DNS_CLOSED)
        return "connection closed";
    if (q->fault.kind == LP_DNS_BROKEN)
        return "unreadable";
    if (q->fault.kind == LP_DNS_NO_FAULT)
        return q->shrunk ? "deadline" : NULL;
    return lp_arena_printf(q->job->arena, "%s %s", whose, lp_errno_word(q->fault.error)).p;
}

static enum lp_outcome outcome_of_silence(const struct lp_dns_question *q)
{
    if (q->fault.kind == LP_DNS_LOCAL && !q->sent)
        return LP_NOT_TRIED;
    return q->fault.kind == LP_DNS_BROKEN ? LP_MALFORMED : LP_TIMEOUT;
}

void lp_dns_question_end(const struct lp_core *core, struct lp_dns_question *q)
{
    note_question(q, q->job->evidence->facts);
    if (q->best.raw.p == NULL)
        q->best = q->doubt;
    if (q->best.raw.p != NULL)
        end_answered(core, q);
    else
        lp_job_end(core, q->job, outcome_of_silence(q), why_silent(q));
}
