/* loop.c - one wait for everything: sockets, delayed answers, signals */
#include "lab.h"

#include <errno.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <string.h>
#include <sys/socket.h>

/* Places in the list of descriptors; -1 marks a place that is not in use. */
enum {
    AT_SIGNALS,
    AT_UDP,
    AT_TCP = AT_UDP + LAB_SERVERS,
    AT_CONNS = AT_TCP + LAB_SERVERS,
    AT_PEERS = AT_CONNS + LAB_CONNS, /* last: there are as many as the deployment has */
    AT_END = AT_PEERS + LAB_PEERS
};

static struct lab_conn *free_conn(struct lab *lab)
{
    for (size_t i = 0; i < LAB_CONNS; i++)
        if (lab->conns[i].fd < 0)
            return &lab->conns[i];
    return NULL;
}

static void want(struct pollfd *p, int fd, short events)
{
    p->fd = fd;
    p->events = events;
    p->revents = 0;
}

/* A peer that is "filtered" keeps its backlog full: nobody accepts from it. */
static void want_listeners(struct lab *lab, struct pollfd *list)
{
    bool room = free_conn(lab) != NULL;

    for (size_t i = 0; i < lab->server_count; i++) {
        want(&list[AT_UDP + i], lab->servers[i].udp, POLLIN);
        want(&list[AT_TCP + i], room ? lab->servers[i].tcp : -1, POLLIN);
    }
    for (size_t i = 0; i < lab->peer_count; i++) {
        bool udp = lab_speeches[lab->peers[i].proto].datagram != NULL;
        bool open = udp || (room && lab->peers[i].way != LAB_WAY_FILTERED);

        want(&list[AT_PEERS + i], open ? lab->peers[i].fd : -1, POLLIN);
    }
}

static void want_conns(struct lab *lab, struct pollfd *list)
{
    for (size_t i = 0; i < LAB_CONNS; i++) {
        const struct lab_conn *c = &lab->conns[i];
        short events = 0;

        if (!c->eof)
            events |= POLLIN;
        if (c->blocked)
            events |= POLLOUT;
        want(&list[AT_CONNS + i], events == 0 ? -1 : c->fd, events);
    }
}

/* Time until something is due. NULL: nothing is. */
static const struct timespec *patience(const struct lab *lab, struct timespec *out)
{
    int64_t due = lab->kill_us == 0 ? INT64_MAX : lab->kill_us;
    int64_t left;

    for (size_t i = 0; i < LAB_LATER; i++)
        if (lab->later[i].due_us != 0 && lab->later[i].due_us < due)
            due = lab->later[i].due_us;
    for (size_t i = 0; i < LAB_CONNS; i++)
        if (lab->conns[i].fd >= 0 && lab_conn_due(&lab->conns[i]) < due)
            due = lab_conn_due(&lab->conns[i]);
    if (due == INT64_MAX)
        return NULL;
    left = due - lab_now_us();
    if (left < 0)
        left = 0;
    *out = (struct timespec){ left / 1000000, left % 1000000 * 1000 };
    return out;
}

/* One of `peer` and `server` is NULL. */
static void accept_from(struct lab *lab, struct lab_server *server, const struct lab_peer *peer)
{
    struct lab_conn *c = free_conn(lab);
    int one = 1;

    while (c != NULL) {
        int fd = accept4(server != NULL ? server->tcp : peer->fd, NULL, NULL,
                         SOCK_NONBLOCK | SOCK_CLOEXEC);

        if (fd < 0)
            return;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        c->fd = fd;
        c->server = server;
        c->peer = peer;
        lab_conn_open(lab, c);
        c = free_conn(lab);
    }
}

static void handle_listeners(struct lab *lab, const struct pollfd *list)
{
    for (size_t i = 0; i < lab->server_count; i++) {
        if ((list[AT_UDP + i].revents & POLLIN) != 0)
            lab_dns_udp(lab, &lab->servers[i]);
        if ((list[AT_TCP + i].revents & POLLIN) != 0)
            accept_from(lab, &lab->servers[i], NULL);
    }
    for (size_t i = 0; i < lab->peer_count; i++) {
        if ((list[AT_PEERS + i].revents & POLLIN) == 0)
            continue;
        if (lab_speeches[lab->peers[i].proto].datagram != NULL)
            lab_peer_udp(lab, &lab->peers[i]);
        else
            accept_from(lab, NULL, &lab->peers[i]);
    }
}

static void handle_time(struct lab *lab)
{
    lab_dns_flush(lab);
    for (size_t i = 0; i < LAB_CONNS; i++)
        if (lab->conns[i].fd >= 0)
            lab_conn_flush(&lab->conns[i]);
    lab_command_timer(lab);
}

static void note_arrivals(struct lab *lab, const struct pollfd *list)
{
    lab->came_us = lab_now_us();
    for (size_t i = 0; i < LAB_CONNS; i++) {
        struct lab_conn *c = &lab->conns[i];

        if (c->fd >= 0 && (list[AT_CONNS + i].revents & (POLLIN | POLLERR | POLLHUP)) != 0 &&
            c->came_us == 0)
            c->came_us = lab->came_us;
    }
}

/* Handshakes take long enough to make others late: one a turn, the others keep their place. */
static void handle_conns(struct lab *lab)
{
    int64_t turn_us = lab->came_us;
    bool shaken = false;

    for (size_t i = 0; i < LAB_CONNS; i++) {
        struct lab_conn *c = &lab->conns[i];
        bool slow = c->ssl != NULL && !SSL_is_init_finished(c->ssl);

        if (c->fd < 0 || c->came_us == 0 || (slow && shaken))
            continue;
        shaken |= slow;
        lab->came_us = c->came_us;
        c->came_us = 0;
        lab_conn_read(lab, c);
        handle_time(lab);
    }
    lab->came_us = turn_us;
}

void lab_loop(struct lab *lab)
{
    struct pollfd list[AT_END];
    struct timespec left;

    for (size_t i = 0; i < AT_END; i++)
        want(&list[i], -1, 0);
    while (!lab->done) {
        want(&list[AT_SIGNALS], lab->signals, POLLIN);
        want_listeners(lab, list);
        want_conns(lab, list);
        if (ppoll(list, AT_PEERS + lab->peer_count, patience(lab, &left), NULL) < 0 &&
            errno != EINTR)
            return;
        if (list[AT_SIGNALS].revents != 0)
            lab_command_signal(lab);
        note_arrivals(lab, list);
        handle_conns(lab);
        handle_listeners(lab, list);
        handle_time(lab);
    }
}
