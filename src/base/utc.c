/* utc.c - dates: from and to seconds since 1970, without the C library's state. */
#include "lp/text.h"

#include <stdio.h>

enum { DAY_SECONDS = 86400, ERA_DAYS = 146097, ERA_YEARS = 400 };

static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

struct date {
    int64_t year;
    int month;  /* 1..12 */
    int day;    /* 1..31 */
    int second; /* of the day */
};

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

/*
 * Years begin in March here, so that the leap day is the last of the year; 153 days are
 * five months from March on. 719468 days lie between 0000-03-01 and 1970-01-01.
 */
lp_utc lp_utc_from(int year, int month, int day, int second_of_day)
{
    int64_t y = (int64_t)year - (month <= 2);
    int64_t era = floor_div(y, ERA_YEARS);
    int64_t year_of_era = y - era * ERA_YEARS;
    int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return (era * ERA_DAYS + day_of_era - 719468) * DAY_SECONDS + second_of_day;
}

static struct date date_of(lp_utc t)
{
    int64_t days = floor_div(t, DAY_SECONDS);
    int64_t z = days + 719468;
    int64_t era = floor_div(z, ERA_DAYS);
    int64_t day_of_era = z - era * ERA_DAYS;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t from_march = (5 * day_of_year + 2) / 153;
    int month = (int)(from_march < 10 ? from_march + 3 : from_march - 9);
    return (struct date){
        .year = year_of_era + era * ERA_YEARS + (month <= 2),
        .month = month,
        .day = (int)(day_of_year - (153 * from_march + 2) / 5 + 1),
        .second = (int)(t - days * DAY_SECONDS),
    };
}

/* The first and the last second of the years that have four digits. */
static lp_utc clip(lp_utc t)
{
    lp_utc first = lp_utc_from(0, 1, 1, 0);
    lp_utc last = lp_utc_from(9999, 12, 31, DAY_SECONDS - 1);
    return t < first ? first : t > last ? last : t;
}

void lp_format_utc(lp_utc t, char *out, size_t size)
{
    struct date d = date_of(clip(t));
    if (t == LP_UTC_NONE)
        (void)snprintf(out, size, "-");
    else
        (void)snprintf(out, size, "%04d-%02d-%02dT%02d:%02d:%02dZ", (int)d.year, d.month, d.day,
                       d.second / 3600, d.second / 60 % 60, d.second % 60);
}

void lp_format_day(lp_utc t, char *out, size_t size)
{
    struct date d = date_of(clip(t));
    if (t == LP_UTC_NONE)
        (void)snprintf(out, size, "-");
    else
        (void)snprintf(out, size, "%d %.3s %04d", d.day, &months[(size_t)(d.month - 1) * 3],
                       (int)d.year);
}

/* Number of a three-letter name in a list of such names, from 1; 0: none. */
static int index_of(struct lp_str name, const char *list)
{
    for (size_t at = 0; list[at] != '\0'; at += 3)
        if (lp_str_eq(name, (struct lp_str){ list + at, 3 }))
            return (int)(at / 3) + 1;
    return 0;
}

struct stamp {
    int year, month, day, hour, minute, second;
};

static bool take_number(struct lp_str *s, size_t digits, int *out)
{
    struct lp_str head = lp_str_sub(*s, 0, digits);
    uint64_t value = 0;
    if (digits == 2 && head.n == 2 && head.p[0] == ' ')
        head = lp_str_sub(head, 1, 1); /* asctime pads the day with a blank */
    if (s->n < digits || !lp_str_to_u64(head, 9999, &value))
        return false;
    *out = (int)value;
    *s = lp_str_sub(*s, digits, s->n);
    return true;
}

static bool take_month(struct lp_str *s, int *out)
{
    *out = index_of(lp_str_sub(*s, 0, 3), months);
    *s = lp_str_sub(*s, 3, s->n);
    return *out != 0;
}

/* The word up to a blank or comma: three letters of a week day, or its full name in the
 * old format.
 */
static bool take_weekday(struct lp_str *s)
{
    size_t n = 0;
    while (n < s->n && s->p[n] != ' ' && s->p[n] != ',')
        n++;
    struct lp_str head = lp_str_sub(*s, 0, 3);
    *s = lp_str_sub(*s, n, s->n);
    return n >= 3 && index_of(head, "MonTueWedThuFriSatSun") != 0;
}

/* One letter of a pattern: see the table below. */
static bool take(struct lp_str *s, char what, struct stamp *t)
{
    switch (what) {
    case 'w': return take_weekday(s);
    case 'm': return take_month(s, &t->month);
    case 'd': return take_number(s, 2, &t->day);
    case 'Y': return take_number(s, 4, &t->year);
    case 'y': return take_number(s, 2, &t->year);
    case 'h': return take_number(s, 2, &t->hour);
    case 'i': return take_number(s, 2, &t->minute);
    case 's': return take_number(s, 2, &t->second);
    default: break;
    }
    bool same = s->n > 0 && s->p[0] == what;
    *s = lp_str_sub(*s, 1, s->n);
    return same;
}

/* RFC 9110, section 5.6.7: the preferred form and the two that a recipient must still
 * know. */
static const char *const patterns[] = {
    "w, d m Y h:i:s GMT",
    "w, d-m-y h:i:s GMT",
    "w m d h:i:s Y",
};

static bool matches(struct lp_str s, const char *pattern, struct stamp *t)
{
    for (; *pattern; pattern++)
        if (!take(&s, *pattern, t))
            return false;
    return s.n == 0;
}

static bool is_possible(const struct stamp *t)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = t->year % 4 == 0 && (t->year % 100 != 0 || t->year % 400 == 0);
    int last = days[t->month - 1] + (t->month == 2 && leap);
    return t->day >= 1 && t->day <= last && t->hour <= 23 && t->minute <= 59 && t->second <= 60;
}

lp_utc lp_parse_http_date(struct lp_str s)
{
    for (size_t i = 0; i < LP_COUNT(patterns); i++) {
        struct stamp t = { 0 };
        if (!matches(s, patterns[i], &t))
            continue;
        if (t.year < 100 && i == 1)
            t.year += t.year < 70 ? 2000 : 1900;
        if (!is_possible(&t))
            return LP_UTC_NONE;
        return lp_utc_from(t.year, t.month, t.day, t.hour * 3600 + t.minute * 60 + t.second);
    }
    return LP_UTC_NONE;
}
