/* zonefile.c - a master file to sorted records, by ldns */
#include "lp/zonefile.h"

#include <ldns/ldns.h>
#include <stdlib.h>
#include <string.h>

#include "lp/dnsmsg.h"
#include "lp/name.h"
#include "lp/sha256.h"
#include "lp/text.h"
#include "lp/zonefile_parts.h"

/* A file being read; what ldns keeps from line to line. */
struct reading {
    struct lp_arena *arena;
    const struct lp_zone_text *text;
    struct lp_error *error;
    FILE *file;
    ldns_rdf *origin, *previous;
    uint32_t ttl;
    int line; /* the last one read */
    struct lp_list records;
};

static bool fail_at(const struct reading *r, int64_t line, const char *words)
{
    return lp_fail(r->error, "%s:%lld: %s", lp_term(r->arena, r->text->file), (long long)line,
                   words);
}

/* ---- one record ---- */

/* The name that a field of ldns holds, in our presentation form. */
static struct lp_str name_of(const struct reading *r, const ldns_rdf *field)
{
    struct lp_str wire = { (const char *)ldns_rdf_data(field), ldns_rdf_size(field) }, name;
    if (!lp_dnsmsg_name(r->arena, wire, 0, &name))
        return LP_STR("");
    return lp_name_normal(r->arena, name);
}

static void take_address(const struct reading *r, const ldns_rr *from, struct lp_rr *rr)
{
    const ldns_rdf *field = ldns_rr_rdf(from, 0);
    (void)r;
    rr->address.family = rr->type == LP_DNS_A ? 4 : 6;
    memcpy(rr->address.bytes, ldns_rdf_data(field), rr->address.family == 4 ? 4 : 16);
}

static void take_name(const struct reading *r, const ldns_rr *from, struct lp_rr *rr)
{
    rr->name = name_of(r, ldns_rr_rdf(from, 0));
}

static void take_srv(const struct reading *r, const ldns_rr *from, struct lp_rr *rr)
{
    rr->priority = ldns_rdf2native_int16(ldns_rr_rdf(from, 0));
    rr->weight = ldns_rdf2native_int16(ldns_rr_rdf(from, 1));
    rr->port = ldns_rdf2native_int16(ldns_rr_rdf(from, 2));
    rr->name = name_of(r, ldns_rr_rdf(from, 3));
}

static void take_soa(const struct reading *r, const ldns_rr *from, struct lp_rr *rr)
{
    rr->name = name_of(r, ldns_rr_rdf(from, 0));
    rr->minimum = ldns_rdf2native_int32(ldns_rr_rdf(from, 6));
}

/* Types that are answered, or that steer an answer. */
static const struct kind {
    int64_t type;
    size_t fields; /* that ldns must have found */
    void (*take)(const struct reading *r, const ldns_rr *from, struct lp_rr *rr);
} kinds[] = {
    { LP_DNS_A, 1, take_address },  { LP_DNS_AAAA, 1, take_address },
    { LP_DNS_CNAME, 1, take_name }, { LP_ZONE_DNAME, 1, take_name },
    { LP_DNS_NS, 1, take_name },    { LP_DNS_SRV, 4, take_srv },
    { LP_DNS_SOA, 7, take_soa },
};

static bool take_data(const struct reading *r, const ldns_rr *from, struct lp_rr *rr)
{
    for (size_t i = 0; i < LP_COUNT(kinds); i++) {
        if (kinds[i].type != rr->type)
            continue;
        if (ldns_rr_rd_count(from) < kinds[i].fields)
            return fail_at(r, r->line, "a record without its data");
        kinds[i].take(r, from, rr);
    }
    return true;
}

static struct lp_str keep_key(struct lp_arena *arena, struct lp_str name)
{
    struct lp_zone_key key;
    lp_zone_key_of(name, &key);
    return lp_arena_str(arena, (struct lp_str){ key.text, key.n });
}

