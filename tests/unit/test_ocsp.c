/* test_ocsp.c - requests for real certificates; responses made by OpenSSL, each cut and bent */
#include <check.h>
#include <openssl/evp.h>
#include <openssl/ocsp.h>
#include <openssl/x509v3.h>
#include <string.h>

#include "lp/ocsp.h"
#include "lp/text.h"

Suite *lp_suite_ocsp(void);

#define ck_assert_lp_str(s, text) \
    ck_assert_msg(lp_str_eq(s, lp_str_of(text)), "%.*s is not %s", (int)(s).n, (s).p, text)

enum { FROM = 1760000000, UNTIL = 1770000000, REVOKED = 1750000000 };

/* A CA, two servers, one who may sign for it and one who may not. */
enum who { CA, SERVER, OTHER, DELEGATE, STRANGER, PEOPLE };

struct people {
    EVP_PKEY *key[PEOPLE];
    X509 *cert[PEOPLE];
    struct lp_str der[PEOPLE];
    struct lp_arena arena;
};

static struct lp_str keep(struct lp_arena *arena, unsigned char *der, int n)
{
    ck_assert_int_gt(n, 0);
    struct lp_str kept = lp_arena_str(arena, (struct lp_str){ (const char *)der, (size_t)n });
    OPENSSL_free(der);
    return kept;
}

static void name_it(X509_NAME *name, const char *text)
{
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, (const unsigned char *)text, -1, -1, 0);
}

static void extend(X509 *cert, int nid, const char *value)
{
    X509_EXTENSION *e = X509V3_EXT_conf_nid(NULL, NULL, nid, value);
    ck_assert_int_eq(X509_add_ext(cert, e, -1), 1);
    X509_EXTENSION_free(e);
}

static void make(struct people *p, enum who who, const char *name, const char *usage)
{
    unsigned char *der = NULL;
    X509 *cert = X509_new();
    p->key[who] = EVP_EC_gen("P-256");
    p->cert[who] = cert;
    X509_set_version(cert, X509_VERSION_3);
    name_it(X509_get_subject_name(cert), name);
    name_it(X509_get_issuer_name(cert), "the CA");
    ASN1_INTEGER_set(X509_get_serialNumber(cert), 0x1000 + (long)who);
    X509_gmtime_adj(X509_getm_notBefore(cert), -86400);
    X509_gmtime_adj(X509_getm_notAfter(cert), 86400);
    X509_set_pubkey(cert, p->key[who]);
    extend(cert, NID_basic_constraints, who == CA ? "critical,CA:TRUE" : "critical,CA:FALSE");
    extend(cert, NID_ext_key_usage, usage);
    ck_assert_int_gt(X509_sign(cert, p->key[CA], EVP_sha256()), 0);
    int n = i2d_X509(cert, &der);
    p->der[who] = keep(&p->arena, der, n);
}

static void begin(struct people *p)
{
    *p = (struct people){ 0 };
    make(p, CA, "the CA", "OCSPSigning,serverAuth");
    make(p, SERVER, "a server", "serverAuth");
    make(p, OTHER, "another server", "serverAuth");
    make(p, DELEGATE, "a delegate", "OCSPSigning");
    make(p, STRANGER, "a stranger", "serverAuth");
}

static void end(struct people *p)
{
    for (size_t i = 0; i < PEOPLE; i++) {
        EVP_PKEY_free(p->key[i]);
        X509_free(p->cert[i]);
    }
    lp_arena_release(&p->arena);
}

/* ---- requests ---- */

static struct lp_ocsp_question about(struct people *p, enum who who, bool with_issuer)
{
    struct lp_str *issuers = lp_arena_array(&p->arena, 2, sizeof *issuers);
    issuers[0] = p->der[OTHER]; /* not the issuer's name: it does not count */
    issuers[1] = p->der[CA];
    return (struct lp_ocsp_question){ p->der[who], { issuers, with_issuer ? 2 : 1 } };
}

