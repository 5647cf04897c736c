/* test_session.c - several walks, several places: the same bytes as in one piece, one status */
#include <check.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cmdline.h"
#include "lp/record.h"
#include "lp/session.h"

Suite *lp_suite_session(void);

static struct cmdline c;
static struct lp_recording recording;
static const char *folder;

#define WALK(domain)                                                                      \
    "{\"record\":\"lyncprobe/record/1\",\"domain\":\"" domain "\",\"view\":\"external\"," \
    "\"client\":\"lync2013\",\"clock\":1795498860}\n"                                     \
    "{\"id\":1,\"kind\":\"dns\",\"key\":\"dns 0 A lyncdiscover." domain                   \
    "\",\"outcome\":\"timeout\"}\n"                                                       \
    "{\"end\":true,\"complete\":true}\n"

static void load(const char *text)
{
    FILE *file = tmpfile();
    struct lp_record_source source = { file, "test", lp_shape_by_name };
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    rewind(file);
    bool ok = lp_record_load(&source, &c.arena, &recording, &c.error);
    fclose(file);
    ck_assert_msg(ok, "%s", c.error.text);
}

static const char *path_of(const char *name)
{
    return lp_arena_printf(&c.arena, "%s/%s", folder, name).p;
}

/* A session with a file in each format. */
static void set_up(void)
{
    ck_assert(cmdline_parse(&c, "-q"));
    folder = cmdline_folder(&c);
    for (size_t i = 0; i < lp_renderer_count; i++) {
        struct lp_output output = { .renderer = &lp_renderers[i],
                                    .path = path_of(lp_renderers[i].name) };
        lp_list_push(&c.arena, &c.config.outputs, &output, sizeof output);
    }
}

static void tear_down(void)
{
    cmdline_remove(folder);
    cmdline_release(&c);
}

static int run(void)
{
    struct lp_session s;
    ck_assert(lp_session_open(&s, &c.config, recording.n));
    for (size_t i = 0; i < recording.n; i++)
        lp_session_take(&s, recording.at[i]);
    return lp_session_close(&s);
}

/* What the renderer makes of all walks together, in its frame. */
static const char *whole(const struct lp_renderer *renderer)
{
    const struct lp_judgement **walks = lp_arena_array(&c.arena, recording.n, sizeof *walks);
    struct lp_report_input input = { .walks = walks,
                                     .n = recording.n,
                                     .style = lp_style_for(&c.config) };
    struct lp_buf out = lp_buf_new(1 << 20);
    input.style.color = false;
    input.style.width = 0;
    for (size_t i = 0; i < recording.n; i++) {
        struct lp_judgement *judgement = lp_arena_alloc(&c.arena, sizeof *judgement);
        lp_judge(recording.at[i], &c.arena, judgement);
        walks[i] = judgement;
    }
    if (renderer->framed)
        lp_buf_text(&out, renderer->first);
    renderer->render(&input, &out);
    if (renderer->framed)
        lp_buf_text(&out, renderer->last);
    const char *text = cmdline_text(&c, lp_buf_view(&out));
    lp_buf_release(&out);
    return text;
}

static const char *const recordings[] = {
    WALK("a.test"),
    WALK("a.test") WALK("b.test"),
    WALK("a.test") WALK("b.test") WALK("c.test"),
};

START_TEST(same_bytes)
{
    load(recordings[_i]);
    ck_assert_int_eq(run(), 3);
    for (size_t i = 0; i < lp_renderer_count; i++) {
        const char *text = cmdline_read(&c, path_of(lp_renderers[i].name));
        ck_assert_ptr_nonnull(text);
        ck_assert_uint_gt(strlen(text), 100);
        ck_assert_msg(strcmp(text, whole(&lp_renderers[i])) == 0, "%s", lp_renderers[i].name);
    }
}
END_TEST

/* Several asked, none came: still a document. */
START_TEST(no_walk)
{
    struct lp_session s;
    ck_assert(lp_session_open(&s, &c.config, 2));
    ck_assert_int_eq(lp_session_close(&s), 0);
    ck_assert_str_eq(cmdline_read(&c, path_of("json")), "[\n]\n");
    ck_assert_str_eq(cmdline_read(&c, path_of("record")), "");
}
END_TEST

