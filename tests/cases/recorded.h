/* recorded.h - the recordings of tests/cases, read and judged */
#ifndef RECORDED_H
#define RECORDED_H

#include "lp/judge.h"
#include "lp/report.h"

/* One recording of one walk. */
struct recorded {
    struct lp_arena arena;
    const struct lp_log *log;
    struct lp_judgement judgement;
    struct lp_buf out;
};

/* Names of the recordings, without ".jsonl", in order. */
struct recorded_names {
    char **at;
    size_t n;
};
/* Found once, and kept as long as the program runs. */
const struct recorded_names *recorded_names(void);

/* "tests/cases/NAME" and the ending; static size is enough for our names. */
struct recorded_path {
    char text[256];
};
struct recorded_path recorded_path(const char *name, const char *ending);

/* Fails the test when the recording cannot be read. A file NAME.yaml beside it is its topology. */
void recorded_open(struct recorded *recorded, const char *name);
/* The same, judged in another language; NULL: English. */
void recorded_open_in(struct recorded *recorded, const char *name, const struct lp_lang *lang);
void recorded_close(struct recorded *recorded);
/* In ASCII, 80 columns. Valid until the next call. */
const char *recorded_render(struct recorded *recorded, const char *format);

/* A whole file; NULL: it cannot be read. Freed by the caller. */
char *recorded_slurp(const char *path);
/* UPDATE_CASES=1 in the environment: expected outputs are written, not compared. */
bool recorded_is_update(void);
/* Writes a file; fails the test when that cannot be done. */
void recorded_write(const char *path, const char *text);

#endif
