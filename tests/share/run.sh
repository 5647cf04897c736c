#!/bin/sh
# run.sh - what is installed beside the program, looked at by the tools that read it
#
# promtool, icinga2, systemd-analyze, xmllint, mandoc, the three shells. The environment says
# LYNCPROBE and FLAVOUR_DIR.
# shellcheck disable=SC2016 # other shells, jq and Grafana expand those
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
program=$(realpath "${LYNCPROBE-$root/build/lyncprobe}")
dir=${FLAVOUR_DIR-$root/build/obj}/share
rm -rf "$dir"
mkdir -p "$dir"
dir=$(realpath "$dir")
PATH=$PATH:/usr/sbin:/sbin
export LC_ALL=C.UTF-8
passed=0 failed=0 skipped=0

# $1: what is shown, $2: tool, others: command. Its output is shown when it fails.
try() {
    what=$1 tool=$2
    shift 2
    if ! command -v "$tool" >/dev/null; then
        skipped=$((skipped + 1))
        echo "skipped $what: no $tool"
    elif "$@" >"$dir/out" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED  $what: $*"
        sed 's/^/        /' "$dir/out" | tail -n 20
    fi
}

# A tool that lets bad input pass proves nothing: it must refuse this one.
refuses() {
    what=$1 tool=$2
    shift 2
    try "$what" "$tool" sh -c '! "$@"' sh "$@"
}

report() { # FORMAT FILE
    "$program" report "$root/share/example.jsonl" -f "$1" >"$dir/$2"
    code=$?
    [ "$code" -lt 3 ] || { echo "FAILED  report -f $1: status $code"; failed=$((failed + 1)); }
}

test_prometheus() {
    rules=$root/share/prometheus
    report prometheus metrics.prom
    try "the metrics are what promtool accepts" promtool \
        sh -c 'promtool check metrics <"$1"' sh "$dir/metrics.prom"
    try "the alert rules are rules" promtool promtool check rules "$rules/rules.yml"
    try "the alerts fire when they should" promtool promtool test rules "$rules/rules-test.yml"
    sed 's/ == 0 and/ == = and/' "$rules/rules.yml" >"$dir/bad-rules.yml"
    refuses "a broken rule is found" promtool promtool check rules "$dir/bad-rules.yml"
    sed '/^#/d; /_info/d; s/^[a-z_]*/1&/' "$dir/metrics.prom" >"$dir/bad.prom"
    refuses "a broken metric is found" promtool sh -c 'promtool check metrics <"$1"' sh "$dir/bad.prom"
    grep '^ *expr: ' "$rules/rules.yml" | grep -oE '(lync)?probe_[a-z_]+' | sort -u >"$dir/named"
    while read -r name; do
        try "the rules name a metric that exists: $name" grep grep -q "^# TYPE $name gauge" \
            "$dir/metrics.prom"
    done <"$dir/named"
}

icinga() { # FILE
    icinga2 daemon -C -c "$1" -DRunAsUser="$(id -un)" -DRunAsGroup="$(id -gn)" \
        -DDataDir="$dir/icinga" -DLogDir="$dir/icinga" -DCacheDir="$dir/icinga" \
        -DSpoolDir="$dir/icinga" -DInitRunDir="$dir/icinga"
}

test_icinga() {
    mkdir -p "$dir/icinga"
    cp "$root/tests/share/icinga.conf" "$dir/good.conf"
    echo "include \"$root/share/icinga2/lyncprobe.conf\"" >>"$dir/good.conf"
    try "Icinga 2 takes the command and applies it" icinga2 icinga "$dir/good.conf"
    sed 's/lync_domains\["contoso.com"\]/lync_domains["contoso.com/' "$dir/good.conf" >"$dir/bad.conf"
    refuses "a broken configuration is found" icinga2 icinga "$dir/bad.conf"
}

