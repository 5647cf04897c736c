/* standing.c - what was heard of a certificate's revocation, source by source */
#include "lp/standing.h"

#include "lp/lang.h"
#include "lp/probe.h"
#include "lp/steps.h"
#include "lp/text.h"
#include "lp/url.h"

/* A standing in the making. */
struct finding {
    const struct lp_log *log;
    struct lp_arena *arena;
    const struct lp_certificate *cert;
    struct lp_standing *out;
};

static bool is_bad(struct lp_str signature)
{
    return lp_str_eq(signature, LP_STR("bad"));
}

static struct lp_source *add(struct finding *f, const struct lp_source *source)
{
    if (f->out->n == LP_SOURCES)
        return NULL;
    f->out->at[f->out->n] = *source;
    f->out->at[f->out->n].revoked_at = LP_UTC_NONE;
    f->out->at[f->out->n].reason = -1;
    return &f->out->at[f->out->n++];
}

static bool is_past(const struct finding *f, lp_utc until)
{
    return until != LP_UTC_NONE && until < f->log->setup.clock;
}

/* ---- lists ---- */

/* The fetched list of a URL, of two the later one; NULL: it was not asked. */
static const struct lp_evidence *list_at(const struct finding *f, struct lp_str url)
{
    const struct lp_shape *shape = &lp_probe_by_name(LP_STR("crl"))->shape;
    struct lp_str again[] = { url, LP_STR(LP_CRL_AGAIN) };
    struct lp_str other = lp_arena_join(f->arena, again, LP_COUNT(again));
    for (size_t i = f->log->n; i > 0; i--) {
        const struct lp_evidence *e = f->log->at[i - 1];
        if (e->shape == shape &&
            (lp_str_eq(lp_http_of(e)->url, url) || lp_str_eq(lp_http_of(e)->url, other)))
            return e;
    }
    return NULL;
}

static void read_list(const struct finding *f, struct lp_source *s)
{
    const struct lp_crl *list = &((const struct lp_crl_facts *)s->e->facts)->crl;
    const struct lp_crl_entry *entry;
    (void)lp_crl_knows(list, f->cert->serial, &entry);
    s->list = list;
    s->unsigned_ = lp_str_eq(list->signature, LP_STR("unknown"));
    s->state = LP_SOURCE_FAILED;
    if (entry && !is_bad(list->signature)) {
        s->state = LP_SOURCE_REVOKED;
        s->revoked_at = entry->at;
        s->reason = entry->reason;
    } else if (lp_probe_by_name(LP_STR("crl"))->is_well(s->e) && !is_past(f, list->next_update)) {
        s->state = LP_SOURCE_GOOD;
    }
}

/* ---- OCSP ---- */

static void read_answer(const struct finding *f, struct lp_source *s, const struct lp_ocsp *answer)
{
    bool counts = !answer->problem.n && !is_bad(answer->signature);
    s->answer = answer;
    s->unsigned_ = lp_str_eq(answer->signature, LP_STR("unknown"));
    s->state = LP_SOURCE_FAILED;
    if (counts && lp_str_eq(answer->status, LP_STR("revoked"))) {
        s->state = LP_SOURCE_REVOKED;
        s->revoked_at = answer->at;
        s->reason = answer->reason;
    } else if (counts && lp_str_eq(answer->status, LP_STR("good")) &&
               !is_past(f, answer->next_update)) {
        s->state = LP_SOURCE_GOOD;
    }
}

static const struct lp_evidence *answer_at(const struct finding *f, struct lp_str url)
{
    const struct lp_shape *shape = &lp_probe_by_name(LP_STR("ocsp"))->shape;
    struct lp_str name = lp_ocsp_name(f->arena, url, f->cert->sha256);
    for (size_t i = 0; i < f->log->n; i++) {
        const struct lp_evidence *e = f->log->at[i];
        if (e->shape == shape && lp_str_eq(lp_http_of(e)->url, name))
            return e;
    }
    return NULL;
}

