/* test_idn.c - the domain that a user typed. */
#include "lp/name.h"
#include "lp/text.h"

#include <check.h>
#include <string.h>

Suite *lp_suite_idn(void);

#define L63 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

/* A constant slice over a literal. */
#define TYPED(lit)             \
    {                          \
        (lit), sizeof(lit) - 1 \
    }

static const char *const good[][2] = {
    { "contoso.com", "contoso.com" },
    { "Contoso.COM", "contoso.com" },
    { "contoso.com.", "contoso.com" },
    { " contoso.com\n", "contoso.com" },
    { "anna@contoso.com", "contoso.com" },
    { "sip:anna@contoso.com", "contoso.com" },
    { "SIP:contoso.com", "contoso.com" },
    { "@contoso.com", "contoso.com" },
    { "a@b@contoso.com", "contoso.com" },
    { "a-b.c1.example", "a-b.c1.example" },
    { "3com.example", "3com.example" },
    { "K\xc3\x96LN.example", "xn--kln-sna.example" },
    { "k\xc3\xb6ln.example", "xn--kln-sna.example" },
    { "anna@k\xc3\xb6ln.example.", "xn--kln-sna.example" },
    { "ko\xcc\x88ln.example", "xn--kln-sna.example" },
    { "stra\xc3\x9f"
      "e.example",
      "xn--strae-oqa.example" },
    { "\xe4\xb8\xad\xe6\x96\x87.example", "xn--fiq228c.example" },
    { "XN--KLN-SNA.example", "xn--kln-sna.example" },
    { "contoso\xe3\x80\x82"
      "com",
      "contoso.com" },
};

START_TEST(accepted)
{
    struct lp_arena arena = { 0 };
    struct lp_error error = { "" };
    struct lp_str domain = LP_STR_NONE;
    if (!lp_name_from_user(&arena, lp_str_of(good[_i][0]), &domain, &error))
        ck_abort_msg("%s", error.text);
    ck_assert(lp_str_eq(domain, lp_str_of(good[_i][1])));
    lp_arena_release(&arena);
}
END_TEST

static const struct {
    struct lp_str typed;
    const char *word;    /* in the message */
    const char *nearest; /* in the message, NULL: none offered */
} bad[] = {
    { TYPED(""), "empty", NULL },
    { TYPED("  "), "empty", NULL },
    { TYPED("anna@"), "empty", NULL },
    { TYPED("."), "is empty", NULL },
    { TYPED("contoso"), "no dot", NULL },
    { TYPED("contoso."), "no dot", NULL },
    { TYPED("contoso..com"), "empty", "contoso.com" },
    { TYPED(".contoso.com"), "empty", "contoso.com" },
    { TYPED("contoso.com.."), "empty", "contoso.com" },
    { TYPED("contoso,com"), "contoso,com", "contoso.com" },
    { TYPED("con_toso.com"), "letters, digits", "con-toso.com" },
    { TYPED("con toso.com"), "letters, digits", "contoso.com" },
    { TYPED("-contoso.com"), "letters, digits", "contoso.com" },
    { TYPED("contoso-.com"), "letters, digits", "contoso.com" },
    { TYPED("https://contoso.com/meet"), "letters, digits", "contoso.com" },
    { TYPED("contoso.com:443"), "letters, digits", "contoso.com" },
    { TYPED("192.0.2.1"), "address", NULL },
    { TYPED("[::1]"), "address", NULL },
    { TYPED("contoso.123"), "number", NULL },
    { TYPED(L63 "a.example"), "longer than 63", NULL },
    { TYPED(L63 "." L63 "." L63 "." L63 ".example"), "longer than 253", NULL },
    { TYPED("contoso.com\0.evil"), "contoso.com\\x00.evil", NULL },
    { TYPED("con\x1b[2Jtoso.com"), "con\\x1b[2Jtoso.com", NULL },
    { TYPED("k\xf6ln.example"), "k\\xf6ln.example", NULL },
    { TYPED("xn--a-ecp.example"), "xn--a-ecp", NULL },
    { TYPED("\xe2\x98\x83.example"), "\xe2\x98\x83.example", NULL },
    { TYPED("a\xe2\x80\xae"
            "b.example"),
      "a\\u{202e}b.example", NULL },
};

START_TEST(refused)
{
    struct lp_arena arena = { 0 };
    struct lp_error error = { "" };
    struct lp_str domain = LP_STR_NONE;
    ck_assert(!lp_name_from_user(&arena, bad[_i].typed, &domain, &error));
    if (!strstr(error.text, bad[_i].word))
        ck_abort_msg("\"%s\" is not in: %s", bad[_i].word, error.text);
    const char *hint = strstr(error.text, "did you mean ");
    if ((hint != NULL) != (bad[_i].nearest != NULL))
        ck_abort_msg("hint: %s", error.text);
    if (hint && bad[_i].nearest)
        ck_assert_int_eq(strncmp(hint + 13, bad[_i].nearest, strlen(bad[_i].nearest)), 0);
    ck_assert(lp_is_clean_text(lp_str_of(error.text)));
    lp_arena_release(&arena);
}
END_TEST

/* The user part is dropped: it is in no message. */
START_TEST(user_is_not_kept)
{
    struct lp_arena arena = { 0 };
    struct lp_error error = { "" };
    struct lp_str domain = LP_STR_NONE;
    ck_assert(!lp_name_from_user(&arena, LP_STR("secret@contoso"), &domain, &error));
    ck_assert_ptr_null(strstr(error.text, "secret"));
    ck_assert_ptr_nonnull(strstr(error.text, "contoso"));
    lp_arena_release(&arena);
}
END_TEST

static const struct {
    const char *typed;
    bool mixed;
} scripts[] = {
    { "contoso.com", false },
    { "k\xc3\xb6ln-1.example", false },
    { "\xd0\xbf\xd1\x80\xd0\xb8\xd0\xbc\xd0\xb5\xd1\x80.example", false },
    { "c\xd0\xbentoso.com", true }, /* Cyrillic o */
    { "\xd1\x81ontoso.com", true }, /* Cyrillic es */
    { "contos\xce\xbf.com", true }, /* Greek omicron */
    { "www.c\xd0\xbentoso.com", true },
    { "\xe4\xb8\xad\xe6\x96\x87.example", false },
    { "lync\xe4\xb8\xad.example", false }, /* Latin and Han */
    { "\xe4\xb8\xad\xd0\xbe.example", true },
    { "\xe3\x81\x82\xe3\x82\xa2\xe6\x96\x87.example", false },
    { "\xff\xff.example", false },
    { "", false },
};

START_TEST(mixed_scripts)
{
    ck_assert_int_eq(lp_name_mixes_scripts(lp_str_of(scripts[_i].typed)), scripts[_i].mixed);
}
END_TEST

Suite *lp_suite_idn(void)
{
    Suite *suite = suite_create("idn");
    TCase *tc = tcase_create("idn");
    tcase_add_loop_test(tc, accepted, 0, LP_COUNT(good));
    tcase_add_loop_test(tc, refused, 0, LP_COUNT(bad));
    tcase_add_test(tc, user_is_not_kept);
    tcase_add_loop_test(tc, mixed_scripts, 0, LP_COUNT(scripts));
    suite_add_tcase(suite, tc);
    return suite;
}
