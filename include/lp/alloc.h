/* alloc.h - the one allocator under our code and under every library. [probe] */
#ifndef LP_ALLOC_H
#define LP_ALLOC_H

#include "lp/base.h"

/*
 * None of these returns NULL for want of memory: then the process ends at once. The worker leaves with
 * LP_EXIT_NO_MEMORY and the parent asks its open questions again in a new one; the parent says so on
 * stderr and exits 3. So a report is never silently shorter (reference: reliability.md, section 4).
 * Size 0 gives NULL (as CRYPTO_set_mem_functions wants). Memory is not zeroed unless said.
 */
void *lp_malloc(size_t size);
void *lp_calloc(size_t count, size_t size); /* zeroed; overflow ends the process */
void *lp_realloc(void *memory, size_t size); /* size 0 frees */
void lp_free(void *memory);                  /* NULL is harmless */
char *lp_strdup(const char *text);

/* Exit status of a worker that had no memory left; the parent knows it. */
enum { LP_EXIT_NO_MEMORY = 69 };

/* Who we are when memory ends. Called once after fork in the worker. */
void lp_alloc_in_worker(void);

/* Puts the allocator under OpenSSL, libcurl, c-ares, jansson. Before any other call of those libraries.
   False: a library refused its hook. (expat takes it per parser: lp_alloc_expat in decode.) */
LP_MUST_CHECK bool lp_alloc_hook_libraries(void);

/*
 * Failure injection, only in builds with -DLP_OOM (make check-oom); otherwise all of this is absent.
 * Counters live in a shared page, so that parent and workers count together.
 * Environment LP_OOM_AT=n (1-based), LP_OOM_MODE=once|forever, LP_OOM_SIDE=any|worker|parent,
 * LP_OOM_REPORT=fd: at exit writes "points N live M\n" (live: blocks of ours not freed).
 */
void lp_alloc_arm_from_environment(void);

#endif
