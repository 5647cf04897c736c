/* record_write.c - setup, evidence and end as lines of a recording. */
#include "lp/fieldjson.h"
#include "lp/record.h"

/* A line that the limit would cut is left out: a reader must never take a cut member
 * for a short one. */
static void end_line(struct lp_jw *w, struct lp_whole line)
{
    lp_jw_end_object(w);
    lp_buf_char(w->out, '\n');
    lp_whole_end(w->out, line);
}

void lp_record_header(struct lp_buf *out, const struct lp_setup *setup)
{
    struct lp_whole line = lp_whole_begin(out);
    struct lp_jw w = lp_jw_new(out, false);
    lp_jw_begin_object(&w);
    lp_jw_key(&w, "record");
    lp_jw_text(&w, "lyncprobe/record/1");
    lp_fields_write(&w, lp_setup_fields, setup);
    end_line(&w, line);
}

void lp_record_evidence(struct lp_buf *out, const struct lp_evidence *e)
{
    struct lp_whole line = lp_whole_begin(out);
    struct lp_jw w = lp_jw_new(out, false);
    lp_jw_begin_object(&w);
    lp_jw_key(&w, "id");
    lp_jw_int(&w, e->id);
    lp_jw_key(&w, "parent");
    lp_jw_int(&w, e->parent);
    lp_jw_key(&w, "kind");
    lp_jw_text(&w, e->shape->name);
    lp_jw_key(&w, "key");
    lp_jw_str(&w, e->key);
    lp_jw_key(&w, "outcome");
    lp_jw_text(&w, lp_outcome_word(e->outcome));
    lp_jw_key(&w, "why");
    lp_jw_str(&w, e->why);
    lp_jw_key(&w, "started");
    lp_jw_int(&w, e->started);
    lp_jw_key(&w, "elapsed");
    lp_jw_int(&w, e->elapsed);
    lp_jw_key(&w, "facts");
    lp_jw_begin_object(&w);
    lp_fields_write(&w, e->shape->fields, e->facts);
    lp_jw_end_object(&w);
    end_line(&w, line);
}

void lp_record_end(struct lp_buf *out, const struct lp_end *end)
{
    struct lp_whole line = lp_whole_begin(out);
    struct lp_jw w = lp_jw_new(out, false);
    lp_jw_begin_object(&w);
    lp_jw_key(&w, "end");
    lp_jw_bool(&w, true);
    lp_fields_write(&w, lp_end_fields, end);
    end_line(&w, line);
}

void lp_record_log(struct lp_buf *out, const struct lp_log *log)
{
    lp_record_header(out, &log->setup);
    for (size_t i = 0; i < log->n; i++)
        lp_record_evidence(out, log->at[i]);
    lp_record_end(out, &log->end);
}
