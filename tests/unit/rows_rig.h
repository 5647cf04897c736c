/* rows_rig.h - expectations by hand, for the tests of planner and judge */
#ifndef LP_TEST_ROWS_RIG_H
#define LP_TEST_ROWS_RIG_H

#include "lp/expect.h"
#include "stage.h"

/* A stage whose log expects the rows added to it. */
struct rig {
    struct stage stage;
    struct lp_topology topology;
    struct lp_expectations expected;
    struct lp_expectation rows[64];
    struct lp_judgement judgement;
};

/* As stage_begin; base: "out" or "in". The topology is "contoso.yaml", clock as in logs.h. */
void rig_begin(struct rig *rig, const char *base, const char *changes);
void rig_end(struct rig *rig);
/* Judges; returns the ids, as stage_ids. */
const char *rig_judge(struct rig *rig);

/* Each adds a row of the stage's view, at line 1 more than the last, and returns it. Names without
 * a dot at the end are below contoso.example. */
/* answer: "ADDRESS; ADDRESS", "PORT TARGET; TARGET", or "absent"; "": anything. */
struct lp_expectation *rig_dns(struct rig *rig, int64_t type, const char *owner,
                               const char *answer);
/* names: "a,b"; the first is the subject. */
struct lp_expectation *rig_cert(struct rig *rig, const char *role, const char *names);
/* address: NULL: by DNS. Of the group "pool", and with the certificate that was added last. */
struct lp_expectation *rig_port(struct rig *rig, const char *host, int64_t port,
                                const char *address);

/* A pool of the topology with one address. Valid until the next one is added. */
struct lp_pool *rig_pool(struct rig *rig, enum lp_role role, const char *fqdn, const char *address);

/* What became of a row, after rig_judge: "met", "unmet LP-PORT-CLOSED" with the finding that says
 * so, "undecided", "listed", "waived ..."; "none": it is not of this view. */
const char *rig_state(struct rig *rig, const struct lp_expectation *row);

#endif
