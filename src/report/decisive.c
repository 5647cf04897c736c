/* decisive.c - the questions of the steps that the deciding client comes to */
#include "lp/decisive.h"

struct marking {
    const struct lp_survey *survey;
    bool *flags;
    size_t *open; /* marked, and what they follow from is not looked at yet */
    size_t open_count;
};

/* Its place in the log; the log's length: none. In a log of ours they are numbered from 1. */
static size_t place_of(const struct lp_log *log, int64_t id)
{
    if (id > 0 && (size_t)id <= log->n && log->at[id - 1]->id == id)
        return (size_t)id - 1;
    size_t i = id > 0 ? 0 : log->n;
    while (i < log->n && log->at[i]->id != id)
        i++;
    return i;
}

static void mark(struct marking *m, int64_t id)
{
    size_t at = place_of(m->survey->log, id);
    if (at == m->survey->log->n || m->flags[at])
        return;
    m->flags[at] = true;
    m->open[m->open_count++] = at;
}

static void mark_answer(struct marking *m, const struct lp_resolved *r)
{
    for (size_t i = 0; i < r->evidence_count; i++)
        mark(m, r->evidence[i]);
}

static void mark_places(struct marking *m, const struct lp_places *places)
{
    mark_answer(m, &places->a);
    mark_answer(m, &places->aaaa);
}

static void mark_evidence(struct marking *m, const struct lp_evidence *e)
{
    if (e)
        mark(m, e->id);
}

/* What the marked ones follow from: the hop before, the address of the host. */
static void mark_causes(struct marking *m)
{
    const struct lp_survey *survey = m->survey;
    while (m->open_count) {
        const struct lp_evidence *e = survey->log->at[m->open[--m->open_count]];
        const struct lp_link *link = lp_link_of(e);
        struct lp_places places;
        mark(m, e->parent);
        if (!link)
            continue;
        lp_places_of(survey->log, survey->arena, link->host, link->port, &places);
        mark_places(m, &places);
    }
}

/* The documents that an Autodiscover answer names are asked for next. */
static void mark_documents(struct marking *m)
{
    const struct lp_log *log = m->survey->log;
    for (size_t i = 0; i < log->n; i++) {
        size_t parent = place_of(log, log->at[i]->parent);
        if (lp_http_of(log->at[i]) && parent < log->n && m->flags[parent] &&
            lp_http_of(log->at[parent]))
            mark(m, log->at[i]->id);
    }
}

static void mark_step(struct marking *m, const struct lp_step_result *step)
{
    mark_answer(m, &step->srv);
    mark_places(m, &step->places);
    for (size_t i = 0; i < step->target_count; i++)
        mark_places(m, &step->targets[i].places);
    for (size_t i = 0; i < step->candidate_count; i++)
        mark_evidence(m, step->candidates[i].probe);
    mark_evidence(m, step->root);
    mark_evidence(m, step->named_in);
    mark_evidence(m, step->endpoint);
}

/* How many of its steps the client comes to. */
static size_t reached(const struct lp_path *path)
{
    const struct lp_step_result *last = path->stops_at;
    if (path->giver && path->giver > last)
        last = path->giver;
    return last ? (size_t)(last - path->steps) + 1 : path->step_count;
}

const bool *lp_decisive(const struct lp_survey *survey)
{
    struct marking m = { .survey = survey };
    m.flags = lp_arena_array(survey->arena, survey->log->n + 1, sizeof *m.flags);
    m.open = lp_arena_array(survey->arena, survey->log->n + 1, sizeof *m.open);
    for (size_t i = 0; i < reached(survey->main); i++)
        mark_step(&m, &survey->main->steps[i]);
    mark_causes(&m);
    mark_documents(&m);
    mark_causes(&m);
    return m.flags;
}
