/* guard.c - the address guard: one table of addresses, one of ports. */
#include "lp/addr.h"

#include <string.h>

struct rule {
    const char *name;
    struct lp_cidr net;
    enum lp_addr_class class;
    bool refused; /* no packet goes there */
};

/* clang-format off */
#define V4(a, b, c, d) { 4, { a, b, c, d } }
#define V6(a, b) { 6, { (a) >> 8, (a) & 255, (b) >> 8, (b) & 255 } }

/* The first row that fits counts. Sources: RFC 6890; metadata addresses of clouds. */
static const struct rule rules[] = {
    { "unspecified",  { V4(0, 0, 0, 0), 32 },         LP_CLASS_REFUSED, true },
    { "this-network", { V4(0, 0, 0, 0), 8 },          LP_CLASS_REFUSED, true },  /* RFC 1122 */
    { "loopback",     { V4(127, 0, 0, 0), 8 },        LP_CLASS_INSIDE,  true },
    { "metadata",     { V4(169, 254, 169, 254), 32 }, LP_CLASS_INSIDE,  true },  /* most clouds */
    { "link-local",   { V4(169, 254, 0, 0), 16 },     LP_CLASS_INSIDE,  true },  /* RFC 3927 */
    { "metadata",     { V4(100, 100, 100, 200), 32 }, LP_CLASS_PUBLIC,  true },  /* Alibaba */
    { "metadata",     { V4(192, 0, 0, 192), 32 },     LP_CLASS_PUBLIC,  true },  /* Oracle */
    { "metadata",     { V4(168, 63, 129, 16), 32 },   LP_CLASS_PUBLIC,  true },  /* Azure */
    { "multicast",    { V4(224, 0, 0, 0), 4 },        LP_CLASS_REFUSED, true },
    { "broadcast",    { V4(255, 255, 255, 255), 32 }, LP_CLASS_REFUSED, true },
    { "class-e",      { V4(240, 0, 0, 0), 4 },        LP_CLASS_REFUSED, true },  /* RFC 1112 */
    { "private",      { V4(10, 0, 0, 0), 8 },         LP_CLASS_INSIDE,  false }, /* RFC 1918 */
    { "private",      { V4(172, 16, 0, 0), 12 },      LP_CLASS_INSIDE,  false },
    { "private",      { V4(192, 168, 0, 0), 16 },     LP_CLASS_INSIDE,  false },
    { "unspecified",  { { 6, { 0 } }, 128 },          LP_CLASS_REFUSED, true },
    { "loopback",     { { 6, { [15] = 1 } }, 128 },   LP_CLASS_INSIDE,  true },
    { "link-local",   { V6(0xfe80, 0), 10 },          LP_CLASS_INSIDE,  true },
    { "site-local",   { V6(0xfec0, 0), 10 },          LP_CLASS_INSIDE,  true },  /* RFC 3879 */
    { "multicast",    { V6(0xff00, 0), 8 },           LP_CLASS_REFUSED, true },
    { "metadata",     { { 6, { 0xfd, 0x00, 0x0e, 0xc2, [14] = 0x02, [15] = 0x54 } }, 128 },
                                                      LP_CLASS_INSIDE,  true },  /* EC2 */
    { "metadata",     { { 6, { 0xfd, 0x20, 0x00, 0xce, [14] = 0x02, [15] = 0x54 } }, 128 },
                                                      LP_CLASS_INSIDE,  true },  /* GCE */
    { "unique-local", { V6(0xfc00, 0), 7 },           LP_CLASS_INSIDE,  false }, /* RFC 4193 */
};

/* IPv6 ranges whose addresses carry an IPv4 address, from byte `at` on. */
static const struct {
    struct lp_cidr net;
    uint8_t at;
    uint8_t mask; /* xor on each byte */
} embedding[] = {
    { { { 6, { [10] = 0xff, [11] = 0xff } }, 96 },      12, 0 },    /* mapped, RFC 4291 2.5.5.2 */
    { { { 6, { 0 } }, 96 },                             12, 0 },    /* compatible, 2.5.5.1 */
    { { { 6, { [8] = 0xff, [9] = 0xff } }, 96 },        12, 0 },    /* translated, RFC 2765 */
    { { V6(0x0064, 0xff9b), 96 },                       12, 0 },    /* NAT64, RFC 6052 */
    { { { 6, { 0x00, 0x64, 0xff, 0x9b, 0, 1 } }, 48 },  12, 0 },    /* local NAT64, RFC 8215 */
    { { V6(0x2002, 0), 16 },                            2,  0 },    /* 6to4, RFC 3056 */
    { { V6(0x2001, 0), 32 },                            12, 0xff }, /* Teredo, RFC 4380: client */
};
/* clang-format on */

/* :: and ::1 look like compatible addresses, but are none. */
static bool is_special_v6(const struct lp_addr *a)
{
    static const uint8_t zeros[15];
    return memcmp(a->bytes, zeros, sizeof zeros) == 0 && a->bytes[15] <= 1;
}