static void read_asked(const struct finding *f, struct lp_source *s)
{
    const struct lp_ocsp_facts *facts = s->e->facts;
    s->state = LP_SOURCE_FAILED;
    if (s->e->outcome == LP_OK && facts->http.status == 200)
        read_answer(f, s, &facts->ocsp);
}

static void add_staple(struct finding *f, const struct lp_evidence *endpoint, size_t index)
{
    const struct lp_link *link = lp_link_of(endpoint);
    const struct lp_ocsp *staples = link->staples.at;
    struct lp_source source = { .kind = LP_SOURCE_STAPLE, .e = endpoint };
    if (index >= link->staples.n || (!staples[index].status.n && !staples[index].problem.n))
        return;
    struct lp_source *s = add(f, &source);
    if (s)
        read_answer(f, s, &staples[index]);
}

/* ---- both ---- */

/* How to find what a kind of source said, and to read it. */
static const struct {
    const struct lp_evidence *(*at)(const struct finding *f, struct lp_str url);
    void (*read)(const struct finding *f, struct lp_source *s);
} ways[] = {
    [LP_SOURCE_OCSP] = { answer_at, read_asked },
    [LP_SOURCE_LIST] = { list_at, read_list },
};

static void add_url(struct finding *f, enum lp_source_kind kind, const struct lp_url *url)
{
    struct lp_places places;
    struct lp_source source = { .kind = kind, .url = url->text, .host = url->host };
    source.e = ways[kind].at(f, url->text);
    struct lp_source *s = add(f, &source);
    if (!s)
        return;
    if (s->e && !lp_probe_is_open(s->e)) {
        ways[kind].read(f, s);
        return;
    }
    lp_places_of(f->log, f->arena, url->host, url->port, &places);
    if (!s->e && !places.n && !lp_outcome_is_open(places.outcome)) {
        s->lookup = places.outcome;
        s->state = LP_SOURCE_FAILED;
    }
}

static void add_urls(struct finding *f, enum lp_source_kind kind, const struct lp_list *urls)
{
    const struct lp_str *at = urls->at;
    struct lp_url url;
    for (size_t i = 0; i < urls->n; i++) {
        if (lp_url_parse(f->arena, NULL, at[i], &url) && !url.https)
            add_url(f, kind, &url);
    }
}

const struct lp_standing *lp_standing_find(const struct lp_log *log, struct lp_arena *arena,
                                           const struct lp_evidence *endpoint, size_t index)
{
    const struct lp_link *link = lp_link_of(endpoint);
    const struct lp_str *chain = link->chain.at;
    struct finding f = { log, arena, NULL, lp_arena_alloc(arena, sizeof *f.out) };
    f.cert = index < link->chain.n ? lp_log_certificate(log, chain[index]) : NULL;
    if (!f.cert || !f.cert->readable || f.cert->self_issued)
        return f.out;
    add_staple(&f, endpoint, index);
    add_urls(&f, LP_SOURCE_OCSP, &f.cert->ocsp);
    add_urls(&f, LP_SOURCE_LIST, &f.cert->cdp);
    return f.out;
}

/* The endpoint that showed the certificate first, and its place there. */
const struct lp_standing *lp_standing_of(const struct lp_log *log, struct lp_arena *arena,
                                         const struct lp_certificate *cert)
{
    for (size_t i = 0; i < log->n; i++) {
        const struct lp_link *link = lp_link_of(log->at[i]);
        const struct lp_str *chain = link ? link->chain.at : NULL;
        for (size_t k = 0; link && k < link->chain.n; k++) {
            if (lp_str_eq(chain[k], cert->sha256))
                return lp_standing_find(log, arena, log->at[i], k);
        }
    }
    return lp_arena_alloc(arena, sizeof(struct lp_standing));
}

