/* topology_file.c - a topology from the file that -t names */
#include <string.h>

#include "lp/expect.h"
#include "lp/options.h"
#include "lp/text.h"
#include "lp/tls_store.h"
#include "lp/topology.h"

/* Names of root files count from the topology's folder. */
static void resolve_roots(struct lp_arena *arena, const char *path, struct lp_topology *t)
{
    const char *slash = strrchr(path, '/');
    struct lp_str folder = { path, slash ? (size_t)(slash - path) + 1 : 0 };
    struct lp_marked *roots = t->private_roots.at;
    for (size_t i = 0; i < t->private_roots.n; i++) {
        struct lp_str parts[] = { folder, roots[i].text };
        if (folder.n && roots[i].text.p[0] != '/')
            roots[i].text = lp_arena_join(arena, parts, LP_COUNT(parts));
    }
}

bool lp_topology_take(struct lp_config *config, struct lp_error *error)
{
    struct lp_topology *topology = lp_arena_alloc(config->arena, sizeof *topology);
    if (!config->topology_file || config->topology)
        return true;
    config->topology = topology;
    return lp_topology_load(config->arena, config->topology_file, topology, error);
}

/* Can be read, and looks like PEM: what is in it, the worker finds out. */
static bool is_root_file(struct lp_arena *arena, struct lp_str path, struct lp_error *error)
{
    static const char mark[] = "CERTIFICATE-----";
    struct lp_buf bytes = lp_buf_new(LP_TLS_FILE_MAX);
    bool ok = lp_read_input(lp_arena_str(arena, path).p, &bytes, error);
    if (ok && (!bytes.n || !memmem(bytes.p, bytes.n, mark, sizeof mark - 1)))
        ok = lp_fail(error, "%s: no certificate in it (PEM is expected)", lp_term(arena, path));
    lp_buf_release(&bytes);
    return ok;
}

bool lp_topology_take_roots(struct lp_config *config, struct lp_error *error)
{
    struct lp_error inner = { "" };
    if (!lp_topology_take(config, error))
        return false;
    const struct lp_topology *t = config->topology;
    const struct lp_marked *roots = t ? t->private_roots.at : NULL;
    for (size_t i = 0; t && i < t->private_roots.n; i++) {
        if (!is_root_file(config->arena, roots[i].text, &inner))
            return lp_fail(error, "%s:%lld:%lld: %s", lp_term(config->arena, t->file),
                           (long long)roots[i].mark.line, (long long)roots[i].mark.column,
                           inner.text);
    }
    return true;
}

bool lp_topology_has(const struct lp_config *config, struct lp_str domain, struct lp_error *error)
{
    const struct lp_topology *t = config->topology;
    struct lp_str known = LP_STR("");
    if (!t || lp_expect_knows_domain(t, domain))
        return true;
    const struct lp_marked *domains = t->sip_domains.at;
    for (size_t i = 0; i < t->sip_domains.n && i < 5; i++)
        known = lp_arena_printf(config->arena, "%s%s%s", known.p, i ? ", " : "",
                                lp_term(config->arena, domains[i].text));
    return lp_fail(error, lp_in_lang(config, "%s is no SIP domain of %s, which has %s"),
                   lp_term(config->arena, domain), lp_term(config->arena, t->file), known.p);
}

struct lp_tls_options lp_tls_options_of(const struct lp_config *config)
{
    struct lp_tls_options tls = { .private_file = lp_str_of(config->private_file),
                                  .public_file = lp_str_of(config->public_file),
                                  .cert_file = lp_str_of(config->cert_file),
                                  .key_file = lp_str_of(config->key_file) };
    const struct lp_marked *roots = config->topology ? config->topology->private_roots.at : NULL;
    for (size_t i = 0; config->topology && i < config->topology->private_roots.n; i++)
        lp_list_push(config->arena, &tls.private_more, &roots[i].text, sizeof roots[i].text);
    return tls;
}

struct lp_str lp_private_store_of(struct lp_arena *arena, const struct lp_config *c)
{
    struct lp_tls_options tls = lp_tls_options_of(c);
    const struct lp_str *more = tls.private_more.at;
    struct lp_str text = tls.private_file;
    for (size_t i = 0; i < tls.private_more.n; i++) {
        struct lp_str parts[] = { text, text.n ? LP_STR(", ") : LP_STR(""), more[i] };
        text = lp_arena_join(arena, parts, LP_COUNT(parts));
    }
    return text;
}

bool lp_topology_load(struct lp_arena *arena, const char *path, struct lp_topology *out,
                      struct lp_error *error)
{
    /* one byte more than a topology may have */
    struct lp_buf bytes = lp_buf_new((size_t)LP_TOPOLOGY_FILE_MAX + 1);
    bool ok = lp_read_input(path, &bytes, error) &&
              lp_topology_read(
                  arena, &(struct lp_topology_text){ lp_input_name(path), lp_buf_view(&bytes) },
                  out, error);
    lp_buf_release(&bytes);
    if (ok)
        resolve_roots(arena, path, out);
    return ok;
}
