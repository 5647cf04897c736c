/* test_record_bad.c - lines of a recording that a stranger may send. */
#include <check.h>
#include <string.h>

#include "lp/record.h"

Suite *lp_suite_record_bad(void);

static const struct lp_field no_fields[] = { LP_FIELD_END };
static const struct lp_shape sip_shape = { "sip", "t", no_fields, 8, false, false };
static const struct lp_shape udp_shape = { "sip-udp", "t", no_fields, 8, false, false };

static const struct lp_shape *shapes(struct lp_str kind)
{
    static const struct lp_shape *const known[] = { &lp_shape_dns, &lp_shape_certificate,
                                                    &sip_shape, &udp_shape };
    for (size_t i = 0; i < LP_COUNT(known); i++)
        if (lp_str_eq(kind, lp_str_of(known[i]->name)))
            return known[i];
    return NULL;
}

static struct lp_arena arena;
static struct lp_log log_;
static struct lp_error error;

static void set_up(void)
{
    arena = (struct lp_arena){ 0 };
    lp_log_init(&log_, &arena);
    error.text[0] = '\0';
}

static void tear_down(void)
{
    lp_arena_release(&arena);
}

static enum lp_line read_line(const char *text)
{
    return lp_record_read(&log_, lp_str_of(text), shapes, &error);
}

#define RECORD "{\"record\":\"lyncprobe/record/1\","
#define DNS "{\"id\":5,\"kind\":\"dns\",\"key\":\"dns 0 A a.example\",\"outcome\":\"answer\""
#define SIP(key) "{\"id\":5,\"kind\":\"sip\",\"key\":\"" key "\",\"outcome\":\"ok\"}"

/* Lines that follow a header and the entry 4. */
static const struct {
    const char *text, *message;
} rows[] = {
    /* not JSON, or not the right sort */
    { "", "not JSON at byte 0" },
    { "hello", "not JSON at byte 5" },
    { "{\"id\":5", "not JSON at byte 7" },
    { "{} {}", "not JSON at byte 4" },
    { "{\"id\":\"\xff\"}", "not JSON at byte 7" },
    { "{\"id\":\"\\ud800\"}", "not JSON at byte " },
    { "{\"id\":99999999999999999999}", "not JSON at byte " },
    { "{\"id\":1,\"id\":2}", "not JSON at byte 12" },
    { "[1]", "not a JSON object" },
    { "{}", "not a line of a lyncprobe recording" },
    { "{\"kind\":\"dns\"}", "not a line of a lyncprobe recording" },
    /* header */
    { "{\"record\":1}", "not a lyncprobe recording" },
    { "{\"record\":\"nmap/1\"}", "not a lyncprobe recording" },
    { "{\"record\":\"lyncprobe/record/2\"}",
      "recording of another version (lyncprobe/record/2); this program reads lyncprobe/record/1" },
    { "{\"record\":\"lyncprobe/record/\\u001b[2J\"}",
      "recording of another version (lyncprobe/record/\\x1b[2J); this program reads" },
    { RECORD "\"view\":\"auto\"}", "domain: not a domain name" },
    { RECORD "\"view\":\"auto\",\"domain\":\"a b\"}", "domain: not a domain name" },
    { RECORD "\"view\":\"both\",\"domain\":\"a.example\"}",
      "view: not one of auto, internal, external" },
    { RECORD "\"domain\":\"a.example\"}", "view: not one of auto, internal, external" },
    { RECORD "\"view\":\"auto\",\"domain\":\"a.example\",\"allow\":[\"x\"]}",
      "allow: not a list of address ranges" },
    { RECORD "\"servers\":[{\"addresses\":[5]}]}", "servers[0].addresses[0]: not a text" },
    { RECORD "\"timeout_us\":-5}", "timeout_us: not a whole number from -1 to 2^53" },
    /* end */
    { "{\"end\":1}", "end: not true" },
    { "{\"end\":false}", "end: not true" },
    { "{\"end\":true,\"total_us\":-2}", "total_us: not a whole number from -1 to 2^53" },
    /* evidence */
    { "{\"id\":5,\"key\":\"dns 0\",\"outcome\":\"ok\"}", "kind: missing" },
    { "{\"id\":5,\"kind\":\"dns\",\"outcome\":\"ok\"}", "key: missing" },
    { "{\"id\":5,\"kind\":\"dns\",\"key\":\"dns 0\"}", "outcome: missing" },
    { "{\"id\":5,\"kind\":7,\"key\":\"dns 0\",\"outcome\":\"ok\"}", "kind: not a text" },
    { "{\"id\":\"5\",\"kind\":\"dns\",\"key\":\"dns 0\",\"outcome\":\"ok\"}",
      "id: not a whole number from -1 to 2^53" },
    { "{\"id\":4,\"kind\":\"dns\",\"key\":\"dns 0\",\"outcome\":\"ok\"}",
      "id: not greater than the one before" },
    { "{\"id\":-1,\"kind\":\"dns\",\"key\":\"dns 0\",\"outcome\":\"ok\"}",
      "id: not greater than the one before" },
    { "{\"id\":5,\"kind\":\"dns\",\"key\":\"dns 0\",\"outcome\":\"maybe\"}",
      "outcome: not one of the outcomes" },
    { DNS ",\"parent\":5}", "parent: not the id of an entry before" },
    { DNS ",\"parent\":-1}", "parent: not the id of an entry before" },
    { DNS ",\"started\":-1}", "started: negative" },
    { DNS ",\"elapsed\":-2}", "elapsed: not a whole number from -1 to 2^53" },
    { DNS ",\"why\":false}", "why: not a text" },
    { DNS ",\"facts\":[]}", "facts: not an object" },
    { DNS ",\"facts\":null}", "facts: not an object" },
    { DNS ",\"facts\":{\"rrs\":[{},{\"ttl\":\"x\"}]}}",
      "facts.rrs[1].ttl: not a whole number from -1 to 2^53" },
    { DNS ",\"facts\":{\"server\":1}}", "facts.server: no such server in the header" },
    { DNS ",\"facts\":{\"server\":-1}}", "facts.server: no such server in the header" },
    /* the kind is part of the key */
    { SIP("dns 0 A a.example"), "key: does not begin with the kind" },
    { SIP("sip-udp a.example:5060"), "key: does not begin with the kind" },
    { SIP("sips a.example"), "key: does not begin with the kind" },
    { SIP("sip"), "key: does not begin with the kind" },
    { SIP(""), "key: does not begin with the kind" },
    { SIP(" sip"), "key: does not begin with the kind" },
    { SIP("si-p x"), "key: does not begin with the kind" },
};

