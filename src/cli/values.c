/* values.c - the values of options: flags, numbers, words, files, formats */
#include "lp/values.h"
#include "lp/threshold.h"

#include <string.h>

#include "lp/client.h"
#include "lp/near.h"
#include "lp/text.h"

bool lp_set_flag(struct lp_config *c, void *at, struct lp_str value, struct lp_error *error)
{
    (void)c;
    (void)value;
    (void)error;
    *(bool *)at = true;
    return true;
}

bool lp_set_count(struct lp_config *c, void *at, struct lp_str value, struct lp_error *error)
{
    (void)c;
    (void)value;
    (void)error;
    ++*(int64_t *)at;
    return true;
}

bool lp_set_path(struct lp_config *c, void *at, struct lp_str value, struct lp_error *error)
{
    if (!value.n)
        return lp_fail(error, lp_in_lang(c, "needs a file name"));
    *(const char **)at = lp_arena_str(c->arena, value).p;
    return true;
}

static bool parse_number(struct lp_str value, uint64_t max, int64_t *out)
{
    uint64_t number = 0;
    if (!lp_str_to_u64(value, max, &number) || !number)
        return false;
    *out = (int64_t)number;
    return true;
}

static bool fail_number(struct lp_config *c, struct lp_str value, int max, struct lp_error *error)
{
    return lp_fail(error, lp_in_lang(c, "%s is no number from 1 to %d"), lp_word(c->arena, value),
                   max);
}

enum { WORKERS_MAX = 64, PARALLEL_MAX = 1000, RATE_MAX = 100000 };

bool lp_set_workers(struct lp_config *c, void *at, struct lp_str value, struct lp_error *error)
{
    return parse_number(value, WORKERS_MAX, at) || fail_number(c, value, WORKERS_MAX, error);
}

bool lp_set_parallel(struct lp_config *c, void *at, struct lp_str value, struct lp_error *error)
{
    return parse_number(value, PARALLEL_MAX, at) || fail_number(c, value, PARALLEL_MAX, error);
}

bool lp_set_rate(struct lp_config *c, void *at, struct lp_str value, struct lp_error *error)
{
    return parse_number(value, RATE_MAX, at) || fail_number(c, value, RATE_MAX, error);
}

bool lp_set_window(struct lp_config *c, void *at, struct lp_str value, struct lp_error *error)
{
    enum { WINDOW_MAX = 7 * 24 * 3600 };
    return parse_number(value, WINDOW_MAX, at) || fail_number(c, value, WINDOW_MAX, error);
}

/* "2.5", "10", ".5": digits, at most six of them behind the point. */
static bool parse_seconds(struct lp_str text, int64_t *us)
{
    struct lp_str part = text;
    struct lp_str whole = lp_str_cut(&part, '.');
    uint64_t seconds = 0, fraction = 0;
    if (!whole.n && !part.n)
        return false;
    if ((whole.n && !lp_str_to_u64(whole, 3600, &seconds)) || part.n > 6 ||
        (part.n && !lp_str_to_u64(part, 999999, &fraction)))
        return false;
    for (size_t i = part.n; i < 6; i++)
        fraction *= 10;
    *us = (int64_t)(seconds * 1000000 + fraction);
    return *us > 0 && *us <= INT64_C(3600000000);
}

bool lp_set_seconds(struct lp_config *c, void *at, struct lp_str value, struct lp_error *error)
{
    int64_t us = 0;
    if (!parse_seconds(value, &us))
        return lp_fail(error, lp_in_lang(c, "%s is no time in seconds up to 3600, such as 2.5"),
                       lp_word(c->arena, value));
    *(int64_t *)at = us;
    return true;
}

bool lp_fail_near(struct lp_error *error, const char *what, struct lp_str word,
                  const char *const *words)
{
    struct lp_arena arena = { 0 };
    lp_fail(error, "%s: %s; did you mean %s?", what, lp_word(&arena, word),
            lp_nearest(word, words));
    lp_arena_release(&arena);
    return false;
}

static bool set_one_of(void *at, struct lp_str value, const char *const *words,
                       struct lp_error *error)
{
    for (size_t i = 0; words[i]; i++) {
        if (lp_str_eq(lp_str_of(words[i]), value)) {
            *(struct lp_str *)at = lp_str_of(words[i]);
            return true;
        }
    }
    return lp_fail_near(error, "no such value", value, words);
}

