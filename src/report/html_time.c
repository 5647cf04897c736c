/* html_time.c - the timeline: a bar for each question, by when it was put and what took how long */
#include "lp/decisive.h"
#include "lp/html_parts.h"

#include "lp/lang.h"
#include "lp/say.h"
#include "lp/text.h"

enum { WIDTH = 1000, HEIGHT = 10, ROWS_MOST = 300, PHASES = 3 };

/* One phase of a question: what was waited for. */
struct phase {
    const char *class, *word;
    lp_usec time; /* -1: none */
};

struct bars {
    struct phase at[PHASES];
    lp_usec scale; /* the whole width */
};

/* A question of the table. */
struct row {
    const struct lp_evidence *e;
    bool decisive; /* the deciding client's way rests on it */
    bool tried;
};

static bool is_shown(const struct lp_evidence *e)
{
    return lp_dns_of(e) || lp_link_of(e);
}

/* What is neither connection nor handshake is the conversation. */
static void split(const struct lp_evidence *e, struct bars *bars)
{
    const struct lp_link *link = lp_link_of(e);
    struct phase dns = { "dns", "DNS", e->elapsed };
    struct phase none = { "talk", "", -1 };
    bars->at[0] = dns;
    bars->at[1] = bars->at[2] = none;
    if (!link)
        return;
    lp_usec rest = e->elapsed;
    rest -= link->connect_us > 0 ? link->connect_us : 0;
    rest -= link->tls_us > 0 ? link->tls_us : 0;
    bars->at[0] = (struct phase){ "tcp", "TCP", link->connect_us };
    bars->at[1] = (struct phase){ "tls", "TLS", link->tls_us };
    bars->at[2] =
        (struct phase){ "talk", lp_http_of(e) ? "HTTP" : LP_TR("talk"), rest > 0 ? rest : -1 };
}

static struct lp_str milliseconds(struct lp_arena *arena, lp_usec time)
{
    if (time < 10000)
        return lp_arena_printf(arena, "%lld.%lld", (long long)(time / 1000),
                               (long long)(time / 100 % 10));
    return lp_arena_printf(arena, "%lld", (long long)((time + 500) / 1000));
}

static struct lp_str say_phases(struct lp_arena *arena, const struct bars *bars)
{
    struct lp_str text = LP_STR("");
    for (size_t i = 0; i < PHASES; i++) {
        if (bars->at[i].time < 0)
            continue;
        text = lp_arena_printf(arena, "%s%s%s %s", text.p, text.n ? ", " : "",
                               lp_tr(arena, bars->at[i].word),
                               milliseconds(arena, bars->at[i].time).p);
    }
    return text.n ? lp_arena_printf(arena, "%s ms", text.p) : text;
}

static struct lp_str number(struct lp_arena *arena, lp_usec value)
{
    return lp_arena_printf(arena, "%lld", (long long)value);
}

static void put_rect(const struct lp_html *html, const char *class, lp_usec x, lp_usec width)
{
    lp_html_empty(html, "rect",
                  LP_HTML({ "class", lp_str_of(class) }, { "x", number(html->arena, x) },
                          { "y", LP_STR("0") }, { "width", number(html->arena, width) },
                          { "height", number(html->arena, HEIGHT) }));
}

/* Each bar is at least a hair wide, or a short answer would not be seen. */
static void put_bars(const struct lp_html *html, const struct bars *bars, lp_usec started)
{
    enum { HAIR = 4 };
    lp_usec at = started;
    for (size_t i = 0; i < PHASES; i++) {
        lp_usec time = bars->at[i].time;
        if (time < 0)
            continue;
        lp_usec from = at * WIDTH / bars->scale, width = time * WIDTH / bars->scale;
        put_rect(html, bars->at[i].class, from < WIDTH - HAIR ? from : WIDTH - HAIR,
                 width > HAIR ? width : HAIR);
        at += time;
    }
}

static void put_svg(const struct lp_html *html, const struct bars *bars, lp_usec started)
{
    lp_html_open_with(html, "svg",
                      LP_HTML({ "viewBox", LP_STR("0 0 1000 10") },
                              { "preserveAspectRatio", LP_STR("none") },
                              { "aria-hidden", LP_STR("true") }, { "focusable", LP_STR("false") }));
    for (lp_usec x = 0; x <= WIDTH; x += WIDTH / 4)
        put_rect(html, "grid", x < WIDTH ? x : WIDTH - 1, 1);
    put_bars(html, bars, started);
    lp_html_close(html, "svg");
}

