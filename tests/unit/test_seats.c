/* test_seats.c - the endpoints that matter to the deciding client, each once */
#include <check.h>
#include <string.h>

#include "lp/court.h"
#include "stage.h"

Suite *lp_suite_seats(void);

static struct stage s;
static struct lp_survey survey;
static struct lp_court court;

static void find_seats(const char *base, const char *changes)
{
    stage_begin(&s, base, changes);
    stage_run(&s);
    lp_survey_make(&s.logs.log, &s.logs.arena, &survey);
    court = (struct lp_court){ .survey = &survey, .log = &s.logs.log, .arena = &s.logs.arena };
    lp_seats_find(&court);
}

static void tear_down(void)
{
    stage_end(&s);
}

static const struct lp_seat *seat(const char *key)
{
    for (size_t i = 0; i < court.seat_count; i++) {
        if (stage_holds(court.seats[i].e->key, key))
            return &court.seats[i];
    }
    return NULL;
}

/* Letters: r reached, u usable, a alternative, s spare, f first hop, o document, n
 * named, d decides; "-": not among the seats. */
static const char *letters(const struct lp_seat *seat, char out[static 12])
{
    size_t n = 0;
    if (!seat)
        return "-";
    const struct {
        bool set;
        char letter;
    } marks[] = { { seat->reached, 'r' }, { seat->usable, 'u' },    { seat->alternative, 'a' },
                  { seat->spare, 's' },   { seat->first_hop, 'f' }, { seat->document, 'o' },
                  { seat->named, 'n' },   { seat->decides, 'd' } };
    for (size_t i = 0; i < LP_COUNT(marks); i++) {
        if (marks[i].set)
            out[n++] = marks[i].letter;
    }
    out[n] = '\0';
    return out;
}

#define HTTP "http://lyncdiscover.contoso.example/ 203.0.113.20"
#define HTTPS "https://lyncdiscover.contoso.example/ 203.0.113.20"
#define ROOT "AutodiscoverService.svc/root 203.0.113.20"
#define USER "AutodiscoverService.svc/root/user 203.0.113.20"
#define TO_HTTPS \
    "page http://lyncdiscover.contoso.example/ 302 https://lyncdiscover.contoso.example/\n"

static const struct {
    const char *changes, *key, *letters;
} rows[] = {
    /* the healthy outside: http and https both lead to the root */
    { NULL, HTTP, "ruafd" },
    { NULL, HTTPS, "rusf" },
    { NULL, ROOT, "rud" },
    { NULL, USER, "rod" },
    { NULL, "sip access.contoso.example:443", "rud" },
    { NULL, "sip access.contoso.example:5061", "-" },
    { NULL, "sip sip.contoso.example:5061", "ua" },
    { NULL, "sip sip.contoso.example:443", "us" },
    /* https is in http's chain: no spare */
    { TO_HTTPS, HTTPS, "rufd" },
    { TO_HTTPS, HTTP, "ruafd" },
    /* one of the two serves */
    { "tcp 203.0.113.20:80 refused\n", HTTP, "raf" },
    { "tcp 203.0.113.20:80 refused\n", HTTPS, "rufd" },
    { "page https://lyncdiscover.contoso.example/ 404\n", HTTPS, "rsf" },
    /* neither */
    { "page http://lyncdiscover.contoso.example/ 404\n"
      "page https://lyncdiscover.contoso.example/ 404\n",
      HTTPS, "rf" },
    /* ports of a host: behind a good one is nothing of ours */
    { "tcp 203.0.113.10:5061 refused\n", "sip sip.contoso.example:5061", "a" },
    { "tcp 203.0.113.10:5061 refused\n", "sip sip.contoso.example:443", "u" },
    { "tcp 203.0.113.10:443 refused\n", "sip sip.contoso.example:443", "-" },
    { "tcp 203.0.113.10:443 refused\n", "sip sip.contoso.example:5061", "rud" },
    { "tcp 203.0.113.10:443 refused\n", "sip access.contoso.example:443", "r" },
    { "tcp 203.0.113.10:443 refused\ntcp 203.0.113.10:5061 refused\n",
      "sip access.contoso.example:443", "rd" },
    /* targets of an SRV are all meant to answer */
    { "dns _sip._tls SRV 0 0 443 access; 9 0 443 spare\ndns spare A 203.0.113.11\n",
      "sip spare.contoso.example:443", "rs" },
    { "dns _sip._tls SRV 0 0 443 first; 9 0 443 access\ndns first A 203.0.113.11\n",
      "sip first.contoso.example:443", "ra" },
    { "dns _sip._tls SRV 0 0 443 first; 9 0 443 access\ndns first A 203.0.113.11\n",
      "sip access.contoso.example:443", "rud" },
    /* the access point that Autodiscover names */
    { "page https://webext.contoso.example" AD_SERVICE
      "/domain " AD_DOMAIN(AD_ACCESS("External", "access.contoso.example", "5061")) "\n",
      "sip access.contoso.example:5061", "rund" },
    { "page https://webext.contoso.example" AD_SERVICE
      "/domain " AD_DOMAIN(AD_ACCESS("External", "access.contoso.example", "5061")) "\n",
      "sip access.contoso.example:443", "u" },
};

