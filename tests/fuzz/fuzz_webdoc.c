/* fuzz_webdoc.c - discovery documents and metadata: any bytes; bounds hold */
#include <stdint.h>

#include "lp/text.h"
#include "lp/webdoc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool claim)
{
    if (!claim)
        __builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct lp_arena arena = { 0 };
    struct lp_webdoc doc;
    lp_webdoc_decode(&arena, (struct lp_str){ (const char *)data, size }, size % 2, &doc);
    const struct lp_str *actions = doc.actions.at;
    must(doc.actions.n <= 64);
    for (size_t i = 0; i < doc.actions.n; i++)
        must(actions[i].n <= 4 * 512 + 1 && lp_is_clean_text(actions[i]));
    must(lp_is_clean_text(doc.root) && lp_is_clean_text(doc.zone) && lp_is_clean_text(doc.entity));
    must(doc.problem.n > 0 || doc.root.n > 0);
    lp_arena_release(&arena);
    return 0;
}
