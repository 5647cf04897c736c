/* dnsmsg.c - DNS answers to facts: sections, counts, outcome; refuses what lies. */
#include "lp/dnsmsg.h"

#include "lp/buf.h"
#include "lp/dnsname.h"
#include "lp/name.h"

enum {
    MAX_RECORDS = 512, /* kept; the rest is counted in cut */
    MIN_RECORD = 11,   /* root owner, type, class, TTL, length */
    CLASS_IN = 1,
    TYPE_OPT = 41,
};

enum {
    RCODE_SUCCESS = 0,
    RCODE_SERVFAIL = 2,
    RCODE_NXDOMAIN = 3,
    RCODE_REFUSED = 5,
    RCODE_NOTAUTH = 9,
};

/* One answer being read. */
struct message {
    struct lp_arena *arena;
    struct lp_dns_facts *facts;
    struct lp_dns_names names; /* wire and label budget */
    struct lp_reader r;
    struct lp_rr *rrs;
    size_t room;
    bool has_answer; /* its answer section holds something, kept or not */
    const char *bad; /* why it is malformed; NULL so far not */
};

/* The fixed part of a record. */
struct record {
    size_t owner; /* offset */
    uint16_t type, class;
    uint32_t ttl;
    size_t data; /* offset of RDATA */
    uint16_t size;
};

static bool bad(struct message *m, const char *why)
{
    m->bad = why;
    return false;
}

/* Reads the name at the reader's place and moves behind it. `keep` false: only
   checked. */
static bool take_name(struct message *m, bool keep, struct lp_str *name)
{
    size_t used = lp_dns_name_read(&m->names, m->r.at, keep ? m->arena : NULL, name);

    if (used == 0)
        return bad(m, m->names.why);
    m->r.at += used;
    return true;
}

static bool take_question(struct message *m, const struct lp_question *question)
{
    struct lp_str name;

    if (!take_name(m, true, &name))
        return false;
    uint16_t type = lp_read_u16(&m->r);
    uint16_t class = lp_read_u16(&m->r);
    if (m->r.bad)
        return bad(m, "short question");
    if (type != question->type || class != CLASS_IN || !lp_name_eq(name, question->name))
        return bad(m, "other question");
    return true;
}

static bool data_address(struct message *m, struct lp_rr *rr, uint16_t size)
{
    uint8_t want = rr->type == LP_DNS_A ? 4 : 16;

    if (size != want)
        return bad(m, "address of a wrong length");
    struct lp_str bytes = lp_read_bytes(&m->r, want);
    rr->address.family = rr->type == LP_DNS_A ? 4 : 6;
    for (size_t i = 0; i < bytes.n; i++)
        rr->address.bytes[i] = (uint8_t)bytes.p[i];
    return true;
}

static bool data_name(struct message *m, struct lp_rr *rr, uint16_t size)
{
    (void)size;
    return take_name(m, true, &rr->name);
}

static bool data_srv(struct message *m, struct lp_rr *rr, uint16_t size)
{
    if (size < 7)
        return bad(m, "short SRV");
    rr->priority = lp_read_u16(&m->r);
    rr->weight = lp_read_u16(&m->r);
    rr->port = lp_read_u16(&m->r);
    return take_name(m, true, &rr->name);
}

static bool data_soa(struct message *m, struct lp_rr *rr, uint16_t size)
{
    struct lp_str mailbox;

    (void)size;
    if (!take_name(m, true, &rr->name) || !take_name(m, false, &mailbox))
        return false;
    lp_read_bytes(&m->r, 16); /* serial, refresh, retry, expire */
    rr->minimum = lp_read_u32(&m->r);
    return true;
}

struct kind {
    int64_t type;
    bool (*read)(struct message *m, struct lp_rr *rr, uint16_t size);
};

static const struct kind kinds[] = {
    { LP_DNS_A, data_address }, { LP_DNS_AAAA, data_address }, { LP_DNS_CNAME, data_name },
    { LP_DNS_NS, data_name },   { LP_DNS_SRV, data_srv },      { LP_DNS_SOA, data_soa },
};

