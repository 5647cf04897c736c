/* check_lync.c - the same program under the contract of monitoring plugins (ux.md 2.1, 2.2) */
#include <string.h>

#include "lp/threshold.h"
#include "lp/values.h"

#define AT(member) offsetof(struct lp_config, member)
#define WHAT "What is checked"
#define HOW "How"

const struct lp_option lp_check_options[] = {
    { 'H', "hostname", "DOMAIN", "SIP domain; may be given again", WHAT, lp_set_domain, AT(words) },
    { 0, "view", "VIEW", "internal, external or auto (the default)", WHAT, lp_set_view, AT(view) },
    { 0, "client", "NAME", "whose order decides; default lync2013", WHAT, lp_set_client,
      AT(client) },
    { 0, "topology", "FILE", "compare with this topology file", WHAT, lp_set_path,
      AT(topology_file) },
    { 'C', "certificate", "WARN[,CRIT]", "days left of a certificate; default 45,14", WHAT,
      lp_set_days, AT(days_warning) },
    { 0, "threshold", "METRIC=WARN[,CRIT]", "ranges for a number of the performance data", WHAT,
      lp_set_threshold, AT(thresholds) },
    { 'w', "warning", "RANGE", "not taken: see -C and --threshold", NULL, lp_set_range_alone, 0 },
    { 'c', "critical", "RANGE", "not taken: see -C and --threshold", NULL, lp_set_range_alone, 0 },
    { 't', "timeout", "SEC", "the whole check; default 30", HOW, lp_set_seconds, AT(timeout_us) },
    { '4', "ipv4", NULL, "only IPv4", HOW, lp_set_flag, AT(only4) },
    { '6', "ipv6", NULL, "only IPv6", HOW, lp_set_flag, AT(only6) },
    { 0, "cacert", "FILE", "private roots, PEM", HOW, lp_set_path, AT(private_file) },
    { 0, "public-cacert", "FILE", "public roots, PEM, in place of the system's", HOW, lp_set_path,
      AT(public_file) },
    { 0, "resolve", "HOST:PORT:ADDR[,ADDR]", "take these addresses for that host and port", HOW,
      lp_set_resolve, AT(resolve) },
    { 0, "allow-net", "CIDR", "let answers lead to this range (loopback ...)", HOW, lp_set_allow,
      AT(allow) },
    { 0, "fail-on", "WHAT", "critical, warning (the default), never", HOW, lp_set_fail_on,
      AT(fail_on) },
    { 'o', "output", "FORMAT=FILE", "also write a file in that format", HOW, lp_set_output,
      AT(outputs) },
    { 'v', "verbose", NULL, "more: findings, steps, every question", HOW, lp_set_count,
      AT(verbosity) },
    { 0, "no-sandbox", NULL, "run the worker without seccomp and landlock", HOW, lp_set_flag,
      AT(no_sandbox) },
    { 'h', "help", NULL, "this help", HOW, lp_set_help, AT(help) },
    { 'V', "version", NULL, "the version", HOW, lp_set_flag, AT(version) },
};
const size_t lp_check_option_count = LP_COUNT(lp_check_options);

const struct lp_personality *lp_personality_of(const char *called)
{
    static struct lp_personality const command = { "lyncprobe", lp_options, &lp_option_count,
                                                   false };
    static struct lp_personality const plugin = { "check_lync", lp_check_options,
                                                  &lp_check_option_count, true };
    const char *slash = called ? strrchr(called, '/') : NULL;
    const char *name = slash ? slash + 1 : called;
    return name && strcmp(name, plugin.name) == 0 ? &plugin : &command;
}

static void put_option(struct lp_buf *out, const struct lp_option *o)
{
    size_t before = out->n;
    lp_buf_printf(out, o->letter ? " -%c, " : "     ", o->letter);
    lp_buf_printf(out, "--%s%s%s", o->name, o->value ? "=" : "", o->value ? o->value : "");
    if (out->n - before > 33) {
        lp_buf_char(out, '\n');
        before = out->n;
    }
    while (out->n - before < 35)
        lp_buf_char(out, ' ');
    lp_buf_printf(out, "%s\n", o->text);
}

void lp_check_help(struct lp_buf *out)
{
    lp_buf_text(out, "check_lync " LP_VERSION " - can users of a SIP domain sign in?\n"
                     "Usage: check_lync -H DOMAIN [@SERVER] [-C WARN,CRIT] [-t SEC] [-v]\n\n");
    for (size_t i = 0; i < LP_COUNT(lp_check_options); i++) {
        if (lp_check_options[i].group)
            put_option(out, &lp_check_options[i]);
    }
    lp_buf_text(out, "\nMetrics\n");
    for (size_t i = 0; i < lp_metric_count; i++)
        lp_buf_printf(out, "     %-30s%s\n", lp_metrics[i].name, lp_metrics[i].text);
    lp_buf_text(out,
                "\nRanges: 10 alerts outside 0..10, 10: below 10, ~:10 above 10, @10:20 inside.\n"
                "Exit status: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN.\n"
                "No --changed-since: a scheduler wants its line each time, and tells of changes\n"
                "itself. Maintenance windows are the waivers of --topology FILE.\n");
}
