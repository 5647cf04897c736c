/* domains.c - where the walks come from: words, list file, views */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "lp/alloc.h"
#include "lp/lines.h"
#include "lp/loop.h"
#include "lp/options.h"
#include "lp/record.h"
#include "lp/text.h"
#include "lp/topology.h"

enum {
    LIST_MAX = 256 * 1024 * 1024, /* octets of a list: /dev/zero has an end too */
    READ_SIZE = 64 * 1024,
    SAID_MAX = 10,     /* complaints about lines */
    HTTP_US = 5000000, /* one hop (DESIGN 4 "Times by default") */
};

struct item {
    struct lp_str domain, unicode;
};

/* One walk of a domain: which servers, which view. */
struct turn {
    struct lp_list servers;
    struct lp_str view;
};

struct lp_domains {
    const struct lp_config *config;
    struct lp_arena own;
    struct lp_list items; /* struct item */
    uint32_t *seen;       /* 1 + index of an item, by the hash of its domain; 0 free */
    size_t room;          /* of seen: at least twice the items that may come */
    struct turn turns[2];
    size_t turn_n;
    size_t next; /* walk to hand out: item * turn_n + turn */
    size_t refused;
    bool full;    /* LP_DOMAINS_MAX */
    bool too_big; /* LIST_MAX */
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

/* With planned zones the plan is a server of its own, so that what is live stands beside it: what
 * the zones do not hold is asked where `live` is asked. */
static void add_planned(struct lp_domains *d, struct lp_list *servers, const struct lp_server *live)
{
    struct lp_server planned = { .label = LP_STR("planned"), .addresses = live->addresses };
    if (d->config->zone_files.n)
        lp_list_push(&d->own, servers, &planned, sizeof planned);
}

/* The driver first; all others but the other view's are compared with it. */
static void add_turn(struct lp_domains *d, struct lp_str view, const struct lp_server *driver,
                     const struct lp_server *other)
{
    const struct lp_server *servers = d->config->servers.at;
    struct turn *turn = &d->turns[d->turn_n];
    if (d->config->view.p && !lp_str_eq(d->config->view, LP_STR("auto")) &&
        !lp_str_eq(d->config->view, view))
        return;
    d->turn_n++;
    turn->view = view;
    add_planned(d, &turn->servers, driver);
    lp_list_push(&d->own, &turn->servers, driver, sizeof *driver);
    for (size_t i = 0; i < d->config->servers.n; i++) {
        if (&servers[i] != driver && &servers[i] != other)
            lp_list_push(&d->own, &turn->servers, &servers[i], sizeof *servers);
    }
}

/* A walk for each of two servers. */
static void set_turns_apart(struct lp_domains *d)
{
    const struct lp_server *servers = d->config->servers.at;
    for (size_t i = 0; i < d->config->servers.n && i < LP_COUNT(d->turns); i++) {
        struct turn *turn = &d->turns[d->turn_n++];
        turn->view = d->config->view.p ? d->config->view : LP_STR("auto");
        lp_list_push(&d->own, &turn->servers, &servers[i], sizeof servers[i]);
    }
}

/* Servers named inside and outside are two views and two walks (DESIGN 4 "Several servers"). */
static void set_turns(struct lp_domains *d)
{
    const struct lp_server *inside = labelled(d->config, "inside");
    const struct lp_server *outside = labelled(d->config, "outside");
    if (inside && outside) {
        add_turn(d, LP_STR("internal"), inside, outside);
        add_turn(d, LP_STR("external"), outside, inside);
        return;
    }
    if (d->config->apart) {
        set_turns_apart(d);
        return;
    }
    d->turn_n = 1;
    d->turns[0].view = d->config->view.p ? d->config->view : LP_STR("auto");
    struct lp_list named = d->config->servers;
    if (!named.n)
        lp_server_system(&d->own, &named);
    const struct lp_server *servers = named.at;
    add_planned(d, &d->turns[0].servers, servers);
    for (size_t i = 0; i < named.n; i++)
        lp_list_push(&d->own, &d->turns[0].servers, &servers[i], sizeof *servers);
}

/* ---- each domain once ---- */

/* The place of the domain in the table: its own, or a free one. */
static uint32_t *seat_of(struct lp_domains *d, struct lp_str domain)
{
    const struct item *items = d->items.at;
    size_t at = lp_str_hash(domain) % d->room;
    while (d->seen[at] && !lp_str_eq(items[d->seen[at] - 1].domain, domain))
        at = (at + 1) % d->room;
    return &d->seen[at];
}

/* The domain as typed where that is no ASCII. What stands before the last '@' is never kept. */
static struct lp_str unicode_of(struct lp_arena *arena, struct lp_str typed)
{
    while (lp_str_find(typed, '@') < typed.n)
        lp_str_cut(&typed, '@');
    if (lp_str_starts_nocase(typed, "sip:"))
        typed = lp_str_sub(typed, 4, typed.n);
    return lp_str_is_ascii(typed) ? LP_STR_NONE : lp_clean_text(arena, lp_str_trim(typed), NULL);
}

/* Look-alikes of two scripts are asked all the same; people should know (threat T20). */
static void hint(struct lp_domains *d, const struct item *item)
{
    struct lp_error error = { "" };
    if (!lp_name_mixes_scripts(item->unicode))
        return;
    lp_fail(&error, lp_in_lang(d->config, "%s has letters of more than one script; asked as %s"),
            lp_term(&d->own, item->unicode), lp_term(&d->own, item->domain));
    lp_complain(&error, 0);
}

static bool take_domain(struct lp_domains *d, struct lp_str typed, struct lp_error *error)
{
    struct lp_arena arena = { 0 };
    struct item item = { LP_STR_NONE, LP_STR_NONE };
    bool ok = lp_name_from_user(&arena, typed, &item.domain, error) &&
              lp_topology_has(d->config, item.domain, error);
    uint32_t *seat = ok ? seat_of(d, item.domain) : NULL;
    d->full = d->full || (seat && !*seat && d->items.n >= LP_DOMAINS_MAX);
    if (seat && !*seat && !d->full) {
        item.domain = lp_arena_str(&d->own, item.domain);
        item.unicode = unicode_of(&d->own, typed);
        lp_list_push(&d->own, &d->items, &item, sizeof item);
        *seat = (uint32_t)d->items.n;
        hint(d, &item);
    }
    lp_arena_release(&arena);
    return ok;
}

/* ---- the list file ---- */

static void on_line(void *self, size_t number, struct lp_str line)
{
    struct lp_domains *d = self;
    struct lp_error inner = { "longer than 255 octets" }, error = { "" };
    if (d->full || (line.p && take_domain(d, line, &inner)))
        return;
    if (d->refused++ >= SAID_MAX)
        return;
    lp_fail(&error, lp_in_lang(d->config, "list line %zu: %s"), number, inner.text);
    lp_complain(&error, 0);
}

/* Tells what is not looked at. */
static void sum_up(struct lp_domains *d)
{
    struct lp_error error = { "" };
    if (d->refused > SAID_MAX) {
        lp_fail(&error, lp_in_lang(d->config, "%zu more lines of the list are refused"),
                d->refused - SAID_MAX);
        lp_complain(&error, 0);
    }
    if (d->full || d->too_big) {
        d->refused++;
        lp_fail(&error,
                lp_in_lang(d->config, d->full ? "only the first %d domains are taken"
                                              : "only the first %d MiB of the list are read"),
                d->full ? LP_DOMAINS_MAX : LIST_MAX >> 20);
        lp_complain(&error, 0);
    }
}

static bool read_list(struct lp_domains *d, int fd)
{
    char *block = lp_malloc(READ_SIZE);
    struct lp_lines lines = { .self = d, .take = on_line };
    size_t total = 0;
    ssize_t n = 1;
    while (n > 0 && total < LIST_MAX && !d->full) {
        n = read(fd, block, READ_SIZE);
        if (n > 0)
            lp_lines_feed(&lines, (struct lp_str){ block, (size_t)n });
        total += n > 0 ? (size_t)n : 0;
    }
    d->too_big = total >= LIST_MAX;
    if (n >= 0)
        lp_lines_end(&lines);
    lp_free(block);
    return n >= 0;
}

static bool take_list(struct lp_domains *d, const char *path, struct lp_error *error)
{
    int fd = lp_open_input(path);
    bool ok = fd >= 0 && read_list(d, fd);
    if (!ok)
        lp_fail(error, "%s: %s", lp_term(&d->own, lp_str_of(path)), strerrordesc_np(errno));
    if (fd >= 0)
        close(fd);
    return ok;
}

static bool take_words(struct lp_domains *d, struct lp_error *error)
{
    const struct lp_str *words = d->config->words.at;
    for (size_t i = 0; i < d->config->words.n; i++) {
        if (!take_domain(d, words[i], error))
            return false;
    }
    return true;
}

/* ---- setups ---- */

/* 12 letters that no zone has a name for. Unset: the kernel gives no random bytes. */
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
    setup->http_us = at_most(HTTP_US, c->timeout_us);
    setup->dns_us = at_most(c->dns_us, c->timeout_us);
}

