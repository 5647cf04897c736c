/* fuzz_stun.c - STUN messages, frames and greetings: any bytes */
#include <stdint.h>

#include "lp/stun.h"
#include "lp/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool claim)
{
    if (!claim)
        __builtin_trap();
}

static void check_text(struct lp_str s)
{
    must(s.p == NULL || lp_is_clean_text(s));
}

static void check_place(const struct lp_stun_place *place)
{
    must(place->address.family == 0 || place->address.family == 4 || place->address.family == 6);
    must(place->port >= 0 && place->port <= 65535);
}

static void check(const struct lp_stun *m, bool good)
{
    must(good || (m->type == 0 && !m->transaction.p && !m->microsoft && !m->standard));
    must(m->error == 0 || (m->error >= 300 && m->error <= 699));
    must(m->version >= -1 && m->version <= UINT32_MAX);
    check_place(&m->mapped);
    check_place(&m->alternate);
    check_text(m->reason);
    check_text(m->realm);
    check_text(m->software);
}

/* As the probe over TCP goes through what came: frame by frame. */
static void check_frames(struct lp_arena *arena, struct lp_str in)
{
    size_t n = 0;
    struct lp_stun m;
    while (lp_stun_frame(in, &n)) {
        must(n <= 65535);
        check(&m, lp_stun_decode(arena, lp_str_sub(in, LP_STUN_FRAME, n), &m));
        in = lp_str_sub(in, LP_STUN_FRAME + n, in.n);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct lp_arena arena = { 0 };
    struct lp_str in = { size ? (const char *)data : "", size };
    struct lp_stun m;
    bool good = lp_stun_decode(&arena, in, &m);
    check(&m, good);
    check_frames(&arena, in);
    /* A beginning of the greeting stays one when less of it is there. */
    if (lp_stun_is_hello(in))
        must(lp_stun_is_hello(lp_str_sub(in, 0, size / 2)));
    lp_arena_release(&arena);
    return 0;
}
