/* explain_number.c - the page behind an ms-diagnostics number */
#include "lp/explain_page.h"
#include "lp/msdiag.h"
#include "lp/text.h"

static bool take_prefix(struct lp_str *word, const char *prefix)
{
    if (!lp_str_starts_nocase(*word, prefix))
        return false;
    *word = lp_str_trim(lp_str_sub(*word, lp_str_of(prefix).n, word->n));
    return true;
}

bool lp_msdiag_of_word(struct lp_str word, struct lp_msdiag_header *out)
{
    static const char *const prefixes[] = { "X-Ms-diagnostics:", "ms-diagnostics-public:",
                                            "ms-diagnostics:" };
    word = lp_str_trim(word);
    for (size_t i = 0; i < LP_COUNT(prefixes); i++)
        if (take_prefix(&word, prefixes[i]))
            break;
    lp_msdiag_read(word, out);
    return out->number >= 0;
}

/* What the pasted header says beside the number. */
static void put_said(const struct lp_explain_page *page, const struct lp_msdiag_header *said)
{
    const struct {
        const char *before;
        struct lp_str value;
    } parts[] = {
        { "reason: ", said->reason },
        { "said by: ", said->source },
        { "kind of error: ", said->problem },
    };
    struct lp_arena arena = { 0 };
    bool first = true;
    for (size_t i = 0; i < LP_COUNT(parts); i++) {
        if (!parts[i].value.n)
            continue;
        if (first)
            lp_explain_heading(page, "What the header says");
        first = false;
        lp_explain_line(page,
                        lp_arena_printf(&arena, "%s%s",
                                        lp_lang_say(page->lang, lp_str_of(parts[i].before)).p,
                                        lp_term(&arena, parts[i].value)),
                        LP_EXPLAIN_MARGIN);
    }
    lp_arena_release(&arena);
}

void lp_report_explain_number(const struct lp_msdiag *row, const struct lp_msdiag_header *said,
                              const struct lp_style *style, struct lp_buf *out)
{
    struct lp_explain_page page = lp_explain_page_of(style, out);
    struct lp_arena arena = { 0 };
    struct lp_explain_title title = {
        .name = lp_arena_printf(&arena, "ms-diagnostics %lld", (long long)said->number).p,
        .title = row->title,
    };
    lp_explain_title(&page, &title);
    lp_explain_section(&page, "What it means", (const char *const[]){ row->meaning, NULL });
    put_said(&page, said);
    lp_explain_section(&page, "Where to look", row->look);
    lp_explain_section(
        &page, "Where the number comes from",
        (const char *const[]){ "The header ms-diagnostics of a SIP answer (ms-diagnostics-public "
                               "outside, X-Ms-diagnostics on the web): the client's trace file and "
                               "the server's event log show it.",
                               NULL });
    lp_explain_section(&page, "Source", (const char *const[]){ "MS-OCER section 2.2.1.1", NULL });
    lp_explain_end(&page);
    lp_arena_release(&arena);
}
