/* html_names.h - the names of a certificate: those that are wanted of it, and those that it has. */
#ifndef LP_HTML_NAMES_H
#define LP_HTML_NAMES_H

#include "lp/html_parts.h"
#include "lp/shown.h"

enum { LP_NAMES_SHOWN = 64 };

/* A name that a certificate is wanted to have. */
struct lp_wanted {
    struct lp_str name;
    const char *by; /* who wants it, in words */
    bool softly;    /* poster and documentation differ */
};

/* Each name once: the hosts at which the leaf was shown, then what the topology asks of the
 * certificate there. */
struct lp_wanted_names {
    struct lp_wanted at[LP_NAMES_SHOWN];
    size_t n;
    size_t left_out; /* over the bound */
};
/* Pure. rows: all of the walk. */
void lp_wanted_names(const struct lp_log *log, const struct lp_shown_rows *rows,
                     const struct lp_certificate *leaf, struct lp_wanted_names *out);

/* A table: name, expected, found; what nobody wants stands below. */
void lp_html_names(const struct lp_html *html, const struct lp_wanted_names *wanted,
                   const struct lp_certificate *leaf);

#endif
