#!/bin/sh
# run.sh - the crontab line of share/cron against the lab: full disk, folders that refuse, signals,
# two at once
#
# The line's own command is run, as cron would, with the lab's topology and folders in place of its
# own, and three files. What is under test is the files: whole, or as they were, and nothing beside
# them. The environment says LYNCPROBE, LPLAB and FLAVOUR_DIR. Needs user and mount namespaces (a
# small tmpfs is the full disk); where there are none, or no lab, that is a counted skip.
set -u
here=$(cd "$(dirname "$0")" && pwd)
top=$here/../..

outer() {
    LYNCPROBE=$(realpath "${LYNCPROBE-build/lyncprobe}")
    LPLAB=$(realpath "${LPLAB-build/lab/lplab}")
    work=$(realpath -m "${FLAVOUR_DIR-build/obj}/cron")
    DIR=$work/run
    export LYNCPROBE LPLAB DIR LC_ALL=C.UTF-8
    rm -rf "$work"
    mkdir -p "$DIR/disk"
    unshare -Urm sh "$here/run.sh" mounted
    code=$?
    if [ ! -f "$work/counts" ]; then
        count="0 1 0"
        [ $code = 77 ] && count="0 0 1" && echo "skipped: no lab here"
        unshare -Urm true 2>/dev/null || { count="0 0 1" && echo "skipped: no user and mount namespace"; }
        echo "$count" >"$work/counts"
    fi
    awk '{ printf "%d passed, %d failed, %d skipped\n", $1, $2, $3; exit $2 > 0 }' "$work/counts"
}

case ${1-} in
'') outer; exit ;;
mounted)
    mount -t tmpfs -o size=4m,nr_inodes=64 none "$DIR/disk" || exit 1
    exec "$LPLAB" --topology "$here/../lab/topologies/one-pool.yaml" --delay-ms 40 -- sh "$here/run.sh" played
    ;;
esac

# shellcheck source=/dev/null
. "$here/../cli/lib.sh"
disk=$DIR/disk
mkdir "$DIR/bin" "$DIR/free"
ln -s "$LYNCPROBE" "$DIR/bin/lyncprobe"
PATH=$DIR/bin:$PATH
roots="--cacert $LPLAB_DIR/private-root.pem --public-cacert $LPLAB_DIR/public-root.pem"

# The command of the line, for a folder. $1: folder
line() {
    sed -n 's/^\*[^ ]* \* \* \* \* nobody //p' "$top/share/cron/lyncprobe" |
        sed -e "s|/etc/lyncprobe/contoso.yaml|$here/../lab/topologies/one-pool.yaml|" \
            -e "s|/var/lib/prometheus/node-exporter/lyncprobe.prom|$1/p|"
    echo "-o json=$1/j -o html=$1/h @$LPLAB_INSIDE --view internal $roots"
}

# As cron does it: a shell, a folder of no matter, nothing to read. $1: folder, $2: more of the line
cron() {
    command=$(line "$1" | tr '\n' ' ')
    run sh -c "$command ${2-}"
}

# Its last options count: without -q the report stands on standard output.
loud() {
    command=$(line "$1" | tr '\n' ' ' | sed 's/ -q / /')
    run sh -c "$command ${2-}"
}

whole() { # FOLDER: three documents from their first to their last byte
    jq -e '.complete != null and .schema == "lyncprobe/report/1"' "$1/j" >/dev/null &&
        tail -n 1 "$1/h" | grep -q '</html>$' && metrics "$1/p"
}

# Its last family, and a whole last line.
metrics() {
    grep -q '^lyncprobe_last_run_timestamp_seconds' "$1" && [ -z "$(tail -c 1 "$1" | tr -d '\n')" ]
}

old() { # FOLDER...: the files of the run before
    for folder; do
        for file in j h p; do
            cmp -s "$folder/$file" "$DIR/before/$file" || return 1
        done
    done
}

lists() { # FOLDER FILE...: these and nothing else
    folder=$1
    shift
    [ "$(ls -A "$folder")" = "$(printf '%s\n' "$@" | sort)" ]
}

full_of() { # BYTES: all of the disk but these
    dd if=/dev/zero of="$disk/fill" bs=4k 2>/dev/null
    truncate -s "-$1" "$disk/fill"
}

# ---- as it should be ----

cron "$DIR/free"
test_that "a quiet run" all status 0 -- silent -- test ! -s "$ERR" -- whole "$DIR/free" -- lists "$DIR/free" h j p
cp -R "$DIR/free" before

# ---- the disk is full ----

