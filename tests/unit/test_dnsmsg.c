/* test_dnsmsg.c - DNS answers: what is kept, what is refused, and in which words */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "lp/buf.h"
#include "lp/dnsmsg.h"

Suite *lp_suite_dnsmsg(void);

/* ---- rows: whole messages -----------------------------------------------------------------------
 */

#define WIRE(bytes)              \
    {                            \
        bytes, sizeof(bytes) - 1 \
    }
/* Flags: 8180 is an answer, RD and RA; then counts of answer, authority and additional records. */
#define HEAD(flags, an, ns, ar) "\x12\x34" flags "\0\1" an ns ar
#define OK "\x81\x80"
#define NONE "\0\0"
#define ONE "\0\1"
#define TWO "\0\2"
#define IN_A "\0\1\0\1"
#define IN_CNAME "\0\5\0\1"
#define IN_SRV "\0\x21\0\1"
/* www.contoso.example at offset 12; the first record begins at 37, its data at 49. */
#define WWW "\3www\7contoso\7example\0"
#define ASKED "\xc0\x0c"
#define TTL "\0\0\x0e\x10"
#define ADDRESS "\0\4\xcb\0\x71\x0a"
#define SOA_DATA \
    "\xc0\x10"   \
    "\xc0\x10"   \
    "\0\0\0\1\0\0\0\2\0\0\0\3\0\0\0\4\0\0\0\x3c"
#define SOA    \
    "\xc0\x10" \
    "\0\6\0\1" TTL "\0\x18" SOA_DATA
#define OPT(extended) "\0\0\x29\x04\xd0" extended "\0\0\0\0\0"

struct row {
    const char *title;
    struct lp_str wire;
    int64_t type; /* asked of www.contoso.example */
    enum lp_outcome outcome;
    const char *why; /* NULL unset */
    size_t rrs;
};

