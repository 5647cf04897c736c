/* tls_watch.c - what one TLS connection said, seen through OpenSSL's callbacks. */
#include "lp/tls_watch.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

#include <openssl/err.h>

#include "lp/alloc.h"
#include "lp/tls_staple.h"
#include "lp/tls_store.h"

enum {
    RECORD_ALERT = 21,
    RECORD_HANDSHAKE = 22,
    HEADER = 4,
    LENGTH = 3,
    TURN_MAX = 16 * 1024, /* bytes that OpenSSL may read before others get a turn */
};

/* ---- the transport ---- */

bool lp_tls_watch_not_tls(const struct lp_tls_watch *watch)
{
    if (watch->first_n == 0)
        return false;
    if (watch->first[0] != RECORD_ALERT && watch->first[0] != RECORD_HANDSHAKE)
        return true;
    return watch->first_n > 1 && watch->first[1] != 3;
}

/* OpenSSL reads five bytes before it gives up; the rest of a banner still waits in the
 * socket. */
static void note_first(struct lp_tls_watch *watch, const char *bytes, size_t n)
{
    size_t room = LP_TLS_FIRST - watch->first_n;
    size_t taken = n < room ? n : room;
    memcpy(watch->first + watch->first_n, bytes, taken);
    watch->first_n += taken;
    room -= taken;
    if (watch->fd < 0 || room == 0 || !lp_tls_watch_not_tls(watch))
        return;
    ssize_t more = recv(watch->fd, watch->first + watch->first_n, room, MSG_PEEK | MSG_DONTWAIT);
    if (more > 0)
        watch->first_n += (size_t)more;
}

/* One call of OpenSSL reads on for as long as something is there: messages that lead nowhere
 * (HelloRequest, NewSessionTicket, KeyUpdate) would keep it, and every other connection
 * of this process, for ever. 0 or less: no. */
static long may_read(struct lp_tls_watch *watch, BIO *bio)
{
    BIO_clear_retry_flags(bio);
    watch->flooded = watch->received > LP_TLS_RECEIVE_MAX;
    if (!watch->flooded && watch->turn < TURN_MAX)
        return 1;
    watch->turn = 0;
    if (!watch->flooded)
        BIO_set_retry_read(bio);
    return -1;
}

static void note_read(struct lp_tls_watch *watch, const char *bytes, size_t n)
{
    watch->received += n;
    watch->turn += n;
    note_first(watch, bytes, n);
}

/* NOLINTNEXTLINE(readability-function-size): OpenSSL says which parameters */
static long on_transport(BIO *bio, int operation, const char *bytes, size_t size, int argi,
                         long argl, int ret, size_t *done)
{
    int saved = errno;
    struct lp_tls_watch *watch = (struct lp_tls_watch *)BIO_get_callback_arg(bio);
    bool reading = operation == (BIO_CB_READ | BIO_CB_RETURN);
    bool failed = ret < 0 && !BIO_should_retry(bio);
    (void)size;
    (void)argi;
    (void)argl;
    if (operation == BIO_CB_READ)
        return may_read(watch, bio);
    if (reading && ret > 0 && done)
        note_read(watch, bytes, *done);
    else if (watch->eof || watch->error)
        ; /* the first trouble is the cause */
    else if (reading && ret == 0)
        watch->eof = true;
    else if (failed && (reading || operation == (BIO_CB_WRITE | BIO_CB_RETURN)))
        watch->error = saved;
    errno = saved;
    return ret;
}

static void attach(struct lp_tls_watch *watch, SSL *ssl)
{
    BIO *bio = SSL_get_rbio(ssl);
    if (watch->attached || !bio)
        return;
    watch->attached = true;
    BIO_set_callback_ex(bio, on_transport);
    BIO_set_callback_arg(bio, (char *)watch);
}

/* ---- the messages ---- */

static size_t length24(const uint8_t *p)
{
    return (size_t)p[0] << 16 | (size_t)p[1] << 8 | p[2];
}

/* The next certificate of a list, and in TLS 1.3 its extensions. Unset: there is none, or it does
 * not fit in. */
