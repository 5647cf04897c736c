/* dns_socket.c - the socket calls of c-ares: guarded, their errors noted */
#include "lp/dns_socket.h"

/* The calls that 1.18 has are old names in 1.34. */
#define CARES_NO_DEPRECATED
#include <ares.h>
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "lp/job.h"

enum {
    RECEIVE_BUFFER = 4 << 20, /* 128 answers at once overflow the default (performance.md 2.2) */
    PARTS = 16,               /* messages in one write to a TCP connection */
    SENDS = 3,                /* a send may report an older ICMP error instead of sending */
};

static void note_fault(struct lp_dns_socket *s, bool local)
{
    s->fault = (struct lp_dns_fault){ local ? LP_DNS_LOCAL : LP_DNS_PEER, errno };
}

static ares_socket_t make_socket(int domain, int type, int protocol, void *self)
{
    int size = RECEIVE_BUFFER;
    int fd = socket(domain, type | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol);

    if (fd < 0)
        note_fault(self, true);
    else if (type == SOCK_DGRAM)
        (void)setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
    return fd;
}

static int close_socket(ares_socket_t fd, void *self)
{
    (void)self;
    return close(fd);
}

/* The guard of this engine: nothing but the server that was configured, on its port. */
static bool is_ours(const struct lp_dns_socket *s, const struct sockaddr *to)
{
    struct lp_addr address;
    uint16_t port;

    return lp_addr_from_sockaddr(to, &address, &port) && port == s->port &&
           lp_addr_eq(&address, &s->address);
}

static int connect_socket(ares_socket_t fd, const struct sockaddr *to, ares_socklen_t n, void *self)
{
    struct lp_dns_socket *s = self;

    if (!is_ours(s, to)) {
        errno = EPERM;
        note_fault(s, true);
        return -1;
    }
    if (connect(fd, to, n) == 0)
        return 0;
    /* Unreachable at once, without a packet: we have no route (of this family). */
    if (errno != EINPROGRESS)
        note_fault(s, lp_errno_is_local(errno) || errno == ENETUNREACH || errno == EHOSTUNREACH);
    return -1;
}

/* An error of a connected UDP socket is an ICMP message about an earlier datagram. c-ares
   would fail every question of the channel for good; so it is noted here and hidden from
   it. */
static bool is_hidden(struct lp_dns_socket *s)
{
    if (s->tcp || errno == EAGAIN || lp_errno_is_local(errno))
        return false;
    s->unreachable = errno;
    return true;
}

/* The next datagram that may be an answer. Others are taken away here: an empty one looks
   like the end of the socket to c-ares. */
static ssize_t receive_datagram(struct lp_dns_socket *s, int fd, struct msghdr *into)
{
    while (s->budget > 0) {
        s->budget--;
        ssize_t n = recvmsg(fd, into, 0);
        if (n < 0 && errno != EINTR && !is_hidden(s))
            return n;
        if (n > 0 &&
            s->datagram_came(s->owner, (struct lp_str){ into->msg_iov->iov_base, (size_t)n }))
            return n;
    }
    errno = EAGAIN;
    return -1;
}

/* NOLINTNEXTLINE(readability-function-size): c-ares says which parameters */
static ares_ssize_t receive(ares_socket_t fd, void *bytes, size_t size, int flags,
                            struct sockaddr *from, ares_socklen_t *from_n, void *self)
{
    struct lp_dns_socket *s = self;
    struct iovec part = { .iov_base = bytes, .iov_len = size };
    struct msghdr into = { .msg_iov = &part, .msg_iovlen = 1, .msg_name = from };

    (void)flags;
    into.msg_namelen = from != NULL && from_n != NULL ? *from_n : 0;
    ssize_t n = s->tcp ? recvmsg(fd, &into, 0) : receive_datagram(s, fd, &into);
    if (from_n != NULL)
        *from_n = into.msg_namelen;
    if (n < 0 && errno != EAGAIN)
        note_fault(s, lp_errno_is_local(errno));
    if (n == 0)
        s->fault = (struct lp_dns_fault){ LP_DNS_CLOSED, 0 };
    return n;
}

/* sendmsg, not writev: a closed connection must not raise SIGPIPE. Parts beyond PARTS go
 * next time.
 */
static ares_ssize_t transmit(ares_socket_t fd, const struct iovec *parts, int n, void *self)
{
    struct lp_dns_socket *s = self;
    struct iovec part[PARTS];
    struct msghdr what = { .msg_iov = part };
    ssize_t sent = -1;

    what.msg_iovlen = n < PARTS ? (size_t)n : PARTS;
    memcpy(part, parts, what.msg_iovlen * sizeof(*parts));
    if (!s->tcp && n == 1)
        s->datagram_goes(s->owner, (struct lp_str){ part->iov_base, part->iov_len });
    for (int i = 0; sent < 0 && i < SENDS; i++) {
        sent = sendmsg(fd, &what, MSG_NOSIGNAL);
        if (sent < 0 && errno != EINTR && !is_hidden(s))
            break;
    }
    if (sent < 0 && errno != EAGAIN)
        note_fault(s, lp_errno_is_local(errno));
    return sent;
}

const struct ares_socket_functions lp_dns_socket_functions = {
    .asocket = make_socket,
    .aclose = close_socket,
    .aconnect = connect_socket,
    .arecvfrom = receive,
    .asendv = transmit,
};
