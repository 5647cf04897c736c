#!/bin/sh
# sizes.sh - lengths of functions and files: figures, and what is over the bar
#
# Bars: functions median 12, 90 % 40, none over 60 lines; files at most 400 lines.
# In tests only the two hard limits count.
set -u
here=$(cd "$(dirname "$0")" && pwd)
status=0

# $1: what to call the group, $2: yes when median and 90 % count, others: folders
measure() {
    name=$1 strict=$2
    shift 2
    files=$(find "$@" -name '*.[ch]' 2>/dev/null | sort)
    [ -n "$files" ] || return 0
    {
        # shellcheck disable=SC2086 # file names of ours have no spaces
        ctags -x --_xformat='%{end} %{line} %{name} %{input}' --kinds-C=f $files |
            awk '{ print "function", $1 - $2 + 1, $3, $4 }' | sort -k2n
        # shellcheck disable=SC2086
        wc -l $files | awk '$2 != "total" { print "file", $1, $2 }' | sort -k2n
    } | awk -v name="$name" -v strict="$strict" -f "$here/sizes.awk" || status=1
}

measure "src, probes" yes src probes
measure "include" no include
measure "tests" no tests
exit $status
