/* nagios.c - one line and performance data: the Monitoring Plugins contract (ux.md 2.2) */
#include "lp/probe.h"
#include "lp/renderers.h"
#include "lp/say.h"
#include "lp/text.h"
#include "lp/threshold.h"

enum { LINE_MAX = 96 };

static const char *const words[] = { "OK", "WARNING", "CRITICAL", "UNKNOWN" };

/* Plain ASCII without the bar that begins the performance data. */
static void put_plain(struct lp_buf *out, struct lp_str text, size_t max)
{
    struct lp_buf shown = lp_buf_new(1 << 16);
    lp_put_term(&shown, text, max);
    for (size_t i = 0; i < shown.n; i++) {
        bool plain = shown.p[i] >= ' ' && shown.p[i] < 0x7f && shown.p[i] != '|';
        lp_buf_char(out, plain ? shown.p[i] : '?');
    }
    lp_buf_release(&shown);
}

/* Worst of the verdict and the thresholds; the index of words. What is not known outweighs a
 * warning, and a user who fails outweighs both. */
static size_t state_of(const struct lp_report_input *input, const struct lp_judgement *j,
                       const struct lp_threshold **first)
{
    static const int weight[] = { 0, 1, 3, 2 };
    int state = lp_threshold_state(&input->thresholds, j, first);
    if (weight[state] > weight[j->verdict])
        return (size_t)state;
    *first = NULL;
    return j->verdict;
}

/* "contoso.com external: sip.contoso.com:443 192.0.2.1: certificate expired" */
static void put_summary(const struct lp_judgement *j, const struct lp_summary *s,
                        struct lp_buf *out)
{
    put_plain(out, j->survey.log->setup.domain, 0);
    lp_buf_printf(out, " %s: ", lp_summary_view(j));
    if (!s->trouble) {
        put_plain(out, j->verdict == LP_VERDICT_OK ? LP_STR("a user can sign in") : j->sentence,
                  LINE_MAX);
        return;
    }
    put_plain(out, s->trouble->subject, LINE_MAX / 2);
    lp_buf_text(out, ": ");
    put_plain(out, lp_str_of(lp_title_inner(j->survey.arena, s->trouble->rule->title)), LINE_MAX);
}

/* Waived ones are known: they stay to be seen, with the reason, and alarm nobody. */
static void put_waived(const struct lp_judgement *j, struct lp_buf *out)
{
    for (size_t i = 0; i < j->finding_count; i++) {
        const struct lp_finding *f = &j->findings[i];
        if (!f->waived)
            continue;
        lp_buf_printf(out, "[ACCEPTED] %s ", f->rule->id);
        put_plain(out, f->subject, 0);
        lp_buf_text(out, " - ");
        put_plain(out, f->waiver->reason, 0);
        lp_buf_char(out, '\n');
    }
}

static void put_findings(const struct lp_judgement *j, struct lp_buf *out)
{
    static const char *const levels[] = { "INFO", "WARNING", "CRITICAL" };
    for (size_t i = 0; i < j->finding_count; i++) {
        const struct lp_finding *f = &j->findings[i];
        if (f->severity == LP_INFO)
            continue;
        lp_buf_printf(out, "[%s] %s ", levels[f->severity], f->rule->id);
        put_plain(out, f->subject, 0);
        lp_buf_text(out, " - ");
        put_plain(out, f->observed, 0);
        lp_buf_char(out, '\n');
    }
    put_waived(j, out);
}

static void put_steps(const struct lp_judgement *j, struct lp_buf *out)
{
    const struct lp_path *path = j->survey.main;
    for (size_t i = 0; i < path->step_count; i++) {
        const struct lp_step_result *step = &path->steps[i];
        lp_buf_printf(out, "step %s ", step->row->label);
        put_plain(out, step->name, 0);
        lp_buf_printf(out, " %s: %s, %s\n", step->type == LP_DNS_SRV ? "SRV" : "A",
                      lp_step_word(step->outcome),
                      lp_say_dns(j->survey.arena, step->dns, step->type));
    }
}

static void put_endpoints(const struct lp_judgement *j, struct lp_buf *out)
{
    const struct lp_log *log = j->survey.log;
    for (size_t i = 0; i < log->n; i++) {
        if (!lp_endpoint_of(log->at[i]))
            continue;
        put_plain(out, log->at[i]->key, 0);
        lp_buf_text(out, ": ");
        put_plain(out, lp_say_endpoint(&j->survey, log->at[i]).text, 0);
        lp_buf_char(out, '\n');
    }
}

static void put_line(const struct lp_report_input *input, const struct lp_judgement *j,
                     struct lp_buf *out)
{
    const struct lp_threshold *first;
    struct lp_summary s = lp_summary_of(j);
    lp_buf_printf(out, "LYNC %s - ", words[state_of(input, j, &first)]);
    if (first)
        lp_buf_printf(out, "%s is beyond its threshold; ", first->metric->name);
    put_summary(j, &s, out);
    if (j->expectations.findings_waived)
        lp_buf_printf(out, " (%zu accepted)", j->expectations.findings_waived);
    lp_buf_char(out, '|');
    lp_put_performance(&input->thresholds, j, out);
    lp_buf_char(out, '\n');
}

static void put_walk(const struct lp_report_input *input, const struct lp_judgement *j,
                     struct lp_buf *out)
{
    put_line(input, j, out);
    if (input->style.verbosity > 0)
        put_findings(j, out);
    if (input->style.verbosity > 1)
        put_steps(j, out);
    if (input->style.verbosity > 2)
        put_endpoints(j, out);
}

void lp_report_nagios(const struct lp_report_input *input, struct lp_buf *out)
{
    for (size_t i = 0; i < input->n; i++)
        put_walk(input, input->walks[i], out);
}
