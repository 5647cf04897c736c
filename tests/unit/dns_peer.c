/* dns_peer.c - name servers of a test on 127.0.0.1, and its clock */
#include "dns_peer_acts.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { REAL_WAIT_MS = 100 };

static struct sockaddr_in loopback(uint16_t port)
{
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(port) };

    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return to;
}

static int bound(int type, uint16_t port, uint16_t *got)
{
    struct sockaddr_in at = loopback(port);
    socklen_t n = sizeof(at);
    int fd = socket(AF_INET, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

    if (fd < 0)
        return -1;
    if (bind(fd, (struct sockaddr *)&at, sizeof(at)) != 0 ||
        getsockname(fd, (struct sockaddr *)&at, &n) != 0) {
        close(fd);
        return -1;
    }
    *got = ntohs(at.sin_port);
    return fd;
}

bool dns_peer_open(struct dns_peer *peer)
{
    uint16_t same;

    *peer = (struct dns_peer){ .udp = -1, .tcp = -1, .connection = -1, .held.due = INT64_MAX };
    for (int i = 0; i < 50; i++) {
        peer->udp = bound(SOCK_DGRAM, 0, &peer->port);
        if (peer->udp < 0)
            return false;
        peer->tcp = bound(SOCK_STREAM, peer->port, &same);
        if (peer->tcp >= 0 && listen(peer->tcp, 4) == 0)
            break;
        dns_peer_close(peer);
    }
    (void)snprintf(peer->text, sizeof(peer->text), "127.0.0.1:%u", (unsigned)peer->port);
    int size = 1 << 20;
    (void)setsockopt(peer->udp, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
    return peer->tcp >= 0;
}

static void close_one(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

void dns_peer_close(struct dns_peer *peer)
{
    close_one(&peer->udp);
    close_one(&peer->tcp);
    close_one(&peer->connection);
}

void dns_peer_hang_up(struct dns_peer *peer)
{
    close_one(&peer->connection);
}

bool dns_peer_closed_port(char *text, size_t size)
{
    uint16_t port;
    int fd = bound(SOCK_DGRAM, 0, &port);

    if (fd < 0)
        return false;
    close(fd);
    return snprintf(text, size, "127.0.0.1:%u", (unsigned)port) > 0;
}

/* ---- serving
 * ------------------------------------------------------------------------------------
 */

static void note(struct exchange *x)
{
    struct dns_peer *peer = x->peer;

    if (peer->seen < PEER_NOTES) {
        peer->at[peer->seen] = x->world->clock;
        peer->from[peer->seen] = ntohs(x->from.sin_port);
    }
    peer->seen++;
    peer->seen_tcp += x->over_tcp ? 1 : 0;
    peer->with_opt += x->opt ? 1 : 0;
}

static void serve_query(struct exchange *x)
{
    size_t end = PEER_HEADER;

    if (x->query_n <= PEER_HEADER)
        return;
    while (end < x->query_n && x->query[end] != 0)
        end += (size_t)x->query[end] + 1;
    x->question_end = end + 5;
    x->opt = x->query[11] != 0;
    note(x);
    dns_peer_act(x);
}

static bool serve_udp(struct dns_peer_world *world, struct dns_peer *peer)
{
    uint8_t bytes[PEER_MESSAGE];
    bool any = false;

    for (;;) {
        struct exchange x = { .peer = peer, .world = world, .query = bytes };
        socklen_t n = sizeof(x.from);
        ssize_t got = recvfrom(peer->udp, bytes, sizeof(bytes), 0, (struct sockaddr *)&x.from, &n);

        if (got < 0)
            return any;
        x.query_n = (size_t)got;
        serve_query(&x);
        any = true;
    }
}

static bool serve_tcp(struct dns_peer_world *world, struct dns_peer *peer)
{
    uint8_t bytes[PEER_MESSAGE];
    struct exchange x = { .peer = peer, .world = world, .query = bytes + 2, .over_tcp = true };
    bool any = false;

    if (peer->connection < 0) {
        peer->connection = accept4(peer->tcp, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
        any = peer->connection >= 0;
    }
    if (peer->connection < 0)
        return any;
    ssize_t got = recv(peer->connection, bytes, sizeof(bytes), 0);
    if (got > 2) {
        x.query_n = (size_t)got - 2;
        serve_query(&x);
    } else if (got == 0) {
        close_one(&peer->connection);
    }
    return any || got >= 0;
}

static void release_held(struct dns_peer_world *world, struct dns_peer *peer)
{
    if (world->clock < peer->held.due)
        return;
    struct exchange x = { .peer = peer, .world = world };
    memcpy(&x.from, peer->held.to, sizeof(x.from));
    peer->held.due = INT64_MAX;
    dns_peer_send(&x, peer->held.bytes, peer->held.n);
}

static bool serve(struct dns_peer_world *world)
{
    bool any = false;

    for (size_t i = 0; i < world->n; i++) {
        release_held(world, world->peers[i]);
        any = serve_udp(world, world->peers[i]) || any;
        any = serve_tcp(world, world->peers[i]) || any;
    }
    return any;
}

/* ---- the world
 * ----------------------------------------------------------------------------------
 */

static lp_usec now(void *self)
{
    const struct dns_peer_world *world = self;

    return world->clock;
}

static lp_utc utc(void *self)
{
    (void)self;
    return 1700000000;
}

static lp_usec next_event(const struct dns_peer_world *world, lp_usec timeout)
{
    lp_usec until = timeout < 0 ? INT64_MAX : world->clock + timeout;

    for (size_t i = 0; i < world->n; i++)
        if (world->peers[i]->held.due < until)
            until = world->peers[i]->held.due;
    return until;
}

/* Bytes over TCP may be on their way for a moment: then real time is given before the
 * clock moves.
 */
static bool in_transit(const struct dns_peer_world *world, const struct pollfd *fds, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if ((fds[i].events & POLLOUT) != 0)
            return true;
    for (size_t i = 0; i < world->n; i++)
        if (world->peers[i]->connection >= 0)
            return true;
    return false;
}

static void wait(void *self, struct pollfd *fds, size_t n, lp_usec timeout)
{
    struct dns_peer_world *world = self;
    bool busy = true;

    while (busy) {
        busy = serve(world);
        if (poll(fds, n, 0) > 0)
            return;
    }
    if (in_transit(world, fds, n) && (poll(fds, n, REAL_WAIT_MS) > 0 || serve(world)))
        return;
    world->clock = next_event(world, timeout);
}

static bool fill(void *self, void *bytes, size_t n)
{
    const struct dns_peer_world *world = self;

    return !world->no_random && lp_world_real.random(lp_world_real.self, bytes, n);
}

struct lp_world dns_peer_world_of(struct dns_peer_world *world)
{
    return (struct lp_world){ .self = world, .now = now, .utc = utc, .wait = wait, .random = fill };
}
