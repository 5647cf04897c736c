/* sink.c - bytes to standard output and to files, with every error seen */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lp/options.h"
#include "lp/text.h"

static bool fail(const struct lp_sink *sink, struct lp_error *error, const char *why)
{
    struct lp_arena arena = { 0 };
    const char *name = sink->path ? lp_term(&arena, lp_str_of(sink->path)) : "standard output";
    lp_fail(error, "%s: %s", name, why);
    lp_arena_release(&arena);
    return false;
}

/* Its mode for the new file; 0: there is none yet. False: a device, a directory ... */
static bool is_replaceable(const char *path, mode_t *mode)
{
    struct stat there;
    *mode = 0;
    if (stat(path, &there) != 0)
        return true;
    *mode = there.st_mode & 0777;
    return S_ISREG(there.st_mode);
}

static mode_t mode_of_new_files(void)
{
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

bool lp_sink_open(struct lp_sink *sink, const char *path, struct lp_arena *arena,
                  struct lp_error *error)
{
    struct lp_str parts[] = { lp_str_of(path), LP_STR(".XXXXXX") };
    mode_t mode;
    *sink = (struct lp_sink){ .path = path, .fd = -1 };
    if (!is_replaceable(path, &mode))
        return fail(sink, error, "not a regular file");
    sink->aside = (char *)lp_arena_join(arena, parts, LP_COUNT(parts)).p;
    sink->fd = mkostemp(sink->aside, O_CLOEXEC);
    if (sink->fd < 0)
        return fail(sink, error, strerrordesc_np(errno));
    if (fchmod(sink->fd, mode ? mode : mode_of_new_files()) == 0)
        return true;
    fail(sink, error, strerrordesc_np(errno));
    lp_sink_drop(sink);
    return false;
}

/* A standard output that somebody made non-blocking is waited for. */
static bool may_go_on(int fd)
{
    struct pollfd wait = { .fd = fd, .events = POLLOUT };
    return errno == EINTR || (errno == EAGAIN && poll(&wait, 1, -1) >= 0);
}

bool lp_sink_put(const struct lp_sink *sink, struct lp_str bytes, struct lp_error *error)
{
    int fd = sink->path ? sink->fd : STDOUT_FILENO;
    while (bytes.n) {
        ssize_t n = write(fd, bytes.p, bytes.n);
        if (n < 0 && may_go_on(fd))
            continue;
        if (n <= 0)
            return fail(sink, error, strerrordesc_np(errno));
        bytes = lp_str_sub(bytes, (size_t)n, bytes.n);
    }
    return true;
}

/* So that the new name survives a crash of the machine; not every file system can. */
static void sync_directory(struct lp_sink *sink)
{
    char *slash = strrchr(sink->aside, '/');
    if (slash)
        slash[slash == sink->aside ? 1 : 0] = '\0';
    int fd = open(slash ? sink->aside : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return;
    (void)fsync(fd);
    close(fd);
}

bool lp_sink_keep(struct lp_sink *sink, struct lp_error *error)
{
    bool ok = fsync(sink->fd) == 0;
    ok = close(sink->fd) == 0 && ok;
    sink->fd = -1;
    if (ok && rename(sink->aside, sink->path) == 0) {
        sync_directory(sink);
        return true;
    }
    fail(sink, error, strerrordesc_np(errno));
    unlink(sink->aside);
    return false;
}

void lp_sink_drop(struct lp_sink *sink)
{
    if (sink->fd < 0)
        return;
    close(sink->fd);
    unlink(sink->aside);
    sink->fd = -1;
}

int lp_print(const struct lp_buf *text)
{
    const struct lp_sink standard_output = { .fd = -1 };
    struct lp_error error = { "" };
    if (lp_sink_put(&standard_output, lp_buf_view(text), &error))
        return 0;
    return lp_complain(&error, LP_EXIT_UNDECIDED);
}
