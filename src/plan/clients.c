/* clients.c - the tables: what each client generation asks, and what names must hold */
#include "lp/client.h"
#include "lp/lang.h"

#define DISCO_INT "lyncdiscoverinternal.<sip-domain>"
#define DISCO_EXT "lyncdiscover.<sip-domain>"
#define SRV_INT_TLS "_sipinternaltls._tcp.<sip-domain>"
#define SRV_INT_TCP "_sipinternal._tcp.<sip-domain>"
#define SRV_EXT_TLS "_sip._tls.<sip-domain>"
#define SRV_EXT_TCP "_sip._tcp.<sip-domain>"
#define SRV_FED "_sipfederationtls._tcp.<sip-domain>"
#define SIP_INT "sipinternal.<sip-domain>"
#define SIP_ANY "sip.<sip-domain>"
#define SIP_EXT "sipexternal.<sip-domain>"

#define POSTER_IN "poster sequences.tsv, internal"
#define POSTER_OUT "poster sequences.tsv, external"
#define KB_PORTS "; ports: KB 2619522"
#define DOC_SFB "SfB advanced-edge-server-dns, client walkthrough"
#define DOC_2010 "dd572514 Client DNS Queries Drilldown"
#define DOC_MOBILE "2013/understanding-autodiscover"
#define DOC_PHONE "gg398713 Lync Phone Edition sign-in"

static const struct lp_step lync2013_inside[] = {
    { "1", DISCO_INT, LP_STEP_AUTODISCOVER, { 0 }, false, POSTER_IN },
    { "2", DISCO_EXT, LP_STEP_AUTODISCOVER, { 0 }, false, POSTER_IN },
    { "3", SRV_INT_TLS, LP_STEP_SRV, { 5061 }, false, POSTER_IN },
    { "4", SRV_INT_TCP, LP_STEP_SRV, { 5060 }, true, POSTER_IN },
    { "5", SIP_INT, LP_STEP_HOST, { 5061 }, false, POSTER_IN KB_PORTS },
    { "6", SIP_ANY, LP_STEP_HOST, { 5061, 443 }, false, POSTER_IN KB_PORTS },
    { 0 },
};
static const struct lp_step lync2013_outside[] = {
    { "a", DISCO_INT, LP_STEP_AUTODISCOVER, { 0 }, false, POSTER_OUT },
    { "b", DISCO_EXT, LP_STEP_AUTODISCOVER, { 0 }, false, POSTER_OUT },
    { "c", SRV_INT_TLS, LP_STEP_SRV, { 5061 }, false, POSTER_OUT },
    { "d", SRV_INT_TCP, LP_STEP_SRV, { 5060 }, true, POSTER_OUT },
    /* 5061: a single-address Edge (poster ports.tsv, note of the first row) */
    { "e", SRV_EXT_TLS, LP_STEP_SRV, { 443, 5061 }, false, POSTER_OUT },
    { "f", SIP_INT, LP_STEP_HOST, { 5061 }, false, POSTER_OUT KB_PORTS },
    { "g", SIP_ANY, LP_STEP_HOST, { 5061, 443 }, false, POSTER_OUT KB_PORTS },
    { "h", SIP_EXT, LP_STEP_HOST, { 443, 5061 }, false, POSTER_OUT KB_PORTS },
    { 0 },
};
static const struct lp_step sfb[] = {
    { "1", DISCO_INT, LP_STEP_AUTODISCOVER, { 0 }, false, DOC_SFB },
    { "2", DISCO_EXT, LP_STEP_AUTODISCOVER, { 0 }, false, DOC_SFB },
    { "3", SRV_INT_TLS, LP_STEP_SRV, { 5061 }, false, DOC_SFB },
    { "4", SRV_EXT_TLS, LP_STEP_SRV, { 443, 5061 }, false, DOC_SFB },
    { "5", SIP_INT, LP_STEP_HOST, { 5061 }, false, DOC_SFB KB_PORTS },
    { "6", SIP_ANY, LP_STEP_HOST, { 5061, 443 }, false, DOC_SFB KB_PORTS },
    { "7", SIP_EXT, LP_STEP_HOST, { 443, 5061 }, false, DOC_SFB KB_PORTS },
    { 0 },
};
static const struct lp_step lync2010[] = {
    { "1", SRV_INT_TLS, LP_STEP_SRV, { 5061 }, false, DOC_2010 },
    { "2", SRV_INT_TCP, LP_STEP_SRV, { 5060 }, true, DOC_2010 },
    { "3", SRV_EXT_TLS, LP_STEP_SRV, { 443, 5061 }, false, DOC_2010 },
    { "4", SIP_INT, LP_STEP_HOST, { 5061 }, false, DOC_2010 KB_PORTS },
    { "5", SIP_ANY, LP_STEP_HOST, { 5061, 443 }, false, DOC_2010 KB_PORTS },
    { "6", SIP_EXT, LP_STEP_HOST, { 443, 5061 }, false, DOC_2010 KB_PORTS },
    { 0 },
};
static const struct lp_step mobile[] = {
    { "1", DISCO_INT, LP_STEP_AUTODISCOVER, { 0 }, false, DOC_MOBILE },
    { "2", DISCO_EXT, LP_STEP_AUTODISCOVER, { 0 }, false, DOC_MOBILE },
    { 0 },
};
/* The DHCP options between these lookups cannot be seen from DNS. */
static const struct lp_step phone[] = {
    { "1", SRV_INT_TLS, LP_STEP_SRV, { 5061 }, false, DOC_PHONE },
    { "2", SRV_INT_TCP, LP_STEP_SRV, { 5060 }, true, DOC_PHONE },
    { "3", SRV_EXT_TLS, LP_STEP_SRV, { 443, 5061 }, false, DOC_PHONE },
    { "4", SRV_EXT_TCP, LP_STEP_SRV, { 5060 }, true, DOC_PHONE },
    { 0 },
};
static const struct lp_step federation[] = {
    { "1",
      SRV_FED,
      LP_STEP_SRV,
      { 5061 },
      false,
      "poster dns.tsv, external _sipfederationtls._tcp" },
    { 0 },
};