exposure() { # FILE
    systemd-analyze security --offline=yes "$1" >"$dir/exposure" 2>&1
    awk '/Overall exposure level/ { for (i = 1; i <= NF; i++) if ($i ~ /^[0-9.]+$/) v = $i }
         END { print "exposure " v; exit !(v != "" && v <= 1.5) }' "$dir/exposure"
}

test_systemd() {
    units=$root/share/systemd
    try "the service is hardened (at most 1.5)" systemd-analyze exposure "$units/lyncprobe@.service"
    sed '/^Protect/d; /^Restrict/d' "$units/lyncprobe@.service" >"$dir/soft@.service"
    refuses "a service that is not hardened is found" systemd-analyze exposure "$dir/soft@.service"
    sed "s|/usr/bin/lyncprobe|$program|" "$units/lyncprobe@.service" >"$dir/lyncprobe@.service"
    cp "$units/lyncprobe@.timer" "$dir/"
    try "the units are what systemd accepts" systemd-analyze \
        systemd-analyze --man=no verify "$dir/lyncprobe@x.service" "$dir/lyncprobe@x.timer"
}

test_junit() {
    report junit junit.xml
    "$program" report "$root/share/example.jsonl" -q -o junit="$dir/file.xml"
    try "JUnit is what Ant and Jenkins accept" xmllint \
        xmllint --noout --schema "$root/tests/share/junit.xsd" "$dir/junit.xml"
    try "a file holds the same as standard output" cmp cmp "$dir/junit.xml" "$dir/file.xml"
    sed 's/ classname=/ file=/' "$dir/junit.xml" >"$dir/bad.xml"
    refuses "an attribute that they refuse is found" xmllint \
        xmllint --noout --schema "$root/tests/share/junit.xsd" "$dir/bad.xml"
}

test_completions() {
    for shell in bash zsh fish; do
        "$program" --dump-completion $shell >"$dir/lyncprobe.$shell"
        try "$shell reads its completion" $shell $shell -n "$dir/lyncprobe.$shell"
    done
    "$program" --help=all | grep -oE -- '--[a-z0-9-]+' | sort -u >"$dir/options"
    while read -r option; do
        for shell in bash zsh; do
            try "$shell completes $option" grep grep -q -- "$option" "$dir/lyncprobe.$shell"
        done
        try "fish completes $option" grep grep -q -- "-l ${option#--}" "$dir/lyncprobe.fish"
    done <"$dir/options"
    try "bash offers what a client may be" bash bash -c '. "$1"; COMP_WORDS=(lyncprobe --client s)
        COMP_CWORD=2; _lyncprobe; [ "${COMPREPLY[*]}" = sfb ]' sh "$dir/lyncprobe.bash"
    try "fish offers what a client may be" fish sh -c '
        fish -c "source $1; complete -C \"lyncprobe --client s\"" | grep -q "^sfb"' sh "$dir/lyncprobe.fish"
}

test_dashboard() {
    board=$root/share/grafana/lyncprobe.json
    try "the dashboard names no host and asks for its data source" jq jq -e '
        .uid == "lyncprobe" and ([.panels[].datasource.uid] | unique == ["${datasource}"])
        and ([.panels[].id] | unique | length) == (.panels | length)' "$board"
    jq -r '.panels[].targets[].expr' "$board" | grep -oE '(lync)?probe_[a-z_]+' | sort -u >"$dir/shown"
    while read -r name; do
        try "the dashboard shows a metric that exists: $name" grep grep -q "^# TYPE $name gauge" \
            "$dir/metrics.prom"
    done <"$dir/shown"
}

test_manuals() {
    for page in "$root"/build/man/*.[1-9]; do
        try "$(basename "$page") is correct roff" mandoc mandoc -T lint -W warning "$page"
    done
}

test_catalogs() {
    for catalog in "$root"/share/locale/*/LC_MESSAGES/*.po; do
        try "${catalog#"$root"/} is a correct catalog" msgfmt msgfmt -c -o "$dir/catalog.mo" "$catalog"
    done
}

test_catalogs
test_prometheus
test_icinga
test_systemd
test_junit
test_completions
test_dashboard
test_manuals
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
