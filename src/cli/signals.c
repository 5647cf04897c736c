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

/* What our caller ignores (nohup, a shell's background) stays ignored. */
static bool is_ignored(int number)
{
    struct sigaction action;
    return sigaction(number, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

const volatile int *lp_signals_catch(void)
{
    static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
    for (size_t i = 0; i < LP_COUNT(numbers); i++) {
        if (!is_ignored(numbers[i]))
            set(numbers[i], on_signal);
    }
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
