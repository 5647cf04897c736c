/* one_town.h - the deployment that a test file is about, and what must be expected of it */
#ifndef ONE_TOWN_H
#define ONE_TOWN_H

#include <check.h>

#include "topologies.h"

static struct town town;

static inline void close_town(void)
{
    town_close(&town);
}

static inline const struct lp_expectation *record(bool internal, const char *owner)
{
    const struct lp_expectation *e = town_record(&town, internal, owner);
    ck_assert_msg(e != NULL, "no %s", owner);
    return e;
}

static inline const struct lp_expectation *port(const char *host, const char *address,
                                                int64_t number)
{
    const struct lp_expectation *e = town_port(&town, host, address, number);
    ck_assert_msg(e != NULL, "no %s %s %d", host, address, (int)number);
    return e;
}

static inline const struct lp_expectation *certificate(const char *role)
{
    const struct lp_expectation *e = town_certificate(&town, role);
    ck_assert_msg(e != NULL, "no %s", role);
    return e;
}

static inline struct lp_pool *pool(size_t i)
{
    ck_assert_uint_lt(i, town.topology.pools.n);
    return (struct lp_pool *)town.topology.pools.at + i;
}

#endif
