/* text.c - the terminal report: verdict, why, what to do, the findings. */
#include "lp/renderers.h"
#include "lp/wrap.h"

enum { WIDTH = 80, MARGIN = 5 };

static void put_block(struct lp_buf *out, const char *word, struct lp_str text, size_t width)
{
    struct lp_wrap wrap = { .at = MARGIN, .hang = MARGIN, .width = width };
    lp_buf_printf(out, "%-*s", MARGIN, word);
    lp_put_wrapped(out, text, &wrap);
}

static void put_finding(struct lp_buf *out, const struct lp_finding *f, size_t width)
{
    lp_buf_printf(out, "\n%s%-8s %s  ", f->cause == SIZE_MAX ? "" : "  ",
                  lp_severity_word(f->severity), f->rule->id);
    lp_buf_str(out, f->subject);
    lp_buf_char(out, '\n');
    put_block(out, "", f->observed, width);
}

static void put_walk(struct lp_buf *out, const struct lp_judgement *j, size_t width)
{
    const struct lp_str *fix = j->fix.at;
    struct lp_wrap wrap = { .width = width };
    lp_put_wrapped(out, j->sentence, &wrap);
    if (j->why.n)
        put_block(out, "Why", j->why, width);
    for (size_t i = 0; i < j->fix.n; i++)
        put_block(out, i == 0 ? "Fix" : "", fix[i], width);
    for (size_t i = 0; i < j->finding_count; i++)
        put_finding(out, &j->findings[i], width);
}

void lp_report_text(const struct lp_report_input *input, struct lp_buf *out)
{
    size_t width = input->style.width ? (size_t)input->style.width : WIDTH;
    for (size_t i = 0; i < input->n; i++) {
        lp_buf_text(out, i == 0 ? "" : "\n");
        put_walk(out, input->walks[i], width);
    }
}
