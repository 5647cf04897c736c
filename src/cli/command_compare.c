/* command_compare.c - compare: two recordings, or two walks made now, side by side */
#include <stdio.h>

#include "lp/session.h"
#include "lp/text.h"

enum { RECORDED_MAX = LP_RECORD_FILE_MAX };

/* What is compared, pair by pair, in the arena's language. */
struct pairs {
    struct lp_arena *arena;
    struct lp_list compared; /* struct lp_compared */
};

/* What is to be judged. */
struct source {
    const char *name; /* of its file */
    struct lp_recording recording;
};

/* The same, judged. */
struct judged {
    const char *name;
    struct lp_judgement **at;
    size_t n;
};

static void judge(struct lp_arena *arena, const struct source *source, struct judged *out)
{
    const struct lp_recording *recording = &source->recording;
    out->name = source->name;
    out->n = recording->n;
    out->at = lp_arena_array(arena, recording->n, sizeof(struct lp_judgement *));
    for (size_t i = 0; i < recording->n; i++) {
        out->at[i] = lp_arena_alloc(arena, sizeof(struct lp_judgement));
        lp_judge(recording->at[i], arena, out->at[i]);
    }
}

static struct lp_str domain_of(const struct lp_judgement *j)
{
    return j->survey.log->setup.domain;
}

/* ---- pairs ---- */

static void add_pair(struct pairs *p, const struct lp_judgement *first,
                     const struct lp_judgement *second)
{
    struct lp_compared *compared = lp_arena_alloc(p->arena, sizeof *compared);
    lp_compare(first, second, p->arena, compared);
    lp_list_push(p->arena, &p->compared, compared, sizeof *compared);
}

/* The walk of that domain and view; without a view: the only one of that domain. NULL: none, or
 * several. */
static struct lp_judgement *find(const struct judged *in, struct lp_str domain,
                                 const bool *internal)
{
    struct lp_judgement *found = NULL;
    size_t n = 0;
    for (size_t i = 0; i < in->n; i++) {
        bool fits = lp_str_eq(domain_of(in->at[i]), domain) &&
                    (!internal || in->at[i]->survey.internal == *internal);
        if (fits && n++ == 0)
            found = in->at[i];
    }
    return internal || n == 1 ? found : NULL;
}

static bool fail_alone(const struct pairs *p, const struct judged *in,
                       const struct lp_judgement *walk, struct lp_error *error)
{
    return lp_fail(error, lp_tr(p->arena, "%s has no walk to compare with that of %s (%s)"),
                   lp_term(p->arena, lp_str_of(in->name)), lp_term(p->arena, domain_of(walk)),
                   walk->survey.internal ? "internal" : "external");
}

/* By domain and view; a single walk of a domain on both sides is a pair whatever the views. */
static struct lp_judgement *partner(const struct judged *own, const struct judged *other,
                                    const struct lp_judgement *walk)
{
    struct lp_judgement *same = find(other, domain_of(walk), &walk->survey.internal);
    return same || !find(own, domain_of(walk), NULL) ? same : find(other, domain_of(walk), NULL);
}

static bool pair_files(struct pairs *p, const struct judged *a, const struct judged *b,
                       struct lp_error *error)
{
    for (size_t i = 0; i < b->n; i++) {
        if (!partner(b, a, b->at[i]))
            return fail_alone(p, a, b->at[i], error);
    }
    for (size_t i = 0; i < a->n; i++) {
        struct lp_judgement *second = partner(a, b, a->at[i]);
        if (!second)
            return fail_alone(p, b, a->at[i], error);
        add_pair(p, a->at[i], second);
    }
    return true;
}

/* Two walks of each domain in one file, one after the other as they are recorded. */
static bool pair_within(struct pairs *p, const struct judged *in, struct lp_error *error)
{
    for (size_t i = 0; i < in->n; i += 2) {
        if (i + 1 == in->n || !lp_str_eq(domain_of(in->at[i]), domain_of(in->at[i + 1])))
            return fail_alone(p, in, in->at[i], error);
        add_pair(p, in->at[i], in->at[i + 1]);
    }
    return true;
}

static bool pair(struct pairs *p, const struct source *sources, size_t n, struct lp_error *error)
{
    struct judged sides[2] = { { 0 } };
    for (size_t i = 0; i < n; i++)
        judge(p->arena, &sources[i], &sides[i]);
    return n == 2 ? pair_files(p, &sides[0], &sides[1], error) : pair_within(p, &sides[0], error);
}

/* ---- output ---- */

static void render(const void *self, const struct lp_config *config, const struct lp_output *output,
                   struct lp_buf *out)
{
    const struct lp_compare_renderer *format = output ? output->compare : config->compare_format;
    const struct pairs *p = (const struct pairs *)self + (format->speaks && config->lang);
    struct lp_compare_input input = { .at = p->compared.at,
                                      .n = p->compared.n,
                                      .style = lp_style_of_output(config, output) };
    format->render(&input, out);
}

