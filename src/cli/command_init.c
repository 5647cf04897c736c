/* command_init.c - "lyncprobe init": a walk, written down as a topology file with questions */
#include "lp/session.h"

/* One file is of one domain, as one side sees it. */
static bool check_words(const struct lp_config *config, struct lp_error *error)
{
    struct lp_domains *domains = NULL;
    if (config->words.n != 1 || config->list_file)
        return lp_fail(error, lp_in_lang(config, "init needs one domain, such as contoso.com"));
    if (config->format != &lp_renderers[0] &&
        !lp_str_eq(lp_str_of(config->format->name), LP_STR("topology")))
        return lp_fail(error,
                       lp_in_lang(config, "init writes a topology; other formats with -o %s=FILE"),
                       config->format->name);
    if (!lp_domains_open(config, &domains, error))
        return false;
    size_t walks = lp_domains_walks(domains);
    lp_domains_close(domains);
    return walks == 1 ||
           lp_fail(error,
                   lp_in_lang(config, "init looks from one side: name one server, or --view"));
}

/* A walk with trouble is seen as well as any; what nobody answered to is not. */
int lp_command_init(struct lp_config *config)
{
    struct lp_error error = { "" };
    if (!check_words(config, &error))
        return lp_complain(&error, LP_EXIT_USAGE);
    config->format = lp_renderer_by_name(LP_STR("topology"));
    int status = lp_command_walk(config);
    return status == LP_EXIT_UNDECIDED || status == LP_EXIT_USAGE ? status : 0;
}
