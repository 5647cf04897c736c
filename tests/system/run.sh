#!/bin/sh
# run.sh - lyncprobe against real servers: NSD, BIND, nginx, openssl, Kamailio, coturn, Prosody
#
# All of it in network, mount and process namespaces of its own (root, or where unprivileged user
# namespaces are allowed), with the real ports. Servers end with the namespace. The environment says
# LYNCPROBE and FLAVOUR_DIR; what was seen stays in FLAVOUR_DIR/system.
set -u
here=$(cd "$(dirname "$0")" && pwd)
LYNCPROBE=$(realpath "${LYNCPROBE-build/lyncprobe}")
dir=$(realpath "${FLAVOUR_DIR-build/obj}")/system
export LYNCPROBE LC_ALL=C.UTF-8
PATH=$PATH:/usr/sbin:/sbin

if [ "${1-}" != inside ]; then
    set -- -n -m -p --fork --kill-child
    unshare "$@" true 2>/dev/null || set -- -U -r "$@"
    if ! unshare "$@" true 2>/dev/null; then
        echo "skipped all of it: no network and mount namespace is allowed here"
        echo "0 passed, 0 failed, 1 skipped"
        exit 0
    fi
    exec unshare "$@" sh "$0" inside
fi

rm -rf "$dir"
mkdir -p "$dir/walk"
for part in lib deployment plan dns web tls guard media; do
    # shellcheck disable=SC1090 # the list above
    . "$here/$part.sh"
done

test_plan
if network && certificates && name_servers && web_server; then
    test_dns
    test_web
    test_tls
    test_guard
    test_media
fi
stop_servers
# shellcheck disable=SC2154 # lib.sh counts
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
