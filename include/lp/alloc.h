/* alloc.h - the one allocator under our code and under every library. [probe] */
#ifndef LP_ALLOC_H
#define LP_ALLOC_H

#include "lp/base.h"

/*
 * None of these returns NULL for want of memory: then the process ends at once. The
 * worker leaves with LP_EXIT_NO_MEMORY and the parent asks its open questions again in a
 * new one; the parent says so on stderr and exits 3. So a report is never silently
 * shorter (reference: reliability.md, section 4). Size 0 gives NULL (as
 * CRYPTO_set_mem_functions wants). Memory is not zeroed unless said.
 */
void *lp_malloc(size_t size);
void *lp_calloc(size_t count, size_t size);  /* zeroed; overflow ends the process */
void *lp_realloc(void *memory, size_t size); /* size 0 frees */
void lp_free(void *memory);                  /* NULL is harmless */
char *lp_strdup(const char *text);

/* Exit status of a worker that had no memory left; the parent knows it. */
enum { LP_EXIT_NO_MEMORY = 69 };

/* Who we are when memory ends. Called once after fork in the worker. */
void lp_alloc_in_worker(void);

/* What the functions above do when memory ends; for a library's "no memory" answer
 * (libidn2). */
LP_NORETURN void lp_out_of_memory(void);

/*
 * The same allocator for the hooks of libraries: blocks are counted as theirs, not as
 * ours, and size 0 gives a block, since curl and c-ares take NULL for a failure. Freed by
 * lp_free.
 */
void *lp_lib_malloc(size_t size);
void *lp_lib_calloc(size_t count, size_t size);
void *lp_lib_realloc(void *memory, size_t size);
char *lp_lib_strdup(const char *text);

/* Puts the allocator under jansson alone: enough for the parent, and cheap. Before any
 * other json call. */
void lp_alloc_hook_json(void);
/*
 * Puts the allocator under OpenSSL, libcurl, c-ares, jansson, and initialises libcurl and
 * c-ares. Before any other call of those libraries. OPENSSL_CONF and the system's
 * openssl.cnf are not read from then on. False: a library refused its hook. (expat takes
 * it per parser: lp_alloc_expat in decode.)
 */
LP_MUST_CHECK bool lp_alloc_hook_libraries(void);

/*
 * Failure injection, only in builds with -DLP_OOM (make check-oom); in others these calls
 * are empty. Counters live in a shared page, so that parent and workers count together:
 * `once` fails one allocation of the whole run, `forever` every one from the n-th on. A
 * failed allocation ends its process as above. Environment LP_OOM_AT=n (1-based; none:
 * only count), LP_OOM_MODE=once|forever, LP_OOM_SIDE=any|worker|parent (whose allocations
 * are counted and fail), LP_OOM_REPORT=fd: at exit(), and at lp_alloc_report for a worker
 * that leaves by _exit, writes "points N live M\n" (N counted so far; live: blocks of
 * ours that this process has not freed).
 */
#ifdef LP_OOM
void lp_alloc_arm_from_environment(void);
void lp_alloc_report(void);
#else
static inline void lp_alloc_arm_from_environment(void)
{
}
static inline void lp_alloc_report(void)
{
}
#endif

#endif
