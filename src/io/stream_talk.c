/* stream_talk.c - the probe's conversation over a stream: sends what it says, hands it
 * what comes.
 */
#include <errno.h>
#include <poll.h>
#include <sys/socket.h>

#include <openssl/err.h>

#include "lp/stream_conn.h"

/* How a read or write ended. */
enum result { MOVED, WAITS, CLOSED, BROKEN };

enum { SETTLE_MIN_US = 50000 };

static enum result result_of_ssl(struct lp_stream *stream, int ret, int error)
{
    int want = SSL_get_error(stream->ssl, ret);
    if (want == SSL_ERROR_WANT_READ || want == SSL_ERROR_WANT_WRITE) {
        if (want == SSL_ERROR_WANT_WRITE)
            stream->events |= POLLOUT;
        return WAITS;
    }
    stream->broken = want != SSL_ERROR_ZERO_RETURN;
    if (want == SSL_ERROR_SYSCALL)
        stream->error = stream->watch.error ? stream->watch.error : error;
    if (want == SSL_ERROR_SSL && !stream->watch.eof && !stream->watch.error)
        return BROKEN;
    return CLOSED;
}

static enum result result_of_socket(struct lp_stream *stream, ssize_t ret, int error)
{
    if (ret < 0 && (error == EAGAIN || error == EINTR))
        return WAITS;
    stream->error = ret < 0 ? error : 0;
    return CLOSED;
}

static enum result send_some(struct lp_stream *stream)
{
    ERR_clear_error();
    errno = 0;
    if (stream->ssl) {
        size_t n = 0;
        int ret = SSL_write_ex(stream->ssl, stream->out.p, stream->out.n, &n);
        lp_buf_consume(&stream->out, n);
        return ret == 1 ? MOVED : result_of_ssl(stream, ret, errno);
    }
    ssize_t n = send(stream->fd, stream->out.p, stream->out.n, MSG_NOSIGNAL);
    if (n < 0)
        return result_of_socket(stream, n, errno);
    lp_buf_consume(&stream->out, (size_t)n);
    return MOVED;
}

static enum result receive_some(struct lp_stream *stream)
{
    char block[4096];
    size_t room = LP_STREAM_IN_MAX - stream->in.n;
    size_t size = room < sizeof block ? room : sizeof block;
    ERR_clear_error();
    errno = 0;
    if (stream->ssl) {
        size_t n = 0;
        int ret = SSL_read_ex(stream->ssl, block, size, &n);
        lp_buf_add(&stream->in, block, n);
        if (n > 0)
            stream->watch.received = 0;
        return ret == 1 ? MOVED : result_of_ssl(stream, ret, errno);
    }
    ssize_t n = recv(stream->fd, block, size, 0);
    if (n <= 0)
        return result_of_socket(stream, n, errno);
    lp_buf_add(&stream->in, block, (size_t)n);
    return MOVED;
}

/* A failed write is not the end: what the peer said before it closed may still be there
 * to read. */
static void flush(struct lp_stream *stream)
{
    enum result result = MOVED;
    while (result == MOVED && stream->out.n)
        result = send_some(stream);
    if (result == WAITS && !stream->ssl)
        stream->events |= POLLOUT;
    else if (result == CLOSED || result == BROKEN)
        lp_buf_clear(&stream->out);
}

/* ---- the probe ---- */

enum lp_next lp_stream_ask(struct lp_stream *stream, bool eof)
{
    stream->talk.in = lp_buf_view(&stream->in);
    stream->talk.eof = eof;
    stream->talk.out = &stream->out;
    stream->core->working(stream->core->owner, stream->job);
    return stream->job->ask.probe->step(&stream->talk);
}

static bool time_is_left(const struct lp_stream *stream)
{
    const struct lp_world *world = stream->core->world;
    return world->now(world->self) < stream->job->deadline;
}

static bool try_is_left(const struct lp_stream *stream)
{
    return stream->talk.again + 1 < stream->job->ask.probe->tries && !stream->ssl;
}

/* There was an answer, and the probe has more to ask. */
static void go_again(struct lp_stream *stream)
{
    bool late = !time_is_left(stream);
    lp_stream_over(stream, late ? LP_TIMEOUT : LP_MALFORMED, late ? "deadline" : NULL);
    if (!late)
        lp_stream_reopen(stream);
}

static void take(struct lp_stream *stream, bool eof)
{
    enum lp_next next = lp_stream_ask(stream, eof);
    if (next == LP_AGAIN && stream->in.n && try_is_left(stream)) {
        go_again(stream);
        return;
    }
    stream->securing = next == LP_SECURE && !eof && !stream->ssl;
    if (stream->securing)
        return;
    if (next == LP_DONE)
        lp_stream_over(stream, LP_OK, NULL);
    else if (next != LP_MORE)
        lp_stream_over(stream, LP_MALFORMED, NULL);
    else if (eof)
        lp_stream_over(stream, LP_MALFORMED, "answer incomplete");
}

/* A TLS 1.3 server looks at our Certificate, empty or not, only after we think that all
 * is done. */
static bool may_be_refused(const struct lp_stream *stream)
{
    return stream->ssl && stream->watch.asks_certificate && !stream->watch.ticket &&
           SSL_version(stream->ssl) == TLS1_3_VERSION;
}

static void settle(struct lp_stream *stream)
{
    const struct lp_link *link = stream->job->evidence->facts;
    lp_usec span = 2 * link->tls_us;
    lp_stream_enter(stream, LP_STREAM_SETTLE, span > SETTLE_MIN_US ? span : SETTLE_MIN_US);
    stream->events = POLLIN;
}

