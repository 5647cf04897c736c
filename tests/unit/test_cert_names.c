/* test_cert_names.c - names in certificates: odd encodings, other kinds, very many */
#include <check.h>
#include <openssl/err.h>
#include <stdlib.h>
#include <string.h>

#include "certs.h"
#include "lp/cert.h"
#include "lp/text.h"

Suite *lp_suite_cert_names(void);

#define WIRE(bytes)              \
    {                            \
        bytes, sizeof(bytes) - 1 \
    }
#define CN WIRE("sip.contoso.example")
#define ck_assert_lp_str(s, text) \
    ck_assert_msg(lp_str_eq(s, lp_str_of(text)), "%.*s is not %s", (int)(s).n, (s).p, text)

static struct lp_arena arena;

static void set_up(void)
{
    arena = (struct lp_arena){ 0 };
}

static void tear_down(void)
{
    ck_assert_uint_eq(ERR_peek_error(), 0);
    lp_arena_release(&arena);
}

/* On the heap at its exact size, so that a sanitizer sees a read past the end. */
static void decode(struct lp_str der, struct lp_certificate *out)
{
    char *copy = malloc(der.n > 0 ? der.n : 1);

    ck_assert_ptr_nonnull(copy);
    if (der.n > 0)
        memcpy(copy, der.p, der.n);
    lp_cert_decode(&arena, (struct lp_str){ copy, der.n }, out);
    free(copy);
}

static struct lp_certificate made(const struct test_cert *spec)
{
    struct lp_certificate cert;

    decode(test_cert_der(&arena, spec), &cert);
    ck_assert(cert.readable);
    return cert;
}

static struct lp_str element(const struct lp_list *list, size_t i)
{
    ck_assert_uint_lt(i, list->n);
    return ((const struct lp_str *)list->at)[i];
}

struct name_row {
    struct lp_str name;
    const char *clean;
    const char *bad; /* as a dNSName; NULL nothing wrong */
    const char *bad_cn;
};

static const struct name_row name_rows[] = {
    { WIRE("sip.contoso.example"), "sip.contoso.example", NULL, NULL },
    { WIRE("sip.contoso.example\0.evil.example"), "sip.contoso.example\\x00.evil.example",
      "NUL in dNSName", "NUL in common name" },
    { WIRE("\0"), "\\x00", "NUL in dNSName", "NUL in common name" },
    { WIRE("a\n\0b"), "a\\x0a\\x00b", "NUL in dNSName", "NUL in common name" },
    { WIRE("a\x1b[31mb"), "a\\x1b[31mb", "control character in dNSName",
      "control character in common name" },
    { WIRE("a\x7f"), "a\\x7f", "control character in dNSName", "control character in common name" },
    { WIRE("k\xc3\xb6ln.example"), "k\xc3\xb6ln.example", "non-ASCII character in dNSName", NULL },
    { WIRE("a\xff"), "a\\xff", "non-ASCII character in dNSName", "unreadable" },
    { WIRE("a b<c>"), "a b<c>", NULL, NULL },
};

START_TEST(odd_dns_name)
{
    const struct name_row *row = &name_rows[_i];
    struct test_cert spec = { .common_name = CN, .dns_names = &row->name, .dns_count = 1 };
    struct lp_certificate c = made(&spec);

    ck_assert_int_eq(c.san_count, 1);
    ck_assert_lp_str(element(&c.san, 0), row->clean);
    ck_assert_lp_str(c.bad_encoding, row->bad);
    ck_assert(!lp_cert_covers(&c, LP_STR("sip.contoso.example"), NULL) || row->bad == NULL);
}
END_TEST

START_TEST(odd_common_name)
{
    const struct name_row *row = &name_rows[_i];
    struct test_cert spec = { .common_name = row->name };
    struct lp_certificate c;

    decode(test_cert_der(&arena, &spec), &c);
    /* OpenSSL takes no certificate with invalid UTF-8 in a name. */
    ck_assert_int_eq(c.readable, lp_str_eq(row->name, LP_STR("a\xff")) == false);
    if (!c.readable)
        return;
    ck_assert_lp_str(c.common_name, row->clean);
    ck_assert_lp_str(c.bad_encoding, row->bad_cn);
    ck_assert(lp_is_clean_text(c.subject));
}
END_TEST

/* Other string types become UTF-8. */
START_TEST(common_name_types)
{
    struct test_cert latin = { .common_name = WIRE("k\xf6ln"), .cn_type = V_ASN1_T61STRING };
    struct test_cert wide = { .common_name = WIRE("\0k\0\xf6"), .cn_type = V_ASN1_BMPSTRING };
    struct lp_certificate c = made(&latin);

    ck_assert_lp_str(c.common_name, "k\xc3\xb6ln");
    ck_assert_lp_str(c.subject, "CN=k\xc3\xb6ln");
    c = made(&wide);
    ck_assert_lp_str(c.common_name, "k\xc3\xb6");
    ck_assert_ptr_null(c.bad_encoding.p);
}
END_TEST

/* Of other kinds of names only addresses are kept; an extension that is no SAN is said to be none.
 */
START_TEST(other_names)
{
    const char *mixed[] = { "subjectAltName",
                            "IP:192.0.2.1,email:a@b.example,URI:http://c.example,DNS:d.example",
                            NULL };
    const char *broken[] = { "subjectAltName", "DER:30:05:82:09:61", "extendedKeyUsage",
                             "DER:02:01:01", NULL };
    struct test_cert spec = { .common_name = CN, .extensions = mixed };
    struct lp_certificate c = made(&spec);

    ck_assert_int_eq(c.san_count, 2);
    ck_assert_lp_str(element(&c.san, 0), "IP:192.0.2.1");
    ck_assert_lp_str(element(&c.san, 1), "d.example");
    spec.extensions = broken;
    c = made(&spec);
    ck_assert_int_eq(c.san_count, 0);
    ck_assert_lp_str(c.bad_encoding, "unreadable subjectAltName");
    ck_assert(c.has_eku);
    ck_assert_uint_eq(c.eku.n, 0);
}
END_TEST

START_TEST(names_are_bounded)
{
    enum { MANY = 600 };
    static struct lp_str names[MANY];
    struct test_cert spec = { .common_name = CN, .dns_names = names, .dns_count = MANY };

    for (size_t i = 0; i < MANY; i++)
        names[i] = lp_arena_printf(&arena, "h%zu.contoso.example", i);
    struct lp_certificate c = made(&spec);
    ck_assert_uint_eq(c.san.n, 512);
    ck_assert_int_eq(c.san_count, MANY);
    ck_assert_lp_str(element(&c.san, 511), "h511.contoso.example");
}
END_TEST

Suite *lp_suite_cert_names(void)
{
    Suite *s = suite_create("cert_names");
    TCase *t = tcase_create("cert_names");

    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_add_loop_test(t, odd_dns_name, 0, (int)LP_COUNT(name_rows));
    tcase_add_loop_test(t, odd_common_name, 0, (int)LP_COUNT(name_rows));
    tcase_add_test(t, common_name_types);
    tcase_add_test(t, other_names);
    tcase_add_test(t, names_are_bounded);
    suite_add_tcase(s, t);
    return s;
}
