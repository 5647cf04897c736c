/* sipmsg.c - one anonymous REGISTER or OPTIONS, and the reading of its answer. */
#include "lp/sipmsg.h"

#include "lp/text.h"

enum {
    MAX_BYTES = 64 * 1024,
    MAX_LINES = 200,
    MAX_SCHEMES = 8,
    MAX_FIRST_BYTES = 64,
};

const struct lp_field lp_sip_fields[] = {
    LP_FIELD_STRUCT(struct lp_sip_facts, link, lp_link_fields, "the connection"),
    LP_FIELD(struct lp_sip_facts, is_sip, "a SIP/2.0 status line was read"),
    LP_FIELD(struct lp_sip_facts, status, "SIP status; 0 none"),
    LP_FIELD(struct lp_sip_facts, reason, "reason phrase, as sent"),
    LP_FIELD(struct lp_sip_facts, server, "Server header"),
    LP_FIELD_STRS(struct lp_sip_facts, schemes, "authentication schemes offered"),
    LP_FIELD(struct lp_sip_facts, realm, "realm of the first challenge"),
    LP_FIELD(struct lp_sip_facts, target_name, "targetname of the first challenge"),
    LP_FIELD(struct lp_sip_facts, sts_uri, "certificate provisioning service of TLS-DSK"),
    LP_FIELD_UTC(struct lp_sip_facts, date, "server clock (Date), seconds since 1970 UTC"),
    LP_FIELD(struct lp_sip_facts, diagnostics, "ms-diagnostics, as sent"),
    LP_FIELD(struct lp_sip_facts, contact, "Contact header"),
    LP_FIELD(struct lp_sip_facts, allow, "Allow header: methods that it knows"),
    LP_FIELD(struct lp_sip_facts, logon_data, "ms-user-logon-data: RemoteUser through an Edge"),
    LP_FIELD_BYTES(struct lp_sip_facts, first_bytes, "what came instead of SIP, at most 64 bytes"),
    LP_FIELD(struct lp_sip_facts, answer_us, "request sent to first byte, microseconds; 0 none"),
    LP_FIELD_END,
};

/* ---- the request ------------------------------------------------------------------- */

/* "sip:lyncprobe@domain": never the user's own name, which would make a user oracle of
   us. */
static void put_probe_uri(struct lp_buf *out, const struct lp_sip_request *request)
{
    lp_buf_text(out, "<sip:lyncprobe@");
    lp_buf_str(out, request->domain);
    lp_buf_char(out, '>');
}

/* +sip.instance wants a UUID (RFC 5626 4.1): the token cut in the usual places. */
static void put_uuid(struct lp_buf *out, struct lp_str token)
{
    static const uint8_t cut[] = { 0, 8, 12, 16, 20, 32 };

    for (size_t i = 0; i + 1 < LP_COUNT(cut); i++) {
        if (i > 0)
            lp_buf_char(out, '-');
        lp_buf_str(out, lp_str_sub(token, cut[i], (size_t)(cut[i + 1] - cut[i])));
    }
}

/* What a request of either kind begins with, up to CSeq. */
static void put_head(struct lp_buf *out, const struct lp_sip_request *request, const char *method)
{
    lp_buf_printf(out, "%s sip:", method);
    lp_buf_str(out, request->domain);
    lp_buf_printf(out, " SIP/2.0\r\nVia: SIP/2.0/%s lyncprobe.invalid;branch=z9hG4bK",
                  request->tls ? "TLS" : "TCP");
    lp_buf_str(out, request->token);
    lp_buf_text(out, "\r\nMax-Forwards: 70\r\nFrom: ");
    put_probe_uri(out, request);
    lp_buf_text(out, ";tag=");
    lp_buf_str(out, lp_str_sub(request->token, 0, 10));
    lp_buf_text(out, ";epid=");
    lp_buf_str(out, lp_str_sub(request->token, 10, 10));
    lp_buf_text(out, "\r\nTo: ");
    put_probe_uri(out, request);
    lp_buf_text(out, "\r\nCall-ID: ");
    lp_buf_str(out, request->token);
    lp_buf_printf(out, "\r\nCSeq: 1 %s\r\n", method);
}

/* The fields that a Lync registrar wants (domain.md 3.1); one more than needed costs
   nothing. */