static struct lp_str next_certificate(struct lp_reader *in, bool tls13, struct lp_str *extensions)
{
    struct lp_str length = lp_read_bytes(in, LENGTH);
    struct lp_str der = LP_STR_NONE;
    *extensions = LP_STR_NONE;
    if (length.p)
        der = lp_read_bytes(in, length24((const uint8_t *)length.p));
    if (tls13 && der.p)
        *extensions = lp_read_bytes(in, lp_read_u16(in));
    return der;
}

static size_t count_certificates(struct lp_reader in, bool tls13)
{
    size_t n = 0;
    struct lp_str extensions;
    while (n < LP_TLS_CHAIN_MAX && next_certificate(&in, tls13, &extensions).p)
        n++;
    return n;
}

/* Certificate, RFC 5246 7.4.2 and RFC 8446 4.4.2: the bytes as sent, before OpenSSL takes
 * them apart (it may refuse them). */
static void read_chain(struct lp_tls_watch *watch, const uint8_t *p, size_t n, bool tls13)
{
    struct lp_job *job = watch->job;
    struct lp_reader in = lp_reader_of((struct lp_str){ (const char *)p, n });
    lp_read_bytes(&in, HEADER);
    if (tls13)
        lp_read_bytes(&in, lp_read_u8(&in));
    lp_read_bytes(&in, LENGTH);
    size_t count = count_certificates(in, tls13);
    struct lp_str *ders = lp_arena_array(job->arena, count, sizeof *ders);
    job->ders = (struct lp_list){ ders, 0 };
    for (size_t i = 0; i < count; i++) {
        struct lp_str extensions, der = next_certificate(&in, tls13, &extensions);
        if (!der.n)
            continue;
        lp_tls_keep_staple(job, job->ders.n, lp_tls_staple_among(extensions));
        ders[job->ders.n++] = lp_arena_str(job->arena, der);
    }
}

/* CertificateStatus, RFC 6066 section 8: to TLS 1.2 a message of its own, about the leaf. */
static void read_status(struct lp_tls_watch *watch, const uint8_t *p, size_t n)
{
    struct lp_str body = { (const char *)p + HEADER, n - HEADER };
    if (watch->job->staples.n == 0)
        lp_tls_keep_staple(watch->job, 0, lp_tls_staple_of(body));
}

static void on_alert(struct lp_tls_watch *watch, const uint8_t *p, bool tls13)
{
    bool harmless = p[1] == SSL_AD_CLOSE_NOTIFY || p[1] == SSL_AD_USER_CANCELLED;
    if (p[1] == SSL_AD_CLOSE_NOTIFY)
        watch->eof = true;
    if (watch->alerted || harmless || (p[0] != SSL3_AL_FATAL && !tls13))
        return;
    watch->alerted = true;
    watch->alert = p[1];
    watch->alert_after_certificate = watch->sent_empty;
}

static void on_received(struct lp_tls_watch *watch, const uint8_t *p, size_t n, bool tls13)
{
    watch->core->working(watch->core->owner, watch->job);
    if (p[0] == SSL3_MT_SERVER_HELLO)
        watch->hello = true;
    else if (p[0] == SSL3_MT_CERTIFICATE && watch->job->ders.n == 0)
        read_chain(watch, p, n, tls13);
    else if (p[0] == SSL3_MT_CERTIFICATE_STATUS)
        read_status(watch, p, n);
    else if (p[0] == SSL3_MT_CERTIFICATE_REQUEST)
        watch->asks_certificate = true;
    else if (p[0] == SSL3_MT_NEWSESSION_TICKET)
        watch->ticket = true;
}

/* After the ServerHello OpenSSL knows what was agreed on, even if nothing comes of it. */
static void note_agreed(struct lp_tls_watch *watch, const SSL *ssl)
{
    const SSL_CIPHER *cipher = SSL_get_current_cipher(ssl);
    if (!cipher)
        cipher = SSL_get_pending_cipher(ssl);
    watch->protocol = SSL_get_version(ssl);
    watch->cipher = cipher ? SSL_CIPHER_get_name(cipher) : NULL;
}

