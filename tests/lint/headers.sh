#!/bin/sh
# headers.sh - has every function of a header a comment? Also prints how much the headers explain.
set -u
here=$(cd "$(dirname "$0")" && pwd)
files=$(find include -name '*.h' 2>/dev/null | sort)
[ -n "$files" ] || exit 0
{
    # shellcheck disable=SC2086 # file names of ours have no spaces
    ctags -x --_xformat='prototype %{line} %{name} %{input}' --kinds-C=p $files
    # shellcheck disable=SC2086
    grep -n '' $files
} | awk -f "$here/headers.awk"
