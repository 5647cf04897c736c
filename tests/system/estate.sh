# shellcheck shell=sh disable=SC2154,SC2034
# estate.sh - for the faults: one deployment of real servers, healthy, seen from inside and outside
#
# Inside BIND, outside NSD (the same zone in both, split-brain). Access Edge, Front End Servers and
# the other servers that speak SIP are Kamailio's; reverse proxy, web sites, Office Web Apps and
# AD FS nginx's; XMPP is Prosody's, Web Conferencing openssl's (estate_servers.sh). Beside each
# healthy port others wait, with one trait each: faults.sh puts one of them in its place.

ESTATE=adatum.example
IN_DNS=10.90.0.53
OUT_DNS=203.0.113.153
SICK_DNS=203.0.113.154     # an NSD that has the zone's name and no zone
CLOSED_DNS=203.0.113.155   # an NSD that lets nobody ask
FE1=10.90.1.11
FE2=10.90.1.12
ACCESS=203.0.113.161
MEETINGS=203.0.113.162 # Web Conferencing Edge
RELAY=203.0.113.163
PROXY=198.51.100.120
LISTS_INSIDE=10.90.1.20 # lists of revoked certificates
LISTS=198.51.100.121
SIGN_ON=198.51.100.122 # AD FS, outside
OCSP=198.51.100.123
RESPONDER=http://ocsp.$ESTATE/

# One server each: name, address.
estate_servers() {
    cat <<ROWS
med 10.90.1.31
chat 10.90.1.32
um 10.90.1.33
sba 10.90.1.34
wac 10.90.1.35
sts 10.90.1.36
ROWS
}

estate_network() {
    ip link set lo up
    for address in $IN_DNS $OUT_DNS $SICK_DNS $CLOSED_DNS $FE1 $FE2 $ACCESS $MEETINGS $RELAY \
        $PROXY $LISTS_INSIDE $LISTS $SIGN_ON $OCSP $(estate_servers | cut -d ' ' -f 2); do
        ip addr add "$address/32" dev lo || return
    done
    nft -f - <<NFT
table inet faults {
    chain instead { type nat hook output priority -100; }
    chain in { type filter hook input priority 0; }
}
NFT
}

# ---- certificates ----

# What Kamailio shows instead of the good certificate: the port of the trait, its certificate.
odd_certificates() {
    cat <<ROWS
10001 expired
10002 other
10003 own
10004 unknown
10005 short
10006 bare
10007 revoked
10008 lost
10015 lacking
10031 caught
10032 asked
10033 stray
ROWS
    trait_ports
}

estate_edge_certificate() { # NAME CA FROM TO NAME...: with the names of the Edge, and others
    id=$1 by=$2 since=$3 until=$4
    shift 4
    issue "$id" "$by" "$since" "$until" access.$ESTATE sip.$ESTATE conf.$ESTATE xmpp.$ESTATE \
        $ESTATE "$@"
}

estate_pool_certificate() { # NAME
    issue "$1" private "$now" "$later" pool.$ESTATE fe1.$ESTATE fe2.$ESTATE sip.$ESTATE \
        webint.$ESTATE webext.$ESTATE lyncdiscoverinternal.$ESTATE lyncdiscover.$ESTATE \
        meet.$ESTATE dialin.$ESTATE admin.$ESTATE
}

estate_server_certificates() {
    estate_servers | while read -r name _; do
        issue "$name" private "$now" "$later" "$name.$ESTATE" || return
    done && issue sba private "$now" "$later" sba.$ESTATE sip.$ESTATE
}

estate_certificates() {
    ca_folder
    crl=http://pki.$ESTATE/root.crl
    {
        root root && root private && root stranger && intermediate middle root &&
            openssl genrsa -out "$dir/key.pem" 2048 && openssl genrsa -out "$dir/weak.key" 1024 &&
            ocsp=$RESPONDER estate_edge_certificate edge root "$now" "$later" &&
            issue proxy root "$now" "$later" webext.$ESTATE lyncdiscover.$ESTATE meet.$ESTATE \
                dialin.$ESTATE && issue sign-on root "$now" "$later" sts.$ESTATE &&
            estate_edge_certificate expired root "$((year - 3))0101" "$((year - 1))0101" &&
            issue other root "$now" "$later" conf.$ESTATE &&
            issue lacking root "$now" "$later" access.$ESTATE sip.$ESTATE conf.$ESTATE &&
            estate_edge_certificate unknown stranger "$now" "$later" &&
            cat "$dir/stranger.pem" >>"$dir/unknown.pem" &&
            estate_edge_certificate short middle "$now" "$later" &&
            openssl req -x509 -key "$dir/key.pem" -days 365 -out "$dir/own.pem" \
                -subj "/CN=access.$ESTATE" \
                -addext "subjectAltName=DNS:access.$ESTATE,DNS:sip.$ESTATE,DNS:conf.$ESTATE" &&
            crl=http://pki.$ESTATE/gone.crl && estate_edge_certificate lost root "$now" "$later" &&
            crl='' && estate_edge_certificate bare root "$now" "$later" &&
            crl=http://pki.$ESTATE/private.crl && estate_pool_certificate pool &&
            estate_pool_certificate pool2 && estate_server_certificates &&
            crl=http://pki.$ESTATE/root.crl &&
            key=weak.key estate_edge_certificate weak root "$now" "$later" &&
            trait_certificates && estate_edge_certificate revoked root "$now" "$later" &&
            revocation_list root revoked && revocation_list private && estate_ocsp_certificates
    } >"$dir/certificates.log" 2>&1 || {
        verdict 1 "certificates of the estate"
        cat "$dir/certificates.log"
        return 1
    }
}

