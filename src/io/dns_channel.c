/* dns_channel.c - c-ares as a transport: one message a try, raw bytes */
#include "lp/dns_channel.h"

/* The calls that 1.18 has are old names in 1.34. */
#define CARES_NO_DEPRECATED
#include <ares.h>
#include <stdio.h>
#include <string.h>

#include "lp/alloc.h"
#include "lp/buf.h"

enum {
    BUDGET = 512, /* datagrams that are read before others get a turn */
    HEADER = 12,  /* octets of a DNS header */
    OPT = 11,     /* and of our OPT record */
    ANSWER_MAX = 65536,
    LEARNS = 0x011f00, /* version of c-ares; see learns() */
    TICK_US = 50000,   /* how often c-ares may look at its timers: it walks all questions */
    ADDRESS_TEXT = LP_ADDR_TEXT + 16,
};

/* A descriptor of c-ares. */
struct watch {
    int fd;
    short events;
};

/* A message that c-ares knows. */
struct entry {
    struct lp_dns_channel *channel;
    struct lp_dns_try what;
    unsigned char sent[LP_DNS_QUERY_MAX];
    size_t sent_n; /* up to the end of the question */
    bool doubted;
    struct lp_buf answer; /* the first datagram that fits; empty: none yet */
    bool told;            /* of it */
    struct entry *next, *prev;
};

struct lp_dns_channel {
    struct lp_dns_channel_setup setup;
    struct lp_dns_socket sockets;
    ares_channel ares;
    struct entry *open;
    struct entry *going; /* is being given to c-ares */
    bool hands_over;     /* c-ares gets to see answers over UDP */
    size_t open_n, sent;
    struct watch *watch; /* lp_malloc */
    size_t watch_n, watch_room;
    lp_usec ticked;
};

static struct watch *watch_of(struct lp_dns_channel *channel, int fd)
{
    for (size_t i = 0; i < channel->watch_n; i++)
        if (channel->watch[i].fd == fd)
            return &channel->watch[i];
    if (channel->watch_n == channel->watch_room) {
        channel->watch_room = channel->watch_room * 2 + 2;
        channel->watch = lp_realloc(channel->watch, channel->watch_room * sizeof(*channel->watch));
    }
    channel->watch[channel->watch_n] = (struct watch){ .fd = fd };
    return &channel->watch[channel->watch_n++];
}

static void on_socket_state(void *self, ares_socket_t fd, int readable, int writable)
{
    struct lp_dns_channel *channel = self;
    struct watch *watch = watch_of(channel, fd);

    watch->events = (short)((readable ? POLLIN : 0) | (writable ? POLLOUT : 0));
    if (watch->events == 0)
        *watch = channel->watch[--channel->watch_n];
}

/* ---- the channel
 * --------------------------------------------------------------------------------
 */

/* Every option is given, so that 1.18 reads no file and no variable (RES_OPTIONS,
   LOCALDOMAIN): it looks for what is missing. Its EDNS flag stays off: the first FORMERR
   would switch EDNS off for the whole channel. Without STAYOPEN the port is a new one
   whenever the channel was idle. Its timer only says when it may forget a message, with
   up to 7/16 less than given (rand): hence the factor. */
static int init_ares(struct lp_dns_channel *channel)
{
    char lookups[] = "b", no_file[] = "/dev/null";
    lp_usec longest = channel->setup.keep / 1000 * 2 + 100;
    struct ares_options options = {
        .flags = ARES_FLAG_NOSEARCH | ARES_FLAG_NOALIASES | ARES_FLAG_NOCHECKRESP |
                 (channel->setup.tcp ? ARES_FLAG_USEVC : ARES_FLAG_IGNTC),
        .timeout = longest < INT32_MAX ? (int)longest : INT32_MAX,
        .tries = 1,
        .ndots = 1,
        .lookups = lookups,
        .resolvconf_path = no_file,
        .sock_state_cb = on_socket_state,
        .sock_state_cb_data = channel,
    };
    int given = ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_NDOTS |
                ARES_OPT_SERVERS | ARES_OPT_DOMAINS | ARES_OPT_LOOKUPS | ARES_OPT_SORTLIST |
                ARES_OPT_SOCK_STATE_CB | ARES_OPT_NOROTATE | ARES_OPT_RESOLVCONF;

#ifdef ARES_OPT_QUERY_CACHE
    options.qcache_max_ttl = 0; /* on by default since 1.31 */
    given |= ARES_OPT_QUERY_CACHE;
#endif
    return ares_init_options(&channel->ares, &options, given);
}

static bool set_server(struct lp_dns_channel *channel)
{
    char address[LP_ADDR_TEXT], text[ADDRESS_TEXT];

    lp_addr_format(&channel->setup.address, address, sizeof(address));
    (void)snprintf(text, sizeof(text), channel->setup.address.family == 6 ? "[%s]:%u" : "%s:%u",
                   address, (unsigned)channel->setup.port);
    return ares_set_servers_ports_csv(channel->ares, text) == ARES_SUCCESS;
}

