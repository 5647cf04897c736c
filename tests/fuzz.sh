#!/bin/sh
# fuzz.sh - usage: fuzz.sh FOLDER-OF-PROGRAMS; runs each fuzz target for FUZZ_SECONDS
#
# FUZZ_ONLY: names of targets; all when it is empty.
# Seeds: tests/fuzz/corpus/NAME/ (only read), dictionary: tests/fuzz/NAME.dict. What is found new
# stays under the build folder, and so does an input that crashes.
set -u
folder=$1
seconds=${FUZZ_SECONDS-60}
passed=0
failed=0
for source in tests/fuzz/fuzz_*.c; do
    [ -f "$source" ] || continue
    name=${source##*/fuzz_}
    name=${name%.c}
    case " ${FUZZ_ONLY-} " in *" $name "* | "  ") ;; *) continue ;; esac
    found=$folder/found/$name
    mkdir -p "$found"
    set -- -max_total_time="$seconds" -timeout=5 -rss_limit_mb=2048 -print_final_stats=1 \
        -verbosity=0 -artifact_prefix="$folder/$name-"
    [ -f "tests/fuzz/$name.dict" ] && set -- "$@" -dict="tests/fuzz/$name.dict"
    set -- "$@" "$found"
    [ -d "tests/fuzz/corpus/$name" ] && set -- "$@" "tests/fuzz/corpus/$name"
    if "$folder/$name" "$@" >"$folder/$name.log" 2>&1 </dev/null; then
        passed=$((passed + 1))
        runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$folder/$name.log")
        echo "fuzz $name: $runs inputs in $seconds s, no crash"
    else
        failed=$((failed + 1))
        cat "$folder/$name.log"
        echo "fuzz $name: FAILED"
    fi
done
echo "$passed passed, $failed failed"
[ $failed = 0 ]
