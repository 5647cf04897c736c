/* cert_ext.c - the extensions of a certificate: SAN, key usages, revocation places. */
#include <string.h>

#include "lp/addr.h"
#include "lp/cert_parts.h"
#include "lp/text.h"

/* A decoded extension; NULL: absent, twice, or unreadable, and then *there is true. */
static void *extension(struct lp_cert_reader *r, int nid, bool *there)
{
    int critical = 0;
    void *decoded = X509_get_ext_d2i(r->x, nid, &critical, NULL);

    *there = critical != -1;
    return decoded;
}

/* What is wrong with the bytes of a dNSName (IA5String, RFC 5280 4.2.1.6); NULL:
   nothing. */
static const char *fault_of(struct lp_str name)
{
    const char *fault = NULL;

    for (size_t i = 0; i < name.n; i++) {
        unsigned char c = (unsigned char)name.p[i];
        if (c == 0)
            return "NUL in dNSName";
        if (c < 0x20 || c == 0x7f)
            fault = "control character in dNSName";
        else if (c >= 0x80 && fault == NULL)
            fault = "non-ASCII character in dNSName";
    }
    return fault;
}

static void add_san(struct lp_cert_reader *r, struct lp_str entry)
{
    r->out->san_count++;
    if (r->out->san.n < LP_CERT_SANS)
        lp_cert_add(r, &r->out->san, entry, LP_CERT_SANS);
}

static void add_dns_name(struct lp_cert_reader *r, const ASN1_STRING *value)
{
    struct lp_str name = lp_asn1_bytes(value);
    const char *fault = fault_of(name);

    if (fault != NULL)
        lp_cert_bad(r, fault);
    name = lp_clean_text(r->arena, name, NULL);
    if (lp_str_starts_nocase(name, "IP:")) /* not to be taken for an address */
        name = lp_arena_printf(r->arena, "DNS:%s", name.p);
    add_san(r, name);
}

static void add_address(struct lp_cert_reader *r, const ASN1_STRING *value)
{
    struct lp_str bytes = lp_asn1_bytes(value);
    struct lp_addr address = { .family = bytes.n == 4 ? 4 : 6 };
    char text[LP_ADDR_TEXT];

    if (bytes.n != 4 && bytes.n != 16) {
        lp_cert_bad(r, "iPAddress of a wrong length");
        return;
    }
    memcpy(address.bytes, bytes.p, bytes.n);
    lp_addr_format(&address, text, sizeof(text));
    add_san(r, lp_arena_printf(r->arena, "IP:%s", text));
}

static void read_san(struct lp_cert_reader *r)
{
    bool there;
    GENERAL_NAMES *names = extension(r, NID_subject_alt_name, &there);

    if (there && names == NULL)
        lp_cert_bad(r, "unreadable subjectAltName");
    for (int i = 0; i < sk_GENERAL_NAME_num(names); i++) {
        const GENERAL_NAME *name = sk_GENERAL_NAME_value(names, i);

        if (name->type == GEN_DNS)
            add_dns_name(r, name->d.dNSName);
        else if (name->type == GEN_IPADD)
            add_address(r, name->d.iPAddress);
    }
    GENERAL_NAMES_free(names);
}

static struct lp_str usage_word(struct lp_cert_reader *r, const ASN1_OBJECT *usage)
{
    int nid = OBJ_obj2nid(usage);
    char dotted[128] = "";

    if (nid == NID_server_auth)
        return LP_STR("serverAuth");
    if (nid == NID_client_auth)
        return LP_STR("clientAuth");
    OBJ_obj2txt(dotted, sizeof(dotted), usage, 1);
    return lp_arena_str(r->arena, lp_str_of(dotted));
}

/* An unreadable extension counts as one that allows nothing, as clients see it. */
static void read_eku(struct lp_cert_reader *r)
{
    EXTENDED_KEY_USAGE *usages = extension(r, NID_ext_key_usage, &r->out->has_eku);

    for (int i = 0; i < sk_ASN1_OBJECT_num(usages); i++)
        lp_cert_add(r, &r->out->eku, usage_word(r, sk_ASN1_OBJECT_value(usages, i)),
                    LP_CERT_USAGES);
    EXTENDED_KEY_USAGE_free(usages);
}

static void add_url(struct lp_cert_reader *r, struct lp_list *list, const GENERAL_NAME *name)
{
    struct lp_str url = LP_STR_NONE;

    if (name->type == GEN_URI)
        url = lp_asn1_bytes(name->d.uniformResourceIdentifier);
    if (url.n > 0 && list->n < LP_CERT_URLS)
        lp_cert_add(r, list, lp_clean_text(r->arena, url, NULL), LP_CERT_URLS);
}

static void read_cdp(struct lp_cert_reader *r)
{
    bool there;
    CRL_DIST_POINTS *points = extension(r, NID_crl_distribution_points, &there);

    for (int i = 0; i < sk_DIST_POINT_num(points); i++) {
        const DIST_POINT_NAME *point = sk_DIST_POINT_value(points, i)->distpoint;

        /* Type 0 is a full name; 1 is relative to the issuer and no place to fetch
           from. */
        if (point == NULL || point->type != 0)
            continue;
        for (int j = 0; j < sk_GENERAL_NAME_num(point->name.fullname); j++)
            add_url(r, &r->out->cdp, sk_GENERAL_NAME_value(point->name.fullname, j));
    }
    CRL_DIST_POINTS_free(points);
}

static void read_aia(struct lp_cert_reader *r)
{
    bool there;
    AUTHORITY_INFO_ACCESS *accesses = extension(r, NID_info_access, &there);

    for (int i = 0; i < sk_ACCESS_DESCRIPTION_num(accesses); i++) {
        const ACCESS_DESCRIPTION *access = sk_ACCESS_DESCRIPTION_value(accesses, i);
        int method = OBJ_obj2nid(access->method);

        if (method == NID_ad_OCSP)
            add_url(r, &r->out->ocsp, access->location);
        else if (method == NID_ad_ca_issuers)
            add_url(r, &r->out->issuers, access->location);
    }
    AUTHORITY_INFO_ACCESS_free(accesses);
}

void lp_cert_read_extensions(struct lp_cert_reader *r)
{
    read_san(r);
    read_eku(r);
    read_cdp(r);
    read_aia(r);
}