/* ---- what c-ares ignores ---- */

static bool has_id(const struct entry *entry, struct lp_str bytes)
{
    return bytes.n >= 2 && memcmp(entry->sent, bytes.p, 2) == 0;
}

/* QR set, no question, an error code: it names its message by the id alone. */
static bool is_bare_error(struct lp_str bytes)
{
    const unsigned char *b = (const unsigned char *)bytes.p;
    return bytes.n == HEADER && (b[2] & 0x80) != 0 && (b[3] & 0x0f) != 0 && b[4] == 0 && b[5] == 0;
}

/* RCODE 1: 1.34 would ask again without EDNS, which is the engine's business. */
static bool is_format_error(struct lp_str bytes)
{
    return (bytes.p[3] & 0x0f) == 1;
}

static bool repeats_question(const struct entry *entry, struct lp_str bytes)
{
    struct lp_str sent = { (const char *)entry->sent, entry->sent_n };

    return bytes.n >= HEADER && lp_str_eq(lp_str_sub(bytes, 4, 2), lp_str_sub(sent, 4, 2)) &&
           lp_str_eq_nocase(lp_str_sub(bytes, HEADER, sent.n - HEADER),
                            lp_str_sub(sent, HEADER, sent.n));
}

/* c-ares 1.34 gives the message an id of its own, and may add a cookie behind the question. */
static void on_leave(void *owner, struct lp_str bytes)
{
    struct entry *entry = ((struct lp_dns_channel *)owner)->going;

    if (entry != NULL && bytes.n >= entry->sent_n)
        memcpy(entry->sent, bytes.p, entry->sent_n);
}

/* The bytes as they came: 1.18 would cut them at 512 octets when its EDNS flag is off, 1.34 hands
   over what it has understood, written anew, and nothing that it has not. */
static void keep(struct entry *entry, struct lp_str bytes)
{
    if (entry->answer.n == 0)
        lp_buf_str(&entry->answer, bytes);
}

static bool on_datagram(void *owner, struct lp_str bytes)
{
    struct lp_dns_channel *channel = owner;
    bool bare = is_bare_error(bytes);

    for (struct entry *entry = channel->open; entry != NULL; entry = entry->next) {
        struct lp_dns_heard heard = { .what = entry->what, .raw = bytes, .doubtful = !bare };

        if (!has_id(entry, bytes))
            continue;
        if (!bare && repeats_question(entry, bytes)) {
            keep(entry, bytes);
            continue;
        }
        if (!bare && entry->doubted)
            continue;
        entry->doubted |= !bare;
        channel->setup.heard(&heard);
    }
    return channel->hands_over && bytes.n >= HEADER && !bare && !is_format_error(bytes);
}

/* From 1.31 on, c-ares forgets a message after five times what answers took on average (at least
   250 ms), whatever timeout is given: after some quick answers a slow one would be lost. It learns
   nothing from answers that it does not see; its timer ends the message then. */
static bool learns(void)
{
    int version = 0;

    (void)ares_version(&version);
    return version >= LEARNS;
}

struct lp_dns_channel *lp_dns_channel_new(const struct lp_dns_channel_setup *setup)
{
    struct lp_dns_channel *channel = lp_calloc(1, sizeof(*channel));

    channel->setup = *setup;
    channel->hands_over = !learns();
    channel->sockets = (struct lp_dns_socket){
        .address = setup->address,
        .port = setup->port,
        .tcp = setup->tcp,
        .owner = channel,
        .datagram_came = on_datagram,
        .datagram_goes = on_leave,
    };
    if (init_ares(channel) != ARES_SUCCESS) {
        lp_free(channel);
        return NULL;
    }
    ares_set_socket_functions(channel->ares, &lp_dns_socket_functions, &channel->sockets);
    if (set_server(channel))
        return channel;
    lp_dns_channel_release(channel);
    return NULL;
}

static void unlink_entry(struct lp_dns_channel *channel, const struct entry *entry)
{
    if (entry->prev != NULL)
        entry->prev->next = entry->next;
    else
        channel->open = entry->next;
    if (entry->next != NULL)
        entry->next->prev = entry->prev;
    channel->open_n--;
}

/* What an end without an answer tells. The timer of c-ares and its own end tell nothing;
   for all that sockets do it has but one word, and one without a failed call was closed.
 */
static struct lp_dns_fault fault_of(const struct lp_dns_channel *channel, int status)
{
    struct lp_dns_fault none = { LP_DNS_NO_FAULT, 0 }, closed = { LP_DNS_CLOSED, 0 };

    if (status == ARES_ETIMEOUT || status == ARES_ECANCELLED || status == ARES_EDESTRUCTION)
        return none;
    if (status == ARES_EBADRESP)
        return (struct lp_dns_fault){ LP_DNS_BROKEN, 0 };
    return channel->sockets.fault.kind != LP_DNS_NO_FAULT ? channel->sockets.fault : closed;
}

