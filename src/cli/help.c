/* help.c - usage and the manual's OPTIONS section, from the tables */
#include <string.h>

#include "lp/options.h"

static const char examples[] =
    "lyncprobe - can a user of this SIP domain sign in, and if not, where does the\n"
    "client stop? (Lync Server 2013, Skype for Business Server)\n"
    "\n"
    "  lyncprobe contoso.com                      with the system's name servers\n"
    "  lyncprobe anna@contoso.com @192.0.2.53     ask this name server\n"
    "  lyncprobe contoso.com @inside=10.0.0.53 @outside=192.0.2.53    both views\n"
    "  lyncprobe contoso.com --cacert private-root.pem -f json\n"
    "  lyncprobe contoso.com -o record=now.jsonl, then: lyncprobe report now.jsonl\n"
    "\n";

static const char often[] =
    "\n"
    "Often used: -f text|json|record, -o FORMAT=FILE, -l FILE, --view, --client,\n"
    "-4, -6, --timeout SEC, -q, -v. All: lyncprobe --help=all, or man lyncprobe.\n";

static const char statuses[] =
    "Exit status: 0 as it should be, 1 warnings, 2 a user would fail, 3 undecided;\n"
    "64 wrong usage, 78 wrong recording or topology.\n";

static void put_option(struct lp_buf *out, const struct lp_option *o)
{
    size_t before = out->n;
    if (o->letter)
        lp_buf_printf(out, "  -%c, ", o->letter);
    else
        lp_buf_text(out, "      ");
    lp_buf_printf(out, "--%s%s%s", o->name, o->value ? " " : "", o->value ? o->value : "");
    if (out->n - before > 25) {
        lp_buf_char(out, '\n');
        before = out->n;
    }
    while (out->n - before < 27)
        lp_buf_char(out, ' ');
    lp_buf_printf(out, "%s\n", o->text);
}

static void put_groups(struct lp_buf *out)
{
    const char *group = "";
    for (size_t i = 0; i < lp_option_count; i++) {
        const struct lp_option *o = &lp_options[i];
        if (!o->group)
            continue;
        if (strcmp(o->group, group) != 0)
            lp_buf_printf(out, "\n%s\n", o->group);
        group = o->group;
        put_option(out, o);
    }
}

static void put_commands(struct lp_buf *out)
{
    lp_buf_text(out, "Commands\n");
    for (size_t i = 0; i < lp_command_count; i++) {
        const struct lp_command *c = &lp_commands[i];
        size_t before = out->n;
        lp_buf_printf(out, "  %s %s", c->name, c->words);
        while (out->n - before < 33)
            lp_buf_char(out, ' ');
        lp_buf_printf(out, "%s\n", c->text);
    }
    lp_buf_text(out, "  @SERVER[:PORT], @NAME=SERVER   the name servers to ask, side by side\n");
}

void lp_help(struct lp_buf *out, bool all)
{
    lp_buf_text(out, examples);
    put_commands(out);
    if (all)
        put_groups(out);
    else
        lp_buf_text(out, often);
    lp_buf_printf(out, "%s%s", all ? "\n" : "", statuses);
}
