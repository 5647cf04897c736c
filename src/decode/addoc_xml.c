/* addoc_xml.c - the XML form of Autodiscover documents, by expat. */
#include <expat.h>

#include "lp/addoc_parts.h"
#include "lp/alloc.h"

/* One document being read. */
struct reading {
    struct lp_ad_builder *b;
    XML_Parser parser;
    int depth;
    const char *problem; /* NULL so far none */
};

static const XML_Memory_Handling_Suite memory = { lp_lib_malloc, lp_lib_realloc, lp_free };

static void stop(struct reading *r, const char *problem)
{
    if (r->problem == NULL)
        r->problem = problem;
    XML_StopParser(r->parser, XML_FALSE);
}

/* The name without a namespace prefix: servers differ, and there is one vocabulary
   only. */
static struct lp_str local_name(const char *name)
{
    struct lp_str all = lp_str_of(name);
    size_t colon = lp_str_find(all, ':');

    return colon == all.n ? all : lp_str_sub(all, colon + 1, all.n);
}

/* Value of an attribute; unset when it is not there. */
static struct lp_str attribute(const char **attributes, const char *name)
{
    for (size_t i = 0; attributes[i] != NULL; i += 2)
        if (lp_str_eq_nocase(local_name(attributes[i]), lp_str_of(name)))
            return lp_str_of(attributes[i + 1]);
    return LP_STR_NONE;
}

static void on_root(struct reading *r, struct lp_str name, const char **attributes)
{
    if (!lp_str_eq_nocase(name, LP_STR("AutodiscoverResponse"))) {
        stop(r, LP_AD_OTHER);
        return;
    }
    r->b->doc->form = LP_STR("xml");
    r->b->doc->access_location = lp_ad_text(r->b, attribute(attributes, "AccessLocation"));
}

static void on_section(struct reading *r, struct lp_str name)
{
    struct lp_str section = lp_ad_section(name);

    if (section.p != NULL && r->b->doc->section.n == 0)
        r->b->doc->section = section;
}

static void on_entry(struct reading *r, struct lp_str name, const char **attributes)
{
    if (lp_str_eq_nocase(name, LP_STR("Link")))
        lp_ad_add_link(r->b, attribute(attributes, "token"), attribute(attributes, "href"));
    else if (lp_ad_is_access(name))
        lp_ad_add_access(r->b, name, attribute(attributes, "fqdn"), attribute(attributes, "port"));
}

/* AutodiscoverResponse / Root, User or Domain / Link or Sip...Access (MS-OCDISCWS
   2.2). */
static void XMLCALL on_start(void *self, const char *name, const char **attributes)
{
    struct reading *r = self;

    r->depth++;
    if (r->depth > LP_AD_DEPTH)
        stop(r, LP_AD_TOO_DEEP);
    else if (r->depth == 1)
        on_root(r, local_name(name), attributes);
    else if (r->depth == 2)
        on_section(r, local_name(name));
    else if (r->depth == 3)
        on_entry(r, local_name(name), attributes);
}

static void XMLCALL on_end(void *self, const char *name)
{
    struct reading *r = self;

    (void)name;
    r->depth--;
}

/* A DTD is where entities come from: nothing behind it is read (threat T13). A web page
   has one too. */
/* NOLINTNEXTLINE(readability-function-size): expat says which parameters */
static void XMLCALL on_doctype(void *self, const char *name, const char *system,
                               const char *public_id, int internal)
{
    bool page = lp_str_eq_nocase(lp_str_of(name), LP_STR("html"));

    (void)system;
    (void)public_id;
    (void)internal;
    stop(self, page ? LP_AD_OTHER : LP_AD_DOCTYPE);
}

const char *lp_ad_read_xml(struct lp_ad_builder *b, struct lp_str body)
{
    struct reading r = { .b = b, .parser = XML_ParserCreate_MM(NULL, &memory, NULL) };

    if (r.parser == NULL)
        lp_out_of_memory();
    XML_SetUserData(r.parser, &r);
    XML_SetElementHandler(r.parser, on_start, on_end);
    XML_SetStartDoctypeDeclHandler(r.parser, on_doctype);
    if (XML_Parse(r.parser, body.p, (int)body.n, XML_TRUE) != XML_STATUS_OK && r.problem == NULL)
        r.problem = LP_AD_SYNTAX;
    XML_ParserFree(r.parser);
    if (r.problem == NULL && b->doc->section.n == 0)
        r.problem = LP_AD_OTHER;
    return r.problem;
}
