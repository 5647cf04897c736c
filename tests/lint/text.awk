# text.awk - the rules of the house style that need no compiler, over C files
#
# Variables: bans (path of bans.tsv). One line per violation: file:line: what.

function report(what) {
    printf "%s:%d: %s\n", FILENAME, FNR, what
    failed = 1
}

# Characters (not bytes) of a line.
function width(line) {
    gsub(/[\200-\277]/, "", line)
    return length(line)
}

# The code of a line: comments become a space, string and character literals become empty.
function code_of(line,    out, at, end) {
    out = ""
    while (line != "") {
        if (in_comment) {
            end = index(line, "*/")
            if (!end)
                return out
            line = substr(line, end + 2)
            in_comment = 0
        }
        if (!match(line, /\/\*|\/\/|"|'/))
            return out line
        at = RSTART
        out = out substr(line, 1, at - 1)
        if (substr(line, at, 2) == "//")
            return out
        if (substr(line, at, 2) == "/*") {
            out = out " "
            in_comment = 1
            line = substr(line, at + 2)
        } else {
            line = after_literal(substr(line, at))
            out = out "\"\""
        }
    }
    return out
}

# What follows the literal that the text starts with.
function after_literal(text,    quote, i, c) {
    quote = substr(text, 1, 1)
    for (i = 2; i <= length(text); i++) {
        c = substr(text, i, 1)
        if (c == "\\")
            i++
        else if (c == quote)
            break
    }
    return substr(text, i + 1)
}

function check_first_line(    name) {
    name = FILENAME
    sub(/.*\//, "", name)
    if (index($0, "/* " name " - ") != 1)
        report("the first line is not /* " name " - purpose */")
}

function check_width() {
    if (width($0) > 100)
        report("line of " width($0) " columns (at most 100)")
    else if ((started_in_comment || $0 ~ /^[ \t]*\/\*/) && code !~ /[^ \t]/ && width($0) > 90)
        wide_comments++
}

function check_calls(    rest, word, before) {
    rest = code
    while (match(rest, /[A-Za-z_][A-Za-z0-9_]*[ ]*\(/)) {
        before = substr(rest, 1, RSTART - 1)
        word = substr(rest, RSTART, RLENGTH - 1)
        sub(/ +$/, "", word)
        rest = substr(rest, RSTART + RLENGTH)
        if (word in instead && before !~ /(\.|->)$/ && FILENAME !~ allowed[word])
            report(word " is banned: use " instead[word])
    }
}

# goto only forward, only to out.
function check_goto(    label) {
    if (code ~ /^\{/)
        out_seen = 0
    if (code ~ /^[ \t]*[a-z_]+:[ \t]*$/ && code !~ /default:/) {
        label = code
        gsub(/[ \t:]/, "", label)
        if (label != "out")
            report("label " label " (the one label is out)")
        out_seen = 1
    }
    if (code ~ /(^|[^a-z_])goto[ ]/) {
        if (code !~ /goto out;/)
            report("goto to another label than out")
        if (out_seen)
            report("goto backwards")
    }
}

function check_suppression() {
    if ($0 ~ /NOLINT/ && $0 !~ /NOLINT[A-Z]*\([a-z0-9.,* -]+\):? +[A-Za-z].*[a-z][a-z][a-z]/ && $0 !~ /NOLINTEND/)
        report("suppression without check name and reason: NOLINT(name): why")
    if ($0 ~ /cppcheck-suppress/ && $0 !~ /cppcheck-suppress [A-Za-z]+ ;? ?[a-z].*[a-z]/)
        report("suppression without a reason")
    if (code ~ /#[ ]*pragma[ ]+(GCC|clang)[ ]+diagnostic[ ]+ignored/)
        report("warnings are mended, not ignored")
}

FILENAME == bans {
    if ($0 !~ /^#/ && NF) {
        split($0, column, "\t")
        allowed[column[1]] = column[2] == "-" ? "^$" : column[2]
        instead[column[1]] = column[3]
    }
    next
}

FNR == 1 {
    in_comment = 0
    check_first_line()
}

{
    started_in_comment = in_comment
    code = code_of($0)
    check_width()
    check_calls()
    check_goto()
    check_suppression()
    if (code ~ /(^|[^a-z_])typedef[ ]+(struct|union|enum)[^a-z]/)
        report("typedef of a struct, union or enum: spell it out")
}

END {
    if (wide_comments)
        printf "lint text: %d comment lines between 91 and 100 columns\n", wide_comments
    exit failed
}
