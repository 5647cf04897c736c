/* stage.c - a small deployment written as text: lines, DNS, and the loop of a walk */
#include "stage.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

/* clang-format off */
const char stage_outside[] =
    "set view external\n"
    "dns ca.example. A 198.51.100.30\n"
    "tcp 198.51.100.30:80 web\n"
    "page http://ca.example/ca.crl good\n"
    "dns lyncdiscover A 203.0.113.20\n"
    "dns webext A 203.0.113.20\n"
    "dns access A 203.0.113.10\n"
    "dns sip A 203.0.113.10\n"
    "dns _sip._tls SRV 0 0 443 access\n"
    "dns _sipfederationtls._tcp SRV 0 0 5061 access\n"
    "tcp 203.0.113.10:443 tls=edge sip=401\n"
    "tcp 203.0.113.10:5061 tls=edge sip=401\n"
    "tcp 203.0.113.20:80 web\n"
    "tcp 203.0.113.20:443 tls=proxy web\n"
    "cert edge names=access,sip ca=public\n"
    "cert proxy names=webext,lyncdiscover,meet,dialin ca=public\n"
    "page http://lyncdiscover.contoso.example/ "
        AD_REDIRECT("https://webext.contoso.example" AD_SERVICE) "\n"
    "page https://lyncdiscover.contoso.example/ "
        AD_ROOT_OF("External", "webext.contoso.example") "\n"
    "page https://webext.contoso.example" AD_SERVICE " "
        AD_ROOT_OF("External", "webext.contoso.example") "\n"
    "page https://webext.contoso.example" AD_SERVICE "/domain " AD_DOMAIN("") "\n"
    "page https://webext.contoso.example" AD_SERVICE "/user 401\n";

const char stage_inside[] =
    "set view internal\n"
    "dns ca.example. A 198.51.100.30\n"
    "tcp 198.51.100.30:80 web\n"
    "page http://ca.example/ca.crl good\n"
    "dns lyncdiscoverinternal A 10.0.0.30\n"
    "dns webint A 10.0.0.30\n"
    "dns pool A 10.0.0.11; 10.0.0.12\n"
    "dns sip A 10.0.0.11; 10.0.0.12\n"
    "dns _sipinternaltls._tcp SRV 0 0 5061 pool\n"
    "tcp 10.0.0.11:5061 tls=pool sip=401\n"
    "tcp 10.0.0.12:5061 tls=pool sip=401\n"
    "tcp 10.0.0.30:80 web\n"
    "tcp 10.0.0.30:443 tls=web web\n"
    "cert pool names=pool,fe1,fe2,sip ca=private\n"
    "cert web names=webint,lyncdiscoverinternal,lyncdiscover ca=private\n"
    "page http://lyncdiscoverinternal.contoso.example/ "
        AD_REDIRECT("https://webint.contoso.example" AD_SERVICE) "\n"
    "page https://lyncdiscoverinternal.contoso.example/ "
        AD_ROOT_OF("Internal", "webint.contoso.example") "\n"
    "page https://webint.contoso.example" AD_SERVICE " "
        AD_ROOT_OF("Internal", "webint.contoso.example") "\n"
    "page https://webint.contoso.example" AD_SERVICE "/domain " AD_DOMAIN("") "\n"
    "page https://webint.contoso.example" AD_SERVICE "/user 401\n";
/* clang-format on */

/* ---- lines ---- */

static void add_lines(struct stage *s, const char *text)
{
    struct lp_str rest = lp_str_of(text ? text : "");
    while (rest.n) {
        struct lp_str line = lp_str_cut(&rest, '\n');
        if (line.n)
            s->lines[s->line_count++] = line;
    }
}

struct lp_str stage_line(const struct stage *s, const char *kind, struct lp_str name)
{
    for (size_t i = s->line_count; i-- > 0;) {
        struct lp_str rest = s->lines[i];
        if (lp_str_eq(logs_word(&rest, ' '), lp_str_of(kind)) &&
            lp_str_eq(logs_word(&rest, ' '), name))
            return rest;
    }
    return LP_STR_NONE;
}

