/* ciphers.c - TLS versions and cipher suites by number and name */
#include "lp/tlshello.h"

static const struct {
    int64_t version;
    struct lp_str word, title;
} versions[LP_TLS_VERSIONS] = {
    { LP_SSL_3_0, { "SSLv3", 5 }, { "SSL 3.0", 7 } },
    { LP_TLS_1_0, { "TLSv1", 5 }, { "TLS 1.0", 7 } },
    { LP_TLS_1_1, { "TLSv1.1", 7 }, { "TLS 1.1", 7 } },
    { LP_TLS_1_2, { "TLSv1.2", 7 }, { "TLS 1.2", 7 } },
    { LP_TLS_1_3, { "TLSv1.3", 7 }, { "TLS 1.3", 7 } },
};

struct lp_str lp_tls_version_word(int64_t version)
{
    for (size_t i = 0; i < LP_COUNT(versions); i++)
        if (versions[i].version == version)
            return versions[i].word;
    return LP_STR_NONE;
}

struct lp_str lp_tls_version_title(int64_t version)
{
    for (size_t i = 0; i < LP_COUNT(versions); i++)
        if (versions[i].version == version)
            return versions[i].title;
    return LP_STR_NONE;
}

int64_t lp_tls_version_of(struct lp_str word)
{
    for (size_t i = 0; i < LP_COUNT(versions); i++)
        if (lp_str_eq(versions[i].word, word))
            return versions[i].version;
    return 0;
}

/* Numbers and names: https://www.iana.org/assignments/tls-parameters. Versions: RFC 8446 B.4; RFC
 * 5246 section 1.2 (SHA-256 and AEAD suites are of TLS 1.2), RFC 4492 section 2.2 (elliptic curves
 * from TLS 1.0 on), RFC 4346 A.5 (no export suites from TLS 1.1 on), RFC 6101 A.6. */
