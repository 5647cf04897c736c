/* text_servers.c - the answers of several name servers side by side; the first one drives */
#include "lp/text_report_parts.h"

#include "lp/lang.h"
#include "lp/name.h"
#include "lp/say.h"
#include "lp/text.h"

static void add_question(struct lp_asked_list *list, struct lp_str name, int64_t type)
{
    for (size_t i = 0; i < list->n; i++) {
        if (list->at[i].type == type && lp_name_eq(list->at[i].name, name))
            return;
    }
    list->at[list->n++] = (struct lp_asked){ name, type };
}

struct lp_asked_list lp_text_asked(const struct lp_text_report *report)
{
    const struct lp_path *path = report->j->survey.main;
    size_t room = path->step_count;
    for (size_t i = 0; i < path->step_count; i++)
        room += path->steps[i].target_count;
    struct lp_asked_list list = { lp_arena_array(report->page.arena, room, sizeof *list.at), 0 };
    for (size_t i = 0; i < path->step_count; i++) {
        const struct lp_step_result *step = &path->steps[i];
        add_question(&list, step->name, step->type);
        for (size_t k = 0; k < step->target_count; k++) {
            if (!step->targets[k].root)
                add_question(&list, step->targets[k].rr->name, LP_DNS_A);
        }
    }
    return list;
}

static struct lp_str say_record(struct lp_arena *arena, const struct lp_rr *rr)
{
    if (rr->type == LP_DNS_SRV)
        return lp_arena_printf(arena, "%lld %lld %lld %s", (long long)rr->priority,
                               (long long)rr->weight, (long long)rr->port,
                               lp_term(arena, rr->name));
    return lp_say_address(arena, &rr->address);
}

/* Servers give their records in any order. */
static void insert_item(struct lp_told *answer, struct lp_str item)
{
    size_t at = answer->n++;
    while (at > 0 && lp_str_cmp(answer->items[at - 1], item) > 0) {
        answer->items[at] = answer->items[at - 1];
        at--;
    }
    answer->items[at] = item;
}

static void add_records(struct lp_arena *arena, const struct lp_resolved *r, struct lp_told *answer)
{
    struct lp_str *items = lp_arena_array(arena, answer->n + r->record_count + 1, sizeof *items);
    for (size_t i = 0; i < answer->n; i++)
        items[i] = answer->items[i];
    answer->items = items;
    for (size_t i = 0; i < r->record_count; i++)
        insert_item(answer, say_record(arena, r->records[i]));
}

/* Addresses of both families; when there is no record, how the question ended. */
struct lp_told lp_text_told(const struct lp_text_report *report, const struct lp_asked *q,
                            size_t server)
{
    struct lp_arena *arena = report->page.arena;
    const struct lp_server *at = report->j->survey.log->setup.servers.at;
    struct lp_told answer = { 0 };
    struct lp_resolved question = { .name = q->name, .type = q->type, .server = (int64_t)server };
    struct lp_resolved first, second;
    lp_resolve(report->j->survey.log, arena, &question, &first);
    add_records(arena, &first, &answer);
    if (q->type == LP_DNS_A) {
        question.type = LP_DNS_AAAA;
        lp_resolve(report->j->survey.log, arena, &question, &second);
        add_records(arena, &second, &answer);
    }
    answer.apart = !answer.n && at[server].zone.n && !lp_name_in_domain(q->name, at[server].zone);
    if (answer.apart)
        answer.items[answer.n++] = lp_tell(arena, "not its zone");
    else if (!answer.n)
        answer.items[answer.n++] = lp_str_of(lp_say_dns(arena, first.outcome, q->type));
    return answer;
}

bool lp_text_tells_same(const struct lp_told *a, const struct lp_told *b)
{
    bool apart = a->apart || b->apart;
    for (size_t i = 0; i < a->n && a->n == b->n && !apart; i++) {
        if (!lp_str_eq(a->items[i], b->items[i]))
            return false;
    }
    return apart || a->n == b->n;
}

static struct lp_str join(const struct lp_page *page, const struct lp_told *answer)
{
    struct lp_str list = LP_STR("");
    for (size_t i = 0; i < answer->n; i++)
        lp_page_join(page, &list, answer->items[i]);
    return list;
}

