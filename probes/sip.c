/* sip.c - SIP over TLS or TCP: one anonymous REGISTER, and what the server says to it. */
#include "lp/lang.h"
#include "lp/msdiag.h"
#include "lp/siptalk.h"
#include "lp/skew.h"
#include "lp/text.h"

static enum lp_next step(struct lp_talk *talk)
{
    return lp_sip_talk(talk, lp_sip_register);
}

/* ---- checks ---- */

static bool is_challenge(const struct lp_evidence *e)
{
    const struct lp_sip_facts *facts = e->facts;
    return e->outcome == LP_OK && (facts->status == 401 || facts->status == 407);
}

static bool offers_scheme(const struct lp_sip_facts *facts)
{
    static const char *const known[] = { "NTLM", "Kerberos", "TLS-DSK" };
    const struct lp_str *schemes = facts->schemes.at;
    for (size_t i = 0; i < facts->schemes.n; i++) {
        for (size_t k = 0; k < LP_COUNT(known); k++) {
            if (lp_str_eq_nocase(schemes[i], lp_str_of(known[k])))
                return true;
        }
    }
    return false;
}

static struct lp_str say_schemes(const struct lp_sip_facts *facts, struct lp_arena *arena)
{
    const struct lp_str *schemes = facts->schemes.at;
    struct lp_str text = LP_STR("");
    for (size_t i = 0; i < facts->schemes.n; i++)
        text = lp_arena_printf(arena, "%s%s%s", text.p, i ? ", " : "", lp_term(arena, schemes[i]));
    return text;
}

static bool has_no_scheme(const struct lp_check_input *input, struct lp_charge *charge)
{
    const struct lp_sip_facts *facts = input->e->facts;
    if (!is_challenge(input->e) || offers_scheme(facts))
        return false;
    charge->expected = lp_tell(input->arena, "NTLM, Kerberos or TLS-DSK in the challenge");
    charge->observed = facts->schemes.n
                           ? lp_tell(input->arena, "only %s", say_schemes(facts, input->arena).p)
                           : lp_tell(input->arena, "a challenge without a scheme");
    return true;
}

static bool is_skewed(const struct lp_check_input *input, struct lp_charge *charge)
{
    return lp_is_skewed(input, ((const struct lp_sip_facts *)input->e->facts)->date, charge);
}

static const struct lp_check checks[] = {
    { "LP-SIP-NO-AUTH-SCHEME", has_no_scheme },
    { "LP-SIP-CLOCK-SKEW", is_skewed },
    { NULL, NULL },
};

/* ---- words ---- */

/* Answers that are no challenge (domain.md 3.2). */
static const struct {
    int64_t status;
    const char *words;
} meanings[] = {
    { 301, LP_TR("sends the client on to another server") },
    { 302, LP_TR("sends the client on to another server") },
    { 403, LP_TR("refuses: remote access, the domain or the client version is not allowed") },
    { 404, LP_TR("does not know the domain") },
    { 480, LP_TR("the registrar is not available") },
    { 503, LP_TR("the service is not available") },
    { 504, LP_TR("cannot reach its next hop, or does not trust its certificate") },
};

static struct lp_str say_status(const struct lp_sip_facts *facts, struct lp_arena *arena)
{
    struct lp_str text = lp_tell(arena, "SIP answers %lld %s", (long long)facts->status,
                                 lp_term(arena, facts->reason));
    for (size_t i = 0; i < LP_COUNT(meanings); i++) {
        if (meanings[i].status == facts->status)
            text = lp_arena_printf(arena, "%s: %s", text.p, lp_tr(arena, meanings[i].words));
    }
    if (facts->status / 100 == 3 && facts->contact.n)
        text = lp_arena_printf(arena, "%s, %s", text.p, lp_term(arena, facts->contact));
    return text;
}

static struct lp_str say_diagnostics(const struct lp_sip_facts *facts, struct lp_arena *arena)
{
    struct lp_msdiag_header header;
    lp_msdiag_read(facts->diagnostics, &header);
    const struct lp_msdiag *row = lp_msdiag_find(header.number);
    if (!row)
        return LP_STR("");
    return lp_tell(arena, " (ms-diagnostics %lld: %s%s%s)", (long long)header.number,
                   lp_tr(arena, row->title), header.hop.n ? ", " : "", lp_term(arena, header.hop));
}

static struct lp_str say(const struct lp_evidence *e, struct lp_arena *arena)
{
    const struct lp_sip_facts *facts = e->facts;
    const char *product = lp_server_words(facts->server);
    if (e->outcome != LP_OK)
        return LP_STR_NONE;
    if (!is_challenge(e) && facts->status != 200)
        return lp_arena_printf(arena, "%s%s", say_status(facts, arena).p,
                               say_diagnostics(facts, arena).p);
    return lp_tell(arena, "SIP answers%s%s", product ? ", " : "",
                   product ? lp_tr(arena, product) : "");
}

const struct lp_probe lp_probe_sip = {
    .shape = {
        .name = "sip",
        .title = "SIP: one anonymous REGISTER",
        .fields = lp_sip_fields,
        .size = sizeof(struct lp_sip_facts),
        .has_link = true,
    },
    .carrier = LP_CARRY_STREAM,
    .step = step,
    .checks = checks,
    .say = say,
    .is_well = is_challenge,
};
