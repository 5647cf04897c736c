/* nagios.c - one line and performance data: the Monitoring Plugins contract (ux.md 2.2) */
#include "lp/renderers.h"
#include "lp/say.h"
#include "lp/summary.h"
#include "lp/text.h"

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
    put_plain(out, lp_say_inner(j->survey.arena, s->trouble->rule->title), LINE_MAX);
}

static void put_seconds(struct lp_buf *out, const char *label, lp_usec us)
{
    if (us >= 0)
        lp_buf_printf(out, " %s=%.3fs;;;0", label, (double)us / 1e6);
}

static void put_performance(const struct lp_judgement *j, const struct lp_summary *s,
                            struct lp_buf *out)
{
    const struct lp_setup *setup = &j->survey.log->setup;
    lp_buf_printf(out, "|time=%.3fs;;;0;%.3f", (double)j->survey.log->end.total_us / 1e6,
                  (double)setup->timeout_us / 1e6);
    if (s->has_days)
        lp_buf_printf(out, " cert_days_min=%lld;%lld:;%lld:", (long long)s->days,
                      (long long)setup->days_warning, (long long)setup->days_critical);
    lp_buf_printf(out, " endpoints_failed=%zu;;;0;%zu", s->failed, s->endpoints);
    lp_buf_printf(out, " findings_critical=%zu;;;0 findings_warning=%zu;;;0",
                  s->by_severity[LP_CRITICAL], s->by_severity[LP_WARNING]);
    if (j->expectations.n)
        lp_buf_printf(out, " expectations_unmet=%zu;0;0;0;%zu", j->expectations.count[LP_UNMET],
                      j->expectations.n - j->expectations.count[LP_LISTED]);
    put_seconds(out, "dns_time_max", s->dns_max);
    lp_buf_char(out, '\n');
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
}

static void put_steps(const struct lp_judgement *j, struct lp_buf *out)
{
    const struct lp_path *path = j->survey.main;
    for (size_t i = 0; i < path->step_count; i++) {
        const struct lp_step_result *step = &path->steps[i];
        lp_buf_printf(out, "step %s ", step->row->label);
        put_plain(out, step->name, 0);
        lp_buf_printf(out, " %s: %s, %s\n", step->type == LP_DNS_SRV ? "SRV" : "A",
                      lp_step_word(step->outcome), lp_say_dns(step->dns, step->type));
    }
}

static void put_endpoints(const struct lp_judgement *j, struct lp_buf *out)
{
    const struct lp_log *log = j->survey.log;
    for (size_t i = 0; i < log->n; i++) {
        if (!lp_link_of(log->at[i]))
            continue;
        put_plain(out, log->at[i]->key, 0);
        lp_buf_text(out, ": ");
        put_plain(out, lp_say_endpoint(&j->survey, log->at[i]).text, 0);
        lp_buf_char(out, '\n');
    }
}

static void put_walk(const struct lp_report_input *input, const struct lp_judgement *j,
                     struct lp_buf *out)
{
    struct lp_summary s = lp_summary_of(j);
    lp_buf_printf(out, "LYNC %s - ", words[j->verdict]);
    put_summary(j, &s, out);
    put_performance(j, &s, out);
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
