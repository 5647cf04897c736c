/* slot.c - a worker process as the parent sees it */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lp/alloc.h"
#include "lp/slot.h"

enum {
    SPIN_US = 250000,
    FINISH_US = 2000000, /* valgrind and the leak checker work at the end of the process */
    QUEUE_MAX = 64 * 1024 * 1024,
    READS_MAX = 16, /* in a row from one worker, while others wait */
};

bool lp_slot_init(struct lp_slot *slot, struct lp_error *error)
{
    *slot = (struct lp_slot){ .to = -1, .from = -1 };
    void *page =
        mmap(NULL, sizeof *slot->page, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED)
        return lp_fail(error, "no memory for a worker");
    slot->page = page;
    slot->lines = lp_buf_new(2 * (size_t)LP_PIPE_LINE_MAX);
    slot->queue = lp_buf_new(QUEUE_MAX);
    return true;
}

/* ---- start ---- */

static void set_signal(int number, void (*handler)(int))
{
    struct sigaction action = { .sa_handler = handler };
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, NULL);
}

static void on_continue(int number)
{
    (void)number;
}

/* The parent's handlers and mask are not for us; ^C on the terminal is the parent's business. */
static void reset_signals(void)
{
    static const int defaults[] = { SIGTERM, SIGHUP, SIGQUIT, SIGALRM, SIGCHLD, SIGUSR1, SIGUSR2 };
    static const int ignored[] = { SIGINT, SIGPIPE, SIGXFSZ };
    sigset_t none;
    for (size_t i = 0; i < LP_COUNT(defaults); i++)
        set_signal(defaults[i], SIG_DFL);
    for (size_t i = 0; i < LP_COUNT(ignored); i++)
        set_signal(ignored[i], SIG_IGN);
    /* Without a handler ppoll goes on for what was left when we were stopped, as if no time had
       passed. */
    set_signal(SIGCONT, on_continue);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* Neither the report's descriptors nor the pipes of other workers: as long as one of those holds
   our pipe open, its end is never seen. An old kernel has no close_range: then we are killed. */
static void close_others(int a, int b)
{
    int low = a < b ? a : b, high = a < b ? b : a;
    if (low > STDERR_FILENO + 1)
        (void)close_range(STDERR_FILENO + 1, (unsigned)low - 1, 0);
    if (high > low + 1)
        (void)close_range((unsigned)low + 1, (unsigned)high - 1, 0);
    (void)close_range((unsigned)high + 1, ~0U, 0);
}

/* In the child: nothing of the parent's terminal, signals or files is the worker's business. */
static void become_worker(int in, int out, pid_t parent)
{
    reset_signals();
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(1);
    close_others(in, out);
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (null >= 0) {
        dup2(null, STDIN_FILENO);
        dup2(null, STDOUT_FILENO);
        if (null > STDERR_FILENO)
            close(null);
    }
}

static void close_all(const int *fds, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (fds[i] >= 0)
            close(fds[i]);
    }
}

static void forget_page(struct lp_shared_page *page)
{
    page->key_len = 0;
    page->turn = 0;
}

bool lp_slot_start(struct lp_slot *slot, const struct lp_worker_input *input,
                   struct lp_error *error)
{
    int pipes[4] = { -1, -1, -1, -1 }; /* in: read, write; out: read, write */
    pid_t parent = getpid();
    if (pipe2(pipes, O_CLOEXEC) != 0 || pipe2(pipes + 2, O_CLOEXEC) != 0) {
        close_all(pipes, LP_COUNT(pipes));
        return lp_fail(error, "no descriptors for a worker");
    }
    forget_page(slot->page);
    pid_t pid = fork();
    if (pid < 0) {
        close_all(pipes, LP_COUNT(pipes));
        return lp_fail(error, "no process for a worker");
    }
    if (pid == 0) {
        struct lp_worker_input mine = *input;
        become_worker(pipes[0], pipes[3], parent);
        mine.in = pipes[0];
        mine.out = pipes[3];
        mine.page = slot->page;
        mine.main(&mine);
        _exit(1);
    }
    close(pipes[0]);
    close(pipes[3]);
    slot->pid = pid;
    slot->to = pipes[1];
    slot->from = pipes[2];
    slot->spinning = false;
    slot->turn = 0;
    slot->seen = 0;
    lp_buf_clear(&slot->lines);
    fcntl(slot->to, F_SETFL, O_NONBLOCK);
    fcntl(slot->from, F_SETFL, O_NONBLOCK);
    return true;
}

