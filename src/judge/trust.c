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

static const struct lp_certificate *last_sent(const struct lp_court *court,
                                              const struct lp_link *link)
{
    const struct lp_str *chain = link->chain.at;
    return link->chain.n ? lp_log_certificate(court->log, chain[link->chain.n - 1]) : NULL;
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

/* A leaf alone that says where its issuer is to be had. A CA that names places in a
   directory is a company's own: its root may well have issued the leaf. */
static bool is_public_leaf(const struct lp_certificate *leaf)
{
    return has_url(&leaf->issuers, "http") && !has_url(&leaf->issuers, "ldap") &&
           !has_url(&leaf->cdp, "ldap");
}

/*
 * The last certificate sent is issued by one that was not sent and is in no store. It is
 * an intermediate when another endpoint sends it; outside also when the leaf came alone
 * and is of a public CA, which never issues from a root. Else nothing shows that it is
 * not simply an unknown root.
 */
static bool is_incomplete(const struct lp_court *court, const struct lp_seat *seat)
{
    const struct lp_certificate *last = last_sent(court, seat->link);
    if (!last || !last->readable || last->self_issued)
        return false;
    if (is_sent_elsewhere(court, last->issuer))
        return true;
    return !court->survey->internal && seat->link->chain.n == 1 && is_public_leaf(last);
}

static bool is_verified(const struct lp_verify *v)
{
    return v->done && v->code == 0;
}

static struct lp_str say_verify(struct lp_court *court, const struct lp_link *link)
{
    const struct lp_verify *v =
        link->private_store.done ? &link->private_store : &link->public_store;
    const struct lp_certificate *last = last_sent(court, link);
    return lp_say(court, "%s at depth %lld; the last certificate sent is issued by %s",
                  lp_text(court, v->text), (long long)v->depth,
                  last ? lp_text(court, last->issuer) : "nobody");
}

static void check_untrusted(struct lp_court *court, const struct lp_seat *seat)
{
    const struct lp_certificate *last = last_sent(court, seat->link);
    if (is_incomplete(court, seat)) {
        struct lp_claim *claim = lp_claim_seat(court, "LP-CERT-CHAIN-INCOMPLETE", seat);
        claim->expected = lp_say(court, "the intermediate certificate %s sent along",
                                 lp_text(court, last->issuer));
        claim->observed = lp_say(court, "%zu certificate%s sent, without it", seat->link->chain.n,
                                 seat->link->chain.n == 1 ? "" : "s");
        return;
    }
    struct lp_claim *claim = lp_claim_seat(court, "LP-CERT-UNTRUSTED", seat);
    claim->expected = seat->link->private_store.done
                          ? LP_STR("a chain that ends at a root of --cacert or the public store")
                          : LP_STR("a chain that ends at a root of the public store");
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
    claim->expected = wanted == LP_ROOT_PRIVATE ? LP_STR("a certificate of the private CA")
                                                : LP_STR("a certificate of a public CA");
    claim->observed =
        lp_say(court, "the chain ends at %s",
               lp_text(court, private ? link->private_store.root : link->public_store.root));
}

static void check_seat(struct lp_court *court, const struct lp_seat *seat)
{
    const struct lp_link *link = seat->link;
    if (seat->leaf->self_signed) {
        struct lp_claim *claim = lp_claim_seat(court, "LP-CERT-SELF-SIGNED", seat);
        claim->expected = LP_STR("a certificate issued by a CA");
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
