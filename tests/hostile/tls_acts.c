/* tls_acts.c - meetings with a client that speaks TLS */
#include "tls_acts.h"

#include <sys/socket.h>
#include <sys/time.h>

enum { HELLO_SESSION = 43 };

/* ---- instead of a handshake ---- */

void meet_alert(struct peer *p)
{
    unsigned char alert[] = { 21, 3, 3, 0, 2, 2, (unsigned char)p->row->count };

    hear(p);
    say(p, alert, sizeof alert);
    hold(p);
}

void meet_cut_hold(struct peer *p)
{
    struct flight *f = hp_flight(p);

    if (f != NULL)
        say(p, f->bytes, hp_record_end(f, 0));
    hold(p);
}

static void cut(struct peer *p)
{
    struct flight *f = hp_flight(p);
    size_t less = (size_t)p->row->count;

    if (f != NULL)
        say(p, f->bytes, f->n > less ? f->n - less : 1);
}

void meet_cut_reset(struct peer *p)
{
    cut(p);
    pause_ms(50); /* a reset overtakes what the client has not read */
    reset(p);
}

void meet_cut_close(struct peer *p)
{
    cut(p);
    shutdown(p->fd, SHUT_WR);
    hold(p);
}

void meet_flight(struct peer *p)
{
    struct flight *f = hp_flight(p);

    if (f != NULL)
        say(p, f->bytes, f->n);
    hold(p);
}

void meet_slow_flight(struct peer *p)
{
    struct flight *f = hp_flight(p);

    for (size_t i = 0; f != NULL && i < f->n && !p->gone; i++) {
        say(p, f->bytes + i, 1);
        pause_ms(p->row->pause_ms);
    }
    hold(p);
}

void meet_patch(struct peer *p)
{
    struct flight *f = hp_flight(p);
    size_t at = (size_t)p->row->count;

    if (f != NULL) {
        f->bytes[at] = (unsigned char)p->row->more.p[0];
        say(p, f->bytes, f->n);
    }
    hold(p);
}

static void flood(struct peer *p)
{
    while (!p->gone)
        say(p, p->row->more.p, p->row->more.n);
}

void meet_hello_flood(struct peer *p)
{
    struct flight *f = hp_flight(p);

    if (f != NULL)
        say(p, f->bytes, hp_record_end(f, 0));
    flood(p);
}

void meet_flight_flood(struct peer *p)
{
    struct flight *f = hp_flight(p);

    if (f != NULL)
        say(p, f->bytes, f->n);
    flood(p);
}

/* RFC 8446 4.1.3: a ServerHello with this random is a HelloRetryRequest. */
static const unsigned char retry_head[] = { 0x03, 0x03, 0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61,
                                            0x11, 0xbe, 0x1d, 0x8c, 0x02, 0x1e, 0x65, 0xb8, 0x91,
                                            0xc2, 0xa2, 0x11, 0x16, 0x7a, 0xbb, 0x8c, 0x5e, 0x07,
                                            0x9e, 0x09, 0xe2, 0xc8, 0xa8, 0x33, 0x9c };
/* AES-128-GCM, no compression; TLS 1.3, group secp384r1 */
static const unsigned char retry_tail[] = { 0x13, 0x01, 0, 0,    12, 0, 0x2b, 0,   2,
                                            3,    4,    0, 0x33, 0,  2, 0,    0x18 };

static void retry(struct peer *p)
{
    static struct message m;
    size_t session = p->in_n > HELLO_SESSION ? (unsigned char)p->in[HELLO_SESSION] : 0;
    size_t body = sizeof retry_head + 1 + session + sizeof retry_tail;

    m.n = 0;
    put8(&m, 22);
    put16(&m, 0x0303);
    put16(&m, (unsigned)body + 4);
    put8(&m, 2);
    put8(&m, 0);
    put16(&m, (unsigned)body);
    put_bytes(&m, (struct bytes){ (const char *)retry_head, sizeof retry_head });
    put8(&m, (unsigned)session);
    put_bytes(&m, (struct bytes){ p->in + HELLO_SESSION + 1, session });
    put_bytes(&m, (struct bytes){ (const char *)retry_tail, sizeof retry_tail });
    say(p, m.bytes, m.n);
}

