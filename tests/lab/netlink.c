/* netlink.c - the few rtnetlink requests that a fresh network namespace needs */
#include "lab.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

/* One request: header, family header, attributes. */
struct request {
    struct nlmsghdr head;
    union {
        struct ifaddrmsg address;
        struct rtmsg route;
    } body;
    char attributes[128];
};

static void begin(struct request *r, uint16_t type, size_t body)
{
    memset(r, 0, sizeof *r);
    r->head.nlmsg_type = type;
    r->head.nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE;
    r->head.nlmsg_len = (uint32_t)NLMSG_LENGTH(body);
}

static void attribute(struct request *r, uint16_t type, const void *data, size_t len)
{
    struct rtattr *a = (struct rtattr *)((char *)r + NLMSG_ALIGN(r->head.nlmsg_len));

    a->rta_type = type;
    a->rta_len = (uint16_t)RTA_LENGTH(len);
    memcpy(RTA_DATA(a), data, len);
    r->head.nlmsg_len = (uint32_t)(NLMSG_ALIGN(r->head.nlmsg_len) + RTA_LENGTH(len));
}

/* Sends it and reads the kernel's word. What is there already is no trouble. */
static bool ask(const struct request *r)
{
    struct {
        struct nlmsghdr head;
        struct nlmsgerr error;
        char rest[512];
    } reply;
    int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
    ssize_t got = -1;

    if (fd < 0)
        return false;
    if (send(fd, r, r->head.nlmsg_len, 0) == (ssize_t)r->head.nlmsg_len)
        got = recv(fd, &reply, sizeof reply, 0);
    close(fd);
    return got >= (ssize_t)NLMSG_LENGTH(sizeof reply.error) &&
           reply.head.nlmsg_type == NLMSG_ERROR &&
           (reply.error.error == 0 || reply.error.error == -EEXIST);
}

bool lab_link_up(const char *device)
{
    struct ifreq request;
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    bool ok;

    if (fd < 0)
        return false;
    memset(&request, 0, sizeof request);
    memcpy(request.ifr_name, device, strnlen(device, IFNAMSIZ - 1));
    request.ifr_flags = IFF_UP | IFF_LOOPBACK | IFF_RUNNING;
    ok = ioctl(fd, SIOCSIFFLAGS, &request) == 0;
    close(fd);
    return ok;
}

/* Family and bytes of a literal address. */
static size_t parse(const char *address, int *family, uint8_t *bytes)
{
    *family = strchr(address, ':') != NULL ? AF_INET6 : AF_INET;
    if (inet_pton(*family, address, bytes) != 1)
        return 0;
    return *family == AF_INET ? 4 : 16;
}

bool lab_address_add(int device, const char *address, unsigned prefix)
{
    struct request r;
    uint8_t bytes[16];
    int family;
    size_t len = parse(address, &family, bytes);

    begin(&r, RTM_NEWADDR, sizeof r.body.address);
    r.body.address.ifa_family = (unsigned char)family;
    r.body.address.ifa_prefixlen = (unsigned char)prefix;
    r.body.address.ifa_flags = family == AF_INET6 ? IFA_F_NODAD : 0;
    r.body.address.ifa_index = (unsigned)device;
    attribute(&r, IFA_LOCAL, bytes, len);
    attribute(&r, IFA_ADDRESS, bytes, len);
    return len > 0 && ask(&r);
}

bool lab_route_unreachable(const char *address)
{
    struct request r;
    uint8_t bytes[16];
    int family;
    size_t len = parse(address, &family, bytes);

    begin(&r, RTM_NEWROUTE, sizeof r.body.route);
    r.body.route.rtm_family = (unsigned char)family;
    r.body.route.rtm_dst_len = (unsigned char)(len * 8);
    r.body.route.rtm_table = RT_TABLE_MAIN;
    r.body.route.rtm_protocol = RTPROT_STATIC;
    r.body.route.rtm_type = RTN_UNREACHABLE;
    attribute(&r, RTA_DST, bytes, len);
    return len > 0 && ask(&r);
}
