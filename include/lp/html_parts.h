/* html_parts.h - what the files of the HTML report share. */
#ifndef LP_HTML_PARTS_H
#define LP_HTML_PARTS_H

#include "lp/compare.h"
#include "lp/html.h"
#include "lp/text_report_parts.h"

/* Style sheet and script, a line each, ended by NULL: our own, without a character that HTML or XML
 * would read as markup. */
extern const char *const lp_html_style[];
extern const char *const lp_html_script[];

/* One walk, which is one section of the page. */
struct lp_html_walk {
    struct lp_html html;
    struct lp_text_report report; /* for its words; what its page writes goes to `aside` */
    struct lp_buf *aside;
    const struct lp_judgement *j;
    const struct lp_judgement *english;  /* the same, for what machines read */
    size_t number;                       /* of the walk on this page, from 1: ids begin with it */
    const struct lp_judgement *previous; /* of the same domain, before it; NULL none */
};

/* ---- what stands in the sections: their headings are a table of html_report.c ---- */

/* Domain, view, time; banner when overridden; verdict, why, what to do, text for a ticket. */
void lp_html_head(const struct lp_html_walk *walk);
/* The ladder of the deciding client, where it stops; the other clients. */
void lp_html_ladder(const struct lp_html_walk *walk);
/* A bar for each question: when it was put, how long each phase took. */
void lp_html_timeline(const struct lp_html_walk *walk);
/* What each of several name servers answers. */
void lp_html_servers(const struct lp_html_walk *walk);
void lp_html_certificates(const struct lp_html_walk *walk);
void lp_html_ports(const struct lp_html_walk *walk);
/* With a topology: what it asks for, and what became of it. */
void lp_html_expectations(const struct lp_html_walk *walk);
void lp_html_findings(const struct lp_html_walk *walk);
/* All that was seen, folded; the findings lead there. */
void lp_html_evidence(const struct lp_html_walk *walk);
/* Program, options, servers, stores, clock, overrides. */
void lp_html_made(const struct lp_html_walk *walk);

/* ---- pieces ---- */

/* "w1-ticket": an id of this walk; name: our own. In the scratch arena. */
struct lp_str lp_html_id(const struct lp_html_walk *walk, const char *name);
/* "w1-f3", "w1-e12": of a finding by its index, of evidence by its id. */
struct lp_str lp_html_finding_id(const struct lp_html_walk *walk, size_t index);
struct lp_str lp_html_evidence_id(const struct lp_html_walk *walk, int64_t id);

/* A sign as a word in a frame: never colour alone. LP_SIGN_NONE: nothing. */
void lp_html_badge(const struct lp_html *html, enum lp_sign sign);
/* Sign of a finding's own severity; of a note, too. */
enum lp_sign lp_html_severity_sign(enum lp_severity severity);
/* <section> in the look of a verdict, with its badge; closed by lp_html_close(html, "section"). */
void lp_html_verdict_open(const struct lp_html *html, enum lp_verdict verdict);
/* Tables of a comparison: what differs, then, folded, what is as it should be. */
void lp_html_compared(const struct lp_html *html, const struct lp_compared *compared);
/* Steps to do as an ordered list; commands and records stand in <pre>. */
void lp_html_steps(const struct lp_html *html, const struct lp_list *steps);
/* A link to a place on this page. */
void lp_html_link(const struct lp_html *html, struct lp_str id, struct lp_str text);
/* <dt>word</dt><dd>text</dd>; nothing for an empty text. word: ours, shown in the page's language,
 * as are those of the next two. */
void lp_html_pair(const struct lp_html *html, const char *word, struct lp_str text);
/* A button that copies the text of the element with that id; of no use, and hidden, without
 * script. */
void lp_html_copy_button(const struct lp_html *html, struct lp_str id, const char *word);
/* <table> with caption and column heads, up to <tbody>; heads, eight at most, are ended by NULL. */
void lp_html_table(const struct lp_html *html, const char *caption, const char *const *heads);
/* The same of a caption and any number of heads that are shown as they stand: some are names. */
void lp_html_table_with(const struct lp_html *html, const char *caption, const char *const *heads);
/* A box around a table that may be wider than a small window: it scrolls by itself, by keyboard
 * too. label: id of what names it. class: "scroll", or "scroll wide" where cells may wrap. Closed
 * by lp_html_close(html, "div"). */
void lp_html_scroll(const struct lp_html *html, const char *class, struct lp_str label);
/* </tbody></table>. */
void lp_html_table_end(const struct lp_html *html);

#endif
