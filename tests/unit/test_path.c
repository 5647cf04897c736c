/* test_path.c - the way of one client through its order */
#include <check.h>
#include <string.h>

#include "lp/path.h"
#include "lp/steps.h"
#include "stage.h"

Suite *lp_suite_path(void);

#define CLOSED "tcp 203.0.113.10:443 refused\ntcp 203.0.113.10:5061 refused\n"
#define NO_AD "dns lyncdiscover ANY nxdomain\n"
#define AD_BROKEN "tcp 203.0.113.20:80 refused\ntcp 203.0.113.20:443 refused\n"
#define LEAK "dns _sipinternaltls._tcp SRV 0 0 5061 pool\ndns pool A 203.0.113.30\n"
#define NAMED(fqdn, port)                                                            \
    "page https://webext.contoso.example" AD_SERVICE "/domain " AD_DOMAIN(AD_ACCESS( \
        "Internal", "pool.contoso.example", "5061") AD_ACCESS("External", fqdn, port)) "\n"

/*
 * steps: one letter each, "u" used, "f" found-not-used, "m" missing, "b" broken, "s"
 * skipped, "?" undecided; then, of the labels, where it stops, what gives the endpoint and
 * what broke before ("-": none); then the endpoint, "*" behind it when it is assumed.
 */
