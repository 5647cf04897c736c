/* table_http.c - hostile HTTP, from lyncdiscover.contoso.example by http and https */
#include "tables.h"

#define WEB(more) "all_at(\"lyncdiscover\"; .connect == \"open\" and (" more "))"
#define BODY WEB(".status == 200") " and found(\"LP-AD-BODY\")"
#define MALFORMED WEB(".outcome == \"malformed\"")
#define SLOW WEB(".outcome == \"timeout\"")

/* Zeros, 32 KiB in each gzip member: members may follow each other for ever. */
#define BOMB                                                                           \
    "\037\213\010\000\000\000\000\000\002\003\355\301\001\001\000\000\000\200\220\376" \
    "\257\356\010\012\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000" \
    "\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\030\246\374\037\001" \
    "\000\200\000\000"

#define HTTP(name_, expect_, meet_) \
    .name = name_, .expect = expect_, .host = "lyncdiscover", .meet = meet_

const struct hp_row hp_http_rows[] = {
    { HTTP("http-silence", SLOW " and found(\"LP-AD-UNREACHABLE\")", meet_say_hold) },
    { HTTP("http-close", WEB(".outcome == \"reset\"") " and found(\"LP-AD-UNREACHABLE\")",
           meet_say) },
    { HTTP("http-garbage", WEB(".outcome == \"malformed\" or .outcome == \"reset\""), meet_say),
      .text = TEXT("\377\0\033[31mgarbage\r\n\302\233\r\n\r\n") },
    { HTTP("http-ssh", WEB(".outcome == \"malformed\" or .outcome == \"timeout\""), meet_say_hold),
      .text = TEXT("SSH-2.0-OpenSSH_9.2\r\n") },
    { HTTP("http-endless-headers", MALFORMED, meet_flood), .text = TEXT(HP_OK),
      .more = TEXT("X-More: more and more and more and more\r\n") },
    { HTTP("http-1000-headers", MALFORMED, meet_flood), .text = TEXT(HP_OK),
      .more = TEXT("a:b\r\n"), .count = 1000 },
    { HTTP("http-endless-line", MALFORMED, meet_flood), .text = TEXT(HP_OK "X-More: "),
      .more = TEXT("more and more and more and more") },
    { HTTP("http-endless-status-line", WEB(".outcome == \"malformed\""), meet_flood),
      .text = TEXT("HTTP/1.1 200 "), .more = TEXT("more and more and more and more") },
    { HTTP("http-continue-flood", MALFORMED, meet_flood),
      .more = TEXT("HTTP/1.1 100 Continue\r\n\r\n") },
    { HTTP("http-continue-then-200", WEB(".status == 200 and .outcome == \"ok\""), meet_say),
      .text = TEXT("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n" HP_OK
                       HP_XML_TYPE "Connection: close\r\n\r\n" HP_ROOT) },
    { HTTP("http-endless-chunks", BODY, meet_flood),
      .text = TEXT(HP_OK HP_XML_TYPE "Transfer-Encoding: chunked\r\n\r\n"),
      .more = TEXT("40\r\n<AutodiscoverResponse><AutodiscoverResponse><AutodiscoverRespo>\r\n") },
    { HTTP("http-endless-body", BODY, meet_flood),
      .text = TEXT(HP_OK HP_XML_TYPE "\r\n" HP_XML_START), .more = TEXT("                ") },
    { HTTP("http-gzip-bomb", BODY, meet_flood),
      .text = TEXT(HP_OK HP_XML_TYPE "Content-Encoding: gzip\r\n\r\n"), .more = TEXT(BOMB) },
    { HTTP("http-deflate", BODY, meet_say),
      .text = TEXT(HP_OK HP_XML_TYPE
                   "Content-Encoding: deflate\r\n\r\n\170\234\003\000\000\000\000\001") },
    { HTTP("http-encodings", BODY, meet_say),
      .text = TEXT(HP_OK HP_XML_TYPE "Content-Encoding: gzip, br, gzip, gzip\r\n\r\nx") },
    { HTTP("http-chunked-gzip", WEB(".outcome != \"ok\" or .status == 200"), meet_say),
      .text =
          TEXT(HP_OK HP_XML_TYPE "Transfer-Encoding: gzip, chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n") },
    { HTTP("http-chunk-garbage", MALFORMED, meet_say),
      .text = TEXT(HP_OK HP_XML_TYPE "Transfer-Encoding: chunked\r\n\r\nzz\r\n\033[31m\r\n") },
    { HTTP("http-chunk-huge", WEB(".outcome == \"malformed\" or .outcome == \"reset\""), meet_say),
      .text = TEXT(HP_OK HP_XML_TYPE "Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\nx") },
    { HTTP("http-chunk-negative", WEB(".outcome == \"malformed\" or .outcome == \"reset\""),
           meet_say),
      .text = TEXT(HP_OK HP_XML_TYPE "Transfer-Encoding: chunked\r\n\r\n-1\r\nx") },
    { HTTP("http-length-too-long", WEB(".outcome == \"reset\""), meet_say),
      .text = TEXT(HP_OK HP_XML_TYPE "Content-Length: 100000\r\n\r\n" HP_ROOT) },
    { HTTP("http-length-too-short", WEB(".status == 200"), meet_say),
      .text = TEXT(HP_OK HP_XML_TYPE "Content-Length: 20\r\n\r\n" HP_ROOT) },
    { HTTP("http-length-garbage", WEB(".outcome == \"malformed\" or .status == 200"), meet_say),
      .text = TEXT(HP_OK HP_XML_TYPE "Content-Length: -1\033[31m\r\n\r\n" HP_ROOT) },
    { HTTP("http-length-overflow", WEB(".outcome != \"crashed\""), meet_say),
      .text = TEXT(HP_OK HP_XML_TYPE "Content-Length: 99999999999999999999999\r\n\r\n" HP_ROOT) },
    { HTTP("http-lengths-differ", WEB(".outcome != \"crashed\""), meet_say),
      .text = TEXT(HP_OK HP_XML_TYPE "Content-Length: 3\r\nContent-Length: 30\r\n\r\n" HP_ROOT) },
    { HTTP("http-drip", SLOW, meet_drip),
      .text = TEXT(HP_OK HP_XML_TYPE "Connection: close\r\n\r\n" HP_ROOT), .pause_ms = 1000 },
    { HTTP("http-drip-body", SLOW, meet_drip), .text = TEXT(HP_OK "\r\n" HP_ROOT HP_ROOT HP_ROOT),
      .pause_ms = 40 },
    { HTTP("http-status-line-only", WEB(".outcome != \"ok\""), meet_say_hold),
      .text = TEXT(HP_OK) },
    { HTTP("http-status-line-closed", WEB(".outcome != \"crashed\""), meet_say),
      .text = TEXT("HTTP/1.1 200 OK") },
    { HTTP("http-no-status", WEB(".outcome != \"ok\" or .status == 0"), meet_say),
      .text = TEXT("HTTP/1.1\r\nServer: x\r\n\r\n" HP_ROOT) },
    { HTTP("http-status-999", WEB(".status == 999") " and found(\"LP-AD-HTTP-STATUS\")", meet_say),
      .text = TEXT("HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n") },
    { HTTP("http-status-000", WEB("true"), meet_say),
      .text = TEXT("HTTP/1.1 000 Odd\r\nContent-Length: 0\r\n\r\n") },
    { HTTP("http-status-garbage", WEB(".status != 200"), meet_say),
      .text = TEXT("HTTP/1.1 \033[31m OK\r\nContent-Length: 0\r\n\r\n") },
    { HTTP("http-0.9", WEB(".outcome != \"ok\""), meet_say), .text = TEXT(HP_ROOT) },
    { HTTP("http-2-preface", WEB(".outcome != \"ok\""), meet_say_hold),
      .text = TEXT(
          "\000\000\022\004\000\000\000\000\000\000\003\000\000\000\144\000\004\000\001\000\000") },
    { HTTP("http-2-status-line", WEB("true"), meet_say),
      .text = TEXT("HTTP/2 200\r\nContent-Length: 0\r\n\r\n") },
    { HTTP("http-upgrade", WEB(".outcome != \"crashed\""), meet_say_hold),
      .text =
          TEXT("HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n") },
    { HTTP("http-nul-header", WEB(".outcome == \"malformed\""), meet_say),
      .text = TEXT(HP_OK HP_XML_TYPE "Server: a\0b\r\n\r\n" HP_ROOT) },
    { HTTP("http-escape-headers", WEB(".status == 503") " and found(\"LP-AD-HTTP-STATUS\")",
           meet_say),
      .text = TEXT("HTTP/1.1 503 \033[2J\r\nServer: \033[31m\302\233\342\200\256\r\n"
                   "X-MS-Server-Fqdn: \033]0;owned\007\r\nWWW-Authenticate: \033[1m\r\n"
                   "Content-Type: \302\205\033[31m\r\nContent-Length: 0\r\n\r\n") },
    { HTTP("http-401-for-ever", WEB(".status == 401") " and found(\"LP-AD-HTTP-STATUS\")",
           meet_say),
      .text = TEXT(
          "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: NTLM\r\nContent-Length: 0\r\n\r\n") },
    { HTTP("http-204-with-body", WEB(".status == 204"), meet_say),
      .text = TEXT("HTTP/1.1 204 No Content\r\nContent-Length: 10\r\n\r\n0123456789") },
    { HTTP("http-304", WEB(".status == 304"), meet_say),
      .text = TEXT("HTTP/1.1 304 Not Modified\r\n\r\n") },
    { HTTP("http-folded-headers", WEB(".outcome != \"crashed\""), meet_flood),
      .text = TEXT(HP_OK "Server: a\r\n"), .more = TEXT(" folded\r\n") },
    { HTTP("http-cookies", WEB(".status == 200"), meet_flood), .text = TEXT(HP_OK HP_XML_TYPE),
      .count = 150, .more = TEXT("Set-Cookie: a=b; domain=contoso.example\r\n") },
    { 0 },
};
