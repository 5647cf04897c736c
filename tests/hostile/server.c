/* server.c - the listening sockets of one behaviour, and a process for each connection */
#include "hostile.h"

#include <arpa/inet.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

enum { SOCKETS = 96 };

enum kind { DNS_UDP, DNS_TCP, PEER, TRAP };

struct socket {
    int fd;
    enum kind kind;
    uint16_t port;
};

static struct socket sockets[SOCKETS];
static size_t socket_count;
static unsigned *trapped; /* shared with the server */

unsigned hp_trapped(void)
{
    return *trapped;
}

static bool to_sockaddr(const char *address, uint16_t port, struct sockaddr_storage *out)
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

static int open_socket(const char *address, uint16_t port, enum kind kind, int backlog)
{
    struct sockaddr_storage at;
    int one = 1, type = kind == DNS_UDP ? SOCK_DGRAM : SOCK_STREAM;
    int fd = to_sockaddr(address, port, &at) ? socket(at.ss_family, type | SOCK_CLOEXEC, 0) : -1;

    if (fd < 0)
        return -1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (at.ss_family == AF_INET6)
        setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &one, sizeof one);
    if (bind(fd, (struct sockaddr *)&at, sizeof at) != 0 ||
        (type == SOCK_STREAM && listen(fd, backlog) != 0)) {
        close(fd);
        return -1;
    }
    sockets[socket_count++] = (struct socket){ fd, kind, port };
    return fd;
}

/* ---- listening ---- */

/* Places where no answer of a stranger may send us. */
static const struct {
    const char *address;
    uint16_t port;
} traps[] = {
    { "127.0.0.1", 80 },
    { "127.0.0.1", 443 },
    { "127.0.0.1", 5061 },
    { "127.0.0.1", 8080 },
    { "::1", 80 },
    { "::1", 443 },
    { "::1", 5061 },
    { HP_ADDRESS, 22 },
    { HP_ADDRESS, 25 },
    { HP_ADDRESS, 6379 },
    { "203.0.113.10", 22 },
    { "203.0.113.10", 25 },
    { "203.0.113.10", 6379 },
    { "169.254.169.254", 80 },
    { "169.254.169.254", 443 },
};

/* Those that do not exist here are no danger here either. */
static void open_traps(void)
{
    for (size_t i = 0; i < sizeof traps / sizeof traps[0]; i++)
        (void)open_socket(traps[i].address, traps[i].port, TRAP, 16);
}

/* A backlog of 0 holds one connection that nobody accepts: then the kernel drops every
 * SYN. */
static bool open_full(uint16_t port)
{
    struct sockaddr_storage to;

    if (open_socket(HP_ADDRESS, port, PEER, 0) < 0)
        return false;
    socket_count--; /* never accepted from */
    for (int i = 0; i < 2; i++) {
        int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

        to_sockaddr(HP_ADDRESS, port, &to);
        connect(fd, (struct sockaddr *)&to, sizeof(struct sockaddr_in));
    }
    return true;
}

static bool open_host(const struct hp_row *row)
{
    uint16_t ports[2] = { strcmp(row->host, "sip") == 0 ? 5061 : 80, 443 };

    for (int i = 0; i < 2; i++) {
        bool ok = row->meet == NULL ? open_full(ports[i])
                                    : open_socket(HP_ADDRESS, ports[i], PEER, 64) >= 0;

        if (!ok)
            return false;
    }
    return true;
}

static bool open_wide(void)
{
    char address[32];

    for (int i = 0; i < HP_WIDE_TARGETS * HP_WIDE_ADDRESSES; i++) {
        snprintf(address, sizeof address, "203.0.113.%d", HP_WIDE_FIRST + i);
        if (open_socket(address, 443, PEER, 64) < 0)
            return false;
    }
    return true;
}

bool hp_listen_all(const struct hp_row *row)
{
    trapped =
        mmap(NULL, sizeof *trapped, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (trapped == MAP_FAILED || open_socket(HP_SERVER, 53, DNS_UDP, 0) < 0 ||
        open_socket(HP_SERVER, 53, DNS_TCP, 64) < 0)
        return false;
    open_traps();
    if (row->wide)
        return hp_context(row) != NULL && open_wide();
    return row->host == NULL || (hp_context(row) != NULL && open_host(row));
}

/* ---- serving ---- */

/* The version in the ClientHello, behind the headers of record and message. */
static bool is_old(int fd)
{
    unsigned char hello[11] = { 0 };
    struct pollfd wait = { .fd = fd, .events = POLLIN };

    return poll(&wait, 1, HP_HEAR_MS) == 1 &&
           recv(fd, hello, sizeof hello, MSG_PEEK | MSG_WAITALL) == sizeof hello &&
           hello[0] == 22 && hello[10] < 3;
}

static void meet(const struct hp_row *row, int fd, uint16_t port)
{
    static struct peer p;
    SSL_CTX *tls;

    p = (struct peer){ .row = row, .fd = fd, .port = port, .raw = row->raw };
    if (port != 80 && row->old != NULL && is_old(fd)) {
        p.raw = true;
        row->old(&p);
        return;
    }
    if (port != 80 && !row->raw) {
        tls = hp_context(row);
        p.ssl = tls == NULL ? NULL : SSL_new(tls);
        if (p.ssl == NULL || SSL_set_fd(p.ssl, fd) != 1 || SSL_accept(p.ssl) != 1)
            return;
    }
    row->meet(&p);
    if (p.fd >= 0)
        close(p.fd);
}

static void accept_one(const struct hp_row *row, const struct socket *s)
{
    int fd = accept4(s->fd, NULL, NULL, SOCK_CLOEXEC);

    if (fd < 0)
        return;
    if (s->kind == TRAP)
        ++*trapped;
    else if (fork() == 0) {
        if (s->kind == DNS_TCP)
            hp_serve_tcp(fd, row);
        else
            meet(row, fd, s->port);
        _exit(0);
    }
    close(fd);
}

void hp_serve(const struct hp_row *row)
{
    struct pollfd fds[SOCKETS];

    signal(SIGCHLD, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    for (;;) {
        for (size_t i = 0; i < socket_count; i++)
            fds[i] = (struct pollfd){ .fd = sockets[i].fd, .events = POLLIN };
        if (poll(fds, socket_count, -1) <= 0)
            continue;
        for (size_t i = 0; i < socket_count; i++) {
            if (fds[i].revents == 0)
                continue;
            if (sockets[i].kind == DNS_UDP)
                hp_serve_udp(sockets[i].fd, row);
            else
                accept_one(row, &sockets[i]);
        }
    }
}
