/* stage_peer.c - a small deployment written as text: what answers at its addresses */
#include "stage.h"

#include "lp/crl.h"

#include <check.h>
#include <string.h>

/* The words of a "tcp" line while they are taken in. */
struct peer {
    struct stage *stage;
    struct lp_evidence *e;
    struct lp_link *link;
    bool web, silent;
    struct lp_str sip;     /* status; "" none */
    struct lp_str schemes; /* of the challenge, split by "," */
    struct lp_str sts;     /* its sts-uri */
    struct lp_str late;    /* seconds that its clock is behind */
    struct lp_str nosni;   /* certificate without SNI, or "alert" */
    struct lp_str target;  /* targetname of the challenge */
    struct lp_str server;  /* Server */
    struct lp_str diag;    /* ms-diagnostics */
};

static uint64_t number(struct lp_str s)
{
    uint64_t n = 0;
    ck_assert_msg(lp_str_to_u64(s, 100000, &n), "no number: %.*s", (int)s.n, s.p);
    return n;
}

static bool is(struct lp_str word, const char *text)
{
    return lp_str_eq(word, lp_str_of(text));
}

static void fail_tls(struct peer *p, enum lp_outcome outcome, struct lp_str alert)
{
    p->link->tls = outcome;
    p->link->protocol = LP_STR_NONE;
    p->link->alert = alert.n ? (int64_t)number(alert) : -1;
    p->e->outcome = outcome;
}

static void take_handshake(struct peer *p, struct lp_str word, struct lp_str value)
{
    if (is(word, "tls")) {
        p->link->tls = LP_OK;
        p->link->protocol = LP_STR("TLSv1.2");
        stage_show_cert(p->stage, value, p->link);
    } else if (is(word, "v")) {
        p->link->protocol = value;
    } else if (is(word, "alert")) {
        fail_tls(p, LP_ALERT, value);
    } else if (is(word, "cut")) {
        fail_tls(p, LP_RESET, value);
    } else if (is(word, "stuck")) {
        fail_tls(p, LP_STALLED, value);
    } else if (is(word, "garbage")) {
        fail_tls(p, LP_NOT_TLS, value);
        p->link->first_bytes = LP_STR("HTTP/1.1 400 Bad Request\r\n");
    } else if (is(word, "asks") || is(word, "mtls")) {
        p->link->asks_certificate = true;
        p->link->alert_after_certificate = is(word, "mtls");
        if (is(word, "mtls"))
            fail_tls(p, LP_ALERT, LP_STR("116"));
    }
}

static void take_speech(struct peer *p, struct lp_str word, struct lp_str value)
{
    const struct {
        const char *word;
        struct lp_str *to;
    } values[] = { { "sip", &p->sip },       { "schemes", &p->schemes }, { "sts", &p->sts },
                   { "late", &p->late },     { "nosni", &p->nosni },     { "target", &p->target },
                   { "server", &p->server }, { "diag", &p->diag } };
    for (size_t i = 0; i < LP_COUNT(values); i++) {
        if (is(word, values[i].word))
            *values[i].to = value;
    }
    p->web |= is(word, "web");
    p->silent |= is(word, "dead");
    if (is(word, "mute"))
        p->e->outcome = LP_TIMEOUT;
    if (is(word, "closes"))
        p->e->outcome = LP_RESET;
    if (is(word, "not-sip") || is(word, "web"))
        p->e->outcome = p->e->shape->has_http ? p->e->outcome : LP_MALFORMED;
}

/* An outcome word is how the connection, or the whole question, ended. */
static void take_word(struct peer *p, struct lp_str word)
{
    enum lp_outcome outcome;
    struct lp_str value = word, key = logs_word(&value, '=');
    if (lp_outcome_from(word, &outcome)) {
        p->link->connect = outcome;
        p->e->outcome = outcome;
        if (outcome == LP_NOT_TRIED)
            p->e->why = LP_STR("deadline");
        return;
    }
    take_handshake(p, key, value);
    take_speech(p, key, value);
}

