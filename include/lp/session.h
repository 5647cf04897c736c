/* session.h - what one run writes: every walk judged and rendered once for each place that wants
 * it. For src/cli only. */
#ifndef LP_SESSION_H
#define LP_SESSION_H

#include "lp/options.h"

struct lp_outlet; /* private: one place */

struct lp_session {
    const struct lp_config *config;
    size_t walks; /* that are to come: several make one document of a format that has such */
    struct lp_outlet *outlets;
    size_t outlet_count;
    int status;  /* worst so far (DESIGN 5) */
    bool failed; /* something could not be written */
    bool ended;  /* nobody is left to write for */
    struct lp_progress progress;
    bool shows_progress;
};

/* Opens all places. False: one cannot be written; nothing is left of the others. */
LP_MUST_CHECK bool lp_session_open(struct lp_session *session, const struct lp_config *config,
                                   size_t walks, struct lp_error *error);
/* Judges the log, writes the reports, frees all that it took. */
void lp_session_take(struct lp_session *session, const struct lp_log *log);
/* Files get their names. Returns the exit status: the worst verdict, or LP_EXIT_UNDECIDED when
 * something could not be written. */
int lp_session_close(struct lp_session *session);
/* Nothing is left of the files. */
void lp_session_drop(struct lp_session *session);

/* Once at the start: what a caller has blocked is let through; an error of write says what
 * SIGPIPE and SIGXFSZ would. */
void lp_signals_begin(void);
/* From now on the first SIGINT, SIGTERM or SIGHUP sets the flag to its number; another one, not
 * within 100 ms, ends the process. */
const volatile int *lp_signals_catch(void);
/* Sets the flag as a signal would. */
void lp_signals_raise(void);

/* Worst of two exit statuses: a user who fails outweighs what is not known. */
int lp_worse(int a, int b);

#endif
