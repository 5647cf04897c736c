# shellcheck shell=sh
# interrupt.sh - SIGINT, SIGTERM, SIGHUP in a lab that answers after HOLD_MS, the time limit far off
#
# Whoever ends before the first answer was ended by the signal, however busy the machine is.
here=$(dirname "$0")
# shellcheck source=/dev/null
. "$here/lib.sh"

mkdir live
cd live || exit 1
# shellcheck disable=SC2034 # for begin
PATIENT="--timeout 120 --dns-timeout 60"

now_ms() {
    echo $(($(date +%s%N) / 1000000))
}

# The report of what is known, which is nothing yet.
partial() {
    all status 3 -- json '.complete == false and .verdict == "undecided"' "$OUT" -- test -s t -- only t
}

for signal in INT HUP; do
    start=$(now_ms)
    begin env --default-signal=HUP
    kill "-$signal" "$PID"
    end
    took=$(($(now_ms) - start))
    test_that "SIG$signal: a partial report, marked" partial
    test_that "SIG$signal: before the first answer ($took of $HOLD_MS ms)" test $took -lt "$HOLD_MS"
    rm -f t
done

# Both are there when it goes on.
begin env --default-signal=HUP
for signal in STOP INT TERM CONT; do
    kill "-$signal" "$PID"
done
end
test_that "two signals close together are one" partial
cd ..
rm -rf live
finish
