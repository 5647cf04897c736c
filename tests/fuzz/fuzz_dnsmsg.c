/* fuzz_dnsmsg.c - DNS answers: any bytes; names stay the same when written again */
#include <stdint.h>
#include <string.h>

#include "lp/dnsmsg.h"
#include "lp/name.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { HEADER = 12, MAX_OCTETS = 255 };

static void must(bool claim)
{
    if (!claim)
        __builtin_trap();
}

/* One character of presentation form; moves *at behind it. -1: the dot between labels. */
static int take_octet(struct lp_str text, size_t *at)
{
    char c = text.p[(*at)++];

    if (c == '.')
        return -1;
    must(c > ' ' && c < 0x7f);
    if (c != '\\')
        return (unsigned char)c;
    must(*at + 3 <= text.n);
    int value = 0;
    for (size_t i = 0; i < 3; i++, (*at)++) {
        must(text.p[*at] >= '0' && text.p[*at] <= '9');
        value = value * 10 + (text.p[*at] - '0');
    }
    must(value <= 255);
    return value;
}

/* Presentation form to wire behind a header; returns the length of the name. */
static size_t encode(struct lp_str text, uint8_t *wire)
{
    size_t length = HEADER; /* where the present label's length stands */
    size_t n = HEADER + 1;

    for (size_t at = 0; at < text.n && !lp_str_eq(text, LP_STR("."));) {
        int octet = take_octet(text, &at);

        must(n < HEADER + MAX_OCTETS);
        if (octet >= 0) {
            wire[n++] = (uint8_t)octet;
            continue;
        }
        must(n - length > 1 && n - length <= 64);
        wire[length] = (uint8_t)(n - length - 1);
        length = n++;
    }
    wire[length] = (uint8_t)(n - length - 1);
    if (wire[length] != 0)
        wire[n++] = 0;
    must(n - HEADER <= MAX_OCTETS);
    return n - HEADER;
}

static void check_name(struct lp_arena *arena, struct lp_str name)
{
    uint8_t wire[HEADER + MAX_OCTETS + 1] = { 0 };
    struct lp_str again;

    must(name.n > 0);
    size_t n = encode(name, wire);
    struct lp_str message = { (const char *)wire, HEADER + n };
    must(lp_dnsmsg_name(arena, message, HEADER, &again) == n);
    must(lp_str_eq(name, again));
}

static void check_facts(struct lp_arena *arena, const struct lp_dns_facts *facts)
{
    const struct lp_rr *rr = facts->rrs.at;

    must(facts->rrs.n <= 512 && facts->cut >= 0 && facts->cut < 2 * 65536);
    for (size_t i = 0; i < facts->rrs.n; i++) {
        check_name(arena, rr[i].owner);
        if (rr[i].name.p != NULL)
            check_name(arena, rr[i].name);
        must(rr[i].ttl >= 0 && rr[i].ttl <= INT32_MAX);
    }
}

/* The question that the message itself holds, so that decoding goes on behind it. */
static struct lp_question question_of(struct lp_arena *arena, struct lp_str wire)
{
    struct lp_question question = { LP_STR("contoso.example"), LP_DNS_A };
    struct lp_str name;
    size_t used = lp_dnsmsg_name(arena, wire, HEADER, &name);

    if (used == 0)
        return question;
    check_name(arena, name);
    if (HEADER + used + 2 <= wire.n) {
        question.name = name;
        question.type = (uint8_t)wire.p[HEADER + used] << 8 | (uint8_t)wire.p[HEADER + used + 1];
    }
    return question;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct lp_arena arena = { 0 };
    struct lp_str wire = { (const char *)data, size };
    struct lp_question question = question_of(&arena, wire);
    struct lp_dns_facts facts = { 0 };
    struct lp_str why;
    enum lp_outcome outcome = lp_dnsmsg_decode(&arena, wire, &question, &facts, &why);

    must(outcome >= LP_ANSWER && outcome <= LP_MALFORMED && outcome != LP_TIMEOUT);
    must(outcome != LP_MALFORMED || (why.n > 0 && facts.rrs.n == 0));
    must(outcome != LP_ANSWER || facts.rrs.n > 0);
    check_facts(&arena, &facts);
    lp_arena_release(&arena);
    return 0;
}
