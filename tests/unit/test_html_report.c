/* test_html_report.c - the page: well-formed, its policy true, its links whole, hostile text inert
 */
#include <check.h>
#include <expat.h>
#include <stdio.h>
#include <string.h>

#include "lp/compare_render.h"
#include "lp/html.h"
#include "lp/lang.h"
#include "lp/sha256.h"
#include "lp/text.h"
#include "story.h"

Suite *lp_suite_html_report(void);

#define SAVED "data:application/json;base64,"

enum { NAMES_MAX = 4096, TEXT_MAX = 1 << 20 };

/* What a parser sees of the page. */
struct seen {
    struct lp_arena arena;
    struct lp_str ids[NAMES_MAX], links[NAMES_MAX];
    size_t id_count, link_count;
    struct lp_str policy, saved;
    struct lp_buf text, style, script;
    struct lp_buf *into; /* where character data goes now */
    size_t headings;     /* h1 */
    char foreign[64];    /* first element or attribute that no page of ours has */
};

static bool is_one_of(const char *word, const char *const *words)
{
    while (*words && strcmp(*words, word) != 0)
        words++;
    return *words != NULL;
}

static void note_attribute(struct seen *seen, const char *name, const char *value)
{
    static const char *const known[] = { "aria-hidden",
                                         "aria-labelledby",
                                         "aria-label",
                                         "charset",
                                         "class",
                                         "content",
                                         "data-copied",
                                         "data-copy",
                                         "data-selected",
                                         "download",
                                         "focusable",
                                         "height",
                                         "hidden",
                                         "href",
                                         "http-equiv",
                                         "id",
                                         "lang",
                                         "name",
                                         "open",
                                         "preserveAspectRatio",
                                         "role",
                                         "scope",
                                         "tabindex",
                                         "type",
                                         "viewBox",
                                         "width",
                                         "x",
                                         "y",
                                         NULL };
    struct lp_str copy = lp_arena_str(&seen->arena, lp_str_of(value));
    if (!is_one_of(name, known))
        snprintf(seen->foreign, sizeof seen->foreign, "%s", name);
    if (!strcmp(name, "id") && seen->id_count < NAMES_MAX)
        seen->ids[seen->id_count++] = copy;
    /* the file that a link holds */
    if (!strcmp(name, "href") && !strncmp(value, SAVED, strlen(SAVED)))
        seen->saved = lp_str_sub(copy, strlen(SAVED), copy.n);
    else if ((!strcmp(name, "href") || !strcmp(name, "aria-labelledby") ||
              !strcmp(name, "data-copy")) &&
             seen->link_count < NAMES_MAX)
        seen->links[seen->link_count++] = copy;
    if (!strcmp(name, "content") && strstr(value, "default-src"))
        seen->policy = copy;
}

static void XMLCALL on_start(void *user, const XML_Char *name, const XML_Char **attributes)
{
    static const char *const known[] = {
        "a",      "article", "body",  "br",     "button", "caption", "code", "dd",    "details",
        "div",    "dl",      "dt",    "h1",     "h2",     "h3",      "h4",   "head",  "header",
        "html",   "li",      "main",  "meta",   "nav",    "ol",      "p",    "pre",   "rect",
        "script", "section", "span",  "strong", "style",  "summary", "svg",  "table", "tbody",
        "td",     "th",      "thead", "title",  "tr",     "ul",      NULL
    };
    struct seen *seen = user;
    if (!is_one_of(name, known))
        snprintf(seen->foreign, sizeof seen->foreign, "%s", name);
    seen->headings += !strcmp(name, "h1");
    if (!strcmp(name, "style"))
        seen->into = &seen->style;
    else if (!strcmp(name, "script"))
        seen->into = &seen->script;
    for (; attributes[0]; attributes += 2)
        note_attribute(seen, attributes[0], attributes[1]);
}

static void XMLCALL on_end(void *user, const XML_Char *name)
{
    struct seen *seen = user;
    (void)name;
    seen->into = &seen->text;
}

