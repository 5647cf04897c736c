/* arena.c - bump allocation in chunks that are freed together. */
#include "lp/arena.h"

#include "lp/alloc.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { CHUNK_BYTES = 32 * 1024 - 64, ALIGNMENT = _Alignof(max_align_t) };

struct lp_chunk {
    struct lp_chunk *next; /* older */
    size_t size;           /* of data */
    size_t at;             /* first free byte of data */
    _Alignas(max_align_t) char data[];
};

static struct lp_chunk *chunk_new(size_t size)
{
    if (size > SIZE_MAX - sizeof(struct lp_chunk))
        lp_out_of_memory();
    struct lp_chunk *chunk = lp_calloc(1, sizeof *chunk + size);
    chunk->size = size;
    return chunk;
}

static bool has_room(const struct lp_chunk *chunk, size_t size)
{
    return chunk && size <= chunk->size - chunk->at;
}

/* A large block gets a chunk of its own behind the newest, whose room is not lost. */
static struct lp_chunk *chunk_for(struct lp_arena *arena, size_t size)
{
    if (has_room(arena->head, size))
        return arena->head;
    if (size <= CHUNK_BYTES / 4 || !arena->head) {
        struct lp_chunk *chunk = chunk_new(size > CHUNK_BYTES ? size : CHUNK_BYTES);
        chunk->next = arena->head;
        arena->head = chunk;
        return chunk;
    }
    struct lp_chunk *own = chunk_new(size);
    own->next = arena->head->next;
    arena->head->next = own;
    return own;
}

void *lp_arena_alloc(struct lp_arena *arena, size_t size)
{
    if (size > SIZE_MAX - ALIGNMENT)
        lp_out_of_memory();
    size_t room = ((size ? size : 1) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    struct lp_chunk *chunk = chunk_for(arena, room);
    void *memory = chunk->data + chunk->at;
    chunk->at += room;
    arena->used += room;
    return memory;
}

void *lp_arena_array(struct lp_arena *arena, size_t count, size_t size)
{
    size_t bytes = 0;
    if (__builtin_mul_overflow(count, size, &bytes))
        lp_out_of_memory();
    return lp_arena_alloc(arena, bytes);
}

struct lp_str lp_arena_str(struct lp_arena *arena, struct lp_str s)
{
    return s.p ? lp_arena_join(arena, &s, 1) : s;
}

struct lp_str lp_arena_printf(struct lp_arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    struct lp_str text = lp_arena_vprintf(arena, format, args);
    va_end(args);
    return text;
}

struct lp_str lp_arena_vprintf(struct lp_arena *arena, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    size_t size = n < 0 ? 0 : (size_t)n;
    char *text = lp_arena_alloc(arena, size + 1);
    (void)vsnprintf(text, size + 1, format, again);
    va_end(again);
    return (struct lp_str){ text, size };
}

struct lp_str lp_arena_join(struct lp_arena *arena, const struct lp_str *parts, size_t n)
{
    size_t size = 0;
    for (size_t i = 0; i < n; i++)
        if (__builtin_add_overflow(size, parts[i].n, &size))
            lp_out_of_memory();
    char *text = lp_arena_alloc(arena, size + 1);
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        if (parts[i].n)
            memcpy(text + at, parts[i].p, parts[i].n);
        at += parts[i].n;
    }
    return (struct lp_str){ text, size };
}

void lp_arena_release(struct lp_arena *arena)
{
    while (arena->head) {
        struct lp_chunk *chunk = arena->head;
        arena->head = chunk->next;
        lp_free(chunk);
    }
    arena->used = 0;
}
