/* http_engine.c - libcurl's multi handle on our loop: its sockets and its timer, each
 * transfer's limits. */
#include <poll.h>

#include "lp/alloc.h"
#include "lp/http_transfer.h"

/* A socket that libcurl wants to be told about. */
struct watched {
    curl_socket_t fd;
    short events;
    short fired;                  /* of this turn */
    struct lp_transfer *transfer; /* NULL: it has ended */
};

struct http_engine {
    const struct lp_core *core;
    struct lp_tls *tls;
    CURLM *multi;
    struct lp_transfer *first; /* newest first */
    struct watched *sockets;   /* lp_malloc */
    size_t n, room;
    lp_usec timer; /* when libcurl wants its turn; INT64_MAX never */
};

/* ---- libcurl's sockets ---- */

static size_t find_socket(const struct http_engine *engine, curl_socket_t fd)
{
    size_t i = 0;
    while (i < engine->n && engine->sockets[i].fd != fd)
        i++;
    return i;
}

static struct watched *add_socket(struct http_engine *engine, curl_socket_t fd)
{
    if (engine->n == engine->room) {
        engine->room = engine->room ? 2 * engine->room : 16;
        engine->sockets = lp_realloc(engine->sockets, engine->room * sizeof *engine->sockets);
    }
    engine->sockets[engine->n] = (struct watched){ .fd = fd };
    return &engine->sockets[engine->n++];
}

static struct lp_transfer *transfer_of(CURL *easy)
{
    char *transfer = NULL;
    if (!easy || curl_easy_getinfo(easy, CURLINFO_PRIVATE, &transfer) != CURLE_OK)
        return NULL;
    return (struct lp_transfer *)(void *)transfer;
}

/* NOLINTNEXTLINE(readability-function-size): libcurl says which parameters */
static int on_socket(CURL *easy, curl_socket_t fd, int what, void *user, void *unused)
{
    static const short events[] = { [CURL_POLL_NONE] = 0,
                                    [CURL_POLL_IN] = POLLIN,
                                    [CURL_POLL_OUT] = POLLOUT,
                                    [CURL_POLL_INOUT] = POLLIN | POLLOUT };
    struct http_engine *engine = user;
    size_t i = find_socket(engine, fd);
    (void)unused;
    if (what == CURL_POLL_REMOVE) {
        if (i < engine->n)
            engine->sockets[i] = engine->sockets[--engine->n];
        return 0;
    }
    struct watched *socket = i < engine->n ? &engine->sockets[i] : add_socket(engine, fd);
    socket->events = events[what];
    socket->transfer = transfer_of(easy);
    if (socket->transfer)
        socket->transfer->waited = true;
    return 0;
}

/* ---- transfers ---- */

static void forget_sockets(struct http_engine *engine, const struct lp_transfer *transfer)
{
    for (size_t i = 0; i < engine->n; i++)
        if (engine->sockets[i].transfer == transfer)
            engine->sockets[i].transfer = NULL;
}

static void drop(struct http_engine *engine, struct lp_transfer *transfer)
{
    if (transfer->prev)
        transfer->prev->next = transfer->next;
    else
        engine->first = transfer->next;
    if (transfer->next)
        transfer->next->prev = transfer->prev;
    transfer->job->engine = NULL;
    if (transfer->easy)
        curl_multi_remove_handle(engine->multi, transfer->easy);
    forget_sockets(engine, transfer);
    lp_transfer_close(transfer);
    lp_free(transfer);
}

static void settle(struct http_engine *engine, struct lp_transfer *transfer, CURLcode code)
{
    const char *why = NULL;
    struct lp_job *job = transfer->job;
    enum lp_outcome outcome = lp_transfer_end(transfer, code, &why);
    drop(engine, transfer);
    lp_job_end(engine->core, job, outcome, why);
}

static void start(void *self, struct lp_job *job)
{
    struct http_engine *engine = self;
    const char *why = NULL;
    struct lp_web_facts *facts = job->evidence->facts;
    if (!lp_link_admit(engine->core, job))
        return;
    struct lp_transfer *transfer = lp_calloc(1, sizeof *transfer);
    transfer->core = engine->core;
    transfer->tls = engine->tls;
    transfer->job = job;
    transfer->http = &facts->http;
    transfer->next = engine->first;
    if (engine->first)
        engine->first->prev = transfer;
    engine->first = transfer;
    job->engine = transfer;
    if (lp_transfer_open(transfer, &why) &&
        curl_multi_add_handle(engine->multi, transfer->easy) == CURLM_OK)
        return;
    facts->link.connect = LP_NOT_TRIED;
    drop(engine, transfer);
    lp_job_end(engine->core, job, LP_NOT_TRIED, why);
}

