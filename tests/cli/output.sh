# shellcheck shell=sh disable=SC2016
# output.sh - standard output and report files: full, closed, gone, replaced whole or not at all
here=$(dirname "$0")
# shellcheck source=/dev/null
. "$here/lib.sh"

printf '%s\n' \
    '{"record":"lyncprobe/record/1","domain":"a.test","view":"external","client":"lync2013","clock":1795498860}' \
    '{"id":1,"kind":"dns","key":"dns 0 A lyncdiscover.a.test","outcome":"timeout"}' \
    '{"end":true,"complete":true}' >good
i=0
while [ $i -lt 12 ]; do
    cat good
    i=$((i + 1))
done >many
GOOD=$DIR/good
MANY=$DIR/many
"$LYNCPROBE" report good >good.txt
"$LYNCPROBE" report good -f json >good.json
"$LYNCPROBE" report many -f json >many.json

# A command with redirections.
sh_lp() {
    run sh -c "$1"
}

# ---- standard output ----

for words in --help "list findings" "explain LP-CERT-EXPIRED" "report many -f json"; do
    sh_lp "\"\$LYNCPROBE\" $words >/dev/full"
    test_that "$words to a full device" all status 3 -- one_line -- says "standard output: No space left"
    sh_lp "\"\$LYNCPROBE\" $words >&-"
    test_that "$words to a closed output" all status 3 -- says "standard output: Bad file descriptor"
done
sh_lp '"$LYNCPROBE" report good <&- 2>&-'
test_that "standard input and error closed" all status 3 -- shows a.test
sh_lp '"$LYNCPROBE" report good -q <&- >&- 2>&-'
test_that "all three closed" status 3
sh_lp '"$LYNCPROBE" -l - <&-'
test_that "a list from a closed input" all status 64 -- one_line
sh_lp '{ "$LYNCPROBE" report many -f json; echo $? >rc; } | head -c 1; exit $(cat rc)'
test_that "the reader has gone: no death by signal" status 3
sh_lp '{ "$LYNCPROBE" list findings; echo $? >rc; } | :; exit $(cat rc)'
test_that "nobody ever read" status 0 3
run timeout 20 sh -c '"$LYNCPROBE" report "$0" -f json | { read -r x; cat >rest; echo "$x"; }' many
test_that "a slow reader gets all of it" sh -c '{ cat out; cat rest; } | cmp - many.json'

# ---- files ----

mkdir files
cd files || exit 1
lp report "$GOOD" -q -o json=a -o text=b -o record=c
test_that "three files, nothing else" all status 3 -- silent -- only a b c
test_that "the file is what -f writes" cmp a "$GOOD.json"
lp report "$GOOD" -f json -vvv -o json=a
test_that "a machine format is alone on standard output" cmp "$OUT" "$GOOD.json"
lp report "$MANY" -q -o json=a
test_that "several walks in a file" cmp a "$MANY.json"
rm -f b c

echo precious >target
ln -s target link
lp report "$GOOD" -q -o json=link
test_that "a link is replaced, not followed" all status 3 -- grep -q precious target -- test ! -L link
rm -f link target a

ln -s /dev/null link
mkdir folder
mkfifo fifo
for name in link folder fifo /dev/null /dev/full; do
    lp report "$GOOD" -o json=$name
    test_that "refused: a file at $name" all status 3 -- cmp "$OUT" "$GOOD.txt" -- one_line -- says "$name: not a regular file"
done
test_that "and all is as it was" all only fifo folder link -- test -L link -- test -p fifo -- test -c /dev/null
lp report "$GOOD" -o json=nowhere/a
test_that "refused: no folder" all status 3 -- cmp "$OUT" "$GOOD.txt" -- says "nowhere/a: No such file"
rm -rf link folder fifo

echo old >a
chmod 600 a
lp report "$GOOD" -q -o text=nowhere/b -o json=a
test_that "one file refused: the other is written" all status 3 -- one_line -- cmp a "$GOOD.json" -- only a
lp report "$GOOD" -q -o text=nowhere/b -o json=nowhere/a
test_that "all files refused: said of each" all status 3 -- silent -- says nowhere/b -- says nowhere/a
lp report "$GOOD" -q -o json=a
test_that "the mode stays" sh -c '[ "$(stat -c %a a)" = 600 ]'
rm -f a
sh_lp 'umask 077; "$LYNCPROBE" report ../good -q -o json=a'
test_that "the mode of a new file follows umask" sh -c '[ "$(stat -c %a a)" = 600 ]'
rm -f a

