/* facts.c - the field tables of the facts, and the words of DNS types. */
#include "lp/facts.h"

#include <stdio.h>

#include "lp/ocsp.h"

struct type_word {
    int64_t type;
    const char *word;
};

static const struct type_word type_words[] = {
    { LP_DNS_A, "A" },     { LP_DNS_NS, "NS" },     { LP_DNS_CNAME, "CNAME" },
    { LP_DNS_SOA, "SOA" }, { LP_DNS_AAAA, "AAAA" }, { LP_DNS_SRV, "SRV" },
};

const char *lp_dns_type_word(int64_t type, char out[12])
{
    for (size_t i = 0; i < LP_COUNT(type_words); i++)
        if (type_words[i].type == type)
            return type_words[i].word;
    /* Types are 16 bits wide; a recording may claim anything. */
    snprintf(out, 12, "TYPE%u", (unsigned)(type & 0xffff));
    return out;
}

int64_t lp_dns_type_from(struct lp_str word)
{
    uint64_t number = 0;

    for (size_t i = 0; i < LP_COUNT(type_words); i++)
        if (lp_str_eq_nocase(word, lp_str_of(type_words[i].word)))
            return type_words[i].type;
    if (lp_str_starts_nocase(word, "TYPE") &&
        lp_str_to_u64(lp_str_sub(word, 4, word.n), 65535, &number))
        return (int64_t)number;
    return 0;
}

static const struct lp_field rr_fields[] = {
    LP_FIELD(struct lp_rr, section, "section of the message: answer or authority"),
    LP_FIELD(struct lp_rr, owner, "owner name"),
    LP_FIELD(struct lp_rr, type, "record type, IANA number"),
    LP_FIELD(struct lp_rr, ttl, "time to live, seconds"),
    LP_FIELD(struct lp_rr, address, "address of an A or AAAA record"),
    LP_FIELD(struct lp_rr, name, "target of a CNAME, SRV or NS, primary server of an SOA"),
    LP_FIELD(struct lp_rr, priority, "SRV priority"),
    LP_FIELD(struct lp_rr, weight, "SRV weight"),
    LP_FIELD(struct lp_rr, port, "SRV port"),
    LP_FIELD(struct lp_rr, minimum, "SOA minimum: negative time to live, seconds"),
    LP_FIELD_END,
};

const struct lp_field lp_dns_fields[] = {
    LP_FIELD(struct lp_dns_facts, server, "index of the server that was asked"),
    LP_FIELD(struct lp_dns_facts, from, "address and port that answered, or override"),
    LP_FIELD(struct lp_dns_facts, name, "name that was asked"),
    LP_FIELD(struct lp_dns_facts, type, "type that was asked, IANA number"),
    LP_FIELD(struct lp_dns_facts, rcode, "response code; -1 no answer"),
    LP_FIELD(struct lp_dns_facts, aa, "authoritative answer"),
    LP_FIELD(struct lp_dns_facts, tc, "truncated"),
    LP_FIELD(struct lp_dns_facts, rd, "recursion desired"),
    LP_FIELD(struct lp_dns_facts, ra, "recursion available"),
    LP_FIELD(struct lp_dns_facts, ad, "authentic data"),
    LP_FIELD(struct lp_dns_facts, tcp, "the answer came over TCP"),
    LP_FIELD(struct lp_dns_facts, truncated, "the UDP answer was truncated and asked over TCP"),
    LP_FIELD(struct lp_dns_facts, tries, "packets sent for the question"),
    LP_FIELD(struct lp_dns_facts, cut, "records left out at a limit"),
    LP_FIELD_LIST(struct lp_dns_facts, rrs, struct lp_rr, rr_fields, "resource records"),
    LP_FIELD_BYTES(struct lp_dns_facts, wire, "the raw answer"),
    LP_FIELD_END,
};

static const struct lp_field verify_fields[] = {
    LP_FIELD(struct lp_verify, done, "the chain was checked against this store"),
    LP_FIELD(struct lp_verify, code, "X509_V code; 0 verified"),
    LP_FIELD(struct lp_verify, depth, "where it failed; 0 leaf"),
    LP_FIELD(struct lp_verify, text, "the code in words"),
    LP_FIELD(struct lp_verify, root, "subject of the root that the chain ended at"),
    LP_FIELD_END,
};

