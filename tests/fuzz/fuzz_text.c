/* fuzz_text.c - any bytes through the escapers, base64, names: clean, nothing lost. */
#include "lp/name.h"
#include "lp/text.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool claim)
{
    if (!claim)
        abort();
}

/* Whatever goes in, only clean text on one line comes out. */
static void escapers(struct lp_str s)
{
    struct lp_buf out = lp_buf_new(SIZE_MAX);
    lp_put_term(&out, s, s.n / 2 + 1);
    require(lp_is_clean_text(lp_buf_view(&out)));
    require(lp_columns(lp_buf_view(&out)) <= 2 * out.n);
    lp_buf_clear(&out);
    lp_put_json(&out, s);
    require(lp_is_clean_text(lp_buf_view(&out)));
    require(out.n >= 2 && out.p[0] == '"' && out.p[out.n - 1] == '"');
    lp_buf_release(&out);
}

static void base64(struct lp_arena *arena, struct lp_str s)
{
    struct lp_buf out = lp_buf_new(SIZE_MAX);
    struct lp_str back = LP_STR_NONE;
    lp_put_base64(&out, s);
    require(lp_get_base64(arena, lp_buf_view(&out), &back) && back.n == s.n);
    require(lp_str_eq(back, s));
    /* and the other way: each text that is base64 is the one form of its bytes */
    if (lp_get_base64(arena, s, &back)) {
        lp_buf_clear(&out);
        lp_put_base64(&out, back);
        require(lp_str_eq(lp_buf_view(&out), s));
    }
    lp_buf_release(&out);
}

static void names(struct lp_arena *arena, struct lp_str s)
{
    struct lp_error error = { "" };
    struct lp_str domain = LP_STR_NONE;
    if (lp_name_from_user(arena, s, &domain, &error))
        require(lp_name_is_host(domain) && lp_str_find(domain, '.') < domain.n);
    else
        require(error.text[0] != '\0');
    require(!lp_name_is_lync_host(s) || lp_name_is_host(s));
    require(!lp_name_in_cloud(s) || lp_name_is_trusted(s));
    (void)lp_name_mixes_scripts(s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct lp_arena arena = { 0 };
    struct lp_str s = { size ? (const char *)data : "", size };
    bool changed = false;
    escapers(s);
    base64(&arena, s);
    names(&arena, s);
    struct lp_str clean = lp_clean_text(&arena, s, &changed);
    require(lp_is_clean_text(clean) && changed == !lp_is_clean_text(s));
    lp_utc t = lp_parse_http_date(s);
    require(t == LP_UTC_NONE || (t > -62200000000 && t < 253402300800));
    lp_arena_release(&arena);
    return 0;
}
