/* fuzz_tlshello.c - ServerHellos and alerts: any bytes, and the same result for every cut */
#include <stdint.h>

#include "lp/tlshello.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool claim)
{
    if (!claim)
        __builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct lp_str in = { size ? (const char *)data : "", size < 8192 ? size : 8192 };
    struct lp_hello_answer whole, part;
    enum lp_hello_read want = lp_hello_decode(in, &whole);
    must((want == LP_HELLO_TAKEN) == (lp_tls_version_word(whole.version).n > 0));
    must((want == LP_HELLO_TAKEN) == (whole.cipher >= 0 && whole.cipher <= 0xffff));
    must((want == LP_HELLO_REFUSED) == (whole.alert >= 0 && whole.alert <= 255));
    for (size_t n = 0; n < in.n; n++) {
        enum lp_hello_read got = lp_hello_decode(lp_str_sub(in, 0, n), &part);
        if (got == LP_HELLO_MORE)
            continue;
        must(got == want && part.version == whole.version && part.cipher == whole.cipher);
        must(part.alert == whole.alert);
        break;
    }
    return 0;
}
