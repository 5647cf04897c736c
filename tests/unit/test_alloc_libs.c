/* test_alloc_libs.c - the libraries run on our allocator. */
#include "lp/alloc.h"

#include <ares.h>
#include <check.h>
#include <curl/curl.h>
#include <jansson.h>
#include <openssl/ssl.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

Suite *lp_suite_alloc_libs(void);

enum { GOOD, HOOK_REFUSED, OPENSSL_FAILED, CURL_FAILED, ARES_FAILED, JSON_FAILED, NOT_OURS };

/* A block that a library gave out is freed by our function: with another allocator that
 * aborts. */
static int use_libraries(void)
{
    if (!lp_alloc_hook_libraries())
        return HOOK_REFUSED;
    SSL_CTX *tls = SSL_CTX_new(TLS_client_method());
    char *own = OPENSSL_strdup("x");
    if (!tls || !own || OPENSSL_malloc(0) || OPENSSL_realloc(own, 0))
        return OPENSSL_FAILED;
    SSL_CTX_free(tls);
    CURL *easy = curl_easy_init();
    char *escaped = easy ? curl_easy_escape(easy, "a b", 3) : NULL;
    if (!escaped)
        return CURL_FAILED;
    lp_free(escaped);
    curl_easy_cleanup(easy);
    ares_channel channel = NULL;
    if (ares_init(&channel) != ARES_SUCCESS)
        return ARES_FAILED;
    ares_destroy(channel);
    json_t *value = json_pack("{s:[i,s]}", "a", 1, "b");
    char *text = value ? json_dumps(value, 0) : NULL;
    if (!text)
        return JSON_FAILED;
    lp_free(text);
    json_decref(value);
    CRYPTO_malloc_fn crypto_malloc = NULL;
    CRYPTO_get_mem_functions(&crypto_malloc, NULL, NULL);
    return crypto_malloc == CRYPTO_malloc ? NOT_OURS : GOOD;
}

/* In a process of its own: the hooks hold for the life of a process, and must be its
 * first call. */
START_TEST(hooked)
{
    int status = 0;
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0)
        exit(use_libraries());
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), GOOD);
}
END_TEST

START_TEST(too_late)
{
    int status = 0;
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        void *before = OPENSSL_malloc(8);
        bool hooked_too_late = lp_alloc_hook_libraries();
        OPENSSL_free(before);
        exit(hooked_too_late ? GOOD : HOOK_REFUSED);
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(WEXITSTATUS(status), HOOK_REFUSED);
}
END_TEST

Suite *lp_suite_alloc_libs(void)
{
    Suite *suite = suite_create("alloc_libs");
    TCase *tc = tcase_create("alloc_libs");
    tcase_add_test(tc, hooked);
    tcase_add_test(tc, too_late);
    suite_add_tcase(suite, tc);
    return suite;
}
