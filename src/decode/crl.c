/* crl.c - one pass over a certificate revocation list */
#include "lp/crl.h"

#include <string.h>

#include "lp/der.h"
#include "lp/text.h"

static const struct lp_field entry_fields[] = {
    LP_FIELD(struct lp_crl_entry, serial, "serial number, hex"),
    LP_FIELD(struct lp_crl_entry, revoked, "it is on the list"),
    LP_FIELD_UTC(struct lp_crl_entry, at, "revocation date, seconds since 1970 UTC"),
    LP_FIELD(struct lp_crl_entry, reason, "reason code; -1 not said"),
    LP_FIELD_END,
};

static const struct lp_field crl_fields[] = {
    LP_FIELD(struct lp_crl, problem, "why it is no list"),
    LP_FIELD_UTC(struct lp_crl, this_update, "when it was made, seconds since 1970 UTC"),
    LP_FIELD_UTC(struct lp_crl, next_update, "when the next one comes, seconds since 1970 UTC"),
    LP_FIELD(struct lp_crl, count, "certificates on the list"),
    LP_FIELD(struct lp_crl, signature, "good, bad, or unknown"),
    LP_FIELD(struct lp_crl, whole, "all of the list is in the entries"),
    LP_FIELD_LIST(struct lp_crl, entries, struct lp_crl_entry, entry_fields,
                  "the whole list, else the certificates that were looked up"),
    LP_FIELD_END,
};

const struct lp_field lp_crl_fields[] = {
    LP_FIELD_STRUCT(struct lp_crl_facts, link, lp_link_fields, "the connection"),
    LP_FIELD_STRUCT(struct lp_crl_facts, http, lp_http_fields, "the HTTP answer"),
    LP_FIELD_STRUCT(struct lp_crl_facts, crl, crl_fields, "the list"),
    LP_FIELD_END,
};

/* The outer parts of a list. */
struct parts {
    struct lp_str tbs; /* with tag and length: what is signed */
    struct lp_str algorithm;
    struct lp_str signature;
    struct lp_str issuer;  /* DER of a Name */
    struct lp_str entries; /* content of revokedCertificates */
};

enum { LP_CRL_SERIAL = 32 }; /* bytes of a serial number (RFC 5280 4.1.2.2: at most 20) */

/* A wanted serial number as bytes. */
struct wanted {
    struct lp_str bytes;
    struct lp_crl_entry *entry;
};

struct search {
    struct wanted at[LP_CRL_ASKED];
    size_t n;
};

/* ---- the serial numbers ---- */

