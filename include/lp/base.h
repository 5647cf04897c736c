/* base.h - words that every layer shares: slices, counts, time units. [probe] */
#ifndef LP_BASE_H
#define LP_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Number of elements of a true array. */
#define LP_COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* The result must be looked at. */
#define LP_MUST_CHECK __attribute__((warn_unused_result))
#define LP_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#define LP_NORETURN __attribute__((noreturn))

/* Microseconds on the monotonic clock, or a span of them. -1: not measured. */
typedef int64_t lp_usec;
/* Seconds since 1970-01-01 UTC. INT64_MIN (LP_UTC_NONE): not known. */
typedef int64_t lp_utc;
#define LP_UTC_NONE INT64_MIN

/*
 * A slice of bytes: text or binary, not NUL-terminated, not owned (it lives in the arena
 * of the walk). p NULL: unset; p not NULL and n 0: set, empty. All text from the network
 * has this type, which no printf-like function takes: it reaches an output only through
 * the escapers of text.h.
 */
struct lp_str {
    const char *p;
    size_t n;
};

/* A slice over a string literal. */
#define LP_STR(lit) ((struct lp_str){ (lit), sizeof(lit) - 1 })
#define LP_STR_NONE ((struct lp_str){ NULL, 0 })

/* An ASCII letter in lower case; any other byte as it is. No locale. */
static inline char lp_ascii_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/* A slice over a NUL-terminated string of our own; NULL gives the unset slice. */
struct lp_str lp_str_of(const char *text);
/* Byte-equal? Unset equals only unset. */
bool lp_str_eq(struct lp_str a, struct lp_str b);
/* Equal with ASCII letters folded (DNS names, header names, tokens). */
bool lp_str_eq_nocase(struct lp_str a, struct lp_str b);
/* <0, 0, >0 in byte order; a prefix sorts first, unset before empty. */
int lp_str_cmp(struct lp_str a, struct lp_str b);
/* Does the whole text fit the pattern, ASCII case folded? "*": any bytes, "?": one. Linear but for
 * the stars, which never look back further than the last one. */
bool lp_str_fits(struct lp_str s, struct lp_str pattern);
/* FNV-1a of the bytes, its halves folded. */
size_t lp_str_hash(struct lp_str s);
/* Does s start with / end with that, ASCII case folded? */
bool lp_str_starts_nocase(struct lp_str s, const char *prefix);
bool lp_str_ends_nocase(struct lp_str s, const char *suffix);
/* Without leading and trailing space, tab, CR, LF. */
struct lp_str lp_str_trim(struct lp_str s);
/* No octet above 127. */
bool lp_str_is_ascii(struct lp_str s);
/* Index of c, or s.n when there is none. */
size_t lp_str_find(struct lp_str s, char c);
/* Part of s from byte `from`, at most n bytes; clipped to s. */
struct lp_str lp_str_sub(struct lp_str s, size_t from, size_t n);
/* Cuts the text before the first c off *rest (which then starts after c); the whole rest
 * when there is no c. */
struct lp_str lp_str_cut(struct lp_str *rest, char c);
/* Decimal digits only, at most max. False: empty, other characters, too large. */
LP_MUST_CHECK bool lp_str_to_u64(struct lp_str s, uint64_t max, uint64_t *out);

/* A message for the user about his own input: usage, topology, recording. Never network
 * trouble. */
struct lp_error {
    char text[512]; /* one line without newline, harmless on a terminal; "" when there is
                       none */
};
/* Fills the message (printf format, trusted values only) and returns false, so that
   callers can return it. Control characters become '?'. */
bool lp_fail(struct lp_error *error, const char *format, ...) LP_PRINTF(2, 3);

#endif
