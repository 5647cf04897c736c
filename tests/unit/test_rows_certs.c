/* test_rows_certs.c - certificates that a topology asks for */
#include <check.h>
#include <string.h>

#include "rows_rig.h"

Suite *lp_suite_rows_certs(void);

/* One endpoint, pool:444 at 10.0.0.11, and its certificate expectation: subject and names pool and
 * sip, private, no wildcard. */
struct setting {
    struct rig rig;
    struct lp_expectation *cert, *port;
};

static void begin(struct setting *s, const char *line)
{
    struct lp_arena *arena = &s->rig.stage.logs.arena;
    rig_begin(&s->rig, "in", NULL);
    s->rig.stage.lines[s->rig.stage.line_count++] = LP_STR("tcp 10.0.0.11:444 tls=mine");
    s->rig.stage.lines[s->rig.stage.line_count++] = lp_arena_printf(arena, "cert mine %s", line);
    s->cert = rig_cert(&s->rig, "front-end", "pool,sip");
    s->cert->cert.root = LP_ROOT_PRIVATE;
    s->port = rig_port(&s->rig, "pool", 444, "10.0.0.11");
}

static void add(struct setting *s, struct lp_list *names, const char *name)
{
    struct lp_str full = logs_name(&s->rig.stage.logs, lp_str_of(name));
    lp_list_push(&s->rig.stage.logs.arena, names, &full, sizeof full);
}

enum change {
    PLAIN,
    ANY_ROOT,
    PUBLIC_ROOT,
    SAID_PRIVATE, /* by the pool, not the table alone */
    CLIENT,
    WEB_WILDCARD,
    ANY_WILDCARD,
    SOFTER,  /* "chat" */
    ALLOWED, /* "chat" */
    MEMBER,  /* of fe1 and fe2, fe1 */
    BALANCED /* of fe1 and fe2, no one knows which */
};

static void apply(struct setting *s, enum change change)
{
    static const struct lp_pool said = { .role = LP_ROLE_FRONT_END, .root = { "private", 7 } };
    struct lp_expect_cert *c = &s->cert->cert;
    c->root = change == ANY_ROOT ? LP_ROOT_ANY : c->root;
    c->root = change == PUBLIC_ROOT ? LP_ROOT_PUBLIC : c->root;
    c->client_auth = change == CLIENT;
    c->wildcard = change == WEB_WILDCARD ? LP_WILDCARD_WEB : c->wildcard;
    c->wildcard = change == ANY_WILDCARD ? LP_WILDCARD_ANY : c->wildcard;
    if (change == SAID_PRIVATE)
        s->cert->pool = &said;
    if (change == SOFTER)
        add(s, &c->softer, "chat");
    if (change == ALLOWED)
        add(s, &c->allowed, "chat");
    if (change == MEMBER || change == BALANCED) {
        add(s, &c->members, "fe1");
        add(s, &c->members, "fe2");
    }
    if (change == MEMBER)
        s->port->port.member = LP_STR("fe1.contoso.example");
}

static const struct {
    const char *what, *line;
    enum change change;
    const char *state;
} rows[] = {
    { "right", "names=pool,sip ca=private", PLAIN, "met" },
    { "a name is missing", "names=pool ca=private", PLAIN, "unmet LP-CERT-SAN-MISSING" },
    { "one more", "names=pool,sip,chat ca=private", PLAIN, "met" },
    { "one that is allowed", "names=pool,sip,chat ca=private", ALLOWED, "met" },
    { "a softer one is missing", "names=pool,sip ca=private", SOFTER, "unmet LP-CERT-SAN-MISSING" },
    { "subject of another", "names=pool,sip cn=sip ca=private", PLAIN, "unmet LP-CERT-SUBJECT" },
    { "expired", "names=pool,sip ca=private days=-3", PLAIN, "unmet LP-CERT-EXPIRED" },
    { "public where private is usual", "names=pool,sip ca=public", PLAIN, "met" },
    { "public where the file says private", "names=pool,sip ca=public", SAID_PRIVATE,
      "unmet LP-CERT-WRONG-CA" },
    { "private where public is asked", "names=pool,sip ca=private", PUBLIC_ROOT,
      "unmet LP-CERT-WRONG-CA" },
    { "any root", "names=pool,sip ca=public", ANY_ROOT, "met" },
    { "server alone", "names=pool,sip ca=private eku=serverAuth", PLAIN, "met" },
    { "server alone, client asked", "names=pool,sip ca=private eku=serverAuth", CLIENT,
      "unmet LP-CERT-EKU" },
    { "wildcard", "names=pool,sip,*.contoso.example. ca=private", PLAIN, "unmet LP-CERT-WILDCARD" },
    { "wildcard for web names", "names=pool,sip,*.contoso.example. ca=private", WEB_WILDCARD,
      "met" },
    { "wildcard for sign-in names", "names=pool,*.contoso.example. ca=private", WEB_WILDCARD,
      "unmet LP-CERT-WILDCARD" },
    { "wildcard for all", "names=pool,*.contoso.example. ca=private", ANY_WILDCARD, "met" },
    { "its own name", "names=pool,sip,fe1 ca=private", MEMBER, "met" },
    { "the other's name", "names=pool,sip,fe2 ca=private", MEMBER, "unmet LP-CERT-SAN-MISSING" },
    { "any member's name", "names=pool,sip,fe2 ca=private", BALANCED, "met" },
    { "no member's name", "names=pool,sip ca=private", BALANCED, "unmet LP-CERT-SAN-MISSING" },
};