const struct lp_client lp_clients[] = {
    { "lync2013", LP_TR("Lync 2013 desktop, the poster's order"), LP_ORDER_SEQUENTIAL, false, false,
      lync2013_inside, lync2013_outside, "poster sequences.tsv" },
    { "lync2010", LP_TR("Lync 2010 before Autodiscover: SRV records by rank"), LP_ORDER_SRV_RANKED,
      false, false, lync2010, lync2010, DOC_2010 },
    { "sfb", LP_TR("Skype for Business 2015 and 2016 desktop"), LP_ORDER_SEQUENTIAL, false, false,
      sfb, sfb, DOC_SFB },
    { "mobile", LP_TR("Lync and Skype for Business mobile, Windows Store app"), LP_ORDER_SEQUENTIAL,
      true, false, mobile, mobile, DOC_MOBILE },
    { "phone", LP_TR("Lync Phone Edition"), LP_ORDER_SEQUENTIAL, false, false, phone, phone,
      DOC_PHONE },
    { "federation", LP_TR("Access Edge of a federated partner"), LP_ORDER_SEQUENTIAL, false, true,
      federation, federation, "2013/determine-dns-requirements, federated traffic" },
};
const size_t lp_client_count = LP_COUNT(lp_clients);

const struct lp_name_rule lp_name_rules[] = {
    { DISCO_INT, true, true, false,
      "2013/dns-requirements-for-mobility; poster dns.tsv, internal" },
    { DISCO_EXT, false, false, true, "poster dns.tsv, external" },
    { SRV_INT_TLS, true, true, false, "poster dns.tsv, internal" },
    { SRV_INT_TCP, true, false, false, "poster sequences.tsv" },
    { SRV_EXT_TLS, false, false, true, "poster dns.tsv, external" },
    { SIP_INT, true, false, false, "poster sequences.tsv" },
    { SIP_ANY, false, false, true, "poster dns.tsv, external" },
    { SIP_EXT, false, false, false, "poster sequences.tsv" },
};
const size_t lp_name_rule_count = LP_COUNT(lp_name_rules);

const struct lp_client *lp_client_by_name(struct lp_str name)
{
    for (size_t i = 0; i < lp_client_count; i++) {
        if (lp_str_eq(lp_str_of(lp_clients[i].name), name))
            return &lp_clients[i];
    }
    return NULL;
}

const struct lp_name_rule *lp_name_rule_for(const struct lp_step *row)
{
    for (size_t i = 0; i < lp_name_rule_count; i++) {
        if (lp_str_eq(lp_str_of(lp_name_rules[i].pattern), lp_str_of(row->pattern)))
            return &lp_name_rules[i];
    }
    return NULL;
}
