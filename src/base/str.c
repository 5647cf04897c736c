/* str.c - slices of bytes, and messages for the user about his own input. */
#include "lp/base.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct lp_str lp_str_of(const char *text)
{
    return text ? (struct lp_str){ text, strlen(text) } : LP_STR_NONE;
}

bool lp_str_eq(struct lp_str a, struct lp_str b)
{
    if (!a.p || !b.p)
        return !a.p && !b.p;
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool lp_str_fits(struct lp_str s, struct lp_str pattern)
{
    size_t i = 0, k = 0, star = SIZE_MAX, from = 0;
    while (i < s.n) {
        if (k < pattern.n && pattern.p[k] == '*') {
            star = k++;
            from = i;
        } else if (k < pattern.n && (pattern.p[k] == '?' ||
                                     lp_ascii_lower(pattern.p[k]) == lp_ascii_lower(s.p[i]))) {
            i++;
            k++;
        } else if (star != SIZE_MAX) {
            k = star + 1;
            i = ++from;
        } else {
            return false;
        }
    }
    while (k < pattern.n && pattern.p[k] == '*')
        k++;
    return k == pattern.n;
}

size_t lp_str_hash(struct lp_str s)
{
    uint64_t h = 0xcbf29ce484222325U;
    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (uint8_t)s.p[i]) * 0x100000001b3U;
    return (size_t)(h ^ h >> 32);
}

static bool same_nocase(const char *a, const char *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (lp_ascii_lower(a[i]) != lp_ascii_lower(b[i]))
            return false;
    return true;
}

bool lp_str_eq_nocase(struct lp_str a, struct lp_str b)
{
    if (!a.p || !b.p)
        return !a.p && !b.p;
    return a.n == b.n && same_nocase(a.p, b.p, a.n);
}

int lp_str_cmp(struct lp_str a, struct lp_str b)
{
    if (!a.p || !b.p)
        return (a.p != NULL) - (b.p != NULL);
    size_t n = a.n < b.n ? a.n : b.n;
    int order = n ? memcmp(a.p, b.p, n) : 0;
    return order ? order : (a.n > b.n) - (a.n < b.n);
}

bool lp_str_starts_nocase(struct lp_str s, const char *prefix)
{
    size_t n = strlen(prefix);
    return s.p && s.n >= n && same_nocase(s.p, prefix, n);
}

bool lp_str_ends_nocase(struct lp_str s, const char *suffix)
{
    size_t n = strlen(suffix);
    return s.p && s.n >= n && same_nocase(s.p + (s.n - n), suffix, n);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct lp_str lp_str_trim(struct lp_str s)
{
    while (s.n && is_blank(s.p[s.n - 1]))
        s.n--;
    while (s.n && is_blank(s.p[0])) {
        s.p++;
        s.n--;
    }
    return s;
}

bool lp_str_is_ascii(struct lp_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] >= 0x80)
            return false;
    return true;
}

size_t lp_str_find(struct lp_str s, char c)
{
    const char *hit = s.n ? memchr(s.p, c, s.n) : NULL;
    return hit ? (size_t)(hit - s.p) : s.n;
}

struct lp_str lp_str_sub(struct lp_str s, size_t from, size_t n)
{
    if (!s.p)
        return s;
    if (from > s.n)
        from = s.n;
    if (n > s.n - from)
        n = s.n - from;
    return (struct lp_str){ s.p + from, n };
}

struct lp_str lp_str_cut(struct lp_str *rest, char c)
{
    size_t at = lp_str_find(*rest, c);
    struct lp_str head = lp_str_sub(*rest, 0, at);
    *rest = lp_str_sub(*rest, at < rest->n ? at + 1 : at, rest->n);
    return head;
}

bool lp_str_to_u64(struct lp_str s, uint64_t max, uint64_t *out)
{
    uint64_t value = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        uint64_t digit = (uint64_t)(s.p[i] - '0');
        if (digit > max || value > (max - digit) / 10)
            return false;
        value = value * 10 + digit;
    }
    *out = value;
    return s.n > 0;
}

bool lp_fail(struct lp_error *error, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    (void)vsnprintf(error->text, sizeof error->text, format, args);
    va_end(args);
    for (char *c = error->text; *c; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7f)
            *c = '?';
    return false;
}
