/* skew.c - a server's clock beside ours */
#include "lp/skew.h"

#include "lp/lang.h"
#include "lp/text.h"

enum { SKEW_MAX = 300 }; /* seconds */

/* The recording's clock at the moment of the answer. */
static lp_utc answered_at(const struct lp_check_input *input)
{
    int64_t elapsed = input->e->elapsed > 0 ? input->e->elapsed : 0;
    return input->setup->clock + (input->e->started + elapsed) / 1000000;
}

bool lp_is_skewed(const struct lp_check_input *input, lp_utc date, struct lp_charge *charge)
{
    char text[24];
    if (input->e->outcome != LP_OK || date == LP_UTC_NONE)
        return false;
    int64_t skew = date - answered_at(input);
    int64_t size = skew < 0 ? -skew : skew;
    if (size <= SKEW_MAX)
        return false;
    lp_format_utc(date, text, sizeof text);
    charge->expected = lp_tell(input->arena, "a clock within five minutes of ours");
    charge->observed =
        lp_tell(input->arena, skew < 0 ? "%s, %lld minutes behind" : "%s, %lld minutes ahead", text,
                (long long)size / 60);
    return true;
}
