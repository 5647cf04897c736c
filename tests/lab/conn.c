/* conn.c - one TCP connection: TLS over memory, and output that waits for its time */
#include "lab.h"

#include <errno.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { LINGER_US = 2000000, PIECE = 16384 };

static bool start_tls(struct lab_conn *c)
{
    BIO *in = BIO_new(BIO_s_mem()), *out = BIO_new(BIO_s_mem());

    c->ssl = SSL_new(c->peer->tls);
    if (c->ssl == NULL || in == NULL || out == NULL)
        return false;
    BIO_set_mem_eof_return(in, -1);
    BIO_set_mem_eof_return(out, -1);
    SSL_set_bio(c->ssl, in, out);
    SSL_set_accept_state(c->ssl);
    return true;
}

static void settle(struct lab *lab, struct lab_conn *c);

/* What is plain by its way says nothing of its protocol. */
static bool begins_with_tls(const struct lab_conn *c)
{
    return c->peer != NULL && c->peer->tls != NULL && !lab_speeches[c->peer->proto].plain;
}

bool lab_conn_secure(struct lab_conn *c)
{
    return c->peer->tls != NULL && start_tls(c);
}

void lab_conn_open(struct lab *lab, struct lab_conn *c)
{
    c->queue = BIO_new(BIO_s_mem());
    if (c->queue == NULL || (begins_with_tls(c) && !start_tls(c))) {
        lab_conn_close(c);
        return;
    }
    if (c->peer != NULL && lab_ways[c->peer->way].talk == LAB_TALK_SSH)
        lab_talk(lab, c);
    settle(lab, c);
}

void lab_conn_close(struct lab_conn *c)
{
    struct linger hard = { 1, 0 };

    if (c->reset)
        setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    close(c->fd);
    SSL_free(c->ssl);
    BIO_free(c->queue);
    memset(c, 0, offsetof(struct lab_conn, in));
    c->fd = -1;
}

static void enqueue(struct lab_conn *c, const void *data, size_t len)
{
    if (len > 0 && BIO_write(c->queue, data, (int)len) > 0)
        c->fresh += len;
}

void lab_conn_say(struct lab_conn *c, const void *data, size_t len)
{
    if (c->ssl == NULL)
        enqueue(c, data, len);
    else if (len > 0)
        SSL_write(c->ssl, data, (int)len);
}

void lab_conn_used(struct lab_conn *c, size_t len)
{
    memmove(c->in, c->in + len, c->in_len - len);
    c->in_len -= len;
}

void lab_conn_finish(struct lab *lab, struct lab_conn *c)
{
    if (c->finish)
        return;
    if (c->ssl != NULL && SSL_is_init_finished(c->ssl))
        SSL_shutdown(c->ssl);
    c->finish = true;
    c->close_us = lab_due_us(lab, c->answered ? 1 : 2);
}

/* Gives what was said its time: one more round trip, and one for the connection itself
 * before the first flight, because the kernel's SYN/ACK cannot be delayed. */
static void settle(struct lab *lab, struct lab_conn *c)
{
    char *bytes;
    long len = c->ssl == NULL ? 0 : BIO_get_mem_data(SSL_get_wbio(c->ssl), &bytes);
    struct lab_mark *mark;

    if (len > 0) {
        enqueue(c, bytes, (size_t)len);
        (void)BIO_reset(SSL_get_wbio(c->ssl));
    }
    if (c->fresh == 0)
        return;
    mark = &c->marks[c->mark_count < LAB_MARKS ? c->mark_count++ : LAB_MARKS - 1];
    mark->bytes += c->fresh;
    mark->due_us = lab_due_us(lab, c->answered ? 1 : 2);
    c->fresh = 0;
    c->answered = true;
}

