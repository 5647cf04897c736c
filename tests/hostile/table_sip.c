/* table_sip.c - hostile answers to the REGISTER, over a healthy TLS connection to
 * sip.contoso.example */
#include "tables.h"

#define TLS_OK(more) "all_at(\"sip\"; .tls == \"ok\" and (" more "))"
#define USABLE TLS_OK(".status == 401 and .outcome == \"ok\"")
#define NOT_SIP TLS_OK(".outcome == \"malformed\"") " and found(\"LP-SIP-NOT-SIP\")"
#define NO_ANSWER TLS_OK(".outcome == \"timeout\"") " and found(\"LP-SIP-NO-ANSWER\")"
#define TRYING "SIP/2.0 100 Trying\r\nContent-Length: 0\r\n\r\n"

#define SIP(name_, expect_, meet_) .name = name_, .expect = expect_, .host = "sip", .meet = meet_

const struct hp_row hp_sip_rows[] = {
    { SIP("sip-silence", NO_ANSWER, meet_say_hold) },
    { SIP("sip-close", TLS_OK(".outcome == \"reset\""), meet_say) },
    { SIP("sip-garbage", NOT_SIP, meet_say_hold),
      .text = TEXT("\377\0\033[31mgarbage\r\n\302\233\r\n\r\n") },
    { SIP("sip-garbage-endless", NOT_SIP, meet_flood), .more = TEXT("\377\0\033[31mgarbage") },
    { SIP("sip-http", NOT_SIP, meet_say), .text = TEXT(HP_OK "Content-Length: 0\r\n\r\n") },
    { SIP("sip-request", NOT_SIP, meet_say),
      .text = TEXT("OPTIONS sip:lyncprobe.invalid SIP/2.0\r\nContent-Length: 0\r\n\r\n") },
    { SIP("sip-endless-headers", TLS_OK(".status == 401"), meet_flood),
      .text = TEXT("SIP/2.0 401 Unauthorized\r\n"), .more = TEXT("X-More: more and more\r\n") },
    { SIP("sip-endless-line", TLS_OK("true"), meet_flood), .text = TEXT("SIP/2.0 401 "),
      .more = TEXT("Unauthorized and ") },
    { SIP("sip-endless-challenges", TLS_OK(".status == 401"), meet_flood),
      .text = TEXT("SIP/2.0 401 Unauthorized\r\n"),
      .more = TEXT("WWW-Authenticate: NTLM realm=\"\\\"\\\"\\\"\"\r\n") },
    { SIP("sip-trying-endless", TLS_OK(".outcome != \"reset\""), meet_flood),
      .more = TEXT(TRYING) },
    { SIP("sip-trying-slow", TLS_OK(".outcome != \"reset\""), meet_drip),
      .text = TEXT(TRYING TRYING TRYING TRYING TRYING TRYING TRYING), .pause_ms = 100 },
    { SIP("sip-trying-then-401", USABLE, meet_say), .text = TEXT(TRYING TRYING HP_SIP_401) },
    { SIP("sip-split-everywhere", USABLE, meet_drip), .text = TEXT(HP_SIP_401), .pause_ms = 5 },
    { SIP("sip-drip", TLS_OK(".outcome == \"timeout\" or .outcome == \"ok\""), meet_drip),
      .text = TEXT(HP_SIP_401), .pause_ms = 1000 },
    { SIP("sip-escape-reason", TLS_OK(".status == 403") " and found(\"LP-SIP-STATUS\")", meet_say),
      .text = TEXT("SIP/2.0 403 \033[2J\033]0;owned\007 \302\233\342\200\256\r\n"
                   "Server: \033[31mRTC\302\205\r\nms-diagnostics: 1;reason=\"\033[1m\"\r\n\r\n") },
    { SIP("sip-nul-reason", TLS_OK(".status == 403"), meet_say),
      .text = TEXT("SIP/2.0 403 For\0bidden\r\nServer: R\0TC\r\n\r\n") },
    { SIP("sip-status-999", NOT_SIP, meet_say), .text = TEXT("SIP/2.0 999 Odd\r\n\r\n") },
    { SIP("sip-status-099", NOT_SIP, meet_say), .text = TEXT("SIP/2.0 099 Odd\r\n\r\n") },
    { SIP("sip-status-401000", NOT_SIP, meet_say), .text = TEXT("SIP/2.0 401000 Odd\r\n\r\n") },
    { SIP("sip-version-3", NOT_SIP, meet_say), .text = TEXT("SIP/3.0 401 Odd\r\n\r\n") },
    { SIP("sip-600", TLS_OK(".status == 600") " and found(\"LP-SIP-STATUS\")", meet_say),
      .text = TEXT("SIP/2.0 600 Busy Everywhere\r\n\r\n") },
    { SIP("sip-huge-length", USABLE, meet_say_hold),
      .text = TEXT("SIP/2.0 401 Unauthorized\r\nContent-Length: 99999999999999999999\r\n\r\n") },
    { SIP("sip-negative-length", USABLE, meet_say_hold),
      .text = TEXT("SIP/2.0 401 Unauthorized\r\nContent-Length: -1\r\n\r\n") },
    { SIP("sip-trying-huge-length", TLS_OK(".status == 100") " and found(\"LP-SIP-NO-ANSWER\")",
          meet_say_hold),
      .text = TEXT("SIP/2.0 100 Trying\r\nContent-Length: 65000\r\n\r\n" HP_SIP_401) },
    { SIP("sip-early", USABLE, meet_early), .text = TEXT(HP_SIP_401) },
    { SIP("sip-empty-lines", TLS_OK(".outcome != \"ok\""), meet_flood), .more = TEXT("\r\n") },
    { SIP("sip-status-line-only", TLS_OK(".outcome == \"timeout\" or .status == 401"),
          meet_say_hold),
      .text = TEXT("SIP/2.0 401 Unauthorized\r\n") },
    { SIP("sip-folded-for-ever", TLS_OK("true"), meet_flood),
      .text = TEXT("SIP/2.0 401 Unauthorized\r\nServer: x\r\n"), .more = TEXT(" folded\r\n") },
    { 0 },
};
