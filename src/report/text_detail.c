/* text_detail.c - -v: the DNS questions; -vv: all evidence by its field tables; -vvv: bytes */
#include "lp/text_report_parts.h"

#include <stdio.h>

#include "lp/text.h"


/* ---- -v ---- */

static const char *rcode_word(int64_t rcode, char out[16])
{
    static const char *const words[] = { "NOERROR", "FORMERR", "SERVFAIL",
                                         "NXDOMAIN", "NOTIMP", "REFUSED" };
    if (rcode >= 0 && rcode < (int64_t)LP_COUNT(words))
        return words[rcode];
    if (rcode < 0)
        return "no answer";
    (void)snprintf(out, 16, "rcode %d", (int)(rcode & 0xfff));
    return out;
}

/* Smallest TTL of the answer, or the negative TTL (RFC 2308 section 5); -1 none. */
static int64_t ttl_of(const struct lp_dns_facts *dns)
{
    const struct lp_rr *rrs = dns->rrs.at;
    int64_t least = -1;
    for (size_t i = 0; i < dns->rrs.n; i++) {
        int64_t ttl = rrs[i].ttl;
        if (rrs[i].type == LP_DNS_SOA && rrs[i].minimum < ttl)
            ttl = rrs[i].minimum;
        if (least < 0 || ttl < least)
            least = ttl;
    }
    return least;
}

static struct lp_str say_question(struct lp_arena *arena, const struct lp_evidence *e)
{
    const struct lp_dns_facts *dns = lp_dns_of(e);
    char type[12], rcode[16];
    const char *word = lp_dns_type_word(dns->type, type);
    struct lp_str text = lp_arena_printf(
        arena, "%s %s? %s: %s%s%s%s%s%s", lp_term(arena, dns->name), word, lp_term(arena, dns->from),
        rcode_word(dns->rcode, rcode), dns->aa ? " aa" : "", dns->ra ? " ra" : "",
        dns->ad ? " ad" : "", dns->tc ? " tc" : "", dns->tcp ? " over TCP" : "");
    if (ttl_of(dns) >= 0)
        text = lp_arena_printf(arena, "%s, TTL %lld", text.p, (long long)ttl_of(dns));
    return lp_arena_printf(arena, "%s, %lld %s, %lld us", text.p, (long long)dns->tries,
                           dns->tries == 1 ? "try" : "tries", (long long)e->elapsed);
}

static void put_questions(const struct lp_text_report *report, const struct lp_resolved *r,
                          struct lp_text_subs *subs)
{
    for (size_t i = 0; i < r->evidence_count; i++) {
        const struct lp_evidence *e = lp_log_by_id(report->j->survey.log, r->evidence[i]);
        if (e && lp_dns_of(e))
            lp_text_sub_note(report, subs, LP_SIGN_NONE, say_question(report->page.arena, e));
    }
}

void lp_text_subs_questions(const struct lp_text_report *report,
                            const struct lp_step_result *step, struct lp_text_subs *subs)
{
    put_questions(report, &step->srv, subs);
    put_questions(report, &step->places.a, subs);
    put_questions(report, &step->places.aaaa, subs);
    for (size_t i = 0; i < step->target_count; i++) {
        put_questions(report, &step->targets[i].places.a, subs);
        put_questions(report, &step->targets[i].places.aaaa, subs);
    }
}

/* ---- -vv and -vvv ---- */

static void put_fields(const struct lp_page *page, const struct lp_field *fields,
                       const void *facts, size_t indent);

static void put_line(const struct lp_page *page, const char *name, struct lp_str text,
                     size_t indent)
{
    struct lp_str line = lp_arena_printf(page->arena, "%s  %s", name, text.p);
    lp_page_space(page, indent);
    lp_page_flow(page, line, indent, indent + 4);
}

static struct lp_str hex_of(const struct lp_page *page, struct lp_str bytes)
{
    struct lp_buf hex = lp_buf_new(2 * bytes.n + 1);
    lp_put_hex(&hex, bytes);
    struct lp_str text = lp_arena_str(page->arena, lp_buf_view(&hex));
    lp_buf_release(&hex);
    return text;
}

static struct lp_str show_str(const struct lp_page *page, const void *at)
{
    const struct lp_str *s = at;
    return s->p ? lp_str_of(lp_term(page->arena, *s)) : LP_STR_NONE;
}

/* Bytes need -vvv; else how many there are. */
static struct lp_str show_bytes(const struct lp_page *page, const void *at)
{
    const struct lp_str *s = at;
    if (!s->n)
        return LP_STR_NONE;
    return page->verbosity > 2 ? hex_of(page, *s)
                               : lp_arena_printf(page->arena, "%zu bytes", s->n);
}

