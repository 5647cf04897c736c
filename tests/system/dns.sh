# shellcheck shell=sh disable=SC2154,SC2034,SC2086
# dns.sh - system tests: the outcomes of DNS, told apart against NSD and BIND

QUICK='--dns-timeout 0.7' # two words, where silence is expected

dns_zones() {
    # One walk, every outcome that a real server can give. "sipexternal" never gets there.
    zone words.example <<'ZONE'
_sipinternaltls._tcp TXT "a name, but no SRV"
_sip._tls SRV 0 0 443 sip
sipinternal TXT "a name, but no address"
sip A 203.0.113.10
sip AAAA 2001:db8:20::20
ZONE
    printf 'zone:\n  name: lyncdiscover.words.example\n  zonefile: not-there\n' >>"$dir/nsd.conf"
    zone _sipinternal._tcp.words.example '  allow-query: 0.0.0.0/0 BLOCKED' </dev/null
    printf 'zone:\n  name: stale.example\n  zonefile: stale\n' >>"$dir/nsd.conf"
    printf '  request-xfr: %s NOKEY\n' "$NOBODY" >>"$dir/nsd.conf"
    # More than 1232 bytes: twelve targets with long names. RFC 2782 forbids their compression.
    {
        label=$(printf '%060d' 0 | tr 0 x)
        for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
            printf '_sip._tls SRV 0 0 443 e%d.%s.%s\n' $i "$label" "$label"
        done
        echo 'sip A 203.0.113.10'
    } | zone large.example
    zone alias.example <<'ZONE'
lyncdiscover CNAME one
one CNAME two.elsewhere.example.
sip CNAME gone
_sip._tls SRV 0 0 443 sip
ZONE
    zone elsewhere.example <<'ZONE'
two CNAME three
three A 198.51.100.20
ZONE
    zone differ.example <<'ZONE'
sip A 203.0.113.10
_sip._tls SRV 0 0 443 sip
ZONE
}

outcomes_in_one_walk() {
    walk words words.example "@$NSD" --view external
    expect "lyncdiscoverinternal nxdomain" 'step("a").dns == "nxdomain"'
    expect "lyncdiscover servfail (zone that is not loaded)" 'step("b").dns == "servfail"'
    expect "_sipinternaltls._tcp nodata" 'step("c").dns == "nodata"'
    expect "_sipinternal._tcp refused (access list)" 'step("d").dns == "refused"'
    expect "_sip._tls answer" 'step("e").dns == "answer" and step("e").targets[0].port == 443'
    expect "sipinternal nodata" 'step("f").dns == "nodata"'
    expect "sip answer, both families" \
        'step("g").addresses | sort == ["2001:db8:20::20", "203.0.113.10"]'
    expect "sipexternal timeout (dropped on the way)" 'step("h").dns == "timeout"'
    expect "a finding for each kind of failure" \
        'found("LP-DNS-SERVFAIL") and found("LP-DNS-REFUSED") and found("LP-DNS-TIMEOUT")'
    recorded "rcodes 3, 2, 5, 0" '[
        dns("A"; "lyncdiscoverinternal.words.example"), dns("A"; "lyncdiscover.words.example"),
        dns("SRV"; "_sipinternal._tcp.words.example"),
        dns("SRV"; "_sip._tls.words.example")] | map(.facts.rcode // 0) == [3, 2, 5, 0]'
    recorded "outcomes" '[
        dns("A"; "lyncdiscoverinternal.words.example"), dns("A"; "lyncdiscover.words.example"),
        dns("SRV"; "_sipinternaltls._tcp.words.example"),
        dns("SRV"; "_sipinternal._tcp.words.example"), dns("SRV"; "_sip._tls.words.example"),
        dns("A"; "sipexternal.words.example")] | map(.outcome) ==
        ["nxdomain", "servfail", "nodata", "refused", "answer", "timeout"]'
    recorded "the answer as bytes, its server, AA, TTL" \
        "dns(\"SRV\"; \"_sip._tls.words.example\").facts |
        .aa and .from == \"$NSD:53\" and .rrs[0].ttl == 300 and (.wire | length) > 50"
    recorded "three tries for what was dropped, no answer" \
        'dns("A"; "sipexternal.words.example").facts
        | .tries == 3 and .rcode == -1 and .wire == null'
    recorded "SOA minimum of a negative answer" \
        'dns("A"; "lyncdiscoverinternal.words.example").facts.rrs
        | any(.section == "authority" and .minimum == 60)'
}