static const struct row rows[] = {
    /* honest answers */
    { "one address", WIRE(HEAD(OK, ONE, NONE, NONE) WWW IN_A ASKED IN_A TTL ADDRESS), LP_DNS_A,
      LP_ANSWER, NULL, 1 },
    { "case of the question is the server's choice",
      WIRE(HEAD(OK, ONE, NONE, NONE) "\3wWw\7CONTOSO\7example\0" IN_A ASKED IN_A TTL ADDRESS),
      LP_DNS_A, LP_ANSWER, NULL, 1 },
    { "AAAA",
      WIRE(HEAD(OK, ONE, NONE, NONE) WWW "\0\x1c\0\1" ASKED "\0\x1c\0\1" TTL "\0\x10"
                                         "\x20\1\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\1"),
      LP_DNS_AAAA, LP_ANSWER, NULL, 1 },
    { "alias and address",
      WIRE(HEAD(OK, TWO, NONE, NONE) WWW IN_A ASKED IN_CNAME TTL "\0\4\1b\xc0\x10"
                                                                 "\xc0\x31" IN_A TTL ADDRESS),
      LP_DNS_A, LP_ANSWER, NULL, 2 },
    { "alias only", WIRE(HEAD(OK, ONE, NONE, NONE) WWW IN_A ASKED IN_CNAME TTL "\0\4\1b\xc0\x10"),
      LP_DNS_A, LP_ANSWER, NULL, 1 },
    { "alias only, no such name behind it",
      WIRE(HEAD("\x81\x83", ONE, ONE, NONE) WWW IN_A ASKED IN_CNAME TTL "\0\4\1b\xc0\x10" SOA),
      LP_DNS_A, LP_NXDOMAIN, NULL, 2 },
    { "SRV",
      WIRE(HEAD(OK, ONE, NONE, NONE) WWW IN_SRV ASKED IN_SRV TTL "\0\x0c"
                                                                 "\0\1\0\2\x13\xc5"
                                                                 "\3sip\xc0\x10"),
      LP_DNS_SRV, LP_ANSWER, NULL, 1 },
    { "SRV with the root as its target",
      WIRE(HEAD(OK, ONE, NONE, NONE) WWW IN_SRV ASKED IN_SRV TTL "\0\7"
                                                                 "\0\0\0\0\0\0"
                                                                 "\0"),
      LP_DNS_SRV, LP_ANSWER, NULL, 1 },
    { "no data, with SOA", WIRE(HEAD(OK, NONE, ONE, NONE) WWW IN_A SOA), LP_DNS_A, LP_NODATA, NULL,
      1 },
    { "no data, without SOA", WIRE(HEAD(OK, NONE, NONE, NONE) WWW IN_A), LP_DNS_A, LP_NODATA, NULL,
      0 },
    { "no such name", WIRE(HEAD("\x85\x83", NONE, ONE, NONE) WWW IN_A SOA), LP_DNS_A, LP_NXDOMAIN,
      NULL, 1 },
    { "referral",
      WIRE(HEAD("\x80\0", NONE, ONE, NONE) WWW IN_A "\xc0\x10"
                                                    "\0\2\0\1" TTL "\0\2"
                                                    "\xc0\x10"),
      LP_DNS_A, LP_NODATA, "referral", 1 },
    { "servfail", WIRE(HEAD("\x81\x82", NONE, NONE, NONE) WWW IN_A), LP_DNS_A, LP_SERVFAIL, NULL,
      0 },
    { "refused", WIRE(HEAD("\x81\x85", NONE, NONE, NONE) WWW IN_A), LP_DNS_A, LP_REFUSED, NULL, 0 },
    { "notauth", WIRE(HEAD("\x81\x89", NONE, NONE, NONE) WWW IN_A), LP_DNS_A, LP_REFUSED, "rcode 9",
      0 },
    { "formerr", WIRE(HEAD("\x81\x81", NONE, NONE, NONE) WWW IN_A), LP_DNS_A, LP_SERVFAIL,
      "rcode 1", 0 },
    { "notimp", WIRE(HEAD("\x81\x84", NONE, NONE, NONE) WWW IN_A), LP_DNS_A, LP_SERVFAIL, "rcode 4",
      0 },
    { "EDNS", WIRE(HEAD(OK, ONE, NONE, ONE) WWW IN_A ASKED IN_A TTL ADDRESS OPT("\0")), LP_DNS_A,
      LP_ANSWER, NULL, 1 },
    { "bad version is an extended code, no empty answer",
      WIRE(HEAD(OK, NONE, NONE, ONE) WWW IN_A OPT("\1")), LP_DNS_A, LP_SERVFAIL, "rcode 16", 0 },
    { "rubbish behind the end",
      WIRE(HEAD(OK, ONE, NONE, NONE) WWW IN_A ASKED IN_A TTL ADDRESS "rubbish"), LP_DNS_A,
      LP_ANSWER, NULL, 1 },
    /* kept apart */
    { "other types are left out",
      WIRE(HEAD(OK, TWO, NONE, NONE) WWW IN_A ASKED "\0\x10\0\1" TTL
                                                    "\0\2\1x" ASKED IN_A TTL ADDRESS),
      LP_DNS_A, LP_ANSWER, NULL, 1 },
    { "class CH is left out", WIRE(HEAD(OK, ONE, NONE, NONE) WWW IN_A ASKED "\0\1\0\3" TTL ADDRESS),
      LP_DNS_A, LP_NODATA, NULL, 0 },
    { "the additional section is not kept",
      WIRE(HEAD(OK, NONE, NONE, ONE) WWW IN_A ASKED IN_A TTL ADDRESS), LP_DNS_A, LP_NODATA, NULL,
      0 },
    { "another type of the same name is no answer",
      WIRE(HEAD(OK, ONE, NONE, NONE) WWW IN_SRV ASKED IN_A TTL ADDRESS), LP_DNS_SRV, LP_MALFORMED,
      "no answer record fits the question", 0 },
    { "address of another name",
      WIRE(HEAD(OK, ONE, NONE, NONE) WWW IN_A "\xc0\x10" IN_A TTL ADDRESS), LP_DNS_A, LP_MALFORMED,
      "no answer record fits the question", 0 },
    /* truncation */
    { "truncated to the question", WIRE(HEAD("\x83\x80", NONE, NONE, NONE) WWW IN_A), LP_DNS_A,
      LP_MALFORMED, "truncated", 0 },
    { "truncated, counts of the whole",
      WIRE(HEAD("\x83\x80", "\0\x09", ONE, ONE) WWW IN_A ASKED IN_A TTL ADDRESS), LP_DNS_A,
      LP_ANSWER, NULL, 1 },
    /* lies in header and question */
    { "nothing", WIRE(""), LP_DNS_A, LP_MALFORMED, "short header", 0 },
    { "half a header", WIRE("\x12\x34\x81\x80\0\1"), LP_DNS_A, LP_MALFORMED, "short header", 0 },
    { "a question comes back",
      WIRE(HEAD("\x01\x80", ONE, NONE, NONE) WWW IN_A ASKED IN_A TTL ADDRESS), LP_DNS_A,
      LP_MALFORMED, "a question, not an answer (QR 0)", 0 },
    { "opcode NOTIFY", WIRE(HEAD("\xa1\x80", NONE, NONE, NONE) WWW IN_A), LP_DNS_A, LP_MALFORMED,
      "opcode is not QUERY", 0 },
    { "no question", WIRE("\x12\x34\x81\x80\0\0\0\0\0\0\0\0"), LP_DNS_A, LP_MALFORMED,
      "not exactly one question", 0 },
    { "two questions", WIRE("\x12\x34\x81\x80\0\2\0\0\0\0\0\0" WWW IN_A WWW IN_A), LP_DNS_A,
      LP_MALFORMED, "not exactly one question", 0 },
    { "other name", WIRE(HEAD(OK, NONE, NONE, NONE) "\3ww2\7contoso\7example\0" IN_A), LP_DNS_A,
      LP_MALFORMED, "other question", 0 },
    { "other type", WIRE(HEAD(OK, NONE, NONE, NONE) WWW IN_SRV), LP_DNS_A, LP_MALFORMED,
      "other question", 0 },
    { "other class", WIRE(HEAD(OK, NONE, NONE, NONE) WWW "\0\1\0\3"), LP_DNS_A, LP_MALFORMED,
      "other question", 0 },
    { "half a question", WIRE(HEAD(OK, NONE, NONE, NONE) WWW "\0\1"), LP_DNS_A, LP_MALFORMED,
      "short question", 0 },
    { "a dot inside a label is no end of a label",
      WIRE(HEAD(OK, NONE, NONE, NONE) "\x0bwww.contoso\7example\0" IN_A), LP_DNS_A, LP_MALFORMED,
      "other question", 0 },
    { "NUL ends no name",
      WIRE(HEAD(OK, NONE, NONE, NONE) "\3www\7contoso\x08"
                                      "example\0"
                                      "\0" IN_A),
      LP_DNS_A, LP_MALFORMED, "other question", 0 },
    /* lies in counts and lengths */
    { "one record less than counted",
      WIRE(HEAD(OK, TWO, NONE, NONE) WWW IN_A ASKED IN_A TTL ADDRESS), LP_DNS_A, LP_MALFORMED,
      "fewer records than counted", 0 },
    { "65,535 records counted",
      WIRE(HEAD(OK, "\xff\xff", "\xff\xff", "\xff\xff") WWW IN_A ASKED IN_A TTL ADDRESS), LP_DNS_A,
      LP_MALFORMED, "fewer records than counted", 0 },
    { "additional record missing", WIRE(HEAD(OK, ONE, NONE, ONE) WWW IN_A ASKED IN_A TTL ADDRESS),
      LP_DNS_A, LP_MALFORMED, "fewer records than counted", 0 },
    { "record cut in its fixed part", WIRE(HEAD(OK, ONE, NONE, NONE) WWW IN_A ASKED IN_A "\0\0"),
      LP_DNS_A, LP_MALFORMED, "record runs past the end", 0 },
    { "data runs past the end",
      WIRE(HEAD(OK, ONE, NONE, NONE) WWW IN_A ASKED IN_A TTL "\0\5\1\1\1\1"), LP_DNS_A,
      LP_MALFORMED, "record runs past the end", 0 },
    { "data of an unknown type runs past the end",
      WIRE(HEAD(OK, ONE, NONE, NONE) WWW IN_A ASKED "\0\x10\0\1" TTL "\xff\xff"
                                                    "x"),
      LP_DNS_A, LP_MALFORMED, "record runs past the end", 0 },
    { "address of three bytes",
      WIRE(HEAD(OK, ONE, NONE, NONE) WWW IN_A ASKED IN_A TTL "\0\3\xcb\0\x71"), LP_DNS_A,
      LP_MALFORMED, "address of a wrong length", 0 },
    { "address of five bytes",
      WIRE(HEAD(OK, ONE, NONE, NONE) WWW IN_A ASKED IN_A TTL "\0\5\xcb\0\x71\1\1"), LP_DNS_A,
      LP_MALFORMED, "address of a wrong length", 0 },
    { "AAAA of four bytes",
      WIRE(HEAD(OK, ONE, NONE, NONE) WWW "\0\x1c\0\1" ASKED "\0\x1c\0\1" TTL ADDRESS), LP_DNS_AAAA,
      LP_MALFORMED, "address of a wrong length", 0 },
    { "SRV without a target",
      WIRE(HEAD(OK, ONE, NONE, NONE) WWW IN_SRV ASKED IN_SRV TTL "\0\6"
                                                                 "\0\1\0\2\x13\xc5"),
      LP_DNS_SRV, LP_MALFORMED, "short SRV", 0 },
    { "SRV target ends before its length",
      WIRE(HEAD(OK, ONE, NONE, NONE) WWW IN_SRV ASKED IN_SRV TTL "\0\x09"
                                                                 "\0\1\0\2\x13\xc5"
                                                                 "\xc0\x10"
                                                                 "x"),
      LP_DNS_SRV, LP_MALFORMED, "record data and its length disagree", 0 },
    { "SRV target runs over its length",
      WIRE(HEAD(OK, ONE, NONE, NONE) WWW IN_SRV ASKED IN_SRV TTL "\0\7"
                                                                 "\0\1\0\2\x13\xc5"
                                                                 "\xc0\x10"),
      LP_DNS_SRV, LP_MALFORMED, "record data and its length disagree", 0 },
    { "alias of a name and a half",
      WIRE(HEAD(OK, ONE, NONE, NONE) WWW IN_A ASKED IN_CNAME TTL "\0\3\xc0\x10"
                                                                 "x"),
      LP_DNS_A, LP_MALFORMED, "record data and its length disagree", 0 },
    { "SOA too short",
      WIRE(HEAD(OK, NONE, ONE, NONE) WWW IN_A "\xc0\x10"
                                              "\0\6\0\1" TTL "\0\x08"
                                              "\xc0\x10\xc0\x10"
                                              "\0\0\0\1"),
      LP_DNS_A, LP_MALFORMED, "record data and its length disagree", 0 },
    /* names (RFC 9267) */
    { "pointer to itself", WIRE(HEAD(OK, NONE, NONE, NONE) "\xc0\x0c" IN_A), LP_DNS_A, LP_MALFORMED,
      "pointer does not lead backwards", 0 },
    { "pointer forward", WIRE(HEAD(OK, NONE, NONE, NONE) "\xc0\x0e" WWW IN_A), LP_DNS_A,
      LP_MALFORMED, "pointer does not lead backwards", 0 },
    { "pointer to the start of its own name", WIRE(HEAD(OK, NONE, NONE, NONE) "\3www\xc0\x0c" IN_A),
      LP_DNS_A, LP_MALFORMED, "pointer does not lead backwards", 0 },
    { "two pointers in a ring",
      WIRE(HEAD(OK, ONE, NONE, NONE) WWW IN_A "\xc0\x27"
                                              "\xc0\x25" IN_A TTL ADDRESS),
      LP_DNS_A, LP_MALFORMED, "pointer does not lead backwards", 0 },
    { "pointer into the header",
      WIRE(HEAD(OK, ONE, NONE, NONE) WWW IN_A "\xc0\x04" IN_A TTL ADDRESS), LP_DNS_A, LP_MALFORMED,
      "pointer into the header", 0 },
    { "half a pointer", WIRE(HEAD(OK, ONE, NONE, NONE) WWW IN_A "\xc0"), LP_DNS_A, LP_MALFORMED,
      "half a pointer", 0 },
    { "label type 01",
      WIRE(HEAD(OK, NONE, NONE, NONE) "\x41"
                                      "www"),
      LP_DNS_A, LP_MALFORMED, "unknown label type", 0 },
    { "label type 10",
      WIRE(HEAD(OK, NONE, NONE, NONE) "\x83"
                                      "www"),
      LP_DNS_A, LP_MALFORMED, "unknown label type", 0 },
    { "label runs past the end",
      WIRE(HEAD(OK, NONE, NONE, NONE) "\x3f"
                                      "www"),
      LP_DNS_A, LP_MALFORMED, "label runs past the end", 0 },
    { "name without a root", WIRE(HEAD(OK, NONE, NONE, NONE) "\3www"), LP_DNS_A, LP_MALFORMED,
      "name runs past the end", 0 },
    { "a bad name in a record that is not kept",
      WIRE(HEAD(OK, ONE, NONE, NONE) WWW IN_A "\xc0\xff"
                                              "\0\x10\0\1" TTL "\0\0"),
      LP_DNS_A, LP_MALFORMED, "pointer does not lead backwards", 0 },
};

