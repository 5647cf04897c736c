/* peer.c - one connection of a hostile peer, in a process of its own: it may block */
#include "tables.h"

#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

void pause_ms(long ms)
{
    poll(NULL, 0, (int)ms);
}

static ssize_t send_some(struct peer *p, const char *bytes, size_t n)
{
    size_t done = 0;

    if (p->ssl == NULL)
        return send(p->fd, bytes, n, MSG_NOSIGNAL);
    return SSL_write_ex(p->ssl, bytes, n, &done) == 1 ? (ssize_t)done : -1;
}

void say(struct peer *p, const void *bytes, size_t n)
{
    const char *at = bytes;

    while (n > 0 && !p->gone) {
        ssize_t sent = send_some(p, at, n < 16384 ? n : 16384);

        if (sent <= 0) {
            p->gone = true;
            return;
        }
        at += sent;
        n -= (size_t)sent;
    }
}

void say_text(struct peer *p, const char *text)
{
    say(p, text, strlen(text));
}

static bool is_whole(const struct peer *p)
{
    return strstr(p->in, "\r\n\r\n") != NULL || p->raw;
}

static ssize_t receive_some(struct peer *p)
{
    size_t room = sizeof p->in - 1 - p->in_n, n = 0;

    if (p->ssl == NULL)
        return recv(p->fd, p->in + p->in_n, room, 0);
    return SSL_read_ex(p->ssl, p->in + p->in_n, room, &n) == 1 ? (ssize_t)n : -1;
}

bool hear(struct peer *p)
{
    p->in_n = 0;
    p->in[0] = '\0';
    while (!p->gone && p->in_n < sizeof p->in - 1) {
        struct pollfd wait = { .fd = p->fd, .events = POLLIN };
        bool pending = p->ssl != NULL && SSL_pending(p->ssl) > 0;
        ssize_t n = pending || poll(&wait, 1, HP_HEAR_MS) == 1 ? receive_some(p) : -1;

        if (n <= 0) {
            p->gone = true;
            break;
        }
        p->in_n += (size_t)n;
        p->in[p->in_n] = '\0';
        if (is_whole(p))
            break;
    }
    return p->in_n > 0;
}

/* Reads on, so that our own close does not become a reset. */
void hold(struct peer *p)
{
    char waste[4096];
    struct pollfd wait = { .fd = p->fd, .events = POLLIN };

    while (poll(&wait, 1, HP_HOLD_MS) == 1 && recv(p->fd, waste, sizeof waste, 0) > 0)
        ;
    p->gone = true;
}

void reset(struct peer *p)
{
    struct linger now = { .l_onoff = 1, .l_linger = 0 };

    setsockopt(p->fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    close(p->fd);
    p->fd = -1;
    p->gone = true;
}

void finish(struct peer *p)
{
    if (p->ssl != NULL)
        SSL_shutdown(p->ssl);
    shutdown(p->fd, SHUT_WR);
    hold(p);
}

/* ---- meetings ---- */

void meet_say(struct peer *p)
{
    while (hear(p) && !p->raw && strstr(p->in, "\r\n\r\n") == NULL)
        ;
    say(p, p->row->text.p, p->row->text.n);
    finish(p);
}

void meet_registrar(struct peer *p)
{
    while (hear(p) && strstr(p->in, "\r\n\r\n") == NULL)
        ;
    say_text(p, HP_SIP_401);
    finish(p);
}

void meet_say_hold(struct peer *p)
{
    hear(p);
    say(p, p->row->text.p, p->row->text.n);
    hold(p);
}

void meet_flood(struct peer *p)
{
    const struct hp_row *row = p->row;

    hear(p);
    say(p, row->text.p, row->text.n);
    for (long i = 0; !p->gone && (row->count == 0 || i < row->count); i++)
        say(p, row->more.p, row->more.n);
    finish(p);
}

void meet_drip(struct peer *p)
{
    const struct bytes *text = &p->row->text;

    hear(p);
    for (size_t i = 0; i < text->n && !p->gone; i++) {
        say(p, text->p + i, 1);
        pause_ms(p->row->pause_ms);
    }
    finish(p);
}

void meet_silence(struct peer *p)
{
    hold(p);
}

void meet_close(struct peer *p)
{
    shutdown(p->fd, SHUT_RDWR);
}

void meet_reset(struct peer *p)
{
    reset(p);
}

void meet_half_close(struct peer *p)
{
    shutdown(p->fd, SHUT_WR);
    hold(p);
}

void meet_early(struct peer *p)
{
    say(p, p->row->text.p, p->row->text.n);
    hold(p);
}
