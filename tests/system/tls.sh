# shellcheck shell=sh disable=SC2154
# tls.sh - system tests: openssl s_server, limited to one protocol each, and with odd certificates

TLS_DOMAINS='tls10 tls11 tls12 tls13 asks12 asks13 wants own expired other unknown short wide deep'

# The address of a domain's server: its place in the list.
tls_address() { # NAME
    n=30
    for name in $TLS_DOMAINS; do
        n=$((n + 1))
        [ "$name" = "$1" ] && echo "203.0.113.$n"
    done
}

edge_names() {
    echo access.contoso.example sip.contoso.example
    for name in $WEB_DOMAINS $TLS_DOMAINS $(host_domains); do echo "sip.$name.example"; done
}

tls_zones() {
    for domain in $TLS_DOMAINS; do
        zone "$domain.example" <<ZONE
lyncdiscover A $WEB
_sip._tls SRV 0 0 443 sip
sip A $(tls_address "$domain")
ZONE
    done
}

# ---- a registrar behind openssl s_server ----

# Answers each empty line, which ends a REGISTER.
registrar() {
    end=$(printf '\r')
    while IFS= read -r line; do
        [ "$line" = "$end" ] || continue
        printf 'SIP/2.0 401 Unauthorized\r\n'
        printf 'WWW-Authenticate: NTLM realm="SIP Communications Service", version=4\r\n'
        printf 'Server: RTC/6.0\r\nContent-Length: 0\r\n\r\n'
    done
}

sip_server() { # NAME ADDRESS:PORT CERTIFICATE [OPTION]...
    pipe=$dir/$1 at=$2 certificate=$3
    shift 3
    mkfifo "$pipe.in" "$pipe.out"
    openssl s_server -quiet -accept "$at" -cert "$dir/$certificate.pem" -key "$dir/key.pem" \
        -cipher 'ALL:@SECLEVEL=0' "$@" <"$pipe.in" >"$pipe.out" 2>"$pipe.log" &
    servers="$servers $!"
    registrar >"$pipe.in" <"$pipe.out" &
    servers="$servers $!"
}

tls_servers() {
    ask="-CAfile $dir/root.pem -verify_return_error"
    while read -r name certificate options; do
        # shellcheck disable=SC2086 # options are words
        sip_server "$name" "$(tls_address "$name"):443" "$certificate" $options
    done <<SERVERS
tls10 edge -tls1
tls11 edge -tls1_1
tls12 edge -tls1_2
tls13 edge -tls1_3
asks12 edge -tls1_2 -Verify 1 $ask
asks13 edge -tls1_3 -Verify 1 $ask
wants edge -verify 1 $ask
own own
expired expired
other other
unknown unknown -cert_chain $dir/stranger.pem
short short
wide edge -min_protocol TLSv1 -max_protocol TLSv1.3
deep edge -min_protocol TLSv1 -max_protocol TLSv1.2 -serverpref
SERVERS
    for name in $TLS_DOMAINS; do
        listening tcp "$(tls_address "$name"):443" || return
    done
}

# ---- what is expected ----

protocols() {
    while read -r name word; do
        walk "$name" "$name.example" "@$NSD" --view external
        expect "$word is spoken, the user signs in" \
            "endpoint(\"$(tls_address "$name")\"; 443) | .tls == \"ok\" and .protocol == \"$word\""
        recorded "protocol, cipher, time" \
            "sip(\"sip.$name.example:443\").facts.link
            | .protocol == \"$word\" and .tls_us > 0 and (.cipher | length) > 5"
        case $name in
        tls10 | tls11)
            expect "works, but old: LP-TLS-OLD first, warning" \
                '.findings[0].id == "LP-TLS-OLD" and .verdict == "warning"
                and client("lync2013").outcome == "signs-in"'
            exits 1
            ;;
        *)
            expect "nothing to complain about" 'loud == []'
            exits 0
            ;;
        esac
    done <<ROWS
tls10 TLSv1
tls11 TLSv1.1
tls12 TLSv1.2
tls13 TLSv1.3
ROWS
}

client_certificates() {
    for row in asks12:40 asks13:116; do
        name=${row%:*} alert=${row#*:}
        walk "$name" "$name.example" "@$NSD" --view external
        expect "a certificate is demanded: LP-TLS-CLIENT-CERT, not LP-TLS-FAILED" \
            'found("LP-TLS-CLIENT-CERT") and (found("LP-TLS-FAILED") | not)'
        recorded "alert $alert after our empty certificate" \
            "sip(\"sip.$name.example:443\").facts.link
            | .asks_certificate and .alert_after_certificate and .alert == $alert"
        walk "$name-shown" "$name.example" "@$NSD" --view external --cert "$dir/user.pem" \
            --key "$dir/key.pem"
        expect "with --cert and --key the user signs in" \
            'client("lync2013").outcome == "signs-in" and (found("LP-TLS-FAILED") | not)'
    done
    walk wants wants.example "@$NSD" --view external
    expect "asked for, not demanded: the user signs in" 'client("lync2013").outcome == "signs-in"'
    recorded "the request was seen" \
        'sip("sip.wants.example:443").facts.link | .asks_certificate and .tls == "ok"'
}

bad_certificates() {
    while read -r name id; do
        walk "$name" "$name.example" "@$NSD" --view external
        expect "$id first; the handshake completes all the same" ".findings[0].id == \"$id\"
            and (endpoint(\"$(tls_address "$name")\"; 443) | .tls == \"ok\" and .status == 401)"
    done <<ROWS
expired LP-CERT-EXPIRED
other LP-CERT-NAME-MISMATCH
own LP-CERT-SELF-SIGNED
unknown LP-CERT-UNTRUSTED
short LP-CERT-CHAIN-INCOMPLETE
ROWS
}

# What is asked beside the handshakes: nothing of it is a finding.
versions() {
    walk wide wide.example "@$NSD" --view external
    expect "TLS 1.0 to 1.3 at openssl s_server" "endpoint(\"$(tls_address wide)\"; 443)
        | .lowest_protocol == \"TLSv1\" and .highest_protocol == \"TLSv1.3\""
    expect "... and at nginx" "endpoint(\"$WEB\"; 443)
        | .lowest_protocol == \"TLSv1\" and .highest_protocol == \"TLSv1.3\""
    expect "nothing to complain about" 'loud == []'
    recorded "two hellos each" '[.[] | select(.kind? == "tls-versions").facts.hellos | length] | unique == [2]'
    walk tls12-only tls12.example "@$NSD" --view external
    expect "TLS 1.2 only" "endpoint(\"$(tls_address tls12)\"; 443)
        | .lowest_protocol == \"TLSv1.2\" and .highest_protocol == \"TLSv1.2\""
}

depth() {
    walk deep deep.example "@$NSD" --view external --deep
    recorded "protocols and cipher suites of openssl s_server, in its own order" \
        "first(.[] | select(.kind? == \"tls-deep\" and .facts.link.address == \"$(tls_address deep)\").facts)
        | .order == \"server\" and ([.suites[].protocol] | unique == [\"TLSv1\", \"TLSv1.1\", \"TLSv1.2\"])
        and any(.suites[]; .cipher == \"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384\")"
    expect "lines for people" "[endpoint(\"$(tls_address deep)\"; 443).beside[].lines[]]
        | any(startswith(\"TLS 1.0: \")) and any(. == \"cipher suites in the server's order\")"
    expect "nothing to complain about" 'loud == []'
}

test_tls() {
    echo "== TLS: $(openssl version)"
    tls_servers || return
    protocols
    versions
    depth
    client_certificates
    bad_certificates
}
