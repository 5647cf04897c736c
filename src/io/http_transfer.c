/* http_transfer.c - libcurl's easy handle for one GET, pinned to one address, watched in
 * every phase. */
#include "lp/http_transfer.h"

#include <errno.h>
#include <sys/socket.h>

#include "lp/alloc.h"

/* Starts a phase that may last span. */
static void enter(struct lp_transfer *transfer, enum lp_http_phase phase, lp_usec span)
{
    const struct lp_world *world = transfer->core->world;
    transfer->phase = phase;
    transfer->since = world->now(world->self);
    transfer->until = lp_job_until(transfer->job, transfer->since, span);
}

static struct lp_link *link_of(const struct lp_transfer *transfer)
{
    return transfer->job->evidence->facts;
}

/* ---- callbacks of libcurl, in the order of a transfer ---- */

/* The last word on where a packet goes: the address that libcurl is about to connect to.
 */
static curl_socket_t open_socket(void *user, curlsocktype purpose, struct curl_sockaddr *to)
{
    struct lp_transfer *transfer = user;
    const struct lp_ask *ask = &transfer->job->ask;
    struct lp_addr address = { 0 };
    uint16_t port = 0;
    (void)purpose;
    if (!lp_addr_from_sockaddr(&to->addr, &address, &port) ||
        !lp_addr_eq(&address, &ask->address) || port != ask->connect_port)
        transfer->blocked = "guard address";
    else
        transfer->blocked = lp_job_guard(transfer->job, &address, port);
    if (transfer->blocked)
        return CURL_SOCKET_BAD;
    int fd = socket(to->family, to->socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, to->protocol);
    transfer->socket_error = fd < 0 ? errno : 0;
    transfer->watch.fd = fd;
    return fd < 0 ? CURL_SOCKET_BAD : fd;
}

static void note_connected(struct lp_transfer *transfer)
{
    const struct lp_world *world = transfer->core->world;
    struct lp_link *link = link_of(transfer);
    link->connect = LP_OPEN;
    link->connect_us = world->now(world->self) - transfer->since;
}

static CURLcode begin_tls(CURL *easy, void *context, void *user)
{
    struct lp_transfer *transfer = user;
    (void)easy;
    note_connected(transfer);
    enter(transfer, LP_HTTP_TLS, transfer->job->setup->tls_us);
    return lp_tls_adopt(transfer->tls, context, &transfer->watch) ? CURLE_OK
                                                                  : CURLE_SSL_CONNECT_ERROR;
}

static SSL *ssl_of(const struct lp_transfer *transfer)
{
    struct curl_tlssessioninfo *info = NULL;
    CURLcode code = curl_easy_getinfo(transfer->easy, CURLINFO_TLS_SSL_PTR, &info);
    return code == CURLE_OK && info && info->backend == CURLSSLBACKEND_OPENSSL ? info->internals
                                                                               : NULL;
}

/* Connected, shaken hands, nothing sent yet.
   NOLINTNEXTLINE(readability-function-size): libcurl says which parameters */
static int begin_request(void *user, char *peer, char *local, int peer_port, int local_port)
{
    struct lp_transfer *transfer = user;
    const struct lp_world *world = transfer->core->world;
    struct lp_link *link = link_of(transfer);
    (void)peer;
    (void)local;
    (void)peer_port;
    (void)local_port;
    if (transfer->phase == LP_HTTP_TLS) {
        link->tls = LP_OK;
        link->tls_us = world->now(world->self) - transfer->since;
        lp_tls_observe(transfer->tls, &transfer->watch, ssl_of(transfer));
    } else {
        note_connected(transfer);
    }
    enter(transfer, LP_HTTP_ANSWER, transfer->job->setup->http_us);
    return CURL_PREREQFUNC_OK;
}

/* ---- options ---- */

/* Verification is ours, after the handshake. No session cache: with it libcurl 7.88 frees
   twice when memory ends (reliability.md 4.3), and a resumed session brings no
   certificate. */
static const struct {
    CURLoption option;
    long value;
} numbers[] = {
    { CURLOPT_NOSIGNAL, 1 },
    { CURLOPT_HTTPGET, 1 },
    { CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1 },
    { CURLOPT_PATH_AS_IS, 1 },
    { CURLOPT_FOLLOWLOCATION, 0 },
    { CURLOPT_NETRC, CURL_NETRC_IGNORED },
    { CURLOPT_FRESH_CONNECT, 1 },
    { CURLOPT_FORBID_REUSE, 1 },
    { CURLOPT_SSL_VERIFYPEER, 0 },
    { CURLOPT_SSL_VERIFYHOST, 0 },
    { CURLOPT_SSL_SESSIONID_CACHE, 0 },
    { CURLOPT_SSL_ENABLE_ALPN, 0 },
    { CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_0 },
};

