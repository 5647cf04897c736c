/* test_record.c - lines of a recording: as they are written, read again, and bad ones. */
#include <check.h>

#include "lp/probe.h"
#include "lp/record.h"

Suite *lp_suite_record(void);

static const struct lp_field no_fields[] = { LP_FIELD_END };
static const struct lp_shape sip_shape = { "sip", "t", no_fields, 8, false, false };
static const struct lp_shape udp_shape = { "sip-udp", "t", no_fields, 8, false, false };

static const struct lp_shape *shapes(struct lp_str kind)
{
    static const struct lp_shape *const known[] = { &lp_shape_dns, &lp_shape_certificate,
                                                    &sip_shape, &udp_shape };
    for (size_t i = 0; i < LP_COUNT(known); i++)
        if (lp_str_eq(kind, lp_str_of(known[i]->name)))
            return known[i];
    return NULL;
}

static struct lp_arena arena;
static struct lp_log log_;
static struct lp_buf out;
static struct lp_error error;

static void set_up(void)
{
    arena = (struct lp_arena){ 0 };
    lp_log_init(&log_, &arena);
    out = lp_buf_new(SIZE_MAX);
    error.text[0] = '\0';
}

static void tear_down(void)
{
    lp_buf_release(&out);
    lp_arena_release(&arena);
}

static enum lp_line read_line(const char *text)
{
    return lp_record_read(&log_, lp_str_of(text), shapes, &error);
}

#define HEADER \
    "{\"record\":\"lyncprobe/record/1\",\"domain\":\"contoso.example\",\"view\":\"external\"}"

/* ---- golden lines ------------------------------------------------------------------ */

static void put_header(void)
{
    struct lp_str addresses[] = { LP_STR("192.0.2.53:53"), LP_STR("[2001:db8::53]:53") };
    struct lp_server servers[] = { { .label = LP_STR("inside"), .addresses = { addresses, 2 } } };
    struct lp_address_item instead[] = { { { 4, { 192, 0, 2, 7 } } } };
    struct lp_resolve_rule resolve[] = { { LP_STR("*"), 443, { instead, 1 } } };
    struct lp_connect_rule connect_to[] = { { LP_STR(""), 0, LP_STR("lab.example"), 8443 } };
    struct lp_answer_rule answer[] = {
        { .name = LP_STR("_sip._tls.contoso.example"), .type = LP_DNS_SRV, .port = 443 }
    };
    struct lp_deny_rule deny[] = { { LP_STR("sip.contoso.example"), 0 } };
    struct lp_str allow[] = { LP_STR("127.77.0.0/16") };
    struct lp_setup setup = {
        .version = LP_RECORD_VERSION,
        .program = LP_STR("lyncprobe 0.1.0"),
        .domain = LP_STR("contoso.example"),
        .view = LP_STR("auto"),
        .client = LP_STR("lync2013"),
        .clock = 1790000000,
        .servers = { servers, 1 },
        .only4 = true,
        .timeout_us = 15000000,
        .allow = { allow, 1 },
        .resolve = { resolve, 1 },
        .connect_to = { connect_to, 1 },
        .answer = { answer, 1 },
        .deny = { deny, 1 },
        .public_store = LP_STR("system"),
        .days_warning = 45,
    };
    lp_record_header(&out, &setup);
}

static const char header_line[] =
    "{\"record\":\"lyncprobe/record/1\",\"program\":\"lyncprobe 0.1.0\","
    "\"domain\":\"contoso.example\",\"view\":\"auto\",\"client\":\"lync2013\","
    "\"clock\":1790000000,\"servers\":[{\"label\":\"inside\","
    "\"addresses\":[\"192.0.2.53:53\",\"[2001:db8::53]:53\"]}],\"only4\":true,"
    "\"timeout_us\":15000000,\"allow\":[\"127.77.0.0/16\"],"
    "\"resolve\":[{\"host\":\"*\",\"port\":443,\"addresses\":[{\"address\":\"192.0.2.7\"}]}],"
    "\"connect_to\":[{\"host\":\"\",\"to_host\":\"lab.example\",\"to_port\":8443}],"
    "\"answer\":[{\"name\":\"_sip._tls.contoso.example\",\"type\":33,\"port\":443}],"
    "\"deny\":[{\"name\":\"sip.contoso.example\"}],\"public_store\":\"system\","
    "\"days_warning\":45}\n";

START_TEST(header_golden)
{
    put_header();
    ck_assert_str_eq(out.p, header_line);
}
END_TEST

