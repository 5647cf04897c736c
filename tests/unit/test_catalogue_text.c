/* test_catalogue_text.c - templates, guards of steps, kinds of lines */
#include <check.h>

#include "lp/catalogue.h"
#include "lp/lang.h"

Suite *lp_suite_catalogue_text(void);

#define ck_assert_lp_str(s, text) \
    ck_assert_msg(lp_str_eq(s, lp_str_of(text)), "%.*s is not %s", (int)(s).n, (s).p, text)

/* LP_STR is no constant expression. */
#define S(lit)                 \
    {                          \
        (lit), sizeof(lit) - 1 \
    }
#define UNSET                 \
    {                         \
        .domain = { NULL, 0 } \
    }

/* ---- templates -------------------------------------------------------------------- */

static const struct {
    const char *text, *result;
    struct lp_vars vars;
} templates[] = {
    { "no variable", "no variable", UNSET },
    { "", "", UNSET },
    { "{domain}", "contoso.com", { .domain = S("contoso.com") } },
    { "{name}. 3600 IN SRV 0 0 {port} {target}.",
      "_sip._tls.contoso.com. 3600 IN SRV 0 0 443 sip.contoso.com.",
      { .name = S("_sip._tls.contoso.com"), .port = S("443"), .target = S("sip.contoso.com") } },
    { "a {view} b {type} c {expected} {observed}",
      "a external b SRV c 5061 5060",
      { .view = S("external"), .type = S("SRV"), .expected = S("5061"), .observed = S("5060") } },
    { "{names} {service}", "a, b sip", { .names = S("a, b"), .service = S("sip") } },
    /* unset and unknown ones go, with one space before them */
    { "a {host} b", "a b", UNSET },
    { "at {host}.", "at.", UNSET },
    { "{host} b", " b", UNSET },
    { "a {nonsense} b", "a b", { .host = S("x") } },
    { "a {host} b", "a b", { .host = S("") } },
    /* braces that are none */
    { "a { b", "a", UNSET },
    { "a } b", "a } b", UNSET },
    { "{", "", UNSET },
    { "{}", "", UNSET },
    /* values are not templates */
    { "{host}", "{domain}", { .host = S("{domain}"), .domain = S("x") } },
    /* IPv6 before a port */
    { "{address}:{port}", "192.0.2.1:443", { .address = S("192.0.2.1"), .port = S("443") } },
    { "{address}:{port}", "[2001:db8::1]:443", { .address = S("2001:db8::1"), .port = S("443") } },
    { "{address} port {port}",
      "2001:db8::1 port 443",
      { .address = S("2001:db8::1"), .port = S("443") } },
    { "{address}:{port}",
      "[2001:db8::1]:443",
      { .address = S("[2001:db8::1]"), .port = S("443") } },
    /* zone and label */
    { "{label} in {zone}",
      "_sip._tls in contoso.com",
      { .name = S("_sip._tls.contoso.com"), .domain = S("contoso.com") } },
    { "{label} in {zone}",
      "SIP in contoso.com",
      { .name = S("SIP.Contoso.COM"), .domain = S("contoso.com") } },
    { "{label} in {zone}",
      "@ in contoso.com",
      { .name = S("contoso.com"), .domain = S("contoso.com") } },
    { "{label} in {zone}",
      "edge in fabrikam.com",
      { .name = S("edge.fabrikam.com"), .domain = S("contoso.com") } },
    { "{label} in {zone}",
      "sip in notcontoso.com",
      { .name = S("sip.notcontoso.com"), .domain = S("contoso.com") } },
    { "{label} in {zone}", "localhost in", { .name = S("localhost"), .domain = S("a.b") } },
    { "{label} in {zone}",
      "pool in contoso.com",
      { .host = S("pool.contoso.com"), .domain = S("contoso.com") } },
    { "{target_label} in {target_zone}",
      "edge in fabrikam.com",
      { .name = S("_sip._tls.contoso.com"),
        .target = S("edge.fabrikam.com"),
        .domain = S("contoso.com") } },
    { "x {label} {zone} {target_label} {target_zone}", "x", { .domain = S("contoso.com") } },
};

START_TEST(test_template)
{
    struct lp_arena arena = { 0 };
    struct lp_str text = lp_template(&arena, templates[_i].text, &templates[_i].vars);
    ck_assert_lp_str(text, templates[_i].result);
    ck_assert_ptr_nonnull(text.p);
    lp_arena_release(&arena);
}
END_TEST