void lp_sip_register(struct lp_buf *out, const struct lp_sip_request *request)
{
    put_head(out, request, "REGISTER");
    lp_buf_printf(out,
                  "Contact: <sip:lyncprobe.invalid;transport=%s>;"
                  "methods=\"INVITE, MESSAGE, INFO, OPTIONS, BYE, CANCEL, NOTIFY, ACK, REFER\";"
                  "proxy=replace;+sip.instance=\"<urn:uuid:",
                  request->tls ? "tls" : "tcp");
    put_uuid(out, request->token);
    lp_buf_text(out, ">\"\r\nUser-Agent: lyncprobe\r\n"
                     "Supported: gruu-10, adhoclist, msrtc-event-categories, ms-forking\r\n"
                     "ms-keep-alive: UAC;hop-hop=yes\r\n"
                     "Event: registration\r\n"
                     "Content-Length: 0\r\n\r\n");
}

void lp_sip_options(struct lp_buf *out, const struct lp_sip_request *request)
{
    put_head(out, request, "OPTIONS");
    lp_buf_text(out,
                "Accept: application/sdp\r\nUser-Agent: lyncprobe\r\nContent-Length: 0\r\n\r\n");
}

/* ---- the text of an answer --------------------------------------------------------- */

/* A header value as one line of clean text in the arena (RFC 3261 7.3.1: folding is a
   blank). */
static struct lp_str text_of(struct lp_arena *arena, struct lp_str value)
{
    char *copy = lp_arena_alloc(arena, value.n);

    for (size_t i = 0; i < value.n; i++) {
        bool blank = value.p[i] == '\r' || value.p[i] == '\n' || value.p[i] == '\t';
        copy[i] = blank ? ' ' : value.p[i];
    }
    return lp_clean_text(arena, lp_str_trim((struct lp_str){ copy, value.n }), NULL);
}

/* Cuts a quoted string off *rest, which starts behind the opening quote; \" does not
   end it. */
static struct lp_str cut_quoted(struct lp_str *rest)
{
    size_t n = 0;

    while (n < rest->n && rest->p[n] != '"')
        n += rest->p[n] == '\\' && n + 1 < rest->n ? 2 : 1;
    struct lp_str value = lp_str_sub(*rest, 0, n);
    *rest = lp_str_sub(*rest, n + 1, rest->n);
    lp_str_cut(rest, ',');
    return value;
}

/* Cuts one key=value off the parameters of a challenge. */
static void cut_param(struct lp_str *rest, struct lp_str *key, struct lp_str *value)
{
    size_t equals = lp_str_find(*rest, '=');
    size_t comma = lp_str_find(*rest, ',');

    *value = LP_STR_NONE;
    if (comma < equals || equals == rest->n) {
        *key = lp_str_trim(lp_str_cut(rest, ','));
        return;
    }
    *key = lp_str_trim(lp_str_cut(rest, '='));
    *rest = lp_str_trim(*rest);
    if (rest->n > 0 && rest->p[0] == '"') {
        *rest = lp_str_sub(*rest, 1, rest->n);
        *value = cut_quoted(rest);
    } else {
        *value = lp_str_trim(lp_str_cut(rest, ','));
    }
}

static void add_scheme(struct lp_arena *arena, struct lp_list *schemes, struct lp_str scheme)
{
    struct lp_str *at = schemes->at;

    if (at == NULL)
        schemes->at = at = lp_arena_array(arena, MAX_SCHEMES, sizeof(*at));
    for (size_t i = 0; i < schemes->n; i++)
        if (lp_str_eq_nocase(at[i], scheme))
            return;
    if (schemes->n < MAX_SCHEMES && scheme.n > 0)
        at[schemes->n++] = text_of(arena, scheme);
}

