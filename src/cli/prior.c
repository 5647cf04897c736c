/* prior.c - the walk before this one, kept for formats that show two of a domain side by side */
#include "lp/prior.h"

#include "lp/run.h"

static void read_line(struct lp_prior *prior, struct lp_buf *line)
{
    struct lp_error error = { "" };
    struct lp_str text = lp_buf_view(line);
    if (text.n)
        text.n--; /* its newline */
    if (lp_record_read(&prior->log, text, lp_shape_by_name, &error) == LP_LINE_BAD)
        prior->kept = false;
    lp_buf_clear(line);
}

void lp_prior_keep(struct lp_prior *prior, const struct lp_log *log)
{
    struct lp_buf line = lp_buf_new(LP_RECORD_LINE_MAX);
    lp_prior_drop(prior);
    prior->kept = true;
    lp_log_init(&prior->log, &prior->arena);
    lp_record_header(&line, &log->setup);
    read_line(prior, &line);
    for (size_t i = 0; i < log->n && prior->kept; i++) {
        lp_record_evidence(&line, log->at[i]);
        read_line(prior, &line);
    }
    lp_record_end(&line, &log->end);
    read_line(prior, &line);
    lp_buf_release(&line);
    lp_run_expect(&prior->log, log->expected ? log->expected->topology : NULL);
    lp_judge(&prior->log, &prior->arena, &prior->judgement);
}

const struct lp_judgement *lp_prior_of(const struct lp_prior *prior, const struct lp_log *log)
{
    bool same = prior->kept && lp_str_eq(prior->log.setup.domain, log->setup.domain);
    return same ? &prior->judgement : NULL;
}

void lp_prior_drop(struct lp_prior *prior)
{
    lp_arena_release(&prior->arena);
    *prior = (struct lp_prior){ .arena = { .lang = prior->arena.lang } };
}
