/* record_load.c - a whole recording from a file: one walk or several. */
#include <errno.h>
#include <string.h>

#include "lp/record.h"
#include "lp/text.h"

enum { READ_SIZE = 64 * 1024 };

struct loading {
    const struct lp_record_source *source;
    struct lp_arena *arena;
    struct lp_recording *out;
    struct lp_error *error;
    size_t line;   /* number of the line at hand, from 1 */
    size_t room;   /* of out->at */
    size_t before; /* bytes in the arena when we began */
    bool inside;   /* between a header and its end line */
};

/* "NAME:LINE: what", or "NAME: what" for line 0. */
static bool say(const struct loading *l, size_t line, const char *what)
{
    const char *name = lp_term(l->arena, lp_str_of(l->source->name));
    if (line == 0)
        return lp_fail(l->error, "%s: %s", name, what);
    return lp_fail(l->error, "%s:%zu: %s", name, line, what);
}

/* The whole file into a buffer. */
static bool read_file(const struct loading *l, struct lp_buf *text)
{
    char *block = lp_arena_alloc(l->arena, READ_SIZE);
    size_t n;
    while (!text->cut && (n = fread(block, 1, READ_SIZE, l->source->file)) > 0)
        lp_buf_add(text, block, n);
    if (ferror(l->source->file))
        return say(l, 0, strerrordesc_np(errno));
    if (text->cut)
        return say(l, 0, "a recording of more than 64 MiB");
    return true;
}

static struct lp_log *next_log(struct loading *l)
{
    struct lp_recording *out = l->out;
    if (out->n == l->room) {
        l->room = l->room ? l->room * 2 : 8;
        struct lp_log **at = lp_arena_array(l->arena, l->room, sizeof *at);
        if (out->n)
            memcpy(at, out->at, out->n * sizeof *at);
        out->at = at;
    }
    struct lp_log *log = lp_arena_alloc(l->arena, sizeof *log);
    lp_log_init(log, l->arena);
    out->at[out->n++] = log;
    return log;
}

/* Does a line of that sort stand where it may? */
static bool check_order(struct loading *l, enum lp_line what)
{
    bool header = what == LP_LINE_HEADER;
    if (header && l->inside)
        return say(l, l->line, "the walk before this line is cut off: it has no end line");
    if (!header && !l->inside)
        return say(l, l->line, "not a lyncprobe recording: the header is missing");
    l->inside = what != LP_LINE_END;
    return true;
}

/* One line into the log of its walk. whole: its newline was there. */
static bool take_line(struct loading *l, struct lp_str line, bool whole)
{
    struct lp_log *log = l->inside ? l->out->at[l->out->n - 1] : next_log(l);
    struct lp_error inner = { "" };
    enum lp_line what = lp_record_read(log, line, l->source->shapes, &inner);
    if (what == LP_LINE_BAD && !whole)
        return say(l, l->line, "the recording is cut off within this line");
    if (what == LP_LINE_BAD)
        return say(l, l->line, inner.text);
    if (l->arena->used - l->before > LP_RECORD_MEMORY_MAX)
        return say(l, l->line, "a recording that takes more than 256 MiB of memory");
    return check_order(l, what);
}

static bool take_lines(struct loading *l, struct lp_str rest)
{
    while (rest.n > 0) {
        bool whole = memchr(rest.p, '\n', rest.n) != NULL;
        struct lp_str line = lp_str_cut(&rest, '\n');
        if (++l->line > LP_RECORD_LINES_MAX)
            return say(l, l->line, "a recording of more than 100000 lines");
        if (lp_str_trim(line).n > 0 && !take_line(l, line, whole))
            return false;
    }
    if (l->inside)
        return say(l, l->line, "the recording is cut off after this line: no end line");
    if (l->out->n == 0)
        return say(l, 1, "not a lyncprobe recording: empty");
    return true;
}

bool lp_record_load(const struct lp_record_source *source, struct lp_arena *arena,
                    struct lp_recording *out, struct lp_error *error)
{
    struct loading l = { source, arena, out, error, 0, 0, arena->used, false };
    struct lp_buf text = lp_buf_new(LP_RECORD_FILE_MAX);
    *out = (struct lp_recording){ NULL, 0 };
    bool ok = read_file(&l, &text) && take_lines(&l, lp_buf_view(&text));
    lp_buf_release(&text);
    return ok;
}
