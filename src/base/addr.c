/* addr.c - IP addresses as text, as socket addresses, in ranges. */
#include "lp/addr.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

static size_t length_of(const struct lp_addr *a)
{
    return a->family == 6 ? 16 : a->family == 4 ? 4 : 0;
}

/* "[::1]" without its brackets; unset when there is only one of them. */
static struct lp_str unbracket(struct lp_str text)
{
    if (text.n < 2 || text.p[0] != '[')
        return text;
    return text.p[text.n - 1] == ']' ? lp_str_sub(text, 1, text.n - 2) : LP_STR_NONE;
}

bool lp_addr_parse(struct lp_str text, struct lp_addr *out)
{
    char copy[INET6_ADDRSTRLEN];
    struct lp_str inner = unbracket(text);
    struct lp_addr a = { .family = lp_str_find(inner, ':') < inner.n ? 6 : 4 };
    if (!inner.n || inner.n >= sizeof copy || lp_str_find(inner, '\0') < inner.n)
        return false;
    if (a.family == 4 && inner.n != text.n)
        return false;
    memcpy(copy, inner.p, inner.n);
    copy[inner.n] = '\0';
    if (inet_pton(a.family == 6 ? AF_INET6 : AF_INET, copy, a.bytes) != 1)
        return false;
    *out = a;
    return true;
}

void lp_addr_format(const struct lp_addr *a, char *out, size_t size)
{
    if (!size)
        return;
    int family = a->family == 6 ? AF_INET6 : AF_INET;
    if (!length_of(a) || !inet_ntop(family, a->bytes, out, (socklen_t)size))
        out[0] = '\0';
}

bool lp_addr_eq(const struct lp_addr *a, const struct lp_addr *b)
{
    return lp_addr_cmp(a, b) == 0;
}

int lp_addr_cmp(const struct lp_addr *a, const struct lp_addr *b)
{
    if (a->family != b->family)
        return a->family < b->family ? -1 : 1;
    return memcmp(a->bytes, b->bytes, length_of(a));
}

unsigned lp_addr_to_sockaddr(const struct lp_addr *a, uint16_t port, struct sockaddr_storage *ss)
{
    memset(ss, 0, sizeof *ss);
    if (a->family == 6) {
        struct sockaddr_in6 in6 = { .sin6_family = AF_INET6, .sin6_port = htons(port) };
        memcpy(&in6.sin6_addr, a->bytes, 16);
        memcpy(ss, &in6, sizeof in6);
        return sizeof in6;
    }
    struct sockaddr_in in = { .sin_family = AF_INET, .sin_port = htons(port) };
    memcpy(&in.sin_addr, a->bytes, 4);
    memcpy(ss, &in, sizeof in);
    return sizeof in;
}

bool lp_addr_from_sockaddr(const struct sockaddr *sa, struct lp_addr *a, uint16_t *port)
{
    struct sockaddr_in in;
    struct sockaddr_in6 in6;
    *a = (struct lp_addr){ 0 };
    switch (sa->sa_family) {
    case AF_INET:
        memcpy(&in, sa, sizeof in);
        a->family = 4;
        memcpy(a->bytes, &in.sin_addr, 4);
        *port = ntohs(in.sin_port);
        return true;
    case AF_INET6:
        memcpy(&in6, sa, sizeof in6);
        a->family = 6;
        memcpy(a->bytes, &in6.sin6_addr, 16);
        *port = ntohs(in6.sin6_port);
        return true;
    default: return false;
    }
}

/* Clears the bits of a behind the first `bits`. */
static void mask(struct lp_addr *a, unsigned bits)
{
    for (unsigned i = 0; i < length_of(a); i++) {
        unsigned kept = bits > i * 8 ? bits - i * 8 : 0;
        if (kept < 8)
            a->bytes[i] &= (uint8_t)(0xff00U >> kept);
    }
}

bool lp_cidr_parse(struct lp_str text, struct lp_cidr *out)
{
    size_t slash = lp_str_find(text, '/');
    struct lp_cidr net;
    uint64_t bits = 0;
    if (!lp_addr_parse(lp_str_sub(text, 0, slash), &net.base))
        return false;
    uint64_t most = length_of(&net.base) * 8;
    if (slash == text.n)
        bits = most;
    else if (!lp_str_to_u64(lp_str_sub(text, slash + 1, text.n), most, &bits))
        return false;
    net.bits = (uint8_t)bits;
    mask(&net.base, net.bits);
    *out = net;
    return true;
}

bool lp_cidr_has(const struct lp_cidr *net, const struct lp_addr *a)
{
    if (!a->family || a->family != net->base.family)
        return false;
    struct lp_addr masked = *a;
    mask(&masked, net->bits);
    return lp_addr_eq(&masked, &net->base);
}
