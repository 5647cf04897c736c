/* test_fieldjson.c - structs by field table to JSON and back. */
#include <check.h>
#include <jansson.h>

#include "lp/fieldjson.h"
#include "lp/probe.h"
#include "lp/record.h"

Suite *lp_suite_fieldjson(void);

/* A struct with every type, two levels of lists and of structs. */
struct leaf {
    int64_t number;
    struct lp_list words;
};
struct part {
    struct lp_str name;
    struct leaf leaf;
    struct lp_list leaves;
};
struct thing {
    struct lp_str text, bytes;
    int64_t number, time;
    bool flag;
    enum lp_outcome outcome;
    struct lp_addr address;
    struct part part;
    struct lp_list parts, words;
};

static const struct lp_field leaf_fields[] = {
    LP_FIELD(struct leaf, number, "n"),
    LP_FIELD_STRS(struct leaf, words, "w"),
    LP_FIELD_END,
};
static const struct lp_field part_fields[] = {
    LP_FIELD(struct part, name, "n"),
    LP_FIELD_STRUCT(struct part, leaf, leaf_fields, "l"),
    LP_FIELD_LIST(struct part, leaves, struct leaf, leaf_fields, "l"),
    LP_FIELD_END,
};
static const struct lp_field thing_fields[] = {
    LP_FIELD(struct thing, text, "t"),
    LP_FIELD_BYTES(struct thing, bytes, "b"),
    LP_FIELD(struct thing, number, "n"),
    LP_FIELD_UTC(struct thing, time, "t"),
    LP_FIELD(struct thing, flag, "f"),
    LP_FIELD(struct thing, outcome, "o"),
    LP_FIELD(struct thing, address, "a"),
    LP_FIELD_STRUCT(struct thing, part, part_fields, "p"),
    LP_FIELD_LIST(struct thing, parts, struct part, part_fields, "p"),
    LP_FIELD_STRS(struct thing, words, "w"),
    LP_FIELD_END,
};

static struct lp_arena arena;
static struct lp_error error;

static void set_up(void)
{
    arena = (struct lp_arena){ 0 };
    error.text[0] = '\0';
}

static void tear_down(void)
{
    lp_arena_release(&arena);
}

/* The object as text, in the arena. */
static const char *written(const struct lp_field *fields, const void *facts)
{
    struct lp_buf out = lp_buf_new(SIZE_MAX);
    struct lp_jw w = lp_jw_new(&out, false);
    lp_jw_begin_object(&w);
    lp_fields_write(&w, fields, facts);
    lp_jw_end_object(&w);
    const char *text = lp_arena_str(&arena, lp_buf_view(&out)).p;
    lp_buf_release(&out);
    return text;
}

static bool read_text(const struct lp_field *fields, void *facts, const char *text)
{
    struct lp_field_reading r = { &arena, &error, NULL };
    json_t *object = json_loads(text, JSON_ALLOW_NUL, NULL);
    ck_assert_msg(object != NULL, "not JSON: %s", text);
    bool ok = lp_fields_read(&r, fields, facts, object);
    ck_assert_ptr_null(r.place);
    json_decref(object);
    return ok;
}

/* ---- each type --------------------------------------------------------------------- */

/* Texts that come back as they are. */
static const char *const same_rows[] = {
    "{}",
    "{\"text\":\"\"}",
    "{\"text\":\"K\xc3\xb6ln \\\"q\\\" \\\\ \\u0000 \\u001b\"}",
    "{\"bytes\":\"\"}",
    "{\"bytes\":\"AP8=\"}",
    "{\"number\":-1}",
    "{\"number\":9007199254740992}",
    "{\"time\":-9223372036854775808}",
    "{\"time\":-631152000}",
    "{\"time\":253402300799}",
    "{\"flag\":true}",
    "{\"outcome\":\"not-tls\"}",
    "{\"address\":\"192.0.2.1\"}",
    "{\"address\":\"2001:db8::1\"}",
    "{\"part\":{\"leaf\":{\"number\":-1}}}",
    "{\"parts\":[{},{\"name\":\"x\",\"leaves\":[{\"number\":1},{}]}]}",
    "{\"words\":[\"a\",\"\",null]}",
};

START_TEST(comes_back_the_same)
{
    struct thing thing = { 0 };
    ck_assert_msg(read_text(thing_fields, &thing, same_rows[_i]), "%s", error.text);
    ck_assert_str_eq(written(thing_fields, &thing), same_rows[_i]);
}
END_TEST

/* Zero values may be written out; they are not written again. */
static const char *const zero_rows[] = {
    "{\"text\":null}",
    "{\"bytes\":null}",
    "{\"number\":0,\"time\":0,\"flag\":false}",
    "{\"outcome\":\"\",\"address\":null}",
    "{\"part\":{},\"parts\":[],\"words\":[]}",
    "{\"part\":{\"name\":null,\"leaf\":{\"number\":0}}}",
    "{\"colour\":\"blue\",\"nested\":{\"text\":[1]}}",
};

