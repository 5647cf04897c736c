/* rows_certs.c - certificates as their role asks for them (domain.md 5; poster: certificates) */
#include "lp/court.h"
#include "lp/name.h"
#include "lp/text.h"

/* One certificate before one expectation. */
struct paper {
    struct lp_court *court;
    const struct lp_seat *seat;
    const struct lp_expect_cert *cert;
};

/* ---- sets of names ---- */

static void add_name(struct lp_court *court, struct lp_list *names, struct lp_str name)
{
    if (!lp_list_has_name(names, name))
        lp_list_push(court->arena, names, &name, sizeof name);
}

static struct lp_str say(struct lp_court *court, const struct lp_list *names, size_t most)
{
    const struct lp_str *at = names->at;
    struct lp_str text = LP_STR("");
    for (size_t i = 0; i < names->n && i < most; i++) {
        struct lp_str parts[] = { text, text.n ? LP_STR(", ") : LP_STR(""),
                                  lp_clean_text(court->arena, at[i], NULL) };
        text = lp_arena_join(court->arena, parts, LP_COUNT(parts));
    }
    if (names->n > most)
        text = lp_say(court, "%s and %zu more", text.p, names->n - most);
    return text;
}

/* The server's own name; behind a load balancer that of any member will do. */
static bool lacks_member(const struct paper *p, struct lp_str *member)
{
    const struct lp_str *members = p->cert->members.at;
    struct lp_str own = p->seat->row->port.member;
    *member = own.n || !p->cert->members.n ? own : members[0];
    if (own.n && lp_list_has_name(&p->cert->members, own))
        return !lp_cert_covers(p->seat->leaf, own, NULL);
    for (size_t i = 0; i < p->cert->members.n; i++) {
        if (lp_cert_covers(p->seat->leaf, members[i], NULL))
            return false;
    }
    return p->cert->members.n > 0;
}

/* All that a new certificate for this place must have: the subject first. */
static struct lp_list request_names(const struct paper *p)
{
    struct lp_list names = { 0 };
    struct lp_str member = p->seat->row->port.member;
    const struct lp_str *at = p->cert->names.at;
    if (p->cert->subject.n)
        add_name(p->court, &names, p->cert->subject);
    for (size_t i = 0; i < p->cert->names.n; i++)
        add_name(p->court, &names, at[i]);
    if (member.n && lp_list_has_name(&p->cert->members, member))
        add_name(p->court, &names, member);
    at = p->cert->softer.at;
    for (size_t i = 0; i < p->cert->softer.n; i++)
        add_name(p->court, &names, at[i]);
    return names;
}

struct lp_str lp_seat_names(struct lp_court *court, const struct lp_seat *seat)
{
    const struct lp_expectation *row = lp_seat_certificate(court, seat);
    if (!row)
        return LP_STR_NONE;
    struct paper paper = { court, seat, &row->cert };
    struct lp_list names = request_names(&paper);
    return say(court, &names, SIZE_MAX);
}

static struct lp_claim *claim_paper(const struct paper *p, const char *id)
{
    struct lp_claim *claim = lp_claim_seat(p->court, id, p->seat);
    claim->vars.names = lp_seat_names(p->court, p->seat);
    return claim;
}

/* ---- checks ---- */

static struct lp_list missing_of(const struct paper *p, const struct lp_list *wanted)
{
    struct lp_list missing = { 0 };
    const struct lp_str *at = wanted->at;
    for (size_t i = 0; i < wanted->n; i++) {
        if (!lp_cert_covers(p->seat->leaf, at[i], NULL))
            add_name(p->court, &missing, at[i]);
    }
    return missing;
}

static void check_missing(const struct paper *p)
{
    struct lp_list missing = missing_of(p, &p->cert->names);
    struct lp_list softer = missing_of(p, &p->cert->softer);
    const struct lp_str *at = softer.at;
    struct lp_str member;
    if (lacks_member(p, &member) && member.n)
        add_name(p->court, &missing, member);
    bool soft = !missing.n;
    for (size_t i = 0; i < softer.n; i++)
        add_name(p->court, &missing, at[i]);
    if (!missing.n)
        return;
    struct lp_claim *claim = claim_paper(p, "LP-CERT-SAN-MISSING");
    if (soft && claim->severity == LP_CRITICAL)
        claim->severity = LP_WARNING;
    claim->expected = lp_say(p->court, "%s in the SAN", claim->vars.names.p);
    claim->observed = lp_say(p->court, "missing: %s", say(p->court, &missing, 32).p);
}

static bool is_wanted(const struct paper *p, struct lp_str name)
{
    const struct lp_list *lists[] = { &p->cert->names, &p->cert->softer, &p->cert->allowed,
                                      &p->cert->members };
    for (size_t i = 0; i < LP_COUNT(lists); i++) {
        if (lp_list_has_name(lists[i], name))
            return true;
    }
    return lp_name_eq(p->cert->subject, name);
}

