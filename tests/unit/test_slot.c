/* test_slot.c - a worker process as the parent sees it: pipes, lines, spin, death */
#include <check.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lp/alloc.h"
#include "lp/slot.h"

Suite *lp_suite_slot(void);

static struct lp_error error;

static void start(struct lp_slot *slot, void (*what)(const struct lp_worker_input *input))
{
    struct lp_worker_input input = { .main = what };
    ck_assert(lp_slot_init(slot, &error));
    ck_assert(lp_slot_start(slot, &input, &error));
    ck_assert_int_gt(slot->pid, 0);
}

static bool wait_for(int fd)
{
    struct pollfd p = { .fd = fd, .events = POLLIN };
    return poll(&p, 1, 10000) == 1;
}

/* ---- lines ---- */

struct heard {
    char text[64];
    int n;
};

static void hear(void *self, struct lp_str line)
{
    struct heard *heard = self;
    size_t had = strlen(heard->text);
    ck_assert_uint_lt(had + line.n + 2, sizeof heard->text);
    memcpy(heard->text + had, line.p, line.n);
    heard->text[had + line.n] = '|';
    heard->n++;
}

/* Says back what it is sent, until there is no more. */
static void main_echo(const struct lp_worker_input *input)
{
    char bytes[16];
    ssize_t n = 0;
    while ((n = read(input->in, bytes, sizeof bytes)) > 0) {
        if (write(input->out, bytes, (size_t)n) != n)
            _exit(2);
    }
    _exit(0);
}

START_TEST(lines_there_and_back)
{
    struct lp_slot slot;
    struct heard heard = { "", 0 };
    start(&slot, main_echo);
    lp_buf_text(&slot.queue, "one\n\ntwo\nthr");
    lp_slot_send(&slot);
    ck_assert_uint_eq(slot.queue.n, 0);
    while (heard.n < 3) {
        ck_assert(wait_for(slot.from));
        ck_assert(lp_slot_receive(&slot));
        lp_slot_each_line(&slot, hear, &heard);
    }
    ck_assert_str_eq(heard.text, "one||two|");
    lp_buf_text(&slot.queue, "ee\nfour");
    lp_slot_send(&slot);
    lp_slot_finish(&slot);
    ck_assert_int_eq(slot.pid, 0);
    lp_slot_release(&slot);
}
END_TEST

static void main_last_words(const struct lp_worker_input *input)
{
    if (write(input->out, "last\nwor", 8) != 8)
        _exit(2);
    _exit(5);
}

START_TEST(last_words_are_heard)
{
    struct lp_slot slot;
    struct heard heard = { "", 0 };
    char text[40];
    start(&slot, main_last_words);
    ck_assert(wait_for(slot.from));
    while (lp_slot_receive(&slot))
        ck_assert(wait_for(slot.from));
    lp_slot_drain(&slot, hear, &heard);
    ck_assert_str_eq(heard.text, "last|");
    int status = lp_slot_end(&slot);
    ck_assert(lp_str_eq(lp_slot_death(&slot, status, text), LP_STR("exit 5")));
    ck_assert_int_eq(lp_slot_end(&slot), 0);
    lp_slot_release(&slot);
}
END_TEST

/* ---- death ---- */

static void main_waits(const struct lp_worker_input *input)
{
    (void)input;
    for (;;)
        pause();
}

static void main_aborts(const struct lp_worker_input *input)
{
    (void)input;
    abort();
}

static void main_no_memory(const struct lp_worker_input *input)
{
    (void)input;
    _exit(LP_EXIT_NO_MEMORY);
}

static void main_returns(const struct lp_worker_input *input)
{
    (void)input;
}

static const struct death {
    void (*what)(const struct lp_worker_input *input);
    const char *words;
    bool by_us;
} deaths[] = {
    { main_waits, "signal 9", true },
    { main_aborts, "signal 6", false },
    { main_no_memory, "no memory", false },
    { main_returns, "exit 1", false },
};

START_TEST(words_for_a_death)
{
    const struct death *row = &deaths[_i];
    struct lp_slot slot;
    char text[40];
    start(&slot, row->what);
    while (!row->by_us && lp_slot_receive(&slot))
        ck_assert(wait_for(slot.from));
    struct lp_str words = lp_slot_death(&slot, lp_slot_end(&slot), text);
    ck_assert_msg(lp_str_eq(words, lp_str_of(row->words)), "%.*s", (int)words.n, words.p);
    lp_slot_release(&slot);
}
END_TEST

START_TEST(released_without_a_worker)
{
    struct lp_slot slot;
    ck_assert(lp_slot_init(&slot, &error));
    ck_assert(!lp_slot_is_spinning(&slot));
    lp_slot_send(&slot);
    lp_slot_finish(&slot);
    lp_slot_release(&slot);
}
END_TEST

/* ---- spin ---- */

/* Before its first turn a worker may take what it needs: libraries start. */
static void main_spins(const struct lp_worker_input *input)
{
    volatile bool always = true;
    while (lp_process_cpu(getpid()) < 300000)
        continue;
    if (write(input->out, "\n", 1) != 1)
        _exit(2);
    input->page->turn++;
    while (always)
        continue;
}

START_TEST(spins)
{
    struct lp_slot slot;
    char text[40];
    lp_usec first = -1;
    bool seen = false;
    start(&slot, main_spins);
    ck_assert(!lp_slot_is_spinning(&slot));
    ck_assert(wait_for(slot.from));
    while (!seen) {
        lp_usec cpu = lp_process_cpu(slot.pid);
        seen = lp_slot_is_spinning(&slot);
        if (first < 0 && slot.turn)
            first = cpu;
    }
    ck_assert_int_ge(lp_process_cpu(slot.pid) - first, 250000);
    kill(slot.pid, SIGKILL);
    struct lp_str words = lp_slot_death(&slot, lp_slot_end(&slot), text);
    ck_assert(lp_str_eq(words, LP_STR("spin 250 ms")));
    lp_slot_release(&slot);
}
END_TEST

static void main_turns(const struct lp_worker_input *input)
{
    for (;;)
        input->page->turn++;
}

START_TEST(turns)
{
    struct lp_slot slot;
    start(&slot, main_turns);
    while (lp_process_cpu(slot.pid) < 350000)
        ck_assert(!lp_slot_is_spinning(&slot));
    lp_slot_release(&slot);
}
END_TEST

Suite *lp_suite_slot(void)
{
    Suite *suite = suite_create("slot");
    TCase *tests = tcase_create("workers");
    tcase_set_timeout(tests, 30);
    tcase_add_test(tests, lines_there_and_back);
    tcase_add_test(tests, last_words_are_heard);
    tcase_add_loop_test(tests, words_for_a_death, 0, LP_COUNT(deaths));
    tcase_add_test(tests, released_without_a_worker);
    tcase_add_test(tests, spins);
    tcase_add_test(tests, turns);
    suite_add_tcase(suite, tests);
    return suite;
}
