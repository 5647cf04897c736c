/* idn.c - the domain that a user typed, as A-labels (libidn2). */
#include "lp/addr.h"
#include "lp/alloc.h"
#include "lp/name.h"
#include "lp/text.h"

#include <idn2.h>

/* Non-transitional processing of UTS 46: IDNA2008, with capital letters folded first. */
static bool to_ascii(struct lp_arena *arena, struct lp_str name, struct lp_str *out, int *status)
{
    uint8_t *ascii = NULL;
    struct lp_str copy = lp_arena_str(arena, name);
    *status =
        idn2_lookup_u8((const uint8_t *)copy.p, &ascii, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
    if (*status == IDN2_MALLOC)
        lp_out_of_memory();
    if (*status != IDN2_OK)
        return false;
    *out = lp_arena_str(arena, lp_str_of((const char *)ascii));
    idn2_free(ascii);
    return true;
}

static bool is_kept(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
}

/* Letters, digits, hyphens and dots only, no hyphen at the edge of a label. */
static bool is_ldh(struct lp_str name)
{
    for (size_t i = 0; i < name.n; i++) {
        bool edge = i == 0 || i + 1 == name.n || name.p[i - 1] == '.' || name.p[i + 1] == '.';
        if (!is_kept(lp_ascii_lower(name.p[i])) || (edge && name.p[i] == '-'))
            return false;
    }
    return true;
}

/* A SIP domain: letters, digits and hyphens, at least two labels; xn-- labels are right
 * by now. */
static bool is_sip_domain(struct lp_str name)
{
    return lp_name_is_host(name) && is_ldh(name) && lp_str_find(name, '.') < name.n;
}

/* What a name has in place of a dot or hyphen, so that the nearest valid name can be
 * offered. */
static char repaired(char c)
{
    static const char from[] = ",;_";
    static const char to[] = "..-";
    for (size_t i = 0; from[i]; i++)
        if (c == from[i])
            return to[i];
    return lp_ascii_lower(c);
}

/* The host part of something that looks like a URL. */
static struct lp_str host_part(struct lp_str typed)
{
    for (size_t i = 0; i + 2 < typed.n; i++)
        if (typed.p[i] == ':' && typed.p[i + 1] == '/' && typed.p[i + 2] == '/')
            typed = lp_str_sub(typed, i + 3, typed.n);
    size_t end = 0;
    while (end < typed.n && typed.p[end] != '/' && typed.p[end] != ':' && typed.p[end] != '?')
        end++;
    return lp_str_sub(typed, 0, end);
}

/* The nearest valid name; unset when there is none, or nothing near. */
static struct lp_str nearest(struct lp_arena *arena, struct lp_str typed)
{
    struct lp_str host = host_part(typed);
    if (!lp_str_is_ascii(typed) || !lp_is_clean_text(typed))
        return LP_STR_NONE;
    char *text = lp_arena_alloc(arena, host.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < host.n; i++) {
        char c = repaired(host.p[i]);
        bool at_edge = n == 0 || text[n - 1] == '.';
        if (c == '.' && n && text[n - 1] == '-')
            n--;
        if (is_kept(c) && !(at_edge && (c == '.' || c == '-')))
            text[n++] = c;
    }
    while (n && (text[n - 1] == '.' || text[n - 1] == '-'))
        n--;
    struct lp_str name = { text, n };
    return is_sip_domain(name) && !lp_str_eq_nocase(name, typed) ? name : LP_STR_NONE;
}

/* What is wrong with the parts between the dots; NULL: nothing. */
static const char *reason_of_labels(struct lp_str name)
{
    for (bool more = true; more;) {
        more = lp_str_find(name, '.') < name.n;
        struct lp_str label = lp_str_cut(&name, '.');
        if (!label.n)
            return "a part between two dots is empty";
        if (label.n > LP_LABEL_MAX)
            return "a part between two dots is longer than 63 characters";
    }
    return NULL;
}

static const char *reason_of(struct lp_str name)
{
    struct lp_addr address;
    if (!name.n)
        return "it is empty";
    if (lp_addr_parse(name, &address))
        return "it is an address";
    if (name.n > LP_NAME_MAX)
        return "it is longer than 253 characters";
    const char *reason = reason_of_labels(name);
    if (reason)
        return reason;
    if (lp_str_find(name, '.') == name.n)
        return "it has no dot";
    if (!is_sip_domain(name) && is_ldh(name))
        return "its last part is a number";
    return "only letters, digits, hyphens and dots may be in it";
}

static bool refuse(struct lp_arena *arena, struct lp_str typed, const char *why,
                   struct lp_error *error)
{
    struct lp_str near = nearest(arena, typed);
    if (near.p)
        return lp_fail(error, "%s: not a domain: %s; did you mean %s?", lp_term(arena, typed), why,
                       lp_term(arena, near));
    return lp_fail(error, "%s: not a domain: %s, as in contoso.com", lp_term(arena, typed), why);
}

/* "sip:anna@contoso.com" -> "contoso.com" */
static struct lp_str domain_part(struct lp_str typed)
{
    struct lp_str s = lp_str_trim(typed);
    if (lp_str_starts_nocase(s, "sip:"))
        s = lp_str_sub(s, 4, s.n);
    while (lp_str_find(s, '@') < s.n)
        (void)lp_str_cut(&s, '@');
    if (s.n > 1 && s.p[s.n - 1] == '.')
        s.n--;
    return s;
}

bool lp_name_from_user(struct lp_arena *arena, struct lp_str typed, struct lp_str *domain,
                       struct lp_error *error)
{
    struct lp_str name = domain_part(typed);
    int status = IDN2_OK;
    if (name.n && !lp_is_clean_text(name))
        return refuse(arena, name, "it has control characters or is not UTF-8", error);
    if (lp_str_is_ascii(name) && !is_sip_domain(name))
        return refuse(arena, name, reason_of(name), error);
    struct lp_str ascii = LP_STR_NONE;
    if (!to_ascii(arena, name, &ascii, &status))
        return refuse(arena, name, idn2_strerror(status), error);
    if (!is_sip_domain(ascii))
        return refuse(arena, name, reason_of(ascii), error);
    *domain = lp_name_normal(arena, ascii);
    return true;
}
