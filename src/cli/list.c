/* list.c - "lyncprobe list": what the tables hold */
#include <stdio.h>

#include "lp/catalogue.h"
#include "lp/client.h"
#include "lp/expect_parts.h"
#include "lp/lang.h"
#include "lp/options.h"
#include "lp/probe.h"
#include "lp/record.h"

static void list_clients(struct lp_buf *out, const struct lp_arena *arena)
{
    for (size_t i = 0; i < lp_client_count; i++)
        lp_buf_printf(out, "%-12s %s\n%-12s %s%s\n", lp_clients[i].name,
                      lp_tr(arena, lp_clients[i].title), "", lp_tr(arena, "source: "),
                      lp_clients[i].source);
}

static void put_steps(struct lp_buf *out, const struct lp_client *client, const char *view,
                      const struct lp_step *rows)
{
    lp_buf_printf(out, "%s, %s\n", client->name, view);
    for (; rows->label; rows++)
        lp_buf_printf(out, "  %s  %-40s %-4s %s\n", rows->label, rows->pattern,
                      rows->kind == LP_STEP_SRV ? "SRV" : "A", rows->source);
}

static void list_steps(struct lp_buf *out, const struct lp_arena *arena)
{
    for (size_t i = 0; i < lp_client_count; i++) {
        const struct lp_client *c = &lp_clients[i];
        if (c->inside == c->outside) {
            put_steps(out, c, lp_tr(arena, "inside and outside"), c->inside);
            continue;
        }
        put_steps(out, c, lp_tr(arena, "inside"), c->inside);
        put_steps(out, c, lp_tr(arena, "outside"), c->outside);
    }
}

static void list_roles(struct lp_buf *out, const struct lp_arena *arena)
{
    for (int role = 0; role < LP_ROLE_COUNT; role++)
        lp_buf_printf(out, "%-18s %-24s %s\n", lp_role_word((enum lp_role)role),
                      lp_role_section((enum lp_role)role),
                      lp_tr(arena, lp_role_title((enum lp_role)role)));
}

/* "front-end standard-edition" */
static void put_roles(struct lp_buf *out, const struct lp_port_row *row)
{
    if (row->role) {
        lp_buf_text(out, row->role);
        return;
    }
    for (int role = 0, n = 0; role < LP_ROLE_COUNT; role++) {
        if (row->roles & 1U << role)
            lp_buf_printf(out, "%s%s", n++ ? " " : "", lp_role_word((enum lp_role)role));
    }
}

static void put_ports(struct lp_buf *out, const struct lp_arena *arena,
                      const struct lp_port_row *row)
{
    size_t before = out->n;
    for (size_t i = 0; i < LP_COUNT(row->ports) && row->ports[i]; i++)
        lp_buf_printf(out, "%s%lld", !i ? "" : row->either ? "|" : ",", (long long)row->ports[i]);
    if (out->n == before)
        lp_buf_text(out, row->port ? lp_tr(arena, "by the file") : "-");
    lp_buf_printf(out, "%*s", out->n - before < 18 ? (int)(18 - (out->n - before)) : 1, "");
}

/* The ports that a topology asks for; what cannot be probed with the reason. */
static void list_ports(struct lp_buf *out, const struct lp_arena *arena)
{
    for (size_t i = 0; i < lp_port_row_count; i++) {
        const struct lp_port_row *row = &lp_port_rows[i];
        put_ports(out, arena, row);
        lp_buf_printf(out, "%-4s %-14s %s; ", row->udp ? "UDP" : "TCP",
                      row->probe ? row->probe : lp_tr(arena, "not probed"),
                      lp_tr(arena, row->title));
        put_roles(out, row);
        lp_buf_printf(out, "%s%s\n", row->probe ? "" : ": ",
                      row->probe ? "" : lp_tr(arena, row->skip));
    }
}

/* Name, when it is asked, what it is. */
static void list_probes(struct lp_buf *out, const struct lp_arena *arena)
{
    static const char *const when[] = {
        [LP_BESIDE_NONE] = "where named",
        [LP_BESIDE_SIGN_IN] = "beside sign-in",
        [LP_BESIDE_TLS] = "beside TLS",
        [LP_BESIDE_SIP] = "beside SIP",
    };
    for (size_t i = 0; lp_probes[i]; i++)
        lp_buf_printf(out, "%-14s %-15s %-7s %s\n", lp_probes[i]->shape.name,
                      when[lp_probes[i]->beside], lp_probes[i]->on_request ? "--deep" : "",
                      lp_tr(arena, lp_probes[i]->shape.title));
}

static void put_fields(struct lp_buf *out, const struct lp_field *field, int depth)
{
    for (; field->name; field++) {
        lp_buf_printf(out, "%*s%-*s %s\n", 2 * depth, "", 22 - 2 * depth, field->name, field->text);
        if (field->sub)
            put_fields(out, field->sub, depth + 1);
    }
}

static void list_facts(struct lp_buf *out, const struct lp_arena *arena)
{
    const struct lp_shape *const shapes[] = { &lp_shape_dns, &lp_shape_certificate };
    for (size_t i = 0; i < LP_COUNT(shapes); i++) {
        lp_buf_printf(out, "%s: %s\n", shapes[i]->name, lp_tr(arena, shapes[i]->title));
        put_fields(out, shapes[i]->fields, 1);
    }
    for (size_t i = 0; lp_probes[i]; i++) {
        lp_buf_printf(out, "%s: %s\n", lp_probes[i]->shape.name,
                      lp_tr(arena, lp_probes[i]->shape.title));
        put_fields(out, lp_probes[i]->shape.fields, 1);
    }
}

static void list_findings(struct lp_buf *out, const struct lp_arena *arena)
{
    const struct lp_rule *rule;
    for (size_t i = 0; (rule = lp_rule_at(i)); i++)
        lp_buf_printf(out, "%-30s %-9s %s\n", rule->id,
                      lp_tr(arena, lp_severity_word(rule->severity)), lp_tr(arena, rule->title));
}

static const struct {
    const char *name;
    void (*list)(struct lp_buf *out, const struct lp_arena *arena);
} lists[] = {
    { "clients", list_clients },   { "steps", list_steps },   { "roles", list_roles },
    { "ports", list_ports },       { "probes", list_probes }, { "facts", list_facts },
    { "findings", list_findings },
};

static int fail_list(const struct lp_config *config)
{
    struct lp_error error = { "" };
    const char *words[LP_COUNT(lists) + 1] = { NULL };
    const struct lp_str *given = config->words.at;
    for (size_t i = 0; i < LP_COUNT(lists); i++)
        words[i] = lists[i].name;
    if (config->words.n)
        lp_fail_near(&error, "no such list", given[0], words);
    else
        lp_fail(&error,
                lp_in_lang(config,
                           "list needs one of: clients steps roles ports probes facts findings"));
    return lp_complain(&error, LP_EXIT_USAGE);
}

int lp_command_list(struct lp_config *config)
{
    const struct lp_str *words = config->words.at;
    struct lp_arena arena = { .lang = config->lang };
    for (size_t i = 0; i < LP_COUNT(lists) && config->words.n == 1; i++) {
        if (!lp_str_eq(words[0], lp_str_of(lists[i].name)))
            continue;
        struct lp_buf out = lp_buf_new(1 << 20);
        lists[i].list(&out, &arena);
        int status = lp_print_page(config, &out);
        lp_buf_release(&out);
        return status;
    }
    return fail_list(config);
}
