/* table_tls.c - hostile TCP and TLS, against sip.contoso.example */
#include "tables.h"
#include "tls_acts.h"

#define STALLED "all_at(\"sip\"; .connect == \"open\" and .tls == \"stalled\")"
#define RESET "all_at(\"sip\"; .connect == \"open\" and .tls == \"reset\")"
#define NOT_TLS "all_at(\"sip\"; .connect == \"open\" and .tls == \"not-tls\")"
#define ALERT "all_at(\"sip\"; .connect == \"open\" and .tls == \"alert\")"
#define USABLE "all_at(\"sip\"; .tls == \"ok\" and .status == 401)"
#define NO_ANSWER "all_at(\"sip\"; .tls == \"ok\" and .outcome != \"ok\")"

#define RAW(name_, expect_, meet_) \
    .name = name_, .expect = expect_, .host = "sip", .raw = true, .meet = meet_
#define TLS(name_, expect_, meet_) .name = name_, .expect = expect_, .host = "sip", .meet = meet_
/* The same against libcurl: https of lyncdiscover. */
#define WEB(name_, expect_, meet_)                                     \
    .name = name_, .host = "lyncdiscover", .raw = true, .meet = meet_, \
    .expect = "all(at(\"lyncdiscover\")[] | select(.port == 443); "    \
              ".connect == \"open\" and (" expect_ "))"
#define WEB_TLS(name_, expect_, meet_)                              \
    .name = name_, .host = "lyncdiscover", .meet = meet_,           \
    .expect = "all(at(\"lyncdiscover\")[] | select(.port == 443); " \
              ".tls == \"ok\" and (" expect_ "))"
