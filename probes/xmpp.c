/* xmpp.c - XMPP federation, server to server: stream header, features, STARTTLS and the
 * certificate behind it. */
#include "lp/xmpp.h"

#include "lp/ask.h"
#include "lp/lang.h"
#include "lp/probe.h"
#include "lp/text.h"

enum { FIRST_BYTES = 64 };

struct lp_xmpp_facts {
    struct lp_link link;
    bool is_stream;
    struct lp_str from, version;
    bool has_features, starttls, required;
    bool proceed;
    bool secured; /* the stream goes on under TLS */
    struct lp_list features, mechanisms;
    struct lp_list secure_features, secure_mechanisms;
    struct lp_str error;
    struct lp_str first_bytes;
};

static const struct lp_field fields[] = {
    LP_FIELD_STRUCT(struct lp_xmpp_facts, link, lp_link_fields, "the connection"),
    LP_FIELD(struct lp_xmpp_facts, is_stream, "a stream header came"),
    LP_FIELD(struct lp_xmpp_facts, from, "domain that it names"),
    LP_FIELD(struct lp_xmpp_facts, version, "version of the stream"),
    LP_FIELD(struct lp_xmpp_facts, has_features, "the features in clear came to their end"),
    LP_FIELD(struct lp_xmpp_facts, starttls, "STARTTLS is offered"),
    LP_FIELD(struct lp_xmpp_facts, required, "STARTTLS is a must"),
    LP_FIELD(struct lp_xmpp_facts, proceed, "the server was ready for TLS"),
    LP_FIELD(struct lp_xmpp_facts, secured, "a stream header came under TLS"),
    LP_FIELD_STRS(struct lp_xmpp_facts, features, "features in clear"),
    LP_FIELD_STRS(struct lp_xmpp_facts, mechanisms, "SASL mechanisms in clear"),
    LP_FIELD_STRS(struct lp_xmpp_facts, secure_features, "features under TLS"),
    LP_FIELD_STRS(struct lp_xmpp_facts, secure_mechanisms, "SASL mechanisms under TLS"),
    LP_FIELD(struct lp_xmpp_facts, error, "condition of a stream error"),
    LP_FIELD_BYTES(struct lp_xmpp_facts, first_bytes, "what came instead, at most 64 bytes"),
    LP_FIELD_END,
};

/* ---- the conversation ---- */

static struct lp_list copy(struct lp_arena *arena, const struct lp_list *from)
{
    const struct lp_str *at = from->at;
    struct lp_str *to = lp_arena_array(arena, from->n, sizeof *to);
    for (size_t i = 0; i < from->n; i++)
        to[i] = lp_arena_str(arena, at[i]);
    return (struct lp_list){ to, from->n };
}

static void keep_clear(struct lp_talk *talk, const struct lp_xmpp *x)
{
    struct lp_xmpp_facts *facts = talk->facts;
    facts->is_stream = x->is_stream;
    facts->from = lp_arena_str(talk->arena, x->from);
    facts->version = lp_arena_str(talk->arena, x->version);
    facts->has_features = x->has_features;
    facts->starttls = x->starttls;
    facts->required = x->required;
    facts->proceed = x->proceed;
    facts->features = copy(talk->arena, &x->features);
    facts->mechanisms = copy(talk->arena, &x->mechanisms);
}

static void keep(struct lp_talk *talk, const struct lp_xmpp *x)
{
    struct lp_xmpp_facts *facts = talk->facts;
    if (x->error.p)
        facts->error = lp_arena_str(talk->arena, x->error);
    if (!talk->secure) {
        keep_clear(talk, x);
        return;
    }
    facts->secured = x->is_stream;
    facts->secure_features = copy(talk->arena, &x->features);
    facts->secure_mechanisms = copy(talk->arena, &x->mechanisms);
}

/* In clear: features, STARTTLS asked for once, leave to begin. A server without a version
   has no features to wait for (RFC 6120 4.7.5). */
static enum lp_next hear_clear(struct lp_talk *talk, const struct lp_xmpp *x)
{
    const struct lp_xmpp_facts *facts = talk->facts;
    if (x->proceed)
        return talk->eof ? LP_BAD : LP_SECURE;
    if (x->failure || x->error.p || x->closed)
        return LP_DONE;
    if (!x->has_features)
        return talk->eof && x->is_stream && !x->version.p ? LP_DONE : LP_MORE;
    if (!x->starttls)
        return LP_DONE;
    if (!facts->has_features)
        lp_xmpp_put_starttls(talk->out);
    return LP_MORE;
}

