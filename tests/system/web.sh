# shellcheck shell=sh disable=SC2154
# web.sh - system tests: Autodiscover from nginx

ROOT=/Autodiscover/AutodiscoverService.svc/root
# Each has one trait; healthy otherwise.
WEB_DOMAINS='contoso json hal gone shut welcome loop packed big chunks'

web_names() {
    echo webext.contoso.example pki.contoso.example
    for name in $WEB_DOMAINS $TLS_DOMAINS $MEDIA_DOMAINS $(host_domains); do
        echo "lyncdiscover.$name.example"
    done
}

web_zones() {
    zone contoso.example <<ZONE
lyncdiscover A $WEB
lyncdiscover AAAA 2001:db8:20::20
webext A $WEB
sip CNAME access
_sip._tls SRV 0 0 443 access
access A $EDGE
pki A $WEB
ZONE
    for name in $WEB_DOMAINS; do
        [ "$name" = contoso ] && continue
        zone "$name.example" <<ZONE
lyncdiscover A $WEB
_sip._tls SRV 0 0 443 sip
sip A $EDGE
ZONE
    done
}

# ---- documents ----

page() { # SCHEME HOST PATH FORM: a file that nginx serves, from stdin
    mkdir -p "$(dirname "$dir/www/$1/$2$3")"
    cat >"$dir/www/$1/$2$3.$4"
}

xml() { # KIND INSIDE
    printf '<?xml version="1.0" encoding="utf-8"?><AutodiscoverResponse '
    printf 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" AccessLocation="External">'
    printf '<%s>%s</%s></AutodiscoverResponse>' "$1" "$2" "$1"
}

json() { # KIND LINKS
    printf '{"AccessLocation":"External","%s":{"Links":[%s]}}' "$1" "$2"
}

link() { # TOKEN URL, as XML
    printf '<Link token="%s" href="%s"/>' "$1" "$2"
}

link_json() { # TOKEN URL
    printf '{"href":"%s","token":"%s"}' "$2" "$1" | sed 's|/|\\/|g'
}

healthy_pages() {
    base=https://webext.contoso.example$ROOT
    xml Root "$(link Redirect "$base")" | page http lyncdiscover.contoso.example /index xml
    json Root "$(link_json Redirect "$base")" | page http lyncdiscover.contoso.example /index json
    xml Root "$(link Domain "$base/domain")$(link User "$base/user")$(link Self "$base")" |
        page https webext.contoso.example "$ROOT" xml
    json Root "$(link_json User "$base/user")" | page https webext.contoso.example "$ROOT" json
    in='<SipClientInternalAccess fqdn="pool.contoso.example" port="5061"/>'
    out='<SipClientExternalAccess fqdn="access.contoso.example" port="443"/>'
    xml Domain "$in$out$(link External/Autodiscover "$base")" |
        page https webext.contoso.example "$ROOT/domain" xml
}

plain_pages() { # NAME: a root with nothing that leads elsewhere
    self=https://lyncdiscover.$1.example$ROOT
    xml Root "$(link Self "$self")" | page https "lyncdiscover.$1.example" /index xml
    xml Root "$(link Redirect "$self")" | page http "lyncdiscover.$1.example" /index xml
    xml Root "$(link Self "$self")" | page https "lyncdiscover.$1.example" "$ROOT" xml
}