static int write_all(const struct lp_config *config, const struct pairs *p)
{
    struct lp_whole_document document = { p, render };
    const struct lp_compared *at = p->compared.at;
    int status = 0;
    for (size_t i = 0; i < p->compared.n; i++)
        status = lp_worse(status, at[i].exit_code);
    int written = lp_write_whole(config, &document);
    return written ? written : lp_soften(config, status);
}

/* In English, which machines read, and in the language of the run; `failed` when there are no
 * pairs. */
static int compare(const struct lp_config *config, const struct source *sources, size_t n,
                   int failed)
{
    struct lp_arena foreign = { .lang = config->lang };
    struct pairs p[] = { { .arena = config->arena }, { .arena = &foreign } };
    struct lp_error error = { "" };
    bool ok = pair(&p[0], sources, n, &error) && (!config->lang || pair(&p[1], sources, n, &error));
    int status = ok ? write_all(config, p) : lp_complain(&error, failed);
    lp_arena_release(&foreign);
    return status;
}

/* ---- recordings ---- */

static int compare_files(struct lp_config *config)
{
    struct source sources[2] = { { 0 } };
    struct lp_error error = { "" };
    const struct lp_str *words = config->words.at;
    size_t n = config->words.n;
    for (size_t i = 0; i < n; i++) {
        sources[i].name = words[i].p;
        if (!lp_recording_open(config, words[i], &sources[i].recording, &error))
            return lp_complain(&error, LP_EXIT_DATA);
        int refused = lp_recording_apply(config, &sources[i].recording, &error);
        if (refused)
            return lp_complain(&error, refused);
    }
    return compare(config, sources, n, LP_EXIT_DATA);
}

/* ---- live ---- */

static void on_ended(void *self, struct lp_log *log)
{
    lp_record_log(self, log);
}

/* The walks as a recording would give them back. */
static bool record(struct lp_config *config, struct lp_domains *domains, struct lp_recording *out,
                   struct lp_error *error)
{
    struct lp_buf lines = lp_buf_new(RECORDED_MAX);
    struct lp_run_options options = lp_run_options_of(config, domains);
    options.sink = (struct lp_walk_sink){ &lines, on_ended, NULL };
    bool ok = lp_run(&options, error);
    if (ok && *options.interrupted)
        ok = lp_fail(error, lp_in_lang(config, "interrupted"));
    struct lp_record_source source = { NULL, "the walks", lp_shape_by_name };
    source.file = ok && lines.n ? fmemopen(lines.p, lines.n, "r") : NULL;
    if (ok && !source.file)
        ok = lp_fail(error, lp_in_lang(config, "no walk was made"));
    if (ok)
        ok = lp_record_load(&source, config->arena, out, error);
    if (source.file)
        fclose(source.file);
    lp_buf_release(&lines);
    return ok;
}

static int compare_walks(struct lp_config *config, struct lp_domains *domains)
{
    struct source source = { .name = "the run" };
    struct lp_error error = { "" };
    if (!record(config, domains, &source.recording, &error))
        return lp_complain(&error, LP_EXIT_UNDECIDED);
    for (size_t i = 0; config->topology && i < source.recording.n; i++)
        lp_run_expect(source.recording.at[i], config->topology);
    return compare(config, &source, 1, LP_EXIT_UNDECIDED);
}

static int compare_live(struct lp_config *config)
{
    struct lp_domains *domains = NULL;
    struct lp_error error = { "" };
    if (config->zone_files.n) {
        lp_fail(
            &error,
            lp_in_lang(config,
                       "compare takes no --zone-file: record the planned state with check or walk, "
                       "then compare the recordings"));
        return lp_complain(&error, LP_EXIT_USAGE);
    }
    config->apart = true;
    if (!lp_has_random(&error))
        return lp_complain(&error, LP_EXIT_UNDECIDED);
    if (!lp_domains_open(config, &domains, &error))
        return lp_complain(&error, LP_EXIT_USAGE);
    int status = compare_walks(config, domains);
    lp_domains_close(domains);
    return status;
}

int lp_command_compare(struct lp_config *config)
{
    struct lp_error error = { "" };
    bool live = config->servers.n > 0;
    bool fits = live ? config->servers.n == 2 && (config->words.n || config->list_file)
                     : config->words.n == 1 || config->words.n == 2;
    if (!fits) {
        lp_fail(
            &error,
            lp_in_lang(config,
                       "compare needs two recordings (or one of two views), or two name servers "
                       "and a domain: @inside=10.0.0.53 @outside=192.0.2.53 contoso.com"));
        return lp_complain(&error, LP_EXIT_USAGE);
    }
    if (!lp_topology_take_roots(config, &error))
        return lp_complain(&error, LP_EXIT_DATA);
    return live ? compare_live(config) : compare_files(config);
}