START_TEST(request)
{
    struct people p;
    begin(&p);
    struct lp_ocsp_question question = about(&p, SERVER, true);
    struct lp_str der = lp_ocsp_request(&p.arena, &question);
    const unsigned char *at = (const unsigned char *)der.p;
    OCSP_REQUEST *read = d2i_OCSP_REQUEST(NULL, &at, (long)der.n);
    ck_assert_ptr_nonnull(read);
    ck_assert_int_eq(OCSP_request_onereq_count(read), 1);
    OCSP_CERTID *id = OCSP_cert_to_id(EVP_sha1(), p.cert[SERVER], p.cert[CA]);
    ck_assert_int_eq(OCSP_id_cmp(id, OCSP_onereq_get0_id(OCSP_request_onereq_get0(read, 0))), 0);
    ck_assert_int_eq(OCSP_REQUEST_get_ext_count(read), 0); /* no nonce */
    OCSP_CERTID_free(id);
    OCSP_REQUEST_free(read);
    end(&p);
}
END_TEST

START_TEST(request_without_issuer)
{
    struct people p;
    begin(&p);
    struct lp_ocsp_question question = about(&p, SERVER, false);
    ck_assert_ptr_null(lp_ocsp_request(&p.arena, &question).p);
    ck_assert_ptr_null(lp_ocsp_url(&p.arena, LP_STR("http://ocsp.example/"), &question).p);
    question.certificate = LP_STR("no certificate");
    ck_assert_ptr_null(lp_ocsp_request(&p.arena, &question).p);
    end(&p);
}
END_TEST

static const char *const responders[] = { "http://ocsp.example/", "http://ocsp.example",
                                          "http://ocsp.example/#0123abcd" };

/* %2B, %2F and %3D are what base64 has beside letters and digits. */
START_TEST(url)
{
    static const char head[] = "http://ocsp.example/";
    struct people p;
    struct lp_str back;
    begin(&p);
    struct lp_ocsp_question question = about(&p, SERVER, true);
    struct lp_str request_der = lp_ocsp_request(&p.arena, &question);
    struct lp_str made = lp_ocsp_url(&p.arena, lp_str_of(responders[_i]), &question);
    struct lp_buf plain = lp_buf_new(SIZE_MAX);
    ck_assert(lp_str_starts_nocase(made, head));
    for (size_t i = sizeof head - 1; i < made.n; i++) {
        const char *coded = made.p + i;
        ck_assert(*coded != '+' && *coded != '/' && *coded != '=' && *coded != '#');
        if (*coded != '%') {
            lp_buf_char(&plain, *coded);
            continue;
        }
        i += 2;
        lp_buf_char(&plain, strncmp(coded, "%2B", 3) == 0   ? '+'
                            : strncmp(coded, "%2F", 3) == 0 ? '/'
                                                            : '=');
    }
    ck_assert(lp_get_base64(&p.arena, lp_buf_view(&plain), &back));
    ck_assert(lp_str_eq(back, request_der));
    ck_assert_uint_lt(made.n - (sizeof head - 1), 255); /* RFC 6960 A.1: short enough for GET */
    lp_buf_release(&plain);
    end(&p);
}
END_TEST

/* ---- responses ---- */

struct response {
    const char *what;
    enum who subject; /* that is asked about; the answer is about SERVER */
    enum who signer;
    bool sends_cert;
    bool without_issuer;
    const EVP_MD *(*digest)(void); /* of the hashes in it; NULL: SHA-1 */
    int status;
    const char *problem, *seen, *signature;
};

