# shellcheck shell=sh disable=SC2154,SC2034
# faults.sh - system tests: one healthy deployment, one fault at a time, and the first finding
#
# A fault is one row: its name; the view; "walk" or "check" (with the topology); how it is made, a
# function below with its arguments; id and subject (a pattern) of the finding that must come first.

faults() {
    sed -e '/^#/d' -e '/^$/d' <<'ROWS'
# records
record-missing|external|walk|without outside lyncdiscover|LP-DNS-RECORD-MISSING|lyncdiscover.*
record-missing-inside|internal|walk|without inside _sipinternaltls._tcp|LP-DNS-RECORD-MISSING|_sipinternaltls._tcp.*
record-missing-pool|internal|check|without inside webint|LP-DNS-RECORD-MISSING|webint.*
srv-port|external|check|record outside _sip._tls SRV 0 0 5061 access|LP-DNS-SRV-PORT|_sip._tls.*
srv-target|external|check|record outside _sip._tls SRV 0 0 443 conf|LP-DNS-SRV-TARGET|_sip._tls.*
srv-target-missing|external|walk|record outside _sip._tls SRV 0 0 443 gone|LP-DNS-SRV-TARGET-MISSING|_sip._tls.*
srv-not-offered|external|walk|record outside _sip._tls SRV 0 0 0 .|LP-DNS-SRV-NOT-OFFERED|_sip._tls.*
address|external|check|record outside conf A 203.0.113.161|LP-DNS-ADDRESS|conf.*
internal-leak|external|walk|record outside lyncdiscoverinternal A 10.90.1.11|LP-DNS-INTERNAL-LEAK|lyncdiscoverinternal.*
internal-address|external|walk|record outside sip A 10.90.1.11|LP-DNS-INTERNAL-ADDRESS|sip.*
outside-answer|internal|check|record inside sip A 203.0.113.161|LP-DNS-OUTSIDE-ANSWER|sip.*
cname-dangling|external|walk|record outside lyncdiscover CNAME gone|LP-DNS-CNAME-DANGLING|lyncdiscover.*
cname-loop|external|walk|record outside lyncdiscover CNAME lyncdiscover|LP-DNS-CNAME-LOOP|lyncdiscover.*
federation-missing|external|check|without outside _sipfederationtls._tcp|LP-DNS-RECORD-MISSING|_sipfederationtls._tcp.*
federation-port|external|check|record outside _sipfederationtls._tcp SRV 0 0 443 access|LP-DNS-SRV-PORT|_sipfederationtls._tcp.*
meeting-missing|external|check|without outside meet|LP-DNS-RECORD-MISSING|meet.*
members-exchanged|internal|check|record inside fe1 A 10.90.1.12|LP-DNS-ADDRESS|fe1.*
wildcard|external|walk|record outside * A 198.51.100.120|LP-DNS-WILDCARD|*.*
wildcard-alias|external|walk|record outside * CNAME pki|LP-DNS-WILDCARD|*.*
alias-without-srv|external|walk|record outside _sip._tls CNAME pki|LP-DNS-RECORD-MISSING|_sip._tls.*
srv-port-0|external|walk|record outside _sip._tls SRV 0 0 0 access|LP-DNS-SRV-PORT|_sip._tls.*
srv-no-dot|external|walk|record outside _sip._tls SRV 0 0 443 access.adatum.example|LP-DNS-SRV-TARGET-MISSING|_sip._tls.*
srv-address|external|walk|record outside _sip._tls SRV 0 0 443 203.0.113.161.|LP-DNS-NAME-INVALID|_sip._tls.*
srv-alias|external|walk|record outside access CNAME sip|LP-DNS-SRV-TARGET-CNAME|_sip._tls.*
loopback|external|walk|record outside lyncdiscover A 127.0.0.1|LP-DNS-INTERNAL-ADDRESS|lyncdiscover.*
blocked-name|external|walk|record outside lyncdiscover A 0.0.0.0|LP-RUN-BLOCKED|lyncdiscover.*
dead-address|external|walk|also outside access A 198.51.100.121|LP-PORT-POOL-PARTIAL|access.*:443
# name servers
servfail|external|walk|ask_at 203.0.113.154|LP-DNS-SERVFAIL|lyncdiscoverinternal.*
refused|external|walk|ask_at 203.0.113.155|LP-DNS-REFUSED|lyncdiscoverinternal.*
dns-dropped|external|walk|silence udp 203.0.113.153 53|LP-DNS-TIMEOUT|lyncdiscoverinternal.*
# ports
closed|external|walk|closed 203.0.113.161 443|LP-PORT-CLOSED|access.*:443
closed-conferencing|external|check|closed 203.0.113.162 443|LP-PORT-CLOSED|conf.*:443
closed-conference-control|internal|check|closed 10.90.1.11,10.90.1.12 444|LP-PORT-CLOSED|fe1.*:444
filtered|external|walk|silence tcp 203.0.113.161 443|LP-PORT-FILTERED|access.*:443
filtered-federation|external|check|silence tcp 203.0.113.161 5061|LP-PORT-FILTERED|access.*:5061
closed-branch|internal|check|closed 10.90.1.34 5061|LP-PORT-CLOSED|sba.*:5061
filtered-mediation|internal|check|silence tcp 10.90.1.31 5067|LP-PORT-FILTERED|med.*:5067
member-down|internal|walk|closed 10.90.1.12 5061|LP-PORT-POOL-PARTIAL|pool.*:5061
unreachable|external|walk|rejected 203.0.113.161 443 icmp type host-unreachable|LP-PORT-UNREACHABLE|access.*:443
http-closed|external|check|closed 198.51.100.120 80|LP-PORT-CLOSED|lyncdiscover.*:80
# TLS
tls-old|external|walk|instead 203.0.113.161:443 10021|LP-TLS-OLD|access.*:443
not-tls|external|walk|instead 203.0.113.161:443 10023|LP-TLS-NOT-TLS|access.*:443
sni-needed|external|walk|instead 198.51.100.120:443 9008|LP-TLS-SNI-NEEDED|lyncdiscover.*:443
tls-stalled|external|walk|mute 203.0.113.161 443|LP-TLS-STALLED|access.*:443
tls-cut|external|walk|cut_off 203.0.113.161 443|LP-TLS-RESET|access.*:443
tls-refused|external|walk|instead 198.51.100.120:443 9020|LP-TLS-FAILED|lyncdiscover.*:443
client-certificate|external|walk|instead 203.0.113.161:443 5061|LP-TLS-CLIENT-CERT|access.*:443
# certificates
expired|external|walk|instead 203.0.113.161:443 10001|LP-CERT-EXPIRED|access.*:443
name-mismatch|external|walk|instead 203.0.113.161:443 10002|LP-CERT-NAME-MISMATCH|access.*:443
self-signed|external|walk|instead 203.0.113.161:443 10003|LP-CERT-SELF-SIGNED|access.*:443
untrusted|external|walk|instead 203.0.113.161:443 10004|LP-CERT-UNTRUSTED|access.*:443
chain-incomplete|external|walk|instead 203.0.113.161:443 10005|LP-CERT-CHAIN-INCOMPLETE|access.*:443
no-cdp|external|walk|instead 203.0.113.161:443 10006|LP-CERT-NO-CDP|access.*:443
revoked|external|walk|instead 203.0.113.161:443 10007|LP-CERT-REVOKED|access.*:443
crl-gone|external|walk|instead 203.0.113.161:443 10008|LP-CERT-CRL-UNREACHABLE|http://pki.*/gone.crl
ocsp-revoked|external|walk|instead 203.0.113.161:443 10031|LP-CERT-REVOKED|access.*:443
ocsp-closed|external|walk|unanswered 10032|LP-CERT-CRL-UNREACHABLE|http://ocsp.*/
ocsp-unknown|external|walk|instead 203.0.113.161:443 10033|LP-CERT-CRL-UNREACHABLE|http://ocsp.*/
staple-revoked|external|walk|instead 203.0.113.161:443 10034|LP-CERT-REVOKED|access.*:443
staple-exchanged|external|walk|instead 203.0.113.161:443 10035|LP-CERT-STAPLE-INVALID|access.*:443
nameless|external|walk|instead 203.0.113.161:443 10130|LP-CERT-NAME-MISMATCH|access.*:443
wildcard-san|external|walk|instead 203.0.113.161:443 10131|LP-CERT-WILDCARD|access.*:443
pss|external|walk|instead 203.0.113.161:443 10132|LP-CERT-PSS|access.*:443
not-yet-valid|external|walk|instead 203.0.113.161:443 10133|LP-CERT-NOT-YET-VALID|access.*:443
usage|external|walk|instead 203.0.113.161:443 10134|LP-CERT-EKU|access.*:443
expiring|external|walk|instead 203.0.113.161:443 10135|LP-CERT-EXPIRING|access.*:443
expired-intermediate|external|walk|instead 203.0.113.161:443 10136|LP-CERT-EXPIRED|access.*:443
stray-intermediate|external|walk|instead 203.0.113.161:443 10137|LP-CERT-CHAIN-INCOMPLETE|access.*:443
company-ca|external|walk|instead 203.0.113.161:443 10138|LP-CERT-WRONG-CA|access.*:443
subject-not-in-san|external|walk|instead 203.0.113.161:443 10139|LP-CERT-SUBJECT-NOT-IN-SAN|access.*:443
sha1|external|walk|instead 203.0.113.161:443 10143|LP-CERT-WEAK-SIGNATURE|access.*:443
san-missing|external|check|instead 203.0.113.161:443 10015|LP-CERT-SAN-MISSING|access.*:443
weak-key|external|walk|instead 203.0.113.161:443 10022|LP-CERT-WEAK-KEY|access.*:443
nodes-differ|internal|walk|instead 10.90.1.12:5061 10009|LP-CERT-NODES-DIFFER|pool.*:5061
# SIP
sip-status|external|walk|instead 203.0.113.161:443 10010|LP-SIP-STATUS|access.*:443
sip-silent|external|walk|instead 203.0.113.161:443 10011|LP-SIP-NO-ANSWER|access.*:443
no-auth-scheme|external|walk|instead 203.0.113.161:443 10012|LP-SIP-NO-AUTH-SCHEME|access.*:443
clock-skew|external|walk|instead 203.0.113.161:443 10013|LP-SIP-CLOCK-SKEW|access.*:443
sts-unreachable|external|walk|instead 203.0.113.161:443 10014|LP-SIP-STS-UNREACHABLE|gone.*:443
next-hop|external|walk|instead 203.0.113.161:443 10017|LP-SIP-STATUS|access.*:443
authenticator|external|check|instead 203.0.113.161:443 10016|LP-SIP-AUTHENTICATOR|access.*:443
sip-200|external|walk|instead 203.0.113.161:443 10150|LP-SIP-STATUS|access.*:443
sip-404|external|walk|instead 203.0.113.161:443 10151|LP-SIP-STATUS|access.*:443
not-sip|external|walk|instead 203.0.113.161:443 10024|LP-SIP-NOT-SIP|access.*:443
# Autodiscover and web
autodiscover-status|external|walk|behind_proxy 9001|LP-AD-HTTP-STATUS|lyncdiscover.*:80
autodiscover-page|external|walk|behind_proxy 9002|LP-AD-NOT-AUTODISCOVER|lyncdiscover.*:80
autodiscover-ring|external|walk|behind_proxy 9003|LP-AD-REDIRECT-LOOP|lyncdiscover.*:80
autodiscover-closes|external|walk|behind_proxy 9007|LP-AD-UNREACHABLE|lyncdiscover.*
access-location|external|walk|behind_proxy 9004|LP-AD-ACCESS-LOCATION|webext.*:443
meeting-page|external|check|behind_proxy 9005|LP-HTTP-STATUS|webext.*:443
internal-site|external|walk|behind_proxy 9009|LP-AD-ACCESS-LOCATION|lyncdiscover.*:80
host-rewritten|external|check|behind_proxy 9010|LP-AD-HTTP-STATUS|lyncdiscover.*:80
host-not-forwarded|external|check|behind_proxy 9006|LP-AD-HTTP-STATUS|lyncdiscover.*:80
no-redirect|external|check|instead 198.51.100.120:80 9102|LP-HTTP-NO-REDIRECT|lyncdiscover.*:80
http-page|external|walk|instead 198.51.100.120:80 9102|LP-HTTP-NO-REDIRECT|lyncdiscover.*:80
http-away|external|walk|instead 198.51.100.120:80 9125|LP-AD-REDIRECT-DOMAIN|lyncdiscover.*:80
web-client-certificate|external|walk|instead 198.51.100.120:443 9021|LP-AD-HTTP-STATUS|lyncdiscover.*:443
autodiscover-doctype|external|walk|behind_proxy 9022|LP-AD-BODY|lyncdiscover.*:80
autodiscover-foreign|external|walk|behind_proxy 9023|LP-AD-HOST-DOMAIN|lyncdiscover.*:80
sip-target-gone|external|walk|behind_proxy 9024|LP-AD-SIP-TARGET-UNREACHABLE|gone.*:443
wac-discovery|internal|check|instead 10.90.1.35:443 9001|LP-WAC-DISCOVERY|wac.*:443
sign-on-metadata|external|check|instead 198.51.100.122:443 9001|LP-HTTP-STATUS|sts.*:443
chat-not-tls|internal|check|instead 10.90.1.32:5061 203.0.113.161:10023|LP-TLS-NOT-TLS|chat.*:5061
# what is as good
alias-autodiscover|external|walk|record outside lyncdiscover CNAME webext|LP-WALK-OK|adatum.*
alias-meeting|external|check|record outside meet CNAME webext|LP-WALK-OK|adatum.*
alias-sip|external|walk|record outside sip CNAME access|LP-WALK-OK|adatum.*
chain-backwards|external|walk|instead 203.0.113.161:443 10140|LP-WALK-OK|adatum.*
cross-signed|external|walk|instead 203.0.113.161:443 10141|LP-WALK-OK|adatum.*
many-names|external|walk|instead 203.0.113.161:443 10142|LP-WALK-OK|adatum.*
ec-key|external|walk|instead 203.0.113.161:443 10144|LP-WALK-OK|adatum.*
trying-first|external|walk|instead 203.0.113.161:443 10152|LP-WALK-OK|adatum.*
# media and XMPP
relay-standard|external|check|believe s/#av:/av:/|LP-TURN-NOT-TURN|av.*:443
xmpp-not-wanted|external|check|believe /xmpp:/d|LP-PORT-UNEXPECTED|access.*:5269
xmpp-no-stream|external|check|instead 203.0.113.161:5269 10024|LP-XMPP-NO-STREAM|access.*:5269
xmpp-no-starttls|external|check|instead 203.0.113.161:5269 203.0.113.163:5269|LP-XMPP-NO-STARTTLS|access.*:5269
xmpp-stopped|external|check|stopped xmpp|LP-PORT-CLOSED|access.*:5269
ROWS
}

