/* recorded.c - the recordings of tests/cases, read and judged */
#include "recorded.h"

#include <check.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lp/record.h"
#include "lp/run.h"

#define FOLDER "tests/cases/"

const struct recorded_names *recorded_names(void)
{
    static struct recorded_names names;
    glob_t found;
    if (names.n)
        return &names;
    if (glob(FOLDER "*.jsonl", 0, NULL, &found) != 0)
        return &names;
    names.at = calloc(found.gl_pathc, sizeof *names.at);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        const char *name = found.gl_pathv[i] + sizeof FOLDER - 1;
        names.at[names.n++] = strndup(name, strlen(name) - sizeof ".jsonl" + 1);
    }
    globfree(&found);
    return &names;
}

struct recorded_path recorded_path(const char *name, const char *ending)
{
    struct recorded_path path;
    (void)snprintf(path.text, sizeof path.text, FOLDER "%s%s", name, ending);
    return path;
}

/* Without the folder in front, so that places are the same wherever the tests run. */
static void expect(struct recorded *recorded, struct lp_log *log, const char *name)
{
    char *text = recorded_slurp(recorded_path(name, ".yaml").text);
    struct lp_topology *topology = lp_arena_alloc(&recorded->arena, sizeof *topology);
    struct lp_error error = { "" };
    if (!text)
        return;
    struct lp_topology_text source = { lp_arena_printf(&recorded->arena, "%s.yaml", name),
                                       lp_arena_str(&recorded->arena, lp_str_of(text)) };
    free(text);
    bool ok = lp_topology_read(&recorded->arena, &source, topology, &error);
    ck_assert_msg(ok, "%s", error.text);
    lp_run_expect(log, topology);
}

void recorded_open(struct recorded *recorded, const char *name)
{
    recorded_open_in(recorded, name, NULL);
}

void recorded_open_in(struct recorded *recorded, const char *name, const struct lp_lang *lang)
{
    struct recorded_path path = recorded_path(name, ".jsonl");
    struct lp_record_source source = { fopen(path.text, "r"), name, lp_shape_by_name };
    struct lp_recording recording = { 0 };
    struct lp_error error = { "" };
    *recorded = (struct recorded){ .arena = { .lang = lang }, .out = lp_buf_new(1 << 24) };
    ck_assert_msg(source.file != NULL, "%s", path.text);
    bool ok = lp_record_load(&source, &recorded->arena, &recording, &error);
    (void)fclose(source.file);
    ck_assert_msg(ok && recording.n == 1, "%s", error.text);
    expect(recorded, recording.at[0], name);
    recorded->log = recording.at[0];
    lp_judge(recorded->log, &recorded->arena, &recorded->judgement);
}

void recorded_close(struct recorded *recorded)
{
    lp_buf_release(&recorded->out);
    lp_arena_release(&recorded->arena);
}

const char *recorded_render(struct recorded *recorded, const char *format)
{
    const struct lp_judgement *walk = &recorded->judgement;
    struct lp_report_input input = { .walks = &walk,
                                     .n = 1,
                                     .style = { .ascii = true, .width = 80 } };
    lp_buf_clear(&recorded->out);
    lp_renderer_by_name(lp_str_of(format))->render(&input, &recorded->out);
    return recorded->out.p;
}

char *recorded_slurp(const char *path)
{
    FILE *file = fopen(path, "r");
    char *text = NULL;
    size_t room = 0;
    if (!file)
        return NULL;
    if (getdelim(&text, &room, '\0', file) < 0) {
        free(text);
        text = strdup("");
    }
    (void)fclose(file);
    return text;
}

bool recorded_is_update(void)
{
    return getenv("UPDATE_CASES") != NULL;
}

void recorded_write(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    ck_assert_msg(file != NULL, "%s", path);
    ck_assert(fputs(text, file) >= 0);
    ck_assert_int_eq(fclose(file), 0);
}