START_TEST(zero_is_left_out)
{
    struct thing thing = { 0 };
    ck_assert_msg(read_text(thing_fields, &thing, zero_rows[_i]), "%s", error.text);
    ck_assert_str_eq(written(thing_fields, &thing), "{}");
}
END_TEST

START_TEST(values_arrive)
{
    struct thing thing = { 0 };
    ck_assert(read_text(thing_fields, &thing,
                        "{\"text\":\"a\\u0000b\",\"bytes\":\"AP8=\",\"number\":7,\"flag\":true,"
                        "\"outcome\":\"crashed\",\"address\":\"192.0.2.9\","
                        "\"parts\":[{\"leaves\":[{\"words\":[\"w\"]}]}]}"));
    ck_assert(lp_str_eq(thing.text, LP_STR("a\0b")));
    ck_assert(lp_str_eq(thing.bytes, LP_STR("\0\377")));
    ck_assert_int_eq(thing.number, 7);
    ck_assert(thing.flag);
    ck_assert_int_eq(thing.outcome, LP_CRASHED);
    ck_assert_int_eq(thing.address.bytes[3], 9);
    ck_assert_uint_eq(thing.parts.n, 1);
    const struct part *part = thing.parts.at;
    const struct leaf *leaf = part->leaves.at;
    ck_assert(lp_str_eq(((struct lp_str *)leaf->words.at)[0], LP_STR("w")));
}
END_TEST

/* ---- bad values -------------------------------------------------------------------- */

static const struct {
    const char *text, *message;
} bad_rows[] = {
    { "{\"text\":1}", "text: not a text" },
    { "{\"text\":[]}", "text: not a text" },
    { "{\"bytes\":\"A\"}", "bytes: not a text in base64" },
    { "{\"bytes\":\"\\u0000\"}", "bytes: not a text in base64" },
    { "{\"bytes\":true}", "bytes: not a text in base64" },
    { "{\"number\":-2}", "number: not a whole number from -1 to 2^53" },
    { "{\"number\":9007199254740993}", "number: not a whole number from -1 to 2^53" },
    { "{\"number\":1.0}", "number: not a whole number from -1 to 2^53" },
    { "{\"number\":\"1\"}", "number: not a whole number from -1 to 2^53" },
    { "{\"number\":null}", "number: not a whole number from -1 to 2^53" },
    { "{\"time\":253402300800}", "time: not a time in seconds since 1970" },
    { "{\"time\":-62167219201}", "time: not a time in seconds since 1970" },
    { "{\"time\":\"2026\"}", "time: not a time in seconds since 1970" },
    { "{\"flag\":1}", "flag: neither true nor false" },
    { "{\"flag\":null}", "flag: neither true nor false" },
    { "{\"outcome\":\"fine\"}", "outcome: not one of the outcomes" },
    { "{\"outcome\":\"OK\"}", "outcome: not one of the outcomes" },
    { "{\"outcome\":3}", "outcome: not one of the outcomes" },
    { "{\"address\":\"localhost\"}", "address: not an IP address" },
    { "{\"address\":\"1.2.3.4\\u0000\"}", "address: not an IP address" },
    { "{\"address\":4}", "address: not an IP address" },
    { "{\"part\":[]}", "part: not an object" },
    { "{\"part\":null}", "part: not an object" },
    { "{\"part\":{\"leaf\":{\"number\":false}}}",
      "part.leaf.number: not a whole number from -1 to 2^53" },
    { "{\"parts\":{}}", "parts: not an array" },
    { "{\"parts\":[{},7]}", "parts[1]: not an object" },
    { "{\"parts\":[{},{\"leaves\":[{\"words\":[\"a\",2]}]}]}",
      "parts[1].leaves[0].words[1]: not a text" },
    { "{\"words\":\"a\"}", "words: not an array" },
};

START_TEST(bad_value_names_the_member)
{
    struct thing thing = { 0 };
    ck_assert(!read_text(thing_fields, &thing, bad_rows[_i].text));
    ck_assert_str_eq(error.text, bad_rows[_i].message);
}
END_TEST

/* {"words":["","",...]} of so many elements. */
static bool read_words(struct thing *thing, size_t n)
{
    struct lp_buf text = lp_buf_new(SIZE_MAX);
    lp_buf_text(&text, "{\"words\":[\"\"");
    for (size_t i = 1; i < n; i++)
        lp_buf_text(&text, ",\"\"");
    lp_buf_text(&text, "]}");
    bool ok = read_text(thing_fields, thing, text.p);
    lp_buf_release(&text);
    return ok;
}

START_TEST(long_lists)
{
    struct thing thing = { 0 };
    ck_assert(read_words(&thing, LP_RECORD_LIST_MAX));
    ck_assert_uint_eq(thing.words.n, LP_RECORD_LIST_MAX);
    ck_assert(!read_words(&thing, LP_RECORD_LIST_MAX + 1));
    ck_assert_str_eq(error.text, "words: more than 4096 elements");
}
END_TEST

/* ---- random facts ------------------------------------------------------------------ */

