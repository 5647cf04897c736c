/* test_say_standing.c - one source of a certificate's revocation, in a line and in two languages */
#include <check.h>

#include "lp/lang.h"
#include "lp/say_standing.h"

Suite *lp_suite_say_standing(void);

static const struct {
    enum lp_source_kind kind;
    enum lp_source_state state;
    int64_t reason;
    bool is_unsigned;
    const char *english, *german;
} rows[] = {
    { LP_SOURCE_STAPLE, LP_SOURCE_GOOD, -1, false, "OCSP: good, stapled", "OCSP: gut, angeheftet" },
    { LP_SOURCE_OCSP, LP_SOURCE_GOOD, -1, true,
      "OCSP: good, asked at http://ocsp.example/, signature not checked", NULL },
    { LP_SOURCE_LIST, LP_SOURCE_REVOKED, 1, false,
      "CRL: revoked since 1 Jan 1970, key compromise, list at http://ocsp.example/",
      "CRL: gesperrt seit 1 Jan 1970, Schlüssel kompromittiert, Liste von http://ocsp.example/" },
    { LP_SOURCE_LIST, LP_SOURCE_REVOKED, -1, false,
      "CRL: revoked since 1 Jan 1970, list at http://ocsp.example/", NULL },
    { LP_SOURCE_OCSP, LP_SOURCE_OPEN, -1, false, NULL, NULL },
};

static void check_row(int i, const struct lp_lang *lang, const char *due)
{
    struct lp_arena arena = { .lang = lang };
    struct lp_source source = { .kind = rows[i].kind,
                                .state = rows[i].state,
                                .url = LP_STR("http://ocsp.example/"),
                                .reason = rows[i].reason,
                                .unsigned_ = rows[i].is_unsigned };
    struct lp_str said = lp_say_source(&arena, &source);
    if (due)
        ck_assert_str_eq(said.p, due);
    else
        ck_assert_ptr_null(said.p);
    lp_arena_release(&arena);
}

START_TEST(source_in_english)
{
    check_row(_i, NULL, rows[_i].english);
}
END_TEST

START_TEST(source_in_german)
{
    if (rows[_i].german)
        check_row(_i, lp_lang_by_name(LP_STR("de")), rows[_i].german);
}
END_TEST

Suite *lp_suite_say_standing(void)
{
    Suite *s = suite_create("say_standing");
    TCase *t = tcase_create("say_standing");
    tcase_add_loop_test(t, source_in_english, 0, (int)LP_COUNT(rows));
    tcase_add_loop_test(t, source_in_german, 0, (int)LP_COUNT(rows));
    suite_add_tcase(s, t);
    return s;
}
