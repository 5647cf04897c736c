/* test_tlshello.c - our hellos read by OpenSSL, and its answers (and worse) read by us */
#include <check.h>
#include <string.h>

#include "lp/tlshello.h"
#include "peer.h"

Suite *lp_suite_tlshello(void);

#define TOKEN "0123456789abcdef0123456789abcdef"
#define BYTES(literal)                 \
    {                                  \
        (literal), sizeof(literal) - 1 \
    }

/* ---- against OpenSSL ---- */

static struct peer_tls tls;

static void set_up(void)
{
    peer_tls_init(&tls, 0, 0);
    ck_assert_int_eq(SSL_CTX_set_cipher_list(tls.server, "ALL:@SECLEVEL=0"), 1);
}

static void tear_down(void)
{
    peer_tls_release(&tls);
}

static const char *seen_name(SSL *ssl, struct lp_buf *answer, const struct lp_hello *hello)
{
    struct lp_buf out = lp_buf_new(4096);
    BIO *in = BIO_new(BIO_s_mem()), *back = BIO_new(BIO_s_mem());
    char *bytes = NULL;
    lp_hello_put(&out, hello);
    ck_assert(!out.cut);
    BIO_write(in, out.p, (int)out.n);
    SSL_set_bio(ssl, in, back);
    (void)SSL_accept(ssl);
    long n = BIO_get_mem_data(back, &bytes);
    lp_buf_add(answer, bytes, (size_t)n);
    lp_buf_release(&out);
    return SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
}

/* The server's answer to a hello with all ciphers of that version. */
static enum lp_hello_read ask(int64_t version, int min, int max, struct lp_hello_answer *said)
{
    uint16_t ciphers[LP_CIPHERS_MAX];
    struct lp_hello hello = { version, ciphers, lp_ciphers_of(version, ciphers),
                              LP_STR("sip.contoso.example"), LP_STR(TOKEN) };
    struct lp_buf answer = lp_buf_new(65536);
    SSL *ssl = SSL_new(tls.server);
    SSL_set_min_proto_version(ssl, min);
    SSL_set_max_proto_version(ssl, max);
    const char *name = seen_name(ssl, &answer, &hello);
    enum lp_hello_read read = lp_hello_decode(lp_buf_view(&answer), said);
    if (read == LP_HELLO_TAKEN) {
        ck_assert_int_eq(said->version, SSL_version(ssl));
        ck_assert_str_eq(name, "sip.contoso.example");
        ck_assert_str_eq(lp_cipher_name(said->cipher).p,
                         SSL_CIPHER_standard_name(SSL_get_pending_cipher(ssl)));
    }
    SSL_free(ssl);
    lp_buf_release(&answer);
    return read;
}

static const struct {
    int64_t version;
    int min, max;
    enum lp_hello_read read;
    int64_t agreed, alert;
} servers[] = {
    { LP_TLS_1_3, 0, 0, LP_HELLO_TAKEN, LP_TLS_1_3, -1 },
    { LP_TLS_1_2, 0, 0, LP_HELLO_TAKEN, LP_TLS_1_2, -1 },
    { LP_TLS_1_1, 0, 0, LP_HELLO_TAKEN, LP_TLS_1_1, -1 },
    { LP_TLS_1_0, 0, 0, LP_HELLO_TAKEN, LP_TLS_1_0, -1 },
    { LP_TLS_1_1, 0, TLS1_VERSION, LP_HELLO_TAKEN, LP_TLS_1_0, -1 },
    { LP_TLS_1_2, 0, TLS1_1_VERSION, LP_HELLO_TAKEN, LP_TLS_1_1, -1 },
    { LP_TLS_1_1, TLS1_2_VERSION, 0, LP_HELLO_REFUSED, -1, 70 },
    { LP_TLS_1_2, TLS1_3_VERSION, 0, LP_HELLO_REFUSED, -1, 70 },
    { LP_TLS_1_3, 0, TLS1_2_VERSION, LP_HELLO_REFUSED, -1, 70 },
    { LP_SSL_3_0, 0, 0, LP_HELLO_REFUSED, -1, 40 },
};

START_TEST(servers_answer)
{
    struct lp_hello_answer said;
    enum lp_hello_read read = ask(servers[_i].version, servers[_i].min, servers[_i].max, &said);
    ck_assert_int_eq(read, servers[_i].read);
    ck_assert_int_eq(said.version, servers[_i].agreed);
    ck_assert_int_eq(said.alert, servers[_i].alert);
    ck_assert_int_eq(said.cipher >= 0, read == LP_HELLO_TAKEN);
    ck_assert(!said.retry);
}
END_TEST

/* It agrees, and wants another share. */
START_TEST(wants_another_share)
{
    struct lp_hello_answer said;
    ck_assert_int_eq(SSL_CTX_set1_groups_list(tls.server, "P-384"), 1);
    ck_assert_int_eq(ask(LP_TLS_1_3, 0, 0, &said), LP_HELLO_TAKEN);
    ck_assert_int_eq(said.version, LP_TLS_1_3);
    ck_assert(said.retry);
}
END_TEST

