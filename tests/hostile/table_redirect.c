/* table_redirect.c - redirects of lyncdiscover.contoso.example to where nobody should go */
#include "tables.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HOST "lyncdiscover"
#define AWAY(filter) "any(.endpoints[]; " filter ")"
#define NOWHERE "all_at(\"lyncdiscover\"; .status == 302) and found(\"LP-AD-HTTP-STATUS\")"
#define BLOCKED(where)                                            \
    AWAY(".address == \"" where "\" and .connect == \"blocked\"") \
    " and found(\"LP-RUN-BLOCKED\")"

/* Numbered pages, each redirects to the next; after `count` of them `more` is said. */
static void meet_steps(struct peer *p)
{
    char line[2048];
    long at;

    if (!hear(p) || strncmp(p->in, "GET /", 5) != 0)
        return;
    pause_ms(p->row->pause_ms);
    at = strtol(p->in + 5, NULL, 10);
    if (p->row->count > 0 && at >= p->row->count) {
        say(p, p->row->more.p, p->row->more.n);
    } else {
        snprintf(line, sizeof line,
                 "HTTP/1.1 302 Found\r\nLocation: %s%ld\r\nContent-Length: 0\r\n"
                 "Connection: close\r\n\r\n",
                 p->row->text.p, at + 1);
        say_text(p, line);
    }
    finish(p);
}

/* Like meet_steps, with a body that is as long as can be. */
static void meet_bodies(struct peer *p)
{
    static const char block[16384];
    char line[2048];

    if (!hear(p) || strncmp(p->in, "GET /", 5) != 0)
        return;
    snprintf(line, sizeof line, "HTTP/1.1 302 Found\r\nLocation: /%ld\r\n\r\n",
             strtol(p->in + 5, NULL, 10) + 1);
    say_text(p, line);
    for (int i = 0; i < 16; i++)
        say(p, block, sizeof block);
    finish(p);
}

/* A Location as long as `count` says. */
static void meet_long_location(struct peer *p)
{
    hear(p);
    say(p, p->row->text.p, p->row->text.n);
    for (long i = 0; i < p->row->count; i++)
        say(p, "a", 1);
    say_text(p, "\r\nContent-Length: 0\r\n\r\n");
    hold(p);
}

#define FOUND(where) "HTTP/1.1 302 Found\r\nLocation: " where "\r\nContent-Length: 0\r\n\r\n"
#define TO(name_, expect_, where)                                         \
    {                                                                     \
        .name = name_, .expect = expect_, .host = HOST, .meet = meet_say, \
        .text = TEXT(FOUND(where))                                        \
    }
#define LINK(name_, expect_, where)                                                                \
    {                                                                                              \
        .name = name_, .expect = expect_, .host = HOST, .meet = meet_say,                          \
        .text = TEXT(HP_OK HP_XML_TYPE "Connection: close\r\n\r\n" HP_XML_START                    \
                                       "<Link token=\"Redirect\" href=\"" where "\"/>" HP_XML_END) \
    }
#define GOOD "HTTP/1.1 200 OK\r\n" HP_XML_TYPE "Connection: close\r\n\r\n" HP_ROOT
#define HERE "http://lyncdiscover.contoso.example/"

