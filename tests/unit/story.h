/* story.h - small recordings written in a test, judged and rendered */
#ifndef STORY_H
#define STORY_H

#include "lp/judge.h"
#include "lp/report.h"

/* One walk from lines of a recording. */
struct story {
    struct lp_arena arena;
    struct lp_log log;
    struct lp_judgement judgement;
    struct lp_buf out;
    struct lp_style style;
};

/* The header of a walk of contoso.example; view: a word; extra: more members, with a comma before
 * each, "" none. */
#define STORY_HEADER_OF(view, servers, extra)                                          \
    "{\"record\":\"lyncprobe/record/1\",\"program\":\"lyncprobe 0.0\","                \
    "\"domain\":\"contoso.example\",\"view\":\"" view "\",\"client\":\"lync2013\","    \
    "\"clock\":1795498860,\"label\":\"qzx\",\"days_warning\":45,\"days_critical\":14," \
    "\"servers\":[" servers "]" extra "}\n"
#define STORY_SERVER "{\"label\":\"192.0.2.53\",\"addresses\":[\"192.0.2.53:53\"]}"
#define STORY_HEADER(extra) STORY_HEADER_OF("external", STORY_SERVER, extra)
#define STORY_END "{\"end\":true,\"complete\":true,\"total_us\":1234567}\n"

/* Reads and judges the lines; a bad line fails the test. */
void story_open(struct story *story, const char *lines);
/* ... those of several pieces, one after another, ended by NULL. */
void story_open_all(struct story *story, const char *const *pieces);
void story_close(struct story *story);
/* Renders with story->style; the text is valid until the next call. */
const char *story_render(struct story *story, const char *format);

/* ---- lines of evidence; the ids must rise ---- */

/* An answer with one record; data: members of the record. */
#define STORY_ANSWER(id, type_word, type, name, data)                                             \
    "{\"id\":" #id ",\"kind\":\"dns\",\"key\":\"dns 0 " type_word " " name                        \
    "\",\"outcome\":\"answer\",\"elapsed\":18000,\"facts\":{\"from\":\"192.0.2.53:53\",\"name\":" \
    "\"" name "\",\"type\":" #type ",\"aa\":true,\"tries\":1,\"rrs\":[{\"section\":\"answer\","   \
    "\"owner\":\"" name "\",\"type\":" #type ",\"ttl\":300," data "}]}}\n"
/* No record: outcome and rcode. */
#define STORY_NOTHING(id, type_word, type, name, outcome, rcode)                  \
    "{\"id\":" #id ",\"kind\":\"dns\",\"key\":\"dns 0 " type_word " " name        \
    "\",\"outcome\":\"" outcome                                                   \
    "\",\"elapsed\":18000,\"facts\":{\"from\":\"192.0.2.53:53\",\"name\":\"" name \
    "\",\"type\":" #type ",\"rcode\":" #rcode ",\"tries\":1}}\n"

/* Hash of a leaf. */
#define STORY_AA "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
/* A certificate for access.contoso.example, in date unless the members say else. */
#define STORY_LEAF(id, sha256, members)                                                          \
    "{\"id\":" #id ",\"kind\":\"certificate\",\"key\":\"certificate " sha256                     \
    "\",\"outcome\":\"ok\",\"facts\":{\"sha256\":\"" sha256 "\",\"readable\":true,\"san\":["     \
    "\"access.contoso.example\"],\"san_count\":1,\"has_eku\":true,\"eku\":[\"serverAuth\"],"     \
    "\"subject\":\"CN=access.contoso.example\",\"common_name\":\"access.contoso.example\","      \
    "\"issuer\":\"CN=Example CA\",\"key_type\":\"RSA\",\"key_bits\":2048,\"digest\":\"SHA256\"," \
    "\"signature\":\"sha256WithRSAEncryption\",\"not_before\":1790000000,"                       \
    "\"cdp\":[\"http://pki.example/a.crl\"]," members "}}\n"
/* SIP at access.contoso.example:443; link: members of the link, sip: of the answer. */
#define STORY_SIP(id, address, outcome, link, sip)                                        \
    "{\"id\":" #id ",\"kind\":\"sip\",\"key\":\"sip access.contoso.example:443 " address  \
    "\",\"outcome\":\"" outcome "\",\"elapsed\":90000,\"facts\":{\"link\":{\"host\":"     \
    "\"access.contoso.example\",\"port\":443,\"connect_port\":443,\"address\":\"" address \
    "\"," link "}" sip "}}\n"
/* The usual members for these two. */
#define STORY_TLS(sha256)                                                                     \
    "\"connect\":\"open\",\"connect_us\":18000,\"tls\":\"ok\",\"tls_us\":61000,\"protocol\":" \
    "\"TLSv1.2\",\"chain\":[\"" sha256 "\"],\"public_store\":{\"done\":true,\"root\":\"CN=R\"}"
#define STORY_401                                                  \
    ",\"is_sip\":true,\"status\":401,\"reason\":\"Unauthorized\"," \
    "\"schemes\":[\"NTLM\"],\"date\":1795498860"

/* No name exists but _sip._tls -> access.contoso.example:443, which has no answers yet: ids 1 to
 * 16. */
extern const char *const story_names;
/* ... at 198.51.100.10, in working order: header to end line, ended by NULL. */
extern const char *const story_plain[];

#endif
