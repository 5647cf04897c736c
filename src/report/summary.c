/* summary.c - a judgement in a few numbers */
#include "lp/summary.h"

#include "lp/lang.h"
#include "lp/probe.h"
#include "lp/say.h"
#include "lp/text.h"

enum { DAY = 86400 };

static void count_certificate(struct lp_summary *s, const struct lp_judgement *j,
                              const struct lp_link *link)
{
    const struct lp_certificate *leaf = lp_log_leaf(j->survey.log, link);
    if (!leaf || leaf->not_after == LP_UTC_NONE || (s->has_days && leaf->not_after >= s->first_end))
        return;
    int64_t left = leaf->not_after - j->survey.log->setup.clock;
    s->has_days = true;
    s->first_end = leaf->not_after;
    s->days = left >= 0 ? left / DAY : -((-left + DAY - 1) / DAY);
}

static void count_evidence(struct lp_summary *s, const struct lp_judgement *j,
                           const struct lp_evidence *e)
{
    const struct lp_link *link = lp_endpoint_of(e);
    if (lp_dns_of(e) && e->elapsed > s->dns_max)
        s->dns_max = e->elapsed;
    if (!link)
        return;
    s->endpoints++;
    s->failed += !lp_summary_is_well(j, e);
    count_certificate(s, j, link);
}

struct lp_summary lp_summary_of(const struct lp_judgement *j)
{
    struct lp_summary s = { .first_end = LP_UTC_NONE, .dns_max = -1 };
    const struct lp_log *log = j->survey.log;
    for (size_t i = 0; i < log->n; i++)
        count_evidence(&s, j, log->at[i]);
    for (size_t i = 0; i < j->finding_count; i++) {
        const struct lp_finding *f = &j->findings[i];
        s.by_severity[f->severity]++;
        if (!s.trouble && f->severity != LP_INFO)
            s.trouble = f;
    }
    if (j->named != SIZE_MAX)
        s.trouble = &j->findings[j->named];
    return s;
}

bool lp_summary_is_well(const struct lp_judgement *j, const struct lp_evidence *e)
{
    return e->outcome == LP_OK && lp_say_endpoint(&j->survey, e).well;
}

struct lp_str lp_summary_servers(const struct lp_judgement *j)
{
    const struct lp_setup *setup = &j->survey.log->setup;
    const struct lp_server *servers = setup->servers.at;
    struct lp_arena *arena = j->survey.arena;
    struct lp_str list = LP_STR("");
    for (size_t i = 0; i < setup->servers.n; i++) {
        struct lp_str parts[] = { list, i ? LP_STR(", ") : LP_STR(""),
                                  lp_clean_text(arena, servers[i].label, NULL) };
        list = lp_arena_join(arena, parts, LP_COUNT(parts));
    }
    return list;
}

const char *lp_summary_view(const struct lp_judgement *j)
{
    return j->survey.internal ? LP_TR("internal") : LP_TR("external");
}
