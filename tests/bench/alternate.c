/* alternate.c - runs commands in turn, many times, and prints what each of them takes
 *
 * usage: alternate RUNS -- COMMAND ARGUMENT... [-- COMMAND ARGUMENT...]...
 * One line a command: median and least wall time, median CPU time (with the processes that
 * it waited for), in microseconds. In turn, so that whatever slows the machine slows all of
 * them. Their output is thrown away; one run of each comes first and does not count.
 */
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MAX_COMMANDS = 4, MAX_RUNS = 999 };

extern char **environ;

struct command {
    char **argv;
    int64_t wall[MAX_RUNS], cpu[MAX_RUNS];
};

static int64_t now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static int64_t cpu_us(const struct rusage *usage)
{
    int64_t seconds = (int64_t)usage->ru_utime.tv_sec + usage->ru_stime.tv_sec;
    return seconds * 1000000 + usage->ru_utime.tv_usec + usage->ru_stime.tv_usec;
}

/* False: the command could not be run to its end. */
static bool run(struct command *c, const posix_spawn_file_actions_t *actions, size_t at)
{
    struct rusage usage;
    int status;
    pid_t pid;
    int64_t start = now_us();

    if (posix_spawnp(&pid, c->argv[0], actions, NULL, c->argv, environ) != 0 ||
        wait4(pid, &status, 0, &usage) != pid || !WIFEXITED(status) || WEXITSTATUS(status) > 3) {
        fprintf(stderr, "alternate: %s failed\n", c->argv[0]);
        return false;
    }
    c->wall[at] = now_us() - start;
    c->cpu[at] = cpu_us(&usage);
    return true;
}

static int compare(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void print(struct command *c, size_t runs)
{
    qsort(c->wall, runs, sizeof c->wall[0], compare);
    qsort(c->cpu, runs, sizeof c->cpu[0], compare);
    printf("%lld %lld %lld\n", (long long)c->wall[runs / 2], (long long)c->wall[0],
           (long long)c->cpu[runs / 2]);
}

/* Cuts the arguments at each "--". Returns the number of commands. */
static size_t cut(struct command *commands, int argc, char **argv)
{
    size_t n = 0;

    for (int i = 2; i < argc; i++) {
        if (strcmp(argv[i], "--") != 0)
            continue;
        if (n == MAX_COMMANDS || i + 1 == argc)
            return 0;
        argv[i] = NULL;
        commands[n++].argv = argv + i + 1;
    }
    return n;
}

int main(int argc, char **argv)
{
    static struct command commands[MAX_COMMANDS];
    posix_spawn_file_actions_t actions;
    size_t n = argc > 3 ? cut(commands, argc, argv) : 0;
    long runs = n > 0 ? strtol(argv[1], NULL, 10) : 0;

    if (runs < 1 || runs > MAX_RUNS) {
        fprintf(stderr, "usage: alternate RUNS -- COMMAND ARGUMENT... [-- COMMAND...]...\n");
        return EXIT_FAILURE;
    }
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    for (long i = -1; i < runs; i++)
        for (size_t k = 0; k < n; k++)
            if (!run(&commands[k], &actions, i < 0 ? 0 : (size_t)i))
                return EXIT_FAILURE;
    posix_spawn_file_actions_destroy(&actions);
    for (size_t k = 0; k < n; k++)
        print(&commands[k], (size_t)runs);
    return EXIT_SUCCESS;
}
