/* json_parts.c - values that the JSON formats share */
#include "lp/json_parts.h"

void lp_json_addr(struct lp_jw *w, const struct lp_addr *a)
{
    char text[LP_ADDR_TEXT];
    lp_addr_format(a, text, sizeof text);
    lp_jw_text(w, a->family ? text : NULL);
}

void lp_json_utc(struct lp_jw *w, lp_utc t)
{
    char text[24];
    lp_format_utc(t, text, sizeof text);
    lp_jw_text(w, t == LP_UTC_NONE ? NULL : text);
}

void lp_json_strs(struct lp_jw *w, const struct lp_list *list)
{
    const struct lp_str *at = list->at;
    lp_jw_begin_array(w);
    for (size_t i = 0; i < list->n; i++)
        lp_jw_str(w, at[i]);
    lp_jw_end_array(w);
}

/* "host:port" of what a step leads to; null when there is none. */
void lp_json_endpoint(struct lp_jw *w, const struct lp_survey *survey,
                      const struct lp_step_result *step)
{
    if (!step || !step->endpoint_host.n) {
        lp_jw_null(w);
        return;
    }
    struct lp_str parts[] = {
        step->endpoint_host, lp_arena_printf(survey->arena, ":%lld", (long long)step->endpoint_port)
    };
    lp_jw_str(w, lp_arena_join(survey->arena, parts, LP_COUNT(parts)));
}
