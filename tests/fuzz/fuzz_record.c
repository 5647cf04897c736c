/* fuzz_record.c - a stranger's recording: read, written, read again, written the same. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lp/record.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void write_all(struct lp_buf *out, const struct lp_recording *recording)
{
    for (size_t i = 0; i < recording->n; i++) {
        const struct lp_log *log = recording->at[i];
        lp_record_header(out, &log->setup);
        for (size_t k = 0; k < log->n; k++)
            lp_record_evidence(out, log->at[k]);
        lp_record_end(out, &log->end);
    }
}

/* Empty when the text is no recording. */
static struct lp_buf read_and_write(struct lp_str text)
{
    struct lp_buf out = lp_buf_new(SIZE_MAX);
    struct lp_arena arena = { 0 };
    struct lp_recording recording;
    struct lp_error error;
    FILE *file = text.n ? fmemopen((void *)(uintptr_t)text.p, text.n, "r") : NULL;
    struct lp_record_source source = { file, "fuzz", lp_shape_by_name };
    if (file && lp_record_load(&source, &arena, &recording, &error))
        write_all(&out, &recording);
    if (file)
        fclose(file);
    lp_arena_release(&arena);
    return out;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct lp_buf first = read_and_write((struct lp_str){ (const char *)data, size });
    struct lp_buf second = read_and_write(lp_buf_view(&first));
    if (!lp_str_eq(lp_buf_view(&first), lp_buf_view(&second)))
        abort();
    lp_buf_release(&first);
    lp_buf_release(&second);
    return 0;
}
