# symbols.awk - nm -A output against layers.tsv, calls.tsv and globals.tsv

function report(what) {
    print what
    failed = 1
}

function layer_of(path,    part) {
    split(path, part, "/")
    return part[1] == "src" ? part[2] : part[1]
}

function may_use(layer, other) {
    return uses[layer] == "*" || index(" " uses[layer] " ", " " other " ")
}

# Reads one row of a data file.
function row(    column, n, layer, i) {
    split($0, column, "\t")
    if (table == 1 && $0 !~ /^header /)
        uses[column[1]] = column[2]
    if (table == 2) {
        n = split(column[1], layer, " ")
        for (i = 1; i <= n; i++)
            calls[layer[i]] = calls[layer[i]] (layer[i] in calls ? "|" : "") column[2]
    }
    if (table == 3)
        global[column[1], column[2]] = 1
}

FNR == 1 {
    table++
}

table < 4 {
    if ($0 !~ /^#/ && NF)
        row()
    next
}

# path.o:address type symbol, or path.o: U symbol
{
    split($0, part, ":")
    object = part[1]
    source = object
    sub(/\.o$/, ".c", source)
    type = $(NF - 1)
    symbol = $NF
    objects[object] = 1
}

type ~ /^[bBdDC]$/ {
    name = symbol
    sub(/\.[0-9]+$/, "", name)
    if (!((source, name) in global))
        report(source ": mutable object " name " with static storage")
}

type ~ /^[TRDBC]$/ {
    home[symbol] = layer_of(source)
}

type == "U" {
    used[++n_used] = source
    what[n_used] = symbol
}

END {
    for (i = 1; i <= n_used; i++) {
        own = layer_of(used[i])
        symbol = what[i]
        # declared in probe.h for the planner, which asks for these two by name
        if (symbol ~ /^lp_probe_(sip|autodiscover)$/)
            continue
        if (symbol in home) {
            if (!may_use(own, home[symbol]))
                report(used[i] ": " own " may not use " symbol " of " home[symbol])
        } else if (own in calls && symbol !~ ("^(" calls[own] ")$") && symbol !~ /^lp_/)
            report(used[i] ": the pure layer " own " may not call " symbol)
    }
    for (object in objects)
        count++
    if (!failed)
        printf "lint symbols: %d objects without mutable globals, calls only downwards\n", count
    exit failed
}
