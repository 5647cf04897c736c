# shellcheck shell=sh disable=SC2154
# media.sh - system tests: the Edge's other services, played by Kamailio, coturn, Prosody
#
# Each domain is a case, with a topology of its own. None of these servers is Microsoft's: an A/V
# Edge is none among them, and what they do not speak must be told.

# Domain, address of its Access Edge, of its A/V Edge ("-": it has none).
media_cases() {
    cat <<ROWS
mgood 203.0.113.61 -
mrelay 203.0.113.62 203.0.113.71
mtls 203.0.113.63 203.0.113.72
msilent 203.0.113.64 $SILENT
mweb 203.0.113.65 203.0.113.74
mclear 203.0.113.66 -
mstrange 203.0.113.67 -
ROWS
}
MEDIA_DOMAINS=$(media_cases | cut -d ' ' -f 1)
MEDIA_EDGES=$(media_cases | cut -d ' ' -f 2)
CONFERENCING=203.0.113.81

media_zones() {
    media_cases | while read -r name access av; do
        [ "$av" = - ] && av=203.0.113.71
        zone "$name.example" <<ZONE
lyncdiscover A $WEB
_sip._tls SRV 0 0 443 access
_sipfederationtls._tcp SRV 0 0 5061 access
_xmpp-server._tcp SRV 0 0 5269 access
sip A $access
access A $access
xmpp A $access
conf A $CONFERENCING
av A $av
ZONE
    done
}

media_certificates() {
    for name in $MEDIA_DOMAINS; do
        issue "$name" root "$now" "$later" "access.$name.example" "sip.$name.example" \
            "$name.example" "xmpp.$name.example" "conf.$name.example" || return
    done
}

media_topologies() {
    media_cases | while read -r name access av; do
        services="av: {fqdn: av.$name.example, addresses: [$av]}"
        [ "$av" = - ] && services=
        [ "$name" = mgood ] &&
            services="conferencing: {fqdn: conf.mgood.example, addresses: [$CONFERENCING]}"
        cat >"$dir/$name.yaml" <<YAML
generation: lync2013
sip-domains: [$name.example]
ad-domain: corp.$name.example
features: {federation: on, xmpp: on}
front-end-pools:
  - {fqdn: pool.corp.$name.example, addresses: [10.79.1.11]}
edge-pools:
  - fqdn: edge.corp.$name.example
    addresses: [10.79.2.11]
    access: {fqdn: access.$name.example, addresses: [$access]}
    $services
YAML
    done
}

# ---- the servers ----

