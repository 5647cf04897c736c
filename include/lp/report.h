/* report.h - renderers: pure functions from a judgement to bytes. */
#ifndef LP_REPORT_H
#define LP_REPORT_H

#include "lp/buf.h"
#include "lp/judge.h"
#include "lp/lang.h"
#include "lp/msdiag.h"

/* How text is to look. */
struct lp_style {
    bool color;                 /* SGR sequences; only when the sink is a terminal or asked for */
    bool ascii;                 /* no glyphs beyond ASCII */
    int width;                  /* columns; 0: 80 */
    const struct lp_lang *lang; /* of what is not judged: explain, plan; NULL: English. A report
                                   speaks the language of its judgement's arena */
    int verbosity; /* 0..3: -v each line followed by question, server, rcode, TTL; -vv more; -vvv
                      bytes */
};

/* Everything a renderer may look at: n judged walks of one run. */
struct lp_report_input {
    const struct lp_judgement *const *walks;
    size_t n;
    /* The same in English, for a page that holds the JSON too (renderer->holds_json). NULL: walks
     * are in English. */
    const struct lp_judgement *const *english;
    size_t before; /* walks of the same document that were rendered already */
    /* The last of those, when it is of the same domain and the renderer looks back; else NULL. */
    const struct lp_judgement *previous;
    struct lp_style style;
    struct lp_list thresholds; /* struct lp_threshold, see threshold.h */
};

/* One row a format; extension by one row and one file. */
struct lp_renderer {
    const char *name; /* "text", "json", "record" */
    const char *title;
    void (*render)(const struct lp_report_input *input, struct lp_buf *out);
    /* Around several walks that are rendered one by one, as the run goes on: the same bytes as
     * render gives for all of them. NULL: nothing. */
    const char *first, *between, *last;
    bool framed; /* first and last stand around a single walk too, and are not render's business */
    /* A format that cannot be written walk by walk: makes one document of the texts of several
     * walks, one after another. NULL: it can. */
    void (*merge)(struct lp_str text, struct lp_buf *out);
    bool looks_back; /* two walks of a domain that follow one another are shown side by side */
    bool speaks;     /* for people: in the language that they ask for; else English */
    bool holds_json; /* ... with the report for machines in it, which is English always */
};
extern const struct lp_renderer lp_renderers[];
extern const size_t lp_renderer_count;
const struct lp_renderer *lp_renderer_by_name(struct lp_str name);

/* The explain page of a finding. */
void lp_report_explain(const struct lp_rule *rule, const struct lp_style *style,
                       struct lp_buf *out);

/* A word of the command line that is an ms-diagnostics number: "1010", or the header as it was
 * copied, 'ms-diagnostics: 1010;reason="..."'. False: it is none. */
bool lp_msdiag_of_word(struct lp_str word, struct lp_msdiag_header *out);
/* Its page; what the header said beside the number is shown, too. */
void lp_report_explain_number(const struct lp_msdiag *row, const struct lp_msdiag_header *said,
                              const struct lp_style *style, struct lp_buf *out);

#endif