whole_servers() {
    walk unserved unserved.example "@$NSD" --view external
    expect "a zone that is not served: refused, every name" \
        '[.steps[].dns] | unique == ["refused"] or unique == ["refused", "timeout"]'
    expect "LP-DNS-REFUSED first" '.findings[0].id == "LP-DNS-REFUSED"'
    walk stale stale.example "@$NSD" --view external
    expect "a secondary that never got its zone: servfail" \
        '[.steps[0:7][].dns] | unique == ["servfail"]'
    expect "LP-DNS-SERVFAIL first" '.findings[0].id == "LP-DNS-SERVFAIL"'
    walk silent words.example "@$SILENT" --view external $QUICK
    expect "dropped packets: timeout, every name" '[.steps[].dns] | unique == ["timeout"]'
    expect "LP-DNS-TIMEOUT first, undecided" \
        '.findings[0].id == "LP-DNS-TIMEOUT" and .verdict == "undecided"'
    exits 3
    walk walled words.example "@$WALLED" --view external
    expect "what our own packet filter forbids was not tried" \
        '[.steps[].dns] | unique == ["not-tried"]'
    expect "LP-RUN-LOCAL, undecided" 'found("LP-RUN-LOCAL") and .verdict == "undecided"'
    exits 3
    walk nobody words.example "@$NOBODY" --view external $QUICK
    expect "a closed port is no REFUSED: timeout" '[.steps[].dns] | unique == ["timeout"]'
    exits 3
}

transports() {
    walk tcp large.example "@$NSD" --view external
    expect "12 SRV targets" 'step("e").dns == "answer" and (step("e").targets | length) == 12'
    recorded "truncated over UDP, asked again over TCP" \
        'dns("SRV"; "_sip._tls.large.example").facts
        | .truncated and .tcp and (.tc | not) and ([.rrs[] | select(.type == 33)] | length) == 12'
    recorded "a small answer stays on UDP" \
        'dns("A"; "sip.large.example").facts | (.tcp or .truncated) | not'
    walk no-tcp large.example "@$NO_TCP" --view external $QUICK
    expect "TCP dropped: no outcome but answer or timeout" \
        'step("e").dns == "timeout" or step("e").dns == "answer"'
    recorded "TC is in the recording" \
        'dns("SRV"; "_sip._tls.large.example").facts | .truncated and (.tcp | not)'
    walk v6 words.example '@[2001:db8:53::53]' --view external $QUICK
    expect "over IPv6" 'step("e").dns == "answer" and step("c").dns == "nodata"'
    recorded "the server's address" \
        'dns("SRV"; "_sip._tls.words.example").facts.from == "[2001:db8:53::53]:53"'
    walk v6-port words.example '@[2001:db8:53::53]:53' --view external -4 $QUICK
    expect "only IPv4 addresses with -4" 'step("g").addresses == ["203.0.113.10"]'
}

aliases() {
    walk alias alias.example "@$NSD" --view external
    expect "an alias through two zones, every hop" 'step("b").dns == "answer"
        and step("b").aliases == ["one.alias.example", "two.elsewhere.example",
            "three.elsewhere.example"] and step("b").addresses == ["198.51.100.20"]'
    expect "an alias to nowhere" 'step("g").dns == "nxdomain" and found("LP-DNS-CNAME-DANGLING")'
}

through_bind() {
    walk bind words.example "@$BIND" --view external $QUICK
    expect "BIND: nxdomain, servfail, nodata, answer" '[step("a", "b", "c", "e").dns]
        == ["nxdomain", "servfail", "nodata", "answer"]'
    expect "BIND: servfail for what the server behind it refuses" 'step("d").dns == "servfail"'
    recorded "BIND: RA, not AA" \
        'dns("SRV"; "_sip._tls.words.example").facts | .ra and (.aa | not)'
    walk bind-closed closed.example "@$BIND" --view external
    expect "BIND: refused by allow-query" '[.steps[0:7][].dns] | unique == ["refused"]'
    walk bind-stale stale.example "@$BIND" --view external
    expect "BIND: servfail for an empty secondary" '[.steps[0:7][].dns] | unique == ["servfail"]'
    wait "$mute"
    walk=$dir/walk/bind-mute
    expect "BIND: its dead forwarder is servfail, not timeout" \
        '[.steps[0:7][].dns] | unique == ["servfail"]'
}

several_servers() {
    walk same words.example "@$NSD" "@$BIND" --view external $QUICK
    expect "the same records at both: no difference of records" \
        '[.findings[] | select(.id == "LP-DNS-SERVERS-DIFFER").subject]
        | all(test("lyncdiscover|_sipinternal._tcp|sipexternal"))'
    walk differ differ.example "@$NSD" "@$BIND" --view external
    expect "another address at the second: LP-DNS-SERVERS-DIFFER" \
        'finding("LP-DNS-SERVERS-DIFFER").subject | test("sip.differ.example")'
    printf 'nameserver %s\nnameserver %s\n' "$NOBODY" "$NSD" >"$dir/resolv.conf"
    if ! mount --bind "$dir/resolv.conf" /etc/resolv.conf; then
        skip "servers of the system" "/etc/resolv.conf cannot be mounted over"
        return
    fi
    walk system words.example --view external $QUICK
    expect "servers of /etc/resolv.conf, the second answers" 'step("e").dns == "answer"'
    recorded "which one answered" \
        "dns(\"SRV\"; \"_sip._tls.words.example\").facts.from == \"$NSD:53\""
    umount /etc/resolv.conf
}

test_dns() {
    echo "== DNS: $(nsd -v 2>&1 | sed -n 1p), $(named -v | sed 's/ (.*//')"
    # BIND waits ten seconds for the server behind it.
    (walk bind-mute mute.example "@$BIND" --view external --dns-timeout 12) &
    mute=$!
    outcomes_in_one_walk
    whole_servers
    transports
    aliases
    through_bind
    several_servers
}
