#!/bin/sh
# ports.sh - the poster's port table with the probe and the lab's fault of each row. Usage: ports.sh LPLAB
#
# A row that can be probed must have a fault that shuts it. Ends with the number of rows that have none.
set -u
LPLAB=${1:-build/lab/lplab}
table=$(dirname "$0")/../data/poster/ports.tsv

# The word of a role, as expectations and faults have it.
word() {
    case $1 in
    "Edge Server") echo edge-internal ;;
    "A/V Edge") echo av-edge ;;
    "Hardware load balancer") echo load-balancer ;;
    "Back-end SQL Server") echo sql ;;
    "AD FS" | "AD FS proxy") echo "$1" | sed 's/AD FS/adfs/; s/ /-/' ;;
    *) echo "$1" | sed 's/ Server$//' | tr 'A-Z ' 'a-z-' ;;
    esac
}

# The first fault that shuts one of the ports "5061, 5070" or "50001-50003" of a role.
fault_of() { # ROLE PORTS
    for part in $(echo "$2" | tr -d ,); do
        for port in $(seq "${part%-*}" "${part#*-}" | head -4); do
            grep -x "check-shut-$1-$port" "$list" && return
        done
    done
}

list=$(mktemp)
trap 'rm -f "$list"' EXIT
"$LPLAB" --list | cut -f 1 >"$list"
row=0 bare=0
printf '%3s  %-24s %-22s %-4s %-14s %s\n' row role port by probe fault
while IFS="$(printf '\t')" read -r role _ port transport _ _ _ probe _; do
    [ "$role" = role ] && continue
    row=$((row + 1))
    fault=-
    if [ "$probe" != none ]; then
        fault=$(fault_of "$(word "$role")" "$port")
        [ -n "$fault" ] || bare=$((bare + 1))
    fi
    printf '%3s  %-24.24s %-22.22s %-4.4s %-14.14s %s\n' "$row" "$role" "$port" "$transport" "$probe" \
        "${fault:-NONE}"
done <"$table"
exit "$bare"
