/* topology_notes.c - remarks beside a topology */
#include "lp/topology_notes.h"

#include <stdarg.h>
#include <stdio.h>

void lp_note_add(struct lp_arena *arena, struct lp_list *notes, const char *at, const char *format,
                 ...)
{
    char text[2048];
    if (notes->n == LP_NOTES_MAX)
        return;
    va_list values;
    va_start(values, format);
    vsnprintf(text, sizeof text, format, values);
    va_end(values);
    struct lp_note note = { at, lp_arena_str(arena, lp_str_of(text)) };
    lp_list_push(arena, notes, &note, sizeof note);
}
