/* certs.c - the certificate itself: names, dates, usage, encoding (domain.md 5) */
#include "lp/court.h"
#include "lp/name.h"
#include "lp/text.h"

enum { DAY = 86400 };

/* ---- names ---- */

static bool add_name(struct lp_court *court, struct lp_str *list, struct lp_str name)
{
    struct lp_str rest = *list;
    while (rest.n) {
        if (lp_name_eq(lp_str_trim(lp_str_cut(&rest, ',')), name))
            return false;
    }
    struct lp_str parts[] = { *list, list->n ? LP_STR(", ") : LP_STR(""),
                              lp_clean_text(court->arena, name, NULL) };
    *list = lp_arena_join(court->arena, parts, LP_COUNT(parts));
    return true;
}

/* Every name that the certificate must have: those it has, and the hosts at which it
   was shown. */
static struct lp_str all_names(struct lp_court *court, const struct lp_certificate *leaf)
{
    struct lp_str list = LP_STR("");
    const struct lp_str *san = leaf->san.at;
    for (size_t i = 0; i < leaf->san.n && i < 32; i++)
        add_name(court, &list, san[i]);
    for (size_t i = 0; i < court->seat_count; i++) {
        const struct lp_seat *s = &court->seats[i];
        if (s->leaf && lp_str_eq(s->leaf->sha256, leaf->sha256) &&
            !lp_cert_covers(leaf, s->link->host, NULL))
            add_name(court, &list, s->link->host);
    }
    return list;
}

static struct lp_str say_san(struct lp_court *court, const struct lp_certificate *leaf)
{
    const struct lp_str *san = leaf->san.at;
    struct lp_str text = LP_STR("");
    for (size_t i = 0; i < leaf->san.n && i < 8; i++)
        text = lp_say(court, "%s%s%s", text.p, i ? ", " : "", lp_text(court, san[i]));
    if (!leaf->san.n)
        return leaf->common_name.n
                   ? lp_say(court, "no SAN, only the subject %s", lp_text(court, leaf->common_name))
                   : lp_say(court, "no SAN");
    if (leaf->san_count > 8)
        text = lp_say(court, "%s and %lld more", text.p, (long long)leaf->san_count - 8);
    return text;
}

static struct lp_claim *claim_leaf(struct lp_court *court, const char *id,
                                   const struct lp_seat *seat)
{
    struct lp_claim *claim = lp_claim_seat(court, id, seat);
    const struct lp_evidence *e;
    struct lp_str parts[] = { LP_STR("certificate "), seat->leaf->sha256 };
    e = lp_log_find(court->log, lp_arena_join(court->arena, parts, LP_COUNT(parts)));
    if (e)
        lp_claim_evidence(claim, e->id);
    claim->vars.names = lp_seat_names(court, seat);
    if (!claim->vars.names.p)
        claim->vars.names = all_names(court, seat->leaf);
    return claim;
}

static void check_host_name(struct lp_court *court, const struct lp_seat *seat)
{
    struct lp_addr literal;
    bool mutual = seat->row && seat->row->port.mutual;
    /* the redirect or link that leads to an address is itself out of the domain */
    bool by_address = seat->web && lp_addr_parse(seat->link->host, &literal);
    if (mutual || by_address || lp_cert_covers(seat->leaf, seat->link->host, NULL))
        return;
    struct lp_claim *claim = claim_leaf(court, "LP-CERT-NAME-MISMATCH", seat);
    if (lp_is_in_cloud(court, seat->link->host))
        claim->severity = LP_INFO;
    claim->expected = lp_say(court, "%s in the SAN", lp_text(court, seat->link->host));
    claim->observed = say_san(court, seat->leaf);
}

static void check_subject(struct lp_court *court, const struct lp_seat *seat)
{
    struct lp_str cn = seat->leaf->common_name;
    if (!cn.n || lp_list_has_name(&seat->leaf->san, cn) ||
        (seat->leaf->san.n && lp_cert_covers(seat->leaf, cn, NULL)))
        return;
    struct lp_claim *claim = claim_leaf(court, "LP-CERT-SUBJECT-NOT-IN-SAN", seat);
    add_name(court, &claim->vars.names, cn);
    claim->expected = lp_say(court, "%s in the SAN too", lp_text(court, cn));
    claim->observed = say_san(court, seat->leaf);
}

