/* zone_files.c - planned zones from the files of --zone-file */
#include "lp/options.h"
#include "lp/text.h"
#include "lp/values.h"
#include "lp/zonefile.h"

enum { ZONES_MAX = 64 };

static bool is_taken(const struct lp_list *files, struct lp_str origin)
{
    const struct lp_zone_file *at = files->at;
    for (size_t i = 0; i < files->n; i++) {
        if (lp_name_eq(at[i].origin, origin))
            return true;
    }
    return false;
}

bool lp_set_zone_file(struct lp_config *c, void *at, struct lp_str value, struct lp_error *error)
{
    struct lp_list *files = at;
    struct lp_str rest = value;
    struct lp_zone_file file = { .origin = lp_name_normal(c->arena, lp_str_cut(&rest, ':')) };
    if (!lp_name_is_host(file.origin) || !rest.n)
        return lp_fail(error,
                       lp_in_lang(c, "%s is not ORIGIN:FILE, such as contoso.com:contoso.com.zone"),
                       lp_word(c->arena, value));
    if (is_taken(files, file.origin))
        return lp_fail(error, lp_in_lang(c, "%s: that zone has a file already"),
                       lp_word(c->arena, value));
    if (files->n >= ZONES_MAX)
        return lp_fail(error, lp_in_lang(c, "more than %d zones"), ZONES_MAX);
    file.path = lp_arena_str(c->arena, rest).p;
    lp_list_push(c->arena, files, &file, sizeof file);
    return true;
}

static bool take_file(struct lp_config *config, const struct lp_zone_file *file,
                      struct lp_error *error)
{
    struct lp_buf bytes = lp_buf_new((size_t)LP_ZONE_FILE_MAX + 1);
    struct lp_zone zone;
    bool ok = lp_read_input(file->path, &bytes, error) &&
              lp_zone_read(config->arena,
                           &(struct lp_zone_text){ lp_input_name(file->path), lp_buf_view(&bytes),
                                                   file->origin },
                           &zone, error);
    lp_buf_release(&bytes);
    if (ok)
        lp_list_push(config->arena, &config->zones, &zone, sizeof zone);
    return ok;
}

bool lp_zones_take(struct lp_config *config, struct lp_error *error)
{
    const struct lp_zone_file *files = config->zone_files.at;
    bool ok = true;
    for (size_t i = config->zones.n; i < config->zone_files.n && ok; i++)
        ok = take_file(config, &files[i], error);
    return ok;
}

struct lp_list lp_zone_rules(struct lp_arena *arena, const struct lp_config *c)
{
    const struct lp_zone *zones = c->zones.at;
    struct lp_list rules = { 0 };
    for (size_t i = 0; i < c->zones.n; i++) {
        struct lp_zone_rule rule = { zones[i].origin, zones[i].file, zones[i].digest,
                                     (int64_t)zones[i].record.n };
        lp_list_push(arena, &rules, &rule, sizeof rule);
    }
    return rules;
}
