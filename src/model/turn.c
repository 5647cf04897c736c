/* turn.c - what both TURN probes make of an answer: facts, words, checks. */
#include "lp/turn.h"

#include "lp/ask.h"
#include "lp/lang.h"
#include "lp/text.h"

enum { FIRST_BYTES = 64, TRY_ALTERNATE = 300, UNAUTHORIZED = 401 };

const struct lp_field lp_turn_fields[] = {
    LP_FIELD_STRUCT(struct lp_turn_facts, link, lp_link_fields, "the connection"),
    LP_FIELD(struct lp_turn_facts, kind, "what answered: ms, standard, tls, http, other"),
    LP_FIELD(struct lp_turn_facts, greeted, "the greeting on TCP was answered as an A/V Edge does"),
    LP_FIELD(struct lp_turn_facts, error, "error code of the answer; 0 none"),
    LP_FIELD(struct lp_turn_facts, reason, "the error in words"),
    LP_FIELD(struct lp_turn_facts, realm, "realm that credentials are asked for"),
    LP_FIELD(struct lp_turn_facts, nonce, "a nonce came with it"),
    LP_FIELD(struct lp_turn_facts, mapped, "our address as the server sees it"),
    LP_FIELD(struct lp_turn_facts, mapped_port, "our port as the server sees it; 0 not said"),
    LP_FIELD(struct lp_turn_facts, public_address, "what the server calls its public address"),
    LP_FIELD(struct lp_turn_facts, public_port, "its public port; 0 not said"),
    LP_FIELD(struct lp_turn_facts, alternate, "another server that it names"),
    LP_FIELD(struct lp_turn_facts, alternate_port, "port of that server; 0 none"),
    LP_FIELD(struct lp_turn_facts, version, "version of the protocol (MS-Version); -1 not said"),
    LP_FIELD(struct lp_turn_facts, software, "software, as it calls itself"),
    LP_FIELD_BYTES(struct lp_turn_facts, first_bytes, "what came instead, at most 64 bytes"),
    LP_FIELD_END,
};

void lp_turn_begin(struct lp_turn_facts *facts)
{
    facts->version = -1;
}

/* ---- what comes ---- */

static bool is_tls(struct lp_str bytes)
{
    return bytes.n > 0 && (bytes.p[0] == 21 || bytes.p[0] == 22) &&
           (bytes.n == 1 || bytes.p[1] == 3);
}

void lp_turn_note_other(struct lp_talk *talk, struct lp_str bytes)
{
    struct lp_turn_facts *facts = talk->facts;
    facts->first_bytes = lp_arena_str(talk->arena, lp_str_sub(bytes, 0, FIRST_BYTES));
    if (is_tls(bytes))
        facts->kind = LP_STR("tls");
    else if (lp_str_starts_nocase(bytes, "HTTP/"))
        facts->kind = LP_STR("http");
    else
        facts->kind = LP_STR("other");
}

/* Others' transactions are none of our business. */
static bool is_ours(const struct lp_talk *talk, const struct lp_stun *message)
{
    char ours[2][LP_STUN_TRANSACTION];
    bool found = false;
    for (int binding = 0; binding < 2; binding++) {
        lp_stun_transaction(talk->token, binding, ours[binding]);
        struct lp_str mine = { ours[binding], LP_STUN_TRANSACTION };
        found = found || lp_str_eq(mine, message->transaction);
    }
    return found && (message->type & 0x0110) >= 0x0100;
}

static void fill(struct lp_turn_facts *facts, const struct lp_stun *message)
{
    bool elsewhere = message->error == TRY_ALTERNATE;
    facts->kind = message->microsoft ? LP_STR("ms") : LP_STR("standard");
    facts->error = message->error;
    facts->reason = message->reason;
    facts->realm = message->realm;
    facts->nonce = message->nonce;
    facts->mapped = message->mapped.address;
    facts->mapped_port = message->mapped.port;
    *(elsewhere ? &facts->alternate : &facts->public_address) = message->alternate.address;
    *(elsewhere ? &facts->alternate_port : &facts->public_port) = message->alternate.port;
    facts->version = message->version;
    facts->software = message->software;
}

enum lp_next lp_turn_hear(struct lp_talk *talk, struct lp_str message)
{
    struct lp_stun decoded;
    if (!lp_stun_decode(talk->arena, message, &decoded)) {
        lp_turn_note_other(talk, message);
        return LP_BAD;
    }
    if (!is_ours(talk, &decoded))
        return LP_MORE;
    fill(talk->facts, &decoded);
    return LP_DONE;
}

/* ---- words ---- */

static bool is_kind(const struct lp_turn_facts *facts, const char *kind)
{
    return lp_str_eq(facts->kind, lp_str_of(kind));
}

static const char *say_place(struct lp_arena *arena, const struct lp_addr *address, int64_t port)
{
    char text[LP_ADDR_TEXT];
    lp_addr_format(address, text, sizeof text);
    return lp_arena_printf(arena, address->family == 6 ? "[%s]:%lld" : "%s:%lld", text,
                           (long long)port)
        .p;
}

/* At most 64 bytes. */
static const char *say_name(struct lp_arena *arena, struct lp_str name)
{
    return lp_term(arena, lp_str_sub(name, 0, 64));
}