static const struct {
    const char *what, *client, *base, *changes, *steps;
    enum lp_path_outcome outcome;
    const char *stops, *gives, *broke, *endpoint;
} rows[] = {
    { "lync2013 outside", "lync2013", "out", NULL, "mummfmfm", LP_SIGNS_IN, "b", "e", "-",
      "access.contoso.example:443*" },
    { "lync2013 inside", "lync2013", "in", NULL, "umfmmf", LP_SIGNS_IN, "1", "3", "-",
      "pool.contoso.example:5061*" },
    { "without Autodiscover", "lync2013", "out", NO_AD, "mmmmumfm", LP_SIGNS_IN, "e", "e", "-",
      "access.contoso.example:443" },
    { "Autodiscover broken", "lync2013", "out", AD_BROKEN, "mbmmumfm", LP_SIGNS_IN, "e", "e", "b",
      "access.contoso.example:443" },
    { "the assumed endpoint's step broken", "lync2013", "out", "dns access ANY nxdomain",
      "mummbmfm", LP_SIGNS_IN, "b", "g", "e", "sip.contoso.example:5061*" },
    { "nothing speaks SIP", "lync2013", "out", CLOSED, "mummbmbm", LP_FAILS, "e", "b", "-", "*" },
    { "nothing speaks SIP, no Autodiscover", "lync2013", "out", CLOSED NO_AD, "mmmmbmbm", LP_FAILS,
      "e", "-", "e", "" },
    { "no record at all", "lync2013", "", NULL, "mmmmmmmm", LP_FAILS, "-", "-", "-", "" },
    { "only Autodiscover", "lync2013", "out", "dns _sip._tls ANY nxdomain\ndns sip ANY nxdomain\n",
      "mummmmmm", LP_FAILS, "b", "b", "-", "*" },
    { "undecided", "lync2013", "out",
      NO_AD "tcp 203.0.113.10:443 not-tried\n"
            "tcp 203.0.113.10:5061 refused\n",
      "mmmm?m?m", LP_UNDECIDED, "-", "-", "-", "" },
    { "undecided behind Autodiscover", "lync2013", "out",
      "tcp 203.0.113.10:443 crashed\ntcp 203.0.113.10:5061 refused\n", "mumm?m?m", LP_UNDECIDED,
      "b", "b", "-", "*" },
    { "an undecided step before a good one", "lync2013", "out",
      "tcp 203.0.113.20:80 crashed\ntcp 203.0.113.20:443 crashed\n", "m?mmumfm", LP_SIGNS_IN, "e",
      "e", "-", "access.contoso.example:443" },
    { "the leaked SRV comes first", "lync2013", "out", LEAK NO_AD "tcp 203.0.113.30:5061 timeout\n",
      "mmbmumfm", LP_SIGNS_IN, "e", "e", "c", "access.contoso.example:443" },
    { "named by Autodiscover", "lync2013", "out", NAMED("access.contoso.example", "5061"),
      "mummfmfm", LP_SIGNS_IN, "b", "b", "-", "access.contoso.example:5061" },
    { "named, and dead: later steps do not help", "lync2013", "out",
      NAMED("access.contoso.example", "4443"), "mummfmfm", LP_FAILS, "b", "b", "-",
      "access.contoso.example:4443" },
    { "named, without address", "lync2013", "out", NAMED("gone.contoso.example", "443"), "mummfmfm",
      LP_FAILS, "b", "b", "-", "gone.contoso.example:443" },
    { "named, not tried", "lync2013", "out",
      NAMED("access.contoso.example", "4443") "tcp 203.0.113.10:4443 not-tried\n", "mummfmfm",
      LP_UNDECIDED, "b", "b", "-", "access.contoso.example:4443" },
    { "named, lookup not tried", "lync2013", "out",
      NAMED("late.contoso.example", "443") "dns late ANY not-tried\n", "mummfmfm", LP_UNDECIDED,
      "b", "b", "-", "late.contoso.example:443" },
    { "sfb has no _sipinternal._tcp", "sfb", "out", NULL, "mumfmfm", LP_SIGNS_IN, "2", "4", "-",
      "access.contoso.example:443*" },
    { "mobile needs the web only", "mobile", "out", CLOSED, "mu", LP_SIGNS_IN, "2", "2", "-",
      "webext.contoso.example:443" },
    { "mobile never asks SRV", "mobile", "out", AD_BROKEN, "mb", LP_FAILS, "2", "-", "2", "" },
    { "phone goes on by SRV", "phone", "out", NULL, "mmum", LP_SIGNS_IN, "3", "3", "-",
      "access.contoso.example:443" },
    { "phone after a broken SRV", "phone", "out", LEAK "tcp 203.0.113.30:5061 refused\n", "bmum",
      LP_SIGNS_IN, "3", "3", "1", "access.contoso.example:443" },
    { "federation", "federation", "out", NULL, "u", LP_SIGNS_IN, "1", "1", "-",
      "access.contoso.example:5061" },
    { "federation that wants a certificate", "federation", "out",
      "tcp 203.0.113.10:5061 tls=edge mtls", "u", LP_SIGNS_IN, "1", "1", "-",
      "access.contoso.example:5061" },
    { "federation closed", "federation", "out", CLOSED, "b", LP_FAILS, "1", "-", "1", "" },
    { "federation missing", "federation", "out", "dns _sipfederationtls._tcp ANY nxdomain", "m",
      LP_FAILS, "-", "-", "-", "" },
    { "lync2010: the best SRV that exists", "lync2010", "out", NULL, "mmumsm", LP_SIGNS_IN, "3",
      "3", "-", "access.contoso.example:443" },
    { "lync2010: the others are not tried", "lync2010", "out",
      LEAK "tcp 203.0.113.30:5061 refused\n", "bmfmsm", LP_FAILS, "1", "1", "-", "" },
    { "lync2010: hosts when no SRV exists", "lync2010", "out", "dns _sip._tls ANY nxdomain",
      "mmmmum", LP_SIGNS_IN, "5", "5", "-", "sip.contoso.example:5061" },
    { "lync2010: a declared absence is none", "lync2010", "out",
      "dns _sipinternaltls._tcp SRV 0 0 0 .", "mmumsm", LP_SIGNS_IN, "3", "3", "-",
      "access.contoso.example:443" },
    { "lync2010: an SRV that fails in DNS is not there", "lync2010", "out",
      "dns _sipinternaltls._tcp ANY servfail", "bmumsm", LP_SIGNS_IN, "3", "3", "-",
      "access.contoso.example:443" },
    { "lync2010: a better SRV may exist", "lync2010", "out",
      CLOSED "dns _sipinternaltls._tcp ANY crashed\n", "?mbmsm", LP_UNDECIDED, "3", "3", "-", "" },
    { "lync2010: nothing", "lync2010", "", NULL, "mmmmmm", LP_FAILS, "-", "-", "-", "" },
};

static const char *label(const struct lp_step_result *step)
{
    return step ? step->row->label : "-";
}

