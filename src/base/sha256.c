/* sha256.c - SHA-256 as in FIPS 180-4, sections 4.2.2, 5.1.1 and 6.2 */
#include "lp/sha256.h"

#include <string.h>

#include "lp/text.h"

enum { BLOCK = 64, WORDS = 8, ROUNDS = 64, DIGEST = 32 };

static const uint32_t constants[ROUNDS] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static uint32_t turned(uint32_t x, unsigned n)
{
    return x >> n | x << (32 - n);
}

static uint32_t word_of(const unsigned char *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* Section 6.2.2, step 1. */
static void schedule(uint32_t w[ROUNDS], const unsigned char *block)
{
    for (size_t t = 0; t < 16; t++)
        w[t] = word_of(block + 4 * t);
    for (size_t t = 16; t < ROUNDS; t++) {
        uint32_t a = turned(w[t - 15], 7) ^ turned(w[t - 15], 18) ^ w[t - 15] >> 3;
        uint32_t b = turned(w[t - 2], 17) ^ turned(w[t - 2], 19) ^ w[t - 2] >> 10;
        w[t] = b + w[t - 7] + a + w[t - 16];
    }
}

/* Steps 2 to 4; v holds a to h. */
static void take_block(uint32_t state[WORDS], const unsigned char *block)
{
    uint32_t w[ROUNDS];
    uint32_t v[WORDS];
    schedule(w, block);
    memcpy(v, state, sizeof v);
    for (size_t t = 0; t < ROUNDS; t++) {
        uint32_t e = turned(v[4], 6) ^ turned(v[4], 11) ^ turned(v[4], 25);
        uint32_t a = turned(v[0], 2) ^ turned(v[0], 13) ^ turned(v[0], 22);
        uint32_t choice = (v[4] & v[5]) ^ (~v[4] & v[6]);
        uint32_t majority = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]);
        uint32_t one = v[7] + e + choice + constants[t] + w[t];
        memmove(v + 1, v, sizeof v - sizeof *v);
        v[4] += one;
        v[0] = one + a + majority;
    }
    for (size_t i = 0; i < WORDS; i++)
        state[i] += v[i];
}

/* The last bytes, the bit 1, zeros, and the length in bits: one block or two. */
static void take_rest(uint32_t state[WORDS], struct lp_str rest, uint64_t length)
{
    unsigned char last[2 * BLOCK] = { 0 };
    size_t n = rest.n + 9 <= BLOCK ? BLOCK : 2 * BLOCK;
    if (rest.n)
        memcpy(last, rest.p, rest.n);
    last[rest.n] = 0x80;
    for (size_t i = 0; i < 8; i++)
        last[n - 1 - i] = (unsigned char)(length * 8 >> 8 * i);
    for (size_t at = 0; at < n; at += BLOCK)
        take_block(state, last + at);
}

struct lp_str lp_sha256(struct lp_arena *arena, struct lp_str bytes)
{
    uint32_t state[WORDS] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                              0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 };
    char digest[DIGEST];
    size_t at = 0;
    for (; bytes.n - at >= BLOCK; at += BLOCK)
        take_block(state, (const unsigned char *)bytes.p + at);
    take_rest(state, lp_str_sub(bytes, at, bytes.n), bytes.n);
    for (size_t i = 0; i < sizeof digest; i++)
        digest[i] = (char)(state[i / 4] >> (24 - 8 * (i % 4)));
    struct lp_buf hex = lp_buf_new(2 * sizeof digest);
    lp_put_hex(&hex, (struct lp_str){ digest, sizeof digest });
    struct lp_str out = lp_arena_str(arena, lp_buf_view(&hex));
    lp_buf_release(&hex);
    return out;
}