bool lp_set_role(struct lp_config *c, void *at, struct lp_str value, struct lp_error *error)
{
    *(struct lp_str *)at = lp_arena_str(c->arena, value);
    return value.n || lp_fail(error, lp_in_lang(c, "needs a role, such as front-end"));
}

bool lp_set_domain(struct lp_config *c, void *at, struct lp_str value, struct lp_error *error)
{
    (void)error;
    lp_list_push(c->arena, at, &value, sizeof value);
    return true;
}

/* "45", "45,14": days of warning, then of critical. */
bool lp_set_days(struct lp_config *c, void *at, struct lp_str value, struct lp_error *error)
{
    enum { DAYS_MAX = 36500 };
    int64_t *days = at;
    uint64_t warning = 0, critical = 0;
    struct lp_str rest = value;
    struct lp_str first = lp_str_cut(&rest, ',');
    if (!lp_str_to_u64(first, DAYS_MAX, &warning) ||
        (rest.n && !lp_str_to_u64(rest, DAYS_MAX, &critical)) || critical > warning)
        return lp_fail(error, lp_in_lang(c, "%s is no number of days WARN[,CRIT], such as 45,14"),
                       lp_word(c->arena, value));
    days[0] = (int64_t)warning;
    days[1] = (int64_t)critical;
    return true;
}

bool lp_set_threshold(struct lp_config *c, void *at, struct lp_str value, struct lp_error *error)
{
    struct lp_threshold threshold;
    if (!lp_threshold_parse(c->arena, value, &threshold, error))
        return false;
    lp_list_push(c->arena, at, &threshold, sizeof threshold);
    return true;
}

bool lp_set_range_alone(struct lp_config *c, void *at, struct lp_str value, struct lp_error *error)
{
    (void)at;
    return lp_fail(
        error,
        lp_in_lang(c, "of which number? did you mean --threshold time=%s, or -C %s for days?"),
        lp_word(c->arena, value), lp_word(c->arena, value));
}

bool lp_set_fail_on(struct lp_config *c, void *at, struct lp_str value, struct lp_error *error)
{
    static const char *const words[] = { "critical", "warning", "never", NULL };
    (void)c;
    return set_one_of(at, value, words, error);
}

bool lp_set_lang(struct lp_config *c, void *at, struct lp_str value, struct lp_error *error)
{
    const struct lp_lang **to = at;
    *to = lp_lang_by_name(value);
    return *to || lp_str_eq(value, LP_STR("en")) ||
           lp_fail(error, lp_in_lang(c, "no such language: %s; en and de are there"),
                   lp_word(c->arena, value));
}

bool lp_set_shell(struct lp_config *c, void *at, struct lp_str value, struct lp_error *error)
{
    static const char *const words[] = { "bash", "zsh", "fish", NULL };
    (void)c;
    return set_one_of(at, value, words, error);
}

bool lp_set_view(struct lp_config *c, void *at, struct lp_str value, struct lp_error *error)
{
    static const char *const words[] = { "auto", "internal", "external", NULL };
    (void)c;
    return set_one_of(at, value, words, error);
}

bool lp_set_color(struct lp_config *c, void *at, struct lp_str value, struct lp_error *error)
{
    static const char *const words[] = { "auto", "always", "never", NULL };
    (void)c;
    return set_one_of(at, value, words, error);
}

bool lp_set_client(struct lp_config *c, void *at, struct lp_str value, struct lp_error *error)
{
    const char **words = lp_arena_array(c->arena, lp_client_count + 1, sizeof *words);
    for (size_t i = 0; i < lp_client_count; i++)
        words[i] = lp_clients[i].name;
    return set_one_of(at, value, words, error);
}

/* The formats of a command: of plans, of comparisons, or of reports. */
static const char **format_words(const struct lp_config *c, unsigned takes)
{
    bool plans = (takes & LP_COMMAND_PLANS) != 0, compares = (takes & LP_COMMAND_COMPARES) != 0;
    size_t n = plans      ? lp_plan_renderer_count
               : compares ? lp_compare_renderer_count
                          : lp_renderer_count;
    const char **words = lp_arena_array(c->arena, n + 1, sizeof *words);
    for (size_t i = 0; i < n; i++)
        words[i] = plans      ? lp_plan_renderers[i].name
                   : compares ? lp_compare_renderers[i].name
                              : lp_renderers[i].name;
    return words;
}

