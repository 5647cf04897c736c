/* rows_dns.c - the records that a topology asks for: there, right, or not to be seen */
#include "lp/court.h"
#include "lp/lang.h"
#include "lp/name.h"
#include "lp/rows.h"

/* One record expectation with its answers. */
struct record {
    struct lp_court *court;
    const struct lp_expectation *row;
    struct lp_row_records answers;
};

static void add_evidence(struct lp_claim *claim, const struct lp_resolved *r)
{
    for (size_t i = 0; i < r->evidence_count; i++)
        lp_claim_evidence(claim, r->evidence[i]);
}

/* What the walk took lightly, since its client found another way, the topology does not. */
static void take_over(struct lp_claim *claim, const struct lp_expectation *row)
{
    if (!row->optional && claim->severity < claim->rule->severity)
        claim->severity = claim->rule->severity;
    lp_claim_row(claim, row);
}

static bool is_for_cloud(const struct lp_expect_dns *dns)
{
    const struct lp_str *targets = dns->targets.at;
    return dns->alias || (dns->targets.n && lp_name_in_cloud(targets[0]));
}

/* Is the record of a SIP domain on the other side than the file has its users? */
static bool is_across(const struct record *record, const struct lp_resolved *r)
{
    enum lp_cloud_side side = lp_cloud_side_of(r);
    return record->row->domain.n && side != LP_SIDE_UNSEEN &&
           (side == LP_SIDE_CLOUD) != is_for_cloud(&record->row->dns);
}

/* NULL: that id was found at this name already. */
static struct lp_claim *claim_record(const struct record *record, const char *id, int64_t type)
{
    struct lp_court *court = record->court;
    const struct lp_resolved *answers[] = { &record->answers.srv, &record->answers.a,
                                            &record->answers.aaaa };
    struct lp_claim *claim = lp_claim_name(court, id, record->row->dns.owner, type);
    struct lp_claim *known;
    court->claim_count--;
    known = lp_claim_find(court, id, claim->subject);
    if (known) {
        take_over(known, record->row);
        return NULL;
    }
    court->claim_count++;
    lp_claim_row(claim, record->row);
    claim->vars.home = is_for_cloud(&record->row->dns) ? LP_STR("cloud") : LP_STR("premises");
    for (size_t i = 0; i < LP_COUNT(answers); i++)
        add_evidence(claim, answers[i]);
    return claim;
}

/* ---- missing ---- */

static bool is_answered(const struct lp_resolved *r)
{
    return r->outcome == LP_NXDOMAIN || r->outcome == LP_NODATA;
}

static void claim_missing(const struct record *record, const struct lp_resolved *r)
{
    struct lp_court *court = record->court;
    const struct lp_expect_dns *dns = &record->row->dns;
    const struct lp_str *targets = dns->targets.at;
    if (record->row->optional)
        return; /* not there is as good */
    struct lp_claim *claim = claim_record(record, "LP-DNS-RECORD-MISSING", dns->type);
    if (!claim)
        return;
    claim->vars.port = lp_say(court, "%lld", (long long)dns->port);
    if (dns->targets.n)
        claim->vars.target = lp_say(court, "%s", lp_text(court, targets[0]));
    claim->expected =
        lp_say(court, "a record for %s (%s)",
               record->row->title ? lp_tr(court->arena, record->row->title) : record->row->role,
               record->row->source);
    claim->observed = lp_say(court, "%s", lp_outcome_word(r->outcome));
}

/* ---- to be seen by nobody ---- */

static bool is_seen(const struct lp_resolved *r)
{
    bool root = r->record_count && lp_str_eq(r->records[0]->name, LP_STR("."));
    return (r->record_count && !root) || r->hop_count;
}

static struct lp_str say_record(struct lp_court *court, const struct lp_resolved *r)
{
    char address[LP_ADDR_TEXT];
    if (!r->record_count)
        return lp_say(court, "an alias to %s", lp_text(court, r->hops[0].target));
    if (r->type == LP_DNS_SRV)
        return lp_say(court, "%s port %lld", lp_text(court, r->records[0]->name),
                      (long long)r->records[0]->port);
    lp_addr_format(&r->records[0]->address, address, sizeof address);
    return lp_say(court, "%s", address);
}

/* The step of the walk that asks for the name; SIZE_MAX: none does. */
static size_t step_of(const struct lp_court *court, struct lp_str name)
{
    const struct lp_path *path = court->survey->main;
    for (size_t i = 0; i < path->step_count; i++) {
        if (lp_name_eq(path->steps[i].name, name))
            return i;
    }
    return SIZE_MAX;
}

