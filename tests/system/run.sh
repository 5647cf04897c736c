#!/bin/sh
# run.sh - lyncprobe against real servers: NSD, BIND, nginx, openssl, Kamailio, coturn, Prosody
#
# usage: run.sh [SUITE...]
# Suites: servers (each outcome of each server), faults (one deployment, one fault at a time). Each
# in network, mount and process namespaces of its own (root, or where unprivileged user namespaces
# are allowed), with the real ports, side by side. Servers end with the namespace. The environment
# says LYNCPROBE and FLAVOUR_DIR; what was seen stays in FLAVOUR_DIR/system.
set -u
here=$(cd "$(dirname "$0")" && pwd)
LYNCPROBE=$(realpath "${LYNCPROBE-build/lyncprobe}")
dir=$(realpath "${FLAVOUR_DIR-build/obj}")/system
export LYNCPROBE LC_ALL=C.UTF-8
PATH=$PATH:/usr/sbin:/sbin

suite_servers() {
    test_plan
    network && certificates && name_servers && web_server || return
    test_dns
    test_web
    test_tls
    test_guard
    test_media
}

suite_faults() {
    test_faults
}

inside() { # SUITE
    dir=$dir/$1
    mkdir -p "$dir/walk"
    for part in lib deployment estate estate_ocsp estate_servers estate_traits plan dns web tls guard media faults; do
        # shellcheck disable=SC1090 # the list above
        . "$here/$part.sh"
    done
    "suite_$1"
    stop_servers
    # shellcheck disable=SC2154 # lib.sh counts
    echo "$passed passed, $failed failed, $skipped skipped"
    [ "$failed" = 0 ] && [ "$passed" -gt 0 ]
}

if [ "${1-}" = inside ]; then
    inside "$2"
    exit
fi

[ $# = 0 ] && set -- servers faults
suites=$*
set -- -n -m -p --fork --kill-child
unshare "$@" true 2>/dev/null || set -- -U -r "$@"
if ! unshare "$@" true 2>/dev/null; then
    echo "skipped all of it: no network and mount namespace is allowed here"
    echo "0 passed, 0 failed, 1 skipped"
    exit 0
fi
rm -rf "$dir"
mkdir -p "$dir"
for suite in $suites; do
    unshare "$@" sh "$0" inside "$suite" >"$dir/$suite.out" 2>&1 &
done
wait
for suite in $suites; do
    sed '$d' "$dir/$suite.out"
done
# The closing lines, added up. A suite that died has none.
for suite in $suites; do
    tail -n 1 "$dir/$suite.out" | grep '^[0-9]* passed' || echo "0 passed, 1 failed, 0 skipped"
done | awk '{ passed += $1; failed += $3; skipped += $5 }
    END { printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped
          exit failed > 0 || passed == 0 }'
