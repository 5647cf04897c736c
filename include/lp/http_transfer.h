/* http_transfer.h - one GET of the HTTP engine: libcurl's easy handle and what was seen
 * of it. */
#ifndef LP_HTTP_TRANSFER_H
#define LP_HTTP_TRANSFER_H

#include <curl/curl.h>

#include "lp/stream_link.h"
#include "lp/tls.h"
#include "lp/tls_watch.h"

enum {
    LP_HTTP_BODY_MAX = 256 * 1024,  /* bytes of body that are read, where the probe says no other */
    LP_HTTP_HEADER_MAX = 64 * 1024, /* bytes of header, status lines included */
    LP_HTTP_HEADER_LINES = 200
};

/* How far it has come; each phase has its own limit. */
enum lp_http_phase { LP_HTTP_CONNECT, LP_HTTP_TLS, LP_HTTP_ANSWER };

struct lp_transfer {
    const struct lp_core *core;
    struct lp_tls *tls;
    struct lp_job *job;
    struct lp_http *http; /* in the job's facts */
    CURL *easy;
    struct curl_slist *headers, *connect_to;
    enum lp_http_phase phase;
    lp_usec since;       /* start of the phase, absolute */
    lp_usec until;       /* its end */
    const char *blocked; /* the guard's words at the socket; NULL passed */
    int socket_error;    /* errno of socket(2); 0 none */
    bool waited;         /* for the socket: a connect error came later than the call */
    struct lp_tls_watch watch;
    size_t header_lines;
    bool headers_done; /* the blank line came */
    struct lp_buf body;
    char error[CURL_ERROR_SIZE];
    struct lp_transfer *next, *prev; /* of the engine */
};

/* Makes the easy handle for transfer->job (core, tls, job are set). False: libcurl
 * refuses an option; words in why. */
LP_MUST_CHECK bool lp_transfer_open(struct lp_transfer *transfer, const char **why);
/* Frees what the transfer owns (not the struct); the easy handle is out of its multi
 * handle. */
void lp_transfer_close(struct lp_transfer *transfer);

/* How it ended, by libcurl's code, or by its phase's limit when code is
   CURLE_OPERATION_TIMEDOUT and libcurl did not say it. Fills the facts, runs the probe's
   step when there was an answer; why: NULL none. */
enum lp_outcome lp_transfer_end(struct lp_transfer *transfer, CURLcode code, const char **why);

/* libcurl's header and write callbacks; user is the transfer. Less than the size given
   stops the transfer (http->limit says why). */
size_t lp_transfer_header(char *bytes, size_t size, size_t n, void *user);
size_t lp_transfer_body(char *bytes, size_t size, size_t n, void *user);

#endif
