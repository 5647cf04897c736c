/* certs.c - the certification authorities, made at start, and the peers' TLS contexts */
#include "lab.h"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/ssl.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *root;
    const char *intermediate;
    const char *file; /* NULL: its root is in nobody's store */
    const char *word; /* in the names of its CRLs */
} authorities[LAB_ISSUERS] = {
    [LAB_SAME] = { "", "", NULL, "" },
    [LAB_PRIVATE] = { "Contoso Private Root", "Contoso Private Issuing CA", "private-root.pem",
                      "private" },
    [LAB_PUBLIC] = { "Example Public Root", "Example Public Issuing CA", "public-root.pem",
                     "public" },
    [LAB_UNKNOWN] = { "Nobody's Root", "Nobody's Issuing CA", NULL, "unknown" },
    [LAB_SELF] = { "", "", NULL, "self" },
};

void lab_cdp_url(const struct lab *lab, enum lab_issuer issuer, char *out, size_t size)
{
    snprintf(out, size, "URI:http://pki.%s/%s.crl", lab_domain(lab), authorities[issuer].word);
}

/* Which CRL a path names. Revoked certificates are all made by the time that one asks. */
bool lab_crl(const struct lab *lab, const struct lab_request *r, struct lab_reply *reply)
{
    char path[64];

    for (size_t i = LAB_PRIVATE; i < LAB_SELF; i++) {
        const struct lab_ca *ca = &lab->ca[i];
        bool leaf, root;

        snprintf(path, sizeof path, "/%s.crl", authorities[i].word);
        leaf = strcmp(r->path, path) == 0;
        snprintf(path, sizeof path, "/%s-root.crl", authorities[i].word);
        root = strcmp(r->path, path) == 0;
        if (!leaf && !root)
            continue;
        if (!lab_crl_sign(leaf ? ca->crl : ca->root_crl, leaf ? ca->key : ca->root_key))
            return false;
        reply->type = "application/pkix-crl";
        return i2d_X509_CRL_bio(reply->body, leaf ? ca->crl : ca->root_crl) == 1;
    }
    return false;
}

static bool write_root(const struct lab *lab, const char *name, X509 *root)
{
    char path[640];
    FILE *file;
    bool ok;

    snprintf(path, sizeof path, "%s/%s", lab->dir, name);
    file = fopen(path, "we");
    if (file == NULL)
        return false;
    ok = PEM_write_X509(file, root) == 1;
    return fclose(file) == 0 && ok;
}

static X509 *make_ca(const char *cn, const struct lab_ca *ca, EVP_PKEY *key, const char *cdp)
{
    struct lab_cert_spec spec = { .cn = cn };
    struct lab_issue issue = { &spec, ca->root, ca->root_key, key, true, cdp, NULL };

    if (ca->root == NULL)
        issue.issuer_key = NULL;
    return lab_x509_make(&issue);
}

/* Who signs OCSP responses: for nothing else, and not to be looked up itself. */
static bool make_responder(struct lab_ca *ca)
{
    struct lab_cert_spec spec = { .cn = "OCSP", .names = "", .eku = "OCSPSigning" };
    struct lab_issue issue = { &spec, ca->cert, ca->key, NULL, false, "", NULL };

    issue.key = ca->ocsp_key = EVP_EC_gen("P-256");
    ca->ocsp_cert = issue.key == NULL ? NULL : lab_x509_make(&issue);
    ca->ocsp_only = lab_crl_make(ca->cert);
    return ca->ocsp_cert != NULL && ca->ocsp_only != NULL;
}

/* Root and intermediate, P-256 both; for a PSS signature the intermediate's key is
 * RSA. */
static bool make_authority(struct lab *lab, enum lab_issuer which, bool rsa)
{
    struct lab_ca *ca = &lab->ca[which];
    char cdp[160];

    snprintf(cdp, sizeof cdp, "URI:http://pki.%s/%s-root.crl", lab_domain(lab),
             authorities[which].word);
    ca->root_key = EVP_EC_gen("P-256");
    ca->key = rsa ? EVP_RSA_gen(2048) : EVP_EC_gen("P-256");
    if (ca->root_key == NULL || ca->key == NULL)
        return false;
    ca->root = make_ca(authorities[which].root, ca, ca->root_key, cdp);
    if (ca->root == NULL)
        return false;
    ca->cert = make_ca(authorities[which].intermediate, ca, ca->key, cdp);
    ca->crl = ca->cert == NULL ? NULL : lab_crl_make(ca->cert);
    ca->root_crl = lab_crl_make(ca->root);
    return ca->crl != NULL && ca->root_crl != NULL && make_responder(ca) &&
           (authorities[which].file == NULL || write_root(lab, authorities[which].file, ca->root));
}

bool lab_certs_start(struct lab *lab)
{
    const struct lab_edit *e = lab->options->fault->edits;
    bool rsa = false;

    lab->born = time(NULL);
    for (; e != NULL && e->tag != NULL; e++)
        rsa = rsa || lab_certs[e->cert].pss;
    return make_authority(lab, LAB_PRIVATE, false) && make_authority(lab, LAB_PUBLIC, rsa) &&
           make_authority(lab, LAB_UNKNOWN, false);
}

