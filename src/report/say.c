/* say.c - evidence in plain words, for the reports that people read */
#include "lp/say.h"

#include "lp/beside.h"
#include "lp/lang.h"
#include "lp/probe.h"
#include "lp/text.h"

/* Words for an outcome of one layer. */
struct word {
    enum lp_outcome outcome;
    const char *text;
};

static const char *find_word(const struct word *words, enum lp_outcome outcome)
{
    while (words->text && words->outcome != outcome)
        words++;
    return words->text;
}

const char *lp_say_dns(const struct lp_arena *arena, enum lp_outcome outcome, int64_t type)
{
    static const struct word words[] = {
        { LP_NXDOMAIN, LP_TR("not there") },
        { LP_SERVFAIL, "SERVFAIL" },
        { LP_REFUSED, "REFUSED" },
        { LP_TIMEOUT, LP_TR("no answer") },
        { LP_MALFORMED, LP_TR("unreadable") },
        { LP_NOT_TRIED, LP_TR("not asked") },
        { LP_BLOCKED, LP_TR("not asked") },
        { LP_CRASHED, LP_TR("undecided") },
        { LP_NONE, LP_TR("not asked") },
        { LP_ANSWER, LP_TR("answered") },
        { LP_NONE, NULL },
    };
    if (outcome == LP_NODATA)
        return lp_tr(arena, type == LP_DNS_SRV ? "no such record" : "no address");
    const char *word = find_word(words, outcome);
    return word ? lp_tr(arena, word) : lp_outcome_word(outcome);
}

struct lp_str lp_say_address(struct lp_arena *arena, const struct lp_addr *address)
{
    char text[LP_ADDR_TEXT];
    if (!address->family)
        return lp_tell(arena, "no address");
    lp_addr_format(address, text, sizeof text);
    return lp_arena_printf(arena, "%s", text);
}

struct lp_str lp_say_host_port(struct lp_arena *arena, struct lp_str host, int64_t port)
{
    struct lp_addr address;
    bool brackets = lp_addr_parse(host, &address) && address.family == 6;
    return lp_arena_printf(arena, brackets ? "[%s]:%lld" : "%s:%lld", lp_term(arena, host),
                           (long long)port);
}

/* ---- the connection ---- */

static const struct word connect_words[] = {
    { LP_REFUSED, LP_TR("the port is closed") },
    { LP_TIMEOUT, LP_TR("the port is silent") },
    { LP_UNREACHABLE, LP_TR("the address cannot be reached") },
    { LP_RESET, LP_TR("the connection is reset") },
    { LP_NONE, NULL },
};

static const struct word tls_words[] = {
    { LP_RESET, LP_TR("the connection is cut during the TLS handshake") },
    { LP_STALLED, LP_TR("the TLS handshake does not end") },
    { LP_NOT_TLS, LP_TR("something answers, but not with TLS") },
    { LP_NONE, NULL },
};

/* The question was not put, or its worker died. */
static struct lp_str say_open(struct lp_arena *arena, const struct lp_evidence *e)
{
    static const struct word words[] = {
        { LP_NOT_TRIED, LP_TR("not tried") },
        { LP_BLOCKED, LP_TR("not asked") },
        { LP_CRASHED, LP_TR("the worker died here") },
        { LP_NONE, NULL },
    };
    const char *word = find_word(words, e->outcome);
    if (!word)
        return lp_arena_printf(arena, "%s", lp_outcome_word(e->outcome));
    if (!e->why.n)
        return lp_str_of(lp_tr(arena, word));
    return lp_arena_printf(arena, "%s: %s", lp_tr(arena, word), lp_term(arena, e->why));
}

/* The alerts that servers send to clients (RFC 8446 section 6.2). */
static const char *alert_name(int64_t alert)
{
    static const struct {
        int64_t number;
        const char *name;
    } alerts[] = {
        { 40, " (handshake failure)" },
        { 42, " (bad certificate)" },
        { 46, " (certificate unknown)" },
        { 47, " (illegal parameter)" },
        { 48, " (unknown CA)" },
        { 49, " (access denied)" },
        { 70, " (protocol version)" },
        { 71, " (insufficient security)" },
        { 80, " (internal error)" },
        { 112, " (unrecognized name)" },
        { 116, " (certificate required)" },
    };
    for (size_t i = 0; i < LP_COUNT(alerts); i++) {
        if (alerts[i].number == alert)
            return alerts[i].name;
    }
    return "";
}