START_TEST(marks)
{
    char text[12];
    find_seats(stage_outside, rows[_i].changes);
    ck_assert_str_eq(letters(seat(rows[_i].key), text), rows[_i].letters);
}
END_TEST

/* One seat an evidence; the step where it weighs most. */
START_TEST(each_evidence_once)
{
    find_seats(stage_outside, "dns _sipinternaltls._tcp SRV 0 0 443 access\n");
    size_t n = 0;
    for (size_t i = 0; i < court.seat_count; i++) {
        n += stage_holds(court.seats[i].e->key, "sip access.contoso.example:443");
        for (size_t k = 0; k < i; k++)
            ck_assert_ptr_ne(court.seats[i].e, court.seats[k].e);
    }
    ck_assert_uint_eq(n, 1);
    ck_assert_uint_eq(seat("sip access.contoso.example:443")->step_index, 2);
}
END_TEST

START_TEST(what_a_seat_knows)
{
    find_seats(stage_inside, NULL);
    const struct lp_seat *pool = seat("sip pool.contoso.example:5061 10.0.0.12");
    const struct lp_seat *web = seat("http://lyncdiscoverinternal");
    ck_assert(!pool->web && web->web);
    ck_assert_ptr_nonnull(pool->leaf);
    ck_assert_str_eq(pool->leaf->common_name.p, "pool.contoso.example");
    ck_assert_ptr_null(web->leaf);
    ck_assert_ptr_eq(pool->link, lp_link_of(pool->e));
    ck_assert_ptr_eq(pool->step, &survey.main->steps[2]);
}
END_TEST

/* A node of the redirect target that fails is no document, though the root came before
   it. */
START_TEST(second_node_is_no_document)
{
    struct lp_judgement j;
    stage_begin(&s, stage_outside,
                "dns webext A 203.0.113.20; 203.0.113.22\ntcp 203.0.113.22:443 tls=proxy web\n");
    stage_run(&s);
    const struct lp_evidence *e =
        lp_log_find(&s.logs.log, LP_STR("autodiscover https://webext.contoso.example" AD_SERVICE
                                        " 203.0.113.22"));
    struct lp_autodiscover_facts *facts = e->facts;
    facts->http.status = 503;
    facts->doc = (struct lp_ad_doc){ .problem = LP_STR("empty") };
    stage_judge(&s, &j);
    ck_assert_str_eq(stage_ids(&s, &j), "LP-AD-HTTP-STATUS(c) LP-WALK-OK(i)");
    ck_assert_str_eq(j.findings[0].subject.p, "webext.contoso.example:443 203.0.113.22");
}
END_TEST

Suite *lp_suite_seats(void)
{
    Suite *suite = suite_create("seats");
    TCase *tc = tcase_create("seats");
    tcase_add_checked_fixture(tc, NULL, tear_down);
    tcase_add_loop_test(tc, marks, 0, (int)LP_COUNT(rows));
    tcase_add_test(tc, each_evidence_once);
    tcase_add_test(tc, what_a_seat_knows);
    tcase_add_test(tc, second_node_is_no_document);
    suite_add_tcase(suite, tc);
    return suite;
}
