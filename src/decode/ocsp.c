/* ocsp.c - OCSP requests and responses (OpenSSL) */
#include "lp/ocsp.h"

#include <openssl/err.h>
#include <openssl/ocsp.h>

#include "lp/cert_parts.h"
#include "lp/crl.h"
#include "lp/der.h"
#include "lp/text.h"

const struct lp_field lp_ocsp_answer_fields[] = {
    LP_FIELD(struct lp_ocsp, problem, "why it says nothing of the certificate"),
    LP_FIELD(struct lp_ocsp, status, "good, revoked, or unknown"),
    LP_FIELD(struct lp_ocsp, serial, "serial number that it speaks of, hex"),
    LP_FIELD_UTC(struct lp_ocsp, at, "revocation date, seconds since 1970 UTC"),
    LP_FIELD(struct lp_ocsp, reason, "reason code; -1 not said"),
    LP_FIELD_UTC(struct lp_ocsp, this_update, "known to be correct, seconds since 1970 UTC"),
    LP_FIELD_UTC(struct lp_ocsp, next_update, "valid until, seconds since 1970 UTC"),
    LP_FIELD_UTC(struct lp_ocsp, produced_at, "signed, seconds since 1970 UTC"),
    LP_FIELD(struct lp_ocsp, signature, "good, bad, or unknown"),
    LP_FIELD_BYTES(struct lp_ocsp, der, "the response itself"),
    LP_FIELD_END,
};

const struct lp_field lp_ocsp_fields[] = {
    LP_FIELD_STRUCT(struct lp_ocsp_facts, link, lp_link_fields, "the connection"),
    LP_FIELD_STRUCT(struct lp_ocsp_facts, http, lp_http_fields, "the HTTP answer"),
    LP_FIELD_STRUCT(struct lp_ocsp_facts, ocsp, lp_ocsp_answer_fields, "the response"),
    LP_FIELD_END,
};

/* A question, parsed as far as it is needed: decoding a key takes more time than all the rest. */
struct asked {
    ASN1_INTEGER *serial;     /* of the certificate; NULL: cannot be read */
    STACK_OF(X509) * issuers; /* those with its issuer's name: a CA may have several */
};

static X509 *parse(struct lp_str der)
{
    const unsigned char *p = (const unsigned char *)der.p;
    return der.n == 0 || der.n > INT32_MAX ? NULL : d2i_X509(NULL, &p, (long)der.n);
}

static struct asked begin(const struct lp_ocsp_question *question)
{
    struct asked asked = { NULL, sk_X509_new_null() };
    struct lp_der_certificate parts;
    const struct lp_str *ders = question->issuers.at;
    if (!asked.issuers || !lp_der_certificate(question->certificate, &parts))
        return asked;
    const unsigned char *p = (const unsigned char *)parts.serial.p;
    asked.serial = d2i_ASN1_INTEGER(NULL, &p, (long)parts.serial.n);
    for (size_t i = 0; i < question->issuers.n; i++) {
        X509 *x = lp_subject_is(ders[i], parts.issuer) ? parse(ders[i]) : NULL;
        if (x && !sk_X509_push(asked.issuers, x))
            X509_free(x);
    }
    return asked;
}

/* The certificate's name in a request or an answer. NULL: no memory, or a digest that cannot be
 * used. */
static OCSP_CERTID *id_of(const struct asked *asked, const EVP_MD *md, const X509 *issuer)
{
    return OCSP_cert_id_new(md, X509_get_subject_name(issuer), X509_get0_pubkey_bitstr(issuer),
                            asked->serial);
}

/* What went wrong is in the facts; left in the queue it would be taken for the next handshake's. */
static void end(struct asked *asked)
{
    ASN1_INTEGER_free(asked->serial);
    sk_X509_pop_free(asked->issuers, X509_free);
    ERR_clear_error();
}

/* ---- requests ---- */

struct lp_str lp_ocsp_name(struct lp_arena *arena, struct lp_str responder, struct lp_str sha256)
{
    struct lp_str parts[] = { responder, LP_STR("#"), sha256 };
    return lp_arena_join(arena, parts, LP_COUNT(parts));
}

static struct lp_str der_of(struct lp_arena *arena, OCSP_REQUEST *request)
{
    unsigned char *der = NULL;
    int n = i2d_OCSP_REQUEST(request, &der);
    struct lp_str kept = LP_STR_NONE;
    if (n > 0)
        kept = lp_arena_str(arena, (struct lp_str){ (const char *)der, (size_t)n });
    OPENSSL_free(der);
    return kept;
}

