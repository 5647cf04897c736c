/* lang.c - the catalogs of share/locale, asked */
#include "lp/lang.h"

const struct lp_lang *lp_lang_by_name(struct lp_str name)
{
    for (const struct lp_lang *lang = lp_langs; lang->name; lang++)
        if (lp_str_eq(lp_str_of(lang->name), name))
            return lang;
    return NULL;
}

/* NULL: the catalog has it not. */
static const char *find(const struct lp_lang *lang, struct lp_str text)
{
    size_t from = 0, to = lang ? lang->n : 0;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        const struct lp_message *m = &lang->messages[middle];
        int order = lp_str_cmp(text, lp_str_of(m->text));
        if (order == 0)
            return m->said;
        if (order < 0)
            to = middle;
        else
            from = middle + 1;
    }
    return NULL;
}

struct lp_str lp_lang_say(const struct lp_lang *lang, struct lp_str text)
{
    const char *said = find(lang, text);
    return said ? lp_str_of(said) : text;
}

const char *lp_tr(const struct lp_arena *arena, const char *text)
{
    const char *said = arena->lang ? find(arena->lang, lp_str_of(text)) : NULL;
    return said ? said : text;
}

struct lp_str lp_tell(struct lp_arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    struct lp_str text = lp_arena_vprintf(arena, lp_tr(arena, format), args);
    va_end(args);
    return text;
}

const char *lp_ascii_of(struct lp_str letter)
{
    static const struct {
        const char *letter, *ascii;
    } table[] = {
        { "\303\244", "ae" }, { "\303\266", "oe" }, { "\303\274", "ue" }, { "\303\237", "ss" },
        { "\303\204", "Ae" }, { "\303\226", "Oe" }, { "\303\234", "Ue" },
    };
    for (size_t i = 0; i < LP_COUNT(table); i++)
        if (lp_str_eq(letter, lp_str_of(table[i].letter)))
            return table[i].ascii;
    return NULL;
}

void lp_put_ascii(struct lp_buf *out, struct lp_str text)
{
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        const char *ascii = lp_ascii_of(lp_str_sub(text, i, 2));
        if (ascii)
            lp_buf_text(out, ascii);
        else if (c < 0x80)
            lp_buf_char(out, text.p[i]);
        else if (c >= 0xc0) /* of the bytes of one letter, the first */
            lp_buf_char(out, '?');
        i += ascii != NULL;
    }
}