static struct lp_str line_of(struct stage *s, const struct lp_ask *ask)
{
    char address[LP_ADDR_TEXT];
    lp_addr_format(&ask->address, address, sizeof address);
    struct lp_str name =
        lp_arena_printf(&s->logs.arena, "%s:%lld", address, (long long)ask->connect_port);
    struct lp_str words = stage_line(s, "tcp", name);
    return words.p ? words : LP_STR("refused");
}

/* ---- pages ---- */

static struct lp_str page_of(struct stage *s, struct lp_str url)
{
    for (size_t i = s->line_count; i-- > 0;) {
        struct lp_str rest = s->lines[i];
        if (!is(logs_word(&rest, ' '), "page"))
            continue;
        struct lp_str at = logs_word(&rest, ' ');
        bool prefix = lp_str_ends_nocase(at, "*");
        if (lp_str_eq(at, url) ||
            (prefix && lp_str_eq(lp_str_sub(at, 0, at.n - 1), lp_str_sub(url, 0, at.n - 1))))
            return rest;
    }
    return LP_STR("404");
}

/* The probe reads the page as it would read the wire. */
static void read_page(struct peer *p, const struct lp_ask *ask, struct lp_str page)
{
    struct lp_talk talk = {
        .ask = ask, .arena = &p->stage->logs.arena, .facts = p->e->facts, .in = page, .eof = true
    };
    if (ask->probe->step(&talk) == LP_BAD)
        p->e->outcome = LP_MALFORMED;
}

static void answer_page(struct peer *p, const struct lp_ask *ask, struct lp_str page)
{
    struct lp_autodiscover_facts *facts = p->e->facts;
    if (p->silent || !p->web) {
        p->e->outcome = LP_RESET;
        return;
    }
    facts->http.status = 200;
    facts->http.date =
        p->late.n ? p->stage->logs.log.setup.clock - (int64_t)number(p->late) : LP_UTC_NONE;
    if (page.n && page.p[0] >= '1' && page.p[0] <= '9')
        facts->http.status = (int64_t)number(logs_word(&page, ' '));
    if (facts->http.status >= 300 && facts->http.status < 400)
        facts->http.location = page.n ? page : LP_STR_NONE;
    facts->http.content_type = LP_STR("text/html");
    facts->http.server = p->server;
    read_page(p, ask, page);
}

/* A revocation list, by one word: one with revoked certificates is too long to be kept whole. */
static void answer_list(struct peer *p, const struct lp_ask *ask, struct lp_str word)
{
    struct lp_crl_facts *facts = p->e->facts;
    struct lp_arena *arena = &p->stage->logs.arena;
    const struct lp_str *serials = ask->serials.at;
    bool revoked = is(word, "revoked") || is(word, "unknown");
    struct lp_crl_entry *entries = lp_arena_array(arena, ask->serials.n + 1, sizeof *entries);
    for (size_t i = 0; i < ask->serials.n; i++)
        entries[i] = (struct lp_crl_entry){ lp_arena_str(arena, serials[i]), revoked,
                                            LOGS_CLOCK - 86400, 1 };
    facts->crl = (struct lp_crl){
        .problem = is(word, "garbage") ? LP_STR("no CRL") : LP_STR(""),
        .this_update = LOGS_CLOCK - 86400,
        .next_update = LOGS_CLOCK + (is(word, "old") ? -3600 : 86400),
        .signature = is(word, "forged")    ? LP_STR("bad")
                     : is(word, "unknown") ? LP_STR("unknown")
                                           : LP_STR("good"),
        .count = revoked ? LP_CRL_KEPT + 1 : 0,
        .whole = !revoked,
        .entries = { entries, revoked ? ask->serials.n : 0 },
    };
}

static struct lp_list split(struct lp_arena *arena, struct lp_str text)
{
    struct lp_list list = { lp_arena_array(arena, text.n + 1, sizeof text), 0 };
    while (text.n)
        ((struct lp_str *)list.at)[list.n++] = logs_word(&text, ',');
    return list;
}

