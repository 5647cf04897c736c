/* import_pools.c - a cluster of the document as a pool */
#include "lp/name.h"
#include "lp/text.h"
#include "lp/topology_import_parts.h"

/* Addresses of a machine on the side that the inside sees: that of an Edge server has a name of
 * its own. */
static struct lp_list addresses_of(struct lp_import *im, size_t machine, bool edge)
{
    const struct lp_cs_interface *all = im->doc->interfaces.at;
    struct lp_str side = edge ? LP_STR("Internal") : LP_STR("Primary");
    struct lp_list addresses = { NULL, 0 };
    size_t first, n = lp_import_items(&im->doc->interfaces, sizeof *all, machine, &first);
    for (size_t i = first; i < first + n; i++) {
        if (lp_str_eq_nocase(all[i].side, side))
            lp_import_address(im, all[i].address, &addresses);
    }
    return addresses;
}

static bool has_members(enum lp_role role)
{
    return role != LP_ROLE_STANDARD && role != LP_ROLE_BRANCH && role != LP_ROLE_SQL;
}

/* Is the pool this one computer? Either the role has no members, or the names say so. */
static bool is_single(enum lp_role role, const struct lp_cs_machine *machine, struct lp_str fqdn)
{
    return !has_members(role) || !machine->fqdn.n || lp_name_eq(machine->fqdn, fqdn);
}

static void fill_members(struct lp_import *im, const struct lp_import_host *host,
                         struct lp_pool *pool)
{
    const struct lp_cs_machine *all = im->doc->machines.at;
    const struct lp_cs_cluster *clusters = im->doc->clusters.at;
    bool edge = host->role == LP_ROLE_EDGE;
    size_t first, n = lp_import_items(&im->doc->machines, sizeof *all,
                                      (size_t)(host->cluster - clusters), &first);
    if (n == 1 && is_single(host->role, &all[first], host->cluster->fqdn)) {
        pool->addresses = addresses_of(im, first, edge);
        return;
    }
    for (size_t i = first; i < first + n && has_members(host->role); i++) {
        struct lp_member member = { .fqdn = lp_import_name(im, all[i].fqdn, all[i].line),
                                    .addresses = addresses_of(im, i, edge) };
        if (member.fqdn.n)
            lp_list_push(im->arena, &pool->members, &member, sizeof member);
    }
}

static void fill_web(struct lp_import *im, const struct lp_cs_service *web, struct lp_pool *pool)
{
    if (!web)
        return;
    pool->web_external = lp_import_name(im, web->web_external, web->line);
    pool->web_internal = lp_import_name(im, web->web_internal, web->line);
    if (lp_name_eq(pool->web_internal, pool->fqdn))
        pool->web_internal = LP_STR_NONE;
}

static bool holds_users(const struct lp_import_host *host)
{
    return host && host->fqdn.n &&
           (host->role == LP_ROLE_FRONT_END || host->role == LP_ROLE_STANDARD);
}

/* The pool that takes over: the one that a Registrar depends on for backup; of a branch, any pool
 * that it depends on. */
static struct lp_str backup_of(struct lp_import *im, const struct lp_import_host *host)
{
    struct lp_str usage, any = LP_STR_NONE;
    const struct lp_cs_service *on;
    size_t at = 0;
    while ((on = lp_import_dependency(im, host->by[LP_JOB_REGISTRAR], &at, &usage))) {
        const struct lp_import_host *other = lp_import_host_of(im, on);
        if (other == host || !holds_users(other))
            continue;
        if (lp_str_eq_nocase(usage, LP_STR("Backup")))
            return other->fqdn;
        any = any.n ? any : other->fqdn;
    }
    return host->role == LP_ROLE_BRANCH ? any : LP_STR_NONE;
}

static bool has_compliance(struct lp_import *im, const struct lp_cs_service *chat)
{
    const struct lp_cs_service *on;
    struct lp_str usage;
    size_t at = 0;
    while ((on = lp_import_dependency(im, chat, &at, &usage))) {
        if (lp_str_starts_nocase(on->role, "PersistentChatCompliance"))
            return true;
    }
    return false;
}

/* ---- what each role has beside name and members ---- */

static void fill_home(struct lp_import *im, const struct lp_import_host *host, struct lp_pool *pool)
{
    fill_web(im, host->by[LP_JOB_WEB], pool);
    pool->backup_pool = backup_of(im, host);
    if (host->by[LP_JOB_CHAT])
        lp_note_add(im->arena, im->notes, pool->fqdn.p, "Persistent Chat runs on it, too.");
}

static void fill_director(struct lp_import *im, const struct lp_import_host *host,
                          struct lp_pool *pool)
{
    fill_web(im, host->by[LP_JOB_WEB], pool);
}

static void fill_branch(struct lp_import *im, const struct lp_import_host *host,
                        struct lp_pool *pool)
{
    pool->backup_pool = backup_of(im, host);
}

static void fill_chat(struct lp_import *im, const struct lp_import_host *host, struct lp_pool *pool)
{
    pool->compliance = has_compliance(im, host->by[LP_JOB_CHAT]);
}

/* The name of an instance, which the two shapes keep in different places. */
static struct lp_str instance_of(struct lp_import *im, const struct lp_cs_service *store)
{
    const struct lp_cs_sql *sqls = im->doc->sqls.at;
    size_t at = lp_import_find(&im->sqls, store->on);
    return at == SIZE_MAX ? store->sql : sqls[at].name;
}

static void fill_sql(struct lp_import *im, const struct lp_import_host *host, struct lp_pool *pool)
{
    struct lp_str instance = instance_of(im, host->by[LP_JOB_STORE]);
    if (instance.n)
        lp_note_add(im->arena, im->notes, pool->fqdn.p,
                    "Instance %s: which port? Left out, it is 1433. port: 1433",
                    lp_word(im->arena, instance));
}

static void (*const fills[LP_ROLE_COUNT])(struct lp_import *, const struct lp_import_host *,
                                          struct lp_pool *) = {
    [LP_ROLE_FRONT_END] = fill_home,    [LP_ROLE_STANDARD] = fill_home,
    [LP_ROLE_DIRECTOR] = fill_director, [LP_ROLE_EDGE] = lp_import_edge,
    [LP_ROLE_CHAT] = fill_chat,         [LP_ROLE_BRANCH] = fill_branch,
    [LP_ROLE_SQL] = fill_sql,
};

void lp_import_pool(struct lp_import *im, const struct lp_import_host *host, struct lp_pool *pool)
{
    *pool = (struct lp_pool){ .role = host->role, .fqdn = host->fqdn };
    fill_members(im, host, pool);
    if (fills[host->role])
        fills[host->role](im, host, pool);
}
