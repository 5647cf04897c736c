/* options.c - the option table and its interpreter */
#include <string.h>

#include "lp/near.h"
#include "lp/text.h"
#include "lp/values.h"

/* ---- the table ---- */

#define AT(member) offsetof(struct lp_config, member)
#define DNS "Names and addresses"
#define TRUST "Certificates"
#define LOOK "What is looked at"
#define LIMITS "Time and load"
#define OUTPUT "Output"

const struct lp_option lp_options[] = {
    { 0, "view", "VIEW", "internal, external, or auto: decided from the answers", LOOK, lp_set_view,
      AT(view) },
    { 0, "client", "NAME", "whose order decides (list clients); default lync2013", LOOK,
      lp_set_client, AT(client) },
    { 'l', "list", "FILE", "more domains, one a line; - is standard input", LOOK, lp_set_path,
      AT(list_file) },
    { 't', "topology", "FILE", "the deployment as it should be, YAML or JSON", LOOK, lp_set_path,
      AT(topology_file) },
    { 0, "deep", NULL, "also TLS versions, ciphers, SIP OPTIONS", LOOK, lp_set_flag, AT(deep) },
    { '4', "ipv4", NULL, "only IPv4", LOOK, lp_set_flag, AT(only4) },
    { '6', "ipv6", NULL, "only IPv6", LOOK, lp_set_flag, AT(only6) },
    { 0, "resolve", "HOST:PORT:ADDR[,ADDR]", "take these addresses for that host and port", DNS,
      lp_set_resolve, AT(resolve) },
    { 0, "connect-to", "HOST1:PORT1:HOST2:PORT2", "connect there instead; names stay as they are",
      DNS, lp_set_connect, AT(connect_to) },
    { 0, "answer", "RECORD", "pretend this record: 'NAME TTL TYPE RDATA'", DNS, lp_set_answer,
      AT(answer) },
    { 0, "deny", "NAME[/TYPE]", "pretend that the name (or type) does not exist", DNS, lp_set_deny,
      AT(deny) },
    { 0, "all-ns", NULL, "also ask each name server of the domain's own zone", DNS, lp_set_flag,
      AT(all_ns) },
    { 0, "zone-file", "ORIGIN:FILE", "answer that zone from a file, as if it were live", DNS,
      lp_set_zone_file, AT(zone_files) },
    { 0, "until-propagated", NULL, "ask until all servers agree with the plan", DNS, lp_set_flag,
      AT(until_propagated) },
    { 0, "window", "SEC", "how long a switch may take; longer TTLs are told", DNS, lp_set_window,
      AT(window) },
    { 0, "allow-net", "CIDR", "let answers lead to this range (loopback ...)", DNS, lp_set_allow,
      AT(allow) },
    { 0, "certificate", "FILE", "check: judge this file before it is installed, PEM", TRUST,
      lp_set_path, AT(certificate_file) },
    { 0, "role", "ROLE", "... as that role's (front-end, edge-external ...)", TRUST, lp_set_role,
      AT(role) },
    { 0, "cacert", "FILE", "private roots, PEM", TRUST, lp_set_path, AT(private_file) },
    { 0, "public-cacert", "FILE", "public roots, PEM, in place of the system's", TRUST, lp_set_path,
      AT(public_file) },
    { 0, "cert", "FILE", "client certificate to show when asked, PEM", TRUST, lp_set_path,
      AT(cert_file) },
    { 0, "key", "FILE", "its key, PEM, when it is not in the same file", TRUST, lp_set_path,
      AT(key_file) },
    { 0, "timeout", "SEC", "the whole run; default 15", LIMITS, lp_set_seconds, AT(timeout_us) },
    { 0, "connect-timeout", "SEC", "one connection, one handshake; default 4", LIMITS,
      lp_set_seconds, AT(connect_us) },
    { 0, "dns-timeout", "SEC", "one question with its three tries; default 2.8", LIMITS,
      lp_set_seconds, AT(dns_us) },
    { 'j', "jobs", "N", "worker processes; default 1", LIMITS, lp_set_workers, AT(workers) },
    { 0, "parallel", "N", "walks at once in a worker; default 64", LIMITS, lp_set_parallel,
      AT(parallel) },
    { 0, "rate", "N", "DNS questions a second at most", LIMITS, lp_set_rate, AT(rate) },
    { 0, "no-sandbox", NULL, "run the worker without seccomp and landlock", LIMITS, lp_set_flag,
      AT(no_sandbox) },
    { 'f', "format", "FORMAT", "print as text, json, html, ticket, record ...", OUTPUT,
      lp_set_format, AT(format) },
    { 'o', "output", "FORMAT=FILE", "also write a file in that format; may be given again", OUTPUT,
      lp_set_output, AT(outputs) },
    { 0, "fail-on", "WHAT", "exit status from critical, warning (default) or never", OUTPUT,
      lp_set_fail_on, AT(fail_on) },
    { 0, "changed-since", "FILE", "silent unless something changed since that recording", OUTPUT,
      lp_set_path, AT(earlier_file) },
    { 'q', "quiet", NULL, "nothing on standard output, only the exit status", OUTPUT, lp_set_flag,
      AT(quiet) },
    { 'v', "verbose", NULL, "more: -v answers, -vv all evidence, -vvv bytes", OUTPUT, lp_set_count,
      AT(verbosity) },
    { 0, "color", "WHEN", "auto, always or never; NO_COLOR is honoured", OUTPUT, lp_set_color,
      AT(color) },
    { 0, "lang", "LANG", "of what people read: en (default) or de", OUTPUT, lp_set_lang, AT(lang) },
    { 0, "ascii", NULL, "no characters beyond ASCII", OUTPUT, lp_set_flag, AT(ascii) },
    { 0, "no-progress", NULL, "no progress line on a terminal", OUTPUT, lp_set_flag,
      AT(no_progress) },
    { 'h', "help", NULL, "this help; --help=all for everything", OUTPUT, lp_set_help, AT(help) },
    { 'V', "version", NULL, "the version", OUTPUT, lp_set_flag, AT(version) },
    { 0, "dump-roff", "PART", "what a manual page takes from the tables", NULL, lp_set_part,
      AT(dump_part) },
    { 0, "dump-completion", "SHELL", "a completion script: bash, zsh or fish", NULL, lp_set_shell,
      AT(completion) },
};
const size_t lp_option_count = LP_COUNT(lp_options);

