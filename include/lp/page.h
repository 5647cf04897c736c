/* page.h - lines of limited width for terminals: signs, headings, flowing text, rows. */
#ifndef LP_PAGE_H
#define LP_PAGE_H

#include "lp/arena.h"
#include "lp/buf.h"

/* A page under construction. Texts given to the functions below are harmless already (our
 * own, or by lp_term or lp_clean_text); all the same, hidden characters (lp_utf8_is_hidden)
 * become \u{N} everywhere, and what is beyond ASCII on an ASCII page (but for the letters of
 * lp_ascii_of, when it is not in English). A word or heading (const char *) is put in the page's
 * language; what is a struct lp_str is told already (lp_tell). */
struct lp_page {
    struct lp_buf *out;
    struct lp_arena *arena; /* scratch, in the page's language; lives as long as the page */
    size_t width;           /* columns; no line of flowing text is longer */
    bool color;             /* SGR sequences; nothing is said by colour alone */
    bool ascii;
    int verbosity; /* 0..3 */
};

/* What a row amounts to; worst last, so that they compare with <. */
enum lp_sign {
    LP_SIGN_NONE,     /* two blanks */
    LP_SIGN_OK,       /* ok */
    LP_SIGN_LATER,    /* .. found, but the client does not come here */
    LP_SIGN_ABSENT,   /* -- not there, or of no weight */
    LP_SIGN_OPEN,     /* ?? undecided */
    LP_SIGN_WARNING,  /* !! */
    LP_SIGN_CRITICAL, /* XX */
    LP_SIGN_HERE,     /* ^^ the client stops here */
};
void lp_page_sign(const struct lp_page *page, enum lp_sign sign);

void lp_page_space(const struct lp_page *page, size_t n);
/* Bold text without newline. */
void lp_page_strong(const struct lp_page *page, struct lp_str text);
/* A plain word, then blanks up to the width, one at least; returns its columns and theirs. */
size_t lp_page_word(const struct lp_page *page, const char *word, size_t width);
/* An empty line, then a heading with what stands beside it. */
void lp_page_heading(const struct lp_page *page, const char *heading, struct lp_str beside);
/* A line across the page. */
void lp_page_rule(const struct lp_page *page);

/* Text broken at spaces, words that are longer than a line within. Ends with a newline.
 * at: columns that the first line holds already; hang: blanks before the others. */
void lp_page_flow(const struct lp_page *page, struct lp_str text, size_t at, size_t hang);
/* The same after a word of at most hang - 1 columns: "Why  The port ...". */
void lp_page_block(const struct lp_page *page, const char *word, struct lp_str text, size_t hang);
/* Steps to do, one below the other; commands stand two columns deeper and stay fit for
 * pasting: a command or record without a place to break it is the only text that may be
 * wider than the page. n steps of struct lp_str. */
void lp_page_steps(const struct lp_page *page, const char *word, const struct lp_str *steps,
                   size_t n);

/* Where the left text of rows begins, after label and sign. */
enum { LP_ROW_LEFT = 5 };
/* Times of a row: DNS, TCP, TLS. */
enum { LP_ROW_TIMES = 3, LP_ROW_TIMES_COLUMNS = 15 };

/* "b ok lyncdiscover.contoso.com A        used                 21   17   41" */
struct lp_row {
    const char *label; /* one character or two; NULL none */
    enum lp_sign sign;
    struct lp_str left;
    struct lp_str text;          /* unset: the left alone, over the whole width */
    size_t text_at;              /* column of text, when left leaves the room */
    lp_usec times[LP_ROW_TIMES]; /* -1: not measured */
};
void lp_page_row(const struct lp_page *page, const struct lp_row *row);
/* Are there columns for times on this page (80 and wider)? */
bool lp_page_has_times(const struct lp_page *page);

/* A line of a table: cells at columns given by at[]; a cell that is too wide pushes the
 * others to the next line. */
struct lp_cells {
    enum lp_sign sign;
    const struct lp_str *cells;
    const size_t *at; /* rising; at[0] is LP_ROW_LEFT as a rule */
    size_t n;
};
void lp_page_cells(const struct lp_page *page, const struct lp_cells *line);

/* "a, b and c"-like lists: adds ", " between. Unset list: starts one. */
void lp_page_join(const struct lp_page *page, struct lp_str *list, struct lp_str item);

#endif
