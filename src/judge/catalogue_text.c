/* catalogue_text.c - templates to text, guards of steps, what kind of line a step is. */
#include "lp/catalogue.h"

#include <ctype.h>
#include <string.h>

#include "lp/buf.h"
#include "lp/lang.h"

enum { TEXT_MAX = 64 * 1024 };

/* ---- variables -------------------------------------------------------------------- */

struct variable {
    const char *name;
    size_t offset;                                       /* of the member */
    struct lp_str (*derive)(const struct lp_vars *vars); /* in place of the member */
};

/* What the finding is about by name: an owner name, or the host of an endpoint. */
static struct lp_str subject_name(const struct lp_vars *vars)
{
    return vars->name.p ? vars->name : vars->host;
}

/* Bytes of the name before ".zone"; name.n when the domain does not enclose it. */
static size_t label_length(const struct lp_vars *vars, struct lp_str name)
{
    size_t n = vars->domain.n;
    if (!n || name.n < n + 2 || name.p[name.n - n - 1] != '.')
        return name.n;
    return lp_str_eq_nocase(lp_str_sub(name, name.n - n, n), vars->domain) ? name.n - n - 1
                                                                           : name.n;
}

static struct lp_str zone_of(const struct lp_vars *vars, struct lp_str name)
{
    if (lp_str_eq_nocase(name, vars->domain) || label_length(vars, name) < name.n)
        return vars->domain;
    return lp_str_sub(name, lp_str_find(name, '.') + 1, name.n);
}

/* What stands before the zone; "@" for the zone itself, as Windows DNS and zone
   files write it. */
static struct lp_str label_of(const struct lp_vars *vars, struct lp_str name)
{
    if (name.n && lp_str_eq_nocase(name, vars->domain))
        return LP_STR("@");
    size_t n = label_length(vars, name);
    return lp_str_sub(name, 0, n < name.n ? n : lp_str_find(name, '.'));
}

static struct lp_str zone(const struct lp_vars *vars)
{
    return zone_of(vars, subject_name(vars));
}

static struct lp_str label(const struct lp_vars *vars)
{
    return label_of(vars, subject_name(vars));
}

static struct lp_str target_zone(const struct lp_vars *vars)
{
    return zone_of(vars, vars->target);
}

static struct lp_str target_label(const struct lp_vars *vars)
{
    return label_of(vars, vars->target);
}

static const struct variable variables[] = {
    { "domain", offsetof(struct lp_vars, domain), NULL },
    { "view", offsetof(struct lp_vars, view), NULL },
    { "name", offsetof(struct lp_vars, name), NULL },
    { "type", offsetof(struct lp_vars, type), NULL },
    { "host", offsetof(struct lp_vars, host), NULL },
    { "port", offsetof(struct lp_vars, port), NULL },
    { "address", offsetof(struct lp_vars, address), NULL },
    { "target", offsetof(struct lp_vars, target), NULL },
    { "expected", offsetof(struct lp_vars, expected), NULL },
    { "observed", offsetof(struct lp_vars, observed), NULL },
    { "names", offsetof(struct lp_vars, names), NULL },
    { "service", offsetof(struct lp_vars, service), NULL },
    { "zone", 0, zone },
    { "label", 0, label },
    { "target_zone", 0, target_zone },
    { "target_label", 0, target_label },
};

static struct lp_str member_at(const struct lp_vars *vars, size_t offset)
{
    struct lp_str member;
    memcpy(&member, (const char *)vars + offset, sizeof member);
    return member;
}

static struct lp_str value_of(const struct lp_vars *vars, struct lp_str name)
{
    for (size_t i = 0; i < LP_COUNT(variables); i++) {
        const struct variable *variable = &variables[i];
        if (lp_str_eq(name, lp_str_of(variable->name)))
            return variable->derive ? variable->derive(vars) : member_at(vars, variable->offset);
    }
    return LP_STR_NONE;
}

/* ---- templates -------------------------------------------------------------------- */

/* An IPv6 address before a port stands in brackets, as commands and URLs want it. */
static void put_value(struct lp_buf *out, struct lp_str value, struct lp_str rest)
{
    bool bracketed =
        rest.n && rest.p[0] == ':' && value.n && value.p[0] != '[' && memchr(value.p, ':', value.n);
    if (!value.n && out->n && out->p[out->n - 1] == ' ')
        lp_buf_truncate(out, out->n - 1);
    lp_buf_text(out, bracketed ? "[" : "");
    lp_buf_str(out, value);
    lp_buf_text(out, bracketed ? "]" : "");
}

/* The view is a word of ours; all others are names and numbers, or told already. */
static struct lp_str shown_value(const struct lp_arena *arena, const struct lp_vars *vars,
                                 struct lp_str name)
{
    struct lp_str value = value_of(vars, name);
    return lp_str_eq(name, LP_STR("view")) ? lp_lang_say(arena->lang, value) : value;
}

static struct lp_str expand(struct lp_arena *arena, struct lp_str rest, const struct lp_vars *vars)
{
    struct lp_buf out = lp_buf_new(TEXT_MAX);
    while (rest.n) {
        size_t brace = lp_str_find(rest, '{');
        lp_buf_str(&out, lp_str_sub(rest, 0, brace));
        rest = lp_str_sub(rest, brace + 1, rest.n);
        if (!rest.n)
            break;
        struct lp_str name = lp_str_cut(&rest, '}');
        put_value(&out, shown_value(arena, vars, name), rest);
    }
    struct lp_str text = lp_arena_str(arena, lp_buf_view(&out));
    lp_buf_release(&out);
    return text;
}

