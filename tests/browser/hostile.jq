# hostile.jq - a recording in which every text that a peer may choose is an attack on the page
def evil: "</pre></script></style><script>window.evil=1</script>"
    + "<img src=x onerror='window.evil=2'>\" onfocus=\"window.evil=3\" autofocus x='\" "
    + "]]>&lt;b&gt; {{7*7}} javascript:alert(1) \u001b[31m\u202egnp\u2066\u200b\u2028";
def long: [range(0; 4000)] | map("x") | join("");
def name: [range(0; 3)] | map([range(0; 63)] | map("n") | join("")) | join(".") | . + ".example";
# jq has no 64-bit integers: a time that is not known becomes one that is.
(.. | select(type == "number" and . < -9e15)) |= 0
| if .record then .program = evil | .private_store = evil | .public_store = long
    | .servers[0].label = evil
elif .kind == "certificate" then .facts.subject = evil | .facts.issuer = long
    | .facts.common_name = evil | .facts.serial = evil | .facts.san += [evil, long, name]
    | .facts.signature = evil | .facts.key_type = evil
elif .kind == "sip" then .facts.reason = evil | .facts.server = long | .facts.realm = evil
    | .facts.target_name = evil | .facts.status = 500 | .facts.link.cipher = evil
elif .kind == "autodiscover" then .facts.http.server = evil | .facts.http.location = evil
    | .facts.http.content_type = evil | .facts.http.server_fqdn = long
    | .facts.http.authenticate = evil
elif .kind == "dns" and (.facts.rrs | length) > 0 then
    .facts.rrs += [{section: "answer", owner: .facts.name, type: 33, ttl: 1, name: name,
        priority: 1, weight: 1, port: 443}] | .why = evil
else . end
