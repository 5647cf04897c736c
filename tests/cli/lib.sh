# shellcheck shell=sh disable=SC2034
# lib.sh - for the tests of the command line: run, look, count
#
# run COMMAND... leaves its status in CODE and what it wrote in $OUT and $ERR. A test is
# `test_that WHAT CONDITION...`, where a condition is a command; several are joined with `all`.
set -u
PASSED=0
FAILED=0
SKIPPED=0
CODE=0
OUT=$DIR/out
ERR=$DIR/err
ESC=$(printf '\033')
cd "$DIR" || exit 1

run() {
    "$@" >"$OUT" 2>"$ERR" </dev/null
    CODE=$?
}

# strace with the program; LeakSanitizer cannot work there.
traced() {
    run env ASAN_OPTIONS="${ASAN_OPTIONS-}:detect_leaks=0" strace "$@"
}

# The program itself.
lp() {
    run "$LYNCPROBE" "$@"
}

test_that() {
    what=$1
    shift
    if "$@"; then
        PASSED=$((PASSED + 1))
        return
    fi
    FAILED=$((FAILED + 1))
    printf 'FAILED  %s: %s\n' "$what" "$*"
    printf 'status %s\n' "$CODE"
    head -c 600 "$OUT" | sed 's/^/  out: /' | cat -v
    head -c 600 "$ERR" | sed 's/^/  err: /' | cat -v
}

skip() { # WHAT WHY
    SKIPPED=$((SKIPPED + 1))
    echo "skipped $1: $2"
}

finish() {
    echo "$PASSED $FAILED $SKIPPED" >>"$DIR/../counts"
}

# ---- a run in the background ----

# A run that has begun: it has a worker. $1: what runs it; PATIENT: more options. Sets PID.
begin() {
    # shellcheck disable=SC2086 # the lab's arguments are words
    "$@" "$LYNCPROBE" $LPLAB_ARGS_OUTSIDE ${PATIENT-} -f json -o text=t >"$OUT" 2>"$ERR" </dev/null &
    PID=$!
    until [ -d /proc/$PID/task/$PID ] && [ -n "$(children)" ]; do
        kill -0 $PID || break
    done
}

# Process numbers of the children of PID.
children() {
    cat "/proc/$PID/task/$PID/children" 2>/dev/null
}

# Waits for its end.
end() {
    wait "$PID" 2>/dev/null
    # shellcheck disable=SC2034 # for status
    CODE=$?
}

# ---- conditions ----

# Every one of the conditions that -- separates: words stay whole, being named by their number.
all() {
    condition=
    n=0
    for word; do
        n=$((n + 1))
        if [ "$word" = -- ]; then
            eval "$condition" || return 1
            condition=
        else
            condition="$condition \"\${$n}\""
        fi
    done
    eval "$condition"
}

status() { # STATUS...
    for code; do
        [ "$CODE" = "$code" ] && return 0
    done
    return 1
}

silent() { # nothing on standard output
    [ ! -s "$OUT" ]
}

# Text in a file; built in, since forks are what these tests cost. $1: file, $2: text
has() {
    while IFS= read -r line || [ -n "$line" ]; do
        case $line in *"$2"*) return 0 ;; esac
    done <"$1"
    return 1
}

says() { # TEXT, on standard error
    has "$ERR" "$*"
}

shows() { # TEXT, on standard output
    has "$OUT" "$*"
}

one_line() { # on standard error, without control characters
    { IFS= read -r line && ! read -r more; } <"$ERR" || return 1
    case $line in *[[:cntrl:]]*) return 1 ;; esac
}

harmless() { # FILE: no control characters but newlines
    ! tr -d '\n' <"$1" | LC_ALL=C grep -aq '[[:cntrl:]]'
}

only() { # FILE...: nothing else is in the current directory
    [ "$(ls -A)" = "$(printf '%s\n' "$@" | sort)" ]
}

json() { # FILTER FILE: the filter holds
    jq -e "$@" >/dev/null
}
