/* options.c - the option table and its interpreter */
#include <string.h>

#include "lp/client.h"
#include "lp/near.h"
#include "lp/options.h"
#include "lp/text.h"

void lp_list_push(struct lp_arena *arena, struct lp_list *list, const void *item, size_t size)
{
    /* grows by doubling: full when the count is zero or a power of two */
    if ((list->n & (list->n - 1)) == 0) {
        void *at = lp_arena_array(arena, list->n ? 2 * list->n : 1, size);
        if (list->n)
            memcpy(at, list->at, list->n * size);
        list->at = at;
    }
    memcpy((char *)list->at + list->n++ * size, item, size);
}

/* ---- converters ---- */

static bool set_flag(struct lp_config *c, void *at, struct lp_str value, struct lp_error *error)
{
    (void)c;
    (void)value;
    (void)error;
    *(bool *)at = true;
    return true;
}

static bool set_count(struct lp_config *c, void *at, struct lp_str value, struct lp_error *error)
{
    (void)c;
    (void)value;
    (void)error;
    ++*(int64_t *)at;
    return true;
}

static bool set_path(struct lp_config *c, void *at, struct lp_str value, struct lp_error *error)
{
    if (!value.n)
        return lp_fail(error, "needs a file name");
    *(const char **)at = lp_arena_str(c->arena, value).p;
    return true;
}

static bool set_number(struct lp_config *c, void *at, struct lp_str value, struct lp_error *error)
{
    uint64_t number = 0;
    if (!lp_str_to_u64(value, 100000, &number) || !number)
        return lp_fail(error, "%s is no number from 1 to 100000", lp_term(c->arena, value));
    *(int64_t *)at = (int64_t)number;
    return true;
}

/* "2.5": up to 3600 seconds, six digits. */
static bool set_seconds(struct lp_config *c, void *at, struct lp_str value, struct lp_error *error)
{
    struct lp_str rest = value;
    struct lp_str whole = lp_str_cut(&rest, '.');
    uint64_t seconds = 0, part = 0, scale = 1000000;
    bool ok = lp_str_to_u64(whole, 3600, &seconds) && rest.n <= 6 &&
              (!rest.n || lp_str_to_u64(rest, 999999, &part));
    for (size_t i = 0; i < rest.n; i++)
        scale /= 10;
    int64_t us = (int64_t)(seconds * 1000000 + part * scale);
    if (!ok || us <= 0)
        return lp_fail(error, "%s is no time in seconds, such as 2.5", lp_term(c->arena, value));
    *(int64_t *)at = us;
    return true;
}

static bool set_one_of(struct lp_config *c, void *at, struct lp_str value, const char *const *words,
                       struct lp_error *error)
{
    for (size_t i = 0; words[i]; i++) {
        if (lp_str_eq(lp_str_of(words[i]), value)) {
            *(struct lp_str *)at = lp_str_of(words[i]);
            return true;
        }
    }
    (void)c;
    return lp_fail_near(error, "no such value", value, words);
}

static bool set_view(struct lp_config *c, void *at, struct lp_str value, struct lp_error *error)
{
    static const char *const words[] = { "auto", "internal", "external", NULL };
    return set_one_of(c, at, value, words, error);
}

static bool set_color(struct lp_config *c, void *at, struct lp_str value, struct lp_error *error)
{
    static const char *const words[] = { "auto", "always", "never", NULL };
    return set_one_of(c, at, value, words, error);
}

static bool set_client(struct lp_config *c, void *at, struct lp_str value, struct lp_error *error)
{
    const char **words = lp_arena_array(c->arena, lp_client_count + 1, sizeof *words);
    for (size_t i = 0; i < lp_client_count; i++)
        words[i] = lp_clients[i].name;
    return set_one_of(c, at, value, words, error);
}

static const struct lp_renderer *find_format(struct lp_config *c, struct lp_str value,
                                             struct lp_error *error)
{
    const struct lp_renderer *renderer = lp_renderer_by_name(value);
    const char **words = lp_arena_array(c->arena, lp_renderer_count + 1, sizeof *words);
    for (size_t i = 0; i < lp_renderer_count; i++)
        words[i] = lp_renderers[i].name;
    if (!renderer && lp_fail_near(error, "no such format", value, words))
        return NULL;
    return renderer;
}

static bool set_format(struct lp_config *c, void *at, struct lp_str value, struct lp_error *error)
{
    const struct lp_renderer *renderer = find_format(c, value, error);
    *(const struct lp_renderer **)at = renderer ? renderer : c->format;
    return renderer != NULL;
}

