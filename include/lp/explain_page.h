/* explain_page.h - the pages of "lyncprobe explain": title, headings, sentences, commands. */
#ifndef LP_EXPLAIN_PAGE_H
#define LP_EXPLAIN_PAGE_H

#include "lp/report.h"

/* Columns of the left margin, and of what stands under a line that says when it applies. */
enum { LP_EXPLAIN_MARGIN = 2, LP_EXPLAIN_DEEPER = 4 };

struct lp_explain_page;

/* What stands on top of a page. */
struct lp_explain_title {
    const char *name;  /* "LP-CERT-EXPIRED" */
    const char *aside; /* at the right end of the same line: "critical"; NULL nothing */
    const char *color; /* of the aside, an SGR sequence; NULL none */
    const char *title; /* the second line */
};

/* How a page is written: one row for terminals, one for manual pages. */
struct lp_explain_look {
    /* The name with a rule under it, or a section's heading. */
    void (*title)(const struct lp_explain_page *page, const struct lp_explain_title *title);
    /* Something empty, then the heading. */
    void (*heading)(const struct lp_explain_page *page, const char *text);
    /* A sentence, or a command or record that stays fit for pasting; `margin` columns from the
     * left. */
    void (*line)(const struct lp_explain_page *page, struct lp_str text, size_t margin);
};
/* 80 columns, whatever the terminal has, for tickets and mails. */
extern const struct lp_explain_look lp_explain_terminal;
/* Roff with the macros of man(7): explain_roff.c. */
extern const struct lp_explain_look lp_explain_manual;

/* A page under construction. */
struct lp_explain_page {
    struct lp_buf *out;
    const struct lp_explain_look *look;
    bool color;
    const struct lp_lang *lang; /* NULL: English */
};

/* The terminal's page in a style's colour and language. */
struct lp_explain_page lp_explain_page_of(const struct lp_style *style, struct lp_buf *out);
/* Title and heading in the page's language. */
void lp_explain_title(const struct lp_explain_page *page, const struct lp_explain_title *title);
void lp_explain_heading(const struct lp_explain_page *page, const char *text);
/* The closing line: what angle brackets mean. */
void lp_explain_end(const struct lp_explain_page *page);
/* One template in the page's language, its variables as <words>: templates hold no other braces.
 * Commands and records are the same in every language. */
void lp_explain_line(const struct lp_explain_page *page, struct lp_str text, size_t margin);
/* A heading, and lines without guards under it. lines: ended by NULL. */
void lp_explain_section(const struct lp_explain_page *page, const char *heading,
                        const char *const *lines);
/* The whole page of a finding, but for the closing line about angle brackets. */
void lp_explain_rule(const struct lp_explain_page *page, const struct lp_rule *rule);

/* explain_windows.c: what shows the same on Windows as those dig, openssl and curl commands
 * (ended by NULL), each line once, under one line that says so; nothing where there is no such
 * command. Sources: documentation of Resolve-DnsName, Test-NetConnection, Invoke-WebRequest. */
void lp_explain_windows(const struct lp_explain_page *page, const char *const *by_hand);

#endif
