#!/bin/sh
# run.sh - allocation failures: each allocation of a whole walk fails once, and for ever after
#
# usage: run.sh all|sample. A walk of the lab by the program that is built with -DLP_OOM;
# tests/oom/every.c is preloaded and runs it for each point (in a sample: for about ten of each kind),
# on the worker's side and on the parent's. STEP=n takes each n-th point only. All 27,000 points take
# about half an hour on two idle processors.
set -u
program=${LYNCPROBE-build/oom/lyncprobe}
folder=${FLAVOUR_DIR-build/oom}/points
every=${LP_EVERY_LIBRARY-$PWD/build/every.so}

# $1: side, $2: mode, others: arguments of the program
points() {
    side=$1
    mode=$2
    shift 2
    env LP_OOM_SIDE="$side" LP_OOM_MODE="$mode" LP_EVERY="$step 2" LP_EVERY_DIR="$folder" \
        LD_PRELOAD="$every" "$program" "$@" >>"$folder/log" 2>&1 </dev/null ||
        echo "oom $side $mode: FAILED" >>"$folder/log"
}

# $1: name of the walk, $2: STEP, others: arguments of the program
walk() {
    name=$1
    step=$2
    shift 2
    echo "== $name: $*" >>"$folder/log"
    for side in worker parent; do
        for mode in once forever; do
            points "$side" "$mode" "$@" -f json
        done
    done
}

# One of each: SRV, addresses, a name that does not exist, Autodiscover by http and https, XML, JSON,
# a redirect, SIP over TLS. More endpoints only do the same again: of those, a part.
in_lab() {
    set -- --deny "sip.$domain" --deny "webint.$domain"
    [ "$LPLAB_WHERE" != namespace ] || set -- "$@" --resolve "pool.$domain:5061:10.77.1.11"
    # shellcheck disable=SC2086 # the arguments are words
    walk small "$step" $LPLAB_ARGS_INSIDE -4 "$@"
    # shellcheck disable=SC2086
    [ "$step" = 0 ] || walk large $((step * 400)) $LPLAB_ARGS_OUTSIDE
}

# The closing lines, from those of each side and mode.
sum_up() {
    cat "$folder/log"
    awk '
        function number(after) { return match($0, after " [0-9]+") ? \
            substr($0, RSTART + length(after) + 1, RLENGTH - length(after) - 1) + 0 : 0 }
        /^== / { small = $2 == "small:" }
        /: points / {
            if (small && $3 == "once:") points += number("points")
            runs += number("runs"); crashes += number("crashes"); hangs += number("hangs")
            leaks += number("ours"); shorter += number("shorter")
        }
        /FAILED/ { failed++ }
        END {
            printf "points %d, crashes %d, hangs %d, leaks of ours %d, silently shorter %d\n",
                points, crashes, hangs, leaks, shorter
            bad = crashes + hangs + leaks + shorter
            if (failed > bad || !runs) bad += failed + !runs
            printf "%d passed, %d failed\n", (runs > bad ? runs - bad : 0), bad
            exit bad > 0
        }' "$folder/log"
}

if [ "${1-}" = in-lab ]; then
    step=$2
    domain=${LPLAB_ARGS_INSIDE%% *}
    in_lab
    exit 0
fi
case ${1-} in
all) step=${STEP-1} ;;
sample) step=0 ;;
*) echo "usage: run.sh all|sample" >&2; exit 64 ;;
esac
rm -rf "$folder"
mkdir -p "$folder"
"${LPLAB-build/lab/lplab}" -- sh "$0" in-lab "$step"
code=$?
[ $code = 77 ] && { echo "0 passed, 0 failed, 1 skipped"; exit 0; }
sum_up