START_TEST(header_again)
{
    put_header();
    struct lp_str line = lp_str_trim(lp_arena_str(&arena, lp_buf_view(&out)));
    ck_assert_int_eq(lp_record_read(&log_, line, shapes, &error), LP_LINE_HEADER);
    ck_assert_int_eq(log_.setup.version, LP_RECORD_VERSION);
    ck_assert_int_eq(log_.setup.clock, 1790000000);
    ck_assert(lp_setup_overridden(&log_.setup));
    lp_buf_clear(&out);
    lp_record_header(&out, &log_.setup);
    ck_assert_str_eq(out.p, header_line);
}
END_TEST

static struct lp_rr rrs[] = {
    { .section = { "answer", 6 },
      .owner = { "contoso.example", 15 },
      .type = LP_DNS_SRV,
      .ttl = 300,
      .name = { "access.contoso.example", 22 },
      .port = 443 },
};
static struct lp_dns_facts dns_facts = {
    .from = { "192.0.2.53:53", 13 },
    .name = { "_sip._tls.contoso.example", 25 },
    .type = LP_DNS_SRV,
    .rd = true,
    .ra = true,
    .tries = 1,
    .rrs = { rrs, 1 },
    .wire = { "\0\1\376", 3 },
};
static const char dns_line[] =
    "{\"id\":7,\"parent\":0,\"kind\":\"dns\",\"key\":\"dns 0 SRV _sip._tls.contoso.example\","
    "\"outcome\":\"answer\",\"why\":null,\"started\":12,\"elapsed\":340,\"facts\":{"
    "\"from\":\"192.0.2.53:53\",\"name\":\"_sip._tls.contoso.example\",\"type\":33,"
    "\"rd\":true,\"ra\":true,\"tries\":1,\"rrs\":[{\"section\":\"answer\","
    "\"owner\":\"contoso.example\",\"type\":33,\"ttl\":300,"
    "\"name\":\"access.contoso.example\",\"port\":443}],\"wire\":\"AAH+\"}}\n";

static struct lp_evidence dns_evidence(void)
{
    return (struct lp_evidence){
        .id = 7,
        .key = LP_STR("dns 0 SRV _sip._tls.contoso.example"),
        .shape = &lp_shape_dns,
        .outcome = LP_ANSWER,
        .started = 12,
        .elapsed = 340,
        .facts = &dns_facts,
    };
}

START_TEST(evidence_golden)
{
    struct lp_evidence e = dns_evidence();
    lp_record_evidence(&out, &e);
    ck_assert_str_eq(out.p, dns_line);
}
END_TEST

START_TEST(evidence_again)
{
    ck_assert_int_eq(read_line(dns_line), LP_LINE_EVIDENCE);
    const struct lp_evidence *e = lp_log_by_id(&log_, 7);
    ck_assert_ptr_nonnull(e);
    ck_assert_int_eq(e->outcome, LP_ANSWER);
    ck_assert_ptr_null(e->why.p);
    ck_assert_ptr_eq(e, lp_log_find(&log_, LP_STR("dns 0 SRV _sip._tls.contoso.example")));
    ck_assert_uint_eq(lp_dns_of(e)->rrs.n, 1);
    lp_record_evidence(&out, e);
    ck_assert_str_eq(out.p, dns_line);
}
END_TEST

/* Nothing observed: the facts are zeroed, not missing. */
START_TEST(evidence_without_facts)
{
    ck_assert_int_eq(read_line("{\"id\":1,\"kind\":\"dns\",\"key\":\"dns 0 A a.example\","
                               "\"outcome\":\"not-tried\",\"why\":\"deadline\",\"elapsed\":-1}"),
                     LP_LINE_EVIDENCE);
    ck_assert_int_eq(log_.at[0]->elapsed, -1);
    ck_assert_ptr_nonnull(log_.at[0]->facts);
    lp_record_evidence(&out, log_.at[0]);
    ck_assert_str_eq(out.p,
                     "{\"id\":1,\"parent\":0,\"kind\":\"dns\",\"key\":\"dns 0 A a.example\","
                     "\"outcome\":\"not-tried\",\"why\":\"deadline\",\"started\":0,\"elapsed\":-1,"
                     "\"facts\":{}}\n");
}
END_TEST

START_TEST(end_golden_and_again)
{
    struct lp_end end = { .present = true, .total_us = 812345, .why = LP_STR("deadline") };
    lp_record_end(&out, &end);
    ck_assert_str_eq(out.p, "{\"end\":true,\"total_us\":812345,\"why\":\"deadline\"}\n");
    ck_assert_int_eq(read_line(out.p), LP_LINE_END);
    ck_assert(log_.end.present);
    ck_assert(!log_.end.complete);
    ck_assert_int_eq(log_.end.total_us, 812345);
}
END_TEST