/* CAINFO: Debian's default parses 146 certificates a transfer (performance.md 2.3). */
static const struct {
    CURLoption option;
    const char *value;
} texts[] = {
    { CURLOPT_PROXY, "" },
    { CURLOPT_PROTOCOLS_STR, "http,https" },
    { CURLOPT_USERAGENT, "lyncprobe" },
    { CURLOPT_CAINFO, NULL },
    { CURLOPT_CAPATH, NULL },
};

static CURLcode set_fixed(CURL *easy)
{
    CURLcode code = CURLE_OK;
    for (size_t i = 0; code == CURLE_OK && i < LP_COUNT(numbers); i++)
        code = curl_easy_setopt(easy, numbers[i].option, numbers[i].value);
    for (size_t i = 0; code == CURLE_OK && i < LP_COUNT(texts); i++)
        code = curl_easy_setopt(easy, texts[i].option, texts[i].value);
    return code;
}

/* The pointer options; libcurl answers CURLE_OK to each that it was built with. */
static bool set_callbacks(struct lp_transfer *transfer)
{
    CURL *easy = transfer->easy;
    return curl_easy_setopt(easy, CURLOPT_PRIVATE, transfer) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, transfer->error) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, transfer) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_SSL_CTX_FUNCTION, begin_tls) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_SSL_CTX_DATA, transfer) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, begin_request) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_PREREQDATA, transfer) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, lp_transfer_header) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_HEADERDATA, transfer) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, lp_transfer_body) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_WRITEDATA, transfer) == CURLE_OK;
}

/* CURLOPT_RESOLVE would miss names with a trailing dot. */
static struct curl_slist *pinned(struct lp_transfer *transfer)
{
    const struct lp_ask *ask = &transfer->job->ask;
    char text[LP_ADDR_TEXT];
    lp_addr_format(&ask->address, text, sizeof text);
    bool v6 = ask->address.family == 6;
    struct lp_str entry = lp_arena_printf(transfer->job->arena, "::%s%s%s:%d", v6 ? "[" : "", text,
                                          v6 ? "]" : "", (int)ask->connect_port);
    return curl_slist_append(NULL, entry.p);
}

/* The reverse proxy's rule forwards the host that the client named, and the client names no port
 * (domain.md 2.1). */
static struct lp_str host_header(const struct lp_job *job)
{
    struct lp_addr literal;
    bool v6 = lp_addr_parse(job->ask.host, &literal) && literal.family == 6;
    struct lp_str parts[] = { LP_STR("Host: "), v6 ? LP_STR("[") : LP_STR(""), job->ask.host,
                              v6 ? LP_STR("]") : LP_STR("") };
    return lp_arena_join(job->arena, parts, LP_COUNT(parts));
}

/* "Accept:" alone takes libcurl's own header away. */
static struct curl_slist *own_headers(struct lp_transfer *transfer)
{
    const struct lp_job *job = transfer->job;
    const char *accept = job->ask.probe->accept;
    struct lp_str line = lp_arena_printf(job->arena, "Accept: %s", accept ? accept : "");
    struct curl_slist *headers = curl_slist_append(NULL, accept ? line.p : "Accept:");
    if (!headers || !job->ask.probe->original_host)
        return headers;
    struct curl_slist *more = curl_slist_append(headers, host_header(job).p);
    return more ? more : headers;
}

/* NUL-terminated; unset: the probe has nothing to ask. */
static struct lp_str url_of(const struct lp_job *job)
{
    const struct lp_probe *probe = job->ask.probe;
    return lp_arena_str(job->arena,
                        probe->target ? probe->target(&job->ask, job->arena) : job->ask.url);
}

bool lp_transfer_open(struct lp_transfer *transfer, const char **why)
{
    struct lp_job *job = transfer->job;
    struct lp_str url = url_of(job);
    transfer->watch = (struct lp_tls_watch){ .core = transfer->core, .job = job, .fd = -1 };
    size_t body_max = job->ask.probe->body_max;
    transfer->body = lp_buf_new(body_max ? body_max : LP_HTTP_BODY_MAX);
    enter(transfer, LP_HTTP_CONNECT, job->setup->connect_us);
    transfer->easy = curl_easy_init();
    transfer->headers = own_headers(transfer);
    transfer->connect_to = pinned(transfer);
    *why = url.p ? "local libcurl" : "nothing to ask";
    return url.p && transfer->easy && set_fixed(transfer->easy) == CURLE_OK &&
           set_callbacks(transfer) &&
           curl_easy_setopt(transfer->easy, CURLOPT_URL, url.p) == CURLE_OK &&
           curl_easy_setopt(transfer->easy, CURLOPT_HTTPHEADER, transfer->headers) == CURLE_OK &&
           curl_easy_setopt(transfer->easy, CURLOPT_CONNECT_TO, transfer->connect_to) == CURLE_OK;
}

void lp_transfer_close(struct lp_transfer *transfer)
{
    curl_easy_cleanup(transfer->easy);
    curl_slist_free_all(transfer->headers);
    curl_slist_free_all(transfer->connect_to);
    lp_buf_release(&transfer->body);
}
