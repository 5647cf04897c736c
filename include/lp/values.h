/* values.h - what options do with their values: one function a kind of value, for the table
 * in options.c. */
#ifndef LP_VALUES_H
#define LP_VALUES_H

#include "lp/options.h"

/*
 * Puts the value at its place `at` in the configuration; an option without a value gets the
 * unset slice. False: error says what is wrong with the value, and names it.
 */
typedef bool lp_setter(struct lp_config *config, void *at, struct lp_str value,
                       struct lp_error *error);

/* bool: true. int64_t: one more (-vvv). */
lp_setter lp_set_flag, lp_set_count;
/* const char *: a file name, not empty. */
lp_setter lp_set_path;
/* int64_t, at least 1: worker processes at most 64, walks in flight at most 1000, questions a
 * second at most 100000. */
lp_setter lp_set_workers, lp_set_parallel, lp_set_rate;
/* int64_t microseconds from "2.5": more than 0, at most an hour. */
lp_setter lp_set_seconds;
/* struct lp_str: a word. */
lp_setter lp_set_role;
/* int64_t seconds: at least 1, at most a week. */
lp_setter lp_set_window;
/* struct lp_str: one word of a fixed list. */
lp_setter lp_set_view, lp_set_color, lp_set_client, lp_set_shell, lp_set_fail_on;
/* struct lp_str: one of the parts of lp_dump_roff. */
lp_setter lp_set_part;
/* const struct lp_lang *: a language of lp_langs, or "en" for NULL. */
lp_setter lp_set_lang;
/* const struct lp_renderer *, and the formats of plan and compare beside it; struct lp_list of
 * struct lp_output. */
lp_setter lp_set_format, lp_set_output;
/* A format's name may be one of a report, a plan, a comparison; NULL: not. */
struct lp_format {
    const struct lp_renderer *renderer;
    const struct lp_plan_renderer *plan;
    const struct lp_compare_renderer *compare;
};
/* Has the command that format? False: "plan: no such format: record; did you mean json?" */
bool lp_format_fits(struct lp_config *config, const struct lp_format *format,
                    struct lp_error *error);
/* struct lp_list: of struct lp_str that parse as address ranges; of the rules of setup.h. At
 * most LP_RULES_MAX of each. */
lp_setter lp_set_allow, lp_set_resolve, lp_set_connect, lp_set_answer, lp_set_deny;
/* struct lp_list of struct lp_zone_file, one for an origin. */
lp_setter lp_set_zone_file;
enum { LP_RULES_MAX = 1000 };
/* struct lp_list of words: a domain. Two int64_t, days: WARN[,CRIT]. struct lp_list of struct
 * lp_threshold. */
lp_setter lp_set_domain, lp_set_days, lp_set_threshold;
/* Refuses what other plugins take, and says what is meant. */
lp_setter lp_set_range_alone;
/* bool: true; "all" into help_topic. */
lp_setter lp_set_help;

#endif