static const struct response responses[] = {
    { "good", SERVER, CA, false, false, NULL, V_OCSP_CERTSTATUS_GOOD, "", "good", "good" },
    { "good, other hashes", SERVER, CA, true, false, EVP_sha256, V_OCSP_CERTSTATUS_GOOD, "", "good",
      "good" },
    { "revoked", SERVER, CA, false, false, NULL, V_OCSP_CERTSTATUS_REVOKED, "", "revoked", "good" },
    { "unknown", SERVER, CA, false, false, NULL, V_OCSP_CERTSTATUS_UNKNOWN, "", "unknown", "good" },
    { "by a delegate", SERVER, DELEGATE, true, false, NULL, V_OCSP_CERTSTATUS_GOOD, "", "good",
      "good" },
    { "by a delegate whose certificate is not there", SERVER, DELEGATE, false, false, NULL,
      V_OCSP_CERTSTATUS_GOOD, "", "good", "bad" },
    { "by a server of the same CA", SERVER, STRANGER, true, false, NULL, V_OCSP_CERTSTATUS_GOOD, "",
      "good", "bad" },
    { "by nobody that is known", SERVER, STRANGER, false, false, NULL, V_OCSP_CERTSTATUS_REVOKED,
      "", "revoked", "bad" },
    { "without the issuer", SERVER, CA, true, true, NULL, V_OCSP_CERTSTATUS_REVOKED, "", "revoked",
      "unknown" },
    { "another certificate", OTHER, CA, false, false, NULL, V_OCSP_CERTSTATUS_GOOD,
      "another certificate", "good", "unknown" },
};

static struct lp_str wrap(struct people *p, int status, OCSP_BASICRESP *basic)
{
    unsigned char *der = NULL;
    OCSP_RESPONSE *whole = OCSP_response_create(status, basic);
    int n = i2d_OCSP_RESPONSE(whole, &der);
    OCSP_RESPONSE_free(whole);
    OCSP_BASICRESP_free(basic);
    return keep(&p->arena, der, n);
}

static OCSP_BASICRESP *answer(struct people *p, const struct response *r)
{
    OCSP_BASICRESP *basic = OCSP_BASICRESP_new();
    OCSP_CERTID *id =
        OCSP_cert_to_id(r->digest ? r->digest() : EVP_sha1(), p->cert[SERVER], p->cert[CA]);
    ASN1_TIME *at = ASN1_TIME_set(NULL, REVOKED), *from = ASN1_TIME_set(NULL, FROM),
              *until = ASN1_TIME_set(NULL, UNTIL);
    ck_assert_ptr_nonnull(OCSP_basic_add1_status(basic, id, r->status,
                                                 OCSP_REVOKED_STATUS_SUPERSEDED, at, from, until));
    ck_assert_int_eq(OCSP_basic_sign(basic, p->cert[r->signer], p->key[r->signer], EVP_sha256(),
                                     NULL, r->sends_cert ? 0 : OCSP_NOCERTS),
                     1);
    OCSP_CERTID_free(id);
    ASN1_TIME_free(at);
    ASN1_TIME_free(from);
    ASN1_TIME_free(until);
    return basic;
}

static struct lp_ocsp decode(struct people *p, const struct response *r, struct lp_str der)
{
    struct lp_ocsp_question question = about(p, r->subject, !r->without_issuer);
    struct lp_ocsp out;
    lp_ocsp_decode(&p->arena, der, &question, &out);
    return out;
}

START_TEST(response)
{
    const struct response *r = &responses[_i];
    bool revoked = r->status == V_OCSP_CERTSTATUS_REVOKED;
    struct people p;
    begin(&p);
    struct lp_str der = wrap(&p, OCSP_RESPONSE_STATUS_SUCCESSFUL, answer(&p, r));
    struct lp_ocsp out = decode(&p, r, der);
    ck_assert_lp_str(out.problem, r->problem);
    ck_assert_lp_str(out.status, r->seen);
    ck_assert_lp_str(out.signature, r->signature);
    ck_assert_lp_str(out.serial, "1001");
    ck_assert_int_eq(out.this_update, FROM);
    ck_assert_int_eq(out.next_update, UNTIL);
    ck_assert_int_gt(out.produced_at, FROM);
    ck_assert_int_eq(out.at, revoked ? REVOKED : LP_UTC_NONE);
    ck_assert_int_eq(out.reason, revoked ? OCSP_REVOKED_STATUS_SUPERSEDED : -1);
    ck_assert(lp_str_eq(out.der, der));
    end(&p);
}
END_TEST

