/* addoc_xml.c - the XML form of Autodiscover documents. */
#include "lp/addoc_parts.h"
#include "lp/xmlscan.h"

static const char *on_root(struct lp_ad_builder *b, const struct lp_xml_element *e)
{
    if (!lp_str_eq_nocase(e->name, LP_STR("AutodiscoverResponse")))
        return LP_AD_OTHER;
    b->doc->form = LP_STR("xml");
    b->doc->access_location = lp_ad_text(b, lp_xml_attribute(e, "AccessLocation"));
    return NULL;
}

static void on_section(struct lp_ad_builder *b, struct lp_str name)
{
    struct lp_str section = lp_ad_section(name);

    if (section.p != NULL && b->doc->section.n == 0)
        b->doc->section = section;
}

static void on_entry(struct lp_ad_builder *b, const struct lp_xml_element *e)
{
    if (lp_str_eq_nocase(e->name, LP_STR("Link")))
        lp_ad_add_link(b, lp_xml_attribute(e, "token"), lp_xml_attribute(e, "href"));
    else if (lp_ad_is_access(e->name))
        lp_ad_add_access(b, e->name, lp_xml_attribute(e, "fqdn"), lp_xml_attribute(e, "port"));
}

/* AutodiscoverResponse / Root, User or Domain / Link or Sip...Access (MS-OCDISCWS
   2.2). */
static const char *on_start(void *self, const struct lp_xml_element *e)
{
    struct lp_ad_builder *b = self;

    if (e->depth == 1)
        return on_root(b, e);
    if (e->depth == 2)
        on_section(b, e->name);
    else if (e->depth == 3)
        on_entry(b, e);
    return NULL;
}

const char *lp_ad_read_xml(struct lp_ad_builder *b, struct lp_str body)
{
    struct lp_xml_visitor visitor = { b, on_start };
    const char *problem = lp_xml_scan(body, &visitor);

    if (problem && lp_str_eq(lp_str_of(problem), LP_STR(LP_XML_PAGE)))
        return LP_AD_OTHER;
    if (problem == NULL && b->doc->section.n == 0)
        return LP_AD_OTHER;
    return problem;
}
