# shellcheck shell=sh disable=SC2086
# check.sh - in a lab that plays a topology: check, its exit statuses, report -t, waivers
here=$(dirname "$0")
# shellcheck source=/dev/null
. "$here/lib.sh"

# The lab's arguments are words: check -t FILE @SERVER ...
file_of() {
    echo "$3"
}
cp "$(file_of $LPLAB_ARGS_INSIDE)" t.yaml
rest_of() {
    shift 3
    echo "$@"
}
INSIDE=$(rest_of $LPLAB_ARGS_INSIDE)
OUTSIDE=$(rest_of $LPLAB_ARGS_OUTSIDE)

lp check -t t.yaml $INSIDE -f json -o record=in.jsonl -o text=in.txt
test_that "all is met, inside" all status 0 -- \
    json '.expectations | .unmet == 0 and .undecided == 0 and .met > 50' "$OUT" -- \
    has in.txt "EXPECTATIONS" -- json '.sentence | contains("expectations are met")' "$OUT"
cp "$OUT" in.json
test_that "each row has its source and line" \
    json 'all(.expectations.rows[];  (.source | length) > 0 and (.name | length) > 0)' in.json
test_that "what cannot be asked is listed with the reason" \
    json '[.expectations.rows[] | select(.state == "listed")] | length > 0 and all(.[]; .observed | length > 5)' in.json
lp check -t t.yaml $OUTSIDE -f json
test_that "all is met, outside" all status 0 -- json '.expectations.unmet == 0 and .view == "external"' "$OUT"
lp check -t t.yaml contoso.example $INSIDE -v
test_that "one domain, and every row with -v" all status 0 -- shows "cannot be asked" -- shows "listed"

lp report in.jsonl -t t.yaml -f json
test_that "a recording is judged as the run was" all status 0 -- cmp "$OUT" in.json -- test ! -s "$ERR"
lp report in.jsonl -f json
test_that "without the topology, a recording of a walk" all status 0 -- json '.expectations == null' "$OUT"
{ cat t.yaml; echo "# another one"; } >u.yaml
lp report in.jsonl -t u.yaml -f json
test_that "another topology is said, and judged" all status 0 -- one_line -- says "another topology" -- \
    json '.expectations.unmet == 0' "$OUT"

# ---- what is not met ----

lp check -t t.yaml $INSIDE --deny meet.contoso.example -f json
test_that "a record is missing" all status 2 -- json '.findings[0] | .id == "LP-DNS-RECORD-MISSING" and (.topology | test("t.yaml:[0-9]+")) and (.role | length) > 0' "$OUT" -- \
    json '.expectations.unmet == 1 and ([.expectations.rows[] | select(.state == "unmet")][0].finding == "LP-DNS-RECORD-MISSING")' "$OUT"
lp check -t t.yaml $INSIDE --deny meet.contoso.example
test_that "and the text says role and place" all status 2 -- shows "t.yaml:" -- shows "1 unmet"

waive() { # ID UNTIL
    sed '/^waivers:/,$d' t.yaml
    printf 'waivers:\n  - id: %s\n    subject: "meet.*"\n    reason: moved next week\n    until: %s\n' "$1" "$2"
}
waive LP-DNS-RECORD-MISSING 2199-01-01 >waived.yaml
lp check -t waived.yaml $INSIDE --deny meet.contoso.example -f json
test_that "waived: counted, and no trouble" all status 0 -- \
    json '.expectations | .waived == 1 and .findings_waived == 1 and .unmet == 0' "$OUT" -- \
    json '[.findings[] | select(.waiver.valid)][0] | .severity == "info" and .waiver.reason == "moved next week"' "$OUT"
lp check -t waived.yaml $INSIDE --deny meet.contoso.example
test_that "waived: shown with its end" all status 0 -- shows "until 1 Jan 2199: moved next week"
waive LP-DNS-RECORD-MISSING 2020-01-01 >over.yaml
lp check -t over.yaml $INSIDE --deny meet.contoso.example
test_that "a waiver that is over" all status 2 -- shows "ended on 1 Jan 2020: moved next week"

{ sed '/^thresholds:/,/^[a-z]/{/^thresholds:/d;/^ /d;}' t.yaml; echo "thresholds: {days-warning: 3650, days-critical: 1}"; } >days.yaml
lp check -t days.yaml $INSIDE -f json
test_that "thresholds of the file" all status 1 -- json '[.findings[].id] | any(. == "LP-CERT-EXPIRING")' "$OUT"

# ---- a certificate before it is installed ----

lp check -t t.yaml --certificate "$LPLAB_DIR/private-root.pem" --role front-end -f json -o record=paper.jsonl
mv "$OUT" paper.json
test_that "a certificate file is judged as its role's" all status 2 -- \
    json '.findings | map(.id) | index("LP-CERT-SAN-MISSING")' paper.json -- \
    json '.expectations | .unmet == 1 and (.rows | length) == 1' paper.json -- \
    json '.findings | all(.subject | test("private-root.pem$"))' paper.json
