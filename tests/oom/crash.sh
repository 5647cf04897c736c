#!/bin/sh
# crash.sh - a worker that aborts, or spins for ever, on one certificate costs only its endpoints
#
# LP_HOOK (tests/oom/hook.c) is preloaded: its X509_verify_cert aborts or spins where a certificate's
# subject has the words wanted. Against a good run: the endpoints with that certificate are crashed,
# all others are reported as ever, LP-RUN-CRASHED says so, and the time limit + 5 % is kept. With
# "all" also while the machine is busy.
set -u
program=${LYNCPROBE-build/lyncprobe}
limit=15

# $1: name, $2: did it go well (status)
verdict() {
    if [ "$2" = 0 ]; then
        passed=$((passed + 1))
        echo "crash $1: passed"
    else
        failed=$((failed + 1))
        echo "crash $1: FAILED"
    fi
}

# $1: name of the run, $2: ABORT or SPIN, $3: part of a subject, $4: time limit in seconds
hooked() {
    # shellcheck disable=SC2086 # the arguments are words
    env LD_PRELOAD="$LP_HOOK" "LP_HOOK_$2=$3" "$program" $LPLAB_ARGS_OUTSIDE --timeout "$4" -f json \
        >"$folder/$1.json" 2>"$folder/$1.err"
    code=$?
    # by the program's own clock: how long a busy machine takes to start it is not its doing
    took=$(jq '.seconds * 1000 | floor' "$folder/$1.json" 2>/dev/null || echo 999999)
    echo "crash $1: exit $code after $took ms"
    [ $code -le 3 ]
    verdict "$1 ends by itself" $?
    [ "$took" -le $(($4 * 1050)) ]
    verdict "$1 within the time limit + 5 %" $?
}

# Endpoints of a report, $2: that have (or not) the certificates $3; each once, sorted.
endpoints() {
    jq -c --argjson meant "$2" --argjson hashes "$3" '
        [.endpoints[] | select((.certificate as $c | $hashes | index([$c]) != null) == $meant)
            | [.host, .address, .port, .connect, .tls, .certificate]] | unique' "$1"
}

# $1: name of the run, $2: part of a subject
compare() {
    hashes=$(jq -c --arg part "$2" \
        '[.certificates[] | select(.subject | contains($part)) | .sha256]' "$folder/good.json")
    crashed=$(jq -c '[.endpoints[] | select(.connect == "crashed") | [.host, .address, .port]] | unique' \
        "$folder/$1.json")
    meant=$(endpoints "$folder/good.json" true "$hashes" | jq -c '[.[][0:3]] | unique')
    [ "$crashed" = "$meant" ] && [ "$meant" != "[]" ]
    verdict "$1 costs the endpoints with $2, no others" $?
    others=$(jq -c '[.endpoints[] | select(.connect != "crashed")
        | [.host, .address, .port, .connect, .tls, .certificate]] | unique' "$folder/$1.json")
    [ "$others" = "$(endpoints "$folder/good.json" false "$hashes")" ] && [ "$others" != "[]" ]
    verdict "$1 leaves every other endpoint" $?
    jq -e '[.findings[].id] | index("LP-RUN-CRASHED")' "$folder/$1.json" >/dev/null
    verdict "$1 is in the report" $?
}

# Eight others want the processors. What can be asked in the time is then less, but not the end later.
busy() {
    loops=
    for _ in 1 2 3 4 5 6 7 8; do
        while :; do :; done &
        loops="$loops $!"
    done
    hooked busy-spin SPIN access. 10
    hooked busy-spin-on-all SPIN all 6
    hooked busy ABORT nothing 10
    # shellcheck disable=SC2086 # process numbers are words
    kill $loops
    jq -e '[.findings[].id] == ["LP-WALK-OK"]' "$folder/busy.json" >/dev/null
    verdict "busy: all is well" $?
}

in_lab() {
    passed=0
    failed=0
    # shellcheck disable=SC2086
    "$program" $LPLAB_ARGS_OUTSIDE -f json >"$folder/good.json"
    verdict "good run" $?
    hooked abort ABORT access. $limit
    compare abort access.
    hooked spin SPIN access. $limit
    compare spin access.
    [ "$1" != all ] || busy
    echo "$passed passed, $failed failed"
    [ $failed = 0 ]
}

export LP_HOOK="${LP_HOOK-$PWD/build/hook.so}"
folder=${FLAVOUR_DIR-build/obj}/crash
if [ "${1-}" = in-lab ]; then
    in_lab "$2"
    exit
fi
rm -rf "$folder"
mkdir -p "$folder"
[ -f "$LP_HOOK" ] || { echo "There is no $LP_HOOK: make build/hook.so"; exit 1; }
"${LPLAB-build/lab/lplab}" -- sh "$0" in-lab "${1-sample}"
code=$?
[ $code = 77 ] && { echo "0 passed, 0 failed, 1 skipped"; exit 0; }
exit $code
