#!/bin/sh
# valgrind.sh - memory errors and leaks: whole walks of the lab, and their replay
#
# Each process (parent, worker) writes a log of its own; one that is not empty is a failure. Valgrind
# is slow, so the walks get long deadlines, and no sandbox: valgrind opens files itself. The unit
# tests run under ASan and UBSan instead (make check-san).
set -u
program=${LYNCPROBE-build/lyncprobe}
lab=${LPLAB-build/lab/lplab}
folder=${FLAVOUR_DIR-build/obj}/valgrind
memcheck="valgrind -q --trace-children=yes --leak-check=full --show-leak-kinds=definite,possible
    --errors-for-leak-kinds=definite,possible --error-exitcode=99"
patience="--no-sandbox --timeout 300 --connect-timeout 60 --dns-timeout 30"
export LC_ALL=C.UTF-8
passed=0
failed=0
skipped=0

# $1: name, $2: exit status; the logs of that run decide as well
judge() {
    processes=$(find "$folder" -name "$1.*.log" | wc -l)
    if [ "$2" -le 3 ] && [ "$processes" -gt 0 ] &&
        [ -z "$(find "$folder" -name "$1.*.log" -size +0)" ]; then
        passed=$((passed + 1))
        echo "valgrind $1: no errors, no leaks ($processes processes)"
    else
        failed=$((failed + 1))
        echo "valgrind $1: FAILED (exit status $2, $processes processes)"
        tail -n 50 "$folder/$1".*
    fi
}

# In the lab: $1: name, $2: view, others: more arguments of the program
if [ "${1-}" = in-lab ]; then
    name=$2
    eval "set -- \$LPLAB_ARGS_$3 $4"
    # shellcheck disable=SC2086 # words
    exec $memcheck --log-file="$folder/$name.%p.log" "$program" "$@" $patience \
        -o record="$folder/$name.jsonl"
fi

walk() { # NAME VIEW EXTRA-ARGUMENTS LAB-OPTION...
    name=$1 view=$2 extra=$3
    shift 3
    "$lab" "$@" -- sh "$0" in-lab "$name" "$view" "$extra" >"$folder/$name.out" 2>&1
    code=$?
    if [ $code = 77 ]; then
        skipped=$((skipped + 1))
        cat "$folder/$name.out"
        return
    fi
    judge "$name" $code
}

rm -rf "$folder"
mkdir -p "$folder"
folder=$(realpath "$folder")
export FLAVOUR_DIR="${FLAVOUR_DIR-build/obj}"

walk inside INSIDE ""
walk outside OUTSIDE "-f json"
# What goes wrong takes other ways through the engines.
walk reset OUTSIDE "" --fault tls-reset
walk loop OUTSIDE "-f json" --fault ad-redirect-loop
walk timeout OUTSIDE "" --fault dns-timeout
walk client-cert OUTSIDE "" --fault tls-client-cert
$memcheck --log-file="$folder/report.%p.log" "$program" report "$folder/outside.jsonl" -vvv \
    >"$folder/report.out" 2>&1
judge report $?
$memcheck --log-file="$folder/reverify.%p.log" "$program" report "$folder/outside.jsonl" \
    --no-sandbox --cacert /etc/ssl/certs/ca-certificates.crt >"$folder/reverify.out" 2>&1
judge reverify $?
echo "$passed passed, $failed failed, $skipped skipped"
[ $failed = 0 ] && [ $passed -gt 0 ]
