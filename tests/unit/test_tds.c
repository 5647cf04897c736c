/* test_tds.c - PRELOGIN of SQL Server and the sql probe, at every cut */
#include <check.h>
#include <string.h>

#include "lp/probe.h"
#include "lp/tds.h"

extern const struct lp_probe lp_probe_sql;
Suite *lp_suite_tds(void);

#define ANSWER(size) "\x04\x01\x00" size "\x00\x00\x01\x00"
#define OPTIONS "\x00\x00\x0b\x00\x06\x01\x00\x11\x00\x01\xff"
#define V2012 "\x0b\x00\x1b\x59\x00\x00"
#define GOOD ANSWER("\x1a") OPTIONS V2012 "\x03"
#define BYTES(lit)             \
    {                          \
        (lit), sizeof(lit) - 1 \
    }

START_TEST(ours)
{
    struct lp_tds tds;
    struct lp_buf out = lp_buf_new(256);
    lp_tds_put_prelogin(&out);
    ck_assert_uint_eq(out.n, 47);
    /* It would be a good answer, were it a server's. */
    out.p[0] = 4;
    ck_assert_int_eq(lp_tds_decode(lp_buf_view(&out), false, &tds), LP_TDS_COMPLETE);
    ck_assert_int_eq(tds.encryption, 0);
    ck_assert_int_eq(tds.major, 0);
    lp_buf_release(&out);
}
END_TEST

START_TEST(good)
{
    struct lp_tds tds;
    struct lp_str in = BYTES(GOOD);
    for (size_t n = 0; n < in.n; n++) {
        ck_assert_int_eq(lp_tds_decode(lp_str_sub(in, 0, n), false, &tds), LP_TDS_MORE);
        ck_assert_int_eq(tds.major, -1);
        ck_assert_int_eq(lp_tds_decode(lp_str_sub(in, 0, n), true, &tds), LP_TDS_NOT_TDS);
    }
    ck_assert_int_eq(lp_tds_decode(in, false, &tds), LP_TDS_COMPLETE);
    ck_assert_int_eq(tds.major, 11);
    ck_assert_int_eq(tds.minor, 0);
    ck_assert_int_eq(tds.build, 7001);
    ck_assert_int_eq(tds.encryption, 3);
}
END_TEST

static const struct lp_str bad[] = {
    BYTES("HTTP/1.1 400 Bad Request\r\n"),
    BYTES("\x15\x03\x01\x00\x02\x02\x28"),
    BYTES("\x04\x00"),                                /* more packets would follow */
    BYTES("\x04\x01\x00\x08"),                        /* nothing in it */
    BYTES("\x04\x01\x10\x01"),                        /* more than 4096 bytes */
    BYTES(ANSWER("\x09") "\xff"),                     /* no options */
    BYTES(ANSWER("\x0d") "\x00\x00\x00\x00\x06"),     /* no end mark */
    BYTES(ANSWER("\x0e") "\x00\x00\x05\x00\x02\xff"), /* a value beyond the end */
};

START_TEST(not_tds)
{
    struct lp_tds tds;
    ck_assert_int_eq(lp_tds_decode(bad[_i], false, &tds), LP_TDS_NOT_TDS);
    ck_assert_int_eq(tds.major, -1);
    ck_assert_int_eq(tds.encryption, -1);
}
END_TEST

START_TEST(many_options)
{
    struct lp_tds tds;
    struct lp_buf in = lp_buf_new(4096);
    lp_buf_add(&in, "\x04\x01\x00\xad\x00\x00\x00\x00", 8);
    for (int i = 0; i < 33; i++)
        lp_buf_add(&in, "\x06\x00\x00\x00\x00", 5);
    lp_buf_char(&in, '\xff');
    in.p[3] = (char)in.n;
    ck_assert_int_eq(lp_tds_decode(lp_buf_view(&in), false, &tds), LP_TDS_NOT_TDS);
    lp_buf_consume(&in, 5);
    memcpy(in.p, "\x04\x01\x00\xa9\x00\x00\x00\x00", 8);
    in.p[3] = (char)in.n;
    ck_assert_int_eq(lp_tds_decode(lp_buf_view(&in), false, &tds), LP_TDS_COMPLETE);
    lp_buf_release(&in);
}
END_TEST

START_TEST(names)
{
    ck_assert(lp_str_eq(lp_tds_encryption_word(2), LP_STR("not-supported")));
    ck_assert_ptr_null(lp_tds_encryption_word(-1).p);
    ck_assert_ptr_null(lp_tds_encryption_word(4).p);
    ck_assert(lp_str_eq(lp_tds_product(10, 50), LP_STR("SQL Server 2008 R2")));
    ck_assert_ptr_null(lp_tds_product(10, 1).p);
}
END_TEST

/* ---- the probe ---- */

