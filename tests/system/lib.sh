# shellcheck shell=sh disable=SC2154
# lib.sh - for the system tests: counts, servers, walks, expectations
#
# $dir is the folder of this run. A server runs in the foreground of a background job, so its pid is
# known; the pid namespace ends whatever is left.

passed=0
failed=0
skipped=0
servers=

verdict() { # STATUS WHAT
    if [ "$1" = 0 ]; then
        passed=$((passed + 1))
        echo "passed  $2"
    else
        failed=$((failed + 1))
        echo "FAILED  $2"
    fi
}

skip() { # WHAT WHY
    skipped=$((skipped + 1))
    echo "skipped $1: $2"
}

# ---- servers ----

serve() { # NAME COMMAND...
    log=$dir/$1.log
    shift
    "$@" >"$log" 2>&1 </dev/null &
    servers="$servers $!"
}

# Waits until something listens; ss itself takes the time that the server needs.
listening() { # PROTOCOL ADDRESS:PORT...
    protocol=$1
    shift
    for place in "$@"; do
        tries=0
        until [ -n "$(ss -Hnl --"$protocol" "src = $place")" ]; do
            tries=$((tries + 1))
            [ $tries -lt 1000 ] && continue
            verdict 1 "nobody listens at $place"
            cat "$dir"/*.log
            return 1
        done
    done
}

# Some listen long before they answer.
shakes_hands() { # ADDRESS:PORT...
    for place in "$@"; do
        tries=0
        until timeout 5 openssl s_client -connect "$place" </dev/null >"$dir/s_client.log" 2>&1; do
            tries=$((tries + 1))
            [ $tries -lt 20 ] && continue
            verdict 1 "no TLS at $place"
            cat "$dir"/*.log
            return 1
        done
    done
}

stop_servers() {
    for pid in $servers; do
        kill "$pid"
        wait "$pid"
    done 2>/dev/null
    servers=
}

# ---- walks ----

walk() { # NAME ARGUMENT...: its report, its recording, its exit status
    walk=$dir/walk/$1
    shift
    "$LYNCPROBE" "$@" --public-cacert "$dir/root.pem" -f json -o record="$walk.jsonl" \
        >"$walk.json" 2>"$walk.err" </dev/null
    code=$?
}

expect() { # WHAT FILTER: on the report
    jq -L "$here" -e "include \"report\"; $2" "$walk.json" >"$walk.out" 2>&1
    result=$?
    verdict $result "$(basename "$walk"): $1"
    [ $result = 0 ] && return
    echo "        $2"
    cat "$walk.err"
    jq -L "$here" -r 'include "report"; "        \(.verdict): \(.sentence)",
        "        steps \([.steps[] | "\(.step) \(.dns) \(.outcome)"] | join(", "))",
        "        findings \([.findings[].id] | join(" "))"' "$walk.json"
}

recorded() { # WHAT FILTER: on the recording
    jq -L "$here" -s -e "include \"report\"; $2" "$walk.jsonl" >"$walk.out" 2>&1
    result=$?
    verdict $result "$(basename "$walk"), recording: $1"
    [ $result = 0 ] || echo "        $2"
}

exits() { # STATUS
    [ "$code" = "$1" ]
    result=$?
    verdict $result "$(basename "$walk"): exit status $1"
    [ $result = 0 ] || echo "        it was $code"
}
