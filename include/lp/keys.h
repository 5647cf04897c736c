/* keys.h - the text that identifies a question; grammar in ask.h. */
#ifndef LP_KEYS_H
#define LP_KEYS_H

#include "lp/ask.h"
#include "lp/survey.h"

/* "dns 0 SRV _sip._tls.contoso.com"; the name is brought to lower case without
   trailing dot. */
struct lp_str lp_dns_key(struct lp_arena *arena, const struct lp_resolved *question);
/* Key of a probe's ask from its probe, url or host and port, address, connect_port,
   plain. */
struct lp_str lp_probe_key(struct lp_arena *arena, const struct lp_ask *ask);

#endif
