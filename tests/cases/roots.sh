#!/bin/sh
# roots.sh - one recording, judged again with the same and with other roots (report --cacert)
#
# The environment says LYNCPROBE, LPLAB and FLAVOUR_DIR. The recordings are those of the lab, made
# here; where it cannot run, all of it is a counted skip. Closes with "N passed, N failed".
set -u
program=$(realpath "${LYNCPROBE-build/lyncprobe}")
dir=${FLAVOUR_DIR-build/obj}/roots
export LC_ALL=C.UTF-8
passed=0
failed=0

verdict() { # STATUS WHAT
    if [ "$1" = 0 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED  $2"
    fi
}

# Judges $recording with more arguments; the report is $dir/report.
again() { # ARGUMENT...
    "$program" report "$recording" -f json "$@" >"$dir/report" 2>"$dir/err" </dev/null
    code=$?
}

expect() { # WHAT FILTER
    jq -e "$2" "$dir/report" >"$dir/out" 2>&1
    result=$?
    verdict $result "$1: $2"
    [ $result = 0 ] || cat "$dir/out" "$dir/err"
}

# What the stores say of all chains that were seen, each word once.
words() { # STORE
    echo "[.endpoints[] | select(.certificate).$1] | unique"
}

unknown='unable to get local issuer certificate'

if [ "${1-}" != in-lab ]; then
    rm -rf "$dir"
    mkdir -p "$dir"
    "${LPLAB-build/lab/lplab}" -- sh "$0" in-lab
    code=$?
    [ $code = 77 ] && echo "0 passed, 0 failed, 1 skipped" && exit 0
    exit $code
fi

public=$LPLAB_DIR/public-root.pem
private=$LPLAB_DIR/private-root.pem

# shellcheck disable=SC2086 # the lab's arguments are words
"$program" $LPLAB_ARGS_OUTSIDE -f json -o record="$dir/outside.jsonl" >"$dir/live"
verdict $? "a healthy walk outside"
recording=$dir/outside.jsonl

again
cmp -s "$dir/live" "$dir/report"
verdict $? "without roots: the live report, byte for byte"
again --cacert "$private" --public-cacert "$public"
cmp -s "$dir/live" "$dir/report"
verdict $? "with the same roots: the live report, byte for byte"
again --no-sandbox --cacert "$private" --public-cacert "$public"
cmp -s "$dir/live" "$dir/report"
verdict $? "... without the sandbox as well"

again --public-cacert "$private"
expect "the private root in the public one's place: nothing is trusted" \
    '.verdict == "critical" and .findings[0].id == "LP-CERT-UNTRUSTED"'
expect "the public store's new words" "$(words public_store) == [\"$unknown\"]"
expect "the private store keeps what the recording says" "$(words private_store) == [\"$unknown\"]"
[ $code = 2 ]
verdict $? "exit status 2, it was $code"

again --cacert "$public"
expect "the public root as the private one" \
    "($(words private_store)) == [\"ok\"] and ($(words public_store)) == [\"ok\"]"

again --public-cacert "$dir/not-there.pem"
[ $code = 3 ] && [ ! -s "$dir/report" ] && grep -q 'not-there.pem: No such file' "$dir/err"
verdict $? "roots that are not there: status 3, no report, one line"

# Without the certificate itself nobody can verify anything again.
jq -c 'if .kind == "certificate" then del(.facts.der) else . end' "$dir/outside.jsonl" \
    >"$dir/no-der.jsonl"
recording=$dir/no-der.jsonl
again --cacert "$private" --public-cacert "$public"
expect "a recording without certificates: no store has a word on the chains" \
    "($(words private_store)) == [null] and ($(words public_store)) == [null]"

# A certificate that is none: unreadable chains are untrusted, nothing falls over.
jq -c 'if .kind == "certificate" then .facts.der = "MAMCAQE=" else . end' "$dir/outside.jsonl" \
    >"$dir/bad-der.jsonl"
recording=$dir/bad-der.jsonl
again --cacert "$private" --public-cacert "$public"
expect "a recording with bytes that are no certificate" \
    "($(words public_store)) | length == 1 and .[0] != \"ok\""

echo "$passed passed, $failed failed"
[ $failed = 0 ]
