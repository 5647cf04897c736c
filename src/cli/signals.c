/* signals.c - a signal asks for a report of what is known; a second one does not wait for it */
#include <signal.h>
#include <unistd.h>

#include "lp/session.h"

/* Written by the handler, read by lp_run. */
static volatile int interrupted;

static void on_signal(int number)
{
    if (interrupted)
        _exit(128 + number);
    interrupted = number;
}

static void set(int number, void (*handler)(int))
{
    struct sigaction action = { .sa_handler = handler };
    sigemptyset(&action.sa_mask);
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
