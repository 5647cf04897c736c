/* junit.c - JUnit XML that the Ant and the Jenkins schemas accept (ux.md 2.6) */
#include "lp/renderers.h"
#include "lp/say.h"
#include "lp/summary.h"
#include "lp/text.h"

enum state { PASSED, FAILURE, ERROR, SKIPPED, STATES };

/* One test case of a walk. */
struct item {
    const char *group;
    struct lp_str name, message;
    struct lp_str type; /* finding id, or the outcome's word */
    enum state state;
};

struct suite {
    const struct lp_judgement *j;
    struct item *at;
    size_t n, room;
    size_t count[STATES];
};

static void add(struct suite *suite, struct item item)
{
    if (suite->n == suite->room)
        return;
    suite->count[item.state]++;
    suite->at[suite->n++] = item;
}

/* ---- what is tested ---- */

static void add_sign_in(struct suite *suite)
{
    static const enum state states[] = { PASSED, PASSED, FAILURE, ERROR };
    const struct lp_judgement *j = suite->j;
    add(suite, (struct item){ "verdict", LP_STR("a user can sign in"), j->sentence,
                              lp_str_of(lp_verdict_word(j->verdict)), states[j->verdict] });
}

static void add_step(struct suite *suite, const struct lp_step_result *step)
{
    static const enum state states[] = {
        [LP_STEP_USED] = PASSED,    [LP_STEP_FOUND_NOT_USED] = PASSED, [LP_STEP_MISSING] = SKIPPED,
        [LP_STEP_BROKEN] = FAILURE, [LP_STEP_SKIPPED] = SKIPPED,       [LP_STEP_UNDECIDED] = ERROR,
    };
    struct lp_str parts[] = { LP_STR("step "), lp_str_of(step->row->label), LP_STR(" "), step->name,
                              step->type == LP_DNS_SRV ? LP_STR(" SRV") : LP_STR(" A") };
    add(suite, (struct item){ "walk", lp_arena_join(suite->j->survey.arena, parts, LP_COUNT(parts)),
                              lp_str_of(lp_say_dns(suite->j->survey.arena, step->dns, step->type)),
                              lp_str_of(lp_step_word(step->outcome)), states[step->outcome] });
}

static void add_finding(struct suite *suite, const struct lp_finding *f)
{
    struct lp_arena *arena = suite->j->survey.arena;
    struct lp_str name[] = { lp_str_of(f->rule->id), LP_STR(" "), f->subject };
    struct lp_str text[] = { f->subject, LP_STR(": expected "), f->expected, LP_STR("; observed "),
                             f->observed };
    add(suite, (struct item){ "finding", lp_arena_join(arena, name, LP_COUNT(name)),
                              lp_arena_join(arena, text, LP_COUNT(text)), lp_str_of(f->rule->id),
                              FAILURE });
}

/* "certificate front-end pool01.contoso.com:5061 10.0.0.1 (contoso.yaml:14)": the schemas know no
 * file and line. */
static void add_expectation(struct suite *suite, const struct lp_expect_result *result)
{
    static const enum state states[] = { PASSED, FAILURE, ERROR, SKIPPED };
    const struct lp_expectation *e = result->expectation;
    struct lp_arena *arena = suite->j->survey.arena;
    const struct lp_topology *topology = suite->j->survey.log->expected->topology;
    struct lp_str what = lp_say_expected(arena, e);
    const char *file = lp_term(arena, topology->file);
    add(suite, (struct item){ lp_expect_word(e->kind),
                              lp_arena_printf(arena, "%s %s (%s:%lld)", e->role,
                                              lp_term(arena, what), file, (long long)e->mark.line),
                              result->observed, lp_str_of(lp_expect_state_word(result->state)),
                              states[result->state] });
}

