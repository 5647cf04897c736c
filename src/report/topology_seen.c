/* topology_seen.c - the topology that a walk shows: what both views have in common */
#include "lp/topology_seen.h"

#include "lp/client.h"
#include "lp/cloud.h"
#include "lp/name.h"
#include "lp/probe.h"
#include "lp/text.h"
#include "lp/topology_seen_parts.h"

/* ---- finding things ---- */

const struct lp_step_result *lp_seen_step(const struct lp_seeing *s, const char *pattern)
{
    for (size_t i = 0; i < s->survey->path_count; i++) {
        const struct lp_path *path = &s->survey->paths[i];
        for (size_t k = 0; k < path->step_count; k++) {
            if (lp_str_eq(lp_str_of(path->steps[k].row->pattern), lp_str_of(pattern)))
                return &path->steps[k];
        }
    }
    return NULL;
}

const struct lp_srv_target *lp_seen_target(const struct lp_step_result *step)
{
    for (size_t i = 0; step && i < step->target_count; i++) {
        if (!step->targets[i].root && lp_name_is_host(step->targets[i].rr->name))
            return &step->targets[i];
    }
    return NULL;
}

void lp_seen_addresses(const struct lp_seeing *s, struct lp_str host, struct lp_list *to)
{
    struct lp_places places;
    lp_places_of(s->log, s->arena, host, 443, &places);
    for (size_t i = 0; i < places.n; i++) {
        if (!lp_list_has_addr(to, &places.at[i].address))
            lp_list_push(s->arena, to, &places.at[i].address, sizeof places.at[i].address);
    }
}

struct lp_str lp_seen_web(const struct lp_seeing *s)
{
    static const char *const names[] = { "lyncdiscoverinternal.<sip-domain>",
                                         "lyncdiscover.<sip-domain>" };
    static const char *const tokens[] = { "Domain", "User", "Self" };
    struct lp_url url;
    for (size_t i = 0; i < LP_COUNT(names); i++) {
        const struct lp_step_result *step = lp_seen_step(s, names[i]);
        for (size_t k = 0; step && step->root && k < LP_COUNT(tokens); k++) {
            if (lp_ad_link_url(step->root, tokens[k], s->arena, &url) && !url.ip.family)
                return url.host;
        }
    }
    return LP_STR_NONE;
}

const struct lp_sip_facts *lp_seen_sip(const struct lp_evidence *e)
{
    const struct lp_sip_facts *facts = e->facts;
    return e->shape == &lp_probe_sip.shape && facts->is_sip ? facts : NULL;
}

const char *lp_seen_list(const struct lp_seeing *s, const struct lp_list *addresses)
{
    struct lp_buf shown = lp_buf_new(4096);
    const struct lp_addr *at = addresses->at;
    for (size_t i = 0; i < addresses->n; i++) {
        char text[LP_ADDR_TEXT];
        lp_addr_format(&at[i], text, sizeof text);
        lp_buf_printf(&shown, "%s%s", i ? ", " : "", text);
    }
    struct lp_str list = lp_arena_str(s->arena, lp_buf_view(&shown));
    lp_buf_release(&shown);
    return list.p;
}

/* ---- what both views show ---- */

/* Server header -> release (domain.md 3.1). */
static const struct {
    const char *begins;
    enum lp_generation generation;
} servers[] = {
    { "RTC/4.", LP_LYNC_2013 },
    { "RTC/5.", LP_LYNC_2013 },
    { "RTC/6.", LP_SFB_2015 },
    { "RTC/7.", LP_SFB_2019 },
};

static bool take_generation(struct lp_seeing *s, struct lp_str header)
{
    for (size_t i = 0; i < LP_COUNT(servers); i++) {
        if (!lp_str_starts_nocase(header, servers[i].begins))
            continue;
        s->topology->generation = servers[i].generation;
        lp_note_add(s->arena, s->notes, "generation", "By the Server header: %s",
                    lp_word(s->arena, header));
        return true;
    }
    return false;
}

static void see_generation(struct lp_seeing *s)
{
    for (size_t i = 0; i < s->log->n; i++) {
        const struct lp_sip_facts *sip = lp_seen_sip(s->log->at[i]);
        if (sip && take_generation(s, sip->server))
            return;
    }
    lp_note_add(s->arena, s->notes, "generation",
                "No server said its release: lync2013, sfb2015 or sfb2019?");
}

/* Roots of our own that chains end at: the file has to name them. */
static void see_roots(struct lp_seeing *s)
{
    struct lp_str last = LP_STR_NONE;
    for (size_t i = 0; i < s->log->n; i++) {
        const struct lp_link *link = lp_link_of(s->log->at[i]);
        if (!link || !link->private_store.done || link->private_store.code ||
            !link->private_store.root.n || lp_str_eq(link->private_store.root, last))
            continue;
        last = link->private_store.root;
        lp_note_add(s->arena, s->notes, "private-roots", "Certificates of %s end at %s.",
                    lp_word(s->arena, link->host), lp_term(s->arena, last));
        lp_note_add(s->arena, s->notes, "private-roots", "private-roots: [%s]",
                    lp_term(s->arena, s->log->setup.private_store));
        return;
    }
}

