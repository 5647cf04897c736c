/* topology_man.c - the keys of a topology for lyncprobe-topology(5), from the reader's tables */
#include "lp/options.h"
#include "lp/roff.h"
#include "lp/topology_keys.h"

enum { SECTIONS_MAX = 16, SENTENCE_MAX = 1000 };

/* Sections are printed once, however many keys lead to them. */
struct manual {
    struct lp_buf *out;
    const struct lp_section *done[SECTIONS_MAX];
    size_t n;
};

/* The roles that the bits name: "front-end-pools, directors". */
static void put_roles(struct lp_buf *out, uint32_t roles)
{
    const char *between = "";
    for (enum lp_role role = 0; role < LP_ROLE_COUNT; role++) {
        if (!(roles >> role & 1u))
            continue;
        lp_buf_printf(out, "%s%s", between, lp_role_section(role));
        between = ", ";
    }
}

/* In which sections it is, and whether it is needed; "" when there is nothing to say. */
static void put_duty(struct lp_buf *out, const struct lp_key *key)
{
    const uint32_t all = (1u << LP_ROLE_COUNT) - 1;
    const uint32_t others = all & ~key->roles;
    if (key->roles && others) {
        bool few = __builtin_popcount(others) < __builtin_popcount(key->roles);
        lp_buf_text(out, few ? "Not in " : "Only in ");
        put_roles(out, few ? others : key->roles);
        lp_buf_text(out, ". ");
    }
    if (key->needed && key->roles && key->needed != key->roles) {
        lp_buf_text(out, "Needed, but in ");
        put_roles(out, key->roles & ~key->needed);
        lp_buf_text(out, ".");
    } else if (key->needed) {
        lp_buf_text(out, "Needed.");
    }
}

static void put_value(struct lp_buf *out, const struct lp_key *key)
{
    if (!key->section)
        lp_buf_printf(out, "Value: %s.", key->kind->expected);
    else if (key->kind == &lp_kind_map)
        lp_buf_printf(out, "It has the keys of %s.", key->section->title);
    else
        lp_buf_printf(out, "A list; each element has the keys of %s.", key->section->title);
}

static void put_lines(struct lp_buf *out, struct lp_buf *text)
{
    lp_put_roff_text(out, lp_buf_view(text));
    lp_buf_clear(text);
}

static void put_key(struct lp_buf *out, const struct lp_key *key)
{
    struct lp_buf text = lp_buf_new(SENTENCE_MAX);
    lp_buf_text(out, ".TP\n.B ");
    lp_put_roff(out, lp_str_of(key->name));
    lp_buf_char(out, '\n');
    lp_buf_printf(&text, "%s.", key->text);
    put_lines(out, &text);
    put_value(&text, key);
    put_lines(out, &text);
    put_duty(&text, key);
    put_lines(out, &text);
    lp_buf_release(&text);
}

static void put_section(struct manual *m, const struct lp_section *section);

static void put_parts(struct manual *m, const struct lp_section *section)
{
    for (const struct lp_key *key = section->keys; key->name; key++) {
        if (key->section)
            put_section(m, key->section);
    }
}

static void put_section(struct manual *m, const struct lp_section *section)
{
    for (size_t i = 0; i < m->n; i++) {
        if (m->done[i] == section)
            return;
    }
    if (m->n == SECTIONS_MAX)
        return;
    m->done[m->n++] = section;
    lp_buf_printf(m->out, ".SS Keys of %s\n", section->title);
    for (const struct lp_key *key = section->keys; key->name; key++)
        put_key(m->out, key);
    put_parts(m, section);
}

void lp_dump_keys(struct lp_buf *out)
{
    struct manual m = { .out = out };
    put_section(&m, &lp_topology_section);
}