/* One WWW-Authenticate or Proxy-Authenticate line holds one scheme (MS-SIPAE). */
static void take_challenge(struct lp_arena *arena, struct lp_sip_facts *facts, struct lp_str value)
{
    struct lp_str rest = lp_str_trim(value);
    struct lp_str scheme = lp_str_cut(&rest, ' ');
    bool first = facts->schemes.n == 0;

    add_scheme(arena, &facts->schemes, scheme);
    while (rest.n > 0) {
        struct lp_str key, text;

        cut_param(&rest, &key, &text);
        if (first && lp_str_eq_nocase(key, LP_STR("realm")))
            facts->realm = text_of(arena, text);
        else if (first && lp_str_eq_nocase(key, LP_STR("targetname")))
            facts->target_name = text_of(arena, text);
        else if (facts->sts_uri.p == NULL && lp_str_eq_nocase(key, LP_STR("sts-uri")))
            facts->sts_uri = text_of(arena, text);
    }
}

/* Headers whose first value is kept as text. */
struct text_header {
    const char *name;
    size_t offset;
};

static const struct text_header text_headers[] = {
    { "Server", offsetof(struct lp_sip_facts, server) },
    { "Allow", offsetof(struct lp_sip_facts, allow) },
    { "Contact", offsetof(struct lp_sip_facts, contact) },
    { "m", offsetof(struct lp_sip_facts, contact) },
    { "ms-user-logon-data", offsetof(struct lp_sip_facts, logon_data) },
    { "ms-diagnostics", offsetof(struct lp_sip_facts, diagnostics) },
    { "ms-diagnostics-public", offsetof(struct lp_sip_facts, diagnostics) },
};

static void take_text(struct lp_arena *arena, struct lp_sip_facts *facts,
                      const struct lp_str *header)
{
    for (size_t i = 0; i < LP_COUNT(text_headers); i++) {
        struct lp_str *to = (void *)((char *)facts + text_headers[i].offset);

        if (to->p == NULL && lp_str_eq_nocase(header[0], lp_str_of(text_headers[i].name)))
            *to = text_of(arena, header[1]);
    }
}

/* Cuts one header, name and value, off the rest of the head. */
static void cut_header(struct lp_str *rest, struct lp_str header[2])
{
    struct lp_str line = lp_str_cut(rest, '\n');

    while (rest->n > 0 && (rest->p[0] == ' ' || rest->p[0] == '\t')) {
        struct lp_str more = lp_str_cut(rest, '\n');
        line.n = (size_t)(more.p + more.n - line.p);
    }
    header[0] = lp_str_trim(lp_str_cut(&line, ':'));
    header[1] = lp_str_trim(line);
}

/* A message whose header has come: status line and header lines. */
struct head {
    int64_t status;
    struct lp_str text;
};

static void take_head(struct lp_arena *arena, struct lp_sip_facts *facts, const struct head *head)
{
    struct lp_str rest = head->text;
    struct lp_str line = lp_str_cut(&rest, '\n');

    facts->is_sip = true;
    facts->status = head->status;
    facts->reason = text_of(arena, lp_str_sub(line, 12, line.n));
    while (rest.n > 0) {
        struct lp_str header[2];

        cut_header(&rest, header);
        take_text(arena, facts, header);
        if (lp_str_eq_nocase(header[0], LP_STR("Date")) && facts->date == LP_UTC_NONE)
            facts->date = lp_parse_http_date(header[1]);
        else if (lp_str_eq_nocase(header[0], LP_STR("WWW-Authenticate")) ||
                 lp_str_eq_nocase(header[0], LP_STR("Proxy-Authenticate")))
            take_challenge(arena, facts, header[1]);
    }
}

static size_t body_length(const struct head *head)
{
    struct lp_str rest = head->text;
    uint64_t length = 0;

    lp_str_cut(&rest, '\n');
    while (rest.n > 0) {
        struct lp_str header[2];

        cut_header(&rest, header);
        if ((lp_str_eq_nocase(header[0], LP_STR("Content-Length")) ||
             lp_str_eq_nocase(header[0], LP_STR("l"))) &&
            lp_str_to_u64(header[1], MAX_BYTES, &length))
            return (size_t)length;
    }
    return 0;
}

/* ---- the bytes of an answer -------------------------------------------------------- */

/* Whatever arrives is only looked at in whole lines and whole heads: so the result does
   not depend on how it was cut. */
struct reading {
    struct lp_str in;
    size_t at; /* start of the present message */
    bool eof;
};

static bool is_status_line(struct lp_str line, int64_t *status)
{
    uint64_t code = 0;

    if (!lp_str_eq(lp_str_sub(line, 0, 8), LP_STR("SIP/2.0 ")) ||
        !lp_str_to_u64(lp_str_sub(line, 8, 3), 699, &code) || code < 100)
        return false;
    *status = (int64_t)code;
    return line.n == 11 || line.p[11] == ' ';
}

