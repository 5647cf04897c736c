/* command_walk.c - "lyncprobe [walk]": live */
#include <stdio.h>

#include "lp/loop.h"
#include "lp/near.h"
#include "lp/session.h"
#include "lp/text.h"

static void on_ended(void *self, struct lp_log *log)
{
    struct lp_session *s = self;
    lp_session_take(s, log);
    if (s->ended)
        lp_signals_raise();
}

static void on_progress(void *self, size_t answered, size_t walks, lp_usec elapsed)
{
    struct lp_session *s = self;
    lp_progress_show(&s->progress, answered, walks, elapsed);
}

static int walk_all(const struct lp_config *config, struct lp_domains *domains)
{
    struct lp_session s;
    struct lp_error error = { "" };
    struct lp_own_servers own = { .domains = domains };
    if (!lp_own_servers_find(config, &own, &error))
        return lp_complain(&error, LP_EXIT_UNDECIDED);
    if (!lp_session_open(&s, config, lp_domains_walks(domains)))
        return LP_EXIT_UNDECIDED;
    struct lp_run_options options = lp_run_options_of(config, domains);
    options.source = (struct lp_walk_source){ &own, lp_own_servers_next };
    options.sink =
        (struct lp_walk_sink){ &s, on_ended, lp_progress_is_wanted(config) ? on_progress : NULL };
    bool ok = lp_run(&options, &error);
    lp_progress_clear(&s.progress);
    if (!ok) {
        lp_session_drop(&s);
        return lp_complain(&error, LP_EXIT_UNDECIDED);
    }
    int status = lp_session_close(&s);
    return *options.interrupted ? LP_EXIT_UNDECIDED : status;
}

/* A first word without a dot may have been meant as a command. */
static bool is_near_command(struct lp_str word, const char **command)
{
    const char *words[16] = { NULL };
    for (size_t i = 0; i < lp_command_count && i < LP_COUNT(words) - 1; i++)
        words[i] = lp_commands[i].name;
    *command = lp_nearest(word, words);
    return lp_str_find(word, '.') == word.n && lp_str_find(word, '@') == word.n &&
           lp_edit_distance(word, lp_str_of(*command)) <= 2;
}

/* No word at all gets the whole usage, for who knows nothing yet. */
static int fail_empty(const struct lp_config *config)
{
    struct lp_buf usage = lp_buf_new(1 << 16);
    struct lp_error error = { "" };
    lp_fail(&error, lp_in_lang(config, "no domain given, such as contoso.com"));
    lp_complain(&error, 0);
    lp_help(&usage, config->lang, false);
    fprintf(stderr, "\n%s", usage.p);
    lp_buf_release(&usage);
    return LP_EXIT_USAGE;
}

static int fail_words(const struct lp_config *config, struct lp_error *error)
{
    const struct lp_str *words = config->words.at;
    const char *command;
    if (config->words.n && is_near_command(words[0], &command))
        lp_fail(error, lp_in_lang(config, "%s: neither a domain nor a command; did you mean %s?"),
                lp_word(config->arena, words[0]), command);
    return lp_complain(error, LP_EXIT_USAGE);
}

bool lp_has_random(struct lp_error *error)
{
    char byte;
    return lp_world_real.random(lp_world_real.self, &byte, sizeof byte) ||
           lp_fail(error, "the system gives no random numbers");
}

int lp_walk_live(struct lp_config *config)
{
    struct lp_domains *domains = NULL;
    struct lp_error error = { "" };
    if (!lp_earlier_take(config, &error))
        return lp_complain(&error, LP_EXIT_DATA);
    if (config->certificate_file) {
        lp_fail(
            &error,
            lp_in_lang(config, "--certificate needs a topology: check -t FILE --certificate FILE"));
        return lp_complain(&error, LP_EXIT_USAGE);
    }
    if (!lp_has_random(&error))
        return lp_complain(&error, LP_EXIT_UNDECIDED);
    if (!lp_zones_take(config, &error))
        return lp_complain(&error, LP_EXIT_DATA);
    if (!lp_domains_open(config, &domains, &error))
        return fail_words(config, &error);
    int status = LP_EXIT_USAGE;
    if (lp_domains_walks(domains)) {
        status = config->until_propagated ? lp_until_propagated(config, domains)
                                          : walk_all(config, domains);
        status = lp_domains_whole(domains) ? status : lp_worse(status, LP_EXIT_UNDECIDED);
    } else {
        lp_fail(&error, lp_in_lang(config, "no domain in the list"));
        lp_complain(&error, 0);
    }
    lp_domains_close(domains);
    return status;
}

int lp_command_walk(struct lp_config *config)
{
    return config->words.n || config->list_file ? lp_walk_live(config) : fail_empty(config);
}
