/* csdocs.c - topology documents for tests */
#include "csdocs.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

struct lp_str csdoc_file(struct lp_arena *arena, const char *name)
{
    enum { ROOM = 1 << 20 };
    char path[256];
    (void)snprintf(path, sizeof path, "tests/data/topology/%s", name);
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "%s is missing", path);
    char *room = lp_arena_alloc(arena, ROOM);
    size_t n = fread(room, 1, ROOM, file);
    fclose(file);
    return (struct lp_str){ room, n };
}

static bool take(void *self, char *room, size_t *n, struct lp_error *error)
{
    struct lp_str *rest = self;
    (void)error;
    if (*n > rest->n)
        *n = rest->n;
    if (*n)
        memcpy(room, rest->p, *n);
    *rest = lp_str_sub(*rest, *n, rest->n);
    return true;
}

bool csdoc_read(struct lp_arena *arena, struct lp_str bytes, struct lp_cs_doc *out,
                struct lp_error *error)
{
    struct lp_cs_source source = { "t.xml", &bytes, take };
    return lp_cs_read(&source, arena, out, error);
}

struct lp_str csdoc_utf16(struct lp_arena *arena, struct lp_str text, bool big, bool mark)
{
    char *room = lp_arena_alloc(arena, 2 * text.n + 2);
    size_t n = 0;
    if (mark) {
        room[n++] = big ? '\xfe' : '\xff';
        room[n++] = big ? '\xff' : '\xfe';
    }
    for (size_t i = 0; i < text.n; i++) {
        room[n++] = big ? '\0' : text.p[i];
        room[n++] = big ? text.p[i] : '\0';
    }
    return (struct lp_str){ room, n };
}
