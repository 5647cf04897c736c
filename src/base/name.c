/* name.c - domain names as text: comparison, domains, host names. */
#include "lp/name.h"

#include <string.h>

static struct lp_str without_dot(struct lp_str name)
{
    return name.n && name.p[name.n - 1] == '.' ? lp_str_sub(name, 0, name.n - 1) : name;
}

bool lp_name_eq(struct lp_str a, struct lp_str b)
{
    return lp_str_eq_nocase(without_dot(a), without_dot(b));
}

bool lp_name_in_domain(struct lp_str name, struct lp_str domain)
{
    if (!name.n || !domain.n)
        return false;
    name = without_dot(name);
    domain = without_dot(domain);
    if (name.n <= domain.n || !domain.n)
        return !domain.n || lp_str_eq_nocase(name, domain);
    size_t at = name.n - domain.n;
    return name.p[at - 1] == '.' && lp_str_eq_nocase(lp_str_sub(name, at, domain.n), domain);
}

bool lp_name_in_cloud(struct lp_str name)
{
    return lp_name_in_domain(name, LP_STR("lync.com"));
}

bool lp_name_is_trusted(struct lp_str name)
{
    /* Default of TrustModelData: domain.md 1.3 */
    static const char *const trusted[] = { "lync.com", "outlook.com", "lync.glbdns.microsoft.com",
                                           "microsoftonline.com" };
    for (size_t i = 0; i < LP_COUNT(trusted); i++)
        if (lp_name_in_domain(name, lp_str_of(trusted[i])))
            return true;
    return false;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter_or_digit(char c)
{
    char lower = lp_ascii_lower(c);
    return (lower >= 'a' && lower <= 'z') || is_digit(c);
}

static bool is_label(struct lp_str label, bool underscore)
{
    for (size_t i = 0; i < label.n; i++)
        if (!is_letter_or_digit(label.p[i]) && label.p[i] != '-' &&
            !(underscore && label.p[i] == '_'))
            return false;
    return label.n >= 1 && label.n <= LP_LABEL_MAX;
}

/* Decimal, or hexadecimal after 0x: what inet_aton takes for a part of an address. */
static bool is_number(struct lp_str label)
{
    bool hex = lp_str_starts_nocase(label, "0x");
    for (size_t i = hex ? 2 : 0; i < label.n; i++) {
        char c = lp_ascii_lower(label.p[i]);
        if (!is_digit(c) && !(hex && c >= 'a' && c <= 'f'))
            return false;
    }
    return true;
}

bool lp_name_is_host(struct lp_str name)
{
    struct lp_str rest = name;
    struct lp_str label = LP_STR_NONE;
    if (!name.n || name.n > LP_NAME_MAX || name.p[name.n - 1] == '.')
        return false;
    while (rest.n) {
        label = lp_str_cut(&rest, '.');
        if (!is_label(label, true))
            return false;
    }
    return !is_number(label);
}

static bool is_lync_label(struct lp_str label)
{
    return is_label(label, false) && label.p[0] != '-' && label.p[label.n - 1] != '-' &&
           !lp_str_starts_nocase(label, "xn--");
}

bool lp_name_is_lync_host(struct lp_str name)
{
    struct lp_str rest = name;
    size_t labels = 0;
    if (!lp_name_is_host(name))
        return false;
    for (; rest.n; labels++)
        if (!is_lync_label(lp_str_cut(&rest, '.')))
            return false;
    return labels >= 2;
}

struct lp_str lp_name_expand(struct lp_arena *arena, const char *pattern, struct lp_str domain)
{
    static const char variable[] = "<sip-domain>";
    struct lp_str parts[3] = { LP_STR_NONE, domain, LP_STR_NONE };
    const char *at = strstr(pattern, variable);
    if (!at)
        return lp_arena_str(arena, lp_str_of(pattern));
    parts[0] = (struct lp_str){ pattern, (size_t)(at - pattern) };
    parts[2] = lp_name_expand(arena, at + sizeof variable - 1, domain);
    return lp_arena_join(arena, parts, LP_COUNT(parts));
}

struct lp_str lp_name_normal(struct lp_arena *arena, struct lp_str name)
{
    if (name.n > 1)
        name = without_dot(name);
    if (!name.p)
        return name;
    char *lower = lp_arena_alloc(arena, name.n + 1);
    for (size_t i = 0; i < name.n; i++)
        lower[i] = lp_ascii_lower(name.p[i]);
    return (struct lp_str){ lower, name.n };
}
