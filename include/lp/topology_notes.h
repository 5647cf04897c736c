/* topology_notes.h - remarks beside a topology: what nobody could know, as comments of its file. */
#ifndef LP_TOPOLOGY_NOTES_H
#define LP_TOPOLOGY_NOTES_H

#include "lp/topology.h"

/* One remark. */
struct lp_note {
    /* Where it stands: above the pool, member, service, URL or SIP domain whose name begins at this
     * very address, or above the key of this name ("simple-urls", "xmpp"), be it written or not;
     * "": at the head of the file. */
    const char *at;
    struct lp_str text; /* clean; a newline begins another line of comment */
};

/* A topology with its remarks. */
struct lp_noted {
    struct lp_topology topology; /* without marks, file and digest */
    struct lp_list notes;        /* struct lp_note */
};

enum { LP_NOTES_MAX = 2048 };

/* Appends a remark to a list of struct lp_note; what is formatted must be harmless (lp_term).
 * Beyond LP_NOTES_MAX they are dropped: only a hostile document has so many. */
void lp_note_add(struct lp_arena *arena, struct lp_list *notes, const char *at, const char *format,
                 ...) LP_PRINTF(4, 5);

#endif
