# shellcheck shell=sh
# lab.sh - live runs in the lab: lists, several walks, files, environment
here=$(dirname "$0")
# shellcheck source=/dev/null
. "$here/lib.sh"

ROOTS="--cacert $LPLAB_DIR/private-root.pem --public-cacert $LPLAB_DIR/public-root.pem"
[ "$LPLAB_WHERE" = namespace ] || ROOTS="$ROOTS --allow-net 127.77.0.0/16"
AT="@$LPLAB_OUTSIDE --view external"
mkdir live
cd live || exit 1

# ---- what the command line can ask for ----

# shellcheck disable=SC2086 # the lab's arguments are words
lp $LPLAB_ARGS_OUTSIDE -f json -o record=r -o text=t -o json=j
test_that "a healthy walk" all status 0 -- cmp "$OUT" j -- json '.verdict == "ok" and .complete' j
for format in json text; do
    lp report r -f $format
    test_that "report gives the same $format" cmp "$OUT" "$(echo $format | cut -c 1)"
done
# shellcheck disable=SC2086
lp $LPLAB_ARGS_OUTSIDE -f json --deep -o record=r
test_that "--deep asks what is asked only on request" all status 0 \
    -- json '[.endpoints[].beside[].probe] | contains(["tls-deep", "sip-options", "tls-versions"])' "$OUT" \
    -- json 'any(.endpoints[]; .lowest_protocol == "TLSv1.2" and .highest_protocol == "TLSv1.3")' "$OUT" \
    -- json 'any(.endpoints[].beside[].lines[]; startswith("TLS 1.2: "))' "$OUT"
mv "$OUT" j
lp report r -f json
test_that "report gives the same of it" cmp "$OUT" j
# shellcheck disable=SC2086
lp walk contoso.example Contoso.Example. x@contoso.example sip:y@contoso.example $AT $ROOTS -f json
test_that "one domain, one object, however it is written" json '.domain == "contoso.example"' "$OUT"
test_that "no user name is kept" sh -c "! grep -qE '[xy]@' '$OUT'"
# shellcheck disable=SC2086
lp contoso.example @outside="$LPLAB_OUTSIDE" @inside="$LPLAB_INSIDE" $ROOTS -f json -o record=r -o text=t
test_that "two views are two walks" all status 0 -- json 'map(.view) == ["internal", "external"]' "$OUT"
mv "$OUT" j
for format in json text; do
    lp report r -f $format
    test_that "report gives the same $format of both" cmp "$OUT" "$(echo $format | cut -c 1)"