static void XMLCALL on_text(void *user, const XML_Char *text, int n)
{
    struct seen *seen = user;
    lp_buf_add(seen->into, text, (size_t)n);
}

static void see(struct seen *seen, const char *const *pieces)
{
    XML_Parser parser = XML_ParserCreate("UTF-8");
    *seen = (struct seen){ .text = lp_buf_new(TEXT_MAX),
                           .style = lp_buf_new(TEXT_MAX),
                           .script = lp_buf_new(TEXT_MAX) };
    seen->into = &seen->text;
    XML_SetUserData(parser, seen);
    XML_SetElementHandler(parser, on_start, on_end);
    XML_SetCharacterDataHandler(parser, on_text);
    for (; *pieces; pieces++)
        ck_assert_msg(XML_Parse(parser, *pieces, (int)strlen(*pieces), !pieces[1]) == XML_STATUS_OK,
                      "line %lu: %s", XML_GetCurrentLineNumber(parser),
                      XML_ErrorString(XML_GetErrorCode(parser)));
    XML_ParserFree(parser);
    ck_assert_str_eq(seen->foreign, "");
}

static void forget(struct seen *seen)
{
    lp_buf_release(&seen->text);
    lp_buf_release(&seen->style);
    lp_buf_release(&seen->script);
    lp_arena_release(&seen->arena);
}

static void see_story(struct seen *seen, struct story *story, const char *const *lines)
{
    story_open_all(story, lines);
    see(seen, (const char *const[]){ story_render(story, "html"), lp_html_end, NULL });
}

/* ---- */

static bool has_id(const struct seen *seen, struct lp_str id)
{
    size_t n = 0;
    for (size_t i = 0; i < seen->id_count; i++)
        n += lp_str_eq(seen->ids[i], id);
    return n == 1;
}

/* Each link, label and button leads to one element of this page, and to nothing else. */
START_TEST(test_links)
{
    struct story story;
    struct seen seen;
    see_story(&seen, &story, story_plain);
    ck_assert_uint_eq(seen.headings, 1);
    ck_assert_uint_gt(seen.link_count, 20);
    /* and one holds a file, which begins with "{", a line's end, "  \"sche" */
    ck_assert(lp_str_starts_nocase(seen.saved, "ewogICJzY2hl"));
    for (size_t i = 0; i < seen.link_count; i++) {
        struct lp_str id = seen.links[i];
        if (id.n && id.p[0] == '#')
            id = lp_str_sub(id, 1, id.n);
        ck_assert_msg(has_id(&seen, id), "%s", seen.links[i].p);
    }
    forget(&seen);
    story_close(&story);
}
END_TEST

static void assert_policy_has(const struct seen *seen, const struct lp_buf *text)
{
    struct lp_arena arena = { 0 };
    struct lp_buf bytes = lp_buf_new(64), base64 = lp_buf_new(128);
    struct lp_str hex = lp_sha256(&arena, lp_buf_view(text));
    for (size_t i = 0; i < hex.n; i += 2) {
        static const char digits[] = "0123456789abcdef";
        lp_buf_char(&bytes, (char)(16 * (strchr(digits, hex.p[i]) - digits) +
                                   (strchr(digits, hex.p[i + 1]) - digits)));
    }
    lp_put_base64(&base64, lp_buf_view(&bytes));
    ck_assert_uint_gt(text->n, 100);
    ck_assert_ptr_nonnull(strstr(seen->policy.p, base64.p));
    lp_buf_release(&base64);
    lp_buf_release(&bytes);
    lp_arena_release(&arena);
}

START_TEST(test_policy)
{
    struct story story;
    struct seen seen;
    see_story(&seen, &story, story_plain);
    ck_assert_ptr_nonnull(strstr(seen.policy.p, "default-src 'none'"));
    ck_assert_ptr_null(strstr(seen.policy.p, "unsafe"));
    assert_policy_has(&seen, &seen.style);
    assert_policy_has(&seen, &seen.script);
    forget(&seen);
    story_close(&story);
}
END_TEST

