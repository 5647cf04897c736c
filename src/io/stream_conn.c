/* stream_conn.c - one connection of the stream engine: socket, TCP, TLS, and its end. */
#include "lp/stream_conn.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <openssl/err.h>

static struct lp_link *link_of(const struct lp_stream *stream)
{
    return stream->job->evidence->facts;
}

static lp_usec now_of(const struct lp_stream *stream)
{
    return stream->core->world->now(stream->core->world->self);
}

void lp_stream_over(struct lp_stream *stream, enum lp_outcome outcome, const char *why)
{
    stream->phase = LP_STREAM_OVER;
    stream->outcome = outcome;
    stream->why = why;
}

void lp_stream_enter(struct lp_stream *stream, enum lp_stream_phase phase, lp_usec span)
{
    stream->phase = phase;
    stream->since = now_of(stream);
    stream->until = lp_job_until(stream->job, stream->since, span);
}

/* ---- TLS ---- */

static void handshake_done(struct lp_stream *stream)
{
    struct lp_link *link = link_of(stream);
    link->tls = LP_OK;
    link->tls_us = now_of(stream) - stream->since;
    lp_tls_observe(stream->tls, &stream->watch, stream->ssl);
    lp_stream_talk_start(stream);
}

static void handshake_failed(struct lp_stream *stream, unsigned long code, int error)
{
    const char *why = lp_tls_failure(&stream->watch, code, error);
    stream->broken = true;
    lp_tls_observe(stream->tls, &stream->watch, stream->ssl);
    lp_stream_over(stream, link_of(stream)->tls, why);
}

static void handshake_step(struct lp_stream *stream)
{
    ERR_clear_error();
    errno = 0;
    stream->core->working(stream->core->owner, stream->job);
    int ret = SSL_do_handshake(stream->ssl);
    int error = errno;
    int want = ret == 1 ? SSL_ERROR_NONE : SSL_get_error(stream->ssl, ret);
    bool waits = want == SSL_ERROR_WANT_READ || want == SSL_ERROR_WANT_WRITE;
    stream->events = want == SSL_ERROR_WANT_WRITE ? POLLOUT : POLLIN;
    if (ret == 1)
        handshake_done(stream);
    else if (!waits || lp_tls_watch_not_tls(&stream->watch))
        handshake_failed(stream, ERR_peek_error(), want == SSL_ERROR_SYSCALL ? error : 0);
    ERR_clear_error();
}

static bool handshake_prepare(struct lp_stream *stream)
{
    struct lp_addr literal;
    struct lp_str host = lp_arena_str(stream->job->arena, stream->job->ask.host);
    stream->watch =
        (struct lp_tls_watch){ .core = stream->core, .job = stream->job, .fd = stream->fd };
    stream->ssl = SSL_new(lp_tls_context(stream->tls));
    if (!stream->ssl || SSL_set_fd(stream->ssl, stream->fd) != 1)
        return false;
    SSL_set_connect_state(stream->ssl);
    lp_tls_watch(&stream->watch, stream->ssl);
    /* RFC 6066 3: no address literals in SNI. */
    return stream->job->ask.probe->no_sni || host.n == 0 || lp_addr_parse(host, &literal) ||
           SSL_set_tlsext_host_name(stream->ssl, host.p) == 1;
}

void lp_stream_secure(struct lp_stream *stream)
{
    lp_stream_enter(stream, LP_STREAM_TLS, stream->job->setup->tls_us);
    if (handshake_prepare(stream)) {
        handshake_step(stream);
    } else {
        link_of(stream)->tls = LP_NOT_TRIED;
        stream->broken = true;
        lp_stream_over(stream, LP_NOT_TRIED, "local TLS");
    }
}

/* ---- TCP ---- */

static bool is_datagram(const struct lp_stream *stream)
{
    return stream->job->ask.probe->carrier == LP_CARRY_DATAGRAM;
}

static void connected(struct lp_stream *stream)
{
    struct lp_link *link = link_of(stream);
    /* That a datagram socket knows its peer says nothing about the peer. */
    if (is_datagram(stream)) {
        lp_stream_datagram_start(stream);
        return;
    }
    link->connect = LP_OPEN;
    if (!stream->talk.again)
        link->connect_us = now_of(stream) - stream->since;
    if (link->plain)
        lp_stream_talk_start(stream);
    else
        lp_stream_secure(stream);
}

