/* stage_cert.c - a small deployment written as text: its certificates and their CAs */
#include "stage.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

enum { DAY = 86400 };

static bool is(struct lp_str word, const char *text)
{
    return lp_str_eq(word, lp_str_of(text));
}

static int64_t days(struct lp_str s)
{
    uint64_t n = 0;
    bool minus = s.n && s.p[0] == '-';
    ck_assert_msg(lp_str_to_u64(lp_str_sub(s, minus, s.n), 10000, &n), "no days: %.*s", (int)s.n,
                  s.p);
    return (minus ? -(int64_t)n : (int64_t)n) * DAY;
}

/* 64 hexadecimal digits that tell names apart, and lines: a changed line is another
   certificate. */
static struct lp_str digest(struct stage *s, struct lp_str name, struct lp_str words)
{
    uint64_t hash[4] = { 14695981039346656037u, 1, 2, 3 };
    for (size_t i = 0; i < name.n; i++)
        hash[0] = (hash[0] ^ (unsigned char)name.p[i]) * 1099511628211u;
    for (size_t i = 0; i < words.n; i++)
        hash[1] = (hash[1] ^ (unsigned char)words.p[i]) * 1099511628211u;
    return lp_arena_printf(&s->logs.arena, "%016llx%016llx%016llx%016llx",
                           (unsigned long long)hash[0], (unsigned long long)hash[1],
                           (unsigned long long)hash[2], (unsigned long long)hash[3]);
}

static struct lp_list one(struct stage *s, struct lp_str item)
{
    struct lp_str *at = lp_arena_alloc(&s->logs.arena, sizeof *at);
    *at = item;
    return (struct lp_list){ at, 1 };
}

static struct lp_list names_of(struct stage *s, struct lp_str list)
{
    struct lp_str *at = lp_arena_array(&s->logs.arena, list.n + 1, sizeof *at);
    size_t n = 0;
    while (list.n)
        at[n++] = logs_name(&s->logs, logs_word(&list, ','));
    return (struct lp_list){ at, n };
}

/* A certificate while its line is read. */
struct making {
    struct stage *stage;
    struct lp_certificate *cert;
    struct lp_str ca;
    struct lp_str staple; /* word of stage_ocsp; unset none */
    bool bare;
    int64_t ca_days;
};

static void take_names(struct making *m, struct lp_str word, struct lp_str value)
{
    if (is(word, "names")) {
        m->cert->san = names_of(m->stage, value);
        m->cert->san_count = (int64_t)m->cert->san.n;
        if (!m->cert->common_name.p && m->cert->san.n)
            m->cert->common_name = ((const struct lp_str *)m->cert->san.at)[0];
    } else if (is(word, "cn")) {
        m->cert->common_name = is(value, "none") ? LP_STR_NONE : logs_name(&m->stage->logs, value);
    } else if (is(word, "bad")) {
        m->cert->bad_encoding = value;
    } else if (is(word, "unreadable")) {
        m->cert->readable = false;
    }
}

static void take_kind(struct making *m, struct lp_str word, struct lp_str value)
{
    struct lp_certificate *cert = m->cert;
    if (is(word, "eku")) {
        cert->eku = one(m->stage, value);
        cert->has_eku = !is(value, "none");
    } else if (is(word, "key")) {
        cert->key_type = logs_word(&value, ':');
        cert->key_bits = days(value) / DAY;
    } else if (is(word, "sig")) {
        cert->digest = value;
    } else if (is(word, "pss")) {
        cert->signature = LP_STR("rsassaPss");
    } else if (is(word, "cdp")) {
        cert->cdp = is(value, "none") ? (struct lp_list){ 0 }
                                      : one(m->stage, LP_STR("ldap:///CN=ca,DC=contoso"));
    } else if (is(word, "ocsp")) {
        cert->ocsp = one(m->stage, LP_STR("http://ca.example/ocsp"));
    } else if (is(word, "staple")) {
        m->staple = value;
    } else if (is(word, "aia")) {
        cert->issuers = one(m->stage, is(value, "ldap") ? LP_STR("ldap:///CN=ca,DC=contoso")
                                                        : LP_STR("http://ca.example/ca.crt"));
    }
}

static void take_word(struct making *m, struct lp_str word)
{
    struct lp_str value = word, key = logs_word(&value, '=');
    take_names(m, key, value);
    take_kind(m, key, value);
    if (is(key, "ca"))
        m->ca = value;
    else if (is(key, "bare"))
        m->bare = true;
    else if (is(key, "days"))
        m->cert->not_after = LOGS_CLOCK + days(value);
    else if (is(key, "began"))
        m->cert->not_before = LOGS_CLOCK - days(value);
    else if (is(key, "ca-days"))
        m->ca_days = days(value);
}

static void put(struct stage *s, struct lp_certificate *cert)
{
    struct lp_str parts[] = { LP_STR("certificate "), cert->sha256 };
    struct lp_ask ask = { .key = lp_arena_join(&s->logs.arena, parts, LP_COUNT(parts)),
                          .shape = &lp_shape_certificate };
    if (!lp_log_find(&s->logs.log, ask.key))
        *(struct lp_certificate *)logs_add(&s->logs, &ask, LP_OK)->facts = *cert;
}

