/* table_old.c - sip.contoso.example is healthy, but for those who ask whether it still takes
 * TLS 1.1 or older: whatever they hear, the endpoint is reported as ever */
#include "tables.h"
#include "tls_acts.h"

#define SEEN(more)                                                           \
    "all_at(\"sip\"; .tls == \"ok\" and .status == 401 and (" more ")) and " \
    "(found(\"LP-TLS-FAILED\") or found(\"LP-PORT-FILTERED\") | not)"
/* Neither taken nor refused. */
#define NOTHING SEEN(".refused_protocol == null and .highest_protocol == .protocol")
#define REFUSED SEEN(".refused_protocol == \"TLSv1.1\"")
#define TAKEN SEEN(".refused_protocol != \"TLSv1.1\" and .lowest_protocol < \"TLSv1.2\"")
#define OLD(name_, expect_, old_) \
    .name = name_, .expect = expect_, .host = "sip", .meet = meet_registrar, .old = old_

/* A record whose ServerHello, of TLS 1.1 or TLS 1.0, is whole. */
#define SERVER_HELLO(minor)                                                                  \
    "\026\003" minor "\000\052\002\000\000\046\003" minor "RRRRRRRRRRRRRRRRRRRRRRRRRRRRRRRR" \
    "\000\300\023\000"

const struct hp_row hp_old_rows[] = {
    { OLD("old-garbage", NOTHING, meet_say_hold), .text = TEXT("\377\000\033[31m\302\233") },
    { OLD("old-http", NOTHING, meet_say), .text = TEXT("HTTP/1.1 400 Bad Request\r\n\r\n") },
    { OLD("old-silence", NOTHING, meet_silence) },
    { OLD("old-reset", REFUSED, meet_reset) },
    { OLD("old-close", REFUSED, meet_close) },
    { OLD("old-alert", REFUSED, meet_alert), .count = 70 },
    { OLD("old-alert-flood", NOTHING, meet_flood), .more = TEXT("\025\003\002\000\002\001\132") },
    { OLD("old-endless-hello", NOTHING, meet_flood),
      .text = TEXT("\026\003\002\100\000\002\000\100\000\003\002"), .more = TEXT("endless ") },
    { OLD("old-endless-records", NOTHING, meet_flood), .text = TEXT("\026\003\002\000\001\002"),
      .more = TEXT("\026\003\002\000\001\000") },
    { OLD("old-hello", TAKEN, meet_say_hold), .text = TEXT(SERVER_HELLO("\001")) },
    { OLD("old-hello-byte-by-byte", TAKEN, meet_drip), .text = TEXT(SERVER_HELLO("\001")),
      .pause_ms = 5 },
    { OLD("old-hello-drip", NOTHING, meet_drip), .text = TEXT(SERVER_HELLO("\001")),
      .pause_ms = 1000 },
    { OLD("old-hello-then-flood", TAKEN, meet_flood), .text = TEXT(SERVER_HELLO("\002")),
      .more = TEXT("garbage behind the hello ") },
    { OLD("old-hello-future", NOTHING, meet_say_hold), .text = TEXT(SERVER_HELLO("\011")) },
    { 0 },
};
