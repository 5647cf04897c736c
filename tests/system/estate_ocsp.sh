# shellcheck shell=sh disable=SC2154,SC2034
# estate_ocsp.sh - for the faults: openssl's OCSP responder (behind nginx, so that it has an address
# of its own), and answers that servers staple

# asked and stray name no list; caught and struck are revoked, and on no list.
estate_ocsp_certificates() {
    crl=http://pki.$ESTATE/root.crl
    ocsp=$RESPONDER estate_edge_certificate caught root "$now" "$later" &&
        estate_edge_certificate struck root "$now" "$later" &&
        crl='' usage=OCSPSigning issue responder root "$now" "$later" "ocsp.$ESTATE" || return
    for name in asked stray; do
        crl='' ocsp=$RESPONDER estate_edge_certificate $name root "$now" "$later" || return
    done
    {
        for name in edge proxy asked; do known V $name; done
        for name in caught struck; do known R $name; done
    } >"$dir/ocsp.index" && staple proxy && staple struck
}

# A line of openssl's index of certificates. The responder knows no other one.
known() { # V or R, CERTIFICATE
    ends=$(openssl x509 -in "$dir/$2.pem" -noout -enddate)
    number=$(openssl x509 -in "$dir/$2.pem" -noout -serial)
    revoked=
    [ "$1" = V ] || revoked=$(date -u -d yesterday +%y%m%d%H%M%SZ),keyCompromise
    printf '%s\t%s\t%s\t%s\tunknown\t/CN=%s\n' "$1" "$(date -u -d "${ends#*=}" +%y%m%d%H%M%SZ)" \
        "$revoked" "${number#*=}" "$2"
}

answering() { # OPTION...: as the responder does
    openssl ocsp -index "$dir/ocsp.index" -CA "$dir/root.pem" -rsigner "$dir/responder.pem" \
        -rkey "$dir/key.pem" -ndays 7 "$@"
}

staple() { # CERTIFICATE: makes CERTIFICATE.ocsp
    answering -issuer "$dir/root.pem" -cert "$dir/$1.pem" -no_nonce -respout "$dir/$1.ocsp"
}

estate_ocsp() {
    serve ocsp openssl ocsp -index "$dir/ocsp.index" -CA "$dir/root.pem" \
        -rsigner "$dir/responder.pem" -rkey "$dir/key.pem" -ndays 7 -port 10081
    tries=0
    until openssl ocsp -issuer "$dir/root.pem" -cert "$dir/edge.pem" -CAfile "$dir/root.pem" \
        -url http://127.0.0.1:10081/ >"$dir/ocsp-asked.log" 2>&1; do
        tries=$((tries + 1))
        [ $tries -lt 100 ] && continue
        verdict 1 "the OCSP responder does not answer"
        cat "$dir/ocsp.log" "$dir/ocsp-asked.log"
        return 1
    done
}
