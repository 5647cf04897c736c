/* trust.c - chains against the stores */
#include "lp/court.h"
#include "lp/text.h"

/* Does any other chain of the walk hold a CA certificate with that subject? Then it
 * exists, and was not sent here. */
static bool is_sent_elsewhere(const struct lp_court *court, struct lp_str subject)
{
    for (size_t i = 0; i < court->log->n; i++) {
        const struct lp_evidence *e = court->log->at[i];
        if (e->shape != &lp_shape_certificate)
            continue;
        const struct lp_certificate *cert = e->facts;
        if (cert->is_ca && !cert->self_issued && lp_str_eq(cert->subject, subject))
            return true;
    }
    return false;
}

/* That certificate was sent with the leaf; NULL: none of that subject. */
static const struct lp_certificate *sent(const struct lp_court *court, const struct lp_link *link,
                                         struct lp_str subject)
{
    const struct lp_str *chain = link->chain.at;
    for (size_t i = 1; i < link->chain.n; i++) {
        const struct lp_certificate *cert = lp_log_certificate(court->log, chain[i]);
        if (cert && cert->readable && lp_str_eq(cert->subject, subject))
            return cert;
    }
    return NULL;
}

/* How far the certificates that were sent lead from the leaf. */
struct reach {
    const struct lp_certificate *last; /* whose issuer was not sent, or is itself; NULL: no
                                          leaf */
    size_t links;                      /* certificates up to there; others were sent in vain */
};

static struct reach reach_of(const struct lp_court *court, const struct lp_link *link)
{
    const struct lp_str *chain = link->chain.at;
    struct reach reach = { .links = 1 };
    const struct lp_certificate *next;
    if (link->chain.n)
        reach.last = lp_log_certificate(court->log, chain[0]);
    while (reach.last && reach.last->readable && !reach.last->self_issued &&
           reach.links < link->chain.n && (next = sent(court, link, reach.last->issuer))) {
        reach.last = next;
        reach.links++;
    }
    return reach;
}

static bool has_url(const struct lp_list *urls, const char *scheme)
{
    const struct lp_str *at = urls->at;
    for (size_t i = 0; i < urls->n; i++) {
        if (lp_str_starts_nocase(at[i], scheme))
            return true;
    }
    return false;
}

/* A CA that names places in a directory is a company's own: its root, which nobody
   outside knows, may well have issued the leaf. */
static bool is_of_company(const struct lp_certificate *cert)
{
    return has_url(&cert->issuers, "ldap") || has_url(&cert->cdp, "ldap");
}

/* A CA that says of itself that it is no root. */
static bool is_named_intermediate(struct lp_str issuer)
{
    static const char *const words[] = { "intermediate", "issuing", "subordinate",
                                         "sub ca",       "sub-ca",  "subca" };
    for (size_t w = 0; w < LP_COUNT(words); w++) {
        for (size_t i = 0; i < issuer.n; i++) {
            if (lp_str_starts_nocase(lp_str_sub(issuer, i, issuer.n), words[w]))
                return true;
        }
    }
    return false;
}

/* Was a CA certificate sent that is neither a root nor of the leaf's chain: that of an
   older leaf, say? */
static bool has_stray(const struct lp_court *court, const struct lp_link *link, size_t links)
{
    const struct lp_str *chain = link->chain.at;
    size_t others = 0;
    for (size_t i = 1; i < link->chain.n; i++) {
        const struct lp_certificate *cert = lp_log_certificate(court->log, chain[i]);
        others += cert && cert->readable && cert->is_ca && !cert->self_issued;
    }
    return others >= links;
}

/* OpenSSL's words for a missing issuer: X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT and
   ..._LOCALLY. Others mean that there is one, which will not do. */
static bool lacks_issuer(const struct lp_verify *v)
{
    return !v->done || v->code == 2 || v->code == 20;
}

/*
 * The sent certificates lead to one whose issuer was not sent and is in no store. It is
 * an intermediate when another endpoint sends it, when others were sent in its place, or
 * when it is named so; outside also when the leaf came alone and says where its issuer is
 * to be had: public CAs never issue from a root. Else nothing shows that it is not simply
 * an unknown root.
 */
static bool is_incomplete(const struct lp_court *court, const struct lp_seat *seat)
{
    struct reach reach = reach_of(court, seat->link);
    if (!reach.last || !reach.last->readable || reach.last->self_issued ||
        !lacks_issuer(&seat->link->private_store) || !lacks_issuer(&seat->link->public_store))
        return false;
    if (is_sent_elsewhere(court, reach.last->issuer) || has_stray(court, seat->link, reach.links))
        return true;
    if (is_of_company(reach.last))
        return false;
    bool private = seat->link->private_store.done;
    return ((!court->survey->internal || private) && is_named_intermediate(reach.last->issuer)) ||
           (!court->survey->internal && seat->link->chain.n == 1 &&
            has_url(&reach.last->issuers, "http"));
}

