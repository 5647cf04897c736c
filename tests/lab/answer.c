/* answer.c - what a name server of the lab answers to one question */
#include "lab.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { NOERROR = 0, FORMERR = 1, SERVFAIL = 2, NXDOMAIN = 3, REFUSED = 5 };
enum { CNAME = 5, OPT = 41 };
enum { QR = 0x8000, AA = 0x0400, RD = 0x0100, RA = 0x0080, OPCODE = 0x7800 };
enum { MAX_HOPS = 16, AT_COUNTS = 4, AT_FLAGS = 2 };

/* What an answer is made of while it grows. */
struct work {
    const struct lab_server *server;
    const struct lab_question *q;
    struct lab_message *m;
    bool edns; /* the answer has an OPT record */
    unsigned rcode;
    unsigned answers;
    unsigned authority;
};

static void set16(struct lab_message *m, size_t at, unsigned value)
{
    m->bytes[at] = (uint8_t)(value >> 8);
    m->bytes[at + 1] = (uint8_t)(value & 0xff);
}

/* Header and question, counts still 0. */
static void begin(struct work *w, const char *question)
{
    memset(w->m, 0, offsetof(struct lab_message, bytes));
    w->m->called = w->q->called;
    lab_put16(w->m, w->q->id);
    for (int i = 0; i < 5; i++)
        lab_put16(w->m, 0);
    lab_put_name(w->m, question, true);
    lab_put16(w->m, w->q->type);
    lab_put16(w->m, 1);
}

/* The OPT record, the counts and the flags. */
static size_t finish(struct work *w)
{
    struct lab_message *m = w->m;
    unsigned flags = QR | RA | (w->q->flags & (RD | OPCODE)) | w->rcode;

    if (w->rcode == NOERROR || w->rcode == NXDOMAIN)
        flags |= AA;
    if (w->edns && w->rcode != FORMERR) {
        lab_put8(m, 0);
        lab_put16(m, OPT);
        lab_put16(m, 1232);
        lab_put32(m, 0);
        lab_put16(m, 0);
    }
    set16(m, AT_FLAGS, flags);
    set16(m, AT_COUNTS, 1);
    set16(m, AT_COUNTS + 2, w->answers);
    set16(m, AT_COUNTS + 4, w->authority);
    set16(m, AT_COUNTS + 6, w->edns && w->rcode != FORMERR);
    return m->len;
}

static size_t plain_rcode(struct work *w, unsigned rcode)
{
    begin(w, w->q->name);
    w->rcode = rcode;
    return finish(w);
}

/* All records of the type at the owner; `name` is what they are called in the answer. */
static unsigned add_records(struct work *w, const char *owner, const char *name, uint16_t type)
{
    unsigned added = 0;

    for (size_t i = 0; i < w->server->node_count; i++) {
        const struct lab_node *node = &w->server->nodes[i];

        if (node->type == type && strcasecmp(node->owner, owner) == 0) {
            lab_put_rr(w->m, name, node);
            added++;
        }
    }
    w->answers += added;
    return added;
}

static const struct lab_node *find(const struct lab_server *server, const char *owner,
                                   uint16_t type)
{
    for (size_t i = 0; i < server->node_count; i++)
        if (server->nodes[i].type == type && strcasecmp(server->nodes[i].owner, owner) == 0)
            return &server->nodes[i];
    return NULL;
}

static void negative(struct work *w, const char *name, bool exists)
{
    w->rcode = exists ? NOERROR : NXDOMAIN;
    lab_put_soa(w->m, lab_zone_apex(w->server, name));
    w->authority++;
}

/* One hop of the alias chain. The next name, or NULL when the answer is complete. */
static const char *hop(struct work *w, const char *name)
{
    char wild[256];
    const char *owner = lab_zone_match(w->server, name, wild, sizeof wild);
    const struct lab_node *alias;

    if (owner != NULL && add_records(w, owner, name, w->q->type) > 0)
        return NULL;
    alias = owner == NULL ? NULL : find(w->server, owner, CNAME);
    if (alias == NULL) {
        negative(w, name, owner != NULL);
        return NULL;
    }
    lab_put_rr(w->m, name, alias);
    w->answers++;
    return alias->data;
}