static enum lp_next hear_secure(const struct lp_xmpp *x)
{
    return x->has_features || x->error.p || x->closed ? LP_DONE : LP_MORE;
}

static enum lp_next not_xmpp(struct lp_talk *talk)
{
    struct lp_xmpp_facts *facts = talk->facts;
    if (!facts->is_stream)
        facts->first_bytes = lp_arena_str(talk->arena, lp_str_sub(talk->in, 0, FIRST_BYTES));
    return LP_BAD;
}

/* The whole stream is read anew at each arrival; what is kept of it is kept rarely, so that
   a peer that sends byte by byte fills no memory. */
static enum lp_next hear(struct lp_talk *talk)
{
    struct lp_xmpp_facts *facts = talk->facts;
    struct lp_arena scratch = { 0 };
    struct lp_xmpp x;
    bool ok = lp_xmpp_decode(&scratch, talk->in, &x);
    enum lp_next next = talk->secure ? hear_secure(&x) : hear_clear(talk, &x);
    if (!ok || (next == LP_MORE && talk->eof))
        next = LP_BAD;
    if (next != LP_MORE || (x.has_features && !facts->has_features))
        keep(talk, &x);
    lp_arena_release(&scratch);
    return ok ? next : not_xmpp(talk);
}

static enum lp_next step(struct lp_talk *talk)
{
    if (talk->in.n == 0 && !talk->eof) {
        lp_xmpp_put_header(talk->out, talk->domain);
        return LP_MORE;
    }
    return hear(talk);
}

/* ---- words and checks ---- */

/* A server that knows no domain of that name says so in a stream of its own. */
static bool is_well(const struct lp_evidence *e)
{
    const struct lp_xmpp_facts *facts = e->facts;
    return facts->is_stream && !facts->error.p && facts->secured;
}

static struct lp_str say(const struct lp_evidence *e, struct lp_arena *arena)
{
    const struct lp_xmpp_facts *facts = e->facts;
    if (!facts->is_stream)
        return facts->first_bytes.n ? lp_tell(arena, "something that is no XMPP server answers")
                                    : lp_tell(arena, "no XMPP stream");
    if (facts->error.p) {
        struct lp_str parts[] = { lp_tell(arena, "the XMPP server ends the stream: "),
                                  facts->error };
        return lp_arena_join(arena, parts, LP_COUNT(parts));
    }
    if (facts->secured)
        return facts->required
                   ? lp_tell(arena, "an XMPP server answers; TLS is a must, and stands")
                   : lp_tell(arena, "an XMPP server answers; TLS is offered, and stands");
    if (facts->starttls)
        return lp_tell(arena, "an XMPP server answers and offers TLS, but does not come to it");
    return lp_tell(arena, "an XMPP server answers without an offer of TLS");
}

/* A port that is closed has findings of its own. */
static bool no_stream(const struct lp_check_input *input, struct lp_charge *charge)
{
    const struct lp_xmpp_facts *facts = input->e->facts;
    bool tried = input->e->outcome == LP_TIMEOUT || input->e->outcome == LP_RESET ||
                 input->e->outcome == LP_MALFORMED;
    charge->expected = lp_tell(input->arena, "an XMPP stream header");
    charge->observed = say(input->e, input->arena);
    return tried && facts->link.connect == LP_OPEN && !facts->is_stream;
}

static bool no_starttls(const struct lp_check_input *input, struct lp_charge *charge)
{
    const struct lp_xmpp_facts *facts = input->e->facts;
    charge->expected = lp_tell(input->arena, "STARTTLS among the features of the stream");
    charge->observed = say(input->e, input->arena);
    return facts->is_stream && !facts->starttls && !facts->error.p && input->e->outcome == LP_OK;
}

static const struct lp_check checks[] = {
    { "LP-XMPP-NO-STREAM", no_stream },
    { "LP-XMPP-NO-STARTTLS", no_starttls },
    { NULL, NULL },
};

const struct lp_probe lp_probe_xmpp = {
    .shape = {
        .name = "xmpp",
        .title = "XMPP federation: stream header, STARTTLS, certificate",
        .fields = fields,
        .size = sizeof(struct lp_xmpp_facts),
        .has_link = true,
    },
    .carrier = LP_CARRY_STREAM,
    .plain = true,
    .step = step,
    .checks = checks,
    .say = say,
    .is_well = is_well,
};
