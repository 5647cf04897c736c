# shellcheck shell=sh disable=SC2154,SC2034,SC2086
# estate_servers.sh - for the faults: nginx, Kamailio and the others of the estate

# ---- web ----

located() { # Internal or External, links
    printf '{"AccessLocation":"%s","Root":{"Links":[%s]}}' "$1" "$2"
}

# The web services of a site, behind which nobody is signed in.
web_services() { # Internal or External, host
    base=https://$2$ROOT
    cat <<SITE
        default_type application/json;
        location = / { return 200 '$(located "$1" "$(link_json Redirect "$base")")'; }
        location $ROOT {
            return 200 '$(located "$1" "$(link_json User "$base/user")")';
        }
        location $ROOT/user {
            add_header X-MS-WebTicketURL https://\$host/WebTicket/WebTicketService.svc always;
            add_header WWW-Authenticate NTLM always;
            return 401;
        }
        location /meet { default_type text/html; return 200 '<html>meeting</html>'; }
        location /dialin { default_type text/html; return 200 '<html>dial-in</html>'; }
        location /cscp { return 401; }
        location /abs { return 401; }
        location /GroupExpansion/ { return 401; }
        location /CertProv/ { return 401; }
        location /WebTicket/ { return 401; }
        location /ucwa/ { return 401; }
        location /Reach/ { return 401; }
SITE
}

tls_site() { # CERTIFICATE
    printf '        ssl_certificate %s;\n        ssl_certificate_key %s;\n' "$dir/$1.pem" \
        "$dir/key.pem"
}

# A reverse proxy's port with one trait: https at PORT, http at PORT + 100. Each line is nginx's.
odd_site() { # PORT LINE...
    port=$1
    shift
    printf "    server { listen %s:%d ssl; listen %s:%d;\n" $PROXY "$port" $PROXY \
        $((port + 100))
    tls_site proxy
    printf '        %s\n' "$@"
    printf '    }\n'
}

# What the reverse proxy hands on, and to whom.
publishing() {
    echo "proxy_pass https://$FE1:4443;"
    echo "proxy_ssl_verify off;"
}

# What a document is enough for. $1: "wopi" or "federation"
estate_document() {
    if [ "$1" = federation ]; then
        echo '<EntityDescriptor entityID="sts" xmlns="urn:oasis:names:tc:SAML:2.0:metadata"/>'
        return
    fi
    printf '<wopi-discovery><net-zone name="internal-https"><app name="PowerPoint">'
    for action in view present attend; do
        printf '<action name="%s" ext="pptx" urlsrc="https://wac.%s/p/"/>' $action $ESTATE
    done
    printf '</app></net-zone></wopi-discovery>'
}

# A server with one document; nothing else is there. Lines of the site may follow.
document_site() { # ADDRESS:PORT CERTIFICATE PATH DOCUMENT [LINE]...
    printf '    server { listen %s ssl;\n' "$1"
    tls_site "$2"
    printf '        location = %s { default_type text/xml; return 200 '"'%s'"'; }\n' "$3" "$4"
    shift 4
    printf '        %s\n' 'location / { return 404; }' "$@"
    printf '    }\n'
}

estate_documents() {
    metadata=/FederationMetadata/2007-06/FederationMetadata.xml
    page='location /adfs/ls/ { return 200; }'
    document_site 10.90.1.35:443 wac /hosting/discovery "$(estate_document wopi)"
    document_site 10.90.1.35:9001 wac /hosting/discovery '<html></html>'
    document_site 10.90.1.36:443 sts $metadata "$(estate_document federation)" "$page"
    document_site $SIGN_ON:443 sign-on $metadata "$(estate_document federation)" "$page"
    document_site $SIGN_ON:9001 sign-on /nothing '' "$page"
    cat <<SITE
    server { listen 10.90.1.34:443 ssl; $(tls_site sba)
        location /CertProv/ { return 401; }
    }
SITE
}

