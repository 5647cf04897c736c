/* manual.c - the parts of the manual pages that come from tables, as roff */
#include <string.h>

#include "lp/explain_page.h"
#include "lp/near.h"
#include "lp/roff.h"
#include "lp/threshold.h"
#include "lp/values.h"

static void put_text(struct lp_buf *out, const char *text)
{
    lp_put_roff_text(out, lp_str_of(text));
}

static void put_option(struct lp_buf *out, const struct lp_option *o)
{
    lp_buf_text(out, ".TP\n");
    if (o->letter)
        lp_buf_printf(out, "\\fB\\-%c\\fR, ", o->letter);
    lp_buf_text(out, "\\fB\\-\\-");
    lp_put_roff(out, lp_str_of(o->name));
    lp_buf_text(out, "\\fR");
    if (o->value) {
        lp_buf_text(out, " \\fI");
        lp_put_roff(out, lp_str_of(o->value));
        lp_buf_text(out, "\\fR");
    }
    lp_buf_char(out, '\n');
    struct lp_buf sentence = lp_buf_new(1000);
    lp_buf_printf(&sentence, "%s.", o->text);
    lp_put_roff_text(out, lp_buf_view(&sentence));
    lp_buf_release(&sentence);
}

static void put_options(struct lp_buf *out, const struct lp_option *o, size_t n)
{
    const char *group = "";
    for (const struct lp_option *end = o + n; o < end; o++) {
        if (!o->group)
            continue;
        if (strcmp(o->group, group) != 0)
            lp_buf_printf(out, ".SS %s\n", o->group);
        group = o->group;
        put_option(out, o);
    }
}

static void dump_options(struct lp_buf *out)
{
    put_options(out, lp_options, lp_option_count);
}

static void dump_check_options(struct lp_buf *out)
{
    put_options(out, lp_check_options, lp_check_option_count);
}

/* An entry with a name in bold and a text under it. */
static void put_entry(struct lp_buf *out, const char *name, const char *text)
{
    lp_buf_text(out, ".TP\n.B ");
    lp_put_roff(out, lp_str_of(name));
    lp_buf_char(out, '\n');
    put_text(out, text);
}

static void dump_formats(struct lp_buf *out)
{
    for (size_t i = 0; i < lp_renderer_count; i++)
        put_entry(out, lp_renderers[i].name, lp_renderers[i].title);
}

static void dump_metrics(struct lp_buf *out)
{
    for (size_t i = 0; i < lp_metric_count; i++)
        put_entry(out, lp_metrics[i].name, lp_metrics[i].text);
}

static void dump_findings(struct lp_buf *out)
{
    struct lp_explain_page page = { out, &lp_explain_manual, false, NULL };
    const struct lp_rule *rule;
    for (size_t i = 0; (rule = lp_rule_at(i)); i++)
        lp_explain_rule(&page, rule);
}

static const struct {
    const char *name; /* as it stands between two @ in man/ */
    void (*dump)(struct lp_buf *out);
} parts[] = {
    { "OPTIONS", dump_options }, { "CHECK", dump_check_options }, { "METRICS", dump_metrics },
    { "FORMATS", dump_formats }, { "KEYS", lp_dump_keys },        { "FINDINGS", dump_findings },
};

bool lp_dump_roff(struct lp_buf *out, struct lp_str part)
{
    for (size_t i = 0; i < LP_COUNT(parts); i++) {
        if (!lp_str_eq(part, lp_str_of(parts[i].name)))
            continue;
        parts[i].dump(out);
        return true;
    }
    return false;
}

bool lp_set_part(struct lp_config *config, void *member, struct lp_str value,
                 struct lp_error *error)
{
    const char *names[LP_COUNT(parts) + 1] = { NULL };
    (void)config;
    for (size_t i = 0; i < LP_COUNT(parts); i++) {
        names[i] = parts[i].name;
        if (lp_str_eq(value, lp_str_of(names[i]))) {
            *(struct lp_str *)member = value;
            return true;
        }
    }
    return lp_fail_near(error, "no such part", value, names);
}