static struct lp_str say_tls(struct lp_arena *arena, const struct lp_link *link)
{
    const char *word = find_word(tls_words, link->tls);
    if (link->alert_after_certificate)
        return lp_tell(arena, "the server wants a client certificate");
    if (link->tls == LP_ALERT)
        return lp_tell(arena, "TLS fails with alert %lld%s", (long long)link->alert,
                       alert_name(link->alert));
    return word ? lp_str_of(lp_tr(arena, word))
                : lp_arena_printf(arena, "TLS: %s", lp_outcome_word(link->tls));
}

/* Did the connection come so far that the probe could speak? */
static bool can_speak(const struct lp_link *link)
{
    return link->connect == LP_OPEN && (link->plain || link->tls == LP_OK) &&
           !link->alert_after_certificate;
}

static struct lp_str say_link(struct lp_arena *arena, const struct lp_evidence *e)
{
    const struct lp_link *link = lp_link_of(e);
    const char *word = find_word(connect_words, link->connect);
    if (e->outcome == LP_NOT_TRIED || e->outcome == LP_BLOCKED || e->outcome == LP_CRASHED)
        return say_open(arena, e);
    if (word)
        return lp_str_of(lp_tr(arena, word));
    return link->connect == LP_OPEN ? say_tls(arena, link) : say_open(arena, e);
}

/* ---- the conversations ---- */

static const struct word silence_words[] = {
    { LP_TIMEOUT, LP_TR("no answer comes") },
    { LP_RESET, LP_TR("it closes without an answer") },
    { LP_MALFORMED, LP_TR("the answer is something else") },
    { LP_ALERT, LP_TR("it closes with an alert") },
    { LP_CRASHED, LP_TR("the worker died here") },
    { LP_NOT_TRIED, LP_TR("not tried") },
    { LP_NONE, NULL },
};

static struct lp_said say_silence(struct lp_arena *arena, const char *protocol,
                                  const struct lp_evidence *e)
{
    const char *word = find_word(silence_words, e->outcome);
    struct lp_said said = { lp_arena_printf(arena, "%s: %s", protocol,
                                            word ? lp_tr(arena, word)
                                                 : lp_outcome_word(e->outcome)),
                            false };
    return said;
}

static struct lp_said say_sip(const struct lp_survey *survey, const struct lp_evidence *e)
{
    const struct lp_sip_facts *sip = e->facts;
    struct lp_arena *arena = survey->arena;
    struct lp_said said = { lp_tell(arena, "SIP answers"), true };
    if (e->outcome != LP_OK)
        return say_silence(arena, "SIP", e);
    said.well = sip->status == 401 || sip->status == 407 || sip->status == 200;
    if (!said.well)
        said.text = lp_tell(arena, "SIP answers %lld %s", (long long)sip->status,
                            lp_term(arena, sip->reason));
    return said;
}

static struct lp_str say_url(struct lp_arena *arena, const struct lp_url *url)
{
    if (url->port == (url->https ? 443 : 80))
        return lp_arena_printf(arena, "%s", lp_term(arena, url->host));
    return lp_say_host_port(arena, url->host, url->port);
}

static const char *say_problem(const struct lp_ad_doc *doc)
{
    static const struct {
        const char *problem, *text;
    } words[] = {
        { "doctype", LP_TR("the document holds a DOCTYPE") },
        { "depth", LP_TR("the document is nested too deep") },
        { "limit", LP_TR("the document is too large") },
        { "syntax", LP_TR("the document cannot be read") },
        { "empty", LP_TR("the answer is empty") },
    };
    for (size_t i = 0; i < LP_COUNT(words); i++) {
        if (lp_str_starts_nocase(doc->problem, words[i].problem))
            return words[i].text;
    }
    return LP_TR("no Autodiscover document");
}

static struct lp_str say_status(struct lp_arena *arena, int64_t status)
{
    if (status == 401)
        return lp_tell(arena, "asks for a sign-in (401)");
    return lp_tell(arena, "HTTP status %lld", (long long)status);
}

static struct lp_said say_document(const struct lp_survey *survey, const struct lp_evidence *e)
{
    const struct lp_ad_doc *doc = lp_ad_doc_of(e);
    const struct lp_ad_access *sip = lp_addoc_sip(doc, survey->internal);
    struct lp_said said = { lp_tell(survey->arena, "Autodiscover answers"), true };
    if (!doc->form.n || doc->problem.n)
        return (struct lp_said){ lp_str_of(lp_tr(survey->arena, say_problem(doc))), false };
    if (sip)
        said.text = lp_tell(survey->arena, "names the SIP server %s",
                            lp_say_host_port(survey->arena, sip->fqdn, sip->port).p);
    else if (lp_str_eq_nocase(doc->section, LP_STR("Domain")))
        said.text = lp_tell(survey->arena, "names no SIP server");
    return said;
}

