/* tls_staple.c - OCSP responses that come with a handshake */
#include "lp/tls_staple.h"

#include <openssl/tls1.h>

#include "lp/buf.h"
#include "lp/ocsp.h"

struct lp_str lp_tls_staple_of(struct lp_str status)
{
    struct lp_reader in = lp_reader_of(status);
    bool is_ocsp = lp_read_u8(&in) == TLSEXT_STATUSTYPE_ocsp;
    size_t n = (size_t)lp_read_u8(&in) << 16;
    n |= lp_read_u16(&in);
    struct lp_str response = lp_read_bytes(&in, n);
    return is_ocsp && !in.bad ? response : LP_STR_NONE;
}

struct lp_str lp_tls_staple_among(struct lp_str extensions)
{
    struct lp_reader in = lp_reader_of(extensions);
    while (lp_reader_left(&in)) {
        unsigned type = lp_read_u16(&in);
        struct lp_str body = lp_read_bytes(&in, lp_read_u16(&in));
        if (in.bad)
            return LP_STR_NONE;
        if (type == TLSEXT_TYPE_status_request)
            return lp_tls_staple_of(body);
    }
    return LP_STR_NONE;
}

void lp_tls_keep_staple(struct lp_job *job, size_t place, struct lp_str response)
{
    if (!response.p || place >= LP_OCSP_STAPLES)
        return;
    if (!job->staples.at)
        job->staples.at = lp_arena_array(job->arena, LP_OCSP_STAPLES, sizeof response);
    ((struct lp_str *)job->staples.at)[place] = lp_arena_str(job->arena, response);
    job->staples.n = place + 1;
}

static struct lp_list issuers_of(const struct lp_job *job)
{
    const struct lp_list *from[] = { &job->ders, &job->roots };
    struct lp_list all = { 0 };
    for (size_t i = 0; i < LP_COUNT(from); i++) {
        const struct lp_str *ders = from[i]->at;
        for (size_t k = 0; k < from[i]->n; k++)
            lp_list_push(job->arena, &all, &ders[k], sizeof ders[k]);
    }
    return all;
}

void lp_tls_read_staples(struct lp_job *job)
{
    struct lp_link *link = job->evidence->facts;
    const struct lp_str *staples = job->staples.at, *ders = job->ders.at;
    struct lp_ocsp_question question = { .issuers = { 0 } };
    link->staples = (struct lp_list){ 0 };
    if (job->staples.n)
        question.issuers = issuers_of(job);
    for (size_t i = 0; i < job->staples.n && i < job->ders.n; i++) {
        struct lp_ocsp answer = lp_ocsp_none();
        question.certificate = ders[i];
        if (staples[i].p)
            lp_ocsp_decode(job->arena, staples[i], &question, &answer);
        lp_list_push(job->arena, &link->staples, &answer, sizeof answer);
    }
}
