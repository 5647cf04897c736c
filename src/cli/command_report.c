/* command_report.c - the commands without network: report (a recording), explain (a finding) */
#include "lp/session.h"
#include "lp/text.h"
#include "lp/unchecked.h"

static int judge_all(const struct lp_config *config, const struct lp_recording *recording)
{
    struct lp_session s;
    struct lp_error error = { "" };
    int refused = lp_recording_apply(config, recording, &error);
    if (refused)
        return lp_complain(&error, refused);
    if (!lp_session_open(&s, config, recording->n))
        return LP_EXIT_UNDECIDED;
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
        lp_fail(&error, lp_in_lang(config, "report needs one recording, or - for standard input"));
        return lp_complain(&error, LP_EXIT_USAGE);
    }
    const struct lp_str *words = config->words.at;
    if (!lp_topology_take_roots(config, &error) ||
        !lp_recording_open(config, words[0], &recording, &error) ||
        !lp_earlier_take(config, &error))
        return lp_complain(&error, LP_EXIT_DATA);
    return judge_all(config, &recording);
}

static int fail_explain(const struct lp_config *config)
{
    struct lp_error error = { "" };
    struct lp_msdiag_header said;
    const struct lp_str *words = config->words.at;
    if (config->words.n == 1 && lp_msdiag_of_word(words[0], &said))
        lp_fail(
            &error,
            lp_in_lang(config,
                       "no ms-diagnostics number that lyncprobe knows: %s; [MS-OCER] has them all"),
            lp_word(config->arena, words[0]));
    else if (config->words.n == 1)
        lp_fail(&error, lp_in_lang(config, "no such finding: %s; did you mean %s?"),
                lp_word(config->arena, words[0]), lp_rule_nearest(words[0]));
    else
        lp_fail(&error,
                lp_in_lang(config, "explain needs one finding, such as LP-CERT-EXPIRED, or one "
                                   "ms-diagnostics number; lyncprobe list findings"));
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
    bool unchecked = lp_str_eq_nocase(word, LP_STR(LP_UNCHECKED_WORD));
    if (rule)
        lp_report_explain(rule, &style, out);
    else if (unchecked)
        lp_report_explain_unchecked(&style, out);
    else if (row)
        lp_report_explain_number(row, &said, &style, out);
    return rule || row || unchecked;
}

int lp_command_explain(struct lp_config *config)
{
    const struct lp_str *words = config->words.at;
    struct lp_buf out = lp_buf_new(1 << 20);
    int status = config->words.n == 1 && explain(config, words[0], &out)
                     ? lp_print_page(config, &out)
                     : fail_explain(config);
    lp_buf_release(&out);
    return status;
}
