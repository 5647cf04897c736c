/* story.c - small recordings written in a test, judged and rendered */
#include "story.h"

#include <check.h>

#include "lp/record.h"

void story_open_all(struct story *story, const char *const *pieces)
{
    struct lp_error error = { "" };
    *story = (struct story){ .style = { .ascii = true, .width = 80 } };
    lp_log_init(&story->log, &story->arena);
    for (; *pieces; pieces++) {
        struct lp_str rest = lp_str_of(*pieces);
        while (rest.n) {
            struct lp_str line = lp_str_cut(&rest, '\n');
            enum lp_line kind = lp_record_read(&story->log, line, lp_shape_by_name, &error);
            ck_assert_msg(kind != LP_LINE_BAD && kind != LP_LINE_UNKNOWN_KIND, "%.*s\n%s",
                          (int)line.n, line.p, error.text);
        }
    }
    lp_judge(&story->log, &story->arena, &story->judgement);
    story->out = lp_buf_new(1 << 24);
}

void story_open(struct story *story, const char *lines)
{
    const char *const pieces[] = { lines, NULL };
    story_open_all(story, pieces);
}

void story_close(struct story *story)
{
    lp_buf_release(&story->out);
    lp_arena_release(&story->arena);
}

const char *story_render(struct story *story, const char *format)
{
    const struct lp_judgement *walk = &story->judgement;
    struct lp_report_input input = { .walks = &walk, .n = 1, .style = story->style };
    const struct lp_renderer *renderer = lp_renderer_by_name(lp_str_of(format));
    ck_assert_ptr_nonnull(renderer);
    lp_buf_clear(&story->out);
    renderer->render(&input, &story->out);
    ck_assert(!story->out.cut);
    return story->out.p;
}

/* One literal, so that it may stand in initialisers. */
#define NAMES                                                                             \
    STORY_NOTHING(1, "A", 1, "lyncdiscoverinternal.contoso.example", "nxdomain", 3)       \
    STORY_NOTHING(2, "AAAA", 28, "lyncdiscoverinternal.contoso.example", "nxdomain", 3)   \
    STORY_NOTHING(3, "A", 1, "lyncdiscover.contoso.example", "nxdomain", 3)               \
    STORY_NOTHING(4, "AAAA", 28, "lyncdiscover.contoso.example", "nxdomain", 3)           \
    STORY_NOTHING(5, "A", 1, "sipinternal.contoso.example", "nxdomain", 3)                \
    STORY_NOTHING(6, "AAAA", 28, "sipinternal.contoso.example", "nxdomain", 3)            \
    STORY_NOTHING(7, "A", 1, "sip.contoso.example", "nxdomain", 3)                        \
    STORY_NOTHING(8, "AAAA", 28, "sip.contoso.example", "nxdomain", 3)                    \
    STORY_NOTHING(9, "A", 1, "sipexternal.contoso.example", "nxdomain", 3)                \
    STORY_NOTHING(10, "AAAA", 28, "sipexternal.contoso.example", "nxdomain", 3)           \
    STORY_NOTHING(11, "A", 1, "qzx.contoso.example", "nxdomain", 3)                       \
    STORY_NOTHING(12, "SRV", 33, "_sipinternaltls._tcp.contoso.example", "nxdomain", 3)   \
    STORY_NOTHING(13, "SRV", 33, "_sipinternal._tcp.contoso.example", "nxdomain", 3)      \
    STORY_NOTHING(14, "SRV", 33, "_sip._tcp.contoso.example", "nxdomain", 3)              \
    STORY_NOTHING(15, "SRV", 33, "_sipfederationtls._tcp.contoso.example", "nxdomain", 3) \
    STORY_ANSWER(16, "SRV", 33, "_sip._tls.contoso.example",                              \
                 "\"name\":\"access.contoso.example\",\"port\":443")

const char *const story_names = NAMES;

const char *const story_plain[] = {
    STORY_HEADER(""),
    NAMES,
    STORY_ANSWER(17, "A", 1, "access.contoso.example", "\"address\":\"198.51.100.10\""),
    STORY_NOTHING(18, "AAAA", 28, "access.contoso.example", "nodata", 0),
    STORY_LEAF(19, STORY_AA, "\"not_after\":1820000000"),
    STORY_SIP(20, "198.51.100.10", "ok", STORY_TLS(STORY_AA), STORY_401),
    STORY_END,
    NULL,
};