bool lp_standing_has(const struct lp_standing *standing, enum lp_source_kind kind,
                     enum lp_source_state state)
{
    for (size_t i = 0; i < standing->n; i++) {
        if (standing->at[i].kind == kind && standing->at[i].state == state)
            return true;
    }
    return false;
}

bool lp_standing_has_beside(const struct lp_standing *standing, enum lp_source_kind kind,
                            enum lp_source_state state)
{
    for (size_t i = 0; i < standing->n; i++) {
        if (standing->at[i].kind != kind && standing->at[i].state == state)
            return true;
    }
    return false;
}

/* ---- in words ---- */

const char *lp_reason_words(int64_t reason)
{
    static const char *const words[] = {
        LP_TR(", reason not said"),     LP_TR(", key compromise"),
        LP_TR(", CA compromise"),       LP_TR(", affiliation changed"),
        LP_TR(", superseded"),          LP_TR(", cessation of operation"),
        LP_TR(", certificate on hold"),
    };
    return reason > 0 && reason < (int64_t)LP_COUNT(words) ? words[reason] : "";
}

static struct lp_str day_of(struct lp_arena *arena, lp_utc t)
{
    char day[24];
    lp_format_day(t, day, sizeof day);
    return lp_arena_str(arena, lp_str_of(day));
}

/* What a response itself lacks. */
static struct lp_str answer_trouble(struct lp_arena *arena, const struct lp_ocsp *answer)
{
    if (lp_str_eq(answer->problem, LP_STR("another certificate")))
        return lp_tell(arena, "it is about another certificate");
    if (answer->problem.n)
        return lp_str_of(lp_term(arena, answer->problem));
    if (is_bad(answer->signature))
        return lp_tell(arena, "its signature is not that of the issuer");
    if (lp_str_eq(answer->status, LP_STR("good")))
        return lp_tell(arena, "out of date since %s", day_of(arena, answer->next_update).p);
    return lp_tell(arena, "the responder does not know the certificate");
}

static struct lp_str list_trouble(struct lp_arena *arena, const struct lp_crl *list)
{
    if (list->problem.n)
        return lp_str_of(lp_term(arena, list->problem));
    if (is_bad(list->signature))
        return lp_tell(arena, "its signature is not that of the issuer");
    return lp_tell(arena, "out of date since %s", day_of(arena, list->next_update).p);
}

struct lp_str lp_source_trouble(struct lp_arena *arena, const struct lp_source *s)
{
    const struct lp_http *http = s->kind == LP_SOURCE_STAPLE || !s->e ? NULL : lp_http_of(s->e);
    if (!s->e)
        return lp_arena_printf(arena, "%s: %s", lp_term(arena, s->host),
                               lp_outcome_word(s->lookup));
    if (http && http->status >= 0 && http->status != 200)
        return lp_tell(arena, "status %lld", (long long)http->status);
    if (http && s->e->outcome != LP_OK)
        return lp_str_of(lp_outcome_word(s->e->outcome));
    return s->answer ? answer_trouble(arena, s->answer) : list_trouble(arena, s->list);
}

const char *lp_source_kind_word(enum lp_source_kind kind)
{
    static const char *const words[] = {
        [LP_SOURCE_STAPLE] = "stapled", [LP_SOURCE_OCSP] = "ocsp", [LP_SOURCE_LIST] = "crl"
    };
    return words[kind];
}

const char *lp_source_state_word(enum lp_source_state state)
{
    static const char *const words[] = { [LP_SOURCE_OPEN] = "open",
                                         [LP_SOURCE_FAILED] = "failed",
                                         [LP_SOURCE_GOOD] = "good",
                                         [LP_SOURCE_REVOKED] = "revoked" };
    return words[state];
}

lp_utc lp_source_until(const struct lp_source *source)
{
    if (source->answer)
        return source->answer->next_update;
    return source->list ? source->list->next_update : LP_UTC_NONE;
}
