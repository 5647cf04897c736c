# lang.awk - the catalogs of share/locale as tables in C, sorted by what is looked for. A string of a
# .po file is one of C, too, and so are several in a row. Run with LC_ALL=C.
# Arguments: share/locale/LANG/LC_MESSAGES/lyncprobe.po ...
function flush()
{
    if (id != "" && key != "") {
        n++
        keys[n] = key
        rows[n] = sprintf("    { %s,\n      %s },\n", id, said)
    }
    id = key = ""
}
# The bytes between the quotes.
function bytes(text)
{
    text = substr(text, 2, length(text) - 2)
    gsub(/\\"/, "\"", text)
    gsub(/\\n/, "\n", text)
    gsub(/\\\\/, "\\", text)
    return text
}
function swap(i, j, t)
{
    t = keys[i]; keys[i] = keys[j]; keys[j] = t
    t = rows[i]; rows[i] = rows[j]; rows[j] = t
}
function sort(from, to, i, last)
{
    if (from >= to)
        return
    swap(from, int((from + to) / 2))
    last = from
    for (i = from + 1; i <= to; i++)
        if ((keys[i] "") < (keys[from] ""))
            swap(++last, i)
    swap(from, last)
    sort(from, last - 1)
    sort(last + 1, to)
}
function close_table(i)
{
    flush()
    if (lang == "")
        return
    sort(1, n)
    printf "static const struct lp_message messages_%s[] = {\n", lang
    for (i = 1; i <= n; i++)
        printf "%s", rows[i]
    print "    { NULL, NULL },\n};"
    langs = langs sprintf("    { \"%s\", messages_%s, %d },\n", lang, lang, n)
    n = 0
}
BEGIN { print "/* lang_list.c - generated from share/locale */\n#include \"lp/lang.h\"" }
FNR == 1 {
    close_table()
    split(FILENAME, part, "/")
    lang = part[3]
}
/^msgid / { flush(); id = substr($0, 7); key = bytes(id); is_id = 1 }
/^msgstr / { said = substr($0, 8); is_id = 0 }
/^"/ {
    if (is_id) {
        id = id "\n      " $0
        key = key bytes($0)
    } else {
        said = said "\n      " $0
    }
}
END {
    close_table()
    printf "const struct lp_lang lp_langs[] = {\n%s    { NULL, NULL, 0 },\n};\n", langs
}
