/* test_catalogue.c - the rules: complete, well formed, as severe as listed; lookup */
#include <check.h>
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "lp/catalogue.h"

Suite *lp_suite_catalogue(void);

/* Rows of the project's list of findings, as far as they need no topology. */
#define LIST "tests/unit/data/findings.tsv"

static int rule_count(void)
{
    int n = 0;
    while (lp_rule_at((size_t)n))
        n++;
    return n;
}

/* ---- against the list ------------------------------------------------------------- */

START_TEST(test_list)
{
    char line[1000];
    int listed = 0;
    FILE *file = fopen(LIST, "r");
    ck_assert_msg(file != NULL, "no " LIST " (tests run in the top folder)");
    while (fgets(line, sizeof line, file)) {
        struct lp_str rest = lp_str_of(line);
        struct lp_str id = lp_str_cut(&rest, '\t');
        struct lp_str severity = lp_str_cut(&rest, '\t');
        if (!lp_str_starts_nocase(id, "LP-"))
            continue;
        const struct lp_rule *rule = lp_rule_by_id(id);
        ck_assert_msg(rule != NULL, "no rule %.*s", (int)id.n, id.p);
        ck_assert_msg(lp_str_eq(severity, lp_str_of(lp_severity_word(rule->severity))),
                      "%s is listed as %.*s", rule->id, (int)severity.n, severity.p);
        listed++;
    }
    (void)fclose(file);
    ck_assert_int_eq(rule_count(), listed);
}
END_TEST

START_TEST(test_unique)
{
    const struct lp_rule *rule = lp_rule_at((size_t)_i);
    for (int other = 0; other < _i; other++)
        ck_assert_str_ne(lp_rule_at((size_t)other)->id, rule->id);
    ck_assert_ptr_eq(lp_rule_by_id(lp_str_of(rule->id)), rule);
}
END_TEST

START_TEST(test_rank)
{
    static const struct {
        const char *prefix; /* the first that fits counts */
        enum lp_rank rank;
    } rows[] = {
        { "LP-WALK-", LP_RANK_WALK },
        { "LP-DNS-INTERNAL-LEAK", LP_RANK_LEAK },
        { "LP-DNS-", LP_RANK_DNS },
        { "LP-CLOUD-", LP_RANK_DNS },
        { "LP-AD-UNREACHABLE", LP_RANK_UNREACHABLE },
        { "LP-AD-SIP-TARGET-UNREACHABLE", LP_RANK_UNREACHABLE },
        { "LP-AD-FIRST-HOP", LP_RANK_PORT },
        { "LP-AD-", LP_RANK_SPEECH },
        { "LP-PORT-", LP_RANK_PORT },
        { "LP-TLS-", LP_RANK_TLS },
        { "LP-CERT-CRL-UNREACHABLE", LP_RANK_UNREACHABLE },
        { "LP-CERT-", LP_RANK_CERT },
        { "LP-SIP-STS-UNREACHABLE", LP_RANK_UNREACHABLE },
        { "LP-SIP-", LP_RANK_SPEECH },
        { "LP-HTTP-", LP_RANK_SPEECH },
        { "LP-WAC-", LP_RANK_SPEECH },
        { "LP-TURN-", LP_RANK_SPEECH },
        { "LP-XMPP-", LP_RANK_SPEECH },
        { "LP-SQL-", LP_RANK_SPEECH },
        { "LP-RUN-OVERRIDDEN", LP_RANK_OVERRIDDEN },
        { "LP-RUN-", LP_RANK_RUN },
    };
    const struct lp_rule *rule = lp_rule_at((size_t)_i);
    size_t row = 0;
    while (row < LP_COUNT(rows) && !lp_str_starts_nocase(lp_str_of(rule->id), rows[row].prefix))
        row++;
    ck_assert_msg(row < LP_COUNT(rows), "no group for %s", rule->id);
    ck_assert_msg(rule->rank == rows[row].rank, "%s has rank %d", rule->id, (int)rule->rank);
}
END_TEST

/* ---- the texts -------------------------------------------------------------------- */

/* Calls back for every template of a rule. */
static void each_template(const struct lp_rule *rule,
                          void (*visit)(const struct lp_rule *rule, const char *text))
{
    const char *const *tables[] = { rule->fix, rule->then, rule->by_hand };
    visit(rule, rule->why);
    visit(rule, rule->user_sees);
    for (size_t t = 0; t < LP_COUNT(tables); t++)
        for (const char *const *line = tables[t]; line && *line; line++)
            visit(rule, *line);
}

