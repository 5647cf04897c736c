/* session.c - the commands that judge: walk (live) and report (a recording); explain */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lp/alloc.h"
#include "lp/options.h"
#include "lp/record.h"
#include "lp/text.h"

enum { REPORT_MAX = 512 * 1024 * 1024 };

/* What one run prints. Formats that are one document hold their judgements until the end. */
struct session {
    struct lp_config *config;
    struct lp_style style;
    struct lp_arena arena; /* of judgements that are held */
    struct lp_list held;   /* struct lp_judgement * */
    struct lp_buf *files;  /* one a row of config->outputs */
    int status;
    bool progress;
    bool failed; /* something could not be written */
};

/* Written by the signal handler, read by lp_run. */
static volatile int interrupted;

static void on_signal(int number)
{
    if (interrupted)
        _exit(128 + number);
    interrupted = number;
}

static void catch_signals(void)
{
    static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
    struct sigaction action = { .sa_handler = on_signal };
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < LP_COUNT(numbers); i++)
        sigaction(numbers[i], &action, NULL);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
}

/* Worst of several walks: a user who fails outweighs what is not known. */
static int worse(int a, int b)
{
    static const int order[] = { 0, 1, 3, 2 };
    return order[a & 3] > order[b & 3] ? a : b;
}

static bool is_document(const struct lp_renderer *renderer)
{
    return strcmp(renderer->name, "json") == 0;
}

static bool needs_holding(const struct lp_config *config)
{
    const struct lp_output *outputs = config->outputs.at;
    bool holds = is_document(config->format);
    for (size_t i = 0; i < config->outputs.n; i++)
        holds |= is_document(outputs[i].renderer);
    return holds;
}

static void put_stdout(struct session *s, const struct lp_report_input *input)
{
    struct lp_error error = { "" };
    struct lp_buf out = lp_buf_new(REPORT_MAX);
    if (s->config->quiet)
        return;
    s->config->format->render(input, &out);
    if (s->progress)
        lp_progress_clear();
    if (!lp_put_stdout(lp_buf_view(&out), &error) && !s->failed) {
        s->failed = true;
        lp_complain(&error, 0);
    }
    lp_buf_release(&out);
}

/* One walk, for the formats in which each stands alone. */
static void put_walk(struct session *s, const struct lp_judgement *judgement)
{
    const struct lp_output *outputs = s->config->outputs.at;
    struct lp_report_input input = { &judgement, 1, s->style };
    if (!is_document(s->config->format))
        put_stdout(s, &input);
    input.style.color = false;
    for (size_t i = 0; i < s->config->outputs.n; i++) {
        if (!is_document(outputs[i].renderer))
            outputs[i].renderer->render(&input, &s->files[i]);
    }
}

static void put_documents(struct session *s)
{
    const struct lp_output *outputs = s->config->outputs.at;
    struct lp_report_input input = { s->held.at, s->held.n, s->style };
    if (is_document(s->config->format))
        put_stdout(s, &input);
    for (size_t i = 0; i < s->config->outputs.n; i++) {
        if (is_document(outputs[i].renderer))
            outputs[i].renderer->render(&input, &s->files[i]);
    }
}

static void put_files(struct session *s)
{
    const struct lp_output *outputs = s->config->outputs.at;
    for (size_t i = 0; i < s->config->outputs.n; i++) {
        struct lp_error error = { "" };
        if (lp_put_file(outputs[i].path, lp_buf_view(&s->files[i]), &error))
            continue;
        s->failed = true;
        lp_complain(&error, 0);
    }
}

/* A log that is held must outlive its walk: it is written and read again into the session's arena.
 */
static struct lp_log *keep_log(struct session *s, const struct lp_log *log)
{
    struct lp_log *copy = lp_arena_alloc(&s->arena, sizeof *copy);
    struct lp_buf lines = lp_buf_new(REPORT_MAX);
    struct lp_error error;
    lp_log_init(copy, &s->arena);
    lp_record_header(&lines, &log->setup);
    for (size_t i = 0; i < log->n; i++)
        lp_record_evidence(&lines, log->at[i]);
    lp_record_end(&lines, &log->end);
    struct lp_str rest = lp_buf_view(&lines);
    while (rest.n) {
        if (lp_record_read(copy, lp_str_cut(&rest, '\n'), lp_shape_by_name, &error) == LP_LINE_BAD)
            s->failed = true;
    }
    lp_buf_release(&lines);
    return copy;
}

static void take_log(struct session *s, const struct lp_log *log, bool hold)
{
    struct lp_arena own = { 0 };
    struct lp_arena *arena = hold ? &s->arena : &own;
    struct lp_judgement *judgement = lp_arena_alloc(arena, sizeof *judgement);
    lp_judge(log, arena, judgement);
    s->status = worse(s->status, judgement->exit_code);
    put_walk(s, judgement);
    if (hold)
        lp_list_push(&s->arena, &s->held, &judgement, sizeof judgement);
    lp_arena_release(&own);
}

static void on_ended(void *self, struct lp_log *log)
{
    struct session *s = self;
    bool hold = needs_holding(s->config);
    take_log(s, hold ? keep_log(s, log) : log, hold);
}

