/* test_worker.c - the worker's side of the pipes: walks in, lines out, what it is at */
#include <check.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lp/slot.h"
#include "walk_rig.h"

Suite *lp_suite_worker(void);

#define SIP_A "dns 0 A sip.contoso.example"

static const struct fake_row nothing[] = { { 0 } };

/* Found by the worker in its copy of our memory. */
static const struct fake_row *here_table;
static struct fakes here_fakes;

static void make_engines(struct lp_engine out[3], const struct lp_core *core)
{
    here_fakes = (struct fakes){ .core = core, .table = here_table };
    for (size_t i = 0; i < 3; i++)
        fakes_engine(&here_fakes, &out[i]);
}

struct bench {
    struct lp_slot slot;
    struct lp_error error;
    struct lp_arena arena;
    struct lp_log logs[3]; /* by number of the walk */
    size_t headers;
    char words[256]; /* of a refusal */
    int status;
};

static void take_line(void *self, struct lp_str line)
{
    struct bench *bench = self;
    uint64_t number = 0;
    if (line.n > 2 && line.p[0] == '!') {
        snprintf(bench->words, sizeof bench->words, "%.*s", (int)line.n, line.p);
        return;
    }
    ck_assert(lp_str_to_u64(lp_str_cut(&line, ' '), 2, &number));
    struct lp_log *log = &bench->logs[number];
    enum lp_line kind = lp_record_read(log, line, lp_shape_by_name, &bench->error);
    ck_assert_msg(kind != LP_LINE_BAD, "%s", bench->error.text);
    ck_assert(!log->end.present || kind == LP_LINE_END);
    bench->headers += kind == LP_LINE_HEADER;
}

static void open_bench(struct bench *bench, const struct lp_worker_input *input)
{
    struct lp_worker_input mine = *input;
    mine.main = lp_worker_main;
    *bench = (struct bench){ .status = -1 };
    for (size_t i = 0; i < LP_COUNT(bench->logs); i++)
        lp_log_init(&bench->logs[i], &bench->arena);
    ck_assert(lp_slot_init(&bench->slot, &bench->error));
    ck_assert(lp_slot_start(&bench->slot, &mine, &bench->error));
}

static void send_walk(struct bench *bench, unsigned number, const char *domain)
{
    struct lp_setup setup = rig_setup();
    setup.domain = lp_str_of(domain);
    lp_buf_printf(&bench->slot.queue, "%u %lld ", number, (long long)lp_world_real.now(NULL));
    lp_record_header(&bench->slot.queue, &setup);
}

/* No more walks come: until the worker has ended. */
static void finish(struct bench *bench)
{
    lp_slot_send(&bench->slot);
    ck_assert_uint_eq(bench->slot.queue.n, 0);
    close(bench->slot.to);
    bench->slot.to = -1;
    struct pollfd from = { .fd = bench->slot.from, .events = POLLIN };
    bool more = true;
    while (more) {
        ck_assert_int_eq(poll(&from, 1, 10000), 1);
        more = lp_slot_receive(&bench->slot);
        lp_slot_each_line(&bench->slot, take_line, bench);
    }
    ck_assert_int_eq(waitpid(bench->slot.pid, &bench->status, 0), bench->slot.pid);
    bench->slot.pid = 0;
}

static void close_bench(struct bench *bench)
{
    lp_slot_release(&bench->slot);
    lp_arena_release(&bench->arena);
}

static struct lp_worker_input with_table(const struct fake_row *table)
{
    static const struct lp_run_options options;
    here_table = table;
    return (struct lp_worker_input){ .options = &options, .engines = make_engines };
}

START_TEST(serves_walks)
{
    struct bench bench;
    struct lp_worker_input input = with_table(nothing);
    open_bench(&bench, &input);
    send_walk(&bench, 2, "two.example");
    send_walk(&bench, 0, "zero.example");
    finish(&bench);
    ck_assert(WIFEXITED(bench.status));
    ck_assert_int_eq(WEXITSTATUS(bench.status), 0);
    ck_assert_uint_eq(bench.headers, 2);
    ck_assert(lp_str_eq(bench.logs[0].setup.domain, LP_STR("zero.example")));
    ck_assert(bench.logs[0].end.complete && bench.logs[2].end.complete);
    ck_assert(!bench.logs[1].end.present);
    ck_assert_uint_gt(bench.logs[0].n, 8);
    ck_assert_uint_eq(bench.logs[0].n, bench.logs[2].n);
    ck_assert_ptr_nonnull(lp_log_find(&bench.logs[2], LP_STR("dns 0 A sip.two.example")));
    close_bench(&bench);
}
END_TEST