/* The first line of a message, or as much of it as decides that it is none. */
static enum lp_sip_read read_start(struct reading *r, struct head *head)
{
    struct lp_str rest = lp_str_sub(r->in, r->at, r->in.n);
    struct lp_str prefix = LP_STR("SIP/2.0 ");
    size_t n = lp_str_find(rest, '\n');
    size_t known = rest.n < prefix.n ? rest.n : prefix.n;
    bool alike = lp_str_eq(lp_str_sub(rest, 0, known), lp_str_sub(prefix, 0, known));

    if (n == rest.n && !r->eof && (alike || rest.n < MAX_FIRST_BYTES))
        return LP_SIP_MORE;
    struct lp_str line = lp_str_sub(rest, 0, n > 0 && rest.p[n - 1] == '\r' ? n - 1 : n);
    return is_status_line(line, &head->status) ? LP_SIP_COMPLETE : LP_SIP_NOT_SIP;
}

/* All lines up to the empty one, the 200th, or the end of all input. */
static enum lp_sip_read read_head(struct reading *r, struct head *head)
{
    struct lp_str rest = lp_str_sub(r->in, r->at, r->in.n);
    size_t end = 0;

    for (size_t lines = 0; lines < MAX_LINES; lines++) {
        struct lp_str left = lp_str_sub(rest, end, rest.n);
        size_t n = lp_str_find(left, '\n');

        if (n == left.n && !r->eof)
            return LP_SIP_MORE;
        end += n < left.n ? n + 1 : n;
        if (n == left.n || n == 0 || (n == 1 && left.p[0] == '\r'))
            break;
    }
    head->text = lp_str_sub(rest, 0, end);
    return LP_SIP_COMPLETE;
}

/* Empty lines between messages are nothing (RFC 3261 7.5). */
static void skip_empty(struct reading *r)
{
    while (r->at < r->in.n && (r->in.p[r->at] == '\r' || r->in.p[r->at] == '\n'))
        r->at++;
}

/* The next message at r->at. */
static enum lp_sip_read read_message(struct reading *r, struct head *head)
{
    skip_empty(r);
    if (r->at >= r->in.n)
        return r->eof ? LP_SIP_NOT_SIP : LP_SIP_MORE;
    enum lp_sip_read got = read_start(r, head);
    return got == LP_SIP_COMPLETE ? read_head(r, head) : got;
}

static void forget(struct lp_sip_facts *facts)
{
    struct lp_sip_facts none = { .link = facts->link, .answer_us = facts->answer_us };

    none.date = LP_UTC_NONE;
    *facts = none;
}

/* What came instead: up to the end of its first line, so that it is the same however it
   was split. */
static void take_first_bytes(struct lp_arena *arena, struct lp_sip_facts *facts,
                             const struct reading *r)
{
    struct lp_str rest = lp_str_sub(r->in, r->at, MAX_FIRST_BYTES);
    size_t n = lp_str_find(rest, '\n');

    facts->first_bytes = lp_arena_str(arena, lp_str_sub(rest, 0, n + 1));
}

enum lp_sip_read lp_sip_decode(struct lp_arena *arena, struct lp_str in, bool eof,
                               struct lp_sip_facts *facts)
{
    struct reading r = { .in = lp_str_sub(in, 0, MAX_BYTES), .eof = eof || in.n >= MAX_BYTES };
    struct head last = { 0 };
    struct head head = { 0 };
    enum lp_sip_read got;

    forget(facts);
    while ((got = read_message(&r, &head)) == LP_SIP_COMPLETE) {
        last = head;
        if (head.status >= 200)
            break;
        r.at += head.text.n + body_length(&head);
    }
    if (got == LP_SIP_MORE) {
        /* No text yet: a peer that drips would fill the arena with copies. */
        facts->is_sip = head.status != 0;
        facts->status = head.status;
        return got;
    }
    if (last.status == 0) {
        take_first_bytes(arena, facts, &r);
        return got;
    }
    take_head(arena, facts, &last);
    return LP_SIP_COMPLETE;
}