done
# shellcheck disable=SC2086
lp contoso.example @outside="$LPLAB_OUTSIDE" @inside="$LPLAB_INSIDE" $ROOTS --view external -f json
test_that "--view chooses one of two" json '.view == "external"' "$OUT"
# shellcheck disable=SC2086
lp contoso.example $AT $ROOTS -q
test_that "-q is silent" all status 0 -- silent -- test ! -s "$ERR"
# shellcheck disable=SC2086
lp contoso.example $AT $ROOTS --deny lyncdiscover.contoso.example -f json
test_that "a run with overrides says so" json '.overridden and (.findings | map(.id) | index("LP-RUN-OVERRIDDEN"))' "$OUT"
# shellcheck disable=SC2086
lp contoso.example $AT --cacert nowhere.pem
test_that "roots that are not there" all silent -- one_line -- says nowhere.pem
rm -f ./*

# ---- lists ----

# Reported domains, one a line. $1: file
domains() {
    jq -r 'if type == "array" then .[] else . end | .domain' "$1"
}
{
    printf '\357\273\277a.test\r\n# none\r\n\r\nb.test # one\r\n'
    printf 'not a domain\nc\000.test\n\377.test\n'
    head -c 3000000 /dev/zero | tr '\000' a
    printf '\nA.TEST\nu@B.test\nd.test'
} >list
# shellcheck disable=SC2086
lp -l list $AT $ROOTS -f json
test_that "a list of all sorts of lines" all [ "$(domains "$OUT" | tr '\n' ' ')" = "a.test b.test d.test " ]
test_that "refused lines have their number" all says "list line 5: not a domain: " -- says 'list line 6: c\x00.test' -- says 'list line 7: \xff.test' -- says "list line 8: longer than 255" -- harmless "$ERR"
# shellcheck disable=SC2086
run sh -c 'yes same.test | head -n 10000 | "$LYNCPROBE" -l - "$@" -f json' - $AT $ROOTS
test_that "ten thousand times the same name is one walk" json '.domain == "same.test"' "$OUT"
seq 100 | sed 's/.*/d&.test/' >list
# shellcheck disable=SC2086
lp -l list contoso.example $AT $ROOTS -f json -o record=r -j 3 --parallel 20
domains "$OUT" >have
{ echo contoso.example; cat list; } >want
test_that "a hundred domains, in order" cmp have want
mv "$OUT" j
lp report r -f json
test_that "report gives the same array" cmp "$OUT" j
if [ "$FLAVOUR" = obj ]; then
    # shellcheck disable=SC2016,SC2086 # expanded inside
    run sh -c 'ulimit -v 400000; "$LYNCPROBE" -l list "$@" -q -o json=j2' - $AT $ROOTS
    test_that "in little memory" all status 2 3 -- json 'length == 100' j2
    # shellcheck disable=SC2016,SC2086
    run timeout 60 sh -c 'ulimit -v 400000
        { head -c 100000000 /dev/zero | tr "\000" a; printf "\nlast.test"; } |
            "$LYNCPROBE" -l - "$@" -f json' - $AT $ROOTS
    test_that "a line of 100 MB costs no memory" all says "list line 1: longer" -- json '.domain == "last.test"' "$OUT"
fi
# shellcheck disable=SC2016,SC2086
run sh -c '"$LYNCPROBE" -l list "$@" -f json | head -c 10; exit 0' - $AT $ROOTS
test_that "the reader of a list has gone" says "standard output: Broken pipe"
rm -f ./*

# ---- the environment ----

# shellcheck disable=SC2086
lp contoso.example $AT $ROOTS -f json
# What two runs have in common: no times, no order of arrival.
steady() {
    jq '{domain, verdict, sentence, clients, steps, findings: (.findings | map(del(.evidence)))}' "$1"
}
steady "$OUT" >want
for settings in "SSLKEYLOGFILE=$DIR/live/keys http_proxy=http://127.0.0.1:9 https_proxy=http://127.0.0.1:9 OPENSSL_CONF=/dev/stdin" \
    "ALL_PROXY=socks5://127.0.0.1:9 OPENSSL_CONF=/nowhere HOSTALIASES=/etc/passwd LOCALDOMAIN=evil.example" \
    "RES_OPTIONS=ndots:15 SSL_CERT_FILE=/dev/null LC_ALL=tr_TR.UTF-8 HOME=/nowhere TMPDIR=/nowhere" -i; do
    # shellcheck disable=SC2086
    run env $settings "$LYNCPROBE" contoso.example $AT $ROOTS -f json
    steady "$OUT" >have
    test_that "env $settings has no effect" cmp have want
done
test_that "no file appears" only have want
# shellcheck disable=SC2086
run env --block-signal=INT,TERM,CHLD --ignore-signal=PIPE,CHLD "$LYNCPROBE" contoso.example $AT $ROOTS -f json
steady "$OUT" >have
test_that "signals blocked and ignored by the caller" all status 0 -- cmp have want
for closed in '0<&- 2>&-' '0<&- 1>&- 2>&-'; do
    # shellcheck disable=SC2016,SC2086
    run sh -c "\"\$LYNCPROBE\" \"\$@\" -f json -o json=j $closed" - contoso.example $AT $ROOTS
    steady j >have
    test_that "a walk with $closed" cmp have want
done
cd ..
rm -rf live
finish
