/* test_cloud.c - the four records of a move to the hosting cloud, with and without a topology */
#include <check.h>
#include <string.h>

#include "lp/compare.h"
#include "lp/expect.h"
#include "stage.h"

Suite *lp_suite_cloud(void);

/* clang-format off */
#define TO_CLOUD AD_REDIRECT("https://webdir.online.lync.com/r")
#define WEBDIR                                                                      \
    "dns webdir.online.lync.com. A 203.0.113.50\n"                                  \
    "tcp 203.0.113.50:80 web\ntcp 203.0.113.50:443 tls=cloud web\n"                 \
    "cert cloud names=*.online.lync.com.\n"                                         \
    "page http://lyncdiscover.contoso.example/ " TO_CLOUD "\n"                      \
    "page https://lyncdiscover.contoso.example/ " TO_CLOUD "\n"                     \
    "page https://webdir.online.lync.com/r "                                        \
    AD_ROOT_OF("External", "webdir.online.lync.com") "\n"                           \
    "page https://webdir.online.lync.com" AD_SERVICE "/domain 401\n"                \
    "page https://webdir.online.lync.com" AD_SERVICE "/user 401\n"
#define SIPDIR                                                                      \
    "dns sipdir.online.lync.com. A 203.0.113.51\n"                                  \
    "dns sipfed.online.lync.com. A 203.0.113.51\n"                                  \
    "tcp 203.0.113.51:443 tls=cloud sip=401\ntcp 203.0.113.51:5061 tls=cloud sip=401\n"
#define ALIAS_AD "dns lyncdiscover CNAME alias webdir.online.lync.com.\n" WEBDIR
#define ALIAS_SIP "dns sip CNAME alias sipdir.online.lync.com.\n" SIPDIR
#define SRV_TLS "dns _sip._tls SRV 100 1 443 sipdir.online.lync.com.\n" SIPDIR
#define SRV_FED "dns _sipfederationtls._tcp SRV 100 1 5061 sipfed.online.lync.com.\n" SIPDIR
#define MOVED ALIAS_AD ALIAS_SIP SRV_TLS SRV_FED
/* Names of the cloud's own in its certificate: no harm. */
#define NAMES "LP-CERT-NAME-MISMATCH(i) LP-CERT-NAME-MISMATCH(i<) LP-CERT-NAME-MISMATCH(i<) "
#define GONE                                                                        \
    "dns lyncdiscoverinternal ANY nxdomain\ndns _sipinternaltls._tcp ANY nxdomain\n"
/* clang-format on */