struct lp_str lp_template(struct lp_arena *arena, const char *text, const struct lp_vars *vars)
{
    return expand(arena, lp_str_of(lp_tr(arena, text)), vars);
}

const char *lp_title_inner(struct lp_arena *arena, const char *title)
{
    bool is_name = lp_str_starts_nocase(lp_str_of(title), "Autodiscover");
    bool is_word =
        title[0] && title[1] && (title[1] == ' ' || lp_ascii_lower(title[1]) == title[1]);
    const char *said = lp_tr(arena, title);
    if (said != title || is_name || !is_word)
        return said;
    return lp_arena_printf(arena, "%c%s", lp_ascii_lower(title[0]), title + 1).p;
}

/* ---- guards ----------------------------------------------------------------------- */

bool lp_step_guard(struct lp_str *step, struct lp_str *guard)
{
    if (!step->n || step->p[0] != '[')
        return false;
    *step = lp_str_sub(*step, 1, step->n);
    *guard = lp_str_cut(step, ']');
    if (step->n && step->p[0] == ' ')
        *step = lp_str_sub(*step, 1, step->n);
    return true;
}

static bool guard_holds(struct lp_str guard, const struct lp_vars *vars)
{
    static const struct {
        const char *word;
        size_t offset; /* of the variable that has to be this word */
    } guards[] = {
        { "internal", offsetof(struct lp_vars, view) },
        { "external", offsetof(struct lp_vars, view) },
        { "sip", offsetof(struct lp_vars, service) },
        { "web", offsetof(struct lp_vars, service) },
        { "premises", offsetof(struct lp_vars, home) },
        { "cloud", offsetof(struct lp_vars, home) },
        { "redirect", offsetof(struct lp_vars, answer) },
        { "denied", offsetof(struct lp_vars, answer) },
        { "missing", offsetof(struct lp_vars, answer) },
        { "failing", offsetof(struct lp_vars, answer) },
        { "gateway", offsetof(struct lp_vars, answer) },
    };
    for (size_t i = 0; i < LP_COUNT(guards); i++) {
        if (!lp_str_eq(guard, lp_str_of(guards[i].word)))
            continue;
        struct lp_str have = member_at(vars, guards[i].offset);
        return !have.p || lp_str_eq(have, guard);
    }
    struct lp_str name = subject_name(vars);
    return !name.p || lp_str_eq_nocase(lp_str_sub(name, 0, guard.n), guard);
}

static bool step_applies(struct lp_str *step, const struct lp_vars *vars)
{
    bool applies = true;
    struct lp_str guard;
    while (lp_step_guard(step, &guard))
        applies = guard_holds(guard, vars) && applies;
    return applies;
}

void lp_rule_fix(struct lp_arena *arena, const struct lp_rule *rule, const struct lp_vars *vars,
                 struct lp_list *steps)
{
    const char *const *tables[] = { rule->fix, rule->then };
    size_t count = 0;
    for (size_t t = 0; t < LP_COUNT(tables); t++)
        for (const char *const *line = tables[t]; line && *line; line++)
            count++;
    struct lp_str *to = lp_arena_array(arena, count, sizeof *to);
    *steps = (struct lp_list){ .at = to };
    for (size_t t = 0; t < LP_COUNT(tables); t++)
        for (const char *const *line = tables[t]; line && *line; line++) {
            struct lp_str step = lp_str_of(*line);
            if (step_applies(&step, vars))
                to[steps->n++] = expand(arena, lp_lang_say(arena->lang, step), vars);
        }
}

/* ---- kinds of lines --------------------------------------------------------------- */

static bool all_digits(struct lp_str word)
{
    for (size_t i = 0; i < word.n; i++)
        if (!isdigit((unsigned char)word.p[i]))
            return false;
    return word.n > 0;
}

/* Get-CsCertificate: a verb and a noun with a capital each; MS-OCDISCWS is none. */
static bool is_cmdlet(struct lp_str word)
{
    size_t hyphen = lp_str_find(word, '-');
    if (hyphen < 2 || hyphen + 1 >= word.n || !islower((unsigned char)word.p[1]))
        return false;
    for (size_t i = 0; i < word.n; i++)
        if (i != hyphen && !isalpha((unsigned char)word.p[i]))
            return false;
    return isupper((unsigned char)word.p[0]) && isupper((unsigned char)word.p[hyphen + 1]);
}

static bool is_command(struct lp_str word)
{
    static const char *const commands[] = {
        "dig",    "openssl",  "curl",  "printf",   "netstat", "lyncprobe", "ip",     "date",
        "ulimit", "certutil", "w32tm", "ipconfig", "netsh",   "reg",       "cmdkey",
    };
    for (size_t i = 0; i < LP_COUNT(commands); i++)
        if (lp_str_eq(word, lp_str_of(commands[i])))
            return true;
    return false;
}

enum lp_line_kind lp_line_kind(struct lp_str line)
{
    struct lp_str first = lp_str_cut(&line, ' ');
    struct lp_str second = lp_str_cut(&line, ' ');
    struct lp_str third = lp_str_cut(&line, ' ');
    if (all_digits(second) && lp_str_eq(third, LP_STR("IN")))
        return LP_LINE_RECORD;
    if (is_command(first))
        return LP_LINE_SHELL;
    return is_cmdlet(first) ? LP_LINE_POWERSHELL : LP_LINE_TEXT;
}