# ---- how faults are made; heal() takes all of it back ----

# The name server has read the zone when its serial is the new one.
load_zone() { # inside or outside
    if [ "$1" = inside ]; then
        asked=$IN_DNS pid=$inside_pid
    else
        asked=$OUT_DNS pid=$outside_pid
    fi
    kill -HUP "$pid"
    tries=0
    until dig "@$asked" "$ESTATE" SOA +short +tries=1 +time=1 | grep -q " $serial 3600 "; do
        tries=$((tries + 1))
        [ $tries -lt 500 ] || return 1
    done
}

without() { # VIEW OWNER
    serial=$((serial + 1))
    estate_records "$1" | awk -v owner="$2" '$1 != owner' >"$dir/$1/zone"
    touched="$touched $1"
    load_zone "$1"
}

record() { # VIEW OWNER TYPE DATA...: this record instead of those that the name has
    side=$1 owner=$2
    serial=$((serial + 1))
    shift
    { estate_records "$side" | awk -v owner="$owner" '$1 != owner' && echo "$*"; } \
        >"$dir/$side/zone"
    touched="$touched $side"
    load_zone "$side"
}

also() { # VIEW OWNER TYPE DATA...: one more record
    side=$1
    serial=$((serial + 1))
    shift
    { estate_records "$side" && echo "$*"; } >"$dir/$side/zone"
    touched="$touched $side"
    load_zone "$side"
}

