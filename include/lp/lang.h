/* lang.h - texts for people in other languages than English, of share/locale. [probe]
 *
 * The program holds the catalogs (src/base/lang.awk makes a table of them): no file is looked for
 * at run time, and nothing depends on the environment. Texts stand in English in the code; what
 * shows them to people asks for the translation. Machine formats are English always: a walk that is
 * shown in two languages is judged twice, in two arenas.
 *
 * Every literal that is a format of lp_tell or lp_say, the text of lp_tr, or in LP_TR stands in the
 * catalogs; tests/unit/test_lang.c reads them off the sources. */
#ifndef LP_LANG_H
#define LP_LANG_H

#include "lp/arena.h"
#include "lp/buf.h"

/* One msgid and its msgstr. */
struct lp_message {
    const char *text, *said;
};
struct lp_lang {
    const char *name;                  /* "de" */
    const struct lp_message *messages; /* by text, in byte order; ended by a row without text */
    size_t n;
};
/* Ended by a row without name; English is not among them. */
extern const struct lp_lang lp_langs[];

/* Marks a text in a table that goes through lp_tr later. */
#define LP_TR(text) text
/* A text of ours in the arena's language; the text itself in English, or when no catalog has it.
 * Lives as long as the program. May be a format: the conversions are the same. */
const char *lp_tr(const struct lp_arena *arena, const char *text) __attribute__((format_arg(2)));
/* lp_arena_printf in the arena's language. Values are trusted or escaped already; words among them
 * come from lp_tr. Another language may have the values in another order ("%2$s"). */
struct lp_str lp_tell(struct lp_arena *arena, const char *format, ...) LP_PRINTF(2, 3);

/* NULL: no such language. */
const struct lp_lang *lp_lang_by_name(struct lp_str name);
/* The translation of a whole text of ours; the text itself where there is none, or lang is NULL
 * (English). */
struct lp_str lp_lang_say(const struct lp_lang *lang, struct lp_str text);
/* How German writes the letter (its bytes in UTF-8) in ASCII: "ae", "ss"; NULL: it has none. */
const char *lp_ascii_of(struct lp_str letter);
/* Letters that ASCII has not are written as German does without them (ae, ss), others as "?": for
 * terminals that show nothing else. */
void lp_put_ascii(struct lp_buf *out, struct lp_str text);

#endif
