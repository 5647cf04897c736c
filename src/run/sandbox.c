/* sandbox.c - the worker closes the door on itself: rlimits, landlock, seccomp */
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <openssl/x509.h>

#include "lp/worker.h"

/* ---- landlock: reading, and only where certificates and random bytes are ---- */

#ifndef LANDLOCK_ACCESS_FS_REFER
#define LANDLOCK_ACCESS_FS_REFER (1ULL << 13)
#endif

enum {
    READ_ONLY = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
    FS_FIRST = LANDLOCK_ACCESS_FS_REFER - 1, /* the rights of ABI 1 */
    FS_TRUNCATE = 1 << 14,                   /* ABI 3 */
    FS_IOCTL_DEV = 1 << 15,                  /* ABI 5 */
    NET_BIND_TCP = 1 << 0,                   /* ABI 4 */
    NET_CONNECT_TCP = 1 << 1,
};

/* The kernel's struct of ABI 4; older kernels accept it as long as what they do not know is 0. */
struct ruleset {
    uint64_t fs;
    uint64_t net;
};

/* X509_LOOKUP_hash_dir opens the system's certificates on demand; the names there are links. */
static const char *const readable[] = {
    "/etc/ssl",
    "/usr/share/ca-certificates",
    "/usr/local/share/ca-certificates",
    "/usr/lib/ssl",
};

/* What is not there needs no rule. False: a rule is missing, and errno says why. */
static bool allow_reading(int rules, const char *path, uint64_t rights)
{
    struct landlock_path_beneath_attr beneath = { .allowed_access = rights };
    beneath.parent_fd = open(path, O_PATH | O_CLOEXEC);
    if (beneath.parent_fd < 0)
        return errno == ENOENT || errno == ENOTDIR || errno == EACCES;
    bool ok = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0) == 0;
    int why = errno;
    close(beneath.parent_fd);
    errno = why;
    return ok;
}

static struct ruleset rights_of(long abi, bool sockets)
{
    struct ruleset r = { FS_FIRST, 0 };
    r.fs |= abi >= 2 ? LANDLOCK_ACCESS_FS_REFER : 0;
    r.fs |= abi >= 3 ? FS_TRUNCATE : 0;
    r.fs |= abi >= 5 ? FS_IOCTL_DEV : 0;
    if (abi >= 4)
        r.net = sockets ? NET_BIND_TCP : NET_BIND_TCP | NET_CONNECT_TCP;
    return r;
}

static bool restrict_files(bool sockets, struct lp_error *error)
{
    long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (abi < 1)
        return true; /* not built in, or off: seccomp still forbids writing */
    struct ruleset rights = rights_of(abi, sockets);
    int rules = (int)syscall(SYS_landlock_create_ruleset, &rights, sizeof rights, 0);
    if (rules < 0)
        return lp_fail(error, "sandbox: landlock: %s", strerrordesc_np(errno));
    bool ok = allow_reading(rules, X509_get_default_cert_dir(), READ_ONLY) &&
              allow_reading(rules, "/dev/urandom", LANDLOCK_ACCESS_FS_READ_FILE);
    for (size_t i = 0; i < LP_COUNT(readable) && ok; i++)
        ok = allow_reading(rules, readable[i], READ_ONLY);
    ok = ok && syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    int why = errno;
    close(rules);
    return ok || lp_fail(error, "sandbox: landlock: %s", strerrordesc_np(why));
}

/* ---- seccomp: what the loop, OpenSSL, libcurl and c-ares do once they run ---- */

static const int allowed[] = {
    SCMP_SYS(read),         SCMP_SYS(write),           SCMP_SYS(readv),
    SCMP_SYS(writev),       SCMP_SYS(close),           SCMP_SYS(fcntl),
    SCMP_SYS(fcntl64),      SCMP_SYS(lseek),           SCMP_SYS(_llseek),
    SCMP_SYS(fstat),        SCMP_SYS(fstat64),         SCMP_SYS(stat),
    SCMP_SYS(stat64),       SCMP_SYS(newfstatat),      SCMP_SYS(fstatat64),
    SCMP_SYS(statx),        SCMP_SYS(access),          SCMP_SYS(faccessat),
    SCMP_SYS(readlink),     SCMP_SYS(readlinkat),      SCMP_SYS(getdents64),
    SCMP_SYS(poll),         SCMP_SYS(ppoll),           SCMP_SYS(ppoll_time64),
    SCMP_SYS(munmap),       SCMP_SYS(mremap),          SCMP_SYS(madvise),
    SCMP_SYS(brk),          SCMP_SYS(futex),           SCMP_SYS(getrandom),
    SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask),  SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sigreturn),    SCMP_SYS(restart_syscall), SCMP_SYS(exit),
    SCMP_SYS(exit_group),   SCMP_SYS(clock_gettime),   SCMP_SYS(clock_gettime64),
    SCMP_SYS(clock_getres), SCMP_SYS(gettimeofday),    SCMP_SYS(time),
    SCMP_SYS(getpid),       SCMP_SYS(gettid),          SCMP_SYS(getuid),
    SCMP_SYS(geteuid),      SCMP_SYS(getgid),          SCMP_SYS(getegid),
    SCMP_SYS(sched_yield),
};

