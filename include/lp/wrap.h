/* wrap.h - lines of limited width: sentences, and commands that stay fit for pasting. */
#ifndef LP_WRAP_H
#define LP_WRAP_H

#include "lp/buf.h"

/* Where a text stands on the page, in columns. */
struct lp_wrap {
    size_t at;    /* columns that the first line already holds (a word put before) */
    size_t hang;  /* spaces before every further line */
    size_t width; /* largest line; a longer word stands alone on its line and goes over */
};

/*
 * One line of text, broken at spaces, with a newline at its end. Commands and records
 * (lp_line_kind) are broken so that the pasted lines work: a shell command after a
 * backslash, PowerShell after a backtick, neither inside quotes nor between an option
 * and its value; a record has its data put into parentheses. `text` is clean text of
 * ours or of lp_clean_text.
 */
void lp_put_wrapped(struct lp_buf *out, struct lp_str text, const struct lp_wrap *wrap);

#endif