static void check_absent(const struct record *record, const struct lp_resolved *r)
{
    if (!is_seen(r))
        return;
    bool inside = record->row->internal;
    struct lp_claim *claim = claim_record(
        record, inside ? "LP-CLOUD-LEFTOVER" : "LP-DNS-INTERNAL-LEAK", record->row->dns.type);
    if (!claim)
        return;
    claim->step = step_of(record->court, record->row->dns.owner);
    claim->expected = lp_say(record->court, inside ? "no record inside" : "no record outside");
    claim->observed = say_record(record->court, r);
}

/* ---- cloud or on-premises ---- */

static bool is_alias_of(const struct lp_resolved *r, struct lp_str target)
{
    for (size_t i = 0; i < r->hop_count; i++) {
        if (lp_name_eq(r->hops[i].target, target))
            return true;
    }
    return false;
}

/* The name has to be that alias, or to lead nowhere into the cloud. */
static void check_side(const struct record *record, const struct lp_resolved *r)
{
    struct lp_court *court = record->court;
    const struct lp_expect_dns *dns = &record->row->dns;
    bool across = is_across(record, r);
    bool wrong = dns->alias ? is_seen(r) && !is_alias_of(r, dns->target) : across;
    struct lp_claim *claim = wrong ? claim_record(record, "LP-DNS-ADDRESS", r->type) : NULL;
    if (!claim)
        return;
    claim->by_cloud = across;
    claim->address = r->record_count ? r->records[0]->address : (struct lp_addr){ 0 };
    claim->vars.address = LP_STR("<address>");
    claim->vars.target = lp_say(court, "%s", lp_text(court, dns->target));
    claim->expected = dns->alias ? lp_say(court, "an alias of %s", claim->vars.target.p)
                                 : LP_STR("an address on-premises");
    claim->observed = say_record(court, r);
}

/* ---- SRV ---- */

static struct lp_str say_names(struct lp_court *court, const struct lp_list *names,
                               const char *between)
{
    const struct lp_str *at = names->at;
    struct lp_str text = LP_STR("");
    for (size_t i = 0; i < names->n && i < 8; i++)
        text = lp_say(court, "%s%s%s", text.p, i ? between : "", lp_text(court, at[i]));
    return text;
}

static void set_target(const struct record *record, struct lp_claim *claim, const struct lp_rr *rr)
{
    const struct lp_str *targets = record->row->dns.targets.at;
    struct lp_court *court = record->court;
    int64_t port = record->row->dns.port ? record->row->dns.port : rr->port;
    claim->host = lp_say(court, "%s", lp_text(court, rr->name));
    claim->port = rr->port;
    claim->vars.host = claim->host;
    claim->vars.target =
        record->row->dns.targets.n ? lp_say(court, "%s", lp_text(court, targets[0])) : claim->host;
    claim->vars.port = lp_say(court, "%lld", (long long)port);
}

static void check_srv_record(const struct record *record, const struct lp_rr *rr)
{
    struct lp_court *court = record->court;
    const struct lp_expect_dns *dns = &record->row->dns;
    struct lp_claim *claim;
    if (dns->targets.n && !lp_list_has_name(&dns->targets, rr->name) &&
        (claim = claim_record(record, "LP-DNS-SRV-TARGET", LP_DNS_SRV))) {
        set_target(record, claim, rr);
        claim->by_cloud = is_across(record, &record->answers.srv);
        claim->expected = say_names(court, &dns->targets, lp_tr(court->arena, " or "));
        claim->observed = claim->host;
    }
    if (dns->port && rr->port != dns->port &&
        (claim = claim_record(record, "LP-DNS-SRV-PORT", LP_DNS_SRV))) {
        set_target(record, claim, rr);
        claim->expected = lp_say(court, "port %lld", (long long)dns->port);
        claim->observed =
            lp_say(court, "port %lld at %s", (long long)rr->port, lp_text(court, rr->name));
    }
}

/* Answers that are failures, unless a step of the walk has said so. */
static void check_lookup(const struct record *record, const struct lp_places *places)
{
    struct lp_court *court = record->court;
    size_t before = court->claim_count, kept = before;
    lp_check_lookup(court, NULL, places);
    size_t after = court->claim_count;
    for (size_t i = before; i < after; i++) {
        struct lp_claim claim = court->claims[i];
        court->claim_count = kept;
        if (lp_has_claim(court, claim.rule->id, claim.subject))
            continue;
        lp_claim_row(&claim, record->row);
        court->claims[kept++] = claim;
    }
    court->claim_count = kept;
}