#define ALERTED(number)                                                               \
    {                                                                                 \
        RAW("tls-alert-" #number, ALERT " and found(\"LP-TLS-FAILED\")", meet_alert), \
            .count = number                                                           \
    }

const struct hp_row hp_tcp_rows[] = {
    { RAW("tcp-reset", RESET " and found(\"LP-TLS-RESET\")", meet_reset) },
    { RAW("tcp-close", RESET " and found(\"LP-TLS-RESET\")", meet_close) },
    { RAW("tcp-half-close", RESET " and found(\"LP-TLS-RESET\")", meet_half_close) },
    { RAW("tcp-silence", STALLED " and found(\"LP-TLS-STALLED\")", meet_silence) },
    { RAW("tcp-syn-drop",
          "all_at(\"sip\"; .connect == \"timeout\") and found(\"LP-PORT-FILTERED\")", NULL) },
    { RAW("tcp-banner-first", NOT_TLS " and found(\"LP-TLS-NOT-TLS\")", meet_early),
      .text = TEXT("220 \033[2Jmail.contoso.example ESMTP\r\n") },
    { 0 },
};

const struct hp_row hp_tls_rows[] = {
    { RAW("tls-garbage", NOT_TLS, meet_say_hold),
      .text = TEXT("\377\376\0\1garbage\033[31m\302\233") },
    { RAW("tls-garbage-record", ALERT, meet_say_hold),
      .text = TEXT("\026\003\003\000\020\377\377\377\377garbagegarbage") },
    { RAW("tls-http", NOT_TLS, meet_say_hold), .text = TEXT("HTTP/1.1 400 Bad Request\r\n\r\n") },
    { RAW("tls-version-9", "all_at(\"sip\"; .tls == \"not-tls\" or .tls == \"alert\")",
          meet_say_hold),
      .text = TEXT("\026\011\011\000\004\002\000\000\000") },
    { RAW("tls-sslv2-hello", NOT_TLS, meet_say_hold),
      .text = TEXT("\200\056\004\000\001\000\002\000\025\000\020\000\020") },
    { RAW("tls-ssl3-hello", "all_at(\"sip\"; .tls != \"ok\")", meet_patch), .count = 10,
      .more = TEXT("\000") },
    { RAW("tls-hello-version", "all_at(\"sip\"; .tls != \"ok\")", meet_patch), .count = 9,
      .more = TEXT("\011") },
    { RAW("tls-hello-cipher", ALERT, meet_patch), .count = 77, .more = TEXT("\252") },
    { RAW("tls-alert-0", RESET, meet_alert), .count = 0 },
    ALERTED(10),
    ALERTED(20),
    ALERTED(40),
    ALERTED(42),
    ALERTED(47),
    ALERTED(48),
    ALERTED(50),
    ALERTED(70),
    ALERTED(71),
    ALERTED(80),
    ALERTED(86),
    ALERTED(112),
    ALERTED(120),
    ALERTED(255),
    { RAW("tls-alert-warnings", "all_at(\"sip\"; .tls != \"ok\")", meet_flood),
      .more = TEXT("\025\003\003\000\002\001\132") },
    { RAW("tls-hello-then-silence", STALLED, meet_cut_hold) },
    { RAW("tls-flight-then-reset", RESET, meet_cut_reset), .count = 10 },
    { RAW("tls-flight-then-close", RESET, meet_cut_close), .count = 10 },
    { RAW("tls-one-byte-then-reset", "all_at(\"sip\"; .tls == \"reset\")", meet_cut_reset),
      .count = 1L << 20 },
    { RAW("tls-no-certificates", ALERT, meet_no_certificates), .forge = &hp_tls12 },
    { RAW("tls-drip", STALLED, meet_slow_flight), .pause_ms = 1000 },
    { RAW("tls-drip-fast", STALLED, meet_slow_flight), .pause_ms = 15 },
    { RAW("tls-hello-retry-again", ALERT, meet_retry) },
    { RAW("tls-empty-records", "all_at(\"sip\"; .tls != \"ok\")", meet_flood),
      .more = TEXT("\026\003\003\000\000") },
    { RAW("tls-hello-requests", "all_at(\"sip\"; .tls != \"ok\")", meet_flood),
      .more = { hp_hello_requests, HP_RECORD } },
    { RAW("tls-hello-requests-12", "all_at(\"sip\"; .tls != \"ok\")", meet_hello_flood),
      .forge = &hp_tls12, .more = { hp_hello_requests, HP_RECORD } },
    { RAW("tls-change-cipher-specs", "all_at(\"sip\"; .tls != \"ok\")", meet_hello_flood),
      .more = TEXT("\024\003\003\000\001\001") },
    { RAW("tls-endless-message", "all_at(\"sip\"; .tls != \"ok\")", meet_flood),
      .text = TEXT("\026\003\003\000\004\002\000\100\000"),
      .more = TEXT("\026\003\003\000\001\000") },
    { RAW("tls-huge-message", ALERT, meet_say_hold),
      .text = TEXT("\026\003\003\000\004\002\377\377\377") },
    { RAW("tls-endless-certificate", "all_at(\"sip\"; .tls != \"ok\")", meet_hello_flood),
      .forge = &hp_tls12, .more = TEXT("\026\003\003\000\010\013\001\220\000\001\217\375\000") },
    { TLS("tls-tickets", "all_at(\"sip\"; .outcome != \"ok\")", meet_tickets) },
    { TLS("tls-key-updates", "all_at(\"sip\"; .outcome != \"ok\")", meet_key_updates) },
    { TLS("tls-renegotiation", "all_at(\"sip\"; .outcome != \"ok\")", meet_renegotiate),
      .forge = &hp_tls12 },
    { TLS("tls-then-plain", NO_ANSWER, meet_plain_behind),
      .text = TEXT("SIP/2.0 401 Unauthorized\r\n\r\n") },
    { TLS("tls-then-reset", NO_ANSWER, meet_reset_behind) },
    { TLS("tls-then-close-rude", NO_ANSWER, meet_rude) },
    { TLS("tls-answer-then-close-rude", USABLE, meet_rude), .text = TEXT(HP_SIP_401) },
    { TLS("tls-then-alert-plain", NO_ANSWER, meet_alert_behind), .count = 80 },
    { WEB("web-tls-reset", ".tls == \"reset\"", meet_reset) },
    { WEB("web-tls-silence", ".tls == \"stalled\"", meet_silence) },
    { WEB("web-tls-garbage", ".tls == \"not-tls\"", meet_say_hold),
      .text = TEXT("\377\376\0\1garbage\033[31m\302\233") },
    { WEB("web-tls-alert-40", ".tls == \"alert\"", meet_alert), .count = 40 },
    { WEB("web-tls-hello-then-silence", ".tls == \"stalled\"", meet_cut_hold) },
    { WEB("web-tls-flight-then-reset", ".tls == \"reset\"", meet_cut_reset), .count = 10 },
    { WEB("web-tls-drip", ".tls == \"stalled\"", meet_slow_flight), .pause_ms = 1000 },
    { WEB("web-tls-hello-requests", ".tls != \"ok\"", meet_flood),
      .more = { hp_hello_requests, HP_RECORD } },
    { WEB("web-tls-hello-requests-12", ".tls != \"ok\"", meet_hello_flood), .forge = &hp_tls12,
      .more = { hp_hello_requests, HP_RECORD } },
    { WEB_TLS("web-tls-tickets", ".outcome != \"ok\"", meet_tickets) },
    { WEB_TLS("web-tls-key-updates", ".outcome != \"ok\"", meet_key_updates) },
    { WEB_TLS("web-tls-renegotiation", ".outcome != \"ok\"", meet_renegotiate),
      .forge = &hp_tls12 },
    { WEB_TLS("web-tls-then-plain", ".outcome != \"ok\"", meet_plain_behind),
      .text = TEXT("HTTP/1.1 200 OK\r\n\r\n") },
    { WEB_TLS("web-tls-then-close-rude", ".outcome != \"ok\"", meet_rude) },
    { 0 },
};
