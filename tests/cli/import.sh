# shellcheck shell=sh
# import.sh - topology documents: what the command says, and that hostile ones cost little
here=$(dirname "$0")
data=$here/../data/topology
# shellcheck source=/dev/null
. "$here/lib.sh"

for name in two-pools.tbxml:two-pools standard-utf16.xml:standard branch.xml:branch; do
    lp import "$data/${name%:*}"
    test_that "import ${name%:*}" all status 0 -- cmp "$OUT" "$data/${name#*:}.yaml" -- test ! -s "$ERR"
done
run sh -c "\"$LYNCPROBE\" import - <\"$data/branch.xml\""
test_that "from standard input" all status 0 -- cmp "$OUT" "$data/branch.yaml"

# status 78, nothing on standard output, one line with the place. $1: text, $2: file
bad() {
    lp import "$2"
    test_that "bad document: $1" all status 78 -- silent -- one_line -- says "$1"
}
lp import
test_that "no file" all status 64 -- one_line -- says "import needs one topology document"
lp import a b
test_that "two files" all status 64 -- one_line
bad "nowhere: No such file or directory" nowhere
bad "/: Is a directory" /
: >empty
bad "empty:1: the document is cut off here" empty
echo '<html/>' >page
bad "page:1: no topology: the root element is html" page
head -c 3000 "$data/branch.xml" >short
bad "short:51: the document is cut off here" short
printf '<!DOCTYPE a [<!ENTITY b "c">]>\n<Topology/>' >dtd
bad "dtd:1: a document type (DTD), which no topology has, is not read" dtd
echo '<Topology/>' >hollow
bad "hollow: no SIP domain" hollow
printf '<\033[31m/>' >"$(printf 'a\033[31m')"
bad ":1: not well-formed" "$(printf 'a\033[31m')"

# 50 MiB of what is well-formed until then. $1: name, $2: beginning, $3: again and again
large() {
    { printf '%s' "$2"; yes "$3" | head -c 52428800; } >"$1"
}
large ports "<Topology><Services><Service><Ports>" "<Port Owner='urn:component:AccessEdge' Usage='SipClient' InterfaceSide='External' InterfaceNumber='1' Port='443' Protocol='Tls' UrlPath='/' AuthorizesRequests='false' ConfiguredFqdn='access.contoso.example'/>"
large blank "<Topology>" "                                                            "
large comment "<Topology><!--" "comment"
# Little memory: sanitizers and gcov want more than that for themselves.
LIMIT=
[ "$FLAVOUR" = obj ] && LIMIT="ulimit -v 250000;"
for name in ports:32 blank:32 comment:1; do
    file=${name%:*}
    # shellcheck disable=SC2016 # expanded inside
    run timeout 60 sh -c "$LIMIT"' exec "$LYNCPROBE" import "$1"' - "$file"
    test_that "50 MiB: $file" all status 78 -- silent -- one_line -- says "${name#*:}"
    rm "$file"
done
finish
