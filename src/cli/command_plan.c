/* command_plan.c - plan: what must exist, from a topology alone; no network */
#include "lp/name.h"
#include "lp/session.h"

/* A whole plan of a topology at its largest. */
enum { PLAN_MAX = 1 << 30 };

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

static bool write_file(const struct lp_config *config, const struct lp_output *output,
                       const struct lp_plan_input *input, struct lp_error *error)
{
    struct lp_buf out = lp_buf_new(PLAN_MAX);
    struct lp_plan_input plain = *input;
    struct lp_sink sink;
    plain.style = (struct lp_style){ .ascii = config->ascii, .verbosity = input->style.verbosity };
    output->plan->render(&plain, &out);
    bool ok = lp_sink_open(&sink, output->path, config->arena, error);
    if (ok && !(lp_sink_put(&sink, lp_buf_view(&out), error) && lp_sink_keep(&sink, error))) {
        lp_sink_drop(&sink);
        ok = false;
    }
    lp_buf_release(&out);
    return ok;
}

static int write_all(const struct lp_config *config, const struct lp_plan_input *input)
{
    const struct lp_output *outputs = config->outputs.at;
    struct lp_error error = { "" };
    int status = 0;
    for (size_t i = 0; i < config->outputs.n; i++) {
        if (!write_file(config, &outputs[i], input, &error))
            status = lp_complain(&error, LP_EXIT_UNDECIDED);
    }
    if (config->quiet)
        return status;
    struct lp_buf out = lp_buf_new(PLAN_MAX);
    config->plan_format->render(input, &out);
    int printed = lp_print(&out);
    lp_buf_release(&out);
    return printed ? printed : status;
}

int lp_command_plan(struct lp_config *config)
{
    struct lp_expectations expected;
    struct lp_expect_scope scope = { .whole = true };
    struct lp_plan_input input = { .expected = &expected, .style = lp_style_for(config) };
    struct lp_error error = { "" };
    if (!config->topology_file) {
        lp_fail(&error, "plan needs a topology: -t FILE");
        return lp_complain(&error, LP_EXIT_USAGE);
    }
    if (!lp_topology_take(config, &error) || !choose_domains(config, &input, &error))
        return lp_complain(&error, LP_EXIT_DATA);
    choose_views(config, &input);
    lp_expect_make(config->topology, &scope, config->arena, &expected);
    return write_all(config, &input);
}
