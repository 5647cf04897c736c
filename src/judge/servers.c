/* servers.c - several name servers side by side: do they say the same? */
#include "lp/court.h"
#include "lp/name.h"
#include "lp/plan.h"

static bool has_same_record(const struct lp_resolved *r, const struct lp_rr *rr)
{
    for (size_t i = 0; i < r->record_count; i++) {
        const struct lp_rr *other = r->records[i];
        if (lp_addr_eq(&other->address, &rr->address) && other->port == rr->port &&
            other->priority == rr->priority && other->weight == rr->weight &&
            lp_name_eq(other->name, rr->name))
            return true;
    }
    return false;
}

bool lp_answers_agree(const struct lp_resolved *a, const struct lp_resolved *b)
{
    if (a->outcome != b->outcome || a->record_count != b->record_count)
        return false;
    for (size_t i = 0; i < a->record_count; i++) {
        if (!has_same_record(b, a->records[i]))
            return false;
    }
    return true;
}

/* One record after what is there already. */
static struct lp_str add_record(struct lp_court *court, struct lp_str text, const struct lp_rr *rr)
{
    char address[LP_ADDR_TEXT];
    const char *comma = text.n ? ", " : "";
    lp_addr_format(&rr->address, address, sizeof address);
    if (rr->type == LP_DNS_SRV)
        return lp_say(court, "%s%s%lld %s", text.p, comma, (long long)rr->port,
                      lp_text(court, rr->name));
    return lp_say(court, "%s%s%s", text.p, comma, address);
}

struct lp_str lp_say_records(struct lp_court *court, const struct lp_resolved *r)
{
    struct lp_str text = LP_STR("");
    for (size_t i = 0; i < r->record_count && i < 4; i++)
        text = add_record(court, text, r->records[i]);
    return text.n ? text : lp_say(court, "%s", lp_outcome_word(r->outcome));
}

static const char *label_of(struct lp_court *court, int64_t server)
{
    const struct lp_server *servers = court->log->setup.servers.at;
    return lp_text(court, servers[server].label);
}

/* The name is below a delegation: it is for others to say. */
static bool is_referred(const struct lp_court *court, const struct lp_resolved *r)
{
    const struct lp_evidence *e =
        r->evidence_count ? lp_log_by_id(court->log, r->evidence[r->evidence_count - 1]) : NULL;
    return e && lp_str_eq(e->why, LP_STR("referral"));
}

static void compare_question(struct lp_court *court, const struct lp_evidence *first,
                             int64_t server)
{
    const struct lp_dns_facts *facts = lp_dns_of(first);
    struct lp_resolved q = { .name = facts->name, .type = facts->type, .server = facts->server };
    struct lp_resolved a, b;
    lp_resolve(court->log, court->arena, &q, &a);
    q.server = server;
    lp_resolve(court->log, court->arena, &q, &b);
    if (a.outcome == LP_NONE || b.outcome == LP_NONE || is_referred(court, &b) ||
        lp_answers_agree(&a, &b))
        return;
    struct lp_claim *claim =
        lp_claim_name(court, "LP-DNS-SERVERS-DIFFER", facts->name, facts->type);
    claim->expected = lp_say(court, "the same answer as %s: %s", label_of(court, facts->server),
                             lp_say_records(court, &a).p);
    claim->observed = lp_say(court, "%s: %s", label_of(court, server), lp_say_records(court, &b).p);
    lp_claim_evidence(claim, first->id);
    for (size_t i = 0; i < b.evidence_count; i++)
        lp_claim_evidence(claim, b.evidence[i]);
}

void lp_check_servers(struct lp_court *court)
{
    struct lp_str label = court->log->setup.label;
    /* that a plan differs from what is live is its purpose */
    int64_t first = court->log->setup.zones.n > 0;
    for (size_t i = 0; i < court->log->n; i++) {
        const struct lp_dns_facts *facts = lp_dns_of(court->log->at[i]);
        bool random = facts && label.n && lp_str_starts_nocase(facts->name, lp_text(court, label));
        if (!facts || facts->server != first || random ||
            lp_str_eq(facts->from, LP_STR("override")))
            continue;
        for (size_t s = (size_t)first + 1; s < court->log->setup.servers.n; s++)
            compare_question(court, court->log->at[i], (int64_t)s);
    }
}
