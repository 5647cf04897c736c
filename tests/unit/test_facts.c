/* test_facts.c - field tables are complete and sound; words of DNS types */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "lp/addoc.h"
#include "lp/probe.h"
#include "lp/sipmsg.h"

Suite *lp_suite_facts(void);

struct type_row {
    int64_t type;
    const char *word;
};

static const struct type_row type_rows[] = {
    { 1, "A" },     { 2, "NS" },    { 5, "CNAME" },         { 6, "SOA" },
    { 28, "AAAA" }, { 33, "SRV" },  { 16, "TYPE16" },       { 65, "TYPE65" },
    { 0, "TYPE0" }, { 3, "TYPE3" }, { 65535, "TYPE65535" },
};

START_TEST(type_word)
{
    const struct type_row *row = &type_rows[_i];
    char out[12];

    ck_assert_str_eq(lp_dns_type_word(row->type, out), row->word);
    ck_assert_int_eq(lp_dns_type_from(lp_str_of(row->word)), row->type);
}
END_TEST

static const struct type_row from_rows[] = {
    { 28, "aaaa" },  { 33, "Srv" },   { 65, "type65" }, { 0, "" },
    { 0, "AA" },     { 0, "SRV " },   { 0, "TYPE" },    { 0, "TYPE65536" },
    { 0, "TYPE-1" }, { 0, "TYPE6x" }, { 0, "MX" },      { 0, "A\n" },
};

START_TEST(type_from)
{
    ck_assert_int_eq(lp_dns_type_from(lp_str_of(from_rows[_i].word)), from_rows[_i].type);
}
END_TEST

/* A recording may claim any number: the word still fits. */
START_TEST(type_word_fits)
{
    static const int64_t odd[] = { -1, INT64_MIN, INT64_MAX, 1 << 20 };
    char out[12];

    for (size_t i = 0; i < LP_COUNT(odd); i++)
        ck_assert_uint_lt(strlen(lp_dns_type_word(odd[i], out)), sizeof(out));
}
END_TEST

/* A table with the size of its struct and what a first and last member are called. */
struct table_row {
    const char *title;
    const struct lp_field *fields;
    size_t size;
    size_t rows;
};

static const struct table_row table_rows[] = {
    { "dns", lp_dns_fields, sizeof(struct lp_dns_facts), 16 },
    { "link", lp_link_fields, sizeof(struct lp_link), 20 },
    { "http", lp_http_fields, sizeof(struct lp_http), 16 },
    { "certificate", lp_certificate_fields, sizeof(struct lp_certificate), 25 },
    { "sip", lp_sip_fields, sizeof(struct lp_sip_facts), 16 },
    { "document", lp_ad_doc_fields, sizeof(struct lp_ad_doc), 6 },
};

static size_t size_of(const struct lp_field *f)
{
    static const size_t sizes[] = {
        [LP_T_STR] = sizeof(struct lp_str),   [LP_T_BYTES] = sizeof(struct lp_str),
        [LP_T_INT] = sizeof(int64_t),         [LP_T_UTC] = sizeof(lp_utc),
        [LP_T_BOOL] = sizeof(bool),           [LP_T_OUTCOME] = sizeof(enum lp_outcome),
        [LP_T_ADDR] = sizeof(struct lp_addr), [LP_T_LIST] = sizeof(struct lp_list),
        [LP_T_STRS] = sizeof(struct lp_list),
    };

    return f->type == LP_T_STRUCT ? 1 : sizes[f->type];
}

static void check_row(const struct lp_field *f, size_t size)
{
    ck_assert_msg(f->text != NULL && f->text[0] != '\0', "%s has no text", f->name);
    ck_assert_msg(f->offset + size_of(f) <= size, "%s is outside of its struct", f->name);
    ck_assert_msg((f->type == LP_T_LIST) == (f->size > 0), "%s: size of an element", f->name);
    ck_assert_msg((f->type == LP_T_LIST || f->type == LP_T_STRUCT) == (f->sub != NULL),
                  "%s: fields of its own", f->name);
}

/* Members ascend, so every one is there once, and none overlaps its neighbour. */
static size_t check_table(const struct lp_field *fields, size_t size)
{
    size_t n = 0;

    for (; fields[n].name != NULL; n++) {
        check_row(&fields[n], size);
        if (n > 0)
            ck_assert_msg(fields[n].offset >= fields[n - 1].offset + size_of(&fields[n - 1]),
                          "%s is out of order", fields[n].name);
        if (fields[n].type == LP_T_LIST)
            check_table(fields[n].sub, fields[n].size);
        if (fields[n].type == LP_T_STRUCT)
            check_table(fields[n].sub, size - fields[n].offset);
    }
    return n;
}

START_TEST(table)
{
    const struct table_row *row = &table_rows[_i];

    ck_assert_uint_eq(check_table(row->fields, row->size), row->rows);
}
END_TEST

/* Times before 1970 and "not known" need the type of their own; raw bytes are no text. */
START_TEST(types_that_the_member_does_not_tell)
{
    const struct lp_field *f = lp_certificate_fields;

    for (; f->name != NULL; f++) {
        if (strncmp(f->name, "not_", 4) == 0)
            ck_assert_int_eq(f->type, LP_T_UTC);
        if (strcmp(f->name, "der") == 0)
            ck_assert_int_eq(f->type, LP_T_BYTES);
    }
    for (f = lp_http_fields; f->name != NULL; f++) {
        if (strcmp(f->name, "date") == 0)
            ck_assert_int_eq(f->type, LP_T_UTC);
        if (strcmp(f->name, "body") == 0)
            ck_assert_int_eq(f->type, LP_T_BYTES);
    }
}
END_TEST

Suite *lp_suite_facts(void)
{
    Suite *s = suite_create("facts");
    TCase *t = tcase_create("facts");

    tcase_add_loop_test(t, type_word, 0, (int)LP_COUNT(type_rows));
    tcase_add_loop_test(t, type_from, 0, (int)LP_COUNT(from_rows));
    tcase_add_test(t, type_word_fits);
    tcase_add_loop_test(t, table, 0, (int)LP_COUNT(table_rows));
    tcase_add_test(t, types_that_the_member_does_not_tell);
    suite_add_tcase(s, t);
    return s;
}