START_TEST(test_sections)
{
    static const char *const ids[] = { "w1-name",     "w1-verdict",      "w1-ticket", "w1-walk",
                                       "w1-times",    "w1-certificates", "w1-ports",  "w1-findings",
                                       "w1-evidence", "w1-made" };
    struct story story;
    struct seen seen;
    see_story(&seen, &story, story_plain);
    for (size_t i = 0; i < LP_COUNT(ids); i++)
        ck_assert_msg(has_id(&seen, lp_str_of(ids[i])), "%s", ids[i]);
    ck_assert(!has_id(&seen, LP_STR("w1-expectations")));
    forget(&seen);
    story_close(&story);
}
END_TEST

/* Two walks, rendered one by one as a run does it, are one page with ids of their own. */
START_TEST(test_two_walks)
{
    struct story story;
    struct seen seen;
    story_open_all(&story, story_plain);
    const struct lp_judgement *walk = &story.judgement;
    const struct lp_renderer *r = lp_renderer_by_name(LP_STR("html"));
    struct lp_buf page = lp_buf_new(TEXT_MAX);
    lp_buf_text(&page, r->first);
    for (size_t i = 0; i < 2; i++) {
        struct lp_report_input input = { .walks = &walk, .n = 1, .before = i };
        lp_buf_text(&page, i ? r->between : "");
        r->render(&input, &page);
    }
    lp_buf_text(&page, r->last);
    see(&seen, (const char *const[]){ page.p, NULL });
    ck_assert_uint_eq(seen.headings, 2);
    ck_assert(has_id(&seen, LP_STR("w2-verdict")));
    lp_buf_release(&page);
    forget(&seen);
    story_close(&story);
}
END_TEST

/* The page speaks the language of its judgement, and says so. */
START_TEST(test_language)
{
    struct story story;
    struct seen seen;
    story_open_all(&story, story_plain);
    story.arena.lang = lp_lang_by_name(LP_STR("de"));
    const char *page = story_render(&story, "html");
    ck_assert_ptr_nonnull(strstr(page, "<html lang=\"de\">"));
    see(&seen, (const char *const[]){ page, lp_html_end, NULL });
    ck_assert_ptr_nonnull(strstr(seen.text.p, "Direkt zum Bericht"));
    ck_assert_ptr_nonnull(strstr(seen.text.p, "Wie dieser Bericht entstand"));
    ck_assert_ptr_null(strstr(seen.text.p, "How this was made"));
    forget(&seen);
    story.arena.lang = NULL;
    ck_assert_ptr_nonnull(strstr(story_render(&story, "html"), "<html lang=\"en\">"));
    story_close(&story);
}
END_TEST

#define SECOND "{\"label\":\"192.0.2.54\",\"addresses\":[\"192.0.2.54:53\"]}"
START_TEST(test_servers)
{
    static const char *const lines[] = {
        STORY_HEADER_OF("external", STORY_SERVER "," SECOND, ""),
        STORY_ANSWER(1, "A", 1, "sip.contoso.example", "\"address\":\"198.51.100.10\""),
        STORY_END,
        NULL,
    };
    struct story story;
    struct seen seen;
    see_story(&seen, &story, lines);
    ck_assert(has_id(&seen, LP_STR("w1-servers")));
    ck_assert_ptr_nonnull(strstr(seen.text.p, "differs"));
    forget(&seen);
    story_close(&story);
}
END_TEST

/* The inside and the outside of one domain stand side by side under the second one. */
START_TEST(test_views)
{
    static const char *const inside[] = { STORY_HEADER_OF("internal", STORY_SERVER, ""), STORY_END,
                                          NULL };
    struct story first, second;
    struct seen seen;
    struct lp_buf page = lp_buf_new(TEXT_MAX);
    story_open_all(&first, inside);
    story_open_all(&second, story_plain);
    const struct lp_judgement *walks[] = { &first.judgement, &second.judgement };
    struct lp_report_input input = { .walks = walks, .n = 2 };
    lp_renderer_by_name(LP_STR("html"))->render(&input, &page);
    see(&seen, (const char *const[]){ page.p, lp_html_end, NULL });
    ck_assert(has_id(&seen, LP_STR("w2-views")));
    ck_assert(!has_id(&seen, LP_STR("w1-views")));
    lp_buf_release(&page);
    forget(&seen);
    story_close(&second);
    story_close(&first);
}
END_TEST