/* A loop ends when the chain comes back to a name that it had, as name servers do. */
static size_t resolve(struct work *w)
{
    const char *seen[MAX_HOPS + 1] = { w->q->name };
    const char *name = w->q->name;
    size_t hops = 0;

    begin(w, w->q->name);
    while (name != NULL && hops < MAX_HOPS && lab_zone_apex(w->server, name) != NULL) {
        name = hop(w, name);
        for (size_t i = 0; name != NULL && i <= hops; i++)
            if (strcasecmp(seen[i], name) == 0)
                return finish(w);
        seen[++hops] = name;
    }
    return finish(w);
}

/* An answer for another question than the one asked. */
static size_t wrong_question(struct work *w)
{
    static const struct lab_node node = { "", 1, "203.0.113.99" };

    begin(w, "wrong." LAB_DOMAIN);
    lab_put_rr(w->m, "wrong." LAB_DOMAIN, &node);
    w->answers = 1;
    return finish(w);
}

static size_t wrong_owner(struct work *w)
{
    static const struct lab_node node = { "", 1, "203.0.113.99" };

    begin(w, w->q->name);
    lab_put_rr(w->m, "other." LAB_DOMAIN, &node);
    w->answers = 1;
    return finish(w);
}

/* The owner is a compression pointer to itself. */
static size_t pointer_loop(struct work *w)
{
    begin(w, w->q->name);
    lab_put16(w->m, 0xc000 | (unsigned)w->m->len);
    lab_put16(w->m, w->q->type);
    lab_put16(w->m, 1);
    lab_put32(w->m, 300);
    lab_put16(w->m, 4);
    lab_put32(w->m, 0);
    w->answers = 1;
    return finish(w);
}

/* The message ends inside its last record, without TC. */
static size_t cut_short(struct work *w)
{
    static const struct lab_node node = { "", 1, "203.0.113.99" };

    w->edns = false; /* the record is to be the last */
    begin(w, w->q->name);
    lab_put_rr(w->m, w->q->name, &node);
    w->answers = 1;
    return finish(w) - 3;
}

static size_t servfail(struct work *w)
{
    return plain_rcode(w, SERVFAIL);
}

static size_t refused(struct work *w)
{
    return plain_rcode(w, REFUSED);
}

static size_t dropped(struct work *w)
{
    (void)w;
    return 0;
}

static const struct {
    enum lab_trouble type;
    size_t (*answer)(struct work *w);
} troubles[] = {
    { LAB_TYPE_SERVFAIL, servfail },
    { LAB_TYPE_REFUSED, refused },
    { LAB_TYPE_DROP, dropped },
    { LAB_TYPE_LOOP, pointer_loop },
    { LAB_TYPE_OWNER, wrong_owner },
    { LAB_TYPE_SHORT, cut_short },
    { LAB_TYPE_QUESTION, wrong_question },
};

size_t lab_dns_answer(const struct lab *lab, const struct lab_server *server,
                      const struct lab_question *q, struct lab_message *out)
{
    const struct lab_fault *fault = lab->options->fault;
    enum lab_dns_way way = fault->view == server->view ? fault->dns : LAB_DNS_OK;
    struct work w = { .server = server, .q = q, .m = out, .edns = q->edns };

    if (way == LAB_DNS_SILENT)
        return 0;
    if (way == LAB_DNS_NO_EDNS && q->edns)
        return plain_rcode(&w, FORMERR);
    if (lab_zone_apex(server, q->name) == NULL)
        return plain_rcode(&w, REFUSED);
    for (size_t i = 0; i < sizeof troubles / sizeof troubles[0]; i++)
        if (find(server, q->name, (uint16_t)troubles[i].type) != NULL)
            return troubles[i].answer(&w);
    return resolve(&w);
}