/* A host that is an address, or none, goes without a name. */
START_TEST(no_name)
{
    static const uint16_t cipher = 0xc02b;
    static const struct lp_str hosts[] = { BYTES("192.0.2.1"), BYTES("2001:db8::1"), BYTES("") };
    struct lp_hello hello = { LP_TLS_1_2, &cipher, 1, hosts[_i], LP_STR(TOKEN) };
    struct lp_buf answer = lp_buf_new(65536);
    struct lp_hello_answer said;
    SSL *ssl = SSL_new(tls.server);
    ck_assert_ptr_null(seen_name(ssl, &answer, &hello));
    ck_assert_int_eq(lp_hello_decode(lp_buf_view(&answer), &said), LP_HELLO_TAKEN);
    ck_assert_int_eq(said.cipher, cipher);
    SSL_free(ssl);
    lp_buf_release(&answer);
}
END_TEST

/* Names and numbers are those that OpenSSL knows, and each stands there once. */
START_TEST(table)
{
    SSL *ssl = SSL_new(tls.server);
    ck_assert_uint_lt(lp_cipher_count, LP_CIPHERS_MAX);
    for (size_t i = 0; i < lp_cipher_count; i++) {
        unsigned char wire[2] = { (unsigned char)(lp_ciphers[i].number >> 8),
                                  (unsigned char)lp_ciphers[i].number };
        const SSL_CIPHER *known = SSL_CIPHER_find(ssl, wire);
        if (known)
            ck_assert_str_eq(lp_ciphers[i].name, SSL_CIPHER_standard_name(known));
        for (size_t k = 0; k < i; k++)
            ck_assert(lp_ciphers[i].number != lp_ciphers[k].number &&
                      strcmp(lp_ciphers[i].name, lp_ciphers[k].name) != 0);
    }
    SSL_free(ssl);
}
END_TEST

/* What a Windows or OpenSSL server may choose by default is in it. */
START_TEST(table_is_whole)
{
    SSL *ssl = SSL_new(tls.server);
    STACK_OF(SSL_CIPHER) *all = SSL_get_ciphers(ssl);
    for (int i = 0; i < sk_SSL_CIPHER_num(all); i++) {
        const SSL_CIPHER *one = sk_SSL_CIPHER_value(all, i);
        const char *name = SSL_CIPHER_standard_name(one);
        bool by_password = strstr(name, "PSK") || strstr(name, "SRP");
        bool rare = strstr(name, "DH_anon") || strstr(name, "DHE_DSS");
        if (!by_password && !rare)
            ck_assert_msg(lp_cipher_name(SSL_CIPHER_get_protocol_id(one)).n, "%s", name);
    }
    SSL_free(ssl);
}
END_TEST

START_TEST(words)
{
    for (int64_t v = LP_SSL_3_0; v <= LP_TLS_1_3; v++)
        ck_assert_int_eq(lp_tls_version_of(lp_tls_version_word(v)), v);
    ck_assert_str_eq(lp_tls_version_word(LP_TLS_1_0).p, "TLSv1");
    ck_assert_str_eq(lp_tls_version_title(LP_TLS_1_3).p, "TLS 1.3");
    ck_assert(!lp_tls_version_word(0x0305).p && !lp_tls_version_title(0).p);
    ck_assert_int_eq(lp_tls_version_of(LP_STR("TLSv9")), 0);
    ck_assert(!lp_cipher_name(0x5600).p && !lp_cipher_name(-1).p);
}
END_TEST

/* ---- bytes ---- */

#define RANDOM "RRRRRRRRRRRRRRRRRRRRRRRRRRRRRRRR"
#define BODY "\x03\x02" RANDOM "\x00\xc0\x13\x00" /* 38 bytes */
#define HELLO "\x02\x00\x00\x26" BODY
#define RECORD "\x16\x03\x02\x00\x2a" HELLO