/* "sip access.contoso.com:443 192.0.2.1" */
static struct lp_str say_endpoint(struct lp_arena *arena, const struct lp_evidence *e)
{
    const struct lp_link *link = lp_link_of(e);
    return lp_arena_printf(arena, "%s %s %s", e->shape->name,
                           lp_say_host_port(arena, link->host, link->port).p,
                           lp_say_address(arena, &link->address).p);
}

/* "A sip.contoso.com", at which server when there are several. */
static struct lp_str say_question(const struct lp_html_walk *walk, const struct lp_evidence *e)
{
    struct lp_arena *arena = walk->html.arena;
    const struct lp_dns_facts *dns = lp_dns_of(e);
    const struct lp_setup *setup = &walk->j->survey.log->setup;
    const struct lp_server *servers = setup->servers.at;
    char type[12];
    if (!dns)
        return say_endpoint(arena, e);
    struct lp_str text = lp_arena_printf(arena, "%s %s", lp_dns_type_word(dns->type, type),
                                         lp_term(arena, dns->name));
    if (setup->servers.n < 2 || (size_t)dns->server >= setup->servers.n)
        return text;
    return lp_tell(arena, "%s at %s", text.p, lp_term(arena, servers[dns->server].label));
}

/* What did not decide is grey, and says so. */
static struct lp_str say_row(struct lp_arena *arena, const struct row *row, const struct bars *bars)
{
    struct lp_str text = row->tried ? say_phases(arena, bars)
                                    : lp_str_of(lp_tr(arena, lp_outcome_word(row->e->outcome)));
    if (row->decisive || !row->tried)
        return text;
    return lp_tell(arena, "%s, aside", text.p);
}

static void put_row(const struct lp_html_walk *walk, const struct row *row, lp_usec scale)
{
    const struct lp_html *html = &walk->html;
    struct bars bars = { .scale = scale };
    split(row->e, &bars);
    lp_html_open(html, "tr", row->decisive && row->tried ? NULL : "aside");
    lp_html_open_with(html, "th", LP_HTML({ "scope", LP_STR("row") }));
    lp_html_link(html, lp_html_evidence_id(walk, row->e->id), say_question(walk, row->e));
    lp_html_close(html, "th");
    lp_html_open(html, "td", "bar");
    if (row->tried)
        put_svg(html, &bars, row->e->started);
    lp_html_close(html, "td");
    lp_html_element(html, "td", NULL, say_row(html->arena, row, &bars));
    lp_html_close(html, "tr");
}

/* What was never asked comes last. */
static bool is_before(const struct row *a, const struct row *b)
{
    if (a->tried != b->tried)
        return a->tried;
    return a->e->started < b->e->started;
}

/* By when they were put; of equals the first that came back. */
static size_t collect(const struct lp_survey *survey, struct row *rows)
{
    const bool *decisive = lp_decisive(survey);
    size_t n = 0;
    for (size_t i = 0; i < survey->log->n; i++) {
        const struct lp_evidence *e = survey->log->at[i];
        struct row row = { e, decisive[i], e->elapsed >= 0 };
        size_t at = n;
        if (!is_shown(e))
            continue;
        for (; at > 0 && is_before(&row, &rows[at - 1]); at--)
            rows[at] = rows[at - 1];
        rows[at] = row;
        n++;
    }
    return n;
}

static lp_usec scale_of(const struct row *rows, size_t n)
{
    lp_usec most = 1;
    for (size_t i = 0; i < n; i++) {
        lp_usec end = rows[i].tried ? rows[i].e->started + rows[i].e->elapsed : 0;
        most = end > most ? end : most;
    }
    return most;
}

void lp_html_timeline(const struct lp_html_walk *walk)
{
    static const char *const heads[] = { LP_TR("Question"), LP_TR("When"), LP_TR("How long"),
                                         NULL };
    const struct lp_html *html = &walk->html;
    struct row *rows = lp_arena_array(html->arena, walk->j->survey.log->n + 1, sizeof(struct row));
    size_t n = collect(&walk->j->survey, rows);
    lp_usec scale = scale_of(rows, n);
    lp_html_open(html, "div", "time");
    lp_html_table(html,
                  lp_tell(html->arena,
                          "Bars run from the start to %s ms; the lines stand at quarters. Grey, "
                          "aside: the client that decides does not come to it",
                          milliseconds(html->arena, scale).p)
                      .p,
                  heads);
    for (size_t i = 0; i < n && i < ROWS_MOST; i++)
        put_row(walk, &rows[i], scale);
    lp_html_table_end(html);
    lp_html_close(html, "div");
    if (n > ROWS_MOST)
        lp_html_element(html, "p", "muted",
                        lp_tell(html->arena, "and %zu more, under Evidence", n - ROWS_MOST));
}