START_TEST(test_compared)
{
    struct story story;
    struct seen seen;
    struct lp_compared compared;
    struct lp_buf page = lp_buf_new(TEXT_MAX);
    story_open_all(&story, story_plain);
    lp_compare(&story.judgement, &story.judgement, &story.arena, &compared);
    struct lp_compare_input input = { .at = &compared, .n = 1 };
    lp_compare_renderer_by_name(LP_STR("html"))->render(&input, &page);
    see(&seen, (const char *const[]){ page.p, NULL });
    ck_assert_ptr_nonnull(strstr(seen.text.p, "0 broken"));
    ck_assert_uint_eq(seen.headings, 1);
    lp_buf_release(&page);
    forget(&seen);
    story_close(&story);
}
END_TEST

/* Names and texts of a peer that are markup, script, quotes, or turn the line around. */
#define EVIL "</title><script>alert(1)</script><img src=x onerror=alert(2)>\\\" ' & ]]>"
START_TEST(test_hostile)
{
    static const char *const lines[] = {
        STORY_HEADER(",\"public_store\":\"" EVIL "\""),
        STORY_ANSWER(1, "A", 1, "sip.contoso.example", "\"address\":\"198.51.100.10\""),
        STORY_LEAF(2, STORY_AA, "\"not_after\":1799000000,\"serial\":\"" EVIL "\""),
        STORY_SIP(3, "198.51.100.10", "ok", STORY_TLS(STORY_AA),
                  ",\"is_sip\":true,\"status\":500,\"reason\":\"" EVIL
                  "\\u202e\",\"server\":\"" EVIL "\""),
        STORY_END,
        NULL,
    };
    struct story story;
    struct seen seen;
    see_story(&seen, &story, lines);
    ck_assert_ptr_nonnull(strstr(seen.text.p, "<img src=x onerror=alert(2)>"));
    ck_assert_ptr_nonnull(strstr(seen.text.p, "\\u{202e}"));
    ck_assert_ptr_null(strstr(seen.text.p, "\xe2\x80\xae"));
    ck_assert_ptr_null(strstr(seen.script.p, "alert"));
    forget(&seen);
    story_close(&story);
}
END_TEST

START_TEST(test_overridden)
{
    static const char *const lines[] = {
        STORY_HEADER(",\"resolve\":[{\"host\":\"sip.contoso.example\",\"port\":443,"
                     "\"addresses\":[{\"address\":\"198.51.100.77\"}]}]"),
        STORY_END,
        NULL,
    };
    struct story story;
    struct seen seen;
    see_story(&seen, &story, lines);
    ck_assert_ptr_nonnull(strstr(seen.text.p, "Not what is live"));
    ck_assert_ptr_nonnull(strstr(seen.text.p, "--resolve sip.contoso.example:443:198.51.100.77"));
    forget(&seen);
    story_close(&story);
}
END_TEST

Suite *lp_suite_html_report(void)
{
    Suite *suite = suite_create("html_report");
    TCase *tcase = tcase_create("html_report");
    tcase_add_test(tcase, test_links);
    tcase_add_test(tcase, test_policy);
    tcase_add_test(tcase, test_sections);
    tcase_add_test(tcase, test_two_walks);
    tcase_add_test(tcase, test_language);
    tcase_add_test(tcase, test_servers);
    tcase_add_test(tcase, test_views);
    tcase_add_test(tcase, test_compared);
    tcase_add_test(tcase, test_hostile);
    tcase_add_test(tcase, test_overridden);
    suite_add_tcase(suite, tcase);
    return suite;
}
