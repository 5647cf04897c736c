/* options.h - the command line: one row an option; usage, manual and completions are generated from
 * the rows. */
#ifndef LP_OPTIONS_H
#define LP_OPTIONS_H

#include "lp/report.h"
#include "lp/run.h"
#include "lp/setup.h"

/* Exit statuses beside the verdicts (DESIGN 5, sysexits). */
enum { LP_EXIT_UNDECIDED = 3, LP_EXIT_USAGE = 64, LP_EXIT_DATA = 78 };

/* -o FORMAT=FILE */
struct lp_output {
    const struct lp_renderer *renderer;
    const char *path;
};

struct lp_command;

/* What the command line said. Strings point into argv or the arena. */
struct lp_config {
    struct lp_arena *arena;
    const struct lp_command *command;
    struct lp_list words;   /* struct lp_str: domains, or the command's own words */
    struct lp_list servers; /* struct lp_server; empty: the system's */
    struct lp_list outputs; /* struct lp_output */
    struct lp_list allow;   /* struct lp_str */
    struct lp_list resolve; /* struct lp_resolve_rule */
    struct lp_list connect_to;
    struct lp_list answer;
    struct lp_list deny;
    const char *list_file;                                         /* NULL none; "-" stdin */
    const char *private_file, *public_file, *cert_file, *key_file; /* NULL none */
    const struct lp_renderer *format;
    struct lp_str view; /* "auto" "internal" "external" */
    struct lp_str client;
    struct lp_str color; /* "auto" "always" "never" */
    int64_t timeout_us, connect_us, dns_us;
    int64_t workers, parallel, rate;
    int64_t verbosity;
    bool only4, only6;
    bool quiet, ascii, no_progress, no_sandbox;
    bool help, version, dump_man;
    struct lp_str help_topic; /* "all" of --help=all */
};

struct lp_option {
    char letter;       /* 0: none */
    const char *name;  /* without dashes */
    const char *value; /* word for the value; NULL: takes none */
    const char *text;  /* one line of help */
    const char *group; /* heading in --help=all and the manual */
    /* Puts the value (NULL for a flag) at its place in the configuration. False: error says what is
     * wrong with it. */
    bool (*set)(struct lp_config *config, void *at, struct lp_str value, struct lp_error *error);
    size_t offset; /* of the member in struct lp_config */
};
extern const struct lp_option lp_options[];
extern const size_t lp_option_count;

/* A subcommand: one row. */
struct lp_command {
    const char *name;
    const char *words; /* for the usage: "[USER@]DOMAIN..." */
    const char *text;
    int (*run)(struct lp_config *config); /* returns the exit status */
};
extern const struct lp_command lp_commands[];
extern const size_t lp_command_count;

/* Fills config with defaults, then from argv. False: error is one line that names the word and the
 * nearest valid one. */
LP_MUST_CHECK bool lp_options_parse(struct lp_config *config, int argc, char **argv,
                                    struct lp_error *error);

/* Appends a copy of item (size bytes) to a list in the arena. */
void lp_list_push(struct lp_arena *arena, struct lp_list *list, const void *item, size_t size);

/* Fails with "... NEAREST" where words (n of them) has one that is near. */
bool lp_fail_near(struct lp_error *error, const char *what, struct lp_str word,
                  const char *const *words);

/* "@192.0.2.53", "@[2001:db8::53]:5353", "@inside=10.0.0.53": one server. */
LP_MUST_CHECK bool lp_server_parse(struct lp_config *config, struct lp_str word,
                                   struct lp_error *error);
/* The servers of /etc/resolv.conf as one entry "system"; 127.0.0.1 when there is none. */
void lp_server_system(struct lp_arena *arena, struct lp_list *servers);

/* Converters for --resolve, --connect-to, --answer, --deny. */
bool lp_set_resolve(struct lp_config *config, void *at, struct lp_str value,
                    struct lp_error *error);
bool lp_set_connect(struct lp_config *config, void *at, struct lp_str value,
                    struct lp_error *error);
bool lp_set_answer(struct lp_config *config, void *at, struct lp_str value, struct lp_error *error);
bool lp_set_deny(struct lp_config *config, void *at, struct lp_str value, struct lp_error *error);

/* Where walks come from: the words, then the list file; each domain twice when both views are
 * asked. */
struct lp_domains;
/* False: a word is no domain, or the file cannot be opened. */
LP_MUST_CHECK bool lp_domains_open(struct lp_config *config, struct lp_domains **out,
                                   struct lp_error *error);
bool lp_domains_next(void *domains, struct lp_arena *arena,
                     struct lp_setup *setup); /* for lp_walk_source */
/* Lines of the list that were refused so far. */
size_t lp_domains_refused(const struct lp_domains *domains);
void lp_domains_close(struct lp_domains *domains);

/* Writes all of it to stdout. False: error ("stdout: No space left on device"). */
LP_MUST_CHECK bool lp_put_stdout(struct lp_str bytes, struct lp_error *error);
/* Writes a file aside in the same directory, syncs, renames; a symbolic link is replaced, never
 * followed. */
LP_MUST_CHECK bool lp_put_file(const char *path, struct lp_str bytes, struct lp_error *error);

/* Help, from the tables. */
void lp_help(struct lp_buf *out, bool all);
void lp_dump_man(struct lp_buf *out);
/* The style for stdout: colour, ASCII, width. */
struct lp_style lp_style_for(const struct lp_config *config);
/* The progress line on stderr. */
bool lp_progress_is_wanted(const struct lp_config *config);
void lp_progress_show(void *self, size_t answered, size_t walks, lp_usec elapsed);
void lp_progress_clear(void);

/* The commands. */
int lp_command_walk(struct lp_config *config);
int lp_command_report(struct lp_config *config);
int lp_command_explain(struct lp_config *config);
int lp_command_list(struct lp_config *config);
/* Prints "lyncprobe: TEXT" on stderr, harmless, and returns status. */
int lp_complain(const struct lp_error *error, int status);

#endif
