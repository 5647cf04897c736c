#!/bin/sh
# run.sh - hostile peers, one behaviour at a time, against the real program in the lab
#
# Each row of `hostile --list` is played while `lyncprobe --timeout 5 -f json` walks the lab through
# our name server. Asked of every walk: an end within the time limit + 5 %, a status of 0 to 3, valid
# JSON that fits the row, the same report from the recording, what is not attacked as in a healthy
# walk, less than 64 MiB, no connection to a forbidden place, and no byte in the text report or on
# stderr that a terminal would obey. Time that the program waited for a processor does not count: the
# machine is busy with the hostile peers. A walk that failed and waited long, or failed while more
# than two processes a processor were running (the peers wait too), is played again, alone.
# The environment says LYNCPROBE, LPLAB, HOSTILE and FLAVOUR_DIR; JOBS labs run side by side.
# Arguments: names of rows, or none for all.
set -u
here=$(cd "$(dirname "$0")" && pwd)
LYNCPROBE=$(realpath "${LYNCPROBE-build/lyncprobe}")
LPLAB=$(realpath "${LPLAB-build/lab/lplab}")
HOSTILE=$(realpath "${HOSTILE-build/hostile}")
folder=$(realpath "${FLAVOUR_DIR-build/obj}")/hostile
jobs=${JOBS-2}
limit_ms=5250
limit_kib=65536
starved_ms=500
# Sanitizers and coverage take their own time and memory.
[ "${FLAVOUR-obj}" = obj ] || limit_ms=20000 limit_kib=1000000
skip=77 # exit status of a lab that cannot run here
tab=$(printf '\t')
export LYNCPROBE LPLAB HOSTILE LC_ALL=C

# ---- one walk ----

# C0 but tab and line feed, DEL, C1 as UTF-8, zero-width and bidi characters, byte order marks; and
# what is no UTF-8.
obeyed() { # FILE...
    LC_ALL=C grep -qaP '[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xd8\x9c|\xe2\x80[\x8b-\x8f\xaa-\xae]|\xe2\x81[\xa0-\xaf]|\xef\xbb\xbf' "$@" ||
        ! iconv -f UTF-8 -t UTF-8 "$@" >/dev/null 2>&1
}

problem() {
    problems="$problems; $*"
}

busy() {
    awk -v cpus="$(nproc)" '{ exit $1 <= 2 * cpus }' /proc/loadavg
}

check_figures() {
    read -r status ms waited kib trapped <"$out.measures" || { problem "did not run"; return; }
    [ "$status" -le 3 ] || problem "exit status $status"
    [ $((ms - waited)) -le $limit_ms ] || problem "$ms ms, $waited of them without a processor"
    [ "$kib" -lt $limit_kib ] || problem "$kib KiB"
    [ "$trapped" = 0 ] || problem "$trapped connections to forbidden places"
}

check_report() { # SPARED EXPECT
    seen=$(jq -L "$here" --slurpfile base "$folder/healthy-$part.json" --arg spared "$1" -r \
        "include \"hostile\"; (if .seconds > $limit_ms / 1000 then \"\(.seconds) s\" else \"\" end),
        (if ($2) then \"\" else \"not as expected\" end), (bystanders(\$base[0];
        \$spared | split(\" \") | map(. + \".contoso.example\"))[] | \"lost \\(.[0]):\\(.[2]) \\(.[1])\")" \
        "$out.json" 2>&1) || { problem "no report: $(echo "$seen" | head -n 1)"; return; }
    [ -z "$seen" ] || problem "$(echo "$seen" | grep . | head -n 3 | paste -sd ,)"
}

check_text() {
    "$LYNCPROBE" report "$out.jsonl" -f json >"$out.again" 2>>"$out.err"
    cmp -s "$out.json" "$out.again" || problem "another report from the recording"
    "$LYNCPROBE" report "$out.jsonl" -f text -vv >"$out.txt" 2>>"$out.err"
    [ -s "$out.txt" ] || problem "no text"
    for file in "$out.txt" "$out.err"; do
        ! obeyed "$file" || problem "bytes that a terminal obeys"
    done
    ! LC_ALL=C grep -qaP '[\x00-\x09\x0b-\x1f\x7f]|\xc2[\x80-\x9f]' "$out.json" ||
        problem "control characters in JSON"
}

play() { # NAME SPARED EXPECT
    out=$folder/$1
    problems=
    [ "$1" = healthy ] && out=$folder/$1-$part
    cp "$LPLAB_DIR/public-root.pem" "$out.pem"
    "$HOSTILE" "$1" "$out.pem" "$out.measures" "$LYNCPROBE" contoso.example @127.77.9.53 \
        --view external --cacert "$LPLAB_DIR/private-root.pem" --public-cacert "$out.pem" \
        --timeout 5 -f json -o record="$out.jsonl" >"$out.json" 2>"$out.err" </dev/null ||
        problem "hostile failed"
    check_figures
    check_report "$2" "$3"
    check_text
    if [ -z "$problems" ]; then
        printf 'passed  %-28s %5s ms %6s KiB\n' "$1" "$ms" "$kib"
    elif [ "$part" != again ] && { [ "${waited:-0}" -ge $starved_ms ] || busy; }; then
        printf 'starved %-28s %s\n' "$1" "${problems#; }"
    else
        printf 'FAILED  %-28s %s\n' "$1" "${problems#; }"
    fi
}

if [ "${1-}" = inside ]; then
    part=$2 folder=$3
    while IFS=$tab read -r name spared expect; do
        play "$name" "$spared" "$expect"
    done <"$folder/list-$part"
    exit 0
fi

# ---- all of them ----

rm -rf "$folder"
mkdir -p "$folder"
"$HOSTILE" --list | grep -v "^healthy$tab" >"$folder/list"
if [ $# -gt 0 ]; then
    for name; do grep "^$name$tab" "$folder/list"; done >"$folder/some"
    mv "$folder/some" "$folder/list"
fi
# $1: name of the part; its list is list-PART. Nothing is heard of what starved but in the log.
part() {
    part=$1
    {
        "$LPLAB" --where namespace -- sh "$0" inside "$part" "$folder"
        [ $? != $skip ] || echo "skipped all of part $part: no lab here"
    } 2>&1 | tee "$folder/part-$part"
}

for part in $(seq "$jobs"); do
    {
        "$HOSTILE" --list | grep "^healthy$tab"
        awk -v part="$part" -v jobs="$jobs" 'NR % jobs == part - 1' "$folder/list"
    } >"$folder/list-$part"
    part "$part" &
done
wait
sed -n 's/^starved \([^ ]*\) .*/\1/p' "$folder"/part-* >"$folder/starved"
if [ -s "$folder/starved" ]; then
    echo "== once more, alone: what had to wait for a processor"
    {
        "$HOSTILE" --list | grep "^healthy$tab"
        while read -r name; do grep "^$name$tab" "$folder/list"; done <"$folder/starved"
    } >"$folder/list-again"
    part again
fi
cat "$folder"/part-* >"$folder/table"
count() { grep -c "^$1 " "$folder/table"; }
failed=$(count FAILED)
[ "$(count passed)" -gt 0 ] || [ "$(count skipped)" -gt 0 ] || failed=$((failed + 1))
echo "$(count passed) passed, $failed failed, $(count skipped) skipped"
[ "$failed" = 0 ]
