/* source_texts.c - a reader of C that knows comments, literals, brackets and commas */
#include "source_texts.h"

#include <check.h>
#include <ctype.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The functions that translate, and which of their arguments. */
static const struct {
    const char *name;
    int argument;
} sinks[] = {
    { "lp_tell", 1 },         { "lp_say", 1 },        { "lp_tr", 1 },
    { "LP_TR", 0 },           { "lp_in_lang", 1 },    { "lp_page_word", 1 },
    { "lp_page_heading", 1 }, { "lp_page_block", 1 }, { "lp_page_steps", 1 },
    { "lp_html_pair", 1 },    { "lp_html_table", 1 }, { "lp_html_copy_button", 2 },
    { "put_note", 1 }, /* a row of certificates */
    { "put_pair", 1 }, /* of a finding */
    { "put_line", 2 }, /* of a ticket */
};

/* One file under the reader's eye. */
struct reader {
    struct lp_arena *arena;
    const char *at;
    void (*take)(struct lp_str text);
    char text[4096]; /* literals side by side */
    size_t n;
};

/* Behind blanks and comments. */
static const char *skip(const char *at)
{
    for (;;) {
        while (isspace((unsigned char)*at))
            at++;
        if (at[0] != '/' || at[1] != '*')
            return at;
        at = strstr(at, "*/");
        ck_assert_ptr_nonnull(at);
        at += 2;
    }
}

/* Letters side by side that are no conversion. */
static bool has_words(const char *text)
{
    for (const char *at = text; *at; at++) {
        if (*at == '%')
            at += strcspn(at + 1, "csdufzxX%") + 1;
        else if (isalpha((unsigned char)at[0]) && isalpha((unsigned char)at[1]))
            return true;
    }
    return false;
}

static void flush(struct reader *r)
{
    r->text[r->n] = '\0';
    if (has_words(r->text))
        r->take(lp_arena_printf(r->arena, "%s", r->text));
    r->n = 0;
}

/* The literal at r->at, which is a quotation mark. */
static void read_literal(struct reader *r, char quote, bool wanted)
{
    for (r->at++; *r->at != quote; r->at++) {
        char c = *r->at;
        if (c == '\\')
            c = *++r->at == 'n' ? '\n' : *r->at;
        ck_assert_uint_lt(r->n + 1, sizeof r->text);
        if (wanted)
            r->text[r->n++] = c;
    }
    r->at++;
}

/* From behind the bracket of a call: its argument of that number, calls within it excepted. */
static void read_call(struct reader *r, int argument)
{
    int depth = 0;
    for (int i = 0; *r->at && depth >= 0;) {
        r->at = skip(r->at);
        char c = *r->at;
        bool wanted = i == argument && depth == 0;
        if (c == '"' || c == '\'') {
            read_literal(r, c, wanted && c == '"');
            continue;
        }
        if (wanted)
            flush(r);
        depth += (c == '(' || c == '{' || c == '[') - (c == ')' || c == '}' || c == ']');
        i += c == ',' && depth == 0;
        r->at++;
    }
}

/* The argument of the translated text, when a call of a sink begins here; -1: none does. */
static int sink_at(const char *at)
{
    size_t n = 0;
    while (isalnum((unsigned char)at[n]) || at[n] == '_')
        n++;
    for (size_t i = 0; i < sizeof sinks / sizeof *sinks && at[n] == '('; i++) {
        if (strlen(sinks[i].name) == n && strncmp(sinks[i].name, at, n) == 0)
            return sinks[i].argument;
    }
    return -1;
}

static void read_text(struct reader *r, const char *text)
{
    bool inside = false; /* a word */
    for (const char *at = text; *at; at++) {
        bool is_word = isalnum((unsigned char)*at) || *at == '_';
        int argument = is_word && !inside ? sink_at(at) : -1;
        inside = is_word;
        if (argument < 0)
            continue;
        r->at = strchr(at, '(') + 1;
        read_call(r, argument);
    }
}

static void read_file(struct reader *r, const char *path)
{
    char *text = NULL;
    size_t room = 0;
    FILE *file = fopen(path, "r");
    ck_assert_msg(file != NULL, "%s", path);
    ck_assert(getdelim(&text, &room, '\0', file) > 0);
    ck_assert_int_eq(fclose(file), 0);
    read_text(r, text);
    free(text);
}

void source_texts(struct lp_arena *arena, void (*take)(struct lp_str text))
{
    glob_t found;
    struct reader r = { .arena = arena, .take = take };
    ck_assert_int_eq(glob("src/*/*.c", 0, NULL, &found), 0);
    ck_assert_int_eq(glob("probes/*.c", GLOB_APPEND, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++)
        read_file(&r, found.gl_pathv[i]);
    globfree(&found);
}
