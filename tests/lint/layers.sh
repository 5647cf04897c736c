#!/bin/sh
# layers.sh - does a file include only headers of the layers that its own may use?
set -u
here=$(cd "$(dirname "$0")" && pwd)
files=$(find src probes include -name '*.[ch]' 2>/dev/null | sort)
[ -n "$files" ] || exit 0
# shellcheck disable=SC2086 # file names of ours have no spaces
LC_ALL=C awk -v files="$files" -f "$here/layers.awk" "$here/layers.tsv" $files