/* NOLINTNEXTLINE(readability-function-size): OpenSSL says which parameters */
void lp_tls_watch_message(int sent, int version, int type, const void *bytes, size_t n, SSL *ssl,
                          void *arg)
{
    struct lp_tls_watch *watch = arg;
    const uint8_t *p = bytes;
    bool tls13 = SSL_version(ssl) == TLS1_3_VERSION;
    (void)version;
    attach(watch, ssl);
    if (watch->hello && (type == SSL3_RT_HANDSHAKE || type == SSL3_RT_ALERT))
        note_agreed(watch, ssl);
    if (type == SSL3_RT_ALERT && !sent && n == 2)
        on_alert(watch, p, tls13);
    else if (type == SSL3_RT_HANDSHAKE && !sent && n >= HEADER)
        on_received(watch, p, n, tls13);
    else if (type == SSL3_RT_HANDSHAKE && sent && n >= HEADER && p[0] == SSL3_MT_CERTIFICATE)
        watch->sent_empty = n <= HEADER + LENGTH + 1;
}

void lp_tls_watch(struct lp_tls_watch *watch, SSL *ssl)
{
    SSL_set_msg_callback(ssl, lp_tls_watch_message);
    SSL_set_msg_callback_arg(ssl, watch);
}

/* ---- what it comes to ---- */

static const char *own_words(struct lp_job *job, unsigned long code)
{
    const char *reason = code ? ERR_reason_error_string(code) : NULL;
    if (!reason)
        return "TLS not possible";
    return lp_arena_printf(job->arena, "TLS not possible: %s", reason).p;
}

static const char *reset_words(const struct lp_tls_watch *watch, struct lp_link *link, int error)
{
    link->tls = LP_RESET;
    if (error == 0)
        return "closed in the handshake";
    if (error == ETIMEDOUT)
        link->tls = LP_STALLED;
    if (!lp_errno_is_local(error))
        return lp_arena_printf(watch->job->arena, "errno %s", lp_errno_word(error)).p;
    link->tls = LP_NOT_TRIED;
    return lp_arena_printf(watch->job->arena, "local %s", lp_errno_word(error)).p;
}

const char *lp_tls_failure(const struct lp_tls_watch *watch, unsigned long ssl_error, int sys_error)
{
    struct lp_link *link = watch->job->evidence->facts;
    int error = watch->error ? watch->error : sys_error;
    if (watch->alerted || watch->flooded) {
        link->tls = LP_ALERT;
        return watch->flooded ? LP_TLS_FLOODED : NULL;
    }
    if (lp_tls_watch_not_tls(watch)) {
        link->tls = LP_NOT_TLS;
        return NULL;
    }
    if (watch->eof || watch->error || (ssl_error == 0 && sys_error))
        return reset_words(watch, link, watch->eof ? 0 : error);
    link->tls = LP_ALERT;
    return own_words(watch->job, ssl_error);
}

static void fill_chain(struct lp_job *job, struct lp_link *link)
{
    const struct lp_str *der = job->ders.at;
    struct lp_str *sums = lp_arena_array(job->arena, job->ders.n, sizeof *sums);
    for (size_t i = 0; i < job->ders.n; i++) {
        char hex[LP_TLS_DIGEST];
        lp_tls_sha256(der[i], hex);
        sums[i] = lp_arena_str(job->arena, lp_str_of(hex));
    }
    link->chain = (struct lp_list){ sums, job->ders.n };
}

void lp_tls_watch_facts(const struct lp_tls_watch *watch)
{
    struct lp_job *job = watch->job;
    struct lp_link *link = job->evidence->facts;
    struct lp_str first = { (const char *)watch->first, watch->first_n };
    link->protocol = lp_str_of(watch->protocol);
    link->cipher = lp_str_of(watch->cipher);
    link->alert = watch->alerted ? watch->alert : -1;
    link->asks_certificate = watch->asks_certificate;
    link->alert_after_certificate = watch->alert_after_certificate;
    if (link->chain.n != job->ders.n)
        fill_chain(job, link);
    if (!link->first_bytes.p && lp_tls_watch_not_tls(watch))
        link->first_bytes = lp_arena_str(job->arena, first);
}
