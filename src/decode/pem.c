/* pem.c - certificates in a file */
#include "lp/pem.h"

#include "lp/text.h"

static const char begin[] = "-----BEGIN CERTIFICATE-----", end[] = "-----END CERTIFICATE-----";
/* OpenSSL's older and trusted forms hold something else behind the certificate. */
static const char any_begin[] = "-----BEGIN ";

struct reading {
    struct lp_arena *arena;
    struct lp_str rest;
    size_t line; /* of what was taken last */
    struct lp_list *ders;
    struct lp_error *error;
};

static struct lp_str next_line(struct reading *r)
{
    r->line++;
    return lp_str_trim(lp_str_cut(&r->rest, '\n'));
}

static bool add(struct reading *r, struct lp_str base64, size_t line)
{
    struct lp_str der;
    if (!lp_get_base64(r->arena, base64, &der) || !der.n)
        return lp_fail(r->error, "line %zu: a certificate that is not base64", line);
    if (r->ders->n >= LP_PEM_CERTIFICATES_MAX)
        return lp_fail(r->error, "line %zu: more than %d certificates", line,
                       LP_PEM_CERTIFICATES_MAX);
    lp_list_push(r->arena, r->ders, &der, sizeof der);
    return true;
}

/* What stands between the two lines, without line ends. */
static bool take_block(struct reading *r)
{
    size_t first = r->line;
    struct lp_buf text = lp_buf_new(LP_PEM_FILE_MAX);
    bool closed = false;
    while (r->rest.n && !closed) {
        struct lp_str line = next_line(r);
        closed = lp_str_eq(line, lp_str_of(end));
        if (!closed)
            lp_buf_str(&text, line);
    }
    bool ok = closed || lp_fail(r->error, "line %zu: a certificate that does not end", first);
    ok = ok && add(r, lp_buf_view(&text), first);
    lp_buf_release(&text);
    return ok;
}

/* A DER certificate is a SEQUENCE: of text no file begins so. */
static bool is_der(struct lp_str bytes)
{
    return bytes.n > 2 && bytes.p[0] == 0x30 && (unsigned char)bytes.p[1] >= 0x80;
}

bool lp_pem_certificates(struct lp_arena *arena, struct lp_str bytes, struct lp_list *ders,
                         struct lp_error *error)
{
    struct reading r = { arena, bytes, 0, ders, error };
    bool other = false, ok = true;
    if (is_der(bytes)) {
        struct lp_str der = lp_arena_str(arena, bytes);
        lp_list_push(arena, ders, &der, sizeof der);
        return true;
    }
    while (r.rest.n && ok) {
        struct lp_str line = next_line(&r);
        if (lp_str_eq(line, lp_str_of(begin)))
            ok = take_block(&r);
        else
            other |= lp_str_starts_nocase(line, any_begin);
    }
    if (!ok || ders->n)
        return ok;
    return lp_fail(error, other ? "no certificate, only other PEM blocks" : "no PEM certificate");
}
