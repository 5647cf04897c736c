/* sql.c - the back end: one PRELOGIN to SQL Server, which says version and encryption to
 * everybody. */
#include "lp/tds.h"

#include "lp/lang.h"
#include "lp/probe.h"

enum { FIRST_BYTES = 64 };

struct lp_sql_facts {
    struct lp_link link;
    struct lp_str version;     /* "11.0.7001"; unset: no SQL Server answered */
    struct lp_str product;     /* "SQL Server 2012"; unset: not known */
    struct lp_str encryption;  /* off, on, not-supported, required; unset: not said */
    struct lp_str first_bytes; /* binary, at most 64: what is no TDS */
};

static const struct lp_field fields[] = {
    LP_FIELD_STRUCT(struct lp_sql_facts, link, lp_link_fields, "the connection"),
    LP_FIELD(struct lp_sql_facts, version, "version of the database engine"),
    LP_FIELD(struct lp_sql_facts, product, "the version as a product"),
    LP_FIELD(struct lp_sql_facts, encryption, "encryption: off, on, not-supported, required"),
    LP_FIELD_BYTES(struct lp_sql_facts, first_bytes, "what came instead, at most 64 bytes"),
    LP_FIELD_END,
};

static enum lp_next take(struct lp_talk *talk, const struct lp_tds *tds)
{
    struct lp_sql_facts *facts = talk->facts;
    facts->version = lp_arena_printf(talk->arena, "%lld.%lld.%lld", (long long)tds->major,
                                     (long long)tds->minor, (long long)tds->build);
    facts->product = lp_tds_product(tds->major, tds->minor);
    facts->encryption = lp_tds_encryption_word(tds->encryption);
    return LP_DONE;
}

static enum lp_next refuse(struct lp_talk *talk)
{
    struct lp_sql_facts *facts = talk->facts;
    facts->first_bytes = lp_arena_str(talk->arena, lp_str_sub(talk->in, 0, FIRST_BYTES));
    return LP_BAD;
}

static enum lp_next step(struct lp_talk *talk)
{
    struct lp_tds tds;
    if (talk->in.n == 0 && !talk->eof) {
        lp_tds_put_prelogin(talk->out);
        return LP_MORE;
    }
    enum lp_tds_read read = lp_tds_decode(talk->in, talk->eof, &tds);
    if (read == LP_TDS_MORE)
        return LP_MORE;
    bool good = read == LP_TDS_COMPLETE && tds.major >= 0;
    return good ? take(talk, &tds) : refuse(talk);
}

static struct lp_str say(const struct lp_evidence *e, struct lp_arena *arena)
{
    const struct lp_sql_facts *facts = e->facts;
    if (!facts->version.p)
        return facts->first_bytes.n ? lp_tell(arena, "something that is no SQL Server answers")
                                    : lp_tell(arena, "no answer of a SQL Server");
    struct lp_str parts[] = {
        facts->product.p ? facts->product : LP_STR("SQL Server"),
        lp_tell(arena, " answers (version "),
        facts->version,
        lp_str_of(facts->encryption.p ? lp_tr(arena, "; encryption: ") : ""),
        facts->encryption,
        LP_STR(")"),
    };
    return lp_arena_join(arena, parts, LP_COUNT(parts));
}

/* A port that is closed has findings of its own. */
static bool is_no_server(const struct lp_check_input *input, struct lp_charge *charge)
{
    const struct lp_sql_facts *facts = input->e->facts;
    bool tried = input->e->outcome == LP_TIMEOUT || input->e->outcome == LP_RESET ||
                 input->e->outcome == LP_MALFORMED;
    charge->expected = lp_tell(input->arena, "an answer of SQL Server to PRELOGIN");
    charge->observed = say(input->e, input->arena);
    return tried && facts->link.connect == LP_OPEN;
}

static const struct lp_check checks[] = {
    { "LP-SQL-NOT-SQL", is_no_server },
    { NULL, NULL },
};

const struct lp_probe lp_probe_sql = {
    .shape = {
        .name = "sql",
        .title = "SQL Server: PRELOGIN, version, encryption",
        .fields = fields,
        .size = sizeof(struct lp_sql_facts),
        .has_link = true,
    },
    .carrier = LP_CARRY_STREAM,
    .plain = true,
    .step = step,
    .checks = checks,
    .say = say,
};
