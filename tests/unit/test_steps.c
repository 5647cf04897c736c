/* test_steps.c - one step of an order: records, candidates, and whether it leads on */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "lp/steps.h"
#include "stage.h"

Suite *lp_suite_steps(void);

#define EDGE_STEP                                                            \
    {                                                                        \
        "e", "_sip._tls.<sip-domain>", LP_STEP_SRV, { 443, 5061 }, false, "" \
    }
#define SIP_STEP                                                        \
    {                                                                   \
        "g", "sip.<sip-domain>", LP_STEP_HOST, { 5061, 443 }, false, "" \
    }
#define AD_STEP                                                                  \
    {                                                                            \
        "b", "lyncdiscover.<sip-domain>", LP_STEP_AUTODISCOVER, { 0 }, false, "" \
    }
#define TCP_STEP                                                               \
    {                                                                          \
        "d", "_sipinternal._tcp.<sip-domain>", LP_STEP_SRV, { 5060 }, true, "" \
    }

static const struct lp_step edge_step = EDGE_STEP, sip_step = SIP_STEP, ad_step = AD_STEP,
                            tcp_step = TCP_STEP;

#define TWO "dns _sip._tls SRV 0 0 443 access; 10 0 443 spare\n"

/* The healthy outside with changes; endpoint "": none. */
static const struct {
    const char *what, *changes;
    const struct lp_step *row;
    enum lp_step_outcome outcome;
    const char *endpoint;
    int port;
} rows[] = {
    { "SRV, healthy", NULL, &edge_step, LP_STEP_USED, "access.contoso.example", 443 },
    { "SRV, the record's port wins",
      "dns _sip._tls SRV 0 0 8443 access\n"
      "tcp 203.0.113.10:8443 tls=edge sip=401\n",
      &edge_step, LP_STEP_USED, "access.contoso.example", 8443 },
    { "SRV, nxdomain", "dns _sip._tls ANY nxdomain", &edge_step, LP_STEP_MISSING, "", 0 },
    { "SRV, nodata", "dns _sip._tls ANY nodata", &edge_step, LP_STEP_MISSING, "", 0 },
    { "SRV, root", "dns _sip._tls SRV 0 0 0 .", &edge_step, LP_STEP_MISSING, "", 0 },
    { "SRV, root beside a target", "dns _sip._tls SRV 0 0 0 .; 10 0 443 access", &edge_step,
      LP_STEP_USED, "access.contoso.example", 443 },
    { "SRV, servfail", "dns _sip._tls ANY servfail", &edge_step, LP_STEP_BROKEN, "", 0 },
    { "SRV, refused", "dns _sip._tls ANY refused", &edge_step, LP_STEP_BROKEN, "", 0 },
    { "SRV, timeout", "dns _sip._tls ANY timeout", &edge_step, LP_STEP_BROKEN, "", 0 },
    { "SRV, malformed", "dns _sip._tls ANY malformed", &edge_step, LP_STEP_BROKEN, "", 0 },
    { "SRV, not tried", "dns _sip._tls ANY not-tried", &edge_step, LP_STEP_UNDECIDED, "", 0 },
    { "SRV, crashed", "dns _sip._tls ANY crashed", &edge_step, LP_STEP_UNDECIDED, "", 0 },
    { "SRV, dangling alias", "dns _sip._tls ANY alias gone", &edge_step, LP_STEP_BROKEN, "", 0 },
    { "SRV, an alias of all names",
      "dns _sip._tls ANY alias www\ndns www A 203.0.113.80\ndns www SRV nodata", &edge_step,
      LP_STEP_MISSING, "", 0 },
    { "SRV, looping alias", "dns _sip._tls ANY alias _sip._tls", &edge_step, LP_STEP_BROKEN, "",
      0 },
    { "SRV, target without address", "dns access ANY nxdomain", &edge_step, LP_STEP_BROKEN, "", 0 },
    { "SRV, target's lookup not tried", "dns access ANY not-tried", &edge_step, LP_STEP_UNDECIDED,
      "", 0 },
    { "SRV, target that is no host", "dns _sip._tls SRV 0 0 443 a b.", &edge_step, LP_STEP_BROKEN,
      "", 0 },
    { "SRV, port 0", "dns _sip._tls SRV 0 0 0 access", &edge_step, LP_STEP_BROKEN, "", 0 },
    { "SRV, port 0, of a host that others ask", "dns _sip._tls SRV 0 0 0 sip", &edge_step,
      LP_STEP_BROKEN, "", 0 },
    { "SRV, closed", "tcp 203.0.113.10:443 refused", &edge_step, LP_STEP_BROKEN, "", 0 },
    { "SRV, filtered", "tcp 203.0.113.10:443 timeout", &edge_step, LP_STEP_BROKEN, "", 0 },
    { "SRV, not tried", "tcp 203.0.113.10:443 not-tried", &edge_step, LP_STEP_UNDECIDED, "", 0 },
    { "SRV, blocked", "tcp 203.0.113.10:443 blocked", &edge_step, LP_STEP_UNDECIDED, "", 0 },
    { "SRV, crashed", "tcp 203.0.113.10:443 crashed", &edge_step, LP_STEP_UNDECIDED, "", 0 },
    { "SRV, TLS fails", "tcp 203.0.113.10:443 alert=40", &edge_step, LP_STEP_BROKEN, "", 0 },
    { "SRV, TLS alone is no sign-in", "tcp 203.0.113.10:443 tls=edge mute", &edge_step,
      LP_STEP_BROKEN, "", 0 },
    { "SRV, not SIP", "tcp 203.0.113.10:443 tls=edge not-sip", &edge_step, LP_STEP_BROKEN, "", 0 },
    { "SRV, any SIP answer is one", "tcp 203.0.113.10:443 tls=edge sip=503", &edge_step,
      LP_STEP_USED, "access.contoso.example", 443 },
    { "SRV, wants a client certificate", "tcp 203.0.113.10:443 tls=edge mtls", &edge_step,
      LP_STEP_BROKEN, "", 0 },
    { "SRV, first target dead",
      TWO "dns spare A 203.0.113.11\n"
          "tcp 203.0.113.10:443 timeout\ntcp 203.0.113.11:443 tls=edge sip=401\n",
      &edge_step, LP_STEP_USED, "spare.contoso.example", 443 },
    { "SRV, second target dead", TWO "dns spare A 203.0.113.11\n", &edge_step, LP_STEP_USED,
      "access.contoso.example", 443 },
    { "SRV, one dead and one not tried",
      TWO "dns spare A 203.0.113.11\n"
          "tcp 203.0.113.10:443 timeout\ntcp 203.0.113.11:443 not-tried\n",
      &edge_step, LP_STEP_UNDECIDED, "", 0 },
    { "SRV, a challenge before another answer",
      TWO "dns spare A 203.0.113.11\n"
          "tcp 203.0.113.10:443 tls=edge sip=503\ntcp 203.0.113.11:443 tls=edge sip=407\n",
      &edge_step, LP_STEP_USED, "spare.contoso.example", 443 },
    { "plain SRV", "dns _sipinternal._tcp SRV 0 0 5060 access\ntcp 203.0.113.10:5060 sip=401\n",
      &tcp_step, LP_STEP_USED, "access.contoso.example", 5060 },
    { "host, first port", NULL, &sip_step, LP_STEP_USED, "sip.contoso.example", 5061 },
    { "host, second port", "tcp 203.0.113.10:5061 refused", &sip_step, LP_STEP_USED,
      "sip.contoso.example", 443 },
    { "host, both closed", "tcp 203.0.113.10:5061 refused\ntcp 203.0.113.10:443 refused", &sip_step,
      LP_STEP_BROKEN, "", 0 },
    { "host, alias", "dns sip CNAME alias access", &sip_step, LP_STEP_USED, "sip.contoso.example",
      5061 },
    { "host, nxdomain", "dns sip ANY nxdomain", &sip_step, LP_STEP_MISSING, "", 0 },
    { "host, A servfail but AAAA answers",
      "dns sip A servfail\ndns sip AAAA 2001:db8::10\n"
      "tcp 2001:db8::10:5061 tls=edge sip=401\n",
      &sip_step, LP_STEP_USED, "sip.contoso.example", 5061 },
    { "host, AAAA servfail, no A", "dns sip A nodata\ndns sip AAAA servfail\n", &sip_step,
      LP_STEP_BROKEN, "", 0 },
    { "Autodiscover, healthy", NULL, &ad_step, LP_STEP_USED, "", 0 },
    { "Autodiscover, http only",
      "tcp 203.0.113.20:443 refused\n"
      "page http://lyncdiscover.contoso.example/ " AD_ROOT_OF("External", "x.example") "\n",
      &ad_step, LP_STEP_USED, "", 0 },
    { "Autodiscover, https only", "tcp 203.0.113.20:80 refused\n", &ad_step, LP_STEP_USED, "", 0 },
    { "Autodiscover, both closed", "tcp 203.0.113.20:443 refused\ntcp 203.0.113.20:80 refused\n",
      &ad_step, LP_STEP_BROKEN, "", 0 },
    { "Autodiscover, nxdomain", "dns lyncdiscover ANY nxdomain", &ad_step, LP_STEP_MISSING, "", 0 },
    { "Autodiscover, dangling", "dns lyncdiscover CNAME alias gone", &ad_step, LP_STEP_BROKEN, "",
      0 },
    { "Autodiscover, 404", "page http* 404\n", &ad_step, LP_STEP_BROKEN, "", 0 },
    { "Autodiscover, redirect target not tried",
      "dns webext A 203.0.113.22\ntcp 203.0.113.22:443 not-tried\n"
      "page https://lyncdiscover.contoso.example/ 500\n",
      &ad_step, LP_STEP_UNDECIDED, "", 0 },
    { "Autodiscover, redirect to no host",
      "dns webext ANY nxdomain\npage https://lyncdiscover.contoso.example/ 500\n", &ad_step,
      LP_STEP_BROKEN, "", 0 },
    { "Autodiscover, certificates do not matter", "cert proxy names=x. days=-100 ca=self\n",
      &ad_step, LP_STEP_USED, "", 0 },
};

