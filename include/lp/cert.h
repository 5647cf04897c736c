/* cert.h - certificate facts from DER, and the name rules of RFC 6125 over the SAN. */
#ifndef LP_CERT_H
#define LP_CERT_H

#include "lp/arena.h"
#include "lp/facts.h"

/*
 * Decodes one DER certificate, and nothing behind it (OpenSSL; only the worker and tests
 * call it). Strings in the arena, all clean text. What cannot be parsed leaves readable
 * false; sha256 and der are always set. OpenSSL's error queue is empty afterwards.
 */
void lp_cert_decode(struct lp_arena *arena, struct lp_str der, struct lp_certificate *out);

/*
 * Pure, no OpenSSL. Does a SAN entry match the host (RFC 6125 6.4)? The left-most label
 * may be "*" alone and stands for exactly one label, never in a name of fewer than three
 * labels ("*.com"); no partial wildcards; a host that is no host name never matches, and
 * an IP literal only "IP:" and the same address. Never looser than X509_check_host and
 * X509_check_ip, stricter only as tests/unit/test_san.c says.
 */
bool lp_san_matches(struct lp_str entry, struct lp_str host);
/*
 * Does any entry of the certificate match? The common name does not count (clients ignore
 * it when a SAN is there, and we require one: domain.md 5.2). by: the entry that matched;
 * may be NULL.
 */
bool lp_cert_covers(const struct lp_certificate *cert, struct lp_str host, struct lp_str *by);

#endif