/* ---- the loop ---- */

static void want(void *self, struct lp_pollset *set)
{
    struct http_engine *engine = self;
    const struct lp_world *world = engine->core->world;
    long ms = -1;
    for (size_t i = 0; i < engine->n; i++)
        lp_pollset_add(set, engine->sockets[i].fd, engine->sockets[i].events);
    for (const struct lp_transfer *transfer = engine->first; transfer; transfer = transfer->next)
        lp_pollset_until(set, transfer->until);
    /* Asked for each turn: a timer callback is not repeated when we come a little early.
     */
    curl_multi_timeout(engine->multi, &ms);
    engine->timer = ms < 0 ? INT64_MAX : world->now(world->self) + (lp_usec)ms * 1000;
    lp_pollset_until(set, engine->timer);
}

static int curl_events(short fired)
{
    int events = (fired & POLLIN) != 0 ? CURL_CSELECT_IN : 0;
    if (fired & POLLOUT)
        events |= CURL_CSELECT_OUT;
    if (fired & (POLLERR | POLLHUP | POLLNVAL))
        events |= CURL_CSELECT_ERR;
    return events;
}

/* libcurl changes the list while it is told: each round looks for one that has fired. */
static struct watched *next_fired(struct http_engine *engine)
{
    for (size_t i = 0; i < engine->n; i++)
        if (engine->sockets[i].fired)
            return &engine->sockets[i];
    return NULL;
}

static void tell_libcurl(struct http_engine *engine, const struct lp_pollset *set, lp_usec now)
{
    struct watched *socket = NULL;
    int running = 0;
    for (size_t i = 0; i < engine->n; i++)
        engine->sockets[i].fired = lp_pollset_events(set, engine->sockets[i].fd);
    while ((socket = next_fired(engine)) != NULL) {
        short fired = socket->fired;
        socket->fired = 0;
        engine->core->working(engine->core->owner, socket->transfer ? socket->transfer->job : NULL);
        curl_multi_socket_action(engine->multi, socket->fd, curl_events(fired), &running);
    }
    if (now >= engine->timer)
        curl_multi_socket_action(engine->multi, CURL_SOCKET_TIMEOUT, 0, &running);
}

static void reap(struct http_engine *engine)
{
    int left = 0;
    const CURLMsg *message = NULL;
    while ((message = curl_multi_info_read(engine->multi, &left)) != NULL) {
        struct lp_transfer *transfer = transfer_of(message->easy_handle);
        if (message->msg == CURLMSG_DONE && transfer)
            settle(engine, transfer, message->data.result);
    }
}

static void ready(void *self, const struct lp_pollset *set, lp_usec now)
{
    struct http_engine *engine = self;
    struct lp_transfer *next = NULL;
    tell_libcurl(engine, set, now);
    reap(engine);
    for (struct lp_transfer *transfer = engine->first; transfer; transfer = next) {
        next = transfer->next;
        if (now >= transfer->until)
            settle(engine, transfer, CURLE_OPERATION_TIMEDOUT);
    }
    engine->core->working(engine->core->owner, NULL);
}

/* The facts say how far it had come. */
static void cancel(void *self, struct lp_job *job)
{
    struct lp_transfer *transfer = job->engine;
    const char *why = NULL;
    if (!transfer)
        return;
    (void)lp_transfer_end(transfer, CURLE_OPERATION_TIMEDOUT, &why);
    drop(self, transfer);
}

static void release(void *self)
{
    struct http_engine *engine = self;
    while (engine->first)
        drop(engine, engine->first);
    curl_multi_cleanup(engine->multi);
    lp_free(engine->sockets);
    lp_free(engine);
}

bool lp_http_engine_new(struct lp_engine *out, const struct lp_core *core, struct lp_tls *tls,
                        struct lp_error *error)
{
    struct http_engine *engine = lp_calloc(1, sizeof *engine);
    engine->core = core;
    engine->tls = tls;
    engine->timer = INT64_MAX;
    engine->multi = curl_multi_init();
    *out = (struct lp_engine){ engine, start, want, ready, cancel, release };
    if (engine->multi &&
        curl_multi_setopt(engine->multi, CURLMOPT_SOCKETFUNCTION, on_socket) == CURLM_OK &&
        curl_multi_setopt(engine->multi, CURLMOPT_SOCKETDATA, engine) == CURLM_OK)
        return true;
    release(engine);
    return lp_fail(error, "libcurl cannot be started");
}
