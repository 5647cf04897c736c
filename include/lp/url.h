/* url.h - the few URLs we follow: http and https (RFC 3986). [probe] */
#ifndef LP_URL_H
#define LP_URL_H

#include "lp/addr.h"
#include "lp/arena.h"

struct lp_url {
    bool https;
    struct lp_str host; /* lower-case, no brackets, no trailing dot */
    struct lp_addr ip;  /* family 0 unless the host is an address literal */
    uint16_t port;      /* 80 or 443 when not given */
    struct lp_str path; /* starts with "/", with query, without fragment; only visible ASCII */
    struct lp_str text; /* normal form: scheme://host[:port]path */
};

/*
 * Parses href, relative to base (NULL: must be absolute). All strings in the arena.
 * False: other scheme, user info, bad host (lp_name_is_host or an IP literal), bad port,
 * control characters or blanks, over 2,048 bytes.
 */
LP_MUST_CHECK bool lp_url_parse(struct lp_arena *arena, const struct lp_url *base,
                                struct lp_str href, struct lp_url *out);

#endif
