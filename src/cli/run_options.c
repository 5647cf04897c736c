/* run_options.c - what the command line says about a run */
#include "lp/session.h"

/* No more workers than walks. */
static int64_t workers_of(const struct lp_config *config, size_t walks)
{
    return (size_t)config->workers > walks ? (int64_t)walks : config->workers;
}

struct lp_run_options lp_run_options_of(const struct lp_config *config, struct lp_domains *domains)
{
    struct lp_run_options options = {
        .source = { domains, lp_domains_next },
        .tls = lp_tls_options_of(config),
        .topology = config->topology,
        .zones = &config->zones,
        .workers = workers_of(config, lp_domains_walks(domains)),
        .parallel = config->parallel,
        .rate = config->rate,
        .sandbox = !config->no_sandbox,
        .interrupted = lp_signals_catch(),
    };
    return options;
}
