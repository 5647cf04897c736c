/* test_lang.c - the catalogs: complete, nothing left over, the same variables; how they are asked
 */
#include <check.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "lp/client.h"
#include "lp/expect_parts.h"
#include "lp/explain_page.h"
#include "lp/options.h"
#include "lp/probe.h"
#include "lp/text.h"
#include "lp/unchecked.h"
#include "lp/webpath.h"
#include "source_texts.h"

Suite *lp_suite_lang(void);

enum { TEXTS_MAX = 6000 };

/* Every text that people can be shown, but for commands, records and sources. */
static struct lp_str texts[TEXTS_MAX];
static size_t text_count;
static struct lp_arena arena;

static void add_always(struct lp_str text)
{
    ck_assert_uint_lt(text_count, TEXTS_MAX);
    for (size_t i = 0; i < text_count; i++) {
        if (lp_str_eq(texts[i], text))
            return;
    }
    texts[text_count++] = text;
}

/* A step: commands and records are the same in every language. */
static void add(struct lp_str text)
{
    struct lp_str guard;
    while (lp_step_guard(&text, &guard))
        ;
    if (lp_line_kind(text) == LP_LINE_TEXT)
        add_always(text);
}

static void add_lines(const char *const *lines)
{
    for (; lines && *lines; lines++)
        add(lp_str_of(*lines));
}

static void take_title(const struct lp_explain_page *page, const struct lp_explain_title *title)
{
    (void)page;
    add(lp_arena_str(&arena, lp_str_of(title->title)));
    if (title->aside)
        add(lp_str_of(title->aside));
}

static void take_heading(const struct lp_explain_page *page, const char *text)
{
    (void)page;
    add(lp_str_of(text));
}

static void ignore_line(const struct lp_explain_page *page, struct lp_str text, size_t margin)
{
    (void)page;
    (void)text;
    (void)margin;
}

static void add_rule(const struct lp_rule *rule)
{
    static const struct lp_explain_look take = { take_title, take_heading, ignore_line };
    struct lp_explain_page page = { NULL, &take, false, NULL };
    lp_explain_rule(&page, rule);
    add_always(lp_str_of(rule->why));
    add_always(lp_str_of(rule->user_sees));
    add_lines(rule->fix);
    add_lines(rule->then);
    add_lines(rule->by_hand);
}

/* What stands around the texts of the tables, and is not the heading of a rule's page. */
static const char *const around[] = {
    "Inside",
    "Outside",
    "SIP server",
    "HTTPS server",
    "Users on-premises",
    "All users in the cloud",
    "Status 3xx",
    "Status 401, 403 or 407",
    "Status 404 or the like",
    "Status 500",
    "Status 502, 503 or 504",
    "Where to look",
    "Where the number comes from",
    "What the header says",
    "The header ms-diagnostics of a SIP answer (ms-diagnostics-public outside, X-Ms-diagnostics on "
    "the web): the client's trace file and the server's event log show it.",
    "reason: ",
    "said by: ",
    "kind of error: ",
    "On Windows, in PowerShell:",
    "Words in <angle brackets> stand for your own values.",
    "What lyncprobe cannot see, and how to look at it",
    NULL,
};

static void add_title(const char *title)
{
    if (title)
        add(lp_str_of(title));
}

/* What a topology asks for. */
static void add_expected(void)
{
    for (size_t i = 0; i < lp_dns_row_count; i++)
        add_title(lp_dns_rows[i].title);
    for (size_t i = 0; i < lp_cert_row_count; i++)
        add_title(lp_cert_rows[i].title);
    for (size_t i = 0; i < lp_port_row_count; i++) {
        add_title(lp_port_rows[i].title);
        add_title(lp_port_rows[i].skip);
    }
    for (int role = 0; role < LP_ROLE_COUNT; role++)
        add_title(lp_role_title((enum lp_role)role));
    const struct lp_web_path *row;
    for (size_t i = 0; (row = lp_web_path_at(UINT_MAX, UINT_MAX, i)); i++)
        add_title(row->name);
}

/* Help and lists. */
static void add_tables(void)
{
    for (size_t i = 0; i < lp_option_count; i++) {
        add_title(lp_options[i].group ? lp_options[i].text : NULL);
        add_title(lp_options[i].group);
    }
    for (size_t i = 0; i < lp_command_count; i++)
        add_title(lp_commands[i].text);
    for (size_t i = 0; i < lp_client_count; i++)
        add_title(lp_clients[i].title);
    for (size_t i = 0; lp_probes[i]; i++)
        add_title(lp_probes[i]->shape.title);
    add_title(lp_shape_dns.title);
    add_title(lp_shape_certificate.title);
}

