# shellcheck shell=sh
# compare_lab.sh - inside and outside of a lab, live: healthy, or with the fault that LPLAB_FAULT names
here=$(dirname "$0")
# shellcheck source=/dev/null
. "$here/lib.sh"

ROOTS="--cacert $LPLAB_DIR/private-root.pem --public-cacert $LPLAB_DIR/public-root.pem"
[ "$LPLAB_WHERE" = namespace ] || ROOTS="$ROOTS --allow-net 127.77.0.0/16"
BOTH="@inside=$LPLAB_INSIDE @outside=$LPLAB_OUTSIDE"

# shellcheck disable=SC2086 # several words
live() {
    lp compare contoso.example $BOTH $ROOTS "$@"
}
# $1: state, $2: kind, $3: part of what it is about
item() {
    jq -e --arg state "$1" --arg kind "$2" --arg key "$3" 'any(.items[]; .state == $state and
        .kind == $kind and ((.name // .host // .subject // .client) | contains($key)))' "$OUT" >/dev/null
}

healthy() {
    live -f json -o text=t
    test_that "healthy: nothing is broken, nothing unexplained" all status 0 -- \
        json '.verdict == "ok" and .relation == "views" and .counts.broken == 0' "$OUT" -- has t "ok, meant"
    test_that "both walks are in it" json '[.walks[].label] == ["inside", "outside"]' "$OUT"
    # shellcheck disable=SC2086
    lp contoso.example $BOTH $ROOTS -q -o record=r
    cp t live
    lp compare r -o text=t -q
    test_that "a recording of both says the same" status 0
    # Times of the walks apart.
    for file in live t; do
        sed 's/20[0-9-]*T[0-9:]*Z/TIME/' $file >$file.plain
    done
    test_that "line by line" cmp live.plain t.plain
    # shellcheck disable=SC2086
    lp compare "@one=$LPLAB_OUTSIDE" "@two=$LPLAB_OUTSIDE" contoso.example $ROOTS --view external
    test_that "the same server twice" all status 0 -- shows "are the same"
    # shellcheck disable=SC2086
    lp contoso.example "@$LPLAB_OUTSIDE" --view external $ROOTS -o record=last -q
    # shellcheck disable=SC2086
    lp contoso.example "@$LPLAB_OUTSIDE" --view external $ROOTS --changed-since last -o record=last
    test_that "nothing has changed since the last run" all status 0 -- silent -- test ! -s "$ERR"
    # shellcheck disable=SC2086
    lp contoso.example "@$LPLAB_OUTSIDE" --view external $ROOTS --changed-since last \
        --deny _sip._tls.contoso.example
    test_that "something has" all status 1 2 -- shows "_sip._tls.contoso.example"
    live --view external
    test_that "one view alone is no comparison" all status 3 -- silent -- one_line
}

faulty() { # STATE KIND WHAT SENTENCE
    live -f json -o text=t
    test_that "$LPLAB_FAULT: $1 $3" all status 2 -- item "$1" "$2" "$3" -- json '.verdict == "critical"' "$OUT" -- \
        has t "$4"
}

case $LPLAB_FAULT in
walk-ok) healthy ;;
dns-servfail) faulty broken name lyncdiscover.contoso.example "broken outside" ;;
cert-expired) faulty broken client lync2013 "a user outside cannot sign in, a user inside can" ;;
port-closed-inside) faulty broken client lync2013 "a user inside cannot sign in, a user outside can" ;;
*) test_that "$LPLAB_FAULT has a test" false ;;
esac
finish
