/* recording.c - recordings from files, with what this command line says beside them */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lp/session.h"
#include "lp/text.h"

bool lp_recording_open(const struct lp_config *config, struct lp_str path, struct lp_recording *out,
                       struct lp_error *error)
{
    bool is_stdin = lp_str_eq(path, LP_STR("-"));
    struct lp_record_source source = { NULL, is_stdin ? "standard input" : path.p,
                                       lp_shape_by_name };
    int fd = lp_open_input(path.p);
    source.file = fd >= 0 ? fdopen(fd, "r") : NULL;
    if (!source.file) {
        lp_fail(error, "%s: %s", lp_term(config->arena, lp_str_of(source.name)),
                strerrordesc_np(errno));
        if (fd >= 0)
            close(fd);
        return false;
    }
    bool ok = lp_record_load(&source, config->arena, out, error);
    fclose(source.file);
    return ok;
}

/* A recording that was made with another file is judged all the same. */
static bool expect(const struct lp_config *config, struct lp_log *log, struct lp_error *error)
{
    const struct lp_topology *t = config->topology;
    struct lp_setup *setup = &log->setup;
    struct lp_error warning = { "" };
    if (!lp_topology_has(config, setup->domain, error))
        return false;
    if (setup->topology_digest.n && !lp_str_eq(setup->topology_digest, t->digest)) {
        lp_fail(&warning,
                lp_in_lang(config,
                           "%s was recorded with another topology than %s: what only this one asks "
                           "for is undecided"),
                lp_term(config->arena, setup->domain), lp_term(config->arena, t->file));
        lp_complain(&warning, 0);
    }
    lp_setup_take_topology(setup, t);
    lp_run_expect(log, t);
    return true;
}

static bool apply(const struct lp_config *config, struct lp_log *log, struct lp_error *error)
{
    struct lp_tls_options tls = lp_tls_options_of(config);
    if (config->client.p)
        log->setup.client = config->client;
    if (config->view.p)
        log->setup.view = config->view;
    if (config->topology && !expect(config, log, error))
        return false;
    return (!tls.private_file.p && !tls.private_more.n && !tls.public_file.p) ||
           lp_run_reverify(log, &tls, !config->no_sandbox, error);
}

int lp_recording_apply(const struct lp_config *config, const struct lp_recording *recording,
                       struct lp_error *error)
{
    for (size_t i = 0; i < recording->n; i++) {
        if (!apply(config, recording->at[i], error))
            return config->topology && !recording->at[i]->expected ? LP_EXIT_DATA
                                                                   : LP_EXIT_UNDECIDED;
    }
    return 0;
}