/* What a challenge holds. */
static void answer_challenge(struct peer *p)
{
    struct lp_sip_facts *facts = p->e->facts;
    struct lp_arena *arena = &p->stage->logs.arena;
    if (p->late.n)
        facts->date = p->stage->logs.log.setup.clock - (int64_t)number(p->late);
    if (facts->status != 401 && facts->status != 407)
        return;
    facts->schemes = split(arena, p->schemes.p ? p->schemes : LP_STR("NTLM,TLS-DSK"));
    facts->sts_uri = p->sts;
    facts->target_name = p->target;
}

static void answer_sip(struct peer *p)
{
    struct lp_sip_facts *facts = p->e->facts;
    facts->date = LP_UTC_NONE;
    if (p->e->outcome != LP_OK)
        return;
    facts->is_sip = p->sip.n > 0;
    if (!facts->is_sip) {
        p->e->outcome = LP_RESET;
        return;
    }
    facts->status = (int64_t)number(p->sip);
    facts->server = p->server;
    facts->diagnostics = p->diag;
    answer_challenge(p);
}

/* A listener of TLS closes on plain text. */
static void hang_up(struct peer *p)
{
    p->link->tls = LP_NONE;
    p->link->protocol = LP_STR_NONE;
    p->link->chain = (struct lp_list){ 0 };
    p->link->private_store = p->link->public_store = (struct lp_verify){ 0 };
    p->e->outcome = LP_RESET;
}

/* TLS is wanted where the ask is not plain; a listener without it answers in the
   clear. */
static void settle(struct peer *p, const struct lp_ask *ask)
{
    if (p->link->connect != LP_OPEN)
        return;
    if (ask->plain && p->link->tls != LP_NONE) {
        hang_up(p);
        return;
    }
    if (!ask->plain && p->link->tls == LP_NONE)
        take_handshake(p, LP_STR("garbage"), LP_STR_NONE);
    if (!ask->plain && p->link->tls != LP_OK)
        return;
    bool is_list = lp_str_eq(lp_str_of(ask->shape->name), LP_STR("crl"));
    bool is_ocsp = lp_str_eq(lp_str_of(ask->shape->name), LP_STR("ocsp"));
    if (ask->url.p)
        answer_page(p, ask, page_of(p->stage, ask->url));
    else if (ask->probe == &lp_probe_sip)
        answer_sip(p);
    if (is_list && lp_http_of(p->e)->status == 200)
        answer_list(p, ask, page_of(p->stage, ask->url));
    if (is_ocsp && lp_http_of(p->e)->status == 200)
        ((struct lp_ocsp_facts *)p->e->facts)->ocsp = stage_ocsp(page_of(p->stage, ask->url));
}

void stage_answer_peer(struct stage *s, const struct lp_ask *ask)
{
    struct lp_str rest = line_of(s, ask);
    struct lp_link probe = { .connect = LP_OPEN, .alert = -1 };
    struct lp_evidence made = { .shape = ask->shape, .outcome = LP_OK };
    struct peer p = { .stage = s, .e = &made, .link = &probe, .sip = LP_STR("") };
    while (rest.n)
        take_word(&p, logs_word(&rest, ' '));
    if (ask->probe->no_sni && p.nosni.n)
        take_handshake(&p, is(p.nosni, "alert") ? LP_STR("alert") : LP_STR("tls"),
                       is(p.nosni, "alert") ? LP_STR("112") : p.nosni);
    /* the certificates stand in the log before the first that refers to them */
    p.e = logs_add(&s->logs, ask, made.outcome);
    p.link = p.e->facts;
    p.e->why = made.why;
    struct lp_link from = *p.link;
    *p.link = probe;
    p.link->host = from.host;
    p.link->port = from.port;
    p.link->address = from.address;
    p.link->connect_port = from.connect_port;
    p.link->plain = from.plain;
    p.link->overridden = from.overridden;
    settle(&p, ask);
}
