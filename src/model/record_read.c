/* record_read.c - one line of a recording into the log; the line is untrusted. */
#include <jansson.h>
#include <string.h>

#include "lp/fieldjson.h"
#include "lp/record.h"
#include "lp/text.h"

/* ---- header and end ---------------------------------------------------------------- */

static bool check_record_word(struct lp_field_reading *r, const json_t *word)
{
    static const char ours[] = "lyncprobe/record/";
    struct lp_str text = { json_string_value(word), json_string_length(word) };
    if (!lp_str_starts_nocase(text, ours))
        return lp_fail(r->error, "not a lyncprobe recording");
    if (!lp_str_eq(text, LP_STR("lyncprobe/record/1")))
        return lp_fail(r->error, "recording of another version (%s); this program reads %s%d",
                       lp_term(r->arena, text), ours, LP_RECORD_VERSION);
    return true;
}

static bool check_setup(const struct lp_field_reading *r, const struct lp_setup *setup)
{
    static const char *const views[] = { "auto", "internal", "external" };
    const struct lp_str *allow = setup->allow.at;
    struct lp_cidr net;
    bool known = false;
    for (size_t i = 0; i < LP_COUNT(views); i++)
        known = known || lp_str_eq(setup->view, lp_str_of(views[i]));
    if (!known)
        return lp_field_refuse(r, "view", "not one of auto, internal, external");
    if (!lp_name_is_host(setup->domain))
        return lp_field_refuse(r, "domain", "not a domain name");
    for (size_t i = 0; i < setup->allow.n; i++)
        if (!lp_cidr_parse(allow[i], &net))
            return lp_field_refuse(r, "allow", "not a list of address ranges");
    return true;
}

static enum lp_line read_header(struct lp_field_reading *r, struct lp_log *log, json_t *line)
{
    struct lp_setup setup = { .version = LP_RECORD_VERSION };
    if (!check_record_word(r, json_object_get(line, "record")) ||
        !lp_fields_read(r, lp_setup_fields, &setup, line) || !check_setup(r, &setup))
        return LP_LINE_BAD;
    log->setup = setup;
    return LP_LINE_HEADER;
}

static enum lp_line read_end(struct lp_field_reading *r, struct lp_log *log, json_t *line)
{
    struct lp_end end = { .present = true };
    if (!json_is_true(json_object_get(line, "end"))) {
        lp_field_refuse(r, "end", "not true");
        return LP_LINE_BAD;
    }
    if (!lp_fields_read(r, lp_end_fields, &end, line))
        return LP_LINE_BAD;
    log->end = end;
    return LP_LINE_END;
}

/* ---- evidence ---------------------------------------------------------------------- */

static const struct lp_field kind_field[] = {
    { "kind", "name of the shape", LP_T_STR, 0, NULL, 0 },
    LP_FIELD_END,
};

/* Not here: facts, whose fields depend on the kind. */
static const struct lp_field entry_fields[] = {
    LP_FIELD(struct lp_evidence, id, "number in order of arrival"),
    LP_FIELD(struct lp_evidence, parent, "number of the evidence that gave rise to it"),
    LP_FIELD(struct lp_evidence, key, "identity of the question"),
    LP_FIELD(struct lp_evidence, outcome, "how it ended"),
    LP_FIELD(struct lp_evidence, why, "more words"),
    LP_FIELD(struct lp_evidence, started, "microseconds after the start of the walk"),
    LP_FIELD(struct lp_evidence, elapsed, "microseconds"),
    LP_FIELD_END,
};

/* "sip access.contoso.com:443 ..." is a key of the kind sip; so is "sip-tcp ...",
 * unless that is a kind itself. Who finds an entry by its key may then take its facts
 * for those of the kind. */
static bool key_fits(struct lp_str key, const struct lp_shape *shape, lp_shape_finder *shapes)
{
    struct lp_str rest = key;
    struct lp_str word = lp_str_cut(&rest, ' ');
    const struct lp_shape *other = shapes(word);
    size_t n = strlen(shape->name);
    if (word.n == key.n || other)
        return other == shape && word.n < key.n;
    return word.n > n && word.p[n] == '-' && memcmp(word.p, shape->name, n) == 0;
}

/* What the types do not say. */
static bool check_entry(const struct lp_field_reading *r, const struct lp_log *log,
                        const struct lp_evidence *e)
{
    const struct lp_dns_facts *dns = lp_dns_of(e);
    int64_t last = log->n ? log->at[log->n - 1]->id : 0;
    int64_t servers = log->setup.servers.n ? (int64_t)log->setup.servers.n : 1;
    if (log->n >= LP_RECORD_EVIDENCE_MAX)
        return lp_fail(r->error, "more than %d entries in one walk", LP_RECORD_EVIDENCE_MAX);
    if (e->id <= last)
        return lp_field_refuse(r, "id", "not greater than the one before");
    if (e->parent < 0 || e->parent >= e->id)
        return lp_field_refuse(r, "parent", "not the id of an entry before");
    if (e->started < 0)
        return lp_field_refuse(r, "started", "negative");
    if (dns && (dns->server < 0 || dns->server >= servers))
        return lp_field_refuse(r, "facts.server", "no such server in the header");
    return true;
}

