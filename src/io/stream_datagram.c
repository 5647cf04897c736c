/* stream_datagram.c - the probe's conversation over UDP: says it again where no answer comes. */
#include <errno.h>
#include <poll.h>
#include <sys/socket.h>

#include "lp/stream_conn.h"

enum { TURN_MAX = 8 }; /* datagrams that are read before others get a turn */

/* Waits for an answer to the same words: the times of RFC 5389 7.2.1, cut short. After the
   last one only the end of the conversation is waited for. */
static const lp_usec waits[] = { 500000, 1000000, 1000000 };

static struct lp_link *link_of(const struct lp_stream *stream)
{
    return stream->job->evidence->facts;
}

static lp_usec now_of(const struct lp_stream *stream)
{
    return stream->core->world->now(stream->core->world->self);
}

/* An ICMP error about one of our datagrams, or a local fault. */
static void failed(struct lp_stream *stream, int error)
{
    struct lp_link *link = link_of(stream);
    if (link->connect != LP_OPEN) {
        const char *why = lp_link_failed(stream->job, error, false);
        lp_stream_over(stream, link->connect, why);
        return;
    }
    lp_stream_over(stream, LP_RESET,
                   lp_arena_printf(stream->job->arena, "errno %s", lp_errno_word(error)).p);
}

/* A full queue of ours is as good as a lost datagram: it is sent again. */
static void transmit(struct lp_stream *stream)
{
    size_t n = (size_t)stream->talk.again;
    lp_usec now = now_of(stream);
    stream->until = n < LP_COUNT(waits) ? now + waits[n] : stream->ends;
    if (stream->until > stream->ends)
        stream->until = stream->ends;
    stream->since = now;
    ssize_t sent = send(stream->fd, stream->out.p, stream->out.n, MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN && errno != EINTR)
        failed(stream, errno);
}

/* The probe's turn. What it says takes the place of what it said before. */
static void take(struct lp_stream *stream, bool asked_again)
{
    size_t old = stream->out.n;
    enum lp_next next = lp_stream_ask(stream, false);
    bool new_words = stream->out.n > old;
    if (new_words)
        lp_buf_consume(&stream->out, old);
    if (new_words && !asked_again)
        stream->talk.again = 0;
    if (next == LP_DONE)
        lp_stream_over(stream, LP_OK, NULL);
    else if (next != LP_MORE)
        lp_stream_over(stream, LP_MALFORMED, NULL);
    else if (new_words || asked_again)
        transmit(stream);
}

void lp_stream_datagram_start(struct lp_stream *stream)
{
    lp_stream_enter(stream, LP_STREAM_UDP, stream->job->setup->connect_us);
    stream->ends = stream->until;
    stream->events = POLLIN;
    if (lp_stream_talk_prepare(stream))
        take(stream, false);
}

static void heard(struct lp_stream *stream)
{
    struct lp_link *link = link_of(stream);
    lp_usec now = now_of(stream);
    if (link->connect != LP_OPEN) {
        link->connect = LP_OPEN;
        link->connect_us = now - stream->since;
        stream->ends = lp_job_until(stream->job, now, stream->job->setup->http_us);
    }
    take(stream, false);
}

/* False: nothing more is there, or it is over. An empty datagram says nothing. */
static bool receive_one(struct lp_stream *stream)
{
    lp_buf_clear(&stream->in);
    ssize_t n = recv(stream->fd, lp_buf_room(&stream->in, LP_STREAM_IN_MAX), LP_STREAM_IN_MAX, 0);
    int error = errno;
    lp_buf_truncate(&stream->in, n > 0 ? (size_t)n : 0);
    if (n < 0 && error != EAGAIN && error != EINTR)
        failed(stream, error);
    else if (n >= 0 && ++stream->datagrams > LP_STREAM_DATAGRAMS)
        lp_stream_over(stream, LP_MALFORMED, "limit 32 datagrams");
    else if (n > 0)
        heard(stream);
    return n >= 0 && stream->phase != LP_STREAM_OVER;
}

void lp_stream_datagram_step(struct lp_stream *stream)
{
    int n = 0;
    while (n < TURN_MAX && receive_one(stream))
        n++;
}

/* Before its time only when the job is cancelled. */
void lp_stream_datagram_expire(struct lp_stream *stream)
{
    lp_usec now = now_of(stream);
    const char *why = now >= stream->job->deadline ? "deadline" : NULL;
    struct lp_link *link = link_of(stream);
    lp_buf_clear(&stream->in);
    if (now >= stream->until && now < stream->ends) {
        stream->talk.again++;
        take(stream, true);
    } else if (link->connect != LP_OPEN) {
        link->connect = LP_TIMEOUT;
        lp_stream_over(stream, LP_TIMEOUT, why);
    } else if (lp_stream_ask(stream, true) == LP_DONE) {
        lp_stream_over(stream, LP_OK, NULL);
    } else {
        lp_stream_over(stream, LP_TIMEOUT, "answer incomplete");
    }
}
