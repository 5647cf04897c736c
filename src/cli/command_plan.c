/* command_plan.c - plan: what must exist, from a topology alone; no network */
#include "lp/name.h"
#include "lp/session.h"

/* Views that are asked for; auto and none are both. */
static void choose_views(const struct lp_config *config, struct lp_plan_input *input)
{
    input->internal = !lp_str_eq(config->view, LP_STR("external"));
    input->external = !lp_str_eq(config->view, LP_STR("internal"));
}

/* The words are SIP domains of the topology. */
static bool choose_domains(const struct lp_config *config, struct lp_plan_input *input,
                           struct lp_error *error)
{
    const struct lp_str *words = config->words.at;
    for (size_t i = 0; i < config->words.n; i++) {
        struct lp_str domain;
        if (!lp_name_from_user(config->arena, words[i], &domain, error) ||
            !lp_topology_has(config, domain, error))
            return false;
        lp_list_push(config->arena, &input->domains, &domain, sizeof domain);
    }
    return true;
}

static void render(const void *self, const struct lp_config *config, const struct lp_output *output,
                   struct lp_buf *out)
{
    struct lp_plan_input input = *(const struct lp_plan_input *)self;
    const struct lp_plan_renderer *format = output ? output->plan : config->plan_format;
    input.style = lp_style_of_output(config, output);
    format->render(&input, out);
}

int lp_command_plan(struct lp_config *config)
{
    struct lp_expectations expected;
    struct lp_expect_scope scope = { .whole = true };
    struct lp_plan_input input = { .expected = &expected };
    struct lp_whole_document document = { &input, render };
    struct lp_error error = { "" };
    if (!config->topology_file) {
        lp_fail(&error, lp_in_lang(config, "plan needs a topology: -t FILE"));
        return lp_complain(&error, LP_EXIT_USAGE);
    }
    if (!lp_topology_take(config, &error) || !choose_domains(config, &input, &error))
        return lp_complain(&error, LP_EXIT_DATA);
    choose_views(config, &input);
    lp_expect_make(config->topology, &scope, config->arena, &expected);
    return lp_write_whole(config, &document);
}
