#!/bin/sh
# format.sh - is every C file as clang-format writes it?
set -u
files=$(find src probes include tests -name '*.[ch]' 2>/dev/null | sort)
[ -n "$files" ] || exit 0
# shellcheck disable=SC2086 # file names of ours have no spaces
bad=$(clang-format --dry-run $files 2>&1 | sed -n 's/^\([^:]*\):[0-9]*:.*clang-format-violations.*/\1/p' |
    sort | uniq -c)
if [ -n "$bad" ]; then
    printf '%s\n' "$bad"
    echo "lint format: places in the files above differ (make format mends them)"
    exit 1
fi
echo "lint format: $(printf '%s\n' "$files" | wc -l) C files as clang-format writes them"
