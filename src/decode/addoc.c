/* addoc.c - Autodiscover documents: which form it is, and what both forms share. */
#include "lp/addoc_parts.h"

static const struct lp_field link_fields[] = {
    LP_FIELD(struct lp_ad_link, token, "what the link leads to"),
    LP_FIELD(struct lp_ad_link, href, "URL, as sent"),
    LP_FIELD_END,
};

static const struct lp_field access_fields[] = {
    LP_FIELD(struct lp_ad_access, name, "which access point"),
    LP_FIELD(struct lp_ad_access, fqdn, "host name"),
    LP_FIELD(struct lp_ad_access, port, "port; 0 none"),
    LP_FIELD_END,
};

const struct lp_field lp_ad_doc_fields[] = {
    LP_FIELD(struct lp_ad_doc, form, "xml, json or hal; empty when it is no Autodiscover document"),
    LP_FIELD(struct lp_ad_doc, problem, "why the document was not read"),
    LP_FIELD(struct lp_ad_doc, section, "Root, User or Domain"),
    LP_FIELD(struct lp_ad_doc, access_location, "Internal or External, as sent"),
    LP_FIELD_LIST(struct lp_ad_doc, links, struct lp_ad_link, link_fields, "links"),
    LP_FIELD_LIST(struct lp_ad_doc, access, struct lp_ad_access, access_fields,
                  "SIP access points"),
    LP_FIELD_END,
};

struct lp_str lp_ad_text(struct lp_ad_builder *b, struct lp_str text)
{
    struct lp_str trimmed = lp_str_trim(text);

    if (trimmed.n == 0)
        return LP_STR("");
    if (trimmed.n > LP_AD_STRING) {
        b->dropped = true;
        return LP_STR("");
    }
    return lp_arena_str(b->arena, trimmed);
}

void lp_ad_add_link(struct lp_ad_builder *b, struct lp_str token, struct lp_str href)
{
    struct lp_list *links = &b->doc->links;
    struct lp_ad_link link = { lp_ad_text(b, token), lp_ad_text(b, href) };

    if (link.token.n == 0 || link.href.n == 0)
        return;
    if (links->at == NULL)
        links->at = lp_arena_array(b->arena, LP_AD_LINKS, sizeof(link));
    if (links->n == LP_AD_LINKS) {
        b->dropped = true;
        return;
    }
    ((struct lp_ad_link *)links->at)[links->n++] = link;
}

void lp_ad_add_access(struct lp_ad_builder *b, struct lp_str name, struct lp_str fqdn,
                      struct lp_str port)
{
    struct lp_list *list = &b->doc->access;
    struct lp_ad_access access = { lp_ad_text(b, name), lp_ad_text(b, fqdn), 0 };
    uint64_t number = 0;

    if (lp_str_to_u64(lp_str_trim(port), 65535, &number))
        access.port = (int64_t)number;
    if (list->at == NULL)
        list->at = lp_arena_array(b->arena, LP_AD_ACCESSES, sizeof(access));
    if (list->n == LP_AD_ACCESSES) {
        b->dropped = true;
        return;
    }
    ((struct lp_ad_access *)list->at)[list->n++] = access;
}

static const char *const sections[] = { "Root", "User", "Domain" };

struct lp_str lp_ad_section(struct lp_str name)
{
    for (size_t i = 0; i < LP_COUNT(sections); i++)
        if (lp_str_eq_nocase(name, lp_str_of(sections[i])))
            return lp_str_of(sections[i]);
    return LP_STR_NONE;
}

bool lp_ad_is_access(struct lp_str name)
{
    return name.n > 9 && lp_str_starts_nocase(name, "Sip") && lp_str_ends_nocase(name, "Access");
}

static struct lp_ad_doc empty_doc(void)
{
    struct lp_str none = LP_STR("");

    return (struct lp_ad_doc){
        .form = none, .problem = none, .section = none, .access_location = none
    };
}

/* The body from its first character that is no blank; a UTF-8 byte order mark is none
   either. */
static struct lp_str start_of(struct lp_str body)
{
    if (lp_str_eq(lp_str_sub(body, 0, 3), LP_STR("\xef\xbb\xbf")))
        body = lp_str_sub(body, 3, body.n);
    while (body.n > 0 && (*body.p == ' ' || *body.p == '\t' || *body.p == '\r' || *body.p == '\n'))
        body = lp_str_sub(body, 1, body.n);
    return body;
}

/* .NET writes UTF-16 when nobody stops it; expat reads it by its byte order mark. */
static bool is_utf16(struct lp_str body)
{
    struct lp_str mark = lp_str_sub(body, 0, 2);

    return lp_str_eq(mark, LP_STR("\xff\xfe")) || lp_str_eq(mark, LP_STR("\xfe\xff"));
}

static const char *read_body(struct lp_ad_builder *b, struct lp_str body)
{
    struct lp_str start = start_of(body);

    if (start.n == 0)
        return LP_AD_EMPTY;
    if (is_utf16(start) || *start.p == '<')
        return lp_ad_read_xml(b, start);
    if (*start.p == '{' || *start.p == '[')
        return lp_ad_read_json(b, start);
    return LP_AD_OTHER;
}

void lp_addoc_decode(struct lp_arena *arena, struct lp_str body, struct lp_ad_doc *out)
{
    struct lp_ad_builder b = { .arena = arena, .doc = out };
    bool cut = body.n >= LP_AD_BYTES;

    *out = empty_doc();
    const char *problem = body.n > LP_AD_BYTES ? LP_AD_LIMIT : read_body(&b, body);
    if (problem != NULL) {
        /* Half a document names nobody: not the place to connect to, not the view. */
        *out = empty_doc();
        out->problem = lp_str_of(cut ? LP_AD_LIMIT : problem);
    } else if (b.dropped) {
        out->problem = lp_str_of(LP_AD_LIMIT);
    }
}

const struct lp_ad_link *lp_addoc_link(const struct lp_ad_doc *doc, const char *token)
{
    const struct lp_ad_link *link = doc->links.at;

    for (size_t i = 0; i < doc->links.n; i++)
        if (lp_str_eq_nocase(link[i].token, lp_str_of(token)))
            return &link[i];
    return NULL;
}

const struct lp_ad_access *lp_addoc_sip(const struct lp_ad_doc *doc, bool internal)
{
    const struct lp_ad_access *access = doc->access.at;
    struct lp_str want =
        internal ? LP_STR("SipClientInternalAccess") : LP_STR("SipClientExternalAccess");

    for (size_t i = 0; i < doc->access.n; i++)
        if (lp_str_eq_nocase(access[i].name, want) && access[i].fqdn.n > 0 && access[i].port > 0)
            return &access[i];
    return NULL;
}