void lp_setup_take_topology(struct lp_setup *setup, const struct lp_topology *t)
{
    setup->topology = t->file;
    setup->topology_digest = t->digest;
    if (t->days_warning >= 0)
        setup->days_warning = t->days_warning;
    if (t->days_critical >= 0)
        setup->days_critical = t->days_critical;
}

static void set_rest(struct lp_arena *arena, struct lp_setup *setup, const struct lp_config *c)
{
    setup->version = LP_RECORD_VERSION;
    setup->program = LP_STR("lyncprobe " LP_VERSION);
    setup->client = c->client.p ? c->client : LP_STR("lync2013");
    setup->clock = lp_world_real.utc(lp_world_real.self);
    setup->only4 = c->only4;
    setup->only6 = c->only6;
    setup->allow = c->allow;
    setup->resolve = c->resolve;
    setup->connect_to = c->connect_to;
    setup->answer = c->answer;
    setup->deny = c->deny;
    setup->zones = lp_zone_rules(arena, c);
    setup->window = c->window;
    setup->deep = c->deep;
    setup->private_store = lp_private_store_of(arena, c);
    setup->public_store = c->public_file ? lp_str_of(c->public_file) : LP_STR("system");
    setup->days_warning = 45;
    setup->days_critical = 14;
    if (c->topology)
        lp_setup_take_topology(setup, c->topology);
    if (c->days_warning >= 0) {
        setup->days_warning = c->days_warning;
        setup->days_critical = c->days_critical;
    }
}

