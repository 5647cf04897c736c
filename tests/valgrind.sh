#!/bin/sh
# valgrind.sh - memory errors and leaks in the unit tests and in a whole walk of the lab
#
# Parent and worker each write a log; a log that is not empty is a failure.
set -u
folder=build/valgrind
rm -rf "$folder"
mkdir -p "$folder"
passed=0
failed=0
program=${LYNCPROBE-build/lyncprobe}
memcheck="valgrind -q --leak-check=full --show-leak-kinds=definite,possible --track-fds=no"

# $1: name; the logs of that run decide
judge() {
    if [ -n "$(find "$folder" -name "$1.*.log" -size +0)" ]; then
        cat "$folder/$1".*.log
        failed=$((failed + 1))
        echo "valgrind $1: FAILED"
    else
        passed=$((passed + 1))
        echo "valgrind $1: no errors, no leaks ($(find "$folder" -name "$1.*.log" | wc -l) processes)"
    fi
}

for suite in unit cases scenario; do
    [ -x "build/obj/test-$suite" ] || continue
    CK_FORK=no CK_TIMEOUT_MULTIPLIER=50 $memcheck --log-file="$folder/$suite.%p.log" \
        "build/obj/test-$suite" >"$folder/$suite.out" 2>&1
    judge "$suite"
done
for view in INSIDE OUTSIDE; do
    # shellcheck disable=SC2016 # expanded by the inner shell, where the lab has set the arguments
    "${LPLAB-build/lab/lplab}" -- sh -c 'eval "exec '"$memcheck --log-file=$folder/$view.%p.log"' \
        $1 --no-sandbox --timeout 120 --connect-timeout 60 \$LPLAB_ARGS_'$view'"' sh "$program" \
        >"$folder/$view.out" 2>&1
    code=$?
    [ $code = 77 ] && { cat "$folder/$view.out"; continue; }
    judge $view
done
echo "$passed passed, $failed failed"
[ $failed = 0 ] && [ $passed -gt 0 ]
