/* text_detail.c - -v: the DNS questions; -vv: all evidence by its field tables; -vvv: bytes */
#include "lp/text_report_parts.h"

#include <stdio.h>

#include "lp/beside.h"
#include "lp/lang.h"
#include "lp/name.h"
#include "lp/text.h"

/* ---- -v ---- */

static const char *rcode_word(int64_t rcode, char out[16])
{
    static const char *const words[] = { "NOERROR",  "FORMERR", "SERVFAIL",
                                         "NXDOMAIN", "NOTIMP",  "REFUSED" };
    if (rcode >= 0 && rcode < (int64_t)LP_COUNT(words))
        return words[rcode];
    if (rcode < 0)
        return LP_TR("no answer");
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

/* "A: NOERROR aa ra, TTL 300; 192.0.2.53:53, 1 try, 1203 us" */
static struct lp_str say_question(struct lp_arena *arena, const struct lp_evidence *e)
{
    const struct lp_dns_facts *dns = lp_dns_of(e);
    char type[12], rcode[16];
    const char *word = lp_dns_type_word(dns->type, type);
    struct lp_str text = lp_arena_printf(
        arena, "%s: %s%s%s%s%s%s", word, lp_tr(arena, rcode_word(dns->rcode, rcode)),
        dns->aa ? " aa" : "", dns->ra ? " ra" : "", dns->ad ? " ad" : "", dns->tc ? " tc" : "",
        dns->tcp ? lp_tr(arena, " over TCP") : "");
    if (ttl_of(dns) >= 0)
        text = lp_arena_printf(arena, "%s, TTL %lld", text.p, (long long)ttl_of(dns));
    return lp_tell(arena,
                   dns->tries == 1 ? "%s; %s, %lld try, %lld us" : "%s; %s, %lld tries, %lld us",
                   text.p, lp_term(arena, dns->from), (long long)dns->tries, (long long)e->elapsed);
}

struct asked {
    const struct lp_text_report *report;
    struct lp_text_subs *subs;
    struct lp_str name; /* of the row above; other names are said */
};

static void put_questions(const struct asked *asked, const struct lp_resolved *r)
{
    struct lp_arena *arena = asked->report->page.arena;
    for (size_t i = 0; i < r->evidence_count; i++) {
        const struct lp_evidence *e = lp_log_by_id(asked->report->j->survey.log, r->evidence[i]);
        if (!e || !lp_dns_of(e))
            continue;
        struct lp_str text = say_question(arena, e);
        if (!lp_name_eq(lp_dns_of(e)->name, asked->name))
            text = lp_arena_printf(arena, "%s %s", lp_term(arena, lp_dns_of(e)->name), text.p);
        lp_text_sub_note(asked->report, asked->subs, LP_SIGN_NONE, text);
    }
}

void lp_text_subs_questions(const struct lp_text_report *report, const struct lp_step_result *step,
                            struct lp_text_subs *subs)
{
    struct asked asked = { report, subs, step->name };
    put_questions(&asked, &step->srv);
    put_questions(&asked, &step->places.a);
    put_questions(&asked, &step->places.aaaa);
    for (size_t i = 0; i < step->target_count; i++) {
        put_questions(&asked, &step->targets[i].places.a);
        put_questions(&asked, &step->targets[i].places.aaaa);
    }
}

/* ---- -v, or --deep: what probes beside an endpoint list ---- */

static bool has_note(const struct lp_text_subs *subs, size_t from, struct lp_str text)
{
    for (size_t i = from; i < subs->n; i++) {
        if (!subs->at[i].address_count && lp_str_eq(subs->at[i].head, text))
            return true;
    }
    return false;
}

void lp_text_subs_besides(const struct lp_text_report *report, const struct lp_evidence *e,
                          struct lp_text_subs *subs, size_t from)
{
    const struct lp_log *log = report->j->survey.log;
    if (!report->page.verbosity && !log->setup.deep)
        return;
    struct lp_list lines = lp_lines_of_besides(log, e, report->page.arena);
    const struct lp_str *at = lines.at;
    for (size_t i = 0; i < lines.n; i++) {
        if (!has_note(subs, from, at[i]))
            lp_text_sub_note(report, subs, LP_SIGN_NONE, at[i]);
    }
}

/* ---- -vv and -vvv ---- */

/* Fields of one struct: plain ones flow over lines, structs and lists stand below. */
struct sheet {
    const struct lp_page *page;
    struct lp_buf *line; /* fields that were not put yet */
    size_t indent;
};

static void put_fields(const struct sheet *sheet, const struct lp_field *fields, const void *facts);

static void flush(const struct sheet *sheet)
{
    if (sheet->line->n) {
        lp_page_space(sheet->page, sheet->indent);
        lp_page_flow(sheet->page, lp_buf_view(sheet->line), sheet->indent, sheet->indent + 2);
    }
    lp_buf_clear(sheet->line);
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
    return page->verbosity > 2 ? hex_of(page, *s) : lp_tell(page->arena, "%zu bytes", s->n);
}

static struct lp_str show_int(const struct lp_page *page, const void *at)
{
    const int64_t *number = at;
    if (*number == -1) /* none, not measured */
        return LP_STR_NONE;
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
    return *flag ? lp_tell(page->arena, "yes") : LP_STR_NONE;
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

static void put_nested(const struct sheet *sheet, const struct lp_field *field, const void *at,
                       const char *what)
{
    struct sheet inner = *sheet;
    inner.indent += 2;
    flush(sheet);
    lp_page_space(sheet->page, sheet->indent);
    lp_buf_printf(sheet->page->out, "%s%s:\n", field->name, what);
    put_fields(&inner, field->sub, at);
}

static void put_list(const struct sheet *sheet, const struct lp_field *field, const void *at)
{
    const struct lp_list *list = at;
    const char *items = list->at;
    for (size_t i = 0; i < list->n; i++) {
        struct lp_str count = lp_tell(sheet->page->arena, " %zu of %zu", i + 1, list->n);
        put_nested(sheet, field, items + i * field->size, count.p);
    }
}

static void put_field(const struct sheet *sheet, const struct lp_field *field, const void *at)
{
    static struct lp_str (*const show[])(const struct lp_page *, const void *) = {
        [LP_T_STR] = show_str,   [LP_T_BYTES] = show_bytes, [LP_T_INT] = show_int,
        [LP_T_UTC] = show_utc,   [LP_T_BOOL] = show_bool,   [LP_T_OUTCOME] = show_outcome,
        [LP_T_ADDR] = show_addr, [LP_T_STRUCT] = NULL,      [LP_T_LIST] = NULL,
        [LP_T_STRS] = show_strs,
    };
    if (field->type == LP_T_LIST) {
        put_list(sheet, field, at);
    } else if (field->type == LP_T_STRUCT) {
        put_nested(sheet, field, at, "");
    } else {
        struct lp_str text = show[field->type](sheet->page, at);
        if (!text.n)
            return;
        lp_buf_text(sheet->line, sheet->line->n ? "; " : "");
        lp_buf_printf(sheet->line, "%s ", field->name);
        lp_buf_str(sheet->line, text);
    }
}

static void put_fields(const struct sheet *sheet, const struct lp_field *fields, const void *facts)
{
    for (; fields->name; fields++)
        put_field(sheet, fields, (const char *)facts + fields->offset);
    flush(sheet);
}

enum { FACTS_AT = 5, LINE_MOST = 8 * 1024 * 1024 };

void lp_text_evidence_one(const struct lp_text_report *report, const struct lp_evidence *e)
{
    const struct lp_page *page = &report->page;
    struct lp_buf line = lp_buf_new(LINE_MOST);
    struct sheet sheet = { page, &line, FACTS_AT };
    struct lp_str parent =
        e->parent ? lp_tell(page->arena, " after %lld", (long long)e->parent) : LP_STR("");
    struct lp_str times =
        lp_tell(page->arena, "at %lld us, %lld us", (long long)e->started, (long long)e->elapsed);
    lp_page_flow(page,
                 lp_arena_printf(page->arena, "%lld%s  %s: %s%s%s  %s", (long long)e->id, parent.p,
                                 lp_term(page->arena, e->key), lp_outcome_word(e->outcome),
                                 e->why.n ? ", " : "", e->why.n ? lp_term(page->arena, e->why) : "",
                                 times.p),
                 0, FACTS_AT);
    put_fields(&sheet, e->shape->fields, e->facts);
    lp_buf_release(&line);
}

void lp_text_evidence(const struct lp_text_report *report)
{
    const struct lp_log *log = report->j->survey.log;
    if (report->page.verbosity < 2)
        return;
    lp_page_heading(
        &report->page, "EVIDENCE",
        lp_tell(report->page.arena, "in order of arrival; started and elapsed in microseconds"));
    for (size_t i = 0; i < log->n; i++)
        lp_text_evidence_one(report, log->at[i]);
}
