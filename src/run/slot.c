/* slot.c - a worker process as the parent sees it */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "lp/slot.h"

enum {
    SPIN_US = 250000,
    QUEUE_MAX = 64 * 1024 * 1024,
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

/* In the child: nothing of the parent's terminal, signals or files is the worker's business. */
static void become_worker(const int pipes[4], pid_t parent)
{
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGINT, SIG_IGN);
    signal(SIGTERM, SIG_DFL);
    signal(SIGPIPE, SIG_IGN);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(1);
    close(pipes[1]);
    close(pipes[2]);
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

bool lp_slot_start(struct lp_slot *slot, const struct lp_worker_input *input,
                   struct lp_error *error)
{
    int pipes[4] = { -1, -1, -1, -1 }; /* in: read, write; out: read, write */
    pid_t parent = getpid();
    if (pipe2(pipes, O_CLOEXEC) != 0 || pipe2(pipes + 2, O_CLOEXEC) != 0) {
        close_all(pipes, 4);
        return lp_fail(error, "no descriptors for a worker");
    }
    slot->page->key_len = 0;
    slot->page->turn = 0;
    pid_t pid = fork();
    if (pid == 0) {
        struct lp_worker_input mine = *input;
        become_worker(pipes, parent);
        mine.in = pipes[0];
        mine.out = pipes[3];
        mine.page = slot->page;
        mine.main(&mine);
        _exit(1);
    }
    close(pipes[0]);
    close(pipes[3]);
    if (pid < 0) {
        close(pipes[1]);
        close(pipes[2]);
        return lp_fail(error, "no process for a worker");
    }
    slot->pid = pid;
    slot->to = pipes[1];
    slot->from = pipes[2];
    slot->answered = false;
    slot->spinning = false;
    slot->cpu = 0;
    fcntl(slot->to, F_SETFL, O_NONBLOCK);
    fcntl(slot->from, F_SETFL, O_NONBLOCK);
    return true;
}

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
    char bytes[65536];
    for (int i = 0; i < 16; i++) {
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

static lp_usec cpu_of(pid_t pid)
{
    clockid_t clock;
    struct timespec t;
    if (clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &t) != 0)
        return 0;
    return (lp_usec)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

bool lp_slot_is_spinning(struct lp_slot *slot)
{
    if (!slot->pid)
        return false;
    lp_usec cpu = cpu_of(slot->pid);
    uint64_t turn = slot->page->turn;
    if (turn != slot->turn || !slot->cpu) {
        slot->turn = turn;
        slot->cpu = cpu ? cpu : 1;
        return false;
    }
    slot->spinning = cpu - slot->cpu > SPIN_US;
    return slot->spinning;
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
    close(slot->to);
    close(slot->from);
    slot->pid = 0;
    slot->to = slot->from = -1;
    return status;
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
