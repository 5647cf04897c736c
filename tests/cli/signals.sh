# shellcheck shell=sh
# signals.sh - a signal at some moment of a walk: a whole document or none, nothing left behind
here=$(dirname "$0")
# shellcheck source=/dev/null
. "$here/lib.sh"

mkdir live
cd live || exit 1

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

begin env --ignore-signal=HUP
kill -HUP "$PID"
end
test_that "nohup: SIGHUP stays ignored" all status 0 -- json '.complete' "$OUT"
rm -f t

begin env
worker=$(children)
kill -KILL "$PID"
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
