/* reverify.c - the chains of a recording against other roots, in a worker without sockets */
#include <errno.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <openssl/x509_vfy.h>

#include "lp/alloc.h"
#include "lp/cert.h"
#include "lp/slot.h"

/*
 * The worker has the log by fork. It sends the header with the digests of the new stores, then each
 * entry that has a chain with its new verdicts, as lines of a recording. The page's `walk` is the
 * index of the entry that it is at, a resumed walk's `number` the one to begin with.
 */

enum {
    WATCH_US = 50000,
    CRASHES_MAX = 8, /* chains that may each cost a worker; then the recording is given up */
    OUT_MAX = 64 * 1024 * 1024,
};

/* ---- the worker ---- */

static bool put_all(int fd, struct lp_buf *out)
{
    while (out->n) {
        ssize_t n = write(fd, out->p, out->n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        lp_buf_consume(out, (size_t)n);
    }
    return true;
}

static LP_NORETURN void refuse(const struct lp_worker_input *input, struct lp_buf *out,
                               const struct lp_error *error)
{
    lp_buf_printf(out, "! %s\n", error->text);
    (void)put_all(input->out, out);
    _exit(1);
}

/* False: the recording lacks a certificate of the chain. */
static bool find_chain(const struct lp_log *log, const struct lp_link *link, struct lp_job *job)
{
    const struct lp_str *sums = link->chain.at;
    struct lp_str *ders = lp_arena_array(job->arena, link->chain.n, sizeof *ders);
    for (size_t i = 0; i < link->chain.n; i++) {
        const struct lp_certificate *cert = lp_log_certificate(log, sums[i]);
        if (!cert || !cert->der.n)
            return false;
        ders[i] = cert->der;
    }
    job->ders = (struct lp_list){ ders, link->chain.n };
    return true;
}

static const char crashed_text[] = "verification crashed";

static struct lp_verify crashed(void)
{
    return (struct lp_verify){ .done = true,
                               .code = X509_V_ERR_UNSPECIFIED,
                               .text = LP_STR(crashed_text) };
}

static bool has_crashed(const struct lp_link *link)
{
    return lp_str_eq(link->private_store.text, LP_STR(crashed_text)) ||
           lp_str_eq(link->public_store.text, LP_STR(crashed_text));
}

/* Did a worker before us die of this chain, at one of the first n entries? */
static bool is_deadly(const struct lp_log *log, size_t n, const struct lp_link *link)
{
    for (size_t i = 0; i < n; i++) {
        const struct lp_link *other = lp_link_of(log->at[i]);
        if (other && has_crashed(other) && lp_list_same_strs(&other->chain, &link->chain))
            return true;
    }
    return false;
}

static void verify_entry(struct lp_tls *tls, const struct lp_resumed *from, struct lp_evidence *e,
                         struct lp_buf *out)
{
    struct lp_arena arena = { 0 };
    struct lp_link *link = (struct lp_link *)lp_link_of(e);
    struct lp_job job = { .evidence = e, .arena = &arena };
    link->private_store = link->public_store = (struct lp_verify){ 0 };
    if (is_deadly(from->log, from->number, link))
        link->private_store = link->public_store = crashed();
    else if (find_chain(from->log, link, &job))
        lp_tls_verify(tls, &job);
    lp_record_evidence(out, e);
    lp_arena_release(&arena);
}

static void send_digests(struct lp_tls *tls, const struct lp_log *log, struct lp_buf *out)
{
    struct lp_arena arena = { 0 };
    struct lp_setup setup = log->setup;
    setup.private_digest = lp_tls_digest(tls, true, &arena);
    setup.public_digest = lp_tls_digest(tls, false, &arena);
    lp_record_header(out, &setup);
    lp_arena_release(&arena);
}

/* A certificate file: nothing has been decoded or verified yet. */
static bool decodes(const struct lp_log *log)
{
    return log->setup.certificate.n > 0;
}

/* Of a certificate from a file only its bytes are known. */
static void decode_entry(struct lp_evidence *e, struct lp_buf *out)
{
    struct lp_arena arena = { 0 };
    struct lp_certificate *cert = e->facts;
    struct lp_str der = cert->der;
    if (e->shape == &lp_shape_certificate && !cert->readable && der.n) {
        lp_cert_decode(&arena, der, cert);
        lp_record_evidence(out, e);
        *cert = (struct lp_certificate){ .sha256 = cert->sha256 };
        cert->der = der;
    }
    lp_arena_release(&arena);
}

static bool has_chain(const struct lp_evidence *e)
{
    const struct lp_link *link = lp_link_of(e);
    return link && link->chain.n;
}

static void reverify_main(const struct lp_worker_input *input)
{
    const struct lp_log *log = input->resumed->log;
    struct lp_tls *tls = NULL;
    struct lp_error error = { "" };
    struct lp_buf out = lp_buf_new(OUT_MAX);
    lp_alloc_in_worker();
    if (!lp_alloc_hook_libraries())
        lp_fail(&error, "a library refused its allocator");
    else if (lp_tls_new(&tls, &input->options->tls, &error) && input->options->sandbox &&
             !lp_sandbox_enter(false, &error))
        refuse(input, &out, &error);
    if (!tls)
        refuse(input, &out, &error);
    send_digests(tls, log, &out);
    for (size_t i = input->resumed->number; i < log->n; i++) {
        bool chain = has_chain(log->at[i]);
        if (!chain && !(decodes(log) && log->at[i]->shape == &lp_shape_certificate))
            continue;
        if (!put_all(input->out, &out))
            _exit(1);
        input->page->walk = (uint32_t)i;
        input->page->key_len = 1;
        input->page->turn++;
        if (chain)
            verify_entry(tls, input->resumed, log->at[i], &out);
        else
            decode_entry(log->at[i], &out);
    }
    if (!put_all(input->out, &out))
        _exit(1);
    lp_buf_release(&out);
    lp_tls_free(tls);
    exit(0);
}

/* ---- the parent ---- */

struct reverify {
    struct lp_log *log;
    const struct lp_tls_options *tls;
    struct lp_slot slot;
    struct lp_error *error;
    bool refused;
};

static struct lp_verify keep(struct lp_arena *arena, const struct lp_verify *from)
{
    struct lp_verify v = *from;
    v.text = lp_arena_str(arena, from->text);
    v.root = lp_arena_str(arena, from->root);
    return v;
}

static bool has_private(const struct reverify *r)
{
    return r->tls->private_file.p || r->tls->private_more.n;
}

static struct lp_str first_private(const struct reverify *r)
{
    const struct lp_str *more = r->tls->private_more.at;
    return r->tls->private_file.p ? r->tls->private_file : more[0];
}

/* A store that was not given keeps what the recording says of it. */
static void replace(struct reverify *r, struct lp_link *link, const struct lp_link *from)
{
    if (has_private(r) || decodes(r->log))
        link->private_store = keep(r->log->arena, &from->private_store);
    if (r->tls->public_file.p || decodes(r->log))
        link->public_store = keep(r->log->arena, &from->public_store);
}

static void replace_digests(struct reverify *r, const struct lp_setup *from)
{
    struct lp_setup *setup = &r->log->setup;
    struct lp_arena *arena = r->log->arena;
    if (has_private(r)) {
        setup->private_store = lp_arena_str(arena, first_private(r));
        setup->private_digest = lp_arena_str(arena, from->private_digest);
    }
    if (r->tls->public_file.p) {
        setup->public_store = lp_arena_str(arena, r->tls->public_file);
        setup->public_digest = lp_arena_str(arena, from->public_digest);
    }
}

/* Read again, for as long as the log lives. */
static void keep_certificate(struct reverify *r, struct lp_evidence *to, struct lp_str line)
{
    struct lp_log one;
    struct lp_error error;
    lp_log_init(&one, r->log->arena);
    if (lp_record_read(&one, line, lp_shape_by_name, &error) == LP_LINE_EVIDENCE && one.n)
        to->facts = one.at[0]->facts;
}

static void take_line(void *self, struct lp_str line)
{
    struct reverify *r = self;
    struct lp_arena arena = { 0 };
    struct lp_log one;
    struct lp_error error;
    if (line.n > 2 && line.p[0] == '!') {
        r->refused = true;
        lp_fail(r->error, "%.*s", (int)(line.n - 2), line.p + 2);
        return;
    }
    lp_log_init(&one, &arena);
    one.setup.servers = r->log->setup.servers;
    enum lp_line kind = lp_record_read(&one, line, lp_shape_by_name, &error);
    const struct lp_evidence *to =
        kind == LP_LINE_EVIDENCE && one.n ? lp_log_find(r->log, one.at[0]->key) : NULL;
    if (kind == LP_LINE_HEADER)
        replace_digests(r, &one.setup);
    if (to && to->shape == one.at[0]->shape && lp_link_of(to))
        replace(r, (struct lp_link *)lp_link_of(to), lp_link_of(one.at[0]));
    if (to && to->shape == &lp_shape_certificate && decodes(r->log))
        keep_certificate(r, (struct lp_evidence *)to, line);
    lp_arena_release(&arena);
}

/* Until the worker has gone, or spins. Returns its wait status. */
static int attend(struct reverify *r)
{
    const struct lp_world *world = &lp_world_real;
    struct lp_pollset set = { 0 };
    for (bool alive = true; alive && !lp_slot_is_spinning(&r->slot);) {
        set.n = 0;
        lp_pollset_add(&set, r->slot.from, POLLIN);
        world->wait(world->self, set.at, set.n, WATCH_US);
        if (!lp_pollset_events(&set, r->slot.from))
            continue;
        alive = lp_slot_receive(&r->slot);
        lp_slot_each_line(&r->slot, take_line, r);
    }
    lp_pollset_release(&set);
    return lp_slot_end(&r->slot);
}

/* The entry that the worker died at: no store vouches for its chain. Returns where to go on. */
static uint32_t note_crash(struct reverify *r)
{
    const struct lp_shared_page *page = r->slot.page;
    struct lp_link verdict = { .private_store = crashed(), .public_store = crashed() };
    if (!page->key_len || page->walk >= r->log->n)
        return 0;
    if (lp_link_of(r->log->at[page->walk]))
        replace(r, (struct lp_link *)lp_link_of(r->log->at[page->walk]), &verdict);
    return page->walk + 1;
}

static bool run_workers(struct reverify *r, const struct lp_run_options *options)
{
    struct lp_resumed resumed = { .log = r->log };
    struct lp_worker_input input = {
        .main = reverify_main, .options = options, .resumed = &resumed, .resumed_n = 1
    };
    for (int crashes = 0; crashes < CRASHES_MAX; crashes++) {
        if (!lp_slot_start(&r->slot, &input, r->error))
            return false;
        int status = attend(r);
        if (r->refused)
            return false;
        if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
            return true;
        uint32_t next = note_crash(r);
        resumed.number = next > resumed.number ? next : resumed.number;
    }
    return lp_fail(r->error, "the verification of certificate chains crashes again and again");
}

bool lp_run_reverify(struct lp_log *log, const struct lp_tls_options *tls, bool sandbox,
                     struct lp_error *error)
{
    struct reverify r = { .log = log, .tls = tls, .error = error };
    struct lp_run_options options = { .tls = *tls, .sandbox = sandbox };
    bool ok = lp_slot_init(&r.slot, error) && run_workers(&r, &options);
    lp_slot_release(&r.slot);
    return ok;
}
