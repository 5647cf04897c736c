/* completion.c - completions for bash, zsh and fish, from the tables */
#include "lp/options.h"

#include <string.h>

/* What stands for a value in the option table, and how its words are found. */
enum value_kind { VALUE_NONE, VALUE_FILE, VALUE_FORMAT, VALUE_CLIENT, VALUE_FIXED, VALUE_OTHER };

static const struct {
    const char *option; /* its name; NULL: by the word for the value */
    const char *value;
    enum value_kind kind;
    const char *words; /* VALUE_FIXED */
} values[] = {
    { "output", NULL, VALUE_OTHER, NULL },
    { "view", NULL, VALUE_FIXED, "auto internal external" },
    { "color", NULL, VALUE_FIXED, "auto always never" },
    { "lang", NULL, VALUE_FIXED, "en de" },
    { "fail-on", NULL, VALUE_FIXED, "critical warning never" },
    { "client", NULL, VALUE_CLIENT, NULL },
    { "format", NULL, VALUE_FORMAT, NULL },
    { NULL, "FILE", VALUE_FILE, NULL },
    { NULL, "TOPOLOGY", VALUE_FILE, NULL },
    { NULL, "RECORDING", VALUE_FILE, NULL },
};

static enum value_kind kind_of(const struct lp_option *o, const char **words)
{
    *words = NULL;
    if (!o->value)
        return VALUE_NONE;
    for (size_t i = 0; i < LP_COUNT(values); i++) {
        bool same = values[i].option ? strcmp(values[i].option, o->name) == 0
                                     : strcmp(values[i].value, o->value) == 0;
        *words = values[i].words;
        if (same)
            return values[i].kind;
    }
    *words = NULL;
    return VALUE_OTHER;
}

/* ---- word lists, a blank between ---- */

static void put_formats(struct lp_buf *out)
{
    for (size_t i = 0; i < lp_renderer_count; i++)
        lp_buf_printf(out, "%s%s", i ? " " : "", lp_renderers[i].name);
}

static void put_clients(struct lp_buf *out)
{
    for (size_t i = 0; i < lp_client_count; i++)
        lp_buf_printf(out, "%s%s", i ? " " : "", lp_clients[i].name);
}

static void put_commands(struct lp_buf *out)
{
    for (size_t i = 0; i < lp_command_count; i++)
        lp_buf_printf(out, "%s%s", i ? " " : "", lp_commands[i].name);
}

static void put_findings(struct lp_buf *out)
{
    for (size_t i = 0; lp_rule_at(i); i++)
        lp_buf_printf(out, "%s%s", i ? " " : "", lp_rule_at(i)->id);
}

static void put_words(struct lp_buf *out, enum value_kind kind, const char *words)
{
    if (kind == VALUE_FORMAT)
        put_formats(out);
    else if (kind == VALUE_CLIENT)
        put_clients(out);
    else
        lp_buf_text(out, words);
}

static bool has_words(enum value_kind kind)
{
    return kind == VALUE_FORMAT || kind == VALUE_CLIENT || kind == VALUE_FIXED;
}

/* ---- bash ---- */

static void put_bash_value(struct lp_buf *out, const struct lp_option *o)
{
    const char *words;
    enum value_kind kind = kind_of(o, &words);
    if (!o->group || kind == VALUE_NONE)
        return;
    lp_buf_printf(out, "    --%s", o->name);
    if (o->letter)
        lp_buf_printf(out, "|-%c", o->letter);
    lp_buf_text(out, ")\n");
    if (has_words(kind)) {
        lp_buf_text(out, "        mapfile -t COMPREPLY < <(compgen -W '");
        put_words(out, kind, words);
        lp_buf_text(out, "' -- \"$cur\")\n");
    } else if (kind == VALUE_FILE) {
        lp_buf_text(out, "        mapfile -t COMPREPLY < <(compgen -f -- \"$cur\")\n");
    }
    lp_buf_text(out, "        return\n        ;;\n");
}

static void put_bash(struct lp_buf *out)
{
    lp_buf_text(out, "# bash completion for lyncprobe, from its option table\n"
                     "_lyncprobe() {\n"
                     "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n"
                     "    COMPREPLY=()\n"
                     "    case $prev in\n");
    for (size_t i = 0; i < lp_option_count; i++)
        put_bash_value(out, &lp_options[i]);
    lp_buf_text(out, "    explain)\n        mapfile -t COMPREPLY < <(compgen -W '");
    put_findings(out);
    lp_buf_text(out, "' -- \"${cur^^}\")\n        return\n        ;;\n    esac\n"
                     "    if [[ $cur == -* ]]; then\n"
                     "        mapfile -t COMPREPLY < <(compgen -W '");
    for (size_t i = 0; i < lp_option_count; i++) {
        if (lp_options[i].group)
            lp_buf_printf(out, "--%s ", lp_options[i].name);
    }
    lp_buf_text(out, "' -- \"$cur\")\n    elif ((COMP_CWORD == 1)); then\n"
                     "        mapfile -t COMPREPLY < <(compgen -W '");
    put_commands(out);
    lp_buf_text(out, "' -- \"$cur\")\n    else\n"
                     "        mapfile -t COMPREPLY < <(compgen -f -- \"$cur\")\n    fi\n}\n"
                     "complete -o filenames -F _lyncprobe lyncprobe\n");
}

