/* san.c - does a certificate cover a host? RFC 6125 over the SAN, without OpenSSL. */
#include "lp/cert.h"
#include "lp/name.h"

/* Letters, digits and inner hyphens. */
static bool is_ldh_label(struct lp_str label)
{
    if (label.n == 0 || label.p[0] == '-' || label.p[label.n - 1] == '-')
        return false;
    for (size_t i = 0; i < label.n; i++) {
        char c = lp_ascii_lower(label.p[i]);
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-')
            return false;
    }
    return true;
}

/* At least two labels, all of them LDH: "*.com" covers nothing. */
static bool is_wildcard_base(struct lp_str base)
{
    size_t labels = 0;

    for (size_t at = 0; at <= base.n; labels++) {
        struct lp_str rest = lp_str_sub(base, at, base.n);
        size_t n = lp_str_find(rest, '.');

        if (!is_ldh_label(lp_str_sub(rest, 0, n)))
            return false;
        at += n + 1;
    }
    return labels >= 2;
}

/* RFC 6125 6.4.3: the star is the whole left-most label and stands for one label. */
static bool wildcard_matches(struct lp_str base, struct lp_str host)
{
    size_t dot = lp_str_find(host, '.');
    struct lp_str first = lp_str_sub(host, 0, dot);

    for (size_t i = 0; i < first.n; i++)
        if (first.p[i] == '_')
            return false;
    return dot > 0 && dot < host.n && lp_str_eq_nocase(lp_str_sub(host, dot + 1, host.n), base) &&
           is_wildcard_base(base);
}

static bool address_matches(struct lp_str entry, const struct lp_addr *literal)
{
    struct lp_addr address;

    return lp_str_starts_nocase(entry, "IP:") &&
           lp_addr_parse(lp_str_sub(entry, 3, entry.n), &address) && lp_addr_eq(&address, literal);
}

bool lp_san_matches(struct lp_str entry, struct lp_str host)
{
    struct lp_addr literal;

    if (lp_addr_parse(host, &literal))
        return address_matches(entry, &literal);
    if (entry.n == 0 || !lp_name_is_host(host))
        return false;
    if (lp_str_starts_nocase(entry, "*."))
        return wildcard_matches(lp_str_sub(entry, 2, entry.n), host);
    return lp_str_eq_nocase(entry, host);
}

bool lp_cert_covers(const struct lp_certificate *cert, struct lp_str host, struct lp_str *by)
{
    const struct lp_str *entry = cert->san.at;

    for (size_t i = 0; i < cert->san.n; i++) {
        if (!lp_san_matches(entry[i], host))
            continue;
        if (by != NULL)
            *by = entry[i];
        return true;
    }
    return false;
}