static bool set_output(struct lp_config *c, void *at, struct lp_str value, struct lp_error *error)
{
    struct lp_str rest = value;
    struct lp_output out = { .renderer = find_format(c, lp_str_cut(&rest, '='), error) };
    if (!out.renderer)
        return false;
    if (!rest.n)
        return lp_fail(error, "%s is not FORMAT=FILE, such as json=report.json",
                       lp_term(c->arena, value));
    out.path = lp_arena_str(c->arena, rest).p;
    lp_list_push(c->arena, at, &out, sizeof out);
    return true;
}

static bool set_allow(struct lp_config *c, void *at, struct lp_str value, struct lp_error *error)
{
    struct lp_cidr net;
    struct lp_str text = lp_arena_str(c->arena, value);
    if (!lp_cidr_parse(value, &net))
        return lp_fail(error, "%s is no address range, such as 10.0.0.0/8",
                       lp_term(c->arena, value));
    lp_list_push(c->arena, at, &text, sizeof text);
    return true;
}

static bool set_help(struct lp_config *c, void *at, struct lp_str value, struct lp_error *error)
{
    static const char *const words[] = { "all", NULL };
    *(bool *)at = true;
    return !value.p || set_one_of(c, &c->help_topic, value, words, error);
}

/* ---- the table ---- */

#define AT(member) offsetof(struct lp_config, member)
#define DNS "Names and addresses"
#define TRUST "Certificates"
#define LOOK "What is looked at"
#define LIMITS "Time and load"
#define OUTPUT "Output"

const struct lp_option lp_options[] = {
    { 0, "view", "VIEW", "internal, external, or auto: decided from the answers", LOOK, set_view,
      AT(view) },
    { 0, "client", "NAME", "whose order decides (lyncprobe list clients); default lync2013", LOOK,
      set_client, AT(client) },
    { 'l', "list", "FILE", "more domains, one a line; - is standard input", LOOK, set_path,
      AT(list_file) },
    { '4', "ipv4", NULL, "only IPv4", LOOK, set_flag, AT(only4) },
    { '6', "ipv6", NULL, "only IPv6", LOOK, set_flag, AT(only6) },
    { 0, "resolve", "HOST:PORT:ADDR[,ADDR]", "take these addresses for that host and port", DNS,
      lp_set_resolve, AT(resolve) },
    { 0, "connect-to", "HOST1:PORT1:HOST2:PORT2", "connect there instead; names stay as they are",
      DNS, lp_set_connect, AT(connect_to) },
    { 0, "answer", "RECORD", "pretend this record: 'NAME TTL TYPE RDATA'", DNS, lp_set_answer,
      AT(answer) },
    { 0, "deny", "NAME[/TYPE]", "pretend that the name, or its records of a type, do not exist",
      DNS, lp_set_deny, AT(deny) },
    { 0, "allow-net", "CIDR", "let answers lead to this range (loopback, link-local ...)", DNS,
      set_allow, AT(allow) },
    { 0, "cacert", "FILE", "private roots, PEM", TRUST, set_path, AT(private_file) },
    { 0, "public-cacert", "FILE", "public roots, PEM, in place of the system's", TRUST, set_path,
      AT(public_file) },
    { 0, "cert", "FILE", "client certificate to show when asked, PEM", TRUST, set_path,
      AT(cert_file) },
    { 0, "key", "FILE", "its key, PEM, when it is not in the same file", TRUST, set_path,
      AT(key_file) },
    { 0, "timeout", "SEC", "the whole run; default 15", LIMITS, set_seconds, AT(timeout_us) },
    { 0, "connect-timeout", "SEC", "one connection, one handshake; default 4", LIMITS, set_seconds,
      AT(connect_us) },
    { 0, "dns-timeout", "SEC", "one question with its three tries; default 2.8", LIMITS,
      set_seconds, AT(dns_us) },
    { 'j', "jobs", "N", "worker processes; default 1", LIMITS, set_number, AT(workers) },
    { 0, "parallel", "N", "walks at once in a worker; default 64", LIMITS, set_number,
      AT(parallel) },
    { 0, "rate", "N", "DNS questions a second at most", LIMITS, set_number, AT(rate) },
    { 0, "no-sandbox", NULL, "run the worker without seccomp and landlock", LIMITS, set_flag,
      AT(no_sandbox) },
    { 'f', "format", "FORMAT", "text, json or record on standard output", OUTPUT, set_format,
      AT(format) },
    { 'o', "output", "FORMAT=FILE", "also write that format to a file; may be given again", OUTPUT,
      set_output, AT(outputs) },
    { 'q', "quiet", NULL, "no report on standard output, only the exit status", OUTPUT, set_flag,
      AT(quiet) },
    { 'v', "verbose", NULL, "more: -v questions and answers, -vv all evidence, -vvv bytes", OUTPUT,
      set_count, AT(verbosity) },
    { 0, "color", "WHEN", "auto, always or never; NO_COLOR is honoured", OUTPUT, set_color,
      AT(color) },
    { 0, "ascii", NULL, "no characters beyond ASCII", OUTPUT, set_flag, AT(ascii) },
    { 0, "no-progress", NULL, "no progress line on a terminal", OUTPUT, set_flag, AT(no_progress) },
    { 'h', "help", NULL, "this help; --help=all for everything", OUTPUT, set_help, AT(help) },
    { 'V', "version", NULL, "the version", OUTPUT, set_flag, AT(version) },
    { 0, "dump-man", NULL, "the OPTIONS section of the manual page, as roff", NULL, set_flag,
      AT(dump_man) },
};
const size_t lp_option_count = LP_COUNT(lp_options);

