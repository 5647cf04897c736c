/* ocsp.c - an OCSP responder for each CA, and responses stapled to handshakes */
#include "lab.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/ocsp.h>
#include <openssl/ssl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DAY = 86400, REQUEST = 1024 };

#define PATH "/ocsp/"

void lab_ocsp_url(const struct lab *lab, char *out, size_t size)
{
    snprintf(out, size, "http://pki.%s" PATH, lab_domain(lab));
}

/* ---- answers ---- */

/* What is said of a certificate; `shift`: of its times, in days. They count from the start of the
 * lab, so that two walks are told the same. */
struct said {
    bool revoked;
    int shift;
    time_t born;
};

static bool add_status(OCSP_BASICRESP *basic, OCSP_CERTID *id, const struct said *said)
{
    time_t born = said->born;
    ASN1_TIME *from = X509_time_adj_ex(NULL, said->shift, -3600, &born);
    ASN1_TIME *until = X509_time_adj_ex(NULL, said->shift + 4, 0, &born);
    int status = said->revoked ? V_OCSP_CERTSTATUS_REVOKED : V_OCSP_CERTSTATUS_GOOD;
    bool ok = from != NULL && until != NULL &&
              OCSP_basic_add1_status(basic, id, status, OCSP_REVOKED_STATUS_KEYCOMPROMISE, from,
                                     from, until) != NULL;

    ASN1_TIME_free(from);
    ASN1_TIME_free(until);
    return ok;
}

/* Signed by a certificate of the CA that is for nothing else. NULL: it cannot be. */
static OCSP_RESPONSE *response(const struct lab_ca *ca, OCSP_CERTID *id, const struct said *said)
{
    OCSP_BASICRESP *basic = OCSP_BASICRESP_new();
    OCSP_RESPONSE *whole = NULL;

    if (basic != NULL && add_status(basic, id, said) &&
        OCSP_basic_sign(basic, ca->ocsp_cert, ca->ocsp_key, EVP_sha256(), NULL, 0) == 1)
        whole = OCSP_response_create(OCSP_RESPONSE_STATUS_SUCCESSFUL, basic);
    OCSP_BASICRESP_free(basic);
    return whole;
}

static bool is_on(X509_CRL *crl, const ASN1_INTEGER *serial)
{
    X509_REVOKED *entry;

    return X509_CRL_get0_by_serial(crl, &entry, serial) == 1;
}

/* ---- the responder ---- */

static int digit(char c)
{
    const char *digits = "0123456789ABCDEF", *at = strchr(digits, c >= 'a' ? c - 'a' + 'A' : c);

    return at == NULL || *at == '\0' ? -1 : (int)(at - digits);
}

/* Base64 of the path without its escapes. 0: it is none, or too long. */
static size_t unescape(const char *path, char out[REQUEST])
{
    size_t n = 0;

    for (; *path != '\0' && n < REQUEST - 1; path++) {
        int high = *path == '%' ? digit(path[1]) : -1;
        int low = high >= 0 ? digit(path[2]) : -1;

        if (*path == '%' && low < 0)
            return 0;
        out[n++] = *path == '%' ? (char)(high << 4 | low) : *path;
        path += *path == '%' ? 2 : 0;
    }
    out[n] = '\0';
    return *path == '\0' ? n : 0;
}

/* The request of the GET form, RFC 6960 appendix A.1. */
static OCSP_REQUEST *request_of(const char *path)
{
    char base64[REQUEST];
    unsigned char der[REQUEST];
    const unsigned char *at = der;
    size_t n = unescape(path, base64);
    int bytes = n == 0 ? -1 : EVP_DecodeBlock(der, (const unsigned char *)base64, (int)n);

    return bytes <= 0 ? NULL : d2i_OCSP_REQUEST(NULL, &at, bytes);
}

static const struct lab_ca *ca_of(const struct lab *lab, const OCSP_CERTID *id)
{
    for (size_t i = LAB_PRIVATE; i < LAB_SELF; i++) {
        OCSP_CERTID *own = OCSP_cert_to_id(NULL, NULL, lab->ca[i].cert);
        bool same = own != NULL && OCSP_id_issuer_cmp(own, id) == 0;

        OCSP_CERTID_free(own);
        if (same)
            return &lab->ca[i];
    }
    return NULL;
}

