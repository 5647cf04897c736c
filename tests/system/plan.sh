# shellcheck shell=sh disable=SC2154
# plan.sh - the plan of the example topology: zones that name servers load, requests of openssl

# Blocks "<comment> ---- NAME ----" of a file, each into a file of its own. $1: file, $2: folder
cut_blocks() {
    mkdir -p "$2"
    awk -v folder="$2" '/^[;#] ---- .* ----$/ {
        name = $0
        gsub(/^[;#] ---- (file: )?| ----$/, "", name)
        gsub(/, /, "_", name)
    }
    name { print > (folder "/" name) }' "$1"
}

# The names of a request's configuration, and those of the request; both sorted.
names_planned() {
    sed -n 's/^DNS\.[0-9]* = //p' "$1" | sort
}

names_requested() {
    openssl req -in "$1" -noout -text | grep -o 'DNS:[^,]*' | sed 's/^DNS://' | sort
}

# Purposes, subject and names are the plan's. $1: configuration
makes_request() {
    openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -config "$1" \
        -keyout /dev/null -out "$1.csr" 2>"$1.err" || return 1
    [ -n "$(names_planned "$1")" ] &&
        [ "$(names_planned "$1")" = "$(names_requested "$1.csr")" ] &&
        [ "$(sed -n 's/^CN = //p' "$1")" = \
            "$(openssl req -in "$1.csr" -noout -subject -nameopt multiline |
                sed -n 's/^ *commonName *= //p')" ]
}

# Every record that is no comment is in what the name server read. $1: file, $2: what it read
keeps_records() {
    want=$(grep -c ' IN \(A\|AAAA\|CNAME\|SRV\) ' "$1")
    commented=$(grep -c '^; .* IN \(A\|AAAA\|CNAME\|SRV\) ' "$1")
    have=$(grep -c '[[:space:]]IN[[:space:]]*\(A\|AAAA\|CNAME\|SRV\)[[:space:]]' "$2")
    [ $((want - commented)) = "$have" ]
}

test_plan() {
    topology=$here/../../share/contoso.yaml
    plan=$dir/plan
    mkdir -p "$plan"
    for format in text json zone powershell csr; do
        "$LYNCPROBE" plan -t "$topology" -f $format >"$plan/$format"
        verdict $? "plan -f $format"
    done
    cut_blocks "$plan/zone" "$plan/zones"
    cut_blocks "$plan/csr" "$plan/requests"
    for file in "$plan"/zones/*; do
        block=$(basename "$file")
        named-checkzone -i local -D -o "$file.read" "${block%_*}" "$file" >"$file.log" 2>&1 &&
            keeps_records "$file" "$file.read"
        verdict $? "named-checkzone: $block"
        nsd-checkzone "${block%_*}" "$file" >>"$file.log" 2>&1
        verdict $? "nsd-checkzone: $block"
    done
    for file in "$plan"/requests/*.cnf; do
        makes_request "$file"
        verdict $? "openssl req: $(basename "$file")"
    done
}
