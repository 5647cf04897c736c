#!/bin/sh
# run.sh - whole runs against the healthy lab: few descriptors, the sandbox, other roots
#
# Called by check.sh with LYNCPROBE, LPLAB, FLAVOUR and FLAVOUR_DIR.
set -u
program=$(realpath "${LYNCPROBE-build/lyncprobe}")
folder=${FLAVOUR_DIR-build/obj}/scenario
hook=${LP_HOOK-$PWD/build/hook.so}
passed=0
failed=0
skipped=0

# $1: what, others: a command that tells
test_that() {
    what=$1
    shift
    if "$@" >"$folder/told" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: $what: $*"
        head -n 3 "$folder/told" "$folder/err"
    fi
}

skip() {
    skipped=$((skipped + 1))
    echo "skipped: $1"
}

# Others: arguments. The report is in out, the status in code.
lp() {
    "$program" "$@" -f json >"$folder/out" 2>"$folder/err" </dev/null
    code=$?
}

# What two reports of the same thing have in common.
# shellcheck disable=SC2016 # not for the shell
alike='walk(if type == "object" then del(.times, .time, .until, .evidence, .seconds) else . end)
    | .endpoints |= sort_by(tostring) | .certificates |= sort_by(.sha256)'

same_report() {
    [ "$(jq -S "$alike" "$1")" = "$(jq -S "$alike" "$2")" ]
}

# jq is content with nothing.
says() {
    [ -s "$folder/out" ] && jq -e "$1" "$folder/out"
}

ids() {
    says "[.findings[].id] | unique == $1"
}

# ---- few descriptors ----

# Either all is there, or what is not was not tried; no peer is blamed.
is_local_fault() {
    case $code in
    0 | 1 | 2) says '[.findings[].id] - ["LP-WALK-OK", "LP-RUN-LOCAL"] == []
        and all(.endpoints[]; .connect == "open" or .connect == "not-tried")' ;;
    3) grep -q '^lyncprobe: .' "$folder/err" || says '[.findings[].id] | index("LP-RUN-LOCAL")' ;;
    *) false ;;
    esac
}

# $1: which store, others: arguments
few_descriptors() {
    store=$1
    shift
    for n in 4 5 6 7 8 9 10 11 12 13 14 15 17 18 20 24 64; do
        # shellcheck disable=SC3045 # dash has it
        (ulimit -n "$n" && exec "$program" "$@" -f json) >"$folder/out" 2>"$folder/err" </dev/null
        code=$?
        test_that "$n descriptors, $store store: no peer is blamed" is_local_fault
    done
    test_that "64 descriptors, $store store: enough" ids '["LP-WALK-OK"]'
}

# ---- the sandbox ----

sandbox() {
    # shellcheck disable=SC2086 # the lab's arguments are words
    lp $LPLAB_ARGS_OUTSIDE
    cp "$folder/out" "$folder/good"
    test_that "a whole walk in the sandbox" ids '["LP-WALK-OK"]'
    test_that "... and no word of worker, parent or a sanitizer" [ ! -s "$folder/err" ]
    # shellcheck disable=SC2086
    lp $LPLAB_ARGS_OUTSIDE --no-sandbox
    test_that "the same without" same_report "$folder/out" "$folder/good"
}

# In a mount namespace of our own: the lab's root is in the system's store, which is read on demand.
system_store() {
    mkdir -p "$folder/certs"
    cp "$LPLAB_DIR/public-root.pem" "$folder/certs/lab.pem"
    openssl rehash "$folder/certs" && mount --bind "$folder/certs" /etc/ssl/certs || return 1
    # shellcheck disable=SC2046
    set -- $(echo "$LPLAB_ARGS_OUTSIDE" | sed 's/--public-cacert [^ ]*//')
    lp "$@"
    test_that "the system's store is read behind the door" ids '["LP-WALK-OK"]'
    few_descriptors system "$@"
    count
}

# ---- other roots for a recording ----

reverify() {
    # shellcheck disable=SC2046
    set -- $(echo "$LPLAB_ARGS_OUTSIDE" | sed 's/--[a-z]*-*cacert [^ ]*//g')
    "$program" "$@" -f record >"$folder/record" 2>"$folder/err" </dev/null
    public=$LPLAB_DIR/public-root.pem
    private=$LPLAB_DIR/private-root.pem
    lp report "$folder/record"
    test_that "no store knows the lab" says '[.findings[].id] | index("LP-CERT-UNTRUSTED")'
    lp report "$folder/record" --public-cacert "$public" --cacert "$private"
    test_that "with the lab's roots all is well" ids '["LP-WALK-OK"]'
    lp report "$folder/record" --public-cacert "$private" --cacert "$private"
    test_that "with the wrong public root it is not" says \
        '[.findings[].id] | index("LP-CERT-UNTRUSTED") or index("LP-CERT-PRIVATE-ROOT")'
    lp report "$folder/record" --public-cacert "$public" --no-sandbox
    test_that "without the sandbox as well" ids '["LP-WALK-OK"]'
    lp report "$folder/record" --cacert "$folder/nowhere.pem"
    test_that "a file that is not there" grep -q 'nowhere.pem: No such file' "$folder/err"
    test_that "... is no verdict" [ $code = 3 ]
    [ -f "$hook" ] && [ "${FLAVOUR-obj}" = obj ] || return 0
    for what in ABORT SPIN; do
        env LD_PRELOAD="$hook" LP_HOOK_$what=access. "$program" report "$folder/record" \
            --public-cacert "$public" -f json >"$folder/out" 2>"$folder/err"
        code=$?
        test_that "$what in verification: a report all the same" [ $code -le 3 ]
        test_that "$what in verification: no other chain is lost" says \
            '[.findings[] | select(.id == "LP-CERT-UNTRUSTED").subject]
                | length > 0 and all(test("^(access|sip)[.]"))'
    done
}

# ---- all ----

count() {
    echo "$passed $failed $skipped" >>"$folder/counts"
    passed=0 failed=0 skipped=0
}

in_lab() {
    sandbox
    reverify
    if [ "${FLAVOUR-obj}" = san ]; then
        skip "few descriptors: the sanitizers need some themselves"
    else
        # shellcheck disable=SC2086
        few_descriptors given $LPLAB_ARGS_OUTSIDE
        unshare -m sh "$0" system-store 2>>"$folder/err" || skip "the system's store: no mount namespace"
    fi
    count
}

case ${1-} in
in-lab) in_lab; exit 0 ;;
system-store) system_store; exit ;;
esac
rm -rf "$folder"
mkdir -p "$folder"
folder=$(realpath "$folder")
"${LPLAB-build/lab/lplab}" -- sh "$0" in-lab
code=$?
[ $code = 77 ] && { echo "0 passed, 0 failed, 1 skipped"; exit 0; }
awk '{ p += $1; f += $2; s += $3 } END {
    printf "%d passed, %d failed, %d skipped\n", p, f, s
    exit f > 0 || p == 0
}' "$folder/counts"
