/* test_san.c - the pure SAN matcher, by table and against X509_check_host */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "certs.h"
#include "lp/cert.h"

Suite *lp_suite_san(void);

#define WIRE(bytes)              \
    {                            \
        bytes, sizeof(bytes) - 1 \
    }

/* ---- by table ---------------------------------------------------------------------- */

struct row {
    struct lp_str entry, host;
    bool matches;
};

static const struct row rows[] = {
    { WIRE("sip.contoso.example"), WIRE("sip.contoso.example"), true },
    { WIRE("IP:192.0.2.1"), WIRE("192.0.2.1"), true },
    { WIRE("IP:192.0.2.1"), WIRE("192.0.2.2"), false },
    { WIRE("IP:2001:db8::1"), WIRE("[2001:db8:0::1]"), true },
    { WIRE("192.0.2.1"), WIRE("192.0.2.1"), false },
    { WIRE("SIP.Contoso.EXAMPLE"), WIRE("sip.contoso.example"), true },
    { WIRE("sip.contoso.example"), WIRE("sip.contoso.example.evil.example"), false },
    { WIRE("contoso.example"), WIRE("sip.contoso.example"), false },
    { WIRE("sip.contoso.exampl"), WIRE("sip.contoso.example"), false },
    { WIRE(""), WIRE("sip.contoso.example"), false },
    { WIRE("sip.contoso.example"), WIRE(""), false },
    { WIRE(""), WIRE(""), false },
    { WIRE("*.contoso.example"), WIRE("sip.contoso.example"), true },
    { WIRE("*.contoso.example"), WIRE("SIP.CONTOSO.EXAMPLE"), true },
    { WIRE("*.CONTOSO.example"), WIRE("sip.contoso.example"), true },
    { WIRE("*.contoso.example"), WIRE("xn--kln-sna.contoso.example"), true },
    { WIRE("*.contoso.example"), WIRE("contoso.example"), false },
    { WIRE("*.contoso.example"), WIRE("a.b.contoso.example"), false },
    { WIRE("*.contoso.example"), WIRE(".contoso.example"), false },
    { WIRE("*.contoso.example"), WIRE("sipcontoso.example"), false },
    { WIRE("*.contoso.example"), WIRE("_sip.contoso.example"), false },
    { WIRE("*.example"), WIRE("contoso.example"), false },
    { WIRE("*.com"), WIRE("contoso.com"), false },
    { WIRE("*"), WIRE("contoso"), false },
    { WIRE("*."), WIRE("contoso."), false },
    { WIRE("*.*.example"), WIRE("a.b.example"), false },
    { WIRE("a.*.example"), WIRE("a.b.example"), false },
    { WIRE("s*.contoso.example"), WIRE("sip.contoso.example"), false },
    { WIRE("*p.contoso.example"), WIRE("sip.contoso.example"), false },
    { WIRE("s*p.contoso.example"), WIRE("sip.contoso.example"), false },
    { WIRE("**.contoso.example"), WIRE("sip.contoso.example"), false },
    { WIRE("*..example"), WIRE("a..example"), false },
    { WIRE("*.-x.example"), WIRE("a.-x.example"), false },
    { WIRE("*.contoso.example"), WIRE("*.contoso.example"), false },
    { WIRE("192.0.2.1"), WIRE("192.0.2.1"), false },
    { WIRE("*.0.2.1"), WIRE("192.0.2.1"), false },
    { WIRE("2001:db8::1"), WIRE("2001:db8::1"), false },
    { WIRE("sip.contoso.example\0.evil.example"), WIRE("sip.contoso.example"), false },
    { WIRE("sip.contoso.example"), WIRE("sip.contoso.example\0.evil.example"), false },
    { WIRE("sip"), WIRE("sip"), true },
};

START_TEST(pair)
{
    const struct row *row = &rows[_i];

    ck_assert_msg(lp_san_matches(row->entry, row->host) == row->matches, "%s %s", row->entry.p,
                  row->host.p);
}
END_TEST

START_TEST(covers)
{
    struct lp_str san[] = { LP_STR("a.example"), LP_STR("*.contoso.example"),
                            LP_STR("sip.x.example") };
    struct lp_certificate cert = { .common_name = LP_STR("cn.example"),
                                   .san = { san, LP_COUNT(san) } };
    struct lp_str by = LP_STR_NONE;

    ck_assert(lp_cert_covers(&cert, LP_STR("sip.contoso.example"), &by));
    ck_assert(lp_str_eq(by, san[1]));
    ck_assert(lp_cert_covers(&cert, LP_STR("sip.x.example"), NULL));
    /* The common name does not count. */
    ck_assert(!lp_cert_covers(&cert, LP_STR("cn.example"), &by));
    cert.san = (struct lp_list){ NULL, 0 };
    ck_assert(!lp_cert_covers(&cert, LP_STR("cn.example"), &by));
}
END_TEST

