/* command_report.c - the commands without network: report (a recording), explain (a finding) */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lp/record.h"
#include "lp/session.h"
#include "lp/text.h"

static bool load(const struct lp_config *config, struct lp_recording *recording,
                 struct lp_error *error)
{
    const struct lp_str *words = config->words.at;
    bool is_stdin = lp_str_eq(words[0], LP_STR("-"));
    struct lp_record_source source = { NULL, is_stdin ? "standard input" : words[0].p,
                                       lp_shape_by_name };
    int fd = lp_open_input(words[0].p);
    source.file = fd >= 0 ? fdopen(fd, "r") : NULL;
    if (!source.file) {
        lp_fail(error, "%s: %s", lp_term(config->arena, lp_str_of(source.name)),
                strerrordesc_np(errno));
        if (fd >= 0)
            close(fd);
        return false;
    }
    bool ok = lp_record_load(&source, config->arena, recording, error);
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
                "%s was recorded with another topology than %s: what only this one asks "
                "for is undecided",
                lp_term(config->arena, setup->domain), lp_term(config->arena, t->file));
        lp_complain(&warning, 0);
    }
    lp_setup_take_topology(setup, t);
    lp_run_expect(log, t);
    return true;
}

/* What was said on this command line counts more than what was said when it was recorded. */
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

static int judge_all(const struct lp_config *config, const struct lp_recording *recording)
{
    struct lp_session s;
    struct lp_error error = { "" };
    for (size_t i = 0; i < recording->n; i++) {
        if (!apply(config, recording->at[i], &error))
            return lp_complain(&error, config->topology && !recording->at[i]->expected
                                           ? LP_EXIT_DATA
                                           : LP_EXIT_UNDECIDED);
    }
    if (!lp_session_open(&s, config, recording->n, &error))
        return lp_complain(&error, LP_EXIT_UNDECIDED);
    const volatile int *interrupted = lp_signals_catch();
    for (size_t i = 0; i < recording->n && !*interrupted && !s.ended; i++)
        lp_session_take(&s, recording->at[i]);
    int status = lp_session_close(&s);
    return *interrupted ? LP_EXIT_UNDECIDED : status;
}

int lp_command_report(struct lp_config *config)
{
    struct lp_recording recording = { 0 };
    struct lp_error error = { "" };
    if (config->words.n != 1) {
        lp_fail(&error, "report needs one recording, or - for standard input");
        return lp_complain(&error, LP_EXIT_USAGE);
    }
    if (!lp_topology_take(config, &error) || !load(config, &recording, &error))
        return lp_complain(&error, LP_EXIT_DATA);
    return judge_all(config, &recording);
}

static int fail_explain(const struct lp_config *config)
{
    struct lp_error error = { "" };
    struct lp_msdiag_header said;
    const struct lp_str *words = config->words.at;
    if (config->words.n == 1 && lp_msdiag_of_word(words[0], &said))
        lp_fail(&error, "no ms-diagnostics number that lyncprobe knows: %s; [MS-OCER] has them all",
                lp_word(config->arena, words[0]));
    else if (config->words.n == 1)
        lp_fail(&error, "no such finding: %s; did you mean %s?", lp_word(config->arena, words[0]),
                lp_rule_nearest(words[0]));
    else
        lp_fail(&error, "explain needs one finding, such as LP-CERT-EXPIRED, or one "
                        "ms-diagnostics number; lyncprobe list findings");
    return lp_complain(&error, LP_EXIT_USAGE);
}

/* The page that the word asks for; false: there is none. */
static bool explain(const struct lp_config *config, struct lp_str word, struct lp_buf *out)
{
    struct lp_style style = lp_style_for(config);
    struct lp_msdiag_header said;
    const struct lp_rule *rule = lp_rule_by_id(word);
    const struct lp_msdiag *row =
        lp_msdiag_of_word(word, &said) ? lp_msdiag_find(said.number) : NULL;
    if (rule)
        lp_report_explain(rule, &style, out);
    else if (row)
        lp_report_explain_number(row, &said, &style, out);
    return rule || row;
}

int lp_command_explain(struct lp_config *config)
{
    const struct lp_str *words = config->words.at;
    struct lp_buf out = lp_buf_new(1 << 20);
    int status = config->words.n == 1 && explain(config, words[0], &out) ? lp_print(&out)
                                                                         : fail_explain(config);
    lp_buf_release(&out);
    return status;
}
