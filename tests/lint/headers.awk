# headers.awk - "prototype LINE NAME FILE" rows, then "FILE:LINE:text" of every line of the headers

# A comment covers the lines under it up to the next blank one.
function end_of_group(    i) {
    for (i = 1; i <= waiting; i++) {
        printf "%s: %s has no comment\n", where[i], named[i]
        failed = 1
    }
    waiting = 0
    covered = 0
}

$1 == "prototype" {
    name_at[$4, $2] = $3
    next
}

{
    split($0, part, ":")
    text = substr($0, length(part[1]) + length(part[2]) + 3)
    if (part[2] == 1)
        end_of_group()
    if (text ~ /\/\*/)
        in_comment = 1
    if (in_comment) {
        comments++
        if (text !~ /^[ \t]*(\/)?\*/)
            code++
        covered = 1
        waiting = 0
    } else if (text ~ /[^ \t]/)
        code++
    if ((part[1], part[2]) in name_at && !covered) {
        where[++waiting] = part[1] ":" part[2]
        named[waiting] = name_at[part[1], part[2]]
    }
    if (text ~ /\*\//)
        in_comment = 0
    if (!in_comment && text !~ /[^ \t]/)
        end_of_group()
}

END {
    end_of_group()
    printf "lint headers: %.2f comment lines for each code line\n", code ? comments / code : 0
    exit failed
}
