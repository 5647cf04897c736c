/* test_ports.c - findings about connections and pools */
#include <check.h>
#include <stdio.h>

#include "rows_rig.h"

Suite *lp_suite_ports(void);

#define EDGE(how) "tcp 203.0.113.10:443 " how "\n"
#define POOL3 "dns pool A 10.0.0.11; 10.0.0.12; 10.0.0.13\n"

static const struct stage_case cases[] = {
    { "refused", "out", EDGE("refused"), "LP-PORT-CLOSED(c) LP-WALK-FALLBACK(w<)" },
    { "reset", "out", EDGE("reset"), "LP-PORT-CLOSED(c) LP-WALK-FALLBACK(w<)" },
    { "no answer", "out", EDGE("timeout"), "LP-PORT-FILTERED(c) LP-WALK-FALLBACK(w<)" },
    { "unreachable", "out", EDGE("unreachable"), "LP-PORT-UNREACHABLE(c) LP-WALK-FALLBACK(w<)" },
    { "not tried is not closed", "out", EDGE("not-tried"), "LP-RUN-DEADLINE(c) LP-WALK-OK(i)" },

    /* candidates of one step */
    { "sip answers at 443 instead of 5061", "out",
      "tcp 203.0.113.10:5061 refused\n"
      "dns _sip._tls ANY nxdomain\n",
      "LP-DNS-RECORD-MISSING(w) LP-PORT-CLOSED(i) LP-WALK-OK(i)" },
    { "443 behind a good 5061 is another service's", "in",
      "tcp 10.0.0.11:443 timeout\ntcp 10.0.0.12:443 tls=web web\n", "LP-WALK-OK(i)" },
    { "the first target of an SRV is dead", "out",
      "dns _sip._tls SRV 0 0 443 spare; 9 0 443 access\ndns spare A 203.0.113.11\n",
      "LP-PORT-CLOSED(i) LP-WALK-OK(i)" },
    { "a spare target of an SRV is dead", "out",
      "dns _sip._tls SRV 0 0 443 access; 9 0 443 spare\ndns spare A 203.0.113.11\n",
      "LP-PORT-CLOSED(w) LP-WALK-OK(i)" },
    { "http is closed, https serves", "out", "tcp 203.0.113.20:80 refused",
      "LP-PORT-CLOSED(i) LP-WALK-OK(i)" },
    { "https is closed, http serves", "out",
      "dns lyncdiscover A 203.0.113.21\ntcp 203.0.113.21:80 web\n",
      "LP-PORT-CLOSED(w) LP-WALK-OK(i)" },
    { "both are closed", "out", "dns lyncdiscover A 203.0.113.21",
      "LP-PORT-CLOSED(c) LP-PORT-CLOSED(c<) LP-AD-UNREACHABLE(c<) LP-WALK-FALLBACK(w<)" },

    /* steps that are not reached */
    { "behind the endpoint", "out", "dns sipexternal A 203.0.113.12",
      "LP-PORT-CLOSED(w) LP-PORT-CLOSED(w<) LP-WALK-OK(i)" },
    { "the other Autodiscover name", "in",
      "dns lyncdiscover A 203.0.113.20\ntcp 203.0.113.20:80 timeout\n"
      "tcp 203.0.113.20:443 timeout\n",
      "LP-PORT-FILTERED(w) LP-PORT-FILTERED(w<) LP-AD-UNREACHABLE(w<) LP-WALK-OK(i)" },

    /* one machine, one trouble */
    { "both ports of the Edge", "out", EDGE("refused") "tcp 203.0.113.10:5061 refused\n",
      "LP-PORT-CLOSED(c) LP-PORT-CLOSED(c<) LP-PORT-CLOSED(c<) LP-WALK-FAILS(c<)" },
    { "two machines, two troubles", "out",
      EDGE("refused") "dns sip A 203.0.113.14\ntcp 203.0.113.14:443 refused\n",
      "LP-PORT-CLOSED(c) LP-WALK-FAILS(c<) LP-PORT-CLOSED(c) LP-PORT-CLOSED(c<)" },
    { "other troubles stay apart", "out", EDGE("refused") "tcp 203.0.113.10:5061 timeout\n",
      "LP-PORT-CLOSED(c) LP-PORT-CLOSED(c<) LP-WALK-FAILS(c<) LP-PORT-FILTERED(c)" },

    /* pools */
    { "all members answer", "in", POOL3 "tcp 10.0.0.13:5061 tls=pool sip=401\n", "LP-WALK-OK(i)" },
    { "one of three is closed", "in", POOL3,
      "LP-PORT-POOL-PARTIAL(c) LP-PORT-CLOSED(c<) LP-WALK-OK(i)" },
    { "two of three are silent", "in",
      POOL3 "tcp 10.0.0.13:5061 timeout\ntcp 10.0.0.12:5061 timeout\n"
            "dns sip A 10.0.0.11\n",
      "LP-PORT-POOL-PARTIAL(c) LP-PORT-FILTERED(c<) LP-PORT-FILTERED(c<) LP-WALK-OK(i)" },
    { "the pool under two names", "in", "tcp 10.0.0.12:5061 unreachable\n",
      "LP-PORT-POOL-PARTIAL(c) LP-PORT-UNREACHABLE(c<) LP-PORT-UNREACHABLE(w<) "
      "LP-PORT-POOL-PARTIAL(w<) LP-WALK-OK(i)" },
    { "none answers", "in",
      "tcp 10.0.0.11:5061 refused\ntcp 10.0.0.12:5061 refused\ndns sip ANY nxdomain\n",
      "LP-PORT-CLOSED(c) LP-PORT-CLOSED(c<) LP-WALK-FAILS(c<)" },
    { "the Edge does not listen on IPv6", "out", "dns access AAAA 2001:db8::10",
      "LP-PORT-POOL-PARTIAL(c) LP-PORT-CLOSED(c<) LP-WALK-OK(i)" },
    { "one node of the reverse proxy", "out",
      "dns webext A 203.0.113.20; 203.0.113.22\ndns lyncdiscover A 203.0.113.21\n"
      "tcp 203.0.113.21:80 web\ntcp 203.0.113.21:443 tls=proxy web\n",
      "LP-PORT-POOL-PARTIAL(c) LP-PORT-CLOSED(c<) LP-PORT-CLOSED(c<) LP-PORT-CLOSED(c<) "
      "LP-WALK-OK(i)" },
};