/* A copy on the heap at its exact size, so that a sanitizer sees a read past the end. */
static struct lp_str exact(struct lp_str s)
{
    char *p = malloc(s.n > 0 ? s.n : 1);

    ck_assert_ptr_nonnull(p);
    if (s.n > 0)
        memcpy(p, s.p, s.n);
    return (struct lp_str){ p, s.n };
}

static enum lp_outcome decode(struct lp_arena *arena, struct lp_str wire, int64_t type,
                              struct lp_dns_facts *facts, struct lp_str *why)
{
    struct lp_question question = { LP_STR("www.contoso.example"), type };
    struct lp_str copy = exact(wire);
    enum lp_outcome outcome = lp_dnsmsg_decode(arena, copy, &question, facts, why);

    free((void *)copy.p);
    return outcome;
}

START_TEST(message)
{
    const struct row *row = &rows[_i];
    struct lp_arena arena = { 0 };
    struct lp_dns_facts facts = { 0 };
    struct lp_str why;
    enum lp_outcome outcome = decode(&arena, row->wire, row->type, &facts, &why);

    ck_assert_msg(outcome == row->outcome, "%s: outcome %d", row->title, (int)outcome);
    ck_assert_msg(lp_str_eq(why, lp_str_of(row->why)), "%s: why %.*s", row->title, (int)why.n,
                  why.p);
    ck_assert_msg(facts.rrs.n == row->rrs, "%s: %zu records", row->title, facts.rrs.n);
    ck_assert_int_eq(facts.cut, 0);
    lp_arena_release(&arena);
}
END_TEST