estate_sites() {
    estate_documents
    # Front End Servers: the internal site on 443, the external one on 4443; only names of its own.
    for address in $FE1 $FE2; do
        cat <<SITE
    server { listen $address:80; listen $address:8080; return 302 https://\$host\$request_uri; }
    server { listen $address:443 ssl; $(tls_site pool)
$(web_services Internal webint.$ESTATE)
    }
    server { listen $address:4443 ssl default_server; $(tls_site pool)
        return 404;
    }
    server { listen $address:4443 ssl; $(tls_site pool)
        server_name webext.$ESTATE lyncdiscover.$ESTATE meet.$ESTATE dialin.$ESTATE;
$(web_services External webext.$ESTATE)
    }
SITE
    done
    cat <<SITE
    server { listen $PROXY:80; return 302 https://\$host\$request_uri; }
    server { listen $LISTS:80; listen $LISTS_INSIDE:80; root $dir/lists; }
    server { listen $OCSP:80; location / { proxy_pass http://127.0.0.1:10081; } }
    server { listen $PROXY:443 ssl; $(tls_site proxy)
        ssl_stapling on; ssl_stapling_file $dir/proxy.ocsp;
        location / { $(publishing) proxy_set_header Host \$host; }
    }
SITE
    # What else may be found behind the Access Edge's address: a web server, plain and with TLS.
    cat <<SITE
    server { listen $ACCESS:10023; listen $ACCESS:10024 ssl; $(tls_site edge)
        return 400;
    }
SITE
    odd_site 9001 'return 503;'
    odd_site 9002 'root /usr/share/nginx/html;'
    # shellcheck disable=SC2016 # nginx's variables
    odd_site 9003 'return 302 https://$host/;'
    odd_site 9004 "$(web_services Internal webext.$ESTATE)"
    odd_site 9005 'location /meet { return 500; }' \
        "location / { $(publishing) proxy_set_header Host \$host; }"
    odd_site 9006 "location / { $(publishing) }"
    odd_site 9007 'return 444;'
    trait_sites
    # the internal web site in place of the external one; another Host
    # shellcheck disable=SC2016 # nginx's variables
    odd_site 9009 "proxy_ssl_verify off; proxy_set_header Host \$host;" \
        "location / { proxy_pass https://$FE1:443; }"
    odd_site 9010 "proxy_ssl_verify off; proxy_set_header Host pool.$ESTATE;" \
        "location / { proxy_pass https://$FE1:4443; }"
    cp "$dir/proxy.pem" "$dir/lyncdiscover.$ESTATE.pem"
    cp "$dir/proxy.pem" "$dir/webext.$ESTATE.pem"
    cat <<SITE
    server { listen $PROXY:9008 ssl;
        ssl_certificate $dir/\$ssl_server_name.pem;
        ssl_certificate_key $dir/key.pem;
        location / { $(publishing) proxy_set_header Host \$host; }
    }
SITE
}

estate_web() {
    cat >"$dir/nginx.conf" <<CONF
user root;
worker_processes 1;
pid $dir/nginx.pid;
error_log $dir/nginx.error;
events { }
http {
    access_log off;
    client_body_temp_path $dir/tmp-body;
    proxy_temp_path $dir/tmp-proxy;
    fastcgi_temp_path $dir/tmp-fastcgi;
    uwsgi_temp_path $dir/tmp-uwsgi;
    scgi_temp_path $dir/tmp-scgi;
$(estate_sites)
}
CONF
    serve nginx nginx -e "$dir/nginx.error" -c "$dir/nginx.conf" -g 'daemon off;'
    listening tcp $PROXY:80 $PROXY:443 $FE1:443
}

# ---- SIP ----

MUTUAL_PORTS='444 5062 5064 5065 5067 5071 5072 5073 5075 5086 5087 8057 50001 50002 50003'

# Certificate, address and port of what speaks SIP beside Edge and Front End Servers.
estate_sip_servers() {
    cat <<ROWS
med 10.90.1.31 5067
med 10.90.1.31 5070
chat 10.90.1.32 5061
um 10.90.1.33 5061
sba 10.90.1.34 5061
ROWS
}

estate_tls() {
    kamailio_tls default edge
    kamailio_tls $ACCESS:5061 edge 'verify_certificate = yes' 'require_certificate = yes' \
        "ca_list = $dir/root.pem"
    for address in $FE1 $FE2; do
        for port in 5061 10009 $MUTUAL_PORTS; do
            certificate=pool
            [ "$port" = 10009 ] && certificate=pool2
            kamailio_tls "$address:$port" $certificate
        done
    done
    odd_certificates | while read -r port name; do kamailio_tls $ACCESS:"$port" "$name"; done
    estate_sip_servers | while read -r name address port; do
        kamailio_tls "$address:$port" "$name"
    done
}

# $Rp is the port that was asked: 10010 and on are the Edge's odd answers.
estate_route() {
    # shellcheck disable=SC2016 # Kamailio's variables
    realm='realm=\"SIP Communications Service\", targetname=\"$var(target)\", version=4'
    trust='1010;reason=\"Certificate trust with another server could not be established\"'
    trust="$trust;tls-target=\\\"fe1.$ESTATE\\\";source=\\\"access.$ESTATE\\\""
    late=$(TZ=GMT date -d '1 hour ago' '+%a, %d %b %Y %T GMT')
    sts=https://gone.$ESTATE/CertProv/CertProvisioningService.svc
    cat <<ROUTE
request_route {
    if (\$Rp == 10010) { sl_send_reply("503", "Service Unavailable"); exit; }
    if (\$Rp == 10011) { exit; }
    if (\$Rp == 10012) {
        append_to_reply("WWW-Authenticate: Digest realm=\"adatum.example\", nonce=\"1\"\r\n");
        sl_send_reply("401", "Unauthorized");
        exit;
    }
    if (\$Rp == 10017) {
        append_to_reply("ms-diagnostics: $trust\r\n");
        sl_send_reply("504", "Server time-out");
        exit;
    }
    \$var(target) = "pool.$ESTATE";
    if (\$Ri == "10.90.1.34") { \$var(target) = "sba.$ESTATE"; }
    if (\$Rp == 10016) { \$var(target) = "fe9.other.example"; }
    if (\$Rp == 10013) { append_to_reply("Date: $late\r\n"); }
$(trait_route)
    append_to_reply("WWW-Authenticate: NTLM $realm\r\n");
    if (\$Rp == 10014) {
        append_to_reply("WWW-Authenticate: TLS-DSK $realm, sts-uri=\"$sts\"\r\n");
    }
    sl_send_reply("401", "Unauthorized");
}
ROUTE
}

estate_sip() {
    estate_tls >"$dir/kamailio-tls.cfg"
    {
        # One process for all connections: with more, Kamailio 5.6 frees OpenSSL's memory twice.
        printf 'debug=1\nlog_stderror=yes\nchildren=1\ntcp_children=1\nenable_tls=yes\n'
        printf 'server_header="Server: RTC/5.0"\n'
        for port in 443 5061 $(odd_certificates | cut -d ' ' -f 1) 10010 10011 10012 10013 10014 \
            10016 10017 $(trait_answers); do
            echo "listen=tls:$ACCESS:$port"
        done
        for port in 5061 10009 $MUTUAL_PORTS; do
            printf 'listen=tls:%s:%s\n' $FE1 "$port" $FE2 "$port"
        done
        estate_sip_servers | sed 's/^[a-z]* \([^ ]*\) /listen=tls:\1:/'
        printf 'loadmodule "%s.so"\n' tls sl pv textops
        printf 'modparam("tls", "config", "%s")\n' "$dir/kamailio-tls.cfg"
        estate_route
    } >"$dir/kamailio.cfg"
    mkdir -p "$dir/kamailio"
    start_sip
}

start_sip() {
    serve kamailio kamailio -DD -E -f "$dir/kamailio.cfg" -P "$dir/kamailio/pid" -Y "$dir/kamailio"
    sip_pid=$!
    listening tcp $ACCESS:443 $ACCESS:10014 $FE2:50003 && shakes_hands $ACCESS:10014
}

# ---- the others ----

estate_others() {
    cp "$dir/edge.pem" "$dir/adatum.pem"
    disabled='"c2s"; "offline"; "posix"; "s2s_auth_certs"'
    prosody_server good $ACCESS <<LUA || return
modules_disabled = { $disabled }
s2s_require_encryption = true
$(prosody_host adatum)
LUA
    xmpp_pid=$!
    prosody_server clear $RELAY <<LUA || return
modules_disabled = { $disabled; "tls" }
s2s_require_encryption = false
$(prosody_host adatum)
LUA
    serve meetings openssl s_server -quiet -accept $MEETINGS:443 -cert "$dir/edge.pem" \
        -key "$dir/key.pem"
    sip_server old $ACCESS:10021 edge -tls1
    sip_server weak $ACCESS:10022 weak -key "$dir/weak.key"
    trait_servers || return
    cp "$dir/edge.pem" "$dir/mtls.pem"
    coturn_server udp $RELAY -p 3478 --no-tls --no-dtls --no-tcp
    coturn_server tcp $RELAY -p 443 --no-tls --no-dtls --no-udp
    sip_server struck $ACCESS:10034 struck -status_file "$dir/struck.ocsp"
    sip_server exchanged $ACCESS:10035 edge -status_file "$dir/proxy.ocsp"
    listening tcp $RELAY:443 $MEETINGS:443 $ACCESS:10021 $ACCESS:10022 $ACCESS:10035 && listening udp $RELAY:3478
}