static int nibble(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = lp_ascii_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* "0a1b" to bytes; unset: no hex. */
static struct lp_str bytes_of(struct lp_arena *arena, struct lp_str hex)
{
    char *bytes = lp_arena_alloc(arena, hex.n / 2 + 1);
    if (hex.n == 0 || hex.n % 2)
        return LP_STR_NONE;
    for (size_t i = 0; i < hex.n / 2; i++) {
        int high = nibble(hex.p[2 * i]), low = nibble(hex.p[2 * i + 1]);
        if (high < 0 || low < 0)
            return LP_STR_NONE;
        bytes[i] = (char)(high << 4 | low);
    }
    return (struct lp_str){ bytes, hex.n / 2 };
}

static void prepare(struct search *search, struct lp_arena *arena,
                    const struct lp_crl_question *question, struct lp_crl *out)
{
    const struct lp_str *serials = question->serials.at;
    struct lp_crl_entry *entries = lp_arena_array(arena, LP_CRL_ASKED, sizeof *entries);
    search->n = 0;
    for (size_t i = 0; i < question->serials.n && i < LP_CRL_ASKED; i++) {
        entries[i] =
            (struct lp_crl_entry){ lp_arena_str(arena, serials[i]), false, LP_UTC_NONE, -1 };
        search->at[search->n++] = (struct wanted){ bytes_of(arena, serials[i]), &entries[i] };
    }
    out->entries = (struct lp_list){ entries, search->n };
}

/* ---- entries ---- */

/* reasonCode (2.5.29.21) among the entry's extensions. */
static int64_t reason_of(struct lp_str extensions)
{
    static const char oid[] = { 0x55, 0x1d, 0x15 };
    struct lp_der list, extension, id, value, code;
    if (!lp_der_take(&extensions, LP_DER_SEQUENCE, &list))
        return -1;
    while (lp_der_take(&list.content, LP_DER_SEQUENCE, &extension)) {
        struct lp_str rest = extension.content;
        if (!lp_der_take(&rest, LP_DER_OID, &id) ||
            !lp_str_eq(id.content, (struct lp_str){ oid, sizeof oid }))
            continue;
        while (lp_der_next(&rest, &value)) {
            struct lp_str inner = value.content;
            if (value.tag == 0x04 && lp_der_take(&inner, LP_DER_ENUMERATED, &code) &&
                code.content.n == 1)
                return (uint8_t)code.content.p[0];
        }
    }
    return -1;
}

/* The serial number of an entry without leading zeros; the rest of it is its date and extensions.
 */
static bool serial_of(struct lp_str *entry, struct lp_str *bytes)
{
    struct lp_der serial;
    if (!lp_der_take(entry, LP_DER_INTEGER, &serial))
        return false;
    *bytes = serial.content;
    while (bytes->n > 1 && bytes->p[0] == 0)
        *bytes = lp_str_sub(*bytes, 1, bytes->n);
    return true;
}

static void fill(struct lp_crl_entry *out, struct lp_str rest)
{
    struct lp_der date = { 0 };
    out->revoked = true;
    if (lp_der_next(&rest, &date))
        out->at = lp_der_time(&date);
    out->reason = reason_of(rest);
}

static void look_up(struct search *search, struct lp_str entry)
{
    struct lp_str bytes;
    if (!serial_of(&entry, &bytes))
        return;
    for (size_t i = 0; i < search->n; i++) {
        if (search->at[i].bytes.p && lp_str_eq(search->at[i].bytes, bytes))
            fill(search->at[i].entry, entry);
    }
}

static void keep(struct lp_arena *arena, struct lp_crl *out, struct lp_str entry)
{
    struct lp_str bytes;
    struct lp_buf hex = lp_buf_new(2 * LP_CRL_SERIAL + 1);
    struct lp_crl_entry *entries = out->entries.at;
    if (!serial_of(&entry, &bytes))
        return;
    lp_put_hex(&hex, lp_str_sub(bytes, 0, LP_CRL_SERIAL));
    struct lp_crl_entry *kept = &entries[out->entries.n++];
    *kept = (struct lp_crl_entry){ lp_arena_str(arena, lp_buf_view(&hex)), false, LP_UTC_NONE, -1 };
    fill(kept, entry);
    lp_buf_release(&hex);
}

bool lp_crl_knows(const struct lp_crl *crl, struct lp_str serial, const struct lp_crl_entry **entry)
{
    const struct lp_crl_entry *entries = crl->entries.at;
    *entry = NULL;
    for (size_t i = 0; i < crl->entries.n; i++) {
        if (!lp_str_eq(entries[i].serial, serial))
            continue;
        *entry = entries[i].revoked ? &entries[i] : NULL;
        return true;
    }
    return crl->whole;
}

/* ---- the list ---- */

/* TBSCertList up to its entries (RFC 5280 section 5.1). */
static bool read_tbs(struct lp_str tbs, struct parts *parts, struct lp_crl *out)
{
    struct lp_der part, time;
    (void)!lp_der_take(&tbs, LP_DER_INTEGER, &part);
    bool has_algorithm = lp_der_take(&tbs, LP_DER_SEQUENCE, &part);
    if (!has_algorithm || !lp_der_take(&tbs, LP_DER_SEQUENCE, &part))
        return false;
    parts->issuer = part.whole;
    if (!lp_der_next(&tbs, &time))
        return false;
    out->this_update = lp_der_time(&time);
    if (lp_der_take(&tbs, LP_DER_UTC_TIME, &time) || lp_der_take(&tbs, LP_DER_TIME, &time))
        out->next_update = lp_der_time(&time);
    if (lp_der_take(&tbs, LP_DER_SEQUENCE, &part))
        parts->entries = part.content;
    return out->this_update != LP_UTC_NONE;
}

static bool read_parts(struct lp_str der, struct parts *parts, struct lp_crl *out)
{
    struct lp_der list, part;
    if (!lp_der_take(&der, LP_DER_SEQUENCE, &list) || der.n)
        return false;
    struct lp_str rest = list.content;
    if (!lp_der_take(&rest, LP_DER_SEQUENCE, &part))
        return false;
    parts->tbs = part.whole;
    struct lp_str tbs = part.content;
    if (!lp_der_take(&rest, LP_DER_SEQUENCE, &part))
        return false;
    parts->algorithm = part.whole;
    if (!lp_der_take(&rest, LP_DER_BITS, &part) || rest.n || part.content.n < 2 ||
        part.content.p[0] != 0) /* bits that are not used: no signature has any */
        return false;
    parts->signature = lp_str_sub(part.content, 1, part.content.n);
    return read_tbs(tbs, parts, out);
}

/* By any certificate with the issuer's name: a CA may have several with one name. */
static struct lp_str check_signature(const struct parts *parts, const struct lp_list *issuers)
{
    const struct lp_str *ders = issuers->at;
    struct lp_str said = LP_STR("unknown");
    for (size_t i = 0; i < issuers->n; i++) {
        if (!lp_subject_is(ders[i], parts->issuer))
            continue;
        int good = lp_signature_check(ders[i], parts->algorithm, parts->tbs, parts->signature);
        if (good == 1)
            return LP_STR("good");
        if (good == 0)
            said = LP_STR("bad");
    }
    return said;
}

/* An entry without a serial number makes no list: nobody can say whom it revokes. */
static bool count(struct lp_str entries, struct lp_crl *out)
{
    struct lp_der entry;
    struct lp_str serial;
    while (lp_der_take(&entries, LP_DER_SEQUENCE, &entry)) {
        if (!serial_of(&entry.content, &serial))
            return false;
        out->count++;
    }
    out->whole = entries.n == 0 && out->count <= LP_CRL_KEPT;
    return entries.n == 0;
}

void lp_crl_decode(struct lp_arena *arena, struct lp_str der,
                   const struct lp_crl_question *question, struct lp_crl *out)
{
    struct parts parts = { .entries = LP_STR("") };
    struct lp_der entry;
    struct search search = { .n = 0 };
    *out = (struct lp_crl){ .problem = LP_STR(""),
                            .this_update = LP_UTC_NONE,
                            .next_update = LP_UTC_NONE,
                            .signature = LP_STR("unknown") };
    if (!read_parts(der, &parts, out)) {
        out->problem = der.n ? LP_STR("no CRL") : LP_STR("empty");
        return;
    }
    if (!count(parts.entries, out)) {
        out->problem = LP_STR("no CRL");
        return;
    }
    if (out->whole)
        out->entries.at = lp_arena_array(arena, (size_t)out->count, sizeof(struct lp_crl_entry));
    else
        prepare(&search, arena, question, out);
    while (lp_der_take(&parts.entries, LP_DER_SEQUENCE, &entry)) {
        if (out->whole)
            keep(arena, out, entry.content);
        else
            look_up(&search, entry.content);
    }
    out->signature = check_signature(&parts, &question->issuers);
}
