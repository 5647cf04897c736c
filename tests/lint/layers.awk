# layers.awk - includes against layers.tsv; variable files: all sources, to know a header's layer

function report(what) {
    printf "%s:%d: %s\n", FILENAME, FNR, what
    failed = 1
}

# src/LAYER/name.c gives name.h and name_parts.h (what the files of one module share) their layer,
# unless a row of layers.tsv says it.
function learn(path,    part, n, name) {
    n = split(path, part, "/")
    name = part[n]
    if (part[1] == "src" && sub(/\.c$/, "", name)) {
        set_layer(name ".h", part[2])
        set_layer(name "_parts.h", part[2])
    }
}

function set_layer(header, layer) {
    if (!(header in fixed))
        layer_of[header] = layer
}

function layer_of_file(path,    part, n) {
    n = split(path, part, "/")
    if (part[1] == "src")
        return part[2]
    return part[1] == "probes" ? "probes" : layer_of[part[n]]
}

function may_use(layer, other) {
    return uses[layer] == "*" || index(" " uses[layer] " ", " " other " ")
}

FNR == NR && /^header / {
    split($0, column, "\t")
    sub(/^header /, "", column[1])
    layer_of[column[1]] = column[2]
    fixed[column[1]] = 1
    next
}

FNR == NR {
    if ($0 !~ /^#/ && NF) {
        split($0, column, "\t")
        uses[column[1]] = column[2]
    }
    next
}

FNR == 1 {
    if (!learned++) {
        n = split(files, path, "\n")
        for (i = 1; i <= n; i++)
            learn(path[i])
    }
    own = layer_of_file(FILENAME)
    if (own == "")
        report("belongs to no layer: add a row to tests/lint/layers.tsv")
    if (FILENAME ~ /^include\/lp\// && $0 ~ /\[probe\]/)
        for_probes[substr(FILENAME, 9)] = 1
    checked++
}

own != "" && /^#[ ]*include[ ]*"/ {
    header = $0
    gsub(/^[^"]*"|".*/, "", header)
    if (header !~ /^lp\//) {
        report("project headers are included as \"lp/name.h\"")
        next
    }
    other = layer_of[substr(header, 4)]
    if (other != "" && !may_use(own, other))
        report(own " may not include " header " of " other)
    else if (own == "probes" && !for_probes[header])
        report(header " is not marked [probe] in its first line")
}

END {
    if (!failed)
        printf "lint layers: %d files look only down\n", checked
    exit failed
}