ask_at() { # ADDRESS of another name server
    server=$1
}

closed() { # ADDRESS[,ADDRESS] PORT
    nft add rule inet faults in ip daddr "{ $1 }" tcp dport "$2" reject with tcp reset
}

rejected() { # ADDRESS PORT WORD...: of nftables, what the packet filter answers
    at=$1 port=$2
    shift 2
    nft add rule inet faults in ip daddr "$at" tcp dport "$port" reject with "$@"
}

cut_off() { # ADDRESS PORT: the first bytes that come are answered with a reset
    nft add rule inet faults in ip daddr "$1" tcp dport "$2" tcp flags '&' psh == psh \
        reject with tcp reset
}

silence() { # PROTOCOL ADDRESS PORT: a packet filter drops what comes
    nft add rule inet faults in ip daddr "$2" "$1" dport "$3" drop
    impatient
}

mute() { # ADDRESS PORT: the connection opens, and nothing goes through it
    nft add rule inet faults in ip daddr "$1" tcp dport "$2" tcp flags '&' psh == psh drop
    impatient
}

instead() { # ADDRESS:PORT [ADDRESS:]PORT: the other server stands behind the first port
    case $2 in
    *:*) to=$2 ;;
    *) to=${1%:*}:$2 ;;
    esac
    nft add rule inet faults instead ip daddr "${1%:*}" tcp dport "${1#*:}" dnat ip to "$to"
}