struct lp_str lp_ocsp_request(struct lp_arena *arena, const struct lp_ocsp_question *question)
{
    struct asked asked = begin(question);
    struct lp_str der = LP_STR_NONE;
    OCSP_REQUEST *request = OCSP_REQUEST_new();
    OCSP_CERTID *id = NULL;
    if (asked.serial && sk_X509_num(asked.issuers) > 0)
        id = id_of(&asked, EVP_sha1(), sk_X509_value(asked.issuers, 0));
    if (request && id && OCSP_request_add0_id(request, id)) {
        id = NULL;
        der = der_of(arena, request);
    }
    OCSP_CERTID_free(id);
    OCSP_REQUEST_free(request);
    end(&asked);
    return der;
}

/* The three characters of base64 that mean something in a URL. */
static void put_escaped(struct lp_buf *out, struct lp_str base64)
{
    for (size_t i = 0; i < base64.n; i++) {
        char c = base64.p[i];
        if (c == '+' || c == '/' || c == '=')
            lp_buf_printf(out, "%%%02X", (unsigned)c);
        else
            lp_buf_char(out, c);
    }
}

struct lp_str lp_ocsp_url(struct lp_arena *arena, struct lp_str responder,
                          const struct lp_ocsp_question *question)
{
    struct lp_str request = lp_ocsp_request(arena, question);
    struct lp_str base = lp_str_cut(&responder, '#');
    struct lp_buf base64 = lp_buf_new(SIZE_MAX), out = lp_buf_new(SIZE_MAX);
    struct lp_str url = LP_STR_NONE;
    if (request.n) {
        lp_put_base64(&base64, request);
        lp_buf_str(&out, base);
        if (!lp_str_ends_nocase(base, "/"))
            lp_buf_char(&out, '/');
        put_escaped(&out, lp_buf_view(&base64));
        url = lp_arena_str(arena, lp_buf_view(&out));
    }
    lp_buf_release(&base64);
    lp_buf_release(&out);
    return url;
}

/* ---- responses ---- */

struct lp_ocsp lp_ocsp_none(void)
{
    return (struct lp_ocsp){ .problem = LP_STR(""),
                             .at = LP_UTC_NONE,
                             .reason = -1,
                             .this_update = LP_UTC_NONE,
                             .next_update = LP_UTC_NONE,
                             .produced_at = LP_UTC_NONE,
                             .signature = LP_STR("unknown") };
}

/* responseStatus, RFC 6960 section 4.2.1; NULL: successful, or none of them. */
static const char *refusal(int status)
{
    static const char *const words[] = { NULL, "malformedRequest", "internalError", "tryLater",
                                         NULL, "sigRequired",      "unauthorized" };
    return status > 0 && status < (int)LP_COUNT(words) ? words[status] : NULL;
}

/* One answer of a response, in OpenSSL's hands. */
struct single {
    OCSP_SINGLERESP *at;
    const OCSP_CERTID *id;
    ASN1_INTEGER *serial;
};

static bool read_single(OCSP_BASICRESP *basic, int i, struct single *out)
{
    out->at = OCSP_resp_get0(basic, i);
    out->id = out->at ? OCSP_SINGLERESP_get0_id(out->at) : NULL;
    return out->id &&
           OCSP_id_get0_info(NULL, NULL, NULL, &out->serial, (OCSP_CERTID *)out->id) == 1;
}

/* The hashes are of the responder's choice. */
static bool is_id_of(const struct single *single, const struct asked *asked, const X509 *issuer)
{
    ASN1_OBJECT *digest = NULL;
    if (OCSP_id_get0_info(NULL, &digest, NULL, NULL, (OCSP_CERTID *)single->id) != 1)
        return false;
    const EVP_MD *md = EVP_get_digestbyobj(digest);
    OCSP_CERTID *id = md ? id_of(asked, md, issuer) : NULL;
    bool same = id && OCSP_id_cmp(id, single->id) == 0;
    OCSP_CERTID_free(id);
    return same;
}

/* Is it about the certificate? *issuer: by which issuer; NULL: none is at hand. */
static bool is_about(const struct single *single, const struct asked *asked, X509 **issuer)
{
    *issuer = NULL;
    if (!asked->serial || ASN1_INTEGER_cmp(single->serial, asked->serial) != 0)
        return false;
    for (int i = 0; i < sk_X509_num(asked->issuers); i++) {
        if (!is_id_of(single, asked, sk_X509_value(asked->issuers, i)))
            continue;
        *issuer = sk_X509_value(asked->issuers, i);
        return true;
    }
    return sk_X509_num(asked->issuers) == 0;
}

