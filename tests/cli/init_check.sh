# shellcheck shell=sh
# init_check.sh - in a lab that plays a whole topology: a check right after init is clean, in both views
here=$(dirname "$0")
# shellcheck source=/dev/null
. "$here/lib.sh"

# $1: the lab's arguments of a check; without the topology, those of a walk
walk_words() {
    echo "$1" | sed 's/^check -t [^ ]* //'
}

for view in INSIDE OUTSIDE; do
    eval "words=\$(walk_words \"\$LPLAB_ARGS_$view\")"
    # shellcheck disable=SC2086,SC2154 # the lab's arguments are words
    lp init contoso.example $words
    test_that "$view: init" all status 0 -- test ! -s "$ERR"
    cp "$OUT" seen.yaml
    # shellcheck disable=SC2086
    lp check -t seen.yaml $words -f json
    test_that "$view: check against it" all status 0 -- \
        json '.verdict == "ok" and .expectations.unmet == 0 and .expectations.undecided == 0 and .expectations.met > 10' "$OUT"
done
finish