static bool take_record(struct reading *r, const ldns_rr *from)
{
    struct lp_zone_record record = { .line = r->line };
    struct lp_rr *rr = &record.rr;
    if (ldns_rr_get_class(from) != LDNS_RR_CLASS_IN)
        return fail_at(r, r->line, "only class IN is answered");
    rr->owner = name_of(r, ldns_rr_owner(from));
    rr->type = ldns_rr_get_type(from);
    rr->ttl = ldns_rr_ttl(from);
    if (!rr->type) /* ldns takes an unknown word without data */
        return fail_at(r, r->line, "an unknown type");
    if (!lp_name_in_domain(rr->owner, r->text->origin))
        return true;
    if (r->records.n >= LP_ZONE_RECORDS_MAX)
        return fail_at(r, r->line, "more than 200000 records");
    record.key = keep_key(r->arena, rr->owner);
    if (!take_data(r, from, rr))
        return false;
    lp_list_push(r->arena, &r->records, &record, sizeof record);
    return true;
}

/* ---- the file ---- */

/* What ldns says of one line that is no record; directives have had their effect. */
static bool take_status(const struct reading *r, ldns_status status)
{
    if (status == LDNS_STATUS_SYNTAX_EMPTY || status == LDNS_STATUS_SYNTAX_TTL ||
        status == LDNS_STATUS_SYNTAX_ORIGIN)
        return true;
    if (status == LDNS_STATUS_SYNTAX_INCLUDE)
        return fail_at(r, r->line, "$INCLUDE is not followed: a planned zone is one file");
    const char *words = ldns_get_errorstr_by_id(status);
    return fail_at(r, r->line, words ? words : "cannot be read");
}

/* ldns counts a line at its newline, which the last one may lack. */
static void count_last_line(struct reading *r)
{
    const struct lp_str *bytes = &r->text->bytes;
    if (feof(r->file) && bytes->n && bytes->p[bytes->n - 1] != '\n')
        r->line++;
}

static bool read_records(struct reading *r)
{
    bool ok = true;
    while (ok && !feof(r->file)) {
        ldns_rr *rr = NULL;
        ldns_status status =
            ldns_rr_new_frm_fp_l(&rr, r->file, &r->ttl, &r->origin, &r->previous, &r->line);
        count_last_line(r);
        ok = status == LDNS_STATUS_OK ? take_record(r, rr) : take_status(r, status);
        if (status == LDNS_STATUS_OK)
            ldns_rr_free(rr);
    }
    return ok;
}

/* ---- the zone as a whole ---- */

static int by_place(const void *a, const void *b)
{
    const struct lp_zone_record *x = a, *y = b;
    int order = lp_str_cmp(x->key, y->key);
    if (order)
        return order;
    if (x->rr.type != y->rr.type)
        return x->rr.type < y->rr.type ? -1 : 1;
    return (x->line > y->line) - (x->line < y->line);
}

/* DNSSEC's own records may stand beside an alias (RFC 4034 sections 3 and 4). */
static bool may_stand_beside(const struct lp_zone_record *record)
{
    return record->rr.type == LDNS_RR_TYPE_RRSIG || record->rr.type == LDNS_RR_TYPE_NSEC;
}

/* Is the alias at i alone at its name? */
static bool is_alone(const struct reading *r, size_t i)
{
    const struct lp_zone_record *at = r->records.at;
    size_t from = i;
    while (from > 0 && lp_str_eq(at[from - 1].key, at[i].key))
        from--;
    for (size_t k = from; k < r->records.n && lp_str_eq(at[k].key, at[i].key); k++) {
        if (k != i && !may_stand_beside(&at[k]))
            return false;
    }
    return true;
}

static bool is_at_or_below(struct lp_str key, struct lp_str upper)
{
    return upper.p && key.n >= upper.n && memcmp(key.p, upper.p, upper.n) == 0 &&
           (key.n == upper.n || key.p[upper.n] == LP_ZONE_SEPARATOR);
}

/* Past the last record of the name that i is the first of. */
static size_t end_of_name(const struct reading *r, size_t i)
{
    const struct lp_zone_record *at = r->records.at;
    size_t end = i;
    while (end < r->records.n && lp_str_eq(at[end].key, at[i].key))
        end++;
    return end;
}

