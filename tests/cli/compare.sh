# shellcheck shell=sh
# compare.sh - two recordings side by side: pairs, exit statuses, files, what does not belong together
here=$(dirname "$0")
cases=$(cd "$here/../cases" && pwd)
# shellcheck source=/dev/null
. "$here/lib.sh"
example=$(cd "$here/../.." && pwd)/share/contoso.yaml

lp compare "$cases/inside.jsonl" "$cases/outside.jsonl"
test_that "inside and outside, healthy" all status 0 -- shows "differ only as they are meant to" -- shows "ok, meant"
lp compare "$cases/outside.jsonl" "$cases/inside.jsonl" --ascii
test_that "the other way round" all status 0 -- shows "outside and inside differ"
lp compare "$cases/inside.jsonl" "$cases/dns-servfail.jsonl"
test_that "broken outside" all status 2 -- shows "lyncdiscover.contoso.example A is broken outside" \
    -- shows "lyncprobe explain LP-DNS-SERVFAIL"
lp compare "$cases/inside.jsonl" "$cases/dns-servfail.jsonl" --fail-on never
test_that "--fail-on never" all status 0 -- shows "is broken outside"
lp compare "$cases/outside.jsonl" "$cases/outside-alias.jsonl"
test_that "before and after: changed" all status 1 -- shows "nothing is broken after, but"
lp compare "$cases/outside.jsonl" "$cases/outside-alias.jsonl" --fail-on critical
test_that "--fail-on critical" status 0
lp compare "$cases/outside.jsonl" "$cases/outside.jsonl" -q
test_that "-q" all status 0 -- silent
lp compare "$cases/outside.jsonl" "$cases/outside.jsonl" -v
test_that "-v shows every item" shows "/Autodiscover/"

lp compare "$cases/inside.jsonl" "$cases/dns-servfail.jsonl" --lang de -o json=de.json -o html=de.html
test_that "in German" all status 2 -- shows "lyncdiscover.contoso.example A ist außen gestört" \
    -- shows "So beheben Sie es: lyncprobe explain LP-DNS-SERVFAIL"
test_that "the page in German" grep -q '<html lang="de">' de.html
lp compare "$cases/inside.jsonl" "$cases/dns-servfail.jsonl" -f json
test_that "machines read English" cmp de.json "$OUT"

cat "$cases/inside.jsonl" "$cases/outside.jsonl" >both
lp compare both
test_that "one recording of two views" all status 0 -- shows "inside and outside differ only"
lp compare both both
test_that "two recordings of two views: walk by walk" all status 0 -- shows "before and after are the same"
lp compare both "$cases/inside.jsonl"
test_that "a view that only one of them has" all status 78 -- silent -- one_line -- \
    says "has no walk to compare with that of contoso.example (external)"
run sh -c "\"$LYNCPROBE\" compare - \"$cases/outside.jsonl\" <\"$cases/inside.jsonl\""
test_that "from standard input" all status 0 -- shows "inside"
grep -v '^private-roots:' "$example" >topology
lp compare both -t topology --client sfb
test_that "with a topology, for another client" all status 1 2 -- shows "sfb" -- shows "expectations are met"

# ---- rules of the topology ----

rules() { # RULE...
    printf 'sip-domains: [contoso.example]\nedge-pools:\n  - access: {fqdn: access.contoso.example}\ncompare:\n' >rules
    printf '  %s\n' "$@" >>rules
    lp compare "$cases/inside.jsonl" "$cases/outside.jsonl" -t rules -f json
}
state() { # NAME
    jq -r --arg name "$1" '.items[] | select(.kind == "name" and .name == $name) | .state' "$OUT"
}
rules "sip.contoso.example: same"
test_that "a name that must be the same" [ "$(state sip.contoso.example)" = differs ]
test_that "the rule has its place" json 'any(.items[]; .topology == "rules:5")' "$OUT"
rules "lyncdiscover.*: inside-only"
test_that "a name that must not be outside" [ "$(state lyncdiscover.contoso.example)" = differs ]
rules "lyncdiscover.*: outside-only" "\"*\": same"
test_that "the first rule that fits counts" [ "$(state lyncdiscover.contoso.example)" = meant ]
lp compare "$cases/outside.jsonl" "$cases/outside-alias.jsonl" -f json
test_that "certificates that changed" json '[.items[] | select(.state == "differs")] | length == 6' "$OUT"
printf 'compare: {"*": differ}\n' >>rules
lp compare "$cases/outside.jsonl" "$cases/outside-alias.jsonl" -t rules
test_that "a key twice" all status 78 -- silent -- one_line
rules "\"*\": differ"
lp compare "$cases/outside.jsonl" "$cases/outside-alias.jsonl" -t rules -f json
test_that "differences that are allowed" json '.counts.meant == 6 and .counts.differs == 0' "$OUT"

