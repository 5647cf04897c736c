/* xmlscan.c - expat with a depth limit and without document types */
#include "lp/xmlscan.h"

#include <expat.h>
#include <limits.h>

#include "lp/alloc.h"

struct reading {
    const struct lp_xml_visitor *visitor;
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

/* Servers differ in their prefixes, and the documents have one vocabulary only. */
struct lp_str lp_xml_local_name(const char *name)
{
    struct lp_str all = lp_str_of(name);
    size_t colon = lp_str_find(all, ':');
    return colon == all.n ? all : lp_str_sub(all, colon + 1, all.n);
}

struct lp_str lp_xml_attribute(const struct lp_xml_element *element, const char *name)
{
    for (size_t i = 0; element->attributes[i] != NULL; i += 2) {
        if (lp_str_eq_nocase(lp_xml_local_name(element->attributes[i]), lp_str_of(name)))
            return lp_str_of(element->attributes[i + 1]);
    }
    return LP_STR_NONE;
}

static void XMLCALL on_start(void *self, const char *name, const char **attributes)
{
    struct reading *r = self;
    struct lp_xml_element element = { lp_xml_local_name(name), attributes, ++r->depth };
    const char *problem =
        r->depth > LP_XML_DEPTH ? LP_XML_TOO_DEEP : r->visitor->start(r->visitor->self, &element);
    if (problem)
        stop(r, problem);
}

static void XMLCALL on_end(void *self, const char *name)
{
    struct reading *r = self;
    (void)name;
    r->depth--;
}

/* NOLINTNEXTLINE(readability-function-size): expat says which parameters */
static void XMLCALL on_doctype(void *self, const char *name, const char *system,
                               const char *public_id, int internal)
{
    bool page = lp_str_eq_nocase(lp_str_of(name), LP_STR("html"));
    (void)system;
    (void)public_id;
    (void)internal;
    stop(self, page ? LP_XML_PAGE : LP_XML_DOCTYPE);
}

const char *lp_xml_scan(struct lp_str body, const struct lp_xml_visitor *visitor)
{
    struct reading r = { .visitor = visitor, .parser = XML_ParserCreate_MM(NULL, &memory, NULL) };
    if (r.parser == NULL)
        lp_out_of_memory();
    XML_SetUserData(r.parser, &r);
    XML_SetElementHandler(r.parser, on_start, on_end);
    XML_SetStartDoctypeDeclHandler(r.parser, on_doctype);
    int n = body.n < INT_MAX ? (int)body.n : INT_MAX;
    if (XML_Parse(r.parser, body.p, n, XML_TRUE) != XML_STATUS_OK && r.problem == NULL)
        r.problem = LP_XML_SYNTAX;
    XML_ParserFree(r.parser);
    return r.problem;
}