static void set_up(void)
{
    const struct lp_rule *rule;
    const struct lp_msdiag *row;
    const struct lp_unchecked_part *part;
    text_count = 0;
    for (size_t i = 0; (rule = lp_rule_at(i)); i++)
        add_rule(rule);
    for (size_t i = 0; (row = lp_msdiag_at(i)); i++) {
        add(lp_str_of(row->title));
        add(lp_str_of(row->meaning));
        add_lines(row->look);
    }
    for (size_t i = 0; (part = lp_unchecked_at(i)); i++) {
        add(lp_str_of(part->heading));
        add_lines(part->lines);
    }
    add_lines(around);
    add_expected();
    add_tables();
    source_texts(&arena, add);
}

static void tear_down(void)
{
    lp_arena_release(&arena);
}

static bool has_message(const struct lp_lang *lang, struct lp_str text)
{
    for (const struct lp_message *m = lang->messages; m->text; m++)
        if (lp_str_eq(lp_str_of(m->text), text))
            return true;
    return false;
}

START_TEST(is_complete)
{
    const struct lp_lang *lang = &lp_langs[_i];
    struct lp_buf missing = lp_buf_new(4000); /* check takes no longer message */
    for (size_t i = 0; i < text_count; i++) {
        if (!has_message(lang, texts[i]))
            lp_buf_printf(&missing, "\n\"%.*s\"", (int)texts[i].n, texts[i].p);
    }
    ck_assert_msg(!missing.n, "share/locale/%s has no msgid:%s", lang->name, missing.p);
    lp_buf_release(&missing);
}
END_TEST

START_TEST(has_nothing_left_over)
{
    const struct lp_lang *lang = &lp_langs[_i];
    struct lp_buf over = lp_buf_new(4000);
    for (const struct lp_message *m = lang->messages; m->text; m++) {
        size_t i = 0;
        while (i < text_count && !lp_str_eq(texts[i], lp_str_of(m->text)))
            i++;
        if (i == text_count)
            lp_buf_printf(&over, "\n\"%s\"", m->text);
    }
    ck_assert_msg(!over.n, "share/locale/%s: nothing says%s", lang->name, over.p);
    lp_buf_release(&over);
}
END_TEST

/* How often the word stands in the text. */
static size_t count_word(struct lp_str text, struct lp_str word)
{
    size_t n = 0;
    for (size_t i = 0; i + word.n <= text.n; i++)
        n += lp_str_eq(lp_str_sub(text, i, word.n), word);
    return n;
}

/* Every {variable}, <value of the reader> and quotation of the one is in the other. */
static void compare(const struct lp_message *m, struct lp_str from, struct lp_str to)
{
    for (size_t i = 0; i < from.n; i++) {
        char end = from.p[i] == '{' ? '}' : '>';
        if (from.p[i] != '{' && (from.p[i] != '<' || !memchr(from.p + i, '>', from.n - i)))
            continue;
        struct lp_str rest = lp_str_sub(from, i, from.n);
        struct lp_str word = lp_str_sub(rest, 0, lp_str_find(rest, end) + 1);
        ck_assert_msg(count_word(to, word) >= 1 || strstr(word.p, "<angle") == word.p ||
                          strstr(word.p, "<spitzen") == word.p,
                      "%.*s is in one of: \"%s\" \"%s\"", (int)word.n, word.p, m->text, m->said);
    }
}

START_TEST(has_the_same_variables)
{
    for (const struct lp_message *m = lp_langs[_i].messages; m->text; m++) {
        compare(m, lp_str_of(m->text), lp_str_of(m->said));
        compare(m, lp_str_of(m->said), lp_str_of(m->text));
    }
}
END_TEST

/* ---- conversions ---- */

enum { VALUES_MAX = 16 };

/* What a format takes: "s", "lld", "*" for a width ... */
struct values {
    struct lp_str at[VALUES_MAX];
    size_t n;
    bool numbered; /* by "%2$s" */
};

/* One conversion from behind its "%"; returns its end. */
static const char *read_value(struct values *v, const char *at)
{
    char *end = NULL;
    unsigned long number = strtoul(at, &end, 10);
    bool numbered = end && *end == '$';
    at = numbered ? end + 1 : at;
    size_t flags = strspn(at, "-+ #0123456789.*");
    size_t n = flags + strspn(at + flags, "hlzjt") + 1;
    size_t place = numbered ? number - 1 : v->n;
    ck_assert_uint_lt(place, VALUES_MAX);
    v->numbered |= numbered;
    v->at[place] = (struct lp_str){ at + flags, n - flags };
    if (place >= v->n)
        v->n = place + 1;
    return at + n;
}

static struct values values_of(const char *format)
{
    struct values v = { .n = 0 };
    for (const char *at = strchr(format, '%'); at; at = strchr(at, '%'))
        at = at[1] == '%' ? at + 2 : read_value(&v, at + 1);
    return v;
}

/* A format takes the same values in both languages. */
START_TEST(has_the_same_conversions)
{
    for (const struct lp_message *m = lp_langs[_i].messages; m->text; m++) {
        struct values from = values_of(m->text), to = values_of(m->said);
        ck_assert_msg(from.n == to.n && !from.numbered, "%s: %s", m->text, m->said);
        for (size_t i = 0; i < from.n; i++)
            ck_assert_msg(lp_str_eq(from.at[i], to.at[i]), "%s: %s", m->text, m->said);
    }
}
END_TEST

