#!/bin/sh
# diagnosis.sh - every fault of the lab: is the fault's own finding the first one of the report?
#
# `lplab --list` gives a row for each fault: name, finding id, view, extra, description, a second id
# that must be in the report too (or "-"), and the topology that it is a fault of (or "-": a walk
# without one). Extra is "-", arguments of the program, PRE:command to run before it, or
# ENV:NAME=VALUE. The healthy lab must give no critical and no warning finding; with a topology every
# expectation that can be probed must be met.
set -u
program=${LYNCPROBE-build/lyncprobe}
lab=${LPLAB-build/lab/lplab}
folder=${FLAVOUR_DIR-build/obj}/diagnosis
topologies=$(dirname "$0")/lab/topologies
tab=$(printf '\t')
skip=77 # exit status of a lab that cannot run here

# $1: name of the run, $2: view, $3: extra, others: arguments of the lab
probe() {
    out=$folder/$1
    case $2 in internal | inside) view_args=INSIDE ;; *) view_args=OUTSIDE ;; esac
    extra=$3
    shift 3
    "$lab" "$@" -- sh "$0" in-lab "$view_args" "$extra" >"$out.json" 2>"$out.err" </dev/null
}

# The lab's child. $1: INSIDE or OUTSIDE, $2: extra
in_lab() {
    eval "set -- \"\$2\" \$LPLAB_ARGS_$1"
    extra=$1
    shift
    case $extra in
    PRE:*) eval "${extra#PRE:}" ;;
    ENV:*) export "${extra#ENV:}" ;;
    *) eval "set -- \"\$@\" $extra" ;;
    esac
    exec "$program" "$@" -f json
}

# $1: result, others: columns of the table. One file a run, so that runs can go side by side.
row() {
    result=$1
    shift
    {
        printf '%-7s %-32s %-9s %-30s %s\n' "$result" "$@"
        [ "$result" = passed ] || [ ! -f "$out.err" ] || sed -n '1,5s/^/        /p' "$out.err"
    } >"$out.row"
}

# What a report says that should be all well: nothing. Several domains make an array.
loud='[.] | flatten | map((.findings[] | select(.severity != "info").id),
    (.expectations // {met: 1} | select(.met == 0) | "none met"),
    (.expectations // {} | to_entries[] | select(.key == ("unmet", "undecided") and .value != 0) |
        "\(.value) \(.key)")) | join(" ")'
# The report that has most to say, and its first finding that is not waived.
first='[.] | flatten | (map(select(.verdict != "ok")) + .)[0].findings |
    map(select(.waiver.valid | not))[0].id // "none"'

# $1: view, $2: topology or "-". The id column shows what should not be there.
healthy() {
    name=healthy-$1
    [ "$2" = - ] || name=$name-${2%.yaml}
    view=$1
    set -- "$2"
    if [ "$1" = - ]; then set --; else set -- --topology "$topologies/$1"; fi
    probe "$name" "$view" "" "$@"
    [ $? -ne $skip ] || { row skipped "$name" "$view" - -; return; }
    said=$(jq -r "$loud" "$out.json" 2>&1) && [ -s "$out.json" ] || said="no report"
    if [ -z "$said" ]; then row passed "$name" "$view" - -; else row failed "$name" "$view" - "$said"; fi
}

# $1: a row of the list
fault() {
    IFS=$tab read -r name id view extra _ also topology <<ROW
$1
ROW
    [ "$extra" = - ] && extra=
    out=$folder/$name
    # A preloaded library and a sanitizer's runtime do not go together.
    case ${FLAVOUR-}:$extra in san:*LP_HOOK*) row skipped "$name" "$view" "$id" - ; return ;; esac
    set -- --fault "$name"
    [ "$topology" = - ] || set -- "$@" --topology "$topologies/$topology"
    probe "$name" "$view" "$extra" "$@"
    [ $? -ne $skip ] || { row skipped "$name" "$view" "$id" -; return; }
    seen=$(jq -r "$first" "$out.json" 2>&1) && [ -n "$seen" ] || seen="no report"
    [ "$seen" = "$id" ] && result=passed || result=failed
    if [ "${also:--}" != - ] && ! grep -q "\"id\": *\"$also\"" "$out.json"; then
        result=failed
        seen="$seen, no $also"
    fi
    row "$result" "$name" "$view" "$id" "$seen"
}

if [ "${1-}" = in-lab ]; then
    in_lab "$2" "$3"
fi
if [ "${1-}" = one ]; then
    case $2 in
    inside:* | outside:*) healthy "${2%%:*}" "${2#*:}" ;;
    *) fault "$(sed -n "$2p" "$folder/list")" ;;
    esac
    exit 0
fi

rm -rf "$folder"
mkdir -p "$folder"
"$lab" --list | grep "$tab" >"$folder/list"
faults=$(wc -l <"$folder/list")
healthy=
for topology in - "$topologies"/*.yaml; do
    healthy="$healthy inside:${topology##*/} outside:${topology##*/}"
done
export LYNCPROBE="$program" LPLAB="$lab" FLAVOUR_DIR="${FLAVOUR_DIR-build/obj}"
# Side by side only where each lab has a network of its own. Most of a run is waiting.
jobs=1
unshare -Urn true 2>/dev/null && jobs=$((2 * $(nproc)))
{
    # shellcheck disable=SC2086 # one a word
    printf '%s\n' $healthy
    seq "$faults"
} | xargs -P "${JOBS-$jobs}" -n 1 sh "$0" one
printf '%-7s %-32s %-9s %-30s %s\n' result fault view finding 'first finding'
{
    for run in $healthy; do
        topology=${run#*:}
        if [ "$topology" = - ]; then topology=; else topology=-${topology%.yaml}; fi
        echo "healthy-${run%%:*}$topology"
    done
    cut -f 1 "$folder/list"
} | while read -r name; do
    cat "$folder/$name.row"
done >"$folder/table"
cat "$folder/table"
count() { grep -c "^$1 " "$folder/table"; }
failed=$(count failed)
echo "$(count passed) passed, $failed failed, $(count skipped) skipped"
[ "$failed" = 0 ] && [ "$faults" -gt 0 ]