/* A wildcard is another check's business. */
static void check_extra(const struct paper *p)
{
    struct lp_list extra = { 0 };
    const struct lp_str *san = p->seat->leaf->san.at;
    for (size_t i = 0; i < p->seat->leaf->san.n; i++) {
        if (!is_wanted(p, san[i]) && !lp_str_starts_nocase(san[i], "*."))
            add_name(p->court, &extra, san[i]);
    }
    if (!extra.n)
        return;
    struct lp_claim *claim = claim_paper(p, "LP-CERT-SAN-EXTRA");
    claim->expected = lp_say(p->court, "only names that the role needs");
    claim->observed = say(p->court, &extra, 8);
}

static void check_subject(const struct paper *p)
{
    struct lp_str cn = p->seat->leaf->common_name;
    if (!p->cert->subject.n || lp_name_eq(cn, p->cert->subject))
        return;
    struct lp_claim *claim = claim_paper(p, "LP-CERT-SUBJECT");
    claim->expected = lp_say(p->court, "subject %s", lp_text(p->court, p->cert->subject));
    claim->observed = cn.n ? lp_say(p->court, "subject %s", lp_text(p->court, cn))
                           : lp_say(p->court, "empty subject");
}

static void check_client_usage(const struct paper *p)
{
    const struct lp_str *eku = p->seat->leaf->eku.at;
    if (!p->cert->client_auth || !p->seat->leaf->has_eku)
        return;
    for (size_t i = 0; i < p->seat->leaf->eku.n; i++) {
        if (lp_str_eq(eku[i], LP_STR("clientAuth")) || lp_str_eq(eku[i], LP_STR("2.5.29.37.0")) ||
            lp_str_eq(eku[i], LP_STR("anyExtendedKeyUsage")))
            return;
    }
    struct lp_claim *claim = claim_paper(p, "LP-CERT-EKU");
    if (claim->severity == LP_CRITICAL)
        claim->severity = LP_WARNING;
    claim->expected = lp_say(p->court, "clientAuth in the extended key usage, beside serverAuth");
    claim->observed = say(p->court, &p->seat->leaf->eku, 8);
}

/* ---- wildcards ---- */

static struct lp_str first_wildcard(const struct lp_certificate *leaf)
{
    const struct lp_str *san = leaf->san.at;
    for (size_t i = 0; i < leaf->san.n; i++) {
        if (lp_str_starts_nocase(san[i], "*."))
            return san[i];
    }
    return LP_STR_NONE;
}

/* Names of sign-in servers must be written out: the subject, the members, sip. */
static bool stands_for_server(const struct paper *p, struct lp_str *by)
{
    const struct lp_str *names = p->cert->names.at;
    struct lp_str own = p->seat->row->port.member;
    struct lp_list must = { 0 };
    add_name(p->court, &must, p->cert->subject);
    if (own.n)
        add_name(p->court, &must, own);
    for (size_t i = 0; i < p->cert->names.n; i++) {
        if (lp_str_starts_nocase(names[i], "sip."))
            add_name(p->court, &must, names[i]);
    }
    const struct lp_str *at = must.at;
    for (size_t i = 0; i < must.n; i++) {
        if (at[i].n && lp_cert_covers(p->seat->leaf, at[i], by) && by->p &&
            lp_str_starts_nocase(*by, "*."))
            return true;
    }
    return false;
}

static void check_wildcard(const struct paper *p)
{
    struct lp_str by = LP_STR_NONE, cn = p->seat->leaf->common_name;
    if (p->cert->wildcard == LP_WILDCARD_ANY)
        return;
    if (p->cert->wildcard == LP_WILDCARD_NO)
        by = first_wildcard(p->seat->leaf);
    else if (!stands_for_server(p, &by))
        by = LP_STR_NONE;
    bool subject = lp_str_starts_nocase(cn, "*.");
    if (!by.p && !subject)
        return;
    struct lp_claim *claim = claim_paper(p, "LP-CERT-WILDCARD");
    claim->expected = p->cert->wildcard == LP_WILDCARD_NO
                          ? lp_say(p->court, "each name written out, and no wildcard")
                          : lp_say(p->court, "the names of sign-in servers written out");
    claim->observed = by.p ? lp_say(p->court, "%s in the SAN", lp_text(p->court, by))
                           : lp_say(p->court, "subject %s", lp_text(p->court, cn));
}

/* ---- all of them ---- */

/* Shown at several ports of one address: looked at once for each row of certificates. */
static bool is_repeated(const struct lp_court *court, const struct lp_seat *seat)
{
    for (const struct lp_seat *s = court->seats; s < seat; s++) {
        if (s->row && s->leaf && s->row->port.certificate == seat->row->port.certificate &&
            lp_str_eq(s->row->port.member, seat->row->port.member) &&
            lp_str_eq(s->leaf->sha256, seat->leaf->sha256))
            return true;
    }
    return false;
}

void lp_check_expected_certificates(struct lp_court *court)
{
    static void (*const checks[])(const struct paper *) = {
        check_missing, check_extra, check_subject, check_client_usage, check_wildcard,
    };
    for (size_t i = 0; i < court->seat_count; i++) {
        const struct lp_seat *seat = &court->seats[i];
        const struct lp_expectation *row = lp_seat_certificate(court, seat);
        if (!row || !seat->leaf || !seat->leaf->readable || is_repeated(court, seat))
            continue;
        struct paper paper = { court, seat, &row->cert };
        for (size_t k = 0; k < LP_COUNT(checks); k++)
            checks[k](&paper);
    }
}
