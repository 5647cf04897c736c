/* options.h - the command line: one row an option; usage, manual and completions are generated from
 * the rows. */
#ifndef LP_OPTIONS_H
#define LP_OPTIONS_H

#include "lp/compare_render.h"
#include "lp/plan_render.h"
#include "lp/report.h"
#include "lp/run.h"
#include "lp/setup.h"

/* Exit statuses beside the verdicts (DESIGN 5, sysexits). */
enum { LP_EXIT_UNDECIDED = 3, LP_EXIT_USAGE = 64, LP_EXIT_DATA = 78 };

/* -o FORMAT=FILE */
struct lp_output {
    const struct lp_renderer *renderer; /* of a report; NULL: there is none of that name */
    const char *path;
    const struct lp_plan_renderer *plan;       /* of a plan; NULL: none */
    const struct lp_compare_renderer *compare; /* of a comparison; NULL: none */
};

/* --zone-file ORIGIN:FILE */
struct lp_zone_file {
    struct lp_str origin; /* lower case, no trailing dot */
    const char *path;     /* "-" stdin */
};

struct lp_command;
struct lp_earlier; /* session.h */
struct lp_topology;
struct lp_personality;

/* What the command line said. Strings point into argv or the arena. */
struct lp_config {
    struct lp_arena *arena;
    const struct lp_personality *who; /* by the name that the program is called by */
    const struct lp_command *command;
    struct lp_list words;   /* struct lp_str: domains, or the command's own words */
    struct lp_list servers; /* struct lp_server; empty: the system's */
    struct lp_list outputs; /* struct lp_output */
    struct lp_list allow;   /* struct lp_str */
    struct lp_list resolve; /* struct lp_resolve_rule */
    struct lp_list connect_to;
    struct lp_list answer;
    struct lp_list deny;
    struct lp_list zone_files;          /* struct lp_zone_file */
    struct lp_list zones;               /* struct lp_zone: what they hold, once read */
    const char *list_file;              /* NULL none; "-" stdin */
    const char *topology_file;          /* NULL none; "-" stdin */
    const char *earlier_file;           /* --changed-since; NULL none */
    const struct lp_earlier *earlier;   /* what it holds, for a command that has loaded it */
    const struct lp_topology *topology; /* what it holds, for a command that has loaded it */
    const char *certificate_file;       /* of check; NULL none */
    struct lp_str role; /* of that file's certificate; unset: the one that fits best */
    const char *private_file, *public_file, *cert_file, *key_file; /* NULL none */
    /* The format of -f; NULL: there is none of that name among the command's. */
    const struct lp_renderer *format;
    const struct lp_plan_renderer *plan_format;
    const struct lp_compare_renderer *compare_format;
    struct lp_str view;   /* "auto" "internal" "external"; unset: auto, or as recorded */
    struct lp_str client; /* unset: lync2013, or as recorded */
    struct lp_str color;  /* "auto" "always" "never" */
    int64_t timeout_us, connect_us, dns_us;
    int64_t window; /* seconds; 0: none */
    int64_t workers, parallel, rate;
    int64_t days_warning,
        days_critical;         /* of certificates; -1: those of the topology, else 45, 14 */
    struct lp_list thresholds; /* struct lp_threshold */
    struct lp_str fail_on;     /* "critical" "warning" "never"; unset: warning */
    int64_t verbosity;
    bool only4, only6;
    bool all_ns, until_propagated, deep;
    bool apart; /* each server drives a walk of its own, whatever its name */
    bool quiet, ascii, no_progress, no_sandbox;
    bool help, version;
    struct lp_str help_topic;   /* "all" of --help=all */
    struct lp_str completion;   /* shell of --dump-completion; unset none */
    const struct lp_lang *lang; /* of --lang; NULL: English */
    struct lp_str dump_part;    /* of --dump-roff; unset none */
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
extern const struct lp_option lp_check_options[]; /* of check_lync */
extern const size_t lp_check_option_count;

/* Which contract holds: that of a command, or that of a monitoring plugin (ux.md 2.1). */
struct lp_personality {
    const char *name; /* that the program is called by */
    const struct lp_option *options;
    const size_t *count;
    bool plugin; /* no subcommands; help, version, wrong usage and wrong data are all status 3 */
};
/* By the last part of argv[0]; NULL or another name: lyncprobe. Never NULL. */
const struct lp_personality *lp_personality_of(const char *called);

/* What a subcommand takes beside words and the options of all. */
enum {
    LP_COMMAND_TOPOLOGY = 1, /* -t FILE */
    LP_COMMAND_PLANS = 2,    /* its formats are those of plan_render.h */
    LP_COMMAND_SPEAKS = 8,   /* other languages than English, --lang */
    LP_COMMAND_COMPARES = 4, /* its formats are those of compare_render.h */
};

/* A subcommand: one row. */
struct lp_command {
    const char *name;
    const char *words; /* for the usage: "[USER@]DOMAIN..." */
    const char *text;
    int (*run)(struct lp_config *config); /* returns the exit status */
    unsigned takes;                       /* LP_COMMAND_* */
};
extern const struct lp_command lp_commands[];
extern const size_t lp_command_count;

/* Fills config with defaults, then from argv. False: error is one line that names the word and the
 * nearest valid one. */
LP_MUST_CHECK bool lp_options_parse(struct lp_config *config, int argc, char **argv,
                                    struct lp_error *error);

/* Fails with "WHAT: WORD; did you mean NEAREST?". */
bool lp_fail_near(struct lp_error *error, const char *what, struct lp_str word,
                  const char *const *words);
/* Cuts the next word off that stands between blanks; empty: there is none. */
struct lp_str lp_take_word(struct lp_str *rest);

/* "@192.0.2.53", "@[2001:db8::53]:5353", "@inside=10.0.0.53": one server more. */
LP_MUST_CHECK bool lp_server_parse(struct lp_config *config, struct lp_str word,
                                   struct lp_error *error);
/* The name servers in the text of a resolv.conf, three at most: struct lp_str "ADDRESS:PORT". */
void lp_servers_read(struct lp_arena *arena, struct lp_str text, struct lp_list *addresses);
/* Adds those of /etc/resolv.conf as one server "system"; 127.0.0.1 when there is none, as libc
 * does. */
void lp_server_system(struct lp_arena *arena, struct lp_list *servers);

enum { LP_DOMAINS_MAX = 100000 }; /* of one run */

/* Where walks come from: the words, then the list file; each domain once, but a walk for each
 * view when both are asked. */
struct lp_domains;
/* Reads the list whole, so that a slow one costs no walk its time; lines that are no domains are
 * said on stderr and passed over. False: a word is no domain, or the list cannot be read. */
LP_MUST_CHECK bool lp_domains_open(const struct lp_config *config, struct lp_domains **out,
                                   struct lp_error *error);
/* For lp_walk_source: self is the struct lp_domains. */
bool lp_domains_next(void *domains, struct lp_arena *arena, struct lp_setup *setup);
/* From the first walk again. */
void lp_domains_rewind(struct lp_domains *domains);
size_t lp_domains_walks(const struct lp_domains *domains);
/* False: some of the list was refused, or stood beyond a limit. */
bool lp_domains_whole(const struct lp_domains *domains);
void lp_domains_close(struct lp_domains *domains);

/* A descriptor to read from, "-" is standard input; -1: errno says why. Does not wait for a FIFO's
 * writer. */
int lp_open_input(const char *path);
/* Appends the bytes of a file ("-" is standard input) up to the buffer's limit. False: error says
 * why it cannot be read. */
LP_MUST_CHECK bool lp_read_input(const char *path, struct lp_buf *out, struct lp_error *error);
/* How messages call the file: "standard input" for "-". */
struct lp_str lp_input_name(const char *path);
/* Reads the files of --zone-file into config->zones. False: "FILE:LINE: ...", or why one cannot be
 * read. */
LP_MUST_CHECK bool lp_zones_take(struct lp_config *config, struct lp_error *error);
/* What a walk's setup says of them: struct lp_zone_rule. */
struct lp_list lp_zone_rules(struct lp_arena *arena, const struct lp_config *config);
/* The topology in a file, "-" is standard input; private_roots get the file's folder before them.
 * Everything lives in the arena. False: error is "FILE:LINE:COLUMN: ...", or says why the file
 * cannot be read. */
LP_MUST_CHECK bool lp_topology_load(struct lp_arena *arena, const char *path,
                                    struct lp_topology *out, struct lp_error *error);

/* A place that a report goes to: standard output, or a file that gets its name when it is whole. */
struct lp_sink {
    const char *path; /* NULL: standard output */
    char *aside;      /* the file's name until then */
    int fd;           /* -1: not open */
};
/* A file: refuses what is there and no regular file; a symbolic link will be replaced, never
 * followed. aside lives in the arena. */
LP_MUST_CHECK bool lp_sink_open(struct lp_sink *sink, const char *path, struct lp_arena *arena,
                                struct lp_error *error);
/* All of the bytes. False: error ("standard output: No space left on device"). */
LP_MUST_CHECK bool lp_sink_put(const struct lp_sink *sink, struct lp_str bytes,
                               struct lp_error *error);
/* Syncs the file and gives it its name. False: nothing has changed under that name. */
LP_MUST_CHECK bool lp_sink_keep(struct lp_sink *sink, struct lp_error *error);
/* Nothing is left of the file. Harmless when it is not open. */
void lp_sink_drop(struct lp_sink *sink);
/* A short text of ours to standard output; returns the exit status. */
int lp_print(const struct lp_buf *text);
/* The same of a page in the language of config, as the terminal can show it: English is ASCII, the
 * other languages are not. */
int lp_print_page(const struct lp_config *config, const struct lp_buf *page);
/* A text of ours in the language of config, such as the format of a complaint. */
const char *lp_in_lang(const struct lp_config *config, const char *text)
    __attribute__((format_arg(2)));

/* The walks of lp_domains_next, each with the name servers of its own zone at the end of its list
 * (--all-ns). `domains` is set, the rest zeroed: nothing is added. */
struct lp_own_servers {
    struct lp_domains *domains;
    struct lp_list found; /* struct lp_list of struct lp_server, one a walk */
    size_t next;          /* walk to hand out */
};
/* With --all-ns: looks them up in a run of its own; a domain without any is said on stderr. False:
 * the run could not be started. */
LP_MUST_CHECK bool lp_own_servers_find(const struct lp_config *config, struct lp_own_servers *own,
                                       struct lp_error *error);
/* For lp_walk_source: self is the struct lp_own_servers. */
bool lp_own_servers_next(void *own, struct lp_arena *arena, struct lp_setup *setup);

/* Help, from the tables. */
void lp_help(struct lp_buf *out, const struct lp_lang *lang, bool all);
void lp_check_help(struct lp_buf *out); /* of check_lync */
/* The completion script for "bash", "zsh" or "fish", from the tables. False: another shell. */
bool lp_dump_completion(struct lp_buf *out, struct lp_str shell);
/* What a manual page takes from the tables, as roff: "OPTIONS", "CHECK" (those of check_lync),
 * "METRICS", "FORMATS", "KEYS", "FINDINGS". False: no such part. */
bool lp_dump_roff(struct lp_buf *out, struct lp_str part);
/* The part "KEYS": the keys of a topology file, from the reader's tables. */
void lp_dump_keys(struct lp_buf *out);

/* How text looks on standard output: colour, ASCII, width. */
struct lp_style lp_style_for(const struct lp_config *config);

/* The progress line on stderr; zeroed: nothing shown yet. */
struct lp_progress {
    lp_usec next; /* not to be written before */
    bool visible;
    const struct lp_lang *lang; /* NULL: English */
};
bool lp_progress_is_wanted(const struct lp_config *config);
/* Not in the first 300 ms, then at most ten times a second. elapsed: since the start. */
void lp_progress_show(struct lp_progress *progress, size_t answered, size_t walks, lp_usec elapsed);
void lp_progress_clear(struct lp_progress *progress);

/* Sets config->topology from the file of -t; nothing without one. False: as lp_topology_load. */
LP_MUST_CHECK bool lp_topology_take(struct lp_config *config, struct lp_error *error);
/* ... for commands that verify chains: the private roots that it names must be there. False also:
 * error is "FILE:LINE:COLUMN: ROOT: why". */
LP_MUST_CHECK bool lp_topology_take_roots(struct lp_config *config, struct lp_error *error);
/* Is that SIP domain one of config's topology (if any)? False: error says which ones there are. */
LP_MUST_CHECK bool lp_topology_has(const struct lp_config *config, struct lp_str domain,
                                   struct lp_error *error);
/* File, digest and thresholds of the topology into a walk's setup. */
void lp_setup_take_topology(struct lp_setup *setup, const struct lp_topology *topology);
/* Stores and client certificate of a run; private roots of the topology beside --cacert. */
struct lp_tls_options lp_tls_options_of(const struct lp_config *config);
/* The names of all files that the private roots come from; unset: none. */
struct lp_str lp_private_store_of(struct lp_arena *arena, const struct lp_config *config);

/* The commands. */
int lp_command_walk(struct lp_config *config);
int lp_command_check(struct lp_config *config);
int lp_command_report(struct lp_config *config);
/* --until-propagated: rounds over the names until every server says what the plan says (exit status
 * 0) or --timeout is over (2); progress on stderr, what is still old on standard output. */
int lp_until_propagated(const struct lp_config *config, struct lp_domains *domains);
/* check --certificate: judges the file against the topology that is loaded. */
int lp_check_certificate_file(struct lp_config *config);
/* The domains of config, live: what walk and check have in common. */
int lp_walk_live(struct lp_config *config);
int lp_command_compare(struct lp_config *config);
int lp_command_import(struct lp_config *config);
int lp_command_init(struct lp_config *config);
int lp_command_explain(struct lp_config *config);
int lp_command_list(struct lp_config *config);
int lp_command_plan(struct lp_config *config);
/* Prints "lyncprobe: TEXT" on stderr, harmless, and returns status. */
int lp_complain(const struct lp_error *error, int status);

#endif