/* ---- what is in the facts
 * ------------------------------------------------------------------------ */

static const struct lp_rr *rr_at(const struct lp_dns_facts *facts, size_t i)
{
    ck_assert_uint_lt(i, facts->rrs.n);
    return (const struct lp_rr *)facts->rrs.at + i;
}

#define ck_assert_lp_str(s, text) \
    ck_assert_msg(lp_str_eq(s, lp_str_of(text)), "%.*s is not %s", (int)(s).n, (s).p, text)

START_TEST(srv_facts)
{
    static const struct lp_str wire =
        WIRE(HEAD("\x85\xa0", ONE, ONE, NONE) WWW IN_SRV ASKED IN_SRV TTL "\0\x0c"
                                                                          "\0\1\xff\xff\x13\xc5"
                                                                          "\3SIP\xc0\x10" SOA);
    struct lp_arena arena = { 0 };
    struct lp_dns_facts facts = { 0 };
    struct lp_str why;

    ck_assert_int_eq(decode(&arena, wire, LP_DNS_SRV, &facts, &why), LP_ANSWER);
    ck_assert(facts.aa && facts.rd && facts.ra && facts.ad && !facts.tc);
    ck_assert_int_eq(facts.rcode, 0);
    const struct lp_rr *srv = rr_at(&facts, 0);
    ck_assert_lp_str(srv->section, "answer");
    ck_assert_lp_str(srv->owner, "www.contoso.example");
    ck_assert_lp_str(srv->name, "SIP.contoso.example");
    ck_assert_int_eq(srv->type, LP_DNS_SRV);
    ck_assert_int_eq(srv->ttl, 3600);
    ck_assert_int_eq(srv->priority, 1);
    ck_assert_int_eq(srv->weight, 65535);
    ck_assert_int_eq(srv->port, 5061);
    ck_assert_int_eq(srv->address.family, 0);
    const struct lp_rr *soa = rr_at(&facts, 1);
    ck_assert_lp_str(soa->section, "authority");
    ck_assert_lp_str(soa->owner, "contoso.example");
    ck_assert_int_eq(soa->minimum, 60);
    lp_arena_release(&arena);
}
END_TEST

