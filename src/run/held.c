/* held.c - a walk as the parent holds it, and what a worker's death leaves of it */
#include "lp/alloc.h"
#include "lp/slot.h"

enum { ROUNDS_MAX = 64 }; /* an entry that was not tried may call for others, but not for ever */

static void add_entry(struct lp_held *held, const struct lp_ask *ask, enum lp_outcome outcome,
                      struct lp_str why)
{
    struct lp_ask mine = *ask;
    mine.key = lp_arena_str(&held->arena, ask->key);
    mine.name = lp_arena_str(&held->arena, ask->name);
    mine.host = lp_arena_str(&held->arena, ask->host);
    mine.url = lp_arena_str(&held->arena, ask->url);
    struct lp_evidence *e = lp_entry_new(&held->arena, &mine, 0);
    struct lp_link *link = (struct lp_link *)lp_link_of(e);
    e->id = held->log.n ? held->log.at[held->log.n - 1]->id + 1 : 1;
    e->outcome = outcome;
    e->why = lp_arena_str(&held->arena, why);
    if (link)
        link->connect = outcome;
    lp_log_add(&held->log, e);
}

/* What the planner refuses keeps its own reason. */
static size_t give_up(struct lp_held *held, struct lp_str why)
{
    struct lp_arena arena = { 0 };
    struct lp_asks asks;
    lp_plan_missing(&held->log, &arena, &asks);
    for (size_t i = 0; i < asks.n; i++)
        add_entry(held, &asks.at[i], LP_NOT_TRIED, asks.at[i].refused.p ? asks.at[i].refused : why);
    lp_arena_release(&arena);
    return asks.n;
}

void lp_held_complete(struct lp_held *held, lp_usec now, struct lp_str why)
{
    for (int rounds = 0; rounds < ROUNDS_MAX && give_up(held, why); rounds++)
        continue;
    held->log.end = (struct lp_end){ .present = true,
                                     .total_us = now - held->start,
                                     .why = lp_arena_str(&held->arena, why) };
}

bool lp_held_crash(struct lp_held *held, const struct lp_shared_page *page, struct lp_str why)
{
    struct lp_arena arena = { 0 };
    struct lp_asks asks;
    size_t n = page->key_len < sizeof page->key ? page->key_len : sizeof page->key;
    struct lp_str key = { page->key, n };
    bool found = false;
    if (!n || held->over || page->walk != held->number)
        return false;
    lp_plan_missing(&held->log, &arena, &asks);
    for (size_t i = 0; i < asks.n && !found; i++) {
        found = lp_str_eq(asks.at[i].key, key);
        if (found)
            add_entry(held, &asks.at[i], LP_CRASHED, why);
    }
    lp_arena_release(&arena);
    return found;
}

void lp_held_free(struct lp_held *held)
{
    lp_arena_release(&held->arena);
    lp_free(held);
}

/* ---- all of them ---- */

void lp_walks_init(struct lp_walks *walks, size_t max)
{
    *walks = (struct lp_walks){ .max = max };
    walks->by_number = lp_calloc(max, sizeof *walks->by_number);
}

struct lp_held *lp_walks_new(const struct lp_walks *walks)
{
    struct lp_held *held = lp_calloc(1, sizeof *held);
    held->number = walks->next;
    lp_log_init(&held->log, &held->arena);
    return held;
}

void lp_walks_add(struct lp_walks *walks, struct lp_held *held)
{
    if (walks->last)
        walks->last->next = held;
    else
        walks->first = held;
    walks->last = held;
    walks->by_number[held->number % walks->max] = held;
    walks->next++;
    walks->n++;
}

struct lp_held *lp_walks_find(const struct lp_walks *walks, uint32_t number)
{
    struct lp_held *held = walks->by_number[number % walks->max];
    return held && held->number == number && !held->over ? held : NULL;
}

void lp_walks_drop_first(struct lp_walks *walks)
{
    struct lp_held *held = walks->first;
    walks->first = held->next;
    if (!walks->first)
        walks->last = NULL;
    walks->by_number[held->number % walks->max] = NULL;
    walks->n--;
    lp_held_free(held);
}

void lp_walks_release(struct lp_walks *walks)
{
    while (walks->first)
        lp_walks_drop_first(walks);
    lp_free(walks->by_number);
    walks->by_number = NULL;
}
