/* loop.c - one turn of the loop and the set of descriptors that it waits for. */
#include "lp/loop.h"

#include "lp/alloc.h"

/* Where the set holds that descriptor; set->n when nowhere. by_fd may be stale, so at[]
 * confirms.
 */
static size_t slot_of(const struct lp_pollset *set, int fd)
{
    if (fd < 0 || (size_t)fd >= set->by_fd_room)
        return set->n;
    size_t slot = set->by_fd[fd];
    return slot < set->n && set->at[slot].fd == fd ? slot : set->n;
}

static size_t grown(size_t room, size_t need)
{
    size_t to = room == 0 ? 16 : room;

    while (to < need)
        to *= 2;
    return to;
}

static void remember(struct lp_pollset *set, int fd, size_t slot)
{
    size_t need = (size_t)fd + 1;

    if (need > set->by_fd_room) {
        size_t room = grown(set->by_fd_room, need);
        set->by_fd = lp_realloc(set->by_fd, room * sizeof(*set->by_fd));
        for (size_t i = set->by_fd_room; i < room; i++)
            set->by_fd[i] = 0;
        set->by_fd_room = room;
    }
    set->by_fd[fd] = (uint32_t)slot;
}

void lp_pollset_add(struct lp_pollset *set, int fd, short events)
{
    size_t slot = slot_of(set, fd);

    if (fd < 0)
        return;
    if (slot < set->n) {
        set->at[slot].events = (short)(set->at[slot].events | events);
        return;
    }
    if (set->n == set->room) {
        set->room = grown(set->room, set->n + 1);
        set->at = lp_realloc(set->at, set->room * sizeof(*set->at));
    }
    remember(set, fd, set->n);
    set->at[set->n++] = (struct pollfd){ .fd = fd, .events = events };
}

void lp_pollset_until(struct lp_pollset *set, lp_usec deadline)
{
    if (deadline < set->until)
        set->until = deadline;
}

short lp_pollset_events(const struct lp_pollset *set, int fd)
{
    size_t slot = slot_of(set, fd);

    return slot < set->n ? set->at[slot].revents : 0;
}

void lp_pollset_release(struct lp_pollset *set)
{
    lp_free(set->at);
    lp_free(set->by_fd);
    *set = (struct lp_pollset){ .until = INT64_MAX };
}

static lp_usec span_until(lp_usec until, lp_usec now)
{
    if (until == INT64_MAX)
        return -1;
    return until > now ? until - now : 0;
}

/* NOLINTNEXTLINE(readability-function-size): these five are all that a turn is */
void lp_turn(const struct lp_world *world, struct lp_pollset *set, const struct lp_engine *engines,
             size_t n, lp_usec limit)
{
    set->n = 0;
    set->until = limit;
    for (size_t i = 0; i < n; i++)
        engines[i].want(engines[i].self, set);
    world->wait(world->self, set->at, set->n, span_until(set->until, world->now(world->self)));
    lp_usec now = world->now(world->self);
    for (size_t i = 0; i < n; i++)
        engines[i].ready(engines[i].self, set, now);
}