static const struct {
    const char *what, *base, *hosting; /* "": all on-premises; NULL: no topology */
    const char *changes, *ids;
} cases[] = {
    { "nobody knows: all in the cloud", "out", NULL, MOVED, NAMES "LP-WALK-OK(i)" },
    { "nobody knows: Autodiscover alone in the cloud", "out", NULL, ALIAS_AD,
      "LP-CLOUD-MIXED(c) LP-CERT-NAME-MISMATCH(i) LP-WALK-OK(i)" },
    { "nobody knows: federation alone on-premises", "out", NULL, ALIAS_AD ALIAS_SIP SRV_TLS,
      "LP-CLOUD-MIXED(c) " NAMES "LP-WALK-OK(i)" },
    { "what is not there is on no side", "out", NULL,
      ALIAS_AD ALIAS_SIP SRV_TLS "dns _sipfederationtls._tcp SRV 0 0 0 .\n",
      NAMES "LP-WALK-OK(i)" },
    { "hybrid: on-premises redirects to the cloud", "out", NULL, WEBDIR, "LP-WALK-OK(i)" },

    /* all users in the cloud */
    { "moved", "out", "cloud", MOVED, NAMES "LP-WALK-OK(i)" },
    { "moved, inside too", "in", "cloud", MOVED GONE, NAMES "LP-WALK-OK(i)" },
    { "not yet", "out", "cloud", NULL,
      "LP-DNS-SRV-TARGET(c) LP-DNS-SRV-TARGET(c) LP-DNS-ADDRESS(c) LP-DNS-ADDRESS(c) "
      "LP-WALK-OK(i)" },
    { "half of it", "out", "cloud", ALIAS_AD SRV_FED,
      "LP-CLOUD-MIXED(c) LP-DNS-SRV-TARGET(c<) LP-DNS-ADDRESS(c<) "
      "LP-CERT-NAME-MISMATCH(i) LP-WALK-OK(i)" },
    { "forgotten inside", "in", "cloud", MOVED,
      "LP-CLOUD-LEFTOVER(w) LP-CLOUD-LEFTOVER(w) LP-CERT-NAME-MISMATCH(i) "
      "LP-CERT-NAME-MISMATCH(i<) LP-CERT-NAME-MISMATCH(i<) LP-WALK-OK(i)" },
    { "an address in place of the alias", "out", "cloud",
      MOVED "dns sip ANY nxdomain\ndns sip A 203.0.113.51\n",
      "LP-CLOUD-MIXED(c) LP-DNS-ADDRESS(c<) LP-CERT-NAME-MISMATCH(w<) "
      "LP-CERT-NAME-MISMATCH(w<) LP-CERT-WILDCARD(w<) LP-CERT-WILDCARD(w<) "
      "LP-CERT-NAME-MISMATCH(i<) LP-WALK-OK(i)" },
    { "to the wrong host of the cloud", "out", "cloud",
      MOVED "dns sip CNAME alias webdir.online.lync.com.\n",
      "LP-DNS-ADDRESS(c) LP-PORT-CLOSED(w<) LP-SIP-NOT-SIP(w<) "
      "LP-CERT-NAME-MISMATCH(i<) LP-CERT-NAME-MISMATCH(i<) LP-WALK-OK(i)" },
    { "one is missing", "out", "cloud", MOVED "dns lyncdiscover ANY nxdomain\n",
      "LP-DNS-RECORD-MISSING(c) LP-CERT-NAME-MISMATCH(i) LP-CERT-NAME-MISMATCH(i<) "
      "LP-WALK-OK(i)" },

    /* some, or none */
    { "hybrid, as it was", "out", "hybrid", WEBDIR, "LP-WALK-OK(i)" },
    { "hybrid, moved too early", "out", "hybrid", MOVED,
      "LP-DNS-SRV-TARGET(c) LP-DNS-SRV-TARGET(c) LP-DNS-ADDRESS(c) "
      "LP-CERT-NAME-MISMATCH(i<) LP-DNS-ADDRESS(c) LP-CERT-NAME-MISMATCH(i<) "
      "LP-CERT-NAME-MISMATCH(i<) LP-WALK-OK(i)" },
    { "hybrid, one moved too early", "out", "hybrid", ALIAS_AD,
      "LP-CLOUD-MIXED(c) LP-DNS-ADDRESS(c<) LP-CERT-NAME-MISMATCH(i<) LP-WALK-OK(i)" },
    { "on-premises, moved", "out", "", MOVED,
      "LP-DNS-SRV-TARGET(c) LP-DNS-SRV-TARGET(c) LP-DNS-ADDRESS(c) "
      "LP-CERT-NAME-MISMATCH(i<) LP-DNS-ADDRESS(c) LP-CERT-NAME-MISMATCH(i<) "
      "LP-CERT-NAME-MISMATCH(i<) LP-WALK-OK(i)" },
    { "moved back", "out", "", NULL, "LP-WALK-OK(i)" },
};