/* ---- zsh ---- */

/* Inside '...' of an _arguments specification. */
static void put_zsh_text(struct lp_buf *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '\'')
            lp_buf_text(out, "'\\'");
        else if (strchr("[]:\\", *text))
            lp_buf_char(out, '\\');
        lp_buf_char(out, *text);
    }
}

static void put_zsh_action(struct lp_buf *out, const struct lp_option *o)
{
    const char *words;
    enum value_kind kind = kind_of(o, &words);
    if (kind == VALUE_NONE)
        return;
    lp_buf_char(out, ':');
    put_zsh_text(out, o->value);
    lp_buf_char(out, ':');
    if (kind == VALUE_FILE)
        lp_buf_text(out, "_files");
    if (has_words(kind)) {
        lp_buf_char(out, '(');
        put_words(out, kind, words);
        lp_buf_char(out, ')');
    }
}

static void put_zsh_option(struct lp_buf *out, const struct lp_option *o)
{
    if (o->letter)
        lp_buf_printf(out, "    '*'{-%c,--%s}'[", o->letter, o->name);
    else
        lp_buf_printf(out, "    '*--%s[", o->name);
    put_zsh_text(out, o->text);
    lp_buf_char(out, ']');
    put_zsh_action(out, o);
    lp_buf_text(out, "' \\\n");
}

static void put_zsh(struct lp_buf *out)
{
    lp_buf_text(out, "#compdef lyncprobe\n# zsh completion for lyncprobe, from its option table\n"
                     "local -a findings\nfindings=(");
    put_findings(out);
    lp_buf_text(out, ")\nif (( CURRENT > 2 )) && [[ $words[2] == explain ]]; then\n"
                     "    compadd -M 'm:{a-z}={A-Z}' -- $findings\n    return\nfi\n"
                     "_arguments -S \\\n");
    for (size_t i = 0; i < lp_option_count; i++) {
        if (lp_options[i].group)
            put_zsh_option(out, &lp_options[i]);
    }
    lp_buf_text(out, "    '1:command or domain:(");
    put_commands(out);
    lp_buf_text(out, ")' \\\n    '*:domain, server or file:_files'\n");
}

/* ---- fish ---- */

static void put_fish_text(struct lp_buf *out, const char *text)
{
    lp_buf_char(out, '\'');
    for (; *text; text++) {
        if (*text == '\'' || *text == '\\')
            lp_buf_char(out, '\\');
        lp_buf_char(out, *text);
    }
    lp_buf_char(out, '\'');
}

static void put_fish_option(struct lp_buf *out, const struct lp_option *o)
{
    const char *words;
    enum value_kind kind = kind_of(o, &words);
    lp_buf_printf(out, "complete -c lyncprobe -l %s", o->name);
    if (o->letter)
        lp_buf_printf(out, " -s %c", o->letter);
    if (kind == VALUE_FILE)
        lp_buf_text(out, " -r -F");
    else if (kind != VALUE_NONE)
        lp_buf_text(out, " -x");
    if (has_words(kind)) {
        lp_buf_text(out, " -a '");
        put_words(out, kind, words);
        lp_buf_char(out, '\'');
    }
    lp_buf_text(out, " -d ");
    put_fish_text(out, o->text);
    lp_buf_char(out, '\n');
}

static void put_fish(struct lp_buf *out)
{
    lp_buf_text(out, "# fish completion for lyncprobe, from its option table\n");
    for (size_t i = 0; i < lp_command_count; i++) {
        lp_buf_printf(out, "complete -c lyncprobe -n __fish_use_subcommand -a %s -d ",
                      lp_commands[i].name);
        put_fish_text(out, lp_commands[i].text);
        lp_buf_char(out, '\n');
    }
    for (size_t i = 0; i < lp_option_count; i++) {
        if (lp_options[i].group)
            put_fish_option(out, &lp_options[i]);
    }
    lp_buf_text(out, "complete -c lyncprobe -n '__fish_seen_subcommand_from explain' -x -a '");
    put_findings(out);
    lp_buf_text(out, "'\n");
}

/* ---- */

static const struct {
    const char *shell;
    void (*put)(struct lp_buf *out);
} shells[] = { { "bash", put_bash }, { "zsh", put_zsh }, { "fish", put_fish } };

bool lp_dump_completion(struct lp_buf *out, struct lp_str shell)
{
    for (size_t i = 0; i < LP_COUNT(shells); i++) {
        if (!lp_str_eq(lp_str_of(shells[i].shell), shell))
            continue;
        shells[i].put(out);
        return true;
    }
    return false;
}
