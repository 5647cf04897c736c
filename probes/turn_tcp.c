/* turn_tcp.c - the A/V Edge over TCP: its greeting, which looks like TLS and shows no
 * certificate, then one Allocate without credentials. Where nothing comes of that, a standard
 * Binding over a connection of its own, which tells another server's presence from nobody's: under
 * TLS where real TLS came (RFC 5389 section 7.2.2). */
#include "lp/turn.h"

static enum lp_next greet(struct lp_talk *talk)
{
    lp_turn_begin(talk->facts);
    lp_stun_put_hello(talk->out, talk->token);
    return LP_MORE;
}

static void allocate(struct lp_talk *talk)
{
    struct lp_buf message = lp_buf_new(256);
    lp_stun_put_allocate(&message, talk->token);
    lp_stun_put_frame(talk->out, message.n);
    lp_buf_str(talk->out, lp_buf_view(&message));
    lp_buf_release(&message);
}

static enum lp_next more(const struct lp_talk *talk)
{
    return talk->eof ? LP_BAD : LP_MORE;
}

static bool is_tls(const struct lp_turn_facts *facts)
{
    return lp_str_eq(facts->kind, LP_STR("tls"));
}

static enum lp_next other(struct lp_talk *talk, struct lp_str bytes)
{
    lp_turn_note_other(talk, bytes);
    return is_tls(talk->facts) ? LP_AGAIN : LP_BAD;
}

/* Frames behind the greeting, up to the one that answers us. */
static enum lp_next hear(struct lp_talk *talk)
{
    struct lp_str rest = lp_str_sub(talk->in, LP_STUN_HELLO, talk->in.n);
    while (rest.n >= LP_STUN_FRAME) {
        size_t n = 0;
        if (!lp_stun_frame(rest, &n))
            return other(talk, rest);
        if (rest.n < LP_STUN_FRAME + n)
            break;
        enum lp_next next = lp_turn_hear(talk, lp_str_sub(rest, LP_STUN_FRAME, n));
        if (next != LP_MORE)
            return next;
        rest = lp_str_sub(rest, LP_STUN_FRAME + n, rest.n);
    }
    return more(talk);
}

/* A first byte that is not the greeting's is enough, but a web server's takes five. */
static bool can_tell(const struct lp_talk *talk)
{
    return talk->eof || talk->in.n >= sizeof "HTTP/" - 1 ||
           !lp_str_starts_nocase(LP_STR("HTTP/"), lp_arena_str(talk->arena, talk->in).p);
}

static enum lp_next bind(struct lp_talk *talk)
{
    if (is_tls(talk->facts) && !talk->secure)
        return LP_SECURE;
    lp_stun_put_binding(talk->out, talk->token);
    return LP_MORE;
}

/* What is said under TLS and is no STUN changes nothing of what was seen before. */
static enum lp_next hear_binding(struct lp_talk *talk, struct lp_str message)
{
    struct lp_turn_facts *facts = talk->facts, before = *facts;
    enum lp_next next = lp_turn_hear(talk, message);
    if (next != LP_DONE && talk->secure)
        *facts = before;
    return next == LP_DONE ? LP_DONE : LP_BAD;
}

/* RFC 5389 7.2.2: messages follow one another, without frames. */
static enum lp_next second_try(struct lp_talk *talk)
{
    size_t n = LP_STUN_HEADER;
    struct lp_reader in = lp_reader_of(talk->in);
    if (talk->in.n == 0 && !talk->eof)
        return bind(talk);
    lp_read_u16(&in);
    n += lp_read_u16(&in);
    if (in.bad || (talk->in.n < n && !talk->eof))
        return more(talk);
    return hear_binding(talk, lp_str_sub(talk->in, 0, n));
}

static enum lp_next step(struct lp_talk *talk)
{
    struct lp_turn_facts *facts = talk->facts;
    if (talk->again)
        return second_try(talk);
    if (talk->in.n == 0)
        return talk->eof ? LP_AGAIN : greet(talk);
    if (!lp_stun_is_hello(talk->in) || (talk->eof && talk->in.n < LP_STUN_HELLO))
        return can_tell(talk) ? other(talk, talk->in) : LP_MORE;
    if (talk->in.n < LP_STUN_HELLO)
        return LP_MORE;
    if (!facts->greeted)
        allocate(talk);
    facts->greeted = true;
    return hear(talk);
}

const struct lp_probe lp_probe_turn_tcp = {
    .shape = {
        .name = "turn-tcp",
        .title = "A/V Edge over TCP: greeting without a certificate, one Allocate",
        .fields = lp_turn_fields,
        .size = sizeof(struct lp_turn_facts),
        .has_link = true,
    },
    .carrier = LP_CARRY_STREAM,
    .plain = true,
    .tries = 2,
    .step = step,
    .checks = lp_turn_checks,
    .say = lp_turn_say,
    .is_well = lp_turn_is_well,
};
