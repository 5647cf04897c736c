/* tls_quick.h - keys of certificates without OpenSSL's long search for a decoder */
#ifndef LP_TLS_QUICK_H
#define LP_TLS_QUICK_H

#include <openssl/types.h>

/* From here on RSA and EC keys of certificates are decoded the direct way, in the whole process: a
   third less CPU for a handshake (performance, not behaviour: the same certificates are accepted,
   and the same refused). Not where this process signs with a key of its own: OpenSSL 3.0 would use
   the old methods for that, too. NULL: this OpenSSL needs no help, or refuses it. */
ENGINE *lp_tls_quick_begin(void);
/* NULL is harmless. */
void lp_tls_quick_end(ENGINE *engine);

#endif
