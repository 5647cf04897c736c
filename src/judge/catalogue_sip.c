/* catalogue_sip.c - the rules LP-SIP: what comes back for one anonymous REGISTER. */
#include "lp/catalogue.h"

#define UNAVAILABLE "\"The server is temporarily unavailable.\""
/* The same request by hand. -quiet keeps s_client from reading the R of REGISTER as
   a command. */
#define REGISTER                                                                     \
    "printf '%s\\r\\n' 'REGISTER sip:{domain} SIP/2.0' "                             \
    "'Via: SIP/2.0/TLS 192.0.2.1:5061;branch=z9hG4bK1' 'Max-Forwards: 70' "          \
    "'From: <sip:probe@{domain}>;tag=1;epid=0123456789' 'To: <sip:probe@{domain}>' " \
    "'Call-ID: 1@192.0.2.1' 'CSeq: 1 REGISTER' "                                     \
    "'Contact: <sip:192.0.2.1:5061;transport=tls>' 'Content-Length: 0' '' | "        \
    "openssl s_client -quiet -connect {address}:{port} -servername {host}"

const struct lp_rule lp_rules_sip[] = {
    {
        .id = "LP-SIP-NOT-SIP",
        .severity = LP_CRITICAL,
        .rank = LP_RANK_SPEECH,
        .title = "TLS works, but the answer is not SIP",
        .why = "{host} ({address}) port {port} completes TLS, but what it answers is not SIP "
               "({observed}). Another service listens where clients expect to sign in.",
        .fix = LP_LINES(
            "Is {address} the Access Edge (outside) or the Front End or Director (inside)? A web "
            "server, the reverse proxy and the Web Conferencing Edge use port 443 too, each at an "
            "address of its own.",
            "[external] {host}. 3600 IN A <access-edge-address>",
            "[internal] {host}. 3600 IN A <pool-address>",
            "Which program has the port? On the server:", "netstat -ano | findstr :{port}",
            "A load balancer or firewall that opens TLS must do so for TCP, not for http."),
        .user_sees = UNAVAILABLE,
        .by_hand = LP_LINES(REGISTER, "Expected is an answer that begins with SIP/2.0 401."),
        .source = "RFC 3261 section 7.2; MS-SIPAE; poster: ports",
    },
    {
        .id = "LP-SIP-NO-ANSWER",
        .severity = LP_CRITICAL,
        .rank = LP_RANK_SPEECH,
        .title = "TLS works, but no SIP answer comes",
        .why = "{host} ({address}) port {port} completes TLS, but does not answer a SIP request in "
               "time ({observed}). Clients wait, and then give up.",
        .fix = LP_LINES(
            "[external] The Access Edge cannot reach its next hop (Director or Front End pool, "
            "port 5061): test it from the Edge Server.",
            "[external] Test-NetConnection <next-hop> -Port 5061",
            "[external] The Edge Server must resolve the next hop's name (internal DNS or hosts "
            "file) and trust the internal CA.",
            "[internal] Are the services of the Front End up, and is the pool's quorum there?",
            "[internal] Get-CsWindowsService", "[internal] Get-CsPoolFabricState -PoolFqdn <pool>",
            "Look at the \"Lync Server\" event log for LS Protocol Stack and LS User Services.",
            "Restart-Service RTCSRV"),
        .user_sees = "A long wait, then " UNAVAILABLE,
        .by_hand = LP_LINES(REGISTER, "Expected is an answer that begins with SIP/2.0 401."),
        .source = "RFC 3261 section 17.1.2 (timer F); MS-SIPAE",
    },
    {
        .id = "LP-SIP-STATUS",
        .severity = LP_CRITICAL,
        .rank = LP_RANK_SPEECH,
        .title = "REGISTER is answered with an error",
        .why =
            "{host} ({address}) port {port} answers REGISTER without credentials with {observed}; "
            "a healthy server asks for credentials ({expected}). Users cannot sign in there.",
        .fix = LP_LINES(
            "403: {domain} is not a SIP domain of this server, or (outside) remote user access is "
            "off.",
            "[external] Get-CsAccessEdgeConfiguration | Format-List AllowOutsideUsers",
            "[external] Set-CsAccessEdgeConfiguration -AllowOutsideUsers $True",
            "404: {domain} is "
            "not a SIP domain of this deployment.",
            "Get-CsSipDomain", "480 or 503: the pool or its registrar is not available.",
            "Get-CsWindowsService",
            "504: the next hop does not answer, or its certificate is refused: check names, port "
            "5061 and certificates between Edge, Director and Front End."),
        .user_sees = UNAVAILABLE,
        .by_hand =
            LP_LINES(REGISTER, "Read the first line, and ms-diagnostics or ms-diagnostics-public."),
        .source = "RFC 3261 section 22.1; MS-SIPAE (challenge); MS-OCER (ms-diagnostics)",
    },
    {
        .id = "LP-SIP-NO-AUTH-SCHEME",
        .severity = LP_WARNING,
        .rank = LP_RANK_SPEECH,
        .title = "The challenge offers no scheme that clients know",
        .why = "{host} ({address}) port {port} asks for credentials, but offers {observed}; "
               "clients know {expected}. Users are asked for their password again and again.",
        .fix = LP_LINES(
            "Which schemes does the pool allow?",
            "Get-CsProxyConfiguration | Format-List Identity, "
            "UseKerberosForClientToProxyAuth, UseNtlmForClientToProxyAuth, "
            "UseCertificateForClientToProxyAuth",
            "Set-CsProxyConfiguration -Identity Global -UseNtlmForClientToProxyAuth $True "
            "-UseCertificateForClientToProxyAuth $True",
            "[external] Kerberos is not offered through the Edge: NTLM or certificates must be."),
        .user_sees = "\"You may have entered your sign-in address, user name, or password "
                     "incorrectly, or the authentication service may be incompatible with this "
                     "version of the program.\"",
        .by_hand = LP_LINES(REGISTER, "Read the lines WWW-Authenticate and Proxy-Authenticate."),
        .source = "MS-SIPAE (challenge); Set-CsProxyConfiguration",
    },
    {
        .id = "LP-SIP-STS-UNREACHABLE",
        .severity = LP_CRITICAL,
        .rank = LP_RANK_UNREACHABLE,
        .title = "The certificate service that the SIP server names is dead",
        .why = "{host} sends clients to {target} for the certificate they sign in with, and that "
               "service is not there ({observed}). Sign-in ends after the password.",
        .fix = LP_LINES(
            "{target} must resolve here, and answer on port 443.",
            "[external] It is the external web services name of the pool: a record in public DNS, "
            "and a publishing rule of the reverse proxy to port 4443.",
            "[external] {target}. 3600 IN A <reverse-proxy-address>",
            "[internal] {target}. 3600 IN A <pool-web-address>",
            "Is the name itself wrong? It comes from the topology:",
            "Get-CsService -WebServer | Format-List PoolFqdn, InternalFqdn, ExternalFqdn"),
        .user_sees = "\"There was a problem acquiring a personal certificate required to sign "
                     "in.\"",
        .by_hand = LP_LINES("dig +short {target}",
                            "curl -sSik https://{target}/CertProv/CertProvisioningService.svc"),
        .source = "MS-SIPAE (sts-uri of TLS-DSK)",
    },
    {
        .id = "LP-SIP-CLOCK-SKEW",
        .severity = LP_CRITICAL,
        .rank = LP_RANK_SPEECH,
        .title = "The server's clock is more than five minutes off",
        .why = "The clock of {host} ({address}) shows {observed}; clients and Kerberos accept "
               "{expected}. Users cannot sign in.",
        .fix = LP_LINES("Is the clock of this machine right? Compare it with a third one.",
                        "w32tm /query /status", "w32tm /resync",
                        "A virtual machine must not take its time from its host and from the "
                        "domain at once."),
        .user_sees = "\"Cannot sign in to Lync because your computer clock is not set "
                     "correctly.\"",
        .by_hand = LP_LINES("date -u", REGISTER, "Compare the line Date of the answer."),
        .source = "MS-SIPAE; Kerberos: RFC 4120 section 1.6",
    },
    {
        .id = "LP-SIP-AUTHENTICATOR",
        .severity = LP_WARNING,
        .rank = LP_RANK_SPEECH,
        .title = "Another server than the topology says asks for the password",
        .why = "{host} ({address}) port {port} gives {observed}; the topology says {expected}. "
               "Users who come here are checked by a server that nobody planned for them: one "
               "that was left over, moved, or is of another site. When it goes, their sign-in "
               "goes with it.",
        .fix = LP_LINES(
            "[external] Which pool is the next hop of the Edge pool? On a management server:",
            "[external] Get-CsService -EdgeServer | Format-List *",
            "[external] The line Registrar names it. To change it:",
            "[external] Set-CsEdgeServer -Identity EdgeServer:<edge-pool> -Registrar "
            "Registrar:<pool>",
            "[external] Invoke-CsManagementStoreReplication",
            "[internal] Does {address} belong to the server that the topology file gives it to, "
            "and does a load balancer before it lead to the right servers?",
            "[internal] dig +short {target} A",
            "If the deployment has changed, correct the topology file instead: next-hop of the "
            "Edge pool, members of the pool."),
        .user_sees = "Nothing, as long as that server knows the users.",
        .by_hand = LP_LINES(REGISTER, "Read targetname in the lines WWW-Authenticate."),
        .source = "MS-SIPAE (targetname of a challenge); poster: external sign-in, steps 2 and 3",
    },
    {
        .id = "LP-SIP-NODES-DIFFER",
        .severity = LP_WARNING,
        .rank = LP_RANK_SPEECH,
        .title = "The servers behind one name are not alike",
        .why = "Behind {host} port {port}, {address} answers with {observed}; the others answer "
               "with {expected}. Which server a user comes to is chance: what works for one does "
               "not for the next.",
        .fix = LP_LINES(
            "Is an update half done? Which version has each server? On each of them, from Skype "
            "for Business Server 2015 on:",
            "Get-CsServerPatchVersion",
            "Bring all servers of a pool to the same version, one after another.",
            "Are the schemes set for one server alone?",
            "Get-CsProxyConfiguration | Format-List Identity, "
            "UseKerberosForClientToProxyAuth, UseNtlmForClientToProxyAuth, "
            "UseCertificateForClientToProxyAuth",
            "Does {address} belong behind this name at all?"),
        .user_sees = "Sign-in works at times, and at times not.",
        .by_hand = LP_LINES(REGISTER, "Ask each address, and compare Server and WWW-Authenticate."),
        .source = "Lync Server 2013: Apply updates; MS-SIPAE (challenge)",
    },
    { .id = NULL },
};
