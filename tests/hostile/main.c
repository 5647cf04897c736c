/* main.c - plays one hostile behaviour while a command runs, and measures the command */
#include "hostile.h"

#include <net/if.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../lab/lab.h"

static const char usage[] =
    "Usage: hostile NAME ROOTS MEASURES COMMAND ARGUMENT...\n"
    "       hostile --list\n"
    "Inside lplab: a name server on " HP_SERVER " passes on what the lab says, but plays the\n"
    "behaviour NAME, while COMMAND runs. Our root certificate is added to the file ROOTS.\n"
    "MEASURES gets one line: exit status, milliseconds, those that COMMAND waited for a\n"
    "processor, peak KiB, connections to forbidden places.\n";

const struct hp_row *hp_row_find(const char *name)
{
    for (size_t t = 0; hp_tables[t] != NULL; t++)
        for (const struct hp_row *row = hp_tables[t]; row->name != NULL; row++)
            if (strcmp(row->name, name) == 0)
                return row;
    return NULL;
}

static const struct {
    const char *attacked, *spared;
} bystanders[] = {
    { "sip", "lyncdiscover webext access" },
    { "sip *", "lyncdiscover webext access" },
    { "lyncdiscover", "sip access" },
    { "_sip._tls SRV", "lyncdiscover webext sip" },
    { "* *", "-" },
};

static const char *spared_by(const struct hp_row *row)
{
    const char *attacked = row->wide           ? "_sip._tls SRV"
                           : row->host != NULL ? row->host
                                               : row->question;

    for (size_t i = 0; row->spared == NULL && i < sizeof bystanders / sizeof bystanders[0]; i++)
        if (attacked != NULL && strcmp(attacked, bystanders[i].attacked) == 0)
            return bystanders[i].spared;
    return row->spared != NULL ? row->spared : "lyncdiscover webext sip access";
}

static int list(void)
{
    for (size_t t = 0; hp_tables[t] != NULL; t++)
        for (const struct hp_row *row = hp_tables[t]; row->name != NULL; row++)
            printf("%s\t%s\t%s\n", row->name, spared_by(row), row->expect);
    return fflush(stdout) == 0 ? 0 : 70;
}

static double now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* A process group of its own: its connections end with it. A real peer is on another
 * machine: it must not take the processor away from what is measured. */
static pid_t start_server(const struct hp_row *row)
{
    pid_t pid = fork();

    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        setpgid(0, 0);
        setpriority(PRIO_PROCESS, 0, 10);
        hp_serve(row);
    }
    if (pid > 0)
        setpgid(pid, pid);
    return pid;
}

/* How long a process that is over had to wait for a processor; 0 where the kernel does not
 * tell. */
static double waited_ms(pid_t pid)
{
    char path[64];
    unsigned long long ran, waited = 0;
    FILE *in;

    snprintf(path, sizeof path, "/proc/%d/schedstat", (int)pid);
    in = fopen(path, "re");
    if (in == NULL)
        return 0;
    if (fscanf(in, "%llu %llu", &ran, &waited) != 2)
        waited = 0;
    fclose(in);
    return (double)waited / 1e6;
}

/* Peak memory is that of the largest of its processes: wait4 counts grandchildren. */
static bool measure(const char *path, char **command)
{
    struct rusage use;
    siginfo_t info;
    double start = now_ms(), end, waited;
    int status = 0;
    pid_t pid = fork();
    FILE *out;

    if (pid == 0) {
        execvp(command[0], command);
        _exit(127);
    }
    if (pid < 0 || waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT) != 0)
        return false;
    end = now_ms();
    waited = waited_ms(pid);
    if (wait4(pid, &status, 0, &use) != pid)
        return false;
    out = fopen(path, "we");
    if (out == NULL)
        return false;
    fprintf(out, "%d %.0f %.0f %ld %u\n",
            WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), end - start, waited,
            use.ru_maxrss, hp_trapped());
    return fclose(out) == 0;
}

static int play(const struct hp_row *row, char **argv)
{
    pid_t server;
    bool ok;

    lab_address_add((int)if_nametoindex("lo"), "169.254.169.254", 32);
    if (!hp_forge_start(argv[2]) || !hp_listen_all(row)) {
        fprintf(stderr, "hostile: cannot listen; is this inside lplab?\n");
        return 70;
    }
    server = start_server(row);
    ok = server > 0 && measure(argv[3], argv + 4);
    if (server > 0) {
        kill(-server, SIGKILL);
        waitpid(server, NULL, 0);
    }
    return ok ? 0 : 70;
}

int main(int argc, char **argv)
{
    const struct hp_row *row;

    if (argc == 2 && strcmp(argv[1], "--list") == 0)
        return list();
    row = argc > 4 ? hp_row_find(argv[1]) : NULL;
    if (row == NULL) {
        fputs(usage, stderr);
        return 64;
    }
    return play(row, argv);
}
