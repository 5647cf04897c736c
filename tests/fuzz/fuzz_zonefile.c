/* fuzz_zonefile.c - planned zones: any bytes; what is read is within its origin and answers */
#include <stdint.h>

#include "lp/name.h"
#include "lp/zonefile.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool claim)
{
    if (!claim)
        __builtin_trap();
}

static void ask(const struct lp_zone *zone, struct lp_str name, int64_t type)
{
    struct lp_arena arena = { 0 };
    struct lp_list zones = { (void *)zone, 1 };
    struct lp_dns_facts facts = { .name = name, .type = type };
    enum lp_outcome outcome = lp_zones_answer(&zones, &arena, &facts);
    must((outcome != LP_NONE) == lp_zones_speak(&zones, name));
    must(facts.rrs.n <= LP_ZONE_ANSWER_MAX);
    lp_arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct lp_arena arena = { 0 };
    struct lp_error error = { "" };
    struct lp_zone zone;
    struct lp_zone_text text = { LP_STR("f"), { (const char *)data, size }, LP_STR("a.test") };
    if (lp_zone_read(&arena, &text, &zone, &error)) {
        const struct lp_zone_record *at = zone.record.at;
        for (size_t i = 0; i < zone.record.n && i < 100; i++) {
            must(lp_name_in_domain(at[i].rr.owner, text.origin));
            must(i == 0 || lp_str_cmp(at[i - 1].key, at[i].key) <= 0);
            ask(&zone, at[i].rr.owner, at[i].rr.type);
            ask(&zone, at[i].rr.name.p ? at[i].rr.name : LP_STR("x.a.test"), LP_DNS_A);
        }
    } else {
        must(error.text[0] == 'f' && error.text[1] == ':');
    }
    lp_arena_release(&arena);
    return 0;
}
