/* clock.c - the monotonic clock, and when a delayed answer is due */
#include "lab.h"

#include <time.h>

int64_t lab_now_us(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* From the arrival of the question on: what the answer costs us to make is not added, since
 * all peers share this process. */
int64_t lab_due_us(const struct lab *lab, unsigned trips)
{
    return lab->came_us + (int64_t)lab->options->delay_ms * 1000 * trips;
}