lp report paper.jsonl -t t.yaml -f json
test_that "its recording is judged the same" all status 2 -- cmp "$OUT" paper.json
lp check -t t.yaml --certificate "$LPLAB_DIR/private-root.pem" --role front-end
test_that "one sentence, and no walk" all status 2 -- shows "would not do as the front-end certificate" -- \
    sh -c "! grep -q WALK '$OUT'"
lp check -t t.yaml --certificate "$LPLAB_DIR/private-root.pem"
test_that "no name of it fits" all status 78 -- silent -- one_line -- says "say --role ROLE"
lp check -t t.yaml --certificate t.yaml
test_that "no certificate" all status 78 -- silent -- one_line -- says "t.yaml: no PEM certificate"
lp walk contoso.example --certificate t.yaml
test_that "a walk has no plan to judge it by" all status 64 -- silent -- one_line -- says "check -t FILE"

# ---- planned zones ----

lp plan -t t.yaml --view internal -f zone
mv "$OUT" planned.zone
lp check -t t.yaml $INSIDE --zone-file contoso.example:planned.zone -f json -o record=planned.jsonl
mv "$OUT" planned.json
test_that "the zone that the plan writes is as it should be; the host of the CRL is not in it" all status 1 -- \
    json '[.findings[] | select(.severity != "info") | .id] | unique == ["LP-CERT-CRL-UNREACHABLE"]' planned.json -- \
    json '.overridden and .expectations.unmet == 0' planned.json -- \
    grep -q '"from":"zone-file planned.zone"' planned.jsonl
lp report planned.jsonl -t t.yaml -f json
test_that "its recording is judged the same" all status 1 -- cmp "$OUT" planned.json
sed '/^meet IN/d' planned.zone >mistake.zone
lp check -t t.yaml $INSIDE --zone-file contoso.example:mistake.zone
test_that "a record that is forgotten, and the banner" all status 2 -- shows "LP-DNS-RECORD-MISSING" -- \
    shows "not what is live" -- shows "contoso.example:mistake.zone"
lp check -t t.yaml $INSIDE --zone-file contoso.example:mistake.zone --until-propagated --timeout 1
test_that "until propagated: what is old at the end" all status 2 -- shows "meet.contoso.example A at" -- \
    says "answers are not as planned yet"
lp check -t t.yaml $INSIDE --zone-file contoso.example:planned.zone --until-propagated --timeout 5
test_that "until propagated: it is" all status 0 -- shows "answers are as planned" -- test ! -s "$ERR"
lp check -t t.yaml $INSIDE --until-propagated --timeout 5
test_that "until propagated, by the topology" all status 0 -- shows "answers are as planned"
lp contoso.example $INSIDE --until-propagated
test_that "until propagated, without a plan" all status 64 -- silent -- one_line -- says "needs a plan"
lp check -t t.yaml $INSIDE --until-propagated -f json
test_that "until propagated is for people" all status 64 -- silent -- one_line -- says "writes text"
echo 'meet IN A 10.0.0.300' >>mistake.zone
lp check -t t.yaml $INSIDE --zone-file contoso.example:mistake.zone
test_that "a zone that cannot be read" all status 78 -- silent -- one_line -- \
    says "mistake.zone:$(wc -l <mistake.zone): "

# ---- maintenance, as a plugin ----

ln -s "$LYNCPROBE" check_lync
{ cat t.yaml; echo 'require: [{name: gone.contoso.example, view: internal}]'; } >gone.yaml
run ./check_lync --topology gone.yaml $INSIDE
test_that "check_lync: a name is missing" all status 2 -- shows "LYNC CRITICAL"
{ cat gone.yaml; echo "waivers: [{id: LP-DNS-RECORD-MISSING, subject: 'gone.*', reason: moved tonight, \
    from: $(date -u -d yesterday +%F), until: $(date -u -d tomorrow +%F)}]"; } >window.yaml
run ./check_lync --topology window.yaml $INSIDE -v
test_that "check_lync: within a maintenance window" all status 0 -- shows "LYNC OK" -- shows "(1 accepted)|" -- \
    shows "[ACCEPTED] LP-DNS-RECORD-MISSING gone.contoso.example A - moved tonight"
sed "s/from: .*, until: .*}/from: 2026-01-01, until: 2026-01-02}/" window.yaml >over.yaml
run ./check_lync --topology over.yaml $INSIDE
test_that "check_lync: after a maintenance window" all status 2 -- shows "LYNC CRITICAL"

# ---- what is refused ----

lp check -t t.yaml litware.invalid
test_that "a domain of others" all status 78 -- silent -- one_line -- says "litware.invalid is no SIP domain of"
lp check
test_that "no topology" all status 64 -- silent -- one_line -- says "check needs a topology: -t FILE"
lp check -t nowhere.yaml
test_that "no such file" all status 78 -- silent -- one_line -- says "nowhere.yaml"
sed 's/litware.invalid//; s/"domain":"contoso.example"/"domain":"fabrikam.invalid"/' in.jsonl >foreign.jsonl
lp report foreign.jsonl -t t.yaml
test_that "a recording of others" all status 78 -- silent -- one_line -- says "fabrikam.invalid is no SIP domain of"
finish
