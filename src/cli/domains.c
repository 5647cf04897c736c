/* domains.c - where the walks come from: words, list file, views */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "lp/alloc.h"
#include "lp/options.h"
#include "lp/text.h"

enum {
    LINE_MAX_OCTETS = 255, /* a domain is no longer */
    SEEN_ROOM = 4096,      /* first size of the table of domains that were given out */
};

/* One walk still to be handed out for the domain at hand: which servers, which view. */
struct turn {
    struct lp_list servers;
    struct lp_str view;
};

struct lp_domains {
    struct lp_config *config;
    FILE *file; /* the list; NULL none */
    struct lp_arena own;
    struct lp_str *seen; /* domains given out, by hash; unset: free */
    size_t seen_n, seen_room;
    size_t word; /* next word */
    size_t line; /* of the list */
    size_t refused;
    struct turn turns[2];
    size_t turn_n, turn;
    struct lp_str domain, unicode; /* at hand, in own */
};

/* ---- which walks a domain gets ---- */

static const struct lp_server *labelled(const struct lp_config *c, const char *label)
{
    const struct lp_server *servers = c->servers.at;
    for (size_t i = 0; i < c->servers.n; i++) {
        if (lp_str_eq(servers[i].label, lp_str_of(label)))
            return &servers[i];
    }
    return NULL;
}

/* Servers named inside and outside are two views and two walks (DESIGN 4 "Several servers"). */
static void set_turns(struct lp_domains *d)
{
    const struct lp_server *inside = labelled(d->config, "inside"),
                           *outside = labelled(d->config, "outside");
    if (inside && outside) {
        d->turns[0].view = LP_STR("internal");
        lp_list_push(&d->own, &d->turns[0].servers, inside, sizeof *inside);
        d->turns[1].view = LP_STR("external");
        lp_list_push(&d->own, &d->turns[1].servers, outside, sizeof *outside);
        d->turn_n = 2;
    } else {
        d->turns[0].view = d->config->view;
        d->turns[0].servers = d->config->servers;
        if (!d->config->servers.n)
            lp_server_system(&d->own, &d->turns[0].servers);
        d->turn_n = 1;
    }
    d->turn = d->turn_n;
}

/* ---- each domain once ---- */

static size_t hash_of(struct lp_str s)
{
    uint64_t h = 1469598103934665603u;
    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)s.p[i]) * 1099511628211u;
    return (size_t)h;
}

static bool put_seen(struct lp_str *table, size_t room, struct lp_str domain)
{
    size_t at = hash_of(domain) & (room - 1);
    while (table[at].p) {
        if (lp_str_eq(table[at], domain))
            return false;
        at = (at + 1) & (room - 1);
    }
    table[at] = domain;
    return true;
}

static void grow_seen(struct lp_domains *d)
{
    size_t room = d->seen_room ? 2 * d->seen_room : SEEN_ROOM;
    struct lp_str *table = lp_calloc(room, sizeof *table);
    for (size_t i = 0; i < d->seen_room; i++) {
        if (d->seen[i].p)
            put_seen(table, room, d->seen[i]);
    }
    lp_free(d->seen);
    d->seen = table;
    d->seen_room = room;
}

/* kept: the copy that stays. */
static bool is_new(struct lp_domains *d, struct lp_str domain, struct lp_str *kept)
{
    if (2 * d->seen_n >= d->seen_room)
        grow_seen(d);
    *kept = lp_arena_str(&d->own, domain);
    if (!put_seen(d->seen, d->seen_room, *kept))
        return false;
    d->seen_n++;
    return true;
}

static bool take_domain(struct lp_domains *d, struct lp_str typed, struct lp_error *error)
{
    struct lp_arena arena = { 0 };
    struct lp_str domain;
    bool ok = lp_name_from_user(&arena, typed, &domain, error);
    if (ok && is_new(d, domain, &d->domain)) {
        struct lp_str rest = typed;
        if (lp_str_find(typed, '@') < typed.n)
            lp_str_cut(&rest, '@');
        d->unicode = lp_name_eq(rest, domain) ? LP_STR_NONE : lp_clean_text(&d->own, rest, NULL);
        d->turn = 0;
    }
    lp_arena_release(&arena);
    return ok;
}

/* ---- the list file ---- */

/* One line without its end, at most 255 octets kept. False: the end of the file. */
static bool read_line(FILE *file, struct lp_buf *line, bool *too_long)
{
    int c = getc(file);
    lp_buf_clear(line);
    *too_long = false;
    if (c == EOF)
        return false;
    for (; c != EOF && c != '\n'; c = getc(file)) {
        if (line->n > LINE_MAX_OCTETS)
            *too_long = true;
        else
            lp_buf_char(line, (char)c);
    }
    return true;
}

static struct lp_str without_comment(struct lp_str line)
{
    if (line.n >= 3 && memcmp(line.p, "\xef\xbb\xbf", 3) == 0)
        line = lp_str_sub(line, 3, line.n);
    return lp_str_trim(lp_str_cut(&line, '#'));
}