static OCSP_RESPONSE *answer(const struct lab *lab, OCSP_REQUEST *request)
{
    OCSP_CERTID *id = OCSP_onereq_get0_id(OCSP_request_onereq_get0(request, 0));
    const struct lab_ca *ca = id == NULL ? NULL : ca_of(lab, id);
    ASN1_INTEGER *serial = NULL;
    struct said said = { false, lab->options->fault->ocsp == LAB_OCSP_OLD ? -30 : 0, lab->born };

    if (ca == NULL)
        return OCSP_response_create(OCSP_RESPONSE_STATUS_UNAUTHORIZED, NULL);
    OCSP_id_get0_info(NULL, NULL, NULL, &serial, id);
    said.revoked = is_on(ca->crl, serial) || is_on(ca->ocsp_only, serial);
    return response(ca, id, &said);
}

static OCSP_RESPONSE *respond(const struct lab *lab, const char *path)
{
    OCSP_REQUEST *request = request_of(path);
    OCSP_RESPONSE *out;

    if (request == NULL || OCSP_request_onereq_count(request) < 1)
        out = OCSP_response_create(OCSP_RESPONSE_STATUS_MALFORMEDREQUEST, NULL);
    else if (lab->options->fault->ocsp == LAB_OCSP_TRY_LATER)
        out = OCSP_response_create(OCSP_RESPONSE_STATUS_TRYLATER, NULL);
    else
        out = answer(lab, request);
    OCSP_REQUEST_free(request);
    return out;
}

bool lab_ocsp(const struct lab *lab, const struct lab_request *r, struct lab_reply *reply)
{
    OCSP_RESPONSE *out;
    bool ok;

    if (r->tls || strncmp(r->path, PATH, sizeof PATH - 1) != 0)
        return false;
    out = respond(lab, r->target + sizeof PATH - 1);
    reply->type = "application/ocsp-response";
    ok = out != NULL && i2d_OCSP_RESPONSE_bio(reply->body, out) == 1;
    OCSP_RESPONSE_free(out);
    return ok;
}

/* ---- stapled ---- */

static const struct {
    bool revoked;
    int shift;
    bool of_the_ca; /* about the CA's certificate instead */
} staples[LAB_STAPLES] = {
    [LAB_STAPLE_GOOD] = { false, 0, false },
    [LAB_STAPLE_REVOKED] = { true, 0, false },
    [LAB_STAPLE_OLD] = { false, -30, false },
    [LAB_STAPLE_OTHER] = { false, 0, true },
};

static OCSP_RESPONSE *staple(const struct lab *lab, const struct lab_cert_spec *spec, X509 *cert)
{
    const struct lab_ca *ca = &lab->ca[spec->issuer];
    enum lab_staple which = spec->staple;
    struct said said = { staples[which].revoked, staples[which].shift, lab->born };
    OCSP_CERTID *id = OCSP_cert_to_id(NULL, staples[which].of_the_ca ? ca->cert : cert,
                                      staples[which].of_the_ca ? ca->root : ca->cert);
    OCSP_RESPONSE *out = id == NULL ? NULL : response(ca, id, &said);

    OCSP_CERTID_free(id);
    return out;
}

/* As servers do, the same one for all. */
static bool make_staple(struct lab_stapled *s, X509 *cert)
{
    OCSP_RESPONSE *out = s->der != NULL ? NULL : staple(s->lab, s->spec, cert);

    if (out != NULL)
        s->size = i2d_OCSP_RESPONSE(out, &s->der);
    OCSP_RESPONSE_free(out);
    return s->size > 0;
}

static int on_status(SSL *ssl, void *stapled)
{
    struct lab_stapled *s = stapled;
    unsigned char *copy;

    if (!make_staple(s, SSL_get_certificate(ssl)))
        return SSL_TLSEXT_ERR_NOACK;
    copy = OPENSSL_memdup(s->der, (size_t)s->size);
    return copy != NULL && SSL_set_tlsext_status_ocsp_resp(ssl, copy, s->size) == 1
               ? SSL_TLSEXT_ERR_OK
               : SSL_TLSEXT_ERR_NOACK;
}

void lab_staple(struct lab *lab, SSL_CTX *tls, const struct lab_cert_spec *spec)
{
    struct lab_stapled *s = lab->stapled;

    while (s < lab->stapled + lab->stapled_count && s->spec != spec)
        s++;
    if (spec->staple == LAB_STAPLE_NONE || s == lab->stapled + LAB_STAPLED)
        return;
    if (s == lab->stapled + lab->stapled_count) {
        *s = (struct lab_stapled){ lab, spec, NULL, 0 };
        lab->stapled_count++;
    }
    SSL_CTX_set_tlsext_status_cb(tls, on_status);
    SSL_CTX_set_tlsext_status_arg(tls, s);
}

void lab_staples_end(struct lab *lab)
{
    for (size_t i = 0; i < lab->stapled_count; i++)
        OPENSSL_free(lab->stapled[i].der);
}
