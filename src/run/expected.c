/* expected.c - what a walk is checked against: the same on both sides of the pipe */
#include "lp/run.h"

void lp_run_expect(struct lp_log *log, const struct lp_topology *topology)
{
    struct lp_expect_scope scope = { log->setup.domain, log->setup.whole };
    if (!topology)
        return;
    struct lp_expectations *expected = lp_arena_alloc(log->arena, sizeof *expected);
    lp_expect_make(topology, &scope, log->arena, expected);
    log->expected = expected;
}
