/* test_record_load.c - whole recordings: good, cut off, too large, not ours. */
#include <check.h>
#include <string.h>

#include "lp/record.h"

Suite *lp_suite_record_load(void);

static struct lp_arena arena;
static struct lp_recording recording;
static struct lp_error error;

static void set_up(void)
{
    arena = (struct lp_arena){ 0 };
    error.text[0] = '\0';
}

static void tear_down(void)
{
    lp_arena_release(&arena);
}

static bool load_with(FILE *file, lp_shape_finder *shapes)
{
    struct lp_record_source source = { file, "a.jsonl", shapes };
    ck_assert_ptr_nonnull(file);
    bool ok = lp_record_load(&source, &arena, &recording, &error);
    fclose(file);
    return ok;
}

static FILE *text_file(const char *text)
{
    FILE *file = tmpfile();
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(text, 1, strlen(text), file), strlen(text));
    rewind(file);
    return file;
}

static bool load(const char *text)
{
    return load_with(text_file(text), lp_shape_by_name);
}

#define HEADER(domain) \
    "{\"record\":\"lyncprobe/record/1\",\"domain\":\"" domain "\",\"view\":\"auto\"}\n"
#define ENTRY(id) \
    "{\"id\":" id ",\"kind\":\"dns\",\"key\":\"dns 0 A " id ".example\",\"outcome\":\"nodata\"}\n"
#define END "{\"end\":true,\"complete\":true}\n"

START_TEST(one_walk)
{
    ck_assert_msg(load(HEADER("a.example") ENTRY("1") ENTRY("2") END), "%s", error.text);
    ck_assert_uint_eq(recording.n, 1);
    ck_assert_uint_eq(recording.at[0]->n, 2);
    ck_assert(recording.at[0]->end.complete);
    ck_assert(lp_str_eq(recording.at[0]->setup.domain, LP_STR("a.example")));
}
END_TEST

/* More than the first room of the list; each with ids of its own. */
START_TEST(many_walks)
{
    enum { WALKS = 50 };
    struct lp_buf text = lp_buf_new(SIZE_MAX);
    for (int i = 0; i < WALKS; i++)
        lp_buf_text(&text, HEADER("b.example") ENTRY("1") ENTRY("3") END);
    ck_assert_msg(load(text.p), "%s", error.text);
    lp_buf_release(&text);
    ck_assert_uint_eq(recording.n, WALKS);
    for (size_t i = 0; i < WALKS; i++)
        ck_assert_uint_eq(recording.at[i]->n, 2);
}
END_TEST

/* Written by editors and other systems. */
static const char *const tolerated[] = {
    HEADER("a.example") "\n \r\n" END "\n\n",
    HEADER("a.example") "{\"end\":true}",
    HEADER("a.example") "{\"id\":1,\"kind\":\"new\",\"key\":\"new x\",\"outcome\":\"ok\"}\n" END,
    "{\"record\":\"lyncprobe/record/1\",\"domain\":\"a.example\",\"view\":\"auto\"}\r\n"
    "{\"end\":true}\r\n",
};

START_TEST(tolerated_text)
{
    ck_assert_msg(load(tolerated[_i]), "%s", error.text);
    ck_assert_uint_eq(recording.n, 1);
    ck_assert(recording.at[0]->end.present);
}
END_TEST

static const struct {
    const char *text, *message;
} bad_rows[] = {
    { "", "a.jsonl:1: not a lyncprobe recording: empty" },
    { "\n\n", "a.jsonl:1: not a lyncprobe recording: empty" },
    { "id,kind\n1,dns\n", "a.jsonl:1: not a lyncprobe recording: not JSON at byte " },
    { "{\"log\":{}}\n", "a.jsonl:1: not a line of a lyncprobe recording" },
    { ENTRY("1") END, "a.jsonl:1: not a lyncprobe recording: the header is missing" },
    { END, "a.jsonl:1: not a lyncprobe recording: the header is missing" },
    { HEADER("a.example") END ENTRY("1"),
      "a.jsonl:3: not a lyncprobe recording: the header is missing" },
    { "{\"record\":\"lyncprobe/record/2\"}\n", "a.jsonl:1: recording of another version (" },
    { HEADER("a.example"), "a.jsonl:1: the recording is cut off after this line: no end line" },
    { HEADER("a.example") ENTRY("1") ENTRY("2"),
      "a.jsonl:3: the recording is cut off after this line: no end line" },
    { HEADER("a.example") ENTRY("1") "{\"id\":2,\"ki",
      "a.jsonl:3: the recording is cut off within this line" },
    { HEADER("a.example") ENTRY("1") "{", "a.jsonl:3: the recording is cut off within this line" },
    { HEADER("a.example") END "{\"record\":\"lync",
      "a.jsonl:3: the recording is cut off within this line" },
    { HEADER("a.example") ENTRY("1") HEADER("b.example") END,
      "a.jsonl:3: the walk before this line is cut off: it has no end line" },
    { HEADER("a.example") "{\"id\":2,\"ki\n" END, "a.jsonl:2: not JSON at byte " },
    { HEADER("a.example") ENTRY("1") ENTRY("1") END,
      "a.jsonl:3: id: not greater than the one before" },
};