static const struct kind *kind_of(const struct record *rec)
{
    if (rec->class != CLASS_IN)
        return NULL;
    for (size_t i = 0; i < LP_COUNT(kinds); i++)
        if (kinds[i].type == rec->type)
            return &kinds[i];
    return NULL;
}

/* RFC 2181 s8: a TTL with the top bit set counts as zero. */
static int64_t ttl_of(uint32_t ttl)
{
    return ttl > INT32_MAX ? 0 : (int64_t)ttl;
}

static bool keep_record(struct message *m, const struct record *rec, const struct kind *kind,
                        struct lp_str section)
{
    struct lp_dns_facts *facts = m->facts;

    if (facts->rrs.n == m->room) {
        facts->cut++;
        return true;
    }
    struct lp_rr *rr = &m->rrs[facts->rrs.n];
    rr->section = section;
    rr->type = rec->type;
    rr->ttl = ttl_of(rec->ttl);
    if (lp_dns_name_read(&m->names, rec->owner, m->arena, &rr->owner) == 0)
        return bad(m, m->names.why);
    m->r.at = rec->data;
    if (!kind->read(m, rr, rec->size))
        return false;
    if (m->r.bad || m->r.at != rec->data + rec->size)
        return bad(m, "record data and its length disagree");
    facts->rrs.n++;
    return true;
}

/* Reads owner and fixed part; the reader then stands at the data. */
static bool take_record(struct message *m, struct record *rec)
{
    struct lp_str owner;

    rec->owner = m->r.at;
    if (!take_name(m, false, &owner))
        return false;
    rec->type = lp_read_u16(&m->r);
    rec->class = lp_read_u16(&m->r);
    rec->ttl = lp_read_u32(&m->r);
    rec->size = lp_read_u16(&m->r);
    rec->data = m->r.at;
    if (m->r.bad || lp_reader_left(&m->r) < rec->size)
        return bad(m, "record runs past the end");
    return true;
}

/* RFC 6891 6.1.3: the OPT record holds the upper bits of the response code. */
static void note_opt(struct message *m, const struct record *rec)
{
    if (rec->type == TYPE_OPT)
        m->facts->rcode |= (int64_t)(rec->ttl >> 24) << 4;
}

/* One section; section unset: additional, checked but not kept. */
static bool take_section(struct message *m, size_t count, struct lp_str section)
{
    for (size_t i = 0; i < count; i++) {
        struct record rec = { 0 };

        /* With TC the counts may speak of the whole answer. */
        if (lp_reader_left(&m->r) == 0)
            return m->facts->tc || bad(m, "fewer records than counted");
        if (!take_record(m, &rec))
            return false;
        const struct kind *kind = kind_of(&rec);
        if (section.p == NULL)
            note_opt(m, &rec);
        else if (kind != NULL && !keep_record(m, &rec, kind, section))
            return false;
        m->r.at = rec.data + rec.size;
    }
    return true;
}

static void take_flags(struct message *m, uint16_t flags)
{
    struct lp_dns_facts *facts = m->facts;

    facts->aa = (flags & 0x0400) != 0;
    facts->tc = (flags & 0x0200) != 0;
    facts->rd = (flags & 0x0100) != 0;
    facts->ra = (flags & 0x0080) != 0;
    facts->ad = (flags & 0x0020) != 0;
    facts->rcode = flags & 0x000f;
}

/* A server that reads no further than the header sends its error without the question. */
static bool may_lack_question(int64_t rcode)
{
    return rcode != RCODE_SUCCESS && rcode != RCODE_NXDOMAIN;
}

static bool take_header(struct message *m, uint16_t count[4])
{
    lp_read_u16(&m->r); /* id: the engine's business */
    uint16_t flags = lp_read_u16(&m->r);
    for (size_t i = 0; i < 4; i++)
        count[i] = lp_read_u16(&m->r);
    if (m->r.bad)
        return bad(m, "short header");
    if ((flags & 0x8000) == 0)
        return bad(m, "a question, not an answer (QR 0)");
    if ((flags & 0x7800) != 0)
        return bad(m, "opcode is not QUERY");
    take_flags(m, flags);
    if (count[0] != 1 && !(count[0] == 0 && may_lack_question(m->facts->rcode)))
        return bad(m, "not exactly one question");
    return true;
}

