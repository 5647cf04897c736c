#!/bin/sh
# run.sh - the program as its users see it: words, files, streams, signals, exit statuses
#
# The environment says LYNCPROBE and LPLAB. What needs answers runs in the lab; where the lab cannot
# run, that is a counted skip.
set -u
here=$(cd "$(dirname "$0")" && pwd)
LYNCPROBE=$(realpath "${LYNCPROBE-build/lyncprobe}")
LPLAB=$(realpath "${LPLAB-build/lab/lplab}")
DIR=$(mktemp -d "${TMPDIR:-/tmp}/lyncprobe-cli-XXXXXX")
export LYNCPROBE DIR LC_ALL=C.UTF-8 FLAVOUR="${FLAVOUR-obj}"
trap 'rm -rf "$DIR"' EXIT

# Each part adds a line "PASSED FAILED SKIPPED" to $DIR/counts. $@: a command that runs one
part() {
    echo "-- $*" | sed "s,$here/,,g"
    "$@"
    code=$?
    [ $code = 0 ] && return
    if [ $code = 77 ]; then
        echo "skipped it all: the lab cannot run here"
        echo "0 0 1" >>"$DIR/counts"
    else
        echo "FAILED  the part itself, status $code"
        echo "0 1 0" >>"$DIR/counts"
    fi
}

: >"$DIR/counts"
for name in usage report output manual; do
    part sh "$here/$name.sh"
done
part "$LPLAB" -- sh "$here/lab.sh"
part "$LPLAB" --delay-ms 150 -- sh "$here/signals.sh"

awk '{ passed += $1; failed += $2; skipped += $3 }
    END { printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped; exit failed > 0 }' \
    "$DIR/counts"
