/* test_url.c - URLs that we follow, and those that we do not. */
#include "lp/url.h"

#include <check.h>
#include <string.h>

Suite *lp_suite_url(void);

static const struct {
    const char *href;
    const char *text; /* NULL: refused */
} absolute[] = {
    { "https://lyncdiscover.contoso.com/", "https://lyncdiscover.contoso.com/" },
    { "HTTPS://LyncDiscover.Contoso.com", "https://lyncdiscover.contoso.com/" },
    { "http://a.example:80/x", "http://a.example/x" },
    { "https://a.example:443/x", "https://a.example/x" },
    { "https://a.example:4443/x", "https://a.example:4443/x" },
    { "http://a.example:443/x", "http://a.example:443/x" },
    { "http://a.example:/x", "http://a.example/x" },
    { "http://a.example:00080/x", "http://a.example/x" },
    { "http://a.example:65535/", "http://a.example:65535/" },
    { "http://a.example:65536/", NULL },
    { "http://a.example:0/", NULL },
    { "http://a.example:-1/", NULL },
    { "http://a.example:80x/", NULL },
    { "http://a.example:99999999999999999999/", NULL },
    { "https://a.example/Autodiscover/AutodiscoverService.svc/root?x=1&y",
      "https://a.example/Autodiscover/AutodiscoverService.svc/root?x=1&y" },
    { "https://a.example?x=1", "https://a.example/?x=1" },
    { "https://a.example#top", "https://a.example/" },
    { "https://a.example/p?q#f?g#h", "https://a.example/p?q" },
    { "https://a.example/#@evil.example/", "https://a.example/" },
    { "https://a.example./x", "https://a.example/x" },
    { "https://a.example../x", NULL },
    { "https://my_host.example/", "https://my_host.example/" },
    { "https://a.example/a/../b/./c/..", "https://a.example/b/" },
    { "https://a.example/../../x", "https://a.example/x" },
    { "https://a.example/.", "https://a.example/" },
    { "https://a.example/..", "https://a.example/" },
    { "https://a.example/a/..", "https://a.example/" },
    { "https://a.example/a/b/..", "https://a.example/a/" },
    { "https://a.example//x//", "https://a.example//x//" },
    { "https://a.example/..a/.b./...", "https://a.example/..a/.b./..." },
    { "https://a.example/x?a=../..", "https://a.example/x?a=../.." },
    { "https://a.example/%2e%2e/x", "https://a.example/%2e%2e/x" },
    { "https://192.0.2.1/", "https://192.0.2.1/" },
    { "https://192.0.2.1./", "https://192.0.2.1/" },
    { "https://[2001:DB8::1]/x", "https://[2001:db8::1]/x" },
    { "https://[2001:db8::1]:8443/x", "https://[2001:db8::1]:8443/x" },
    { "https://[2001:db8::1]:443/x", "https://[2001:db8::1]/x" },
    { "https://[::ffff:127.0.0.1]/", "https://[::ffff:127.0.0.1]/" },
    { "https://[::1", NULL },
    { "https://[::1]x/", NULL },
    { "https://[::1]x:80/", NULL },
    { "https://[::1]@a.example/", NULL },
    { "https://[fe80::1%25eth0]/", NULL },
    { "https://[fe80::1%eth0]/", NULL },
    { "https://[192.0.2.1]/", NULL },
    { "https://[a.example]/", NULL },
    { "https://[]/", NULL },
    { "https://::1/", NULL },
    { "https://2001:db8::1/", NULL },
    { "https://2130706433/", NULL },
    { "https://0x7f000001/", NULL },
    { "https://0x7f.0.0.1/", NULL },
    { "https://0177.0.0.1/", NULL },
    { "https://017700000001/", NULL },
    { "https://127.1/", NULL },
    { "https://127.0.1/", NULL },
    { "https://127.0.0.1.1/", NULL },
    { "https://1.2.3.256/", NULL },
    { "https://4294967296/", NULL },
    { "https://127.0.0.1:22/", "https://127.0.0.1:22/" },
    { "https://127%2e0%2e0%2e1/", NULL },
    { "https://a%2eexample/", NULL },
    { "https://user@a.example/", NULL },
    { "https://user:pw@a.example/", NULL },
    { "https://a.example@evil.example/", NULL },
    { "https://a.example:443@evil.example/", NULL },
    { "https://@a.example/", NULL },
    { "https://a.example\\@evil.example/", NULL },
    { "https://a.example\\.evil.example/", NULL },
    { "https://a.example /", NULL },
    { "https://a.example/a b", NULL },
    { " https://a.example/", NULL },
    { "https://a.example/\r\nX-Evil: 1", NULL },
    { "https://a.example\r\n/", NULL },
    { "https://a.example/\tx", NULL },
    { "https://a.example/\x7f", NULL },
    { "https://a.example/\x1b[2J", NULL },
    { "https://k\xc3\xb6ln.example/", NULL },
    { "https://a.example/\xc3\xb6", NULL },
    { "https://a..example/", NULL },
    { "https://.a.example/", NULL },
    { "https://*.example/", NULL },
    { "https:///x", NULL },
    { "https://", NULL },
    { "https://?x", NULL },
    { "https://:443/", NULL },
    { "https:/x", NULL },
    { "https:x", NULL },
    { "https:", NULL },
    { "http:\\\\a.example\\", NULL },
    { "ftp://a.example/", NULL },
    { "file:///etc/passwd", NULL },
    { "gopher://a.example/", NULL },
    { "javascript:alert(1)", NULL },
    { "data:text/html,x", NULL },
    { "ldap://a.example/", NULL },
    { "httpsx://a.example/", NULL },
    { "://a.example/", NULL },
    { ":", NULL },
    { "//a.example/x", NULL },
    { "/x", NULL },
    { "x", NULL },
    { "?x", NULL },
    { "#x", NULL },
    { "", NULL },
};

