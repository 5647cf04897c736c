/* message.c - DNS wire format: reading a question, writing records */
#include "lab.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { HEADER = 12, TTL = 300, POINTER = 0xc000, PLAIN_UDP = 512, EDNS_UDP = 1232 };

static unsigned get16(const uint8_t *p)
{
    return (unsigned)p[0] << 8 | p[1];
}

/* A name without compression, as every resolver sends in a question. Returns the place
 * behind it, 0 when it does not fit. */
static size_t read_name(const uint8_t *bytes, size_t len, size_t at, char *out)
{
    size_t used = 0;

    while (at < len && bytes[at] != 0) {
        size_t label = bytes[at++];

        if (label > 63 || at + label >= len || used + label + 1 > 254)
            return 0;
        if (used > 0)
            out[used++] = '.';
        for (size_t i = 0; i < label; i++)
            out[used++] = (char)tolower(bytes[at + i]);
        at += label;
    }
    out[used] = '\0';
    return at < len ? at + 1 : 0;
}

/* The OPT record comes right behind the question of the resolvers that we serve. */
static void read_edns(const uint8_t *bytes, size_t len, struct lab_question *out)
{
    size_t at = out->end;

    out->limit = PLAIN_UDP;
    if (get16(bytes + 10) == 0 || at + 11 > len || bytes[at] != 0 || get16(bytes + at + 1) != 41)
        return;
    out->edns = true;
    out->limit = get16(bytes + at + 3);
    if (out->limit > EDNS_UDP)
        out->limit = EDNS_UDP;
    if (out->limit < PLAIN_UDP)
        out->limit = PLAIN_UDP;
}

static bool ends_with(const char *name, const char *tail)
{
    size_t n = strlen(name), t = strlen(tail);

    return n >= t && strcasecmp(name + n - t, tail) == 0;
}

/* For runs with many domains: "sip.d17.many.example" is asked of the zone as
 * "sip.contoso.example", and answered as it was asked. */
static void read_alike(struct lab_question *q)
{
    char *label = q->name + strlen(q->name);

    if (!ends_with(q->name, ".many.example"))
        return;
    label -= strlen(".many.example");
    while (label > q->name && label[-1] != '.')
        label--;
    snprintf(q->called, sizeof q->called, "%s", label);
    snprintf(label, sizeof q->name - (size_t)(label - q->name), "%s", LAB_DOMAIN);
}

bool lab_question_read(const uint8_t *bytes, size_t len, struct lab_question *out)
{
    size_t at;

    memset(out, 0, sizeof *out);
    if (len < HEADER || (bytes[2] & 0x80) != 0 || get16(bytes + 4) != 1)
        return false;
    out->id = (uint16_t)get16(bytes);
    out->flags = (uint16_t)get16(bytes + 2);
    at = read_name(bytes, len, HEADER, out->name);
    if (at == 0 || at + 4 > len)
        return false;
    out->type = (uint16_t)get16(bytes + at);
    out->end = at + 4;
    read_edns(bytes, len, out);
    read_alike(out);
    return true;
}

void lab_put8(struct lab_message *m, unsigned value)
{
    if (m->len < sizeof m->bytes)
        m->bytes[m->len++] = (uint8_t)value;
}

void lab_put16(struct lab_message *m, unsigned value)
{
    lab_put8(m, value >> 8 & 0xff);
    lab_put8(m, value & 0xff);
}

void lab_put32(struct lab_message *m, uint32_t value)
{
    lab_put16(m, value >> 16);
    lab_put16(m, value & 0xffff);
}

/* Where `name` was written before; 0: nowhere. */
static unsigned known(const struct lab_message *m, const char *name)
{
    for (size_t i = 0; i < m->names; i++)
        if (strcasecmp(m->name[i], name) == 0)
            return m->at[i];
    return 0;
}

static void remember(struct lab_message *m, const char *name)
{
    if (m->names == sizeof m->at / sizeof m->at[0] || m->len >= 0x3fff)
        return;
    m->at[m->names] = (uint16_t)m->len;
    snprintf(m->name[m->names++], sizeof m->name[0], "%s", name);
}

void lab_put_name(struct lab_message *m, const char *name, bool compress)
{
    char alike[512];

    if (m->called[0] != '\0' && ends_with(name, LAB_DOMAIN)) {
        snprintf(alike, sizeof alike, "%.*s%s", (int)(strlen(name) - strlen(LAB_DOMAIN)), name,
                 m->called);
        name = alike;
    }
    while (*name != '\0') {
        size_t label = strcspn(name, ".");
        unsigned at = compress ? known(m, name) : 0;

        if (at != 0) {
            lab_put16(m, POINTER | at);
            return;
        }
        remember(m, name);
        lab_put8(m, (unsigned)label);
        for (size_t i = 0; i < label; i++)
            lab_put8(m, (unsigned char)name[i]);
        name += label + (name[label] == '.');
    }
    lab_put8(m, 0);
}

static void put_address(struct lab_message *m, int family, const char *text)
{
    uint8_t bytes[16];
    size_t len = family == AF_INET ? 4 : 16;

    if (inet_pton(family, text, bytes) != 1)
        return;
    for (size_t i = 0; i < len; i++)
        lab_put8(m, bytes[i]);
}

/* "priority weight port target"; RFC 2782: the target is not compressed */
static void put_srv(struct lab_message *m, const char *text)
{
    char *rest;

    for (int i = 0; i < 3; i++) {
        lab_put16(m, (unsigned)strtoul(text, &rest, 10));
        text = rest + 1;
    }
    lab_put_name(m, text, false);
}

static void put_text(struct lab_message *m, const char *text)
{
    lab_put8(m, (unsigned)strlen(text));
    for (; *text != '\0'; text++)
        lab_put8(m, (unsigned char)*text);
}

static void put_data(struct lab_message *m, const struct lab_node *node)
{
    if (node->type == 1)
        put_address(m, AF_INET, node->data);
    else if (node->type == 28)
        put_address(m, AF_INET6, node->data);
    else if (node->type == 33)
        put_srv(m, node->data);
    else if (node->type == 16)
        put_text(m, node->data);
    else
        lab_put_name(m, node->data, true);
}

/* The length of what was written behind `at`, into the two bytes at `at`. */
static void put_length(struct lab_message *m, size_t at)
{
    size_t len = m->len - at - 2;

    m->bytes[at] = (uint8_t)(len >> 8);
    m->bytes[at + 1] = (uint8_t)(len & 0xff);
}

void lab_put_rr(struct lab_message *m, const char *owner, const struct lab_node *node)
{
    size_t at;

    lab_put_name(m, owner, true);
    lab_put16(m, node->type);
    lab_put16(m, 1);
    lab_put32(m, TTL);
    at = m->len;
    lab_put16(m, 0);
    put_data(m, node);
    put_length(m, at);
}

void lab_put_soa(struct lab_message *m, const char *apex)
{
    static const uint32_t numbers[] = { 2024010101, 900, 600, 86400, 60 };
    char name[256];
    size_t at;

    lab_put_name(m, apex, true);
    lab_put16(m, 6);
    lab_put16(m, 1);
    lab_put32(m, 60);
    at = m->len;
    lab_put16(m, 0);
    snprintf(name, sizeof name, "ns1.%s", apex);
    lab_put_name(m, name, true);
    snprintf(name, sizeof name, "hostmaster.%s", apex);
    lab_put_name(m, name, true);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        lab_put32(m, numbers[i]);
    put_length(m, at);
}