/* The web service's certificate names another domain than the user's (domain.md 1.3). */
static void check_trust_prompt(struct lp_court *court, const struct lp_seat *seat)
{
    struct lp_str cn = seat->leaf->common_name;
    struct lp_str bare = lp_str_starts_nocase(cn, "*.") ? lp_str_sub(cn, 2, cn.n) : cn;
    if (!seat->web || !cn.n || lp_name_in_domain(bare, court->log->setup.domain) ||
        lp_name_is_trusted(bare))
        return;
    struct lp_claim *claim = claim_leaf(court, "LP-CERT-TRUST-PROMPT", seat);
    if (lp_is_of_topology(court, seat->link->host) || lp_is_of_topology(court, bare))
        claim->severity = LP_INFO;
    claim->expected = lp_say(court, "a subject in %s", lp_text(court, court->log->setup.domain));
    claim->observed = lp_say(court, "subject %s", lp_text(court, cn));
}

/* ---- dates ---- */

static const char *which(struct lp_court *court, const struct lp_seat *seat,
                         const struct lp_certificate *cert)
{
    if (cert == seat->leaf)
        return "";
    return lp_say(court, "CA certificate %s: ", lp_text(court, cert->subject)).p;
}

static void check_expiring(struct lp_court *court, const struct lp_seat *seat,
                           const struct lp_certificate *cert)
{
    char day[24];
    const struct lp_setup *setup = &court->log->setup;
    int64_t days = (cert->not_after - setup->clock) / DAY;
    if (days >= setup->days_warning)
        return;
    struct lp_claim *claim = claim_leaf(court, "LP-CERT-EXPIRING", seat);
    if (days < setup->days_critical)
        claim->severity = lp_seat_severity(seat, LP_CRITICAL);
    lp_format_day(cert->not_after, day, sizeof day);
    claim->expected = lp_say(court, "at least %lld days left", (long long)setup->days_warning);
    claim->observed =
        lp_say(court, days == 1 ? "%sends on %s, %lld day left" : "%sends on %s, %lld days left",
               which(court, seat, cert), day, (long long)days);
}

static bool ends_at(const struct lp_verify *v, const struct lp_certificate *cert)
{
    return v->done && v->code == 0 && lp_str_eq(v->root, cert->subject);
}

/* A root signed by an older one, sent along: clients have the root itself, and end
   there. */
static bool is_needless(const struct lp_seat *seat, const struct lp_certificate *cert)
{
    return cert != seat->leaf && !cert->self_issued &&
           (ends_at(&seat->link->private_store, cert) || ends_at(&seat->link->public_store, cert));
}

static void check_dates(struct lp_court *court, const struct lp_seat *seat,
                        const struct lp_certificate *cert)
{
    char day[24];
    int64_t now = court->log->setup.clock;
    if (cert->not_after != LP_UTC_NONE && cert->not_after < now) {
        struct lp_claim *claim = claim_leaf(court, "LP-CERT-EXPIRED", seat);
        if (is_needless(seat, cert))
            claim->severity = LP_INFO;
        int64_t days = (now - cert->not_after) / DAY;
        lp_format_day(cert->not_after, day, sizeof day);
        claim->expected = lp_say(court, "a certificate that is in date");
        claim->observed = lp_say(
            court, days == 1 ? "%sended on %s, %lld day ago" : "%sended on %s, %lld days ago",
            which(court, seat, cert), day, (long long)days);
    } else if (cert->not_before != LP_UTC_NONE && cert->not_before > now) {
        struct lp_claim *claim = claim_leaf(court, "LP-CERT-NOT-YET-VALID", seat);
        lp_format_day(cert->not_before, day, sizeof day);
        claim->expected = lp_say(court, "a certificate that is in date");
        claim->observed = lp_say(court, "%sbegins on %s", which(court, seat, cert), day);
    } else if (cert->not_after != LP_UTC_NONE && !cert->self_issued) {
        check_expiring(court, seat, cert);
    }
}

