/* http_end.c - how a GET ended: the word of the layer that ended it, from our own notes
 * before libcurl's code. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lp/http_transfer.h"

static struct lp_link *link_of(const struct lp_transfer *transfer)
{
    return transfer->job->evidence->facts;
}

/* errno of the transport; 0 none. */
static int transport_error(const struct lp_transfer *transfer)
{
    long error = 0;
    if (transfer->watch.error)
        return transfer->watch.error;
    return curl_easy_getinfo(transfer->easy, CURLINFO_OS_ERRNO, &error) == CURLE_OK ? (int)error
                                                                                    : 0;
}

static const char *deadline_words(const struct lp_transfer *transfer)
{
    return transfer->until >= transfer->job->deadline ? "deadline" : NULL;
}

static const char *local_words(const struct lp_transfer *transfer, CURLcode code)
{
    return lp_arena_printf(transfer->job->arena, "local %s", curl_easy_strerror(code)).p;
}

/* ---- not connected ---- */

static enum lp_outcome connect_end(struct lp_transfer *transfer, CURLcode code, const char **why)
{
    struct lp_link *link = link_of(transfer);
    int error = transfer->socket_error ? transfer->socket_error : transport_error(transfer);
    if (transfer->blocked) {
        link->connect = LP_BLOCKED;
        *why = transfer->blocked;
    } else if (error) {
        *why = lp_link_failed(transfer->job, error, !transfer->waited);
    } else if (code == CURLE_OPERATION_TIMEDOUT) {
        link->connect = LP_TIMEOUT;
        *why = deadline_words(transfer);
    } else {
        link->connect = LP_NOT_TRIED;
        *why = local_words(transfer, code);
    }
    return link->connect;
}

/* ---- no handshake ---- */

/* libcurl has emptied OpenSSL's queue into its message "error:0A000126:...". */
static unsigned long queue_code(const char *message)
{
    const char *code = strstr(message, "error:");
    return code ? strtoul(code + strlen("error:"), NULL, 16) : 0;
}

static enum lp_outcome tls_end(struct lp_transfer *transfer, CURLcode code, const char **why)
{
    struct lp_link *link = link_of(transfer);
    if (code != CURLE_OPERATION_TIMEDOUT || lp_tls_watch_not_tls(&transfer->watch)) {
        *why = lp_tls_failure(&transfer->watch, queue_code(transfer->error),
                              transport_error(transfer));
    } else {
        link->tls = LP_STALLED;
        *why = deadline_words(transfer);
    }
    lp_tls_observe(transfer->tls, &transfer->watch, NULL);
    return link->tls;
}

/* ---- no answer, or half of one ---- */

static enum lp_outcome lost(struct lp_transfer *transfer, const char *words, const char **why)
{
    int error = transport_error(transfer);
    struct lp_arena *arena = transfer->job->arena;
    *why = words;
    if (error == 0)
        return LP_RESET;
    *why = lp_arena_printf(arena, lp_errno_is_local(error) ? "local %s" : "errno %s",
                           lp_errno_word(error))
               .p;
    if (lp_errno_is_local(error))
        return LP_NOT_TRIED;
    return error == ETIMEDOUT ? LP_TIMEOUT : LP_RESET;
}

static enum lp_outcome refused_by_alert(struct lp_transfer *transfer)
{
    link_of(transfer)->tls = LP_ALERT;
    lp_tls_watch_facts(&transfer->watch);
    return LP_ALERT;
}

/* libcurl gives a header line of over 100 KB this code; memory itself never ends here. */
static bool is_endless_line(CURLcode code)
{
    return code == CURLE_OUT_OF_MEMORY;
}

/* Is what came all that a client needs? A body counts only with a success. */
static bool enough(const struct lp_transfer *transfer, CURLcode code)
{
    const struct lp_http *http = transfer->http;
    if (!transfer->headers_done)
        return false;
    return code == CURLE_OK || http->limit.p || http->status / 100 != 2;
}

/* A broken chunk has the code of a broken connection. */
static bool is_connection_lost(const struct lp_transfer *transfer, CURLcode code)
{
    bool closed = transfer->watch.eof && !strstr(transfer->error, "chunk");
    return code == CURLE_GOT_NOTHING || code == CURLE_SEND_ERROR || code == CURLE_PARTIAL_FILE ||
           code == CURLE_OK || (code == CURLE_RECV_ERROR && closed);
}

static enum lp_outcome answer_end(struct lp_transfer *transfer, CURLcode code, const char **why)
{
    struct lp_http *http = transfer->http;
    bool begun = http->status >= 0;
    if (is_endless_line(code) && !http->limit.p)
        http->limit = LP_STR("header 65536");
    if (lp_str_starts_nocase(http->limit, "header"))
        return LP_MALFORMED;
    if (enough(transfer, code))
        return LP_OK;
    if (transfer->watch.flooded) {
        *why = LP_TLS_FLOODED;
        return LP_MALFORMED;
    }
    if (code == CURLE_OPERATION_TIMEDOUT && !transport_error(transfer)) {
        *why = begun ? "answer incomplete" : "no answer";
        return LP_TIMEOUT;
    }
    if (transfer->watch.alerted && !begun)
        return refused_by_alert(transfer);
    if (is_connection_lost(transfer, code) || transport_error(transfer))
        return lost(transfer, begun ? "closed in the answer" : "closed without an answer", why);
    return LP_MALFORMED;
}

/* ---- the probe's turn ---- */

static enum lp_outcome ask_probe(struct lp_transfer *transfer, enum lp_outcome outcome,
                                 const char **why)
{
    struct lp_talk talk;
    struct lp_job *job = transfer->job;
    struct lp_buf unused = lp_buf_new(0);
    if (!lp_link_talk(transfer->core, job, &talk)) {
        *why = "local random";
        return LP_NOT_TRIED;
    }
    talk.in = job->ask.probe->body_passes ? lp_buf_view(&transfer->body) : transfer->http->body;
    talk.eof = true;
    talk.out = &unused;
    transfer->core->working(transfer->core->owner, job);
    enum lp_next next = job->ask.probe->step(&talk);
    lp_buf_release(&unused);
    return next != LP_DONE && outcome == LP_OK && !transfer->http->limit.p ? LP_MALFORMED : outcome;
}

enum lp_outcome lp_transfer_end(struct lp_transfer *transfer, CURLcode code, const char **why)
{
    const struct lp_world *world = transfer->core->world;
    struct lp_http *http = transfer->http;
    *why = NULL;
    http->total_us = world->now(world->self) - transfer->job->started;
    if (transfer->phase == LP_HTTP_CONNECT)
        return connect_end(transfer, code, why);
    if (transfer->phase == LP_HTTP_TLS)
        return tls_end(transfer, code, why);
    enum lp_outcome outcome = answer_end(transfer, code, why);
    if (!transfer->job->ask.probe->body_passes)
        http->body = lp_arena_str(transfer->job->arena, lp_buf_view(&transfer->body));
    return http->status < 0 ? outcome : ask_probe(transfer, outcome, why);
}
