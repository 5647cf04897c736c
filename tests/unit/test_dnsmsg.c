/* test_dnsmsg.c - DNS answers: what is kept, what is refused, and in which words */
#include "dns_wire.h"

Suite *lp_suite_dnsmsg(void);

/* ---- rows: whole messages ---------------------------------------------------------- */

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
    { "class CH is no answer",
      WIRE(HEAD(OK, ONE, NONE, NONE) WWW IN_A ASKED "\0\1\0\3" TTL ADDRESS), LP_DNS_A, LP_MALFORMED,
      "no answer record fits the question", 0 },
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
    { "refused without a question", WIRE("\x12\x34\x81\x85\0\0\0\0\0\0\0\0"), LP_DNS_A, LP_REFUSED,
      NULL, 0 },
    { "no such name without a question", WIRE("\x12\x34\x81\x83\0\0\0\0\0\0\0\0"), LP_DNS_A,
      LP_MALFORMED, "not exactly one question", 0 },
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

Suite *lp_suite_dnsmsg(void)
{
    Suite *s = suite_create("dnsmsg");
    TCase *t = tcase_create("dnsmsg");

    tcase_add_loop_test(t, message, 0, (int)LP_COUNT(rows));
    tcase_add_loop_test(t, every_prefix_is_malformed, 0, (int)LP_COUNT(rows));
    tcase_add_loop_test(t, every_flip_is_classified, 0, (int)LP_COUNT(rows));
    suite_add_tcase(s, t);
    return s;
}
