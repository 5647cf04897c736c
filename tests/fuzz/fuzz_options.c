/* fuzz_options.c - a command line, one word a line; the same bytes as a list and a resolv.conf */
#include <stdint.h>
#include <stdlib.h>

#include "lp/lines.h"
#include "lp/options.h"
#include "lp/record.h"
#include "lp/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { WORDS_MAX = 200 };

static void require(bool claim)
{
    if (!claim)
        abort();
}

/* ---- the command line ---- */

static int split(struct lp_arena *arena, struct lp_str text, char **argv)
{
    int argc = 0;
    argv[argc++] = "lyncprobe";
    while (text.n && argc < WORDS_MAX)
        argv[argc++] = (char *)lp_arena_str(arena, lp_str_cut(&text, '\n')).p;
    return argc;
}

/* room: for more; a message that filled it all would have lost its end. */
static void check_error(const struct lp_error *error, size_t room)
{
    struct lp_str text = lp_str_of(error->text);
    require(text.n > 0 && text.n < sizeof error->text - room);
    for (size_t i = 0; i < text.n; i++)
        require((unsigned char)text.p[i] >= ' ' && text.p[i] != 0x7f);
}

static void check_config(const struct lp_config *c)
{
    require(c->command && (c->format || c->plan_format) && !(c->only4 && c->only6));
    require(c->timeout_us > 0 && c->timeout_us <= INT64_C(3600000000));
    require(c->connect_us > 0 && c->dns_us > 0);
    require(c->workers >= 1 && c->workers <= 64 && c->parallel >= 1 && c->rate >= 0);
    require(c->servers.n <= 8);
}

/* What a command line may say, a recording may hold: its header is read again as it was written. */
static void check_setup(const struct lp_setup *setup)
{
    struct lp_arena arena = { 0 };
    struct lp_log log;
    struct lp_error error = { "" };
    struct lp_buf first = lp_buf_new(SIZE_MAX), second = lp_buf_new(SIZE_MAX);
    lp_log_init(&log, &arena);
    lp_record_header(&first, setup);
    struct lp_str line = lp_str_sub(lp_buf_view(&first), 0, first.n - 1);
    require(lp_record_read(&log, line, lp_shape_by_name, &error) == LP_LINE_HEADER);
    lp_record_header(&second, &log.setup);
    /* file names need not be UTF-8; all else is read back as it was */
    if (lp_is_clean_text(setup->private_store) && lp_is_clean_text(setup->public_store))
        require(lp_str_eq(lp_buf_view(&first), lp_buf_view(&second)));
    lp_buf_release(&first);
    lp_buf_release(&second);
    lp_arena_release(&arena);
}

static void check_walks(struct lp_config *config)
{
    struct lp_domains *domains = NULL;
    struct lp_error error = { "" };
    struct lp_setup setup;
    size_t n = 0;
    config->list_file = NULL;
    if (!config->servers.n)
        require(lp_server_parse(config, LP_STR("@192.0.2.53"), &error));
    if (!lp_domains_open(config, &domains, &error)) {
        check_error(&error, 0);
        return;
    }
    for (; lp_domains_next(domains, config->arena, &setup); n++)
        check_setup(&setup);
    require(n == lp_domains_walks(domains) && n <= 2 * config->words.n);
    lp_domains_close(domains);
}

static void check_options(struct lp_str text)
{
    struct lp_arena arena = { 0 };
    struct lp_config config = { .arena = &arena };
    struct lp_error error = { "" };
    char *argv[WORDS_MAX + 1] = { NULL };
    int argc = split(&arena, text, argv);
    if (lp_options_parse(&config, argc, argv, &error)) {
        check_config(&config);
        check_walks(&config);
    } else {
        check_error(&error, 1);
    }
    lp_arena_release(&arena);
}

/* ---- the list ---- */

static void note(void *self, size_t number, struct lp_str line)
{
    struct lp_buf *out = self;
    require(!line.p || (line.n > 0 && line.n <= LP_LINE_OCTETS));
    lp_buf_printf(out, "%zu %zu ", number, line.n);
    lp_buf_str(out, line);
    lp_buf_char(out, '\n');
}

static struct lp_buf cut(struct lp_str text, size_t step)
{
    struct lp_buf out = lp_buf_new(SIZE_MAX);
    struct lp_lines lines = { .self = &out, .take = note };
    for (size_t at = 0; at < text.n; at += step)
        lp_lines_feed(&lines, lp_str_sub(text, at, step));
    lp_lines_end(&lines);
    return out;
}

static void check_lines(struct lp_str text)
{
    size_t step = text.n ? 1 + (unsigned char)text.p[0] % 31 : 1;
    struct lp_buf whole = cut(text, text.n + 1), parts = cut(text, step);
    require(lp_str_eq(lp_buf_view(&whole), lp_buf_view(&parts)));
    lp_buf_release(&whole);
    lp_buf_release(&parts);
}

/* ---- resolv.conf ---- */

static void check_servers(struct lp_str text)
{
    struct lp_arena arena = { 0 };
    struct lp_list found = { 0 };
    lp_servers_read(&arena, text, &found);
    require(found.n <= 3);
    for (size_t i = 0; i < found.n; i++)
        require(lp_str_ends_nocase(((struct lp_str *)found.at)[i], ":53"));
    lp_arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct lp_str text = { size ? (const char *)data : "", size };
    check_options(text);
    check_lines(text);
    check_servers(text);
    return 0;
}