static bool has_all(const struct lp_field_reading *r, const json_t *line)
{
    static const char *const needed[] = { "kind", "key", "outcome" };
    for (size_t i = 0; i < LP_COUNT(needed); i++)
        if (!json_object_get(line, needed[i]))
            return lp_field_refuse(r, needed[i], "missing");
    return true;
}

/* Shape found and key in order: the facts may be read. */
static bool read_entry(struct lp_field_reading *r, struct lp_evidence *e, json_t *line)
{
    const struct lp_field facts[] = {
        { "facts", NULL, LP_T_STRUCT, 0, e->shape->fields, 0 },
        LP_FIELD_END,
    };
    e->facts = lp_arena_alloc(r->arena, e->shape->size);
    return lp_fields_read(r, entry_fields, e, line) && lp_fields_read(r, facts, e->facts, line);
}

static enum lp_line read_evidence(struct lp_field_reading *r, struct lp_log *log, json_t *line,
                                  lp_shape_finder *shapes)
{
    struct lp_str kind = LP_STR_NONE;
    if (!has_all(r, line) || !lp_fields_read(r, kind_field, &kind, line))
        return LP_LINE_BAD;
    struct lp_evidence *e = lp_arena_alloc(r->arena, sizeof *e);
    e->shape = shapes(kind);
    if (!e->shape)
        return LP_LINE_UNKNOWN_KIND;
    if (!read_entry(r, e, line) || !check_entry(r, log, e))
        return LP_LINE_BAD;
    if (!key_fits(e->key, e->shape, shapes)) {
        lp_field_refuse(r, "key", "does not begin with the kind");
        return LP_LINE_BAD;
    }
    lp_log_add(log, e);
    return LP_LINE_EVIDENCE;
}

/* ---- the line ---------------------------------------------------------------------- */

/* First byte after the string whose opening quote is before `at`, or the end of the
 * line. */
static size_t after_string(struct lp_str line, size_t at)
{
    while (at < line.n) {
        const char *quote = memchr(line.p + at, '"', line.n - at);
        if (!quote)
            return line.n;
        size_t escapes = 0;
        while (quote[-1 - (ptrdiff_t)escapes] == '\\')
            escapes++;
        at = (size_t)(quote - line.p) + 1;
        if (escapes % 2 == 0)
            return at;
    }
    return line.n;
}

/* Bounds what the parser will build, before it does: it goes down by recursion, and a
 * value takes fifty times the room of its "0,". Text that is no JSON may be counted
 * wrong: it is refused later. */
static bool within_bounds(struct lp_str line, struct lp_error *error)
{
    size_t depth = 0, values = 0;
    if (line.n > LP_RECORD_LINE_MAX)
        return lp_fail(error, "line of more than %d bytes", LP_RECORD_LINE_MAX);
    for (size_t i = 0; i < line.n;) {
        char c = line.p[i++];
        if (c == '"')
            i = after_string(line, i);
        else if (c == '[' || c == '{')
            depth++;
        else if ((c == ']' || c == '}') && depth)
            depth--;
        else if (c == ',')
            values++;
        if (depth > LP_RECORD_DEPTH_MAX)
            return lp_fail(error, "nested more than %d deep", LP_RECORD_DEPTH_MAX);
        if (values >= LP_RECORD_VALUES_MAX)
            return lp_fail(error, "more than %d values in a line", LP_RECORD_VALUES_MAX);
    }
    return true;
}

/* NULL: the error is written. Before the header has come, the likely cause is a file of
 * another kind. */
static json_t *parse(const struct lp_log *log, struct lp_str line, struct lp_error *error)
{
    const char *lead = log->setup.version ? "" : "not a lyncprobe recording: ";
    json_error_t found;
    json_t *root =
        json_loadb(line.p ? line.p : "", line.n, JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES, &found);
    if (json_is_object(root))
        return root;
    if (root)
        lp_fail(error, "%snot a JSON object", lead);
    else
        /* the library's own words would quote the file, which may be a secret one */
        lp_fail(error, "%snot JSON at byte %d", lead, found.position);
    json_decref(root);
    return NULL;
}

enum lp_line lp_record_read(struct lp_log *log, struct lp_str line, lp_shape_finder *shapes,
                            struct lp_error *error)
{
    struct lp_field_reading r = { log->arena, error, NULL };
    enum lp_line what = LP_LINE_BAD;
    if (!within_bounds(line, error))
        return what;
    json_t *root = parse(log, line, error);
    if (!root)
        return what;
    if (json_object_get(root, "record"))
        what = read_header(&r, log, root);
    else if (json_object_get(root, "end"))
        what = read_end(&r, log, root);
    else if (json_object_get(root, "id"))
        what = read_evidence(&r, log, root, shapes);
    else
        lp_fail(error, "not a line of a lyncprobe recording");
    json_decref(root);
    return what;
}
