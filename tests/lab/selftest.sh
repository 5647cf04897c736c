#!/bin/sh
# selftest.sh - does the lab show on the wire what its fault table says? Usage: selftest.sh LPLAB
#
# Each row: fault, or file of a topology | what to do in the lab | what the output must match
# (extended expression).
# Needs dig, openssl and curl; what is missing is a counted skip.
set -u
LPLAB=${1:-build/lab/lplab}
passed=0 failed=0 skipped=0

verdict() { # $1: name, $2: 0 passed
    if [ "$2" = 0 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED $1"
    fi
}

# ---- what rows may say; LPLAB runs this file again with "in" and a folder that holds the file
# "steps", one a line; the output of step N goes to the file N ----

ask() { # SERVER NAME TYPE: status and answer
    dig "@127.77.$1" "$2" "$3" ${4:+"$4"} +tries=1 +time=1 +noall +comments +answer 2>&1
}
tls() { # ADDRESS [OPTION]...: the handshake, and the certificate
    at=$1
    shift
    openssl s_client -connect "$at" -cipher 'ALL:@SECLEVEL=0' -showcerts \
        -verify_return_error -x509_strict -purpose sslserver -verify_hostname access.contoso.example \
        -CAfile "$LPLAB_DIR/public-root.pem" "$@" </dev/null 2>&1
}
leaf() { # ADDRESS: the certificate in words
    openssl s_client -connect "$1" -cipher 'ALL:@SECLEVEL=0' -showcerts </dev/null 2>/dev/null |
        openssl x509 -noout -text 2>&1
}
days() { # ADDRESS DAYS: whether it ends within so many days
    openssl s_client -connect "$1" </dev/null 2>/dev/null |
        openssl x509 -noout -checkend $(($2 * 86400)) 2>&1
}
stapled() { # ADDRESS: what comes with the handshake of OCSP
    openssl s_client -connect "$1" -cipher 'ALL:@SECLEVEL=0' -status </dev/null 2>/dev/null |
        sed -n '/^OCSP response/,/^---/p'
}
responder() { # what the responder says of the Edge's certificate
    at=$LPLAB_DIR/ocsp
    mkdir -p "$at"
    openssl s_client -connect 203.0.113.10:443 -showcerts </dev/null 2>/dev/null |
        awk -v at="$at" '/BEGIN CERT/ { n++ } /BEGIN CERT/, /END CERT/ { print >(at "/" n) }'
    openssl ocsp -issuer "$at/2" -cert "$at/1" -no_nonce -reqout "$at/request" >/dev/null 2>&1
    asked=$(openssl base64 -A -in "$at/request" | sed 's/+/%2B/g; s|/|%2F|g; s/=/%3D/g')
    curl -s --connect-to ::198.51.100.20: "http://pki.contoso.example/ocsp/$asked" -o "$at/answer"
    openssl ocsp -issuer "$at/2" -cert "$at/1" -respin "$at/answer" -no_nonce -resp_text \
        -CAfile "$LPLAB_DIR/public-root.pem" -verify_other "$at/2" 2>&1
}
sip() { # ADDRESS: an anonymous REGISTER, then something that is no SIP, which ends it
    { printf 'REGISTER sip:contoso.example SIP/2.0\r\nVia: SIP/2.0/TLS 192.0.2.1:50000\r\n'
      printf 'From: <sip:p@contoso.example>;tag=1\r\nTo: <sip:p@contoso.example>\r\n'
      printf 'Call-ID: 1\r\nCSeq: 1 REGISTER\r\nContent-Length: 0\r\n\r\nend\r\n\r\n'; } |
        timeout 2 openssl s_client -connect "$1" -cipher 'ALL:@SECLEVEL=0' -quiet 2>&1
    echo "end $?"
}
web() { # URL-PATH-WITH-HOST ADDRESS [OPTION]...: status line, headers, body
    url=$1 to=$2
    shift 2
    curl -sSik --max-time 2 --connect-to "::$to:" "$@" "$url" 2>&1
    echo "end $?"
}
xml() { # as web, with the vendor's Accept
    web "$@" -H 'Accept: application/vnd.microsoft.rtc.autodiscover+xml;v=1'
}
port() { # ADDRESS PORT: what a connection says
    curl -sv --connect-timeout 0.3 --max-time 0.5 "telnet://$1:$2" </dev/null 2>&1
    echo "end $?"
}

if [ "$LPLAB" = in ]; then
    n=0
    while IFS= read -r step <&3; do
        n=$((n + 1))
        (eval "$step") >"$2/$n" 2>&1 3<&- </dev/null
    done 3<"$2/steps"
    exit 0
fi

# ---- the rows ----

rows() {
    cat <<'ROWS'
walk-ok|ask 2.53 _sip._tls.contoso.example SRV|NOERROR.*0 0 443 access.contoso.example
walk-ok|ask 2.53 lyncdiscover.contoso.example AAAA|2001:db8:77::20
walk-ok|ask 2.53 lyncdiscoverinternal.contoso.example A|NXDOMAIN
walk-ok|ask 2.53 _sipinternaltls._tcp.contoso.example SRV|NXDOMAIN
walk-ok|ask 2.53 sip.contoso.example SRV|NOERROR.*ANSWER: 0, AUTHORITY: 1
walk-ok|ask 2.53 www.example.org A|REFUSED
walk-ok|tls 203.0.113.10:443|Verification: OK
walk-ok|leaf 203.0.113.10:443|CRL Distribution.*http:.*CA Issuers.*http:
walk-ok|tls '[2001:db8:77::10]:443'|Verification: OK
walk-ok|sip 203.0.113.10:443|SIP/2.0 401 .*NTLM.*TLS-DSK.*webext.*Server: RTC/6.0
walk-ok|sip 203.0.113.10:443 \| grep -c Kerberos|^0$
walk-ok|web http://lyncdiscover.contoso.example/ 198.51.100.20|200 OK.*token":"Redirect
walk-ok|xml https://lyncdiscover.contoso.example/ 198.51.100.20|200 OK.*External.*Domain.*webext
walk-ok|web https://webext.contoso.example/autodiscover/autodiscoverservice.svc/root/user 198.51.100.20|401.*X-MS-WebTicketURL
walk-ok|port 203.0.113.10 5060|refused
walk-ok|web http://webext.contoso.example/meet/a?b=c 198.51.100.20|302.*Location: https://webext.contoso.example/meet/a[?]b=c
walk-ok|curl -s --connect-to ::198.51.100.20: http://pki.contoso.example/public.crl \| openssl crl -inform DER -noout -text|Public Issuing CA.*No Revoked
walk-ok|curl -s --connect-to ::198.51.100.20: http://pki.contoso.example/public-root.crl \| openssl crl -inform DER -noout -issuer|Public Root
walk-ok|responder|Response verify OK.*Cert Status: good
walk-ok|stapled 203.0.113.10:443|Cert Status: good
walk-ok-inside|ask 1.53 pool.contoso.example A|10.77.1.11.*10.77.1.12
walk-ok-inside|ask 1.53 lyncdiscover.contoso.example A|NXDOMAIN
walk-ok-inside|ask 1.53 _sipinternaltls._tcp.contoso.example SRV|0 0 5061 pool
walk-ok-inside|sip 10.77.1.12:5061|SIP/2.0 401 .*Kerberos.*webint
walk-ok-inside|xml https://lyncdiscoverinternal.contoso.example/ 10.77.1.20|Internal.*Domain.*webint
walk-ok-inside|for a in 1 2; do leaf 10.77.1.1$a:5061 \| grep Serial; done \| sort -u \| wc -l|^1$
walk-ok-inside|stapled 10.77.1.11:5061|Cert Status: good
walk-ok-alias|ask 2.53 sip.contoso.example A|CNAME.*access.*203.0.113.10
walk-ok-cloud|ask 2.53 lyncdiscover.contoso.example A|CNAME.*webdir.*198.51.100.40
walk-ok-cloud|xml http://lyncdiscover.contoso.example/ 198.51.100.40|Redirect.*webdir.online.lync.com
walk-ok-tcp|ask 2.53 lyncdiscover.contoso.example A|Truncated, retrying in TCP.*198.51.100.20
walk-ok-no-edns|ask 2.53 sip.contoso.example A|FORMERR
walk-ok-no-edns|ask 2.53 sip.contoso.example A +noedns|203.0.113.10
walk-ok-ipv4|ask 2.53 sip.contoso.example AAAA|NOERROR.*ANSWER: 0
dns-no-records|ask 2.53 sip.contoso.example A|NXDOMAIN
dns-no-records-inside|ask 1.53 sip.contoso.example A|NXDOMAIN
dns-record-missing|ask 2.53 lyncdiscover.contoso.example A|NXDOMAIN
dns-record-missing-srv|ask 2.53 _sip._tls.contoso.example SRV|NXDOMAIN
dns-record-missing-nodata|ask 2.53 sip.contoso.example A|NOERROR.*ANSWER: 0
dns-record-missing-inside|ask 1.53 lyncdiscoverinternal.contoso.example A|NXDOMAIN
dns-record-missing-inside-srv|ask 1.53 _sipinternaltls._tcp.contoso.example SRV|NXDOMAIN
dns-servfail|ask 2.53 lyncdiscover.contoso.example A|SERVFAIL
dns-servfail-srv|ask 2.53 _sip._tls.contoso.example SRV|SERVFAIL
dns-refused|ask 2.53 lyncdiscover.contoso.example A|REFUSED
dns-timeout|ask 2.53 lyncdiscover.contoso.example A|(no servers|timed out)
dns-timeout|ask 2.53 sip.contoso.example A|203.0.113.10
dns-timeout-all|ask 2.53 sip.contoso.example A|(no servers|timed out)
dns-malformed-question|ask 2.53 lyncdiscover.contoso.example A|Question section mismatch
dns-malformed|ask 2.53 lyncdiscover.contoso.example A|bad (compression )?pointer
dns-malformed-owner|ask 2.53 lyncdiscover.contoso.example A|other.contoso.example
dns-malformed-short|ask 2.53 lyncdiscover.contoso.example A|(malformed|unexpected end)
dns-srv-port|ask 1.53 _sipinternaltls._tcp.contoso.example SRV|0 0 5060 pool
dns-srv-target-domain|ask 2.53 _sip._tls.contoso.example SRV|0 0 443 sip.fabrikam.example
dns-srv-target-domain|leaf 203.0.113.10:443|DNS:sip.fabrikam.example
dns-srv-target-missing|ask 2.53 gone.contoso.example A|NXDOMAIN
dns-srv-target-cname|ask 2.53 edge.contoso.example A|CNAME.*access.*203.0.113.10
dns-srv-not-offered|ask 2.53 _sip._tls.contoso.example SRV|0 0 0 [.]
dns-name-invalid|ask 2.53 access_edge.contoso.example A|203.0.113.10
dns-cname-loop|ask 2.53 lyncdiscover.contoso.example A|ring1.*ring2.*ring1
dns-cname-dangling|ask 2.53 lyncdiscover.contoso.example A|NXDOMAIN.*CNAME.*gone
dns-internal-leak|ask 2.53 lyncdiscoverinternal.contoso.example A|198.51.100.20
dns-internal-leak|leaf 198.51.100.20:443|DNS:lyncdiscoverinternal
dns-internal-leak-srv|ask 2.53 _sipinternaltls._tcp.contoso.example SRV|0 0 5061 access
dns-internal-leak-address|ask 2.53 lyncdiscoverinternal.contoso.example A|10.77.1.12
dns-internal-address|ask 2.53 sip.contoso.example A|10.77.1.12
dns-internal-address-access|ask 2.53 access.contoso.example A|10.77.1.12
cloud-mixed|ask 2.53 lyncdiscover.contoso.example A|webdir.online.lync.com
dns-servers-differ|ask 2.54 lyncdiscover.contoso.example A|198.51.100.21
dns-servers-differ|ask 2.53 lyncdiscover.contoso.example A|198.51.100.20
dns-servers-differ|leaf 198.51.100.21:443|DNS:lyncdiscover
dns-servers-differ-inside|ask 1.54 pool.contoso.example A|ANSWER: 1
dns-wildcard|ask 1.53 random-label.contoso.example A|10.77.1.20
dns-wildcard|ask 1.53 _sip._tls.contoso.example SRV|NOERROR.*ANSWER: 0
dns-wildcard-outside|ask 2.53 random-label.contoso.example A|198.51.100.20
dns-wildcard-outside|ask 2.53 lyncdiscoverinternal.contoso.example A|NOERROR.*ANSWER: 0
run-limited|ask 2.53 _sip._tls.contoso.example SRV|ANSWER: 20
run-limited|ask 2.53 e20.flood.contoso.example A|203.0.113.10
run-limited|leaf 203.0.113.10:443|DNS:e20.flood
run-blocked|ask 1.53 trap.contoso.example A|169.254.169.254
run-blocked-loopback|ask 1.53 trap.contoso.example A|127.88.0.1
run-blocked-mapped|ask 1.53 trap.contoso.example AAAA|::ffff:169.254.169.254
ad-first-hop|port 198.51.100.40 80|refused
ad-first-hop|leaf 198.51.100.40:443|DNS:webdir
walk-ok-access|web https://webext.contoso.example/Autodiscover/AutodiscoverService.svc/root/domain 198.51.100.20|SipClientExternalAccess":[{]"fqdn":"access.contoso.example","port":"443
ad-unreachable|web https://lyncdiscover.contoso.example/ 198.51.100.20|Empty reply
ad-unreachable|web http://lyncdiscover.contoso.example/ 198.51.100.20|Empty reply
ad-unreachable-silent|web https://lyncdiscover.contoso.example/ 198.51.100.20 --max-time 0.3|timed out
ad-http-status|web http://lyncdiscover.contoso.example/ 198.51.100.20|503 Service
ad-not-autodiscover|web https://lyncdiscover.contoso.example/ 198.51.100.20|200 OK.*IIS Windows
ad-redirect-loop|web https://lyncdiscover.contoso.example/ 198.51.100.20 -L --max-redirs 5|(Location.*){6}end 47
ad-redirect-loop-long|web https://lyncdiscover.contoso.example/ 198.51.100.20 -L --max-redirs 11|hop=12.*end 47
ad-redirect-loop-link|web https://webext.contoso.example/Autodiscover/AutodiscoverService.svc/root 198.51.100.20|token":"Redirect
ad-redirect-domain|web https://lyncdiscover.contoso.example/ 198.51.100.20|302.*Location: https://webext.fabrikam
ad-redirect-domain|leaf 198.51.100.20:443|DNS:webext.fabrikam.example
ad-access-location|xml https://lyncdiscover.contoso.example/ 198.51.100.20|AccessLocation="Internal"
ad-access-location-inside|xml https://lyncdiscoverinternal.contoso.example/ 10.77.1.20|AccessLocation="External"
ad-host-domain|xml https://lyncdiscover.contoso.example/ 198.51.100.20|"User" href="https://webext.fabrikam
ad-sip-target-unreachable|xml https://webext.contoso.example/Autodiscover/AutodiscoverService.svc/root/domain 198.51.100.20|SipClientExternalAccess fqdn="sipgone
ad-body|web https://lyncdiscover.contoso.example/ 198.51.100.20|Content-Length: 3072
ad-body-gzip|web https://lyncdiscover.contoso.example/ 198.51.100.20 --compressed -o /dev/null -w '%{size_download}'|end 0
ad-body-gzip|web https://lyncdiscover.contoso.example/ 198.51.100.20 --compressed \| wc -c|^419
ad-body-gzip|web https://lyncdiscover.contoso.example/ 198.51.100.20 -H 'Accept-Encoding: gzip' -o /dev/null -w '%{size_download}'|264[0-9][0-9]
ad-body-doctype|web https://lyncdiscover.contoso.example/ 198.51.100.20|<!DOCTYPE
ad-body-deep|xml https://lyncdiscover.contoso.example/ 198.51.100.20|<a><a><a><a>
walk-fails|sip 203.0.113.10:443|alert certificate required
walk-fails-ports|port 203.0.113.10 443|refused
walk-fallback|port 198.51.100.20 443|refused
port-closed|port 203.0.113.10 443|refused
port-closed-inside|port 10.77.1.11 5061|refused
port-filtered|port 203.0.113.10 443|end 28
port-filtered|port 203.0.113.10 443; port '[2001:db8:77::10]' 443|end 28.*end 28
port-unreachable|ask 2.53 access.contoso.example A|192.0.2.66
port-unreachable|port 192.0.2.66 443|[Nn]o route|unreachable
port-pool-partial|port 10.77.1.12 5061; sip 10.77.1.11:5061|refused.*SIP/2.0 401
port-pool-partial-ipv6|port '[2001:db8:77::10]' 443; sip 203.0.113.10:443|refused.*SIP/2.0 401
tls-failed|tls 203.0.113.10:443|alert handshake failure
tls-reset|tls 203.0.113.10:443|(errno=104|reset by peer)
tls-reset-close|tls 203.0.113.10:443|(unexpected eof|errno=0)
tls-stalled|timeout 0.3 openssl s_client -connect 203.0.113.10:443 2>&1; echo end $?|end 124
tls-not-tls|tls 203.0.113.10:443|wrong version number
tls-not-tls-ssh|tls 203.0.113.10:443|wrong version number
tls-not-tls-ssh|port 203.0.113.10 443|SSH-2.0
tls-old|tls 203.0.113.10:443|Protocol *: TLSv1$
tls-old|tls 203.0.113.10:443 -tls1_1|unsupported protocol
tls-old-11|tls 203.0.113.10:443|Protocol *: TLSv1.1
tls-client-cert|sip 203.0.113.10:5061|alert certificate required
tls-client-cert|sip 203.0.113.10:443|SIP/2.0 401
tls-client-cert-12|tls 203.0.113.10:5061|alert handshake failure
sip-not-sip|sip 203.0.113.10:443|HTTP/1.1 400 Bad Request
sip-no-answer|sip 203.0.113.10:443|end 124
sip-status|sip 203.0.113.10:443|SIP/2.0 503
sip-status-inside|sip 10.77.1.11:5061|SIP/2.0 503
run-deadline|timeout 0.3 openssl s_client -connect 198.51.100.20:443 2>&1; echo end $?|end 124
cert-expired|tls 203.0.113.10:443|certificate has expired
cert-expired-inside|leaf 10.77.1.11:5061; days 10.77.1.11:5061 0|will expire
cert-not-yet-valid|tls 203.0.113.10:443|not yet valid
cert-expiring|days 203.0.113.10:443 45; days 203.0.113.10:443 14|will expire.*will not expire
cert-expiring-critical|days 203.0.113.10:443 14; days 203.0.113.10:443 1|will expire.*will not expire
cert-name-mismatch|tls 203.0.113.10:443|[Hh]ostname mismatch
cert-subject-not-in-san|leaf 203.0.113.10:443|Subject:.*edge01
cert-subject-not-in-san|tls 203.0.113.10:443|Verification: OK
cert-eku|tls 203.0.113.10:443|(unsupported certificate purpose|unsuitable certificate purpose)
cert-untrusted|tls 203.0.113.10:443|unable to get (local )?issuer
cert-wrong-ca|tls 203.0.113.10:443 -CAfile "$LPLAB_DIR/private-root.pem"|Verification: OK
cert-wrong-ca|tls 203.0.113.10:443|unable to get (local )?issuer
cert-self-signed|tls 203.0.113.10:443|self-signed certificate
cert-chain-incomplete|tls 203.0.113.10:443|unable to get (local )?issuer
cert-chain-incomplete|leaf 203.0.113.10:443|Issuer:.*Example Public Issuing CA
cert-weak-key|leaf 203.0.113.10:443|1024 bit
cert-weak-signature|leaf 203.0.113.10:443|ecdsa-with-SHA1
cert-pss|leaf 203.0.113.10:443|Signature Algorithm: rsassaPss
cert-pss|tls 203.0.113.10:443|Verification: OK
cert-wildcard|leaf 203.0.113.10:443|DNS:[*].contoso.example
cert-no-cdp|leaf 203.0.113.10:443 \| grep -c 'CRL Distribution'|^0$
cert-no-cdp-ldap|leaf 203.0.113.10:443|URI:ldap:
cert-nodes-differ|for a in 1 2; do leaf 10.77.1.1$a:5061 \| grep Serial; done \| sort -u \| wc -l|^2$
cert-trust-prompt|leaf 198.51.100.20:443|Subject:.*webext.fabrikam.example
one-pool.yaml|ask 1.53 webint.corp.contoso.example A|10.77.1.11.*10.77.1.12
one-pool.yaml|ask 2.53 _xmpp-server._tcp.contoso.example SRV|0 0 5269 access.contoso.example
one-pool.yaml|ask 2.53 pool.corp.contoso.example A|NXDOMAIN
one-pool.yaml|sip 10.77.1.12:5061|SIP/2.0 401 .*Kerberos.*fe2.corp.*webint.corp
one-pool.yaml|sip 203.0.113.10:443|SIP/2.0 401 .*fe1.corp.*webext.contoso
one-pool.yaml|sip 203.0.113.10:5061|alert certificate required
one-pool.yaml|leaf 10.77.4.11:5061|Client Authentication.*DNS:chat.corp
one-pool.yaml|xml https://lyncdiscoverinternal.contoso.example/ 10.77.1.11|Internal.*Domain.*webint.corp
one-pool.yaml|xml https://lyncdiscover.contoso.example/ 198.51.100.20|External.*Domain.*webext
one-pool.yaml|xml https://webext.contoso.example:4443/autodiscover/autodiscoverservice.svc/root 10.77.1.11|External.*Domain.*webext
one-pool.yaml|web https://wac.contoso.example/hosting/discovery 10.77.6.11|200 OK.*wopi-discovery
one-pool.yaml|web https://sts.contoso.example/FederationMetadata/2007-06/FederationMetadata.xml 198.51.100.30|200 OK.*EntityDescriptor
one-pool.yaml|openssl s_client -connect 203.0.113.10:5269 -starttls xmpp-server -xmpphost contoso.example -showcerts </dev/null 2>&1|Access Edge\|CN = access.contoso
one-pool.yaml|port 10.77.1.11 50003; port 10.77.1.11 5060|[Cc]onnected.*refused
two-pools-director.yaml|ask 1.53 lyncdiscoverinternal.fabrikam.example A|10.77.1.30
two-pools-director.yaml|sip 203.0.113.20:443|SIP/2.0 401 .*targetname="dir.corp
two-pools-director.yaml|ask 2.53 access.contoso.example A|203.0.113.10.*203.0.113.20
two-pools-director.yaml|port 10.77.1.11 5071|refused
single-edge.yaml|ask 2.53 _sip._tls.contoso.example SRV|0 0 5061 sip.contoso
single-edge.yaml|sip 203.0.113.10:5061|SIP/2.0 401
check-missing-webint|ask 1.53 webint.corp.contoso.example A|NXDOMAIN
check-missing-domain|ask 2.53 lyncdiscover.fabrikam.example A|NXDOMAIN
check-missing-domain|ask 2.53 lyncdiscover.litware.example A|198.51.100.20
check-srv-port|ask 2.53 _sip._tls.contoso.example SRV|0 0 5061 access
check-srv-target|ask 2.53 _sipfederationtls._tcp.contoso.example SRV|0 0 5061 conf
check-address|ask 2.53 av.contoso.example A|203.0.113.10
check-outside-answer|ask 1.53 meet.contoso.example A|198.51.100.20
check-internal-leak|ask 2.53 pool.corp.contoso.example A|10.77.1.11
check-internal-address|ask 2.53 webext.contoso.example A|10.77.1.11
check-cloud-leftover|ask 1.53 lyncdiscoverinternal.adatum.example A|10.77.1.11
check-cloud-leftover-srv|ask 1.53 _sipinternaltls._tcp.adatum.example SRV|0 0 5061 se.corp
check-cloud-mixed|ask 2.53 _sipfederationtls._tcp.adatum.example SRV; ask 2.53 _sip._tls.adatum.example SRV|5061 access.*100 1 443 sipdir
check-cloud-early|ask 2.53 lyncdiscover.contoso.example A; ask 2.53 sip.contoso.example A|webdir.*203.0.113.10
check-cloud-missing|ask 1.53 lyncdiscover.adatum.example A; ask 2.53 lyncdiscover.adatum.example A|NXDOMAIN.*webdir
check-hybrid-meetings|ask 1.53 conf.contoso.example A; ask 2.53 conf.contoso.example A|NXDOMAIN.*203.0.113.11
check-not-moved|grep hosting "$LPLAB_DIR/topology.yaml"; ask 2.53 sip.contoso.example A|cloud.*203.0.113.10
check-san-missing|leaf 10.77.1.12:5061 \| grep -c 'DNS:admin'|^0$
check-san-missing-edge|leaf 203.0.113.20:443 \| grep -c 'DNS:sip.litware'|^0$
check-san-extra|leaf 203.0.113.10:5061|DNS:ocs.contoso
check-subject|leaf 10.77.1.11:443|Subject:.*CN = fe1.corp
check-eku-client|leaf 10.77.4.11:5061 \| grep -c 'Client Auth'|^0$
check-eku-server|leaf 10.77.1.30:5061 \| grep -c 'Server Auth'|^0$
check-wrong-ca-outside|leaf 203.0.113.10:443|Issuer:.*Contoso Private
check-wrong-ca-inside|leaf 10.77.3.11:5067|Issuer:.*Example Public
check-nodes-differ|for a in 1 2; do leaf 203.0.113.${a}0:443 \| grep -A1 Serial; done \| sort -u \| wc -l|^3$
check-wildcard|leaf 10.77.3.11:5067|DNS:[*].corp
check-expired|days 10.77.4.11:5061 0|will expire
check-waived|grep -A1 waivers "$LPLAB_DIR/topology.yaml"|LP-CERT-EXPIRED.*2099
check-unexpected|grep features "$LPLAB_DIR/topology.yaml"; port 10.77.1.11 5075|call-park: off.*[Cc]onnected
check-member-down|port 10.77.1.12 443; sip 10.77.1.11:5061|refused.*SIP/2.0 401
check-second-ports|port 10.77.3.11 5061; port 10.77.3.11 5070|refused.*[Cc]onnected
check-shut-access-edge-5269|port 203.0.113.10 5269; port 203.0.113.10 443|refused.*[Cc]onnected
check-shut-load-balancer-443|port 10.77.1.10 443; port 10.77.1.11 443|refused.*[Cc]onnected
sip-no-auth-scheme|sip 203.0.113.10:443|SIP/2.0 401 .*Authenticate: Digest
sip-clock-skew|date -d "$(sip 203.0.113.10:443 \| sed -n 's/^Date: //p' \| tr -d '\r')" +%s \| awk -v now="$(date +%s)" '{ print int((now - $1) / 600) }'|^6$
sip-sts-unreachable|sip 203.0.113.10:443|sts-uri="https://gone.contoso
sip-authenticator|sip 203.0.113.10:443|targetname="fe9.other.example"
sip-authenticator-inside|sip 10.77.1.12:5061|targetname="fe9.other.example"
sip-authenticator-pool|sip 203.0.113.10:443|targetname="dir.corp.contoso.example"
sip-nodes-differ|sip 10.77.1.12:5061|Server: RTC/5.0
sip-nodes-differ-walk|sip 10.77.1.12:5061|Server: RTC/5.0
http-nodes-differ|web https://webint.corp.contoso.example/ 10.77.1.12|Server: Microsoft-IIS/7.5
http-clock-skew|date -d "$(web https://webint.corp.contoso.example/ 10.77.1.12 \| sed -n 's/^Date: //p' \| tr -d '\r')" +%s \| awk -v now="$(date +%s)" '{ print int((now - $1) / 600) }'|^6$
sip-next-hop|sip 203.0.113.10:443|SIP/2.0 504 .*ms-diagnostics: 1010;.*tls-target="fe1.contoso.example"
sip-moved|sip 203.0.113.10:443|SIP/2.0 301 .*Contact: <sip:pool2.contoso.example:5061
sql-not-sql|leaf 10.77.8.11:1433|(Could not|unable to load)
sql-mute|port 10.77.8.11 1433|Connected to .*end 28
turn-not-turn|leaf 203.0.113.12:443|(Could not|unable to load)
xmpp-no-starttls|timeout 1 openssl s_client -connect 203.0.113.10:5269 -starttls xmpp-server -xmpphost contoso.example </dev/null 2>&1 \| grep -c "BEGIN CERT"|^0$
http-no-redirect|web http://webint.corp.contoso.example/ 10.77.1.11|200 OK.*IIS
http-status|web https://webext.contoso.example/meet 198.51.100.20|500 Internal
wac-discovery|web https://wac.contoso.example/hosting/discovery 10.77.6.11|200 OK.*<html></html>
cert-revoked|curl -s --connect-to ::198.51.100.20: http://pki.contoso.example/public.crl \| openssl crl -inform DER -noout -text|Key Compromise
cert-revoked-inside|curl -s --connect-to ::10.77.250.80: http://pki.contoso.example/private.crl \| openssl crl -inform DER -noout -text|Key Compromise
cert-crl-unreachable|ask 2.53 pki.contoso.example A|NXDOMAIN
ocsp-revoked|responder|Response verify OK.*Cert Status: revoked
ocsp-revoked|curl -s --connect-to ::198.51.100.20: http://pki.contoso.example/public.crl \| openssl crl -inform DER -noout -text|No Revoked
ocsp-revoked-inside|leaf 10.77.1.11:5061|OCSP - URI:http://pki
ocsp-host-gone|ask 2.53 ocsp.contoso.example A|NXDOMAIN
ocsp-host-gone|leaf 203.0.113.10:443|CRL Distribution.*OCSP - URI:http://ocsp.contoso
ocsp-try-later|responder|trylater
ocsp-try-later|leaf 203.0.113.10:443 \| grep -c 'CRL Distribution'|^0$
ocsp-old|responder|WARNING: Status times invalid
staple-revoked|stapled 203.0.113.10:443|Cert Status: revoked
staple-old|stapled 203.0.113.10:443 \| sed -n 's/.*Next Update: //p' \| (read -r d; [ "$(date -d "$d" +%s)" -lt "$(date +%s)" ] && echo past)|past
staple-other|stapled 203.0.113.10:443 \| grep -c "Serial Number: $(openssl s_client -connect 203.0.113.10:443 </dev/null 2>/dev/null \| openssl x509 -noout -serial \| sed s/serial=//)"; stapled 203.0.113.10:443|^0$
tls-sni-needed|tls 198.51.100.20:443 -noservername; tls 198.51.100.20:443 -servername webext.contoso.example|unrecognized name.*BEGIN CERT
cert-bad-encoding|openssl s_client -connect 203.0.113.10:443 </dev/null 2>/dev/null \| openssl x509 -noout -ext subjectAltName -certopt ext_dump 2>&1 \| cat -v|evil.example
ROWS
}

# A "|" inside a step or an expression is written "\|" and "|" (the expression is last).
split() { # FIELD: that field of every row of standard input
    sed 's/\\|/\x01/g' | case $1 in
        fault) sed 's/|.*//' ;;
        step) sed 's/^[^|]*|//; s/|.*//' ;;
        wanted) sed 's/^[^|]*|[^|]*|//' ;;
    esac | sed 's/\x01/|/g'
}

