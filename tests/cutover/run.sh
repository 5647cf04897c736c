#!/bin/sh
# run.sh - cutovers rehearsed in the lab: from an old pool to a new one, and to the cloud
#
# old.yaml is what is live, new.yaml the plan. The lab plays the first; the zone that the plan asks
# for is tried out against it with --zone-file, with two mistakes in it that must be found before
# the switch. Then the lab plays the second: the switch was made. So with hybrid.yaml, where some
# users are in the cloud, and cloud.yaml, where all are. The environment says LYNCPROBE, LPLAB and
# FLAVOUR_DIR. Where the lab cannot run, that is a counted skip.
set -u
here=$(cd "$(dirname "$0")" && pwd)
LYNCPROBE=$(realpath "${LYNCPROBE-build/lyncprobe}")
LPLAB=$(realpath "${LPLAB-build/lab/lplab}")
export LYNCPROBE LPLAB
zone=contoso.example

# $1: what, others: a command that tells
test_that() {
    what=$1
    shift
    if "$@" >told 2>&1; then
        echo "ok      $what"
        echo passed >>counts
    else
        echo "FAILED  $what: $*"
        head -n 5 told err
        echo failed >>counts
    fi
}

# $1: name of the output; others: arguments. The status is in code.
lp() {
    to=$1
    shift
    # shellcheck disable=SC2086 # the lab's arguments are words
    "$LYNCPROBE" "$@" @"$server" $roots --view "$view" >"$to" 2>err </dev/null
    code=$?
}

status() {
    [ "$code" = "$1" ]
}

# The findings that are more than a note and follow from no other, with their subjects.
troubles() {
    jq -r '.findings[] | select(.severity != "info" and .cause == null) | "\(.id) \(.subject)"' "$1" | sort
}

finds() {
    troubles "$1" >found
    printf '%s\n' "$2" | diff - found
}

# The host of the revocation lists, which no plan names. $1: recording
pki_of() {
    jq -r 'select(.key == "dns 0 A pki.contoso.example") | .facts.rrs[] | "pki IN A \(.address)"' "$1"
}

# ---- before the switch: the lab is old.yaml ----

before() {
    lp live.json check -t "$here/old.yaml" -f json -o record=before.jsonl
    test_that "what is live is as it should be" status 0
    test_that "... at the old pool" jq -e '.clients[0].endpoint | startswith("pool-old.")' live.json

    # The zone of the plan; what else is in the zone stays (here the host of the revocation lists).
    "$LYNCPROBE" plan -t "$plan" --view internal -f zone >planned.zone
    {
        echo "\$ORIGIN $zone."
        pki_of before.jsonl
    } >>planned.zone
    # Two mistakes: a target without its last dot, and a name that was forgotten.
    sed -e '/^_sipinternaltls/s/\.$//' -e '/^meet /d' planned.zone >mistakes.zone

    lp mistakes.json check -t "$plan" --zone-file "$zone:mistakes.zone" -f json
    test_that "two mistakes are found before the switch" status 2
    test_that "... these two, and nothing else" finds mistakes.json "LP-DNS-RECORD-MISSING meet.contoso.example A
LP-DNS-SRV-TARGET _sipinternaltls._tcp.contoso.example SRV"

    lp planned.json check -t "$plan" --zone-file "$zone:planned.zone" -f json -o record=planned.jsonl
    test_that "the mended plan is as it should be" status 0
    test_that "... every record of it, by the new pool" jq -e \
        '.verdict == "ok" and .expectations.unmet == 0 and (.clients[0].endpoint | startswith("pool-new."))' planned.json
    lp window.json check -t "$plan" --zone-file "$zone:planned.zone" --window 60 -f json
    test_that "which old answers outlive the switch, and until when" jq -e '.findings | map(select(.id == "LP-DNS-TTL-HIGH"))[0].observed
        | test("live 10.77.1.11, planned 10.77.1.12, 10.77.1.13; TTL 300 s.*lives until 20")' window.json

    "$LYNCPROBE" compare before.jsonl planned.jsonl >compared 2>err
    test_that "what changes for users" grep -q "lyncdiscoverinternal.*10.77.1.11.*10.77.1.12" compared
    lp waited check -t "$plan" --zone-file "$zone:planned.zone" --until-propagated --timeout 1
    test_that "nothing is propagated yet" status 2
    test_that "... and it is said what is old" grep -q "^  lyncdiscoverinternal.contoso.example A at" waited
}