/* NOLINTNEXTLINE(readability-function-size): c-ares says which parameters */
static void on_end(void *arg, int status, int timeouts, unsigned char *bytes, int n)
{
    struct entry *entry = arg;
    struct lp_dns_channel *channel = entry->channel;
    struct lp_dns_heard heard = { .what = entry->what, .last = true };

    (void)timeouts;
    if (entry->answer.n != 0 && !entry->told)
        heard.raw = lp_buf_view(&entry->answer);
    else if (bytes != NULL && !entry->told)
        heard.raw = (struct lp_str){ (const char *)bytes, n > 0 ? (size_t)n : 0 };
    else if (!entry->told)
        heard.fault = fault_of(channel, status);
    unlink_entry(channel, entry);
    channel->setup.heard(&heard);
    lp_buf_release(&entry->answer);
    lp_free(entry);
}

bool lp_dns_channel_send(struct lp_dns_channel *channel, const struct lp_dns_query *query,
                         const struct lp_dns_try *what)
{
    struct entry *entry = lp_calloc(1, sizeof(*entry));
    size_t before = channel->open_n;

    entry->channel = channel;
    entry->what = *what;
    entry->what.tcp = channel->setup.tcp;
    entry->answer = lp_buf_new(ANSWER_MAX);
    memcpy(entry->sent, query->bytes, query->n);
    entry->sent_n = query->n - (what->edns ? OPT : 0);
    entry->next = channel->open;
    if (entry->next != NULL)
        entry->next->prev = entry;
    channel->open = entry;
    channel->open_n++;
    channel->sent++;
    channel->sockets.fault = (struct lp_dns_fault){ LP_DNS_NO_FAULT, 0 };
    channel->going = entry;
    ares_send(channel->ares, query->bytes, (int)query->n, on_end, entry);
    channel->going = NULL;
    return channel->open_n > before;
}

void lp_dns_channel_want(const struct lp_dns_channel *channel, struct lp_pollset *set)
{
    for (size_t i = 0; channel != NULL && i < channel->watch_n; i++)
        lp_pollset_add(set, channel->watch[i].fd, channel->watch[i].events);
}

/* What c-ares 1.34 has thrown away as malformed is an answer all the same. Telling may send, so the
   list is looked through again. */
static void tell_kept(struct lp_dns_channel *channel)
{
    struct entry *entry = channel->open;

    while (entry != NULL) {
        struct lp_dns_heard heard = { .what = entry->what, .raw = lp_buf_view(&entry->answer) };
        bool news = entry->answer.n != 0 && !entry->told;

        entry->told = entry->told || news;
        if (news)
            channel->setup.heard(&heard);
        entry = news ? channel->open : entry->next;
    }
}

static void process(struct lp_dns_channel *channel, int fd, short events)
{
    bool read = (events & (POLLIN | POLLERR | POLLHUP | POLLNVAL)) != 0;
    bool write = (events & (POLLOUT | POLLERR | POLLNVAL)) != 0;

    channel->sockets.fault = (struct lp_dns_fault){ LP_DNS_NO_FAULT, 0 };
    channel->sockets.budget = BUDGET;
    ares_process_fd(channel->ares, read ? fd : ARES_SOCKET_BAD, write ? fd : ARES_SOCKET_BAD);
    tell_kept(channel);
}

static void tell_unreachable(struct lp_dns_channel *channel)
{
    struct lp_dns_heard heard = { .fault = { LP_DNS_PEER, channel->sockets.unreachable } };

    channel->sockets.unreachable = 0;
    for (const struct entry *entry = channel->open; entry != NULL; entry = entry->next) {
        heard.what = entry->what;
        channel->setup.heard(&heard);
    }
}

void lp_dns_channel_ready(struct lp_dns_channel *channel, const struct lp_pollset *set, lp_usec now)
{
    if (channel == NULL)
        return;
    for (size_t i = 0; i < channel->watch_n;) {
        int fd = channel->watch[i].fd;
        short events = lp_pollset_events(set, fd);

        if (events != 0)
            process(channel, fd, events);
        if (i < channel->watch_n && channel->watch[i].fd == fd)
            i++;
    }
    if (channel->open != NULL && now - channel->ticked >= TICK_US) {
        channel->ticked = now;
        process(channel, ARES_SOCKET_BAD, 0);
    }
    if (channel->sockets.unreachable != 0)
        tell_unreachable(channel);
}

size_t lp_dns_channel_sent(const struct lp_dns_channel *channel)
{
    return channel->sent;
}

size_t lp_dns_channel_open(const struct lp_dns_channel *channel)
{
    return channel != NULL ? channel->open_n : 0;
}

void lp_dns_channel_release(struct lp_dns_channel *channel)
{
    if (channel == NULL)
        return;
    ares_destroy(channel->ares);
    lp_free(channel->watch);
    lp_free(channel);
}
