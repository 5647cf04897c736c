#!/bin/sh
# demo.sh - what a newcomer sees first: the healthy lab probed from inside and from outside
#
# Runs as the lab's child: `build/lab/lplab -- sh tests/demo.sh`. The lab gives the arguments that
# make the program ask the lab's name servers and trust its roots.
set -u
program=${LYNCPROBE-build/lyncprobe}

# $1: heading, $2: arguments from the lab
probe() {
    printf '\n==== %s: %s %s\n\n' "$1" "$program" "$2"
    # shellcheck disable=SC2086 # the arguments are words
    "$program" $2
    code=$?
    [ $code -le "$worst" ] || worst=$code
}

worst=0
probe "inside" "${LPLAB_ARGS_INSIDE?the lab sets it}"
probe "outside" "${LPLAB_ARGS_OUTSIDE?the lab sets it}"
exit $worst
