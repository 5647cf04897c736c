/* threshold.c - ranges of the plugin contract, and the numbers that they watch (ux.md 2.2) */
#include "lp/threshold.h"

#include <math.h>
#include <stdlib.h>

#include "lp/near.h"
#include "lp/text.h"

/* ---- ranges ---- */

/* Digits with a sign and a point; nothing else that strtod would take. */
static bool parse_number(struct lp_str text, double *out)
{
    char digits[32];
    char *end = NULL;
    if (!text.n || text.n >= sizeof digits)
        return false;
    for (size_t i = 0; i < text.n; i++) {
        bool sign = i == 0 && (text.p[i] == '-' || text.p[i] == '+');
        if (!sign && text.p[i] != '.' && (text.p[i] < '0' || text.p[i] > '9'))
            return false;
        digits[i] = text.p[i];
    }
    digits[text.n] = '\0';
    *out = strtod(digits, &end);
    return end == digits + text.n;
}

bool lp_range_parse(struct lp_str text, struct lp_range *out)
{
    *out = (struct lp_range){ .set = true, .start = 0, .end = HUGE_VAL, .text = text };
    struct lp_str rest = text;
    if (rest.n && rest.p[0] == '@') {
        out->inside = true;
        rest = lp_str_sub(rest, 1, rest.n);
    }
    if (lp_str_find(rest, ':') == rest.n)
        return parse_number(rest, &out->end) && out->end >= 0;
    struct lp_str end = rest;
    struct lp_str start = lp_str_cut(&end, ':');
    if (lp_str_eq(start, LP_STR("~")))
        out->start = -HUGE_VAL;
    else if (start.n && !parse_number(start, &out->start))
        return false;
    return (!end.n || parse_number(end, &out->end)) && out->start <= out->end;
}

bool lp_range_alerts(const struct lp_range *range, double value)
{
    bool within = value >= range->start && value <= range->end;
    return range->set && within == range->inside;
}

/* ---- metrics ---- */

static bool time_value(const struct lp_judgement *j, const struct lp_summary *s, double *value)
{
    (void)s;
    *value = (double)j->survey.log->end.total_us / 1e6;
    return true;
}

static double time_max(const struct lp_judgement *j, const struct lp_summary *s)
{
    (void)s;
    return (double)j->survey.log->setup.timeout_us / 1e6;
}

static bool days_value(const struct lp_judgement *j, const struct lp_summary *s, double *value)
{
    (void)j;
    *value = (double)s->days;
    return s->has_days;
}

static bool failed_value(const struct lp_judgement *j, const struct lp_summary *s, double *value)
{
    (void)j;
    *value = (double)s->failed;
    return true;
}

static double failed_max(const struct lp_judgement *j, const struct lp_summary *s)
{
    (void)j;
    return (double)s->endpoints;
}

static bool critical_value(const struct lp_judgement *j, const struct lp_summary *s, double *value)
{
    (void)j;
    *value = (double)s->by_severity[LP_CRITICAL];
    return true;
}

static bool warning_value(const struct lp_judgement *j, const struct lp_summary *s, double *value)
{
    (void)j;
    *value = (double)s->by_severity[LP_WARNING];
    return true;
}

static bool unmet_value(const struct lp_judgement *j, const struct lp_summary *s, double *value)
{
    (void)s;
    *value = (double)j->expectations.count[LP_UNMET];
    return j->expectations.n > 0;
}

static double unmet_max(const struct lp_judgement *j, const struct lp_summary *s)
{
    (void)s;
    return (double)(j->expectations.n - j->expectations.count[LP_LISTED]);
}

static bool dns_value(const struct lp_judgement *j, const struct lp_summary *s, double *value)
{
    (void)j;
    *value = (double)s->dns_max / 1e6;
    return s->dns_max >= 0;
}

const struct lp_metric lp_metrics[] = {
    { "time", "s", "duration of the walk", false, 3, time_value, time_max },
    { "cert_days_min", "", "days until the first certificate ends", true, 0, days_value, NULL },
    { "endpoints_failed", "", "connections that did not answer", false, 0, failed_value,
      failed_max },
    { "findings_critical", "", "critical findings", false, 0, critical_value, NULL },
    { "findings_warning", "", "warnings", false, 0, warning_value, NULL },
    { "expectations_unmet", "", "rows of the topology that are not met", false, 0, unmet_value,
      unmet_max },
    { "dns_time_max", "s", "slowest DNS answer", false, 3, dns_value, NULL },
};
const size_t lp_metric_count = LP_COUNT(lp_metrics);

static const struct lp_metric *metric_by_name(struct lp_str name)
{
    for (size_t i = 0; i < LP_COUNT(lp_metrics); i++) {
        if (lp_str_eq(lp_str_of(lp_metrics[i].name), name))
            return &lp_metrics[i];
    }
    return NULL;
}

