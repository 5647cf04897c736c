/* test_cert.c - certificates to facts: names, dates, keys, signatures, extensions */
#include <check.h>
#include <openssl/err.h>
#include <stdlib.h>
#include <string.h>

#include "certs.h"
#include "lp/cert.h"
#include "lp/text.h"

Suite *lp_suite_cert(void);

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

/* ---- a plain one ------------------------------------------------------------------- */

static const struct lp_str two_names[] = { WIRE("sip.contoso.example"), WIRE("*.contoso.example") };
static const char *const plain_extensions[] = {
    "extendedKeyUsage",
    "serverAuth,clientAuth,1.3.6.1.4.1.311.10.3.1",
    "basicConstraints",
    "critical,CA:FALSE",
    "crlDistributionPoints",
    "URI:http://crl.example/a.crl,URI:ldap:///CN=a",
    "authorityInfoAccess",
    "OCSP;URI:http://ocsp.example,caIssuers;URI:http://aia.example/a.crt",
    NULL,
};
static const struct test_cert plain = { .common_name = CN,
                                        .dns_names = two_names,
                                        .dns_count = 2,
                                        .issuer = "Contoso CA",
                                        .extensions = plain_extensions };

START_TEST(names_of_a_plain_one)
{
    struct lp_certificate c = made(&plain);

    ck_assert_lp_str(c.subject, "CN=sip.contoso.example");
    ck_assert_lp_str(c.common_name, "sip.contoso.example");
    ck_assert_lp_str(c.issuer, "CN=Contoso CA");
    ck_assert_lp_str(c.serial, "1a2b3c");
    ck_assert_uint_eq(c.san.n, 2);
    ck_assert_int_eq(c.san_count, 2);
    ck_assert_lp_str(element(&c.san, 1), "*.contoso.example");
    ck_assert_ptr_null(c.bad_encoding.p);
    ck_assert(!c.is_ca && !c.self_issued && !c.self_signed);
    ck_assert_uint_eq(c.sha256.n, 64);
    ck_assert_uint_gt(c.der.n, 100);
}
END_TEST

START_TEST(extensions_of_a_plain_one)
{
    struct lp_certificate c = made(&plain);

    ck_assert(c.has_eku);
    ck_assert_uint_eq(c.eku.n, 3);
    ck_assert_lp_str(element(&c.eku, 0), "serverAuth");
    ck_assert_lp_str(element(&c.eku, 1), "clientAuth");
    ck_assert_lp_str(element(&c.eku, 2), "1.3.6.1.4.1.311.10.3.1");
    ck_assert_uint_eq(c.cdp.n, 2);
    ck_assert_lp_str(element(&c.cdp, 0), "http://crl.example/a.crl");
    ck_assert_lp_str(element(&c.cdp, 1), "ldap:///CN=a");
    ck_assert_uint_eq(c.ocsp.n, 1);
    ck_assert_lp_str(element(&c.ocsp, 0), "http://ocsp.example");
    ck_assert_uint_eq(c.issuers.n, 1);
    ck_assert_lp_str(element(&c.issuers, 0), "http://aia.example/a.crt");
}
END_TEST

START_TEST(bare_one)
{
    struct test_cert spec = { 0 };
    struct lp_certificate c = made(&spec);

    ck_assert_lp_str(c.subject, "");
    ck_assert_ptr_null(c.common_name.p);
    ck_assert(!c.has_eku);
    ck_assert_uint_eq(c.eku.n + c.san.n + c.cdp.n + c.ocsp.n + c.issuers.n, 0);
    ck_assert(c.self_issued && c.self_signed && !c.is_ca);
}
END_TEST

/* ---- keys and signatures ----------------------------------------------------------- */

struct key_row {
    const char *key, *digest_in;
    const char *key_type;
    int64_t bits;
    const char *curve, *signature, *digest; /* NULL unset */
};

static const struct key_row key_rows[] = {
    { "EC", "SHA256", "EC", 256, "prime256v1", "ecdsa-with-SHA256", "SHA256" },
    { "P-384", "SHA384", "EC", 384, "secp384r1", "ecdsa-with-SHA384", "SHA384" },
    { "P-224", "SHA1", "EC", 224, "secp224r1", "ecdsa-with-SHA1", "SHA1" },
    { "RSA", "SHA256", "RSA", 1024, NULL, "sha256WithRSAEncryption", "SHA256" },
    { "RSA", "SHA1", "RSA", 1024, NULL, "sha1WithRSAEncryption", "SHA1" },
    { "RSA", "MD5", "RSA", 1024, NULL, "md5WithRSAEncryption", "MD5" },
    { "RSA-PSS", "SHA256", "RSA", 1024, NULL, "rsassaPss", "SHA256" },
    { "ED25519", NULL, "Ed25519", 256, NULL, "ED25519", NULL },
};

START_TEST(key)
{
    const struct key_row *row = &key_rows[_i];
    struct test_cert spec = { .common_name = CN, .key = row->key, .digest = row->digest_in };
    struct lp_certificate c = made(&spec);

    ck_assert_lp_str(c.key_type, row->key_type);
    ck_assert_int_eq(c.key_bits, row->bits);
    ck_assert_lp_str(c.curve, row->curve);
    ck_assert_lp_str(c.signature, row->signature);
    ck_assert_lp_str(c.digest, row->digest);
    ck_assert(c.self_signed);
}
END_TEST

