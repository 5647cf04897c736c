#!/bin/sh
# pages.sh - the reports that the browser looks at: pages.sh FOLDER (LYNCPROBE says the program)
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
program=${LYNCPROBE-$root/build/lyncprobe}
dir=$1
cases=$root/tests/cases

# $1: name of the page, others: recordings and options. A verdict is no failure.
page() {
    name=$1
    shift
    "$program" report "$@" -f html >"$dir/$name.html" 2>"$dir/$name.err"
    code=$?
    [ $code -le 3 ] && return
    echo "pages.sh: $name: status $code"
    cat "$dir/$name.err"
    exit 1
}

page healthy "$cases/outside.jsonl"
page broken "$cases/cert-expired.jsonl"
page german "$cases/cert-expired.jsonl" --lang de
page german-topology "$cases/check-san-missing.jsonl" -t "$cases/check-san-missing.yaml" --lang de
page inside "$cases/port-closed-inside.jsonl"
page undecided "$cases/run-deadline.jsonl"
page overridden "$cases/run-overridden.jsonl"
page servers "$cases/dns-servers-differ.jsonl"
page topology "$cases/outside.jsonl" -t "$root/tests/lab/topologies/one-pool.yaml"
cat "$cases/inside.jsonl" "$cases/outside.jsonl" >"$dir/both.jsonl"
page both "$dir/both.jsonl"
"$program" compare "$cases/inside.jsonl" "$cases/outside.jsonl" -f html >"$dir/compared.html" ||
    exit 1
"$program" compare "$cases/inside.jsonl" "$cases/dns-servfail.jsonl" -f html --lang de \
    --fail-on never >"$dir/german-compared.html" || exit 1
jq -c -f "$root/tests/browser/hostile.jq" "$cases/cert-expired.jsonl" >"$dir/hostile.jsonl" ||
    exit 1
page hostile "$dir/hostile.jsonl"
