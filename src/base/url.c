/* url.c - http and https URLs, absolute or relative (RFC 3986, section 5). */
#include "lp/url.h"

#include "lp/name.h"

#include <string.h>

enum { URL_MAX = 2048 };

/* A reference cut into its parts (RFC 3986, appendix B). Unset: not there. */
struct reference {
    struct lp_str scheme;
    struct lp_str authority;
    struct lp_str path;  /* set, may be empty */
    struct lp_str query; /* with its "?"; empty: none */
};

static bool is_visible(struct lp_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] <= ' ' || s.p[i] > '~')
            return false;
    return true;
}

/* Index of the first of the characters, or s.n. */
static size_t find_any(struct lp_str s, const char *characters)
{
    size_t at = 0;
    while (at < s.n && !strchr(characters, s.p[at]))
        at++;
    return at;
}

static struct reference split(struct lp_str href)
{
    struct reference r = { LP_STR_NONE, LP_STR_NONE, LP_STR_NONE, LP_STR_NONE };
    struct lp_str rest = lp_str_sub(href, 0, lp_str_find(href, '#'));
    size_t colon = find_any(rest, ":/?");
    if (colon < rest.n && rest.p[colon] == ':')
        r.scheme = lp_str_cut(&rest, ':');
    if (lp_str_starts_nocase(rest, "//")) {
        rest = lp_str_sub(rest, 2, rest.n);
        size_t end = find_any(rest, "/?");
        r.authority = lp_str_sub(rest, 0, end);
        rest = lp_str_sub(rest, end, rest.n);
    }
    size_t end = lp_str_find(rest, '?');
    r.path = lp_str_sub(rest, 0, end);
    r.query = lp_str_sub(rest, end, rest.n);
    return r;
}

/* Host and port of an authority without user info (an "@" is no host character). */
static bool split_port(struct lp_str authority, struct lp_str *host, struct lp_str *port)
{
    bool literal = authority.n && authority.p[0] == '[';
    size_t from = literal ? lp_str_find(authority, ']') : 0;
    struct lp_str tail = lp_str_sub(authority, from, authority.n);
    size_t end = from + lp_str_find(tail, ':');
    *host = lp_str_sub(authority, 0, end);
    *port = lp_str_sub(authority, end < authority.n ? end + 1 : end, authority.n);
    return host->n > 0;
}

static bool set_port(struct lp_url *url, struct lp_str text)
{
    uint64_t port = url->https ? 443 : 80;
    if (text.n && (!lp_str_to_u64(text, UINT16_MAX, &port) || port == 0))
        return false;
    url->port = (uint16_t)port;
    return true;
}

static bool set_host(struct lp_arena *arena, struct lp_url *url, struct lp_str host)
{
    if (host.n > 1 && host.p[0] != '[' && host.p[host.n - 1] == '.')
        host.n--;
    if (host.p[0] != '[' && lp_str_find(host, ':') < host.n)
        return false;
    if (lp_addr_parse(host, &url->ip)) {
        char text[LP_ADDR_TEXT];
        lp_addr_format(&url->ip, text, sizeof text);
        url->host = lp_arena_str(arena, lp_str_of(text));
        return true;
    }
    url->ip = (struct lp_addr){ 0 };
    url->host = lp_name_normal(arena, host);
    return lp_name_is_host(host);
}

static bool set_authority(struct lp_arena *arena, struct lp_url *url, struct lp_str authority)
{
    struct lp_str host;
    struct lp_str port;
    return split_port(authority, &host, &port) && set_port(url, port) && set_host(arena, url, host);
}

/* Removes "." and ".." segments of an absolute path (section 5.2.4). */
static struct lp_str without_dots(struct lp_arena *arena, struct lp_str path)
{
    char *out = lp_arena_alloc(arena, path.n + 2);
    size_t n = 0;
    struct lp_str rest = lp_str_sub(path, 1, path.n);
    bool more = true;
    while (more) {
        more = lp_str_find(rest, '/') < rest.n;
        struct lp_str segment = lp_str_cut(&rest, '/');
        bool up = lp_str_eq(segment, LP_STR(".."));
        while (up && n && out[--n] != '/')
            ;
        if (!up && !lp_str_eq(segment, LP_STR("."))) {
            out[n++] = '/';
            memcpy(out + n, segment.p, segment.n);
            n += segment.n;
        } else if (!more) {
            out[n++] = '/';
        }
    }
    return (struct lp_str){ out, n };
}

/* The base's path up to its last "/", then the reference (section 5.2.3). */
static struct lp_str merged(struct lp_arena *arena, struct lp_str base, struct lp_str path)
{
    size_t n = lp_str_find(base, '?');
    while (n && base.p[n - 1] != '/')
        n--;
    struct lp_str parts[] = { lp_str_sub(base, 0, n), path };
    return lp_arena_join(arena, parts, LP_COUNT(parts));
}

static struct lp_str path_of(struct lp_arena *arena, const struct lp_url *base,
                             const struct reference *r)
{
    struct lp_str path = r->path;
    struct lp_str query = r->query;
    bool own = r->authority.p || !base;
    if (!path.n && !own) {
        if (!query.n)
            return base->path;
        path = lp_str_sub(base->path, 0, lp_str_find(base->path, '?'));
    } else if (!path.n) {
        path = LP_STR("/");
    } else if (path.p[0] != '/') {
        path = merged(arena, base->path, path);
    }
    struct lp_str parts[] = { without_dots(arena, path), query };
    return lp_arena_join(arena, parts, LP_COUNT(parts));
}

static struct lp_str text_of(struct lp_arena *arena, const struct lp_url *url)
{
    struct lp_str port = LP_STR("");
    if (url->port != (url->https ? 443 : 80))
        port = lp_arena_printf(arena, ":%u", (unsigned)url->port);
    bool literal = url->ip.family == 6;
    struct lp_str parts[] = {
        url->https ? LP_STR("https://") : LP_STR("http://"),
        literal ? LP_STR("[") : LP_STR(""),
        url->host,
        literal ? LP_STR("]") : LP_STR(""),
        port,
        url->path,
    };
    return lp_arena_join(arena, parts, LP_COUNT(parts));
}

/* Scheme and authority, the reference's own or the base's. */
static bool set_origin(struct lp_arena *arena, const struct lp_url *base, const struct reference *r,
                       struct lp_url *url)
{
    if (!r->scheme.p && !base)
        return false;
    if (!r->scheme.p)
        url->https = base->https;
    else if (lp_str_eq_nocase(r->scheme, LP_STR("https")))
        url->https = true;
    else if (!lp_str_eq_nocase(r->scheme, LP_STR("http")))
        return false;
    if (r->authority.p)
        return set_authority(arena, url, r->authority);
    if (r->scheme.p)
        return false; /* "http:path" */
    url->host = base->host;
    url->ip = base->ip;
    url->port = base->port;
    return true;
}

bool lp_url_parse(struct lp_arena *arena, const struct lp_url *base, struct lp_str href,
                  struct lp_url *out)
{
    struct lp_url url = { 0 };
    if (!href.p || href.n > URL_MAX || !is_visible(href))
        return false;
    struct reference r = split(href);
    if (!set_origin(arena, base, &r, &url))
        return false;
    url.path = path_of(arena, base, &r);
    url.text = text_of(arena, &url);
    if (url.text.n > URL_MAX)
        return false;
    *out = url;
    return true;
}
