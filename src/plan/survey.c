/* survey.c - the log as the clients would live it */
#include "lp/path.h"

const char *lp_step_word(enum lp_step_outcome outcome)
{
    static const char *const words[] = { "used",   "found-not-used", "missing",
                                         "broken", "skipped",        "undecided" };
    return words[outcome];
}

const char *lp_path_word(enum lp_path_outcome outcome)
{
    static const char *const words[] = { "signs-in", "fails", "undecided" };
    return words[outcome];
}

void lp_survey_make(const struct lp_log *log, struct lp_arena *arena, struct lp_survey *out)
{
    *out = (struct lp_survey){ .log = log, .arena = arena };
    out->internal = lp_view_is_internal(log, arena, &out->view_why);
    out->path_count = lp_client_count;
    out->paths = lp_arena_array(arena, lp_client_count, sizeof *out->paths);
    for (size_t i = 0; i < lp_client_count; i++) {
        lp_path_make(out, &lp_clients[i], &out->paths[i]);
        if (lp_str_eq(lp_str_of(lp_clients[i].name), log->setup.client))
            out->main = &out->paths[i];
    }
    if (!out->main)
        out->main = &out->paths[0];
}