static void check_chain_dates(struct lp_court *court, const struct lp_seat *seat)
{
    const struct lp_str *chain = seat->link->chain.at;
    for (size_t i = 0; i < seat->link->chain.n; i++) {
        const struct lp_certificate *cert = lp_log_certificate(court->log, chain[i]);
        if (cert && cert->readable)
            check_dates(court, seat, i ? cert : seat->leaf);
    }
}

/* ---- usage and encoding ---- */

static bool has_usage(const struct lp_certificate *cert, const char *name)
{
    return lp_list_has_str(&cert->eku, lp_str_of(name));
}

static void check_usage(struct lp_court *court, const struct lp_seat *seat)
{
    const struct lp_str *eku = seat->leaf->eku.at;
    struct lp_str text = LP_STR("");
    if (!seat->leaf->has_eku || has_usage(seat->leaf, "serverAuth") ||
        has_usage(seat->leaf, "2.5.29.37.0") || has_usage(seat->leaf, "anyExtendedKeyUsage"))
        return;
    for (size_t i = 0; i < seat->leaf->eku.n && i < 8; i++)
        text = lp_say(court, "%s%s%s", text.p, i ? ", " : "", lp_text(court, eku[i]));
    struct lp_claim *claim = claim_leaf(court, "LP-CERT-EKU", seat);
    claim->expected = lp_say(court, "serverAuth in the extended key usage");
    claim->observed = text.n ? text : lp_say(court, "an empty list");
}

static void check_encoding(struct lp_court *court, const struct lp_seat *seat)
{
    if (!seat->leaf->bad_encoding.n && seat->leaf->readable)
        return;
    struct lp_claim *claim = claim_leaf(court, "LP-CERT-BAD-ENCODING", seat);
    claim->expected = lp_say(court, "names of plain printable text");
    claim->observed = seat->leaf->readable
                          ? lp_say(court, "%s", lp_text(court, seat->leaf->bad_encoding))
                          : lp_say(court, "a certificate that cannot be read");
}

/* ---- nodes of one name ---- */

static void check_nodes(struct lp_court *court, const struct lp_seat *seat)
{
    char mine[LP_ADDR_TEXT], other[LP_ADDR_TEXT];
    const struct lp_expectation *wanted = lp_seat_certificate(court, seat);
    if (wanted && !wanted->cert.shared)
        return; /* each server has its own */
    for (const struct lp_seat *s = court->seats; s < seat; s++) {
        if (!s->leaf || !lp_seats_are_siblings(s, seat))
            continue;
        if (lp_addr_eq(&s->link->address, &seat->link->address) ||
            lp_str_eq(s->leaf->sha256, seat->leaf->sha256))
            continue;
        struct lp_claim *claim = claim_leaf(court, "LP-CERT-NODES-DIFFER", seat);
        lp_addr_format(&seat->link->address, mine, sizeof mine);
        lp_addr_format(&s->link->address, other, sizeof other);
        claim->severity = LP_WARNING;
        claim->expected =
            lp_say(court, "the certificate of %s (%.16s...)", other, s->leaf->sha256.p);
        claim->observed = lp_say(court, "another one at %s (%.16s...)", mine, seat->leaf->sha256.p);
        lp_claim_evidence(claim, s->e->id);
        return;
    }
}

void lp_check_certificates(struct lp_court *court)
{
    for (size_t i = 0; i < court->seat_count; i++) {
        const struct lp_seat *seat = &court->seats[i];
        if (!seat->leaf)
            continue;
        check_encoding(court, seat);
        if (!seat->leaf->readable)
            continue;
        check_host_name(court, seat);
        check_chain_dates(court, seat);
        check_usage(court, seat);
        check_subject(court, seat);
        check_trust_prompt(court, seat);
        check_nodes(court, seat);
    }
}
