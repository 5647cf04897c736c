/* nodes.c - servers behind one name that answer, but not alike: version, challenge, status */
#include "lp/court.h"
#include "lp/lang.h"
#include "lp/msdiag.h"
#include "lp/probe.h"
#include "lp/text.h"

/* ---- what is compared ---- */

static struct lp_str sip_version(struct lp_court *court, const struct lp_evidence *e)
{
    const struct lp_sip_facts *facts = e->facts;
    const char *product = lp_server_words(facts->server);
    if (!facts->server.n)
        return LP_STR_NONE;
    return lp_say(court, "%s%s%s%s", lp_text(court, facts->server), product ? " (" : "",
                  product ? lp_tr(court->arena, product) : "", product ? ")" : "");
}

static struct lp_str sip_schemes(struct lp_court *court, const struct lp_evidence *e)
{
    const struct lp_sip_facts *facts = e->facts;
    const struct lp_str *schemes = facts->schemes.at;
    struct lp_str text = LP_STR_NONE;
    for (size_t i = 0; i < facts->schemes.n && i < 8; i++)
        text = lp_say(court, "%s%s%s", text.n ? text.p : "", text.n ? ", " : "",
                      lp_text(court, schemes[i]));
    return text;
}

static struct lp_str web_version(struct lp_court *court, const struct lp_evidence *e)
{
    struct lp_str server = lp_http_of(e)->server;
    return server.n ? lp_say(court, "%s", lp_text(court, server)) : LP_STR_NONE;
}

static struct lp_str web_status(struct lp_court *court, const struct lp_evidence *e)
{
    return lp_say(court, "status %lld", (long long)lp_http_of(e)->status);
}

/* A text that siblings must have in common; unset: it does not say. */
struct aspect {
    bool web;
    const char *id;
    struct lp_str (*of)(struct lp_court *court, const struct lp_evidence *e);
};

static const struct aspect aspects[] = {
    { false, "LP-SIP-NODES-DIFFER", sip_version },
    { false, "LP-SIP-NODES-DIFFER", sip_schemes },
    { true, "LP-HTTP-NODES-DIFFER", web_version },
    { true, "LP-HTTP-NODES-DIFFER", web_status },
};

/* ---- who is compared ---- */

/* Seats that are siblings, and what each says. */
struct group {
    const struct aspect *aspect;
    const struct lp_seat **seats;
    struct lp_str *values;
    size_t n;
};

/* Pages, redirects, and what asks for a sign-in. */
static bool is_page(const struct lp_evidence *e)
{
    int64_t status = lp_http_of(e)->status;
    return (status >= 200 && status < 400) || status == 401 || status == 403;
}

/* What is ill has findings of its own. */
static bool is_comparable(const struct lp_seat *seat, const struct aspect *aspect)
{
    bool web = seat->e->shape->has_http;
    return seat->e->outcome == LP_OK && web == aspect->web && lp_seat_is_well(seat) &&
           (web ? is_page(seat->e) : seat->e->shape == &lp_probe_sip.shape);
}

/* Of web services page by page. */
static bool are_comparable(const struct lp_seat *a, const struct lp_seat *b,
                           const struct aspect *aspect)
{
    return a->e->shape == b->e->shape && lp_seats_are_siblings(a, b) && is_comparable(b, aspect) &&
           (!aspect->web || lp_str_eq(lp_http_of(a->e)->url, lp_http_of(b->e)->url));
}

/* The first and all behind it; none when the first is one of an earlier one's group. */
static void gather(struct lp_court *court, const struct lp_seat *first, struct group *out)
{
    const struct lp_seat *end = court->seats + court->seat_count;
    out->n = 0;
    for (const struct lp_seat *s = court->seats; s < end; s++) {
        if (!are_comparable(first, s, out->aspect))
            continue;
        if (s < first)
            return;
        struct lp_str value = out->aspect->of(court, s->e);
        if (!value.n)
            continue;
        out->seats[out->n] = s;
        out->values[out->n++] = value;
    }
}

static size_t count_alike(const struct group *group, size_t at)
{
    size_t n = 0;
    for (size_t i = 0; i < group->n; i++)
        n += lp_str_eq(group->values[i], group->values[at]);
    return n;
}

/* The one whose value most have; of equals the lowest address, so that all pages say the same. */
static size_t most_common(const struct group *group)
{
    size_t best = 0, most = 0;
    for (size_t i = 0; i < group->n; i++) {
        size_t n = count_alike(group, i);
        bool lower =
            lp_addr_cmp(&group->seats[i]->link->address, &group->seats[best]->link->address) < 0;
        if (n < most || (n == most && !lower))
            continue;
        most = n;
        best = i;
    }
    return best;
}

/* Another page of the same server has said it already. */
static bool is_said(const struct lp_court *court, const struct lp_claim *claim)
{
    for (const struct lp_claim *c = court->claims; c < claim; c++) {
        if (c->rule == claim->rule && lp_str_eq(c->subject, claim->subject) &&
            lp_str_eq(c->observed, claim->observed))
            return true;
    }
    return false;
}

static void claim_odd(struct lp_court *court, const struct group *group, size_t odd, size_t best)
{
    char address[LP_ADDR_TEXT];
    struct lp_claim *claim = lp_claim_seat(court, group->aspect->id, group->seats[odd]);
    lp_addr_format(&group->seats[best]->link->address, address, sizeof address);
    claim->expected = lp_say(court, "%s, as at %s", group->values[best].p, address);
    claim->observed = group->values[odd];
    lp_claim_evidence(claim, group->seats[best]->e->id);
    court->claim_count -= is_said(court, claim);
}

static void check_group(struct lp_court *court, const struct group *group)
{
    size_t best = most_common(group);
    for (size_t i = 0; i < group->n; i++) {
        if (!lp_str_eq(group->values[i], group->values[best]))
            claim_odd(court, group, i, best);
    }
}

void lp_check_nodes(struct lp_court *court)
{
    size_t room = court->seat_count + 1;
    struct group group = { .seats = lp_arena_array(court->arena, room, sizeof *group.seats),
                           .values = lp_arena_array(court->arena, room, sizeof *group.values) };
    for (size_t a = 0; a < LP_COUNT(aspects); a++) {
        group.aspect = &aspects[a];
        for (size_t i = 0; i < court->seat_count; i++) {
            if (!is_comparable(&court->seats[i], group.aspect))
                continue;
            gather(court, &court->seats[i], &group);
            check_group(court, &group);
        }
    }
}