const struct lp_field lp_link_fields[] = {
    LP_FIELD(struct lp_link, host, "name that the client uses: SNI and certificate name"),
    LP_FIELD(struct lp_link, port, "port that the record names"),
    LP_FIELD(struct lp_link, address, "address that was probed"),
    LP_FIELD(struct lp_link, connect_port, "port that the packet went to"),
    LP_FIELD(struct lp_link, plain, "no TLS wanted here"),
    LP_FIELD(struct lp_link, overridden, "address from --resolve or --connect-to"),
    LP_FIELD(struct lp_link, connect, "outcome of the connection"),
    LP_FIELD(struct lp_link, connect_us, "TCP handshake, microseconds; -1 none"),
    LP_FIELD(struct lp_link, tls, "outcome of the TLS handshake"),
    LP_FIELD(struct lp_link, tls_us, "TLS handshake, microseconds; -1 none"),
    LP_FIELD(struct lp_link, protocol, "TLS version"),
    LP_FIELD(struct lp_link, cipher, "cipher suite"),
    LP_FIELD(struct lp_link, alert, "TLS alert number received; -1 none"),
    LP_FIELD(struct lp_link, asks_certificate, "the server asked for a client certificate"),
    LP_FIELD(struct lp_link, alert_after_certificate, "alert after our empty certificate"),
    LP_FIELD_BYTES(struct lp_link, first_bytes, "what came instead of TLS, at most 64 bytes"),
    LP_FIELD_STRS(struct lp_link, chain, "SHA-256 of each certificate as sent, leaf first"),
    LP_FIELD_LIST(struct lp_link, staples, struct lp_ocsp, lp_ocsp_answer_fields,
                  "OCSP responses stapled to the handshake, in order of the chain"),
    LP_FIELD_STRUCT(struct lp_link, private_store, verify_fields, "chain against --cacert"),
    LP_FIELD_STRUCT(struct lp_link, public_store, verify_fields, "chain against the public roots"),
    LP_FIELD_END,
};

const struct lp_field lp_http_fields[] = {
    LP_FIELD(struct lp_http, url, "URL in normal form"),
    LP_FIELD(struct lp_http, hop, "0 for the first request, one more per redirect"),
    LP_FIELD(struct lp_http, status, "HTTP status; -1 no status line"),
    LP_FIELD(struct lp_http, location, "Location of a redirect, as sent"),
    LP_FIELD(struct lp_http, content_type, "Content-Type"),
    LP_FIELD(struct lp_http, server, "Server"),
    LP_FIELD(struct lp_http, server_fqdn, "X-MS-Server-Fqdn"),
    LP_FIELD(struct lp_http, ticket_url, "X-MS-WebTicketURL"),
    LP_FIELD(struct lp_http, authenticate, "first WWW-Authenticate"),
    LP_FIELD_UTC(struct lp_http, date, "server clock (Date), seconds since 1970 UTC"),
    LP_FIELD(struct lp_http, headers, "bytes of header seen"),
    LP_FIELD(struct lp_http, body_size, "bytes of body seen"),
    LP_FIELD(struct lp_http, limit, "limit that stopped the reading"),
    LP_FIELD(struct lp_http, first_byte_us, "request to first byte, microseconds; -1 none"),
    LP_FIELD(struct lp_http, total_us, "whole request, microseconds"),
    LP_FIELD_BYTES(struct lp_http, body, "body, as far as read"),
    LP_FIELD_END,
};

const struct lp_field lp_certificate_fields[] = {
    LP_FIELD(struct lp_certificate, sha256, "SHA-256 of the DER, hex"),
    LP_FIELD(struct lp_certificate, readable, "it could be parsed"),
    LP_FIELD(struct lp_certificate, subject, "subject, one line"),
    LP_FIELD(struct lp_certificate, common_name, "last common name of the subject"),
    LP_FIELD(struct lp_certificate, issuer, "issuer, one line"),
    LP_FIELD(struct lp_certificate, serial, "serial number, hex"),
    LP_FIELD_UTC(struct lp_certificate, not_before, "start of validity, seconds since 1970 UTC"),
    LP_FIELD_UTC(struct lp_certificate, not_after, "end of validity, seconds since 1970 UTC"),
    LP_FIELD_STRS(struct lp_certificate, san, "dNSName entries of the SAN, at most 512"),
    LP_FIELD(struct lp_certificate, san_count, "number of dNSName entries"),
    LP_FIELD_STRS(struct lp_certificate, eku, "extended key usages"),
    LP_FIELD(struct lp_certificate, has_eku, "the extended key usage extension is there"),
    LP_FIELD(struct lp_certificate, key_type, "type of the public key"),
    LP_FIELD(struct lp_certificate, key_bits, "size of the public key, bits"),
    LP_FIELD(struct lp_certificate, curve, "curve of an EC key"),
    LP_FIELD(struct lp_certificate, signature, "signature algorithm"),
    LP_FIELD(struct lp_certificate, digest, "digest of the signature"),
    LP_FIELD(struct lp_certificate, is_ca, "it is a certificate authority"),
    LP_FIELD(struct lp_certificate, self_issued, "issuer equals subject"),
    LP_FIELD(struct lp_certificate, self_signed, "its own key verifies it"),
    LP_FIELD_STRS(struct lp_certificate, cdp, "CRL distribution point URLs"),
    LP_FIELD_STRS(struct lp_certificate, ocsp, "OCSP URLs"),
    LP_FIELD_STRS(struct lp_certificate, issuers, "URLs of the issuer's certificate"),
    LP_FIELD(struct lp_certificate, bad_encoding, "what is wrong with a name"),
    LP_FIELD_BYTES(struct lp_certificate, der, "the certificate itself"),
    LP_FIELD_END,
};