kamailio_tls() { # SERVER DOMAIN [LINE]...
    printf '[server:%s]\nmethod = TLSv1.2+\n' "$1"
    printf 'certificate = %s\nprivate_key = %s\n' "$dir/$2.pem" "$dir/key.pem"
    shift 2
    [ $# = 0 ] || printf '%s\n' "$@"
}

# 443 answers a REGISTER as an Access Edge does; 5061 wants a client certificate, as federation.
kamailio_server() {
    kamailio_tls default mgood >"$dir/kamailio-tls.cfg"
    media_cases | while read -r name access _; do
        kamailio_tls "$access:443" "$name"
        kamailio_tls "$access:5061" "$name" 'verify_certificate = yes' 'require_certificate = yes' \
            "ca_list = $dir/root.pem"
    done >>"$dir/kamailio-tls.cfg"
    # the pool of the domain that is asked for
    # shellcheck disable=SC2016 # Kamailio's variable
    challenge='realm="SIP Communications Service", targetname="pool.corp.$rd", version=4'
    {
        printf 'debug=1\nlog_stderror=yes\nchildren=1\ntcp_children=1\nenable_tls=yes\n'
        printf 'server_header="Server: RTC/5.0"\n'
        for address in $MEDIA_EDGES; do
            printf 'listen=tls:%s:443\nlisten=tls:%s:5061\n' "$address" "$address"
        done
        printf 'loadmodule "%s.so"\n' tls sl pv textops
        printf 'modparam("tls", "config", "%s")\nrequest_route {\n' "$dir/kamailio-tls.cfg"
        printf "if (\$rm == \"OPTIONS\") {\\n"
        printf 'append_to_reply("Allow: INVITE, OPTIONS\\r\\n");\nsl_send_reply("200", "OK");\nexit;\n}\n'
        for scheme in NTLM TLS-DSK; do
            printf 'append_to_reply("WWW-Authenticate: %s %s\\r\\n");\n' "$scheme" \
                "$(echo "$challenge" | sed 's/"/\\"/g')"
        done
        printf 'sl_send_reply("401", "Unauthorized");\n}\n'
    } >"$dir/kamailio.cfg"
    mkdir -p "$dir/kamailio"
    serve kamailio kamailio -DD -E -f "$dir/kamailio.cfg" -P "$dir/kamailio/pid" -Y "$dir/kamailio"
    for address in $MEDIA_EDGES; do listening tcp "$address:443" "$address:5061" || return; done
}

coturn_server() { # NAME ADDRESS [OPTION]...
    name=$1 address=$2
    shift 2
    serve "coturn-$name" turnserver -n --no-cli -r media.example --lt-cred-mech -u anna:secret \
        --log-file stdout --pidfile "$dir/coturn-$name.pid" --userdb "$dir/coturn-$name.db" \
        -L "$address" --relay-ip "$address" --cert "$dir/mtls.pem" --pkey "$dir/key.pem" "$@"
}

coturn_servers() {
    coturn_server udp 203.0.113.71 -p 3478 --no-tls --no-dtls --no-tcp
    coturn_server tcp 203.0.113.71 -p 443 --no-tls --no-dtls --no-udp
    coturn_server tls 203.0.113.72 -p 3478 --tls-listening-port 443
    listening udp 203.0.113.71:3478 203.0.113.72:3478 &&
        listening tcp 203.0.113.71:443 203.0.113.72:443
}

prosody_host() { # DOMAIN
    printf 'VirtualHost "%s.example"\n' "$1"
    printf 'ssl = { key = "%s"; certificate = "%s" }\n' "$dir/key.pem" "$dir/$1.pem"
}

# The configuration's other lines come from stdin.
prosody_server() { # NAME ADDRESS...
    name=$1
    shift
    mkdir -p "$dir/prosody-$name"
    {
        printf 'pidfile = "%s/pid"\ndata_path = "%s"\n' "$dir/prosody-$name" "$dir/prosody-$name"
        printf 'run_as_root = true\nlog = { info = "*console" }\ns2s_secure_auth = false\n'
        printf 'modules_enabled = { "dialback", "tls", "saslauth" }\n'
        printf 'interfaces = {'
        printf ' "%s";' "$@"
        printf ' }\n'
        cat
    } >"$dir/prosody-$name.lua"
    serve "prosody-$name" prosody --config "$dir/prosody-$name.lua" -F
    for address in "$@"; do listening tcp "$address:5269" || return; done
}

prosody_servers() {
    disabled='modules_disabled = { "c2s"; "offline"; "posix"; "s2s_auth_certs"'
    {
        printf '%s }\ns2s_require_encryption = true\n' "$disabled"
        for name in mgood mrelay mtls msilent mweb; do prosody_host $name; done
    } | prosody_server good 203.0.113.61 203.0.113.62 203.0.113.63 203.0.113.64 203.0.113.65 &&
        {
            printf '%s; "tls" }\ns2s_require_encryption = false\n' "$disabled"
            prosody_host mclear
        } | prosody_server clear 203.0.113.66
}

# Any server that speaks TLS and nothing that belongs there.
web_stranger() { # NAME ADDRESS:PORT
    serve "$1" openssl s_server -www -accept "$2" -cert "$dir/mgood.pem" -key "$dir/key.pem"
    listening tcp "$2"
}

media_servers() {
    media_topologies
    kamailio_server && coturn_servers && prosody_servers &&
        web_stranger conferencing $CONFERENCING:443 &&
        web_stranger web 203.0.113.74:443 &&
        web_stranger strange 203.0.113.67:5269
}

# ---- what is expected ----

media_check() { # DOMAIN
    walk "$1" check -t "$dir/$1.yaml" "$1.example" "@$NSD" --view external --cacert "$dir/root.pem"
    expect "the user signs in, with Kamailio behind the Access Edge's name" \
        'client("lync2013").outcome == "signs-in"'
}

of() { # ID SUBJECT SEVERITY: a filter
    echo "any(.findings[]; .id == \"$1\" and .severity == \"$3\" and
        (.subject | startswith(\"$2\")))"
}

first() { # ID: a filter
    echo ".findings[0].id == \"$1\""
}

good_services() {
    media_check mgood
    expect "nothing to complain about" 'loud == []'
    exits 0
    recorded "the challenges" 'sip("access.mgood.example:443").facts
        | .status == 401 and .server == "RTC/5.0" and .schemes == ["NTLM", "TLS-DSK"]
        and .target_name == "pool.corp.mgood.example"'
    recorded "federation wants a client certificate" 'sip("sip.mgood.example:5061").facts.link
        | .asks_certificate and .alert_after_certificate'
    recorded "XMPP goes on under TLS, with the Edge's certificate" 'probe("xmpp")
        | .outcome == "ok" and .facts.secured and .facts.link.tls == "ok"
        and .facts.link.private_store.done and (.facts.link.private_store.code // 0) == 0'
    recorded "Web Conferencing shakes hands" 'probe("mtls") | .outcome == "ok"'
}

options() {
    walk options mgood.example "@$NSD" --view external --deep
    expect "OPTIONS: Kamailio says what it can do" 'any(.endpoints[].beside[];
        .said == "OPTIONS: 200 OK; Allow: INVITE, OPTIONS; Server: RTC/5.0")'
    expect "... and the user signs in" 'client("lync2013").outcome == "signs-in"'
}

relays() {
    media_check mrelay
    expect "coturn is no A/V Edge: that first" "$(first LP-TURN-NOT-TURN)"
    for port in 3478 443; do
        expect "... at $port" "$(of LP-TURN-NOT-TURN av.mrelay.example:$port critical)"
        expect "... but a standard server" "$(of LP-TURN-STANDARD av.mrelay.example:$port info)"
    done
    recorded "its software and our address" 'probe("turn-udp").facts
        | .kind == "standard" and (.software | startswith("Coturn")) and .mapped_port > 0'
    exits 2
    media_check mtls
    expect "real TLS at 443: that first" "$(first LP-TURN-NOT-TURN)"
    expect "... is no A/V Edge" "$(of LP-TURN-NOT-TURN av.mtls.example:443 critical)"
    expect "... but a standard server, over TLS" "$(of LP-TURN-STANDARD av.mtls.example:443 info)"
    recorded "... real TLS came, and behind it an answer to a standard Binding" 'probe("turn-tcp").facts
        | .kind == "standard" and .link.tls == "ok" and (.software | startswith("Coturn"))'
    media_check mweb
    expect "a web server at 443, and nothing at 3478" "$(of LP-PORT-CLOSED av.mweb.example:3478 critical)
        and $(of LP-TURN-NOT-TURN av.mweb.example:443 critical)
        and (any(.findings[]; .id == \"LP-TURN-STANDARD\") | not)"
    recorded "... real TLS came, and nothing behind it" 'probe("turn-tcp").facts
        | .kind == "tls" and .link.tls == "ok"'
    media_check msilent
    expect "silence: the filtered port first" "$(first LP-PORT-FILTERED)"
    expect "... and no answer by UDP" "$(of LP-TURN-NO-ANSWER av.msilent.example:3478 critical)
        and ($(of LP-PORT-FILTERED av.msilent.example:3478 critical) | not)"
}

xmpp_servers() {
    media_check mclear
    expect "XMPP without TLS: that first" "$(first LP-XMPP-NO-STARTTLS)"
    exits 1
    media_check mstrange
    expect "a web server at 5269: that first" "$(first LP-XMPP-NO-STREAM)"
    exits 2
}

test_media() {
    echo "== media: $(kamailio -v | head -n 1), coturn $(turnserver --version | tail -n 1)"
    media_servers || return
    good_services
    options
    relays
    xmpp_servers
}
