/* test_expect_poster.c - every row of the poster has its expectation, and no other row
 * has one (both client orders: test_clients.c) */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lp/facts.h"
#include "topologies.h"

Suite *lp_suite_expect_poster(void);

enum { COLUMNS = 10, ROWS = 64 };

/* A table of tests/data/poster: cells[row][column], row 0 is the heading. */
struct table {
    char *text;
    const char *cells[ROWS][COLUMNS];
    int n; /* rows without the heading */
};

static void split_line(struct table *table, char *line)
{
    ck_assert_int_lt(table->n, ROWS);
    for (int i = 0; i < COLUMNS; i++) {
        char *end = line + strcspn(line, "\t");
        table->cells[table->n][i] = line;
        line = *end ? end + 1 : end;
        *end = '\0';
    }
    table->n++;
}

static void table_open(struct table *table, const char *name)
{
    char path[64];
    *table = (struct table){ 0 };
    snprintf(path, sizeof path, "tests/data/poster/%s.tsv", name);
    FILE *f = fopen(path, "r");
    ck_assert_msg(f != NULL, "%s", path);
    table->text = calloc(1, 65536);
    size_t n = fread(table->text, 1, 65535, f);
    fclose(f);
    ck_assert_uint_gt(n, 100);
    char *line = table->text;
    for (char *end; (end = strchr(line, '\n')) != NULL; line = end + 1) {
        *end = '\0';
        split_line(table, line);
    }
    table->n--;
}

static const char *cell(const struct table *table, int row, const char *column)
{
    for (int i = 0; i < COLUMNS; i++) {
        if (!strcmp(table->cells[0][i], column))
            return table->cells[row][i];
    }
    ck_abort_msg("%s", column);
    return "";
}

static struct town town;
static struct table table;

static void open_all(void)
{
    town_of_every_role(&town);
    town_expect(&town);
}

static void close_all(void)
{
    town_close(&town);
    free(table.text);
    table.text = NULL;
}

/* ---- dns ---- */

/* The poster's words for a host that has no pattern. */
static const struct {
    const char *words, *host;
} hosts[] = {
    { "admin URL", "admin.contoso.example" },
    { "meet URL", "meet.contoso.example" },
    { "dial-in URL", "dialin.contoso.example" },
    { "internal Web Services FQDN", "webint.corp.contoso.example" },
    { "external Web Services FQDN", "webext.contoso.example" },
    { "external Web Service FQDN", "webext.contoso.example" },
    { "Access Edge FQDN access.<sip-domain>", "access.contoso.example" },
    { "A/V Edge FQDN av.<sip-domain>", "av.contoso.example" },
    { "Conf Edge FQDN conf.<sip-domain>", "conf.contoso.example" },
    { "pool FQDN", "pool.corp.contoso.example" },
    { "pool IP address", "10.77.0.15 10.77.0.10 10.77.0.13" },
    { "reverse proxy public IP address", "203.0.113.20" },
    { "Access Edge IP address", "203.0.113.10 203.0.113.11" },
    { "A/V Edge IP address", "203.0.113.14 203.0.113.15" },
    { "Conf Edge IP address", "203.0.113.12 203.0.113.13" },
};

/* "sip.<sip-domain>" and "pool.<ad-domain>" in this topology. */
static const char *expand(const char *words)
{
    static char out[128];
    const char *at = strchr(words, '<');
    for (size_t i = 0; i < LP_COUNT(hosts); i++) {
        if (!strcmp(hosts[i].words, words))
            return hosts[i].host;
    }
    if (!at)
        return words;
    snprintf(out, sizeof out, "%.*s%s", (int)(at - words), words,
             strstr(at, "<ad-domain>") ? "corp.contoso.example" : "contoso.example");
    return out;
}

static bool has_word(const char *words, const char *word)
{
    size_t n = strlen(word);
    for (const char *at = words; (at = strstr(at, word)) != NULL; at++) {
        if ((at == words || at[-1] == ' ') && (at[n] == ' ' || at[n] == '\0'))
            return true;
    }
    return false;
}

