/* log.c - the evidence of one walk, in order and by key. */
#include <string.h>

#include "lp/log.h"

enum { FIRST_ROOM = 64 };

const struct lp_field lp_end_fields[] = {
    LP_FIELD(struct lp_end, complete, "every question was put and ended by itself"),
    LP_FIELD(struct lp_end, total_us, "start to end, microseconds"),
    LP_FIELD(struct lp_end, why, "what ended an incomplete walk"),
    LP_FIELD(struct lp_end, restarts, "workers that had to be started again"),
    LP_FIELD_END,
};

void lp_log_init(struct lp_log *log, struct lp_arena *arena)
{
    *log = (struct lp_log){ .arena = arena };
}

/* The slot that holds the key, or the free one where it belongs. Keys that were made to collide
 * cost a walk over all entries; their number is limited, so no seed is needed. */
static struct lp_evidence **slot_of(const struct lp_log *log, struct lp_str key)
{
    size_t mask = log->index_size - 1;
    size_t i = lp_str_hash(key) & mask;
    while (log->index[i] && !lp_str_eq(log->index[i]->key, key))
        i = (i + 1) & mask;
    return &log->index[i];
}

/* The old arrays stay in the arena: doubling wastes at most as much again. */
static void grow(struct lp_log *log)
{
    size_t room = log->room ? log->room * 2 : FIRST_ROOM;
    struct lp_evidence **at = lp_arena_array(log->arena, room, sizeof *at);
    if (log->n)
        memcpy(at, log->at, log->n * sizeof *at);
    log->at = at;
    log->room = room;
    log->index_size = room * 2;
    log->index = lp_arena_array(log->arena, log->index_size, sizeof *log->index);
    for (size_t i = 0; i < log->n; i++)
        *slot_of(log, at[i]->key) = at[i];
}

bool lp_log_add(struct lp_log *log, struct lp_evidence *e)
{
    if (log->n == log->room)
        grow(log);
    struct lp_evidence **slot = slot_of(log, e->key);
    if (*slot)
        return false;
    *slot = e;
    log->at[log->n++] = e;
    return true;
}

const struct lp_evidence *lp_log_find(const struct lp_log *log, struct lp_str key)
{
    return log->n ? *slot_of(log, key) : NULL;
}

/* Ids grow, but may have gaps (an entry that came twice). */
const struct lp_evidence *lp_log_by_id(const struct lp_log *log, int64_t id)
{
    size_t low = 0, high = log->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (log->at[middle]->id == id)
            return log->at[middle];
        if (log->at[middle]->id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

const struct lp_certificate *lp_log_certificate(const struct lp_log *log, struct lp_str sha256)
{
    static const char kind[] = "certificate ";
    char key[sizeof kind - 1 + 64];
    if (sha256.n != 64)
        return NULL;
    memcpy(key, kind, sizeof kind - 1);
    memcpy(key + sizeof kind - 1, sha256.p, 64);
    const struct lp_evidence *e = lp_log_find(log, (struct lp_str){ key, sizeof key });
    return e && e->shape == &lp_shape_certificate ? e->facts : NULL;
}

const struct lp_certificate *lp_log_leaf(const struct lp_log *log, const struct lp_link *link)
{
    const struct lp_str *sent = link->chain.at;
    return link->chain.n ? lp_log_certificate(log, sent[0]) : NULL;
}
