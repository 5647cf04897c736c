/* ticket.c - six plain lines for a ticket: verdict, why, fix, finding, time, vantage */
#include "lp/lang.h"
#include "lp/renderers.h"
#include "lp/summary.h"
#include "lp/text.h"

enum { LINE_MAX = 500, STEPS = 3, TICKET_MAX = 64 * 1024 };

static void put_line(const struct lp_judgement *j, struct lp_buf *out, const char *word,
                     struct lp_str text)
{
    lp_buf_printf(out, "%-8s ", lp_tr(j->survey.arena, word));
    lp_put_term(out, text, LINE_MAX);
    lp_buf_char(out, '\n');
}

/* The first steps; the report has them all. */
static struct lp_str steps_of(const struct lp_judgement *j)
{
    const struct lp_str *steps = j->fix.at;
    struct lp_str text = LP_STR("");
    for (size_t i = 0; i < j->fix.n && i < STEPS; i++) {
        struct lp_str parts[] = { text, i ? LP_STR(" | ") : LP_STR(""), steps[i] };
        text = lp_arena_join(j->survey.arena, parts, LP_COUNT(parts));
    }
    return text.n ? text : lp_tell(j->survey.arena, "nothing to do");
}

static struct lp_str finding_of(const struct lp_judgement *j)
{
    const struct lp_finding *f = lp_summary_of(j).trouble;
    if (!f)
        return lp_tell(j->survey.arena, "none");
    struct lp_str parts[] = { lp_str_of(f->rule->id), LP_STR(" "), f->subject, LP_STR(": "),
                              f->observed };
    return lp_arena_join(j->survey.arena, parts, LP_COUNT(parts));
}

static void put_vantage(const struct lp_judgement *j, struct lp_buf *out)
{
    const struct lp_setup *setup = &j->survey.log->setup;
    struct lp_str parts[] = { lp_str_of(lp_tr(j->survey.arena, lp_summary_view(j))),
                              LP_STR(", DNS "),
                              lp_summary_servers(j),
                              LP_STR(", "),
                              setup->program,
                              lp_setup_overridden(setup)
                                  ? lp_tell(j->survey.arena, ", ANSWERS OVERRIDDEN")
                                  : LP_STR("") };
    put_line(j, out, "Vantage", lp_arena_join(j->survey.arena, parts, LP_COUNT(parts)));
}

static void put_walk(const struct lp_judgement *j, struct lp_buf *out)
{
    char when[24];
    const struct lp_log *log = j->survey.log;
    lp_format_utc(log->setup.clock, when, sizeof when);
    put_line(j, out, "Verdict", j->sentence);
    put_line(j, out, "Why", j->why.n ? j->why : lp_tell(j->survey.arena, "nothing is wrong"));
    put_line(j, out, "Fix", steps_of(j));
    put_line(j, out, "Finding", finding_of(j));
    put_line(j, out, "Time",
             lp_tell(j->survey.arena, "%s, took %.2f s", when, (double)log->end.total_us / 1e6));
    put_vantage(j, out);
}

/* A terminal of ASCII shows German letters as German writes them without. */
static void put_plain(const struct lp_judgement *j, struct lp_buf *out)
{
    struct lp_buf lines = lp_buf_new(TICKET_MAX);
    put_walk(j, &lines);
    lp_put_ascii(out, lp_buf_view(&lines));
    lp_buf_release(&lines);
}

void lp_report_ticket(const struct lp_report_input *input, struct lp_buf *out)
{
    for (size_t i = 0; i < input->n; i++) {
        bool folds = input->style.ascii && input->walks[i]->survey.arena->lang;
        lp_buf_text(out, i ? "\n" : "");
        (folds ? put_plain : put_walk)(input->walks[i], out);
    }
}
