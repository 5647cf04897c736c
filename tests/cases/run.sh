#!/bin/sh
# run.sh - a recording gives byte for byte the reports that the walk itself gave
#
# Called by tests/check.sh with LYNCPROBE, LPLAB and FLAVOUR_DIR. Each row of the list below is a
# walk in the lab; its text and JSON are compared with those of `report`.
set -u
skip=77 # exit status of a lab that cannot run here

# The lab's child. $1: folder, $2: INSIDE or OUTSIDE, others: arguments
if [ "${1-}" = in-lab ]; then
    out=$2
    eval "lab_args=\$LPLAB_ARGS_$3"
    shift 3
    # shellcheck disable=SC2086,SC2154 # the arguments are words; eval sets them
    exec "$LYNCPROBE" $lab_args "$@" -o record="$out/walk.jsonl" -o json="$out/live.json" \
        -f text >"$out/live.txt"
fi

passed=0 failed=0 skipped=0
folder=$FLAVOUR_DIR/replay

# $1: what, others: command that must succeed
check() {
    what=$1
    shift
    if "$@" >"$folder/why" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "failed: $name: $what"
        sed -n '1,5s/^/    /p' "$folder/why"
    fi
}

# $1: format, $2: file that the walk wrote, others: options
same() {
    format=$1
    live=$2
    shift 2
    "$LYNCPROBE" report "$folder/walk.jsonl" -f "$format" "$@" >"$folder/again"
    again=$?
    [ "$again" = "$status" ] || { echo "exit status $again, the walk's was $status"; return 1; }
    cmp "$live" "$folder/again"
}

from_stdin() {
    "$LYNCPROBE" report - "$@" <"$folder/walk.jsonl" >"$folder/again"
    cmp "$folder/live.txt" "$folder/again"
}

# $1: fault, $2: INSIDE or OUTSIDE, $3: verbosity, others: arguments
walk() {
    name=$1 view=$2 v=$3
    shift 3
    rm -rf "$folder"
    mkdir -p "$folder"
    "$LPLAB" --fault "$name" -- sh "$0" in-lab "$folder" "$view" "$v" "$@" 2>"$folder/err"
    status=$?
    [ $status != $skip ] || { skipped=$((skipped + 1)); return; }
    check "text $v" same text "$folder/live.txt" "$v"
    check json same json "$folder/live.json"
    check "the recording" same record "$folder/walk.jsonl"
    check "text from standard input" from_stdin "$v"
}

export LYNCPROBE LPLAB
walk walk-ok OUTSIDE --ascii
walk walk-ok-inside INSIDE -v --view auto
walk cert-expired OUTSIDE -vv
walk dns-servers-differ OUTSIDE --color=always @127.77.2.54
walk dns-malformed OUTSIDE -vvv --resolve sip.contoso.example:5061:203.0.113.10
walk run-deadline OUTSIDE --ascii --timeout 1
rm -rf "$folder"
echo "$passed passed, $failed failed, $skipped skipped"
[ $failed = 0 ]