static void expect(bool good, const struct lp_url *url, const char *text)
{
    ck_assert_int_eq(good, text != NULL);
    if (!text)
        return;
    if (!lp_str_eq(url->text, lp_str_of(text)))
        ck_abort_msg("%.*s, not %s", (int)url->text.n, url->text.p, text);
    ck_assert(url->path.n && url->path.p[0] == '/');
    ck_assert(url->host.n && url->port);
}

START_TEST(without_base)
{
    struct lp_arena arena = { 0 };
    struct lp_url url = { 0 };
    bool good = lp_url_parse(&arena, NULL, lp_str_of(absolute[_i].href), &url);
    expect(good, &url, absolute[_i].text);
    lp_arena_release(&arena);
}
END_TEST

/* The examples of RFC 3986, section 5.4 (";" and "=" are plain characters), and ours. */
static const struct {
    const char *href;
    const char *text;
} relative[] = {
    { "g", "http://a.example/b/c/g" },
    { "./g", "http://a.example/b/c/g" },
    { "g/", "http://a.example/b/c/g/" },
    { "/g", "http://a.example/g" },
    { "//g.example", "http://g.example/" },
    { "//g.example:8080/x?y", "http://g.example:8080/x?y" },
    { "?y", "http://a.example/b/c/d;p?y" },
    { "g?y", "http://a.example/b/c/g?y" },
    { "#s", "http://a.example/b/c/d;p?q" },
    { "g#s", "http://a.example/b/c/g" },
    { "g?y#s", "http://a.example/b/c/g?y" },
    { ";x", "http://a.example/b/c/;x" },
    { "g;x=1/./y", "http://a.example/b/c/g;x=1/y" },
    { "g;x=1/../y", "http://a.example/b/c/y" },
    { "", "http://a.example/b/c/d;p?q" },
    { ".", "http://a.example/b/c/" },
    { "./", "http://a.example/b/c/" },
    { "..", "http://a.example/b/" },
    { "../", "http://a.example/b/" },
    { "../g", "http://a.example/b/g" },
    { "../..", "http://a.example/" },
    { "../../g", "http://a.example/g" },
    { "../../../g", "http://a.example/g" },
    { "/./g", "http://a.example/g" },
    { "/../g", "http://a.example/g" },
    { "g.", "http://a.example/b/c/g." },
    { "..g", "http://a.example/b/c/..g" },
    { "./../g", "http://a.example/b/g" },
    { "./g/.", "http://a.example/b/c/g/" },
    { "g/./h", "http://a.example/b/c/g/h" },
    { "g?y/./x", "http://a.example/b/c/g?y/./x" },
    { "g#s/../x", "http://a.example/b/c/g" },
    { "https://b.example", "https://b.example/" },
    { "http:g", NULL },
    { "g:h", NULL },
    { "?x=http://evil.example/", "http://a.example/b/c/d;p?x=http://evil.example/" },
    { "/x:y", "http://a.example/x:y" },
    { "/\\evil.example", "http://a.example/\\evil.example" },
    { "\\\\evil.example", "http://a.example/b/c/\\\\evil.example" },
    { "/a\r\nb", NULL },
    { "//", NULL },
    { "///x", NULL },
    { "//u@evil.example/", NULL },
    { "//[::1]/", "http://[::1]/" },
    { "//2130706433/", NULL },
};

