/* lang.h - texts for people in another language than English: the catalogs of share/locale.
 *
 * The program holds the catalogs (src/base/lang.awk makes a table of them): no file is looked for
 * at run time, and nothing depends on the environment. Texts stand in English in the code; what
 * shows them to people asks for the translation. Machine formats are English always. */
#ifndef LP_LANG_H
#define LP_LANG_H

#include "lp/buf.h"

/* One msgid and its msgstr. */
struct lp_message {
    const char *text, *said;
};
struct lp_lang {
    const char *name;                  /* "de" */
    const struct lp_message *messages; /* ended by a row without text */
};
/* Ended by a row without name; English is not among them. */
extern const struct lp_lang lp_langs[];

/* NULL: no such language. */
const struct lp_lang *lp_lang_by_name(struct lp_str name);
/* The translation of a whole text of ours; the text itself where there is none, or lang is NULL
 * (English). */
struct lp_str lp_lang_say(const struct lp_lang *lang, struct lp_str text);
/* Letters that ASCII has not are written as German does without them (ae, ss), others as "?": for
 * terminals that show nothing else. */
void lp_put_ascii(struct lp_buf *out, struct lp_str text);

#endif
