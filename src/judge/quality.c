/* quality.c - what weakens a certificate (domain.md 5.2, 5.3) */
#include "lp/court.h"
#include "lp/lang.h"

/* One check of one certificate of a chain: the words for what was seen, unset when all
   is well. */
struct look {
    const char *id;
    const char *expected;
    bool whole_chain; /* else only the leaf */
    struct lp_str (*observe)(struct lp_court *court, const struct lp_certificate *cert);
};

static bool is_kind(const struct lp_certificate *cert, const char *type)
{
    return lp_str_starts_nocase(cert->key_type, type);
}

static struct lp_str weak_key(struct lp_court *court, const struct lp_certificate *cert)
{
    bool weak = (is_kind(cert, "RSA") && cert->key_bits < 2048) ||
                (is_kind(cert, "EC") && cert->key_bits < 256);
    if (!weak)
        return LP_STR_NONE;
    return lp_say(court, "%s key of %lld bits", lp_text(court, cert->key_type),
                  (long long)cert->key_bits);
}

/* A root's own signature is never looked at. */
static struct lp_str weak_signature(struct lp_court *court, const struct lp_certificate *cert)
{
    bool weak = lp_str_eq_nocase(cert->digest, LP_STR("SHA1")) ||
                lp_str_eq_nocase(cert->digest, LP_STR("MD5")) ||
                lp_str_eq_nocase(cert->digest, LP_STR("MD2")) ||
                lp_str_eq_nocase(cert->digest, LP_STR("MD4"));
    if (!weak || cert->self_issued)
        return LP_STR_NONE;
    return lp_say(court, "%s", lp_text(court, cert->signature));
}

static struct lp_str pss(struct lp_court *court, const struct lp_certificate *cert)
{
    if (!lp_str_starts_nocase(cert->signature, "rsassaPss") || cert->self_issued)
        return LP_STR_NONE;
    return lp_say(court, "%s", lp_text(court, cert->signature));
}

static bool has_http(const struct lp_list *list)
{
    const struct lp_str *urls = list->at;
    for (size_t i = 0; i < list->n; i++) {
        if (lp_str_starts_nocase(urls[i], "http"))
            return true;
    }
    return false;
}

/* An OCSP responder does as well. */
static struct lp_str no_cdp(struct lp_court *court, const struct lp_certificate *cert)
{
    const struct lp_str *urls = cert->cdp.at;
    if (has_http(&cert->cdp) || has_http(&cert->ocsp))
        return LP_STR_NONE;
    if (!cert->cdp.n)
        return lp_say(court, "no CRL distribution point");
    return lp_say(court, "only %s", lp_text(court, urls[0]));
}

static const struct look looks[] = {
    { "LP-CERT-WEAK-KEY", LP_TR("RSA of 2048 bits, or a curve of 256, at least"), true, weak_key },
    { "LP-CERT-WEAK-SIGNATURE", LP_TR("a SHA-2 signature"), true, weak_signature },
    { "LP-CERT-PSS", LP_TR("an RSA PKCS#1 v1.5 or ECDSA signature"), true, pss },
    { "LP-CERT-NO-CDP", LP_TR("a CRL distribution point by http"), false, no_cdp },
};

static void take_look(struct lp_court *court, const struct lp_seat *seat, const struct look *look)
{
    const struct lp_str *chain = seat->link->chain.at;
    size_t n = look->whole_chain ? seat->link->chain.n : 1;
    for (size_t i = 0; i < n; i++) {
        const struct lp_certificate *cert =
            i ? lp_log_certificate(court->log, chain[i]) : seat->leaf;
        struct lp_str seen = cert && cert->readable ? look->observe(court, cert) : LP_STR_NONE;
        if (!seen.p)
            continue;
        struct lp_claim *claim = lp_claim_seat(court, look->id, seat);
        claim->expected = lp_str_of(lp_tr(court->arena, look->expected));
        claim->observed =
            i ? lp_say(court, "CA certificate %s: %s", lp_text(court, cert->subject), seen.p)
              : seen;
        return;
    }
}

static struct lp_str first_wildcard(const struct lp_certificate *cert)
{
    const struct lp_str *san = cert->san.at;
    for (size_t i = 0; i < cert->san.n; i++) {
        if (lp_str_starts_nocase(san[i], "*."))
            return san[i];
    }
    return LP_STR_NONE;
}

/* Sign-in servers do not accept a wildcard: the Edge not at all, a Front End not in
   place of its own names (its certificate may serve the web names too); no role
   accepts it as subject (domain.md 5.3). */
static void check_wildcard(struct lp_court *court, const struct lp_seat *seat)
{
    struct lp_str by = LP_STR_NONE;
    bool covered = lp_cert_covers(seat->leaf, seat->link->host, &by);
    /* a topology says by role where one may stand */
    if (seat->e->shape->has_http || seat->row || lp_is_in_cloud(court, seat->link->host))
        return;
    if (!court->survey->internal)
        by = first_wildcard(seat->leaf);
    bool name = by.p && lp_str_starts_nocase(by, "*.") && (covered || !court->survey->internal);
    if (!name && !lp_str_starts_nocase(seat->leaf->common_name, "*."))
        return;
    struct lp_claim *claim = lp_claim_seat(court, "LP-CERT-WILDCARD", seat);
    claim->expected = lp_say(court, "%s itself in the SAN, and no wildcard", claim->vars.host.p);
    claim->observed = name ? lp_say(court, "%s in the SAN", lp_text(court, by))
                           : lp_say(court, "subject %s", lp_text(court, seat->leaf->common_name));
}

void lp_check_quality(struct lp_court *court)
{
    for (size_t i = 0; i < court->seat_count; i++) {
        const struct lp_seat *seat = &court->seats[i];
        if (!seat->leaf || !seat->leaf->readable)
            continue;
        for (size_t k = 0; k < LP_COUNT(looks); k++)
            take_look(court, seat, &looks[k]);
        check_wildcard(court, seat);
    }
}
