/* alloc.c - the allocator that never returns NULL; failure injection for tests. */
#include "lp/alloc.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The one exception from "no mutable globals": the hooks of libraries carry no context.
 */
static bool in_worker;

enum { EXIT_PARENT_NO_MEMORY = 3 }; /* the exit code of "undecided" */

void lp_out_of_memory(void)
{
    static const char message[] = "lyncprobe: out of memory\n";
    if (in_worker)
        _exit(LP_EXIT_NO_MEMORY);
    ssize_t written = write(STDERR_FILENO, message, sizeof message - 1);
    (void)written;
    _exit(EXIT_PARENT_NO_MEMORY);
}

enum owner { OURS, LIBRARY };

#ifndef LP_OOM

static void *take(size_t size, enum owner owner)
{
    (void)owner;
    void *memory = size <= PTRDIFF_MAX ? malloc(size) : NULL;
    if (!memory)
        lp_out_of_memory();
    return memory;
}

static void *take_zeroed(size_t size, enum owner owner)
{
    (void)owner;
    void *memory = size <= PTRDIFF_MAX ? calloc(1, size) : NULL;
    if (!memory)
        lp_out_of_memory();
    return memory;
}

static void *resize(void *memory, size_t size)
{
    void *moved = size <= PTRDIFF_MAX ? realloc(memory, size) : NULL;
    if (!moved)
        lp_out_of_memory();
    return moved;
}

void lp_free(void *memory)
{
    free(memory);
}

void lp_alloc_in_worker(void)
{
    in_worker = true;
}

#else

#include <stdatomic.h>
#include <stdio.h>
#include <sys/mman.h>

enum side { SIDE_ANY, SIDE_WORKER, SIDE_PARENT };

/* Stands before each block. `side` is who took it: a worker inherits the parent's blocks
   by fork and must not count them as its own. */
struct header {
    _Alignas(max_align_t) size_t size;
    uint32_t magic;
    uint8_t side;
    uint8_t owner;
};

enum { MAGIC = 0x4c794e43, DEAD = 0x44656164 };

static struct {
    _Atomic uint64_t *points; /* in a page shared with the workers; NULL: not armed */
    uint64_t at;              /* 0: only count */
    bool forever;
    enum side counted;
    int report_fd; /* -1: none */
    int64_t live;  /* of ours, taken by this process */
} oom = { .report_fd = -1 };

static enum side my_side(void)
{
    return in_worker ? SIDE_WORKER : SIDE_PARENT;
}

static bool refused(void)
{
    if (!oom.points || (oom.counted != SIDE_ANY && oom.counted != my_side()))
        return false;
    uint64_t n = atomic_fetch_add(oom.points, 1) + 1;
    return oom.at && (oom.forever ? n >= oom.at : n == oom.at);
}

static void note_live(const struct header *block, int64_t step)
{
    if (block->owner == OURS && block->side == (uint8_t)my_side())
        oom.live += step;
}

static void *take(size_t size, enum owner owner)
{
    bool fits = size <= PTRDIFF_MAX - sizeof(struct header);
    struct header *block = fits && !refused() ? malloc(sizeof *block + size) : NULL;
    if (!block)
        lp_out_of_memory();
    *block = (struct header){ size, MAGIC, (uint8_t)my_side(), (uint8_t)owner };
    note_live(block, 1);
    return block + 1;
}

static void *take_zeroed(size_t size, enum owner owner)
{
    return memset(take(size, owner), 0, size);
}

/* A block that is freed twice, or that another allocator gave out, is named here and not
 * later. */
static struct header *header_of(void *memory)
{
    struct header *block = (struct header *)memory - 1;
    if (block->magic != MAGIC) {
        static const char message[] = "lyncprobe: a block was freed twice or is not ours\n";
        ssize_t written = write(STDERR_FILENO, message, sizeof message - 1);
        (void)written;
        abort();
    }
    return block;
}

void lp_free(void *memory)
{
    if (!memory)
        return;
    struct header *block = header_of(memory);
    note_live(block, -1);
    block->magic = DEAD;
    free(block);
}

static void *resize(void *memory, size_t size)
{
    struct header *block = header_of(memory);
    void *moved = take(size, (enum owner)block->owner);
    memcpy(moved, memory, size < block->size ? size : block->size);
    lp_free(memory);
    return moved;
}

void lp_alloc_in_worker(void)
{
    in_worker = true;
    oom.live = 0;
}

void lp_alloc_report(void)
{
    char line[64];
    if (oom.report_fd < 0 || !oom.points)
        return;
    int n = snprintf(line, sizeof line, "points %llu live %lld\n",
                     (unsigned long long)atomic_load(oom.points), (long long)oom.live);
    ssize_t written = write(oom.report_fd, line, (size_t)n);
    (void)written;
}

static uint64_t number_of(const char *variable, uint64_t unset)
{
    uint64_t value = unset;
    return lp_str_to_u64(lp_str_of(getenv(variable)), INT32_MAX, &value) ? value : unset;
}

static bool variable_is(const char *variable, const char *value)
{
    return lp_str_eq(lp_str_of(getenv(variable)), lp_str_of(value));
}

void lp_alloc_arm_from_environment(void)
{
    void *page =
        mmap(NULL, sizeof *oom.points, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED)
        lp_out_of_memory();
    oom.points = page;
    oom.at = number_of("LP_OOM_AT", 0);
    oom.forever = variable_is("LP_OOM_MODE", "forever");
    oom.counted = variable_is("LP_OOM_SIDE", "worker")   ? SIDE_WORKER
                  : variable_is("LP_OOM_SIDE", "parent") ? SIDE_PARENT
                                                         : SIDE_ANY;
    uint64_t fd = number_of("LP_OOM_REPORT", INT32_MAX);
    oom.report_fd = fd == INT32_MAX ? -1 : (int)fd;
    if (oom.report_fd >= 0 && atexit(lp_alloc_report) != 0)
        lp_out_of_memory();
}

#endif

static size_t product(size_t count, size_t size)
{
    size_t bytes = 0;
    if (__builtin_mul_overflow(count, size, &bytes))
        lp_out_of_memory();
    return bytes;
}

void *lp_malloc(size_t size)
{
    return size ? take(size, OURS) : NULL;
}

void *lp_calloc(size_t count, size_t size)
{
    size_t bytes = product(count, size);
    return bytes ? take_zeroed(bytes, OURS) : NULL;
}

void *lp_realloc(void *memory, size_t size)
{
    if (!memory)
        return lp_malloc(size);
    if (size)
        return resize(memory, size);
    lp_free(memory);
    return NULL;
}

static char *duplicate(const char *text, enum owner owner)
{
    size_t size = strlen(text) + 1;
    return memcpy(take(size, owner), text, size);
}

char *lp_strdup(const char *text)
{
    return duplicate(text, OURS);
}

void *lp_lib_malloc(size_t size)
{
    return take(size ? size : 1, LIBRARY);
}

void *lp_lib_calloc(size_t count, size_t size)
{
    size_t bytes = product(count, size);
    return take_zeroed(bytes ? bytes : 1, LIBRARY);
}

void *lp_lib_realloc(void *memory, size_t size)
{
    if (!memory)
        return lp_lib_malloc(size);
    return resize(memory, size ? size : 1);
}

char *lp_lib_strdup(const char *text)
{
    return duplicate(text, LIBRARY);
}