static bool is_verified(const struct lp_verify *v)
{
    return v->done && v->code == 0;
}

static struct lp_str say_verify(struct lp_court *court, const struct lp_link *link)
{
    const struct lp_verify *v =
        link->private_store.done ? &link->private_store : &link->public_store;
    const struct lp_certificate *last = reach_of(court, link).last;
    return lp_say(court, "%s at depth %lld; the last certificate of the chain is issued by %s",
                  lp_text(court, v->text), (long long)v->depth,
                  last ? lp_text(court, last->issuer) : "nobody");
}

static void check_untrusted(struct lp_court *court, const struct lp_seat *seat)
{
    const struct lp_certificate *last = reach_of(court, seat->link).last;
    if (last && is_incomplete(court, seat)) {
        struct lp_claim *claim = lp_claim_seat(court, "LP-CERT-CHAIN-INCOMPLETE", seat);
        claim->expected = lp_say(court, "the intermediate certificate %s sent along",
                                 lp_text(court, last->issuer));
        claim->observed = lp_say(court,
                                 seat->link->chain.n == 1 ? "%zu certificate sent, without it"
                                                          : "%zu certificates sent, without it",
                                 seat->link->chain.n);
        return;
    }
    struct lp_claim *claim = lp_claim_seat(court, "LP-CERT-UNTRUSTED", seat);
    claim->expected =
        seat->link->private_store.done
            ? lp_say(court, "a chain that ends at a root of --cacert or the public store")
            : lp_say(court, "a chain that ends at a root of the public store");
    claim->observed = say_verify(court, seat->link);
}

/* By the topology where it asks for a certificate, else by the view. The cloud has public ones
 * everywhere: where another shows up, something on the way opens TLS. */
static enum lp_root_kind root_wanted(struct lp_court *court, const struct lp_seat *seat)
{
    const struct lp_expectation *row = lp_seat_certificate(court, seat);
    if (row)
        return row->cert.root;
    if (lp_is_in_cloud(court, seat->link->host))
        return LP_ROOT_PUBLIC;
    return court->survey->internal ? LP_ROOT_PRIVATE : LP_ROOT_PUBLIC;
}

/* Does the topology itself say which CA it must be? */
static bool is_said(const struct lp_court *court, const struct lp_seat *seat)
{
    const struct lp_expectation *row = lp_seat_certificate(court, seat);
    return row && row->pool && row->pool->root.n;
}

static void check_kind(struct lp_court *court, const struct lp_seat *seat)
{
    const struct lp_link *link = seat->link;
    bool private = is_verified(&link->private_store), public = is_verified(&link->public_store);
    if (private == public || !link->private_store.done || !link->public_store.done)
        return;
    enum lp_root_kind wanted = root_wanted(court, seat);
    if (wanted == LP_ROOT_ANY || (wanted == LP_ROOT_PRIVATE) == private)
        return;
    struct lp_claim *claim = lp_claim_seat(court, "LP-CERT-WRONG-CA", seat);
    if (wanted == LP_ROOT_PRIVATE && !is_said(court, seat))
        claim->severity = LP_INFO;
    claim->expected = wanted == LP_ROOT_PRIVATE ? lp_say(court, "a certificate of the private CA")
                                                : lp_say(court, "a certificate of a public CA");
    claim->observed =
        lp_say(court, "the chain ends at %s",
               lp_text(court, private ? link->private_store.root : link->public_store.root));
}

static void check_seat(struct lp_court *court, const struct lp_seat *seat)
{
    const struct lp_link *link = seat->link;
    if (seat->leaf->self_signed) {
        struct lp_claim *claim = lp_claim_seat(court, "LP-CERT-SELF-SIGNED", seat);
        claim->expected = lp_say(court, "a certificate issued by a CA");
        claim->observed =
            lp_say(court, "issuer and subject are both %s", lp_text(court, seat->leaf->subject));
        return;
    }
    if (!link->private_store.done && !link->public_store.done)
        return;
    if (is_verified(&link->private_store) || is_verified(&link->public_store))
        check_kind(court, seat);
    else
        check_untrusted(court, seat);
}

void lp_check_trust(struct lp_court *court)
{
    for (size_t i = 0; i < court->seat_count; i++) {
        if (court->seats[i].leaf && court->seats[i].leaf->readable)
            check_seat(court, &court->seats[i]);
    }
}
