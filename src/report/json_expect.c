/* json_expect.c - the part of the JSON report that a topology adds */
#include "lp/json_parts.h"

#include "lp/say.h"

static void key_day(struct lp_jw *w, const char *key, lp_utc t)
{
    char day[24];
    lp_format_day(t, day, sizeof day);
    lp_jw_key_text(w, key, t == LP_UTC_NONE ? NULL : day);
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
    lp_jw_key_str(w, "reason", f->waiver->reason);
    key_day(w, "from", f->waiver->from);
    key_day(w, "until", f->waiver->until - 1);
    lp_jw_key_int(w, "line", f->waiver->mark.line);
    lp_jw_end_object(w);
}

void lp_json_place(struct lp_jw *w, const struct lp_finding *f)
{
    lp_jw_key_text(w, "role", f->role);
    lp_jw_key_str(w, "topology", f->place);
    put_waiver(w, f);
}

void lp_json_expectation(struct lp_jw *w, const struct lp_judgement *j,
                         const struct lp_expect_result *r)
{
    const struct lp_expectation *e = r->expectation;
    lp_jw_key_text(w, "kind", lp_expect_word(e->kind));
    lp_jw_key_str(w, "name", lp_say_expected(j->survey.arena, e));
    lp_jw_key_text(w, "state", lp_expect_state_word(r->state));
    lp_jw_key_text(w, "role", e->role);
    lp_jw_key_text(w, "title", e->title);
    lp_jw_key_text(w, "source", e->source);
    lp_jw_key_text(w, "table", e->table);
    lp_jw_key_int(w, "row", e->row);
    lp_jw_key_int(w, "line", e->mark.line);
    lp_jw_key_str(w, "observed", r->observed);
    lp_jw_key(w, "finding");
    if (r->finding < j->finding_count)
        lp_jw_text(w, j->findings[r->finding].rule->id);
    else
        lp_jw_null(w);
}

static void put_row(struct lp_jw *w, const struct lp_judgement *j, const struct lp_expect_result *r)
{
    lp_jw_begin_object(w);
    lp_json_expectation(w, j, r);
    lp_jw_end_object(w);
}

void lp_json_counts(struct lp_jw *w, const struct lp_judgement *j)
{
    const struct lp_expect_results *results = &j->expectations;
    lp_jw_key_str(w, "topology", j->survey.log->setup.topology);
    for (int state = 0; state < LP_EXPECT_STATES; state++)
        lp_jw_key_int(w, lp_expect_state_word(state), (int64_t)results->count[state]);
    lp_jw_key_int(w, "findings_waived", (int64_t)results->findings_waived);
}

void lp_json_expectations(struct lp_jw *w, const struct lp_judgement *j)
{
    const struct lp_expect_results *results = &j->expectations;
    lp_jw_key(w, "expectations");
    lp_jw_begin_object(w);
    lp_json_counts(w, j);
    lp_jw_key(w, "rows");
    lp_jw_begin_array(w);
    for (size_t i = 0; i < results->n; i++)
        put_row(w, j, &results->at[i]);
    lp_jw_end_array(w);
    lp_jw_end_object(w);
}
