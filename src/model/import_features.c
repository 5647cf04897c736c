/* import_features.c - generation, features and simple URLs of the document */
#include "lp/name.h"
#include "lp/text.h"
#include "lp/topology_import_parts.h"
#include "lp/url.h"

/* ---- generation: ServiceVersion of the Registrars (domain.md 8.2) ---- */

static const struct {
    const char *version;
    enum lp_generation generation;
    const char *remark;
} versions[] = {
    { "5", LP_LYNC_2013, "Lync Server 2010 is judged as Lync Server 2013." },
    { "6", LP_LYNC_2013, NULL },
    { "7", LP_SFB_2015, NULL },
    { "8", LP_SFB_2019, NULL },
};

static size_t version_row(struct lp_str version)
{
    for (size_t i = 0; i < LP_COUNT(versions); i++) {
        if (lp_str_eq(version, lp_str_of(versions[i].version)))
            return i;
    }
    return SIZE_MAX;
}

/* The lowest version among the Registrars: what it serves is still there. */
static void fill_generation(struct lp_import *im)
{
    size_t lowest = SIZE_MAX, highest = 0;
    for (size_t i = 0; i < im->doc->clusters.n; i++) {
        const struct lp_cs_service *registrar = im->hosts[i].by[LP_JOB_REGISTRAR];
        size_t row = registrar ? version_row(registrar->version) : SIZE_MAX;
        if (row == SIZE_MAX)
            continue;
        lowest = row < lowest ? row : lowest;
        highest = row > highest ? row : highest;
    }
    if (lowest == SIZE_MAX)
        lp_note_add(im->arena, im->notes, "generation",
                    "The document gives no version that is known: lync2013, sfb2015 or sfb2019?");
    else if (lowest != highest)
        lp_note_add(im->arena, im->notes, "generation",
                    "Pools of several releases; this is the oldest one's.");
    if (lowest == SIZE_MAX)
        return;
    im->topology->generation = versions[lowest].generation;
    if (versions[lowest].remark)
        lp_note_add(im->arena, im->notes, "generation", "%s", versions[lowest].remark);
}

/* ---- features: a port that is reserved for them ---- */

#define ANY NULL
static const struct {
    enum lp_feature feature;
    const char *owner, *usage, *side;
} ports[] = {
    { LP_FEATURE_FEDERATION, "urn:component:AccessEdge", "SipServer", "External" },
    { LP_FEATURE_XMPP, "urn:component:XmppFederationProxy", "XmppServer", "External" },
    { LP_FEATURE_DIAL_IN, "urn:application:Caa", "SipServer", ANY },
    { LP_FEATURE_RESPONSE_GROUP, "urn:application:RGS", "SipServer", ANY },
    { LP_FEATURE_CALL_PARK, "urn:application:Cps", "SipServer", ANY },
    { LP_FEATURE_CAC, "urn:application:PDP", "SipServer", ANY },
    { LP_FEATURE_MOBILITY, "urn:component:UcwaService", "SipServer", ANY },
    { LP_FEATURE_MOBILITY, "urn:component:McxService", "SipServer", ANY },
};

static bool matches(struct lp_str text, const char *want)
{
    return !want || lp_str_eq_nocase(text, lp_str_of(want));
}

static void fill_from_port(struct lp_import *im, const struct lp_cs_port *port)
{
    for (size_t i = 0; i < LP_COUNT(ports); i++) {
        if (matches(port->owner, ports[i].owner) && matches(port->usage, ports[i].usage) &&
            matches(port->side, ports[i].side))
            im->topology->feature[ports[i].feature] = true;
    }
}

/* Collocated with a pool; a Mediation pool of its own is a role. */
static void fill_mediation(struct lp_import *im)
{
    for (size_t i = 0; i < im->doc->clusters.n; i++) {
        const struct lp_import_host *host = &im->hosts[i];
        if (host->by[LP_JOB_MEDIATION] &&
            (host->role == LP_ROLE_FRONT_END || host->role == LP_ROLE_STANDARD))
            im->topology->feature[LP_FEATURE_MEDIATION] = true;
    }
}

