/* test_topology_yaml.c - topologies written and read back */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "lp/topology_yaml.h"

Suite *lp_suite_topology_yaml(void);

static void write(const struct lp_topology *t, const struct lp_list *notes, struct lp_buf *out)
{
    *out = lp_buf_new(1 << 20);
    lp_topology_write(t, notes, out);
}

static void read_back(struct lp_arena *arena, struct lp_str text, struct lp_topology *t)
{
    struct lp_error error = { "" };
    ck_assert_msg(
        lp_topology_read(arena, &(struct lp_topology_text){ LP_STR("t"), text }, t, &error),
        "%s\n%.*s", error.text, (int)text.n, text.p);
}

/* Written, read and written again: the same text, so nothing is lost on the way. */
static void check_stable(const struct lp_topology *t)
{
    struct lp_arena arena = { 0 };
    struct lp_topology again;
    struct lp_buf first, second;
    write(t, NULL, &first);
    read_back(&arena, lp_buf_view(&first), &again);
    write(&again, NULL, &second);
    ck_assert_str_eq(first.p, second.p);
    lp_buf_release(&first);
    lp_buf_release(&second);
    lp_arena_release(&arena);
}

/* The installed example has every section and key. */
START_TEST(the_example)
{
    static char room[1 << 16];
    struct lp_arena arena = { 0 };
    struct lp_topology t;
    FILE *file = fopen("share/contoso.yaml", "rb");
    ck_assert_ptr_nonnull(file);
    size_t n = fread(room, 1, sizeof room, file);
    fclose(file);
    read_back(&arena, (struct lp_str){ room, n }, &t);
    check_stable(&t);
    lp_arena_release(&arena);
}
END_TEST

#define HEAD "generation: sfb2019\nsip-domains:\n  - a.test\n"
#define FEATURES                                                                        \
    "features:\n  federation: on\n  xmpp: off\n  dial-in: off\n  response-group: off\n" \
    "  call-park: off\n  mobility: on\n  cac: off\n  mediation: off\n"

/* Each is exactly what comes out again. */
static const char *const texts[] = {
    HEAD FEATURES,
    HEAD "ad-domain: corp.a.test\n" FEATURES,
    HEAD FEATURES "front-end-pools:\n  - fqdn: p.a.test\n    addresses: [10.0.0.1, \"fd00::1\"]\n"
                  "    members:\n      - {fqdn: f.a.test}\n"
                  "      - {fqdn: g.a.test, addresses: [10.0.0.2]}\n"
                  "    web: {internal: wi.a.test, external: we.a.test}\n    root: public\n",
    HEAD FEATURES "standard-edition-servers:\n  - fqdn: s.a.test\n    web: {external: we.a.test}\n"
                  "edge-pools:\n  - fqdn: e.a.test\n    next-hop: s.a.test\n"
                  "    access: {fqdn: x.a.test, addresses: [192.168.0.1], nat: [203.0.113.1], "
                  "port: 5061}\n    conferencing: {fqdn: y.a.test}\n    av: {fqdn: z.a.test}\n",
    HEAD FEATURES "edge-pools:\n  - access: {fqdn: x.a.test, addresses: [203.0.113.1]}\n",
    HEAD FEATURES "reverse-proxies:\n  - addresses: [203.0.113.2]\n    publishes: [w.a.test]\n",
    HEAD FEATURES "persistent-chat-pools:\n  - fqdn: c.a.test\n    compliance: on\n"
                  "exchange-um-servers:\n  - fqdn: u.a.test\n    port: 5068\n"
                  "sql-servers:\n  - fqdn: q.a.test\n    port: 1434\n",
    HEAD FEATURES "simple-urls:\n  meet:\n    - https://meet.a.test\n    - https://l.a.test/m\n"
                  "  dialin: https://d.a.test\n  admin: https://admin.a.test\n",
    HEAD FEATURES "private-roots:\n  - ca.pem\n  - \"my roots, old.pem\"\n",
    HEAD FEATURES "thresholds: {days-warning: 30, days-critical: 7}\n",
    HEAD FEATURES "require:\n  - {name: r.a.test, type: A, addresses: [10.0.0.9]}\n"
                  "  - {name: _x._tcp.a.test, type: SRV, view: external, target: t.a.test, "
                  "port: 99}\n",
    HEAD FEATURES "waivers:\n  - {id: \"LP-CERT-WILDCARD\", subject: \"*:443 \\\"x\\\"\", "
                  "reason: \"old # {one}: yes\", from: 2026-01-01, until: 2027-01-31}\n"
                  "  - {id: \"LP-CERT-EKU\", reason: \"x\", until: 2027-01-31T18:00Z}\n",
    HEAD FEATURES "compare:\n  sip.a.test: differ\n  \"*.corp.a.test\": inside-only\n"
                  "  meet.a.test: same\n  \"_x?\": outside-only\n",
};