# ---- name servers ----

serial=1

# The zone of a view as it should be. $1: inside or outside
estate_records() {
    # shellcheck disable=SC2016 # the zone file's own signs
    printf '$ORIGIN %s.\n$TTL 300\n@ SOA ns1 hostmaster %d 3600 600 86400 60\n' $ESTATE $serial
    if [ "$1" = inside ]; then
        cat <<ZONE
@ NS ns1
ns1 A $IN_DNS
_sipinternaltls._tcp SRV 0 0 5061 pool
pki A $LISTS_INSIDE
fe1 A $FE1
fe2 A $FE2
ZONE
        estate_servers | sed 's/ / A /'
        for name in lyncdiscoverinternal sip pool webint meet dialin admin; do
            printf '%s A %s\n%s A %s\n' $name $FE1 $name $FE2
        done
        return
    fi
    cat <<ZONE
@ NS ns1
ns1 A $OUT_DNS
_sip._tls SRV 0 0 443 access
_sipfederationtls._tcp SRV 0 0 5061 access
_xmpp-server._tcp SRV 0 0 5269 access
sip A $ACCESS
access A $ACCESS
conf A $MEETINGS
av A $RELAY
lyncdiscover A $PROXY
webext A $PROXY
meet A $PROXY
dialin A $PROXY
sts A $SIGN_ON
pki A $LISTS
ocsp A $OCSP
ZONE
}

nsd_server() { # NAME ADDRESS [LINE]: serves the file "zone" of the folder NAME
    cat >"$dir/$1.conf" <<CONF
server:
  username: ""
  chroot: ""
  zonesdir: "$dir/$1"
  zonelistfile: "$dir/$1.list"
  xfrdfile: "$dir/$1.state"
  pidfile: ""
  database: ""
  server-count: 1
  ip-address: $2
remote-control:
  control-enable: no
zone:
  name: $ESTATE
  zonefile: zone
${3-}
CONF
    serve "$1" nsd -d -c "$dir/$1.conf"
}

estate_name_servers() {
    mkdir "$dir/inside" "$dir/outside"
    estate_records inside >"$dir/inside/zone"
    estate_records outside >"$dir/outside/zone"
    cat >"$dir/named.conf" <<CONF
options {
    directory "$dir/inside";
    pid-file none;
    session-keyfile none;
    managed-keys-directory "$dir/inside";
    listen-on { $IN_DNS; };
    listen-on-v6 { none; };
    recursion no;
    dnssec-validation no;
    empty-zones-enable no;
};
controls { };
zone "$ESTATE" { type primary; file "zone"; };
CONF
    mkdir "$dir/sick"
    serve named named -g -c "$dir/named.conf" -n 1
    inside_pid=$!
    nsd_server sick $SICK_DNS
    ln -s outside "$dir/closed"
    nsd_server closed $CLOSED_DNS '  allow-query: 0.0.0.0/0 BLOCKED'
    nsd_server outside $OUT_DNS
    outside_pid=$!
    listening udp $IN_DNS:53 $OUT_DNS:53 $SICK_DNS:53 $CLOSED_DNS:53 &&
        listening tcp $IN_DNS:53 $OUT_DNS:53
}

# ---- the whole ----

# A line that begins with "#" is for a fault.
estate_topology() {
    cat <<YAML
generation: lync2013
sip-domains: [$ESTATE]
ad-domain: $ESTATE
features:
  xmpp: on
  dial-in: on
  response-group: on
  call-park: on
  mediation: on
private-roots: [private.pem]
front-end-pools:
  - fqdn: pool.$ESTATE
    members:
      - {fqdn: fe1.$ESTATE, addresses: [$FE1]}
      - {fqdn: fe2.$ESTATE, addresses: [$FE2]}
    web: {internal: webint.$ESTATE, external: webext.$ESTATE}
edge-pools:
  - access: {fqdn: access.$ESTATE, addresses: [$ACCESS]}
    conferencing: {fqdn: conf.$ESTATE, addresses: [$MEETINGS]}
    #av: {fqdn: av.$ESTATE, addresses: [$RELAY]}
reverse-proxies:
  - addresses: [$PROXY]
    publishes: [webext.$ESTATE, lyncdiscover.$ESTATE, meet.$ESTATE, dialin.$ESTATE]
mediation-pools:
  - {fqdn: med.$ESTATE, addresses: [10.90.1.31]}
persistent-chat-pools:
  - {fqdn: chat.$ESTATE, addresses: [10.90.1.32]}
exchange-um-servers:
  - {fqdn: um.$ESTATE, addresses: [10.90.1.33]}
branch-appliances:
  - {fqdn: sba.$ESTATE, addresses: [10.90.1.34], backup-pool: pool.$ESTATE}
office-web-apps-farms:
  - {fqdn: wac.$ESTATE, addresses: [10.90.1.35]}
adfs-servers:
  - {fqdn: sts.$ESTATE, addresses: [10.90.1.36]}
adfs-proxies:
  - {fqdn: sts.$ESTATE, addresses: [$SIGN_ON]}
simple-urls:
  meet: [https://meet.$ESTATE]
  dialin: https://dialin.$ESTATE
  admin: https://admin.$ESTATE
YAML
}

estate() {
    estate_network && estate_certificates && estate_ocsp && estate_name_servers && estate_web &&
        estate_sip &&
        estate_others && estate_topology >"$dir/estate.yaml"
}
