/* import_hosts.c - which services stand on which cluster, and what that makes of it */
#include <stdlib.h>
#include <string.h>

#include "lp/name.h"
#include "lp/text.h"
#include "lp/topology_import_parts.h"
#include "lp/url.h"

/* ---- finding things ---- */

static int compare(const void *a, const void *b)
{
    const struct lp_import_entry *x = a, *y = b;
    int order = lp_str_cmp(x->key, y->key);
    return order ? order : (x->at > y->at) - (x->at < y->at);
}

/* Over a list whose items (size bytes each) hold the key, a struct lp_str, at the offset. */
static struct lp_import_index index_of(struct lp_arena *arena, const struct lp_list *list,
                                       size_t size, size_t offset)
{
    struct lp_import_index index = { lp_arena_array(arena, list->n, sizeof *index.at), list->n };
    for (size_t i = 0; i < list->n; i++) {
        memcpy(&index.at[i].key, (const char *)list->at + i * size + offset, sizeof(struct lp_str));
        index.at[i].at = i;
    }
    if (index.n)
        qsort(index.at, index.n, sizeof *index.at, compare);
    return index;
}

size_t lp_import_find(const struct lp_import_index *index, struct lp_str key)
{
    size_t low = 0, high = index->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (lp_str_cmp(index->at[middle].key, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return key.n && low < index->n && lp_str_eq(index->at[low].key, key) ? index->at[low].at
                                                                         : SIZE_MAX;
}

static size_t owner_of(const struct lp_list *list, size_t size, size_t i)
{
    size_t owner;
    memcpy(&owner, (const char *)list->at + i * size, sizeof owner);
    return owner;
}

size_t lp_import_items(const struct lp_list *list, size_t size, size_t owner, size_t *first)
{
    size_t low = 0, high = list->n, n = 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (owner_of(list, size, middle) < owner)
            low = middle + 1;
        else
            high = middle;
    }
    *first = low;
    while (low + n < list->n && owner_of(list, size, low + n) == owner)
        n++;
    return n;
}

struct lp_import_host *lp_import_host_of(struct lp_import *im, const struct lp_cs_service *service)
{
    const struct lp_cs_sql *sqls = im->doc->sqls.at;
    size_t cluster = lp_import_find(&im->clusters, service->on);
    size_t sql = lp_import_find(&im->sqls, service->on);
    if (cluster == SIZE_MAX && sql != SIZE_MAX)
        cluster = sqls[sql].cluster;
    return cluster == SIZE_MAX ? NULL : &im->hosts[cluster];
}

const struct lp_cs_service *lp_import_dependency(struct lp_import *im,
                                                 const struct lp_cs_service *service, size_t *at,
                                                 struct lp_str *usage)
{
    const struct lp_cs_service *services = im->doc->services.at;
    const struct lp_cs_dependency *all = im->doc->dependencies.at;
    size_t first, n = lp_import_items(&im->doc->dependencies, sizeof *all,
                                      (size_t)(service - services), &first);
    while (*at < n) {
        const struct lp_cs_dependency *dependency = &all[first + (*at)++];
        size_t found = lp_import_find(&im->services, dependency->on);
        *usage = dependency->usage;
        if (found != SIZE_MAX)
            return &services[found];
    }
    return NULL;
}

struct lp_str lp_import_name(struct lp_import *im, struct lp_str text, int64_t line)
{
    struct lp_str name = lp_name_normal(im->arena, text);
    if (lp_name_is_host(name))
        return name;
    if (text.n)
        lp_note_add(im->arena, im->notes, "", "left out: %s in line %lld is no host name",
                    lp_word(im->arena, text), (long long)line);
    return LP_STR_NONE;
}

bool lp_import_address(struct lp_import *im, struct lp_str text, struct lp_list *out)
{
    static const uint8_t none[16];
    struct lp_addr address;
    if (!text.n || !lp_addr_parse(text, &address) ||
        memcmp(address.bytes, none, address.family == 4 ? 4 : 16) == 0)
        return false;
    lp_list_push(im->arena, out, &address, sizeof address);
    return true;
}

/* ---- jobs and roles ---- */

/* RoleName -> job (domain.md 8.2). A Persistent Chat service has had several names. */
static const struct {
    const char *begins, *ends;
    enum lp_import_job job;
} jobs[] = {
    { "FileStore", "", LP_JOB_COUNT }, /* a share, no database */
    { "", "Store", LP_JOB_STORE },
    { "Registrar", "Registrar", LP_JOB_REGISTRAR },
    { "EdgeServer", "EdgeServer", LP_JOB_EDGE },
    { "WebServices", "WebServices", LP_JOB_WEB },
    { "MediationServer", "MediationServer", LP_JOB_MEDIATION },
    { "PersistentChat", "", LP_JOB_CHAT },
    { "WacService", "WacService", LP_JOB_OFFICE },
};

static enum lp_import_job job_of(struct lp_str role)
{
    for (size_t i = 0; i < LP_COUNT(jobs); i++) {
        if (lp_str_starts_nocase(role, jobs[i].begins) && lp_str_ends_nocase(role, jobs[i].ends))
            return jobs[i].job;
    }
    return LP_JOB_COUNT;
}

static void place_services(struct lp_import *im)
{
    const struct lp_cs_service *services = im->doc->services.at;
    for (size_t i = 0; i < im->doc->services.n; i++) {
        enum lp_import_job job = job_of(services[i].role);
        struct lp_import_host *host = lp_import_host_of(im, &services[i]);
        if (host && job != LP_JOB_COUNT && !host->by[job])
            host->by[job] = &services[i];
    }
}

static bool is_remote(const struct lp_import *im, const struct lp_cs_cluster *cluster)
{
    return cluster->remote || lp_import_find(&im->remote_sites, cluster->site) != SIZE_MAX;
}

/* A Standard Edition server holds its own database. */
static enum lp_role registrar_role(const struct lp_import *im, const struct lp_import_host *host)
{
    if (is_remote(im, host->cluster))
        return LP_ROLE_BRANCH;
    if (host->by[LP_JOB_REGISTRAR]->director)
        return LP_ROLE_DIRECTOR;
    return host->by[LP_JOB_STORE] ? LP_ROLE_STANDARD : LP_ROLE_FRONT_END;
}

/* The first job that is done counts; a Registrar's role depends on more. */
static enum lp_role role_of(const struct lp_import *im, const struct lp_import_host *host)
{
    static const struct {
        enum lp_import_job job;
        enum lp_role role;
    } rows[] = {
        { LP_JOB_EDGE, LP_ROLE_EDGE },     { LP_JOB_CHAT, LP_ROLE_CHAT },
        { LP_JOB_OFFICE, LP_ROLE_OFFICE }, { LP_JOB_MEDIATION, LP_ROLE_MEDIATION },
        { LP_JOB_STORE, LP_ROLE_SQL },
    };
    if (host->by[LP_JOB_REGISTRAR])
        return registrar_role(im, host);
    for (size_t i = 0; i < LP_COUNT(rows); i++) {
        if (host->by[rows[i].job])
            return rows[i].role;
    }
    return LP_ROLE_COUNT;
}

/* An Office Web Apps farm is known by its discovery URL, not by the computer that was entered. */
static struct lp_str name_of(struct lp_import *im, const struct lp_import_host *host)
{
    const struct lp_cs_service *office = host->by[LP_JOB_OFFICE];
    struct lp_url url;
    if (host->role == LP_ROLE_OFFICE &&
        lp_url_parse(im->arena, NULL, office->discovery_url, &url) && !url.ip.family)
        return url.host;
    return lp_import_name(im, host->cluster->fqdn, host->cluster->line);
}

void lp_import_hosts(struct lp_import *im)
{
    const struct lp_cs_doc *d = im->doc;
    const struct lp_cs_cluster *clusters = d->clusters.at;
    im->clusters = index_of(im->arena, &d->clusters, sizeof(struct lp_cs_cluster),
                            offsetof(struct lp_cs_cluster, id));
    im->sqls =
        index_of(im->arena, &d->sqls, sizeof(struct lp_cs_sql), offsetof(struct lp_cs_sql, id));
    im->services = index_of(im->arena, &d->services, sizeof(struct lp_cs_service),
                            offsetof(struct lp_cs_service, id));
    im->remote_sites = index_of(im->arena, &d->remote_sites, sizeof(struct lp_str), 0);
    im->hosts = lp_arena_array(im->arena, d->clusters.n, sizeof *im->hosts);
    for (size_t i = 0; i < d->clusters.n; i++)
        im->hosts[i].cluster = &clusters[i];
    place_services(im);
    for (size_t i = 0; i < d->clusters.n; i++) {
        im->hosts[i].role = role_of(im, &im->hosts[i]);
        if (im->hosts[i].role != LP_ROLE_COUNT)
            im->hosts[i].fqdn = name_of(im, &im->hosts[i]);
    }
}
