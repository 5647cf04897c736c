/* cmdline.h - a command line for the tests of src/cli */
#ifndef CMDLINE_H
#define CMDLINE_H

#include "lp/options.h"

struct cmdline {
    struct lp_arena arena;
    struct lp_config config;
    struct lp_error error;
};

/* Parses the words of line, which stand between single spaces; a word may be in '...'. */
bool cmdline_parse(struct cmdline *c, const char *line);
void cmdline_release(struct cmdline *c);

/* The text of a slice, for ck_assert_str_eq; unset gives "(unset)". */
const char *cmdline_text(struct cmdline *c, struct lp_str s);

/* What is written to standard error between the two calls; the text is in the arena. */
struct hearing {
    int standard_error; /* the real one */
    int file;           /* that stands in for it */
};
void cmdline_hear(struct hearing *h);
const char *cmdline_heard(struct cmdline *c, struct hearing *h);

/* A directory of its own for a test: its path in the arena; and its end, with all in it. */
const char *cmdline_folder(struct cmdline *c);
void cmdline_remove(const char *folder);
/* The content of a file, in the arena; NULL: there is none. */
const char *cmdline_read(struct cmdline *c, const char *path);
void cmdline_write(const char *path, struct lp_str content);

#endif