static struct lp_said say_autodiscover(const struct lp_survey *survey, const struct lp_evidence *e)
{
    const struct lp_http *http = lp_http_of(e);
    struct lp_arena *arena = survey->arena;
    struct lp_url to;
    struct lp_str bad;
    if (e->outcome != LP_OK || http->status < 0)
        return say_silence(arena, "HTTP", e);
    if (lp_ad_redirect(e, arena, &to, &bad))
        return (struct lp_said){ lp_tell(arena, "redirects to %s", say_url(arena, &to).p), true };
    if (bad.p)
        return (struct lp_said){
            lp_tell(arena, "redirects to no usable URL: %s", lp_term(arena, bad)), false
        };
    if (http->status != 200)
        return (struct lp_said){ say_status(arena, http->status), http->status == 401 };
    return say_document(survey, e);
}

static struct lp_said say_other(const struct lp_survey *survey, const struct lp_evidence *e)
{
    struct lp_said said = { lp_arena_printf(survey->arena, "%s: %s", e->shape->name,
                                            lp_outcome_word(e->outcome)),
                            e->outcome == LP_OK };
    return said;
}

struct lp_said lp_say_endpoint(const struct lp_survey *survey, const struct lp_evidence *e)
{
    const struct lp_link *link = lp_link_of(e);
    struct lp_said said;
    if (!can_speak(link))
        return (struct lp_said){ say_link(survey->arena, e), false };
    if (e->shape == &lp_probe_sip.shape)
        said = say_sip(survey, e);
    else
        said = lp_ad_doc_of(e) ? say_autodiscover(survey, e) : say_other(survey, e);
    return said;
}

/* ---- more of it ---- */

static void add_part(struct lp_arena *arena, struct lp_str *text, const char *head,
                     struct lp_str part)
{
    if (!part.n)
        return;
    *text = lp_arena_printf(arena, "%s%s%s%s", text->n ? text->p : "", text->n ? "; " : "", head,
                            lp_term(arena, part));
}

struct lp_str lp_say_more(const struct lp_survey *survey, const struct lp_evidence *e)
{
    const struct lp_http *http = lp_http_of(e);
    struct lp_arena *arena = survey->arena;
    struct lp_str text = LP_STR("");
    add_part(arena, &text, "", lp_link_of(e)->protocol);
    add_part(arena, &text, "", lp_link_of(e)->cipher);
    add_part(arena, &text, "", lp_say_besides(survey->log, e, arena));
    if (http) {
        add_part(arena, &text, lp_tr(arena, "server "), http->server);
        add_part(arena, &text, lp_tr(arena, "node "), http->server_fqdn);
        return text;
    }
    if (e->shape != &lp_probe_sip.shape)
        return text;
    const struct lp_sip_facts *sip = e->facts;
    const struct lp_str *schemes = sip->schemes.at;
    add_part(arena, &text, lp_tr(arena, "server "), sip->server);
    add_part(arena, &text, lp_tr(arena, "node "), sip->target_name);
    for (size_t i = 0; i < sip->schemes.n && i < 8; i++)
        add_part(arena, &text, "", schemes[i]);
    return text;
}

struct lp_str lp_say_port(const struct lp_survey *survey, const struct lp_evidence *e)
{
    static const struct word connects[] = {
        { LP_REFUSED, LP_TR("closed") },
        { LP_TIMEOUT, LP_TR("silent") },
        { LP_UNREACHABLE, LP_TR("no route") },
        { LP_RESET, LP_TR("reset") },
        { LP_NONE, NULL },
    };
    static const struct word handshakes[] = {
        { LP_ALERT, LP_TR("TLS alert") },   { LP_RESET, LP_TR("TLS cut") },
        { LP_STALLED, LP_TR("TLS hangs") }, { LP_NOT_TLS, LP_TR("not TLS") },
        { LP_TIMEOUT, LP_TR("TLS hangs") }, { LP_NONE, NULL },
    };
    const struct lp_link *link = lp_link_of(e);
    const char *word = find_word(connects, link->connect);
    if (word)
        return lp_str_of(lp_tr(survey->arena, word));
    if (link->connect != LP_OPEN)
        return lp_str_of(lp_outcome_word(e->outcome));
    if (link->plain)
        return lp_tell(survey->arena, "open");
    if (link->alert_after_certificate && e->shape != &lp_probe_sip.shape)
        return lp_tell(survey->arena, "mutual TLS");
    word = find_word(handshakes, link->tls);
    if (word)
        return lp_str_of(lp_tr(survey->arena, word));
    if (!link->protocol.n)
        return lp_tell(survey->arena, "open");
    return lp_arena_printf(survey->arena, "%s", lp_term(survey->arena, link->protocol));
}
