/* html_certs.c - a card for each certificate that was shown: until when, for which names, where */
#include "lp/html_names.h"

#include "lp/beside.h"
#include "lp/lang.h"
#include "lp/say_standing.h"
#include "lp/text.h"

enum { DAY = 86400 };

/* "21 Nov 2026, 3 days ago" */
static struct lp_str say_day(struct lp_arena *arena, lp_utc when, lp_utc now)
{
    char day[24];
    lp_format_day(when, day, sizeof day);
    if (when == LP_UTC_NONE || now == LP_UTC_NONE)
        return lp_arena_printf(arena, "%s", day);
    int64_t days = (when > now ? when - now : now - when) / DAY;
    if (when > now)
        return lp_tell(arena, days == 1 ? "%s, in %lld day" : "%s, in %lld days", day,
                       (long long)days);
    return lp_tell(arena, days == 1 ? "%s, %lld day ago" : "%s, %lld days ago", day,
                   (long long)days);
}

static struct lp_str say_key(struct lp_arena *arena, const struct lp_certificate *leaf)
{
    if (!leaf->key_type.n)
        return LP_STR_NONE;
    return lp_tell(arena, "%s, %lld bits; signed with %s", lp_term(arena, leaf->key_type),
                   (long long)leaf->key_bits, lp_term(arena, leaf->signature));
}

static struct lp_str say_verified(struct lp_arena *arena, const struct lp_verify *v)
{
    if (!v->done)
        return LP_STR_NONE;
    if (v->code == 0)
        return lp_tell(arena, "verified, up to %s", lp_term(arena, v->root));
    return lp_tell(arena, "not verified: %s (certificate %lld of the chain)",
                   lp_term(arena, v->text), (long long)v->depth + 1);
}

/* ---- a leaf at all its places ---- */

struct card {
    const struct lp_shown *first;
    enum lp_sign sign;
    const struct lp_finding *finding;
};

static bool is_first(const struct lp_shown_rows *rows, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (rows->at[i].leaf == rows->at[index].leaf)
            return false;
    }
    return true;
}

static struct card card_of(const struct lp_shown_rows *rows, size_t index)
{
    struct card card = { &rows->at[index], LP_SIGN_OK, NULL };
    for (size_t i = index; i < rows->n; i++) {
        if (rows->at[i].leaf != card.first->leaf || rows->at[i].sign <= card.sign)
            continue;
        card.sign = rows->at[i].sign;
        card.finding = rows->at[i].finding;
    }
    return card;
}

static struct lp_str title_of(struct lp_arena *arena, const struct lp_certificate *leaf)
{
    const struct lp_str *san = leaf->san.at;
    if (!leaf->readable)
        return lp_tell(arena, "a certificate that cannot be read");
    if (leaf->common_name.n)
        return leaf->common_name;
    return leaf->san.n ? san[0] : lp_tell(arena, "a certificate without a name");
}

static void put_place(const struct lp_html_walk *walk, const struct lp_shown_rows *rows,
                      const struct lp_shown *s)
{
    const struct lp_html *html = &walk->html;
    size_t total = lp_shown_node_count(rows, s->link->host);
    lp_html_open(html, "li", NULL);
    lp_html_element(html, "code", NULL, lp_shown_place(&walk->report, s));
    lp_html_text(html, lp_tell(html->arena, " at "));
    lp_html_text(html, lp_shown_nodes_text(&walk->report.page, s));
    if (total != s->node_count) {
        lp_html_text(html, LP_STR(": "));
        lp_html_element(
            html, "strong", NULL,
            lp_tell(html->arena, "%zu of %zu addresses, the others differ", s->node_count, total));
    }
    lp_html_close(html, "li");
}

static void put_places(const struct lp_html_walk *walk, const struct lp_shown_rows *rows,
                       const struct lp_certificate *leaf)
{
    const struct lp_html *html = &walk->html;
    lp_html_element(html, "h4", NULL, lp_tell(html->arena, "Shown at"));
    lp_html_open(html, "ul", "evidence");
    for (size_t i = 0; i < rows->n; i++) {
        if (rows->at[i].leaf == leaf)
            put_place(walk, rows, &rows->at[i]);
    }
    lp_html_close(html, "ul");
}

