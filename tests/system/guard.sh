# shellcheck shell=sh disable=SC2154
# guard.sh - system tests: no packet goes to an address that nobody should be sent to
#
# In this namespace every address of the world is local, and the packet filter counts what is sent
# to the refused ones.

REFUSED_V4='169.254.169.254 127.0.0.1 127.88.0.1 0.0.0.0 100.100.100.200'
REFUSED_V6='::1 fe80::1 fd00:ec2::254 ::ffff:169.254.169.254 ::ffff:127.0.0.1'
REFUSED_MORE=':: ::169.254.169.254 64:ff9b::169.254.169.254 2002:a9fe:a9fe::1'

# What a URL may say instead of a host name; each row is a domain: h1, h2, ...
HOSTS='169.254.169.254 127.0.0.1 2130706433 0x7f.1 017700000001 [::ffff:169.254.169.254] [::1]
    [fd00:ec2::254] [64:ff9b::a9fe:a9fe] trap localhost'

host_domains() {
    n=0
    for host in $HOSTS; do
        n=$((n + 1))
        echo h$n
    done
}

records() { # OWNER TYPE ADDRESS...
    owner=$1 type=$2
    shift 2
    printf "$owner $type %s\n" "$@"
}

guard_zones() {
    # shellcheck disable=SC2086 # addresses are words
    {
        records lyncdiscover A $REFUSED_V4
        records sip AAAA $REFUSED_V6
        records sipexternal AAAA $REFUSED_MORE
        records t1 A $REFUSED_V4
        records t2 AAAA $REFUSED_V6
        records t3 AAAA $REFUSED_MORE
        printf '_sip._tls SRV %d 0 443 t%d\n' 1 1 2 2 3 3
    } | zone trap.example
    for name in $(host_domains); do
        zone "$name.example" <<ZONE
lyncdiscover A $WEB
_sip._tls SRV 0 0 443 sip
sip A $EDGE
trap A 169.254.169.254
trap AAAA ::ffff:169.254.169.254
ZONE
    done
}

# A Redirect link by http, links of a root by https, and a 3xx from there.
guard_sites() {
    n=0
    for host in $HOSTS; do
        n=$((n + 1))
        at=lyncdiscover.h$n.example
        [ "$host" = trap ] && host=trap.h$n.example
        xml Root "$(link Redirect "https://$host$ROOT")" | page http "$at" /index xml
        xml Root "$(link Domain "https://$host/domain")$(link User "https://$at/hop")" |
            page https "$at" /index xml
        site "$at" "location /hop { return 302 http://$host/latest/meta-data; }
        location / { try_files /\$scheme/\$host\$page.xml =404; }"
    done
}

refused_packets() {
    nft list counter inet test refused | sed -n 's/.*packets \([0-9]*\).*/\1/p'
}

test_guard() {
    echo "== The address guard, with counters of $(nft --version)"
    nft reset counters >"$dir/nft.log"
    curl -s --max-time 0.2 http://169.254.169.254/ 'http://[::ffff:127.0.0.1]/' >"$dir/curl.log"
    [ "$(refused_packets)" -ge 2 ]
    verdict $? "the counter counts"
    nft reset counters >"$dir/nft.log"
    walk trap trap.example "@$NSD" --view external
    expect "every refused address of every name is shown as blocked" \
        '[.endpoints[] | select(.connect == "blocked").address] | unique | length == 14'
    expect "nothing else was tried" 'all(.endpoints[]; .connect == "blocked")'
    for name in $(host_domains); do
        walk "$name" "$name.example" "@$NSD" --view external
        expect "only the real hosts are connected to" 'all(.endpoints[]; .connect == "blocked"
            or (.host | test("^((lyncdiscover|sip)[.]h[0-9]+|pki[.]contoso)[.]example$"))) and .complete'
    done
    [ "$(refused_packets)" = 0 ]
    verdict $? "no packet went to a refused address ($(refused_packets))"
}
