/* changed.c - --changed-since: is there something to be said? */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "lp/compare.h"
#include "lp/session.h"
#include "lp/text.h"

bool lp_earlier_take(struct lp_config *config, struct lp_error *error)
{
    struct lp_earlier *earlier = lp_arena_alloc(config->arena, sizeof *earlier);
    struct lp_error hint = { "" };
    if (!config->earlier_file || config->earlier)
        return true;
    config->earlier = earlier;
    if (strcmp(config->earlier_file, "-") == 0 || access(config->earlier_file, F_OK) == 0 ||
        errno != ENOENT)
        return lp_recording_open(config, lp_str_of(config->earlier_file), &earlier->recording,
                                 error);
    lp_fail(&hint, lp_in_lang(config, "%s is not there yet: everything counts as changed"),
            lp_term(config->arena, lp_str_of(config->earlier_file)));
    lp_complain(&hint, 0);
    return true;
}

/* The last one: a recording may hold several runs, one after another. */
static struct lp_log *find(const struct lp_config *config, const struct lp_judgement *now)
{
    const struct lp_recording *recording = &config->earlier->recording;
    for (size_t i = recording->n; i-- > 0;) {
        struct lp_log *log = recording->at[i];
        struct lp_str why;
        if (lp_str_eq(log->setup.domain, now->survey.log->setup.domain) &&
            lp_view_is_internal(log, now->survey.arena, &why) == now->survey.internal)
            return log;
    }
    return NULL;
}

static bool is_news(const struct lp_compared_item *item)
{
    static const bool news[LP_COMPARE_STATES] = { [LP_COMPARE_NEW] = true,
                                                  [LP_COMPARE_GONE] = true,
                                                  [LP_COMPARE_MENDED] = true,
                                                  [LP_COMPARE_BROKEN] = true };
    return news[item->state] ||
           (item->kind == LP_COMPARE_FINDING && item->state != LP_COMPARE_SAME);
}

bool lp_earlier_differs(const struct lp_config *config, const struct lp_judgement *now)
{
    struct lp_arena *arena = now->survey.arena;
    struct lp_log *log = find(config, now);
    struct lp_judgement before;
    struct lp_compared compared;
    if (!log)
        return true;
    if (config->topology && !log->expected)
        lp_run_expect(log, config->topology);
    log->setup.client = now->survey.log->setup.client;
    lp_judge(log, arena, &before);
    lp_compare(&before, now, arena, &compared);
    for (size_t i = 0; i < compared.n; i++) {
        if (is_news(&compared.items[i]))
            return true;
    }
    return before.verdict != now->verdict;
}