static void check_variables(const struct lp_rule *rule, const char *text)
{
    static const char *const allowed[] = {
        "domain",   "view",     "name",  "type",    "host", "port",  "address",     "target",
        "expected", "observed", "names", "service", "zone", "label", "target_zone", "target_label",
    };
    struct lp_str rest = lp_str_of(text);
    while (lp_str_find(rest, '{') < rest.n) {
        struct lp_str plain = lp_str_cut(&rest, '{');
        ck_assert_msg(lp_str_find(plain, '}') == plain.n, "%s: %s", rule->id, text);
        struct lp_str name = lp_str_cut(&rest, '}');
        size_t i = 0;
        while (i < LP_COUNT(allowed) && !lp_str_eq(name, lp_str_of(allowed[i])))
            i++;
        ck_assert_msg(i < LP_COUNT(allowed), "%s: unknown {%.*s}", rule->id, (int)name.n, name.p);
    }
    ck_assert_msg(lp_str_find(rest, '}') == rest.n, "%s: %s", rule->id, text);
}

static void check_ascii(const struct lp_rule *rule, const char *text)
{
    ck_assert_msg(strlen(text) > 0, "%s: empty text", rule->id);
    ck_assert_msg(strstr(text, "  ") == NULL, "%s: two spaces: %s", rule->id, text);
    for (const char *c = text; *c; c++)
        ck_assert_msg(*c >= 0x20 && *c < 0x7f, "%s: not printable ASCII: %s", rule->id, text);
}

START_TEST(test_texts)
{
    const struct lp_rule *rule = lp_rule_at((size_t)_i);
    ck_assert_ptr_nonnull(rule->title);
    ck_assert_ptr_nonnull(rule->why);
    ck_assert_ptr_nonnull(rule->user_sees);
    ck_assert_ptr_nonnull(rule->source);
    ck_assert_msg(rule->fix && rule->fix[0], "%s: no fix", rule->id);
    ck_assert_msg(rule->by_hand && rule->by_hand[0], "%s: no by_hand", rule->id);
    check_ascii(rule, rule->title);
    check_ascii(rule, rule->source);
    each_template(rule, check_ascii);
    each_template(rule, check_variables);
    ck_assert_msg(strpbrk(rule->title, "{}") == NULL, "%s: variable in the title", rule->id);
    ck_assert_msg(strlen(rule->title) <= 70, "%s: long title", rule->id);
    ck_assert_msg(rule->why[strlen(rule->why) - 1] == '.', "%s: %s", rule->id, rule->why);
    ck_assert_msg(isupper((unsigned char)rule->title[0]), "%s: %s", rule->id, rule->title);
}
END_TEST

static struct lp_str without_guards(const char *text)
{
    struct lp_str step = lp_str_of(text);
    struct lp_str guard;
    while (lp_step_guard(&step, &guard))
        ;
    return step;
}

static void check_guards(const struct lp_rule *rule, const char *text)
{
    static const char *const known[] = { "internal", "external", "sip",      "web",
                                         "premises", "cloud",    "redirect", "denied",
                                         "missing",  "failing",  "gateway" };
    struct lp_str step = lp_str_of(text);
    struct lp_str guard;
    while (lp_step_guard(&step, &guard)) {
        bool good = guard.n > 1 && guard.p[guard.n - 1] == '.';
        for (size_t i = 0; i < LP_COUNT(known); i++)
            good = good || lp_str_eq(guard, lp_str_of(known[i]));
        ck_assert_msg(good, "%s: guard [%.*s]", rule->id, (int)guard.n, guard.p);
    }
}

/* Sentences end like sentences; code has balanced quotes, records a full owner name. */
static void check_step(const struct lp_rule *rule, const char *text)
{
    struct lp_str step = without_guards(text);
    char last = step.p[step.n - 1];
    size_t quotes = 0;
    for (size_t i = 0; i < step.n; i++)
        quotes += step.p[i] == '\'' || step.p[i] == '"';
    struct lp_str rest = step;
    struct lp_str owner = lp_str_cut(&rest, ' ');
    switch (lp_line_kind(step)) {
    case LP_LINE_TEXT:
        ck_assert_msg(strchr(".:?\"", last) != NULL, "%s: no end: %s", rule->id, text);
        break;
    case LP_LINE_RECORD:
        ck_assert_msg(owner.p[owner.n - 1] == '.', "%s: relative owner: %s", rule->id, text);
        ck_assert_msg(strchr(".>}\"", last) != NULL, "%s: relative data: %s", rule->id, text);
        break;
    case LP_LINE_SHELL:
    case LP_LINE_POWERSHELL:
        ck_assert_msg(quotes % 2 == 0, "%s: odd quotes: %s", rule->id, text);
        ck_assert_msg(last != '.', "%s: a sentence? %s", rule->id, text);
        break;
    }
}

START_TEST(test_steps)
{
    const struct lp_rule *rule = lp_rule_at((size_t)_i);
    const char *const *tables[] = { rule->fix, rule->then, rule->by_hand };
    for (size_t t = 0; t < LP_COUNT(tables); t++)
        for (const char *const *line = tables[t]; line && *line; line++) {
            check_guards(rule, *line);
            check_step(rule, *line);
        }
}
END_TEST

