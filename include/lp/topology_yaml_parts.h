/* topology_yaml_parts.h - comments and values of a topology's YAML; for src/report/ only */
#ifndef LP_TOPOLOGY_YAML_PARTS_H
#define LP_TOPOLOGY_YAML_PARTS_H

#include "lp/topology_yaml.h"

/* A file being written. */
struct lp_yaml {
    struct lp_buf *out;
    const struct lp_list *notes; /* struct lp_note; NULL none */
    const char *item; /* "  - " before the first key of a pool, "    " before the others */
};

/* Comments of a key, by its name. */
void lp_yaml_notes(struct lp_yaml *w, const char *indent, const char *key);
/* Comments of a value, by where it lies: one name may stand in several places. */
void lp_yaml_notes_of(struct lp_yaml *w, const char *indent, struct lp_str value);

/* In quotes unless it is a plain name or URL. */
void lp_yaml_text(struct lp_yaml *w, struct lp_str s);
/* "[10.0.0.1, 10.0.0.2]"; items are struct lp_addr. */
void lp_yaml_addresses(struct lp_yaml *w, const struct lp_list *list);
/* "[a.test, b.test]"; items are struct lp_str. */
void lp_yaml_names(struct lp_yaml *w, const struct lp_list *list);

/* A key and its value in a map of one line, "{a: b, c: d}"; nothing where the value is unset. */
void lp_yaml_flow_text(struct lp_yaml *w, const char *key, struct lp_str value);
void lp_yaml_flow_addresses(struct lp_yaml *w, const char *key, const struct lp_list *list);
/* 0 and less: unset. */
void lp_yaml_flow_number(struct lp_yaml *w, const char *key, int64_t value);
/* A day where it is one; the end of a waiver is the end of its last day. */
void lp_yaml_flow_time(struct lp_yaml *w, const char *key, lp_utc time, bool end);

#endif