/* ---- steps ------------------------------------------------------------------------ */

static const char *const common[] = { "[internal] common {name}", "last", NULL };
static const struct lp_rule rule = {
    .id = "LP-TEST",
    .fix = LP_LINES("always", "[external] out", "[internal] in", "[external][sip] out sip",
                    "[external][web] out web", "[_sip._tls.] srv", "[sip.] sip"),
    .then = common,
};

static const struct {
    const char *title;
    struct lp_vars vars;
    const char *steps; /* joined by '|' */
} fixes[] = {
    { "all set",
      { .view = S("external"), .service = S("sip"), .name = S("_sip._tls.contoso.com") },
      "always|out|out sip|srv|last" },
    { "web inside",
      { .view = S("internal"), .service = S("web"), .name = S("SIP.contoso.com") },
      "always|in|sip|common SIP.contoso.com|last" },
    { "the host where there is no name",
      { .view = S("external"), .service = S("web"), .host = S("sip.contoso.com") },
      "always|out|out web|sip|last" },
    { "a longer label does not begin so",
      { .view = S("external"), .service = S("web"), .name = S("sipx.contoso.com") },
      "always|out|out web|last" },
    { "a guard about what is unset holds", UNSET,
      "always|out|in|out sip|out web|srv|sip|common|last" },
};

START_TEST(test_fix)
{
    struct lp_arena arena = { 0 };
    struct lp_list steps;
    lp_rule_fix(&arena, &rule, &fixes[_i].vars, &steps);
    const struct lp_str *step = steps.at;
    struct lp_str rest = lp_str_of(fixes[_i].steps);
    for (size_t i = 0; i < steps.n; i++) {
        struct lp_str want = lp_str_cut(&rest, '|');
        ck_assert_msg(lp_str_eq(step[i], want), "%s: %.*s, not %.*s", fixes[_i].title,
                      (int)step[i].n, step[i].p, (int)want.n, want.p);
    }
    ck_assert_msg(rest.n == 0, "%s: missing %.*s", fixes[_i].title, (int)rest.n, rest.p);
    lp_arena_release(&arena);
}
END_TEST

START_TEST(test_guard)
{
    struct lp_str step = LP_STR("[external][_sip._tls.] text [kept]");
    struct lp_str guard;
    ck_assert(lp_step_guard(&step, &guard));
    ck_assert_lp_str(guard, "external");
    ck_assert(lp_step_guard(&step, &guard));
    ck_assert_lp_str(guard, "_sip._tls.");
    ck_assert(!lp_step_guard(&step, &guard));
    ck_assert_lp_str(step, "text [kept]");
    step = LP_STR("");
    ck_assert(!lp_step_guard(&step, &guard));
}
END_TEST

/* A record that is missing is named with its own line, ready to paste, and as
   PowerShell. */
START_TEST(test_missing_record)
{
    static const struct {
        const char *name, *view, *record, *command;
    } rows[] = {
        { "_sip._tls.contoso.com", "external",
          "_sip._tls.contoso.com. 3600 IN SRV 0 0 443 sip.contoso.com.",
          "Add-DnsServerResourceRecord -Srv -ZoneName contoso.com -Name _sip._tls -DomainName "
          "sip.contoso.com -Priority 0 -Weight 0 -Port 443" },
        { "_sipinternaltls._tcp.contoso.com", "internal",
          "_sipinternaltls._tcp.contoso.com. 3600 IN SRV 0 0 5061 sip.contoso.com.",
          "Add-DnsServerResourceRecord -Srv -ZoneName contoso.com -Name _sipinternaltls._tcp "
          "-DomainName sip.contoso.com -Priority 0 -Weight 0 -Port 5061" },
        { "lyncdiscover.contoso.com", "external",
          "lyncdiscover.contoso.com. 3600 IN A <reverse-proxy-address>",
          "Add-DnsServerResourceRecordA -ZoneName contoso.com -Name lyncdiscover -IPv4Address "
          "<reverse-proxy-address>" },
        { "lyncdiscoverinternal.contoso.com", "internal",
          "lyncdiscoverinternal.contoso.com. 3600 IN A <web-services-address>",
          "Add-DnsServerResourceRecordA -ZoneName contoso.com -Name lyncdiscoverinternal "
          "-IPv4Address <web-services-address>" },
        { "sip.contoso.com", "external", "sip.contoso.com. 3600 IN A <access-edge-address>",
          "Add-DnsServerResourceRecordA -ZoneName contoso.com -Name sip -IPv4Address "
          "<access-edge-address>" },
        { "sip.contoso.com", "internal", "sip.contoso.com. 3600 IN A <pool-address>",
          "Add-DnsServerResourceRecordA -ZoneName contoso.com -Name sip -IPv4Address "
          "<pool-address>" },
    };
    struct lp_arena arena = { 0 };
    const struct lp_rule *missing = lp_rule_by_id(LP_STR("LP-DNS-RECORD-MISSING"));
    for (size_t i = 0; i < LP_COUNT(rows); i++) {
        struct lp_vars vars = { .domain = LP_STR("contoso.com"),
                                .name = lp_str_of(rows[i].name),
                                .view = lp_str_of(rows[i].view) };
        struct lp_list steps;
        lp_rule_fix(&arena, missing, &vars, &steps);
        const struct lp_str *step = steps.at;
        ck_assert_uint_ge(steps.n, 3);
        ck_assert_lp_str(step[1], rows[i].record);
        ck_assert_lp_str(step[2], rows[i].command);
        ck_assert_int_eq(lp_line_kind(step[1]), LP_LINE_RECORD);
        ck_assert_int_eq(lp_line_kind(step[2]), LP_LINE_POWERSHELL);
    }
    lp_arena_release(&arena);
}
END_TEST