START_TEST(dropped)
{
    struct lp_session s;
    load(recordings[1]);
    ck_assert(lp_session_open(&s, &c.config, recording.n));
    lp_session_take(&s, recording.at[0]);
    ck_assert_int_eq(s.status, 3);
    ck_assert(!s.ended);
    lp_session_drop(&s);
    ck_assert_ptr_null(cmdline_read(&c, path_of("json")));
}
END_TEST

/* One place that cannot be had is said; the others get their reports, and the status tells. */
START_TEST(not_opened)
{
    struct lp_session s;
    struct hearing hearing;
    struct lp_output output = { .renderer = &lp_renderers[0], .path = path_of("no/file") };
    lp_list_push(&c.arena, &c.config.outputs, &output, sizeof output);
    cmdline_hear(&hearing);
    bool opened = lp_session_open(&s, &c.config, 2);
    const char *heard = cmdline_heard(&c, &hearing);
    ck_assert(opened);
    ck_assert_ptr_nonnull(strstr(heard, "no/file: No such file or directory"));
    ck_assert_int_eq(lp_session_close(&s), 3);
    ck_assert_str_eq(cmdline_read(&c, path_of("json")), "[\n]\n");
}
END_TEST

/* None can be had: nothing is left open. */
START_TEST(none_opened)
{
    struct lp_session s;
    struct hearing hearing;
    struct lp_output output = { .renderer = &lp_renderers[0], .path = path_of("no/file") };
    c.config.outputs = (struct lp_list){ 0 };
    lp_list_push(&c.arena, &c.config.outputs, &output, sizeof output);
    cmdline_hear(&hearing);
    bool opened = lp_session_open(&s, &c.config, 1);
    const char *heard = cmdline_heard(&c, &hearing);
    ck_assert(!opened);
    ck_assert_ptr_nonnull(strstr(heard, "no/file: No such file or directory"));
}
END_TEST

START_TEST(statuses)
{
    static const int rows[][3] = { { 0, 0, 0 }, { 0, 1, 1 }, { 1, 2, 2 }, { 1, 3, 3 },
                                   { 2, 3, 2 }, { 0, 3, 3 }, { 2, 2, 2 } };
    for (size_t i = 0; i < LP_COUNT(rows); i++) {
        ck_assert_int_eq(lp_worse(rows[i][0], rows[i][1]), rows[i][2]);
        ck_assert_int_eq(lp_worse(rows[i][1], rows[i][0]), rows[i][2]);
    }
}
END_TEST

/* Nobody left to write for: the status says that the report did not arrive. */
START_TEST(closed_output)
{
    struct lp_session s;
    struct hearing h;
    load(recordings[1]);
    c.config.quiet = false;
    c.config.outputs.n = 0;
    ck_assert(lp_session_open(&s, &c.config, recording.n));
    int saved = dup(STDOUT_FILENO);
    cmdline_hear(&h);
    close(STDOUT_FILENO);
    lp_session_take(&s, recording.at[0]);
    lp_session_take(&s, recording.at[1]);
    int status = lp_session_close(&s);
    dup2(saved, STDOUT_FILENO);
    close(saved);
    ck_assert_str_eq(cmdline_heard(&c, &h), "lyncprobe: standard output: Bad file descriptor\n");
    ck_assert(s.ended);
    ck_assert_int_eq(status, LP_EXIT_UNDECIDED);
}
END_TEST

Suite *lp_suite_session(void)
{
    Suite *suite = suite_create("session");
    TCase *tc = tcase_create("session");
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_loop_test(tc, same_bytes, 0, LP_COUNT(recordings));
    tcase_add_test(tc, no_walk);
    tcase_add_test(tc, dropped);
    tcase_add_test(tc, not_opened);
    tcase_add_test(tc, none_opened);
    tcase_add_test(tc, statuses);
    tcase_add_test(tc, closed_output);
    suite_add_tcase(suite, tc);
    return suite;
}
