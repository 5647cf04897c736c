/* tds.h - the first exchange with a SQL Server: PRELOGIN (MS-TDS 2.2.6.5). [probe] */
#ifndef LP_TDS_H
#define LP_TDS_H

#include "lp/buf.h"

/* What the server's PRELOGIN says. */
struct lp_tds {
    int64_t major, minor, build; /* version of SQL Server: 11, 0, 7001; -1 not said */
    int64_t encryption;          /* its number of ENCRYPTION, 0 to 3; -1 not said */
};

enum {
    LP_TDS_MAX = 4096,  /* bytes of the answer's one packet: the size of TDS before a login */
    LP_TDS_OPTIONS = 32 /* options of one answer */
};

/* Appends our PRELOGIN: encryption is known and not asked for, no instance, no login follows. */
void lp_tds_put_prelogin(struct lp_buf *out);

enum lp_tds_read { LP_TDS_MORE, LP_TDS_COMPLETE, LP_TDS_NOT_TDS };
/*
 * Reads all bytes received so far; the same result however they were split. Never
 * LP_TDS_MORE with eof. out is filled when the packet is complete, else all -1.
 */
enum lp_tds_read lp_tds_decode(struct lp_str in, bool eof, struct lp_tds *out);

/* "off" (for the login alone), "on", "not-supported", "required"; unset for another number. */
struct lp_str lp_tds_encryption_word(int64_t encryption);
/* "SQL Server 2012" for 11.0; unset: a version that we do not know. */
struct lp_str lp_tds_product(int64_t major, int64_t minor);

#endif
