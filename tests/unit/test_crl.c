/* test_crl.c - DER by hand, lists made by OpenSSL, each cut and bent */
#include <check.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>
#include <string.h>

#include "lp/crl.h"
#include "lp/der.h"

Suite *lp_suite_crl(void);

/* ---- DER ---- */

#define WIRE(bytes)              \
    {                            \
        bytes, sizeof(bytes) - 1 \
    }

static const struct {
    struct lp_str in;
    int tag; /* -1: refused */
    size_t content, rest;
} elements[] = {
    { WIRE("\x02\x01\x05"), 2, 1, 0 },
    { WIRE("\x30\x00\x05\x00"), 0x30, 0, 2 },
    { WIRE("\x04\x81\x02zz!"), 4, 2, 1 },
    { WIRE("\x04\x84\x00\x00\x00\x01z"), 4, 1, 0 },
    { WIRE("\x04\x85\x00\x00\x00\x00\x01z"), -1, 0, 8 },
    { WIRE("\x30\x80\x00\x00"), -1, 0, 4 },
    { WIRE("\x04\x02z"), -1, 0, 3 },
    { WIRE("\x04\x84\xff\xff\xff\xff"), -1, 0, 6 },
    { WIRE("\x04\x82\x00"), -1, 0, 3 },
    { WIRE("\x1f\x81\x00\x00"), -1, 0, 4 },
    { WIRE("\x04"), -1, 0, 1 },
    { WIRE(""), -1, 0, 0 },
};

START_TEST(element)
{
    struct lp_str rest = elements[_i].in;
    struct lp_der der = { 0 };
    bool good = lp_der_next(&rest, &der);
    ck_assert_int_eq(good, elements[_i].tag >= 0);
    ck_assert_uint_eq(rest.n, elements[_i].rest);
    if (good) {
        ck_assert_int_eq(der.tag, elements[_i].tag);
        ck_assert_uint_eq(der.content.n, elements[_i].content);
        ck_assert_uint_eq(der.whole.n + rest.n, elements[_i].in.n);
    }
}
END_TEST

static const struct {
    uint8_t tag;
    const char *text;
    lp_utc utc;
} times[] = {
    { LP_DER_UTC_TIME, "700101000000Z", 0 },
    { LP_DER_UTC_TIME, "491231235959Z", 2524607999 },
    { LP_DER_TIME, "20500101000000Z", 2524608000 },
    { LP_DER_TIME, "19700101000001Z", 1 },
    { LP_DER_UTC_TIME, "7001010000Z", LP_UTC_NONE },
    { LP_DER_UTC_TIME, "700101000000", LP_UTC_NONE },
    { LP_DER_UTC_TIME, "701301000000Z", LP_UTC_NONE },
    { LP_DER_UTC_TIME, "70010x000000Z", LP_UTC_NONE },
    { LP_DER_TIME, "700101000000Z", LP_UTC_NONE },
    { LP_DER_INTEGER, "700101000000Z", LP_UTC_NONE },
    { LP_DER_UTC_TIME, "", LP_UTC_NONE },
};

START_TEST(time_of)
{
    struct lp_der der = { .tag = times[_i].tag, .content = lp_str_of(times[_i].text) };
    ck_assert_int_eq(lp_der_time(&der), times[_i].utc);
}
END_TEST

/* ---- lists ---- */

/* A CA and its list. */
struct authority {
    EVP_PKEY *key;
    X509 *cert;
    struct lp_arena arena;
    struct lp_str cert_der, list;
};

static void name_it(X509_NAME *name, const char *text)
{
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, (const unsigned char *)text, -1, -1, 0);
}

