/* dns.c - the sockets of the name servers: UDP with delayed answers, and TCP; and the
 * datagrams of other peers, which share the queue */
#include "lab.h"

#include <string.h>
#include <sys/socket.h>

enum { TC = 0x02, AT_TC = 2 };

static struct lab_later *free_later(struct lab *lab)
{
    for (size_t i = 0; i < LAB_LATER; i++)
        if (lab->later[i].due_us == 0)
            return &lab->later[i];
    return NULL;
}

/* Too long for UDP: header and question with TC, and the client comes over TCP. */
static size_t truncate_udp(struct lab_message *m, const struct lab_question *q)
{
    m->bytes[AT_TC] |= TC;
    memset(m->bytes + 6, 0, 6);
    return q->end;
}

static size_t udp_answer(const struct lab *lab, const struct lab_server *server,
                         const struct lab_question *q, struct lab_message *m)
{
    const struct lab_fault *fault = lab->options->fault;
    bool short_only = fault->dns == LAB_DNS_TRUNCATE && fault->view == server->view;
    size_t len = lab_dns_answer(lab, server, q, m);

    if (len == 0 || (len <= q->limit && !short_only))
        return len;
    return truncate_udp(m, q);
}

/* Reads one question; false when the socket is empty. */
static bool udp_one(struct lab *lab, struct lab_server *server)
{
    struct lab_later *later = free_later(lab);
    struct lab_question q;
    struct lab_message m;
    uint8_t bytes[LAB_MESSAGE];
    ssize_t got;

    if (later == NULL)
        return false;
    later->to_len = sizeof later->to;
    got = recvfrom(server->udp, bytes, sizeof bytes, 0, (struct sockaddr *)&later->to,
                   &later->to_len);
    if (got < 0)
        return false;
    if (!lab_question_read(bytes, (size_t)got, &q))
        return true;
    later->len = udp_answer(lab, server, &q, &m);
    if (later->len == 0)
        return true;
    memcpy(later->bytes, m.bytes, later->len);
    later->fd = server->udp;
    later->due_us = lab_due_us(lab, 1);
    return true;
}

void lab_dns_udp(struct lab *lab, struct lab_server *server)
{
    while (udp_one(lab, server))
        ;
}

/* One datagram for a peer; false when the socket is empty. Silent peers read it only. */
static bool peer_one(struct lab *lab, const struct lab_peer *peer)
{
    struct lab_later *later = free_later(lab);
    bool silent = peer->way == LAB_WAY_FILTERED || lab_ways[peer->way].talk == LAB_TALK_MUTE;
    ssize_t got;

    if (later == NULL)
        return false;
    later->to_len = sizeof later->to;
    got = recvfrom(peer->fd, later->bytes, sizeof later->bytes, 0, (struct sockaddr *)&later->to,
                   &later->to_len);
    if (got < 0)
        return false;
    later->len =
        silent ? 0 : lab_speeches[peer->proto].datagram(peer, later, later->bytes, (size_t)got);
    later->fd = peer->fd;
    later->due_us = later->len == 0 ? 0 : lab_due_us(lab, 1);
    return true;
}

void lab_peer_udp(struct lab *lab, const struct lab_peer *peer)
{
    while (peer_one(lab, peer))
        ;
}

void lab_dns_flush(struct lab *lab)
{
    int64_t now = lab_now_us();

    for (size_t i = 0; i < LAB_LATER; i++) {
        struct lab_later *later = &lab->later[i];

        if (later->due_us == 0 || later->due_us > now)
            continue;
        sendto(later->fd, later->bytes, later->len, MSG_NOSIGNAL, (struct sockaddr *)&later->to,
               later->to_len);
        later->due_us = 0;
    }
}

/* One question with its two bytes of length; false when it is not complete yet. */
static bool tcp_one(struct lab *lab, struct lab_conn *c)
{
    const uint8_t *in = (const uint8_t *)c->in;
    size_t len = c->in_len < 2 ? 0 : (size_t)in[0] << 8 | in[1];
    struct lab_question q;
    struct lab_message m;
    uint8_t frame[2 + LAB_MESSAGE];
    size_t answer;

    if (c->in_len < 2 || c->in_len < 2 + len)
        return false;
    answer = lab_question_read(in + 2, len, &q) ? lab_dns_answer(lab, c->server, &q, &m) : 0;
    lab_conn_used(c, 2 + len);
    if (answer == 0)
        return true;
    frame[0] = (uint8_t)(answer >> 8);
    frame[1] = (uint8_t)(answer & 0xff);
    memcpy(frame + 2, m.bytes, answer);
    lab_conn_say(c, frame, 2 + answer);
    return true;
}

void lab_dns_tcp(struct lab *lab, struct lab_conn *c)
{
    while (tcp_one(lab, c))
        ;
}
