/* supervise.c - the process that the caller sees, and the one that is the lab */
#include "lab.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void block_signals(sigset_t *set)
{
    sigemptyset(set);
    sigaddset(set, SIGCHLD);
    sigaddset(set, SIGTERM);
    sigaddset(set, SIGINT);
    sigaddset(set, SIGHUP);
    sigaction(SIGCHLD, &(struct sigaction){ .sa_handler = SIG_DFL }, NULL);
    sigprocmask(SIG_BLOCK, set, NULL);
}

static bool dir_make(struct lab *lab)
{
    const char *given = lab->options->dir;
    const char *base = secure_getenv("TMPDIR");

    if (given != NULL) {
        if (given[0] == '/' || getcwd(lab->dir, sizeof lab->dir) == NULL)
            lab->dir[0] = '\0';
        snprintf(lab->dir + strlen(lab->dir), sizeof lab->dir - strlen(lab->dir), "%s%s",
                 given[0] == '/' ? "" : "/", given);
        lab->dir_made = mkdir(lab->dir, 0700) == 0;
        return lab->dir_made || errno == EEXIST;
    }
    snprintf(lab->dir, sizeof lab->dir, "%s/lplab.XXXXXX", base == NULL ? "/tmp" : base);
    lab->dir_made = mkdtemp(lab->dir) != NULL;
    return lab->dir_made;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *where)
{
    (void)st;
    (void)type;
    (void)where;
    remove(path);
    return 0;
}

/* A directory that was there before keeps everything but our own files. */
static void dir_remove(const struct lab *lab)
{
    static const char *const names[] = { "private-root.pem", "public-root.pem", "topology.yaml" };
    char path[640];

    if (lab->dir_made) {
        nftw(lab->dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
        return;
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        snprintf(path, sizeof path, "%s/%s", lab->dir, names[i]);
        unlink(path);
    }
}

static bool enter(struct lab *lab, const char **why)
{
    return lab->where == LAB_NAMESPACE ? lab_namespace_enter(lab, why)
                                       : lab_loopback_enter(lab, why);
}

/* The lab ends with the process that the caller sees, however that one ends. (Entering a
 * user namespace clears the request, so it comes after.) */
static bool tie(pid_t front)
{
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    return getppid() == front;
}

static bool start(struct lab *lab, pid_t front, const char **why)
{
    sigset_t set;

    if (!enter(lab, why))
        return false;
    *why = "the caller is gone";
    if (!tie(front))
        return false;
    block_signals(&set);
    lab->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    if (!lab_servers_open(lab, why) || !lab_peers_open(lab, why))
        return false;
    *why = "COMMAND cannot be started";
    return lab_command_start(lab);
}

static void sockets_end(struct lab *lab)
{
    for (size_t i = 0; i < LAB_CONNS; i++)
        if (lab->conns[i].fd >= 0)
            lab_conn_close(&lab->conns[i]);
    for (size_t i = 0; i < lab->fill_count; i++)
        close(lab->fill_fds[i]);
}

/* The second process. What keeps it from starting goes to `report` in words. */
static int supervise(struct lab *lab, pid_t front, int report)
{
    const char *why = "";

    for (size_t i = 0; i < LAB_CONNS; i++)
        lab->conns[i].fd = -1;
    if (!lab_certs_start(lab)) {
        fprintf(stderr, "lplab: the certificates cannot be made in %s\n", lab->dir);
        return LAB_EXIT_FAILED;
    }
    if (!start(lab, front, &why)) {
        if (write(report, why, strlen(why)) < 0)
            return LAB_EXIT_FAILED;
        return LAB_EXIT_SKIP;
    }
    close(report);
    lab_loop(lab);
    sockets_end(lab);
    lab_orphans_end();
    lab_certs_end(lab);
    dir_remove(lab);
    return lab->status;
}

/* Waits for the second process and hands signals on to it. */
static int wait_for(pid_t pid, const sigset_t *set)
{
    int status;

    for (;;) {
        int got = sigwaitinfo(set, NULL);

        if (got < 0 && errno != EINTR)
            return LAB_EXIT_FAILED;
        if (got > 0 && got != SIGCHLD)
            kill(pid, SIGTERM);
        if (waitpid(pid, &status, WNOHANG) == pid)
            return WIFEXITED(status) ? WEXITSTATUS(status) : LAB_EXIT_FAILED;
    }
}

/* One place to stand. `why` gets the words when the lab cannot stand there, else "". */
static int try_where(struct lab *lab, const sigset_t *set, char *why, size_t size)
{
    pid_t front = getpid(), pid;
    int ends[2], status;
    ssize_t got;

    why[0] = '\0';
    if (pipe2(ends, O_CLOEXEC) != 0)
        return LAB_EXIT_FAILED;
    pid = fork();
    if (pid == 0) {
        close(ends[0]);
        exit(supervise(lab, front, ends[1]));
    }
    close(ends[1]);
    status = pid < 0 ? LAB_EXIT_FAILED : wait_for(pid, set);
    lab_orphans_end();
    got = read(ends[0], why, size - 1);
    why[got > 0 ? got : 0] = '\0';
    close(ends[0]);
    return status;
}

/* AUTO takes the namespace, and loopback where that cannot be. */
static int try_all(struct lab *lab)
{
    enum lab_where given = lab->options->where;
    char first[128] = "", second[128] = "";
    int status = LAB_EXIT_SKIP;
    sigset_t set;

    block_signals(&set);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    if (given != LAB_LOOPBACK) {
        lab->where = LAB_NAMESPACE;
        status = try_where(lab, &set, first, sizeof first);
        if (first[0] == '\0')
            return status;
    }
    if (given != LAB_NAMESPACE) {
        lab->where = LAB_LOOPBACK;
        status = try_where(lab, &set, second, sizeof second);
        if (second[0] == '\0')
            return status;
    }
    fprintf(stderr, "lplab: cannot run here: %s%s%s\n", first,
            first[0] != '\0' && second[0] != '\0' ? "; " : "", second);
    return status;
}

int lab_front(const struct lab_options *options)
{
    struct lab *lab =
        mmap(NULL, sizeof *lab, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    int status;

    if (lab == MAP_FAILED)
        return LAB_EXIT_FAILED;
    lab->options = options;
    if (!dir_make(lab)) {
        fprintf(stderr, "lplab: %s: %s\n", lab->dir, strerrordesc_np(errno));
        return LAB_EXIT_FAILED;
    }
    if (!lab_world_start(lab) || !lab_world_write(lab))
        status = LAB_EXIT_USAGE;
    else
        status = try_all(lab);
    dir_remove(lab);
    lab_world_end(lab);
    munmap(lab, sizeof *lab);
    return status;
}
