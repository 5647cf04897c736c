/* json_expect.c - the part of the JSON report that a topology adds */
#include "lp/json_parts.h"

#include "lp/say.h"

static void key_str(struct lp_jw *w, const char *key, struct lp_str s)
{
    lp_jw_key(w, key);
    lp_jw_str(w, s);
}

static void key_text(struct lp_jw *w, const char *key, const char *text)
{
    lp_jw_key(w, key);
    lp_jw_text(w, text);
}

static void key_int(struct lp_jw *w, const char *key, size_t value)
{
    lp_jw_key(w, key);
    lp_jw_int(w, (int64_t)value);
}

static void key_day(struct lp_jw *w, const char *key, lp_utc t)
{
    char day[24];
    lp_format_day(t, day, sizeof day);
    key_text(w, key, t == LP_UTC_NONE ? NULL : day);
}

static void put_waiver(struct lp_jw *w, const struct lp_finding *f)
{
    lp_jw_key(w, "waiver");
    if (!f->waiver) {
        lp_jw_null(w);
        return;
    }
    lp_jw_begin_object(w);
    lp_jw_key(w, "valid");
    lp_jw_bool(w, f->waived);
    key_str(w, "reason", f->waiver->reason);
    key_day(w, "from", f->waiver->from);
    key_day(w, "until", f->waiver->until - 1);
    key_int(w, "line", (size_t)f->waiver->mark.line);
    lp_jw_end_object(w);
}

void lp_json_place(struct lp_jw *w, const struct lp_finding *f)
{
    key_text(w, "role", f->role);
    key_str(w, "topology", f->place);
    put_waiver(w, f);
}

static void put_row(struct lp_jw *w, const struct lp_judgement *j, const struct lp_expect_result *r)
{
    const struct lp_expectation *e = r->expectation;
    lp_jw_begin_object(w);
    key_text(w, "kind", lp_expect_word(e->kind));
    key_str(w, "name", lp_say_expected(j->survey.arena, e));
    key_text(w, "state", lp_expect_state_word(r->state));
    key_text(w, "role", e->role);
    key_text(w, "title", e->title);
    key_text(w, "source", e->source);
    key_text(w, "table", e->table);
    key_int(w, "row", (size_t)e->row);
    key_int(w, "line", (size_t)e->mark.line);
    key_str(w, "observed", r->observed);
    lp_jw_key(w, "finding");
    if (r->finding < j->finding_count)
        lp_jw_text(w, j->findings[r->finding].rule->id);
    else
        lp_jw_null(w);
    lp_jw_end_object(w);
}

void lp_json_expectations(struct lp_jw *w, const struct lp_judgement *j)
{
    const struct lp_expect_results *results = &j->expectations;
    lp_jw_key(w, "expectations");
    lp_jw_begin_object(w);
    key_str(w, "topology", j->survey.log->setup.topology);
    for (int state = 0; state < LP_EXPECT_STATES; state++)
        key_int(w, lp_expect_state_word(state), results->count[state]);
    key_int(w, "findings_waived", results->findings_waived);
    lp_jw_key(w, "rows");
    lp_jw_begin_array(w);
    for (size_t i = 0; i < results->n; i++)
        put_row(w, j, &results->at[i]);
    lp_jw_end_array(w);
    lp_jw_end_object(w);
}
