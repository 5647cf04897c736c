/* renderers.c - the formats, one row each */
#include "lp/renderers.h"
#include "lp/html.h"
#include "lp/record.h"
#include "lp/topology_seen.h"
#include "lp/topology_yaml.h"

/* The recording itself: what was seen, without the judgement. */
static void render_record(const struct lp_report_input *input, struct lp_buf *out)
{
    for (size_t i = 0; i < input->n; i++)
        lp_record_log(out, input->walks[i]->survey.log);
}

/* What was seen as a topology file: init, and report of a recording from another site. */
static void render_topology(const struct lp_report_input *input, struct lp_buf *out)
{
    for (size_t i = 0; i < input->n; i++) {
        struct lp_arena arena = { 0 };
        struct lp_noted seen;
        lp_topology_seen(&input->walks[i]->survey, &arena, &seen);
        lp_buf_text(out, i ? "---\n" : "");
        lp_topology_write(&seen.topology, &seen.notes, out);
        lp_arena_release(&arena);
    }
}

const struct lp_renderer lp_renderers[] = {
    { "text", "for people: verdict, why, what to do, the walk, the findings", lp_report_text, "",
      "\n\n", "", false, NULL, false, true, false },
    { "ticket", "six plain lines to paste into a ticket", lp_report_ticket, "", "\n", "", false,
      NULL, false, true, false },
    { "json", "one object for a domain, an array for several", lp_report_json, "[\n", ",\n", "]\n",
      false, NULL, false, false, false },
    { "ndjson", "events, one JSON object a line", lp_report_ndjson, NULL, NULL, NULL, false, NULL,
      false, false, false },
    { "nagios", "one line with performance data, as monitoring plugins write it", lp_report_nagios,
      NULL, NULL, NULL, false, NULL, false, false, false },
    { "prometheus", "metrics for the textfile collector", lp_report_prometheus, NULL, NULL, NULL,
      false, lp_merge_prometheus, false, false, false },
    { "junit", "JUnit XML: steps, findings and expectations as test cases", lp_report_junit,
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n", "", "</testsuites>\n", true,
      NULL, false, false, false },
    { "html", "one page for a browser: verdict, walk, times, certificates, ports, evidence",
      lp_report_html, "", "", lp_html_end, true, NULL, true, true, true },
    { "record", "what was seen, to be judged again by report", render_record, NULL, NULL, NULL,
      false, NULL, false, false, false },
    { "topology", "a topology file from what was seen, with questions", render_topology, "",
      "---\n", "", false, NULL, false, false, false },
};
const size_t lp_renderer_count = LP_COUNT(lp_renderers);

const struct lp_renderer *lp_renderer_by_name(struct lp_str name)
{
    for (size_t i = 0; i < lp_renderer_count; i++) {
        if (lp_str_eq(lp_str_of(lp_renderers[i].name), name))
            return &lp_renderers[i];
    }
    return NULL;
}