static void build(struct stage *s, struct lp_survey *survey, const struct lp_step *row,
                  struct lp_step_result *out)
{
    *survey = (struct lp_survey){ .log = &s->logs.log, .arena = &s->logs.arena };
    lp_step_build(survey, lp_client_by_name(LP_STR("lync2013")), row, out);
}

START_TEST(outcome_and_endpoint)
{
    struct stage s;
    struct lp_survey survey;
    struct lp_step_result r;
    stage_begin(&s, stage_outside, rows[_i].changes);
    stage_run(&s);
    build(&s, &survey, rows[_i].row, &r);
    ck_assert_msg(r.outcome == rows[_i].outcome, "%s: %s", rows[_i].what, lp_step_word(r.outcome));
    ck_assert_int_eq(r.leads_on, r.outcome == LP_STEP_USED);
    ck_assert_msg(
        lp_str_eq(r.endpoint_host, r.endpoint ? lp_str_of(rows[_i].endpoint) : LP_STR_NONE),
        "%s: %.*s", rows[_i].what, (int)r.endpoint_host.n, r.endpoint_host.p);
    ck_assert_int_eq(r.endpoint_port, rows[_i].port);
    ck_assert_int_eq(r.endpoint != NULL, rows[_i].port != 0);
    stage_end(&s);
}
END_TEST

