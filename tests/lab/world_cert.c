/* world_cert.c - the certificates of a topology, and what a fault changes in them */
#include "world.h"

#include <string.h>

static void add_names(struct lp_buf *out, const struct lp_list *names)
{
    const struct lp_str *at = names->at;

    for (size_t i = 0; i < names->n; i++) {
        if (out->n > 0)
            lp_buf_char(out, ' ');
        lp_buf_str(out, at[i]);
    }
}

static const char *keep(struct lab_world *world, struct lp_buf *buf)
{
    const char *text = lab_text(world, lp_buf_view(buf));

    lp_buf_release(buf);
    return text;
}

/* One for all servers of a pool, with the names where sources differ as well. */
static struct lab_cert_spec make(struct lab_world *world, const struct lp_expectation *e)
{
    const struct lp_expect_cert *c = &e->cert;
    struct lp_buf names = lp_buf_new(SIZE_MAX);
    struct lab_cert_spec spec = { .cn = lab_text(world, c->subject) };

    add_names(&names, &c->names);
    add_names(&names, &c->members);
    add_names(&names, &c->softer);
    spec.names = keep(world, &names);
    if (spec.cn[0] == '\0')
        spec.cn = lab_text(world, lp_str_sub(lp_str_of(spec.names), 0, strcspn(spec.names, " ")));
    if (spec.names[0] == '\0')
        spec.names = spec.cn;
    spec.issuer = c->root == LP_ROOT_PUBLIC || (c->root == LP_ROOT_ANY && !e->internal)
                      ? LAB_PUBLIC
                      : LAB_PRIVATE;
    spec.ocsp = spec.issuer == LAB_PUBLIC;
    spec.staple = spec.ocsp ? LAB_STAPLE_GOOD : LAB_STAPLE_NONE;
    spec.eku = c->client_auth ? "serverAuth,clientAuth" : NULL;
    return spec;
}

void lab_world_certs(struct lab_world *world)
{
    const struct lp_expectations *all = &world->expect;

    world->certs = lp_arena_array(&world->arena, all->n + 1, sizeof *world->certs);
    for (size_t i = 0; i < all->n; i++)
        if (all->at[i].kind == LP_EXPECT_CERT)
            world->certs[i] = make(world, &all->at[i]);
}

static bool has_word(const char *words, const char *word, size_t len)
{
    for (const char *at = words; at != NULL && *at != '\0'; at += strspn(at, " ")) {
        size_t n = strcspn(at, " ");

        if (n == len && strncmp(at, word, len) == 0)
            return true;
        at += n;
    }
    return false;
}

static const char *names_changed(struct lab_world *world, const char *names,
                                 const struct lab_recert *by)
{
    struct lp_buf out = lp_buf_new(SIZE_MAX);

    for (const char *at = names; *at != '\0'; at += strspn(at, " ")) {
        size_t n = strcspn(at, " ");

        if (!has_word(by->less, at, n)) {
            if (out.n > 0)
                lp_buf_char(&out, ' ');
            lp_buf_add(&out, at, n);
        }
        at += n;
    }
    if (by->more != NULL) {
        lp_buf_char(&out, ' ');
        lp_buf_text(&out, by->more);
    }
    return keep(world, &out);
}

static struct lab_cert_spec changed(struct lab_world *world, const struct lab_cert_spec *from,
                                    const struct lab_recert *by)
{
    struct lab_cert_spec to = by->with;

    if (to.cn == NULL)
        to.cn = from->cn;
    to.names = names_changed(world, to.names == NULL ? from->names : to.names, by);
    if (to.issuer == LAB_SAME)
        to.issuer = from->issuer;
    if (to.eku == NULL)
        to.eku = from->eku;
    return to;
}

/* Peers that shared a certificate share what becomes of it. NULL: no room. */
static const struct lab_cert_spec *change(struct lab_world *world, const struct lab_cert_spec *from,
                                          const struct lab_recert *by)
{
    struct lab_change *c;

    for (size_t i = 0; i < world->change_count; i++)
        if (world->changes[i].by == by && world->changes[i].from == from)
            return &world->changes[i].to;
    if (world->change_count == LAB_CHANGES)
        return NULL;
    c = &world->changes[world->change_count++];
    *c = (struct lab_change){ by, from, changed(world, from, by) };
    return &c->to;
}

static bool apply(struct lab *lab, const struct lab_recert *by)
{
    bool found = false;

    for (size_t i = 0; i < lab->peer_count; i++) {
        struct lab_peer *peer = &lab->peers[i];

        if (peer->cert == NULL || !lab_peer_is(peer, by->tag) ||
            (by->port != 0 && by->port != peer->port))
            continue;
        peer->cert = change(lab->world, peer->cert, by);
        if (peer->cert == NULL)
            return false;
        found = true;
    }
    return found;
}

bool lab_world_recert(struct lab *lab, const char **why)
{
    const struct lab_recert *by = lab->options->fault->recerts;

    *why = "a change of the fault fits no certificate";
    for (; by != NULL && by->tag != NULL; by++)
        if (!apply(lab, by))
            return false;
    return true;
}
