/* say_standing.c - what a report says of a certificate's revocation */
#include "lp/say_standing.h"

#include "lp/lang.h"
#include "lp/text.h"

/* Where the answer came from. */
static struct lp_str say_place(struct lp_arena *arena, const struct lp_source *s)
{
    const char *url = lp_term(arena, s->url);
    if (s->kind == LP_SOURCE_STAPLE)
        return lp_tell(arena, "stapled");
    return s->kind == LP_SOURCE_OCSP ? lp_tell(arena, "asked at %s", url)
                                     : lp_tell(arena, "list at %s", url);
}

static struct lp_str say_verdict(struct lp_arena *arena, const struct lp_source *s)
{
    char day[24];
    if (s->state == LP_SOURCE_GOOD)
        return lp_tell(arena, "good");
    if (s->state == LP_SOURCE_FAILED)
        return lp_tell(arena, "no use (%s)", lp_source_trouble(arena, s).p);
    lp_format_day(s->revoked_at, day, sizeof day);
    return lp_tell(arena, "revoked since %s%s", day, lp_tr(arena, lp_reason_words(s->reason)));
}

/* "" where there is nothing to add. */
static struct lp_str say_until(struct lp_arena *arena, const struct lp_source *s)
{
    char day[24];
    if (s->state != LP_SOURCE_GOOD || lp_source_until(s) == LP_UTC_NONE)
        return LP_STR("");
    lp_format_day(lp_source_until(s), day, sizeof day);
    return lp_tell(arena, ", valid until %s", day);
}

struct lp_str lp_say_source(struct lp_arena *arena, const struct lp_source *s)
{
    const char *unchecked =
        s->unsigned_ && s->state != LP_SOURCE_FAILED ? lp_tr(arena, ", signature not checked") : "";
    if (s->state == LP_SOURCE_OPEN)
        return LP_STR_NONE;
    return lp_arena_printf(arena, "%s: %s, %s%s%s", s->kind == LP_SOURCE_LIST ? "CRL" : "OCSP",
                           say_verdict(arena, s).p, say_place(arena, s).p, say_until(arena, s).p,
                           unchecked);
}

struct lp_str lp_say_standing(const struct lp_log *log, struct lp_arena *arena,
                              const struct lp_shown *shown)
{
    const struct lp_standing *standing = lp_standing_find(log, arena, shown->e, 0);
    struct lp_str all = LP_STR_NONE;
    for (size_t i = 0; i < standing->n; i++) {
        struct lp_str one = lp_say_source(arena, &standing->at[i]);
        struct lp_str parts[] = { all, all.n ? LP_STR("; ") : LP_STR(""), one };
        if (one.p)
            all = lp_arena_join(arena, parts, LP_COUNT(parts));
    }
    return all;
}
