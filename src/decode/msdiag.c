/* msdiag.c - ms-diagnostics and Server, explained */
#include "lp/msdiag.h"
#include "lp/lang.h"

#define LINES(...) ((const char *const[]){ __VA_ARGS__, NULL })

#define PARTNER                                                                      \
    "dig +short SRV _sipfederationtls._tcp.<partner-domain>",                        \
        "The Edge Server resolves partners by its own DNS servers: ask there, too.", \
        "Get-CsAllowedDomain"
#define USER \
    "Get-CsUser -Identity <sign-in-address> | Format-List Enabled, RegistrarPool, SipAddress"
#define REMOTE                                                                            \
    "Get-CsAccessEdgeConfiguration | Format-List AllowOutsideUsers, AllowFederatedUsers", \
        "Get-CsExternalAccessPolicy | Format-List Identity, EnableOutsideAccess, "        \
        "EnableFederationAccess"

static const struct lp_msdiag rows[] = {
    { 1000, 1000, "the final handshake failed",
      "The last message of the sign-in was not accepted. Credentials or the client's "
      "certificate do not fit.",
      LINES("Delete the client's cached credentials and its certificate, and sign in again.") },
    { 1001, 1001, "not allowed to talk to public IM users",
      "The user may not exchange messages with public IM providers.", LINES(REMOTE) },
    { 1002, 1002, "not allowed to talk to federated users",
      "The user may not exchange messages with partners.", LINES(REMOTE) },
    { 1003, 1003, "the user does not exist",
      "No user with that address is known, or the caller is not to learn more.", LINES(USER) },
    { 1004, 1004, "the message cannot be routed", "The server has no way to the destination.",
      LINES("Get-CsTopology -AsXml", "Get-CsStaticRoutingConfiguration") },
    { 1005, 1005, "no route to the destination's domain",
      "The domain is neither one of the deployment, nor an allowed partner, nor found by DNS.",
      LINES(PARTNER) },
    { 1006, 1006, "the message cannot be routed", "The server has no way to the destination.",
      LINES("Get-CsTopology -AsXml", "Get-CsStaticRoutingConfiguration") },
    { 1007, 1007, "no route for the moment", "The next server was reached before, and is not now.",
      LINES("Is the partner's Edge Server up, and TCP 5061 open both ways?") },
    { 1008, 1008, "the partner's SRV record cannot be resolved",
      "_sipfederationtls._tcp of the partner's domain gave no answer.", LINES(PARTNER) },
    { 1009, 1009, "the partner's SRV record leads to another domain",
      "The target of the SRV record must lie in the domain that was asked for.", LINES(PARTNER) },
    { 1010, 1010, "no certificate trust with the other server",
      "The TLS connection between two servers failed over a certificate: a root that is not "
      "trusted, a name that is missing, or a certificate that has expired.",
      LINES("lyncprobe <domain>", "Compare the certificate's names with the name of the next hop.",
            "Both servers need the other one's root and intermediate certificates in the "
            "computer's store.") },
    { 1011, 1011, "a header of the previous hop is missing",
      "A server on the way took away or did not set what the next one needs.",
      LINES("Something that is not a Lync server may stand between the two.") },
    { 1013, 1013, "clocks differ too much",
      "Client and server, or two servers, disagree about the time by more than five minutes.",
      LINES("w32tm /query /status", "w32tm /resync") },
    { 1014, 1014, "the next server's address cannot be resolved",
      "There is no A record for the name of the next hop.",
      LINES("dig +short A <next-hop>", "An Edge Server often needs internal names in its hosts "
                                       "file or an internal DNS server.") },
    { 4003, 4003, "the user is not enabled for remote access",
      "The sign-in came through the Edge, and the user may only sign in inside.",
      LINES(REMOTE, USER) },
    { 4004, 4004, "the credentials do not belong to the sign-in address",
      "The account is right, but not the one of that SIP address.", LINES(USER) },
    { 4005, 4005, "the user is not enabled for SIP, or does not exist",
      "The address is not one of an enabled user.", LINES(USER) },
    { 4006, 4006, "the user is not found in the pool",
      "The user is homed elsewhere, or was just moved.", LINES(USER) },
    { 4141, 4141, "the user is disabled", "The account or its SIP address is disabled.",
      LINES(USER) },
    { 17000, 17999, "the client version filter refused the client",
      "The server takes only some client versions, and this one is not among them.",
      LINES("Get-CsClientVersionPolicy", "Get-CsClientVersionConfiguration") },
    { 28020, 28020, "a web ticket is needed",
      "The web service wants a ticket that was not sent. That is right for a request without "
      "credentials.",
      LINES("curl -sSik https://<web-services-fqdn>/WebTicket/WebTicketService.svc") },
    { 28029, 28029, "the web ticket is not good for this service",
      "The ticket was made for another service or site.",
      LINES("Does the reverse proxy lead to the external web site (port 4443)?") },
};