/* ---- the interpreter ---- */

struct reading {
    struct lp_config *config;
    char **argv;
    int argc, at;
    struct lp_error *error;
};

/* "-t": the same letter in the other case, else the first name that begins with it. */
static const char *nearest_letter(const struct lp_personality *who, char letter,
                                  const char *const *names)
{
    const char *best = NULL;
    for (size_t i = 0; i < *who->count; i++) {
        char own = who->options[i].letter;
        if (own && lp_ascii_lower(own) == lp_ascii_lower(letter))
            return names[i];
        if (!best && who->options[i].name[0] == lp_ascii_lower(letter))
            best = names[i];
    }
    return best;
}

/* The usage in the same line: one line is all that a wrong word gets (issue 2, bad input). */
static bool fail_option(struct reading *r, struct lp_str word)
{
    const struct lp_personality *who = r->config->who;
    const char **names = lp_arena_array(r->config->arena, *who->count + 1, sizeof *names);
    for (size_t i = 0; i < *who->count; i++)
        names[i] = lp_arena_printf(r->config->arena, "--%s", who->options[i].name).p;
    const char *best = word.n == 2 ? nearest_letter(who, word.p[1], names) : NULL;
    return lp_fail(
        r->error, lp_in_lang(r->config, "no such option: %s; did you mean %s? (usage: %s --help)"),
        lp_word(r->config->arena, word), best ? best : lp_nearest(word, names), who->name);
}

static bool apply(struct reading *r, const struct lp_option *option, struct lp_str value)
{
    struct lp_error inner = { "" };
    if (option->set(r->config, (char *)r->config + option->offset, value, &inner))
        return true;
    return lp_fail(r->error, "--%s: %s", option->name, inner.text);
}

/* The value of an option: behind "=", the rest of a bundle, or the next word. */
static bool take_value(struct reading *r, const struct lp_option *option,
                       struct lp_str inline_value)
{
    if (!option->value && inline_value.p && option->set != lp_set_help)
        return lp_fail(r->error, lp_in_lang(r->config, "--%s takes no value"), option->name);
    if (!option->value || inline_value.p)
        return apply(r, option, inline_value);
    if (r->at + 1 >= r->argc)
        return lp_fail(r->error, lp_in_lang(r->config, "--%s needs a value: %s"), option->name,
                       option->value);
    return apply(r, option, lp_str_of(r->argv[++r->at]));
}

static bool read_long(struct reading *r, struct lp_str word)
{
    struct lp_str rest = lp_str_sub(word, 2, word.n);
    bool has_value = lp_str_find(rest, '=') < rest.n;
    struct lp_str name = lp_str_cut(&rest, '=');
    const struct lp_personality *who = r->config->who;
    for (size_t i = 0; i < *who->count; i++) {
        if (lp_str_eq(lp_str_of(who->options[i].name), name))
            return take_value(r, &who->options[i], has_value ? rest : LP_STR_NONE);
    }
    return fail_option(r, lp_str_sub(word, 0, name.n + 2));
}

static const struct lp_option *find_letter(const struct lp_personality *who, char letter)
{
    for (size_t i = 0; i < *who->count; i++) {
        if (who->options[i].letter == letter)
            return &who->options[i];
    }
    return NULL;
}

/* "-4qv", "-fjson", "-f json" */
static bool read_bundle(struct reading *r, struct lp_str word)
{
    for (size_t k = 1; k < word.n; k++) {
        const struct lp_option *option = find_letter(r->config->who, word.p[k]);
        struct lp_str rest = lp_str_sub(word, k + 1, word.n);
        if (!option)
            return fail_option(r, word);
        if (option->value)
            return take_value(r, option, rest.n ? rest : LP_STR_NONE);
        if (!apply(r, option, LP_STR_NONE))
            return false;
    }
    return true;
}

