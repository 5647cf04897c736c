/* namespace.c - where the lab stands: a network namespace of its own, or loopback */
#include "lab.h"

#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* On a loopback device an IPv4 address with a prefix makes its whole range local: a
 * closed port anywhere in it refuses, nothing is filtered, nothing leaves the machine. */
static const struct {
    const char *address;
    unsigned prefix;
} ranges[] = {
    { "10.77.0.1", 16 },
    { "198.51.100.1", 24 },
    { "203.0.113.1", 24 },
};

static const char *const more_v6[] = { "fd77::53", "2001:db8:77::53" };

static bool write_file(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    ssize_t got;

    if (fd < 0)
        return false;
    got = write(fd, text, strlen(text));
    close(fd);
    return got == (ssize_t)strlen(text);
}

/* Root of the new user namespace is who we are outside of it. */
static bool map_user(uid_t uid, gid_t gid)
{
    char line[64];

    write_file("/proc/self/setgroups", "deny");
    snprintf(line, sizeof line, "0 %u 1\n", (unsigned)uid);
    if (!write_file("/proc/self/uid_map", line))
        return false;
    snprintf(line, sizeof line, "0 %u 1\n", (unsigned)gid);
    return write_file("/proc/self/gid_map", line);
}

/* Real root needs no user namespace, and keeps its files; where that is refused, like
 * everybody else. */
static bool detach(struct lab *lab, const char **why)
{
    uid_t uid = geteuid();
    gid_t gid = getegid();

    if (uid == 0 && unshare(CLONE_NEWNET) == 0)
        return true;
    if (unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0) {
        *why = "no user and network namespace is allowed here";
        return false;
    }
    lab->user_namespace = true;
    if (map_user(uid, gid))
        return true;
    *why = "the user map of the namespace cannot be written";
    return false;
}

static bool add_v6(int device)
{
    const struct lab_site *site;

    for (size_t i = 0; (site = lab_site_at(i)) != NULL; i++)
        if (site->v6[0] != '\0' && !lab_address_add(device, site->v6, 128))
            return false;
    for (size_t i = 0; i < sizeof more_v6 / sizeof more_v6[0]; i++)
        if (!lab_address_add(device, more_v6[i], 128))
            return false;
    return true;
}

bool lab_namespace_enter(struct lab *lab, const char **why)
{
    int device;

    if (!detach(lab, why))
        return false;
    *why = "the namespace's loopback device cannot be set up";
    if (!lab_link_up("lo"))
        return false;
    device = (int)if_nametoindex("lo");
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
        if (!lab_address_add(device, ranges[i].address, ranges[i].prefix))
            return false;
    if (lab->world != NULL && !lab_world_addresses(lab, device))
        return false;
    if (!lab_route_unreachable(lab_site_find("unreachable")->v4))
        return false;
    lab->v6 = add_v6(device);
    return true;
}

bool lab_loopback_enter(struct lab *lab, const char **why)
{
    struct sockaddr_storage address;
    int fd;

    lab->v6 = false;
    if (lab->world != NULL || lab->options->fault->namespace_only) {
        *why = "this topology or fault needs a namespace of its own";
        return false;
    }
    lab_sockaddr("127.77.1.53", 53, &address);
    fd = lab_listen(&address, SOCK_STREAM, 1);
    if (fd < 0) {
        *why = errno == EACCES ? "port 53 on loopback is not allowed"
                               : "port 53 on 127.77.1.53 cannot be bound";
        return false;
    }
    close(fd);
    return true;
}
