/* tls_acts.h - meetings with a client that speaks TLS */
#ifndef HOSTILE_TLS_ACTS_H
#define HOSTILE_TLS_ACTS_H

#include "hostile.h"

/* Instead of a handshake (rows with `raw`). */
void meet_alert(struct peer *p);        /* a fatal alert, number `count` */
void meet_cut_hold(struct peer *p);     /* ServerHello, then silence */
void meet_cut_reset(struct peer *p);    /* all but the last `count` bytes of the flight, RST */
void meet_cut_close(struct peer *p);    /* the same, FIN */
void meet_flight(struct peer *p);       /* the whole flight, then silence */
void meet_slow_flight(struct peer *p);  /* a byte of it every pause_ms */
void meet_patch(struct peer *p);        /* the byte at `count` changed to more's first */
void meet_hello_flood(struct peer *p);  /* ServerHello, then `more` for ever */
void meet_flight_flood(struct peer *p); /* the flight, then `more` for ever */
void meet_retry(struct peer *p);        /* HelloRetryRequest again and again */
void meet_no_certificates(struct peer *p);
/* Behind one. */
void meet_tickets(struct peer *p); /* session tickets for ever */
void meet_key_updates(struct peer *p);
void meet_renegotiate(struct peer *p);  /* TLS 1.2: for ever */
void meet_plain_behind(struct peer *p); /* text, not encrypted */
void meet_rude(struct peer *p);         /* heard, then FIN without close_notify */
void meet_reset_behind(struct peer *p);
void meet_alert_behind(struct peer *p);

#endif
