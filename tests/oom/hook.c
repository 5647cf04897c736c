/* hook.c - preloaded: X509_verify_cert that spins or aborts on certificates of the tester's choice
 */
#include <dlfcn.h>
#include <openssl/x509_vfy.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/*
 * LP_HOOK_SPIN and LP_HOOK_ABORT: a part of the leaf's subject, or "all". Others are verified as
 * ever. The stand-in for a verification that CVE-2022-0778 or the next one of its kind catches.
 */
int X509_verify_cert(X509_STORE_CTX *check);

static bool is_meant(const char *variable, const char *subject)
{
    const char *part = getenv(variable);
    return part && *part && (strcmp(part, "all") == 0 || strstr(subject, part));
}

static int verify(X509_STORE_CTX *check)
{
    int (*real)(X509_STORE_CTX *) = NULL;
    void *symbol = dlsym(RTLD_NEXT, "X509_verify_cert");
    memcpy(&real, &symbol, sizeof real);
    return real(check);
}

int X509_verify_cert(X509_STORE_CTX *check)
{
    char subject[512] = "";
    volatile bool spinning = true;
    X509 *leaf = X509_STORE_CTX_get0_cert(check);
    if (leaf)
        X509_NAME_oneline(X509_get_subject_name(leaf), subject, sizeof subject);
    if (is_meant("LP_HOOK_ABORT", subject))
        abort();
    while (is_meant("LP_HOOK_SPIN", subject) && spinning)
        continue;
    return verify(check);
}
