/* alloc_libs.c - puts the allocator under OpenSSL, libcurl, c-ares and jansson. */
#include "lp/alloc.h"

#include <ares.h>
#include <curl/curl.h>
#include <jansson.h>
#include <openssl/crypto.h>

/* OpenSSL asks for size 0 and wants NULL then; it also hands over file and line. */
static void *crypto_malloc(size_t size, const char *file, int line)
{
    (void)file;
    (void)line;
    return size ? lp_lib_malloc(size) : NULL;
}

static void *crypto_realloc(void *memory, size_t size, const char *file, int line)
{
    (void)file;
    (void)line;
    if (size)
        return lp_lib_realloc(memory, size);
    lp_free(memory);
    return NULL;
}

static void crypto_free(void *memory, const char *file, int line)
{
    (void)file;
    (void)line;
    lp_free(memory);
}

void lp_alloc_hook_json(void)
{
    json_set_alloc_funcs(lp_lib_malloc, lp_free);
}

bool lp_alloc_hook_libraries(void)
{
    lp_alloc_hook_json();
    if (CRYPTO_set_mem_functions(crypto_malloc, crypto_realloc, crypto_free) != 1)
        return false;
    /* libcurl would load the configuration file; the first word on that counts (threat
     * T29). */
    if (OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL) != 1)
        return false;
    if (curl_global_init_mem(CURL_GLOBAL_ALL, lp_lib_malloc, lp_free, lp_lib_realloc, lp_lib_strdup,
                             lp_lib_calloc) != CURLE_OK)
        return false;
    return ares_library_init_mem(ARES_LIB_INIT_ALL, lp_lib_malloc, lp_free, lp_lib_realloc) ==
           ARES_SUCCESS;
}