const struct hp_row hp_redirect_rows[] = {
    { .name = "redirect-no-location",
      .expect = NOWHERE,
      .host = HOST,
      .meet = meet_say,
      .text = TEXT("HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n") },
    TO("redirect-empty-location", "all_at(\"lyncdiscover\"; .status == 302)", ""),
    TO("redirect-escape", NOWHERE, "https://\033[31mevil.example/\033]0;owned\007"),
    TO("redirect-c1-bidi", NOWHERE, "https://evil\302\233.example/\342\200\256"),
    TO("redirect-header-injection", "all_at(\"lyncdiscover\"; .status == 302)",
       "https://evil.example/\r\nX-Injected: 1\r\nSet-Cookie: a=b"),
    TO("redirect-crlf-coded", "all_at(\"lyncdiscover\"; .status == 302)",
       "https://webext.contoso.example/%0d%0aX-Injected:%201"),
    TO("redirect-javascript", NOWHERE, "javascript:alert(1)"),
    TO("redirect-file", NOWHERE, "file:///etc/passwd"),
    TO("redirect-gopher", NOWHERE, "gopher://203.0.113.66:6379/_FLUSHALL"),
    TO("redirect-ftp", NOWHERE, "ftp://203.0.113.66/"),
    TO("redirect-data", NOWHERE, "data:text/html,x"),
    TO("redirect-userinfo", NOWHERE, "https://webext.contoso.example@127.0.0.1/"),
    TO("redirect-backslash", NOWHERE, "https://webext.contoso.example\\\\@127.0.0.1/"),
    TO("redirect-metadata", BLOCKED("169.254.169.254"), "http://169.254.169.254/latest/meta-data/"),
    TO("redirect-loopback", BLOCKED("127.0.0.1"), "http://127.0.0.1/"),
    TO("redirect-loopback-443", BLOCKED("127.0.0.1"), "https://127.0.0.1/"),
    TO("redirect-loopback-v6", BLOCKED("::1"), "http://[::1]/"),
    TO("redirect-mapped", AWAY(".connect == \"blocked\"") " and found(\"LP-RUN-BLOCKED\")",
       "http://[::ffff:127.0.0.1]/"),
    TO("redirect-mapped-metadata", AWAY(".connect == \"blocked\""), "http://[::ffff:a9fe:a9fe]/"),
    TO("redirect-nat64", AWAY(".connect == \"blocked\""), "http://[64:ff9b::127.0.0.1]/"),
    TO("redirect-decimal",
       "all(.endpoints[]; .address != \"127.0.0.1\" or .connect == \"blocked\")",
       "http://2130706433/"),
    TO("redirect-hex", "all(.endpoints[]; .address != \"127.0.0.1\" or .connect == \"blocked\")",
       "http://0x7f.0.0.1/"),
    TO("redirect-octal", "all(.endpoints[]; .address != \"127.0.0.1\" or .connect == \"blocked\")",
       "http://0177.0.0.1/"),
    TO("redirect-short", "all(.endpoints[]; .address != \"127.0.0.1\" or .connect == \"blocked\")",
       "http://127.1/"),
    TO("redirect-zero", "all(.endpoints[]; .address != \"0.0.0.0\" or .connect == \"blocked\")",
       "http://0.0.0.0/"),
    TO("redirect-localhost", "all(.endpoints[]; .host != \"localhost\" or .connect == \"blocked\")",
       "http://localhost/"),
    TO("redirect-port-22", BLOCKED("203.0.113.66"), "https://lyncdiscover.contoso.example:22/"),
    TO("redirect-port-25", BLOCKED("203.0.113.66"), "http://lyncdiscover.contoso.example:25/"),
    TO("redirect-port-6379", BLOCKED("203.0.113.66"), "http://203.0.113.66:6379/"),
    TO("redirect-port-8080", AWAY(".port == 8080 and .connect == \"refused\""),
       "http://lyncdiscover.contoso.example:8080/"),
    TO("redirect-port-0", NOWHERE, "http://lyncdiscover.contoso.example:0/"),
    TO("redirect-port-65536", NOWHERE, "http://lyncdiscover.contoso.example:65536/"),
    TO("redirect-port-negative", NOWHERE, "http://lyncdiscover.contoso.example:-1/"),
    TO("redirect-spaces", "all_at(\"lyncdiscover\"; .status == 302)",
       "  https://evil .example/ x  "),
    TO("redirect-relative-up",
       "all_at(\"lyncdiscover\"; .status == 302) and found(\"LP-AD-REDIRECT-LOOP\")",
       "../../../../../"),
    TO("redirect-other-domain", "found(\"LP-AD-REDIRECT-DOMAIN\")", "https://evil.example/"),
    TO("redirect-long-host", "all_at(\"lyncdiscover\"; .status == 302)",
       "https://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
       "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.example/"),
    { .name = "redirect-64-kib",
      .expect = "all_at(\"lyncdiscover\"; .outcome == \"malformed\" or .status == 302)",
      .host = HOST,
      .meet = meet_long_location,
      .count = 65000,
      .text = TEXT("HTTP/1.1 302 Found\r\nLocation: https://webext.contoso.example/") },
    { .name = "redirect-3-kib",
      .expect = NOWHERE,
      .host = HOST,
      .meet = meet_long_location,
      .count = 3000,
      .text = TEXT("HTTP/1.1 302 Found\r\nLocation: https://webext.contoso.example/") },
    { .name = "redirect-self",
      .expect = "found(\"LP-AD-REDIRECT-LOOP\")",
      .host = HOST,
      .meet = meet_say,
      .text = TEXT(FOUND(HERE)) },
    { .name = "redirect-endless",
      .expect = "found(\"LP-AD-REDIRECT-LOOP\")",
      .host = HOST,
      .meet = meet_steps,
      .text = TEXT("/\0") },
    { .name = "redirect-slow",
      .expect = "step(\"b\").outcome != \"used\"",
      .host = HOST,
      .meet = meet_steps,
      .text = TEXT("/\0"),
      .pause_ms = 700 },
    { .name = "redirect-bodies",
      .expect = "found(\"LP-AD-REDIRECT-LOOP\")",
      .host = HOST,
      .meet = meet_bodies,
      .text = TEXT("/\0") },
    { .name = "redirect-11",
      .expect = "found(\"LP-AD-REDIRECT-LOOP\")",
      .host = HOST,
      .meet = meet_steps,
      .text = TEXT("/\0"),
      .count = 11,
      .more = TEXT(GOOD) },
    { .name = "redirect-10",
      .expect = "(found(\"LP-AD-REDIRECT-LOOP\") | not) and step(\"b\").outcome == \"used\"",
      .host = HOST,
      .meet = meet_steps,
      .text = TEXT("/\0"),
      .count = 10,
      .more = TEXT(GOOD) },
    LINK("link-self", "found(\"LP-AD-REDIRECT-LOOP\")", HERE),
    LINK("link-metadata", BLOCKED("169.254.169.254"), "http://169.254.169.254/"),
    LINK("link-javascript", "found(\"LP-AD-NOT-AUTODISCOVER\")", "javascript:alert(1)"),
    LINK("link-escape", "found(\"LP-AD-NOT-AUTODISCOVER\")", "https://&#x9b;31m&#x202e;evil/"),
    LINK("link-port-25", BLOCKED("203.0.113.66"), "https://lyncdiscover.contoso.example:25/"),
    { 0 },
};