/* The trap of domain.md 8.2: later releases still declare ports of what they no longer have. */
static void fill_features(struct lp_import *im)
{
    const struct lp_cs_port *all = im->doc->ports.at;
    bool *feature = im->topology->feature;
    for (size_t i = 0; i < im->doc->ports.n; i++)
        fill_from_port(im, &all[i]);
    fill_mediation(im);
    lp_note_add(im->arena, im->notes, "features",
                "On: the document reserves a port for it, which does not say that it is in use:\n"
                "off, if it is not.");
    if (feature[LP_FEATURE_XMPP] && im->topology->generation == LP_SFB_2019) {
        feature[LP_FEATURE_XMPP] = false;
        lp_note_add(im->arena, im->notes, lp_feature_word(LP_FEATURE_XMPP),
                    "The document still declares its ports; the release has no XMPP gateway.");
    }
}

void lp_import_features(struct lp_import *im)
{
    fill_generation(im);
    fill_features(im);
}

/* ---- simple URLs ---- */

static bool kind_of(struct lp_str component, enum lp_url_kind *kind)
{
    static const char *const words[] = { "Meet", "Dialin", "Cscp" };
    for (size_t i = 0; i < LP_COUNT(words); i++) {
        *kind = (enum lp_url_kind)i;
        if (lp_str_eq_nocase(component, lp_str_of(words[i])))
            return true;
    }
    return false;
}

/* "https://HOST[/PATH]"; the path without "/" at its end. */
static bool take_apart(struct lp_import *im, struct lp_str text, struct lp_simple_url *out)
{
    struct lp_url url;
    while (text.n && text.p[text.n - 1] == '/')
        text = lp_str_sub(text, 0, text.n - 1);
    if (!lp_url_parse(im->arena, NULL, text, &url) || !url.https || url.port != 443 ||
        url.ip.family || lp_str_find(url.path, '?') < url.path.n)
        return false;
    struct lp_str parts[] = { LP_STR("https://"), url.host,
                              url.path.n > 1 ? url.path : LP_STR("") };
    out->url = lp_arena_join(im->arena, parts, LP_COUNT(parts));
    out->host = url.host;
    out->path = url.path;
    return true;
}

/* Is one the beginning of the other, or of a kind that there is once? */
static bool clashes(const struct lp_simple_url *a, const struct lp_simple_url *b)
{
    size_t n = a->url.n < b->url.n ? a->url.n : b->url.n;
    return lp_str_eq_nocase(lp_str_sub(a->url, 0, n), lp_str_sub(b->url, 0, n)) ||
           (a->kind == b->kind && a->kind != LP_URL_MEET);
}

static bool is_new(const struct lp_topology *t, const struct lp_simple_url *url)
{
    const struct lp_simple_url *at = t->urls.at;
    for (size_t i = 0; i < t->urls.n; i++) {
        if (clashes(&at[i], url))
            return false;
    }
    return true;
}

static void take_url(struct lp_import *im, const struct lp_cs_url *from)
{
    struct lp_simple_url url = { 0 };
    if (!kind_of(from->component, &url.kind) || !from->url.n)
        return;
    if (im->topology->urls.n < LP_IMPORT_URLS_MAX && take_apart(im, from->url, &url) &&
        is_new(im->topology, &url)) {
        lp_list_push(im->arena, &im->topology->urls, &url, sizeof url);
        return;
    }
    lp_note_add(im->arena, im->notes, "simple-urls", "left out: %s in line %lld",
                lp_word(im->arena, from->url), (long long)from->line);
}

void lp_import_urls(struct lp_import *im)
{
    const struct lp_cs_url *all = im->doc->urls.at;
    for (size_t i = 0; i < im->doc->urls.n; i++)
        take_url(im, &all[i]);
    if (!im->doc->urls.n)
        lp_note_add(im->arena, im->notes, "simple-urls",
                    "The published form has no simple URLs (Get-CsSimpleUrlConfiguration shows "
                    "them). Which are they?\n"
                    "simple-urls: {meet: [https://meet.contoso.com], "
                    "dialin: https://dialin.contoso.com}");
}