static const struct lp_expectation *owned(int row)
{
    const struct lp_expectation *e = NULL;
    const char *owner = expand(cell(&table, row, "owner"));
    while ((e = town_row(&town, "dns", row, e)) != NULL) {
        if (lp_str_eq(e->dns.owner, lp_str_of(owner)) && !e->dns.absent)
            return e;
    }
    ck_abort_msg("row %d: no %s", row, owner);
    return NULL;
}

static void check_addresses(const struct lp_expectation *e, const char *words)
{
    const struct lp_addr *at = e->dns.addresses.at;
    ck_assert_uint_ge(e->dns.planned, 1);
    for (size_t i = 0; i < e->dns.addresses.n; i++) {
        char text[LP_ADDR_TEXT];
        lp_addr_format(&at[i], text, sizeof text);
        ck_assert_msg(has_word(expand(words), text), "%s is not %s", text, words);
    }
}

START_TEST(test_dns_row)
{
    table_open(&table, "dns");
    int row = _i;
    const struct lp_expectation *e = owned(row);
    ck_assert_int_eq(table.n, 17);
    ck_assert_int_eq(e->internal, !strcmp(cell(&table, row, "view"), "internal"));
    ck_assert_str_eq(e->title, cell(&table, row, "purpose"));
    ck_assert(!e->optional && strstr(e->source, "poster"));
    if (!strcmp(cell(&table, row, "type"), "SRV")) {
        ck_assert_int_eq(e->dns.type, LP_DNS_SRV);
        ck_assert(has_word(town_names(&town, &e->dns.targets), expand(cell(&table, row, "value"))));
        ck_assert_int_gt(e->dns.port, 0);
    } else {
        const char *words = cell(&table, row, "resolution");
        ck_assert_int_eq(e->dns.type, LP_DNS_A);
        check_addresses(e, *words ? words : "Access Edge IP address");
    }
}
END_TEST

/* ---- certificates ---- */

static const char *const cert_roles[] = { "mediation",       "director",    "branch-appliance",
                                          "persistent-chat", "exchange-um", "edge-internal",
                                          "edge-external",   "front-end",   "office-web-apps",
                                          "reverse-proxy" };

/* The poster's sample names are this topology's, but for these. */
static const char *cert_name(const char *words)
{
    static const char *const other[][2] = {
        { "internal.<ad-domain>", "edge.corp.contoso.example" },
        { "wacsrv.<ad-domain>", "wac.contoso.example" },
        { "fe.<ad-domain>", "fe01.corp.contoso.example" },
    };
    for (size_t i = 0; i < LP_COUNT(other); i++) {
        if (!strcmp(other[i][0], words))
            return other[i][1];
    }
    return expand(words);
}

/* sipinternal is asked for where it is in DNS: domain by domain, the poster and the
 * documentation differ. */
static bool is_asked_for(const struct lp_expect_cert *cert, const char *name)
{
    return has_word(town_names(&town, &cert->names), name) ||
           has_word(town_names(&town, &cert->members), name) ||
           (!strncmp(name, "sipinternal.", 12) && has_word(town_names(&town, &cert->softer), name));
}

START_TEST(test_certificate_row)
{
    table_open(&table, "certificates");
    int row = _i;
    const struct lp_expectation *e = town_row(&town, "certificates", row, NULL);
    ck_assert_int_eq(table.n, 10);
    ck_assert_ptr_nonnull(e);
    ck_assert_ptr_null(town_row(&town, "certificates", row, e));
    ck_assert_str_eq(e->title, cell(&table, row, "role"));
    ck_assert_str_eq(e->cert.role, cert_roles[row - 1]);
    ck_assert(lp_str_eq(e->cert.subject, lp_str_of(cert_name(cell(&table, row, "subject_name")))));
    ck_assert_int_eq(e->cert.client_auth, strstr(cell(&table, row, "eku"), "client") != NULL);
    ck_assert_int_eq(e->cert.root, strcmp(cell(&table, row, "root"), "public CA") ? LP_ROOT_PRIVATE
                                                                                  : LP_ROOT_PUBLIC);
    struct lp_str rest = lp_str_of(cell(&table, row, "subject_alternative_names"));
    while (rest.n) {
        struct lp_str word = lp_arena_str(&town.arena, lp_str_trim(lp_str_cut(&rest, ',')));
        const char *name = cert_name(word.p);
        ck_assert_msg(is_asked_for(&e->cert, name), "row %d: %s", row, name);
    }
}
END_TEST

