/* dns_acts.h - what a hostile name server answers; false: the honest answer */
#ifndef HOSTILE_DNS_ACTS_H
#define HOSTILE_DNS_ACTS_H

#include "hostile.h"

/* ---- the honest answer, changed ---- */
bool act_patch(struct exchange *x);           /* text: pairs of offset and mask, each xored */
bool act_cut(struct exchange *x);             /* to `count` bytes; less than 0: so many fewer */
bool act_question(struct exchange *x);        /* another name in it */
bool act_upper(struct exchange *x);           /* upper case in the question */
bool act_class(struct exchange *x);           /* of the answer record */
bool act_ttl(struct exchange *x);             /* TTL of all records is `count` */
bool act_rdlength(struct exchange *x);        /* of the answer record: `count` more */
bool act_behind(struct exchange *x);          /* text behind it */
bool act_port(struct exchange *x);            /* from another port */
bool act_late(struct exchange *x);            /* after pause_ms */
bool act_after(struct exchange *x);           /* `count` wrong ones before it */
bool act_twice(struct exchange *x);           /* NXDOMAIN behind it */
bool act_udp_flood(struct exchange *x);       /* it, for ever; `count`: only so many bytes of it */
bool act_udp_flood_wrong(struct exchange *x); /* with a wrong id, for ever */
bool act_one_try(struct exchange *x);         /* only to try number `count` */
/* ---- made up ---- */
bool act_silence(struct exchange *x);
bool act_rcode(struct exchange *x);         /* `count`, no record; text: additional section */
bool act_header_only(struct exchange *x);   /* rcode `count`, no question */
bool act_extended(struct exchange *x);      /* extended rcode `count` in an OPT record */
bool act_raw(struct exchange *x);           /* text is the whole answer section of one record */
bool act_srv(struct exchange *x);           /* one target: text (wire), port `count` */
bool act_srv_many(struct exchange *x);      /* `count` targets t0.. by TCP, and their addresses */
bool act_duplicates(struct exchange *x);    /* the same record `count` times */
bool act_address(struct exchange *x);       /* text is the address */
bool act_addresses(struct exchange *x);     /* `count` of them */
bool act_stuffed(struct exchange *x);       /* by TCP: `count` bytes of other records before it */
bool act_stuffed_all(struct exchange *x);   /* no answer, but a long authority section */
bool act_pointers(struct exchange *x);      /* by TCP: a chain of `count` pointers */
bool act_labels(struct exchange *x);        /* by TCP: `count` names of 127 labels each */
bool act_aliases(struct exchange *x);       /* a chain of `count` in one message */
bool act_alias(struct exchange *x);         /* to text (wire) */
bool act_alias_endless(struct exchange *x); /* one more with every question */
bool act_alias_ring(struct exchange *x);    /* of three names */
bool act_yes(struct exchange *x);           /* every name has our address, every service too */
/* ---- TCP ---- */
bool act_tc(struct exchange *x);        /* always truncated, by TCP as well */
bool act_tcp_drip(struct exchange *x);  /* truncated by UDP; by TCP a byte every pause_ms */
bool act_tcp_close(struct exchange *x); /* text, then closed */
bool act_tcp_flood(struct exchange *x); /* text for ever */

#endif