static void put_chain(const struct lp_html_walk *walk, const struct lp_link *link)
{
    const struct lp_html *html = &walk->html;
    const struct lp_log *log = walk->j->survey.log;
    const struct lp_str *chain = link->chain.at;
    lp_html_open(html, "details", NULL);
    lp_html_element(html, "summary", NULL,
                    lp_tell(html->arena, "Chain as sent: %zu", link->chain.n));
    lp_html_open(html, "ol", "evidence");
    for (size_t i = 0; i < link->chain.n; i++) {
        const struct lp_certificate *c = lp_log_certificate(log, chain[i]);
        lp_html_open(html, "li", NULL);
        lp_html_text(html, c && c->readable ? c->subject : chain[i]);
        lp_html_text(html, lp_tell(html->arena, "; ends "));
        lp_html_text(html, say_day(html->arena, c ? c->not_after : LP_UTC_NONE, log->setup.clock));
        lp_html_close(html, "li");
    }
    lp_html_close(html, "ol");
    lp_html_close(html, "details");
}

/* A store that fails says nothing where the other one verifies the chain. */
static void put_stores(const struct lp_html *html, const struct lp_link *link)
{
    const struct lp_verify *public = &link->public_store, *private = &link->private_store;
    bool verified = (public->done && public->code == 0) || (private->done && private->code == 0);
    if (!verified || public->code == 0)
        lp_html_pair(html, "Public roots", say_verified(html->arena, public));
    if (!verified || private->code == 0)
        lp_html_pair(html, "Private roots", say_verified(html->arena, private));
}

static void put_facts(const struct lp_html_walk *walk, const struct lp_shown *s)
{
    const struct lp_html *html = &walk->html;
    const struct lp_certificate *leaf = s->leaf;
    lp_utc now = walk->j->survey.log->setup.clock;
    lp_html_open(html, "dl", NULL);
    lp_html_pair(html, "Ends", say_day(html->arena, leaf->not_after, now));
    lp_html_pair(html, "Begins", say_day(html->arena, leaf->not_before, now));
    lp_html_pair(html, "Issuer", leaf->issuer);
    lp_html_pair(html, "Trusted by", lp_str_of(lp_tr(html->arena, lp_shown_trust(s))));
    put_stores(html, s->link);
    lp_html_pair(html, "Revocation", lp_say_standing(walk->j->survey.log, html->arena, s));
    lp_html_pair(html, "Key", say_key(html->arena, leaf));
    lp_html_pair(html, "SHA-256", leaf->sha256);
    lp_html_pair(html, "Protocols", lp_say_protocols_at(walk->j->survey.log, s->link, html->arena));
    lp_html_close(html, "dl");
}

static void put_finding(const struct lp_html_walk *walk, const struct lp_finding *finding)
{
    const struct lp_html *html = &walk->html;
    if (!finding)
        return;
    lp_html_open(html, "p", NULL);
    lp_html_link(html, lp_html_finding_id(walk, (size_t)(finding - walk->j->findings)),
                 lp_str_of(finding->rule->id));
    lp_html_text(html, LP_STR(" "));
    lp_html_text(html, lp_str_of(lp_tr(html->arena, finding->rule->title)));
    lp_html_text(html, lp_tell(html->arena, "; what to do stands there."));
    lp_html_close(html, "p");
}

static void put_card(const struct lp_html_walk *walk, const struct lp_shown_rows *rows,
                     const struct card *card)
{
    static const char *const classes[] = { [LP_SIGN_OK] = "card ok",
                                           [LP_SIGN_WARNING] = "card warning",
                                           [LP_SIGN_CRITICAL] = "card critical" };
    const struct lp_html *html = &walk->html;
    const struct lp_certificate *leaf = card->first->leaf;
    struct lp_wanted_names names;
    lp_wanted_names(walk->j->survey.log, rows, leaf, &names);
    lp_html_open(html, "article", classes[card->sign]);
    lp_html_badge(html, card->sign);
    lp_html_element(html, "h3", NULL, title_of(html->arena, leaf));
    put_finding(walk, card->finding);
    put_facts(walk, card->first);
    lp_html_names(html, &names, leaf);
    put_places(walk, rows, leaf);
    put_chain(walk, card->first->link);
    lp_html_close(html, "article");
}

void lp_html_certificates(const struct lp_html_walk *walk)
{
    const struct lp_html *html = &walk->html;
    struct lp_shown_rows rows;
    lp_shown_make(&walk->report, &rows);
    lp_html_open(html, "div", "cards");
    for (size_t i = 0; i < rows.n; i++) {
        struct card card = card_of(&rows, i);
        if (is_first(&rows, i))
            put_card(walk, &rows, &card);
    }
    lp_html_close(html, "div");
}