START_TEST(bad_line)
{
    const char *want = rows[_i].message;
    ck_assert_int_eq(read_line(RECORD "\"domain\":\"a.example\",\"view\":\"auto\"}"),
                     LP_LINE_HEADER);
    ck_assert_int_eq(read_line("{\"id\":4,\"kind\":\"sip\",\"key\":\"sip a\",\"outcome\":\"ok\"}"),
                     LP_LINE_EVIDENCE);
    ck_assert_int_eq(read_line(rows[_i].text), LP_LINE_BAD);
    ck_assert_msg(strncmp(error.text, want, strlen(want)) == 0, "%s: %s", rows[_i].text,
                  error.text);
    ck_assert_uint_eq(log_.n, 1);
    ck_assert_str_eq(log_.setup.domain.p, "a.example");
    ck_assert(!log_.end.present);
}
END_TEST

START_TEST(not_ours_before_the_header)
{
    ck_assert_int_eq(read_line("%PDF-1.7"), LP_LINE_BAD);
    ck_assert_msg(strncmp(error.text, "not a lyncprobe recording: not JSON", 35) == 0, "%s",
                  error.text);
    ck_assert_int_eq(read_line("[]"), LP_LINE_BAD);
    ck_assert_str_eq(error.text, "not a lyncprobe recording: not a JSON object");
}
END_TEST

/* ---- size -------------------------------------------------------------------------- */

/* n times `unit` between `first` and `last`. */
static struct lp_str repeated(const char *first, const char *unit, size_t n, const char *last)
{
    struct lp_buf text = lp_buf_new(SIZE_MAX);
    lp_buf_text(&text, first);
    for (size_t i = 0; i < n; i++)
        lp_buf_text(&text, unit);
    lp_buf_text(&text, last);
    struct lp_str s = lp_arena_str(&arena, lp_buf_view(&text));
    lp_buf_release(&text);
    return s;
}

static const struct {
    const char *first, *unit;
    size_t n;
    const char *last, *message;
} big_rows[] = {
    { "{\"end\":true,\"x\":", "[", 100000, "", "nested more than 16 deep" },
    { "", "{\"a\":", 100000, "", "nested more than 16 deep" },
    { "{\"end\":true,\"x\":[0", ",0", 65536, "]}", "more than 65536 values in a line" },
    { "{\"end\":true,\"x\":\"", "a", LP_RECORD_LINE_MAX, "\"}", "line of more than 4194304 bytes" },
    { DNS ",\"facts\":{\"rrs\":[{}", ",{}", 4096, "]}}", "facts.rrs: more than 4096 elements" },
    { "\"", "\\\"", 100000, "", "not a lyncprobe recording: not JSON" },
};

START_TEST(too_big)
{
    struct lp_str line =
        repeated(big_rows[_i].first, big_rows[_i].unit, big_rows[_i].n, big_rows[_i].last);
    const char *want = big_rows[_i].message;
    ck_assert_int_eq(lp_record_read(&log_, line, shapes, &error), LP_LINE_BAD);
    ck_assert_msg(strncmp(error.text, want, strlen(want)) == 0, "%s", error.text);
}
END_TEST

/* Brackets and commas within text are none; nor is a quote after an odd number of
 * backslashes. */
static const struct {
    const char *first, *unit;
    size_t n;
    const char *last;
} fitting_rows[] = {
    { "{\"end\":true,\"why\":\"", "[{,", 100000, "\"}" },
    { "{\"end\":true,\"why\":\"", "\\\"[", 100000, "\"}" },
    { "{\"end\":true,\"why\":\"", "\\\\", 100000, "\"}" },
    { "{\"end\":true,\"x\":[0", ",0", 65000, "]}" },
    { "{\"end\":true,\"x\":[[]", ",[]", 1000, "]}" },
    { "{\"end\":true,\"x\":[[[[[[[[[[[[[[[", "", 0, "]]]]]]]]]]]]]]]}" },
};

START_TEST(big_enough)
{
    struct lp_str line = repeated(fitting_rows[_i].first, fitting_rows[_i].unit, fitting_rows[_i].n,
                                  fitting_rows[_i].last);
    ck_assert_msg(lp_record_read(&log_, line, shapes, &error) == LP_LINE_END, "%s", error.text);
}
END_TEST

Suite *lp_suite_record_bad(void)
{
    Suite *suite = suite_create("record_bad");
    TCase *tc = tcase_create("record_bad");
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_loop_test(tc, bad_line, 0, (int)LP_COUNT(rows));
    tcase_add_test(tc, not_ours_before_the_header);
    tcase_add_loop_test(tc, too_big, 0, (int)LP_COUNT(big_rows));
    tcase_add_loop_test(tc, big_enough, 0, (int)LP_COUNT(fitting_rows));
    suite_add_tcase(suite, tc);
    return suite;
}