const struct lp_msdiag *lp_msdiag_at(size_t i)
{
    return i < LP_COUNT(rows) ? &rows[i] : NULL;
}

const struct lp_msdiag *lp_msdiag_find(int64_t number)
{
    for (size_t i = 0; i < LP_COUNT(rows); i++) {
        if (number >= rows[i].first && number <= rows[i].last)
            return &rows[i];
    }
    return NULL;
}

/* Cuts one parameter off, quotes taken away. Inside quotes a ";" ends nothing. */
static struct lp_str cut_param(struct lp_str *rest, struct lp_str *name)
{
    struct lp_str before = *rest;
    size_t equals = lp_str_find(before, '='), semicolon = lp_str_find(before, ';');
    if (equals > semicolon || equals == before.n) {
        *name = lp_str_trim(lp_str_cut(rest, ';'));
        return LP_STR_NONE;
    }
    *name = lp_str_trim(lp_str_cut(rest, '='));
    *rest = lp_str_trim(*rest);
    if (!rest->n || rest->p[0] != '"')
        return lp_str_trim(lp_str_cut(rest, ';'));
    *rest = lp_str_sub(*rest, 1, rest->n);
    struct lp_str value = lp_str_cut(rest, '"');
    lp_str_cut(rest, ';');
    return value;
}

void lp_msdiag_read(struct lp_str value, struct lp_msdiag_header *out)
{
    static const struct {
        const char *name;
        size_t offset;
    } params[] = {
        { "reason", offsetof(struct lp_msdiag_header, reason) },
        { "source", offsetof(struct lp_msdiag_header, source) },
        { "ErrorType", offsetof(struct lp_msdiag_header, problem) },
        { "PeerServer", offsetof(struct lp_msdiag_header, hop) },
        { "Peer", offsetof(struct lp_msdiag_header, hop) },
        { "tls-target", offsetof(struct lp_msdiag_header, hop) },
        { "fqdn", offsetof(struct lp_msdiag_header, hop) },
        { "fqdn1", offsetof(struct lp_msdiag_header, hop) },
    };
    struct lp_str rest = value;
    uint64_t number = 0;
    *out = (struct lp_msdiag_header){ .number = -1 };
    if (lp_str_to_u64(lp_str_trim(lp_str_cut(&rest, ';')), INT32_MAX, &number))
        out->number = (int64_t)number;
    while (rest.n) {
        struct lp_str name, text = cut_param(&rest, &name);
        for (size_t i = 0; i < LP_COUNT(params); i++) {
            struct lp_str *to = (void *)((char *)out + params[i].offset);
            if (!to->p && lp_str_eq_nocase(name, lp_str_of(params[i].name)))
                *to = text;
        }
    }
}

/* domain.md 3.1. RTC/7.0 is said by the 2019 product, by the Subscription Edition and online. */
const char *lp_server_words(struct lp_str server)
{
    static const struct {
        const char *prefix, *words;
    } products[] = {
        { "RTC/3.0", "Office Communications Server 2007" },
        { "RTC/3.5", "Office Communications Server 2007 R2" },
        { "RTC/4.", "Lync Server 2010" },
        { "RTC/5.", "Lync Server 2013" },
        { "RTC/6.", "Skype for Business Server 2015" },
        { "RTC/7.", LP_TR("Skype for Business Server 2019, Subscription Edition or online") },
    };
    for (size_t i = 0; i < LP_COUNT(products); i++) {
        if (lp_str_starts_nocase(server, products[i].prefix))
            return products[i].words;
    }
    return NULL;
}