static void revoke(X509_CRL *crl, long serial, int reason)
{
    X509_REVOKED *entry = X509_REVOKED_new();
    ASN1_INTEGER *number = ASN1_INTEGER_new();
    ASN1_TIME *at = ASN1_TIME_set(NULL, 1760000000);
    ASN1_ENUMERATED *code = ASN1_ENUMERATED_new();
    ASN1_INTEGER_set(number, serial);
    X509_REVOKED_set_serialNumber(entry, number);
    X509_REVOKED_set_revocationDate(entry, at);
    if (reason >= 0) {
        ASN1_ENUMERATED_set(code, reason);
        X509_REVOKED_add1_ext_i2d(entry, NID_crl_reason, code, 0, 0);
    }
    X509_CRL_add0_revoked(crl, entry);
    ASN1_INTEGER_free(number);
    ASN1_ENUMERATED_free(code);
    ASN1_TIME_free(at);
}

static struct lp_str keep(struct lp_arena *arena, unsigned char *der, int n)
{
    struct lp_str kept = lp_arena_str(arena, (struct lp_str){ (const char *)der, (size_t)n });
    OPENSSL_free(der);
    return kept;
}

static void make_list(struct authority *a, const char *issuer, int entries)
{
    unsigned char *der = NULL;
    X509_CRL *crl = X509_CRL_new();
    X509_NAME *name = X509_NAME_new();
    ASN1_TIME *from = ASN1_TIME_set(NULL, 1760000000), *until = ASN1_TIME_set(NULL, 1770000000);
    name_it(name, issuer);
    X509_CRL_set_version(crl, X509_CRL_VERSION_2);
    X509_CRL_set_issuer_name(crl, name);
    X509_CRL_set1_lastUpdate(crl, from);
    X509_CRL_set1_nextUpdate(crl, until);
    for (int i = 0; i < entries; i++)
        revoke(crl, 0x80 + i, i < 4 ? i - 1 : -1);
    ck_assert_int_gt(X509_CRL_sign(crl, a->key, EVP_sha256()), 0);
    int n = i2d_X509_CRL(crl, &der);
    a->list = keep(&a->arena, der, n);
    X509_CRL_free(crl);
    X509_NAME_free(name);
    ASN1_TIME_free(from);
    ASN1_TIME_free(until);
}

static void begin(struct authority *a)
{
    unsigned char *der = NULL;
    *a = (struct authority){ .key = EVP_EC_gen("P-256"), .cert = X509_new() };
    name_it(X509_get_subject_name(a->cert), "list signer");
    name_it(X509_get_issuer_name(a->cert), "list signer");
    X509_gmtime_adj(X509_getm_notBefore(a->cert), 0);
    X509_gmtime_adj(X509_getm_notAfter(a->cert), 86400);
    X509_set_pubkey(a->cert, a->key);
    ck_assert_int_gt(X509_sign(a->cert, a->key, EVP_sha256()), 0);
    int n = i2d_X509(a->cert, &der);
    a->cert_der = keep(&a->arena, der, n);
}

static void end(struct authority *a)
{
    EVP_PKEY_free(a->key);
    X509_free(a->cert);
    lp_arena_release(&a->arena);
}

static struct lp_crl read_list(struct authority *a, bool with_issuer)
{
    static struct lp_str serials[] = { WIRE("80"), WIRE("82"), WIRE("0100"), WIRE("zz"),
                                       WIRE("8") };
    struct lp_crl_question question = { { serials, LP_COUNT(serials) },
                                        { &a->cert_der, with_issuer ? 1 : 0 } };
    struct lp_crl out;
    lp_crl_decode(&a->arena, a->list, &question, &out);
    return out;
}

START_TEST(a_list)
{
    struct authority a;
    begin(&a);
    make_list(&a, "list signer", 3);
    struct lp_crl crl = read_list(&a, true);
    const struct lp_crl_entry *e = crl.entries.at;
    ck_assert_uint_eq(crl.problem.n, 0);
    ck_assert_int_eq(crl.count, 3);
    ck_assert_int_eq(crl.this_update, 1760000000);
    ck_assert_int_eq(crl.next_update, 1770000000);
    ck_assert(lp_str_eq(crl.signature, LP_STR("good")));
    ck_assert(crl.whole);
    ck_assert_uint_eq(crl.entries.n, 3);
    ck_assert(e[0].revoked && e[0].at == 1760000000 && e[0].reason == -1);
    ck_assert(e[2].revoked && e[2].reason == 1);
    ck_assert(lp_crl_knows(&crl, LP_STR("82"), &e) && e && e->reason == 1);
    ck_assert(lp_crl_knows(&crl, LP_STR("0100"), &e) && !e);
    ck_assert(lp_str_eq(read_list(&a, false).signature, LP_STR("unknown")));
    end(&a);
}
END_TEST

