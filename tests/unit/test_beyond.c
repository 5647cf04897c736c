/* test_beyond.c - what the answer of the client's endpoint tells of the servers behind it */
#include <check.h>

#include "rows_rig.h"

Suite *lp_suite_beyond(void);

#define PASSED "the Access Edge passed the request on; "
#define CHECKS " would check the password; "
#define REST "what comes after (password, certificate, home pool) was not tried"
#define SILENT "the password is asked for, by a server that does not say its name; " REST
#define EDGE(how) "tcp 203.0.113.10:443 tls=edge " how "\n"
#define FE(n, how) "tcp 10.0.0.1" n ":5061 tls=pool sip=401 " how "\n"
#define TO_POOL "dns sip ANY nxdomain\n"

static const struct {
    const char *what, *base, *changes;
    const char *text; /* NULL: there is no endpoint */
    size_t servers;
} rows[] = {
    { "a challenge", "out", EDGE("sip=401 target=dir1.contoso.example"),
      PASSED "dir1.contoso.example" CHECKS REST, 1 },
    { "of a product that is known", "out",
      EDGE("sip=401 target=sip/dir1.contoso.example server=RTC/5.0"),
      PASSED "dir1.contoso.example (Lync Server 2013)" CHECKS REST, 1 },
    { "that names nobody", "out", EDGE("sip=401"), SILENT, 0 },
    { "of a proxy", "out", EDGE("sip=407 target=dir1.contoso.example"),
      PASSED "dir1.contoso.example" CHECKS REST, 1 },
    { "a text that would do harm", "out", EDGE("sip=401 target=a\x1b[31mb"),
      PASSED "a\\x1b[31mb" CHECKS REST, 1 },
    { "no next hop", "out", EDGE("sip=504"), "the server answers, its next hop does not (504)", 0 },
    { "no next hop, by name", "out", EDGE("sip=504 diag=1010;tls-target=dir1.contoso.example"),
      "the server answers, its next hop dir1.contoso.example does not (504)", 0 },
    { "sent on", "out", EDGE("sip=301"), "the server sends the client on to ? (301)", 0 },
    { "refused", "out", EDGE("sip=403"),
      "the server refuses before anybody asks for a password (403)", 0 },
    { "nobody there", "out", "tcp 203.0.113.10:443 refused\ntcp 203.0.113.10:5061 refused\n", NULL,
      0 },
    { "inside, one name", "in",
      TO_POOL FE("1", "target=fe1.contoso.example") FE("2", "target=fe1.contoso.example"),
      "fe1.contoso.example" CHECKS REST, 1 },
    { "inside, several", "in",
      TO_POOL FE("1", "target=fe1.contoso.example server=RTC/6.0")
          FE("2", "target=fe2.contoso.example server=RTC/6.0"),
      "fe1.contoso.example by 10.0.0.11 or fe2.contoso.example by 10.0.0.12 "
      "(Skype for Business Server 2015)" CHECKS REST,
      2 },
    { "inside, not alike", "in",
      TO_POOL FE("1", "target=fe1.contoso.example server=RTC/6.0")
          FE("2", "target=fe2.contoso.example server=RTC/5.0"),
      "fe1.contoso.example by 10.0.0.11 (Skype for Business Server 2015) or fe2.contoso.example "
      "by 10.0.0.12 (Lync Server 2013)" CHECKS REST,
      2 },
    { "partners do not sign in", "out", "set client federation\n", NULL, 0 },
    { "a web client", "out", "set client mobile\n", NULL, 0 },
};

START_TEST(says)
{
    struct stage s;
    struct lp_judgement j;
    stage_begin(&s, stage_base(rows[_i].base), rows[_i].changes);
    stage_judge(&s, &j);
    ck_assert_msg((j.beyond.e == NULL) == (rows[_i].text == NULL), "%s", rows[_i].what);
    ck_assert_uint_eq(j.beyond.servers.n, rows[_i].servers);
    if (rows[_i].text)
        ck_assert_str_eq(j.beyond.text.p, rows[_i].text);
    else
        ck_assert_uint_eq(j.beyond.text.n, 0);
    stage_end(&s);
}
END_TEST

/* With a topology the pool is named, too. */
START_TEST(with_the_pool)
{
    static const char *const texts[] = {
        PASSED "dir.contoso.example (Director)" CHECKS REST,
        PASSED "dir1.contoso.example (Director dir.contoso.example)" CHECKS REST,
    };
    static const char *const changes[] = {
        EDGE("sip=401 target=dir.contoso.example"),
        EDGE("sip=401 target=dir1.contoso.example"),
    };
    struct rig rig;
    rig_begin(&rig, "out", changes[_i]);
    struct lp_pool *dir = rig_pool(&rig, LP_ROLE_DIRECTOR, "dir", "10.0.0.5");
    struct lp_member member = { .fqdn = LP_STR("dir1.contoso.example") };
    lp_list_push(&rig.stage.logs.arena, &dir->members, &member, sizeof member);
    rig_judge(&rig);
    ck_assert_str_eq(rig.judgement.beyond.text.p, texts[_i]);
    const struct lp_authenticator *server = rig.judgement.beyond.servers.at;
    ck_assert(server->pool != NULL && server->pool->role == LP_ROLE_DIRECTOR);
    rig_end(&rig);
}
END_TEST

Suite *lp_suite_beyond(void)
{
    Suite *suite = suite_create("beyond");
    TCase *tests = tcase_create("all");
    tcase_add_loop_test(tests, says, 0, (int)LP_COUNT(rows));
    tcase_add_loop_test(tests, with_the_pool, 0, 2);
    suite_add_tcase(suite, tests);
    return suite;
}
