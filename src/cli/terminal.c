/* terminal.c - what the terminal can show, the progress line, complaints */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "lp/lang.h"
#include "lp/options.h"

enum { PROGRESS_AFTER_US = 300000, PROGRESS_EVERY_US = 100000 };

static bool has_text(const char *variable)
{
    const char *value = getenv(variable);
    return value && *value;
}

static bool is_dumb(void)
{
    const char *term = getenv("TERM");
    return !term || strcmp(term, "dumb") == 0;
}

/* The option, then NO_COLOR (no-color.org), then the terminal. */
static bool wants_color(const struct lp_config *config)
{
    if (!lp_str_eq(config->color, LP_STR("auto")))
        return lp_str_eq(config->color, LP_STR("always"));
    return isatty(STDOUT_FILENO) && !has_text("NO_COLOR") && !is_dumb();
}

/* The first of the three that is set decides, as setlocale would have it (POSIX 8.2). */
static bool is_utf8_locale(void)
{
    static const char *const variables[] = { "LC_ALL", "LC_CTYPE", "LANG" };
    for (size_t i = 0; i < LP_COUNT(variables); i++) {
        if (!has_text(variables[i]))
            continue;
        struct lp_str rest = lp_str_of(getenv(variables[i]));
        struct lp_str value = lp_str_cut(&rest, '@');
        return lp_str_ends_nocase(value, "utf-8") || lp_str_ends_nocase(value, "utf8");
    }
    return false;
}

static int terminal_width(void)
{
    struct winsize size;
    if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || !size.ws_col)
        return 80;
    if (size.ws_col < 60)
        return 60;
    return size.ws_col > 120 ? 120 : size.ws_col;
}

struct lp_style lp_style_for(const struct lp_config *config)
{
    return (struct lp_style){ .color = wants_color(config),
                              .ascii = config->ascii || !is_utf8_locale(),
                              .lang = config->lang,
                              .width = terminal_width(),
                              .verbosity = (int)(config->verbosity < 3 ? config->verbosity : 3) };
}

const char *lp_in_lang(const struct lp_config *config, const char *text)
{
    struct lp_arena arena = { .lang = config->lang };
    return lp_tr(&arena, text);
}

int lp_print_page(const struct lp_config *config, const struct lp_buf *page)
{
    struct lp_buf plain = lp_buf_new(1 << 20);
    bool ascii = config->lang && lp_style_for(config).ascii;
    if (ascii)
        lp_put_ascii(&plain, lp_buf_view(page));
    int status = lp_print(ascii ? &plain : page);
    lp_buf_release(&plain);
    return status;
}

bool lp_progress_is_wanted(const struct lp_config *config)
{
    return isatty(STDERR_FILENO) && !config->quiet && !config->no_progress && !has_text("CI") &&
           !is_dumb();
}

/* German letters as a terminal without UTF-8 can show them; all else as it is. */
static void put_line(const char *before, struct lp_str text)
{
    bool utf8 = is_utf8_locale();
    fputs(before, stderr);
    for (size_t i = 0; i < text.n; i++) {
        const char *ascii = utf8 ? NULL : lp_ascii_of(lp_str_sub(text, i, 2));
        if (ascii)
            fputs(ascii, stderr);
        else
            putc(text.p[i], stderr);
        i += ascii != NULL;
    }
}

void lp_progress_show(struct lp_progress *progress, size_t answered, size_t walks, lp_usec elapsed)
{
    if (elapsed < progress->next || elapsed < PROGRESS_AFTER_US)
        return;
    progress->next = elapsed + PROGRESS_EVERY_US;
    progress->visible = true;
    struct lp_arena arena = { .lang = progress->lang };
    put_line("\r\033[K", lp_tell(&arena,
                                 walks == 1 ? "%zu answers, %zu walk under way, %lld s"
                                            : "%zu answers, %zu walks under way, %lld s",
                                 answered, walks, (long long)(elapsed / 1000000)));
    lp_arena_release(&arena);
}

void lp_progress_clear(struct lp_progress *progress)
{
    if (progress->visible)
        fputs("\r\033[K", stderr);
    progress->visible = false;
}

int lp_complain(const struct lp_error *error, int status)
{
    put_line("lyncprobe: ", lp_str_of(error->text));
    putc('\n', stderr);
    return status;
}
