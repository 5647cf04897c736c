/* session.h - what one run writes: every walk judged and rendered once for each place that wants
 * it. For src/cli only. */
#ifndef LP_SESSION_H
#define LP_SESSION_H

#include "lp/options.h"
#include "lp/prior.h"
#include "lp/record.h"

struct lp_outlet; /* private: one place */

struct lp_session {
    const struct lp_config *config;
    size_t walks; /* that are to come: several make one document of a format that has such */
    struct lp_outlet *outlets;
    size_t outlet_count;
    struct lp_prior prior; /* the walk before, when a format looks back */
    int status;            /* worst so far (DESIGN 5) */
    bool failed;           /* something could not be written */
    bool ended;            /* nobody is left to write for */
    struct lp_progress progress;
    bool shows_progress;
};

/* Opens all places. One that cannot be written is said on standard error, the others get their
 * reports all the same. False: none can be written; nothing is left open. */
LP_MUST_CHECK bool lp_session_open(struct lp_session *session, const struct lp_config *config,
                                   size_t walks);
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

/* The status as far as --fail-on lets it be a failure. */
int lp_soften(const struct lp_config *config, int status);

/* ---- documents that are made in one piece: plans, comparisons (whole.c) ---- */

struct lp_whole_document {
    const void *self;
    /* output NULL: standard output. */
    void (*render)(const void *self, const struct lp_config *config, const struct lp_output *output,
                   struct lp_buf *out);
};
/* How text looks there; output NULL: on standard output. */
struct lp_style lp_style_of_output(const struct lp_config *config, const struct lp_output *output);
/* Files, then standard output (unless -q). Returns 0, or LP_EXIT_UNDECIDED when something could
 * not be written. */
int lp_write_whole(const struct lp_config *config, const struct lp_whole_document *document);

/* ---- recordings (recording.c) ---- */

/* Loads one file, "-" is standard input, into the arena of config. False: error says why. */
LP_MUST_CHECK bool lp_recording_open(const struct lp_config *config, struct lp_str path,
                                     struct lp_recording *out, struct lp_error *error);
/* What was said on this command line counts more than what was said when it was recorded: view,
 * client, topology, roots. Returns 0, or the exit status for error. */
int lp_recording_apply(const struct lp_config *config, const struct lp_recording *recording,
                       struct lp_error *error);

/* ---- --changed-since (changed.c) ---- */

/* The recording of an earlier run; n 0: there was none, so everything is new. */
struct lp_earlier {
    struct lp_recording recording;
};
/* Sets config->earlier from the file of --changed-since, which may not be there yet; nothing
 * without the option. False: it is no recording; error says why. */
LP_MUST_CHECK bool lp_earlier_take(struct lp_config *config, struct lp_error *error);
/* Has something changed that people want to hear of: the verdict, a finding, something that is
 * broken, mended, new or gone? True without an earlier walk of that domain and view. */
bool lp_earlier_differs(const struct lp_config *config, const struct lp_judgement *now);

/* ---- live ---- */

/* What the command line says about a run over these domains; the sink is the caller's to set. */
struct lp_run_options lp_run_options_of(const struct lp_config *config, struct lp_domains *domains);

/* Does the system give random numbers? False: error says so. */
LP_MUST_CHECK bool lp_has_random(struct lp_error *error);

/* Worst of two exit statuses: a user who fails outweighs what is not known. */
int lp_worse(int a, int b);

#endif
