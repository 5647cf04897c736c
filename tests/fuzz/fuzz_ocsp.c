/* fuzz_ocsp.c - OCSP responses: any bytes, also in a handshake; bounds hold, nothing is good
 * without a signer */
#include <stdint.h>

#include "lp/ocsp.h"
#include "lp/tls_staple.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool claim)
{
    if (!claim)
        __builtin_trap();
}

static bool is_one_of(struct lp_str word, const char *const *words)
{
    for (; *words; words++) {
        if (lp_str_eq(word, lp_str_of(*words)))
            return true;
    }
    return false;
}

/* A certificate that nobody has issued: the serial number of no response. */
static void check(struct lp_arena *arena, struct lp_str der,
                  const struct lp_ocsp_question *question)
{
    static const char *const words[] = { "good", "revoked", "unknown", NULL };
    struct lp_ocsp out;
    lp_ocsp_decode(arena, der, question, &out);
    must(out.problem.n > 0); /* none is about that certificate */
    must(lp_str_eq(out.signature, LP_STR("unknown")));
    must(!out.status.p || is_one_of(out.status, words));
    must(out.reason >= -1 && out.reason <= UINT8_MAX);
    must(out.der.n == (der.n > LP_OCSP_MAX ? 0 : der.n));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct lp_arena arena = { 0 };
    struct lp_str bytes = { (const char *)data, size };
    struct lp_ocsp_question question = { LP_STR_NONE, { NULL, 0 } };
    check(&arena, bytes, &question);
    /* the bytes as certificate and issuer: both are a stranger's, too */
    question = (struct lp_ocsp_question){ bytes, { &bytes, 1 } };
    must(lp_ocsp_request(&arena, &question).n < size + 256);
    check(&arena, bytes, &question);
    must(lp_tls_staple_of(bytes).n <= size);
    must(lp_tls_staple_among(bytes).n <= size);
    lp_arena_release(&arena);
    return 0;
}