static bool read_plain(struct reading *r, struct lp_str word)
{
    struct lp_config *c = r->config;
    if (word.n && word.p[0] == '@')
        return lp_server_parse(c, word, r->error);
    for (size_t i = 0; i < lp_command_count && !c->command && !c->words.n && !c->who->plugin; i++) {
        if (lp_str_eq(lp_str_of(lp_commands[i].name), word)) {
            c->command = &lp_commands[i];
            return true;
        }
    }
    lp_list_push(c->arena, &c->words, &word, sizeof word);
    return true;
}

static void set_defaults(struct lp_config *c)
{
    struct lp_arena *arena = c->arena;
    *c = (struct lp_config){ .arena = arena,
                             .format = &lp_renderers[0],
                             .plan_format = &lp_plan_renderers[0],
                             .compare_format = &lp_compare_renderers[0],
                             .color = LP_STR("auto"),
                             .timeout_us = 15000000,
                             .connect_us = 4000000,
                             .dns_us = 2800000,
                             .workers = 1,
                             .parallel = 64,
                             .days_warning = -1,
                             .days_critical = -1 };
}

/* A plugin's one line, within the 30 seconds that schedulers grant (ux.md 2.2). */
static void set_plugin_defaults(struct lp_config *c)
{
    c->format = lp_renderer_by_name(LP_STR("nagios"));
    c->timeout_us = 30000000;
    c->no_progress = true;
}

static const struct lp_command *command_named(const char *name)
{
    const struct lp_command *command = lp_commands;
    while (strcmp(command->name, name) != 0)
        command++;
    return command;
}

static bool formats_fit(struct lp_config *c, struct lp_error *error)
{
    const struct lp_output *outputs = c->outputs.at;
    struct lp_format format = { c->format, c->plan_format, c->compare_format };
    bool ok = lp_format_fits(c, &format, error);
    for (size_t i = 0; i < c->outputs.n && ok; i++) {
        format = (struct lp_format){ outputs[i].renderer, outputs[i].plan, outputs[i].compare };
        ok = lp_format_fits(c, &format, error);
    }
    return ok;
}

/* A word such as -timeout is a -t to the table: where none belongs, it is said. */
static bool topology_fits(const struct lp_config *c, struct lp_error *error)
{
    struct lp_str file = lp_str_of(c->topology_file);
    if (!c->topology_file || c->command->takes & LP_COMMAND_TOPOLOGY)
        return true;
    return lp_fail(
        error,
        lp_in_lang(c,
                   "%s takes no topology (-t %s); check and plan do; long options have two dashes"),
        c->command->name, lp_word(c->arena, file));
}

static bool lang_fits(const struct lp_config *c, struct lp_error *error)
{
    return !c->lang || c->command->takes & LP_COMMAND_SPEAKS ||
           lp_fail(error, lp_in_lang(c, "%s speaks English only; --lang is for what people read"),
                   c->command->name);
}

static bool read_words(struct reading *r)
{
    bool only_words = false, ok = true;
    for (; r->at < r->argc && ok; r->at++) {
        struct lp_str word = lp_str_of(r->argv[r->at]);
        if (only_words || word.n < 2 || word.p[0] != '-')
            ok = read_plain(r, word);
        else if (lp_str_eq(word, LP_STR("--")))
            only_words = true;
        else
            ok = word.p[1] == '-' ? read_long(r, word) : read_bundle(r, word);
    }
    return ok;
}

/* What is wrong is said in the language that is asked for, wherever the option stands. */
static void look_for_lang(struct reading *r)
{
    static const struct lp_str option = { "--lang", 6 };
    for (int i = 1; i < r->argc; i++) {
        struct lp_str value = lp_str_of(r->argv[i]), name = lp_str_cut(&value, '=');
        if (!lp_str_eq(name, option))
            continue;
        if (!value.n && i + 1 < r->argc)
            value = lp_str_of(r->argv[i + 1]);
        r->config->lang = lp_lang_by_name(value);
    }
}

/* A plugin with a topology compares, all others walk. */
static const struct lp_command *default_command(const struct lp_config *c)
{
    return command_named(c->topology_file && c->who->plugin ? "check" : "walk");
}

bool lp_options_parse(struct lp_config *config, int argc, char **argv, struct lp_error *error)
{
    struct reading r = { .config = config, .argv = argv, .argc = argc, .at = 1, .error = error };
    set_defaults(config);
    config->who = lp_personality_of(argc ? argv[0] : NULL);
    if (config->who->plugin)
        set_plugin_defaults(config);
    look_for_lang(&r);
    bool ok = read_words(&r);
    if (!config->command)
        config->command = default_command(config);
    if (ok && config->only4 && config->only6)
        return lp_fail(error, lp_in_lang(config, "-4 and -6 exclude each other"));
    return ok && topology_fits(config, error) && lang_fits(config, error) &&
           formats_fit(config, error);
}