static uint64_t state;

/* Below n; a linear congruential generator is random enough here (Knuth's constants). */
static size_t pick(size_t n)
{
    state = state * 6364136223846793005U + 1442695040888963407U;
    return (size_t)(state >> 33) % n;
}

static const struct lp_str texts[] = {
    { NULL, 0 },
    { "", 0 },
    { "a", 1 },
    { "\"\\/\b\f\n\r\t", 8 },
    { "\0", 1 },
    { "\x1b[2J", 4 },
    { "\xe2\x80\xae", 3 },
    { "K\xc3\xb6ln \xf0\x9f\x98\x80", 10 },
    { "\x7f", 1 },
    { "_sip._tls.contoso.example", 25 },
};

static void fill(const struct lp_field *fields, void *facts);

static void fill_list(const struct lp_field *f, struct lp_list *list)
{
    size_t n = pick(4);
    if (n)
        *list = (struct lp_list){ lp_arena_array(&arena, n, f->size), n };
    for (size_t i = 0; i < n; i++)
        fill(f->sub, (char *)list->at + i * f->size);
}

static void fill_texts(struct lp_list *list)
{
    size_t n = pick(4);
    if (!n)
        return;
    struct lp_str *at = lp_arena_array(&arena, n, sizeof *at);
    for (size_t i = 0; i < n; i++)
        at[i] = texts[pick(LP_COUNT(texts))];
    *list = (struct lp_list){ at, n };
}

static void fill_address(struct lp_addr *a)
{
    static const uint8_t families[] = { 0, 4, 6 };
    a->family = families[pick(3)];
    for (size_t i = 0; i < (a->family == 6 ? 16U : a->family == 4 ? 4U : 0U); i++)
        a->bytes[i] = (uint8_t)(pick(2) ? pick(256) : 0);
}

static void fill_one(const struct lp_field *f, void *to)
{
    static const int64_t numbers[] = { 0, -1, 1, 5061, LP_FIELD_INT_MAX };
    static const int64_t times[] = { 0, LP_UTC_NONE, -1, -631152000, 1790000000 };
    switch (f->type) {
    case LP_T_STR:
    case LP_T_BYTES: *(struct lp_str *)to = texts[pick(LP_COUNT(texts))]; break;
    case LP_T_INT: *(int64_t *)to = numbers[pick(LP_COUNT(numbers))]; break;
    case LP_T_UTC: *(int64_t *)to = times[pick(LP_COUNT(times))]; break;
    case LP_T_BOOL: *(bool *)to = pick(2); break;
    case LP_T_OUTCOME: *(enum lp_outcome *)to = (enum lp_outcome)pick(LP_CRASHED + 1); break;
    case LP_T_ADDR: fill_address(to); break;
    case LP_T_STRUCT: fill(f->sub, to); break;
    case LP_T_LIST: fill_list(f, to); break;
    case LP_T_STRS: fill_texts(to); break;
    }
}

static void fill(const struct lp_field *fields, void *facts)
{
    for (const struct lp_field *f = fields; f->name; f++)
        fill_one(f, (char *)facts + f->offset);
}

static void round_trip(const struct lp_field *fields, size_t size)
{
    void *facts = lp_arena_alloc(&arena, size);
    void *again = lp_arena_alloc(&arena, size);
    fill(fields, facts);
    const char *first = written(fields, facts);
    ck_assert_msg(read_text(fields, again, first), "%s: %s", error.text, first);
    ck_assert_str_eq(written(fields, again), first);
}

START_TEST(random_facts_survive)
{
    state = (uint64_t)_i;
    for (int i = 0; i < 50; i++) {
        round_trip(thing_fields, sizeof(struct thing));
        round_trip(lp_setup_fields, sizeof(struct lp_setup));
        round_trip(lp_end_fields, sizeof(struct lp_end));
        round_trip(lp_dns_fields, sizeof(struct lp_dns_facts));
        round_trip(lp_certificate_fields, sizeof(struct lp_certificate));
        round_trip(lp_link_fields, sizeof(struct lp_link));
        round_trip(lp_http_fields, sizeof(struct lp_http));
        for (size_t p = 0; lp_probes[p]; p++)
            round_trip(lp_probes[p]->shape.fields, lp_probes[p]->shape.size);
    }
}
END_TEST

Suite *lp_suite_fieldjson(void)
{
    Suite *suite = suite_create("fieldjson");
    TCase *tc = tcase_create("fieldjson");
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_loop_test(tc, comes_back_the_same, 0, (int)LP_COUNT(same_rows));
    tcase_add_loop_test(tc, zero_is_left_out, 0, (int)LP_COUNT(zero_rows));
    tcase_add_test(tc, values_arrive);
    tcase_add_loop_test(tc, bad_value_names_the_member, 0, (int)LP_COUNT(bad_rows));
    tcase_add_test(tc, long_lists);
    tcase_add_loop_test(tc, random_facts_survive, 0, 20);
    suite_add_tcase(suite, tc);
    return suite;
}