START_TEST(address_facts)
{
    static const struct lp_str wire =
        WIRE(HEAD(OK, ONE, NONE, NONE) WWW IN_A ASKED IN_A "\x80\0\0\1" ADDRESS);
    struct lp_arena arena = { 0 };
    struct lp_dns_facts facts = { 0 };
    struct lp_str why;
    char text[LP_ADDR_TEXT];

    ck_assert_int_eq(decode(&arena, wire, LP_DNS_A, &facts, &why), LP_ANSWER);
    lp_addr_format(&rr_at(&facts, 0)->address, text, sizeof(text));
    ck_assert_str_eq(text, "203.0.113.10");
    /* RFC 2181 s8: the top bit makes it zero. */
    ck_assert_int_eq(rr_at(&facts, 0)->ttl, 0);
    lp_arena_release(&arena);
}
END_TEST

/* Old facts do not shine through: the same struct decodes a second message. */
START_TEST(decoding_again)
{
    struct lp_arena arena = { 0 };
    struct lp_dns_facts facts = { 0 };
    struct lp_str why;

    ck_assert_int_eq(decode(&arena, rows[0].wire, LP_DNS_A, &facts, &why), LP_ANSWER);
    ck_assert_int_eq(decode(&arena, (struct lp_str)WIRE("\x12"), LP_DNS_A, &facts, &why),
                     LP_MALFORMED);
    ck_assert_uint_eq(facts.rrs.n, 0);
    ck_assert_int_eq(facts.rcode, -1);
    lp_arena_release(&arena);
}
END_TEST