START_TEST(nothing_asked_is_undecided)
{
    struct stage s;
    struct lp_survey survey;
    struct lp_step_result r;
    const struct lp_step *const all[] = { &edge_step, &sip_step, &ad_step };
    stage_begin(&s, stage_outside, NULL);
    build(&s, &survey, all[_i], &r);
    ck_assert_int_eq(r.outcome, LP_STEP_UNDECIDED);
    ck_assert_int_eq(r.dns, LP_NONE);
    stage_end(&s);
}
END_TEST

/* Candidates by order; the addresses of one name share theirs. */
START_TEST(candidates)
{
    struct stage s;
    struct lp_survey survey;
    struct lp_step_result r;
    stage_begin(&s, stage_outside,
                TWO "dns access A 203.0.113.10; 203.0.113.12\n"
                    "dns spare AAAA 2001:db8::11\n");
    stage_run(&s);
    build(&s, &survey, &edge_step, &r);
    ck_assert_uint_eq(r.target_count, 2);
    ck_assert_uint_eq(r.candidate_count, 3);
    ck_assert_uint_eq(r.candidates[0].order, 0);
    ck_assert_uint_eq(r.candidates[1].order, 0);
    ck_assert_uint_eq(r.candidates[2].order, 1);
    ck_assert(r.candidates[0].usable && !r.candidates[1].usable && !r.candidates[2].usable);
    ck_assert_int_eq(r.candidates[2].address.family, 6);
    ck_assert_ptr_nonnull(r.candidates[2].probe);
    stage_end(&s);
}
END_TEST

START_TEST(sixteen_targets_at_most)
{
    char line[1024] = "dns _sip._tls SRV ";
    struct stage s;
    struct lp_survey survey;
    struct lp_step_result r;
    for (int i = 0; i < 20; i++) {
        size_t used = strlen(line);
        snprintf(line + used, sizeof line - used, "%d 0 443 t%d;", i, i);
    }
    stage_begin(&s, stage_outside, line);
    stage_run(&s);
    build(&s, &survey, &edge_step, &r);
    ck_assert_uint_eq(r.target_count, LP_MAX_TARGETS);
    ck_assert_uint_eq(r.srv.record_count, 20);
    ck_assert_str_eq(r.targets[15].rr->name.p, "t15.contoso.example");
    stage_end(&s);
}
END_TEST