/* Handshake and decryption of what came in; plain text goes to c->in. */
static void decrypt(struct lab *lab, struct lab_conn *c)
{
    int got = 1;

    ERR_clear_error();
    if (!SSL_is_init_finished(c->ssl)) {
        int done = SSL_accept(c->ssl);

        if (done <= 0 && SSL_get_error(c->ssl, done) != SSL_ERROR_WANT_READ)
            lab_conn_finish(lab, c); /* its alert is in the queue */
        if (done <= 0)
            return;
    }
    while (got > 0 && c->in_len < LAB_IN) {
        got = SSL_read(c->ssl, c->in + c->in_len, (int)(LAB_IN - c->in_len));
        if (got > 0)
            c->in_len += (size_t)got;
    }
    if (got <= 0 && SSL_get_error(c->ssl, got) != SSL_ERROR_WANT_READ)
        lab_conn_finish(lab, c);
}

static void take(struct lab *lab, struct lab_conn *c, const char *bytes, size_t len)
{
    if (c->ssl != NULL) {
        BIO_write(SSL_get_rbio(c->ssl), bytes, (int)len);
        decrypt(lab, c);
    } else if (len <= LAB_IN - c->in_len) {
        memcpy(c->in + c->in_len, bytes, len);
        c->in_len += len;
    } else {
        lab_conn_finish(lab, c);
    }
    if (c->in_len > 0 && c->peer == NULL)
        lab_dns_tcp(lab, c);
    else if (c->in_len > 0)
        lab_talk(lab, c);
    if (c->in_len == LAB_IN)
        lab_conn_finish(lab, c);
    settle(lab, c);
}

void lab_conn_read(struct lab *lab, struct lab_conn *c)
{
    char bytes[PIECE];
    ssize_t got = recv(c->fd, bytes, sizeof bytes, MSG_DONTWAIT);

    if (got > 0 && !c->finish && !c->lingering)
        take(lab, c, bytes, (size_t)got);
    if (got > 0 || (got < 0 && (errno == EAGAIN || errno == EINTR)))
        return;
    c->eof = true;
    if (got < 0 || c->lingering)
        lab_conn_close(c);
    else
        lab_conn_finish(lab, c);
}

static void drop_mark(struct lab_conn *c)
{
    c->mark_count--;
    memmove(&c->marks[0], &c->marks[1], c->mark_count * sizeof c->marks[0]);
    memset(&c->marks[c->mark_count], 0, sizeof c->marks[0]);
}

static void failed_send(struct lab_conn *c)
{
    c->blocked = errno == EAGAIN || errno == EINTR;
    if (c->blocked)
        return;
    c->eof = c->finish = true;
    c->mark_count = 0;
    c->close_us = 0;
}

/* Sends what is due; false when the socket takes no more or the client is gone. */
static bool send_due(struct lab_conn *c, int64_t now)
{
    struct lab_mark *mark = &c->marks[0];
    char *bytes, scratch[PIECE];
    size_t want = mark->bytes < PIECE ? mark->bytes : PIECE;
    ssize_t sent;

    if (c->mark_count == 0 || mark->due_us > now)
        return false;
    BIO_get_mem_data(c->queue, &bytes);
    sent = send(c->fd, bytes, want, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent <= 0) {
        failed_send(c);
        return false;
    }
    BIO_read(c->queue, scratch, (int)sent);
    mark->bytes -= (size_t)sent;
    if (mark->bytes == 0)
        drop_mark(c);
    return true;
}

/* Both sides get to read everything: our end is shut, theirs is read to its end. */
static void end(struct lab_conn *c, int64_t now)
{
    if (c->lingering || c->reset || c->eof) {
        lab_conn_close(c);
        return;
    }
    shutdown(c->fd, SHUT_WR);
    c->lingering = true;
    c->close_us = now + LINGER_US;
}

void lab_conn_flush(struct lab_conn *c)
{
    int64_t now = lab_now_us();

    c->blocked = false;
    while (send_due(c, now))
        ;
    if (c->mark_count == 0 && (c->finish || c->lingering) && c->close_us <= now)
        end(c, now);
}

int64_t lab_conn_due(const struct lab_conn *c)
{
    if (c->mark_count > 0)
        return c->blocked ? INT64_MAX : c->marks[0].due_us;
    return c->finish || c->lingering ? c->close_us : INT64_MAX;
}