/* ---- limits
 * ---------------------------------------------------------------------------------------- */

static void put(struct lp_buf *b, struct lp_str bytes)
{
    lp_buf_str(b, bytes);
}

static void put_count_head(struct lp_buf *b, uint16_t answers)
{
    put(b, LP_STR("\x12\x34" OK "\0\1"));
    lp_buf_char(b, (char)(answers >> 8));
    lp_buf_char(b, (char)(answers & 0xff));
    put(b, LP_STR(NONE NONE WWW IN_A));
}

START_TEST(records_over_the_limit_are_counted)
{
    struct lp_buf b = lp_buf_new(64 * 1024);
    struct lp_arena arena = { 0 };
    struct lp_dns_facts facts = { 0 };
    struct lp_str why;

    put_count_head(&b, 600);
    for (int i = 0; i < 600; i++)
        put(&b, LP_STR(ASKED IN_A TTL ADDRESS));
    ck_assert_int_eq(decode(&arena, lp_buf_view(&b), LP_DNS_A, &facts, &why), LP_ANSWER);
    ck_assert_uint_eq(facts.rrs.n, 512);
    ck_assert_int_eq(facts.cut, 88);
    lp_arena_release(&arena);
    lp_buf_release(&b);
}
END_TEST

/* The full 64 KiB of honest records is no attack. */
START_TEST(a_full_answer_is_read)
{
    struct lp_buf b = lp_buf_new(65535);
    struct lp_arena arena = { 0 };
    struct lp_dns_facts facts = { 0 };
    struct lp_str why;

    put_count_head(&b, 4000);
    for (int i = 0; i < 4000; i++)
        put(&b, LP_STR(ASKED IN_A TTL ADDRESS));
    ck_assert_int_eq(decode(&arena, lp_buf_view(&b), LP_DNS_A, &facts, &why), LP_ANSWER);
    ck_assert_int_eq(facts.cut, 4000 - 512);
    lp_arena_release(&arena);
    lp_buf_release(&b);
}
END_TEST