/* "public" issues by "CN=public issuing CA", whose root is "CN=public root". */
static struct lp_certificate issuing_ca(struct making *m)
{
    struct lp_arena *arena = &m->stage->logs.arena;
    return (struct lp_certificate){
        .sha256 = digest(m->stage, lp_arena_printf(arena, "CA %d", (int)(m->ca_days / DAY)), m->ca),
        .readable = true,
        .subject = lp_arena_printf(arena, "CN=%.*s issuing CA", (int)m->ca.n, m->ca.p),
        .issuer = lp_arena_printf(arena, "CN=%.*s root", (int)m->ca.n, m->ca.p),
        .not_before = LOGS_CLOCK - 1000 * (int64_t)DAY,
        .not_after = LOGS_CLOCK + m->ca_days,
        .key_type = LP_STR("RSA"),
        .key_bits = 4096,
        .signature = LP_STR("sha256WithRSAEncryption"),
        .digest = LP_STR("SHA256"),
        .is_ca = true,
    };
}

static void verify(struct making *m, struct lp_link *link)
{
    const struct lp_setup *setup = &m->stage->logs.log.setup;
    struct lp_verify *stores[] = { &link->private_store, &link->public_store };
    static const char *const kinds[] = { "private", "public" };
    bool given[] = { setup->private_store.p != NULL, setup->public_store.p != NULL };
    for (size_t i = 0; i < LP_COUNT(stores); i++) {
        bool good = is(m->ca, kinds[i]) && !m->bare;
        stores[i]->done = given[i];
        stores[i]->code = good ? 0 : 20;
        stores[i]->text = good ? LP_STR("ok") : LP_STR("unable to get local issuer certificate");
        if (good)
            stores[i]->root = lp_arena_printf(&m->stage->logs.arena, "CN=%s root", kinds[i]);
    }
}

struct lp_ocsp stage_ocsp(struct lp_str word)
{
    struct lp_ocsp answer = lp_ocsp_none();
    bool revoked = is(word, "revoked"), other = is(word, "other");
    bool good = is(word, "good") || is(word, "old") || is(word, "forged") || is(word, "unsigned");
    if (!good && !revoked && !other && !is(word, "unknown")) {
        answer.problem = word;
        return answer;
    }
    answer.problem = other ? LP_STR("another certificate") : LP_STR("");
    answer.status = good || other ? LP_STR("good") : word;
    answer.this_update = LOGS_CLOCK - 86400;
    answer.next_update = LOGS_CLOCK + (is(word, "old") ? -3600 : 86400);
    answer.signature = is(word, "forged")     ? LP_STR("bad")
                       : is(word, "unsigned") ? LP_STR("unknown")
                                              : LP_STR("good");
    if (revoked) {
        answer.at = LOGS_CLOCK - 86400;
        answer.reason = 4;
    }
    return answer;
}

static void show_staple(const struct making *m, struct lp_link *link)
{
    if (!m->staple.p)
        return;
    struct lp_ocsp answer = stage_ocsp(m->staple);
    lp_list_push(&m->stage->logs.arena, &link->staples, &answer, sizeof answer);
}

void stage_show_cert(struct stage *s, struct lp_str name, struct lp_link *link)
{
    struct lp_str rest = stage_line(s, "cert", name);
    ck_assert_msg(rest.p != NULL, "no line: cert %.*s", (int)name.n, name.p);
    struct lp_certificate cert = { .sha256 = digest(s, name, rest),
                                   .readable = true,
                                   .not_before = LOGS_CLOCK - 100 * DAY,
                                   .not_after = LOGS_CLOCK + 300 * DAY,
                                   .eku = one(s, LP_STR("serverAuth")),
                                   .has_eku = true,
                                   .key_type = LP_STR("RSA"),
                                   .key_bits = 2048,
                                   .signature = LP_STR("sha256WithRSAEncryption"),
                                   .digest = LP_STR("SHA256"),
                                   .cdp = one(s, LP_STR("http://ca.example/ca.crl")),
                                   .issuers = one(s, LP_STR("http://ca.example/ca.crt")) };
    struct making m = {
        .stage = s, .cert = &cert, .ca = LP_STR("public"), .ca_days = 2000 * (int64_t)DAY
    };
    while (rest.n)
        take_word(&m, logs_word(&rest, ' '));
    struct lp_certificate ca = issuing_ca(&m);
    cert.der = cert.sha256;
    ca.der = ca.sha256;
    show_staple(&m, link);
    cert.serial = lp_str_sub(cert.sha256, 0, 16);
    bool self = is(m.ca, "self");
    cert.subject = lp_arena_printf(&s->logs.arena, "CN=%.*s", (int)cert.common_name.n,
                                   cert.common_name.p ? cert.common_name.p : "");
    cert.issuer = self ? cert.subject : ca.subject;
    cert.self_issued = cert.self_signed = self;
    struct lp_str *chain = lp_arena_array(&s->logs.arena, 2, sizeof *chain);
    chain[0] = cert.sha256;
    chain[1] = ca.sha256;
    link->chain = (struct lp_list){ chain, self || m.bare ? 1 : 2 };
    put(s, &cert);
    if (link->chain.n == 2)
        put(s, &ca);
    verify(&m, link);
}
