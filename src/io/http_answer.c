/* http_answer.c - header lines and body of an HTTP answer, counted by ourselves:
 * libcurl's own limits do not protect. */
#include "lp/http_transfer.h"
#include "lp/text.h"

/* Headers that are facts; the first of each name counts. */
static const struct {
    const char *name;
    size_t offset;
} kept[] = {
    { "Location", offsetof(struct lp_http, location) },
    { "Content-Type", offsetof(struct lp_http, content_type) },
    { "Server", offsetof(struct lp_http, server) },
    { "X-MS-Server-Fqdn", offsetof(struct lp_http, server_fqdn) },
    { "X-MS-WebTicketURL", offsetof(struct lp_http, ticket_url) },
    { "WWW-Authenticate", offsetof(struct lp_http, authenticate) },
};

static struct lp_str *slot(struct lp_http *http, size_t i)
{
    return (struct lp_str *)(void *)((char *)http + kept[i].offset);
}

/* A status line begins an answer; an earlier one was interim (100, 103). */
static void begin(struct lp_transfer *transfer)
{
    struct lp_http *http = transfer->http;
    long status = 0;
    if (curl_easy_getinfo(transfer->easy, CURLINFO_RESPONSE_CODE, &status) == CURLE_OK)
        http->status = status;
    for (size_t i = 0; i < LP_COUNT(kept); i++)
        *slot(http, i) = LP_STR_NONE;
    http->date = LP_UTC_NONE;
    http->limit = LP_STR_NONE;
    transfer->headers_done = false;
}

static void keep(struct lp_transfer *transfer, struct lp_str name, struct lp_str value)
{
    struct lp_http *http = transfer->http;
    for (size_t i = 0; i < LP_COUNT(kept); i++)
        if (lp_str_eq_nocase(name, lp_str_of(kept[i].name)) && !slot(http, i)->p)
            *slot(http, i) = lp_arena_str(transfer->job->arena, value);
    if (lp_str_eq_nocase(name, LP_STR("Date")) && http->date == LP_UTC_NONE)
        http->date = lp_parse_http_date(value);
    bool coded = lp_str_eq_nocase(name, LP_STR("Content-Encoding")) && value.n;
    if (coded && !lp_str_eq_nocase(value, LP_STR("identity")))
        http->limit = LP_STR("encoding");
}

static void note_first_byte(struct lp_transfer *transfer)
{
    const struct lp_world *world = transfer->core->world;
    if (transfer->http->first_byte_us < 0)
        transfer->http->first_byte_us = world->now(world->self) - transfer->since;
}

size_t lp_transfer_header(char *bytes, size_t size, size_t n, void *user)
{
    struct lp_transfer *transfer = user;
    struct lp_http *http = transfer->http;
    struct lp_str line = { bytes, size * n };
    note_first_byte(transfer);
    transfer->watch.received = 0;
    http->headers += (int64_t)line.n;
    if (http->headers > LP_HTTP_HEADER_MAX)
        http->limit = LP_STR("header 65536");
    else if (++transfer->header_lines > LP_HTTP_HEADER_LINES)
        http->limit = LP_STR("header 200 lines");
    if (lp_str_starts_nocase(http->limit, "header"))
        return 0;
    struct lp_str value = lp_str_trim(line);
    if (lp_str_starts_nocase(line, "HTTP/")) {
        begin(transfer);
    } else if (value.n == 0) {
        transfer->headers_done = true;
    } else if (!transfer->headers_done) {
        struct lp_str name = lp_str_cut(&value, ':');
        keep(transfer, lp_str_trim(name), lp_str_trim(value));
    }
    return line.n;
}

size_t lp_transfer_body(char *bytes, size_t size, size_t n, void *user)
{
    struct lp_transfer *transfer = user;
    struct lp_http *http = transfer->http;
    size_t all = size * n;
    size_t room = transfer->body.limit - transfer->body.n;
    transfer->watch.received = 0;
    if (http->limit.p)
        return 0;
    http->body_size += (int64_t)all;
    lp_buf_add(&transfer->body, bytes, all < room ? all : room);
    if (all <= room)
        return all;
    http->limit = lp_arena_printf(transfer->job->arena, "body %zu", transfer->body.limit);
    return 0;
}
