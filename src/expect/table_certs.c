/* table_certs.c - the certificates of a deployment: one row a role */
#include "lp/expect_parts.h"
#include "lp/lang.h"

#define POSTER LP_TR("poster, certificate table")
#define STANDARD "Lync Server 2013: Certificate requirements for internal servers"
#define ADFS "Windows Server: AD FS requirements, certificates"

#define URLS (LP_NAME_ADMIN | LP_NAME_MEET | LP_NAME_DIALIN)
#define AUTODISCOVER (LP_NAME_AD_INTERNAL | LP_NAME_AD_EXTERNAL)
#define WEB (LP_NAME_WEB_INTERNAL | LP_NAME_WEB_EXTERNAL)
/* Asked for by a client only where DNS has them; there the name rules see to it. */
#define IF_IN_DNS (LP_NAME_SIPINTERNAL | LP_NAME_SIPEXTERNAL)

/*
 * The poster's card of a Front End Server and a Director is its default certificate and
 * those of the web services in one; the web FQDNs, which the poster leaves out, are the
 * documentation's.
 */
/* clang-format off */
const struct lp_cert_row lp_cert_rows[] = {
    { 1, POSTER, "Mediation Server", .of = LP_ROLE_MEDIATION, .role = "mediation",
      .subject = LP_NAME_POOL, .softer = LP_NAME_POOL, .allowed = LP_NAME_MEMBERS,
      .root = LP_ROOT_PRIVATE },
    { 2, POSTER, "Director", .of = LP_ROLE_DIRECTOR, .role = "director", .subject = LP_NAME_POOL,
      .names = LP_NAME_POOL | LP_NAME_SIP | AUTODISCOVER | URLS | WEB,
      .softer = LP_NAME_SIPINTERNAL, .allowed = LP_NAME_MEMBERS | LP_NAME_SIPEXTERNAL,
      .members = true, .root = LP_ROOT_PRIVATE, .wildcard = LP_WILDCARD_WEB },
    { 3, POSTER, "Branch Appliance", .of = LP_ROLE_BRANCH, .role = "branch-appliance",
      .subject = LP_NAME_POOL, .names = LP_NAME_POOL, .softer = LP_NAME_SIP,
      .allowed = LP_NAME_MEMBERS | LP_NAME_SIPINTERNAL, .root = LP_ROOT_PRIVATE },
    { 4, POSTER, "Persistent Chat Server", .of = LP_ROLE_CHAT, .role = "persistent-chat",
      .subject = LP_NAME_POOL, .softer = LP_NAME_POOL, .allowed = LP_NAME_MEMBERS,
      .client_auth = true, .root = LP_ROOT_PRIVATE },
    { 5, POSTER, "Exchange UM Server", .of = LP_ROLE_UM, .role = "exchange-um",
      .subject = LP_NAME_POOL, .allowed = LP_NAME_POOL | LP_NAME_MEMBERS,
      .root = LP_ROOT_PRIVATE, .wildcard = LP_WILDCARD_ANY },
    { 6, POSTER, "Edge Server, internal", .of = LP_ROLE_EDGE, .role = "edge-internal",
      .subject = LP_NAME_POOL, .allowed = LP_NAME_POOL | LP_NAME_MEMBERS,
      .root = LP_ROOT_PRIVATE, .wildcard = LP_WILDCARD_ANY },
    { 7, POSTER, "Edge Server, external", .of = LP_ROLE_EDGE, .role = "edge-external",
      .outside = true, .subject = LP_NAME_ACCESS,
      .names = LP_NAME_ACCESS | LP_NAME_SIP | LP_NAME_CONFERENCING, .softer = LP_NAME_XMPP,
      .allowed = LP_NAME_AV | LP_NAME_DOMAINS | LP_NAME_SIPEXTERNAL, .shared = true,
      .root = LP_ROOT_PUBLIC },
    { 8, POSTER, "Front End Server", .of = LP_ROLE_FRONT_END, .role = "front-end",
      .subject = LP_NAME_POOL, .names = LP_NAME_POOL | LP_NAME_SIP | AUTODISCOVER | URLS | WEB,
      .allowed = LP_NAME_MEMBERS | IF_IN_DNS, .members = true, .root = LP_ROOT_PRIVATE,
      .wildcard = LP_WILDCARD_WEB },
    { 0, STANDARD, "Standard Edition server", .of = LP_ROLE_STANDARD, .role = "standard-edition",
      .subject = LP_NAME_POOL, .names = LP_NAME_POOL | LP_NAME_SIP | AUTODISCOVER | URLS | WEB,
      .allowed = IF_IN_DNS, .root = LP_ROOT_PRIVATE, .wildcard = LP_WILDCARD_WEB },
    { 9, POSTER, "Office Web Apps Server", .of = LP_ROLE_OFFICE, .role = "office-web-apps",
      .subject = LP_NAME_POOL, .names = LP_NAME_POOL, .allowed = LP_NAME_MEMBERS,
      .root = LP_ROOT_PRIVATE },
    { 10, POSTER, "Reverse proxy", .of = LP_ROLE_PROXY, .role = "reverse-proxy",
      .subject = LP_NAME_PUBLISHED, .names = LP_NAME_PUBLISHED | LP_NAME_AD_EXTERNAL,
      .allowed = LP_NAME_OFFICE | LP_NAME_ADMIN, .root = LP_ROOT_PUBLIC,
      .wildcard = LP_WILDCARD_WEB },
    { 0, ADFS, "AD FS", .of = LP_ROLE_ADFS, .role = "adfs", .subject = LP_NAME_POOL,
      .names = LP_NAME_POOL, .allowed = LP_NAME_MEMBERS, .wildcard = LP_WILDCARD_ANY },
    { 0, ADFS, "AD FS proxy", .of = LP_ROLE_ADFS_PROXY, .role = "adfs-proxy",
      .subject = LP_NAME_POOL, .names = LP_NAME_POOL, .root = LP_ROOT_PUBLIC,
      .wildcard = LP_WILDCARD_ANY },
};
/* clang-format on */
const size_t lp_cert_row_count = LP_COUNT(lp_cert_rows);
