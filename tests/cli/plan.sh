# shellcheck shell=sh
# plan.sh - the plan of a topology: formats, views, domains, files, what is refused
here=$(dirname "$0")
example=$(cd "$here/../.." && pwd)/share/contoso.yaml
# shellcheck source=/dev/null
. "$here/lib.sh"

same() { # FILE FILE
    cmp -s "$1" "$2"
}

lp plan -t "$example"
test_that "a plan for people" all status 0 -- shows "DNS records" -- shows "Certificates" -- shows "Ports"
lp plan -t "$example" -f json
test_that "as JSON" all status 0 -- \
    json '.schema == "lyncprobe/plan/1" and (.dns + .certificates + .ports | length) > 150' "$OUT"
lp plan -f json -t "$example" --view external contoso.example
test_that "one view, one domain" all status 0 -- \
    json 'all(.dns[]; .view == "external" and (.domain == null or .domain == "contoso.example"))' "$OUT"
lp plan -t "$example" CONTOSO.example. -f zone
test_that "a domain as people write it" all status 0 -- shows "\$ORIGIN contoso.example."
run sh -c "\"$LYNCPROBE\" plan -t - -f csr <\"$example\""
test_that "from standard input" all status 0 -- shows "subjectAltName = @names" -- shows "standard input:"
lp plan -t "$example" -f zone -o zone=z -o powershell=p -o csr=c
test_that "files beside standard output" all status 0 -- same z "$OUT" -- has p "Add-Dns" -- has c "DNS.1"
lp plan -t "$example" -q -o json=j
test_that "-q, and a file" all status 0 -- silent -- json '.domains | length == 3' j
lp plan -t "$example" --lang de -o zone=german
test_that "in German" all status 0 -- shows "Plan für" -- shows "Poster, DNS-Tabelle, Zeile 1"
test_that "files for machines are the same in every language" same z german
lp plan -t "$example" -f zone
cp "$OUT" once
lp plan -t "$example" -f zone
test_that "the same twice" same once "$OUT"

lp plan
test_that "no topology" all status 64 -- silent -- one_line -- says "plan needs a topology: -t FILE"
lp plan -t nowhere.yaml
test_that "no such file" all status 78 -- silent -- one_line -- says "nowhere.yaml"
echo "generation: lync2012" >wrong.yaml
lp plan -t wrong.yaml
test_that "a file with an error" all status 78 -- silent -- one_line -- says "wrong.yaml:1:"
lp plan -t "$example" litware.example
test_that "another domain" all status 78 -- silent -- one_line -- \
    says "litware.example is no SIP domain of"
lp plan -t "$example" -f record
test_that "a report's format" all status 64 -- silent -- one_line -- says "plan: no such format: record"
lp walk a.test -f zone
test_that "a plan's format" all status 64 -- silent -- one_line -- says "walk: no such format: zone"
lp a.test -t "$example"
test_that "a walk with a topology" all status 64 -- silent -- one_line -- says "walk takes no topology"
mkdir folder
lp plan -t "$example" -o zone=folder
test_that "a place that cannot be written" all status 3 -- one_line -- says "folder"
finish
