/* test_base64.c - base64 and hex. */
#include "lp/text.h"

#include <check.h>
#include <string.h>

Suite *lp_suite_base64(void);

/* RFC 4648, section 10, and some bytes. */
static const struct {
    struct lp_str bytes;
    const char *text;
} vectors[] = {
    { { "", 0 }, "" },
    { { "f", 1 }, "Zg==" },
    { { "fo", 2 }, "Zm8=" },
    { { "foo", 3 }, "Zm9v" },
    { { "foob", 4 }, "Zm9vYg==" },
    { { "fooba", 5 }, "Zm9vYmE=" },
    { { "foobar", 6 }, "Zm9vYmFy" },
    { { "\0\0\0", 3 }, "AAAA" },
    { { "\xff\xff\xff", 3 }, "////" },
    { { "\xfb\xef\xbe", 3 }, "++++" },
    { { "\0", 1 }, "AA==" },
    { { "\xff", 1 }, "/w==" },
};

START_TEST(known)
{
    struct lp_arena arena = { 0 };
    struct lp_buf out = lp_buf_new(100);
    struct lp_str back = LP_STR_NONE;
    lp_put_base64(&out, vectors[_i].bytes);
    ck_assert_str_eq(lp_buf_view(&out).p, vectors[_i].text);
    ck_assert(lp_get_base64(&arena, lp_str_of(vectors[_i].text), &back));
    ck_assert(lp_str_eq(back, vectors[_i].bytes));
    lp_buf_release(&out);
    lp_arena_release(&arena);
}
END_TEST

static const char *const no_base64[] = {
    "A",
    "AA",
    "AAA",
    "=",
    "====",
    "A===",
    "AA=A",
    "=AAA",
    "AAAA=",
    "AA==AA==",
    "Zg= =",
    "Zh==",
    "Zm9=",
    "Zm9v\n",
    " Zm9v",
    "Zm9-",
    "Zm9_",
    "AAA\x80",
    "\xff\xff\xff\xff",
    "AAAAA===",
    "AA=AAAAA",
    "Zm8=Zm8=",
    "AAA*AAAA",
    "AAAA AAA",
};

START_TEST(refused)
{
    struct lp_arena arena = { 0 };
    struct lp_str back = LP_STR_NONE;
    ck_assert(!lp_get_base64(&arena, lp_str_of(no_base64[_i]), &back));
    lp_arena_release(&arena);
}
END_TEST

START_TEST(round_trip)
{
    uint32_t state = 5;
    char bytes[300];
    struct lp_buf out = lp_buf_new(SIZE_MAX);
    struct lp_arena arena = { 0 };
    for (int i = 0; i < 5000; i++) {
        struct lp_str back = LP_STR_NONE;
        size_t n = (state >> 8) % sizeof bytes;
        for (size_t k = 0; k < n; k++) {
            state = state * 1664525U + 1013904223U;
            bytes[k] = (char)(state >> 16);
        }
        state = state * 1664525U + 1013904223U;
        lp_buf_clear(&out);
        lp_put_base64(&out, (struct lp_str){ bytes, n });
        if (out.n != (n + 2) / 3 * 4 || !lp_get_base64(&arena, lp_buf_view(&out), &back) ||
            back.n != n || memcmp(back.p, bytes, n) != 0)
            ck_abort_msg("round %d, %zu bytes: %s", i, n, lp_buf_view(&out).p);
    }
    lp_arena_release(&arena);
    lp_buf_release(&out);
}
END_TEST

START_TEST(every_character)
{
    struct lp_arena arena = { 0 };
    struct lp_str back = LP_STR_NONE;
    int digits = 0;
    for (int c = 0; c < 256; c++) {
        char text[4] = { 'A', 'A', 'A', (char)c };
        bool good = lp_get_base64(&arena, (struct lp_str){ text, 4 }, &back);
        digits += good && c != '=';
    }
    ck_assert_int_eq(digits, 64);
    lp_arena_release(&arena);
}
END_TEST

START_TEST(hex)
{
    struct lp_buf out = lp_buf_new(100);
    lp_put_hex(&out, LP_STR("\x00\x7f\xab\xff"));
    ck_assert_str_eq(out.p, "007fabff");
    lp_put_hex(&out, LP_STR_NONE);
    ck_assert_uint_eq(out.n, 8);
    lp_buf_release(&out);
}
END_TEST

Suite *lp_suite_base64(void)
{
    Suite *suite = suite_create("base64");
    TCase *tc = tcase_create("base64");
    tcase_add_loop_test(tc, known, 0, LP_COUNT(vectors));
    tcase_add_loop_test(tc, refused, 0, LP_COUNT(no_base64));
    tcase_add_test(tc, round_trip);
    tcase_add_test(tc, every_character);
    tcase_add_test(tc, hex);
    suite_add_tcase(suite, tc);
    return suite;
}
