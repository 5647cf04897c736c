/* rows_rig.c - expectations by hand, for the tests of planner and judge */
#include "rows_rig.h"

#include <check.h>
#include <string.h>

#include "lp/field.h"

void rig_begin(struct rig *rig, const char *base, const char *changes)
{
    *rig = (struct rig){ .topology = { .file = LP_STR("contoso.yaml") } };
    stage_begin(&rig->stage, stage_base(base), changes);
    rig->expected = (struct lp_expectations){ &rig->topology, rig->rows, 0 };
    rig->stage.logs.log.expected = &rig->expected;
}

void rig_end(struct rig *rig)
{
    stage_end(&rig->stage);
}

const char *rig_judge(struct rig *rig)
{
    stage_judge(&rig->stage, &rig->judgement);
    return stage_ids(&rig->stage, &rig->judgement);
}

static struct lp_expectation *add_row(struct rig *rig, enum lp_expect_kind kind)
{
    ck_assert_uint_lt(rig->expected.n, LP_COUNT(rig->rows));
    struct lp_expectation *row = &rig->rows[rig->expected.n++];
    *row = (struct lp_expectation){ .kind = kind, .source = "test", .role = "front-end" };
    row->internal = lp_str_eq(rig->stage.logs.log.setup.view, LP_STR("internal"));
    row->mark = (struct lp_mark){ (int64_t)rig->expected.n, 1 };
    return row;
}

static void read_answer(struct rig *rig, struct lp_expect_dns *dns, struct lp_str text)
{
    uint64_t port = 0;
    if (dns->type == LP_DNS_SRV)
        ck_assert(lp_str_to_u64(logs_word(&text, ' '), 65535, &port));
    dns->port = (int64_t)port;
    while (text.n) {
        struct lp_str word = logs_word(&text, ';');
        struct lp_str target = logs_name(&rig->stage.logs, word);
        if (dns->type == LP_DNS_SRV) {
            lp_list_push(&rig->stage.logs.arena, &dns->targets, &target, sizeof target);
            continue;
        }
        struct lp_addr address = logs_address(lp_arena_str(&rig->stage.logs.arena, word).p);
        lp_list_push(&rig->stage.logs.arena, &dns->addresses, &address, sizeof address);
    }
}

struct lp_expectation *rig_dns(struct rig *rig, int64_t type, const char *owner, const char *answer)
{
    struct lp_expectation *row = add_row(rig, LP_EXPECT_DNS);
    row->dns.owner = logs_name(&rig->stage.logs, lp_str_of(owner));
    row->dns.type = type;
    row->dns.absent = strcmp(answer, "absent") == 0;
    if (answer[0] && !row->dns.absent)
        read_answer(rig, &row->dns, lp_str_of(answer));
    return row;
}

struct lp_expectation *rig_cert(struct rig *rig, const char *role, const char *names)
{
    struct lp_expectation *row = add_row(rig, LP_EXPECT_CERT);
    struct lp_str rest = lp_str_of(names);
    row->role = row->cert.role = role;
    while (rest.n) {
        struct lp_str name = logs_name(&rig->stage.logs, logs_word(&rest, ','));
        if (!row->cert.names.n)
            row->cert.subject = name;
        lp_list_push(&rig->stage.logs.arena, &row->cert.names, &name, sizeof name);
    }
    return row;
}

struct lp_expectation *rig_port(struct rig *rig, const char *host, int64_t port,
                                const char *address)
{
    struct lp_expectation *row = add_row(rig, LP_EXPECT_PORT);
    row->port = (struct lp_expect_port){ .host = logs_name(&rig->stage.logs, lp_str_of(host)),
                                         .ports = { port },
                                         .probe = "mtls",
                                         .group = LP_STR("pool"),
                                         .certificate = SIZE_MAX };
    if (address)
        row->port.address = logs_address(address);
    for (size_t i = 0; i < rig->expected.n; i++) {
        if (rig->rows[i].kind == LP_EXPECT_CERT)
            row->port.certificate = i;
    }
    return row;
}

const char *rig_state(struct rig *rig, const struct lp_expectation *row)
{
    const struct lp_expect_results *results = &rig->judgement.expectations;
    for (size_t i = 0; i < results->n; i++) {
        const struct lp_expect_result *r = &results->at[i];
        if (r->expectation != row)
            continue;
        const char *word = lp_expect_state_word(r->state);
        if (r->state == LP_MET || r->finding == SIZE_MAX)
            return word;
        return lp_arena_printf(&rig->stage.logs.arena, "%s %s", word,
                               rig->judgement.findings[r->finding].rule->id)
            .p;
    }
    return "none";
}

struct lp_pool *rig_pool(struct rig *rig, enum lp_role role, const char *fqdn, const char *address)
{
    struct lp_pool pool = { .role = role, .fqdn = logs_name(&rig->stage.logs, lp_str_of(fqdn)) };
    struct lp_addr a = logs_address(address);
    lp_list_push(&rig->stage.logs.arena, &pool.addresses, &a, sizeof a);
    lp_list_push(&rig->stage.logs.arena, &rig->topology.pools, &pool, sizeof pool);
    return (struct lp_pool *)rig->topology.pools.at + rig->topology.pools.n - 1;
}
