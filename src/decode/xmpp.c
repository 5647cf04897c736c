/* xmpp.c - an XMPP stream as far as its features, by expat. */
#include "lp/xmpp.h"

#include <expat.h>

#include "lp/alloc.h"
#include "lp/text.h"

enum { TEXT_MAX = 256 };

#define STREAMS "http://etherx.jabber.org/streams"
#define TLS "urn:ietf:params:xml:ns:xmpp-tls"

/* ---- our words ---- */

void lp_xmpp_put_header(struct lp_buf *out, struct lp_str domain)
{
    lp_buf_text(out, "<?xml version='1.0'?><stream:stream xmlns='jabber:server' "
                     "xmlns:stream='" STREAMS "' xmlns:db='jabber:server:dialback' "
                     "from='lyncprobe.invalid' to='");
    /* A domain has no character that XML would want escaped (name.h). */
    lp_buf_str(out, domain);
    lp_buf_text(out, "' version='1.0'>");
}

void lp_xmpp_put_starttls(struct lp_buf *out)
{
    lp_buf_text(out, "<starttls xmlns='" TLS "'/>");
}

/* ---- what comes ---- */

struct reading {
    struct lp_arena *arena;
    struct lp_xmpp *out;
    XML_Parser parser;
    int depth;
    struct lp_str top; /* local name of the element below the stream that we are in */
    bool in_mechanism;
    char text[TEXT_MAX]; /* of the element that we are in */
    size_t text_n;
    bool bad;
};

static const XML_Memory_Handling_Suite memory = { lp_lib_malloc, lp_lib_realloc, lp_free };

static void stop(struct reading *r)
{
    r->bad = true;
    XML_StopParser(r->parser, XML_FALSE);
}

/* expat gives "namespace name" for an element. */
static struct lp_str local_of(const char *name)
{
    struct lp_str all = lp_str_of(name);
    size_t space = lp_str_find(all, ' ');
    return space == all.n ? all : lp_str_sub(all, space + 1, all.n);
}

static bool is(const char *name, const char *wanted)
{
    return lp_str_eq(lp_str_of(name), lp_str_of(wanted));
}

static struct lp_str keep(struct reading *r, struct lp_str s)
{
    return lp_clean_text(r->arena, lp_str_sub(s, 0, TEXT_MAX), NULL);
}

static void append(struct reading *r, struct lp_list *list, struct lp_str s)
{
    if (!list->at)
        list->at = lp_arena_array(r->arena, LP_XMPP_FEATURES, sizeof(struct lp_str));
    if (list->n < LP_XMPP_FEATURES)
        ((struct lp_str *)list->at)[list->n++] = keep(r, s);
}

static void on_stream(struct reading *r, const char *name, const char **attributes)
{
    if (!is(name, STREAMS " stream")) {
        stop(r);
        return;
    }
    r->out->is_stream = true;
    for (; attributes[0]; attributes += 2) {
        if (is(attributes[0], "from"))
            r->out->from = keep(r, lp_str_of(attributes[1]));
        else if (is(attributes[0], "version"))
            r->out->version = keep(r, lp_str_of(attributes[1]));
    }
}

static void on_top(struct reading *r, const char *name)
{
    r->top = LP_STR_NONE;
    if (is(name, STREAMS " features"))
        r->top = LP_STR("features");
    else if (is(name, STREAMS " error"))
        r->top = LP_STR("error");
    else if (is(name, TLS " proceed"))
        r->out->proceed = true;
    else if (is(name, TLS " failure"))
        r->out->failure = true;
}

static void on_inner(struct reading *r, const char *name)
{
    if (lp_str_eq(r->top, LP_STR("features"))) {
        append(r, &r->out->features, local_of(name));
        r->out->starttls = r->out->starttls || is(name, TLS " starttls");
    } else if (lp_str_eq(r->top, LP_STR("error")) && !r->out->error.p) {
        r->out->error = keep(r, local_of(name));
    }
}

static void on_deeper(struct reading *r, const char *name)
{
    r->in_mechanism = r->depth == 4 && lp_str_eq(r->top, LP_STR("features")) &&
                      lp_str_eq(local_of(name), LP_STR("mechanism"));
    r->text_n = 0;
    if (is(name, TLS " required"))
        r->out->required = true;
}

/* stream / features, error, proceed, failure / starttls, mechanisms ... / required,
   mechanism */
static void XMLCALL on_start(void *self, const char *name, const char **attributes)
{
    struct reading *r = self;
    if (r->bad)
        return;
    r->depth++;
    if (r->depth > LP_XMPP_DEPTH)
        stop(r);
    else if (r->depth == 1)
        on_stream(r, name, attributes);
    else if (r->depth == 2)
        on_top(r, name);
    else if (r->depth == 3)
        on_inner(r, name);
    else
        on_deeper(r, name);
}

static void XMLCALL on_text(void *self, const char *text, int n)
{
    struct reading *r = self;
    for (int i = 0; r->in_mechanism && i < n && r->text_n < TEXT_MAX; i++)
        r->text[r->text_n++] = text[i];
}

/* expat ends an empty element even when it was told to stop at its beginning. */
static void XMLCALL on_end(void *self, const char *name)
{
    struct reading *r = self;
    (void)name;
    if (r->bad)
        return;
    if (r->in_mechanism)
        append(r, &r->out->mechanisms, (struct lp_str){ r->text, r->text_n });
    r->in_mechanism = false;
    if (r->depth == 2 && lp_str_eq(r->top, LP_STR("features")))
        r->out->has_features = true;
    r->out->closed = r->out->closed || r->depth == 1;
    r->depth--;
}

/* Entities come from DTDs, which XMPP forbids (RFC 6120 11.1). */
/* NOLINTNEXTLINE(readability-function-size): expat says which parameters */
static void XMLCALL on_doctype(void *self, const char *name, const char *system,
                               const char *public_id, int internal)
{
    (void)name;
    (void)system;
    (void)public_id;
    (void)internal;
    stop(self);
}

bool lp_xmpp_decode(struct lp_arena *arena, struct lp_str in, struct lp_xmpp *out)
{
    struct reading r = { .arena = arena, .out = out };
    *out = (struct lp_xmpp){ 0 };
    if (in.n > LP_XMPP_MAX)
        return false;
    r.parser = XML_ParserCreate_MM(NULL, &memory, " ");
    if (!r.parser)
        lp_out_of_memory();
    XML_SetUserData(r.parser, &r);
    XML_SetElementHandler(r.parser, on_start, on_end);
    XML_SetCharacterDataHandler(r.parser, on_text);
    XML_SetStartDoctypeDeclHandler(r.parser, on_doctype);
    bool ok = XML_Parse(r.parser, in.p, (int)in.n, XML_FALSE) == XML_STATUS_OK && !r.bad;
    XML_ParserFree(r.parser);
    return ok;
}
