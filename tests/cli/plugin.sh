# shellcheck shell=sh
# plugin.sh - check_lync: one line on standard output whatever happens, and statuses 0 to 3
here=$(dirname "$0")
# shellcheck source=/dev/null
. "$here/lib.sh"

ln -s "$LYNCPROBE" check_lync

plugin() {
    run ./check_lync "$@"
}

# $1: text of the one line; others: words
unknown() {
    text=$1
    shift
    plugin "$@"
    test_that "check_lync $*: UNKNOWN with one line" all status 3 -- shows "$text" -- \
        test "$(wc -l <"$OUT")" = 1 -- test ! -s "$ERR"
}

for option in -h --help; do
    plugin $option
    test_that "check_lync $option" all status 3 -- shows "Usage: check_lync -H DOMAIN" -- test ! -s "$ERR"
    test_that "check_lync $option fits 80 columns" sh -c "! grep -q '.\{81\}' '$OUT'"
done
plugin -V
test_that "check_lync -V" all status 3 -- shows "lyncprobe "
unknown "LYNC UNKNOWN - no domain given: -H DOMAIN"
unknown "LYNC UNKNOWN - no such option: --nonsense" -H contoso.example --nonsense
unknown "LYNC UNKNOWN - --hostname needs a value" -H
unknown "did you mean --threshold time=30" -H contoso.example -w 30
unknown "did you mean 30:?" -H contoso.example --threshold cert_days_min=30
unknown "no such metric: tme; did you mean time?" -H contoso.example --threshold tme=3
unknown "14,45 is no number of days" -H contoso.example -C 14,45
unknown "not a domain" -H contoso..example
# Nothing listens on the discard port of this machine.
unknown "LYNC UNKNOWN - contoso.example " -H contoso.example @127.0.0.1:9 -t 1
plugin -H contoso.example @127.0.0.1:9 -t 1
test_that "the line has performance data" sh -c "grep -qE '\|time=[0-9.]+s;;;0;1.000 ' '$OUT'"
plugin -H contoso.example @127.0.0.1:9 -t 1 -v
test_that "-v: the findings below the line" all status 3 -- shows "[CRITICAL] LP-"
plugin -H contoso.example @127.0.0.1:9 -t 1 --fail-on never
test_that "--fail-on never: the line says it, the status does not" all status 0 -- \
    shows "LYNC UNKNOWN - "
plugin -H contoso.example -H fabrikam.example @127.0.0.1:9 -t 1
test_that "two domains: a line each" test "$(grep -c '^LYNC UNKNOWN - ' "$OUT")" = 2
finish
