/* test_alloc.c - sizes, and how a process ends without memory. */
#include "lp/alloc.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

Suite *lp_suite_alloc(void);

/* What a child process left: its exit status (-1: a signal) and its first words on
 * stderr. */
struct left {
    int status;
    char text[256];
};

static struct left run(void (*body)(void))
{
    struct left left = { 0 };
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        (void)dup2(ends[1], STDERR_FILENO);
        body();
        _exit(0);
    }
    (void)close(ends[1]);
    ck_assert_int_ge(read(ends[0], left.text, sizeof left.text - 1), 0);
    (void)close(ends[0]);
    ck_assert_int_eq(waitpid(child, &left.status, 0), child);
    left.status = WIFEXITED(left.status) ? WEXITSTATUS(left.status) : -1;
    return left;
}

/* Sizes that the compiler does not see. */
static volatile size_t huge = SIZE_MAX;

static void take_too_much(void)
{
    (void)lp_malloc(huge / 2 + 1);
}

static void multiply_too_much(void)
{
    (void)lp_calloc(huge, 2);
}

static void grow_too_much(void)
{
    (void)lp_realloc(lp_malloc(8), huge - 8);
}

static void library_takes_too_much(void)
{
    (void)lp_lib_calloc(huge / 2, 3);
}

static void worker_takes_too_much(void)
{
    lp_alloc_in_worker();
    take_too_much();
}

static void (*const demands[])(void) = {
    take_too_much,
    multiply_too_much,
    grow_too_much,
    library_takes_too_much,
};

START_TEST(parent_says_so_and_ends)
{
    struct left left = run(demands[_i]);
    ck_assert_int_eq(left.status, 3);
    ck_assert_str_eq(left.text, "lyncprobe: out of memory\n");
}
END_TEST

START_TEST(worker_ends_in_silence)
{
    struct left left = run(worker_takes_too_much);
    ck_assert_int_eq(left.status, LP_EXIT_NO_MEMORY);
    ck_assert_str_eq(left.text, "");
}
END_TEST

START_TEST(size_zero)
{
    ck_assert_ptr_null(lp_malloc(0));
    ck_assert_ptr_null(lp_calloc(0, 8));
    ck_assert_ptr_null(lp_calloc(8, 0));
    ck_assert_ptr_null(lp_realloc(NULL, 0));
    ck_assert_ptr_null(lp_realloc(lp_malloc(4), 0));
    lp_free(NULL);
}
END_TEST

START_TEST(library_size_zero)
{
    void *a = lp_lib_malloc(0);
    void *b = lp_lib_calloc(0, 8);
    ck_assert_ptr_nonnull(a);
    ck_assert_ptr_nonnull(b);
    a = lp_lib_realloc(a, 0);
    ck_assert_ptr_nonnull(a);
    lp_free(a);
    lp_free(b);
    a = lp_lib_realloc(NULL, 3);
    memcpy(a, "ab", 3);
    a = lp_lib_realloc(a, 4000);
    ck_assert_str_eq(a, "ab");
    lp_free(a);
}
END_TEST

START_TEST(content)
{
    char *text = lp_strdup("abc");
    text = lp_realloc(text, 1000);
    ck_assert_str_eq(text, "abc");
    text = lp_realloc(text, 2);
    ck_assert_int_eq(memcmp(text, "ab", 2), 0);
    lp_free(text);
    char *zeros = lp_calloc(10, 10);
    for (int i = 0; i < 100; i++)
        ck_assert_int_eq(zeros[i], 0);
    lp_free(zeros);
    char *copy = lp_lib_strdup("library");
    ck_assert_str_eq(copy, "library");
    lp_free(copy);
}
END_TEST

#ifdef LP_OOM

static void arm(const char *at, const char *mode, const char *side)
{
    (void)setenv("LP_OOM_AT", at, 1);
    (void)setenv("LP_OOM_MODE", mode, 1);
    (void)setenv("LP_OOM_SIDE", side, 1);
    (void)setenv("LP_OOM_REPORT", "2", 1);
    lp_alloc_arm_from_environment();
}

static void fails_third(void)
{
    arm("3", "once", "any");
    lp_free(lp_malloc(1));
    lp_free(lp_lib_malloc(1));
    (void)lp_malloc(1);
}

/* Status of a child that takes one block as a worker. */
static int worker_takes_one(void)
{
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        lp_alloc_in_worker();
        lp_free(lp_malloc(1));
        _exit(0);
    }
    (void)waitpid(child, &status, 0);
    return WEXITSTATUS(status);
}

static void once_is_once_for_all_processes(void)
{
    arm("1", "once", "worker");
    lp_free(lp_malloc(1));
    if (worker_takes_one() != LP_EXIT_NO_MEMORY || worker_takes_one() != 0)
        _exit(1);
}

static void forever_is_for_each(void)
{
    arm("2", "forever", "worker");
    if (worker_takes_one() != 0 || worker_takes_one() != LP_EXIT_NO_MEMORY ||
        worker_takes_one() != LP_EXIT_NO_MEMORY)
        _exit(1);
}

static void reports(void)
{
    arm("0", "once", "any");
    void *kept = lp_malloc(1);
    void *theirs = lp_lib_malloc(1);
    lp_free(lp_strdup("gone"));
    if (!kept || !theirs)
        _exit(1);
    lp_alloc_report();
}

static void frees_twice(void)
{
    char *block = lp_malloc(64);
    char *other = block;
    lp_free(block);
    other[-1] = other[-1]; /* the compiler may not see through */
    lp_free(other);
}

START_TEST(injection)
{
    struct left left = run(fails_third);
    ck_assert_int_eq(left.status, 3);
    ck_assert_str_eq(left.text, "lyncprobe: out of memory\n");
    ck_assert_int_eq(run(once_is_once_for_all_processes).status, 0);
    ck_assert_int_eq(run(forever_is_for_each).status, 0);
    ck_assert_str_eq(run(reports).text, "points 3 live 1\n");
}
END_TEST

START_TEST(double_free)
{
    ck_assert_int_eq(run(frees_twice).status, -1);
}
END_TEST

#endif

Suite *lp_suite_alloc(void)
{
    Suite *suite = suite_create("alloc");
    TCase *tc = tcase_create("alloc");
    tcase_add_loop_test(tc, parent_says_so_and_ends, 0, LP_COUNT(demands));
    tcase_add_test(tc, worker_ends_in_silence);
    tcase_add_test(tc, size_zero);
    tcase_add_test(tc, library_size_zero);
    tcase_add_test(tc, content);
#ifdef LP_OOM
    tcase_add_test(tc, injection);
    tcase_add_test(tc, double_free);
#endif
    suite_add_tcase(suite, tc);
    return suite;
}
