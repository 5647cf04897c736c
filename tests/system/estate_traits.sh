# shellcheck shell=sh disable=SC2154,SC2034,SC2086
# estate_traits.sh - for the faults: more of what may stand in the place of the estate's servers
#
# The port of each trait is in its row; faults.sh names it.

# What Kamailio shows instead of the good certificate of the Edge: the port, the certificate.
trait_ports() {
    cat <<ROWS
10130 nameless
10131 starred
10132 pss
10133 future
10134 client-only
10135 soon
10136 aged
10137 changed
10138 company
10139 unlike
10140 backwards
10141 crossed
10142 many
ROWS
}

# A CA certificate whose time is over, for the key of another: OWNER NAME CA
old_ca() {
    printf 'basicConstraints = critical, CA:TRUE\n' >"$dir/ca/ext"
    : >"$dir/ca/index"
    openssl req -new -key "$dir/$1-key.pem" -subj "/CN=System Test $1" -out "$dir/ca/csr" &&
        openssl ca -batch -notext -config "$dir/ca/conf" -in "$dir/ca/csr" \
            -extfile "$dir/ca/ext" -cert "$dir/$3.pem" -keyfile "$dir/$3-key.pem" \
            -out "$dir/$2.pem" -startdate "$((year - 6))0101000000Z" \
            -enddate "$((year - 1))0101000000Z"
}

# Sent behind the certificate: NAME CA...
with_chain() {
    name=$1
    shift
    for ca; do cat "$dir/$ca.pem" >>"$dir/$name.pem"; done
}

many_names() {
    awk -v domain=$ESTATE 'BEGIN { for (i = 0; i < 400; i++) printf " h%d.%s", i, domain }'
}

trait_certificates() {
    next=$((year + 1))0101
    soon=$(date -d '+30 days' +%Y%m%d)
    cp "$dir/middle-key.pem" "$dir/aged-ca-key.pem"
    # shellcheck disable=SC2046 # names are words
    {
        intermediate upper root && intermediate lower upper && intermediate former root &&
            old_ca middle aged-ca root && old_ca root cross stranger
    } &&
        subject=/CN=access.$ESTATE issue nameless root "$now" "$later" &&
        issue starred root "$now" "$later" access.$ESTATE "*.$ESTATE" &&
        signing='-sigopt rsa_padding_mode:pss' estate_edge_certificate pss root "$now" "$later" &&
        signing='-md sha1' estate_edge_certificate sha1 root "$now" "$later" &&
        estate_edge_certificate future root "$next" "$later" &&
        usage=clientAuth estate_edge_certificate client-only root "$now" "$later" &&
        estate_edge_certificate soon root "$now" "$soon" &&
        estate_edge_certificate aged middle "$now" "$later" && with_chain aged aged-ca &&
        estate_edge_certificate changed middle "$now" "$later" && with_chain changed former &&
        estate_edge_certificate company private "$now" "$later" &&
        subject=/CN=edge.$ESTATE estate_edge_certificate unlike root "$now" "$later" &&
        estate_edge_certificate backwards lower "$now" "$later" &&
        with_chain backwards root stranger upper lower &&
        estate_edge_certificate crossed root "$now" "$later" && with_chain crossed cross &&
        estate_edge_certificate many root "$now" "$later" $(many_names) &&
        openssl ecparam -name prime256v1 -genkey -noout -out "$dir/ec.key" &&
        key=ec.key estate_edge_certificate ec root "$now" "$later"
}

# Kamailio's odd answers.
trait_route() {
    cat <<'ROUTE'
    if ($Rp == 10150) { sl_send_reply("200", "OK"); exit; }
    if ($Rp == 10151) { sl_send_reply("404", "Not Found"); exit; }
    if ($Rp == 10152) { sl_send_reply("100", "Trying"); }
ROUTE
}

trait_answers() {
    echo 10150 10151 10152
}

# XML, as clients ask for it: attributes of the root element, its content.
xml_document() {
    printf '<AutodiscoverResponse AccessLocation="External">%s</AutodiscoverResponse>' "$1"
}

# Odd sites of the reverse proxy (odd_site).
trait_sites() {
    xml='default_type text/xml;'
    odd_site 9020 'ssl_reject_handshake on;'
    odd_site 9021 'ssl_verify_client on;' "ssl_client_certificate $dir/root.pem;" \
        "location / { $(publishing) proxy_set_header Host \$host; }"
    odd_site 9022 "$xml" \
        "return 200 '<!DOCTYPE a [<!ENTITY b \"c\">]>$(xml_document '<Root/>')';"
    odd_site 9023 'default_type application/json;' \
        "return 200 '$(located External "$(link_json User https://web.fabrikam.example/user)")';"
    odd_site 9024 "$xml" "location / { return 200 '$(xml_document \
        "<Root><Link token=\"Domain\" href=\"https://webext.$ESTATE/domain\"/></Root>")'; }" \
        "location = /domain { return 200 '$(xml_document "<Domain>$(for side in Internal External; do
            printf '<SipClient%sAccess fqdn="gone.%s" port="443"/>' $side $ESTATE
        done)</Domain>")'; }"
    odd_site 9025 'return 302 https://www.fabrikam.example/;'
}

trait_servers() {
    sip_server sha1 $ACCESS:10143 sha1
    sip_server ec $ACCESS:10144 ec -key "$dir/ec.key"
    listening tcp $ACCESS:10143 $ACCESS:10144
}