# ---- --changed-since ----

for format in text json ndjson prometheus nagios junit; do
    lp report "$cases/outside.jsonl" --changed-since "$cases/outside.jsonl" -f $format
    test_that "nothing has changed: silent as $format" all status 0 -- silent
    lp report both --changed-since "$cases/outside.jsonl" -f $format
    test_that "one of two views is new: said as $format" all status 0 -- test -s "$OUT"
done
lp report both --changed-since both -f json -o json=written
test_that "a file is written all the same" all status 0 -- silent -- json 'length == 2' written
lp report "$cases/cert-expired.jsonl" --changed-since "$cases/outside.jsonl"
test_that "a new finding is said" all status 2 -- shows "has expired"
lp report "$cases/outside.jsonl" --changed-since "$cases/cert-expired.jsonl"
test_that "and that it is gone" all status 0 -- shows "can sign in"
lp report "$cases/cert-expired.jsonl" --changed-since "$cases/cert-expired.jsonl"
test_that "what stays broken keeps its status" all status 2 -- silent
lp report "$cases/outside.jsonl" --changed-since "$cases/outside-alias.jsonl"
test_that "a renewed certificate is no news" all status 0 -- silent
lp report "$cases/outside.jsonl" --changed-since "$cases/inside.jsonl"
test_that "the other view is no earlier run" all status 0 -- shows "can sign in"
lp report "$cases/outside.jsonl" --changed-since nowhere
test_that "the first run has nothing to compare with" all status 0 -- shows "can sign in" -- one_line -- \
    says "nowhere is not there yet"
echo nonsense >broken
lp report "$cases/outside.jsonl" --changed-since broken
test_that "no recording" all status 78 -- silent -- one_line -- says "broken:1: not a lyncprobe recording"
run sh -c "\"$LYNCPROBE\" report \"$cases/outside.jsonl\" --changed-since - <\"$cases/outside.jsonl\""
test_that "from standard input" all status 0 -- silent

# ---- what does not belong together ----

sed 's/contoso\.example/fabrikam.example/g' "$cases/outside.jsonl" >other
lp compare "$cases/outside.jsonl" other
test_that "other domains" all status 78 -- silent -- one_line -- says "fabrikam.example"
sed 's,record/1,record/2,' "$cases/outside.jsonl" >newer
lp compare "$cases/outside.jsonl" newer
test_that "another version" all status 78 -- silent -- one_line -- says "newer:1: recording of another version"
lp compare "$cases/outside.jsonl" nowhere
test_that "no such file" all status 78 -- silent -- one_line -- says "nowhere"
lp compare "$cases/outside.jsonl"
test_that "one walk alone" all status 78 -- silent -- one_line
lp compare
test_that "nothing to compare" all status 64 -- silent -- one_line -- says "compare needs two recordings"
lp compare a b c
test_that "three of them" all status 64 -- silent -- one_line
lp compare @192.0.2.1 a.test
test_that "one server" all status 64 -- silent -- one_line -- says "two name servers"
lp compare @192.0.2.1 @192.0.2.2
test_that "no domain" all status 64 -- silent -- one_line
lp compare @192.0.2.1 @192.0.2.2 nonsense
test_that "no domain at all" all status 64 -- silent -- one_line -- says "nonsense"
lp compare both -f record
test_that "a report's format" all status 64 -- silent -- one_line -- says "compare: no such format: record"
lp compare both -o text=written --ascii
test_that "a file, as standard output" all status 0 -- cmp "$OUT" written
mkdir folder
lp compare both -o text=folder
test_that "no file can be written" all status 3 -- shows "meant" -- one_line -- says "folder: not a regular file"
printf '%s\n' '{"record":"lyncprobe/record/1","domain":"a.test","view":"external","client":"lync2013"}' \
    '{"end":true,"complete":true}' >empty
lp compare empty empty
test_that "two empty walks" all status 3 -- shows "without an end"
finish
