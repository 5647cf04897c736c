/* signals.c - a signal asks for a report of what is known; a second one does not wait for it */
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include "lp/session.h"

enum { TOGETHER_MS = 100 };

/* Written by the handler, read by lp_run. */
static volatile int interrupted;
/* When the first signal came; only the handler looks at it, and no signal interrupts that. */
static int64_t first_ms;

static int64_t now_ms(void)
{
    struct timespec t = { 0, 0 };
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* timeout(1) signals the process and then its group: what comes so close together is one signal. */
static void on_signal(int number)
{
    if (interrupted && now_ms() - first_ms > TOGETHER_MS)
        _exit(128 + number);
    if (interrupted)
        return;
    first_ms = now_ms();
    interrupted = number;
}

static void set(int number, void (*handler)(int))
{
    struct sigaction action = { .sa_handler = handler };
    sigfillset(&action.sa_mask);
    sigaction(number, &action, NULL);
}

/* nohup: a caller that ignores SIGHUP wants it ignored. (Shells ignore SIGINT for what runs in the
 * background; there it is meant all the same when it comes.) */
static bool ignores_hangup(void)
{
    struct sigaction action;
    return sigaction(SIGHUP, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

const volatile int *lp_signals_catch(void)
{
    set(SIGINT, on_signal);
    set(SIGTERM, on_signal);
    if (!ignores_hangup())
        set(SIGHUP, on_signal);
    return &interrupted;
}

void lp_signals_raise(void)
{
    if (!interrupted)
        interrupted = SIGPIPE;
}

void lp_signals_begin(void)
{
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    set(SIGPIPE, SIG_IGN);
    set(SIGXFSZ, SIG_IGN);
}
