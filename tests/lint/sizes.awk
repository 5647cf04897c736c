# sizes.awk - "function LINES NAME FILE" and "file LINES NAME", each sorted by length, to figures

$1 == "function" {
    length_of[++functions] = $2
    if ($2 > 60) {
        printf "%s: function %s has %d lines (at most 60)\n", $4, $3, $2
        failed = 1
    }
}

$1 == "file" {
    lines[++files] = $2
    if ($2 > 400) {
        printf "%s: %d lines (at most 400)\n", $3, $2
        failed = 1
    }
}

function at(share, n) {
    return n ? int((n - 1) * share) + 1 : 0
}

END {
    median = length_of[at(0.5, functions)] + 0
    ninety = length_of[at(0.9, functions)] + 0
    printf "lint sizes: %s: %d functions, median %d, 90 %% %d, longest %d lines; ", name, functions,
        median, ninety, length_of[functions]
    printf "%d files, median %d, longest %d lines\n", files, lines[at(0.5, files)], lines[files]
    if (strict == "yes" && (median > 12 || ninety > 40)) {
        print "lint sizes: the bars are median 12 and 90 % 40"
        failed = 1
    }
    exit failed
}