/* ---- ports ---- */

static const struct {
    const char *words, *role;
} port_roles[] = {
    { "Access Edge", "access-edge" },
    { "Web Conferencing Edge", "web-conferencing-edge" },
    { "A/V Edge", "av-edge" },
    { "Edge Server", "edge-internal" },
    { "Reverse proxy", "reverse-proxy" },
    { "Front End Server", "front-end" },
    { "Mediation Server", "mediation" },
    { "Exchange UM Server", "exchange-um" },
    { "Director", "director" },
    { "Persistent Chat Server", "persistent-chat" },
    { "Persistent Chat Compliance Server", "persistent-chat-compliance" },
    { "Branch Appliance", "branch-appliance" },
    { "Office Web Apps Server", "office-web-apps" },
    { "Back-end SQL Server", "sql" },
    { "AD FS proxy", "adfs-proxy" },
    { "AD FS", "adfs" },
    { "Directory synchronisation", "directory-synchronisation" },
    { "Hardware load balancer", "load-balancer" },
    { "Client", "client" },
};

static const char *port_role(const char *words)
{
    for (size_t i = 0; i < LP_COUNT(port_roles); i++) {
        if (!strcmp(port_roles[i].words, words))
            return port_roles[i].role;
    }
    ck_abort_msg("%s", words);
    return "";
}

/* Is that port expected by the row, and each address of the role by it? */
static size_t count_port(int row, const char *role, int64_t port)
{
    size_t n = 0;
    const struct lp_expectation *e = NULL;
    while ((e = town_row(&town, "ports", row, e)) != NULL)
        n += !strcmp(e->role, role) && (e->port.ports[0] == port || e->port.ports[1] == port);
    return n;
}

/* "443", "50001-50003" (each of them), "443, 4443" (each of them, or either). */
static void check_ports(int row, const char *role, const char *words)
{
    struct lp_str rest = lp_str_of(words);
    while (rest.n) {
        struct lp_str part = lp_str_trim(lp_str_cut(&rest, ','));
        uint64_t from, to;
        ck_assert(lp_str_to_u64(lp_str_cut(&part, '-'), 65535, &from));
        to = from;
        ck_assert(!part.n || lp_str_to_u64(part, 65535, &to));
        for (uint64_t port = from; port <= to; port++)
            ck_assert_msg(count_port(row, role, (int64_t)port) > 0, "row %d: no port %d", row,
                          (int)port);
    }
}

static const char *const balanced[] = { "sip", "web", "http-redirect" };

static void check_probe(const struct lp_expectation *e, const char *words)
{
    bool any = false;
    if (!strcmp(words, "none")) {
        ck_assert(e->skip && *e->skip && !e->port.probe);
        return;
    }
    ck_assert_ptr_null(e->skip);
    for (size_t i = 0; i < LP_COUNT(balanced); i++)
        any = any || !strcmp(e->port.probe, balanced[i]);
    if (!strcmp(words, "as each port above"))
        ck_assert(any);
    else
        ck_assert_str_eq(e->port.probe, words);
}