/* ---- the table ---- */

enum { CELLS_AT = LP_ROW_LEFT + 2, CELLS_MOST = 4 };

struct table {
    const struct lp_text_report *report;
    const struct lp_told *answers; /* one a server */
    size_t n;
    size_t columns; /* of one server */
};

struct lp_str lp_text_server_label(const struct lp_text_report *report, size_t server)
{
    const struct lp_server *servers = report->j->survey.log->setup.servers.at;
    return lp_str_of(lp_term(report->page.arena, servers[server].label));
}

static bool fits(const struct table *t)
{
    for (size_t s = 0; s < t->n; s++) {
        for (size_t i = 0; i < t->answers[s].n; i++) {
            if (lp_columns(t->answers[s].items[i]) + 2 > t->columns)
                return false;
        }
    }
    return t->n <= CELLS_MOST;
}

static void put_columns(const struct table *t)
{
    struct lp_str cells[CELLS_MOST];
    size_t at[CELLS_MOST];
    size_t lines = 1;
    for (size_t line = 0; line < lines; line++) {
        for (size_t s = 0; s < t->n; s++) {
            const struct lp_told *a = &t->answers[s];
            at[s] = CELLS_AT + s * t->columns;
            cells[s] = line < a->n ? a->items[line] : LP_STR("");
            if (a->n > lines)
                lines = a->n;
        }
        struct lp_cells row = { LP_SIGN_NONE, cells, at, t->n };
        lp_page_cells(&t->report->page, &row);
    }
}

static void put_lines(const struct table *t)
{
    const struct lp_page *page = &t->report->page;
    for (size_t s = 0; s < t->n; s++) {
        lp_page_space(page, CELLS_AT);
        lp_page_flow(page,
                     lp_arena_printf(page->arena, "%s: %s", lp_text_server_label(t->report, s).p,
                                     join(page, &t->answers[s]).p),
                     CELLS_AT, CELLS_AT + 2);
    }
}

static void put_question(const struct table *t, const struct lp_asked *q)
{
    const struct lp_page *page = &t->report->page;
    bool same = true;
    for (size_t s = 1; s < t->n; s++)
        same &= lp_text_tells_same(&t->answers[0], &t->answers[s]);
    struct lp_row row = { .sign = same ? LP_SIGN_OK : LP_SIGN_WARNING,
                          .left =
                              lp_arena_printf(page->arena, "%s %s", lp_term(page->arena, q->name),
                                              q->type == LP_DNS_SRV ? "SRV" : "A"),
                          .text = lp_tell(page->arena, same ? "the same" : "DIFFERS"),
                          .text_at = LP_ROW_LEFT + 44,
                          .times = { -1, -1, -1 } };
    lp_page_row(page, &row);
    if (same)
        return;
    if (fits(t))
        put_columns(t);
    else
        put_lines(t);
}

static void put_labels(const struct table *t)
{
    struct lp_str cells[CELLS_MOST];
    size_t at[CELLS_MOST];
    for (size_t s = 0; s < t->n && s < CELLS_MOST; s++) {
        cells[s] = lp_text_server_label(t->report, s);
        at[s] = CELLS_AT + s * t->columns;
    }
    struct lp_cells row = { LP_SIGN_NONE, cells, at, t->n < CELLS_MOST ? t->n : CELLS_MOST };
    lp_page_cells(&t->report->page, &row);
}

void lp_text_servers(const struct lp_text_report *report)
{
    size_t n = report->j->survey.log->setup.servers.n;
    struct lp_asked_list list = lp_text_asked(report);
    struct lp_told *answers = lp_arena_array(report->page.arena, n + 1, sizeof *answers);
    struct table table = { report, answers, n, (report->page.width - CELLS_AT) / (n ? n : 1) };
    if (n < 2)
        return;
    lp_page_heading(&report->page, "NAME SERVERS", LP_STR_NONE);
    put_labels(&table);
    for (size_t i = 0; i < list.n; i++) {
        for (size_t s = 0; s < n; s++)
            answers[s] = lp_text_told(report, &list.at[i], s);
        put_question(&table, &list.at[i]);
    }
}
