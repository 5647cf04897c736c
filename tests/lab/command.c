/* command.c - COMMAND in the lab: its environment, its signals, its end */
#include "lab.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATIENCE_US = 2000000, NOT_FOUND = 127, BY_SIGNAL = 128, ARGS = 1536 };

/* The arguments that give lyncprobe this view. In a namespace no address needs an excuse:
 * name servers are exempt from the address guard. */
static void view_args(const struct lab *lab, enum lab_view view, char *out, size_t size)
{
    bool inside = view == LAB_INTERNAL;

    char what[640];

    snprintf(what, sizeof what, lab->world == NULL ? "%s" : "check -t %s/topology.yaml",
             lab->world == NULL ? LAB_DOMAIN : lab->dir);
    snprintf(out, size,
             "%s @127.77.%d.53 --view %s --cacert %s/private-root.pem "
             "--public-cacert %s/public-root.pem%s",
             what, inside ? 1 : 2, inside ? "internal" : "external", lab->dir, lab->dir,
             lab->where == LAB_LOOPBACK ? " --allow-net 127.77.0.0/16" : "");
}

/* A fault's args column, where it holds arguments (and not a variable or a wrapper). */
static const char *extra_args(const struct lab *lab)
{
    const char *args = lab->options->fault->args;
    bool plain = args != NULL && strncmp(args, "ENV:", 4) != 0 && strncmp(args, "PRE:", 4) != 0;

    return plain ? args : "";
}

static void give(const char *name, const char *value, bool print)
{
    setenv(name, value, 1);
    if (print)
        printf("%s=%s\n", name, value);
}

/* The lab's variables into the environment; printed as well where a human reads them. */
static void environment(const struct lab *lab, bool print)
{
    const struct lab_options *o = lab->options;
    int view = o->view < 0 ? (int)o->fault->view : o->view;
    char args[ARGS], all[2 * ARGS];

    give("LPLAB_DIR", lab->dir, print);
    give("LPLAB_WHERE", lab->where == LAB_LOOPBACK ? "loopback" : "namespace", print);
    give("LPLAB_FAULT", o->fault->name, print);
    give("LPLAB_INSIDE", "127.77.1.53", print);
    give("LPLAB_OUTSIDE", "127.77.2.53", print);
    view_args(lab, LAB_INTERNAL, args, sizeof args);
    give("LPLAB_ARGS_INSIDE", args, print);
    view_args(lab, LAB_EXTERNAL, args, sizeof args);
    give("LPLAB_ARGS_OUTSIDE", args, print);
    view_args(lab, view == LAB_INTERNAL ? LAB_INTERNAL : LAB_EXTERNAL, args, sizeof args);
    snprintf(all, sizeof all, "%s%s%s", args, extra_args(lab)[0] == '\0' ? "" : " ",
             extra_args(lab));
    give("LPLAB_ARGS", all, print);
}

/* In the child: nothing of the lab but the environment. */
static void become(const struct lab *lab, pid_t parent)
{
    sigset_t none;

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(LAB_EXIT_FAILED);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    environment(lab, false);
    execvp(lab->options->command[0], lab->options->command);
    fprintf(stderr, "lplab: %s: %s\n", lab->options->command[0], strerrordesc_np(errno));
    _exit(NOT_FOUND);
}

/* How to get into the namespace of a lab that stays in the foreground. */
static void announce(const struct lab *lab)
{
    environment(lab, true);
    if (lab->where == LAB_NAMESPACE)
        printf("nsenter -t %ld %s\n", (long)getpid(),
               lab->user_namespace ? "-U -n --preserve-credentials" : "-n");
    fflush(stdout);
}

bool lab_command_start(struct lab *lab)
{
    pid_t parent = getpid();

    if (lab->options->command == NULL) {
        announce(lab);
        return true;
    }
    lab->child = fork();
    if (lab->child == 0)
        become(lab, parent);
    return lab->child > 0;
}

static void reap(struct lab *lab)
{
    int status;
    pid_t pid;

    while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
        if (pid != lab->child)
            continue; /* an orphan of COMMAND */
        lab->status = WIFEXITED(status) ? WEXITSTATUS(status) : BY_SIGNAL + WTERMSIG(status);
        lab->child = 0;
        lab->done = true;
    }
}

/* Asks COMMAND to end; it gets two seconds for it. */
static void stop(struct lab *lab)
{
    if (lab->child == 0) {
        lab->done = true;
        return;
    }
    kill(lab->child, SIGTERM);
    if (lab->kill_us == 0)
        lab->kill_us = lab_now_us() + PATIENCE_US;
}

void lab_command_signal(struct lab *lab)
{
    struct signalfd_siginfo info;

    if (read(lab->signals, &info, sizeof info) != (ssize_t)sizeof info)
        return;
    if (info.ssi_signo == SIGCHLD)
        reap(lab);
    else
        stop(lab);
}

void lab_command_timer(struct lab *lab)
{
    if (lab->kill_us == 0 || lab_now_us() < lab->kill_us)
        return;
    kill(lab->child, SIGKILL);
    lab->kill_us = 0;
}

/* Children of this process, orphans that came to it included, get SIGKILL. */
static void kill_children(void)
{
    FILE *list = fopen("/proc/thread-self/children", "re");
    char text[4096];
    char *at = text, *end;
    size_t len;

    if (list == NULL)
        return;
    len = fread(text, 1, sizeof text - 1, list);
    fclose(list);
    text[len] = '\0';
    for (long pid = strtol(at, &end, 10); end != at; pid = strtol(at, &end, 10)) {
        kill((pid_t)pid, SIGKILL);
        at = end;
    }
}

void lab_orphans_end(void)
{
    do {
        kill_children();
    } while (waitpid(-1, NULL, 0) > 0 || errno == EINTR);
}