unanswered() { # PORT: the certificate names no list, and its responder is dead
    closed 198.51.100.123 80 && instead "$ACCESS:443" "$1"
}

behind_proxy() { # PORT of an odd site, by https and http
    instead "$PROXY:443" "$1" && instead "$PROXY:80" $(($1 + 100))
}

believe() { # SCRIPT OF SED: the topology says something else
    topology=$dir/believed.yaml
    sed "$1" "$dir/estate.yaml" >"$topology"
}

stopped() { # "xmpp": the last row, nobody starts it again
    kill "$xmpp_pid" || return
    wait "$xmpp_pid" 2>"$dir/wait.log"
    true
}

impatient() {
    waits="--connect-timeout 1 --dns-timeout 1"
}

heal() {
    nft flush chain inet faults in
    nft flush chain inet faults instead
    topology=$dir/estate.yaml server='' waits=''
    for side in $touched; do
        serial=$((serial + 1))
        estate_records "$side" >"$dir/$side/zone"
        load_zone "$side"
    done
    touched=
}

# ---- runs ----

visit() { # NAME VIEW WAY
    if [ "$2" = internal ]; then at=$IN_DNS; else at=$OUT_DNS; fi
    name=$1 view=$2
    set -- "$3" "@${server:-$at}"
    case $1 in
    check) set -- "$1" -t "$topology" "$ESTATE" "$2" ;;
    walk) set -- "$ESTATE" "$2" ;;
    esac
    # shellcheck disable=SC2086 # options are words
    walk "$name" "$@" --view "$view" --cacert "$dir/private.pem" $waits
}

