/* tlshello.c - our ClientHello, and what comes back: a ServerHello or an alert */
#include "lp/tlshello.h"

#include "lp/addr.h"

enum {
    ALERT = 21, /* types of records */
    HANDSHAKE = 22,
    HEADER = 5,         /* of a record */
    RECORD_MAX = 18432, /* RFC 5246 6.2.3: 2^14 + 2048 */
    CLIENT_HELLO = 1,   /* types of handshake messages */
    SERVER_HELLO = 2,
    RANDOM = 32,
    SERVER_NAME = 0, /* extensions */
    SUPPORTED_GROUPS = 10,
    POINT_FORMATS = 11,
    SIGNATURE_ALGORITHMS = 13,
    SUPPORTED_VERSIONS = 43,
    PSK_MODES = 45,
    KEY_SHARE = 51,
    RENEGOTIATION = 0xff01,
    X25519 = 29,
    RENEGOTIATION_SCSV = 0x00ff, /* RFC 5746 3.3: the same without extensions */
    WARNING = 1,
};

/* ---- ours ---- */

static void put_u16(struct lp_buf *out, int64_t value)
{
    lp_buf_char(out, (char)(value >> 8 & 0xff));
    lp_buf_char(out, (char)(value & 0xff));
}

/* Room for a length of 16 bits, which close_length fills in. */
static size_t open_length(struct lp_buf *out)
{
    put_u16(out, 0);
    return out->n;
}

static void close_length(struct lp_buf *out, size_t from)
{
    if (out->cut)
        return;
    out->p[from - 2] = (char)((out->n - from) >> 8 & 0xff);
    out->p[from - 1] = (char)((out->n - from) & 0xff);
}

static void put_extension(struct lp_buf *out, int64_t type, struct lp_str body)
{
    put_u16(out, type);
    put_u16(out, (int64_t)body.n);
    lp_buf_str(out, body);
}

static void put_name(struct lp_buf *out, struct lp_str host)
{
    struct lp_addr literal;
    if (!host.n || host.n > 255 || lp_addr_parse(host, &literal))
        return;
    put_u16(out, SERVER_NAME);
    size_t body = open_length(out), list = open_length(out);
    lp_buf_char(out, 0); /* host_name */
    size_t name = open_length(out);
    lp_buf_str(out, host);
    close_length(out, name);
    close_length(out, list);
    close_length(out, body);
}

/* One share: a server that knows no X25519 says so, and has agreed all the same. */
static void put_new(struct lp_buf *out, struct lp_str token)
{
    put_extension(out, SUPPORTED_VERSIONS, LP_STR("\x02\x03\x04"));
    put_extension(out, PSK_MODES, LP_STR("\x01\x01"));
    put_u16(out, KEY_SHARE);
    size_t body = open_length(out), list = open_length(out);
    put_u16(out, X25519);
    size_t key = open_length(out);
    lp_buf_str(out, lp_str_sub(token, 0, RANDOM));
    close_length(out, key);
    close_length(out, list);
    close_length(out, body);
}

static void put_extensions(struct lp_buf *out, const struct lp_hello *hello)
{
    /* x25519, P-256, P-384, P-521; uncompressed points */
    static const struct lp_str groups = { "\x00\x08\x00\x1d\x00\x17\x00\x18\x00\x19", 10 };
    static const struct lp_str points = { "\x01\x00", 2 };
    /* ECDSA, EdDSA, RSA-PSS, RSA and DSA with all SHAs: the certificate is not the question */
    static const struct lp_str signatures = { "\x00\x22\x04\x03\x05\x03\x06\x03\x08\x07\x08\x08"
                                              "\x08\x09\x08\x0a\x08\x0b\x08\x04\x08\x05\x08\x06"
                                              "\x04\x01\x05\x01\x06\x01\x02\x03\x02\x01\x02\x02",
                                              36 };
    size_t all = open_length(out);
    put_name(out, hello->host);
    put_extension(out, RENEGOTIATION, LP_STR("\x00"));
    put_extension(out, SUPPORTED_GROUPS, groups);
    put_extension(out, POINT_FORMATS, points);
    if (hello->version >= LP_TLS_1_2)
        put_extension(out, SIGNATURE_ALGORITHMS, signatures);
    if (hello->version >= LP_TLS_1_3)
        put_new(out, hello->token);
    close_length(out, all);
}

static void put_ciphers(struct lp_buf *out, const struct lp_hello *hello)
{
    size_t list = open_length(out);
    for (size_t i = 0; i < hello->cipher_count; i++)
        put_u16(out, hello->ciphers[i]);
    if (hello->version == LP_SSL_3_0)
        put_u16(out, RENEGOTIATION_SCSV);
    close_length(out, list);
}

void lp_hello_put(struct lp_buf *out, const struct lp_hello *hello)
{
    bool newest = hello->version > LP_TLS_1_2;
    lp_buf_char(out, HANDSHAKE);
    /* RFC 8446 5.1, and what servers of all ages read */
    put_u16(out, hello->version > LP_TLS_1_0 ? LP_TLS_1_0 : hello->version);
    size_t record = open_length(out);
    lp_buf_char(out, CLIENT_HELLO);
    lp_buf_char(out, 0);
    size_t message = open_length(out);
    put_u16(out, newest ? LP_TLS_1_2 : hello->version);
    lp_buf_str(out, lp_str_sub(hello->token, 0, RANDOM));
    lp_buf_char(out, 0); /* no session */
    put_ciphers(out, hello);
    lp_buf_add(out, "\x01\x00", 2); /* no compression */
    if (hello->version != LP_SSL_3_0)
        put_extensions(out, hello);
    close_length(out, message);
    close_length(out, record);
}

