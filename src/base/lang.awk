# lang.awk - the catalogs of share/locale as a table in C. A string of a .po file is one of C, too,
# and so are several in a row. Arguments: share/locale/LANG/LC_MESSAGES/lyncprobe.po ...
function flush()
{
    if (id != "" && id != "\"\"")
        printf "    { %s,\n      %s },\n", id, said
    id = ""
}
function close_table()
{
    flush()
    if (lang != "")
        print "    { NULL, NULL },\n};"
}
BEGIN { print "/* lang_list.c - generated from share/locale */\n#include \"lp/lang.h\"" }
FNR == 1 {
    close_table()
    split(FILENAME, part, "/")
    lang = part[3]
    langs = langs sprintf("    { \"%s\", messages_%s },\n", lang, lang)
    printf "static const struct lp_message messages_%s[] = {\n", lang
}
/^msgid / { flush(); id = substr($0, 7); is_id = 1 }
/^msgstr / { said = substr($0, 8); is_id = 0 }
/^"/ { if (is_id) id = id "\n      " $0; else said = said "\n      " $0 }
END {
    close_table()
    printf "const struct lp_lang lp_langs[] = {\n%s    { NULL, NULL },\n};\n", langs
}