healthy_estate() {
    for view in external internal; do
        for way in walk check; do
            visit "healthy-$view-$way" "$view" "$way"
            met=$(jq '.expectations.met // 0' "$walk.json")
            recorded "lists and OCSP answers are signed by their issuers" '[.[] |
                select(.kind == ("crl", "ocsp")) | .facts[.kind].signature] | length > 0 and
                all(. == "good")'
            expect "all is well, $met expectations met" '.verdict == "ok" and loud == []
                and ([.expectations // {} | .unmet, .undecided] | add // 0) == 0'
        done
    done
}

fault() { # NAME VIEW WAY HOW EXPECTED SUBJECT
    set -f
    # shellcheck disable=SC2086 # a function and its arguments
    $4
    made=$?
    set +f
    visit "$1" "$2" "$3"
    # It may die by a fault of its own (double free in its TLS module, Kamailio issue 3791).
    if ! kill -0 "$sip_pid" 2>"$dir/wait.log"; then
        echo "Kamailio died, and is started again"
        start_sip && visit "$1" "$2" "$3"
    fi
    # What is as good may have something to tell all the same, but no warning.
    seen='.findings[0]'
    [ "$5" = LP-WALK-OK ] && seen='first(.findings[] | select(.severity != "info" or .id == "LP-WALK-OK"))'
    first=$(jq -r "$seen"' | "\(.id // "none") \(.subject)"' "$walk.json" 2>/dev/null)
    case $made:$first in "0:$5 "$6*) result=0 ;; *) result=1 ;; esac
    verdict $result "$(printf '%-26s %-8s %-5s %s' "$1" "$2" "$3" "${first:-no report}")"
    [ $result = 0 ] || {
        echo "        expected $5 ... $6; made: $made"
        jq -r '"        \(.sentence)", (.findings[] | "        \(.severity) \(.id) \(.subject)")' \
            "$walk.json" | head -n 8
        cat "$walk.err"
    }
    heal
}

test_faults() {
    echo "== Faults of one deployment: fault, view, first finding"
    estate || return
    touched='' && heal
    healthy_estate
    faults >"$dir/faults"
    while IFS='|' read -r name view way how id subject <&3; do
        [ -z "${FAULT-}" ] || [ "$FAULT" = "$name" ] || continue
        fault "$name" "$view" "$way" "$how" "$id" "$subject"
    done 3<"$dir/faults"
    echo "$(wc -l <"$dir/faults") faults, $(cut -d '|' -f 5 "$dir/faults" | sort -u | wc -l)" \
        "different first findings"
}