cp before/* "$disk"
for room in 0 16384; do
    full_of $room
    loud "$disk"
    test_that "$room bytes are free: the report is on standard output" all status 3 -- shows contoso.example -- shows "can sign in"
    test_that "... it is said which file is not written" all says "/h: No space left on device" -- harmless "$ERR"
    test_that "... and nothing is left beside the files" lists "$disk" fill h j p
    rm "$disk/fill"
done
full_of 0
cron "$disk"
test_that "the line itself on a full disk: three messages for cron's mail" all status 3 -- silent -- \
    test "$(grep -c "No space left on device" "$ERR")" = 3
test_that "... and the files of the run before stand" all old "$disk" -- lists "$disk" fill h j p
rm "$disk/fill"
i=0
while touch "$disk/n$i" 2>/dev/null; do
    i=$((i + 1))
done
loud "$disk"
test_that "no more names: the report is on standard output" all status 3 -- shows "can sign in" -- old "$disk" -- \
    says "/p: No space left on device"
rm "$disk"/n*
cron "$disk"
test_that "room again: a whole run" all status 0 -- whole "$disk" -- lists "$disk" h j p

# ---- outputs that refuse ----

cp before/* "$disk"
mount -o remount,ro "$disk" 2>/dev/null
case $(grep " $disk " /proc/mounts) in
*" ro,"*)
    loud "$disk"
    test_that "a disk that may not be written" all status 3 -- shows "can sign in" -- old "$disk" -- \
        says "/j: Read-only file system" -- lists "$disk" h j p
    mount -o remount,rw "$disk"
    ;;
*) skip "a disk that may not be written" "the lab's namespace may not change the mount" ;;
esac
mv "$disk/j" "$disk/elsewhere"
ln -s elsewhere "$disk/j"
cron "$disk"
test_that "a link is replaced, never followed" all status 0 -- test ! -L "$disk/j" -- whole "$disk" -- \
    cmp -s "$disk/elsewhere" before/j
rm "$disk/elsewhere" "$disk/h"
mkdir "$disk/h"
loud "$disk"
test_that "a folder where a file should be: the others are written" all status 3 -- one_line -- \
    says "/h: not a regular file" -- shows "can sign in" -- lists "$disk" h j p
rmdir "$disk/h"
loud "$disk" ">/dev/full"
test_that "standard output is full: the files are whole" all status 3 -- one_line -- whole "$disk"
loud "$disk" ">&-"
test_that "standard output is closed: the files are whole" all status 3 -- one_line -- whole "$disk"

# ---- signals ----

# Ready when it has a worker. $1: folder
begin_cron() {
    words=$(line "$1")
    # shellcheck disable=SC2086 # the words of the line
    setsid $words >"$OUT" 2>"$ERR" </dev/null &
    PID=$!
    until [ -d /proc/$PID/task/$PID ] && [ -n "$(children)" ]; do
        kill -0 $PID || break
    done
    WORKERS=$(children)
}

workers_gone() {
    for worker in $WORKERS; do
        [ ! -d "/proc/$worker" ] || return 1
    done
    [ -n "$WORKERS" ]
}

# $1: what, $2: whom kill signals: the process, or with a minus its whole group
terminate() {
    begin_cron "$disk"
    kill -s TERM -- "$2$PID"
    end
    test_that "SIGTERM to $1: status 3, a whole report of what is known" all status 3 -- whole "$disk" -- \
        json '.complete == false' "$disk/j"
    test_that "... nothing beside the files" lists "$disk" h j p
    test_that "... and no process is left" workers_gone
}
terminate "the process" ""
terminate "its group, as systemd does" -

begin_cron "$disk"
kill -TERM "$PID"
end
full_of 0
cp "$disk/j" partial
begin_cron "$disk"
kill -TERM "$PID"
end
test_that "SIGTERM on a full disk: the files stay" all status 3 -- cmp -s "$disk/j" partial -- lists "$disk" fill h j p -- workers_gone
rm "$disk/fill"

# ---- two at once ----

# Each writes its files to a folder of its own as well, so that it is known what each would say.
# $1: that folder
begin_writer() {
    # shellcheck disable=SC2046 # the words of the line
    $(line "$disk") -o json="$1/j" -o html="$1/h" -o prometheus="$1/p" 2>>"err.$1" </dev/null &
}
mkdir a b
i=0
mixed=0
torn=0
while [ $i -lt 3 ]; do
    begin_writer a
    first=$!
    begin_writer b
    while kill -0 "$first" 2>/dev/null || kill -0 $! 2>/dev/null; do
        whole "$disk" || torn=$((torn + 1))
    done
    wait "$first" $!
    for file in j h p; do
        cmp -s "$disk/$file" a/$file || cmp -s "$disk/$file" b/$file || mixed=$((mixed + 1))
    done
    i=$((i + 1))
done
test_that "two at once: each file is whole at every moment" test $torn = 0
test_that "... and is of one of the two" test $mixed = 0
test_that "... nothing is said, nothing left beside" all test ! -s err.a -- test ! -s err.b -- lists "$disk" h j p
finish