static const struct {
    int status;
    const char *problem;
} refusals[] = {
    { OCSP_RESPONSE_STATUS_MALFORMEDREQUEST, "malformedRequest" },
    { OCSP_RESPONSE_STATUS_INTERNALERROR, "internalError" },
    { OCSP_RESPONSE_STATUS_TRYLATER, "tryLater" },
    { OCSP_RESPONSE_STATUS_SIGREQUIRED, "sigRequired" },
    { OCSP_RESPONSE_STATUS_UNAUTHORIZED, "unauthorized" },
    { OCSP_RESPONSE_STATUS_SUCCESSFUL, "no OCSP response" }, /* and nothing in it */
    { 4, "no OCSP response" },
    { 99, "no OCSP response" },
};

START_TEST(refused)
{
    struct people p;
    begin(&p);
    struct lp_ocsp out = decode(&p, &responses[0], wrap(&p, refusals[_i].status, NULL));
    ck_assert_lp_str(out.problem, refusals[_i].problem);
    ck_assert_ptr_null(out.status.p);
    ck_assert_lp_str(out.signature, "unknown");
    end(&p);
}
END_TEST

START_TEST(no_response)
{
    static char large[LP_OCSP_MAX + 1];
    struct people p;
    begin(&p);
    struct lp_ocsp out = decode(&p, &responses[0], LP_STR(""));
    ck_assert_lp_str(out.problem, "empty");
    out = decode(&p, &responses[0], LP_STR("<html>"));
    ck_assert_lp_str(out.problem, "no OCSP response");
    ck_assert_lp_str(out.der, "<html>");
    out = decode(&p, &responses[0], (struct lp_str){ large, sizeof large });
    ck_assert_lp_str(out.problem, "limit");
    ck_assert_ptr_null(out.der.p);
    end(&p);
}
END_TEST

/* Whatever is cut off, or added, is no response. */
START_TEST(cut)
{
    struct people p;
    begin(&p);
    struct lp_str der = wrap(&p, OCSP_RESPONSE_STATUS_SUCCESSFUL, answer(&p, &responses[0]));
    for (size_t n = 1; n <= der.n + 1; n++) {
        struct lp_str part = { der.p, n }; /* a NUL stands behind it */
        struct lp_ocsp out = decode(&p, &responses[0], part);
        ck_assert_lp_str(out.problem, n == der.n ? "" : "no OCSP response");
    }
    end(&p);
}
END_TEST

/* Whatever is bent is not good: the signature is over all that counts. */
START_TEST(bent)
{
    struct people p;
    begin(&p);
    struct lp_str der = wrap(&p, OCSP_RESPONSE_STATUS_SUCCESSFUL, answer(&p, &responses[2]));
    for (size_t i = 0; i < der.n; i++) {
        struct lp_str copy = lp_arena_str(&p.arena, der);
        ((char *)copy.p)[i] ^= 0x01;
        struct lp_ocsp out = decode(&p, &responses[2], copy);
        bool holds = lp_str_eq(out.signature, LP_STR("good")) && !out.problem.n;
        ck_assert_msg(!holds || lp_str_eq(out.status, LP_STR("revoked")), "byte %zu", i);
    }
    end(&p);
}
END_TEST

Suite *lp_suite_ocsp(void)
{
    Suite *s = suite_create("ocsp");
    TCase *t = tcase_create("ocsp");

    tcase_add_test(t, request);
    tcase_add_test(t, request_without_issuer);
    tcase_add_loop_test(t, url, 0, (int)LP_COUNT(responders));
    tcase_add_loop_test(t, response, 0, (int)LP_COUNT(responses));
    tcase_add_loop_test(t, refused, 0, (int)LP_COUNT(refusals));
    tcase_add_test(t, no_response);
    tcase_add_test(t, cut);
    tcase_add_test(t, bent);
    suite_add_tcase(s, t);
    return s;
}
