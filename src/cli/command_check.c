/* command_check.c - "lyncprobe check": live, against a topology */
#include "lp/expect.h"
#include "lp/options.h"

/* Without a word every SIP domain of the topology. */
static void take_domains(struct lp_config *config)
{
    const struct lp_marked *domains = config->topology->sip_domains.at;
    for (size_t i = 0; i < config->topology->sip_domains.n; i++)
        lp_list_push(config->arena, &config->words, &domains[i].text, sizeof domains[i].text);
}

/* A word that is no domain at all is found out later, with better words. */
static bool are_known(const struct lp_config *config, struct lp_error *error)
{
    const struct lp_str *words = config->words.at;
    for (size_t i = 0; i < config->words.n; i++) {
        struct lp_str domain;
        struct lp_error ignored = { "" };
        if (lp_name_from_user(config->arena, words[i], &domain, &ignored) &&
            !lp_topology_has(config, domain, error))
            return false;
    }
    return true;
}

int lp_command_check(struct lp_config *config)
{
    struct lp_error error = { "" };
    if (!config->topology_file) {
        lp_fail(&error, lp_in_lang(config, "check needs a topology: -t FILE"));
        return lp_complain(&error, LP_EXIT_USAGE);
    }
    if (!lp_topology_take_roots(config, &error) || !are_known(config, &error))
        return lp_complain(&error, LP_EXIT_DATA);
    if (!config->words.n && !config->list_file)
        take_domains(config);
    return config->certificate_file ? lp_check_certificate_file(config) : lp_walk_live(config);
}