static void refuse(struct lp_domains *d, const char *what)
{
    struct lp_error error = { "" };
    d->refused++;
    lp_fail(&error, "list line %zu: %s", d->line, what);
    lp_complain(&error, 0);
}

static bool next_from_file(struct lp_domains *d)
{
    struct lp_buf line = lp_buf_new(LINE_MAX_OCTETS + 2);
    bool too_long = false;
    while (d->file && d->turn == d->turn_n && read_line(d->file, &line, &too_long)) {
        struct lp_error error = { "" };
        struct lp_str word = without_comment(lp_buf_view(&line));
        d->line++;
        if (too_long || line.n > LINE_MAX_OCTETS)
            refuse(d, "longer than 255 octets");
        else if (word.n && !take_domain(d, word, &error))
            refuse(d, error.text);
    }
    lp_buf_release(&line);
    return d->turn < d->turn_n;
}

static bool next_domain(struct lp_domains *d)
{
    const struct lp_str *words = d->config->words.at;
    struct lp_error error;
    while (d->word < d->config->words.n && d->turn == d->turn_n) {
        if (!take_domain(d, words[d->word++], &error))
            return false;
    }
    return d->turn < d->turn_n || next_from_file(d);
}

/* ---- setups ---- */

static struct lp_str random_label(struct lp_arena *arena)
{
    unsigned char bytes[12];
    char text[sizeof bytes];
    if (!lp_world_real.random(lp_world_real.self, bytes, sizeof bytes))
        return LP_STR_NONE;
    for (size_t i = 0; i < sizeof bytes; i++)
        text[i] = (char)('a' + bytes[i] % 26);
    return lp_arena_str(arena, (struct lp_str){ text, sizeof text });
}

static int64_t at_most(int64_t value, int64_t limit)
{
    return value < limit ? value : limit;
}

static void set_times(struct lp_setup *setup, const struct lp_config *c)
{
    setup->timeout_us = c->timeout_us;
    setup->connect_us = at_most(c->connect_us, c->timeout_us);
    setup->tls_us = at_most(c->connect_us, c->timeout_us);
    setup->http_us = at_most(5000000, c->timeout_us);
    setup->dns_us = at_most(c->dns_us, c->timeout_us);
}

static void set_rest(struct lp_setup *setup, const struct lp_config *c)
{
    setup->version = LP_RECORD_VERSION;
    setup->program = LP_STR("lyncprobe " LP_VERSION);
    setup->client = c->client;
    setup->clock = lp_world_real.utc(lp_world_real.self);
    setup->only4 = c->only4;
    setup->only6 = c->only6;
    setup->allow = c->allow;
    setup->resolve = c->resolve;
    setup->connect_to = c->connect_to;
    setup->answer = c->answer;
    setup->deny = c->deny;
    setup->private_store = lp_str_of(c->private_file);
    setup->public_store = c->public_file ? lp_str_of(c->public_file) : LP_STR("system");
    setup->days_warning = 45;
    setup->days_critical = 14;
}

bool lp_domains_next(void *domains, struct lp_arena *arena, struct lp_setup *setup)
{
    struct lp_domains *d = domains;
    if (d->turn == d->turn_n && !next_domain(d))
        return false;
    const struct turn *turn = &d->turns[d->turn++];
    *setup = (struct lp_setup){ .view = turn->view,
                                .servers = turn->servers,
                                .label = random_label(arena) };
    setup->domain = lp_arena_str(arena, d->domain);
    setup->unicode = lp_arena_str(arena, d->unicode);
    set_times(setup, d->config);
    set_rest(setup, d->config);
    return true;
}

static bool check_words(struct lp_config *config, struct lp_error *error)
{
    const struct lp_str *words = config->words.at;
    for (size_t i = 0; i < config->words.n; i++) {
        struct lp_str domain;
        if (!lp_name_from_user(config->arena, words[i], &domain, error))
            return false;
    }
    return true;
}

bool lp_domains_open(struct lp_config *config, struct lp_domains **out, struct lp_error *error)
{
    const char *name = config->list_file;
    FILE *file = NULL;
    if (!check_words(config, error))
        return false;
    if (name)
        file = strcmp(name, "-") == 0 ? stdin : fopen(name, "re");
    if (name && !file)
        return lp_fail(error, "%s: %s", lp_term(config->arena, lp_str_of(name)), strerror(errno));
    struct lp_domains *d = lp_calloc(1, sizeof *d);
    d->config = config;
    d->file = file;
    set_turns(d);
    *out = d;
    return true;
}

size_t lp_domains_refused(const struct lp_domains *domains)
{
    return domains->refused;
}

void lp_domains_close(struct lp_domains *d)
{
    if (d->file && d->file != stdin)
        fclose(d->file);
    lp_free(d->seen);
    lp_arena_release(&d->own);
    lp_free(d);
}