/* On a socket that could be made. No bind, no listen: nobody calls us. */
static const int allowed_on_sockets[] = {
    SCMP_SYS(connect),     SCMP_SYS(shutdown),   SCMP_SYS(send),       SCMP_SYS(sendto),
    SCMP_SYS(sendmsg),     SCMP_SYS(recv),       SCMP_SYS(recvfrom),   SCMP_SYS(recvmsg),
    SCMP_SYS(getsockname), SCMP_SYS(getsockopt), SCMP_SYS(setsockopt), SCMP_SYS(getpeername),
};

/* Nothing of ours does this, by accident neither. */
static const int deadly[] = {
    SCMP_SYS(execve),           SCMP_SYS(execveat),          SCMP_SYS(ptrace),
    SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev),
};

/* An allowed call, on condition. */
struct rule {
    int call;
    struct scmp_arg_cmp when[2];
    unsigned conditions;
};

enum {
    WRITING = O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND | (O_TMPFILE & ~O_DIRECTORY),
    SOCKET_FLAGS = SOCK_NONBLOCK | SOCK_CLOEXEC,
};

#define EQUAL(n, value)              \
    {                                \
        (n), SCMP_CMP_EQ, (value), 0 \
    }
#define BITS(n, mask, value)                     \
    {                                            \
        (n), SCMP_CMP_MASKED_EQ, (mask), (value) \
    }

static const struct rule conditional[] = {
    { SCMP_SYS(open), { BITS(1, WRITING, O_RDONLY) }, 1 },
    { SCMP_SYS(openat), { BITS(2, WRITING, O_RDONLY) }, 1 },
    { SCMP_SYS(mmap), { BITS(2, PROT_EXEC, 0) }, 1 },
    { SCMP_SYS(mmap2), { BITS(2, PROT_EXEC, 0) }, 1 },
    { SCMP_SYS(mprotect), { BITS(2, PROT_EXEC, 0) }, 1 },
};

static const int families[] = { AF_INET, AF_INET6 };
static const int types[] = { SOCK_STREAM, SOCK_DGRAM };

static bool add_each(scmp_filter_ctx filter, uint32_t action, const int *calls, size_t n)
{
    bool ok = true;
    for (size_t i = 0; i < n && ok; i++)
        ok = seccomp_rule_add(filter, action, calls[i], 0) == 0;
    return ok;
}

static bool add_conditional(scmp_filter_ctx filter)
{
    struct scmp_arg_cmp ours = EQUAL(0, (scmp_datum_t)getpid());
    bool ok = true;
    for (size_t i = 0; i < LP_COUNT(conditional) && ok; i++) {
        const struct rule *r = &conditional[i];
        ok = seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, r->call, r->conditions, r->when) == 0;
    }
    /* abort() */
    return ok && seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, &ours) == 0;
}

static bool add_sockets(scmp_filter_ctx filter)
{
    bool ok = add_each(filter, SCMP_ACT_ALLOW, allowed_on_sockets, LP_COUNT(allowed_on_sockets));
    for (size_t i = 0; i < LP_COUNT(families) * LP_COUNT(types) && ok; i++) {
        struct scmp_arg_cmp when[] = {
            EQUAL(0, (scmp_datum_t)families[i / LP_COUNT(types)]),
            BITS(1, ~(scmp_datum_t)SOCKET_FLAGS, (scmp_datum_t)types[i % LP_COUNT(types)]),
        };
        ok = seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(socket), 2, when) == 0;
    }
    return ok;
}

static bool restrict_calls(bool sockets, struct lp_error *error)
{
    if (prctl(PR_GET_SECCOMP) < 0)
        return true; /* the kernel has none */
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    bool ok = filter && add_each(filter, SCMP_ACT_ALLOW, allowed, LP_COUNT(allowed)) &&
              add_each(filter, SCMP_ACT_KILL_PROCESS, deadly, LP_COUNT(deadly)) &&
              add_conditional(filter) && (!sockets || add_sockets(filter));
    if (!ok)
        lp_fail(error, "sandbox: the filter cannot be built");
    int status = ok ? seccomp_load(filter) : 0;
    if (status != 0)
        ok = lp_fail(error, "sandbox: the filter cannot be loaded: %s", strerrordesc_np(-status));
    seccomp_release(filter);
    return ok;
}

/* ---- limits ---- */

static void limit(int what, rlim_t most)
{
    struct rlimit now;
    if (getrlimit(what, &now) != 0 || now.rlim_cur <= most)
        return;
    struct rlimit less = { most, most < now.rlim_max ? most : now.rlim_max };
    (void)setrlimit(what, &less);
}

/* Address space that stands already: a worker that replaces another inherits the parent's logs. */
static rlim_t address_space(void)
{
    char text[64];
    uint64_t pages = 0;
    int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    ssize_t n = fd >= 0 ? read(fd, text, sizeof text) : 0;
    struct lp_str rest = { text, n > 0 ? (size_t)n : 0 };
    if (fd >= 0)
        close(fd);
    if (!lp_str_to_u64(lp_str_cut(&rest, ' '), UINT32_MAX, &pages))
        return 0;
    return pages * (rlim_t)sysconf(_SC_PAGESIZE);
}

bool lp_sandbox_enter(bool sockets, struct lp_error *error)
{
    static const rlim_t room = 512UL * 1024 * 1024;
#ifdef LP_UNSANDBOXED
    return true;
#endif
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_AS, address_space() + room);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
        return lp_fail(error, "sandbox: %s", strerrordesc_np(errno));
    return restrict_files(sockets, error) && restrict_calls(sockets, error);
}
