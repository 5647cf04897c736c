#!/bin/sh
# symbols.sh - usage: symbols.sh FOLDER-OF-OBJECTS
# No mutable object with static storage; a layer calls only layers below it, and a pure layer
# nothing of the system that could make two runs differ.
set -u
here=$(cd "$(dirname "$0")" && pwd)
cd "$1" 2>/dev/null || exit 0
objects=$(find src probes -name '*.o' 2>/dev/null | sort)
kept=
for object in $objects; do
    [ -f "$OLDPWD/${object%.o}.c" ] && kept="$kept $object"
done
[ -n "$kept" ] || exit 0
# shellcheck disable=SC2086 # file names of ours have no spaces
nm -A $kept | LC_ALL=C awk -f "$here/symbols.awk" "$here/layers.tsv" "$here/calls.tsv" \
    "$here/globals.tsv" -