static void fill(struct lp_arena *arena, const struct single *single, struct lp_ocsp *out)
{
    static const char *const words[] = { [V_OCSP_CERTSTATUS_GOOD] = "good",
                                         [V_OCSP_CERTSTATUS_REVOKED] = "revoked",
                                         [V_OCSP_CERTSTATUS_UNKNOWN] = "unknown" };
    ASN1_GENERALIZEDTIME *at = NULL, *from = NULL, *until = NULL;
    int reason = -1, status = OCSP_single_get0_status(single->at, &reason, &at, &from, &until);
    if (status >= 0 && status < (int)LP_COUNT(words))
        out->status = lp_str_of(words[status]);
    out->serial = lp_cert_serial(arena, single->serial);
    out->this_update = lp_asn1_utc(from);
    out->next_update = lp_asn1_utc(until);
    if (status != V_OCSP_CERTSTATUS_REVOKED)
        return;
    out->at = lp_asn1_utc(at);
    out->reason = reason >= 0 && reason <= UINT8_MAX ? reason : -1;
}

/* By the issuer itself, or by a certificate that it has issued with the purpose of signing
 * responses. Dates are the judge's. */
static bool is_signed(OCSP_BASICRESP *basic, X509 *issuer)
{
    X509_STORE *store = X509_STORE_new();
    STACK_OF(X509) *known = sk_X509_new_null();
    bool good = store && known && X509_STORE_add_cert(store, issuer) == 1 &&
                sk_X509_push(known, issuer) > 0 &&
                X509_STORE_set_flags(store, X509_V_FLAG_NO_CHECK_TIME) == 1 &&
                OCSP_basic_verify(basic, known, store, OCSP_NOEXPLICIT | OCSP_PARTIAL_CHAIN) == 1;
    sk_X509_free(known);
    X509_STORE_free(store);
    return good;
}

static void read_basic(struct lp_arena *arena, OCSP_BASICRESP *basic, const struct asked *asked,
                       struct lp_ocsp *out)
{
    struct single single;
    X509 *issuer = NULL;
    int n = OCSP_resp_count(basic), i = 0;
    if (n > LP_OCSP_SINGLES)
        n = LP_OCSP_SINGLES;
    out->produced_at = lp_asn1_utc(OCSP_resp_get0_produced_at(basic));
    while (i < n && !(read_single(basic, i, &single) && is_about(&single, asked, &issuer)))
        i++;
    if (i == n)
        out->problem = LP_STR("another certificate");
    if (i < n || (n > 0 && read_single(basic, 0, &single)))
        fill(arena, &single, out);
    if (issuer)
        out->signature = is_signed(basic, issuer) ? LP_STR("good") : LP_STR("bad");
}

static OCSP_RESPONSE *parse_response(struct lp_str der)
{
    const unsigned char *p = (const unsigned char *)der.p;
    const unsigned char *past = p + der.n;
    OCSP_RESPONSE *response = d2i_OCSP_RESPONSE(NULL, &p, (long)der.n);
    if (response && p == past)
        return response;
    OCSP_RESPONSE_free(response);
    return NULL;
}

static void read_response(struct lp_arena *arena, OCSP_RESPONSE *response,
                          const struct asked *asked, struct lp_ocsp *out)
{
    const char *refused = response ? refusal(OCSP_response_status(response)) : NULL;
    OCSP_BASICRESP *basic = response && !refused ? OCSP_response_get1_basic(response) : NULL;
    if (refused)
        out->problem = lp_str_of(refused);
    else if (!basic)
        out->problem = LP_STR("no OCSP response");
    else
        read_basic(arena, basic, asked, out);
    OCSP_BASICRESP_free(basic);
}

void lp_ocsp_decode(struct lp_arena *arena, struct lp_str der,
                    const struct lp_ocsp_question *question, struct lp_ocsp *out)
{
    *out = lp_ocsp_none();
    if (der.n == 0 || der.n > LP_OCSP_MAX) {
        out->problem = der.n ? LP_STR("limit") : LP_STR("empty");
        return;
    }
    struct asked asked = begin(question);
    OCSP_RESPONSE *response = parse_response(der);
    out->der = lp_arena_str(arena, der);
    read_response(arena, response, &asked, out);
    OCSP_RESPONSE_free(response);
    end(&asked);
}
