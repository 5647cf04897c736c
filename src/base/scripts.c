/* scripts.c - does a name mix scripts, as look-alike names do? */
#include "lp/name.h"
#include "lp/utf8.h"

enum script {
    LATIN = 1,
    GREEK = 2,
    CYRILLIC = 4,
    ARMENIAN = 8,
    HEBREW = 16,
    ARABIC = 32,
    INDIC = 64,
    THAI = 128,
    GEORGIAN = 256,
    CHEROKEE = 512,
    EAST_ASIAN = 1024,
};

/* Letters only; what stands in no row (digits, hyphens, marks) goes with every script. */
static const struct {
    uint32_t from, to;
    enum script script;
} blocks[] = {
    { 'A', 'Z', LATIN },
    { 'a', 'z', LATIN },
    { 0xc0, 0x24f, LATIN },
    { 0x250, 0x2af, LATIN },
    { 0x370, 0x3ff, GREEK },
    { 0x400, 0x52f, CYRILLIC },
    { 0x531, 0x58f, ARMENIAN },
    { 0x5d0, 0x5f4, HEBREW },
    { 0x620, 0x77f, ARABIC },
    { 0x8a0, 0x8ff, ARABIC },
    { 0x900, 0xdff, INDIC },
    { 0xe00, 0xe7f, THAI },
    { 0x10a0, 0x10ff, GEORGIAN },
    { 0x1100, 0x11ff, EAST_ASIAN },
    { 0x13a0, 0x13ff, CHEROKEE },
    { 0x1c80, 0x1c8f, CYRILLIC },
    { 0x1e00, 0x1eff, LATIN },
    { 0x1f00, 0x1fff, GREEK },
    { 0x2de0, 0x2dff, CYRILLIC },
    { 0x2e80, 0x2fdf, EAST_ASIAN },
    { 0x3005, 0x318f, EAST_ASIAN },
    { 0x3400, 0x9fff, EAST_ASIAN },
    { 0xa640, 0xa69f, CYRILLIC },
    { 0xab70, 0xabbf, CHEROKEE },
    { 0xac00, 0xd7ff, EAST_ASIAN },
    { 0xf900, 0xfaff, EAST_ASIAN },
    { 0xff21, 0xff5a, LATIN },
    { 0x20000, 0x3ffff, EAST_ASIAN },
};

static unsigned script_of(uint32_t code)
{
    for (size_t i = 0; i < LP_COUNT(blocks); i++)
        if (code >= blocks[i].from && code <= blocks[i].to)
            return blocks[i].script;
    return 0;
}

static bool label_mixes(struct lp_str label)
{
    unsigned seen = 0;
    for (size_t at = 0; at < label.n;) {
        uint32_t code = 0;
        size_t length = lp_utf8_decode(label, at, &code);
        seen |= length ? script_of(code) : 0;
        at += length ? length : 1;
    }
    /* Latin beside Chinese, Japanese or Korean is common and deceives nobody (UTS
     * 39, 5.2) */
    if (seen == (LATIN | EAST_ASIAN))
        return false;
    return (seen & (seen - 1)) != 0;
}

bool lp_name_mixes_scripts(struct lp_str typed)
{
    while (typed.n)
        if (label_mixes(lp_str_cut(&typed, '.')))
            return true;
    return false;
}
