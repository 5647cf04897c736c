/* csdoc.c - topology documents of Topology Builder and Get-CsTopology -AsXml, by expat */
#include "lp/csdoc.h"

#include <expat.h>

#include "lp/alloc.h"
#include "lp/csdoc_parts.h"
#include "lp/text.h"
#include "lp/xmlscan.h"

enum { CHUNK = 64 * 1024 };

/* One document being read. */
struct reading {
    const struct lp_cs_source *source;
    struct lp_cs_filling filling;
    struct lp_error *error;
    XML_Parser parser;
    enum lp_cs_place places[LP_CS_DEPTH_MAX + 1]; /* of the elements around; [0]: the document */
    size_t depth, elements;
    size_t fed;      /* bytes given to expat */
    size_t progress; /* of them, when it last told us anything */
    bool seen;       /* there was a topology */
    bool failed;     /* error is filled */
};

static const XML_Memory_Handling_Suite memory = { lp_lib_malloc, lp_lib_realloc, lp_free };

/* Ends the reading with "NAME:LINE: what". */
static void stop(struct reading *r, const char *what)
{
    struct lp_arena scratch = { 0 };

    if (!r->failed)
        lp_fail(r->error, "%s:%zu: %s", lp_term(&scratch, lp_str_of(r->source->name)),
                (size_t)XML_GetCurrentLineNumber(r->parser), what);
    r->failed = true;
    XML_StopParser(r->parser, XML_FALSE);
    lp_arena_release(&scratch);
}

static void stop_root(struct reading *r, struct lp_str name)
{
    struct lp_arena scratch = { 0 };
    struct lp_str shown = lp_arena_printf(
        &scratch,
        "no topology: the root element is %s, not TopologyBuilder (a .tbxml file) or Topology "
        "(Get-CsTopology -AsXml)",
        lp_term(&scratch, name));

    stop(r, shown.p);
    lp_arena_release(&scratch);
}

static bool is_remote(const struct reading *r)
{
    for (size_t i = 0; i < r->depth; i++)
        if (r->places[i] == LP_CS_REMOTE_SITE)
            return true;
    return false;
}

/* An element whose place is known. */
static void take(struct reading *r, const struct lp_cs_element *element, const char **attributes)
{
    struct lp_cs_filling *f = &r->filling;

    r->seen = r->seen || element->place == LP_CS_TOPOLOGY;
    f->line = (int64_t)XML_GetCurrentLineNumber(r->parser);
    f->remote = is_remote(r);
    f->attributes = attributes;
    if (element->take != NULL)
        element->take(f);
}

static void XMLCALL on_start(void *self, const char *name, const char **attributes)
{
    struct reading *r = self;
    struct lp_str local = lp_xml_local_name(name);
    const struct lp_cs_element *element = lp_cs_element(r->places[r->depth], local);

    r->progress = r->fed;
    if (r->depth == 0 && element == NULL) {
        stop_root(r, local);
    } else if (r->depth == LP_CS_DEPTH_MAX) {
        stop(r, "elements stand more than 32 deep in one another");
    } else if (++r->elements > LP_CS_ELEMENTS_MAX) {
        stop(r, "more than 200000 elements");
    } else {
        r->places[++r->depth] = element != NULL ? element->place : LP_CS_NOWHERE;
        if (element != NULL)
            take(r, element, attributes);
    }
}

static void XMLCALL on_end(void *self, const char *name)
{
    struct reading *r = self;

    (void)name;
    r->progress = r->fed;
    if (r->depth > 0) /* one more comes after the parser was stopped */
        r->depth--;
}

/* Text, comments and the rest: only a sign that expat goes on. */
static void XMLCALL on_other(void *self, const char *text, int n)
{
    struct reading *r = self;

    (void)text;
    (void)n;
    r->progress = r->fed;
}

/* A DTD is where entities come from: nothing behind it is read (reliability.md, T13). */
/* NOLINTNEXTLINE(readability-function-size): expat says which parameters */
static void XMLCALL on_doctype(void *self, const char *name, const char *system,
                               const char *public_id, int internal)
{
    (void)name;
    (void)system;
    (void)public_id;
    (void)internal;
    stop(self, "a document type (DTD), which no topology has, is not read");
}

/* ---- bytes ---- */