START_TEST(each_certificate)
{
    struct setting s;
    begin(&s, rows[_i].line);
    apply(&s, rows[_i].change);
    const char *ids = rig_judge(&s.rig);
    const char *state = rig_state(&s.rig, s.cert);
    ck_assert_msg(strcmp(state, rows[_i].state) == 0, "%s: %s, with %s", rows[_i].what, state, ids);
    /* the port itself is in order */
    ck_assert_str_eq(rig_state(&s.rig, s.port), "met");
    rig_end(&s.rig);
}
END_TEST

START_TEST(all_missing_names_at_once)
{
    struct setting s;
    begin(&s, "names=chat cn=chat ca=private");
    apply(&s, SOFTER);
    add(&s, &s.cert->cert.names, "meet");
    rig_judge(&s.rig);
    const struct lp_finding *f = &s.rig.judgement.findings[0];
    ck_assert_str_eq(f->rule->id, "LP-CERT-SAN-MISSING");
    ck_assert_str_eq(f->observed.p,
                     "missing: pool.contoso.example, sip.contoso.example, meet.contoso.example");
    const struct lp_str *fix = f->fix.at;
    bool complete = false;
    for (size_t i = 0; i < f->fix.n; i++)
        complete |= stage_holds(fix[i], "pool.contoso.example, sip.contoso.example, "
                                        "meet.contoso.example, chat.contoso.example");
    ck_assert(complete);
    for (size_t i = 1; i < s.rig.judgement.finding_count; i++)
        ck_assert(s.rig.judgement.findings[i].cause == 0 ||
                  s.rig.judgement.findings[i].severity == LP_INFO);
    rig_end(&s.rig);
}
END_TEST

START_TEST(soft_names_are_a_warning)
{
    struct setting s;
    begin(&s, "names=pool,sip ca=private");
    apply(&s, SOFTER);
    rig_judge(&s.rig);
    ck_assert_int_eq(s.rig.judgement.exit_code, 1);
    rig_end(&s.rig);
}
END_TEST

START_TEST(extra_names_are_a_note)
{
    struct setting s;
    begin(&s, "names=pool,sip,chat ca=private");
    rig_judge(&s.rig);
    const struct lp_finding *f = stage_find(&s.rig.judgement, "LP-CERT-SAN-EXTRA", NULL);
    ck_assert_ptr_nonnull(f);
    ck_assert(f->severity == LP_INFO);
    ck_assert_str_eq(f->observed.p, "chat.contoso.example");
    ck_assert_int_eq(s.rig.judgement.exit_code, 0);
    rig_end(&s.rig);
}
END_TEST

START_TEST(nobody_shows_it)
{
    struct setting s;
    begin(&s, "names=pool,sip ca=private");
    s.port->port.address = logs_address("10.0.0.77");
    rig_judge(&s.rig);
    ck_assert_str_eq(rig_state(&s.rig, s.cert), "undecided");
    rig_end(&s.rig);
}
END_TEST

/* Another certificate of the same kind at the second node. */
START_TEST(nodes_differ_only_where_they_must_not)
{
    struct setting s;
    begin(&s, "names=pool,sip ca=private");
    s.rig.stage.lines[s.rig.stage.line_count++] = LP_STR("tcp 10.0.0.12:444 tls=other");
    s.rig.stage.lines[s.rig.stage.line_count++] = LP_STR("cert other names=pool,sip ca=private");
    rig_port(&s.rig, "pool", 444, "10.0.0.12");
    s.cert->cert.shared = _i;
    const char *ids = rig_judge(&s.rig);
    ck_assert_msg((strstr(ids, "LP-CERT-NODES-DIFFER") != NULL) == _i, "%s", ids);
    ck_assert_str_eq(rig_state(&s.rig, s.cert), _i ? "unmet LP-CERT-NODES-DIFFER" : "met");
    rig_end(&s.rig);
}
END_TEST

Suite *lp_suite_rows_certs(void)
{
    Suite *suite = suite_create("rows_certs");
    TCase *tests = tcase_create("all");
    tcase_add_loop_test(tests, each_certificate, 0, (int)LP_COUNT(rows));
    tcase_add_test(tests, all_missing_names_at_once);
    tcase_add_test(tests, soft_names_are_a_warning);
    tcase_add_test(tests, extra_names_are_a_note);
    tcase_add_test(tests, nobody_shows_it);
    tcase_add_loop_test(tests, nodes_differ_only_where_they_must_not, 0, 2);
    suite_add_tcase(suite, tests);
    return suite;
}