START_TEST(comes_out_as_it_went_in)
{
    struct lp_arena arena = { 0 };
    struct lp_topology t;
    struct lp_buf out;
    read_back(&arena, lp_str_of(texts[_i]), &t);
    write(&t, NULL, &out);
    ck_assert_str_eq(out.p, texts[_i]);
    lp_buf_release(&out);
    lp_arena_release(&arena);
}
END_TEST

/* ---- remarks ---- */

START_TEST(remarks_stand_where_they_belong)
{
    struct lp_arena arena = { 0 };
    struct lp_topology t, again;
    struct lp_list notes = { NULL, 0 };
    struct lp_buf out;
    read_back(
        &arena,
        LP_STR("sip-domains: [a.test]\nfront-end-pools: [{fqdn: p.a.test}, {fqdn: q.a.test}]\n"),
        &t);
    const struct lp_pool *pools = t.pools.at;
    lp_note_add(&arena, &notes, "", "head\nof two lines");
    lp_note_add(&arena, &notes, pools[1].fqdn.p, "of %s", "q");
    lp_note_add(&arena, &notes, "xmpp", "a feature");
    lp_note_add(&arena, &notes, "directors", "no such section");
    lp_note_add(&arena, &notes, "simple-urls", "bad \033[31m \xe2\x80\xae bytes");
    write(&t, &notes, &out);
    ck_assert(strncmp(out.p, "# head\n# of two lines\ngeneration:", 33) == 0);
    ck_assert_ptr_nonnull(strstr(out.p, "  - fqdn: p.a.test\n  # of q\n  - fqdn: q.a.test\n"));
    ck_assert_ptr_nonnull(strstr(out.p, "  # a feature\n  xmpp: off\n"));
    ck_assert_ptr_nonnull(strstr(out.p, "q.a.test\n# no such section\n"));
    ck_assert_ptr_nonnull(strstr(out.p, "# bad \\x1b[31m \\u{202e} bytes\n"));
    read_back(&arena, lp_buf_view(&out), &again);
    ck_assert_uint_eq(again.pools.n, 2);
    lp_buf_release(&out);
    lp_arena_release(&arena);
}
END_TEST

START_TEST(remarks_have_an_end)
{
    struct lp_arena arena = { 0 };
    struct lp_list notes = { NULL, 0 };
    for (size_t i = 0; i < LP_NOTES_MAX + 9; i++)
        lp_note_add(&arena, &notes, "", "%zu", i);
    ck_assert_uint_eq(notes.n, LP_NOTES_MAX);
    lp_arena_release(&arena);
}
END_TEST

Suite *lp_suite_topology_yaml(void)
{
    Suite *s = suite_create("topology_yaml");
    TCase *t = tcase_create("topology_yaml");
    tcase_add_test(t, the_example);
    tcase_add_loop_test(t, comes_out_as_it_went_in, 0, (int)LP_COUNT(texts));
    tcase_add_test(t, remarks_stand_where_they_belong);
    tcase_add_test(t, remarks_have_an_end);
    suite_add_tcase(s, t);
    return s;
}