static struct lp_str show_int(const struct lp_page *page, const void *at)
{
    const int64_t *number = at;
    return lp_arena_printf(page->arena, "%lld", (long long)*number);
}

static struct lp_str show_utc(const struct lp_page *page, const void *at)
{
    const lp_utc *time = at;
    char text[24];
    lp_format_utc(*time, text, sizeof text);
    return *time == LP_UTC_NONE ? LP_STR_NONE : lp_arena_printf(page->arena, "%s", text);
}

static struct lp_str show_bool(const struct lp_page *page, const void *at)
{
    const bool *flag = at;
    (void)page;
    return *flag ? LP_STR("yes") : LP_STR_NONE;
}

static struct lp_str show_outcome(const struct lp_page *page, const void *at)
{
    const enum lp_outcome *outcome = at;
    (void)page;
    return lp_str_of(lp_outcome_word(*outcome));
}

static struct lp_str show_addr(const struct lp_page *page, const void *at)
{
    const struct lp_addr *address = at;
    char text[LP_ADDR_TEXT];
    if (!address->family)
        return LP_STR_NONE;
    lp_addr_format(address, text, sizeof text);
    return lp_arena_printf(page->arena, "%s", text);
}

static struct lp_str show_strs(const struct lp_page *page, const void *at)
{
    const struct lp_list *list = at;
    const struct lp_str *items = list->at;
    struct lp_buf joined = lp_buf_new(1 << 20);
    for (size_t i = 0; i < list->n; i++) {
        lp_buf_text(&joined, i ? ", " : "");
        lp_put_term(&joined, items[i], 0);
    }
    struct lp_str text = lp_arena_str(page->arena, lp_buf_view(&joined));
    lp_buf_release(&joined);
    return list->n ? text : LP_STR_NONE;
}

static void put_list(const struct lp_page *page, const struct lp_field *field, const void *at,
                     size_t indent)
{
    const struct lp_list *list = at;
    const char *items = list->at;
    for (size_t i = 0; i < list->n; i++) {
        put_line(page, field->name, lp_arena_printf(page->arena, "%zu of %zu", i + 1, list->n),
                 indent);
        put_fields(page, field->sub, items + i * field->size, indent + 2);
    }
}

static void put_field(const struct lp_page *page, const struct lp_field *field, const void *at,
                      size_t indent)
{
    static struct lp_str (*const show[])(const struct lp_page *, const void *) = {
        [LP_T_STR] = show_str,   [LP_T_BYTES] = show_bytes, [LP_T_INT] = show_int,
        [LP_T_UTC] = show_utc,   [LP_T_BOOL] = show_bool,   [LP_T_OUTCOME] = show_outcome,
        [LP_T_ADDR] = show_addr, [LP_T_STRUCT] = NULL,      [LP_T_LIST] = NULL,
        [LP_T_STRS] = show_strs,
    };
    if (field->type == LP_T_LIST) {
        put_list(page, field, at, indent);
    } else if (field->type == LP_T_STRUCT) {
        lp_page_space(page, indent);
        lp_buf_printf(page->out, "%s\n", field->name);
        put_fields(page, field->sub, at, indent + 2);
    } else {
        struct lp_str text = show[field->type](page, at);
        if (text.n)
            put_line(page, field->name, text, indent);
    }
}

static void put_fields(const struct lp_page *page, const struct lp_field *fields,
                       const void *facts, size_t indent)
{
    for (; fields->name; fields++)
        put_field(page, fields, (const char *)facts + fields->offset, indent);
}

static void put_evidence(const struct lp_text_report *report, const struct lp_evidence *e)
{
    const struct lp_page *page = &report->page;
    struct lp_str parent = e->parent ? lp_arena_printf(page->arena, " after %lld",
                                                       (long long)e->parent)
                                     : LP_STR("");
    lp_page_flow(page,
                 lp_arena_printf(page->arena, "%lld%s  %s: %s%s%s  at %lld us, %lld us",
                                 (long long)e->id, parent.p, lp_term(page->arena, e->key),
                                 lp_outcome_word(e->outcome), e->why.n ? ", " : "",
                                 e->why.n ? lp_term(page->arena, e->why) : "",
                                 (long long)e->started, (long long)e->elapsed),
                 0, 5);
    put_fields(page, e->shape->fields, e->facts, 5);
}

void lp_text_evidence(const struct lp_text_report *report)
{
    const struct lp_log *log = report->j->survey.log;
    if (report->page.verbosity < 2)
        return;
    lp_page_heading(&report->page, "EVIDENCE",
                    LP_STR("in order of arrival; started and elapsed in microseconds"));
    for (size_t i = 0; i < log->n; i++)
        put_evidence(report, log->at[i]);
}
