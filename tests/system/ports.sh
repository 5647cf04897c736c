#!/bin/sh
# ports.sh - which row of the poster's port table is tested by what: the table of README.md
#
# usage: ports.sh [--update]
# Says whether the table between the markers of README.md is what the rows say now; with --update it
# is written. The rows: the poster's, what `lyncprobe plan` makes of the topologies of the lab and
# of the estate, the faults of `lplab --list`, and those of faults.sh. LYNCPROBE and LPLAB are the
# programs.
set -u
here=$(cd "$(dirname "$0")" && pwd)
program=${LYNCPROBE-build/lyncprobe}
lab=${LPLAB-build/lab/lplab}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Row of the poster, role, address, port; one line for each port that is probed. $1: topology
planned() {
    "$program" plan -t "$1" -f json | jq -r '.ports[]
        | select(.source != null and .row > 0 and .skip == null and .state == "open") as $p
        | .ports[] | [$p.row, $p.role, $p.address, .] | @tsv' | sort -u
}

# Name, and each address:port that the fault spoils.
spoiled() {
    faults | while IFS='|' read -r name _ _ how _; do
        # shellcheck disable=SC2086 # words
        set -- $how
        case $1 in
        closed) echo "$2" | tr ',' '\n' | sed "s/\$/:$3/" ;;
        silence) echo "$3:$4" ;;
        mute | rejected | cut_off) echo "$2:$3" ;;
        instead) echo "$2" ;;
        behind_proxy) printf '%s\n' "$PROXY:443" "$PROXY:80" ;;
        stopped) echo "$ACCESS:5269" ;;
        believe) case $2 in *av:*) printf '%s\n' "$RELAY:443" "$RELAY:3478" ;; esac ;;
        esac | sed "s/^/$name\t/"
    done
}

table() {
    # shellcheck source=tests/system/estate.sh
    . "$here/estate.sh"
    # shellcheck source=tests/system/faults.sh
    . "$here/faults.sh"
    for topology in "$here"/../lab/topologies/*.yaml; do planned "$topology"; done >"$work/lab"
    : >"$work/private.pem"
    estate_topology >"$work/estate.yaml"
    planned "$work/estate.yaml" >"$work/healthy"
    sed 's/#av:/av:/' "$work/estate.yaml" >"$work/relay.yaml"
    planned "$work/relay.yaml" >"$work/estate"
    "$lab" --list >"$work/list"
    spoiled >"$work/spoiled"
    awk -F '\t' -f "$here/ports.awk" what=lab "$work/lab" what=list "$work/list" \
        what=healthy "$work/healthy" what=estate "$work/estate" what=spoiled "$work/spoiled" \
        what=poster "$here/../data/poster/ports.tsv"
}

readme=$here/README.md
table >"$work/table"
awk -v table="$work/table" '
    /^<!-- end of the table -->/ { inside = 0 }
    !inside { print }
    /^<!-- the table / { inside = 1; while ((getline line < table) > 0) print line }' \
    "$readme" >"$work/readme"
if [ "${1-}" = --update ]; then
    cp "$work/readme" "$readme"
    exit
fi
if diff "$readme" "$work/readme" && [ "$(wc -l <"$work/table")" -gt 50 ]; then
    echo "1 passed, 0 failed"
else
    echo "tests/system/ports.sh --update writes the table anew"
    echo "0 passed, 1 failed"
    exit 1
fi
