/* tls_staple.c - OCSP responses that come with a handshake */
#include "lp/tls_staple.h"

#include <string.h>

#include <openssl/tls1.h>

#include "lp/alloc.h"
#include "lp/buf.h"

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

/* The response and its certificate (their places are left free), then all that may be its issuer.
 */
static struct lp_list parts_of(const struct lp_job *job)
{
    const struct lp_list *from[] = { &job->ders, &job->roots };
    struct lp_str *all = lp_arena_array(job->arena, 2 + job->ders.n + job->roots.n, sizeof *all);
    size_t n = 2;
    for (size_t i = 0; i < LP_COUNT(from); i++) {
        const struct lp_str *ders = from[i]->at;
        for (size_t k = 0; k < from[i]->n; k++)
            all[n++] = ders[k];
    }
    return (struct lp_list){ all, n };
}

static void learn(struct lp_tls_answer *known, const struct lp_list *parts)
{
    struct lp_str *at = parts->at;
    struct lp_ocsp_question question = { at[1], { at + 2, parts->n - 2 } };
    lp_arena_release(&known->arena);
    lp_ocsp_decode(&known->arena, at[0], &question, &known->answer);
}

/* The job's copy; its other strings are words of the program. */
static struct lp_ocsp recall(struct lp_tls_answer *known, const struct lp_list *parts,
                             struct lp_arena *arena)
{
    uint8_t key[LP_TLS_KEY] = { 0 };
    lp_tls_key(parts, key);
    known += key[0] % LP_TLS_ANSWERS;
    if (!known->used || memcmp(known->key, key, sizeof key) != 0) {
        learn(known, parts);
        known->used = true;
        memcpy(known->key, key, sizeof key);
    }
    struct lp_ocsp answer = known->answer;
    answer.serial = lp_arena_str(arena, answer.serial);
    answer.der = lp_arena_str(arena, answer.der);
    return answer;
}

void lp_tls_read_staples(struct lp_tls_answer *known, struct lp_job *job)
{
    struct lp_link *link = job->evidence->facts;
    const struct lp_str *staples = job->staples.at, *ders = job->ders.at;
    link->staples = (struct lp_list){ 0 };
    if (job->staples.n == 0)
        return;
    struct lp_list parts = parts_of(job);
    struct lp_str *at = parts.at;
    for (size_t i = 0; i < job->staples.n && i < job->ders.n; i++) {
        struct lp_ocsp answer = lp_ocsp_none();
        at[0] = staples[i];
        at[1] = ders[i];
        if (staples[i].p)
            answer = recall(known, &parts, job->arena);
        lp_list_push(job->arena, &link->staples, &answer, sizeof answer);
    }
}

void lp_tls_answers_free(struct lp_tls_answer *known)
{
    for (size_t i = 0; known && i < LP_TLS_ANSWERS; i++)
        lp_arena_release(&known[i].arena);
    lp_free(known);
}