/* ---- against OpenSSL --------------------------------------------------------------- */

static const struct lp_str entries[] = {
    WIRE("sip.contoso.example"),
    WIRE("SIP.CONTOSO.EXAMPLE"),
    WIRE("contoso.example"),
    WIRE("*.contoso.example"),
    WIRE("*.CONTOSO.example"),
    WIRE("*.example"),
    WIRE("*"),
    WIRE("*."),
    WIRE("*.."),
    WIRE("*.contoso.example."),
    WIRE("sip.contoso.example."),
    WIRE("*.sip.contoso.example"),
    WIRE("s*.contoso.example"),
    WIRE("*p.contoso.example"),
    WIRE("sip.*.example"),
    WIRE("*.*.example"),
    WIRE("*.con_toso.example"),
    WIRE("*.-contoso.example"),
    WIRE("*.contoso-.example"),
    WIRE("*.contoso..example"),
    WIRE("192.0.2.1"),
    WIRE("*.0.2.1"),
    WIRE("_sip.contoso.example"),
    WIRE(".contoso.example"),
    WIRE("xn--kln-sna.example"),
    WIRE("*.xn--kln-sna.example"),
    WIRE("sip"),
    WIRE("sip.contoso.example\0"),
    WIRE("sip contoso.example"),
    WIRE("*.a.b.contoso.example"),
    WIRE("-sip.contoso.example"),
    WIRE("sip.contoso.1"),
};

static const struct lp_str hosts[] = {
    WIRE("sip.contoso.example"),
    WIRE("Sip.Contoso.Example"),
    WIRE("contoso.example"),
    WIRE("a.b.contoso.example"),
    WIRE("sip.contoso.example."),
    WIRE(".contoso.example"),
    WIRE("*.contoso.example"),
    WIRE("_sip.contoso.example"),
    WIRE("192.0.2.1"),
    WIRE("sip"),
    WIRE("xn--kln-sna.example"),
    WIRE("a.xn--kln-sna.example"),
    WIRE("xn--a.contoso.example"),
    WIRE("sip.con_toso.example"),
    WIRE("sip..example"),
    WIRE("-sip.contoso.example"),
    WIRE("x.sip.contoso.example"),
    WIRE("sip.contoso.1"),
    WIRE("sip.-contoso.example"),
    WIRE("x.a.b.contoso.example"),
    WIRE("sip contoso.example"),
};

/*
 * Hosts that OpenSSL lets match and we do not, on purpose: no client of ours asks for
 * them. A leading dot means "any name below" to OpenSSL; a star, a blank and a trailing
 * dot are compared as they stand; and a name that ends in a number is an address to
 * anything that parses URLs.
 */
static const char *const refused_hosts[] = {
    ".contoso.example",    "*.contoso.example", "sip.contoso.example.",
    "sip contoso.example", "192.0.2.1",         "sip.contoso.1",
};

static bool is_refused(struct lp_str host)
{
    for (size_t i = 0; i < LP_COUNT(refused_hosts); i++)
        if (lp_str_eq(host, lp_str_of(refused_hosts[i])))
            return true;
    return false;
}

static bool openssl_matches(struct lp_str entry, struct lp_str host)
{
    X509 *x = test_cert_with_names(&entry, 1);
    unsigned flags = X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS;
    bool matches = X509_check_host(x, host.p, host.n, flags, NULL) == 1;

    X509_free(x);
    return matches;
}

/* Never looser; stricter only for the hosts of the list. */
START_TEST(as_openssl)
{
    struct lp_str entry = entries[_i];

    for (size_t i = 0; i < LP_COUNT(hosts); i++) {
        bool theirs = openssl_matches(entry, hosts[i]);
        bool ours = lp_san_matches(entry, hosts[i]);

        ck_assert_msg(ours == theirs || (theirs && is_refused(hosts[i])),
                      "%s against %s: OpenSSL %d, we %d", entry.p, hosts[i].p, theirs, ours);
    }
}
END_TEST

/* Each host of the list is there for a reason: OpenSSL does match it with some entry. */
START_TEST(refused_host)
{
    struct lp_str host = lp_str_of(refused_hosts[_i]);
    size_t theirs = 0;

    for (size_t i = 0; i < LP_COUNT(entries); i++) {
        ck_assert(!lp_san_matches(entries[i], host));
        theirs += openssl_matches(entries[i], host);
    }
    ck_assert_uint_gt(theirs, 0);
}
END_TEST

Suite *lp_suite_san(void)
{
    Suite *s = suite_create("san");
    TCase *t = tcase_create("san");

    tcase_add_loop_test(t, pair, 0, (int)LP_COUNT(rows));
    tcase_add_test(t, covers);
    tcase_add_loop_test(t, as_openssl, 0, (int)LP_COUNT(entries));
    tcase_add_loop_test(t, refused_host, 0, (int)LP_COUNT(refused_hosts));
    suite_add_tcase(s, t);
    return s;
}
