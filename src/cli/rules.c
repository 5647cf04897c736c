/* rules.c - the values of --resolve, --connect-to, --answer and --deny */
#include "lp/evidence.h"
#include "lp/options.h"
#include "lp/text.h"

/* Cuts "HOST:" off, where HOST may be an IPv6 address in brackets. */
static struct lp_str cut_host(struct lp_str *rest)
{
    struct lp_str host;
    if (rest->n && rest->p[0] == '[') {
        host = lp_str_cut(rest, ']');
        lp_str_cut(rest, ':');
        return lp_str_sub(host, 1, host.n);
    }
    return lp_str_cut(rest, ':');
}

static bool take_port(struct lp_str text, bool may_be_empty, int64_t *port)
{
    uint64_t number = 0;
    *port = 0;
    if (!text.n)
        return may_be_empty;
    if (!lp_str_to_u64(text, 65535, &number) || !number)
        return false;
    *port = (int64_t)number;
    return true;
}

static bool is_host(struct lp_str host)
{
    struct lp_addr literal;
    return lp_name_is_host(host) || lp_addr_parse(host, &literal);
}

static bool take_addresses(struct lp_config *c, struct lp_str rest, struct lp_list *out)
{
    while (rest.n) {
        struct lp_address_item item;
        if (!lp_addr_parse(lp_str_trim(lp_str_cut(&rest, ',')), &item.address))
            return false;
        lp_list_push(c->arena, out, &item, sizeof item);
    }
    return out->n > 0;
}

bool lp_set_resolve(struct lp_config *config, void *at, struct lp_str value, struct lp_error *error)
{
    struct lp_resolve_rule rule = { 0 };
    struct lp_str rest = value;
    rule.host = lp_name_normal(config->arena, cut_host(&rest));
    bool ok = lp_str_eq(rule.host, LP_STR("*")) || is_host(rule.host);
    ok = ok && take_port(lp_str_cut(&rest, ':'), false, &rule.port) &&
         take_addresses(config, rest, &rule.addresses);
    if (!ok)
        return lp_fail(error, "%s is not HOST:PORT:ADDR, such as sip.contoso.com:443:192.0.2.10",
                       lp_term(config->arena, value));
    lp_list_push(config->arena, at, &rule, sizeof rule);
    return true;
}

bool lp_set_connect(struct lp_config *config, void *at, struct lp_str value, struct lp_error *error)
{
    struct lp_connect_rule rule = { 0 };
    struct lp_str rest = value;
    rule.host = lp_name_normal(config->arena, cut_host(&rest));
    bool ok =
        (!rule.host.n || is_host(rule.host)) && take_port(lp_str_cut(&rest, ':'), true, &rule.port);
    rule.to_host = lp_name_normal(config->arena, cut_host(&rest));
    ok = ok && (!rule.to_host.n || is_host(rule.to_host)) && take_port(rest, true, &rule.to_port);
    if (!ok)
        return lp_fail(
            error,
            "%s is not HOST1:PORT1:HOST2:PORT2, such as sip.contoso.com:443:new.contoso.com:443",
            lp_term(config->arena, value));
    lp_list_push(config->arena, at, &rule, sizeof rule);
    return true;
}

/* The next blank-separated word. */
static struct lp_str take_word(struct lp_str *rest)
{
    *rest = lp_str_trim(*rest);
    size_t n = 0;
    while (n < rest->n && rest->p[n] != ' ' && rest->p[n] != '\t')
        n++;
    struct lp_str word = lp_str_sub(*rest, 0, n);
    *rest = lp_str_sub(*rest, n, rest->n);
    return word;
}

static bool take_number(struct lp_str *rest, uint64_t max, int64_t *out)
{
    uint64_t number = 0;
    if (!lp_str_to_u64(take_word(rest), max, &number))
        return false;
    *out = (int64_t)number;
    return true;
}

static bool take_target(struct lp_config *c, struct lp_str *rest, struct lp_str *out)
{
    struct lp_str word = take_word(rest);
    *out = lp_str_eq(word, LP_STR(".")) ? word : lp_name_normal(c->arena, word);
    return out->n > 0;
}

static bool take_rdata(struct lp_config *c, struct lp_str *rest, struct lp_answer_rule *rule)
{
    if (rule->type == LP_DNS_A || rule->type == LP_DNS_AAAA)
        return lp_addr_parse(take_word(rest), &rule->address) &&
               rule->address.family == (rule->type == LP_DNS_A ? 4 : 6);
    if (rule->type == LP_DNS_SRV)
        return take_number(rest, 65535, &rule->priority) &&
               take_number(rest, 65535, &rule->weight) && take_number(rest, 65535, &rule->port) &&
               take_target(c, rest, &rule->target);
    return rule->type == LP_DNS_CNAME && take_target(c, rest, &rule->target);
}

bool lp_set_answer(struct lp_config *config, void *at, struct lp_str value, struct lp_error *error)
{
    struct lp_answer_rule rule = { 0 };
    struct lp_str rest = value;
    rule.name = lp_name_normal(config->arena, take_word(&rest));
    bool ok = rule.name.n && take_number(&rest, 2147483647, &rule.ttl);
    struct lp_str type = take_word(&rest);
    if (lp_str_eq_nocase(type, LP_STR("IN")))
        type = take_word(&rest);
    rule.type = lp_dns_type_from(type);
    ok = ok && take_rdata(config, &rest, &rule) && !lp_str_trim(rest).n;
    if (!ok)
        return lp_fail(
            error,
            "%s is not 'NAME TTL TYPE RDATA', such as '_sip._tls.contoso.com 300 SRV 0 0 443 "
            "sip.contoso.com' (A, AAAA, CNAME, SRV)",
            lp_term(config->arena, value));
    lp_list_push(config->arena, at, &rule, sizeof rule);
    return true;
}

bool lp_set_deny(struct lp_config *config, void *at, struct lp_str value, struct lp_error *error)
{
    struct lp_deny_rule rule = { 0 };
    struct lp_str rest = value;
    bool typed = lp_str_find(value, '/') < value.n;
    rule.name = lp_name_normal(config->arena, lp_str_cut(&rest, '/'));
    rule.type = typed ? lp_dns_type_from(rest) : 0;
    if (!rule.name.n || (typed && !rule.type))
        return lp_fail(error, "%s is not NAME or NAME/TYPE, such as lyncdiscover.contoso.com/A",
                       lp_term(config->arena, value));
    lp_list_push(config->arena, at, &rule, sizeof rule);
    return true;
}
