/* table_cert.c - hostile certificates, shown by a healthy SIP server at sip.contoso.example */
#include "tables.h"

#define ALL_OK "all_at(\"sip\"; .tls == \"ok\" and .status == 401)"
#define ALL_SEEN \
    "all_at(\"sip\"; .connect == \"open\" and .tls != \"stalled\" and .certificate != null)"

#define SHOWS(name_, expect_, ...)                                         \
    {                                                                      \
        .name = name_, .expect = expect_, .host = "sip", .meet = meet_say, \
        .text = TEXT(HP_SIP_401), .forge = &(const struct hp_forge)        \
        {                                                                  \
            __VA_ARGS__                                                    \
        }                                                                  \
    }

const struct hp_row hp_cert_rows[] = {
    SHOWS("cert-100-kib", "all_at(\"sip\"; .connect == \"open\" and .tls == \"alert\")",
          .stuffing = 120),
    SHOWS("cert-90-kib", ALL_OK, .stuffing = 90),
    SHOWS("cert-chain-100", ALL_OK, .chain = 100),
    SHOWS("cert-500-names", ALL_OK " and any(.certificates[]; (.san | length) == 502)",
          .names = 500),
    SHOWS("cert-2000-names", ALL_OK " and any(.certificates[]; (.san | length) == 512)",
          .names = 2000),
    SHOWS("cert-escape-subject", ALL_OK " and found(\"LP-CERT-BAD-ENCODING\")",
          .cn = TEXT("sip\033[2J\033]0;owned\007.contoso.example")),
    SHOWS("cert-nul-subject", ALL_OK " and found(\"LP-CERT-BAD-ENCODING\")",
          .cn = TEXT("sip.contoso.example\0.evil.example")),
    SHOWS("cert-bidi-subject", ALL_OK,
          .cn = TEXT("\342\200\256elpmaxe.osotnoc\342\200\254\302\233.example")),
    SHOWS("cert-not-utf8-subject",
          "all_at(\"sip\"; .tls == \"alert\") and found(\"LP-CERT-BAD-ENCODING\")",
          .cn = TEXT("sip\300\257\377.contoso.example")),
    SHOWS("cert-nul-name", ALL_OK " and found(\"LP-CERT-BAD-ENCODING\")",
          .san = TEXT("access.contoso.example\0.evil.example")),
    SHOWS("cert-escape-name", ALL_OK " and found(\"LP-CERT-BAD-ENCODING\")",
          .san = TEXT("\033[31m*\302\205\n.contoso.example")),
    SHOWS("cert-year-9999", ALL_OK " and (found(\"LP-CERT-EXPIRED\") | not)",
          .to = "99991231235959Z"),
    SHOWS("cert-year-1950", ALL_OK " and found(\"LP-CERT-EXPIRED\")", .from = "19500101000000Z",
          .to = "19510101000000Z"),
    SHOWS("cert-backwards",
          ALL_OK " and (found(\"LP-CERT-EXPIRED\") or found(\"LP-CERT-NOT-YET-VALID\"))",
          .from = "20800101000000Z", .to = "20010101000000Z"),
    SHOWS("cert-rsa-16384", ALL_OK, .ca_key = hp_key_mersenne, .chain = 1),
    SHOWS("cert-rsa-16384-twice", ALL_OK, .ca_key = hp_key_mersenne, .chain = 2),
    SHOWS("cert-long-exponents", ALL_OK, .ca_key = hp_key_exponent, .chain = 8),
    SHOWS("cert-long-exponent", ALL_OK, .key = hp_key_exponent),
    SHOWS("cert-explicit-curve", ALL_SEEN, .key = hp_key_explicit, .version = TLS1_2_VERSION),
    SHOWS("cert-dh-9941", "all_at(\"sip\"; .connect == \"open\" or .connect == \"crashed\")",
          .key = hp_key_rsa, .dh = hp_dh_mersenne, .version = TLS1_2_VERSION),
    { 0 },
};
