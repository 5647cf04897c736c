/* session.c - walks judged and rendered, for standard output and for files */
#include "lp/session.h"
#include "lp/alloc.h"
#include "lp/threshold.h"

enum { REPORT_MAX = 512 * 1024 * 1024 };

struct lp_outlet {
    const struct lp_renderer *renderer;
    struct lp_style style;
    struct lp_sink sink;
    struct lp_buf held; /* texts that wait to be merged */
    size_t written;     /* walks */
    bool broken;        /* an error has been said */
};

int lp_worse(int a, int b)
{
    static const int order[] = { 0, 1, 3, 2 };
    return order[a & 3] > order[b & 3] ? a : b;
}

/* ---- places ---- */

/* What cannot be written is said at once; the run is still worth it to the other places. */
static void open_files(struct lp_session *s)
{
    const struct lp_output *outputs = s->config->outputs.at;
    struct lp_style style = lp_style_for(s->config);
    style.color = false;
    style.width = 0; /* what the terminal has is no matter to a file */
    for (size_t i = 0; i < s->config->outputs.n; i++) {
        struct lp_outlet *o = &s->outlets[s->outlet_count];
        *o = (struct lp_outlet){ .renderer = outputs[i].renderer,
                                 .style = style,
                                 .held = lp_buf_new(REPORT_MAX) };
        struct lp_error error = { "" };
        o->broken = !lp_sink_open(&o->sink, outputs[i].path, s->config->arena, &error);
        if (o->broken)
            lp_complain(&error, 0);
        s->failed = s->failed || o->broken;
        s->outlet_count++;
    }
}

static bool has_place(const struct lp_session *s)
{
    bool found = s->outlet_count == 0; /* the status is asked for, nothing else */
    for (size_t i = 0; i < s->outlet_count; i++)
        found = found || !s->outlets[i].broken;
    return found;
}

bool lp_session_open(struct lp_session *s, const struct lp_config *config, size_t walks)
{
    *s = (struct lp_session){ .config = config, .walks = walks };
    s->prior.arena.lang = s->progress.lang = config->lang;
    s->outlets = lp_calloc(config->outputs.n + 1, sizeof *s->outlets);
    if (!config->quiet)
        s->outlets[s->outlet_count++] = (struct lp_outlet){ .renderer = config->format,
                                                            .style = lp_style_for(config),
                                                            .sink = { .fd = -1 },
                                                            .held = lp_buf_new(REPORT_MAX) };
    open_files(s);
    if (has_place(s))
        return true;
    lp_session_drop(s);
    return false;
}

/* ---- walks ---- */

/* One walk under judgement: in English, and in the language of the run when a place wants it. */
struct hearing {
    const struct lp_session *s;
    const struct lp_log *log;
    struct lp_arena arenas[2];
    struct lp_judgement judgements[2];
    bool done[2];
};

static const struct lp_judgement *judged(struct hearing *h, bool speaks)
{
    size_t i = speaks && h->s->config->lang;
    h->arenas[i].lang = i ? h->s->config->lang : NULL;
    if (!h->done[i])
        lp_judge(h->log, &h->arenas[i], &h->judgements[i]);
    h->done[i] = true;
    return &h->judgements[i];
}

static bool put(struct lp_session *s, struct lp_outlet *o, struct lp_str bytes)
{
    struct lp_error error = { "" };
    if (o->broken || lp_sink_put(&o->sink, bytes, &error))
        return !o->broken;
    o->broken = s->failed = true;
    lp_progress_clear(&s->progress);
    lp_complain(&error, 0);
    return false;
}

static bool is_framed(const struct lp_session *s, const struct lp_renderer *r)
{
    return r->first && (r->framed || s->walks > 1);
}