# ---- after the switch: the lab is new.yaml ----

after() {
    lp waited check -t "$plan" --zone-file "$zone:planned.zone" --until-propagated --timeout 10
    test_that "the plan is propagated" status 0
    lp live.json check -t "$plan" -f json -o record=after.jsonl
    test_that "what is live is as planned" status 0
    "$LYNCPROBE" compare planned.jsonl after.jsonl >compared 2>err
    test_that "and nothing differs from what was rehearsed" status 0
}

# ---- to the cloud: the lab is hybrid.yaml, seen from outside ----

says() { # FILE PART OF THE SENTENCE
    jq -e --arg part "$2" '.sentence | contains($part)' "$1" >/dev/null
}

before_cloud() {
    lp live.json check -t "$here/hybrid.yaml" -f json -o record=hybrid.jsonl "$zone"
    test_that "hybrid: every record is on-premises, as it should be" status 0
    test_that "... at the Access Edge" jq -e '.clients[0].endpoint == "access.contoso.example:443"' live.json
    lp early.json check -t "$plan" -f json "$zone"
    test_that "against the plan nothing has moved yet" status 2
    test_that "... neither of the four" finds early.json "LP-DNS-ADDRESS lyncdiscover.contoso.example A
LP-DNS-ADDRESS sip.contoso.example A
LP-DNS-SRV-TARGET _sip._tls.contoso.example SRV
LP-DNS-SRV-TARGET _sipfederationtls._tcp.contoso.example SRV"

    "$LYNCPROBE" plan -t "$plan" --view external -f zone "$zone" >cloud.zone
    pki_of hybrid.jsonl >>cloud.zone
    test_that "the plan is the four records" grep -q '^_sipfederationtls._tcp IN SRV 100 1 5061 sipfed.online.lync.com.$' cloud.zone
    # A mistake: the federation record is forgotten, and stays as it was.
    sed 's/^_sipfederationtls.*/_sipfederationtls._tcp IN SRV 0 0 5061 access/' cloud.zone >forgotten.zone
    echo "access IN A 203.0.113.10" >>forgotten.zone
    lp forgotten.json check -t "$plan" --zone-file "$zone:forgotten.zone" -f json "$zone"
    test_that "a forgotten record is found before the switch" finds forgotten.json "LP-CLOUD-MIXED contoso.example"
    lp planned.json check -t "$plan" --zone-file "$zone:cloud.zone" -f json -o record=cloud-planned.jsonl "$zone"
    test_that "the mended plan is as it should be" status 0
    test_that "... at the cloud" jq -e '.clients[0].endpoint == "sipdir.online.lync.com:443"' planned.json
    "$LYNCPROBE" compare hybrid.jsonl cloud-planned.jsonl -f json >compared.json 2>err
    test_that "what the switch will do" says compared.json "live on-premises, planned in the cloud"
}

after_cloud() {
    lp live.json check -t "$plan" -f json -o record=cloud.jsonl "$zone"
    test_that "in the cloud: what is live is as planned" status 0
    "$LYNCPROBE" compare hybrid.jsonl cloud.jsonl -f json >compared.json 2>err
    test_that "what the switch did" says compared.json "contoso.example: moved to the cloud; nothing is broken after"
}

if [ $# = 1 ]; then
    server=$LPLAB_INSIDE view=internal plan=$here/new.yaml
    case $1 in *_cloud) server=$LPLAB_OUTSIDE view=external plan=$here/cloud.yaml ;; esac
    roots="--cacert $LPLAB_DIR/private-root.pem --public-cacert $LPLAB_DIR/public-root.pem"
    "$1"
    exit 0
fi

folder=${FLAVOUR_DIR-build/obj}/cutover
rm -rf "$folder"
mkdir -p "$folder"
cd "$folder" || exit 1
: >counts
for phase in before:old after:new before_cloud:hybrid after_cloud:cloud; do
    "$LPLAB" --topology "$here/${phase#*:}.yaml" -- sh "$here/run.sh" "${phase%:*}"
    case $? in
    0) ;;
    77) echo "skipped: the lab cannot run here" && echo skipped >>counts ;;
    *) echo failed >>counts ;;
    esac
done
count() { grep -c "^$1\$" counts; }
echo "$(count passed) passed, $(count failed) failed, $(count skipped) skipped"
[ "$(count failed)" = 0 ]
