/* logs.c - evidence logs made by hand */
#include "logs.h"

#include <check.h>
#include <string.h>

#include "lp/addoc.h"
#include "lp/keys.h"
#include "lp/plan.h"
#include "lp/sipmsg.h"
#include "lp/worker.h"

void logs_begin(struct logs *l, const char *view)
{
    static const struct lp_str address = { "192.0.2.53:53", 13 };
    *l = (struct logs){ 0 };
    lp_log_init(&l->log, &l->arena);
    struct lp_server *servers = lp_arena_array(&l->arena, 2, sizeof *servers);
    struct lp_str *addresses = lp_arena_alloc(&l->arena, sizeof *addresses);
    *addresses = address;
    servers[0] = (struct lp_server){ .label = LP_STR("first"), .addresses = { addresses, 1 } };
    servers[1] = (struct lp_server){ .label = LP_STR("second"), .addresses = { addresses, 1 } };
    l->log.setup = (struct lp_setup){ .version = LP_RECORD_VERSION,
                                      .program = LP_STR("lyncprobe test"),
                                      .domain = LP_STR(LOGS_DOMAIN),
                                      .view = lp_str_of(view),
                                      .client = LP_STR("lync2013"),
                                      .clock = LOGS_CLOCK,
                                      .label = LP_STR("zq7x3wq9"),
                                      .servers = { servers, 1 },
                                      .timeout_us = 15000000,
                                      .private_store = LP_STR("private.pem"),
                                      .public_store = LP_STR("system"),
                                      .days_warning = 45,
                                      .days_critical = 14 };
}

void logs_end(struct logs *l)
{
    lp_arena_release(&l->arena);
}

struct lp_str logs_word(struct lp_str *rest, char c)
{
    struct lp_str word = lp_str_trim(lp_str_cut(rest, c));
    *rest = lp_str_trim(*rest);
    return word;
}

struct lp_str logs_name(struct logs *l, struct lp_str name)
{
    if (lp_str_eq(name, LP_STR("@")))
        return LP_STR(LOGS_DOMAIN);
    if (lp_str_eq(name, LP_STR(".")))
        return name;
    if (name.n && name.p[name.n - 1] == '.')
        return lp_str_sub(name, 0, name.n - 1);
    struct lp_str parts[] = { name, LP_STR("." LOGS_DOMAIN) };
    return lp_arena_join(&l->arena, parts, LP_COUNT(parts));
}

struct lp_addr logs_address(const char *text)
{
    struct lp_addr address;
    ck_assert_msg(lp_addr_parse(lp_str_of(text), &address), "no address: %s", text);
    return address;
}

struct lp_evidence *logs_add(struct logs *l, const struct lp_ask *ask, enum lp_outcome outcome)
{
    struct lp_evidence *e = lp_entry_new(&l->arena, ask, 0);
    e->id = l->log.n ? l->log.at[l->log.n - 1]->id + 1 : 1;
    e->key = lp_arena_str(&l->arena, ask->key);
    e->outcome = outcome;
    e->elapsed = 1000;
    ck_assert_msg(lp_log_add(&l->log, e), "twice: %s", e->key.p);
    return e;
}

/* ---- DNS ---- */

/* An answer while it is read. */
struct reading {
    struct logs *l;
    struct lp_dns_facts *facts;
    struct lp_evidence *e;
    struct lp_rr *rrs;
    struct lp_str owner;
    int64_t ttl;
};

static uint64_t number(struct lp_str s)
{
    uint64_t n = 0;
    ck_assert_msg(lp_str_to_u64(s, UINT32_MAX, &n), "no number: %.*s", (int)s.n, s.p);
    return n;
}

static struct lp_rr *push_rr(struct reading *r, int64_t type)
{
    struct lp_rr *rr = &r->rrs[r->facts->rrs.n++];
    *rr = (struct lp_rr){
        .section = LP_STR("answer"), .owner = r->owner, .type = type, .ttl = r->ttl
    };
    r->e->outcome = r->e->outcome == LP_NONE ? LP_ANSWER : r->e->outcome;
    return rr;
}

static void read_srv(struct reading *r, struct lp_str text)
{
    struct lp_rr *rr = push_rr(r, LP_DNS_SRV);
    rr->priority = (int64_t)number(logs_word(&text, ' '));
    rr->weight = (int64_t)number(logs_word(&text, ' '));
    rr->port = (int64_t)number(logs_word(&text, ' '));
    rr->name = logs_name(r->l, text);
}

static void read_part(struct reading *r, struct lp_str part)
{
    struct lp_str rest = part, word = logs_word(&rest, ' ');
    struct lp_addr address;
    enum lp_outcome outcome;
    if (!part.n)
        return;
    if (lp_str_eq(word, LP_STR("alias"))) {
        struct lp_rr *rr = push_rr(r, LP_DNS_CNAME);
        rr->name = logs_name(r->l, rest);
        r->owner = rr->name;
    } else if (lp_str_eq(word, LP_STR("ns"))) {
        push_rr(r, LP_DNS_NS)->name = logs_name(r->l, rest);
    } else if (lp_str_eq(word, LP_STR("ttl"))) {
        r->ttl = (int64_t)number(rest);
    } else if (lp_str_eq(word, LP_STR("soa"))) {
        struct lp_rr *rr = push_rr(r, LP_DNS_SOA);
        rr->section = LP_STR("authority");
        rr->owner = rest.n ? LP_STR(LOGS_DOMAIN) : rr->owner;
        rr->minimum = rest.n ? (int64_t)number(rest) : 0;
    } else if (lp_outcome_from(word, &outcome) && word.n) {
        r->e->outcome = outcome;
    } else if (lp_addr_parse(part, &address)) {
        push_rr(r, address.family == 6 ? LP_DNS_AAAA : LP_DNS_A)->address = address;
    } else {
        read_srv(r, part);
    }
}

