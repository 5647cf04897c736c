# ports.awk - the table of README.md, from the files that ports.sh makes; what: which file it is

function join(list, word) {
    if (index(", " list ",", ", " word ","))
        return list
    return list == "" ? word : list ", " word
}

what == "lab" { roles[$1] = join(roles[$1], $2 "-" $4) }
what == "list" { listed[$1] = 1 }
what == "healthy" { healthy[$1] = 1 }
what == "estate" { rows[$3 ":" $4] = join(rows[$3 ":" $4], $1) }
what == "spoiled" {
    n = split(rows[$2], hit, ", ")
    for (i = 1; i <= n; i++)
        faults[hit[i]] = join(faults[hit[i]], $1)
}

# A fault is named after role and port of its row.
function lab_faults(row,    n, i, part, list, name) {
    n = split(roles[row], part, ", ")
    for (i = 1; i <= n; i++) {
        name = "check-shut-" part[i]
        if (name in listed)
            list = join(list, name)
    }
    return list == "" ? "-" : list
}

function system_tests(row,    list) {
    list = healthy[row] ? "healthy" : ""
    if (faults[row] != "")
        list = list (list == "" ? "" : ", ") faults[row]
    return list == "" ? "lab only" : list
}

what == "poster" && FNR == 1 {
    print "| row | role | port | protocol | probe | lab fault | system test |"
    print "|---|---|---|---|---|---|---|"
}
what == "poster" && FNR > 1 {
    row = FNR - 1
    where = $3 " " $4
    if ($8 == "none")
        printf "| %d | %s, %s | %s | %s | not probed | - | %s |\n", row, $1, $2, where, $5, $10
    else
        printf "| %d | %s, %s | %s | %s | %s | %s | %s |\n", row, $1, $2, where, $5, $8,
            lab_faults(row), system_tests(row)
}