static void see_head(struct lp_seeing *s)
{
    char day[32];
    const struct lp_setup *setup = &s->log->setup;
    lp_format_utc(setup->clock, day, sizeof day);
    lp_note_add(s->arena, s->notes, "",
                "Written from a walk of %s from %s, %s (%s).\n"
                "What this view does not show stands as a question.",
                lp_term(s->arena, setup->domain), s->survey->internal ? "inside" : "outside", day,
                lp_term(s->arena, s->survey->view_why));
    struct lp_marked domain = { .text = setup->domain };
    lp_list_push(s->arena, &s->topology->sip_domains, &domain, sizeof domain);
    lp_note_add(s->arena, s->notes, domain.text.p, "More SIP domains?");
}

static void see_features(struct lp_seeing *s)
{
    const struct lp_step_result *federation =
        lp_seen_step(s, "_sipfederationtls._tcp.<sip-domain>");
    for (enum lp_feature i = 0; i < LP_FEATURE_COUNT; i++)
        s->topology->feature_unknown[i] = true;
    if (lp_seen_target(federation)) {
        s->topology->feature[LP_FEATURE_FEDERATION] = true;
        s->topology->feature_unknown[LP_FEATURE_FEDERATION] = false;
    }
    lp_note_add(
        s->arena, s->notes, "features",
        "Unknown: a walk does not show it. Which of them are in use (on), which not (off)?");
}

/* Does an Autodiscover answer of these servers lead there? */
static bool leads_to_cloud(const struct lp_seeing *s)
{
    for (size_t i = 0; i < s->log->n; i++) {
        const struct lp_link *link = lp_link_of(s->log->at[i]);
        if (link && s->log->at[i]->shape->has_http && lp_name_in_cloud(link->host))
            return true;
    }
    return false;
}

/* What leads clients inside to servers. */
static bool has_servers_inside(const struct lp_seeing *s)
{
    const struct lp_step_result *web = lp_seen_step(s, "lyncdiscoverinternal.<sip-domain>");
    return lp_seen_target(lp_seen_step(s, "_sipinternaltls._tcp.<sip-domain>")) ||
           (web && web->places.n);
}

static enum lp_hosting hosting_seen(const struct lp_seeing *s)
{
    enum lp_cloud_side side = lp_cloud_side_of_all(s->log, s->arena);
    if (side == LP_SIDE_CLOUD && !has_servers_inside(s))
        return LP_HOSTING_CLOUD;
    return side != LP_SIDE_CLOUD && leads_to_cloud(s) ? LP_HOSTING_HYBRID : LP_HOSTING_PREMISES;
}

static enum lp_hosting see_hosting(struct lp_seeing *s)
{
    /* what stands before the domain, and behind it */
    static const char *const notes[][2] = {
        [LP_HOSTING_PREMISES] = { "Are some of its users in the cloud? A walk does not show it.\n"
                                  "hosting: {hybrid: ",
                                  "}" },
        [LP_HOSTING_HYBRID] = { "Autodiscover sends users of ", " on to the cloud." },
        [LP_HOSTING_CLOUD] = { "Every record of ",
                               " leads to the cloud. Are there servers still?" },
    };
    enum lp_hosting hosting = hosting_seen(s);
    struct lp_marked domain = { .text = s->log->setup.domain };
    if (hosting == LP_HOSTING_CLOUD)
        lp_list_push(s->arena, &s->topology->cloud, &domain, sizeof domain);
    else if (hosting == LP_HOSTING_HYBRID)
        lp_list_push(s->arena, &s->topology->hybrid, &domain, sizeof domain);
    lp_note_add(s->arena, s->notes, "hosting", "%s%s%s", notes[hosting][0],
                lp_term(s->arena, domain.text), notes[hosting][1]);
    return hosting;
}

void lp_topology_seen(const struct lp_survey *survey, struct lp_arena *arena, struct lp_noted *out)
{
    struct lp_seeing s = { survey, survey->log, arena, &out->topology, &out->notes };
    *out = (struct lp_noted){ .topology = { .days_warning = -1, .days_critical = -1 } };
    see_head(&s);
    see_generation(&s);
    see_features(&s);
    bool cloud = see_hosting(&s) == LP_HOSTING_CLOUD;
    if (!cloud && survey->internal)
        lp_seen_inside(&s);
    else if (!cloud)
        lp_seen_outside(&s);
    see_roots(&s);
    lp_note_add(arena, &out->notes, "simple-urls",
                "Which are the simple URLs? A walk does not ask for them.\n"
                "simple-urls: {meet: [https://meet.%s], dialin: https://dialin.%s}",
                lp_term(arena, survey->log->setup.domain),
                lp_term(arena, survey->log->setup.domain));
}