static bool begins_with(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

START_TEST(test_port_row)
{
    table_open(&table, "ports");
    int row = _i;
    const struct lp_expectation *e = town_row(&town, "ports", row, NULL);
    const char *role = port_role(cell(&table, row, "role"));
    const char *interface = cell(&table, row, "interface"), *probe = cell(&table, row, "probe");
    ck_assert_int_eq(table.n, 59);
    ck_assert_ptr_nonnull(e);
    ck_assert_str_eq(e->role, role);
    ck_assert_int_eq(e->internal, strcmp(interface, "external") != 0);
    ck_assert_msg(begins_with(e->title, cell(&table, row, "workload")), "%s", e->title);
    ck_assert_int_eq(!strcmp(cell(&table, row, "source"), "docs"), !strstr(e->source, "poster"));
    ck_assert_int_eq(!strcmp(cell(&table, row, "source"), "drawing"),
                     strstr(e->source, "drawing") != NULL);
    if (strcmp(probe, "none"))
        check_ports(row, role, cell(&table, row, "port"));
    for (; e; e = town_row(&town, "ports", row, e)) {
        check_probe(e, probe);
        ck_assert(!e->port.closed && !e->port.reserved);
        ck_assert_int_eq(e->port.udp, !strcmp(cell(&table, row, "transport"), "UDP"));
    }
}
END_TEST

/* Every address that the topology gives a role has the ports of its row. */
START_TEST(test_every_address)
{
    static const struct {
        const char *host, *address;
        int64_t port;
    } rows[] = {
        { "pool.corp.contoso.example", "10.77.0.11", 5061 },
        { "pool.corp.contoso.example", "10.77.0.12", 5061 },
        { "pool.corp.contoso.example", "10.77.0.10", 5061 },
        { "webint.corp.contoso.example", "10.77.0.10", 443 },
        { "webext.contoso.example", "10.77.0.12", 4443 },
        { "fe02.corp.contoso.example", "10.77.0.12", 444 },
        { "se.corp.contoso.example", "10.77.0.13", 5062 },
        { "edge02.corp.contoso.example", "10.77.0.22", 50002 },
        { "access.contoso.example", "203.0.113.11", 443 },
        { "conf.contoso.example", "203.0.113.13", 443 },
        { "av.contoso.example", "203.0.113.15", 3478 },
        { "meet.contoso.example", "203.0.113.20", 443 },
        { "webdir.contoso.example", "203.0.113.20", 443 },
        { "wac.contoso.example", "203.0.113.20", 443 },
    };
    for (size_t i = 0; i < LP_COUNT(rows); i++)
        ck_assert_msg(town_port(&town, rows[i].host, rows[i].address, rows[i].port) != NULL,
                      "%s %s %d", rows[i].host, rows[i].address, (int)rows[i].port);
}
END_TEST

/* ---- no row that is not there; sources ---- */

START_TEST(test_no_other_rows)
{
    static const struct {
        const char *table;
        int rows;
    } tables[] = { { "dns", 17 }, { "certificates", 10 }, { "ports", 59 } };
    for (size_t i = 0; i < town.expected.n; i++) {
        const struct lp_expectation *e = &town.expected.at[i];
        const char *const named = e->table;
        ck_assert(!strcmp(named, tables[e->kind].table));
        ck_assert_int_ge(e->row, 0);
        ck_assert_int_le(e->row, tables[e->kind].rows);
        ck_assert_msg(e->row != 0 || !begins_with(e->source, "poster, DNS"), "%s", e->source);
        ck_assert_uint_gt(strlen(e->source), 10);
        ck_assert_uint_gt(strlen(e->title), 2);
        ck_assert_uint_gt(strlen(e->role), 2);
    }
}
END_TEST

Suite *lp_suite_expect_poster(void)
{
    Suite *s = suite_create("expect_poster");
    TCase *t = tcase_create("rows");
    tcase_add_checked_fixture(t, open_all, close_all);
    tcase_add_loop_test(t, test_dns_row, 1, 18);
    tcase_add_loop_test(t, test_certificate_row, 1, 11);
    tcase_add_loop_test(t, test_port_row, 1, 60);
    tcase_add_test(t, test_every_address);
    tcase_add_test(t, test_no_other_rows);
    suite_add_tcase(s, t);
    return s;
}
