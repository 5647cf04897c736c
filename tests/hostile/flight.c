/* flight.c - a TLS server's first flight as bytes, to be cut and changed */
#include "hostile.h"

#include <stdlib.h>

struct flight *hp_flight(struct peer *p)
{
    struct flight *f = calloc(1, sizeof *f);
    SSL_CTX *tls = hp_context(p->row);
    int n;

    if (f == NULL || tls == NULL || !hear(p))
        return NULL;
    f->ssl = SSL_new(tls);
    f->in = BIO_new(BIO_s_mem());
    f->out = BIO_new(BIO_s_mem());
    SSL_set_bio(f->ssl, f->in, f->out);
    BIO_write(f->in, p->in, (int)p->in_n);
    SSL_accept(f->ssl);
    n = BIO_read(f->out, f->bytes, sizeof f->bytes);
    f->n = n > 0 ? (size_t)n : 0;
    return n > 0 ? f : NULL;
}

size_t hp_record_end(const struct flight *f, size_t at)
{
    size_t end =
        at + 5 <= f->n ? at + 5 + ((size_t)f->bytes[at + 3] << 8) + f->bytes[at + 4] : f->n;

    return end < f->n ? end : f->n;
}
