/* explain_page.h - the pages of "lyncprobe explain": title, headings, sentences, commands. */
#ifndef LP_EXPLAIN_PAGE_H
#define LP_EXPLAIN_PAGE_H

#include "lp/report.h"

/* Columns of the left margin, and of what stands under a line that says when it applies. */
enum { LP_EXPLAIN_MARGIN = 2, LP_EXPLAIN_DEEPER = 4 };

/* A page under construction: 80 columns, whatever the terminal has, for tickets and mails. */
struct lp_explain_page {
    struct lp_buf *out;
    bool color;
};

/* What stands on top of a page. */
struct lp_explain_title {
    const char *name;  /* "LP-CERT-EXPIRED" */
    const char *aside; /* at the right end of the same line: "critical"; NULL nothing */
    const char *color; /* of the aside, an SGR sequence; NULL none */
    const char *title; /* the second line */
};
/* The title over a rule. */
void lp_explain_title(const struct lp_explain_page *page, const struct lp_explain_title *title);
/* An empty line, then the heading. */
void lp_explain_heading(const struct lp_explain_page *page, const char *text);
/* One template, its variables as <words>; `margin` columns from the left, commands and records
 * deeper and fit for pasting. */
void lp_explain_line(const struct lp_explain_page *page, struct lp_str text, size_t margin);
/* A heading, and lines without guards under it. lines: ended by NULL. */
void lp_explain_section(const struct lp_explain_page *page, const char *heading,
                        const char *const *lines);

/* explain_windows.c: what shows the same on Windows as those dig, openssl and curl commands
 * (ended by NULL), each line once, under one line that says so; nothing where there is no such
 * command. Sources: documentation of Resolve-DnsName, Test-NetConnection, Invoke-WebRequest. */
void lp_explain_windows(const struct lp_explain_page *page, const char *const *by_hand);

#endif
