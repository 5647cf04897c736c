/* fuzz_crl.c - revocation lists: any bytes; bounds hold, nothing is good without a signer */
#include <stdint.h>

#include "lp/crl.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool claim)
{
    if (!claim)
        __builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct lp_str serials[] = { { "80", 2 }, { "0a1b2c", 6 } };
    struct lp_arena arena = { 0 };
    struct lp_crl crl;
    struct lp_crl_question question = { { serials, LP_COUNT(serials) }, { NULL, 0 } };
    lp_crl_decode(&arena, (struct lp_str){ (const char *)data, size }, &question, &crl);
    const struct lp_crl_entry *entries = crl.entries.at;
    must(crl.problem.n || crl.this_update != LP_UTC_NONE);
    must(lp_str_eq(crl.signature, LP_STR("unknown")));
    must(crl.count >= 0 && (size_t)crl.count <= size / 2);
    must(crl.entries.n <= LP_CRL_KEPT && (!crl.whole || crl.entries.n == (size_t)crl.count));
    must(crl.problem.n || crl.whole || crl.entries.n <= LP_COUNT(serials));
    for (size_t i = 0; i < crl.entries.n; i++)
        must(entries[i].reason >= -1 && entries[i].reason <= 255);
    lp_arena_release(&arena);
    return 0;
}