static const struct {
    const char *what;
    struct lp_str in;
    enum lp_hello_read read;
    int64_t version, cipher, alert;
} rows[] = {
    { "nothing", BYTES(""), LP_HELLO_MORE, -1, -1, -1 },
    { "a hello", BYTES(RECORD), LP_HELLO_TAKEN, LP_TLS_1_1, 0xc013, -1 },
    { "... and more behind it", BYTES(RECORD "\x16\x03\x02\x00\x01\x0b"), LP_HELLO_TAKEN,
      LP_TLS_1_1, 0xc013, -1 },
    { "... another message in its record", BYTES("\x16\x03\x02\x00\x2e" HELLO "\x0e\x00\x00\x00"),
      LP_HELLO_TAKEN, LP_TLS_1_1, 0xc013, -1 },
    { "... over two records",
      BYTES("\x16\x03\x02\x00\x03\x02\x00\x00\x16\x03\x02\x00\x27\x26" BODY), LP_HELLO_TAKEN,
      LP_TLS_1_1, 0xc013, -1 },
    { "... behind a warning", BYTES("\x15\x03\x02\x00\x02\x01\x70" RECORD), LP_HELLO_TAKEN,
      LP_TLS_1_1, 0xc013, -1 },
    { "an alert", BYTES("\x15\x03\x01\x00\x02\x02\x46"), LP_HELLO_REFUSED, -1, -1, 70 },
    { "... cut", BYTES("\x15\x03\x01\x00\x02\x02"), LP_HELLO_MORE, -1, -1, -1 },
    { "... too short", BYTES("\x15\x03\x01\x00\x01\x02"), LP_HELLO_NOT_TLS, -1, -1, -1 },
    { "close_notify", BYTES("\x15\x03\x01\x00\x02\x01\x00"), LP_HELLO_REFUSED, -1, -1, 0 },
    { "a warning alone", BYTES("\x15\x03\x01\x00\x02\x01\x70"), LP_HELLO_MORE, -1, -1, -1 },
#define W "\x15\x03\x01\x00\x02\x01\x70"
    { "warnings without end", BYTES(W W W W W), LP_HELLO_NOT_TLS, -1, -1, -1 },
    { "another protocol", BYTES("HTTP/1.1 400 Bad Request\r\n"), LP_HELLO_NOT_TLS, -1, -1, -1 },
    { "one byte of it", BYTES("H"), LP_HELLO_NOT_TLS, -1, -1, -1 },
    { "TLS of another major version", BYTES("\x16\x02"), LP_HELLO_NOT_TLS, -1, -1, -1 },
    { "application data", BYTES("\x17\x03\x02\x00\x01x"), LP_HELLO_NOT_TLS, -1, -1, -1 },
    { "an empty record", BYTES("\x16\x03\x02\x00\x00"), LP_HELLO_NOT_TLS, -1, -1, -1 },
    { "a record beyond its size", BYTES("\x16\x03\x02\x48\x01"), LP_HELLO_NOT_TLS, -1, -1, -1 },
    { "another message first", BYTES("\x16\x03\x02\x00\x04\x0b\x00\x00\x00"), LP_HELLO_NOT_TLS, -1,
      -1, -1 },
    { "a hello without end", BYTES("\x16\x03\x02\x40\x00\x02\x00\xff\xff"), LP_HELLO_NOT_TLS, -1,
      -1, -1 },
    { "a hello too short", BYTES("\x16\x03\x02\x00\x06\x02\x00\x00\x02\x03\x02"), LP_HELLO_NOT_TLS,
      -1, -1, -1 },
    { "a version of the future",
      BYTES("\x16\x03\x02\x00\x2a\x02\x00\x00\x26\x03\x09" RANDOM "\x00\xc0\x13\x00"),
      LP_HELLO_NOT_TLS, -1, -1, -1 },
    { "an alert in the middle of a hello",
      BYTES("\x16\x03\x02\x00\x01\x02\x15\x03\x01\x00\x02\x02\x46"), LP_HELLO_NOT_TLS, -1, -1, -1 },
    { "extensions that are cut",
      BYTES("\x16\x03\x03\x00\x2e\x02\x00\x00\x2a\x03\x03" RANDOM "\x00\xc0\x13\x00\x00\x02\x00"
            "\x2b"),
      LP_HELLO_NOT_TLS, -1, -1, -1 },
    { "the version of an extension",
      BYTES("\x16\x03\x03\x00\x32\x02\x00\x00\x2e\x03\x03" RANDOM "\x00\x13\x01\x00\x00\x06\x00"
            "\x2b\x00\x02\x03\x04"),
      LP_HELLO_TAKEN, LP_TLS_1_3, 0x1301, -1 },
};

/* Whole, and byte by byte: the first word that is not "more" is the same. */
START_TEST(bytes)
{
    struct lp_hello_answer whole, part;
    enum lp_hello_read read = lp_hello_decode(rows[_i].in, &whole), early = LP_HELLO_MORE;
    ck_assert_msg(read == rows[_i].read, "%s: %d", rows[_i].what, (int)read);
    ck_assert_int_eq(whole.version, rows[_i].version);
    ck_assert_int_eq(whole.cipher, rows[_i].cipher);
    ck_assert_int_eq(whole.alert, rows[_i].alert);
    for (size_t n = 0; n <= rows[_i].in.n && early == LP_HELLO_MORE; n++)
        early = lp_hello_decode(lp_str_sub(rows[_i].in, 0, n), &part);
    ck_assert_int_eq(early, read);
    ck_assert(part.version == whole.version && part.cipher == whole.cipher);
    ck_assert_int_eq(part.alert, whole.alert);
}
END_TEST

Suite *lp_suite_tlshello(void)
{
    Suite *suite = suite_create("tlshello");
    TCase *peers = tcase_create("openssl"), *tests = tcase_create("bytes");
    tcase_add_unchecked_fixture(peers, set_up, tear_down);
    tcase_add_loop_test(peers, servers_answer, 0, LP_COUNT(servers));
    tcase_add_test(peers, wants_another_share);
    tcase_add_loop_test(peers, no_name, 0, 3);
    tcase_add_test(peers, table);
    tcase_add_test(peers, table_is_whole);
    tcase_add_test(tests, words);
    tcase_add_loop_test(tests, bytes, 0, LP_COUNT(rows));
    suite_add_tcase(suite, peers);
    suite_add_tcase(suite, tests);
    return suite;
}
