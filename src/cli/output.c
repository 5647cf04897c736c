/* output.c - bytes to stdout and to files, with every error seen; the progress line; what the
 * terminal can show */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "lp/options.h"
#include "lp/text.h"

static bool write_all(int fd, struct lp_str bytes)
{
    while (bytes.n) {
        ssize_t n = write(fd, bytes.p, bytes.n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        bytes = lp_str_sub(bytes, (size_t)n, bytes.n);
    }
    return true;
}

bool lp_put_stdout(struct lp_str bytes, struct lp_error *error)
{
    if (write_all(STDOUT_FILENO, bytes))
        return true;
    return lp_fail(error, "standard output: %s", strerror(errno));
}

static bool fail_file(const char *path, int fd, const char *aside, struct lp_error *error)
{
    struct lp_arena arena = { 0 };
    lp_fail(error, "%s: %s", lp_term(&arena, lp_str_of(path)), strerror(errno));
    if (fd >= 0)
        close(fd);
    if (aside)
        unlink(aside);
    lp_arena_release(&arena);
    return false;
}

/* The directory is synced too, so that the new name survives a crash; not every file system can. */
static void sync_directory(const char *path)
{
    char directory[4096] = ".";
    const char *slash = strrchr(path, '/');
    if (slash && (size_t)(slash - path) < sizeof directory - 1) {
        size_t n = slash == path ? 1 : (size_t)(slash - path);
        memcpy(directory, path, n);
        directory[n] = '\0';
    }
    int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return;
    if (fsync(fd) != 0)
        errno = 0;
    close(fd);
}

bool lp_put_file(const char *path, struct lp_str bytes, struct lp_error *error)
{
    char aside[4096];
    int n = snprintf(aside, sizeof aside, "%s.%ld.tmp", path, (long)getpid());
    if (n < 0 || (size_t)n >= sizeof aside) {
        errno = ENAMETOOLONG;
        return fail_file(path, -1, NULL, error);
    }
    int fd = open(aside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
    if (fd < 0)
        return fail_file(path, -1, NULL, error);
    if (!write_all(fd, bytes) || fsync(fd) != 0)
        return fail_file(path, fd, aside, error);
    if (close(fd) != 0 || rename(aside, path) != 0)
        return fail_file(path, -1, aside, error);
    sync_directory(path);
    return true;
}

/* ---- the terminal ---- */

static bool has_text(const char *variable)
{
    const char *value = getenv(variable);
    return value && *value;
}

static bool is_dumb(void)
{
    const char *term = getenv("TERM");
    return !term || strcmp(term, "dumb") == 0;
}

static bool wants_color(const struct lp_config *config)
{
    if (!lp_str_eq(config->color, LP_STR("auto")))
        return lp_str_eq(config->color, LP_STR("always"));
    return isatty(STDOUT_FILENO) && !has_text("NO_COLOR") && !is_dumb();
}

/* The first of the three that is set decides, as setlocale would (POSIX 8.2). */
static bool is_utf8_locale(void)
{
    static const char *const variables[] = { "LC_ALL", "LC_CTYPE", "LANG" };
    for (size_t i = 0; i < LP_COUNT(variables); i++) {
        if (has_text(variables[i])) {
            struct lp_str value = lp_str_of(getenv(variables[i]));
            return lp_str_ends_nocase(value, "utf-8") || lp_str_ends_nocase(value, "utf8");
        }
    }
    return false;
}

static int terminal_width(void)
{
    struct winsize size;
    if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || !size.ws_col)
        return 80;
    if (size.ws_col < 60)
        return 60;
    return size.ws_col > 120 ? 120 : size.ws_col;
}

struct lp_style lp_style_for(const struct lp_config *config)
{
    return (struct lp_style){ .color = wants_color(config),
                              .ascii = config->ascii || !is_utf8_locale(),
                              .width = terminal_width(),
                              .verbosity = (int)config->verbosity };
}

bool lp_progress_is_wanted(const struct lp_config *config)
{
    return isatty(STDERR_FILENO) && !config->quiet && !config->no_progress && !has_text("CI") &&
           !is_dumb();
}

enum { PROGRESS_AFTER_US = 300000 };

void lp_progress_show(void *self, size_t answered, size_t walks, lp_usec elapsed)
{
    (void)self;
    if (elapsed < PROGRESS_AFTER_US)
        return;
    fprintf(stderr, "\r\033[K%zu answers, %zu walk%s under way, %lld s", answered, walks,
            walks == 1 ? "" : "s", (long long)(elapsed / 1000000));
}

void lp_progress_clear(void)
{
    fputs("\r\033[K", stderr);
}

int lp_complain(const struct lp_error *error, int status)
{
    fprintf(stderr, "lyncprobe: %s\n", error->text);
    return status;
}