static void open_session(struct session *s, struct lp_config *config)
{
    *s = (struct session){ .config = config, .style = lp_style_for(config) };
    s->files = lp_calloc(config->outputs.n + 1, sizeof *s->files);
    for (size_t i = 0; i < config->outputs.n; i++)
        s->files[i] = lp_buf_new(REPORT_MAX);
}

static int close_session(struct session *s)
{
    put_documents(s);
    put_files(s);
    for (size_t i = 0; i < s->config->outputs.n; i++)
        lp_buf_release(&s->files[i]);
    lp_free(s->files);
    lp_arena_release(&s->arena);
    return s->failed ? LP_EXIT_UNDECIDED : s->status;
}

static void discard_session(struct session *s)
{
    s->config->outputs.n = 0;
    lp_free(s->files);
    lp_arena_release(&s->arena);
}

static struct lp_tls_options tls_options(const struct lp_config *c)
{
    return (struct lp_tls_options){ lp_str_of(c->private_file), lp_str_of(c->public_file),
                                    lp_str_of(c->cert_file), lp_str_of(c->key_file) };
}

int lp_command_walk(struct lp_config *config)
{
    struct session s;
    struct lp_domains *domains = NULL;
    struct lp_error error = { "" };
    if (!config->words.n && !config->list_file)
        return lp_fail(&error, "no domain given, such as contoso.com; lyncprobe --help"),
               lp_complain(&error, LP_EXIT_USAGE);
    if (!lp_domains_open(config, &domains, &error))
        return lp_complain(&error, LP_EXIT_USAGE);
    catch_signals();
    open_session(&s, config);
    s.progress = lp_progress_is_wanted(config);
    struct lp_run_options options = {
        .source = { domains, lp_domains_next },
        .sink = { &s, on_ended, s.progress ? lp_progress_show : NULL },
        .tls = tls_options(config),
        .workers = config->workers,
        .parallel = config->parallel,
        .rate = config->rate,
        .sandbox = !config->no_sandbox,
        .interrupted = &interrupted,
    };
    bool ok = lp_run(&options, &error);
    if (s.progress)
        lp_progress_clear();
    size_t refused = lp_domains_refused(domains);
    lp_domains_close(domains);
    if (!ok) {
        discard_session(&s);
        return lp_complain(&error, LP_EXIT_UNDECIDED);
    }
    int status = close_session(&s);
    return refused ? worse(status, LP_EXIT_UNDECIDED) : status;
}

static bool load(const struct lp_config *config, struct lp_recording *recording,
                 struct lp_error *error)
{
    const struct lp_str *words = config->words.at;
    bool is_stdin = lp_str_eq(words[0], LP_STR("-"));
    const char *path = lp_arena_str(config->arena, words[0]).p;
    struct lp_record_source source = { is_stdin ? stdin : fopen(path, "re"),
                                       lp_term(config->arena, words[0]), lp_shape_by_name };
    if (!source.file)
        return lp_fail(error, "%s: %s", source.name, strerror(errno));
    bool ok = lp_record_load(&source, config->arena, recording, error);
    if (!is_stdin)
        fclose(source.file);
    return ok;
}

int lp_command_report(struct lp_config *config)
{
    struct session s;
    struct lp_recording recording = { 0 };
    struct lp_tls_options tls = tls_options(config);
    struct lp_error error = { "" };
    if (config->words.n != 1)
        return lp_fail(&error, "report needs one recording, or - for standard input"),
               lp_complain(&error, LP_EXIT_USAGE);
    if (!load(config, &recording, &error))
        return lp_complain(&error, LP_EXIT_DATA);
    catch_signals();
    for (size_t i = 0; i < recording.n && (tls.private_file.p || tls.public_file.p); i++) {
        if (!lp_run_reverify(recording.at[i], &tls, !config->no_sandbox, &error))
            return lp_complain(&error, LP_EXIT_UNDECIDED);
    }
    open_session(&s, config);
    for (size_t i = 0; i < recording.n; i++)
        take_log(&s, recording.at[i], needs_holding(config));
    return close_session(&s);
}

static int fail_explain(struct lp_config *config, struct lp_error *error)
{
    const struct lp_str *words = config->words.at;
    if (config->words.n == 1)
        lp_fail(error, "no such finding: %s; did you mean %s?", lp_term(config->arena, words[0]),
                lp_rule_nearest(words[0]));
    else
        lp_fail(error,
                "explain needs one finding, such as LP-CERT-EXPIRED; lyncprobe list findings");
    return lp_complain(error, LP_EXIT_USAGE);
}

int lp_command_explain(struct lp_config *config)
{
    struct lp_error error = { "" };
    const struct lp_str *words = config->words.at;
    const struct lp_rule *rule = config->words.n == 1 ? lp_rule_by_id(words[0]) : NULL;
    struct lp_style style = lp_style_for(config);
    struct lp_buf out = lp_buf_new(1 << 20);
    if (!rule)
        return fail_explain(config, &error);
    lp_report_explain(rule, &style, &out);
    bool ok = lp_put_stdout(lp_buf_view(&out), &error);
    lp_buf_release(&out);
    return ok ? 0 : lp_complain(&error, LP_EXIT_UNDECIDED);
}