# One lab for all rows of a fault.
check_fault() { # FAULT
    name=$1
    rows | grep "^$1|" >"$work/rows"
    split step <"$work/rows" >"$work/steps"
    split wanted <"$work/rows" >"$work/wanted"
    rm -f "$work"/[0-9]*
    case $1 in
    *.yaml) set -- --topology "$(dirname "$0")/topologies/$1" ;;
    *)
        topology=$("$LPLAB" --list | awk -F '\t' -v name="$1" '$1 == name { print $7 }')
        set -- --fault "$1"
        [ "$topology" = - ] || set -- "$@" --topology "$(dirname "$0")/topologies/$topology"
        ;;
    esac
    "$LPLAB" "$@" -- sh "$0" in "$work" </dev/null
    n=0
    while IFS= read -r wanted <&3; do
        n=$((n + 1))
        tr '\r\n' '  ' <"$work/$n" >"$work/line"
        grep -qE -e "$wanted" "$work/line" "$work/$n"
        verdict "$name: $(sed -n "${n}p" "$work/steps")" $?
    done 3<"$work/wanted"
}

check_rows() {
    for fault in $(rows | split fault | uniq); do
        check_fault "$fault"
    done
}

# ---- life cycle: nothing may be left, whoever is killed ----

started() { # starts a lab with "$@" as its COMMAND's shell text; sets front, lab, command, dir
    rm -f "$work/pids"
    mkfifo "$work/pids"
    "$LPLAB" -- sh -c "echo \$PPID \$\$ \$LPLAB_DIR >'$work/pids'; $1" &
    front=$!
    read -r lab command dir <"$work/pids"
}
gone() { # PID...: waits until each is gone, five seconds at most
    for pid in "$@"; do
        timeout 5 tail --pid="$pid" -f /dev/null || return 1
    done
    [ ! -e "$dir" ]
}

