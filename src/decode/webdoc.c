/* webdoc.c - discovery of Office Web Apps, metadata of AD FS: as far as a probe looks at them */
#include "lp/webdoc.h"

#include "lp/text.h"
#include "lp/xmlscan.h"

enum { MAX_ACTIONS = 64, MAX_TEXT = 256 };

static const struct lp_field doc_fields[] = {
    LP_FIELD(struct lp_webdoc, problem, "why it is no such document"),
    LP_FIELD(struct lp_webdoc, root, "name of the root element"),
    LP_FIELD_STRS(struct lp_webdoc, actions, "Office Web Apps: program and action"),
    LP_FIELD(struct lp_webdoc, zone, "Office Web Apps: first net-zone"),
    LP_FIELD(struct lp_webdoc, entity, "AD FS: entityID"),
    LP_FIELD_END,
};

const struct lp_field lp_webdoc_fields[] = {
    LP_FIELD_STRUCT(struct lp_webdoc_facts, link, lp_link_fields, "the connection"),
    LP_FIELD_STRUCT(struct lp_webdoc_facts, http, lp_http_fields, "the HTTP answer"),
    LP_FIELD_STRUCT(struct lp_webdoc_facts, doc, doc_fields, "the document"),
    LP_FIELD_END,
};

struct reading {
    struct lp_arena *arena;
    struct lp_webdoc *out;
    struct lp_str app; /* the program whose actions come */
};

static struct lp_str text_of(struct reading *r, struct lp_str s)
{
    return lp_clean_text(r->arena, lp_str_trim(lp_str_sub(s, 0, MAX_TEXT)), NULL);
}

bool lp_webdoc_has(const struct lp_webdoc *doc, const char *action)
{
    const struct lp_str *actions = doc->actions.at;
    for (size_t i = 0; i < doc->actions.n; i++) {
        if (lp_str_eq_nocase(actions[i], lp_str_of(action)))
            return true;
    }
    return false;
}

static void take_action(struct reading *r, struct lp_str name)
{
    struct lp_list *list = &r->out->actions;
    struct lp_str parts[] = { r->app, LP_STR(" "), text_of(r, name) };
    if (!r->app.n || !name.n || list->n == MAX_ACTIONS)
        return;
    struct lp_str action = lp_arena_join(r->arena, parts, LP_COUNT(parts));
    if (lp_webdoc_has(r->out, action.p))
        return;
    if (!list->at)
        list->at = lp_arena_array(r->arena, MAX_ACTIONS, sizeof action);
    ((struct lp_str *)list->at)[list->n++] = action;
}

/* wopi-discovery / net-zone / app / action (MS-WOPI 3.1.5.1.1.2); EntityDescriptor (SAML). */
static const char *on_start(void *self, const struct lp_xml_element *e)
{
    struct reading *r = self;
    if (e->depth == 1) {
        r->out->root = text_of(r, e->name);
        r->out->entity = text_of(r, lp_xml_attribute(e, "entityID"));
    } else if (lp_str_eq_nocase(e->name, LP_STR("net-zone")) && !r->out->zone.n) {
        r->out->zone = text_of(r, lp_xml_attribute(e, "name"));
    } else if (lp_str_eq_nocase(e->name, LP_STR("app"))) {
        r->app = text_of(r, lp_xml_attribute(e, "name"));
    } else if (lp_str_eq_nocase(e->name, LP_STR("action"))) {
        take_action(r, lp_xml_attribute(e, "name"));
    }
    return NULL;
}

void lp_webdoc_decode(struct lp_arena *arena, struct lp_str body, bool cut, struct lp_webdoc *out)
{
    struct reading r = { .arena = arena, .out = out };
    struct lp_xml_visitor visitor = { &r, on_start };
    *out = (struct lp_webdoc){ .problem = LP_STR("") };
    const char *problem = lp_str_trim(body).n ? lp_xml_scan(body, &visitor) : "empty";
    if (problem)
        out->problem = cut ? LP_STR("limit") : lp_str_of(problem);
}

void lp_webdoc_take(struct lp_arena *arena, struct lp_str body, struct lp_webdoc_facts *facts)
{
    bool cut = lp_str_starts_nocase(facts->http.limit, "body");
    lp_webdoc_decode(arena, body, cut, &facts->doc);
}
