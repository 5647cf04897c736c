# chain.jq - the longest chain of round trips that a walk could not avoid, from its recording
#
# usage: jq -r -s -f chain.jq RECORDING; prints the number of round trips, then the links of the
# chain, one a line. A question waits for what gave rise to it (its parent); a connection also for
# the answer that has its address. What each kind costs (performance.md 5): DNS 1 (and over TCP
# another 2), TCP 1, TLS 1.3 1, TLS before that 2, the HTTP or SIP answer 1; a handshake for its own sake
# (mtls, tls-nosni) has none.

def places($address; $host): select(any(.facts.rrs[]?; .address == $address)
    and .facts.name == $host);

# Answers that have the address of this probe; those of another server are no dependency.
def answers($seen): .facts.link as $link
    | if $link then [$seen[] | places($link.address; $link.host)] else [] end;

def own: if .kind == "dns" then 1 + (if .facts.truncated then 2 else 0 end)
    elif .facts.link | not then 0
    else (if .facts.link.connect == "open" then 1 else 0 end)
        + (if .facts.link.tls != "ok" then 0 elif .facts.link.protocol == "TLSv1.3" then 1
            else 2 end)
        + (if .outcome == "ok" and (.kind | IN("mtls", "tls-nosni") | not) then 1 else 0 end)
    end;

def line: "  \(.key[0:70]): \(.own)";

reduce (.[] | select(.id)) as $e ([];
    . as $seen
    | ($e | answers($seen) | min_by(.depth)) as $dns
    | (first($seen[] | select(.id == $e.parent)) // null) as $parent
    | ([$parent, $dns | select(.)] | max_by(.depth)) as $before
    | ($e | own) as $own
    | $seen + [$e + {own: $own, depth: (($before.depth // 0) + $own),
        path: (($before.path // []) + [$e + {own: $own} | line])}])
| max_by(.depth) | "\(.depth)", .path[]
