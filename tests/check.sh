#!/bin/sh
# check.sh - runs every suite that exists for one flavour, then sums up their closing lines
#
# Called by `make check`, `check-san` and `coverage` with FLAVOUR, FLAVOUR_DIR (its build folder),
# LYNCPROBE and LPLAB (the programs to test). A suite is a libcheck program or a script; it ends
# with libcheck's line or with "N passed, N failed[, N skipped]" and fails by its exit status.
set -u
export FLAVOUR FLAVOUR_DIR LYNCPROBE LPLAB
logs=$FLAVOUR_DIR/logs
rm -rf "$logs"
mkdir -p "$logs"
names=
status=0

# Starts a suite; they run side by side, since some of them mostly wait. $1: name, others: command
suite() {
    name=$1
    shift
    names="$names $name"
    begun=$(date +%s)
    {
        "$@" >"$logs/$name" 2>&1 </dev/null
        echo $? >"$logs/$name.status"
        echo $(($(date +%s) - begun)) >"$logs/$name.seconds"
    } &
    echo $! >"$logs/$name.pid"
}

# Waits for a suite, shows what it said and notes its closing line. $1: name
finish() {
    wait "$(cat "$logs/$1.pid")"
    code=$(cat "$logs/$1.status")
    echo "== $1, $(cat "$logs/$1.seconds") s"
    cat "$logs/$1"
    closing=$(grep -E '^[0-9]+%: Checks: |^[0-9]+ passed, [0-9]+ failed' "$logs/$1" | tail -n 1)
    printf '%s\t%s\t%s\n' "$1" "$code" "$closing" >>"$logs/closing"
    [ "$code" = 0 ] || status=1
}

# libcheck gives up on a longer message, such as a compared report; it clears that much for every
# check, so that the many small ones get less. $1: name of the suite
message_size() {
    case $1 in cases) echo 1000000 ;; *) echo 32768 ;; esac
}

# All tests in one process: a fork for each costs ten times the tests themselves. When that process
# dies or hangs, once more with forks, so that the guilty test has a name and the others count.
libcheck() {
    [ -n "${CK_FORK-}" ] && { "$1"; return; }
    CK_FORK=no timeout 300 "$1"
    code=$?
    [ "$code" -lt 124 ] && return "$code"
    echo "The tests ended the process that they share (status $code). Again, with a fork for each:"
    CK_FORK=yes "$1"
    return 1
}

# First and before the others, because it holds the program to its time limit.
[ "$FLAVOUR" = obj ] && [ -f tests/oom/crash.sh ] && suite crash sh tests/oom/crash.sh
renice -n 10 $$ >/dev/null
for name in unit cases scenario cli; do
    if [ -x "$FLAVOUR_DIR/test-$name" ]; then
        CK_MAX_MSG_SIZE=$(message_size "$name")
        export CK_MAX_MSG_SIZE
        suite "$name" libcheck "$FLAVOUR_DIR/test-$name"
    fi
    [ -f "tests/$name/run.sh" ] && suite "$name-script" sh "tests/$name/run.sh"
done
suite roots sh tests/cases/roots.sh
suite ports sh tests/system/ports.sh
if [ "$FLAVOUR" = obj ]; then
    [ -x build/obj/fuzz-replay ] && suite fuzz-corpora build/obj/fuzz-replay tests/fuzz/corpus
    [ -f tests/oom/run.sh ] &&
        suite oom-sample env LYNCPROBE=build/oom/lyncprobe sh tests/oom/run.sh sample
fi
for name in $names; do
    finish "$name"
done

# A suite that failed without counting a failure counts as one.
awk -F '\t' -v flavour="$FLAVOUR" '
    $3 ~ /Checks:/ {
        split($3, n, /[^0-9]+/)
        bad = n[3] + n[4]
        passed += n[2] - bad
    }
    $3 ~ /passed/ {
        split($3, n, /[^0-9]+/)
        bad = n[2] + 0
        passed += n[1]
        skipped += n[3]
    }
    $3 == "" { bad = 0 }
    { failed += $2 && !bad ? 1 : bad }
    END {
        printf "== all suites (%s)\n%d passed, %d failed, %d skipped\n", flavour, passed, failed, skipped
    }' "$logs/closing"
exit $status