/* A command without guards that follows a step with guards would seem to belong to it. */
START_TEST(test_guarded_blocks)
{
    const struct lp_rule *rule = lp_rule_at((size_t)_i);
    for (const char *const *line = rule->fix; line[0] && line[1]; line++)
        ck_assert_msg(line[0][0] != '[' || line[1][0] == '[' ||
                          lp_line_kind(lp_str_of(line[1])) == LP_LINE_TEXT,
                      "%s: %s", rule->id, line[1]);
}
END_TEST

/* Every certificate rule whose cure is a new certificate gives the complete name list. */
START_TEST(test_certificate_names)
{
    static const char *const ids[] = {
        "EXPIRED",  "EXPIRING",    "NAME-MISMATCH", "SUBJECT-NOT-IN-SAN", "EKU", "UNTRUSTED",
        "WRONG-CA", "SELF-SIGNED", "WEAK-KEY",      "WEAK-SIGNATURE",     "PSS", "WILDCARD",
    };
    char id[64];
    struct lp_arena arena = { 0 };
    struct lp_list steps;
    struct lp_vars vars = { .view = LP_STR("external"),
                            .service = LP_STR("sip"),
                            .names = LP_STR("sip.contoso.com, webcon.contoso.com") };
    (void)snprintf(id, sizeof id, "LP-CERT-%s", ids[_i]);
    lp_rule_fix(&arena, lp_rule_by_id(lp_str_of(id)), &vars, &steps);
    const struct lp_str *step = steps.at;
    bool prose = false;
    bool command = false;
    for (size_t i = 0; i < steps.n; i++) {
        if (!memmem(step[i].p, step[i].n, vars.names.p, vars.names.n))
            continue;
        prose = prose || lp_line_kind(step[i]) == LP_LINE_TEXT;
        command = command || lp_str_starts_nocase(step[i], "Request-CsCertificate ");
    }
    ck_assert(prose);
    ck_assert(command);
    lp_arena_release(&arena);
}
END_TEST

/* ---- lookup ----------------------------------------------------------------------- */

START_TEST(test_by_id)
{
    static const struct {
        const char *word, *id;
    } rows[] = {
        { "LP-CERT-EXPIRED", "LP-CERT-EXPIRED" },
        { "lp-cert-expired", "LP-CERT-EXPIRED" },
        { "cert-expired", "LP-CERT-EXPIRED" },
        { "Walk-OK", "LP-WALK-OK" },
        { "LP-CERT-EXPIRE", NULL },
        { "LP-", NULL },
        { "LP-LP-CERT-EXPIRED", NULL },
        { "", NULL },
    };
    for (size_t i = 0; i < LP_COUNT(rows); i++) {
        const struct lp_rule *rule = lp_rule_by_id(lp_str_of(rows[i].word));
        ck_assert_pstr_eq(rule ? rule->id : NULL, rows[i].id);
    }
}
END_TEST

START_TEST(test_nearest)
{
    static const struct {
        const char *word, *id;
    } rows[] = {
        { "LP-CERT-EXPIERD", "LP-CERT-EXPIRED" },
        { "cert-expird", "LP-CERT-EXPIRED" },
        { "lp-dns-srvfail", "LP-DNS-SERVFAIL" },
        { "port-close", "LP-PORT-CLOSED" },
        { "tlsold", "LP-TLS-OLD" },
        { "AD-BODI", "LP-AD-BODY" },
    };
    for (size_t i = 0; i < LP_COUNT(rows); i++)
        ck_assert_str_eq(lp_rule_nearest(lp_str_of(rows[i].word)), rows[i].id);
    ck_assert_ptr_nonnull(lp_rule_nearest(LP_STR_NONE));
}
END_TEST

START_TEST(test_end)
{
    ck_assert_ptr_null(lp_rule_at((size_t)rule_count()));
    ck_assert_ptr_null(lp_rule_at(SIZE_MAX));
}
END_TEST

Suite *lp_suite_catalogue(void)
{
    Suite *suite = suite_create("catalogue");
    TCase *tc = tcase_create("rules");
    tcase_add_test(tc, test_list);
    tcase_add_loop_test(tc, test_unique, 0, rule_count());
    tcase_add_loop_test(tc, test_rank, 0, rule_count());
    tcase_add_loop_test(tc, test_texts, 0, rule_count());
    tcase_add_loop_test(tc, test_steps, 0, rule_count());
    tcase_add_loop_test(tc, test_guarded_blocks, 0, rule_count());
    tcase_add_loop_test(tc, test_certificate_names, 0, 12);
    tcase_add_test(tc, test_by_id);
    tcase_add_test(tc, test_nearest);
    tcase_add_test(tc, test_end);
    suite_add_tcase(suite, tc);
    return suite;
}