static const char *steps_of(const struct lp_path *path, char out[static 16])
{
    static const char letters[] = "ufmbs?";
    size_t n = 0;
    for (; n < path->step_count; n++)
        out[n] = letters[path->steps[n].outcome];
    out[n] = '\0';
    return out;
}

static const char *endpoint_of(struct stage *s, const struct lp_path *path)
{
    const struct lp_step_result *at = path->stops_at;
    bool named = at && at->endpoint_host.n && (path->giver || at->endpoint);
    if (!path->giver || (!named && !at->assumed && !path->giver->assumed))
        return "";
    if (!named)
        return "*";
    return lp_arena_printf(&s->logs.arena, "%.*s:%d%s", (int)at->endpoint_host.n,
                           at->endpoint_host.p, (int)at->endpoint_port, at->assumed ? "*" : "")
        .p;
}

START_TEST(way)
{
    struct stage s;
    struct lp_path path;
    char letters[16];
    stage_begin(&s, stage_base(rows[_i].base), rows[_i].changes);
    stage_run(&s);
    struct lp_survey survey = { .log = &s.logs.log, .arena = &s.logs.arena };
    survey.internal = strcmp(rows[_i].base, "in") == 0;
    lp_path_make(&survey, lp_client_by_name(lp_str_of(rows[_i].client)), &path);
    const char *said =
        lp_arena_printf(&s.logs.arena, "%s: %s %s, stops %s, gives %s, broke %s, %s", rows[_i].what,
                        steps_of(&path, letters), lp_path_word(path.outcome), label(path.stops_at),
                        label(path.giver), label(path.broke), endpoint_of(&s, &path))
            .p;
    const char *want =
        lp_arena_printf(&s.logs.arena, "%s: %s %s, stops %s, gives %s, broke %s, %s", rows[_i].what,
                        rows[_i].steps, lp_path_word(rows[_i].outcome), rows[_i].stops,
                        rows[_i].gives, rows[_i].broke, rows[_i].endpoint)
            .p;
    ck_assert_str_eq(said, want);
    stage_end(&s);
}
END_TEST

/* No server answered anything: not the deployment's fault, as far as we can know. */
START_TEST(silence_is_undecided)
{
    static const char *const names[] = { "A lyncdiscoverinternal", "AAAA lyncdiscoverinternal",
                                         "A lyncdiscover", "AAAA lyncdiscover" };
    struct logs l;
    struct lp_path path;
    logs_begin(&l, "external");
    for (size_t i = 0; i < LP_COUNT(names); i++)
        logs_dns(&l, names[i], _i == 0 && i == 3 ? "nxdomain" : "timeout");
    struct lp_survey survey = { .log = &l.log, .arena = &l.arena };
    lp_path_make(&survey, lp_client_by_name(LP_STR("mobile")), &path);
    ck_assert_int_eq(path.outcome, _i == 0 ? LP_FAILS : LP_UNDECIDED);
    logs_end(&l);
}
END_TEST

START_TEST(named_probes_in_order)
{
    struct stage s;
    struct lp_path path;
    struct lp_places places;
    const struct lp_evidence *probes[8];
    stage_begin(&s, stage_outside,
                NAMED("pair.contoso.example", "443") "dns pair A 203.0.113.41; 203.0.113.40\n");
    stage_run(&s);
    struct lp_survey survey = { .log = &s.logs.log, .arena = &s.logs.arena };
    lp_path_make(&survey, lp_client_by_name(LP_STR("lync2013")), &path);
    ck_assert_uint_eq(lp_named_probes(&survey, path.steps[1].named, probes, &places), 2);
    ck_assert_int_eq(lp_link_of(probes[0])->address.bytes[3], 41);
    ck_assert_int_eq(lp_link_of(probes[1])->address.bytes[3], 40);
    ck_assert_int_eq(path.outcome, LP_FAILS);
    stage_end(&s);
}
END_TEST

Suite *lp_suite_path(void)
{
    Suite *suite = suite_create("path");
    TCase *tc = tcase_create("path");
    tcase_add_loop_test(tc, way, 0, (int)LP_COUNT(rows));
    tcase_add_loop_test(tc, silence_is_undecided, 0, 2);
    tcase_add_test(tc, named_probes_in_order);
    suite_add_tcase(suite, tc);
    return suite;
}