/* ---- validity ---------------------------------------------------------------------- */

struct date_row {
    const char *text;
    lp_utc utc;
};

static const struct date_row date_rows[] = {
    { "20261124054100Z", 1795498860 },   { "19700101000000Z", 0 },
    { "19691231235959Z", -1 },           { "19500101000000Z", -631152000 },
    { "20380119031408Z", 2147483648 },   { "20491231235959Z", 2524607999 },
    { "20500101000000Z", 2524608000 },   { "21060207062816Z", 4294967296 },
    { "99991231235959Z", 253402300799 }, { "20000229120000Z", 951825600 },
    { "00010101000000Z", -62135596800 },
};

START_TEST(date)
{
    struct test_cert spec = { .common_name = CN,
                              .not_before = date_rows[_i].text,
                              .not_after = date_rows[_i].text };
    struct lp_certificate c = made(&spec);

    ck_assert_int_eq(c.not_before, date_rows[_i].utc);
    ck_assert_int_eq(c.not_after, date_rows[_i].utc);
}
END_TEST

/* ---- who signed -------------------------------------------------------------------- */

struct issuer_row {
    const char *issuer;
    bool wrong_key;
    const char *constraints;
    bool is_ca, self_issued, self_signed;
};

static const struct issuer_row issuer_rows[] = {
    { NULL, false, NULL, false, true, true },
    { NULL, true, NULL, false, true, false },
    { "Other", false, NULL, false, false, false },
    { NULL, false, "critical,CA:TRUE", true, true, true },
    { "Other", false, "CA:TRUE,pathlen:0", true, false, false },
    { "Other", false, "CA:FALSE", false, false, false },
};

START_TEST(issuer)
{
    const struct issuer_row *row = &issuer_rows[_i];
    const char *extensions[] = { "basicConstraints", row->constraints, NULL };
    struct test_cert spec = { .common_name = CN,
                              .issuer = row->issuer,
                              .wrong_key = row->wrong_key,
                              .extensions = row->constraints != NULL ? extensions : NULL };
    struct lp_certificate c = made(&spec);

    ck_assert_int_eq(c.is_ca, row->is_ca);
    ck_assert_int_eq(c.self_issued, row->self_issued);
    ck_assert_int_eq(c.self_signed, row->self_signed);
}
END_TEST

/* ---- no certificate ---------------------------------------------------------------- */

static void check_unreadable(struct lp_str der)
{
    struct lp_certificate c;

    decode(der, &c);
    ck_assert(!c.readable);
    ck_assert_uint_eq(c.sha256.n, 64);
    ck_assert_uint_eq(c.der.n, der.n);
    ck_assert_int_eq(c.not_after, LP_UTC_NONE);
    ck_assert_ptr_null(c.subject.p);
    ck_assert_uint_eq(ERR_peek_error(), 0);
}

START_TEST(no_certificate)
{
    struct lp_certificate c;

    decode(LP_STR(""), &c);
    ck_assert_lp_str(c.sha256, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    check_unreadable(LP_STR(""));
    check_unreadable(LP_STR("-----BEGIN CERTIFICATE-----"));
    check_unreadable(LP_STR("\x30\x82\xff\xff"));
    check_unreadable(LP_STR("\x30\x03\x02\x01\x01"));
}
END_TEST

START_TEST(every_prefix_is_unreadable)
{
    struct lp_str der = test_cert_der(&arena, &plain);

    for (size_t n = 0; n < der.n; n++)
        check_unreadable(lp_str_sub(der, 0, n));
    struct lp_str parts[] = { der, LP_STR("x") };
    check_unreadable(lp_arena_join(&arena, parts, 2));
}
END_TEST

/* Every byte of a certificate changed: whatever can still be read is clean text. */
START_TEST(every_change_is_clean)
{
    struct lp_str der = test_cert_der(&arena, &plain);
    char *copy = lp_arena_alloc(&arena, der.n);

    for (size_t i = 0; i < der.n; i++) {
        struct lp_certificate c;

        memcpy(copy, der.p, der.n);
        copy[i] = (char)(copy[i] ^ 0x41);
        decode((struct lp_str){ copy, der.n }, &c);
        ck_assert(lp_is_clean_text(c.subject) && lp_is_clean_text(c.issuer));
        ck_assert(lp_is_clean_text(c.common_name) && lp_is_clean_text(c.key_type));
        for (size_t k = 0; k < c.san.n; k++)
            ck_assert(lp_is_clean_text(element(&c.san, k)));
    }
}
END_TEST

Suite *lp_suite_cert(void)
{
    Suite *s = suite_create("cert");
    TCase *t = tcase_create("cert");

    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_set_timeout(t, 30);
    tcase_add_test(t, names_of_a_plain_one);
    tcase_add_test(t, extensions_of_a_plain_one);
    tcase_add_test(t, bare_one);
    tcase_add_loop_test(t, key, 0, (int)LP_COUNT(key_rows));
    tcase_add_loop_test(t, date, 0, (int)LP_COUNT(date_rows));
    tcase_add_loop_test(t, issuer, 0, (int)LP_COUNT(issuer_rows));
    tcase_add_test(t, no_certificate);
    tcase_add_test(t, every_prefix_is_unreadable);
    tcase_add_test(t, every_change_is_clean);
    suite_add_tcase(s, t);
    return s;
}
