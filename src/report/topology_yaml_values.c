/* topology_yaml_values.c - comments and values of a topology's YAML */
#include <string.h>

#include "lp/text.h"
#include "lp/topology_yaml_parts.h"

enum { NOTE_LINE_MAX = 400, DAY_SECONDS = 86400 };

/* ---- comments ---- */

static void put_comment(struct lp_yaml *w, const char *indent, struct lp_str text)
{
    while (text.n) {
        lp_buf_printf(w->out, "%s# ", indent);
        lp_put_term(w->out, lp_str_cut(&text, '\n'), NOTE_LINE_MAX);
        lp_buf_char(w->out, '\n');
    }
}

/* Those of a key, by its name. */
void lp_yaml_notes(struct lp_yaml *w, const char *indent, const char *key)
{
    const struct lp_note *notes = w->notes ? w->notes->at : NULL;
    for (size_t i = 0; notes && i < w->notes->n; i++) {
        if (strcmp(notes[i].at, key) == 0)
            put_comment(w, indent, notes[i].text);
    }
}

/* Those of a value, by where it lies: one name may stand in several places. */
void lp_yaml_notes_of(struct lp_yaml *w, const char *indent, struct lp_str value)
{
    const struct lp_note *notes = w->notes ? w->notes->at : NULL;
    for (size_t i = 0; notes && i < w->notes->n; i++) {
        if (notes[i].at == value.p)
            put_comment(w, indent, notes[i].text);
    }
}

/* ---- values ---- */

/* Names and URLs need no quotes; whatever YAML could take for something else gets them. */
static bool is_plain(struct lp_str s)
{
    bool has_dot = lp_str_find(s, '.') < s.n, has_letter = false;
    for (size_t i = 0; i < s.n; i++) {
        char c = lp_ascii_lower(s.p[i]);
        has_letter = has_letter || (c >= 'a' && c <= 'z');
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && !strchr(".-_/:", c))
            return false;
    }
    return has_dot && has_letter && s.p[0] != '-' && s.p[0] != ':' && s.p[s.n - 1] != ':';
}

void lp_yaml_text(struct lp_yaml *w, struct lp_str s)
{
    if (is_plain(s))
        lp_buf_str(w->out, s);
    else
        lp_put_json(w->out, s);
}

static void put_address(struct lp_yaml *w, const struct lp_addr *address)
{
    char text[LP_ADDR_TEXT];
    lp_addr_format(address, text, sizeof text);
    lp_buf_printf(w->out, address->family == 6 ? "\"%s\"" : "%s", text);
}

void lp_yaml_addresses(struct lp_yaml *w, const struct lp_list *list)
{
    const struct lp_addr *at = list->at;
    lp_buf_char(w->out, '[');
    for (size_t i = 0; i < list->n; i++) {
        lp_buf_text(w->out, i ? ", " : "");
        put_address(w, &at[i]);
    }
    lp_buf_char(w->out, ']');
}

void lp_yaml_names(struct lp_yaml *w, const struct lp_list *list)
{
    const struct lp_str *at = list->at;
    lp_buf_char(w->out, '[');
    for (size_t i = 0; i < list->n; i++) {
        lp_buf_text(w->out, i ? ", " : "");
        lp_yaml_text(w, at[i]);
    }
    lp_buf_char(w->out, ']');
}

/* ---- one-line maps: {key: value, ...} ---- */

static void flow_key(struct lp_yaml *w, const char *key)
{
    bool first = w->out->n && w->out->p[w->out->n - 1] == '{';
    lp_buf_printf(w->out, "%s%s: ", first ? "" : ", ", key);
}

void lp_yaml_flow_text(struct lp_yaml *w, const char *key, struct lp_str value)
{
    if (!value.n)
        return;
    flow_key(w, key);
    lp_yaml_text(w, value);
}

void lp_yaml_flow_addresses(struct lp_yaml *w, const char *key, const struct lp_list *list)
{
    if (!list->n)
        return;
    flow_key(w, key);
    lp_yaml_addresses(w, list);
}

void lp_yaml_flow_number(struct lp_yaml *w, const char *key, int64_t value)
{
    if (value <= 0)
        return;
    flow_key(w, key);
    lp_buf_printf(w->out, "%lld", (long long)value);
}

/* A day where it is one; the end of a waiver is the end of its last day. */
void lp_yaml_flow_time(struct lp_yaml *w, const char *key, lp_utc time, bool end)
{
    char text[32];
    bool whole_day = time % DAY_SECONDS == 0;
    if (time == LP_UTC_NONE)
        return;
    lp_format_utc(whole_day && end ? time - DAY_SECONDS : time, text, sizeof text);
    flow_key(w, key);
    lp_buf_printf(w->out, whole_day ? "%.10s" : "%.16sZ", text);
}
