/* test_sink.c - report files: whole or not at all, never through a link, never over a device */
#include <check.h>
#include <dirent.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmdline.h"

Suite *lp_suite_sink(void);

static struct cmdline c;
static const char *folder;
static const char *path;

static void set_up(void)
{
    ck_assert(cmdline_parse(&c, ""));
    folder = cmdline_folder(&c);
    path = lp_arena_printf(&c.arena, "%s/report", folder).p;
}

static void tear_down(void)
{
    cmdline_remove(folder);
    cmdline_release(&c);
}

static size_t files(void)
{
    DIR *list = opendir(folder);
    size_t n = 0;
    ck_assert_ptr_nonnull(list);
    while (readdir(list))
        n++;
    closedir(list);
    return n - 2;
}

static mode_t mode_of(const char *file)
{
    struct stat status;
    ck_assert_int_eq(lstat(file, &status), 0);
    return status.st_mode;
}

static bool write_report(const char *file, const char *text, bool keep)
{
    struct lp_sink sink;
    if (!lp_sink_open(&sink, file, &c.arena, &c.error))
        return false;
    ck_assert_msg(lp_sink_put(&sink, lp_str_of(text), &c.error), "%s", c.error.text);
    if (keep)
        return lp_sink_keep(&sink, &c.error);
    lp_sink_drop(&sink);
    lp_sink_drop(&sink);
    return true;
}

START_TEST(new_file)
{
    mode_t mask = umask(027);
    ck_assert_msg(write_report(path, "one\n", true), "%s", c.error.text);
    umask(mask);
    ck_assert_str_eq(cmdline_read(&c, path), "one\n");
    ck_assert_uint_eq(mode_of(path), S_IFREG | 0640);
    ck_assert_uint_eq(files(), 1);
}
END_TEST

/* A reader sees the old report until the new one is whole; its mode stays. */
START_TEST(replaced)
{
    struct lp_sink sink;
    cmdline_write(path, LP_STR("old\n"));
    ck_assert_int_eq(chmod(path, 0604), 0);
    ck_assert(lp_sink_open(&sink, path, &c.arena, &c.error));
    ck_assert(lp_sink_put(&sink, LP_STR("new\n"), &c.error));
    ck_assert_str_eq(cmdline_read(&c, path), "old\n");
    ck_assert(lp_sink_keep(&sink, &c.error));
    ck_assert_str_eq(cmdline_read(&c, path), "new\n");
    ck_assert_uint_eq(mode_of(path), S_IFREG | 0604);
    ck_assert_uint_eq(files(), 1);
}
END_TEST

START_TEST(dropped)
{
    cmdline_write(path, LP_STR("old\n"));
    ck_assert(write_report(path, "new\n", false));
    ck_assert_str_eq(cmdline_read(&c, path), "old\n");
    ck_assert_uint_eq(files(), 1);
}
END_TEST

START_TEST(link_is_replaced)
{
    const char *target = lp_arena_printf(&c.arena, "%s/target", folder).p;
    cmdline_write(target, LP_STR("precious\n"));
    ck_assert_int_eq(symlink(target, path), 0);
    ck_assert(write_report(path, "new\n", true));
    ck_assert_str_eq(cmdline_read(&c, target), "precious\n");
    ck_assert(S_ISREG(mode_of(path)));
    ck_assert_str_eq(cmdline_read(&c, path), "new\n");
    /* one that leads nowhere */
    unlink(path);
    unlink(target);
    ck_assert_int_eq(symlink(target, path), 0);
    ck_assert(write_report(path, "new\n", true));
    ck_assert_ptr_null(cmdline_read(&c, target));
    ck_assert_uint_eq(files(), 1);
}
END_TEST

START_TEST(refused)
{
    const char *inner = lp_arena_printf(&c.arena, "%s/no/report", folder).p;
    ck_assert(!write_report(folder, "x", true));
    ck_assert_ptr_nonnull(strstr(c.error.text, ": not a regular file"));
    ck_assert(!write_report("/dev/null", "x", true));
    ck_assert_str_eq(c.error.text, "/dev/null: not a regular file");
    ck_assert(!write_report(inner, "x", true));
    ck_assert_ptr_nonnull(strstr(c.error.text, ": No such file or directory"));
    ck_assert_int_eq(symlink("/dev/null", path), 0);
    ck_assert(!write_report(path, "x", true));
    ck_assert(S_ISLNK(mode_of(path)));
    unlink(path);
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    ck_assert(!write_report(path, "x", true));
    ck_assert(S_ISCHR(mode_of("/dev/null")));
    ck_assert_uint_eq(files(), 1);
}
END_TEST

/* Nothing is left of what cannot get its name. */
START_TEST(no_name)
{
    struct lp_sink sink;
    ck_assert(lp_sink_open(&sink, path, &c.arena, &c.error));
    ck_assert_int_eq(mkdir(path, 0700), 0);
    ck_assert(!lp_sink_keep(&sink, &c.error));
    ck_assert_ptr_nonnull(strstr(c.error.text, ": Is a directory"));
    ck_assert_uint_eq(files(), 1);
}
END_TEST

START_TEST(standard_output)
{
    const struct lp_sink sink = { .fd = -1 };
    int saved = dup(STDOUT_FILENO);
    int full = dup2(saved, STDOUT_FILENO);
    ck_assert_int_eq(full, STDOUT_FILENO);
    close(STDOUT_FILENO);
    bool ok = lp_sink_put(&sink, LP_STR("x"), &c.error);
    dup2(saved, STDOUT_FILENO);
    close(saved);
    ck_assert(!ok);
    ck_assert_str_eq(c.error.text, "standard output: Bad file descriptor");
    ck_assert(lp_sink_put(&sink, LP_STR(""), &c.error));
}
END_TEST

Suite *lp_suite_sink(void)
{
    Suite *suite = suite_create("sink");
    TCase *tc = tcase_create("sink");
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_test(tc, new_file);
    tcase_add_test(tc, replaced);
    tcase_add_test(tc, dropped);
    tcase_add_test(tc, link_is_replaced);
    tcase_add_test(tc, refused);
    tcase_add_test(tc, no_name);
    tcase_add_test(tc, standard_output);
    suite_add_tcase(suite, tc);
    return suite;
}
