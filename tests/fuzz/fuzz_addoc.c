/* fuzz_addoc.c - Autodiscover documents: any bytes; bounds and form hold */
#include <stdint.h>

#include "lp/addoc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool claim)
{
    if (!claim)
        __builtin_trap();
}

static void check_text(struct lp_str s)
{
    must(s.p != NULL && s.n <= 2048);
    must(lp_str_eq(s, lp_str_trim(s)) && lp_str_find(s, '\0') == s.n);
}

static void check_links(const struct lp_ad_doc *doc)
{
    const struct lp_ad_link *link = doc->links.at;

    must(doc->links.n <= 64);
    for (size_t i = 0; i < doc->links.n; i++) {
        check_text(link[i].token);
        check_text(link[i].href);
        must(link[i].token.n > 0 && link[i].href.n > 0);
    }
}

static void check_access(const struct lp_ad_doc *doc)
{
    const struct lp_ad_access *access = doc->access.at;

    must(doc->access.n <= 16);
    for (size_t i = 0; i < doc->access.n; i++) {
        check_text(access[i].name);
        check_text(access[i].fqdn);
        must(access[i].port >= 0 && access[i].port <= 65535);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct lp_arena arena = { 0 };
    struct lp_ad_doc doc;

    lp_addoc_decode(&arena, (struct lp_str){ (const char *)data, size }, &doc);
    check_text(doc.access_location);
    check_links(&doc);
    check_access(&doc);
    /* Either a document with a section, or a problem and nothing else; "limit" may be
       both. */
    must((doc.form.n > 0) == (doc.section.n > 0));
    must(doc.form.n > 0 || (doc.problem.n > 0 && doc.links.n + doc.access.n == 0));
    must(doc.form.n == 0 || doc.problem.n == 0 || lp_str_eq(doc.problem, LP_STR("limit")));
    lp_arena_release(&arena);
    return 0;
}