odd_pages() {
    for scheme in http https; do
        rm -f "$dir/www/$scheme"/lyncdiscover.json.example/*.xml
        json Root "$(link_json Self "https://lyncdiscover.json.example$ROOT")" |
            page $scheme lyncdiscover.json.example /index json
        rm -f "$dir/www/$scheme"/lyncdiscover.hal.example/*.xml
        printf '{"_links":{"self":{"href":"https://lyncdiscover.hal.example%s"}}}' "$ROOT" |
            page $scheme lyncdiscover.hal.example /index json
        gzip -c "$dir/www/$scheme/lyncdiscover.packed.example/index.xml" |
            page $scheme lyncdiscover.packed.example /index xml.gz
        { xml Root "$(link Self "https://lyncdiscover.big.example$ROOT")" &&
            printf '<!--%300000s-->' x; } | page $scheme lyncdiscover.big.example /index xml
    done
}

# ---- sites ----

site() { # HOST LINES: both schemes
    cat <<SITE
    server {
        listen $WEB:80;
        listen $WEB:443 ssl;
        server_name $1;
        $2
    }
SITE
}

web_sites() {
    healthy_pages
    for name in $WEB_DOMAINS $TLS_DOMAINS $MEDIA_DOMAINS; do
        [ "$name" = contoso ] || plain_pages "$name"
    done
    odd_pages
    cat <<SITES
    types {
        application/vnd.microsoft.rtc.autodiscover+xml xml;
        application/json json;
    }
    map \$http_accept \$form {
        default json;
        "~autodiscover[+]xml" xml;
    }
    map \$uri \$page {
        default \$uri;
        / /index;
    }
    server {
        listen $WEB:80 default_server;
        listen $WEB:443 ssl default_server;
        listen [2001:db8:20::20]:80;
        listen [2001:db8:20::20]:443 ssl;
        location / {
            try_files /\$scheme/\$host\$page.\$form /\$scheme/\$host\$page.json =404;
        }
        location $ROOT/user {
            add_header X-MS-WebTicketURL https://\$host/WebTicket/WebTicketService.svc always;
            add_header WWW-Authenticate NTLM always;
            return 401;
        }
    }
    server {
        listen $WEB:443 ssl;
        listen [2001:db8:20::20]:443 ssl;
        server_name lyncdiscover.contoso.example;
        return 302 https://webext.contoso.example$ROOT;
    }
SITES
    site pki.contoso.example "root $dir/lists;"
    site lyncdiscover.gone.example "location / { proxy_pass http://203.0.113.99:8080; }"
    site lyncdiscover.shut.example "return 503;"
    site lyncdiscover.welcome.example "root /usr/share/nginx/html;"
    # shellcheck disable=SC2016 # nginx's variables
    {
        site lyncdiscover.loop.example 'location / { return 302 https://$host/next$uri; }
        location /next { rewrite ^/next/next.*$ / redirect; return 302 https://$host/next/next; }'
        site lyncdiscover.packed.example 'location / {
            gzip_static always; try_files /$scheme/$host$page.xml =404; }'
        site lyncdiscover.chunks.example 'ssi on; ssi_types *; location / {
            try_files /$scheme/$host$page.xml =404; }'
    }
    guard_sites
}

# ---- what is expected ----

# All real: NSD, nginx, openssl s_server that answers SIP.
healthy() {
    walk healthy anna@contoso.example "@$NSD" --view external
    expect "the user signs in, nothing to complain about" \
        '.verdict == "ok" and loud == [] and .findings[0].id == "LP-WALK-OK"'
    exits 0
    expect "at the access point that the Domain document names" 'step("b").outcome == "used"
        and client("lync2013").endpoint == "access.contoso.example:443"
        and (client("lync2013").assumed | not)'
    recorded "http gives 200 and a Redirect link, in XML" \
        'web("http://lyncdiscover.contoso.example/").facts
        | .http.status == 200 and .doc.form == "xml" and .doc.links[0].token == "Redirect"'
    recorded "https gives 302" 'web("https://lyncdiscover.contoso.example/").facts.http
        | .status == 302 and (.location | startswith("https://webext."))'
    recorded "gzip is on, and not used: we do not ask for it" \
        "web(\"https://webext.contoso.example$ROOT\").facts
        | .http.limit == null and .http.body_size > 100 and .doc.section == \"Root\""
    recorded "the User link: 401, ticket service, scheme" \
        "web(\"https://webext.contoso.example$ROOT/user\").facts.http | .status == 401
        and (.ticket_url | test(\"WebTicketService\")) and .authenticate == \"NTLM\""
    recorded "both addresses of the host are asked" \
        '[.[] | select(.key? // "" | startswith("autodiscover https://lyncdiscover.contoso"))
        .facts.link.address] | sort == ["198.51.100.20", "2001:db8:20::20"]'
    grep -q 'accept="application/vnd.microsoft.rtc.autodiscover+xml;v=1"' "$dir/nginx.access"
    verdict $? "nginx saw the vendor's Accept"
    ! grep -v 'encoding="-" authorization="-" cookie="-"' "$dir/nginx.access"
    verdict $? "nginx saw no Accept-Encoding, no credentials, no cookie"
    ! grep -i anna "$dir/nginx.access" "$walk.jsonl" "$walk.json"
    verdict $? "the user part of the address went nowhere"
}

odd_web_servers() {
    for form in json hal; do
        walk $form $form.example "@$NSD" --view external
        expect "a server that ignores Accept: $form" 'step("b").outcome == "used" and loud == []'
        recorded "form $form" \
            "web(\"https://lyncdiscover.$form.example/\").facts.doc.form == \"$form\""
    done
    walk chunks chunks.example "@$NSD" --view external
    expect "a chunked body" 'step("b").outcome == "used" and loud == []'
    for row in gone:502 shut:503; do
        walk "${row%:*}" "${row%:*}.example" "@$NSD" --view external
        expect "status ${row#*:}: LP-AD-HTTP-STATUS first, found on" \
            ".findings[0].id == \"LP-AD-HTTP-STATUS\"
            and (.findings[0].observed | test(\"${row#*:}\")) and step(\"b\").outcome == \"broken\"
            and client(\"lync2013\").outcome == \"signs-in\""
    done
    walk welcome welcome.example "@$NSD" --view external
    expect "nginx's own welcome page" '.findings[0].id == "LP-AD-NOT-AUTODISCOVER"'
    walk loop loop.example "@$NSD" --view external
    expect "redirects in a ring" '.findings[0].id == "LP-AD-REDIRECT-LOOP"'
    walk packed packed.example "@$NSD" --view external
    expect "gzip that nobody asked for" '.findings[0].id == "LP-AD-BODY"'
    recorded "... is not unpacked" 'web("https://lyncdiscover.packed.example/").facts.http.limit
        == "encoding"'
    walk big big.example "@$NSD" --view external
    expect "a body over 256 KiB" '.findings[0].id == "LP-AD-BODY"'
    recorded "... is not read on" 'web("https://lyncdiscover.big.example/").facts.http
        | (.limit | startswith("body")) and (.body | length) <= 262144 * 4 / 3 + 4'
}

test_web() {
    echo "== Autodiscover: $(nginx -v 2>&1), $(openssl version)"
    sip_server edge-443 "$EDGE:443" edge
    sip_server edge-5061 "$EDGE:5061" edge
    listening tcp "$EDGE:443" "$EDGE:5061" || return
    healthy
    odd_web_servers
}