START_TEST(with_base)
{
    struct lp_arena arena = { 0 };
    struct lp_url base = { 0 };
    struct lp_url url = { 0 };
    ck_assert(lp_url_parse(&arena, NULL, LP_STR("http://a.example/b/c/d;p?q"), &base));
    bool good = lp_url_parse(&arena, &base, lp_str_of(relative[_i].href), &url);
    expect(good, &url, relative[_i].text);
    lp_arena_release(&arena);
}
END_TEST

START_TEST(members)
{
    struct lp_arena arena = { 0 };
    struct lp_url url = { 0 };
    struct lp_url next = { 0 };
    ck_assert(lp_url_parse(&arena, NULL, LP_STR("https://[2001:DB8::1]:8443/p?q#f"), &url));
    ck_assert(url.https);
    ck_assert(lp_str_eq(url.host, LP_STR("2001:db8::1")));
    ck_assert_uint_eq(url.ip.family, 6);
    ck_assert_uint_eq(url.port, 8443);
    ck_assert(lp_str_eq(url.path, LP_STR("/p?q")));
    ck_assert(lp_url_parse(&arena, &url, LP_STR("/x"), &next));
    ck_assert(lp_str_eq(next.text, LP_STR("https://[2001:db8::1]:8443/x")));
    ck_assert_uint_eq(next.ip.family, 6);
    ck_assert(lp_url_parse(&arena, &url, LP_STR("//Sip.Contoso.com/x"), &next));
    ck_assert(next.https);
    ck_assert(lp_str_eq(next.host, LP_STR("sip.contoso.com")));
    ck_assert_uint_eq(next.ip.family, 0);
    ck_assert_uint_eq(next.port, 443);
    ck_assert(!lp_url_parse(&arena, &url, LP_STR_NONE, &next));
    ck_assert(!lp_url_parse(&arena, NULL, LP_STR("https://a.example/\0x"), &next));
    lp_arena_release(&arena);
}
END_TEST

START_TEST(length)
{
    struct lp_arena arena = { 0 };
    struct lp_url url = { 0 };
    char text[2100];
    static const char start[] = "https://a.example/";
    memset(text, 'x', sizeof text);
    memcpy(text, start, sizeof start - 1);
    ck_assert(lp_url_parse(&arena, NULL, (struct lp_str){ text, 2048 }, &url));
    ck_assert_uint_eq(url.text.n, 2048);
    ck_assert(!lp_url_parse(&arena, NULL, (struct lp_str){ text, 2049 }, &url));
    struct lp_url base = url;
    base.path = LP_STR("/a/b");
    ck_assert(!lp_url_parse(&arena, &base, (struct lp_str){ text + 30, 2040 }, &url));
    lp_arena_release(&arena);
}
END_TEST

/* What was parsed parses to itself. */
START_TEST(stable)
{
    struct lp_arena arena = { 0 };
    for (size_t i = 0; i < LP_COUNT(absolute); i++) {
        struct lp_url url = { 0 };
        struct lp_url again = { 0 };
        if (!lp_url_parse(&arena, NULL, lp_str_of(absolute[i].href), &url))
            continue;
        ck_assert(lp_url_parse(&arena, NULL, url.text, &again));
        ck_assert(lp_str_eq(url.text, again.text));
        ck_assert(lp_addr_eq(&url.ip, &again.ip));
    }
    lp_arena_release(&arena);
}
END_TEST

Suite *lp_suite_url(void)
{
    Suite *suite = suite_create("url");
    TCase *tc = tcase_create("url");
    tcase_add_loop_test(tc, without_base, 0, LP_COUNT(absolute));
    tcase_add_loop_test(tc, with_base, 0, LP_COUNT(relative));
    tcase_add_test(tc, members);
    tcase_add_test(tc, length);
    tcase_add_test(tc, stable);
    suite_add_tcase(suite, tc);
    return suite;
}