#define NEW LP_TLS_1_3, LP_TLS_1_3
#define AEAD LP_TLS_1_2, LP_TLS_1_2
#define CURVE LP_TLS_1_0, LP_TLS_1_2
#define OLD LP_SSL_3_0, LP_TLS_1_2
#define EXPORT LP_SSL_3_0, LP_TLS_1_0
const struct lp_cipher lp_ciphers[] = {
    { 0x1302, NEW, "TLS_AES_256_GCM_SHA384" },
    { 0x1303, NEW, "TLS_CHACHA20_POLY1305_SHA256" },
    { 0x1301, NEW, "TLS_AES_128_GCM_SHA256" },
    { 0x1304, NEW, "TLS_AES_128_CCM_SHA256" },
    { 0x1305, NEW, "TLS_AES_128_CCM_8_SHA256" },
    { 0xc02c, AEAD, "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384" },
    { 0xc030, AEAD, "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384" },
    { 0xcca9, AEAD, "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256" },
    { 0xcca8, AEAD, "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256" },
    { 0xc02b, AEAD, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256" },
    { 0xc02f, AEAD, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256" },
    { 0xc0ad, AEAD, "TLS_ECDHE_ECDSA_WITH_AES_256_CCM" },
    { 0xc0ac, AEAD, "TLS_ECDHE_ECDSA_WITH_AES_128_CCM" },
    { 0xc0af, AEAD, "TLS_ECDHE_ECDSA_WITH_AES_256_CCM_8" },
    { 0xc0ae, AEAD, "TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8" },
    { 0xc05d, AEAD, "TLS_ECDHE_ECDSA_WITH_ARIA_256_GCM_SHA384" },
    { 0xc061, AEAD, "TLS_ECDHE_RSA_WITH_ARIA_256_GCM_SHA384" },
    { 0xc05c, AEAD, "TLS_ECDHE_ECDSA_WITH_ARIA_128_GCM_SHA256" },
    { 0xc060, AEAD, "TLS_ECDHE_RSA_WITH_ARIA_128_GCM_SHA256" },
    { 0x009f, AEAD, "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384" },
    { 0xccaa, AEAD, "TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256" },
    { 0x009e, AEAD, "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256" },
    { 0x00a3, AEAD, "TLS_DHE_DSS_WITH_AES_256_GCM_SHA384" },
    { 0x00a2, AEAD, "TLS_DHE_DSS_WITH_AES_128_GCM_SHA256" },
    { 0xc09f, AEAD, "TLS_DHE_RSA_WITH_AES_256_CCM" },
    { 0xc09e, AEAD, "TLS_DHE_RSA_WITH_AES_128_CCM" },
    { 0xc0a3, AEAD, "TLS_DHE_RSA_WITH_AES_256_CCM_8" },
    { 0xc0a2, AEAD, "TLS_DHE_RSA_WITH_AES_128_CCM_8" },
    { 0xc053, AEAD, "TLS_DHE_RSA_WITH_ARIA_256_GCM_SHA384" },
    { 0xc052, AEAD, "TLS_DHE_RSA_WITH_ARIA_128_GCM_SHA256" },
    { 0xc024, AEAD, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384" },
    { 0xc028, AEAD, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384" },
    { 0xc023, AEAD, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256" },
    { 0xc027, AEAD, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256" },
    { 0xc073, AEAD, "TLS_ECDHE_ECDSA_WITH_CAMELLIA_256_CBC_SHA384" },
    { 0xc077, AEAD, "TLS_ECDHE_RSA_WITH_CAMELLIA_256_CBC_SHA384" },
    { 0xc072, AEAD, "TLS_ECDHE_ECDSA_WITH_CAMELLIA_128_CBC_SHA256" },
    { 0xc076, AEAD, "TLS_ECDHE_RSA_WITH_CAMELLIA_128_CBC_SHA256" },
    { 0x006b, AEAD, "TLS_DHE_RSA_WITH_AES_256_CBC_SHA256" },
    { 0x0067, AEAD, "TLS_DHE_RSA_WITH_AES_128_CBC_SHA256" },
    { 0x006a, AEAD, "TLS_DHE_DSS_WITH_AES_256_CBC_SHA256" },
    { 0x0040, AEAD, "TLS_DHE_DSS_WITH_AES_128_CBC_SHA256" },
    { 0x00c4, AEAD, "TLS_DHE_RSA_WITH_CAMELLIA_256_CBC_SHA256" },
    { 0x00be, AEAD, "TLS_DHE_RSA_WITH_CAMELLIA_128_CBC_SHA256" },
    { 0x009d, AEAD, "TLS_RSA_WITH_AES_256_GCM_SHA384" },
    { 0x009c, AEAD, "TLS_RSA_WITH_AES_128_GCM_SHA256" },
    { 0xc09d, AEAD, "TLS_RSA_WITH_AES_256_CCM" },
    { 0xc09c, AEAD, "TLS_RSA_WITH_AES_128_CCM" },
    { 0xc0a1, AEAD, "TLS_RSA_WITH_AES_256_CCM_8" },
    { 0xc0a0, AEAD, "TLS_RSA_WITH_AES_128_CCM_8" },
    { 0xc051, AEAD, "TLS_RSA_WITH_ARIA_256_GCM_SHA384" },
    { 0xc050, AEAD, "TLS_RSA_WITH_ARIA_128_GCM_SHA256" },
    { 0x003d, AEAD, "TLS_RSA_WITH_AES_256_CBC_SHA256" },
    { 0x003c, AEAD, "TLS_RSA_WITH_AES_128_CBC_SHA256" },
    { 0x00c0, AEAD, "TLS_RSA_WITH_CAMELLIA_256_CBC_SHA256" },
    { 0x00ba, AEAD, "TLS_RSA_WITH_CAMELLIA_128_CBC_SHA256" },
    { 0xc00a, CURVE, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA" },
    { 0xc014, CURVE, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA" },
    { 0xc009, CURVE, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA" },
    { 0xc013, CURVE, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA" },
    { 0x0039, OLD, "TLS_DHE_RSA_WITH_AES_256_CBC_SHA" },
    { 0x0033, OLD, "TLS_DHE_RSA_WITH_AES_128_CBC_SHA" },
    { 0x0038, OLD, "TLS_DHE_DSS_WITH_AES_256_CBC_SHA" },
    { 0x0032, OLD, "TLS_DHE_DSS_WITH_AES_128_CBC_SHA" },
    { 0x0088, OLD, "TLS_DHE_RSA_WITH_CAMELLIA_256_CBC_SHA" },
    { 0x0045, OLD, "TLS_DHE_RSA_WITH_CAMELLIA_128_CBC_SHA" },
    { 0x0035, OLD, "TLS_RSA_WITH_AES_256_CBC_SHA" },
    { 0x002f, OLD, "TLS_RSA_WITH_AES_128_CBC_SHA" },
    { 0x0084, OLD, "TLS_RSA_WITH_CAMELLIA_256_CBC_SHA" },
    { 0x0041, OLD, "TLS_RSA_WITH_CAMELLIA_128_CBC_SHA" },
    { 0x009a, OLD, "TLS_DHE_RSA_WITH_SEED_CBC_SHA" },
    { 0x0096, OLD, "TLS_RSA_WITH_SEED_CBC_SHA" },
    { 0x0007, OLD, "TLS_RSA_WITH_IDEA_CBC_SHA" },
    { 0xc008, CURVE, "TLS_ECDHE_ECDSA_WITH_3DES_EDE_CBC_SHA" },
    { 0xc012, CURVE, "TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA" },
    { 0x0016, OLD, "TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA" },
    { 0x0013, OLD, "TLS_DHE_DSS_WITH_3DES_EDE_CBC_SHA" },
    { 0x000a, OLD, "TLS_RSA_WITH_3DES_EDE_CBC_SHA" },
    { 0xc007, CURVE, "TLS_ECDHE_ECDSA_WITH_RC4_128_SHA" },
    { 0xc011, CURVE, "TLS_ECDHE_RSA_WITH_RC4_128_SHA" },
    { 0x0005, OLD, "TLS_RSA_WITH_RC4_128_SHA" },
    { 0x0004, OLD, "TLS_RSA_WITH_RC4_128_MD5" },
    { 0x0015, OLD, "TLS_DHE_RSA_WITH_DES_CBC_SHA" },
    { 0x0012, OLD, "TLS_DHE_DSS_WITH_DES_CBC_SHA" },
    { 0x0009, OLD, "TLS_RSA_WITH_DES_CBC_SHA" },
    { 0x00a7, AEAD, "TLS_DH_anon_WITH_AES_256_GCM_SHA384" },
    { 0x00a6, AEAD, "TLS_DH_anon_WITH_AES_128_GCM_SHA256" },
    { 0xc019, CURVE, "TLS_ECDH_anon_WITH_AES_256_CBC_SHA" },
    { 0xc018, CURVE, "TLS_ECDH_anon_WITH_AES_128_CBC_SHA" },
    { 0x003a, OLD, "TLS_DH_anon_WITH_AES_256_CBC_SHA" },
    { 0x0034, OLD, "TLS_DH_anon_WITH_AES_128_CBC_SHA" },
    { 0x001b, OLD, "TLS_DH_anon_WITH_3DES_EDE_CBC_SHA" },
    { 0x0018, OLD, "TLS_DH_anon_WITH_RC4_128_MD5" },
    { 0x0064, EXPORT, "TLS_RSA_EXPORT1024_WITH_RC4_56_SHA" },
    { 0x0062, EXPORT, "TLS_RSA_EXPORT1024_WITH_DES_CBC_SHA" },
    { 0x0014, EXPORT, "TLS_DHE_RSA_EXPORT_WITH_DES40_CBC_SHA" },
    { 0x0008, EXPORT, "TLS_RSA_EXPORT_WITH_DES40_CBC_SHA" },
    { 0x0006, EXPORT, "TLS_RSA_EXPORT_WITH_RC2_CBC_40_MD5" },
    { 0x0003, EXPORT, "TLS_RSA_EXPORT_WITH_RC4_40_MD5" },
    { 0x003b, AEAD, "TLS_RSA_WITH_NULL_SHA256" },
    { 0xc006, CURVE, "TLS_ECDHE_ECDSA_WITH_NULL_SHA" },
    { 0xc010, CURVE, "TLS_ECDHE_RSA_WITH_NULL_SHA" },
    { 0x0002, OLD, "TLS_RSA_WITH_NULL_SHA" },
    { 0x0001, OLD, "TLS_RSA_WITH_NULL_MD5" },
};
const size_t lp_cipher_count = LP_COUNT(lp_ciphers);

struct lp_str lp_cipher_name(int64_t number)
{
    for (size_t i = 0; i < lp_cipher_count; i++)
        if (lp_ciphers[i].number == number)
            return lp_str_of(lp_ciphers[i].name);
    return LP_STR_NONE;
}

size_t lp_ciphers_of(int64_t version, uint16_t *out)
{
    size_t n = 0;
    for (size_t i = 0; i < lp_cipher_count && n < LP_CIPHERS_MAX; i++)
        if (version >= lp_ciphers[i].from && version <= lp_ciphers[i].to)
            out[n++] = lp_ciphers[i].number;
    return n;
}