static bool has_soa(const struct lp_zone_record *at, size_t n)
{
    bool found = false;
    for (size_t i = 0; i < n; i++)
        found |= at[i].rr.type == LP_DNS_SOA;
    return found;
}

/* A file may hold several zones, as `lyncprobe plan -f zone` writes it. Of one below the origin
   the name servers alone belong to the origin: they delegate it. */
static void drop_other_zones(struct reading *r)
{
    struct lp_zone_record *at = r->records.at;
    struct lp_str other = LP_STR_NONE;
    size_t kept = 0;
    for (size_t i = 0, end; i < r->records.n; i = end) {
        end = end_of_name(r, i);
        if (is_at_or_below(at[i].key, other))
            continue;
        bool apex = !lp_name_eq(at[i].rr.owner, r->text->origin) && has_soa(&at[i], end - i);
        if (apex)
            other = at[i].key;
        for (size_t k = i; k < end; k++) {
            if (!apex || at[k].rr.type == LP_DNS_NS)
                at[kept++] = at[k];
        }
    }
    r->records.n = kept;
}

static bool check_records(struct reading *r)
{
    const struct lp_zone_record *at = r->records.at;
    const struct lp_zone_record *soa = NULL;
    for (size_t i = 0; i < r->records.n; i++) {
        if (at[i].rr.type == LP_DNS_CNAME && !is_alone(r, i))
            return fail_at(r, at[i].line, "an alias beside other records of its name");
        if (at[i].rr.type == LP_DNS_SOA && soa)
            return fail_at(r, at[i].line, "a second SOA");
        if (at[i].rr.type == LP_DNS_SOA)
            soa = &at[i];
    }
    return r->records.n ||
           lp_fail(r->error, "%s: no record of %s", lp_term(r->arena, r->text->file),
                   lp_term(r->arena, r->text->origin));
}

/* ldns takes text for strings that end at a NUL. */
static bool check_bytes(const struct reading *r)
{
    const struct lp_str *bytes = &r->text->bytes;
    int64_t line = 1;
    if (bytes->n > LP_ZONE_FILE_MAX)
        return lp_fail(r->error, "%s: more than 16 MiB", lp_term(r->arena, r->text->file));
    for (size_t i = 0; i < bytes->n; i++) {
        if (!bytes->p[i])
            return fail_at(r, line, "a NUL byte: this is no text");
        line += bytes->p[i] == '\n';
    }
    return true;
}

static bool read_file(struct reading *r)
{
    const struct lp_str *bytes = &r->text->bytes;
    struct lp_str parts[] = { r->text->origin, LP_STR(".") };
    if (!check_bytes(r))
        return false;
    /* "r" does not write; fmemopen takes no empty memory */
    r->file = fmemopen(bytes->n ? (void *)bytes->p : (void *)"\n", bytes->n ? bytes->n : 1, "r");
    r->origin = ldns_dname_new_frm_str(lp_arena_join(r->arena, parts, LP_COUNT(parts)).p);
    bool ok = (r->file && r->origin) || lp_fail(r->error, "no memory for the zone");
    ok = ok && read_records(r);
    if (r->file)
        fclose(r->file);
    ldns_rdf_deep_free(r->origin);
    ldns_rdf_deep_free(r->previous);
    return ok;
}

bool lp_zone_read(struct lp_arena *arena, const struct lp_zone_text *text, struct lp_zone *out,
                  struct lp_error *error)
{
    enum { TTL_WITHOUT = 3600 }; /* of records before any $TTL; named takes the SOA's minimum */
    struct reading r = { .arena = arena, .text = text, .error = error, .ttl = TTL_WITHOUT };
    if (!read_file(&r))
        return false;
    if (r.records.n)
        qsort(r.records.at, r.records.n, sizeof(struct lp_zone_record), by_place);
    drop_other_zones(&r);
    *out = (struct lp_zone){ .origin = text->origin,
                             .file = text->file,
                             .digest = lp_sha256(arena, text->bytes),
                             .record = r.records };
    return check_records(&r);
}
