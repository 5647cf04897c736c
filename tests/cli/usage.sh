# shellcheck shell=sh
# usage.sh - help, version, wrong words: status 64, one line that names the word
here=$(dirname "$0")
# shellcheck source=/dev/null
. "$here/lib.sh"

lp --help
test_that "--help is the text that was agreed on" cmp "$here/help.txt" "$OUT"
test_that "--help succeeds" status 0
lp --help=all
test_that "--help=all names what --help leaves out" all status 0 -- shows --no-sandbox
lp --version
test_that "--version" all status 0 -- grep -qE '^lyncprobe [0-9.]+$' "$OUT"
if [ "$FLAVOUR" = obj ]; then
    traced -f -e trace=openat,clone,clone3,socket "$LYNCPROBE" --version
    if [ "$CODE" = 0 ]; then
        grep -vE 'ld\.so|\.so\.|ENOENT|exited' "$ERR" >"$OUT"
        test_that "--version opens nothing but its libraries" silent
    else
        skip "--version opens nothing but its libraries" "no strace, or it may not trace"
    fi
fi
lp
test_that "no word at all: the usage" all status 64 -- silent -- says "no domain given" -- says --help=all

# status 64, nothing on standard output, one harmless line with the text. $1: text, others: words
wrong() {
    text=$1
    shift
    lp "$@"
    test_that "wrong usage: $text" all status 64 -- silent -- one_line -- says "$text"
}
wrong "no such option: --tiemout; did you mean --timeout?" contoso.com --tiemout 5
wrong "--timeout: never is no time" contoso.com --timeout never
wrong "--format: no such format: yaml; did you mean" contoso.com -f yaml
wrong "--view: no such value: intern; did you mean internal?" contoso.com --view intern
wrong "@192.0.2.256 is no name server, such as @192.0.2.53" contoso.com @192.0.2.256
wrong "@ns.contoso.com: a name server is given by its address" contoso.com @ns.contoso.com
wrong "exlpain: neither a domain nor a command; did you mean explain?" exlpain LP-CERT-EXPIRED
wrong "contoso,com: not a domain: it has no dot; did you mean contoso.com?" \
    contoso,com
wrong "https://contoso.com/: not a domain" https://contoso.com/
wrong "no such finding: LP-CERT-EXPIRD; did you mean LP-CERT-EXPIRED?" explain LP-CERT-EXPIRD
wrong "no such list: client; did you mean clients?" list client
wrong "report needs one recording" report
wrong "No such file" -l nowhere
wrong "Is a directory" -l /
wrong "no domain in the list" -l /dev/null

# Hostile words do nothing but be refused, and reach no terminal as they are.
wrong "-rf: not a domain" -- -rf
wrong "not a domain" -- ../../etc/passwd
wrong "not a domain" -- 'a b.test'
# shellcheck disable=SC2016 # not to be expanded
wrong 'not a domain' -- '$(id).test'
# shellcheck disable=SC2016
wrong 'not a domain' -- '`id`.test'
wrong 'a\x1b[31m\x0ab.test' -- "$(printf 'a\033[31m\nb.test')"
wrong '\x9b31m.test' -- "$(printf '\23331m.test')"
wrong '\u{202e}' -- "$(printf '\342\200\256.test')"
wrong "longer than 63" -- "$(printf 'a%.0s' $(seq 64)).test"
wrong "not a domain" -- a..test
wrong "it is empty" -- ''
wrong 'no such option: --\x1b[31m' "--${ESC}[31m"
wrong '@\x1b[31m is no name server' a.test "@${ESC}[31m"
wrong '\x1b[31m is not HOST:PORT:ADDR' a.test --resolve "${ESC}[31m"
wrong 'no such finding: \x1b[31m' explain "${ESC}[31m"
wrong '\x1b[31m: No such file' -l "${ESC}[31m"

lp explain lp-cert-expired
test_that "explain finds an id in small letters" all status 0 -- shows LP-CERT-EXPIRED -- shows "How to mend it"
lp explain 1010
test_that "explain knows ms-diagnostics numbers" all status 0 -- shows "certificate trust" -- shows "MS-OCER"
lp explain 'ms-diagnostics: 4003;reason="x";source="sip.contoso.com"'
test_that "explain takes the header as it was copied" all status 0 -- shows "said by: sip.contoso.com"
lp explain not-checked
test_that "explain says what is not checked" all status 0 -- shows "The account" -- shows "DHCP"
lp explain --lang de LP-CERT-EXPIRED
test_that "explain in German" all status 0 -- shows "Das Zertifikat ist abgelaufen" -- shows "Von Hand prüfen"
run env LC_ALL=C "$LYNCPROBE" explain --lang de LP-CERT-EXPIRED
test_that "explain in German, in ASCII" all status 0 -- shows "Von Hand pruefen"
lp explain LP-CERT-EXPIRED
cp "$OUT" english
lp explain --lang en LP-CERT-EXPIRED
test_that "en is the language that needs no word" cmp english "$OUT"
run env LC_ALL=C.UTF-8 "$LYNCPROBE" report "$here/../cases/cert-expired.jsonl" --lang de -o json=de.json
test_that "a report in German" all status 2 -- shows "Das Zertifikat ist abgelaufen"
lp report "$here/../cases/cert-expired.jsonl" -f json
test_that "machines read English, whatever people read" cmp de.json "$OUT"
lp report "$here/../cases/cert-expired.jsonl" -q --lang de -o html=de.html
sed -n 's/.*base64,\([^"]*\)".*/\1/p' de.html | base64 -d >saved.json
test_that "a page in German saves the same" cmp de.json saved.json
wrong "--lang: no such language: xx; en and de are there" explain --lang xx LP-CERT-EXPIRED
wrong "init spricht nur Englisch" init contoso.com --lang de
wrong "no ms-diagnostics number that lyncprobe knows: 99;" explain 99
for what in clients steps roles ports probes facts findings; do
    lp list $what
    test_that "list $what" all status 0 -- test -s "$OUT"
done
finish
