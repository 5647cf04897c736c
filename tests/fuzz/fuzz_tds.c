/* fuzz_tds.c - PRELOGIN answers: any bytes, and the same result for every cut */
#include <stdint.h>

#include "lp/tds.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool claim)
{
    if (!claim)
        __builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct lp_str in = { size ? (const char *)data : "", size };
    struct lp_tds whole, part;
    enum lp_tds_read want = lp_tds_decode(in, false, &whole);
    must(lp_tds_decode(in, true, &part) != LP_TDS_MORE);
    must(whole.major >= -1 && whole.major <= 255 && whole.build <= 65535);
    must(whole.encryption >= -1 && whole.encryption <= 255);
    must(want == LP_TDS_COMPLETE || (whole.major == -1 && whole.encryption == -1));
    for (size_t n = 0; n < in.n; n++) {
        enum lp_tds_read got = lp_tds_decode(lp_str_sub(in, 0, n), false, &part);
        if (got == LP_TDS_MORE)
            continue;
        must(got == want && part.major == whole.major && part.encryption == whole.encryption);
        break;
    }
    return 0;
}
