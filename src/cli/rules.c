/* rules.c - the values of --resolve, --connect-to, --answer and --deny */
#include "lp/evidence.h"
#include "lp/text.h"
#include "lp/values.h"

enum { ADDRESSES_MAX = 64 };

static bool add_rule(struct lp_config *c, struct lp_list *list, const void *rule, size_t size)
{
    if (list->n >= LP_RULES_MAX)
        return false;
    lp_list_push(c->arena, list, rule, size);
    return true;
}

static bool fail_full(struct lp_error *error)
{
    return lp_fail(error, "more than %d rules", LP_RULES_MAX);
}

/* Cuts what stands before the separator off. False: there is none. */
static bool cut(struct lp_str *rest, char separator, struct lp_str *head)
{
    bool found = lp_str_find(*rest, separator) < rest->n;
    *head = lp_str_cut(rest, separator);
    return found;
}

static bool is_host(struct lp_str host)
{
    struct lp_addr literal;
    return lp_name_is_host(host) || lp_addr_parse(host, &literal);
}

/* Cuts "HOST:" off; an IPv6 address stands in brackets. An empty host is for the caller. */
static bool cut_host(struct lp_config *c, struct lp_str *rest, struct lp_str *host)
{
    struct lp_str inner, none;
    if (!rest->n || rest->p[0] != '[') {
        if (!cut(rest, ':', &inner))
            return false;
        *host = lp_name_normal(c->arena, inner);
        return !host->n || lp_str_eq(*host, LP_STR("*")) || is_host(*host);
    }
    *rest = lp_str_sub(*rest, 1, rest->n);
    if (!cut(rest, ']', &inner) || !cut(rest, ':', &none) || none.n)
        return false;
    *host = lp_name_normal(c->arena, inner);
    struct lp_addr address;
    return lp_addr_parse(*host, &address) && address.family == 6;
}

/* No text: 0. */
static bool take_port(struct lp_str text, int64_t *port)
{
    uint64_t number = 0;
    bool ok = !text.n || (lp_str_to_u64(text, 65535, &number) && number > 0);
    *port = (int64_t)number;
    return ok;
}

static bool cut_port(struct lp_str *rest, int64_t *port)
{
    struct lp_str text;
    return cut(rest, ':', &text) && take_port(text, port);
}

static bool take_addresses(struct lp_config *c, struct lp_str rest, struct lp_list *out)
{
    bool more = true;
    while (more) {
        struct lp_address_item item;
        struct lp_str text;
        more = cut(&rest, ',', &text);
        if (!lp_addr_parse(text, &item.address) || out->n >= ADDRESSES_MAX)
            return false;
        lp_list_push(c->arena, out, &item, sizeof item);
    }
    return true;
}

bool lp_set_resolve(struct lp_config *config, void *at, struct lp_str value, struct lp_error *error)
{
    struct lp_resolve_rule rule = { 0 };
    struct lp_str rest = value;
    bool ok = cut_host(config, &rest, &rule.host) && rule.host.n && cut_port(&rest, &rule.port) &&
              rule.port && take_addresses(config, rest, &rule.addresses);
    if (!ok)
        return lp_fail(
            error,
            lp_in_lang(config, "%s is not HOST:PORT:ADDR, such as sip.contoso.com:443:192.0.2.10"),
            lp_word(config->arena, value));
    return add_rule(config, at, &rule, sizeof rule) || fail_full(error);
}

bool lp_set_connect(struct lp_config *config, void *at, struct lp_str value, struct lp_error *error)
{
    struct lp_connect_rule rule = { 0 };
    struct lp_str rest = value;
    bool ok = cut_host(config, &rest, &rule.host) && cut_port(&rest, &rule.port) &&
              cut_host(config, &rest, &rule.to_host) && take_port(rest, &rule.to_port) &&
              !lp_str_eq(rule.host, LP_STR("*")) && !lp_str_eq(rule.to_host, LP_STR("*"));
    if (!ok)
        return lp_fail(error,
                       lp_in_lang(config, "%s is not HOST1:PORT1:HOST2:PORT2, such as "
                                          "sip.contoso.com:443:new.contoso.com:443"),
                       lp_word(config->arena, value));
    return add_rule(config, at, &rule, sizeof rule) || fail_full(error);
}

struct lp_str lp_take_word(struct lp_str *rest)
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
    if (!lp_str_to_u64(lp_take_word(rest), max, &number))
        return false;
    *out = (int64_t)number;
    return true;
}

/* What cannot be asked cannot be pretended either: a typing error that would have no effect. */
static bool take_name(struct lp_config *c, struct lp_str word, struct lp_str *out)
{
    *out = lp_name_normal(c->arena, word);
    return lp_name_is_host(*out);
}

static bool take_target(struct lp_config *c, struct lp_str *rest, struct lp_str *out)
{
    *out = lp_name_normal(c->arena, lp_take_word(rest));
    return is_host(*out) || lp_str_eq(*out, LP_STR("."));
}

static bool take_rdata(struct lp_config *c, struct lp_str *rest, struct lp_answer_rule *rule)
{
    if (rule->type == LP_DNS_A || rule->type == LP_DNS_AAAA)
        return lp_addr_parse(lp_take_word(rest), &rule->address) &&
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
    bool ok = take_name(config, lp_take_word(&rest), &rule.name) &&
              take_number(&rest, INT32_MAX, &rule.ttl);
    struct lp_str type = lp_take_word(&rest);
    if (lp_str_eq_nocase(type, LP_STR("IN")))
        type = lp_take_word(&rest);
    rule.type = lp_dns_type_from(type);
    ok = ok && take_rdata(config, &rest, &rule) && !lp_str_trim(rest).n;
    if (!ok)
        return lp_fail(
            error,
            lp_in_lang(
                config,
                "%s is not 'NAME TTL TYPE RDATA', such as '_sip._tls.contoso.com 300 SRV 0 0 443 "
                "sip.contoso.com' (A, AAAA, CNAME, SRV)"),
            lp_word(config->arena, value));
    return add_rule(config, at, &rule, sizeof rule) || fail_full(error);
}

bool lp_set_deny(struct lp_config *config, void *at, struct lp_str value, struct lp_error *error)
{
    struct lp_deny_rule rule = { 0 };
    struct lp_str type = value, name;
    bool typed = cut(&type, '/', &name);
    rule.type = typed ? lp_dns_type_from(type) : 0;
    if (!take_name(config, name, &rule.name) || (typed && !rule.type))
        return lp_fail(
            error,
            lp_in_lang(config, "%s is not NAME or NAME/TYPE, such as lyncdiscover.contoso.com/A"),
            lp_word(config->arena, value));
    return add_rule(config, at, &rule, sizeof rule) || fail_full(error);
}