static void check_srv(const struct record *record)
{
    const struct lp_resolved *r = &record->answers.srv;
    struct lp_places places = { .a = *r, .n = r->record_count };
    bool root = r->record_count && lp_str_eq(r->records[0]->name, LP_STR("."));
    if ((is_answered(r) && !r->hop_count) || root)
        claim_missing(record, r);
    else
        check_lookup(record, &places);
    for (size_t i = 0; i < r->record_count && !root; i++)
        check_srv_record(record, r->records[i]);
}

/* ---- addresses ---- */

static struct lp_str say_addresses(struct lp_court *court, const struct lp_list *list, size_t n,
                                   const char *between)
{
    const struct lp_addr *at = list->at;
    struct lp_str text = LP_STR("");
    for (size_t i = 0; i < n && i < 8; i++) {
        char address[LP_ADDR_TEXT];
        lp_addr_format(&at[i], address, sizeof address);
        text = lp_say(court, "%s%s%s", text.p, i ? between : "", address);
    }
    return text;
}

/* In which way is an address that is not listed wrong? */
static const char *id_for(const struct lp_court *court, const struct lp_addr *address)
{
    const struct lp_topology *topology = court->log->expected->topology;
    struct lp_cidr *allow;
    size_t n = lp_setup_allow(&court->log->setup, court->arena, &allow);
    bool inside = lp_topology_calls_internal(topology, address) ||
                  (!lp_topology_calls_external(topology, address) &&
                   lp_addr_class(address, allow, n) == LP_CLASS_INSIDE);
    if (court->survey->internal)
        return lp_topology_calls_external(topology, address) ? "LP-DNS-OUTSIDE-ANSWER"
                                                             : "LP-DNS-ADDRESS";
    return inside ? "LP-DNS-INTERNAL-ADDRESS" : "LP-DNS-ADDRESS";
}

/* All addresses of one type that are not listed: the first says in which way. */
static void check_family(const struct record *record, const struct lp_resolved *r)
{
    struct lp_court *court = record->court;
    const struct lp_expect_dns *dns = &record->row->dns;
    struct lp_addr *wrong = lp_arena_array(court->arena, r->record_count + 1, sizeof *wrong);
    size_t n = 0;
    for (size_t i = 0; i < r->record_count; i++) {
        if (dns->addresses.n && !lp_list_has_addr(&dns->addresses, &r->records[i]->address))
            wrong[n++] = r->records[i]->address;
    }
    struct lp_claim *claim = n ? claim_record(record, id_for(court, &wrong[0]), r->type) : NULL;
    if (!claim)
        return;
    struct lp_list list = { wrong, n };
    size_t planned = dns->planned ? dns->planned : dns->addresses.n;
    claim->address = wrong[0];
    claim->by_cloud = is_across(record, r);
    claim->vars.address = say_addresses(court, &dns->addresses, 1, "");
    claim->expected = say_addresses(court, &dns->addresses, planned, lp_tr(court->arena, " or "));
    claim->observed = say_addresses(court, &list, n, ", ");
}

static bool is_absent(const struct lp_row_records *answers)
{
    bool a = is_answered(&answers->a), aaaa = is_answered(&answers->aaaa);
    bool alias = answers->a.hop_count || answers->aaaa.hop_count;
    return !alias && (a || !answers->a.name.p) && (aaaa || !answers->aaaa.name.p);
}

static void check_host(const struct record *record)
{
    const struct lp_row_records *answers = &record->answers;
    struct lp_places places = { .a = answers->a, .aaaa = answers->aaaa };
    places.n = answers->a.record_count + answers->aaaa.record_count;
    if (is_absent(answers)) {
        claim_missing(record, answers->a.name.p ? &answers->a : &answers->aaaa);
        return;
    }
    check_lookup(record, &places);
    check_family(record, &answers->a);
    check_family(record, &answers->aaaa);
    check_side(record, is_seen(&answers->a) ? &answers->a : &answers->aaaa);
}

/* ---- all of them ---- */

static void check_row(struct lp_court *court, const struct lp_expectation *row)
{
    struct record record = { .court = court, .row = row };
    lp_row_records(court->log, court->arena, row, &record.answers);
    if (row->dns.absent) {
        check_absent(&record, &record.answers.srv);
        check_absent(&record, &record.answers.a);
        check_absent(&record, &record.answers.aaaa);
    } else if (row->dns.type == LP_DNS_SRV) {
        check_srv(&record);
    } else {
        check_host(&record);
    }
}

void lp_check_expected_records(struct lp_court *court)
{
    for (size_t i = 0; i < court->demand_count; i++) {
        if (court->demands[i].row->kind == LP_EXPECT_DNS && !court->demands[i].unasked)
            check_row(court, court->demands[i].row);
    }
}