/* A deployment on-premises as the stage has it, and where the users are. */
static void read_topology(struct lp_arena *arena, const char *hosting, struct lp_topology *topology)
{
    static const char servers[] =
        "front-end-pools: [{fqdn: pool.corp.contoso.example}]\n"
        "edge-pools: [{access: {fqdn: access.contoso.example, addresses: 203.0.113.10}}]\n"
        "reverse-proxies: [{addresses: 203.0.113.20}]\n";
    struct lp_error error = { "" };
    bool cloud = strcmp(hosting, "cloud") == 0;
    struct lp_str text = lp_arena_printf(
        arena, "sip-domains: contoso.example\n%s%s%s\n%s", hosting[0] ? "hosting: {" : "", hosting,
        hosting[0] ? ": contoso.example}" : "", cloud ? "" : servers);
    struct lp_topology_text file = { LP_STR("t.yaml"), text };
    ck_assert_msg(lp_topology_read(arena, &file, topology, &error), "%s", error.text);
}

/* One walk judged. */
struct move {
    struct stage stage;
    struct lp_topology topology;
    struct lp_expectations expected;
    struct lp_judgement judgement;
    const char *ids;
};

static void judge(struct move *m, const char *base, const char *hosting, const char *changes)
{
    struct lp_expect_scope scope = { .domain = LP_STR("contoso.example") };
    stage_begin(&m->stage, stage_base(base), changes);
    if (hosting) {
        read_topology(&m->stage.logs.arena, hosting, &m->topology);
        lp_expect_make(&m->topology, &scope, &m->stage.logs.arena, &m->expected);
        m->stage.logs.log.expected = &m->expected;
    }
    stage_judge(&m->stage, &m->judgement);
    m->ids = stage_ids(&m->stage, &m->judgement);
}

START_TEST(findings)
{
    struct move m;
    judge(&m, cases[_i].base, cases[_i].hosting, cases[_i].changes);
    ck_assert_msg(strcmp(m.ids, cases[_i].ids) == 0, "%s: %s", cases[_i].what, m.ids);
    stage_end(&m.stage);
}
END_TEST

/* ---- what is said ---- */

static const struct {
    const char *hosting, *changes, *id, *subject, *expected, *observed, *fix, *not_fix;
} texts[] = {
    { NULL, ALIAS_AD, "LP-CLOUD-MIXED", "contoso.example", "all four records on one side",
      "lyncdiscover in the cloud, sip on-premises, _sip._tls on-premises, "
      "_sipfederationtls._tcp on-premises",
      "sip.contoso.example. 3600 IN A <access-edge-address>", NULL },
    { NULL, ALIAS_AD, "LP-CLOUD-MIXED", "contoso.example", "all four records on one side",
      "lyncdiscover in the cloud, sip on-premises, _sip._tls on-premises, "
      "_sipfederationtls._tcp on-premises",
      "sip.contoso.example. 3600 IN CNAME sipdir.online.lync.com.", NULL },
    { "cloud", ALIAS_AD, "LP-CLOUD-MIXED", "contoso.example",
      "all four records in the cloud, where the topology has the users",
      "lyncdiscover in the cloud, sip on-premises, _sip._tls on-premises, "
      "_sipfederationtls._tcp on-premises",
      "sip.contoso.example. 3600 IN CNAME sipdir.online.lync.com.", "<access-edge-address>" },
    { "hybrid", ALIAS_AD, "LP-CLOUD-MIXED", "contoso.example",
      "all four records on-premises, since the topology says hybrid",
      "lyncdiscover in the cloud, sip on-premises, _sip._tls on-premises, "
      "_sipfederationtls._tcp on-premises",
      "sip.contoso.example. 3600 IN A <access-edge-address>", "sipdir.online.lync.com" },
    { "cloud", NULL, "LP-DNS-ADDRESS", "sip.contoso.example A",
      "an alias of sipdir.online.lync.com", "203.0.113.10",
      "sip.contoso.example. 3600 IN CNAME sipdir.online.lync.com.", "IN A" },
    { "hybrid", MOVED, "LP-DNS-ADDRESS", "sip.contoso.example A", "203.0.113.10", "203.0.113.51",
      "sip.contoso.example. 3600 IN A 203.0.113.10", "CNAME" },
    { "cloud", MOVED "dns lyncdiscover ANY nxdomain\n", "LP-DNS-RECORD-MISSING",
      "lyncdiscover.contoso.example A",
      "a record for sign-in in the cloud (Skype for Business: Manage DNS entries when "
      "decommissioning)",
      "nxdomain", "lyncdiscover.contoso.example. 3600 IN CNAME webdir.online.lync.com.",
      "<reverse-proxy-address>" },
};