static struct suite suite_of(const struct lp_judgement *j)
{
    const struct lp_path *path = j->survey.main;
    struct suite suite = { .j = j,
                           .room = 1 + path->step_count + j->expectations.n + j->finding_count };
    suite.at = lp_arena_array(j->survey.arena, suite.room, sizeof *suite.at);
    add_sign_in(&suite);
    for (size_t i = 0; i < path->step_count; i++)
        add_step(&suite, &path->steps[i]);
    for (size_t i = 0; i < j->expectations.n; i++)
        add_expectation(&suite, &j->expectations.at[i]);
    for (size_t i = 0; i < j->finding_count; i++) {
        if (j->findings[i].severity != LP_INFO)
            add_finding(&suite, &j->findings[i]);
    }
    return suite;
}

/* ---- XML ---- */

static void put_attribute(struct lp_buf *out, const char *name, struct lp_str value)
{
    lp_buf_printf(out, " %s=\"", name);
    lp_put_markup(out, value);
    lp_buf_char(out, '"');
}

static void put_item(const struct suite *suite, const struct item *item, struct lp_buf *out)
{
    static const char *const elements[] = { NULL, "failure", "error", "skipped" };
    lp_buf_text(out, "    <testcase");
    put_attribute(out, "name", item->name);
    lp_buf_text(out, " classname=\"");
    lp_put_markup(out, suite->j->survey.log->setup.domain);
    lp_buf_printf(out, ".%s.%s\" time=\"0\"", lp_summary_view(suite->j), item->group);
    if (item->state == PASSED) {
        lp_buf_text(out, "/>\n");
        return;
    }
    lp_buf_printf(out, ">\n      <%s", elements[item->state]);
    if (item->state != SKIPPED) {
        put_attribute(out, "type", item->type);
        put_attribute(out, "message", item->message);
        lp_buf_char(out, '>');
        lp_put_markup(out, item->message);
        lp_buf_printf(out, "</%s>\n    </testcase>\n", elements[item->state]);
    } else {
        lp_buf_text(out, "/>\n    </testcase>\n");
    }
}

static void put_property(struct lp_buf *out, const char *name, struct lp_str value)
{
    lp_buf_printf(out, "      <property name=\"%s\"", name);
    put_attribute(out, "value", value);
    lp_buf_text(out, "/>\n");
}

/* The schemas want a time without a zone; it is UTC. */
static void put_head(const struct suite *suite, size_t id, struct lp_buf *out)
{
    char when[24];
    const struct lp_log *log = suite->j->survey.log;
    lp_format_utc(log->setup.clock, when, sizeof when);
    struct lp_str name[] = { log->setup.domain, LP_STR(" "), lp_str_of(lp_summary_view(suite->j)) };
    lp_buf_printf(out, "  <testsuite id=\"%zu\" package=\"lyncprobe\"", id);
    put_attribute(out, "name", lp_arena_join(suite->j->survey.arena, name, LP_COUNT(name)));
    put_attribute(out, "timestamp", lp_str_sub(lp_str_of(when), 0, 19));
    put_attribute(out, "hostname", log->setup.domain);
    lp_buf_printf(out,
                  " tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" skipped=\"%zu\" time=\"%.3f\">\n",
                  suite->n, suite->count[FAILURE], suite->count[ERROR], suite->count[SKIPPED],
                  (double)log->end.total_us / 1e6);
    lp_buf_text(out, "    <properties>\n");
    put_property(out, "program", log->setup.program);
    put_property(out, "servers", lp_summary_servers(suite->j));
    put_property(out, "client", lp_str_of(suite->j->survey.main->client->name));
    lp_buf_text(out, "    </properties>\n");
}

static void put_suite(const struct lp_judgement *j, size_t id, struct lp_buf *out)
{
    struct suite suite = suite_of(j);
    put_head(&suite, id, out);
    for (size_t i = 0; i < suite.n; i++)
        put_item(&suite, &suite.at[i], out);
    lp_buf_text(out, "    <system-out>");
    lp_put_markup(out, j->sentence);
    lp_buf_text(out, "</system-out>\n    <system-err/>\n  </testsuite>\n");
}

void lp_report_junit(const struct lp_report_input *input, struct lp_buf *out)
{
    for (size_t i = 0; i < input->n; i++)
        put_suite(input->walks[i], input->before + i, out);
}
