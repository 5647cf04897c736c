/* test_sha256.c - examples of FIPS 180-4, and each length around a block against OpenSSL */
#include <check.h>
#include <openssl/sha.h>
#include <string.h>

#include "lp/sha256.h"
#include "lp/text.h"

Suite *lp_suite_sha256(void);

static const struct {
    const char *text, *digest;
} rows[] = {
    { "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
    { "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
    { "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
};

START_TEST(examples)
{
    struct lp_arena arena = { 0 };
    struct lp_str digest = lp_sha256(&arena, lp_str_of(rows[_i].text));
    ck_assert_str_eq(digest.p, rows[_i].digest);
    ck_assert_uint_eq(digest.n, 64);
    lp_arena_release(&arena);
}
END_TEST

START_TEST(same_as_openssl)
{
    unsigned char bytes[200];
    unsigned char sum[SHA256_DIGEST_LENGTH];
    struct lp_arena arena = { 0 };
    struct lp_buf hex = lp_buf_new(2 * sizeof sum);
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)(i * 37 + (size_t)_i);
    SHA256(bytes, (size_t)_i, sum);
    lp_put_hex(&hex, (struct lp_str){ (const char *)sum, sizeof sum });
    struct lp_str digest = lp_sha256(&arena, (struct lp_str){ (const char *)bytes, (size_t)_i });
    ck_assert(lp_str_eq(digest, lp_buf_view(&hex)));
    lp_buf_release(&hex);
    lp_arena_release(&arena);
}
END_TEST

Suite *lp_suite_sha256(void)
{
    Suite *suite = suite_create("sha256");
    TCase *tcase = tcase_create("digest");
    tcase_add_loop_test(tcase, examples, 0, LP_COUNT(rows));
    tcase_add_loop_test(tcase, same_as_openssl, 0, 200);
    suite_add_tcase(suite, tcase);
    return suite;
}
