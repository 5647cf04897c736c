# shellcheck shell=sh disable=SC2154
# deployment.sh - for the system tests: addresses, certificates, name servers, web server

NSD=192.0.2.53
BIND=192.0.2.54
SILENT=192.0.2.55 # what comes there is dropped
NOBODY=192.0.2.56 # no port is open there
NO_TCP=192.0.2.57 # NSD as well, but only by UDP
WALLED=192.0.2.58 # the packet filter here lets nothing go there
WEB=198.51.100.20
EDGE=203.0.113.10

network() {
    ip link set lo up
    # Every address is here, so whatever is sent anywhere can be counted, and nothing leaves.
    ip route add local 0.0.0.0/0 dev lo && ip -6 route add local ::/0 dev lo || return
    for address in $NSD $NO_TCP $BIND $WEB $EDGE; do ip addr add "$address/32" dev lo; done
    ip addr add 2001:db8:53::53/128 dev lo nodad
    ip addr add 2001:db8:20::20/128 dev lo nodad
    # The last rule drops sipexternal.words.example wherever it goes: from its third byte on, as
    # sixteen bytes are all that a rule compares.
    nft -f - <<NFT
table inet test {
    counter refused { }
    chain out {
        type filter hook output priority 0;
        ip daddr $WALLED drop
        ip daddr { 127.0.0.0/8, 169.254.0.0/16, 0.0.0.0/8, 100.100.100.200, 168.63.129.16 } \
            counter name refused
        ip6 daddr { ::/96, ::ffff:0:0/96, 64:ff9b::/96, fd00:ec2::254, fe80::/10, 2002:a9fe::/32 } \
            counter name refused
    }
    chain in {
        type filter hook input priority 0;
        ip daddr $SILENT drop
        ip daddr $NO_TCP tcp dport 53 drop
        udp dport 53 @th,176,128 0x697065787465726e616c05776f726473 drop
    }
}
NFT
}

# ---- certificates ----

