/* test_sandbox.c - what a worker can still do behind its door, and what not */
#include <arpa/inet.h>
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lp/worker.h"

Suite *lp_suite_sandbox(void);

/* Each attempt gives 0 or an errno. */
static int result(long value)
{
    return value < 0 ? errno : 0;
}

static int open_it(const char *path, int flags)
{
    return result(open(path, flags, 0600));
}

static int create_file(void)
{
    return open_it("/tmp/lyncprobe-sandbox-test", O_WRONLY | O_CREAT);
}
static int write_device(void)
{
    return open_it("/dev/null", O_WRONLY);
}
static int append_file(void)
{
    return open_it("/etc/ssl/openssl.cnf", O_RDWR | O_APPEND);
}
static int truncate_by_reading(void)
{
    return open_it("/dev/null", O_RDONLY | O_TRUNC);
}
static int temporary_file(void)
{
    return open_it("/tmp", O_TMPFILE | O_RDWR);
}
static int remove_file(void)
{
    return result(unlink("/tmp/lyncprobe-sandbox-test"));
}
static int make_directory(void)
{
    return result(mkdir("/tmp/lyncprobe-sandbox-test", 0700));
}
static int read_secret(void)
{
    return open_it("/etc/passwd", O_RDONLY);
}
static int read_roots(void)
{
    return open_it("/etc/ssl/certs", O_RDONLY | O_DIRECTORY);
}
static int read_random(void)
{
    char byte;
    int fd = open("/dev/urandom", O_RDONLY);
    return fd < 0 ? errno : result(read(fd, &byte, 1));
}
static int ask_random(void)
{
    char byte;
    return result(getrandom(&byte, 1, 0));
}
static int make_socket(int family, int type)
{
    return result(socket(family, type, 0));
}
static int tcp_socket(void)
{
    return make_socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK);
}
static int udp6_socket(void)
{
    int error = make_socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC);
    return error == EAFNOSUPPORT ? 0 : error;
}
static int unix_socket(void)
{
    return make_socket(AF_UNIX, SOCK_STREAM);
}
static int netlink_socket(void)
{
    return make_socket(AF_NETLINK, SOCK_RAW);
}
static int packet_socket(void)
{
    return make_socket(AF_PACKET, SOCK_RAW);
}
static int raw_socket(void)
{
    return make_socket(AF_INET, SOCK_RAW);
}
static int bind_socket(void)
{
    struct sockaddr_in here = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    return result(bind(fd, (const struct sockaddr *)&here, sizeof here));
}
static int listen_socket(void)
{
    return result(listen(socket(AF_INET, SOCK_STREAM, 0), 1));
}
/* Nobody listens on port 1: refused by the peer, not by the sandbox. */
static int connect_socket(void)
{
    struct sockaddr_in there = { .sin_family = AF_INET,
                                 .sin_port = htons(1),
                                 .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    return result(connect(fd, (const struct sockaddr *)&there, sizeof there));
}
static int run_program(void)
{
    char name[] = "/bin/true", *argv[] = { name, NULL }, *envp[] = { NULL };
    return result(execve(name, argv, envp));
}
static int trace_parent(void)
{
    return result(ptrace(PTRACE_ATTACH, getppid(), NULL, NULL));
}
static int fork_process(void)
{
    pid_t pid = fork();
    if (pid == 0)
        _exit(0);
    return result(pid);
}
static int signal_parent(void)
{
    return result(kill(getppid(), SIGUSR2));
}
static int map_code(void)
{
    void *p = mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return p == MAP_FAILED ? errno : 0;
}
static int make_code(void)
{
    void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return p == MAP_FAILED ? -1 : result(mprotect(p, 4096, PROT_READ | PROT_EXEC));
}
static int take_memory(size_t mib)
{
    void *p = mmap(NULL, mib << 20, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return p == MAP_FAILED ? errno : 0;
}
static int take_some_memory(void)
{
    return take_memory(256);
}
static int take_much_memory(void)
{
    return take_memory(600);
}
static int write_pipe(void)
{
    return result(write(STDERR_FILENO, "", 0));
}
static int come_to_an_end(void)
{
    abort();
}
static int regain_core_dumps(void)
{
    struct rlimit core = { 1, 1 };
    return result(setrlimit(RLIMIT_CORE, &core));
}

enum { KILLED = -1, ABORTED = -2, NO_SOCKETS = 1, NEEDS_LANDLOCK = 2 };

static const struct row {
    const char *name;
    int (*attempt)(void);
    int wanted; /* 0, an errno, KILLED or ABORTED; EPERM stands for EACCES too */
    int flags;
} rows[] = {
    { "create a file", create_file, EPERM, 0 },
    { "write to a device", write_device, EPERM, 0 },
    { "append to a file", append_file, EPERM, 0 },
    { "truncate", truncate_by_reading, EPERM, 0 },
    { "temporary file", temporary_file, EPERM, 0 },
    { "remove a file", remove_file, EPERM, 0 },
    { "make a directory", make_directory, EPERM, 0 },
    { "read other files", read_secret, EPERM, NEEDS_LANDLOCK },
    { "read the roots", read_roots, 0, 0 },
    { "read random bytes", read_random, 0, 0 },
    { "ask for random bytes", ask_random, 0, 0 },
    { "TCP socket", tcp_socket, 0, 0 },
    { "UDP socket, IPv6", udp6_socket, 0, 0 },
    { "connect", connect_socket, ECONNREFUSED, 0 },
    { "TCP socket without network", tcp_socket, EPERM, NO_SOCKETS },
    { "UDP socket without network", udp6_socket, EPERM, NO_SOCKETS },
    { "Unix socket", unix_socket, EPERM, 0 },
    { "netlink socket", netlink_socket, EPERM, 0 },
    { "packet socket", packet_socket, EPERM, 0 },
    { "raw socket", raw_socket, EPERM, 0 },
    { "bind", bind_socket, EPERM, 0 },
    { "listen", listen_socket, EPERM, 0 },
    { "run a program", run_program, KILLED, 0 },
    { "trace the parent", trace_parent, KILLED, 0 },
    { "fork", fork_process, EPERM, 0 },
    { "signal the parent", signal_parent, EPERM, 0 },
    { "map code", map_code, EPERM, 0 },
    { "make code", make_code, EPERM, 0 },
    { "256 MiB", take_some_memory, 0, 0 },
    { "600 MiB", take_much_memory, ENOMEM, 0 },
    { "write to an open descriptor", write_pipe, 0, 0 },
    { "abort", come_to_an_end, ABORTED, 0 },
    { "core dumps", regain_core_dumps, EPERM, 0 },
};

static bool has_landlock(void)
{
    return syscall(SYS_landlock_create_ruleset, NULL, 0, 1) >= 1;
}

/* It needs system calls of its own. */
static bool is_in_valgrind(void)
{
    const char *preloaded = getenv("LD_PRELOAD");
    return preloaded && strstr(preloaded, "vgpreload");
}

static int outcome_of(int status)
{
    if (WIFEXITED(status))
        return WEXITSTATUS(status) == EACCES ? EPERM : WEXITSTATUS(status);
    ck_assert(WIFSIGNALED(status));
    return WTERMSIG(status) == SIGSYS ? KILLED : WTERMSIG(status) == SIGABRT ? ABORTED : -9;
}

START_TEST(attempts)
{
    const struct row *row = &rows[_i];
    struct lp_error error = { "" };
    int status = 0;
    if (is_in_valgrind() || ((row->flags & NEEDS_LANDLOCK) && !has_landlock()))
        return;
    pid_t pid = fork();
    if (pid == 0) {
        if (!lp_sandbox_enter(!(row->flags & NO_SOCKETS), &error))
            _exit(255);
        _exit(row->attempt());
    }
    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    ck_assert_msg(outcome_of(status) == row->wanted, "%s: %d, not %d", row->name,
                  outcome_of(status), row->wanted);
}
END_TEST

#ifdef LP_UNSANDBOXED
enum { ROWS = 0 };
#else
enum { ROWS = LP_COUNT(rows) };
#endif

START_TEST(enters)
{
    struct lp_error error = { "" };
    int status = 0;
    if (is_in_valgrind())
        return;
    pid_t pid = fork();
    if (pid == 0)
        _exit(lp_sandbox_enter(true, &error) && !error.text[0] ? 0 : 1);
    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), 0);
}
END_TEST

Suite *lp_suite_sandbox(void)
{
    Suite *suite = suite_create("sandbox");
    TCase *tests = tcase_create("attempts");
    tcase_add_test(tests, enters);
    tcase_add_loop_test(tests, attempts, 0, ROWS);
    suite_add_tcase(suite, tests);
    return suite;
}