static void connect_failed(struct lp_stream *stream, int error, bool at_once)
{
    if (stream->talk.again) {
        stream->phase = LP_STREAM_OVER;
        return;
    }
    const char *why = lp_link_failed(stream->job, error, at_once);
    lp_stream_over(stream, link_of(stream)->connect, why);
}

void lp_stream_open(struct lp_stream *stream)
{
    struct sockaddr_storage to = { 0 };
    const struct lp_ask *ask = &stream->job->ask;
    socklen_t size = lp_addr_to_sockaddr(&ask->address, (uint16_t)ask->connect_port, &to);
    int type = is_datagram(stream) ? SOCK_DGRAM : SOCK_STREAM;
    int on = 1;
    lp_stream_enter(stream, LP_STREAM_CONNECT, stream->job->setup->connect_us);
    stream->fd = socket(to.ss_family, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (stream->fd < 0) {
        connect_failed(stream, errno, true);
        return;
    }
    /* Without it a request behind a handshake message waits for an acknowledgement. */
    if (type == SOCK_STREAM)
        (void)setsockopt(stream->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    stream->events = POLLOUT;
    if (connect(stream->fd, (const struct sockaddr *)&to, size) == 0)
        connected(stream);
    else if (errno != EINPROGRESS && errno != EINTR)
        connect_failed(stream, errno, true);
}

static void connect_step(struct lp_stream *stream)
{
    int error = 0;
    socklen_t size = sizeof error;
    if (getsockopt(stream->fd, SOL_SOCKET, SO_ERROR, &error, &size) < 0)
        error = errno;
    if (error)
        connect_failed(stream, error, false);
    else
        connected(stream);
}

/* ---- all phases ---- */

void lp_stream_step(struct lp_stream *stream)
{
    if (stream->phase == LP_STREAM_CONNECT)
        connect_step(stream);
    else if (stream->phase == LP_STREAM_TLS)
        handshake_step(stream);
    else if (stream->phase == LP_STREAM_UDP)
        lp_stream_datagram_step(stream);
    else if (stream->phase != LP_STREAM_OVER)
        lp_stream_talk_step(stream);
}

void lp_stream_expire(struct lp_stream *stream)
{
    struct lp_link *link = link_of(stream);
    const char *why = stream->until >= stream->job->deadline ? "deadline" : NULL;
    if (stream->phase == LP_STREAM_CONNECT && stream->talk.again) {
        stream->phase = LP_STREAM_OVER;
    } else if (stream->phase == LP_STREAM_CONNECT) {
        link->connect = LP_TIMEOUT;
        lp_stream_over(stream, LP_TIMEOUT, why);
    } else if (stream->phase == LP_STREAM_TLS) {
        link->tls = LP_STALLED;
        stream->broken = true;
        lp_tls_observe(stream->tls, &stream->watch, stream->ssl);
        lp_stream_over(stream, LP_STALLED, why);
    } else if (stream->phase == LP_STREAM_UDP) {
        lp_stream_datagram_expire(stream);
    } else if (stream->phase != LP_STREAM_OVER) {
        lp_stream_talk_expire(stream);
    }
}

/* Unread bytes (TLS 1.3 tickets) would turn our close into a reset, which fills servers'
 * logs. */
static void drain(int fd)
{
    char block[4096];
    int rounds = LP_STREAM_IN_MAX / (int)sizeof block;
    while (rounds-- > 0 && recv(fd, block, sizeof block, MSG_DONTWAIT) > 0)
        ;
}

void lp_stream_reopen(struct lp_stream *stream)
{
    drain(stream->fd);
    close(stream->fd);
    stream->talk.again++;
    stream->talk.answer_us = 0;
    stream->error = 0;
    lp_buf_clear(&stream->in);
    lp_buf_clear(&stream->out);
    lp_stream_open(stream);
}

void lp_stream_close(struct lp_stream *stream)
{
    if (stream->fd >= 0)
        drain(stream->fd);
    if (stream->ssl && !stream->broken && SSL_is_init_finished(stream->ssl))
        SSL_shutdown(stream->ssl);
    SSL_free(stream->ssl);
    ERR_clear_error();
    if (stream->fd >= 0)
        close(stream->fd);
    lp_buf_release(&stream->in);
    lp_buf_release(&stream->out);
    stream->ssl = NULL;
    stream->fd = -1;
}
