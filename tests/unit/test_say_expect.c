/* test_say_expect.c - what an expectation is about, in words */
#include <check.h>

#include "logs.h"
#include "lp/say.h"

Suite *lp_suite_say_expect(void);

/* LP_STR is no constant for a static initializer. */
#define FIXED(text)              \
    {                            \
        (text), sizeof(text) - 1 \
    }
#define HOST FIXED("pool01.contoso.example")

static const struct {
    struct lp_expectation e;
    const char *address; /* of a port; NULL: by DNS */
    const char *text;
} rows[] = {
    { { .kind = LP_EXPECT_DNS, .dns = { .owner = HOST, .type = LP_DNS_A } },
      NULL,
      "pool01.contoso.example A" },
    { { .kind = LP_EXPECT_DNS, .dns = { .owner = HOST, .type = LP_DNS_SRV, .absent = true } },
      NULL,
      "pool01.contoso.example SRV absent" },
    { { .kind = LP_EXPECT_CERT, .cert = { .role = "front-end", .subject = HOST } },
      NULL,
      "certificate pool01.contoso.example" },
    { { .kind = LP_EXPECT_CERT, .cert = { .role = "front-end" } }, NULL, "certificate front-end" },
    { { .kind = LP_EXPECT_PORT, .port = { .host = HOST, .ports = { 5061, 0 } } },
      "10.0.0.11",
      "pool01.contoso.example:5061 10.0.0.11" },
    { { .kind = LP_EXPECT_PORT, .port = { .host = HOST, .ports = { 5061, 5070 } } },
      NULL,
      "pool01.contoso.example:5061 or 5070 by DNS" },
    { { .kind = LP_EXPECT_PORT, .port = { .host = HOST, .ports = { 3478, 0 }, .udp = true } },
      "2001:db8::1",
      "pool01.contoso.example:3478/udp 2001:db8::1" },
    { { .kind = LP_EXPECT_PORT, .port = { .host = HOST } }, NULL, "pool01.contoso.example by DNS" },
    { { .kind = LP_EXPECT_DNS, .dns = { .owner = FIXED("a\x1b.b"), .type = LP_DNS_A } },
      NULL,
      "a\\x1b.b A" },
};

START_TEST(test_rows)
{
    struct lp_arena arena = { 0 };
    struct lp_expectation e = rows[_i].e;
    if (rows[_i].address)
        e.port.address = logs_address(rows[_i].address);
    ck_assert_str_eq(lp_say_expected(&arena, &e).p, rows[_i].text);
    lp_arena_release(&arena);
}
END_TEST

Suite *lp_suite_say_expect(void)
{
    Suite *suite = suite_create("say_expect");
    TCase *tcase = tcase_create("say_expect");
    tcase_add_loop_test(tcase, test_rows, 0, (int)LP_COUNT(rows));
    suite_add_tcase(suite, tcase);
    return suite;
}
