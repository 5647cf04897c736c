# shellcheck shell=sh
# signals.sh - SIGINT, SIGTERM, SIGHUP in a slow lab: a partial report, at once, nothing left behind
here=$(dirname "$0")
# shellcheck source=/dev/null
. "$here/lib.sh"

mkdir live
cd live || exit 1

# A run in the background that has begun: its files are open. Sets PID.
begin() {
    # shellcheck disable=SC2086 # the lab's arguments are words
    "$@" "$LYNCPROBE" $LPLAB_ARGS_OUTSIDE -f json -o text=t >"$OUT" 2>"$ERR" </dev/null &
    PID=$!
    until [ -d /proc/$PID/task/$PID ] && [ -n "$(children)" ]; do
        kill -0 $PID || break
    done
}

# Process numbers of the children of PID.
children() {
    cat /proc/$PID/task/$PID/children 2>/dev/null
}

# Waits for its end.
end() {
    wait $PID 2>/dev/null
    # shellcheck disable=SC2034 # for status
    CODE=$?
}

now_ms() {
    echo $(($(date +%s%N) / 1000000))
}

for signal in INT HUP; do
    begin env
    start=$(now_ms)
    kill -$signal $PID
    end
    took=$(($(now_ms) - start))
    test_that "SIG$signal: a partial report, marked" all status 3 -- json '.complete == false' "$OUT" -- test -s t
    test_that "SIG$signal: within a second ($took ms)" test $took -lt 1000
    test_that "SIG$signal: no other file" only t
    rm -f t
done

# At any moment: a whole document.
for moment in 0.02 0.1 0.3 0.6; do
    # shellcheck disable=SC2086
    run timeout --preserve-status -s INT $moment "$LYNCPROBE" $LPLAB_ARGS_OUTSIDE -f json -o text=t
    if [ -s "$OUT" ]; then
        test_that "SIGINT after $moment s" all status 0 3 -- json '.domain == "contoso.example"' "$OUT" -- only t
    else
        test_that "SIGINT after $moment s, before there is anything to report" status 130
    fi
    rm -f t t.*
done

begin env
kill -INT $PID
kill -TERM $PID
end
test_that "two signals close together are one" all status 3 -- json '.complete == false' "$OUT"
rm -f t

begin env --ignore-signal=HUP
kill -HUP $PID
end
test_that "nohup: SIGHUP stays ignored" all status 0 -- json '.complete' "$OUT"
rm -f t

begin env
worker=$(children)
kill -KILL $PID
end
tries=0
for pid in $worker; do
    while [ -d "/proc/$pid" ] && ! grep -q '^State:.*[ZX]' "/proc/$pid/status" 2>/dev/null && [ $tries -lt 1000 ]; do
        tries=$((tries + 1))
    done
done
test_that "the worker ends with its parent" test $tries -lt 1000 -a -n "$worker"
cd ..
rm -rf live
finish
