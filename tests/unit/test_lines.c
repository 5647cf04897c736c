/* test_lines.c - lists cut into lines: comments, ends of lines, long lines, any split */
#include <check.h>
#include <string.h>

#include "lp/buf.h"
#include "lp/lines.h"
#include "lp/text.h"

Suite *lp_suite_lines(void);

static void show(void *self, size_t number, struct lp_str line)
{
    struct lp_buf *out = self;
    lp_buf_printf(out, "%zu:", number);
    if (line.p)
        lp_put_term(out, line, 300);
    else
        lp_buf_text(out, "(long)");
    lp_buf_char(out, ' ');
}

/* step: bytes at a time */
static struct lp_buf cut(struct lp_str text, size_t step)
{
    struct lp_buf out = lp_buf_new(4096);
    struct lp_lines lines = { .self = &out, .take = show };
    for (size_t at = 0; at < text.n; at += step)
        lp_lines_feed(&lines, lp_str_sub(text, at, step));
    lp_lines_end(&lines);
    lp_buf_text(&out, ".");
    return out;
}

#define L50 "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeee"
#define L250 L50 L50 L50 L50 L50

static const struct {
    struct lp_str text;
    const char *lines;
} lists[] = {
#define TEXT(s)          \
    {                    \
        s, sizeof(s) - 1 \
    }
    { TEXT("a.test\nb.test\n"), "1:a.test 2:b.test ." },
    { TEXT("a.test\nb.test"), "1:a.test 2:b.test ." },
    { TEXT("a.test\r\nb.test\r\n"), "1:a.test 2:b.test ." },
    { TEXT("\xef\xbb\xbf"
           "a.test\n\xef\xbb\xbf"
           "b.test"),
      "1:a.test 2:\\u{feff}b.test ." },
    { TEXT("# one\n\n  \t\n a.test # two\n#\nb.test#three"), "4:a.test 6:b.test ." },
    { TEXT("a\0b.test\n\xff.test\n"), "1:a\\x00b.test 2:\\xff.test ." },
    { TEXT(""), "." },
    { TEXT("\n\n\n"), "." },
    { TEXT("a b\n"), "1:a b ." },
    { TEXT(L250 L250 "\na.test\n"), "1:(long) 2:a.test ." },
    { TEXT("#" L250 L250 "\na.test # " L250 L250 "\n"), "2:a.test ." },
    { TEXT("a.test\n" L250 L250), "1:a.test 2:(long) ." },
    { TEXT(L250 "123456\n"), "1:" L250 "123456 ." },
    { TEXT(L250 "1234567\n"), "1:(long) ." },
    { TEXT(L250 "1234567#\nx"), "1:(long) 2:x ." },
#undef TEXT
};

START_TEST(lines)
{
    static const size_t steps[] = { 100000, 1, 2, 3, 7, 256, 257 };
    for (size_t i = 0; i < LP_COUNT(steps); i++) {
        struct lp_buf out = cut(lists[_i].text, steps[i]);
        ck_assert_str_eq(out.p, lists[_i].lines);
        lp_buf_release(&out);
    }
}
END_TEST

Suite *lp_suite_lines(void)
{
    Suite *suite = suite_create("lines");
    TCase *tc = tcase_create("lines");
    tcase_add_loop_test(tc, lines, 0, LP_COUNT(lists));
    suite_add_tcase(suite, tc);
    return suite;
}
