/* name.h - domain names as text: validity, comparison, patterns, user input. [probe] */
#ifndef LP_NAME_H
#define LP_NAME_H

#include "lp/arena.h"

/* Presentation form without trailing dot, "." for the root. Bytes outside [!-~] and dots
 * in labels as \DDD (RFC 1035 5.1). */

enum {
    LP_LABEL_MAX = 63,
    LP_NAME_MAX = 253
}; /* characters; RFC 1035 2.3.4, without the trailing dot */

/* Equal, ASCII case folded, one trailing dot ignored. */
bool lp_name_eq(struct lp_str a, struct lp_str b);
/* Is `name` equal to `domain` or below it? */
bool lp_name_in_domain(struct lp_str name, struct lp_str domain);
/* Is the name one of the hosting cloud (lync.com, online.lync.com, ..., domain.md 2.5),
   or one of the four domains that clients trust by default (domain.md 1.3)? */
bool lp_name_in_cloud(struct lp_str name); /* lync.com only: the certificate exception */
bool lp_name_is_trusted(
    struct lp_str name); /* lync.com outlook.com lync.glbdns.microsoft.com microsoftonline.com */
/* Host name that Lync accepts: A-Z a-z 0-9 hyphen, at least two labels, no IDN label
 * (domain.md 5.2). */
bool lp_name_is_lync_host(struct lp_str name);
/* Host name that we connect to: letters, digits, hyphen, underscore; labels 1..63; total
   at most 253; last label not a number (so that 2130706433 or 0x7f.1 is never taken for
   an address). */
bool lp_name_is_host(struct lp_str name);
/* Pattern with "<sip-domain>" replaced ("_sip._tls.<sip-domain>"). */
struct lp_str lp_name_expand(struct lp_arena *arena, const char *pattern, struct lp_str domain);
/* Lower-case copy without trailing dot. */
struct lp_str lp_name_normal(struct lp_arena *arena, struct lp_str name);

/*
 * What the user typed ("anna@contoso.com", "KÖLN.example", "contoso.com."): the domain as
 * lower-case A-labels (libidn2, IDNA2008). The part before @ is dropped here and never
 * kept. False: error names the word and why.
 */
LP_MUST_CHECK bool lp_name_from_user(struct lp_arena *arena, struct lp_str typed,
                                     struct lp_str *domain, struct lp_error *error);
/* Labels of more than one script (look-alikes): for a hint. */
bool lp_name_mixes_scripts(struct lp_str typed);

#endif