static bool has_step(const struct lp_finding *f, const char *text)
{
    const struct lp_str *steps = f->fix.at;
    for (size_t i = 0; i < f->fix.n; i++) {
        if (stage_holds(steps[i], text))
            return true;
    }
    return false;
}

START_TEST(words)
{
    struct move m;
    judge(&m, "out", texts[_i].hosting, texts[_i].changes);
    const struct lp_finding *f = stage_find(&m.judgement, texts[_i].id, texts[_i].subject);
    ck_assert_msg(f != NULL, "%s", m.ids);
    ck_assert_str_eq(f->expected.p, texts[_i].expected);
    ck_assert_str_eq(f->observed.p, texts[_i].observed);
    ck_assert(has_step(f, texts[_i].fix));
    ck_assert(!texts[_i].not_fix || !has_step(f, texts[_i].not_fix));
    ck_assert_uint_gt(f->evidence.n, 0);
    stage_end(&m.stage);
}
END_TEST

/* ---- before and after ---- */

static const struct {
    const char *changes[2];
    int64_t later;        /* seconds that the second walk comes after the first */
    bool planned;         /* the second one, with answers of the command line */
    const char *sentence; /* its beginning */
} moves[] = {
    { { NULL, MOVED }, 60, false, "contoso.example: moved to the cloud; nothing is broken after" },
    { { MOVED, NULL }, 60, false, "contoso.example: moved back from the cloud; nothing is broken" },
    { { NULL, ALIAS_AD }, 60, false, "contoso.example: moved to the cloud in part; " },
    { { NULL, MOVED }, 60, true, "contoso.example: live on-premises, planned in the cloud; " },
    { { MOVED, MOVED }, 60, false, "contoso.example: before and after are the same" },
    { { NULL, NULL }, 60, false, "contoso.example: before and after are the same" },
    { { NULL, MOVED }, -60, false, "contoso.example: first on-premises, second in the cloud; " },
    { { "dns lyncdiscover ANY timeout\ndns sip ANY timeout\ndns _sip._tls ANY timeout\n"
        "dns _sipfederationtls._tcp ANY timeout\n",
        MOVED },
      60,
      false,
      NULL },
};

START_TEST(comparisons)
{
    struct move m[2];
    struct lp_compared compared;
    for (size_t i = 0; i < 2; i++)
        judge(&m[i], "out", NULL, moves[_i].changes[i]);
    m[1].stage.logs.log.setup.clock += moves[_i].later;
    struct lp_zone_rule zone = { .origin = LP_STR("contoso.example") };
    if (moves[_i].planned)
        m[1].stage.logs.log.setup.zones = (struct lp_list){ &zone, 1 };
    lp_compare(&m[0].judgement, &m[1].judgement, &m[0].stage.logs.arena, &compared);
    ck_assert_msg(!moves[_i].sentence ||
                      lp_str_starts_nocase(compared.sentence, moves[_i].sentence),
                  "%s", compared.sentence.p);
    ck_assert_msg(moves[_i].sentence || !stage_holds(compared.sentence, "cloud"), "%s",
                  compared.sentence.p);
    for (size_t i = 0; i < 2; i++)
        stage_end(&m[i].stage);
}
END_TEST

Suite *lp_suite_cloud(void)
{
    Suite *suite = suite_create("cloud");
    TCase *tc = tcase_create("cloud");
    tcase_add_loop_test(tc, findings, 0, (int)LP_COUNT(cases));
    tcase_add_loop_test(tc, words, 0, (int)LP_COUNT(texts));
    tcase_add_loop_test(tc, comparisons, 0, (int)LP_COUNT(moves));
    suite_add_tcase(suite, tc);
    return suite;
}
