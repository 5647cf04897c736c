/* unchecked.h - what no walk can see, and how to look at it by hand. */
#ifndef LP_UNCHECKED_H
#define LP_UNCHECKED_H

#include "lp/report.h"

/* The closing words of a report for people: what was not checked (the other view too, where only
 * one was walked), and the command that says how to. */
struct lp_str lp_unchecked(struct lp_arena *arena, const struct lp_judgement *j);

/* A part of the page "not-checked". */
struct lp_unchecked_part {
    const char *heading;
    const char *const *lines; /* sentences and commands; ended by NULL */
};
/* The i-th part; NULL past the last. Sources: the documentation of the commands; Lync Server 2013:
 * Configuring client bootstrapping policies, DHCP options for Lync Phone Edition. */
const struct lp_unchecked_part *lp_unchecked_at(size_t i);
/* "lyncprobe explain not-checked" */
#define LP_UNCHECKED_WORD "not-checked"
void lp_report_explain_unchecked(const struct lp_style *style, struct lp_buf *out);

#endif
