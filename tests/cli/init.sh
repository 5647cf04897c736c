# shellcheck shell=sh
# init.sh - in the lab: a walk becomes a topology file, and a check against it finds nothing to object
# to in what the walk has seen
here=$(dirname "$0")
# shellcheck source=/dev/null
. "$here/lib.sh"

# shellcheck disable=SC2086 # the lab's arguments are words
lp init $LPLAB_ARGS_INSIDE -o record=in.jsonl
test_that "inside: the pool, its web host, its release" all status 0 -- test ! -s "$ERR" -- shows "  - fqdn: pool.contoso.example" -- shows "    web: {internal: webint.contoso.example}" -- shows "generation: sfb2015" -- shows "# private-roots: ["
cp "$OUT" inside.yaml
# shellcheck disable=SC2086
lp init $LPLAB_ARGS_OUTSIDE
test_that "outside: the Edge and the proxy" all status 0 -- shows "  - access: {fqdn: access.contoso.example, addresses: [203.0.113.10" -- shows "    publishes: [webext.contoso.example]" -- shows "  federation: on"
cp "$OUT" outside.yaml
# shellcheck disable=SC2086
lp check -t outside.yaml $LPLAB_ARGS_OUTSIDE -f json
test_that "a check against it, outside" all status 0 -- json '.verdict == "ok"' "$OUT"
# Ports of the pool that no walk asks for are another matter.
# shellcheck disable=SC2086
lp check -t inside.yaml $LPLAB_ARGS_INSIDE -f json
test_that "a check against it, inside" json '[.findings[] | select(.severity == "critical" and .id != "LP-PORT-CLOSED")] == [] and .clients[0].outcome == "signs-in"' "$OUT"
lp report in.jsonl -f topology
test_that "report gives the same of a recording" cmp "$OUT" inside.yaml
# shellcheck disable=SC2086
lp init $LPLAB_ARGS_INSIDE --deny _sipinternaltls._tcp.contoso.example --deny sip.contoso.example
test_that "a walk with trouble is written down, too" all status 0 -- shows "# No record leads to a pool."
# shellcheck disable=SC2086
lp init $LPLAB_ARGS_INSIDE -f json
test_that "another format" all status 64 -- silent -- one_line -- says "-o json=FILE"
lp init
test_that "no domain" all status 64 -- silent -- one_line -- says "init needs one domain"
lp init a.test b.test
test_that "two domains" all status 64 -- silent -- one_line
lp init contoso.example @inside="$LPLAB_INSIDE" @outside="$LPLAB_OUTSIDE"
test_that "two views" all status 64 -- silent -- one_line -- says "from one side"
lp init contoso.example @192.0.2.1 --timeout 0.5
test_that "nobody answers" all status 3 -- shows "# No server said its release"
finish
