/* world.c - reading the topology that is played, and the copy that lyncprobe gets */
#include "world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PIECE = 65536, V4_BITS = 32, V6_BITS = 128 };

const char *lab_text(struct lab_world *world, struct lp_str s)
{
    return s.p == NULL ? "" : lp_arena_str(&world->arena, s).p;
}

const char *lab_address_text(struct lab_world *world, const struct lp_addr *address)
{
    char text[LP_ADDR_TEXT];

    lp_addr_format(address, text, sizeof text);
    return lab_text(world, lp_str_of(text));
}

static bool read_file(struct lab_world *world, const char *path)
{
    FILE *file = fopen(path, "re");
    struct lp_buf buf = lp_buf_new(LP_TOPOLOGY_FILE_MAX);
    char piece[PIECE];
    size_t got;
    bool ok;

    if (file == NULL)
        return false;
    while ((got = fread(piece, 1, sizeof piece, file)) > 0)
        lp_buf_add(&buf, piece, got);
    ok = ferror(file) == 0 && !buf.cut;
    fclose(file);
    world->bytes = lp_arena_str(&world->arena, lp_buf_view(&buf));
    lp_buf_release(&buf);
    return ok;
}

static bool fill(struct lab_world *world, const char *path)
{
    static const struct lp_expect_scope everything = { .whole = true };
    struct lp_error error;

    if (!read_file(world, path)) {
        fprintf(stderr, "lplab: %s: it cannot be read\n", path);
        return false;
    }
    if (!lp_topology_read(&world->arena,
                          &(struct lp_topology_text){ lp_str_of(path), world->bytes },
                          &world->topology, &error)) {
        fprintf(stderr, "lplab: %s\n", error.text);
        return false;
    }
    lp_expect_make(&world->topology, &everything, &world->arena, &world->expect);
    lab_world_faces(world);
    lab_world_certs(world);
    return true;
}

bool lab_world_start(struct lab *lab)
{
    struct lab_world *world;

    if (lab->options->topology == NULL)
        return true;
    world = calloc(1, sizeof *world);
    if (world == NULL)
        return false;
    lab->world = world;
    return fill(world, lab->options->topology);
}

void lab_world_end(struct lab *lab)
{
    if (lab->world == NULL)
        return;
    lp_arena_release(&lab->world->arena);
    free(lab->world);
    lab->world = NULL;
}

/* Whether all of it could be written: what is to be replaced must be there. */
static bool write_replaced(FILE *file, struct lp_str bytes, const char *const *replace)
{
    const char *found = replace[0] == NULL ? NULL : strstr(bytes.p, replace[0]);
    size_t before = found == NULL ? bytes.n : (size_t)(found - bytes.p);

    fwrite(bytes.p, 1, before, file);
    if (replace[0] == NULL)
        return true;
    if (found == NULL)
        return false;
    fputs(replace[1], file);
    fputs(found + strlen(replace[0]), file);
    return true;
}

/* The fault may append to it: waivers, demands. */
bool lab_world_write(const struct lab *lab)
{
    const struct lab_world *world = lab->world;
    const char *append = lab->options->fault->append;
    char path[640];
    FILE *file;
    bool ok;

    if (world == NULL)
        return true;
    snprintf(path, sizeof path, "%s/topology.yaml", lab->dir);
    file = fopen(path, "we");
    if (file == NULL)
        return false;
    ok = write_replaced(file, world->bytes, lab->options->fault->replace);
    if (append != NULL)
        fputs(append, file);
    return fclose(file) == 0 && ok;
}

static bool add(int device, const struct lp_addr *address)
{
    char text[LP_ADDR_TEXT];

    lp_addr_format(address, text, sizeof text);
    return lab_address_add(device, text, address->family == 4 ? V4_BITS : V6_BITS);
}

static bool add_all(int device, const struct lp_list *addresses, size_t n)
{
    const struct lp_addr *at = addresses->at;

    for (size_t i = 0; i < n; i++)
        if (!add(device, &at[i]))
            return false;
    return true;
}

static bool add_cloud(int device)
{
    return lab_address_add(device, lab_site_find("cloudweb")->v4, V4_BITS) &&
           lab_address_add(device, lab_site_find("cloudsip")->v4, V4_BITS);
}

bool lab_world_addresses(const struct lab *lab, int device)
{
    const struct lp_expectations *all = &lab->world->expect;

    for (size_t i = 0; i < all->n; i++) {
        const struct lp_expectation *e = &all->at[i];
        bool ok = true;

        if (e->kind == LP_EXPECT_DNS && !e->dns.absent)
            ok = add_all(device, &e->dns.addresses, e->dns.planned);
        else if (e->kind == LP_EXPECT_PORT && e->port.address.family != 0)
            ok = add(device, &e->port.address);
        if (!ok)
            return false;
    }
    return lab->world->topology.cloud.n == 0 || add_cloud(device);
}