START_TEST(alias_and_root_targets_are_marked)
{
    struct stage s;
    struct lp_survey survey;
    struct lp_step_result r;
    stage_begin(&s, stage_outside,
                "dns _sip._tls SRV 0 0 443 edge; 1 0 0 .\n"
                "dns edge CNAME alias access\n");
    stage_run(&s);
    build(&s, &survey, &edge_step, &r);
    ck_assert(r.targets[0].alias && !r.targets[0].root);
    ck_assert(r.targets[1].root && !r.targets[1].alias);
    ck_assert_int_eq(r.outcome, LP_STEP_USED);
    stage_end(&s);
}
END_TEST

/* --resolve of one port beside a name that DNS does not have. */
START_TEST(an_overridden_port_is_a_candidate)
{
    struct stage s;
    struct lp_survey survey;
    struct lp_step_result r;
    struct lp_address_item item = { logs_address("203.0.113.10") };
    struct lp_resolve_rule rule = { LP_STR("sip.contoso.example"), _i ? 443 : 5061, { &item, 1 } };
    stage_begin(&s, stage_outside, "dns sip ANY nxdomain\n");
    s.logs.log.setup.resolve = (struct lp_list){ &rule, 1 };
    stage_run(&s);
    build(&s, &survey, &sip_step, &r);
    ck_assert_int_eq(r.outcome, LP_STEP_USED);
    ck_assert_int_eq(r.endpoint_port, rule.port);
    ck_assert(lp_link_of(r.endpoint)->overridden);
    stage_end(&s);
}
END_TEST

START_TEST(root_and_named_access)
{
    struct stage s;
    struct lp_survey survey;
    struct lp_step_result r;
    stage_begin(&s, stage_outside,
                "page https://webext.contoso.example" AD_SERVICE
                "/domain " AD_DOMAIN(AD_ACCESS("External", "access.contoso.example", "443")) "\n");
    stage_run(&s);
    build(&s, &survey, &ad_step, &r);
    ck_assert_ptr_nonnull(r.root);
    ck_assert_str_eq(r.named->fqdn.p, "access.contoso.example");
    ck_assert(stage_holds(lp_http_of(r.named_in)->url, "/root/domain"));
    stage_end(&s);
}
END_TEST

/* ---- probes ---- */

static const struct {
    const char *answer;
    bool open, usable;
} probes[] = {
    { "401", false, true },       { "407", false, true },      { "403", false, true },
    { "refused", false, false },  { "timeout", false, false }, { "malformed", false, false },
    { "not-tried", true, false }, { "blocked", true, false },  { "crashed", true, false },
};

START_TEST(of_one_probe)
{
    struct logs l;
    logs_begin(&l, "external");
    struct lp_evidence *e = logs_sip(&l, "sip:443", "203.0.113.1", probes[_i].answer);
    ck_assert_int_eq(lp_probe_is_open(e), probes[_i].open);
    ck_assert_int_eq(lp_probe_is_usable(e, false), probes[_i].usable);
    ck_assert_int_eq(lp_probe_is_usable(e, true), probes[_i].usable);
    logs_end(&l);
}
END_TEST

START_TEST(a_partner_has_its_certificate)
{
    struct logs l;
    logs_begin(&l, "external");
    struct lp_evidence *e = logs_sip(&l, "sip:5061", "203.0.113.1", "alert");
    ck_assert(!lp_probe_is_usable(e, true));
    ((struct lp_sip_facts *)e->facts)->link.alert_after_certificate = true;
    ck_assert(lp_probe_is_usable(e, true));
    ck_assert(!lp_probe_is_usable(e, false));
    ck_assert(!lp_probe_is_usable(NULL, true));
    ck_assert(lp_probe_is_open(NULL));
    ck_assert(!lp_probe_is_usable(logs_web(&l, "http://x.example/", "203.0.113.1", "200"), false));
    logs_end(&l);
}
END_TEST

Suite *lp_suite_steps(void)
{
    Suite *suite = suite_create("steps");
    TCase *tc = tcase_create("steps");
    tcase_add_loop_test(tc, outcome_and_endpoint, 0, (int)LP_COUNT(rows));
    tcase_add_loop_test(tc, nothing_asked_is_undecided, 0, 3);
    tcase_add_test(tc, candidates);
    tcase_add_test(tc, sixteen_targets_at_most);
    tcase_add_test(tc, alias_and_root_targets_are_marked);
    tcase_add_loop_test(tc, an_overridden_port_is_a_candidate, 0, 2);
    tcase_add_test(tc, root_and_named_access);
    tcase_add_loop_test(tc, of_one_probe, 0, (int)LP_COUNT(probes));
    tcase_add_test(tc, a_partner_has_its_certificate);
    suite_add_tcase(suite, tc);
    return suite;
}