/* A name of 127 labels, named again by each of thousands of records: one budget for all of them. */
START_TEST(label_work_is_bounded)
{
    struct lp_buf b = lp_buf_new(65535);
    struct lp_arena arena = { 0 };
    struct lp_dns_facts facts = { 0 };
    struct lp_str why;

    put_count_head(&b, 4000);
    for (int i = 0; i < 120; i++)
        put(&b, LP_STR("\1a"));
    put(&b, LP_STR("\0"
                   "\0\x10\0\1" TTL "\0\0"));
    for (int i = 1; i < 4000; i++)
        put(&b, LP_STR("\xc0\x25"
                       "\0\x10\0\1" TTL "\0\0"));
    ck_assert_int_eq(decode(&arena, lp_buf_view(&b), LP_DNS_A, &facts, &why), LP_MALFORMED);
    ck_assert_lp_str(why, "too many labels in one message");
    lp_arena_release(&arena);
    lp_buf_release(&b);
}
END_TEST

/* Every beginning of a message is malformed, and reads nothing behind its end. */
START_TEST(every_prefix_is_malformed)
{
    const struct row *row = &rows[_i];
    struct lp_arena arena = { 0 };

    if (row->outcome == LP_MALFORMED)
        return;
    for (size_t n = 0; n < row->wire.n; n++) {
        struct lp_dns_facts facts = { 0 };
        struct lp_str why;
        enum lp_outcome outcome =
            decode(&arena, lp_str_sub(row->wire, 0, n), row->type, &facts, &why);

        if (outcome == LP_MALFORMED)
            ck_assert_uint_gt(why.n, 0);
        else /* only rubbish behind the end, or records that TC says are missing, may go */
            ck_assert_msg(strstr(row->title, "rubbish") != NULL || facts.tc, "%s at %zu",
                          row->title, n);
    }
    lp_arena_release(&arena);
}
END_TEST

/* Every byte changed in every bit: no crash, and a malformed answer has no records. */
START_TEST(every_flip_is_classified)
{
    const struct row *row = &rows[_i];
    struct lp_arena arena = { 0 };

    for (size_t bit = 0; bit < row->wire.n * 8; bit++) {
        struct lp_dns_facts facts = { 0 };
        struct lp_str why;
        char *copy = (char *)exact(row->wire).p;

        copy[bit / 8] = (char)(copy[bit / 8] ^ (1 << bit % 8));
        enum lp_outcome outcome =
            decode(&arena, (struct lp_str){ copy, row->wire.n }, row->type, &facts, &why);
        ck_assert(outcome >= LP_ANSWER && outcome <= LP_MALFORMED && outcome != LP_TIMEOUT);
        if (outcome == LP_MALFORMED)
            ck_assert_uint_eq(facts.rrs.n, 0);
        free(copy);
    }
    lp_arena_release(&arena);
}
END_TEST

/* ---- names
 * --------------------------------------------------------------------------------------------- */

struct name_row {
    struct lp_str wire; /* behind twelve bytes of header */
    size_t used;
    const char *text;
};

