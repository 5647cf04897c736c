/* certspec.c - the certificates of the deployment, healthy and not: one row each */
#include "lab.h"

#define POOL_NAMES                                                                      \
    "pool.contoso.example fe1.contoso.example fe2.contoso.example sip.contoso.example " \
    "lyncdiscoverinternal.contoso.example lyncdiscover.contoso.example "                \
    "webint.contoso.example admin.contoso.example meet.contoso.example "                \
    "dialin.contoso.example"
#define PROXY_NAMES                                                             \
    "webext.contoso.example lyncdiscover.contoso.example meet.contoso.example " \
    "dialin.contoso.example"
#define EDGE_NAMES "access.contoso.example sip.contoso.example conf.contoso.example"
#define CLOUD_NAMES "webdir.online.lync.com sipdir.online.lync.com sipfed.online.lync.com"

/* The fields that every row starts with. */
#define POOL .cn = "pool.contoso.example", .names = POOL_NAMES, .issuer = LAB_PRIVATE
#define PROXY .cn = "webext.contoso.example", .issuer = LAB_PUBLIC
#define EDGE .cn = "access.contoso.example", .names = EDGE_NAMES, .issuer = LAB_PUBLIC
#define OCSP .ocsp = true, .staple = LAB_STAPLE_GOOD
#define EDGE_FROM(who) .cn = "access.contoso.example", .names = EDGE_NAMES, .issuer = who
#define EDGE_PLUS(more) \
    .cn = "access.contoso.example", .names = EDGE_NAMES " " more, .issuer = LAB_PUBLIC

/* clang-format off */
const struct lab_cert_spec lab_certs[LAB_CERTS] = {
    [LAB_CERT_POOL] = {POOL, OCSP},
    [LAB_CERT_PROXY] = {PROXY, .names = PROXY_NAMES, .staple = LAB_STAPLE_GOOD},
    [LAB_CERT_EDGE] = {EDGE, OCSP},
    [LAB_CERT_CLOUD] = {.cn = "webdir.online.lync.com", .names = CLOUD_NAMES,
                        .issuer = LAB_PUBLIC},
    [LAB_CERT_POOL_OTHER] = {POOL},
    [LAB_CERT_POOL_EXPIRED] = {POOL, .from_days = -400, .to_days = -3},
    [LAB_CERT_PROXY_LEAK] = {PROXY,
                             .names = PROXY_NAMES " lyncdiscoverinternal.contoso.example"},
    [LAB_CERT_PROXY_FABRIKAM] = {PROXY, .names = PROXY_NAMES " webext.fabrikam.example"},
    [LAB_CERT_PROXY_PROMPT] = {.cn = "webext.fabrikam.example",
                               .names = "webext.fabrikam.example " PROXY_NAMES,
                               .issuer = LAB_PUBLIC},
    [LAB_CERT_EDGE_MORE] = {EDGE_PLUS("edge.contoso.example sip.fabrikam.example")},
    [LAB_CERT_EDGE_UNDERSCORE] = {EDGE_PLUS("access_edge.contoso.example")},
    [LAB_CERT_EDGE_FLOOD] = {EDGE, .flood = true},
    [LAB_CERT_EDGE_EXPIRED] = {EDGE, .from_days = -400, .to_days = -3},
    [LAB_CERT_EDGE_FUTURE] = {EDGE, .from_days = 3, .to_days = 400},
    [LAB_CERT_EDGE_SOON] = {EDGE, .from_days = -340, .to_days = 25},
    [LAB_CERT_EDGE_VERY_SOON] = {EDGE, .from_days = -360, .to_days = 5},
    [LAB_CERT_EDGE_OTHER_NAME] = {.cn = "sip.contoso.example",
                                  .names = "sip.contoso.example conf.contoso.example",
                                  .issuer = LAB_PUBLIC},
    [LAB_CERT_EDGE_SUBJECT] = {.cn = "edge01.contoso.example", .names = EDGE_NAMES,
                               .issuer = LAB_PUBLIC},
    [LAB_CERT_EDGE_EKU] = {EDGE, .eku = "clientAuth"},
    [LAB_CERT_EDGE_UNKNOWN_CA] = {EDGE_FROM(LAB_UNKNOWN)},
    [LAB_CERT_EDGE_PRIVATE_CA] = {EDGE_FROM(LAB_PRIVATE)},
    [LAB_CERT_EDGE_SELF] = {EDGE_FROM(LAB_SELF)},
    [LAB_CERT_EDGE_NO_CHAIN] = {EDGE, .bare = true},
    [LAB_CERT_EDGE_RSA1024] = {EDGE, .rsa1024 = true},
    [LAB_CERT_EDGE_SHA1] = {EDGE, .sha1 = true},
    [LAB_CERT_EDGE_PSS] = {EDGE, .pss = true},
    [LAB_CERT_EDGE_WILDCARD] = {EDGE_PLUS("*.contoso.example")},
    [LAB_CERT_EDGE_NO_CDP] = {EDGE, .cdp = ""},
    [LAB_CERT_EDGE_LDAP_CDP] = {EDGE,
                                .cdp = "URI:ldap://pki.contoso.example/cn=public"
                                       "?certificateRevocationList?base"},
    [LAB_CERT_EDGE_NUL] = {EDGE, .nul = true},
    [LAB_CERT_EDGE_REVOKED] = {EDGE, .revoked = true},
    [LAB_CERT_EDGE_OCSP_REVOKED] = {EDGE, OCSP, .ocsp_revoked = true},
    [LAB_CERT_EDGE_OCSP_ALONE] = {EDGE, .cdp = "", .ocsp = true},
    [LAB_CERT_EDGE_OCSP_GONE] = {EDGE, .ocsp = true,
                                 .responder = "http://ocsp.contoso.example/"},
    [LAB_CERT_EDGE_STAPLE_REVOKED] = {EDGE, .staple = LAB_STAPLE_REVOKED},
    [LAB_CERT_EDGE_STAPLE_OLD] = {EDGE, .staple = LAB_STAPLE_OLD},
    [LAB_CERT_EDGE_STAPLE_OTHER] = {EDGE, .staple = LAB_STAPLE_OTHER},
};
/* clang-format on */