/* ---- settings ---- */

static void set_only(struct lp_setup *setup, struct lp_str value)
{
    setup->only4 = lp_str_eq(value, LP_STR("4"));
    setup->only6 = lp_str_eq(value, LP_STR("6"));
}

static void set_one(struct stage *s, struct lp_str word, struct lp_str value)
{
    struct lp_setup *setup = &s->logs.log.setup;
    struct lp_str *allow = lp_arena_alloc(&s->logs.arena, sizeof *allow);
    *allow = value;
    if (lp_str_eq(word, LP_STR("client")))
        setup->client = value;
    else if (lp_str_eq(word, LP_STR("view")))
        setup->view = value;
    else if (lp_str_eq(word, LP_STR("domain")))
        setup->domain = value;
    else if (lp_str_eq(word, LP_STR("servers")))
        setup->servers.n = 2;
    else if (lp_str_eq(word, LP_STR("label")))
        setup->label = LP_STR_NONE;
    else if (lp_str_eq(word, LP_STR("only")))
        set_only(setup, value);
    else if (lp_str_eq(word, LP_STR("public")))
        setup->public_store = LP_STR_NONE;
    else if (lp_str_eq(word, LP_STR("private")))
        setup->private_store = LP_STR_NONE;
    else if (lp_str_eq(word, LP_STR("window")))
        setup->window = 60;
    else if (lp_str_eq(word, LP_STR("allow")))
        setup->allow = (struct lp_list){ allow, 1 };
    else
        ck_abort_msg("set %.*s: unknown", (int)word.n, word.p);
}

void stage_begin(struct stage *s, const char *base, const char *changes)
{
    *s = (struct stage){ 0 };
    logs_begin(&s->logs, "external");
    s->lines = lp_arena_array(&s->logs.arena, 400, sizeof *s->lines);
    add_lines(s, base);
    add_lines(s, changes);
    for (size_t i = 0; i < s->line_count; i++) {
        struct lp_str rest = s->lines[i];
        if (!lp_str_eq(logs_word(&rest, ' '), LP_STR("set")))
            continue;
        struct lp_str word = logs_word(&rest, ' ');
        set_one(s, word, rest);
    }
}

void stage_end(struct stage *s)
{
    logs_end(&s->logs);
}

/* ---- DNS ---- */

/* The last line for the name: that of the type, of ANY, or an alias. known: has the
   name any line? */
static struct lp_str find_answer(struct stage *s, const char *kind, struct lp_str name,
                                 const char *type)
{
    struct lp_str found = LP_STR_NONE;
    for (size_t i = s->line_count; i-- > 0;) {
        struct lp_str rest = s->lines[i];
        if (!lp_str_eq(logs_word(&rest, ' '), lp_str_of(kind)) ||
            !lp_str_eq_nocase(logs_name(&s->logs, logs_word(&rest, ' ')), name))
            continue;
        struct lp_str of = logs_word(&rest, ' ');
        if (lp_str_eq(of, lp_str_of(type)) || lp_str_eq(of, LP_STR("ANY")) ||
            lp_str_eq(of, LP_STR("CNAME")))
            return rest;
        found = LP_STR("nodata");
    }
    return found;
}

static struct lp_str look_up(struct stage *s, int64_t server, struct lp_str name, const char *type)
{
    struct lp_str found = LP_STR_NONE;
    if (server > 0)
        found = find_answer(s, "dns1", name, type);
    if (!found.p || (server > 0 && lp_str_eq(found, LP_STR("nodata"))))
        found = find_answer(s, "dns", name, type);
    if (!found.p && lp_name_in_domain(name, LP_STR(LOGS_DOMAIN)) && name.p[0] != '_')
        found = find_answer(s, "dns", LP_STR("*." LOGS_DOMAIN), type);
    return found.p ? found : LP_STR("nxdomain");
}