START_TEST(ends_without_a_walk)
{
    struct bench bench;
    struct lp_worker_input input = with_table(nothing);
    open_bench(&bench, &input);
    lp_buf_text(&bench.slot.queue, "0 1"); /* a line that was cut off */
    finish(&bench);
    ck_assert(WIFEXITED(bench.status));
    ck_assert_int_eq(WEXITSTATUS(bench.status), 0);
    ck_assert_uint_eq(bench.headers, 0);
    close_bench(&bench);
}
END_TEST

START_TEST(lines_that_are_no_walk)
{
    struct bench bench;
    struct lp_worker_input input = with_table(nothing);
    open_bench(&bench, &input);
    lp_buf_text(&bench.slot.queue, "\n \n0\n0 0\n0 0 {}\n1 x {}\nx 1 {}\n1 1 {\"end\":true}\n");
    send_walk(&bench, 1, "good.example");
    finish(&bench);
    ck_assert_uint_eq(bench.headers, 1);
    ck_assert(bench.logs[1].end.complete);
    close_bench(&bench);
}
END_TEST

/* What the log has is not asked again, and ids go on. */
START_TEST(goes_on_from_a_log)
{
    struct bench bench;
    struct lp_arena arena = { 0 };
    struct lp_log log;
    struct lp_ask ask = { .key = LP_STR(SIP_A),
                          .shape = &lp_shape_dns,
                          .name = LP_STR("sip.contoso.example"),
                          .type = LP_DNS_A };
    struct lp_resumed resumed = { 1, lp_world_real.now(NULL), &log };
    struct lp_worker_input input = with_table(nothing);
    lp_log_init(&log, &arena);
    log.setup = rig_setup();
    struct lp_evidence *e = lp_entry_new(&arena, &ask, 0);
    e->id = 41;
    e->outcome = LP_CRASHED;
    ck_assert(lp_log_add(&log, e));
    input.resumed = &resumed;
    input.resumed_n = 1;
    open_bench(&bench, &input);
    finish(&bench);
    ck_assert_uint_eq(bench.headers, 1);
    ck_assert(bench.logs[1].end.complete);
    ck_assert_ptr_null(lp_log_find(&bench.logs[1], LP_STR(SIP_A)));
    ck_assert_uint_gt(bench.logs[1].n, 8);
    ck_assert_int_eq(bench.logs[1].at[0]->id, 42);
    close_bench(&bench);
    lp_arena_release(&arena);
}
END_TEST

START_TEST(says_what_it_is_at)
{
    static const struct fake_row rows[] = { { SIP_A, FAKE_ABORT, 0, LP_NONE, NULL }, { 0 } };
    struct bench bench;
    struct lp_worker_input input = with_table(rows);
    open_bench(&bench, &input);
    send_walk(&bench, 2, "contoso.example");
    finish(&bench);
    const struct lp_shared_page *page = bench.slot.page;
    ck_assert(WIFSIGNALED(bench.status));
    ck_assert_uint_eq(page->walk, 2);
    ck_assert(lp_str_eq((struct lp_str){ page->key, page->key_len }, LP_STR(SIP_A)));
    ck_assert_uint_gt(page->turn, 0);
    close_bench(&bench);
}
END_TEST

/* With the real engines: the file with the roots is missing. (In a process that has used OpenSSL
   before, that is what it complains about.) */
START_TEST(says_why_it_cannot_start)
{
    struct bench bench;
    struct lp_run_options options = { .tls.private_file = LP_STR("/nowhere/roots.pem") };
    struct lp_worker_input input = { .options = &options };
    open_bench(&bench, &input);
    finish(&bench);
    ck_assert(WIFEXITED(bench.status));
    ck_assert_int_eq(WEXITSTATUS(bench.status), 1);
    ck_assert(strcmp(bench.words, "! /nowhere/roots.pem: No such file or directory") == 0 ||
              strcmp(bench.words, "! a library refused its allocator") == 0);
    close_bench(&bench);
}
END_TEST

Suite *lp_suite_worker(void)
{
    Suite *suite = suite_create("worker");
    TCase *tests = tcase_create("walks");
    tcase_set_timeout(tests, 30);
    tcase_add_test(tests, serves_walks);
    tcase_add_test(tests, ends_without_a_walk);
    tcase_add_test(tests, lines_that_are_no_walk);
    tcase_add_test(tests, goes_on_from_a_log);
    tcase_add_test(tests, says_what_it_is_at);
    tcase_add_test(tests, says_why_it_cannot_start);
    suite_add_tcase(suite, tests);
    return suite;
}