static bool begins(struct lp_str bytes, struct lp_str with)
{
    return lp_str_eq(lp_str_sub(bytes, 0, with.n), with);
}

static const struct {
    struct lp_str mark;
    size_t skip; /* a byte order mark is not for the parser */
    const char *encoding;
} marks[] = {
    { { "\xef\xbb\xbf", 3 }, 3, "UTF-8" }, { { "\xff\xfe", 2 }, 2, "UTF-16LE" },
    { { "\xfe\xff", 2 }, 2, "UTF-16BE" },  { { "<\0", 2 }, 0, "UTF-16LE" },
    { { "\0<", 2 }, 0, "UTF-16BE" },
};

/* The bytes say how they are to be read; the declaration is believed only where they do not. Text
 * that was UTF-16 in PowerShell says so even in a file of UTF-8. NULL: by the declaration. */
static const char *encoding_of(struct lp_str *head)
{
    static const char word[] = "utf-16";

    for (size_t i = 0; i < LP_COUNT(marks); i++) {
        if (begins(*head, marks[i].mark)) {
            *head = lp_str_sub(*head, marks[i].skip, head->n);
            return marks[i].encoding;
        }
    }
    struct lp_str declaration = lp_str_sub(*head, 0, lp_str_find(*head, '>'));
    for (size_t i = 0; i < declaration.n && i < 256; i++)
        if (lp_str_starts_nocase(lp_str_sub(declaration, i, declaration.n), word))
            return "UTF-8";
    return NULL;
}

static void open_parser(struct reading *r, const char *encoding)
{
    r->parser = XML_ParserCreate_MM(encoding, &memory, NULL);
    if (r->parser == NULL)
        lp_out_of_memory();
    XML_SetUserData(r->parser, r);
    XML_SetElementHandler(r->parser, on_start, on_end);
    XML_SetDefaultHandler(r->parser, on_other);
    XML_SetStartDoctypeDeclHandler(r->parser, on_doctype);
}

/* What expat says when the text ends too early. */
static bool is_cut(enum XML_Error code)
{
    return code == XML_ERROR_NO_ELEMENTS || code == XML_ERROR_UNCLOSED_TOKEN ||
           code == XML_ERROR_PARTIAL_CHAR || code == XML_ERROR_UNCLOSED_CDATA_SECTION;
}

static bool feed(struct reading *r, struct lp_str bytes, bool last)
{
    r->fed += bytes.n;
    if (XML_Parse(r->parser, bytes.p, (int)bytes.n, last) != XML_STATUS_OK) {
        enum XML_Error code = XML_GetErrorCode(r->parser);
        stop(r, is_cut(code) ? "the document is cut off here" : XML_ErrorString(code));
    } else if (r->fed - r->progress > LP_CS_TOKEN_MAX) {
        stop(r, "a tag or comment of more than 1 MiB");
    } else if (r->fed > LP_CS_FILE_MAX) {
        stop(r, "a document of more than 32 MiB");
    }
    return !r->failed;
}

static bool next_chunk(struct reading *r, char *room, struct lp_str *chunk)
{
    size_t n = CHUNK;

    r->failed = !r->source->read(r->source->self, room, &n, r->error);
    *chunk = (struct lp_str){ room, n };
    return !r->failed;
}

static void read_all(struct reading *r, char *room)
{
    struct lp_str chunk;
    bool more = next_chunk(r, room, &chunk);

    if (!more)
        return;
    open_parser(r, encoding_of(&chunk));
    while (more && chunk.n > 0)
        more = feed(r, chunk, false) && next_chunk(r, room, &chunk);
    if (more && feed(r, LP_STR(""), true) && !r->seen)
        stop(r, "no topology in it: NewTopology with PartialTopology is missing");
    XML_ParserFree(r->parser);
}

bool lp_cs_read(const struct lp_cs_source *source, struct lp_arena *arena, struct lp_cs_doc *out,
                struct lp_error *error)
{
    struct reading r = { .source = source,
                         .filling = { .arena = arena, .doc = out },
                         .error = error,
                         .places = { LP_CS_DOCUMENT } };

    *out = (struct lp_cs_doc){ 0 };
    read_all(&r, lp_arena_alloc(arena, CHUNK));
    return !r.failed;
}
