#!/bin/sh
# run.sh - the program as its users see it: words, files, streams, signals, exit statuses
#
# The environment says LYNCPROBE and LPLAB. What needs answers runs in the lab; where the lab cannot
# run, that is a counted skip.
set -u
here=$(cd "$(dirname "$0")" && pwd)
LYNCPROBE=$(realpath "${LYNCPROBE-build/lyncprobe}")
LPLAB=$(realpath "${LPLAB-build/lab/lplab}")
TOP=$(mktemp -d "${TMPDIR:-/tmp}/lyncprobe-cli-XXXXXX")
HOLD_MS=10000
export HOLD_MS LYNCPROBE LC_ALL=C.UTF-8 FLAVOUR="${FLAVOUR-obj}"
trap 'rm -rf "$TOP"' EXIT

# Each part has a folder of its own, and adds a line "PASSED FAILED SKIPPED" to the file counts
# beside it. $1: name, and behind a dot what tells it from another run; others: what runs it
part() {
    DIR=$TOP/$1
    export DIR
    echo "-- $1"
    mkdir "$DIR"
    name=${1%%.*}
    shift
    "$@" sh "$here/$name.sh"
    code=$?
    [ $code = 0 ] && return
    if [ $code = 77 ]; then
        echo "skipped all of it: the lab cannot run here"
        echo "0 0 1" >>"$TOP/counts"
    else
        echo "FAILED  the part itself, status $code"
        echo "0 1 0" >>"$TOP/counts"
    fi
}

without_lab() {
    for part in usage plugin report output manual import plan compare; do
        part $part
    done
}

# One after the other: on loopback two labs would be in each other's way.
in_lab() {
    part lab "$LPLAB" --
    part init "$LPLAB" --
    for topology in one-pool single-edge; do
        part init_check.$topology "$LPLAB" --topology "$here/../lab/topologies/$topology.yaml" --
    done
    part check "$LPLAB" --topology "$here/../lab/topologies/one-pool.yaml" --
    part compare_lab "$LPLAB" --
    for fault in dns-servfail cert-expired port-closed-inside; do
        part compare_lab.$fault "$LPLAB" --fault $fault --
    done
    part signals "$LPLAB" --delay-ms 150 --
    part interrupt "$LPLAB" --delay-ms $HOLD_MS --
}

: >"$TOP/counts"
in_lab >"$TOP/log" 2>&1 &
without_lab
wait
cat "$TOP/log"

awk '{ passed += $1; failed += $2; skipped += $3 }
    END { printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped; exit failed > 0 }' \
    "$TOP/counts"