START_TEST(bad_file)
{
    const char *want = bad_rows[_i].message;
    ck_assert(!load(bad_rows[_i].text));
    ck_assert_msg(strncmp(error.text, want, strlen(want)) == 0, "%s", error.text);
}
END_TEST

/* Every prefix of a recording is refused. */
START_TEST(every_cut_is_seen)
{
    static const char whole[] = HEADER("a.example") ENTRY("1") ENTRY("2") END;
    size_t last = strlen(whole) - 1; /* without the last newline it is still complete */
    char part[sizeof whole];
    for (size_t n = 0; n < last; n++) {
        memcpy(part, whole, n);
        part[n] = '\0';
        ck_assert_msg(!load(part), "cut after %zu bytes", n);
        ck_assert_ptr_nonnull(strstr(error.text, n ? "cut off" : "empty"));
    }
    ck_assert(load(whole));
}
END_TEST

START_TEST(too_many_lines)
{
    struct lp_buf text = lp_buf_new(SIZE_MAX);
    for (int i = 0; i <= LP_RECORD_LINES_MAX; i++)
        lp_buf_char(&text, '\n');
    ck_assert(!load(text.p));
    lp_buf_release(&text);
    ck_assert_str_eq(error.text, "a.jsonl:100001: a recording of more than 100000 lines");
}
END_TEST

/* A file of holes: no room on the disk. */
START_TEST(too_many_bytes)
{
    FILE *file = tmpfile();
    ck_assert_ptr_nonnull(file);
    ck_assert_int_eq(fseek(file, LP_RECORD_FILE_MAX, SEEK_SET), 0);
    ck_assert_int_eq(fputc('\n', file), '\n');
    rewind(file);
    ck_assert(!load_with(file, lp_shape_by_name));
    ck_assert_str_eq(error.text, "a.jsonl: a recording of more than 64 MiB");
}
END_TEST

/* A kind whose elements are large, so that little text becomes much memory. */
struct huge {
    int64_t number;
    char room[32 * 1024];
};
static const struct lp_field huge_fields[] = {
    LP_FIELD(struct huge, number, "n"),
    LP_FIELD_END,
};
static const struct lp_field hoard_fields[] = {
    { "all", "a", LP_T_LIST, 0, huge_fields, sizeof(struct huge) },
    LP_FIELD_END,
};
static const struct lp_shape hoard_shape = { "hoard", "t",  hoard_fields, sizeof(struct lp_list),
                                             false,   false };

static const struct lp_shape *hoard(struct lp_str kind)
{
    return lp_str_eq(kind, LP_STR("hoard")) ? &hoard_shape : NULL;
}

START_TEST(too_much_memory)
{
    struct lp_buf text = lp_buf_new(SIZE_MAX);
    lp_buf_text(&text, HEADER("a.example"));
    for (int i = 1; i <= 5; i++) {
        lp_buf_printf(&text, "{\"id\":%d,\"kind\":\"hoard\",\"key\":\"hoard %d\",", i, i);
        lp_buf_text(&text, "\"outcome\":\"ok\",\"facts\":{\"all\":[{}");
        for (int k = 1; k < 2048; k++)
            lp_buf_text(&text, ",{}");
        lp_buf_text(&text, "]}}\n");
    }
    lp_buf_text(&text, END);
    ck_assert(!load_with(text_file(text.p), hoard));
    lp_buf_release(&text);
    ck_assert_str_eq(error.text, "a.jsonl:5: a recording that takes more than 256 MiB of memory");
}
END_TEST

START_TEST(unreadable)
{
    ck_assert(!load_with(fopen("/", "r"), lp_shape_by_name));
    ck_assert_str_eq(error.text, "a.jsonl: Is a directory");
}
END_TEST

Suite *lp_suite_record_load(void)
{
    Suite *suite = suite_create("record_load");
    TCase *tc = tcase_create("record_load");
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_test(tc, one_walk);
    tcase_add_test(tc, many_walks);
    tcase_add_loop_test(tc, tolerated_text, 0, (int)LP_COUNT(tolerated));
    tcase_add_loop_test(tc, bad_file, 0, (int)LP_COUNT(bad_rows));
    tcase_add_test(tc, every_cut_is_seen);
    tcase_add_test(tc, too_many_lines);
    tcase_add_test(tc, unreadable);
    suite_add_tcase(suite, tc);
    TCase *large = tcase_create("large");
    tcase_set_timeout(large, 30); /* for sanitizers on a busy machine */
    tcase_add_checked_fixture(large, set_up, tear_down);
    tcase_add_test(large, too_many_bytes);
    tcase_add_test(large, too_much_memory);
    suite_add_tcase(suite, large);
    return suite;
}