/* ---- a title inside a sentence ------------------------------------------------------- */

static const struct {
    const char *title, *inner;
} titles[] = {
    { "The port refuses", "the port refuses" },
    { "A wildcard", "a wildcard" },
    { "TLS works", "TLS works" },
    { "REGISTER is answered", "REGISTER is answered" },
    { "Autodiscover gives", "Autodiscover gives" },
    { "X", "X" },
    { "", "" },
};

START_TEST(test_inner)
{
    struct lp_arena arena = { 0 };
    ck_assert_str_eq(lp_title_inner(&arena, titles[_i].title), titles[_i].inner);
    lp_arena_release(&arena);
}
END_TEST

START_TEST(test_inner_german)
{
    struct lp_arena arena = { .lang = lp_lang_by_name(LP_STR("de")) };
    const char *title = lp_rule_by_id(LP_STR("LP-CERT-EXPIRED"))->title;
    ck_assert_str_eq(lp_title_inner(&arena, title), "Das Zertifikat ist abgelaufen");
    lp_arena_release(&arena);
}
END_TEST

/* ---- kinds of lines --------------------------------------------------------------- */

static const struct {
    const char *line;
    enum lp_line_kind kind;
} kinds[] = {
    { "Renew the certificate.", LP_LINE_TEXT },
    { "", LP_LINE_TEXT },
    { "a.contoso.com. 3600 IN A 192.0.2.1", LP_LINE_RECORD },
    { "a.contoso.com. IN A 192.0.2.1", LP_LINE_TEXT },
    { "Give 3600 INsteps", LP_LINE_TEXT },
    { "dig contoso.com SOA", LP_LINE_SHELL },
    { "digging deeper", LP_LINE_TEXT },
    { "openssl s_client", LP_LINE_SHELL },
    { "Get-CsCertificate", LP_LINE_POWERSHELL },
    { "Set-CsAccessEdgeConfiguration -AllowOutsideUsers $True", LP_LINE_POWERSHELL },
    { "MS-OCDISCWS section 2.2", LP_LINE_TEXT },
    { "Front-end servers", LP_LINE_TEXT },
    { "-Leading hyphen", LP_LINE_TEXT },
    { "Trailing- hyphen", LP_LINE_TEXT },
    { "Get-Cs7 digit", LP_LINE_TEXT },
};

START_TEST(test_kind)
{
    ck_assert_int_eq(lp_line_kind(lp_str_of(kinds[_i].line)), kinds[_i].kind);
}
END_TEST

Suite *lp_suite_catalogue_text(void)
{
    Suite *suite = suite_create("catalogue_text");
    TCase *tc = tcase_create("text");
    tcase_add_loop_test(tc, test_template, 0, (int)LP_COUNT(templates));
    tcase_add_loop_test(tc, test_fix, 0, (int)LP_COUNT(fixes));
    tcase_add_test(tc, test_guard);
    tcase_add_test(tc, test_missing_record);
    tcase_add_loop_test(tc, test_inner, 0, (int)LP_COUNT(titles));
    tcase_add_test(tc, test_inner_german);
    tcase_add_loop_test(tc, test_kind, 0, (int)LP_COUNT(kinds));
    suite_add_tcase(suite, tc);
    return suite;
}
