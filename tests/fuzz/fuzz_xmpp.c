/* fuzz_xmpp.c - XMPP streams: any bytes; what was read of a part is there in the whole */
#include <stdint.h>

#include "lp/text.h"
#include "lp/xmpp.h"

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

static void check_texts(const struct lp_list *list)
{
    const struct lp_str *at = list->at;
    must(list->n <= LP_XMPP_FEATURES);
    for (size_t i = 0; i < list->n; i++)
        check_text(at[i]);
}

static void check(const struct lp_xmpp *x)
{
    bool some = x->has_features || x->starttls || x->proceed || x->failure || x->error.p ||
                x->closed || x->features.n || x->mechanisms.n;
    must(x->is_stream || !some);
    check_text(x->from);
    check_text(x->version);
    check_text(x->error);
    check_texts(&x->features);
    check_texts(&x->mechanisms);
}

/* The first byte says how much of the rest comes first. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct lp_arena arena = { 0 };
    struct lp_str in = { size ? (const char *)data + 1 : "", size ? size - 1 : 0 };
    size_t cut = size ? in.n * data[0] / 256 : 0;
    struct lp_xmpp whole, part;
    bool good = lp_xmpp_decode(&arena, in, &whole);
    check(&whole);
    bool good_part = lp_xmpp_decode(&arena, lp_str_sub(in, 0, cut), &part);
    check(&part);
    must(good_part || !good);
    if (in.n <= LP_XMPP_MAX && good_part)
        must(part.features.n <= whole.features.n && part.starttls <= whole.starttls &&
             part.has_features <= whole.has_features && part.is_stream <= whole.is_stream);
    lp_arena_release(&arena);
    return 0;
}