void logs_answer(struct logs *l, struct lp_evidence *e, const char *answer)
{
    struct lp_dns_facts *facts = e->facts;
    struct reading r = { .l = l, .facts = facts, .e = e, .owner = facts->name, .ttl = 3600 };
    struct lp_str rest = lp_arena_str(&l->arena, lp_str_of(answer));
    r.rrs = lp_arena_array(&l->arena, rest.n + 1, sizeof *r.rrs);
    facts->rrs.at = r.rrs;
    e->outcome = LP_NONE;
    while (rest.n)
        read_part(&r, logs_word(&rest, ';'));
    e->why = e->outcome == LP_NOT_TRIED ? LP_STR("deadline") : LP_STR_NONE;
    facts->from = LP_STR("192.0.2.53:53");
    facts->tries = 1;
    facts->rcode = e->outcome == LP_NXDOMAIN ? 3 : e->outcome == LP_TIMEOUT ? -1 : 0;
}

struct lp_evidence *logs_dns(struct logs *l, const char *question, const char *answer)
{
    struct lp_str rest = lp_str_of(question);
    struct lp_ask ask = { .shape = &lp_shape_dns, .type = lp_dns_type_from(logs_word(&rest, ' ')) };
    ask.name = logs_name(l, logs_word(&rest, ' '));
    ask.server = rest.n ? (int64_t)number(rest) : 0;
    struct lp_resolved q = { .name = ask.name, .type = ask.type, .server = ask.server };
    ask.key = lp_dns_key(&l->arena, &q);
    struct lp_evidence *e = logs_add(l, &ask, LP_NONE);
    logs_answer(l, e, answer);
    return e;
}

/* ---- endpoints ---- */

struct lp_evidence *logs_web(struct logs *l, const char *url, const char *address, const char *body)
{
    struct lp_url parsed;
    ck_assert(lp_url_parse(&l->arena, NULL, lp_str_of(url), &parsed));
    struct lp_ask ask = { .shape = &lp_probe_autodiscover.shape,
                          .probe = &lp_probe_autodiscover,
                          .host = parsed.host,
                          .port = parsed.port,
                          .connect_port = parsed.port,
                          .address = logs_address(address),
                          .plain = !parsed.https,
                          .url = parsed.text };
    ask.key = lp_probe_key(&l->arena, &ask);
    struct lp_evidence *e = logs_add(l, &ask, LP_OK);
    struct lp_autodiscover_facts *facts = e->facts;
    struct lp_str rest = lp_arena_str(&l->arena, lp_str_of(body));
    facts->link.connect = LP_OPEN;
    facts->link.tls = parsed.https ? LP_OK : LP_NONE;
    facts->http.status = 200;
    if (rest.n && rest.p[0] >= '1' && rest.p[0] <= '9')
        facts->http.status = (int64_t)number(logs_word(&rest, ' '));
    if (facts->http.status >= 300 && facts->http.status < 400)
        facts->http.location = rest.n ? rest : LP_STR_NONE;
    lp_addoc_decode(&l->arena, rest, &facts->doc);
    return e;
}

struct lp_evidence *logs_sip(struct logs *l, const char *endpoint, const char *address,
                             const char *answer)
{
    struct lp_str port = lp_str_of(endpoint), host = logs_word(&port, ':');
    struct lp_ask ask = { .shape = &lp_probe_sip.shape,
                          .probe = &lp_probe_sip,
                          .host = logs_name(l, host),
                          .port = (int64_t)number(port),
                          .address = logs_address(address) };
    static struct lp_str ntlm = { "NTLM", 4 };
    enum lp_outcome outcome;
    ask.connect_port = ask.port;
    ask.key = lp_probe_key(&l->arena, &ask);
    struct lp_evidence *e = logs_add(l, &ask, LP_OK);
    struct lp_sip_facts *facts = e->facts;
    if (!lp_outcome_from(lp_str_of(answer), &outcome)) {
        facts->link.connect = LP_OPEN;
        facts->link.tls = LP_OK;
        facts->is_sip = true;
        facts->status = (int64_t)number(lp_str_of(answer));
        facts->date = LP_UTC_NONE;
        facts->schemes = (struct lp_list){ &ntlm, 1 };
    } else {
        facts->link.connect = outcome;
        e->outcome = outcome;
    }
    return e;
}

/* ---- the planner ---- */

const struct lp_ask *logs_wanted(struct logs *l, const char *key)
{
    struct lp_asks asks;
    lp_plan_missing(&l->log, &l->arena, &asks);
    for (size_t i = 0; i < asks.n; i++) {
        if (lp_str_eq(asks.at[i].key, lp_str_of(key)))
            return &asks.at[i];
    }
    return NULL;
}

size_t logs_count_wanted(struct logs *l, const char *beginning)
{
    struct lp_asks asks;
    size_t n = 0;
    lp_plan_missing(&l->log, &l->arena, &asks);
    for (size_t i = 0; i < asks.n; i++)
        n += lp_str_starts_nocase(asks.at[i].key, beginning) && !asks.at[i].refused.p;
    return n;
}