/* ---- the server's ---- */

/* SHA-256 of "HelloRetryRequest" (RFC 8446 4.1.3). */
static const char retry_random[] =
    "\xcf\x21\xad\x74\xe5\x9a\x61\x11\xbe\x1d\x8c\x02\x1e\x65\xb8\x91"
    "\xc2\xa2\x11\x16\x7a\xbb\x8c\x5e\x07\x9e\x09\xe2\xc8\xa8\x33\x9c";

static bool read_extensions(struct lp_reader *in, struct lp_hello_answer *out)
{
    struct lp_reader all = lp_reader_of(lp_read_bytes(in, lp_read_u16(in)));
    while (!all.bad && lp_reader_left(&all)) {
        int64_t type = lp_read_u16(&all);
        struct lp_reader body = lp_reader_of(lp_read_bytes(&all, lp_read_u16(&all)));
        if (type != SUPPORTED_VERSIONS)
            continue;
        out->version = lp_read_u16(&body);
        if (body.bad)
            return false;
    }
    return !all.bad;
}

/* RFC 5246 7.4.1.3; without extensions nothing follows the compression. */
static bool read_hello(struct lp_str body, struct lp_hello_answer *out)
{
    struct lp_reader in = lp_reader_of(body);
    out->version = lp_read_u16(&in);
    struct lp_str random = lp_read_bytes(&in, RANDOM);
    lp_read_bytes(&in, lp_read_u8(&in));
    out->cipher = lp_read_u16(&in);
    lp_read_u8(&in);
    out->retry = lp_str_eq(random, (struct lp_str){ retry_random, RANDOM });
    if (!in.bad && lp_reader_left(&in) && !read_extensions(&in, out))
        return false;
    return !in.bad && lp_tls_version_word(out->version).n;
}

static enum lp_hello_read read_message(struct lp_str message, struct lp_hello_answer *out)
{
    struct lp_reader in = lp_reader_of(message);
    uint8_t type = lp_read_u8(&in);
    size_t n = (size_t)lp_read_u8(&in) << 16;
    n |= lp_read_u16(&in);
    if (message.n && (type != SERVER_HELLO || (!in.bad && n > LP_HELLO_MAX)))
        return LP_HELLO_NOT_TLS;
    if (in.bad || lp_reader_left(&in) < n)
        return LP_HELLO_MORE;
    return read_hello(lp_read_bytes(&in, n), out) ? LP_HELLO_TAKEN : LP_HELLO_NOT_TLS;
}

/* What of the records is kept while they are read. */
struct reading {
    struct lp_buf message; /* the handshake message, put together */
    int warnings;
};

static enum lp_hello_read take_alert(struct reading *r, struct lp_str body,
                                     struct lp_hello_answer *out)
{
    struct lp_reader in = lp_reader_of(body);
    uint8_t level = lp_read_u8(&in), number = lp_read_u8(&in);
    if (in.bad || (level == WARNING && r->warnings++ == LP_HELLO_WARNINGS))
        return LP_HELLO_NOT_TLS;
    /* close_notify is the end, whatever its level */
    if (level == WARNING && number != 0)
        return LP_HELLO_MORE;
    out->alert = number;
    return LP_HELLO_REFUSED;
}

/* What is there of a record: a message may be known before it is whole. */
static enum lp_hello_read take_record(struct reading *r, uint8_t type, struct lp_str body,
                                      struct lp_hello_answer *out)
{
    if (type == ALERT && r->message.n == 0)
        return take_alert(r, body, out);
    if (type != HANDSHAKE)
        return LP_HELLO_NOT_TLS;
    lp_buf_str(&r->message, lp_str_sub(body, 0, r->message.limit - r->message.n));
    return read_message(lp_buf_view(&r->message), out);
}

/* As far as it has come. */
static bool may_begin(struct lp_str record)
{
    bool type = record.p[0] == ALERT || record.p[0] == HANDSHAKE;
    return type && (record.n < 2 || record.p[1] == 3);
}

static enum lp_hello_read read_records(struct reading *r, struct lp_str rest,
                                       struct lp_hello_answer *out)
{
    while (rest.n) {
        struct lp_reader header = lp_reader_of(rest);
        uint8_t type = lp_read_u8(&header);
        lp_read_u16(&header);
        size_t n = lp_read_u16(&header);
        if (!may_begin(rest) || n > RECORD_MAX || (!header.bad && n == 0))
            return LP_HELLO_NOT_TLS;
        struct lp_str body = lp_str_sub(rest, HEADER, n);
        if (header.bad || (type == ALERT && body.n < n))
            return LP_HELLO_MORE;
        enum lp_hello_read read = take_record(r, type, body, out);
        if (read != LP_HELLO_MORE || body.n < n)
            return read;
        rest = lp_str_sub(rest, HEADER + n, rest.n);
    }
    return LP_HELLO_MORE;
}

enum lp_hello_read lp_hello_decode(struct lp_str in, struct lp_hello_answer *out)
{
    struct reading r = { .message = lp_buf_new(LP_HELLO_MAX + 4) };
    *out = (struct lp_hello_answer){ -1, -1, -1, false };
    enum lp_hello_read read = read_records(&r, in, out);
    lp_buf_release(&r.message);
    if (read != LP_HELLO_TAKEN)
        out->version = out->cipher = -1;
    return read;
}
