#!/bin/sh
# deps.sh - sees to the Debian packages of the named sections of packages.txt
#
# usage: tests/deps.sh [--check] SECTION...
# Root: installs what is missing (no recommended packages, no service is started).
# Others, or with --check: prints the command that root would have to run, and fails.
# All present: says nothing. Not a Debian system: says what is needed, and goes on.
set -u
list=$(dirname "$0")/../packages.txt

# Packages of the wanted sections, one word each.
wanted() {
    section=
    while read -r word _; do
        case $word in
        '' | '#'*) ;;
        '['*']') section=${word#?} section=${section%?} ;;
        *) case " $* " in *" $section "*) printf '%s ' "$word" ;; esac ;;
        esac
    done <"$list"
}

# What of the arguments is not installed, nor provided by what is (other builds of Node.js hold npm).
missing() {
    installed=$(dpkg-query -W -f ' ${Package}:${db:Status-Status}' "$@" 2>/dev/null)
    case " $* " in
    *' npm '*)
        provided=$(dpkg-query -W -f '${db:Status-Status} ${Provides}\n' nodejs 2>/dev/null |
            sed -n 's/^installed //p' | tr -d ',')
        for name in $provided; do installed="$installed $name:installed"; done
        ;;
    esac
    for package in "$@"; do
        case "$installed " in
        *" $package:installed "*) ;;
        *) printf '%s ' "$package" ;;
        esac
    done
}

# Keeps the servers among the packages from being started (invoke-rc.d asks this file).
forbid_services() {
    [ -e /usr/sbin/policy-rc.d ] && return
    trap 'rm -f /usr/sbin/policy-rc.d' EXIT
    trap 'exit 1' HUP INT TERM
    printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
    chmod 755 /usr/sbin/policy-rc.d
}

install() {
    forbid_services
    export DEBIAN_FRONTEND=noninteractive
    set -- apt-get install -qq -y --no-install-recommends -o Dpkg::Use-Pty=0 "$@"
    "$@" </dev/null >&2 || { apt-get update -qq </dev/null >&2 && "$@" </dev/null >&2; }
}

may_install=yes
[ "${1-}" = --check ] && may_install=no && shift
# shellcheck disable=SC2046 # package names are words
set -- $(wanted "$@")
if ! command -v dpkg-query >/dev/null; then
    echo "Not a Debian system; needed is what these Debian 12 packages hold: $*" >&2
    exit 0
fi
# shellcheck disable=SC2046
set -- $(missing "$@")
[ $# -eq 0 ] && exit 0
if [ "$may_install" = yes ] && [ "$(id -u)" = 0 ]; then
    echo "Installing: $*" >&2
    install "$@" && exit 0
    echo "The packages could not be installed." >&2
fi
echo "Missing packages. As root, run:" >&2
echo "    apt-get install --no-install-recommends $*" >&2
exit 1