static const struct {
    struct lp_str in;
    enum lp_next next;
    const char *words;
} rows[] = {
    { BYTES(GOOD), LP_DONE, "SQL Server 2012 answers (version 11.0.7001; encryption: required)" },
    { BYTES(ANSWER("\x14") "\x00\x00\x06\x00\x06\xff\x63\x01\x00\x02\x00\x00"), LP_DONE,
      "SQL Server answers (version 99.1.2)" },
    { BYTES(ANSWER("\x0f") "\x01\x00\x06\x00\x01\xff\x00"), LP_BAD,
      "something that is no SQL Server answers" },
    { BYTES("\x04\x01"), LP_BAD, "something that is no SQL Server answers" },
    { BYTES("+OK\r\n"), LP_BAD, "something that is no SQL Server answers" },
    { BYTES(""), LP_BAD, "no answer of a SQL Server" },
};

START_TEST(probe)
{
    struct lp_arena arena = { 0 };
    struct lp_buf out = lp_buf_new(256);
    struct lp_evidence e = { .shape = &lp_probe_sql.shape };
    e.facts = lp_arena_alloc(&arena, lp_probe_sql.shape.size);
    struct lp_talk talk = { .arena = &arena, .facts = e.facts, .in = LP_STR(""), .out = &out };
    ck_assert_int_eq(lp_probe_sql.step(&talk), LP_MORE);
    ck_assert_uint_eq(out.n, 47);
    talk.in = rows[_i].in;
    talk.eof = rows[_i].next == LP_BAD;
    ck_assert_int_eq(lp_probe_sql.step(&talk), rows[_i].next);
    struct lp_str words = lp_probe_sql.say(&e, &arena);
    ck_assert_msg(lp_str_eq(words, lp_str_of(rows[_i].words)), "%.*s", (int)words.n, words.p);
    ck_assert_uint_eq(out.n, 47);
    lp_buf_release(&out);
    lp_arena_release(&arena);
}
END_TEST

/* What the check says of a connection that came to an end so. */
static const struct {
    enum lp_outcome connect, outcome;
    struct lp_str first_bytes;
    const char *observed; /* NULL: nothing to complain about */
} ends[] = {
    { LP_OPEN, LP_OK, { NULL, 0 }, NULL },
    { LP_OPEN, LP_MALFORMED, { "+OK", 3 }, "something that is no SQL Server answers" },
    { LP_OPEN, LP_MALFORMED, { NULL, 0 }, "no answer of a SQL Server" },
    { LP_OPEN, LP_TIMEOUT, { NULL, 0 }, "no answer of a SQL Server" },
    { LP_OPEN, LP_RESET, { NULL, 0 }, "no answer of a SQL Server" },
    { LP_OPEN, LP_NOT_TRIED, { NULL, 0 }, NULL },
    { LP_OPEN, LP_CRASHED, { NULL, 0 }, NULL },
    { LP_TIMEOUT, LP_TIMEOUT, { NULL, 0 }, NULL },
    { LP_REFUSED, LP_REFUSED, { NULL, 0 }, NULL },
};

START_TEST(no_server)
{
    struct lp_arena arena = { 0 };
    struct lp_evidence e = { .shape = &lp_probe_sql.shape, .outcome = ends[_i].outcome };
    e.facts = lp_arena_alloc(&arena, lp_probe_sql.shape.size);
    ((struct lp_link *)e.facts)->connect = ends[_i].connect;
    for (const struct lp_field *field = lp_probe_sql.shape.fields; field->name; field++) {
        if (strcmp(field->name, "first_bytes") == 0)
            memcpy((char *)e.facts + field->offset, &ends[_i].first_bytes, sizeof(struct lp_str));
    }
    struct lp_charge charge = { 0 };
    struct lp_check_input input = { .e = &e, .arena = &arena };
    ck_assert_str_eq(lp_probe_sql.checks[0].id, "LP-SQL-NOT-SQL");
    bool fails = lp_probe_sql.checks[0].fails(&input, &charge);
    ck_assert_int_eq(fails, ends[_i].observed != NULL);
    if (fails)
        ck_assert_str_eq(charge.observed.p, ends[_i].observed);
    lp_arena_release(&arena);
}
END_TEST

Suite *lp_suite_tds(void)
{
    Suite *suite = suite_create("tds");
    TCase *tcase = tcase_create("tds");
    tcase_add_test(tcase, ours);
    tcase_add_test(tcase, good);
    tcase_add_loop_test(tcase, not_tds, 0, LP_COUNT(bad));
    tcase_add_test(tcase, many_options);
    tcase_add_test(tcase, names);
    tcase_add_loop_test(tcase, probe, 0, LP_COUNT(rows));
    tcase_add_loop_test(tcase, no_server, 0, LP_COUNT(ends));
    suite_add_tcase(suite, tcase);
    return suite;
}