/* Only what was asked for is kept of it: of the rest it says nothing. */
START_TEST(a_long_list)
{
    struct authority a;
    const struct lp_crl_entry *e;
    begin(&a);
    make_list(&a, "list signer", LP_CRL_KEPT + 1);
    struct lp_crl crl = read_list(&a, true);
    ck_assert(!crl.whole);
    ck_assert_int_eq(crl.count, LP_CRL_KEPT + 1);
    ck_assert_uint_eq(crl.entries.n, 5);
    ck_assert(lp_crl_knows(&crl, LP_STR("80"), &e) && e && e->at == 1760000000);
    ck_assert(lp_crl_knows(&crl, LP_STR("82"), &e) && e && e->reason == 1);
    ck_assert(lp_crl_knows(&crl, LP_STR("0100"), &e) && e);
    ck_assert(!lp_crl_knows(&crl, LP_STR("81"), &e) && !e);
    end(&a);
}
END_TEST

START_TEST(an_empty_list)
{
    struct authority a;
    begin(&a);
    make_list(&a, "list signer", 0);
    struct lp_crl crl = read_list(&a, true);
    ck_assert(crl.problem.n == 0 && crl.count == 0);
    ck_assert(lp_str_eq(crl.signature, LP_STR("good")));
    end(&a);
}
END_TEST

START_TEST(of_another_issuer)
{
    struct authority a;
    begin(&a);
    make_list(&a, "somebody else", 1);
    ck_assert(lp_str_eq(read_list(&a, true).signature, LP_STR("unknown")));
    end(&a);
}
END_TEST

/* No bit may be changed: either it is no list any more, or its signature is bad (or the issuer or
 * the algorithm are no longer ours: unknown). Never good. */
START_TEST(bent_lists)
{
    struct authority a;
    begin(&a);
    make_list(&a, "list signer", 2);
    char *bytes = (char *)a.list.p;
    for (size_t i = 0; i < a.list.n; i++) {
        bytes[i] ^= 1;
        struct lp_crl crl = read_list(&a, true);
        ck_assert_msg(crl.problem.n || !lp_str_eq(crl.signature, LP_STR("good")), "byte %zu", i);
        ck_assert_msg(!crl.whole || crl.problem.n || (int64_t)crl.entries.n == crl.count,
                      "byte %zu: a whole list that lacks an entry", i);
        bytes[i] ^= 1;
    }
    ck_assert(lp_str_eq(read_list(&a, true).signature, LP_STR("good")));
    end(&a);
}
END_TEST

START_TEST(cut_lists)
{
    struct authority a;
    begin(&a);
    make_list(&a, "list signer", 2);
    struct lp_str whole = a.list;
    for (size_t n = 0; n < whole.n; n++) {
        a.list = lp_str_sub(whole, 0, n);
        struct lp_crl crl = read_list(&a, true);
        ck_assert(lp_str_eq(crl.problem, n ? LP_STR("no CRL") : LP_STR("empty")));
        ck_assert_uint_eq(crl.entries.n, 0);
    }
    end(&a);
}
END_TEST

Suite *lp_suite_crl(void)
{
    Suite *s = suite_create("crl");
    TCase *t = tcase_create("crl");

    tcase_add_loop_test(t, element, 0, (int)LP_COUNT(elements));
    tcase_add_loop_test(t, time_of, 0, (int)LP_COUNT(times));
    tcase_add_test(t, a_list);
    tcase_add_test(t, a_long_list);
    tcase_add_test(t, an_empty_list);
    tcase_add_test(t, of_another_issuer);
    tcase_add_test(t, bent_lists);
    tcase_add_test(t, cut_lists);
    suite_add_tcase(s, t);
    return s;
}
