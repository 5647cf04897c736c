/* pem.h - certificates in a file: PEM blocks (RFC 7468), or one DER certificate. */
#ifndef LP_PEM_H
#define LP_PEM_H

#include "lp/field.h"

enum { LP_PEM_CERTIFICATES_MAX = 16, LP_PEM_FILE_MAX = 1024 * 1024 };

/*
 * The DER of each certificate, in the order of the file: struct lp_str in the arena. Blocks of
 * other kinds, keys among them, are passed over unread. Nothing is said about what is in the DER.
 * False: error says "line N: ..." or that there is no certificate.
 */
LP_MUST_CHECK bool lp_pem_certificates(struct lp_arena *arena, struct lp_str bytes,
                                       struct lp_list *ders, struct lp_error *error);

#endif