static const struct name_row name_rows[] = {
    { WIRE("\0"), 1, "." },
    { WIRE("\1a\0"), 3, "a" },
    { WIRE("\3WwW\1a\0rest"), 7, "WwW.a" },
    { WIRE("\3a.b\1c\0"), 7, "a\\046b.c" },
    { WIRE("\3a\\b\1c\0"), 7, "a\\092b.c" },
    { WIRE("\4\0\x1b\x7f\xff\0"), 6, "\\000\\027\\127\\255" },
    { WIRE("\3a b\0"), 5, "a\\032b" },
    { WIRE("\7<b>&\"';\0"), 9, "<b>&\"';" },
    { WIRE("\5_sip_\4_tls\0"), 12, "_sip_._tls" },
    { WIRE(""), 0, "" },
    { WIRE("\1"), 0, "" },
    { WIRE("\xc0"), 0, "" },
    { WIRE("\xc0\x0c"), 0, "" },
    { WIRE("\x7f"), 0, "" },
};

START_TEST(name)
{
    const struct name_row *row = &name_rows[_i];
    struct lp_buf b = lp_buf_new(1024);
    struct lp_arena arena = { 0 };
    struct lp_str text;

    put(&b, LP_STR("\0\0\0\0\0\0\0\0\0\0\0\0"));
    put(&b, row->wire);
    struct lp_str wire = exact(lp_buf_view(&b));
    ck_assert_uint_eq(lp_dnsmsg_name(&arena, wire, 12, &text), row->used);
    if (row->used > 0)
        ck_assert_lp_str(text, row->text);
    else
        ck_assert_ptr_null(text.p);
    ck_assert_uint_eq(lp_dnsmsg_name(&arena, wire, wire.n, &text), 0);
    ck_assert_uint_eq(lp_dnsmsg_name(&arena, wire, SIZE_MAX, &text), 0);
    free((void *)wire.p);
    lp_arena_release(&arena);
    lp_buf_release(&b);
}
END_TEST

/* 255 octets are a name, 256 are none, whether written out or led to by a pointer. */
START_TEST(name_length)
{
    struct lp_buf b = lp_buf_new(1024);
    struct lp_arena arena = { 0 };
    struct lp_str text;

    put(&b, LP_STR("\0\0\0\0\0\0\0\0\0\0\0\0"));
    for (int i = 0; i < 126; i++)
        put(&b, LP_STR("\1\xff"));
    put(&b, LP_STR("\0"));           /* 253 octets, at 12 */
    put(&b, LP_STR("\1b\xc0\x0c"));  /* 255 octets, at 265 */
    put(&b, LP_STR("\2bb\xc0\x0c")); /* 256 octets, at 269 */
    put(&b, LP_STR("\1c\xc1\x09"));  /* 257 octets over two pointers, at 274 */
    struct lp_str wire = exact(lp_buf_view(&b));
    ck_assert_uint_eq(lp_dnsmsg_name(&arena, wire, 12, &text), 253);
    ck_assert_uint_eq(text.n, 126 * 4 + 125);
    ck_assert_uint_eq(lp_dnsmsg_name(&arena, wire, 265, &text), 4);
    ck_assert_uint_eq(text.n, 126 * 4 + 125 + 2);
    ck_assert_uint_eq(lp_dnsmsg_name(&arena, wire, 269, &text), 0);
    ck_assert_uint_eq(lp_dnsmsg_name(&arena, wire, 274, &text), 0);
    free((void *)wire.p);
    lp_arena_release(&arena);
    lp_buf_release(&b);
}
END_TEST

Suite *lp_suite_dnsmsg(void)
{
    Suite *s = suite_create("dnsmsg");
    TCase *t = tcase_create("dnsmsg");

    tcase_add_loop_test(t, message, 0, (int)LP_COUNT(rows));
    tcase_add_test(t, srv_facts);
    tcase_add_test(t, address_facts);
    tcase_add_test(t, decoding_again);
    tcase_add_test(t, records_over_the_limit_are_counted);
    tcase_add_test(t, a_full_answer_is_read);
    tcase_add_test(t, label_work_is_bounded);
    tcase_add_loop_test(t, every_prefix_is_malformed, 0, (int)LP_COUNT(rows));
    tcase_add_loop_test(t, every_flip_is_classified, 0, (int)LP_COUNT(rows));
    tcase_add_loop_test(t, name, 0, (int)LP_COUNT(name_rows));
    tcase_add_test(t, name_length);
    suite_add_tcase(s, t);
    return s;
}