static struct lp_str say_edge(struct lp_arena *arena, const struct lp_turn_facts *facts)
{
    struct lp_str text;
    if (facts->error == UNAUTHORIZED && facts->realm.n)
        text = lp_tell(arena, "an A/V Edge answers, asks for credentials (401) of %s",
                       say_name(arena, facts->realm));
    else if (facts->error == UNAUTHORIZED)
        text = lp_tell(arena, "an A/V Edge answers, asks for credentials (401)");
    else if (facts->error)
        text = lp_tell(arena, "an A/V Edge answers with error %lld", (long long)facts->error);
    else
        text = lp_tell(arena, "an A/V Edge answers");
    if (facts->public_address.family)
        text = lp_tell(arena, "%s, and says that its public address is %s", text.p,
                       say_place(arena, &facts->public_address, facts->public_port));
    if (facts->alternate.family)
        text = lp_tell(arena, "%s, and sends us to %s", text.p,
                       say_place(arena, &facts->alternate, facts->alternate_port));
    return text;
}

static struct lp_str say_standard(struct lp_arena *arena, const struct lp_turn_facts *facts)
{
    struct lp_str text =
        lp_tell(arena, facts->link.tls == LP_OK ? "a standard STUN or TURN server answers over TLS"
                                                : "a standard STUN or TURN server answers");
    if (!facts->software.n)
        return text;
    return lp_arena_printf(arena, "%s: %s", text.p, say_name(arena, facts->software));
}

static const struct {
    const char *kind, *words;
} others[] = {
    { "tls", LP_TR("real TLS answers, as of a web server or an Access Edge") },
    { "http", LP_TR("a web server answers") },
    { "other", LP_TR("something that is no TURN server answers") },
};

static struct lp_str say_other(struct lp_arena *arena, const struct lp_turn_facts *facts)
{
    for (size_t i = 0; i < LP_COUNT(others); i++)
        if (is_kind(facts, others[i].kind))
            return lp_str_of(lp_tr(arena, others[i].words));
    return LP_STR("");
}

struct lp_str lp_turn_say(const struct lp_evidence *e, struct lp_arena *arena)
{
    const struct lp_turn_facts *facts = e->facts;
    if (is_kind(facts, "ms"))
        return say_edge(arena, facts);
    if (is_kind(facts, "standard"))
        return say_standard(arena, facts);
    if (facts->kind.p)
        return say_other(arena, facts);
    if (facts->greeted)
        return lp_tell(arena, "it greets as an A/V Edge does, and then does not answer");
    return lp_tell(arena, "no answer");
}

bool lp_turn_is_well(const struct lp_evidence *e)
{
    const struct lp_turn_facts *facts = e->facts;
    return is_kind(facts, "ms") &&
           (facts->error == 0 || facts->error == UNAUTHORIZED || facts->error == TRY_ALTERNATE);
}

/* ---- checks ---- */

static bool charge_with(struct lp_charge *charge, const struct lp_check_input *input)
{
    charge->expected = lp_tell(input->arena, "an A/V Edge that asks for credentials (401)");
    charge->observed = lp_turn_say(input->e, input->arena);
    return true;
}

/* Over UDP silence is all that there is to see; over TCP a port that is closed has findings
   of its own. */
static bool no_answer(const struct lp_check_input *input, struct lp_charge *charge)
{
    const struct lp_turn_facts *facts = input->e->facts;
    bool tried = input->e->outcome == LP_TIMEOUT || input->e->outcome == LP_RESET ||
                 input->e->outcome == LP_MALFORMED;
    bool silent_udp =
        input->e->outcome == LP_TIMEOUT &&
        lp_probe_by_name(lp_str_of(input->e->shape->name))->carrier == LP_CARRY_DATAGRAM;
    if (facts->kind.p || !tried || (facts->link.connect != LP_OPEN && !silent_udp))
        return false;
    return charge_with(charge, input);
}

static bool not_turn(const struct lp_check_input *input, struct lp_charge *charge)
{
    const struct lp_turn_facts *facts = input->e->facts;
    return facts->kind.p && !is_kind(facts, "ms") && charge_with(charge, input);
}

static bool standard(const struct lp_check_input *input, struct lp_charge *charge)
{
    return is_kind(input->e->facts, "standard") && charge_with(charge, input);
}

static void put_addresses(struct lp_buf *out, const struct lp_list *addresses)
{
    const struct lp_addr *at = addresses->at;
    char text[LP_ADDR_TEXT];
    for (size_t i = 0; i < addresses->n; i++) {
        lp_addr_format(&at[i], text, sizeof text);
        lp_buf_printf(out, "%s%s", i ? ", " : "", text);
    }
}

static bool public_address(const struct lp_check_input *input, struct lp_charge *charge)
{
    const struct lp_turn_facts *facts = input->e->facts;
    const struct lp_list *known = &input->public_addresses;
    char text[LP_ADDR_TEXT];
    if (!is_kind(facts, "ms") || !facts->public_address.family || known->n == 0 ||
        lp_list_has_addr(known, &facts->public_address))
        return false;
    struct lp_buf out = lp_buf_new(1024);
    put_addresses(&out, known);
    charge->expected = lp_arena_str(input->arena, lp_buf_view(&out));
    lp_buf_release(&out);
    lp_addr_format(&facts->public_address, text, sizeof text);
    charge->observed = lp_arena_printf(input->arena, "%s", text);
    return true;
}

const struct lp_check lp_turn_checks[] = {
    { "LP-TURN-NO-ANSWER", no_answer },
    { "LP-TURN-NOT-TURN", not_turn },
    { "LP-TURN-STANDARD", standard },
    { "LP-TURN-PUBLIC-ADDRESS", public_address },
    { NULL, NULL },
};
