/* html_made.c - how a report was made: program, options, servers, stores, clock, overrides */
#include "lp/html_parts.h"

#include "lp/lang.h"
#include "lp/summary.h"
#include "lp/text.h"
#include "lp/unchecked.h"

static struct lp_str seconds(struct lp_arena *arena, int64_t us)
{
    return lp_arena_printf(arena, "%lld.%02lld s", (long long)(us / 1000000),
                           (long long)(us / 10000 % 100));
}

static struct lp_str say_end(struct lp_arena *arena, const struct lp_end *end)
{
    struct lp_str time = seconds(arena, end->total_us);
    if (end->complete)
        return lp_tell(arena, "complete, after %s", time.p);
    return lp_tell(arena, "not complete (%s), after %s",
                   end->why.n ? lp_term(arena, end->why) : lp_tr(arena, "cut off"), time.p);
}

static struct lp_str say_store(struct lp_arena *arena, struct lp_str name, struct lp_str digest)
{
    if (!name.n)
        return LP_STR_NONE;
    return lp_arena_printf(arena, "%s%s%s", lp_term(arena, name), digest.n ? ", sha256 " : "",
                           digest.n ? lp_term(arena, digest) : "");
}

static struct lp_str say_limits(struct lp_arena *arena, const struct lp_setup *setup)
{
    return lp_tell(arena, "run %s, connection %s, handshake %s, HTTP %s, DNS %s",
                   seconds(arena, setup->timeout_us).p, seconds(arena, setup->connect_us).p,
                   seconds(arena, setup->tls_us).p, seconds(arena, setup->http_us).p,
                   seconds(arena, setup->dns_us).p);
}

static struct lp_str say_view(struct lp_arena *arena, const struct lp_judgement *j)
{
    if (!lp_str_eq(j->survey.log->setup.view, LP_STR("auto")))
        return lp_tell(arena, "%s, as asked for", lp_tr(arena, lp_summary_view(j)));
    return lp_tell(arena, "%s, because %s", lp_tr(arena, lp_summary_view(j)), j->survey.view_why.p);
}

static void put_run(const struct lp_html_walk *walk)
{
    const struct lp_html *html = &walk->html;
    struct lp_arena *arena = html->arena;
    const struct lp_log *log = walk->j->survey.log;
    const struct lp_setup *setup = &log->setup;
    char clock[24];
    lp_format_utc(setup->clock, clock, sizeof clock);
    lp_html_pair(html, "Program", setup->program);
    lp_html_pair(html, "Clock", lp_arena_printf(arena, "%s", clock));
    lp_html_pair(html, "View", say_view(arena, walk->j));
    lp_html_pair(html, "Client", lp_str_of(lp_tr(arena, walk->j->survey.main->client->title)));
    lp_html_pair(html, "Run", say_end(arena, &log->end));
    lp_html_pair(html, "Time limits", say_limits(arena, setup));
    if (setup->only4 || setup->only6)
        lp_html_pair(html, "Addresses", lp_tell(arena, setup->only4 ? "IPv4 only" : "IPv6 only"));
    lp_html_pair(html, "Private roots",
                 say_store(arena, setup->private_store, setup->private_digest));
    lp_html_pair(html, "Public roots", say_store(arena, setup->public_store, setup->public_digest));
    lp_html_pair(html, "Topology", say_store(arena, setup->topology, setup->topology_digest));
}

static void put_servers(const struct lp_html_walk *walk)
{
    struct lp_arena *arena = walk->html.arena;
    const struct lp_setup *setup = &walk->j->survey.log->setup;
    const struct lp_server *servers = setup->servers.at;
    for (size_t i = 0; i < setup->servers.n; i++) {
        const struct lp_str *addresses = servers[i].addresses.at;
        struct lp_str list = LP_STR("");
        for (size_t k = 0; k < servers[i].addresses.n; k++)
            lp_page_join(&walk->report.page, &list, lp_str_of(lp_term(arena, addresses[k])));
        lp_html_pair(&walk->html, i ? "Name server beside it" : "Name server",
                     lp_arena_printf(arena, "%s: %s", lp_term(arena, servers[i].label), list.p));
    }
}

static void put_overrides(const struct lp_html_walk *walk)
{
    const struct lp_html *html = &walk->html;
    if (!lp_setup_overridden(&walk->j->survey.log->setup))
        return;
    lp_buf_clear(walk->aside);
    lp_text_overrides(&walk->report);
    lp_html_element(html, "dt", NULL, lp_tell(html->arena, "Overridden"));
    lp_html_open(html, "dd", NULL);
    lp_html_open(html, "pre", NULL);
    lp_html_lines(html, lp_buf_view(walk->aside));
    lp_html_close(html, "pre");
    lp_html_close(html, "dd");
    lp_buf_clear(walk->aside);
}

void lp_html_made(const struct lp_html_walk *walk)
{
    const struct lp_html *html = &walk->html;
    lp_html_open(html, "dl", NULL);
    put_run(walk);
    put_servers(walk);
    put_overrides(walk);
    lp_html_close(html, "dl");
    lp_html_element(html, "p", "muted",
                    lp_tell(html->arena,
                            "No password was used and no account was signed in. Nothing was sent "
                            "anywhere but to the name servers and to the endpoints that this page "
                            "names; this page loads nothing from elsewhere."));
    lp_html_element(html, "p", NULL, lp_unchecked(html->arena, walk->j));
}