bool lp_addr_embedded_v4(const struct lp_addr *a, struct lp_addr *v4)
{
    if (a->family != 6 || is_special_v6(a))
        return false;
    for (size_t i = 0; i < LP_COUNT(embedding); i++) {
        if (!lp_cidr_has(&embedding[i].net, a))
            continue;
        *v4 = (struct lp_addr){ .family = 4 };
        for (size_t k = 0; k < 4; k++)
            v4->bytes[k] = a->bytes[embedding[i].at + k] ^ embedding[i].mask;
        return true;
    }
    return false;
}

static bool is_allowed(const struct lp_addr *a, const struct lp_cidr *allow, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (lp_cidr_has(&allow[i], a))
            return true;
    return false;
}

static const struct rule *rule_of(const struct lp_addr *a)
{
    for (size_t i = 0; i < LP_COUNT(rules); i++)
        if (lp_cidr_has(&rules[i].net, a))
            return &rules[i];
    return NULL;
}

enum lp_addr_class lp_addr_class(const struct lp_addr *a, const struct lp_cidr *allow, size_t n)
{
    struct lp_addr v4;
    if (is_allowed(a, allow, n))
        return LP_CLASS_PUBLIC;
    const struct rule *rule = rule_of(a);
    if (rule)
        return rule->class;
    if (lp_addr_embedded_v4(a, &v4))
        return lp_addr_class(&v4, allow, n);
    return a->family ? LP_CLASS_PUBLIC : LP_CLASS_REFUSED;
}

const char *lp_guard_address(const struct lp_addr *a, const struct lp_cidr *allow, size_t n)
{
    struct lp_addr v4;
    if (is_allowed(a, allow, n))
        return NULL;
    const struct rule *rule = rule_of(a);
    if (rule && rule->refused)
        return rule->name;
    if (lp_addr_embedded_v4(a, &v4))
        return lp_guard_address(&v4, allow, n);
    return a->family == 4 || a->family == 6 ? NULL : "no-address";
}

/* clang-format off */
/* Bad ports of the Fetch standard (without 5060 and 5061, which are ours), and services
   that must not get bytes from strangers. */
static const struct {
    uint16_t port;
    const char *service;
} ports[] = {
    { 0, "reserved" }, { 1, "tcpmux" }, { 7, "echo" }, { 9, "discard" }, { 11, "systat" },
    { 13, "daytime" }, { 15, "netstat" }, { 17, "qotd" }, { 19, "chargen" }, { 20, "ftp-data" },
    { 21, "ftp" }, { 22, "ssh" }, { 23, "telnet" }, { 25, "smtp" }, { 37, "time" }, { 42, "name" },
    { 43, "nicname" }, { 53, "domain" }, { 69, "tftp" }, { 77, "priv-rjs" }, { 79, "finger" },
    { 87, "ttylink" }, { 95, "supdup" }, { 101, "hostname" }, { 102, "iso-tsap" },
    { 103, "gppitnp" }, { 104, "acr-nema" }, { 109, "pop2" }, { 110, "pop3" }, { 111, "sunrpc" },
    { 113, "auth" }, { 115, "sftp" }, { 117, "uucp-path" }, { 119, "nntp" }, { 123, "ntp" },
    { 135, "epmap" }, { 137, "netbios-ns" }, { 139, "netbios-ssn" }, { 143, "imap" },
    { 161, "snmp" }, { 179, "bgp" }, { 389, "ldap" }, { 427, "svrloc" }, { 465, "submissions" },
    { 512, "exec" }, { 513, "login" }, { 514, "shell" }, { 515, "printer" }, { 526, "tempo" },
    { 530, "courier" }, { 531, "chat" }, { 532, "netnews" }, { 540, "uucp" }, { 548, "afp" },
    { 554, "rtsp" }, { 556, "remotefs" }, { 563, "nntps" }, { 587, "submission" },
    { 601, "syslog-conn" }, { 636, "ldaps" }, { 989, "ftps-data" }, { 990, "ftps" },
    { 993, "imaps" }, { 995, "pop3s" }, { 1521, "oracle" }, { 1719, "h323gatestat" },
    { 1720, "h323hostcall" }, { 1723, "pptp" }, { 2049, "nfs" }, { 2375, "docker" },
    { 3306, "mysql" }, { 3389, "rdp" }, { 3659, "apple-sasl" }, { 4045, "npp" },
    { 4190, "sieve" }, { 5432, "postgresql" }, { 5900, "vnc" }, { 6000, "x11" },
    { 6379, "redis" }, { 6566, "sane-port" }, { 6665, "ircu" }, { 6666, "ircu" },
    { 6667, "ircu" }, { 6668, "ircu" }, { 6669, "ircu" }, { 6679, "osaut" }, { 6697, "ircs-u" },
    { 9200, "elasticsearch" }, { 10080, "amanda" }, { 11211, "memcached" }, { 27017, "mongodb" },
};
/* clang-format on */

const char *lp_guard_port(uint16_t port)
{
    for (size_t i = 0; i < LP_COUNT(ports); i++)
        if (ports[i].port == port)
            return ports[i].service;
    return NULL;
}
