/* help.c - usage and the manual's OPTIONS section, from the tables */
#include <string.h>

#include "lp/lang.h"
#include "lp/options.h"
#include "lp/page.h"
#include "lp/text.h"

/* Flowing text ends before a terminal's last columns; what stands beside an example, a command or
 * an option begins in one column, if it can. */
enum { FLOW = 78, EXAMPLE_AT = 45, COMMAND_AT = 33, OPTION_AT = 27 };

static const struct {
    const char *command;
    const char *text; /* NULL: it speaks for itself */
} examples[] = {
    { "lyncprobe contoso.com", LP_TR("with the system's name servers") },
    { "lyncprobe anna@contoso.com @192.0.2.53", LP_TR("ask this name server") },
    { "lyncprobe contoso.com @inside=10.0.0.53 @outside=192.0.2.53", LP_TR("both views") },
    { "lyncprobe contoso.com --cacert private-root.pem -f json", NULL },
};

/* Blanks from the line that begins at `before` up to the column. */
static void pad(struct lp_buf *out, size_t before, size_t column)
{
    while (out->n - before < column)
        lp_buf_char(out, ' ');
}

static void put_flow(const struct lp_page *page, const char *text)
{
    lp_page_flow(page, lp_str_of(lp_tr(page->arena, text)), 0, 0);
}

static void put_examples(const struct lp_page *page)
{
    struct lp_buf *out = page->out;
    for (size_t i = 0; i < LP_COUNT(examples); i++) {
        size_t before = out->n;
        lp_buf_printf(out, "  %s", examples[i].command);
        if (examples[i].text) {
            lp_buf_text(out, "    ");
            pad(out, before, EXAMPLE_AT);
            lp_buf_text(out, lp_tr(page->arena, examples[i].text));
        }
        lp_buf_char(out, '\n');
    }
    lp_buf_printf(out, "  %s%s%s\n\n", "lyncprobe contoso.com -o record=now.jsonl",
                  lp_tr(page->arena, ", then: "), "lyncprobe report now.jsonl");
}

static void put_option(const struct lp_page *page, const struct lp_option *o)
{
    struct lp_buf *out = page->out;
    size_t before = out->n;
    if (o->letter)
        lp_buf_printf(out, "  -%c, ", o->letter);
    else
        lp_buf_text(out, "      ");
    lp_buf_printf(out, "--%s%s%s", o->name, o->value ? " " : "", o->value ? o->value : "");
    if (out->n - before > OPTION_AT - 2) {
        lp_buf_char(out, '\n');
        before = out->n;
    }
    pad(out, before, OPTION_AT);
    lp_buf_printf(out, "%s\n", lp_tr(page->arena, o->text));
}

static void put_groups(const struct lp_page *page)
{
    const char *group = "";
    for (size_t i = 0; i < lp_option_count; i++) {
        const struct lp_option *o = &lp_options[i];
        if (!o->group)
            continue;
        if (strcmp(o->group, group) != 0)
            lp_buf_printf(page->out, "\n%s\n", lp_tr(page->arena, o->group));
        group = o->group;
        put_option(page, o);
    }
    lp_buf_char(page->out, '\n');
}

static void put_commands(const struct lp_page *page)
{
    struct lp_buf *out = page->out;
    lp_buf_printf(out, "%s\n", lp_tr(page->arena, "Commands"));
    for (size_t i = 0; i < lp_command_count; i++) {
        const struct lp_command *c = &lp_commands[i];
        size_t before = out->n;
        lp_buf_printf(out, "  %s %s", c->name, c->words);
        pad(out, before, COMMAND_AT);
        lp_buf_printf(out, "%s\n", lp_tr(page->arena, c->text));
    }
    lp_buf_printf(out, "  @SERVER[:PORT], @NAME=SERVER   %s\n",
                  lp_tr(page->arena, "the name servers to ask, side by side"));
}

void lp_help(struct lp_buf *out, const struct lp_lang *lang, bool all)
{
    struct lp_arena arena = { .lang = lang };
    struct lp_page page = { .out = out, .arena = &arena, .width = FLOW };
    const char *purpose =
        lp_tr(&arena, "can a user of this SIP domain sign in, and if not, where does the client "
                      "stop? (Lync Server 2013, Skype for Business Server)");
    lp_page_flow(&page, lp_arena_printf(&arena, "lyncprobe - %s", purpose), 0, 0);
    lp_buf_char(out, '\n');
    put_examples(&page);
    put_commands(&page);
    if (all) {
        put_groups(&page);
    } else {
        lp_buf_char(out, '\n');
        put_flow(&page, LP_TR("Often used: -f text|json|ticket, -o FORMAT=FILE, -l FILE, --view, "
                              "--client, -4, -6, --timeout SEC, -q, -v. All: lyncprobe "
                              "--help=all, or man lyncprobe."));
    }
    put_flow(&page, LP_TR("Exit status: 0 as it should be, 1 warnings, 2 a user would fail, 3 "
                          "undecided; 64 wrong usage, 78 wrong recording or topology."));
    lp_arena_release(&arena);
}
