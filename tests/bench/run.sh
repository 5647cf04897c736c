#!/bin/sh
# run.sh - latency, start-up and cost figures, as ratios between things measured in the same run
#
# The environment says LYNCPROBE, LPLAB and FLAVOUR_DIR (where the helpers of this folder are).
# A figure over its bar fails; the bars are those of the issue and of the design. Everything runs at
# real-time priority where that is allowed: what else the machine does is not the question.
set -u
program=${LYNCPROBE-build/lyncprobe}
lab=${LPLAB-build/lab/lplab}
tools=${FLAVOUR_DIR-build/obj}/tests/bench
folder=${FLAVOUR_DIR-build/obj}/bench
runs=${RUNS-9}
here=$(dirname "$0")
DELAY_MS=30
export LC_ALL=C.UTF-8

passed=0
failed=0

# The ratio A / B, and its bar where it has one.
ratio() { # WHAT A B [BAR]
    awk -v what="$1" -v a="$2" -v b="$3" -v bar="${4-}" 'BEGIN {
        over = bar != "" && a > bar * b
        printf "  %-54s %7.1f / %6.1f ms = %5.2f%s%s\n", what, a / 1000, b / 1000, a / b,
            bar == "" ? "" : " (bar " bar ")", over ? "  OVER" : ""
        exit over
    }'
    over=$?
    [ $# = 3 ] && return
    if [ $over = 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
}

# ---- inside the lab ----

# Median wall, least wall, median CPU of the program and of one that does nothing: $1 to $6.
in_turn() { # ARGUMENT...
    "$tools/alternate" "$runs" -- "$program" "$@" -f record -- "$tools/empty" | tr '\n' ' '
}

latency() { # VIEW ARGUMENT...
    view=$1
    shift
    times=$(in_turn "$@") || return
    i=0
    while [ $i -lt "$runs" ]; do
        "$program" "$@" -f record >"$folder/$view.jsonl" || [ $? -le 3 ] || return
        tail -n 1 "$folder/$view.jsonl" | jq .total_us
        i=$((i + 1))
    done | sort -n >"$folder/$view.totals"
    recorded=$(sed -n $((runs / 2 + 1))p "$folder/$view.totals")
    jq -r -s -f "$here/chain.jq" "$folder/$view.jsonl" >"$folder/$view.chain"
    chain=$(sed -n 1p "$folder/$view.chain")
    bound=$((chain * DELAY_MS * 1000))
    echo "$view: the longest chain is $chain round trips of $DELAY_MS ms"
    sed 1d "$folder/$view.chain"
    # shellcheck disable=SC2086 # numbers
    set -- $times
    ratio "the walk, as it records it" "$recorded" $bound 1.15
    ratio "from exec to exit" "$1" $bound
    ratio "from exec to exit, less what an empty program takes" $(($1 - $4)) $bound
    [ "$chain" -le 7 ] || echo "  OVER: the lab forces 7 round trips, no more"
    [ "$chain" -le 7 ]
}

# CPU of the walk, and of an empty program and the handshakes, in microseconds. Both in one round:
# what shares the processor's caches now may be gone in the next.
round() { # HANDSHAKES ARGUMENT...
    count=$1
    shift
    times=$(in_turn "$@") || return
    one=$("$tools/handshake") || return
    # shellcheck disable=SC2086 # numbers
    set -- $times
    echo "$3 $(($6 + count * one))"
}

cost() { # ARGUMENT...
    "$tools/pipe" "$folder/outside.jsonl" >"$folder/pipe" || return
    sed '$d; s/^/  /' "$folder/pipe"
    shakes=$(jq -s '[.[] | select(.facts.link.tls == "ok")] | length' "$folder/outside.jsonl")
    for _ in 1 2 3; do
        round "$shakes" "$@" || return
    done >"$folder/rounds"
    # shellcheck disable=SC2046
    set -- $(awk '{ print $1 / $2, $0 }' "$folder/rounds" | sort -n | sed -n '2s/^[^ ]* //p')
    ratio "writing and reading these lines / CPU of the walk" "$(tail -n 1 "$folder/pipe")" "$1" 0.10
    ratio "CPU of the walk / an empty program and $shakes handshakes" "$1" "$2" 3.00
}

# A hundred domains with two workers, all at the same few servers: what each costs, against a walk of
# its own, and that nobody stalls because there are so many.
many() { # ARGUMENT...
    shift
    i=0
    while [ $i -lt 100 ]; do
        i=$((i + 1))
        echo "d$i.many.example"
    done >"$folder/list"
    head -n 1 "$folder/list" >"$folder/one"
    "$tools/alternate" 3 -- "$program" "$@" -j 2 -l "$folder/list" -q \
        -- "$program" "$@" -l "$folder/one" -q >"$folder/times" || return
    "$program" "$@" -j 2 -l "$folder/list" -f record >"$folder/many.jsonl" || [ $? -le 3 ] || return
    # shellcheck disable=SC2046 # numbers
    set -- $(awk '{ print $1, $3 }' "$folder/times")
    ratio "wall of 100 domains, each / CPU of one domain alone" $(($1 / 100)) "$4"
    ratio "CPU of 100 domains, each / CPU of one domain alone" $(($2 / 100)) "$4" 1.00
    stalled=$(grep -c '"outcome":"stalled"' "$folder/many.jsonl")
    echo "  endpoints that stalled: $stalled"
    if [ "$stalled" = 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
}

part() { # NAME ARGUMENTS-OF-THE-LAB
    eval "set -- $1 $2"
    "$@" || failed=$((failed + 1))
    echo "$passed $failed" >"$folder/counts"
}

case ${1-} in
latency)
    part "latency inside" "$LPLAB_ARGS_INSIDE"
    part "latency outside" "$LPLAB_ARGS_OUTSIDE"
    exit 0
    ;;
cost)
    part cost "$LPLAB_ARGS_OUTSIDE"
    exit 0
    ;;
many)
    part many "$LPLAB_ARGS_OUTSIDE"
    exit 0
    ;;
esac

# ---- outside ----

in_lab() { # PART OPTION...
    part=$1
    shift
    rm -f "$folder/counts"
    "$lab" "$@" -- sh "$0" "$part"
    if read -r p f <"$folder/counts"; then
        passed=$((passed + p))
        failed=$((failed + f))
    else
        failed=$((failed + 1))
    fi
}

libraries() { # PROGRAM
    readelf -d "$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | sort
}

start_up() {
    libraries "$program" >"$folder/libraries"
    if ! libraries "$tools/empty" | cmp -s - "$folder/libraries"; then
        echo "the empty program is linked to other libraries than lyncprobe"
        failed=$((failed + 1))
    fi
    "$tools/alternate" 101 -- "$program" --version -- "$tools/empty" >"$folder/start"
    ratio "lyncprobe --version / an empty program, same libraries" \
        "$(sed -n '1s/ .*//p' "$folder/start")" \
        "$(sed -n '2s/ .*//p' "$folder/start")" 1.20
}

if [ -z "${PRIORITY-}" ] && chrt -f 1 true 2>/dev/null; then
    PRIORITY=real-time exec chrt -f 1 sh "$0"
fi
mkdir -p "$folder"
echo "Priority: ${PRIORITY-normal}; load $(cut -d ' ' -f 1 /proc/loadavg) on $(nproc) processors"
echo "== One domain, $DELAY_MS ms of delay on every hop"
in_lab latency --delay-ms $DELAY_MS
echo "== Start"
start_up
echo "== CPU"
in_lab cost
echo "== Many domains"
in_lab many
echo "$passed passed, $failed failed"
[ $failed = 0 ]