static void put_walk(struct lp_session *s, struct lp_outlet *o, struct hearing *h)
{
    const struct lp_renderer *r = o->renderer;
    const struct lp_judgement *j = judged(h, r->speaks);
    const struct lp_judgement *english = r->holds_json ? judged(h, false) : NULL;
    struct lp_report_input input = { .walks = &j,
                                     .n = 1,
                                     .english = english ? &english : NULL,
                                     .before = o->written,
                                     .previous = r->looks_back
                                                     ? lp_prior_of(&s->prior, j->survey.log)
                                                     : NULL,
                                     .style = o->style,
                                     .thresholds = s->config->thresholds };
    struct lp_buf out = lp_buf_new(REPORT_MAX);
    if (is_framed(s, r))
        lp_buf_text(&out, o->written ? r->between : r->first);
    o->written++;
    if (r->merge && s->walks > 1) {
        r->render(&input, &o->held);
        return;
    }
    r->render(&input, &out);
    if (!o->sink.path)
        lp_progress_clear(&s->progress);
    if (put(s, o, lp_buf_view(&out)) && out.cut) {
        struct lp_error error = { "a report of more than 512 MiB is cut off" };
        o->broken = s->failed = true;
        lp_complain(&error, 0);
    }
    lp_buf_release(&out);
}

int lp_soften(const struct lp_config *config, int status)
{
    if (lp_str_eq(config->fail_on, LP_STR("never")))
        return 0;
    return status == 1 && lp_str_eq(config->fail_on, LP_STR("critical")) ? 0 : status;
}

/* Worst of verdict and thresholds. */
static int status_of(const struct lp_config *config, const struct lp_judgement *j)
{
    const struct lp_threshold *first;
    return lp_soften(config,
                     lp_worse(j->exit_code, lp_threshold_state(&config->thresholds, j, &first)));
}

static bool looks_back(const struct lp_session *s)
{
    bool found = false;
    for (size_t i = 0; i < s->outlet_count; i++)
        found = found || s->outlets[i].renderer->looks_back;
    return found && s->walks > 1;
}

/* In the language of the first place, so that one judgement will do as a rule. */
static const struct lp_judgement *judged_first(struct hearing *h)
{
    return judged(h, h->s->outlet_count && h->s->outlets[0].renderer->speaks);
}

void lp_session_take(struct lp_session *s, const struct lp_log *log)
{
    struct hearing h = { .s = s, .log = log };
    const struct lp_judgement *first = judged_first(&h);
    bool anyone = s->config->quiet;
    bool speaks = !s->config->earlier || lp_earlier_differs(s->config, first);
    s->status = lp_worse(s->status, status_of(s->config, first));
    for (size_t i = 0; i < s->outlet_count; i++) {
        struct lp_outlet *o = &s->outlets[i];
        if (!o->broken && (speaks || o->sink.path))
            put_walk(s, o, &h);
        anyone = anyone || !o->broken;
    }
    s->ended = !anyone;
    if (looks_back(s))
        lp_prior_keep(&s->prior, log);
    for (size_t i = 0; i < LP_COUNT(h.arenas); i++)
        lp_arena_release(&h.arenas[i]);
}

/* ---- the end ---- */

static void put_merged(struct lp_session *s, struct lp_outlet *o)
{
    struct lp_buf out = lp_buf_new(REPORT_MAX);
    o->renderer->merge(lp_buf_view(&o->held), &out);
    put(s, o, lp_buf_view(&out));
    lp_buf_release(&out);
}

static void end_document(struct lp_session *s, struct lp_outlet *o)
{
    const struct lp_renderer *r = o->renderer;
    if (s->config->earlier && !o->written)
        return; /* nothing has changed, and nothing is said */
    if (r->merge && s->walks > 1)
        put_merged(s, o);
    if (!is_framed(s, r))
        return;
    if (!o->written)
        put(s, o, lp_str_of(r->first));
    put(s, o, lp_str_of(r->last));
}

int lp_session_close(struct lp_session *s)
{
    for (size_t i = 0; i < s->outlet_count; i++) {
        struct lp_outlet *o = &s->outlets[i];
        struct lp_error error = { "" };
        end_document(s, o);
        if (!o->sink.path || o->broken || lp_sink_keep(&o->sink, &error))
            continue;
        s->failed = true;
        lp_complain(&error, 0);
    }
    int status = s->failed ? LP_EXIT_UNDECIDED : s->status;
    lp_session_drop(s);
    return status;
}

void lp_session_drop(struct lp_session *s)
{
    for (size_t i = 0; i < s->outlet_count; i++) {
        lp_sink_drop(&s->outlets[i].sink);
        lp_buf_release(&s->outlets[i].held);
    }
    lp_prior_drop(&s->prior);
    lp_free(s->outlets);
    s->outlets = NULL;
    s->outlet_count = 0;
}
