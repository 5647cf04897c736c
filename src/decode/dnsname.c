/* dnsname.c - domain names inside a DNS message, with pointers, limits and escapes. */
#include "lp/dnsname.h"

#include "lp/dnsmsg.h"

enum {
    HEADER = 12,
    MAX_OCTETS = 255,   /* RFC 1035 2.3.4, with length octets and the root */
    MAX_TEXT = 4 * 255, /* every octet escaped */
    BUDGET = 64 * 1024, /* steps a message; a full TCP answer of honest names needs less */
};

/* A name being read. */
struct walk {
    size_t at;     /* next octet */
    size_t start;  /* of the present run of labels: pointers must lead before it */
    size_t octets; /* length of the whole name so far */
    size_t n;      /* characters in text */
    char text[MAX_TEXT + 1];
};

struct lp_dns_names lp_dns_names_of(struct lp_str wire)
{
    return (struct lp_dns_names){ .wire = wire, .steps = BUDGET, .why = NULL };
}

static bool refuse(struct lp_dns_names *names, const char *why)
{
    names->why = why;
    return false;
}

/* Printable characters stand for themselves; dots, backslashes and all others are
   \DDD. */
static void put_octet(struct walk *w, uint8_t c)
{
    if (c > ' ' && c < 0x7f && c != '.' && c != '\\') {
        w->text[w->n++] = (char)c;
        return;
    }
    w->text[w->n++] = '\\';
    w->text[w->n++] = (char)('0' + c / 100);
    w->text[w->n++] = (char)('0' + c / 10 % 10);
    w->text[w->n++] = (char)('0' + c % 10);
}

static bool take_label(struct lp_dns_names *names, struct walk *w, size_t length)
{
    const char *p = names->wire.p + w->at + 1;

    if (length > names->wire.n - w->at - 1)
        return refuse(names, "label runs past the end");
    w->octets += length + 1;
    if (w->octets + 1 > MAX_OCTETS)
        return refuse(names, "name over 255 octets");
    if (w->n > 0)
        w->text[w->n++] = '.';
    for (size_t i = 0; i < length; i++)
        put_octet(w, (uint8_t)p[i]);
    w->at += length + 1;
    return true;
}

static bool take_pointer(struct lp_dns_names *names, struct walk *w, size_t high)
{
    if (w->at + 1 >= names->wire.n)
        return refuse(names, "half a pointer");
    size_t target = (high & 0x3f) << 8 | (uint8_t)names->wire.p[w->at + 1];
    if (target >= w->start)
        return refuse(names, "pointer does not lead backwards");
    if (target < HEADER)
        return refuse(names, "pointer into the header");
    w->at = w->start = target;
    return true;
}

/* One octet of length or pointer. *more false: that was the root. */
static bool take_step(struct lp_dns_names *names, struct walk *w, bool *more)
{
    if (w->at >= names->wire.n)
        return refuse(names, "name runs past the end");
    if (names->steps == 0)
        return refuse(names, "too many labels in one message");
    names->steps--;
    size_t octet = (uint8_t)names->wire.p[w->at];
    *more = octet != 0;
    if (octet == 0)
        return true;
    if (octet < 0x40)
        return take_label(names, w, octet);
    if (octet >= 0xc0)
        return take_pointer(names, w, octet);
    return refuse(names, "unknown label type");
}

size_t lp_dns_name_read(struct lp_dns_names *names, size_t at, struct lp_arena *arena,
                        struct lp_str *name)
{
    struct walk w;
    size_t used = 0;
    bool more = true;

    *name = LP_STR_NONE;
    w.at = w.start = at;
    w.octets = w.n = 0;
    while (more) {
        size_t place = w.at;

        if (!take_step(names, &w, &more))
            return 0;
        /* The name ends where it stands at its root or its first pointer. */
        if (used == 0 && (!more || w.at < place))
            used = place - at + (more ? 2 : 1);
    }
    if (arena != NULL)
        *name = lp_arena_str(arena, w.n == 0 ? LP_STR(".") : (struct lp_str){ w.text, w.n });
    return used;
}

size_t lp_dnsmsg_name(struct lp_arena *arena, struct lp_str wire, size_t at, struct lp_str *name)
{
    struct lp_dns_names names = lp_dns_names_of(wire);

    return lp_dns_name_read(&names, at, arena, name);
}
