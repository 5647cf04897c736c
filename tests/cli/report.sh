# shellcheck shell=sh
# report.sh - recordings that are whole, cut off, of another version, not ours, not readable
here=$(dirname "$0")
# shellcheck source=/dev/null
. "$here/lib.sh"

HEADER='{"record":"lyncprobe/record/1","domain":"a.test","view":"external","client":"lync2013","clock":1795498860}'
ENTRY='{"id":1,"kind":"dns","key":"dns 0 A lyncdiscover.a.test","outcome":"timeout"}'
END='{"end":true,"complete":true}'
printf '%s\n' "$HEADER" "$ENTRY" "$END" >good

lp report good
test_that "nothing answered: undecided, never OK" all status 3 -- shows "a.test"
lp report good -f json
test_that "the same as JSON" all status 3 -- json '.verdict == "undecided"' "$OUT"
run sh -c "\"$LYNCPROBE\" report - -f json <good"
test_that "from standard input" all status 3 -- json '.domain == "a.test"' "$OUT"
lp report good -f record
test_that "a recording of a recording" all status 3 -- grep -q '"domain": *"a.test"' "$OUT"
cat good good >two
lp report two -f json
test_that "two walks are an array" all status 3 -- json 'length == 2 and .[1].domain == "a.test"' "$OUT"
lp report two -f ndjson
test_that "events, a line each" all status 3 -- json -s 'map(.type) | .[0] == "walk" and .[-1] == "end"' "$OUT" -- \
    json -s 'all(.[]; .schema == "lyncprobe/event/1" and .domain == "a.test")' "$OUT"
lp report two -f html
test_that "two walks are one page" all status 3 -- grep -q 'id="w2-verdict"' "$OUT" -- \
    [ "$(grep -c '<!DOCTYPE html>' "$OUT")" = 1 ] -- [ "$(tail -n 1 "$OUT")" = '</html>' ]
lp report good -f json --client sfb --view internal
test_that "what is said now counts more" all status 3 -- json '.view == "internal"' "$OUT"
lp report good -q -f json
test_that "-q leaves the exit status" all status 3 -- silent

# status 78, nothing on standard output, one line with the place. $1: text, $2: file
bad() {
    lp report "$2"
    test_that "bad recording: $1" all status 78 -- silent -- one_line -- says "$1"
}
printf '%s\n' "$HEADER" "$ENTRY" >short
bad "short:2: the recording is cut off after this line" short
printf '%s\n%.40s' "$HEADER" "$ENTRY" >half
bad "half:2: the recording is cut off within this line" half
printf '%s\n' "$ENTRY" "$END" >headless
bad "headless:1: " headless
echo "$HEADER" | sed 's,record/1,record/2,' >newer
bad "newer:1: recording of another version (lyncprobe/record/2)" newer
echo '{"a":1}' >foreign
bad "foreign:1: not a line of a lyncprobe recording" foreign
echo 'hello' >words
bad "words:1: not a lyncprobe recording" words
: >empty
bad "empty:1: not a lyncprobe recording" empty
head -c 5000 "$LYNCPROBE" >binary
bad "binary:1: not a lyncprobe recording" binary
printf '%s\n{"id":1,"kind":"dns","key":"\033[31m","outcome":"\033]0;x\007"}\n' "$HEADER" >hostile
bad "hostile:2: " hostile
mkfifo fifo
bad "fifo:1: not a lyncprobe recording: empty" fifo
bad "nowhere: No such file" nowhere
bad "/: Is a directory" /
bad "/dev/zero: a recording of more than 64 MiB" /dev/zero
cp good "$(printf 'a\033[31m')"
lp report "$(printf 'a\033[31m')" -o json=
test_that "its name is harmless too" all status 64 -- one_line
chmod 0 good
if [ "$(id -u)" = 0 ]; then
    skip "a recording that may not be read" "root may read everything"
else
    bad "good: Permission denied" good
fi
chmod 644 good

# The report depends on nothing but the recording.
lp report good -f json
cp "$OUT" expected
for settings in "LC_ALL=C TERM=xterm NO_COLOR=1" "LC_ALL=tr_TR.UTF-8 TZ=:/etc/passwd COLUMNS=20" \
    "LC_ALL=missing TZ=Asia/Tokyo TERM=dumb" -i; do
    # shellcheck disable=SC2086 # several settings
    run env $settings "$LYNCPROBE" report good -f json
    test_that "env $settings changes no machine format" cmp expected "$OUT"
done
run env LC_ALL=C "$LYNCPROBE" report good
test_that "in the C locale text is ASCII" sh -c "! LC_ALL=C grep -q '[^ -~]' '$OUT'"
finish