# A part of a report never stands under its name.
sh_lp 'ulimit -f 1; "$LYNCPROBE" report ../many -q -o json=a'
test_that "file size limit" all status 3 -- says "a: File too large" -- only
echo old >a
sh_lp 'ulimit -f 1; "$LYNCPROBE" report ../many -q -o json=a'
test_that "file size limit: the old report stays" all status 3 -- grep -q old a -- only a
rm -f a
if unshare -Urm true 2>/dev/null; then
    mkdir small
    run unshare -Urm sh -c 'mount -t tmpfs -o size=8k none small && cd small &&
        "$LYNCPROBE" report "$0" -q -o json=a; code=$?; ls -A; exit $code' "$MANY"
    test_that "full disk: nothing is left" all status 3 -- silent -- says "a: No space left"
    rmdir small
else
    skip "full disk" "no user and mount namespace is allowed here"
fi
if [ "$(id -u)" = 0 ]; then
    skip "a folder that may not be written" "root may write everywhere"
else
    mkdir locked
    chmod 500 locked
    lp report "$GOOD" -q -o json=locked/a
    test_that "a folder that may not be written" all status 3 -- says "locked/a: Permission denied"
    rmdir locked
fi
if strace -qq -o /dev/null true 2>/dev/null; then
    for fault in write:error=EIO:when=1 write:error=ENOSPC:when=2 fsync:error=EIO rename:error=EXDEV \
        fchmod:error=EPERM; do
        echo old >a
        traced -qq -o /dev/null -e inject="$fault" "$LYNCPROBE" report "$MANY" -q -o json=a
        test_that "$fault: the old report stays, nothing else" all status 3 -- grep -q old a -- only a
    done
    traced -qq -o /dev/null -e inject=write:error=EINTR:when=1+2 "$LYNCPROBE" report "$MANY" -f json
    test_that "writing is interrupted again and again" cmp "$OUT" "$MANY.json"
else
    skip "failing system calls" "no strace, or it may not trace"
fi
rm -f ./*

# Many writers, one reader: a whole document at every moment.
"$LYNCPROBE" report "$MANY" -q -o json=a
i=0
while [ $i -lt 10 ]; do
    "$LYNCPROBE" report "$MANY" -q -o json=a &
    i=$((i + 1))
done
bad=0
reads=0
while [ $reads -lt 20 ]; do
    cmp -s a "$MANY.json" || bad=$((bad + 1))
    reads=$((reads + 1))
done
wait
test_that "ten writers, one reader" all test $bad = 0 -- only a
i=0
while [ $i -lt 5 ]; do
    timeout -s KILL 0.0$i "$LYNCPROBE" report "$MANY" -q -o json=a
    cmp -s a "$MANY.json" || bad=$((bad + 1))
    i=$((i + 1))
done 2>/dev/null
test_that "killed at five moments: never torn" test $bad = 0
cd ..
rm -rf files

# ---- what a terminal shows ----

lp report good
test_that "no escapes where there is no terminal" harmless "$OUT"
lp report good --color always
test_that "--color always" grep -q "$ESC\\[" "$OUT"
run env NO_COLOR=1 "$LYNCPROBE" report good --color always
test_that "the option beats NO_COLOR" grep -q "$ESC\\[" "$OUT"
if script -qec true /dev/null >/dev/null 2>&1 </dev/null; then
    # $1: variable settings, $2: more words; with a terminal as standard output
    terminal() {
        run script -qec "env $1 '$LYNCPROBE' report good ${2-}" /dev/null
    }
    terminal "-u NO_COLOR TERM=xterm"
    test_that "colour on a terminal" grep -q "$ESC\\[" "$OUT"
    for setting in "TERM=xterm NO_COLOR=1" TERM=dumb "-u TERM"; do
        terminal "$setting"
        test_that "no colour on a terminal with $setting" sh -c "! grep -q '$ESC' '$OUT'"
    done
    terminal TERM=xterm "--color never"
    test_that "no colour on a terminal with --color never" sh -c "! grep -q '$ESC' '$OUT'"
    terminal TERM=xterm "-f json"
    test_that "no colour in JSON" sh -c "tr -d '\r' <'$OUT' | cmp - good.json"
else
    skip "colour on a terminal" "no script(1)"
fi
finish