void lab_certs_end(struct lab *lab)
{
    for (size_t i = 0; i < lab->peer_count; i++)
        SSL_CTX_free(lab->peers[i].tls);
    lab_staples_end(lab);
    for (size_t i = 0; i < LAB_ISSUERS; i++) {
        EVP_PKEY_free(lab->ca[i].root_key);
        EVP_PKEY_free(lab->ca[i].key);
        X509_free(lab->ca[i].root);
        X509_free(lab->ca[i].cert);
        X509_CRL_free(lab->ca[i].crl);
        X509_CRL_free(lab->ca[i].root_crl);
        EVP_PKEY_free(lab->ca[i].ocsp_key);
        X509_free(lab->ca[i].ocsp_cert);
        X509_CRL_free(lab->ca[i].ocsp_only);
    }
}

static X509 *make_leaf(struct lab *lab, const struct lab_cert_spec *spec, EVP_PKEY *key)
{
    struct lab_ca *ca = &lab->ca[spec->issuer];
    char cdp[160], ocsp[160];
    struct lab_issue issue = { spec, ca->cert, ca->key, key, false, cdp, NULL };
    X509 *cert;

    lab_cdp_url(lab, spec->issuer, cdp, sizeof cdp);
    lab_ocsp_url(lab, ocsp, sizeof ocsp);
    if (spec->ocsp)
        issue.ocsp = spec->responder == NULL ? ocsp : spec->responder;
    cert = lab_x509_make(&issue);
    if (cert != NULL && spec->revoked)
        lab_crl_add(ca->crl, cert);
    if (cert != NULL && spec->ocsp_revoked)
        lab_crl_add(ca->ocsp_only, cert);
    return cert;
}

static bool identity(struct lab *lab, SSL_CTX *tls, const struct lab_cert_spec *spec)
{
    EVP_PKEY *key = spec->rsa1024 ? EVP_RSA_gen(1024) : EVP_EC_gen("P-256");
    X509 *cert = key == NULL ? NULL : make_leaf(lab, spec, key);
    X509 *chain = lab->ca[spec->issuer].cert;
    bool ok = cert != NULL && SSL_CTX_use_certificate(tls, cert) == 1 &&
              SSL_CTX_use_PrivateKey(tls, key) == 1;

    if (ok && !spec->bare && chain != NULL)
        ok = SSL_CTX_add1_chain_cert(tls, chain) == 1;
    X509_free(cert);
    EVP_PKEY_free(key);
    return ok;
}

/* Peers that show the same certificate share it: nodes behind one name must not differ.
 * `alike`: that behave alike besides. */
static SSL_CTX *shared(const struct lab *lab, const struct lab_peer *peer, bool alike)
{
    for (size_t i = 0; i < lab->peer_count; i++) {
        const struct lab_peer *p = &lab->peers[i];

        if (p == peer || p->tls == NULL || p->cert != peer->cert)
            continue;
        if (!alike || (p->way == peer->way && p->mutual == peer->mutual))
            return p->tls;
    }
    return NULL;
}

static bool share(SSL_CTX *tls, SSL_CTX *from)
{
    STACK_OF(X509) *chain = NULL;

    SSL_CTX_get0_chain_certs(from, &chain);
    return SSL_CTX_use_certificate(tls, SSL_CTX_get0_certificate(from)) == 1 &&
           SSL_CTX_use_PrivateKey(tls, SSL_CTX_get0_privatekey(from)) == 1 &&
           SSL_CTX_set1_chain(tls, chain) == 1;
}

/* Anonymous clients only: the name of a certificate decides nothing here. */
static int accept_any(int ok, X509_STORE_CTX *context)
{
    (void)ok;
    (void)context;
    return 1;
}

static int need_name(SSL *ssl, int *alert, void *unused)
{
    (void)unused;
    *alert = SSL_AD_UNRECOGNIZED_NAME;
    return SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name) == NULL ? SSL_TLSEXT_ERR_ALERT_FATAL
                                                                      : SSL_TLSEXT_ERR_OK;
}

/* No tickets, so that a handshake has the flights of a first one. */
static void set_way(SSL_CTX *tls, const struct lab_way_spec *way, bool mutual)
{
    SSL_CTX_set_min_proto_version(tls, way->min == 0 ? TLS1_2_VERSION : way->min);
    SSL_CTX_set_max_proto_version(tls, way->max == 0 ? TLS1_3_VERSION : way->max);
    SSL_CTX_set_cipher_list(tls, way->ciphers == NULL ? "DEFAULT:@SECLEVEL=0" : way->ciphers);
    SSL_CTX_set_options(tls, SSL_OP_NO_TICKET);
    SSL_CTX_set_num_tickets(tls, 0);
    SSL_CTX_set_session_cache_mode(tls, SSL_SESS_CACHE_OFF);
    if (way->mutual || mutual)
        SSL_CTX_set_verify(tls, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, accept_any);
    if (way->sni)
        SSL_CTX_set_tlsext_servername_callback(tls, need_name);
}

SSL_CTX *lab_tls_context(struct lab *lab, const struct lab_peer *peer)
{
    SSL_CTX *same = shared(lab, peer, true), *other = shared(lab, peer, false);
    SSL_CTX *tls;
    bool ok;

    if (same != NULL)
        return SSL_CTX_up_ref(same) == 1 ? same : NULL;
    tls = SSL_CTX_new(TLS_server_method());
    if (tls == NULL)
        return NULL;
    set_way(tls, &lab_ways[peer->way], peer->mutual);
    lab_staple(lab, tls, peer->cert);
    ok = other != NULL ? share(tls, other) : identity(lab, tls, peer->cert);
    if (ok)
        return tls;
    SSL_CTX_free(tls);
    return NULL;
}