/* "alias x" goes on with the answer for x, up to 20 times. */
static void answer_dns(struct stage *s, const struct lp_ask *ask)
{
    char text[4096] = "", word[12];
    struct lp_str name = ask->name, answer = LP_STR_NONE;
    const char *type = lp_dns_type_word(ask->type, word);
    for (int hops = 0; hops < 20; hops++) {
        size_t used = strlen(text);
        answer = look_up(s, ask->server, name, type);
        snprintf(text + used, sizeof text - used, "%.*s;", (int)answer.n, answer.p);
        struct lp_str rest = answer;
        if (!lp_str_eq(logs_word(&rest, ' '), LP_STR("alias")) || lp_str_find(rest, ';') != rest.n)
            break;
        name = logs_name(&s->logs, rest);
    }
    logs_answer(&s->logs, logs_add(&s->logs, ask, LP_NONE), text);
}

/* ---- the walk ---- */

static void answer_one(struct stage *s, const struct lp_ask *ask)
{
    if (ask->refused.p) {
        struct lp_evidence *e = logs_add(&s->logs, ask, LP_NOT_TRIED);
        e->why = lp_arena_str(&s->logs.arena, ask->refused);
        if (ask->shape->has_link)
            ((struct lp_link *)e->facts)->connect = LP_NOT_TRIED;
    } else if (ask->probe) {
        stage_answer_peer(s, ask);
    } else {
        answer_dns(s, ask);
    }
}

void stage_run(struct stage *s)
{
    for (int rounds = 0; rounds < 60; rounds++) {
        struct lp_asks asks;
        lp_plan_missing(&s->logs.log, &s->logs.arena, &asks);
        if (!asks.n)
            return;
        for (size_t i = 0; i < asks.n; i++)
            answer_one(s, &asks.at[i]);
    }
    ck_abort_msg("the walk never ends");
}

void stage_judge(struct stage *s, struct lp_judgement *out)
{
    stage_run(s);
    s->logs.log.end = (struct lp_end){ .present = true, .complete = true, .total_us = 1000000 };
    lp_judge(&s->logs.log, &s->logs.arena, out);
}

/* ---- reading the judgement ---- */

bool stage_holds(struct lp_str s, const char *text)
{
    return s.p && memmem(s.p, s.n, text, strlen(text));
}

const struct lp_finding *stage_find(const struct lp_judgement *j, const char *id,
                                    const char *subject)
{
    for (size_t i = 0; i < j->finding_count; i++) {
        if (strcmp(j->findings[i].rule->id, id) == 0 &&
            (!subject || stage_holds(j->findings[i].subject, subject)))
            return &j->findings[i];
    }
    return NULL;
}

const char *stage_ids(struct stage *s, const struct lp_judgement *j)
{
    struct lp_str text = LP_STR("");
    for (size_t i = 0; i < j->finding_count; i++) {
        const struct lp_finding *f = &j->findings[i];
        text = lp_arena_printf(&s->logs.arena, "%s%s%s(%c%s)", text.p, i ? " " : "", f->rule->id,
                               lp_severity_word(f->severity)[0], f->cause == SIZE_MAX ? "" : "<");
    }
    return text.p;
}

const char *stage_base(const char *name)
{
    if (strcmp(name, "out") == 0)
        return stage_outside;
    return strcmp(name, "in") == 0 ? stage_inside : "";
}

void stage_expect(const struct stage_case *c)
{
    struct stage s;
    struct lp_judgement j;
    stage_begin(&s, stage_base(c->base), c->changes);
    stage_judge(&s, &j);
    const char *ids = stage_ids(&s, &j);
    ck_assert_msg(strcmp(ids, c->ids) == 0, "%s:\n found %s\nwanted %s", c->what, ids, c->ids);
    stage_end(&s);
}