/* Nothing came, and the stream is over by that. */
static void try_again(struct lp_stream *stream)
{
    bool by_peer = stream->outcome == LP_RESET || stream->outcome == LP_TIMEOUT;
    if (stream->job->ask.probe->tries < 2 || !by_peer || !time_is_left(stream))
        return;
    enum lp_next next = lp_stream_ask(stream, true);
    if (next == LP_DONE)
        lp_stream_over(stream, LP_OK, NULL);
    else if (next == LP_AGAIN && try_is_left(stream))
        lp_stream_reopen(stream);
}

/* The probe has spoken: its words go out, and TLS comes behind them where it wants that. */
static void go_on(struct lp_stream *stream)
{
    if (stream->phase == LP_STREAM_OVER)
        return;
    flush(stream);
    if (!stream->securing || stream->out.n)
        return;
    stream->securing = false;
    /* Whatever came in clear must not count as said under TLS. */
    lp_buf_clear(&stream->in);
    lp_stream_secure(stream);
}

bool lp_stream_talk_prepare(struct lp_stream *stream)
{
    if (stream->talk.facts)
        return true;
    stream->in = lp_buf_new(LP_STREAM_IN_MAX);
    stream->out = lp_buf_new(LP_STREAM_IN_MAX);
    if (lp_link_talk(stream->core, stream->job, &stream->talk))
        return true;
    lp_stream_over(stream, LP_NOT_TRIED, "local random");
    return false;
}

void lp_stream_talk_start(struct lp_stream *stream)
{
    if (!lp_stream_talk_prepare(stream))
        return;
    stream->talk.secure = stream->ssl != NULL;
    stream->talk.silent = false;
    lp_usec span = stream->job->setup->http_us;
    lp_stream_enter(stream, LP_STREAM_TALK, try_is_left(stream) ? span / 2 : span);
    take(stream, false);
    stream->events = POLLIN;
    if (stream->phase == LP_STREAM_OVER && stream->outcome == LP_OK && may_be_refused(stream))
        settle(stream);
    go_on(stream);
}

/* ---- what comes ---- */

/* Closed, reset or refused by an alert before any answer. */
static void over_without_answer(struct lp_stream *stream)
{
    struct lp_arena *arena = stream->job->arena;
    if (stream->watch.flooded)
        lp_stream_over(stream, LP_MALFORMED, LP_TLS_FLOODED);
    else if (stream->error == 0)
        lp_stream_over(stream, LP_RESET, "closed without an answer");
    else if (lp_errno_is_local(stream->error))
        lp_stream_over(stream, LP_NOT_TRIED,
                       lp_arena_printf(arena, "local %s", lp_errno_word(stream->error)).p);
    else
        lp_stream_over(stream, stream->error == ETIMEDOUT ? LP_TIMEOUT : LP_RESET,
                       lp_arena_printf(arena, "errno %s", lp_errno_word(stream->error)).p);
}

/* An alert takes the handshake back: a TLS 1.3 server has seen our part of it only now. What
 * is no TLS any more comes behind one that was good. */
static void over_by_tls(struct lp_stream *stream)
{
    struct lp_link *link = stream->job->evidence->facts;
    const char *why = lp_tls_failure(&stream->watch, ERR_peek_error(), 0);
    lp_tls_watch_facts(&stream->watch);
    if (!stream->watch.alerted)
        link->tls = LP_OK;
    lp_stream_over(stream, stream->watch.alerted ? LP_ALERT : LP_MALFORMED, why);
}

static void ended(struct lp_stream *stream, enum result result)
{
    bool refused = stream->ssl && (result == BROKEN || stream->watch.alerted);
    if (refused && stream->in.n == 0)
        over_by_tls(stream);
    else if (stream->phase == LP_STREAM_SETTLE)
        lp_stream_over(stream, LP_OK, NULL);
    else if (stream->in.n)
        take(stream, true);
    else
        over_without_answer(stream);
    if (stream->phase == LP_STREAM_OVER && stream->in.n == 0 && !stream->ssl)
        try_again(stream);
}

/* Never 0: that is "none yet". */
static void note_first_byte(struct lp_stream *stream)
{
    const struct lp_world *world = stream->core->world;
    lp_usec since = world->now(world->self) - stream->since;
    stream->talk.answer_us = since > 0 ? since : 1;
}

static void listen_on(struct lp_stream *stream)
{
    size_t before = stream->in.n;
    enum result result = MOVED;
    while (result == MOVED && stream->in.n < LP_STREAM_IN_MAX)
        result = receive_some(stream);
    if (before == 0 && stream->in.n)
        note_first_byte(stream);
    bool full = stream->in.n == LP_STREAM_IN_MAX;
    if (result == CLOSED || result == BROKEN)
        ended(stream, result);
    else if (stream->phase == LP_STREAM_SETTLE && (stream->watch.ticket || stream->in.n))
        lp_stream_over(stream, LP_OK, NULL);
    else if (stream->in.n > before && stream->phase == LP_STREAM_TALK)
        take(stream, full);
}

void lp_stream_talk_step(struct lp_stream *stream)
{
    stream->events = stream->securing ? 0 : POLLIN;
    flush(stream);
    if (!stream->securing)
        listen_on(stream);
    go_on(stream);
    ERR_clear_error();
}

void lp_stream_talk_expire(struct lp_stream *stream)
{
    bool some = stream->in.n > 0;
    stream->talk.silent = true;
    if (stream->phase == LP_STREAM_SETTLE || (some && lp_stream_ask(stream, true) == LP_DONE))
        lp_stream_over(stream, LP_OK, NULL);
    else
        lp_stream_over(stream, LP_TIMEOUT, some ? "answer incomplete" : "no answer");
    if (!some && !stream->ssl)
        try_again(stream);
}
