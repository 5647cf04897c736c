/* certificate_file.c - check --certificate: a certificate before it is installed, without network
 */
#include "lp/keys.h"
#include "lp/pem.h"
#include "lp/rows.h"
#include "lp/session.h"
#include "lp/sha256.h"
#include "lp/text.h"
#include "lp/worker.h"

/* What a walk of the first SIP domain would be told. */
static bool make_setup(const struct lp_config *config, struct lp_domains *domains,
                       struct lp_setup *setup, struct lp_error *error)
{
    if (!lp_domains_next(domains, config->arena, setup))
        return lp_fail(error, lp_in_lang(config, "no domain"));
    setup->certificate = lp_input_name(config->certificate_file);
    setup->whole = true;
    setup->servers = setup->zones = (struct lp_list){ 0 };
    return true;
}

static struct lp_evidence *add_entry(struct lp_log *log, const struct lp_ask *ask)
{
    struct lp_evidence *e = lp_entry_new(log->arena, ask, 0);
    e->id = (int64_t)log->n + 1;
    e->outcome = LP_OK;
    lp_log_add(log, e);
    return e;
}

/* Their digests, in the order of the file. */
static struct lp_list add_certificates(struct lp_log *log, const struct lp_list *ders)
{
    const struct lp_str *der = ders->at;
    struct lp_list sums = { 0 };
    for (size_t i = 0; i < ders->n; i++) {
        struct lp_str sum = lp_sha256(log->arena, der[i]);
        struct lp_str parts[] = { LP_STR("certificate "), sum };
        struct lp_ask ask = { .key = lp_arena_join(log->arena, parts, LP_COUNT(parts)),
                              .shape = &lp_shape_certificate };
        lp_list_push(log->arena, &sums, &sum, sizeof sum);
        if (lp_log_find(log, ask.key))
            continue;
        struct lp_certificate *cert = add_entry(log, &ask)->facts;
        cert->sha256 = sum;
        cert->der = der[i];
    }
    return sums;
}

static bool read_file(struct lp_config *config, struct lp_list *ders, struct lp_error *error)
{
    struct lp_buf bytes = lp_buf_new(LP_PEM_FILE_MAX);
    struct lp_error inner = { "" };
    bool ok = lp_read_input(config->certificate_file, &bytes, error);
    if (ok && !lp_pem_certificates(config->arena, lp_buf_view(&bytes), ders, &inner)) {
        struct lp_str name = lp_input_name(config->certificate_file);
        ok = lp_fail(error, "%s: %s", lp_term(config->arena, name), inner.text);
    }
    lp_buf_release(&bytes);
    return ok;
}

/* The endpoint that would show it, as far as a certificate says anything of it. */
static bool add_endpoint(struct lp_log *log, const struct lp_expectation *row,
                         const struct lp_list *chain)
{
    struct lp_row_asks asks;
    log->setup.view = row->internal ? LP_STR("internal") : LP_STR("external");
    lp_row_asks(log, log->arena, row, &asks);
    if (!asks.n)
        return false;
    struct lp_link *link = (struct lp_link *)lp_link_of(add_entry(log, &asks.at[0]));
    if (!link)
        return false;
    link->connect = LP_OPEN;
    link->tls = LP_OK;
    link->chain = *chain;
    return true;
}

static bool find_place(const struct lp_config *config, struct lp_log *log,
                       const struct lp_list *chain, struct lp_error *error)
{
    const struct lp_str *sums = chain->at;
    const struct lp_certificate *leaf = chain->n ? lp_log_certificate(log, sums[0]) : NULL;
    const char *file = lp_term(config->arena, log->setup.certificate);
    const char *topology = lp_term(config->arena, config->topology->file);
    if (!leaf || !leaf->readable)
        return lp_fail(error, lp_in_lang(config, "%s: the first certificate cannot be read"), file);
    const struct lp_expectation *row = lp_paper_row(log->expected, leaf, config->role);
    if (row && add_endpoint(log, row, chain))
        return true;
    if (config->role.n)
        return lp_fail(
            error,
            lp_in_lang(config, "%s has no certificate of the role %s (lyncprobe list roles)"),
            topology, lp_word(config->arena, config->role));
    return lp_fail(
        error, lp_in_lang(config, "%s has no name that a certificate of %s needs: say --role ROLE"),
        file, topology);
}

static int judge(const struct lp_config *config, struct lp_log *log)
{
    struct lp_session s;
    log->end = (struct lp_end){ .present = true, .complete = true };
    if (!lp_session_open(&s, config, 1))
        return LP_EXIT_UNDECIDED;
    lp_session_take(&s, log);
    return lp_session_close(&s);
}

static int check(struct lp_config *config, struct lp_domains *domains)
{
    struct lp_log log;
    struct lp_list ders = { 0 };
    struct lp_error error = { "" };
    struct lp_tls_options tls = lp_tls_options_of(config);
    bool sandbox = !config->no_sandbox;
    lp_log_init(&log, config->arena);
    if (!make_setup(config, domains, &log.setup, &error) || !read_file(config, &ders, &error))
        return lp_complain(&error, LP_EXIT_DATA);
    struct lp_list chain = add_certificates(&log, &ders);
    lp_run_expect(&log, config->topology);
    /* decoded first, since its names say where it belongs; then verified as if it stood there */
    if (!lp_run_reverify(&log, &tls, sandbox, &error))
        return lp_complain(&error, LP_EXIT_UNDECIDED);
    if (!find_place(config, &log, &chain, &error))
        return lp_complain(&error, LP_EXIT_DATA);
    if (!lp_run_reverify(&log, &tls, sandbox, &error))
        return lp_complain(&error, LP_EXIT_UNDECIDED);
    return judge(config, &log);
}

int lp_check_certificate_file(struct lp_config *config)
{
    struct lp_domains *domains = NULL;
    struct lp_error error = { "" };
    if (!lp_domains_open(config, &domains, &error))
        return lp_complain(&error, LP_EXIT_USAGE);
    int status = check(config, domains);
    lp_domains_close(domains);
    return status;
}
