/* name_server.c - the name server in front of the lab's: passes on what no row attacks */
#include "hostile.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

static const struct {
    const char *word;
    uint16_t type;
} types[] = { { "A", T_A }, { "AAAA", T_AAAA }, { "SRV", T_SRV } };

/* ---- the question ---- */

static void strip_domain(char *name)
{
    size_t n = strlen(name), tail = strlen("." HP_DOMAIN);

    if (n > tail && strcmp(name + n - tail, "." HP_DOMAIN) == 0)
        name[n - tail] = '\0';
}

static bool read_question(struct exchange *x)
{
    const uint8_t *b = x->query.bytes;
    size_t at = 12, n = 0;

    if (x->query.n < 17)
        return false;
    while (at < x->query.n && b[at] != 0 && b[at] < 64 && n + b[at] + 2 < sizeof x->name) {
        for (size_t i = 1; i <= b[at] && at + i < x->query.n; i++)
            x->name[n++] = (char)tolower(b[at + i]);
        x->name[n++] = '.';
        at += b[at] + 1u;
    }
    x->name[n > 0 ? n - 1 : 0] = '\0';
    x->end = at + 5;
    if (x->end > x->query.n || b[at] != 0)
        return false;
    x->type = (uint16_t)(b[at + 1] << 8 | b[at + 2]);
    strip_domain(x->name);
    return true;
}

static bool is_type(const char *word, uint16_t type)
{
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (strcmp(types[i].word, word) == 0)
            return types[i].type == type;
    return strcmp(word, "*") == 0;
}

static bool is_attacked(const struct hp_row *row, const struct exchange *x)
{
    size_t n;

    if (row->question == NULL)
        return false;
    n = strcspn(row->question, " ");
    return is_type(row->question + n + 1, x->type) &&
           ((n == 1 && row->question[0] == '*') ||
            (strlen(x->name) == n && strncmp(row->question, x->name, n) == 0));
}

/* ---- answers ---- */

bool hp_honest(struct exchange *x)
{
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(53) };
    struct pollfd wait = { .events = POLLIN };
    ssize_t n = -1;

    inet_pton(AF_INET, HP_BEHIND, &to.sin_addr);
    wait.fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (wait.fd < 0)
        return false;
    sendto(wait.fd, x->query.bytes, x->query.n, 0, (struct sockaddr *)&to, sizeof to);
    if (poll(&wait, 1, 1000) == 1)
        n = recv(wait.fd, x->answer.bytes, sizeof x->answer.bytes, 0);
    close(wait.fd);
    x->answer.n = n > 0 ? (size_t)n : 0;
    return n > 0;
}

static void send_all(int fd, const uint8_t *p, size_t n)
{
    while (n > 0) {
        ssize_t sent = send(fd, p, n, MSG_NOSIGNAL);

        if (sent <= 0)
            return;
        p += sent;
        n -= (size_t)sent;
    }
}

void hp_reply(const struct exchange *x)
{
    uint8_t length[2] = { (uint8_t)(x->answer.n >> 8), (uint8_t)x->answer.n };

    if (!x->tcp) {
        sendto(x->fd, x->answer.bytes, x->answer.n, 0, (const struct sockaddr *)&x->from,
               sizeof x->from);
        return;
    }
    send_all(x->fd, length, sizeof length);
    send_all(x->fd, x->answer.bytes, x->answer.n);
}

/* The host of a row of a connection lies at our address, and at no other. */
static bool is_our_host(const struct hp_row *row, const struct exchange *x)
{
    return row->host != NULL && strcmp(row->host, x->name) == 0 &&
           (x->type == T_A || x->type == T_AAAA);
}

static void answer_host(struct exchange *x)
{
    struct in_addr address;

    hp_begin(x, 0);
    if (x->type == T_A) {
        inet_pton(AF_INET, HP_ADDRESS, &address);
        hp_count(x, 1);
        hp_record(x, T_A, (struct bytes){ (const char *)&address, sizeof address });
    }
    hp_reply(x);
}

/* SRV targets w0 to w7, and the addresses of each. */
static bool answer_wide(struct exchange *x)
{
    char target[] = "\002w0\300\026"; /* the domain lies in the question */
    unsigned char address[4] = { 203, 0, 113, 0 };
    bool service = strcmp(x->name, "_sip._tls") == 0 && x->type == T_SRV;

    if (!x->row->wide || (!service && (x->name[0] != 'w' || x->name[2] != '\0')))
        return false;
    hp_begin(x, 0);
    for (unsigned i = 0; service && i < HP_WIDE_TARGETS; i++) {
        target[2] = (char)('0' + i);
        hp_srv(x, 443, (struct bytes){ target, 5 });
        hp_count(x, i + 1);
    }
    for (unsigned i = 0; !service && x->type == T_A && i < HP_WIDE_ADDRESSES; i++) {
        address[3] = (unsigned char)(HP_WIDE_FIRST + (unsigned)(x->name[1] - '0') * 8 + i);
        hp_record(x, T_A, (struct bytes){ (const char *)address, sizeof address });
        hp_count(x, i + 1);
    }
    hp_reply(x);
    return true;
}

static void answer(struct exchange *x)
{
    if (answer_wide(x))
        return;
    if (is_our_host(x->row, x))
        answer_host(x);
    else if (is_attacked(x->row, x) && x->row->answer(x))
        return; /* it replied, or did not want to */
    else if (hp_honest(x))
        hp_reply(x);
}

/* ---- the two transports ---- */

/* How often this question was asked over UDP before. */
static unsigned times_asked(const struct exchange *x)
{
    static struct {
        char name[256];
        uint16_t type;
        unsigned n;
    } seen[256];
    size_t i = 0;

    while (i < 255 && seen[i].n > 0 &&
           (seen[i].type != x->type || strcmp(seen[i].name, x->name) != 0))
        i++;
    memcpy(seen[i].name, x->name, sizeof seen[i].name);
    seen[i].type = x->type;
    return seen[i].n++;
}

/* Each answer in a process of its own: an act may take its time. */
void hp_serve_udp(int fd, const struct hp_row *row)
{
    static struct exchange x;
    socklen_t size = sizeof x.from;
    ssize_t n;

    x = (struct exchange){ .row = row, .fd = fd };
    n = recvfrom(fd, x.query.bytes, sizeof x.query.bytes, 0, (struct sockaddr *)&x.from, &size);
    x.query.n = n > 0 ? (size_t)n : 0;
    if (!read_question(&x))
        return;
    x.nth = times_asked(&x);
    if (fork() != 0)
        return;
    answer(&x);
    _exit(0);
}

static bool receive_all(int fd, uint8_t *p, size_t n)
{
    return recv(fd, p, n, MSG_WAITALL) == (ssize_t)n;
}

void hp_serve_tcp(int fd, const struct hp_row *row)
{
    struct exchange *x = calloc(1, sizeof *x);
    uint8_t length[2];

    while (x != NULL && receive_all(fd, length, sizeof length)) {
        *x = (struct exchange){ .row = row, .fd = fd, .tcp = true };
        x->query.n = (size_t)length[0] << 8 | length[1];
        if (!receive_all(fd, x->query.bytes, x->query.n) || !read_question(x))
            break;
        answer(x);
    }
    free(x);
}
