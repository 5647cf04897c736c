/* tds.c - PRELOGIN of TDS: our packet, and the reading of the server's. */
#include "lp/tds.h"

enum {
    HEADER = 8,
    ANSWER = 4,  /* packet type of everything that a server says */
    LAST = 1,    /* status: no packet of this message follows */
    VERSION = 0, /* options */
    ENCRYPTION = 1,
    TERMINATOR = 0xff,
};

/* ---- ours ---- */

/* Type 18, one packet of 47 bytes; then options as (number, offset, length), the end mark,
   and their values: version 0, encryption off, instance "", thread 0, no MARS. */
static const char prelogin[] = "\x12\x01\x00\x2f\x00\x00\x00\x00"
                               "\x00\x00\x1a\x00\x06"
                               "\x01\x00\x20\x00\x01"
                               "\x02\x00\x21\x00\x01"
                               "\x03\x00\x22\x00\x04"
                               "\x04\x00\x26\x00\x01"
                               "\xff"
                               "\x00\x00\x00\x00\x00\x00"
                               "\x00"
                               "\x00"
                               "\x00\x00\x00\x00"
                               "\x00";

void lp_tds_put_prelogin(struct lp_buf *out)
{
    lp_buf_add(out, prelogin, sizeof prelogin - 1);
}

/* ---- the server's ---- */

static void take(struct lp_tds *out, uint8_t option, struct lp_str value)
{
    struct lp_reader in = lp_reader_of(value);
    struct lp_tds said = *out;
    if (option == VERSION) {
        said.major = lp_read_u8(&in);
        said.minor = lp_read_u8(&in);
        said.build = lp_read_u16(&in);
    } else if (option == ENCRYPTION) {
        said.encryption = lp_read_u8(&in);
    }
    if (!in.bad)
        *out = said;
}

/* Offsets count from the first option. */
static bool read_options(struct lp_str body, struct lp_tds *out)
{
    struct lp_reader in = lp_reader_of(body);
    for (int n = 0; n <= LP_TDS_OPTIONS; n++) {
        uint8_t option = lp_read_u8(&in);
        if (in.bad || option == TERMINATOR)
            return !in.bad && n > 0;
        size_t offset = lp_read_u16(&in), size = lp_read_u16(&in);
        if (in.bad || offset + size > body.n)
            return false;
        take(out, option, lp_str_sub(body, offset, size));
    }
    return false;
}

/* Its length, header included; 0: it cannot be a server's only packet. */
static size_t packet_of(struct lp_str in)
{
    struct lp_reader reader = lp_reader_of(in);
    uint8_t type = lp_read_u8(&reader), status = lp_read_u8(&reader);
    size_t n = lp_read_u16(&reader);
    bool good = type == ANSWER && (in.n < 2 || status & LAST) &&
                (reader.bad || (n > HEADER && n <= LP_TDS_MAX));
    if (!good)
        return 0;
    return reader.bad ? LP_TDS_MAX : n;
}

enum lp_tds_read lp_tds_decode(struct lp_str in, bool eof, struct lp_tds *out)
{
    static const struct lp_tds nothing = { -1, -1, -1, -1 };
    *out = nothing;
    if (in.n == 0)
        return eof ? LP_TDS_NOT_TDS : LP_TDS_MORE;
    size_t n = packet_of(in);
    if (n == 0)
        return LP_TDS_NOT_TDS;
    if (in.n < n)
        return eof ? LP_TDS_NOT_TDS : LP_TDS_MORE;
    if (read_options(lp_str_sub(in, HEADER, n - HEADER), out))
        return LP_TDS_COMPLETE;
    *out = nothing;
    return LP_TDS_NOT_TDS;
}

/* ---- words ---- */

struct lp_str lp_tds_encryption_word(int64_t encryption)
{
    static const char *const words[] = { "off", "on", "not-supported", "required" };
    bool known = encryption >= 0 && encryption < (int64_t)LP_COUNT(words);
    return known ? lp_str_of(words[encryption]) : LP_STR_NONE;
}

/* Microsoft: "Determine which version and edition of SQL Server Database Engine is running". */
static const struct {
    int major, minor;
    const char *product;
} products[] = {
    { 9, 0, "SQL Server 2005" },  { 10, 0, "SQL Server 2008" }, { 10, 50, "SQL Server 2008 R2" },
    { 11, 0, "SQL Server 2012" }, { 12, 0, "SQL Server 2014" }, { 13, 0, "SQL Server 2016" },
    { 14, 0, "SQL Server 2017" }, { 15, 0, "SQL Server 2019" }, { 16, 0, "SQL Server 2022" },
};

struct lp_str lp_tds_product(int64_t major, int64_t minor)
{
    for (size_t i = 0; i < LP_COUNT(products); i++)
        if (products[i].major == major && products[i].minor == minor)
            return lp_str_of(products[i].product);
    return LP_STR_NONE;
}