static bool take_message(struct message *m, const struct lp_question *question)
{
    uint16_t count[4];

    if (!take_header(m, count) || (count[0] > 0 && !take_question(m, question)))
        return false;
    m->has_answer = count[1] > 0;
    size_t most = (size_t)count[1] + count[2];
    size_t fit = lp_reader_left(&m->r) / MIN_RECORD;
    m->room = most < fit ? most : fit;
    m->room = m->room < MAX_RECORDS ? m->room : MAX_RECORDS;
    m->rrs = lp_arena_array(m->arena, m->room, sizeof(*m->rrs));
    m->facts->rrs.at = m->rrs;
    return take_section(m, count[1], LP_STR("answer")) &&
           take_section(m, count[2], LP_STR("authority")) && take_section(m, count[3], LP_STR_NONE);
}

/* Is there a record of that type in the section? owner unset: of any owner. */
static bool has_record(const struct message *m, struct lp_str section, struct lp_str owner,
                       int64_t type)
{
    for (size_t i = 0; i < m->facts->rrs.n; i++) {
        const struct lp_rr *rr = &m->rrs[i];

        if (rr->type == type && lp_str_eq(rr->section, section) &&
            (owner.p == NULL || lp_name_eq(rr->owner, owner)))
            return true;
    }
    return false;
}

/* A record of the asked type at the name, or an alias that leads on from it. */
static bool answers(const struct message *m, const struct lp_question *question)
{
    return has_record(m, LP_STR("answer"), question->name, question->type) ||
           has_record(m, LP_STR("answer"), question->name, LP_DNS_CNAME);
}

/* A server without recursion that only names others says nothing about the name
   itself. */
static bool is_referral(const struct message *m)
{
    return !m->facts->aa && has_record(m, LP_STR("authority"), LP_STR_NONE, LP_DNS_NS) &&
           !has_record(m, LP_STR("authority"), LP_STR_NONE, LP_DNS_SOA);
}

/* NOERROR: is it an answer, the absence of one, or nonsense? */
static enum lp_outcome outcome_of_success(struct message *m, const struct lp_question *question,
                                          struct lp_str *why)
{
    if (answers(m, question))
        return LP_ANSWER;
    if (m->facts->tc)
        bad(m, "truncated");
    else if (m->has_answer)
        bad(m, "no answer record fits the question");
    else if (is_referral(m))
        *why = LP_STR("referral");
    return m->bad != NULL ? LP_MALFORMED : LP_NODATA;
}

static enum lp_outcome outcome_of(struct message *m, const struct lp_question *question,
                                  struct lp_str *why)
{
    int64_t rcode = m->facts->rcode;

    if (rcode == RCODE_SUCCESS)
        return outcome_of_success(m, question, why);
    if (rcode == RCODE_NXDOMAIN)
        return LP_NXDOMAIN;
    if (rcode != RCODE_SERVFAIL && rcode != RCODE_REFUSED)
        *why = lp_arena_printf(m->arena, "rcode %d", (int)rcode);
    return rcode == RCODE_REFUSED || rcode == RCODE_NOTAUTH ? LP_REFUSED : LP_SERVFAIL;
}

/* NOLINTNEXTLINE(readability-function-size): two inputs, their arena, facts and words */
enum lp_outcome lp_dnsmsg_decode(struct lp_arena *arena, struct lp_str wire,
                                 const struct lp_question *question, struct lp_dns_facts *facts,
                                 struct lp_str *why)
{
    struct message m = {
        .arena = arena, .facts = facts, .names = lp_dns_names_of(wire), .r = lp_reader_of(wire)
    };
    enum lp_outcome outcome = LP_MALFORMED;

    *why = LP_STR_NONE;
    facts->rcode = -1;
    facts->cut = 0;
    facts->rrs = (struct lp_list){ NULL, 0 };
    if (take_message(&m, question))
        outcome = outcome_of(&m, question, why);
    if (outcome == LP_MALFORMED) {
        *why = lp_str_of(m.bad);
        /* Half an answer is no evidence about any name. */
        facts->rrs = (struct lp_list){ NULL, 0 };
        facts->cut = 0;
    }
    return outcome;
}
