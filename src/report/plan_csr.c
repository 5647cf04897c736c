/* plan_csr.c - one openssl request configuration for each certificate of the plan */
#include "lp/plan_render_parts.h"
#include "lp/text.h"

/* openssl refuses a longer common name (X.520, ub-common-name). */
enum { COMMON_NAME_MAX = 64 };

/* One request under construction. */
struct request {
    const struct lp_plan_input *input;
    const struct lp_expectation *e;
    struct lp_str member; /* the server whose certificate it is; unset: the pool's one */
    struct lp_arena *arena;
    struct lp_buf *out;
};

static const char *authority(enum lp_root_kind root)
{
    static const char *const words[] = { "private or public CA", "private CA", "public CA" };
    return words[root];
}

static void put_head(const struct request *r)
{
    const struct lp_expect_cert *cert = &r->e->cert;
    struct lp_str host = r->member.n ? r->member : cert->subject;
    struct lp_str source = lp_plan_source(r->arena, r->input->expected, r->e);
    lp_buf_printf(r->out, "# ---- file: %s%s%s.cnf ----\n", cert->role, host.n ? "-" : "",
                  lp_term(r->arena, host));
    lp_buf_printf(r->out, "# %s, %s, %s (%s)\n", r->e->title, lp_plan_side(r->e->internal),
                  authority(cert->root), source.p);
    if (cert->shared)
        lp_buf_text(r->out, "# The same certificate and key on every server of the pool.\n");
    lp_buf_text(r->out, "# openssl req -new -newkey rsa:2048 -nodes -config FILE -keyout KEY "
                        "-out REQUEST\n");
}

static void put_subject(const struct request *r)
{
    struct lp_str subject = r->e->cert.subject;
    lp_buf_text(r->out, "[ req ]\nprompt = no\ndefault_bits = 2048\ndefault_md = sha256\n"
                        "utf8 = yes\ndistinguished_name = subject\nreq_extensions = extensions\n"
                        "\n[ subject ]\n");
    if (subject.n && subject.n <= COMMON_NAME_MAX)
        lp_buf_printf(r->out, "CN = %s\n", lp_term(r->arena, subject));
    else
        lp_buf_printf(r->out,
                      "# the common name would be longer than %d characters\n"
                      "O = %s\n",
                      COMMON_NAME_MAX, r->e->title);
}

static void put_extensions(const struct request *r)
{
    struct lp_list names = lp_plan_request_names(r->arena, &r->e->cert, r->member);
    const struct lp_str *at = names.at;
    lp_buf_printf(r->out,
                  "\n[ extensions ]\nkeyUsage = critical, digitalSignature, keyEncipherment\n"
                  "extendedKeyUsage = serverAuth%s\nsubjectAltName = @names\n\n[ names ]\n",
                  r->e->cert.client_auth ? ", clientAuth" : "");
    for (size_t i = 0; i < names.n; i++)
        lp_buf_printf(r->out, "DNS.%zu = %s\n", i + 1, lp_term(r->arena, at[i]));
    lp_buf_char(r->out, '\n');
}

static void put_request(const struct request *r)
{
    put_head(r);
    put_subject(r);
    put_extensions(r);
}

/* A server's certificate has its own name: one request for each, where the role asks for
 * that. */
static void put_requests(struct request *r)
{
    const struct lp_str *members = r->e->cert.members.at;
    for (size_t i = 0; i < r->e->cert.members.n; i++) {
        r->member = members[i];
        put_request(r);
    }
    if (!r->e->cert.members.n)
        put_request(r);
}

void lp_plan_csr(const struct lp_plan_input *input, struct lp_buf *out)
{
    struct lp_arena arena = { 0 };
    for (size_t i = 0; i < input->expected->n; i++) {
        struct request r = { input, &input->expected->at[i], LP_STR_NONE, &arena, out };
        if (r.e->kind == LP_EXPECT_CERT && lp_plan_shows(input, r.e))
            put_requests(&r);
    }
    lp_arena_release(&arena);
}
