/* propagation.c - --until-propagated: the names again and again, until all servers agree */
#include "lp/propagation.h"

#include <stdio.h>

#include "lp/lang.h"
#include "lp/loop.h"
#include "lp/renderers.h"
#include "lp/session.h"
#include "lp/text.h"

enum {
    ROUND_US = 15000000, /* one round at most */
    PAUSE_LEAST_US = 500000,
    PAUSE_MOST_US = 10000000,
    LINES_MAX = 40, /* of old answers */
};

struct waiting {
    const struct lp_config *config;
    struct lp_own_servers *own;
    lp_usec deadline;
    struct lp_arena arena; /* of one round */
    size_t asked, old;
    struct lp_list lines; /* struct lp_str "DOMAIN: ..." */
};

static lp_usec now(void)
{
    return lp_world_real.now(lp_world_real.self);
}

static int64_t smaller(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* Names alone, in the time that is left. */
static bool next_walk(void *self, struct lp_arena *arena, struct lp_setup *setup)
{
    struct waiting *w = self;
    if (!lp_own_servers_next(w->own, arena, setup))
        return false;
    int64_t left = smaller(w->deadline - now(), ROUND_US);
    setup->part = LP_STR("names");
    setup->timeout_us = left > PAUSE_LEAST_US ? left : PAUSE_LEAST_US;
    setup->dns_us = smaller(setup->dns_us, setup->timeout_us);
    return true;
}

static void on_ended(void *self, struct lp_log *log)
{
    struct waiting *w = self;
    struct lp_arena arena = { .lang = w->config->lang };
    struct lp_propagation p;
    lp_propagation_of(log, &arena, &p);
    const struct lp_str *old = p.old.at;
    w->asked += p.asked;
    w->old += p.old.n;
    for (size_t i = 0; i < p.old.n && w->lines.n < LINES_MAX; i++) {
        struct lp_str line = lp_arena_str(&w->arena, old[i]);
        lp_list_push(&w->arena, &w->lines, &line, sizeof line);
    }
    lp_arena_release(&arena);
}

static bool run_round(struct waiting *w, struct lp_error *error)
{
    struct lp_run_options options = lp_run_options_of(w->config, w->own->domains);
    lp_arena_release(&w->arena);
    w->lines = (struct lp_list){ 0 };
    w->asked = w->old = 0;
    w->own->next = 0;
    lp_domains_rewind(w->own->domains);
    options.source = (struct lp_walk_source){ w, next_walk };
    options.sink = (struct lp_walk_sink){ .self = w, .ended = on_ended };
    return lp_run(&options, error);
}

/* A signal ends the wait. */
static void pause_until(lp_usec until, const volatile int *interrupted)
{
    lp_usec left = until - now();
    while (left > 0 && !*interrupted) {
        lp_world_real.wait(lp_world_real.self, NULL, 0, left);
        left = until - now();
    }
}

static void show_progress(struct waiting *w)
{
    if (w->config->quiet || w->config->no_progress)
        return;
    fprintf(stderr, "lyncprobe: %s\n",
            lp_tell(&w->arena, "%zu of %zu answers are not as planned yet, %lld s left", w->old,
                    w->asked, (long long)((w->deadline - now()) / 1000000))
                .p);
}

static int say_end(struct waiting *w, int status)
{
    struct lp_buf out = lp_buf_new(1 << 20);
    const struct lp_str *lines = w->lines.at;
    lp_buf_str(&out, w->old ? lp_tell(&w->arena, "%zu of %zu answers are not as planned:", w->old,
                                      w->asked)
                            : lp_tell(&w->arena, "All %zu answers are as planned.", w->asked));
    lp_buf_char(&out, '\n');
    for (size_t i = 0; i < w->lines.n; i++) {
        lp_buf_text(&out, "  ");
        lp_put_term(&out, lines[i], 1000);
        lp_buf_char(&out, '\n');
    }
    if (w->old > w->lines.n)
        lp_buf_printf(&out, "  %s\n", lp_tell(&w->arena, "and %zu more", w->old - w->lines.n).p);
    int printed = w->config->quiet ? 0 : lp_print_page(w->config, &out);
    lp_buf_release(&out);
    return printed ? printed : status;
}

static int wait_for_plan(struct waiting *w)
{
    const volatile int *interrupted = lp_signals_catch();
    int64_t pause = smaller(w->config->timeout_us / 10, PAUSE_MOST_US);
    struct lp_error error = { "" };
    for (;;) {
        if (!run_round(w, &error))
            return lp_complain(&error, LP_EXIT_UNDECIDED);
        if (*interrupted)
            return say_end(w, LP_EXIT_UNDECIDED);
        if (!w->old && w->asked)
            return say_end(w, 0);
        if (now() + PAUSE_LEAST_US >= w->deadline)
            return say_end(w, w->asked ? 2 : LP_EXIT_UNDECIDED);
        show_progress(w);
        pause_until(smaller(now() + (pause > PAUSE_LEAST_US ? pause : PAUSE_LEAST_US), w->deadline),
                    interrupted);
    }
}

static bool fits(const struct lp_config *config, struct lp_error *error)
{
    if (!config->zone_files.n && !config->topology)
        return lp_fail(
            error,
            lp_in_lang(config,
                       "--until-propagated needs a plan: --zone-file, or check -t TOPOLOGY"));
    return (config->format == &lp_renderers[0] && !config->outputs.n) ||
           lp_fail(error,
                   lp_in_lang(config, "--until-propagated writes text on standard output alone"));
}

int lp_until_propagated(const struct lp_config *config, struct lp_domains *domains)
{
    struct lp_own_servers own = { .domains = domains };
    struct waiting w = { .config = config, .own = &own, .arena = { .lang = config->lang } };
    struct lp_error error = { "" };
    if (!fits(config, &error))
        return lp_complain(&error, LP_EXIT_USAGE);
    w.deadline = now() + config->timeout_us;
    if (!lp_own_servers_find(config, &own, &error))
        return lp_complain(&error, LP_EXIT_UNDECIDED);
    int status = wait_for_plan(&w);
    lp_arena_release(&w.arena);
    return status;
}
