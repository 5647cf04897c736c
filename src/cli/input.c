/* input.c - files that the command line names, opened, and read whole */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "lp/options.h"
#include "lp/text.h"

enum { READ_SIZE = 16 * 1024 };

static bool read_all(int fd, struct lp_buf *out)
{
    ssize_t n = 1;
    while (n > 0 && !out->cut && out->n < out->limit) {
        char block[READ_SIZE];
        size_t room = out->limit - out->n;
        n = read(fd, block, room < sizeof block ? room : sizeof block);
        if (n > 0)
            lp_buf_add(out, block, (size_t)n);
    }
    return n >= 0;
}

int lp_open_input(const char *path)
{
    if (strcmp(path, "-") == 0)
        return fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
    /* A FIFO that nobody writes to is empty, not a reason to wait for ever. */
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd >= 0)
        fcntl(fd, F_SETFL, 0);
    return fd;
}

struct lp_str lp_input_name(const char *path)
{
    return lp_str_of(strcmp(path, "-") == 0 ? "standard input" : path);
}

bool lp_read_input(const char *path, struct lp_buf *out, struct lp_error *error)
{
    struct lp_arena arena = { 0 };
    int fd = lp_open_input(path);
    bool ok = fd >= 0 && read_all(fd, out);
    if (!ok)
        lp_fail(error, "%s: %s", lp_term(&arena, lp_input_name(path)), strerrordesc_np(errno));
    if (fd >= 0)
        close(fd);
    lp_arena_release(&arena);
    return ok;
}
