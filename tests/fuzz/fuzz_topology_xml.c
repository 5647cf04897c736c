/* fuzz_topology_xml.c - topology documents of the product: any bytes; what is written of them is
 * one file of clean text, and when it is read back, all pools are there */
#include <stdint.h>
#include <string.h>

#include "lp/csdoc.h"
#include "lp/text.h"
#include "lp/topology_import.h"
#include "lp/topology_yaml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool claim)
{
    if (!claim)
        __builtin_trap();
}

static bool take(void *self, char *room, size_t *n, struct lp_error *error)
{
    struct lp_str *rest = self;
    (void)error;
    *n = *n < rest->n ? *n : rest->n;
    if (*n)
        memcpy(room, rest->p, *n);
    *rest = lp_str_sub(*rest, *n, rest->n);
    return true;
}

static void check_text(struct lp_str text)
{
    while (text.n) {
        struct lp_str line = lp_str_cut(&text, '\n');
        must(line.n > 0 && lp_is_clean_text(line));
    }
}

static void check_topology(struct lp_arena *arena, const struct lp_noted *imported)
{
    struct lp_buf out = lp_buf_new(LP_TOPOLOGY_FILE_MAX);
    struct lp_topology again;
    struct lp_error error = { "" };
    lp_topology_write(&imported->topology, &imported->notes, &out);
    check_text(lp_buf_view(&out));
    if (lp_topology_read(arena, &(struct lp_topology_text){ LP_STR("t"), lp_buf_view(&out) },
                         &again, &error)) {
        must(again.pools.n == imported->topology.pools.n);
        must(again.urls.n == imported->topology.urls.n);
        must(again.sip_domains.n == imported->topology.sip_domains.n);
        must(again.generation == imported->topology.generation);
    } else {
        /* Two pools may share what they must not; the grammar is never at fault. */
        must(error.text[0] != '\0');
    }
    lp_buf_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct lp_arena arena = { 0 };
    struct lp_str rest = { (const char *)data, size };
    struct lp_cs_source source = { "t.xml", &rest, take };
    struct lp_cs_doc doc;
    struct lp_noted imported;
    struct lp_error error = { "" };
    bool ok = lp_cs_read(&source, &arena, &doc, &error);
    must(ok == (error.text[0] == '\0'));
    if (ok && lp_topology_import(&doc, &arena, &imported, &error))
        check_topology(&arena, &imported);
    else
        must(error.text[0] != '\0');
    lp_arena_release(&arena);
    return 0;
}