START_TEST(findings)
{
    stage_expect(&cases[_i]);
}
END_TEST

static const struct {
    const char *base, *changes, *id, *subject, *expected, *observed;
} texts[] = {
    { "out", EDGE("refused"), "LP-PORT-CLOSED", "access.contoso.example:443 203.0.113.10",
      "TCP port 443 open", "refuses the connection" },
    { "out", EDGE("timeout"), "LP-PORT-FILTERED", "access.contoso.example:443 203.0.113.10",
      "TCP port 443 open", "gives no answer" },
    { "in", POOL3, "LP-PORT-POOL-PARTIAL", "pool.contoso.example:5061", "all 3 addresses answer",
      "2 answer, not 10.0.0.13" },
    { "in", POOL3 "tcp 10.0.0.12:5061 refused\n", "LP-PORT-POOL-PARTIAL",
      "pool.contoso.example:5061", "all 3 addresses answer", "1 answer, not 10.0.0.12, 10.0.0.13" },
    /* an address counts once, however many documents are asked of it */
    { "out",
      "dns webext A 203.0.113.20; 203.0.113.22\ndns lyncdiscover A 203.0.113.21\n"
      "tcp 203.0.113.21:80 web\n",
      "LP-PORT-POOL-PARTIAL", "webext.contoso.example:443", "all 2 addresses answer",
      "1 answer, not 203.0.113.22" },
};

START_TEST(words)
{
    struct stage s;
    struct lp_judgement j;
    stage_begin(&s, stage_base(texts[_i].base), texts[_i].changes);
    stage_judge(&s, &j);
    const struct lp_finding *f = stage_find(&j, texts[_i].id, texts[_i].subject);
    ck_assert_msg(f != NULL, "%s %s", texts[_i].id, texts[_i].subject);
    ck_assert_str_eq(f->subject.p, texts[_i].subject);
    ck_assert_str_eq(f->expected.p, texts[_i].expected);
    ck_assert_str_eq(f->observed.p, texts[_i].observed);
    stage_end(&s);
}
END_TEST

/* The A/V Edge by UDP: refused is a closed port, and silence is the probe's finding. */
static const struct {
    const char *connect, *ids;
} datagrams[] = {
    { "refused", "LP-PORT-CLOSED(c) LP-WALK-OK(i)" },
    { "timeout", "LP-TURN-NO-ANSWER(c) LP-WALK-OK(i)" },
};

START_TEST(udp)
{
    struct rig rig;
    char line[64];
    (void)snprintf(line, sizeof line, "tcp 203.0.113.15:3478 %s\n", datagrams[_i].connect);
    rig_begin(&rig, "out", line);
    struct lp_expectation *row = rig_port(&rig, "av", 3478, "203.0.113.15");
    row->port.probe = "turn-udp";
    row->port.udp = true;
    ck_assert_str_eq(rig_judge(&rig), datagrams[_i].ids);
    rig_end(&rig);
}
END_TEST

Suite *lp_suite_ports(void)
{
    Suite *suite = suite_create("ports");
    TCase *tc = tcase_create("ports");
    tcase_add_loop_test(tc, findings, 0, (int)LP_COUNT(cases));
    tcase_add_loop_test(tc, words, 0, (int)LP_COUNT(texts));
    tcase_add_loop_test(tc, udp, 0, (int)LP_COUNT(datagrams));
    suite_add_tcase(suite, tc);
    return suite;
}
