/* rows.c - what one expectation asks for, and what has been answered */
#include "lp/rows.h"
#include "lp/keys.h"
#include "lp/lang.h"

bool lp_row_is_of(const struct lp_expectation *row, bool internal)
{
    return row->internal == internal && !row->skip;
}

/* ---- records ---- */

void lp_row_records(const struct lp_log *log, struct lp_arena *arena,
                    const struct lp_expectation *row, struct lp_row_records *out)
{
    struct lp_resolved q = { .name = row->dns.owner, .type = row->dns.type };
    *out = (struct lp_row_records){ 0 };
    if (row->dns.type == LP_DNS_SRV) {
        lp_resolve(log, arena, &q, &out->srv);
        return;
    }
    q.type = LP_DNS_A;
    if (!log->setup.only6)
        lp_resolve(log, arena, &q, &out->a);
    q.type = LP_DNS_AAAA;
    if (!log->setup.only4)
        lp_resolve(log, arena, &q, &out->aaaa);
}

/* ---- connections ---- */

/* Without a port where the scheme says it. */
static struct lp_str url_of(struct lp_arena *arena, const struct lp_expect_port *port,
                            const struct lp_ask *ask)
{
    const char *scheme = ask->plain ? "http://" : "https://";
    struct lp_str path = port->path.n ? port->path : lp_str_of(ask->probe->path);
    bool usual = ask->port == (ask->plain ? 80 : 443);
    struct lp_str parts[] = { lp_str_of(scheme), ask->host,
                              usual ? LP_STR("")
                                    : lp_arena_printf(arena, ":%lld", (long long)ask->port),
                              path.n ? path : LP_STR("/") };
    return lp_arena_join(arena, parts, LP_COUNT(parts));
}

/* Web servers speak in the clear at these; whoever has another port says so by the probe. */
static bool is_plain(const struct lp_probe *probe, int64_t port)
{
    return probe->plain || (probe->carrier == LP_CARRY_HTTP && (port == 80 || port == 8080));
}

static struct lp_ask ask_of(struct lp_arena *arena, const struct lp_expect_port *port,
                            int64_t number, const struct lp_place *place)
{
    const struct lp_probe *probe = lp_probe_by_name(lp_str_of(port->probe));
    struct lp_ask ask = { .parent = place->evidence,
                          .shape = &probe->shape,
                          .probe = probe,
                          .host = lp_name_normal(arena, port->host),
                          .port = number,
                          .address = place->address,
                          .plain = is_plain(probe, number),
                          .overridden = place->overridden };
    ask.connect_port = place->connect_port ? place->connect_port : number;
    if (probe->carrier == LP_CARRY_HTTP)
        ask.url = url_of(arena, port, &ask);
    ask.key = lp_probe_key(arena, &ask);
    return ask;
}

/* The addresses that the row names, or those that DNS gives. */
static void find_places(const struct lp_log *log, struct lp_arena *arena,
                        const struct lp_expect_port *port, struct lp_places *out)
{
    if (port->address.family) {
        struct lp_place *place = lp_arena_alloc(arena, sizeof *place);
        place->address = port->address;
        *out = (struct lp_places){ .at = place, .n = 1, .total = 1, .outcome = LP_ANSWER };
        return;
    }
    if (log->setup.certificate.n) {
        /* nothing is connected to: the place is only a name */
        struct lp_place *place = lp_arena_alloc(arena, sizeof *place);
        place->address.family = 4;
        *out = (struct lp_places){ .at = place, .n = 1, .total = 1, .outcome = LP_ANSWER };
        return;
    }
    lp_places_of(log, arena, port->host, port->ports[0], out);
}

static const char *why_unasked(const struct lp_log *log, const struct lp_expectation *row)
{
    const struct lp_expect_port *port = &row->port;
    if (row->skip)
        return row->skip;
    if (!port->probe)
        return LP_TR("nothing can be asked there");
    if (!lp_probe_by_name(lp_str_of(port->probe)))
        return LP_TR("no probe of this program speaks its protocol");
    if (log->setup.only4 && port->address.family == 6)
        return LP_TR("only IPv4 was asked for");
    return log->setup.only6 && port->address.family == 4 ? LP_TR("only IPv6 was asked for") : NULL;
}

void lp_row_asks(const struct lp_log *log, struct lp_arena *arena, const struct lp_expectation *row,
                 struct lp_row_asks *out)
{
    const struct lp_expect_port *port = &row->port;
    *out = (struct lp_row_asks){ 0 };
    if (row->kind != LP_EXPECT_PORT)
        return;
    out->unasked = why_unasked(log, row);
    if (out->unasked)
        return;
    find_places(log, arena, port, &out->places);
    struct lp_ask *asks =
        lp_arena_array(arena, out->places.n * LP_COUNT(port->ports), sizeof *asks);
    for (size_t i = 0; i < out->places.n; i++) {
        for (size_t k = 0; k < LP_COUNT(port->ports) && port->ports[k]; k++)
            asks[out->n++] = ask_of(arena, port, port->ports[k], &out->places.at[i]);
    }
    out->at = asks;
}