/* ---- the interpreter ---- */

struct reading {
    struct lp_config *config;
    char **argv;
    int argc, at;
    struct lp_error *error;
};

bool lp_fail_near(struct lp_error *error, const char *what, struct lp_str word,
                  const char *const *words)
{
    struct lp_arena arena = { 0 };
    const char *best = words[0];
    for (size_t i = 0; words[i]; i++) {
        if (lp_edit_distance(word, lp_str_of(words[i])) < lp_edit_distance(word, lp_str_of(best)))
            best = words[i];
    }
    lp_fail(error, "%s: %s; did you mean %s?", what, lp_term(&arena, word), best);
    lp_arena_release(&arena);
    return false;
}

static bool fail_option(struct reading *r, struct lp_str name)
{
    const char *words[LP_COUNT(lp_options) + 1];
    for (size_t i = 0; i < LP_COUNT(lp_options); i++)
        words[i] = lp_arena_printf(r->config->arena, "--%s", lp_options[i].name).p;
    words[LP_COUNT(lp_options)] = NULL;
    return lp_fail_near(r->error, "no such option", name, words);
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
    if (!option->value && inline_value.p && option->set != set_help)
        return lp_fail(r->error, "--%s takes no value", option->name);
    if (!option->value || inline_value.p)
        return apply(r, option, inline_value);
    if (r->at + 1 >= r->argc)
        return lp_fail(r->error, "--%s needs a value: %s", option->name, option->value);
    return apply(r, option, lp_str_of(r->argv[++r->at]));
}

static bool read_long(struct reading *r, struct lp_str word)
{
    struct lp_str rest = lp_str_sub(word, 2, word.n);
    bool has_value = lp_str_find(rest, '=') < rest.n;
    struct lp_str name = lp_str_cut(&rest, '=');
    for (size_t i = 0; i < LP_COUNT(lp_options); i++) {
        if (lp_str_eq(lp_str_of(lp_options[i].name), name))
            return take_value(r, &lp_options[i], has_value ? rest : LP_STR_NONE);
    }
    return fail_option(r, word);
}

static bool read_bundle(struct reading *r, struct lp_str word)
{
    for (size_t k = 1; k < word.n; k++) {
        const struct lp_option *found = NULL;
        for (size_t i = 0; i < LP_COUNT(lp_options) && !found; i++)
            found = lp_options[i].letter == word.p[k] ? &lp_options[i] : NULL;
        if (!found)
            return fail_option(r, word);
        if (found->value)
            return take_value(r, found,
                              k + 1 < word.n ? lp_str_sub(word, k + 1, word.n) : LP_STR_NONE);
        if (!apply(r, found, LP_STR_NONE))
            return false;
    }
    return true;
}

static bool read_plain(struct reading *r, struct lp_str word)
{
    struct lp_config *c = r->config;
    if (word.n && word.p[0] == '@')
        return lp_server_parse(c, word, r->error);
    for (size_t i = 0; i < lp_command_count && !c->command && !c->words.n; i++) {
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
                             .view = LP_STR("auto"),
                             .client = LP_STR("lync2013"),
                             .color = LP_STR("auto"),
                             .timeout_us = 15000000,
                             .connect_us = 4000000,
                             .dns_us = 2800000,
                             .workers = 1,
                             .parallel = 64 };
}

bool lp_options_parse(struct lp_config *config, int argc, char **argv, struct lp_error *error)
{
    struct reading r = { .config = config, .argv = argv, .argc = argc, .at = 1, .error = error };
    bool only_words = false, ok = true;
    set_defaults(config);
    for (; r.at < argc && ok; r.at++) {
        struct lp_str word = lp_str_of(argv[r.at]);
        if (only_words || word.n < 2 || word.p[0] != '-')
            ok = read_plain(&r, word);
        else if (lp_str_eq(word, LP_STR("--")))
            only_words = true;
        else
            ok = word.p[1] == '-' ? read_long(&r, word) : read_bundle(&r, word);
    }
    if (!config->command)
        config->command = &lp_commands[0];
    if (ok && config->only4 && config->only6)
        return lp_fail(error, "-4 and -6 exclude each other");
    return ok;
}