void meet_retry(struct peer *p)
{
    while (!p->gone && hear(p))
        retry(p);
}

/* TLS 1.2: a Certificate message that holds none, in the place of the real one. */
void meet_no_certificates(struct peer *p)
{
    static const unsigned char none[] = { 22, 3, 3, 0, 7, 11, 0, 0, 3, 0, 0, 0 };
    struct flight *f = hp_flight(p);
    size_t end = f == NULL ? 0 : hp_record_end(f, 0);

    if (f != NULL) {
        say(p, f->bytes, end);
        say(p, none, sizeof none);
        end = hp_record_end(f, end);
        say(p, f->bytes + end, f->n - end);
    }
    hold(p);
}

/* ---- behind a handshake ---- */

/* What has to be sent first, so that sending it costs less than reading it. */
static BIO *gather(struct peer *p)
{
    BIO *out = BIO_new(BIO_s_mem());

    BIO_up_ref(SSL_get_rbio(p->ssl));
    SSL_set0_wbio(p->ssl, out);
    return out;
}

static void pour(struct peer *p, BIO *out)
{
    char *bytes;
    long n = BIO_get_mem_data(out, &bytes);
    SSL *ssl = p->ssl;

    p->ssl = NULL;
    if (n > 0)
        say(p, bytes, (size_t)n);
    p->ssl = ssl;
    (void)BIO_reset(out);
}

void meet_tickets(struct peer *p)
{
    BIO *out;

    if (!hear(p) || p->ssl == NULL)
        return;
    out = gather(p);
    while (!p->gone) {
        for (int i = 0; i < 2000; i++) {
            SSL_new_session_ticket(p->ssl);
            SSL_do_handshake(p->ssl);
        }
        pour(p, out);
    }
}

void meet_key_updates(struct peer *p)
{
    BIO *out;

    if (!hear(p) || p->ssl == NULL)
        return;
    out = gather(p);
    while (!p->gone) {
        for (int i = 0; i < 2000; i++) {
            SSL_key_update(p->ssl, SSL_KEY_UPDATE_NOT_REQUESTED);
            SSL_do_handshake(p->ssl);
        }
        pour(p, out);
    }
}

/* A HelloRequest, then as long as it takes for the client to come back with a new hello. */
void meet_renegotiate(struct peer *p)
{
    struct timeval patience = { .tv_usec = 20000 };
    char byte;
    size_t n;

    if (!hear(p) || p->ssl == NULL)
        return;
    setsockopt(p->fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    while (SSL_renegotiate(p->ssl) == 1 && SSL_do_handshake(p->ssl) == 1) {
        int got = SSL_read_ex(p->ssl, &byte, 1, &n);

        if (got != 1 && SSL_get_error(p->ssl, got) != SSL_ERROR_WANT_READ)
            return;
    }
}

void meet_plain_behind(struct peer *p)
{
    SSL *ssl = p->ssl;

    hear(p);
    p->ssl = NULL;
    say(p, p->row->text.p, p->row->text.n);
    p->ssl = ssl;
    hold(p);
}

void meet_rude(struct peer *p)
{
    hear(p);
    say(p, p->row->text.p, p->row->text.n);
    shutdown(p->fd, SHUT_WR);
    hold(p);
}

void meet_reset_behind(struct peer *p)
{
    hear(p);
    say(p, p->row->text.p, p->row->text.n);
    pause_ms(50);
    reset(p);
}

void meet_alert_behind(struct peer *p)
{
    SSL *ssl = p->ssl;
    unsigned char alert[] = { 21, 3, 3, 0, 2, 2, (unsigned char)p->row->count };

    hear(p);
    p->ssl = NULL;
    say(p, alert, sizeof alert);
    p->ssl = ssl;
    hold(p);
}
