/* sha256.h - the digest that names a file of ours. */
#ifndef LP_SHA256_H
#define LP_SHA256_H

#include "lp/arena.h"

/*
 * SHA-256 (FIPS 180-4) as 64 lower-case hex digits in the arena. For the parent, which must not
 * touch OpenSSL before it forks: a library that has allocated takes no allocator any more
 * (lp_alloc_hook_libraries in the worker). The worker has OpenSSL's.
 */
struct lp_str lp_sha256(struct lp_arena *arena, struct lp_str bytes);

#endif