START_TEST(is_sorted)
{
    const struct lp_lang *lang = &lp_langs[_i];
    ck_assert_uint_gt(lang->n, 0);
    ck_assert_ptr_null(lang->messages[lang->n].text);
    for (size_t i = 1; i < lang->n; i++)
        ck_assert_int_lt(strcmp(lang->messages[i - 1].text, lang->messages[i].text), 0);
}
END_TEST

/* No translation is taken for a command, is empty, or could do something to a terminal. */
START_TEST(is_text)
{
    for (const struct lp_message *m = lp_langs[_i].messages; m->text; m++) {
        struct lp_str said = lp_str_of(m->said);
        bool ended = strchr(".:?\"", m->text[strlen(m->text) - 1]) != NULL;
        ck_assert_msg(said.n > 0 && lp_is_clean_text(said), "%s: %s", m->text, m->said);
        ck_assert_msg(lp_line_kind(said) == LP_LINE_TEXT, "%s: %s", m->text, m->said);
        ck_assert_msg(!ended || strchr(".:?\"", said.p[said.n - 1]), "%s: %s", m->text, m->said);
        ck_assert_msg(strstr(m->said, "  ") == NULL, "two spaces: %s", m->said);
    }
}
END_TEST

/* ---- how they are asked ------------------------------------------------------------- */

START_TEST(says)
{
    const struct lp_lang *de = lp_lang_by_name(LP_STR("de"));
    ck_assert_ptr_nonnull(de);
    ck_assert(lp_str_eq(lp_lang_say(de, LP_STR("Source")), LP_STR("Quelle")));
    ck_assert(lp_str_eq(lp_lang_say(NULL, LP_STR("Source")), LP_STR("Source")));
    ck_assert(lp_str_eq(lp_lang_say(de, LP_STR("dig {name}")), LP_STR("dig {name}")));
    ck_assert_ptr_null(lp_lang_by_name(LP_STR("en")));
    ck_assert_ptr_null(lp_lang_by_name(LP_STR("")));
    ck_assert_ptr_null(lp_lang_by_name(LP_STR("de_DE")));
}
END_TEST

/* The language is that of the arena. */
START_TEST(tells)
{
    struct lp_arena german = { .lang = lp_lang_by_name(LP_STR("de")) };
    ck_assert_str_eq(lp_tr(&german, "Source"), "Quelle");
    ck_assert_str_eq(lp_tr(&arena, "Source"), "Source");
    ck_assert_str_eq(lp_tell(&german, "step %s (%s)", "b", "x").p, "Schritt b (x)");
    ck_assert_str_eq(lp_tell(&arena, "step %s (%s)", "b", "x").p, "step b (x)");
    ck_assert_str_eq(lp_tell(&german, "%s is in no catalog", "this").p, "this is in no catalog");
    lp_arena_release(&german);
    ck_assert_str_eq(lp_tr(&german, "Source"), "Quelle");
}
END_TEST

START_TEST(in_ascii)
{
    struct lp_buf out = lp_buf_new(1000);
    lp_put_ascii(&out, LP_STR("Gr\303\266\303\237e \303\204\303\226\303\234 "
                              "\303\244\303\274 \342\202\254 \303\251 a"));
    ck_assert_str_eq(out.p, "Groesse AeOeUe aeue ? ? a");
    lp_buf_release(&out);
}
END_TEST

START_TEST(a_page)
{
    struct lp_style style = { .lang = &lp_langs[_i] };
    struct lp_buf out = lp_buf_new(1 << 20);
    for (size_t i = 0; lp_rule_at(i); i++)
        lp_report_explain(lp_rule_at(i), &style, &out);
    ck_assert_ptr_null(strstr(out.p, "How to mend it"));
    for (struct lp_str rest = lp_buf_view(&out); rest.n;) {
        struct lp_str line = lp_str_cut(&rest, '\n');
        ck_assert_msg(lp_columns(line) <= 80, "%.*s", (int)line.n, line.p);
    }
    lp_buf_release(&out);
}
END_TEST

Suite *lp_suite_lang(void)
{
    Suite *suite = suite_create("lang");
    TCase *tc = tcase_create("lang");
    int n = 0;
    while (lp_langs[n].name)
        n++;
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_loop_test(tc, is_complete, 0, n);
    tcase_add_loop_test(tc, has_nothing_left_over, 0, n);
    tcase_add_loop_test(tc, has_the_same_variables, 0, n);
    tcase_add_loop_test(tc, has_the_same_conversions, 0, n);
    tcase_add_loop_test(tc, is_sorted, 0, n);
    tcase_add_loop_test(tc, is_text, 0, n);
    tcase_add_loop_test(tc, a_page, 0, n);
    tcase_add_test(tc, says);
    tcase_add_test(tc, tells);
    tcase_add_test(tc, in_ascii);
    suite_add_tcase(suite, tc);
    return suite;
}