/* ---- thresholds ---- */

static bool fail_metric(struct lp_arena *arena, struct lp_str name, struct lp_error *error)
{
    const char *names[LP_COUNT(lp_metrics) + 1] = { NULL };
    for (size_t i = 0; i < LP_COUNT(lp_metrics); i++)
        names[i] = lp_metrics[i].name;
    return lp_fail(error, "no such metric: %s; did you mean %s?", lp_word(arena, name),
                   lp_nearest(name, names));
}

/* What of it is wrong, in words; NULL: nothing. */
static const char *range_fault(struct lp_arena *arena, const struct lp_metric *metric,
                               struct lp_str text, struct lp_range *range)
{
    const char *word = lp_word(arena, text);
    if (!text.n)
        return NULL;
    if (!lp_range_parse(text, range))
        return lp_arena_printf(arena, "%s is no range, such as 10:20 or ~:5", word).p;
    bool bare = !range->inside && lp_str_find(text, ':') == text.n;
    if (metric->minimum && bare)
        return lp_arena_printf(arena, "%s would alert above %s; did you mean %s:?", metric->name,
                               word, word)
            .p;
    return NULL;
}

bool lp_threshold_parse(struct lp_arena *arena, struct lp_str text, struct lp_threshold *out,
                        struct lp_error *error)
{
    struct lp_str critical = text;
    struct lp_str name = lp_str_cut(&critical, '=');
    struct lp_str warning = lp_str_cut(&critical, ',');
    *out = (struct lp_threshold){ .metric = metric_by_name(name) };
    if (!out->metric)
        return fail_metric(arena, name, error);
    if (!warning.n && !critical.n)
        return lp_fail(error, "%s needs METRIC=WARN[,CRIT]", lp_word(arena, text));
    const char *fault = range_fault(arena, out->metric, warning, &out->warning);
    if (!fault)
        fault = range_fault(arena, out->metric, critical, &out->critical);
    return !fault || lp_fail(error, "%s", fault);
}

static const struct lp_threshold *threshold_of(const struct lp_list *thresholds,
                                               const struct lp_metric *metric)
{
    const struct lp_threshold *at = thresholds->at;
    for (size_t i = thresholds->n; i > 0; i--) {
        if (at[i - 1].metric == metric)
            return &at[i - 1];
    }
    return NULL;
}

int lp_threshold_state(const struct lp_list *thresholds, const struct lp_judgement *j,
                       const struct lp_threshold **first)
{
    struct lp_summary s = lp_summary_of(j);
    const struct lp_threshold *at = thresholds->at;
    int worst = 0;
    *first = NULL;
    for (size_t i = 0; i < thresholds->n; i++) {
        double value = 0;
        if (threshold_of(thresholds, at[i].metric) != &at[i] || !at[i].metric->value(j, &s, &value))
            continue;
        int state = lp_range_alerts(&at[i].critical, value)  ? 2
                    : lp_range_alerts(&at[i].warning, value) ? 1
                                                             : 0;
        if (state > worst) {
            worst = state;
            *first = &at[i];
        }
    }
    return worst;
}

/* The limits that the judge goes by stand where nobody says others. */
static void put_limits(const struct lp_metric *metric, const struct lp_threshold *threshold,
                       const struct lp_judgement *j, struct lp_buf *out)
{
    const struct lp_setup *setup = &j->survey.log->setup;
    lp_buf_char(out, ';');
    if (threshold)
        lp_buf_str(out, threshold->warning.text);
    else if (metric->minimum)
        lp_buf_printf(out, "%lld:", (long long)setup->days_warning);
    lp_buf_char(out, ';');
    if (threshold)
        lp_buf_str(out, threshold->critical.text);
    else if (metric->minimum)
        lp_buf_printf(out, "%lld:", (long long)setup->days_critical);
}

void lp_put_performance(const struct lp_list *thresholds, const struct lp_judgement *j,
                        struct lp_buf *out)
{
    struct lp_summary s = lp_summary_of(j);
    for (size_t i = 0; i < LP_COUNT(lp_metrics); i++) {
        const struct lp_metric *m = &lp_metrics[i];
        double value = 0;
        if (!m->value(j, &s, &value))
            continue;
        lp_buf_printf(out, "%s%s=%.*f%s", i ? " " : "", m->name, m->decimals, value, m->unit);
        put_limits(m, threshold_of(thresholds, m), j, out);
        if (!m->minimum)
            lp_buf_text(out, ";0");
        if (m->max)
            lp_buf_printf(out, ";%.*f", m->decimals, m->max(j, &s));
    }
}