/* ---- lines ---- */

void lp_slot_send(struct lp_slot *slot)
{
    while (slot->queue.n && slot->to >= 0) {
        ssize_t n = write(slot->to, slot->queue.p, slot->queue.n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return;
        lp_buf_consume(&slot->queue, (size_t)n);
    }
}

bool lp_slot_receive(struct lp_slot *slot)
{
    char bytes[16384]; /* cleared at each call (-ftrivial-auto-var-init): no larger than need be */
    for (int i = 0; i < READS_MAX; i++) {
        ssize_t n = read(slot->from, bytes, sizeof bytes);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return errno == EAGAIN;
        if (n == 0)
            return false;
        lp_buf_add(&slot->lines, bytes, (size_t)n);
        if (slot->lines.cut)
            return false;
        if ((size_t)n < sizeof bytes)
            return true;
    }
    return true;
}

void lp_slot_each_line(struct lp_slot *slot, void (*take)(void *self, struct lp_str line),
                       void *self)
{
    struct lp_str view = lp_buf_view(&slot->lines);
    size_t taken = 0, seen = slot->seen;
    for (;;) {
        size_t end = seen + lp_str_find(lp_str_sub(view, seen, view.n), '\n');
        if (end >= view.n)
            break;
        take(self, lp_str_sub(view, taken, end - taken));
        taken = seen = end + 1;
    }
    lp_buf_consume(&slot->lines, taken);
    slot->seen = slot->lines.n;
}

/* A pipe holds 64 KiB: it is empty after a few reads, even where another process keeps it open. */
void lp_slot_drain(struct lp_slot *slot, void (*take)(void *self, struct lp_str line), void *self)
{
    bool more = slot->from >= 0;
    for (int i = 0; i < READS_MAX && more; i++) {
        more = lp_slot_receive(slot);
        lp_slot_each_line(slot, take, self);
    }
}

/* ---- watch and end ---- */

bool lp_slot_is_spinning(struct lp_slot *slot)
{
    if (!slot->pid)
        return false;
    uint64_t turn = slot->page->turn;
    lp_usec cpu = lp_process_cpu(slot->pid);
    if (turn != slot->turn || !turn || cpu < 0 || slot->cpu < 0) {
        slot->turn = turn;
        slot->cpu = cpu;
        return false;
    }
    slot->spinning = cpu - slot->cpu > SPIN_US;
    return slot->spinning;
}

struct lp_str lp_slot_death(const struct lp_slot *slot, int status, char text[40])
{
    if (slot->spinning)
        return LP_STR("spin 250 ms");
    if (WIFEXITED(status) && WEXITSTATUS(status) == LP_EXIT_NO_MEMORY)
        return LP_STR("no memory");
    snprintf(text, 40, WIFSIGNALED(status) ? "signal %d" : "exit %d",
             WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
    return lp_str_of(text);
}

static void forget(struct lp_slot *slot)
{
    if (slot->to >= 0)
        close(slot->to);
    if (slot->from >= 0)
        close(slot->from);
    slot->pid = 0;
    slot->to = slot->from = -1;
}

int lp_slot_end(struct lp_slot *slot)
{
    int status = 0;
    if (!slot->pid)
        return 0;
    if (waitpid(slot->pid, &status, WNOHANG) != slot->pid) {
        kill(slot->pid, SIGKILL);
        while (waitpid(slot->pid, &status, 0) < 0 && errno == EINTR)
            continue;
    }
    forget(slot);
    return status;
}

/* Its end of the pipe closes when it is gone; what it still says is for nobody. */
void lp_slot_finish(struct lp_slot *slot)
{
    const struct lp_world *world = &lp_world_real;
    char bytes[4096];
    if (!slot->pid)
        return;
    close(slot->to);
    slot->to = -1;
    lp_usec until = world->now(world->self) + FINISH_US;
    for (lp_usec now = until - FINISH_US; now < until; now = world->now(world->self)) {
        struct pollfd from = { .fd = slot->from, .events = POLLIN };
        world->wait(world->self, &from, 1, until - now);
        ssize_t n = from.revents ? read(slot->from, bytes, sizeof bytes) : 1;
        if (n == 0)
            break;
    }
    lp_slot_end(slot);
}

void lp_slot_release(struct lp_slot *slot)
{
    lp_slot_end(slot);
    lp_buf_release(&slot->lines);
    lp_buf_release(&slot->queue);
    if (slot->page)
        munmap(slot->page, sizeof *slot->page);
    slot->page = NULL;
}
