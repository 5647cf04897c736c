/* table_wide.c - as many endpoints as a walk asks, each as large as can be: for the memory */
#include "tables.h"

#define OPEN "(.endpoints | length) >= 64 and found(\"LP-RUN-LIMITED\")"
#define BLOCK "0123456789abcdef0123456789abcdef0123456789abcdef"
#define CRUMBS BLOCK BLOCK

#define WIDE(name_, expect_, meet_) .name = name_, .expect = expect_, .wide = true, .meet = meet_

const struct hp_row hp_wide_rows[] = {
    { WIDE("wide-certificates", OPEN, meet_say), .text = TEXT(HP_SIP_401),
      .forge = &(const struct hp_forge){ .stuffing = 90, .fresh = true } },
    { WIDE("wide-names", OPEN, meet_say), .text = TEXT(HP_SIP_401),
      .forge = &(const struct hp_forge){ .names = 2000, .fresh = true } },
    { WIDE("wide-chains", OPEN, meet_say), .text = TEXT(HP_SIP_401),
      .forge = &(const struct hp_forge){ .chain = 100, .fresh = true } },
    { WIDE("wide-answers", OPEN, meet_flood), .text = TEXT("SIP/2.0 401 "), .more = TEXT(CRUMBS) },
    { WIDE("wide-silence", OPEN, meet_silence) },
    { WIDE("wide-refusal", OPEN, meet_reset), .raw = true },
    { 0 },
};
