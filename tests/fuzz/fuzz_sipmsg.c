/* fuzz_sipmsg.c - SIP answers: any bytes, and the same result for every cut */
#include <stdint.h>

#include "lp/sipmsg.h"
#include "lp/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool claim)
{
    if (!claim)
        __builtin_trap();
}

static void check_text(struct lp_str s)
{
    must(s.p == NULL || lp_is_clean_text(s));
}

static void check_facts(const struct lp_sip_facts *facts, enum lp_sip_read got)
{
    const struct lp_str *scheme = facts->schemes.at;

    must(facts->status == 0 || (facts->status >= 100 && facts->status <= 699));
    must(facts->is_sip == (facts->status != 0));
    must(got != LP_SIP_COMPLETE || facts->is_sip);
    must(got != LP_SIP_NOT_SIP || !facts->is_sip);
    must(facts->first_bytes.n <= 64 && facts->schemes.n <= 8);
    for (size_t i = 0; i < facts->schemes.n; i++)
        check_text(scheme[i]);
    check_text(facts->reason);
    check_text(facts->server);
    check_text(facts->realm);
    check_text(facts->target_name);
    check_text(facts->sts_uri);
    check_text(facts->diagnostics);
    check_text(facts->contact);
}

static void check_same(const struct lp_sip_facts *a, const struct lp_sip_facts *b)
{
    must(a->status == b->status && a->date == b->date && a->schemes.n == b->schemes.n);
    must(lp_str_eq(a->reason, b->reason) && lp_str_eq(a->server, b->server));
    must(lp_str_eq(a->realm, b->realm) && lp_str_eq(a->target_name, b->target_name));
    must(lp_str_eq(a->sts_uri, b->sts_uri) && lp_str_eq(a->contact, b->contact));
    must(lp_str_eq(a->diagnostics, b->diagnostics) && lp_str_eq(a->first_bytes, b->first_bytes));
}

/* The first byte says how far apart the cuts are, and whether the peer closes at the
   end. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct lp_arena arena = { 0 };
    size_t step = size > 0 ? (data[0] & 0x7f) + (size_t)1 : 1;
    bool eof = size > 0 && (data[0] & 0x80) != 0;
    struct lp_str all = { size > 0 ? (const char *)data + 1 : "", size > 0 ? size - 1 : 0 };
    struct lp_sip_facts whole = { 0 };
    enum lp_sip_read want = lp_sip_decode(&arena, all, eof, &whole);

    check_facts(&whole, want);
    must(!eof || want != LP_SIP_MORE);
    for (size_t n = 0; n < all.n; n += step) {
        struct lp_sip_facts part = { 0 };
        enum lp_sip_read got = lp_sip_decode(&arena, lp_str_sub(all, 0, n), false, &part);

        if (got == LP_SIP_MORE)
            continue;
        must(got == want);
        check_same(&part, &whole);
        break;
    }
    lp_arena_release(&arena);
    return 0;
}
