/* test_pem.c - certificates in a file: PEM blocks, DER, what is neither */
#include <check.h>
#include <string.h>

#include "lp/pem.h"

Suite *lp_suite_pem(void);

static struct lp_arena arena;
static struct lp_list ders;
static struct lp_error error;

static void set_up(void)
{
    ders = (struct lp_list){ 0 };
    error.text[0] = '\0';
}

static void tear_down(void)
{
    lp_arena_release(&arena);
}

static bool read_text(const char *text)
{
    return lp_pem_certificates(&arena, lp_str_of(text), &ders, &error);
}

#define BLOCK(kind, data) "-----BEGIN " kind "-----\n" data "\n-----END " kind "-----\n"
#define CERT(data) BLOCK("CERTIFICATE", data)

START_TEST(in_the_order_of_the_file)
{
    ck_assert(read_text("Bag Attributes\n" CERT("YWJj\r\nZGVm")
                            BLOCK("PRIVATE KEY", "c2VjcmV0") "\r\n  " CERT("eHl6")));
    const struct lp_str *at = ders.at;
    ck_assert_uint_eq(ders.n, 2);
    ck_assert(lp_str_eq(at[0], LP_STR("abcdef")));
    ck_assert(lp_str_eq(at[1], LP_STR("xyz")));
}
END_TEST

START_TEST(der)
{
    ck_assert(read_text("0\x82\x01\x02rest"));
    ck_assert_uint_eq(ders.n, 1);
    ck_assert_uint_eq(((const struct lp_str *)ders.at)->n, 8);
}
END_TEST

static const struct {
    const char *text, *error;
} bad[] = {
    { "", "no PEM certificate" },
    { "words\n", "no PEM certificate" },
    { BLOCK("PRIVATE KEY", "c2VjcmV0"), "no certificate, only other PEM blocks" },
    { BLOCK("TRUSTED CERTIFICATE", "YWJj"), "no certificate, only other PEM blocks" },
    { "\n" CERT("YW!j"), "line 2: a certificate that is not base64" },
    { CERT(""), "line 1: a certificate that is not base64" },
    { "-----BEGIN CERTIFICATE-----\nYWJj\n", "line 1: a certificate that does not end" },
    { CERT("YWJj") CERT("YWJj") CERT("YWJj") CERT("YWJj") CERT("YWJj") CERT("YWJj") CERT("YWJj")
          CERT("YWJj") CERT("YWJj") CERT("YWJj") CERT("YWJj") CERT("YWJj") CERT("YWJj") CERT("YWJj")
              CERT("YWJj") CERT("YWJj") CERT("YWJj"),
      "line 49: more than 16 certificates" },
};

START_TEST(refuses)
{
    ck_assert(!read_text(bad[_i].text));
    ck_assert_str_eq(error.text, bad[_i].error);
}
END_TEST

Suite *lp_suite_pem(void)
{
    Suite *suite = suite_create("pem");
    TCase *tests = tcase_create("pem");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, in_the_order_of_the_file);
    tcase_add_test(tests, der);
    tcase_add_loop_test(tests, refuses, 0, LP_COUNT(bad));
    suite_add_tcase(suite, tests);
    return suite;
}