static const char *name_of(const struct lp_format *format)
{
    if (format->renderer)
        return format->renderer->name;
    return format->plan ? format->plan->name : format->compare->name;
}

static bool has_format(const struct lp_command *command, const struct lp_format *format)
{
    if (command->takes & LP_COMMAND_PLANS)
        return format->plan != NULL;
    return command->takes & LP_COMMAND_COMPARES ? format->compare != NULL
                                                : format->renderer != NULL;
}

bool lp_format_fits(struct lp_config *c, const struct lp_format *format, struct lp_error *error)
{
    struct lp_error inner = { "" };
    if (has_format(c->command, format))
        return true;
    lp_fail_near(&inner, "no such format", lp_str_of(name_of(format)),
                 format_words(c, c->command->takes));
    return lp_fail(error, "%s: %s", c->command->name, inner.text);
}

/* Which of the tables counts, the command says; it may stand behind the option. */
static bool find_format(struct lp_config *c, struct lp_str name, struct lp_format *out,
                        struct lp_error *error)
{
    *out = (struct lp_format){ lp_renderer_by_name(name), lp_plan_renderer_by_name(name),
                               lp_compare_renderer_by_name(name) };
    return out->renderer || out->plan || out->compare ||
           lp_fail_near(error, "no such format", name, format_words(c, 0));
}

bool lp_set_format(struct lp_config *c, void *at, struct lp_str value, struct lp_error *error)
{
    struct lp_format found;
    if (!find_format(c, value, &found, error))
        return false;
    *(const struct lp_renderer **)at = found.renderer;
    c->plan_format = found.plan;
    c->compare_format = found.compare;
    return true;
}

/* Two reports under one name: one of them would be lost without a word. */
static bool is_taken(const struct lp_list *outputs, const char *path)
{
    const struct lp_output *at = outputs->at;
    for (size_t i = 0; i < outputs->n; i++) {
        if (strcmp(at[i].path, path) == 0)
            return true;
    }
    return false;
}

bool lp_set_output(struct lp_config *c, void *at, struct lp_str value, struct lp_error *error)
{
    struct lp_str rest = value;
    struct lp_str format = lp_str_cut(&rest, '=');
    if (format.n == value.n || !rest.n)
        return lp_fail(error, lp_in_lang(c, "%s is not FORMAT=FILE, such as json=report.json"),
                       lp_word(c->arena, value));
    struct lp_format found;
    if (!find_format(c, format, &found, error))
        return false;
    struct lp_output out = { .renderer = found.renderer,
                             .plan = found.plan,
                             .compare = found.compare };
    if (lp_str_eq(rest, LP_STR("-")))
        return lp_fail(error, lp_in_lang(c, "%s needs a file; standard output takes -f %s"),
                       lp_word(c->arena, value), lp_word(c->arena, format));
    out.path = lp_arena_str(c->arena, rest).p;
    if (is_taken(at, out.path))
        return lp_fail(error, lp_in_lang(c, "%s: that file is written already"),
                       lp_word(c->arena, value));
    lp_list_push(c->arena, at, &out, sizeof out);
    return true;
}

bool lp_set_allow(struct lp_config *c, void *at, struct lp_str value, struct lp_error *error)
{
    struct lp_list *list = at;
    struct lp_cidr net;
    struct lp_str text = lp_arena_str(c->arena, value);
    if (!lp_cidr_parse(value, &net))
        return lp_fail(error, lp_in_lang(c, "%s is no address range, such as 10.0.0.0/8"),
                       lp_word(c->arena, value));
    if (list->n >= LP_RULES_MAX)
        return lp_fail(error, lp_in_lang(c, "%s: more than %d ranges"), lp_word(c->arena, value),
                       LP_RULES_MAX);
    lp_list_push(c->arena, list, &text, sizeof text);
    return true;
}

bool lp_set_help(struct lp_config *c, void *at, struct lp_str value, struct lp_error *error)
{
    static const char *const words[] = { "all", NULL };
    *(bool *)at = true;
    return !value.p || set_one_of(&c->help_topic, value, words, error);
}