check_life() {
    "$LPLAB" -- sh -c 'exit 7'
    verdict "COMMAND's status" $(($? != 7))
    "$LPLAB" -- sh -c 'kill -9 $$'
    verdict "COMMAND's signal" $(($? != 137))
    orphan=$("$LPLAB" -- sh -c 'tail -f /dev/null >/dev/null 2>&1 & echo $!')
    kill -0 "$orphan" 2>/dev/null
    verdict "an orphan of COMMAND is ended" $(($? == 0))
    started 'exec tail -f /dev/null'
    kill -9 "$front"
    gone "$front" "$lab" "$command"
    verdict "nothing is left when the caller's process is killed" $?
    started 'exec tail -f /dev/null'
    kill -9 "$lab"
    gone "$front" "$lab" "$command"
    verdict "nothing is left when the lab's process is killed" $?
    started 'exec tail -f /dev/null'
    kill "$front"
    gone "$front" "$lab" "$command"
    verdict "nothing is left after SIGTERM" $?
    "$LPLAB" --fault no-such-fault -- true 2>/dev/null
    verdict "an unknown fault is wrong usage" $(($? != 64))
}

# A client that we did not write: libnice speaks to the A/V Edge as Lync 2010 and 2013 do.
check_nice() {
    # shellcheck disable=SC2046 # flags are words
    if ! cc -o "$work/nice" "$(dirname "$0")/outside/nice.c" \
        $(pkg-config --cflags --libs nice 2>/dev/null) 2>/dev/null; then
        skipped=$((skipped + 1))
        echo "skipped: libnice's client is not at hand (libnice-dev)"
        return
    fi
    for way in "3478 udp" "443 tls"; do
        # shellcheck disable=SC2086 # port and way are two words
        "$LPLAB" --topology "$(dirname "$0")/topologies/one-pool.yaml" -- \
            timeout 10 "$work/nice" 203.0.113.12 $way >"$work/relay" 2>/dev/null
        grep -q '^relay 203.0.113.12$' "$work/relay"
        verdict "libnice gets a relay, $way" $?
    done
}

check_list() {
    wrong=$("$LPLAB" --list | awk -F '\t' 'NF != 7 || $2 !~ /^LP-/ || $3 !~ /^(in|ex)ternal$/')
    [ -z "$wrong" ]
    verdict "--list has seven columns" $?
    double=$("$LPLAB" --list | cut -f1 | sort | uniq -d)
    [ -z "$double" ]
    verdict "every fault has a name of its own" $?
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$LPLAB" -- true
if [ $? = 77 ]; then
    echo "0 passed, 0 failed, 1 skipped"
    exit 0
fi
check_list
check_life
check_nice
if command -v dig >/dev/null && command -v openssl >/dev/null && command -v curl >/dev/null; then
    check_rows
else
    skipped=$((skipped + 1))
    echo "skipped: the wire is not looked at without dig, openssl and curl"
fi
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
