/* pipe.c - what it costs to write and to read the lines between worker and parent
 *
 * usage: pipe RECORDING
 * One row a kind of evidence: how many the recording has, bytes, microseconds of CPU to write
 * and to read one; the last line has the sum for one walk, in microseconds.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "lp/alloc.h"
#include "lp/record.h"

enum { ROUNDS = 5, REPEATS = 400, MAX_KINDS = 8 };

struct kind {
    const struct lp_shape *shape;
    size_t n, bytes;
    double write_us, read_us;
};

static double cpu_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

/* Leaves one line in out. */
static double time_write(const struct lp_evidence *e, struct lp_buf *out)
{
    double start = cpu_us();
    for (int i = 0; i < REPEATS; i++) {
        lp_buf_clear(out);
        lp_record_evidence(out, e);
    }
    return (cpu_us() - start) / REPEATS;
}

static double time_read(const struct lp_setup *setup, struct lp_str line)
{
    struct lp_arena arena = { 0 };
    struct lp_error error;
    struct lp_log log;
    double start = cpu_us();

    for (int i = 0; i < REPEATS; i++) {
        if (i % 50 == 0)
            lp_arena_release(&arena);
        lp_log_init(&log, &arena);
        log.setup = *setup;
        if (lp_record_read(&log, line, lp_shape_by_name, &error) != LP_LINE_EVIDENCE) {
            fprintf(stderr, "pipe: %s\n", error.text);
            exit(EXIT_FAILURE);
        }
    }
    double each = (cpu_us() - start) / REPEATS;
    lp_arena_release(&arena);
    return each;
}

/* The least of the rounds: what disturbs only adds. */
static void measure(const struct lp_log *log, const struct lp_evidence *e, struct kind *kind)
{
    struct lp_buf out = lp_buf_new(LP_RECORD_LINE_MAX);
    double write = 0, read = 0;

    for (int i = 0; i < ROUNDS; i++) {
        double w = time_write(e, &out);
        double r = time_read(&log->setup, lp_str_sub(lp_buf_view(&out), 0, out.n - 1));
        write = i == 0 || w < write ? w : write;
        read = i == 0 || r < read ? r : read;
    }
    kind->shape = e->shape;
    kind->n++;
    kind->bytes += out.n;
    kind->write_us += write;
    kind->read_us += read;
    lp_buf_release(&out);
}

static struct kind *kind_of(struct kind kinds[MAX_KINDS], const struct lp_shape *shape)
{
    size_t i = 0;
    while (i + 1 < MAX_KINDS && kinds[i].shape && kinds[i].shape != shape)
        i++;
    return &kinds[i];
}

static void print(const struct kind kinds[MAX_KINDS])
{
    double sum = 0;

    for (const struct kind *k = kinds; k < kinds + MAX_KINDS && k->n; k++) {
        double n = (double)k->n;
        printf("%-14s %3zu lines of %6.0f bytes: write %6.2f us, read %6.2f us\n", k->shape->name,
               k->n, (double)k->bytes / n, k->write_us / n, k->read_us / n);
        sum += k->write_us + k->read_us;
    }
    printf("%.0f\n", sum);
}

int main(int argc, char **argv)
{
    struct kind kinds[MAX_KINDS] = { 0 };
    struct lp_arena arena = { 0 };
    struct lp_recording recording;
    struct lp_error error;
    FILE *file = argc == 2 ? fopen(argv[1], "re") : NULL;
    struct lp_record_source source = { file, argv[argc - 1], lp_shape_by_name };

    lp_alloc_hook_json();
    if (!file || !lp_record_load(&source, &arena, &recording, &error)) {
        fprintf(stderr, "usage: pipe RECORDING%s%s\n", file ? "; " : "", file ? error.text : "");
        return EXIT_FAILURE;
    }
    const struct lp_log *log = recording.at[0];
    for (size_t i = 0; i < log->n; i++)
        measure(log, log->at[i], kind_of(kinds, log->at[i]->shape));
    print(kinds);
    fclose(file);
    lp_arena_release(&arena);
    return EXIT_SUCCESS;
}
