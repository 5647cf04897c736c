/* dns_query.c - a DNS question as bytes */
#include "lp/dns_query.h"

enum {
    HEADER = 12,
    NAME_MAX_OCTETS = 255,
    LABEL_MAX_OCTETS = 63,
    FLAG_RD = 0x0100,
    CLASS_IN = 1,
    TYPE_OPT = 41,
};

static void put_u16(struct lp_dns_query *out, unsigned value)
{
    out->bytes[out->n++] = (unsigned char)(value >> 8 & 0xff);
    out->bytes[out->n++] = (unsigned char)(value & 0xff);
}

/* Takes "\DDD" (three digits, at most 255) or "\c" off the text, whose first character is
 * the backslash. */
static bool take_escape(struct lp_str *rest, unsigned char *octet)
{
    uint64_t value;

    if (rest->n >= 2 && (rest->p[1] < '0' || rest->p[1] > '9')) {
        *octet = (unsigned char)rest->p[1];
        *rest = lp_str_sub(*rest, 2, rest->n);
        return true;
    }
    if (rest->n < 4 || !lp_str_to_u64(lp_str_sub(*rest, 1, 3), 255, &value))
        return false;
    *octet = (unsigned char)value;
    *rest = lp_str_sub(*rest, 4, rest->n);
    return true;
}

static bool take_octet(struct lp_str *rest, unsigned char *octet)
{
    if (rest->p[0] == '\\')
        return take_escape(rest, octet);
    *octet = (unsigned char)rest->p[0];
    *rest = lp_str_sub(*rest, 1, rest->n);
    return true;
}

/* One label and the dot behind it. */
static bool put_label(struct lp_dns_query *out, struct lp_str *rest)
{
    size_t length = out->n++;
    unsigned char octet;

    while (rest->n > 0 && rest->p[0] != '.') {
        /* The root needs one octet more. */
        if (!take_octet(rest, &octet) || out->n + 1 >= HEADER + NAME_MAX_OCTETS)
            return false;
        out->bytes[out->n++] = octet;
    }
    size_t octets = out->n - length - 1;
    out->bytes[length] = (unsigned char)octets;
    *rest = lp_str_sub(*rest, 1, rest->n);
    return octets > 0 && octets <= LABEL_MAX_OCTETS;
}

static bool put_name(struct lp_dns_query *out, struct lp_str name)
{
    struct lp_str rest = name;

    if (lp_str_eq(name, LP_STR(".")))
        rest.n = 0;
    else if (name.n == 0)
        return false;
    while (rest.n > 0)
        if (out->n + 2 >= HEADER + NAME_MAX_OCTETS || !put_label(out, &rest))
            return false;
    out->bytes[out->n++] = 0;
    return true;
}

bool lp_dns_query_write(struct lp_dns_query *out, const struct lp_question *question, uint16_t id,
                        bool edns)
{
    out->n = 0;
    put_u16(out, id);
    put_u16(out, FLAG_RD);
    put_u16(out, 1); /* questions */
    put_u16(out, 0);
    put_u16(out, 0);
    put_u16(out, edns ? 1 : 0);
    if (!put_name(out, question->name))
        return false;
    put_u16(out, (unsigned)question->type);
    put_u16(out, CLASS_IN);
    if (!edns)
        return true;
    out->bytes[out->n++] = 0; /* RFC 6891 s6.1.2: the root owns it */
    put_u16(out, TYPE_OPT);
    put_u16(out, LP_DNS_PAYLOAD);
    put_u16(out, 0); /* upper bits of the rcode, version 0 */
    put_u16(out, 0); /* flags: DO not set */
    put_u16(out, 0); /* no options */
    return true;
}
