/* der.c - a bounded reader of DER */
#include "lp/der.h"

#include "lp/text.h"

/* The length octets; false: not a definite length of at most four octets. */
static bool read_length(struct lp_str s, size_t *at, size_t *length)
{
    uint8_t first = (uint8_t)s.p[(*at)++];
    *length = first;
    if (first < 0x80)
        return true;
    size_t octets = first & 0x7fU;
    *length = 0;
    if (octets == 0 || octets > 4 || s.n - *at < octets)
        return false;
    while (octets-- > 0)
        *length = *length << 8 | (uint8_t)s.p[(*at)++];
    return true;
}

bool lp_der_next(struct lp_str *rest, struct lp_der *out)
{
    size_t at = 1, length = 0;
    if (rest->n < 2 || ((uint8_t)rest->p[0] & 0x1fU) == 0x1fU ||
        !read_length(*rest, &at, &length) || length > rest->n - at)
        return false;
    out->tag = (uint8_t)rest->p[0];
    out->content = lp_str_sub(*rest, at, length);
    out->whole = lp_str_sub(*rest, 0, at + length);
    *rest = lp_str_sub(*rest, at + length, rest->n);
    return true;
}

bool lp_der_take(struct lp_str *rest, uint8_t tag, struct lp_der *out)
{
    struct lp_str before = *rest;
    if (lp_der_next(rest, out) && out->tag == tag)
        return true;
    *rest = before;
    return false;
}

static bool two_digits(struct lp_str *rest, int *out)
{
    uint64_t n = 0;
    if (!lp_str_to_u64(lp_str_sub(*rest, 0, 2), 99, &n) || rest->n < 2)
        return false;
    *out = (int)n;
    *rest = lp_str_sub(*rest, 2, rest->n);
    return true;
}

lp_utc lp_der_time(const struct lp_der *time)
{
    struct lp_str rest = time->content;
    int century = 0, n[6] = { 0 };
    bool whole =
        time->tag == LP_DER_UTC_TIME || (time->tag == LP_DER_TIME && two_digits(&rest, &century));
    for (size_t i = 0; whole && i < LP_COUNT(n); i++)
        whole = two_digits(&rest, &n[i]);
    if (!whole || !lp_str_eq(rest, LP_STR("Z")) || n[1] < 1 || n[1] > 12 || n[2] < 1 || n[2] > 31 ||
        n[3] > 23 || n[4] > 59 || n[5] > 60)
        return LP_UTC_NONE;
    if (time->tag == LP_DER_UTC_TIME)
        century = n[0] < 50 ? 20 : 19;
    return lp_utc_from(century * 100 + n[0], n[1], n[2], n[3] * 3600 + n[4] * 60 + n[5]);
}

/* version [0], serialNumber, signature, issuer, validity, subject */
bool lp_der_certificate(struct lp_str der, struct lp_der_certificate *out)
{
    struct lp_der part, serial, issuer, subject;
    if (!lp_der_take(&der, LP_DER_SEQUENCE, &part))
        return false;
    struct lp_str rest = part.content;
    if (!lp_der_take(&rest, LP_DER_SEQUENCE, &part))
        return false;
    rest = part.content;
    (void)!lp_der_take(&rest, LP_DER_VERSION, &part);
    bool whole =
        lp_der_take(&rest, LP_DER_INTEGER, &serial) && lp_der_take(&rest, LP_DER_SEQUENCE, &part) &&
        lp_der_take(&rest, LP_DER_SEQUENCE, &issuer) &&
        lp_der_take(&rest, LP_DER_SEQUENCE, &part) && lp_der_take(&rest, LP_DER_SEQUENCE, &subject);
    if (whole)
        *out = (struct lp_der_certificate){ serial.whole, issuer.whole, subject.whole };
    return whole;
}
