/* fuzz_cert.c - certificates: any bytes; what can be read is clean text within bounds */
#include <openssl/err.h>
#include <stdint.h>

#include "lp/cert.h"
#include "lp/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool claim)
{
    if (!claim)
        __builtin_trap();
}

static void check_text(struct lp_str s)
{
    must(s.p == NULL || lp_is_clean_text(s));
}

static void check_list(const struct lp_list *list, size_t most)
{
    const struct lp_str *at = list->at;

    must(list->n <= most);
    for (size_t i = 0; i < list->n; i++)
        check_text(at[i]);
}

static void check_certificate(const struct lp_certificate *c)
{
    check_text(c->subject);
    check_text(c->common_name);
    check_text(c->issuer);
    check_text(c->serial);
    check_text(c->key_type);
    check_text(c->curve);
    check_text(c->signature);
    check_text(c->digest);
    check_list(&c->san, 512);
    check_list(&c->eku, 64);
    check_list(&c->cdp, 32);
    check_list(&c->ocsp, 32);
    check_list(&c->issuers, 32);
    must(c->san_count >= (int64_t)c->san.n);
    must(!c->self_signed || c->self_issued);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct lp_arena arena = { 0 };
    struct lp_str der = { (const char *)data, size };
    struct lp_certificate c;

    lp_cert_decode(&arena, der, &c);
    must(c.sha256.n == 64 && lp_str_eq(c.der, der));
    must(c.readable || (c.subject.p == NULL && c.san.n == 0));
    check_certificate(&c);
    must(!lp_cert_covers(&c, LP_STR("192.0.2.1"), NULL) ||
         lp_list_has_str(&c.san, LP_STR("IP:192.0.2.1")));
    must(ERR_peek_error() == 0);
    lp_arena_release(&arena);
    return 0;
}
