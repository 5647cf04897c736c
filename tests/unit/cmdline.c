/* cmdline.c - a command line for the tests of src/cli */
#include "cmdline.h"

#include <check.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WORDS_MAX = 64, READ_MAX = 1 << 20 };

static struct lp_str take_word(struct lp_str *rest)
{
    if (!rest->n || rest->p[0] != '\'')
        return lp_str_cut(rest, ' ');
    *rest = lp_str_sub(*rest, 1, rest->n);
    struct lp_str word = lp_str_cut(rest, '\'');
    lp_str_cut(rest, ' ');
    return word;
}

bool cmdline_parse(struct cmdline *c, const char *line)
{
    char *argv[WORDS_MAX + 1] = { "lyncprobe" };
    int argc = 1;
    struct lp_str rest = lp_str_of(line);
    *c = (struct cmdline){ .arena = { 0 } };
    c->config.arena = &c->arena;
    while (rest.n) {
        ck_assert_int_lt(argc, WORDS_MAX);
        argv[argc++] = (char *)lp_arena_str(&c->arena, take_word(&rest)).p;
    }
    return lp_options_parse(&c->config, argc, argv, &c->error);
}

void cmdline_release(struct cmdline *c)
{
    lp_arena_release(&c->arena);
}

const char *cmdline_text(struct cmdline *c, struct lp_str s)
{
    return s.p ? lp_arena_str(&c->arena, s).p : "(unset)";
}

static const char *read_all(struct cmdline *c, int fd)
{
    char *text = lp_arena_alloc(&c->arena, READ_MAX);
    ssize_t n = pread(fd, text, READ_MAX - 1, 0);
    ck_assert_int_ge(n, 0);
    text[n] = '\0';
    return text;
}

void cmdline_hear(struct hearing *h)
{
    char name[] = "/tmp/lyncprobe-heard-XXXXXX";
    h->file = mkostemp(name, O_CLOEXEC);
    ck_assert_int_ge(h->file, 0);
    unlink(name);
    fflush(stderr);
    h->standard_error = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
    dup2(h->file, STDERR_FILENO);
}

const char *cmdline_heard(struct cmdline *c, struct hearing *h)
{
    fflush(stderr);
    dup2(h->standard_error, STDERR_FILENO);
    close(h->standard_error);
    const char *text = read_all(c, h->file);
    close(h->file);
    return text;
}

const char *cmdline_folder(struct cmdline *c)
{
    char *path = (char *)lp_arena_printf(&c->arena, "/tmp/lyncprobe-test-XXXXXX").p;
    ck_assert_ptr_nonnull(mkdtemp(path));
    return path;
}

void cmdline_remove(const char *folder)
{
    DIR *list = opendir(folder);
    char path[512];
    ck_assert_ptr_nonnull(list);
    for (const struct dirent *entry; (entry = readdir(list));) {
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            remove(path);
    }
    closedir(list);
    ck_assert_int_eq(rmdir(folder), 0);
}

const char *cmdline_read(struct cmdline *c, const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return NULL;
    const char *text = read_all(c, fd);
    close(fd);
    return text;
}

void cmdline_write(const char *path, struct lp_str content)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, content.p, content.n), (ssize_t)content.n);
    close(fd);
}
