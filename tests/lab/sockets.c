/* sockets.c - opening every listening socket of the lab */
#include "lab.h"

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static const struct {
    const char *address;
    enum lab_view view;
    bool second;
    bool v6;
} servers[] = {
    { "127.77.1.53", LAB_INTERNAL, false, false }, { "127.77.2.53", LAB_EXTERNAL, false, false },
    { "127.77.1.54", LAB_INTERNAL, true, false },  { "127.77.2.54", LAB_EXTERNAL, true, false },
    { "fd77::53", LAB_INTERNAL, false, true },     { "2001:db8:77::53", LAB_EXTERNAL, false, true },
};

bool lab_sockaddr(const char *address, uint16_t port, struct sockaddr_storage *out)
{
    struct sockaddr_in *v4 = (struct sockaddr_in *)out;
    struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)out;

    memset(out, 0, sizeof *out);
    if (inet_pton(AF_INET, address, &v4->sin_addr) == 1) {
        v4->sin_family = AF_INET;
        v4->sin_port = htons(port);
        return true;
    }
    v6->sin6_family = AF_INET6;
    v6->sin6_port = htons(port);
    return inet_pton(AF_INET6, address, &v6->sin6_addr) == 1;
}

socklen_t lab_sockaddr_len(const struct sockaddr_storage *address)
{
    return address->ss_family == AF_INET ? sizeof(struct sockaddr_in) : sizeof(struct sockaddr_in6);
}

int lab_listen(const struct sockaddr_storage *address, int type, int backlog)
{
    const struct sockaddr *where = (const struct sockaddr *)address;
    int fd = socket(address->ss_family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    int one = 1, error;

    if (fd < 0)
        return -1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (address->ss_family == AF_INET6)
        setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &one, sizeof one);
    if (bind(fd, where, lab_sockaddr_len(address)) == 0 &&
        (type != SOCK_STREAM || listen(fd, backlog) == 0))
        return fd;
    error = errno;
    close(fd);
    errno = error;
    return -1;
}

/* A backlog of 0 holds one connection that nobody accepts; from then on the kernel drops
 * every SYN, as a packet filter does. The second one makes sure. */
void lab_backlog_fill(struct lab *lab, const struct sockaddr_storage *address)
{
    for (int i = 0; i < 2 && lab->fill_count < LAB_FILLS; i++) {
        int fd = socket(address->ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

        if (fd < 0)
            return;
        connect(fd, (const struct sockaddr *)address, lab_sockaddr_len(address));
        lab->fill_fds[lab->fill_count++] = fd;
    }
}

static bool peer_open(struct lab *lab, struct lab_peer *peer)
{
    bool filtered = peer->way == LAB_WAY_FILTERED;
    bool udp = lab_speeches[peer->proto].datagram != NULL;
    bool tls = peer->cert != NULL && !lab_ways[peer->way].plain;
    struct sockaddr_storage where;

    if (peer->way == LAB_WAY_CLOSED)
        return true;
    if (!lab_sockaddr(peer->address, peer->port, &where))
        return false;
    peer->fd = lab_listen(&where, udp ? SOCK_DGRAM : SOCK_STREAM, filtered ? 0 : 128);
    if (peer->fd < 0)
        return false;
    if (filtered && !udp)
        lab_backlog_fill(lab, &where);
    if (tls)
        peer->tls = lab_tls_context(lab, peer);
    return !tls || peer->tls != NULL;
}

bool lab_peers_open(struct lab *lab, const char **why)
{
    lab->peer_count = 0;
    if (lab->world == NULL)
        lab_sites_build(lab);
    else if (!lab_world_peers(lab, why))
        return false;
    for (size_t i = 0; i < lab->peer_count; i++)
        if (!peer_open(lab, &lab->peers[i])) {
            *why = errno == EACCES ? "low ports are not allowed here"
                                   : "a port of the deployment cannot be opened";
            return false;
        }
    return true;
}

static bool server_open(struct lab *lab, struct lab_server *server, size_t row)
{
    struct sockaddr_storage where;

    server->view = servers[row].view;
    server->second = servers[row].second;
    lab_sockaddr(servers[row].address, 53, &where);
    server->udp = lab_listen(&where, SOCK_DGRAM, 0);
    server->tcp = lab_listen(&where, SOCK_STREAM, 128);
    lab_zone_build(lab, server);
    return server->udp >= 0 && server->tcp >= 0;
}

bool lab_servers_open(struct lab *lab, const char **why)
{
    *why = "port 53 cannot be opened";
    for (size_t i = 0; i < sizeof servers / sizeof servers[0]; i++) {
        if (servers[i].v6 && !lab->v6)
            continue;
        if (!server_open(lab, &lab->servers[lab->server_count], i))
            return false;
        lab->server_count++;
    }
    return true;
}