# The dates are the point: `openssl x509 -req` only counts days from now.
# $crl is the URL of its revocation list (empty: none), $key the file of its key, $subject its
# subject (the first name), $ocsp the URL of its responder (unset: none), $usage what it is for,
# $signing options of its signature.
crl=http://pki.contoso.example/root.crl
issue() { # NAME CA FROM TO SAN...: makes NAME.pem; dates as YYYYMMDD
    name=$1 ca=$2 from=$3 to=$4
    shift 4
    : >"$dir/ca/index"
    {
        echo 'basicConstraints = critical, CA:FALSE'
        echo "extendedKeyUsage = ${usage-serverAuth, clientAuth}"
        [ -z "$crl" ] || echo "crlDistributionPoints = URI:$crl"
        echo "authorityInfoAccess = caIssuers;URI:http://pki.contoso.example/ca.crt${ocsp+,OCSP;URI:$ocsp}"
        [ $# = 0 ] || printf 'subjectAltName = '
        [ $# = 0 ] || printf 'DNS:%s,' "$@" | sed 's/,$//'
    } >"$dir/ca/ext"
    # shellcheck disable=SC2086 # options are words
    openssl req -new -key "$dir/${key-key.pem}" -subj "${subject-/CN=$1}" -out "$dir/ca/csr" &&
        openssl ca -batch -notext -config "$dir/ca/conf" -in "$dir/ca/csr" -extfile "$dir/ca/ext" \
            -cert "$dir/$ca.pem" -keyfile "$dir/$ca-key.pem" -out "$dir/$name.pem" \
            -startdate "${from}000000Z" -enddate "${to}000000Z" ${signing-}
}

# lists/CA.crl, of the certificates that were issued last.
revocation_list() { # CA [CERTIFICATE that is revoked]
    mkdir -p "$dir/lists"
    set -- "$dir/$1" "$dir/lists/$1.crl" "${2+$dir/$2.pem}"
    as="-config $dir/ca/conf -cert $1.pem -keyfile $1-key.pem"
    # shellcheck disable=SC2086 # options are words
    { [ -z "$3" ] || openssl ca $as -revoke "$3"; } &&
        openssl ca $as -gencrl -crldays 30 -out "$dir/ca/crl" &&
        openssl crl -in "$dir/ca/crl" -outform DER -out "$2" && : >"$dir/ca/index"
}

root() { # NAME
    openssl req -x509 -newkey rsa:2048 -noenc -keyout "$dir/$1-key.pem" -out "$dir/$1.pem" \
        -days 3650 -subj "/CN=System Test $1" -addext basicConstraints=critical,CA:TRUE
}

intermediate() { # NAME CA
    openssl req -newkey rsa:2048 -noenc -keyout "$dir/$1-key.pem" -out "$dir/ca/csr" \
        -subj "/CN=System Test $1" &&
        printf 'basicConstraints = critical, CA:TRUE\n' >"$dir/ca/ext" &&
        openssl x509 -req -in "$dir/ca/csr" -extfile "$dir/ca/ext" -days 3650 -set_serial 2 \
            -CA "$dir/$2.pem" -CAkey "$dir/$2-key.pem" -out "$dir/$1.pem"
}

# What `openssl ca` wants to have, and the dates of a good certificate.
ca_folder() {
    mkdir "$dir/ca"
    cat >"$dir/ca/conf" <<CONF
[ca]
default_ca = test
[test]
database = $dir/ca/index
new_certs_dir = $dir/ca
rand_serial = yes
default_md = sha256
policy = any
unique_subject = no
copy_extensions = none
[any]
commonName = optional
organizationName = optional
CONF
    year=$(date +%Y)
    now=$((year - 1))0101 later=$((year + 2))0101
}

certificates() {
    ca_folder
    # shellcheck disable=SC2046 # names are words
    {
        root root && root stranger && intermediate middle root &&
            openssl genrsa -out "$dir/key.pem" 2048 &&
            subject=/O=System issue web root $now $later $(web_names) && unset subject &&
            issue edge root $now $later $(edge_names) &&
            media_certificates &&
            issue expired root $((year - 3))0101 $((year - 1))0101 sip.expired.example &&
            issue other root $now $later sip.fabrikam.example &&
            issue unknown stranger $now $later sip.unknown.example &&
            issue short middle $now $later sip.short.example &&
            issue user root $now $later sip.contoso.example &&
            openssl req -x509 -key "$dir/key.pem" -days 365 -out "$dir/own.pem" \
                -subj /CN=sip.own.example -addext subjectAltName=DNS:sip.own.example &&
            : >"$dir/ca/index" && revocation_list root
    } >"$dir/certificates.log" 2>&1 || {
        verdict 1 "certificates"
        cat "$dir/certificates.log"
        return 1
    }
}

# ---- name servers ----

# A zone that NSD serves. The records come from stdin.
zone() { # NAME [LINE OF NSD.CONF]
    {
        # shellcheck disable=SC2016 # the zone file's own signs
        printf '$ORIGIN %s.\n$TTL 300\n@ SOA ns1 hostmaster 1 3600 600 86400 60\n' "$1"
        printf '@ NS ns1\nns1 A %s\n' "$NSD"
        cat
    } >"$dir/zones/$1"
    printf 'zone:\n  name: %s\n  zonefile: %s\n%s\n' "$1" "$1" "${2-}" >>"$dir/nsd.conf"
}

name_servers() {
    mkdir "$dir/zones" "$dir/bind"
    cat >"$dir/nsd.conf" <<CONF
server:
  username: ""
  chroot: ""
  zonesdir: "$dir/zones"
  zonelistfile: "$dir/zones.list"
  xfrdfile: "$dir/xfrd.state"
  pidfile: ""
  database: ""
  server-count: 1
  ip-address: $NSD
  ip-address: $NO_TCP
  ip-address: 2001:db8:53::53
remote-control:
  control-enable: no
CONF
    cat >"$dir/named.conf" <<CONF
options {
    directory "$dir/bind";
    pid-file none;
    session-keyfile none;
    managed-keys-directory "$dir/bind";
    listen-on { $BIND; };
    listen-on-v6 { none; };
    recursion yes;
    allow-recursion { any; };
    allow-query { any; };
    dnssec-validation no;
    empty-zones-enable no;
    resolver-query-timeout 301;
};
controls { };
zone "words.example" { type forward; forward only; forwarders { $NSD; }; };
zone "contoso.example" { type forward; forward only; forwarders { $NSD; }; };
zone "mute.example" { type forward; forward only; forwarders { $SILENT; }; };
zone "closed.example" { type primary; file "closed"; allow-query { none; }; };
zone "differ.example" { type primary; file "differ"; };
zone "stale.example" { type secondary; primaries { $NOBODY; }; file "stale"; };
CONF
    dns_zones
    web_zones
    tls_zones
    guard_zones
    media_zones
    sed 's/differ/closed/' "$dir/zones/differ.example" >"$dir/bind/closed"
    sed 's/203.0.113.10/203.0.113.11/' "$dir/zones/differ.example" >"$dir/bind/differ"
    serve nsd nsd -d -c "$dir/nsd.conf"
    serve named named -g -c "$dir/named.conf" -n 1
    listening udp $NSD:53 '[2001:db8:53::53]:53' $BIND:53 && listening tcp $NSD:53
}

# ---- web server ----

web_server() {
    mkdir -p "$dir/www"
    cat >"$dir/nginx.conf" <<CONF
user root;
worker_processes 1;
pid $dir/nginx.pid;
error_log $dir/nginx.error;
events { }
http {
    log_format seen '\$host\$uri accept="\$http_accept" encoding="\$http_accept_encoding" '
                    'authorization="\$http_authorization" cookie="\$http_cookie" \$request';
    access_log $dir/nginx.access seen;
    client_body_temp_path $dir/tmp-body;
    proxy_temp_path $dir/tmp-proxy;
    fastcgi_temp_path $dir/tmp-fastcgi;
    uwsgi_temp_path $dir/tmp-uwsgi;
    scgi_temp_path $dir/tmp-scgi;
    root $dir/www;
    ssl_certificate $dir/web.pem;
    ssl_certificate_key $dir/key.pem;
    ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3;
    ssl_ciphers ALL:@SECLEVEL=0;
    gzip on;
    gzip_min_length 1;
    gzip_types *;
$(web_sites)
}
CONF
    serve nginx nginx -e "$dir/nginx.error" -c "$dir/nginx.conf" -g 'daemon off;'
    listening tcp $WEB:80 $WEB:443
}