/* At its limit a buffer keeps whole lines only. */
START_TEST(line_is_whole_or_absent)
{
    struct lp_evidence e = dns_evidence();
    struct lp_buf small = lp_buf_new(sizeof dns_line + 20);
    lp_record_evidence(&small, &e);
    ck_assert(!small.cut);
    lp_record_evidence(&small, &e);
    ck_assert(small.cut);
    ck_assert_str_eq(small.p, dns_line);
    lp_buf_release(&small);
}
END_TEST

/* ---- what is accepted -------------------------------------------------------------- */

#define ENTRY(id, kind, key) \
    "{\"id\":" id ",\"kind\":\"" kind "\",\"key\":\"" key "\",\"outcome\":\"ok\"}"

static const struct {
    const char *text;
    enum lp_line what;
} good_rows[] = {
    { ENTRY("1", "sip", "sip a.example:443 192.0.2.1"), LP_LINE_EVIDENCE },
    { ENTRY("1", "sip", "sip-tcp a.example:5060 192.0.2.1"), LP_LINE_EVIDENCE },
    { ENTRY("1", "sip-udp", "sip-udp a.example:5060 192.0.2.1"), LP_LINE_EVIDENCE },
    { ENTRY("1", "teleport", "teleport x"), LP_LINE_UNKNOWN_KIND },
    { "{\"id\":1,\"kind\":\"teleport\",\"key\":1,\"outcome\":\"beamed\"}", LP_LINE_UNKNOWN_KIND },
    { " " HEADER "\r", LP_LINE_HEADER },
    { "{\"end\":true,\"moon\":[{\"a\":{}}]}", LP_LINE_END },
};

START_TEST(good_line)
{
    ck_assert_msg(read_line(good_rows[_i].text) == good_rows[_i].what, "%s", error.text);
    ck_assert_uint_eq(log_.n, good_rows[_i].what == LP_LINE_EVIDENCE);
}
END_TEST

START_TEST(same_key_twice)
{
    ck_assert_int_eq(read_line(ENTRY("1", "sip", "sip a")), LP_LINE_EVIDENCE);
    ck_assert_int_eq(read_line(ENTRY("2", "sip", "sip a")), LP_LINE_EVIDENCE);
    ck_assert_uint_eq(log_.n, 1);
}
END_TEST

START_TEST(limit_of_entries)
{
    for (int i = 1; i <= LP_RECORD_EVIDENCE_MAX; i++) {
        struct lp_str line = lp_arena_printf(
            &arena, "{\"id\":%d,\"kind\":\"sip\",\"key\":\"sip %d\",\"outcome\":\"ok\"}", i, i);
        ck_assert_int_eq(lp_record_read(&log_, line, shapes, &error), LP_LINE_EVIDENCE);
    }
    ck_assert_int_eq(read_line(ENTRY("30000", "sip", "sip a")), LP_LINE_BAD);
    ck_assert_str_eq(error.text, "more than 20000 entries in one walk");
}
END_TEST

START_TEST(shape_finder_knows_all)
{
    ck_assert_ptr_eq(lp_shape_by_name(LP_STR("dns")), &lp_shape_dns);
    ck_assert_ptr_eq(lp_shape_by_name(LP_STR("certificate")), &lp_shape_certificate);
    ck_assert_ptr_null(lp_shape_by_name(LP_STR("teleport")));
    ck_assert_ptr_null(lp_shape_by_name(LP_STR_NONE));
    for (size_t i = 0; lp_probes[i]; i++) {
        struct lp_str name = lp_str_of(lp_probes[i]->shape.name);
        ck_assert_ptr_eq(lp_probe_by_name(name), lp_probes[i]);
        ck_assert_ptr_eq(lp_shape_by_name(name), &lp_probes[i]->shape);
    }
}
END_TEST

Suite *lp_suite_record(void)
{
    Suite *suite = suite_create("record");
    TCase *tc = tcase_create("record");
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_test(tc, header_golden);
    tcase_add_test(tc, header_again);
    tcase_add_test(tc, evidence_golden);
    tcase_add_test(tc, evidence_again);
    tcase_add_test(tc, evidence_without_facts);
    tcase_add_test(tc, end_golden_and_again);
    tcase_add_test(tc, line_is_whole_or_absent);
    tcase_add_loop_test(tc, good_line, 0, (int)LP_COUNT(good_rows));
    tcase_add_test(tc, same_key_twice);
    tcase_add_test(tc, limit_of_entries);
    tcase_add_test(tc, shape_finder_knows_all);
    suite_add_tcase(suite, tc);
    return suite;
}
