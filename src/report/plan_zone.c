/* plan_zone.c - planned records as zone files, and as cmdlets of the Windows DNS server
 */
#include <stdio.h>

#include "lp/facts.h"
#include "lp/plan_render_parts.h"
#include "lp/say.h"
#include "lp/text.h"

/* One block under construction: a zone in a view. */
struct block {
    const struct lp_plan_input *input;
    const struct lp_plan_zone *zone;
    struct lp_arena *arena;
    struct lp_buf *out;
};

/* How a format writes one record. start: "" or what makes a comment of the line. */
struct dialect {
    void (*open)(const struct block *b);
    void (*record)(const struct block *b, const struct lp_expectation *e, const char *start);
    const char *comment; /* begins one */
};

static const char *term(const struct block *b, struct lp_str name)
{
    return lp_term(b->arena, name);
}

static const char *label(const struct block *b, const struct lp_expectation *e)
{
    return term(b, lp_plan_label(e->dns.owner, b->zone->name));
}

static const char *first_target(const struct block *b, const struct lp_expectation *e)
{
    const struct lp_str *targets = e->dns.targets.at;
    return term(b, targets[0]);
}

/* ---- zone files ---- */

static void open_zone(const struct block *b)
{
    lp_buf_printf(b->out, "$ORIGIN %s.\n$TTL %d\n", term(b, b->zone->name), LP_PLAN_TTL);
    lp_buf_text(b->out, "; A zone that is there already has these two records:\n"
                        "@ IN SOA localhost. hostmaster 1 3600 600 1209600 300\n"
                        "@ IN NS localhost.\n");
}

static void zone_addresses(const struct block *b, const struct lp_expectation *e, const char *start)
{
    const struct lp_addr *at = e->dns.addresses.at;
    for (size_t i = 0; i < e->dns.planned; i++)
        lp_buf_printf(b->out, "%s%s IN %s %s\n", start, label(b, e),
                      at[i].family == 6 ? "AAAA" : "A", lp_say_address(b->arena, &at[i]).p);
}

static void zone_record(const struct block *b, const struct lp_expectation *e, const char *start)
{
    enum lp_planned kind = lp_plan_kind(&e->dns);
    if (kind == LP_PLANNED_SRV)
        lp_buf_printf(b->out, "%s%s IN SRV %lld %lld %lld %s.\n", start, label(b, e),
                      (long long)e->dns.priority, (long long)e->dns.weight, (long long)e->dns.port,
                      first_target(b, e));
    else if (kind == LP_PLANNED_ADDRESSES)
        zone_addresses(b, e, start);
    else if (kind == LP_PLANNED_ALIAS)
        lp_buf_printf(b->out, "%s%s IN CNAME %s.\n", start, label(b, e), term(b, e->dns.target));
    else
        lp_buf_printf(b->out, "; %s IN %s <not in the topology>\n", label(b, e),
                      e->dns.type == LP_DNS_SRV ? "SRV" : "A");
}

/* ---- PowerShell ---- */

static void open_cmdlets(const struct block *b)
{
    lp_buf_printf(b->out, "$Zone = \"%s\"\n$Ttl = New-TimeSpan -Seconds %d\n",
                  term(b, b->zone->name), LP_PLAN_TTL);
}

static void cmdlet_addresses(const struct block *b, const struct lp_expectation *e,
                             const char *start)
{
    const struct lp_addr *at = e->dns.addresses.at;
    for (size_t i = 0; i < e->dns.planned; i++) {
        const char *six = at[i].family == 6 ? "AAAA" : "A";
        const char *word = at[i].family == 6 ? "IPv6Address" : "IPv4Address";
        lp_buf_printf(b->out,
                      "%sAdd-DnsServerResourceRecord%s -ZoneName $Zone -Name \"%s\" -%s \"%s\" "
                      "-TimeToLive $Ttl\n",
                      start, six, label(b, e), word, lp_say_address(b->arena, &at[i]).p);
    }
}

static void cmdlet_record(const struct block *b, const struct lp_expectation *e, const char *start)
{
    enum lp_planned kind = lp_plan_kind(&e->dns);
    if (kind == LP_PLANNED_SRV)
        lp_buf_printf(b->out,
                      "%sAdd-DnsServerResourceRecord -Srv -ZoneName $Zone -Name \"%s\" -DomainName "
                      "\"%s\" -Priority %lld -Weight %lld -Port %lld -TimeToLive $Ttl\n",
                      start, label(b, e), first_target(b, e), (long long)e->dns.priority,
                      (long long)e->dns.weight, (long long)e->dns.port);
    else if (kind == LP_PLANNED_ADDRESSES)
        cmdlet_addresses(b, e, start);
    else if (kind == LP_PLANNED_ALIAS)
        lp_buf_printf(b->out,
                      "%sAdd-DnsServerResourceRecordCName -ZoneName $Zone -Name \"%s\" "
                      "-HostNameAlias \"%s\" -TimeToLive $Ttl\n",
                      start, label(b, e), term(b, e->dns.target));
    else
        lp_buf_printf(b->out, "# %s: where it leads is not in the topology\n", label(b, e));
}

/* ---- both ---- */

static void put_record(const struct block *b, const struct dialect *d,
                       const struct lp_expectation *e)
{
    struct lp_str source = lp_plan_source(b->arena, b->input->expected, e);
    char optional[16] = "";
    lp_buf_printf(b->out, "%s %s%s (%s)\n", d->comment, e->optional ? "optional: " : "", e->title,
                  source.p);
    if (e->optional)
        snprintf(optional, sizeof optional, "%s ", d->comment);
    d->record(b, e, optional);
}

static void put_block(const struct block *b, const struct dialect *d)
{
    const struct lp_expectations *expected = b->input->expected;
    lp_buf_printf(b->out, "%s %s %s, %s %s\n", d->comment, "----", term(b, b->zone->name),
                  lp_plan_side(b->zone->internal), "----");
    d->open(b);
    for (size_t i = 0; i < expected->n; i++) {
        const struct lp_expectation *e = &expected->at[i];
        if (lp_plan_in_zone(expected->topology, b->zone, e) && lp_plan_shows(b->input, e))
            put_record(b, d, e);
    }
    lp_buf_char(b->out, '\n');
}

static void put_blocks(const struct lp_plan_input *input, const struct dialect *d,
                       struct lp_buf *out)
{
    struct lp_arena arena = { 0 };
    struct lp_list zones = lp_plan_zones(input, &arena);
    const struct lp_plan_zone *at = zones.at;
    for (size_t i = 0; i < zones.n; i++) {
        struct block b = { input, &at[i], &arena, out };
        put_block(&b, d);
    }
    lp_arena_release(&arena);
}

void lp_plan_zone(const struct lp_plan_input *input, struct lp_buf *out)
{
    static const struct dialect zone = { open_zone, zone_record, ";" };
    put_blocks(input, &zone, out);
}

void lp_plan_powershell(const struct lp_plan_input *input, struct lp_buf *out)
{
    static const struct dialect cmdlets = { open_cmdlets, cmdlet_record, "#" };
    put_blocks(input, &cmdlets, out);
}
