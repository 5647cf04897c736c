/* fuzz_url.c - a reference, alone and against a base: a safe URL or none. */
#include "lp/name.h"
#include "lp/url.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool claim)
{
    if (!claim)
        abort();
}

static bool is_visible(struct lp_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] <= ' ' || s.p[i] > '~' || s.p[i] == '#')
            return false;
    return s.n > 0;
}

/* An address has one text, and its mapped form is refused where it is refused. */
static void check_address(const struct lp_addr *a)
{
    char text[LP_ADDR_TEXT];
    struct lp_addr back;
    lp_addr_format(a, text, sizeof text);
    require(lp_addr_parse(lp_str_of(text), &back) && lp_addr_eq(a, &back));
    const char *rule = lp_guard_address(a, NULL, 0);
    require(rule || lp_addr_class(a, NULL, 0) != LP_CLASS_REFUSED);
    if (a->family != 4)
        return;
    struct lp_addr mapped = { .family = 6, .bytes = { [10] = 0xff, [11] = 0xff } };
    for (size_t i = 0; i < 4; i++)
        mapped.bytes[12 + i] = a->bytes[i];
    require((lp_guard_address(&mapped, NULL, 0) != NULL) == (rule != NULL));
}

static void check_url(struct lp_arena *arena, const struct lp_url *base, struct lp_str href)
{
    struct lp_url url;
    struct lp_url again;
    if (!lp_url_parse(arena, base, href, &url))
        return;
    require(url.text.n <= 2048 && is_visible(url.text) && is_visible(url.path));
    require(url.path.p[0] == '/' && url.port != 0);
    require(url.ip.family || lp_name_is_host(url.host));
    require(lp_url_parse(arena, NULL, url.text, &again));
    require(lp_str_eq(url.text, again.text) && lp_str_eq(url.host, again.host));
    require(url.port == again.port && url.https == again.https);
    if (url.ip.family)
        check_address(&url.ip);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct lp_arena arena = { 0 };
    struct lp_str s = { size ? (const char *)data : "", size };
    struct lp_url base;
    struct lp_cidr net;
    struct lp_addr a;
    require(lp_url_parse(&arena, NULL, LP_STR("https://a.example:8443/b/c/d?q"), &base));
    check_url(&arena, NULL, s);
    check_url(&arena, &base, s);
    if (lp_addr_parse(s, &a))
        check_address(&a);
    if (lp_cidr_parse(s, &net))
        require(lp_cidr_has(&net, &net.base));
    lp_arena_release(&arena);
    return 0;
}