bool lp_domains_next(void *domains, struct lp_arena *arena, struct lp_setup *setup)
{
    struct lp_domains *d = domains;
    if (d->next >= lp_domains_walks(d))
        return false;
    const struct item *item = (const struct item *)d->items.at + d->next / d->turn_n;
    const struct turn *turn = &d->turns[d->next++ % d->turn_n];
    *setup = (struct lp_setup){ .domain = item->domain,
                                .unicode = item->unicode,
                                .view = turn->view,
                                .servers = turn->servers,
                                .label = random_label(arena) };
    set_times(setup, d->config);
    setup->whole = d->config->topology && item == d->items.at;
    set_rest(arena, setup, d->config);
    return true;
}

bool lp_domains_open(const struct lp_config *config, struct lp_domains **out,
                     struct lp_error *error)
{
    struct lp_domains *d = lp_calloc(1, sizeof *d);
    d->config = config;
    d->room = 2 * (config->words.n + 1 + (config->list_file ? LP_DOMAINS_MAX : 0));
    d->seen = lp_calloc(d->room, sizeof *d->seen);
    bool ok =
        take_words(d, error) && (!config->list_file || take_list(d, config->list_file, error));
    lp_free(d->seen);
    d->seen = NULL;
    if (!ok) {
        lp_domains_close(d);
        return false;
    }
    sum_up(d);
    set_turns(d);
    *out = d;
    return true;
}

void lp_domains_rewind(struct lp_domains *d)
{
    d->next = 0;
}

size_t lp_domains_walks(const struct lp_domains *d)
{
    return d->items.n * d->turn_n;
}

bool lp_domains_whole(const struct lp_domains *d)
{
    return d->refused == 0;
}

void lp_domains_close(struct lp_domains *d)
{
    lp_arena_release(&d->own);
    lp_free(d);
}
