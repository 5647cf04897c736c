/* tables.h - the tables of behaviours, and bytes that several rows use */
#ifndef HOSTILE_TABLES_H
#define HOSTILE_TABLES_H

#include "hostile.h"

extern const struct hp_row hp_dns_rows[], hp_dns_name_rows[], hp_tcp_rows[], hp_tls_rows[],
    hp_cert_rows[], hp_http_rows[], hp_redirect_rows[], hp_wide_rows[], hp_doc_rows[],
    hp_sip_rows[], hp_old_rows[];

extern const struct hp_forge hp_tls12;

/* A record of 4096 HelloRequest messages. */
#define HP_RECORD (5 + 16384)
extern const char hp_hello_requests[HP_RECORD];

/* The answer of a healthy registrar. */
#define HP_SIP_401                                                                        \
    "SIP/2.0 401 Unauthorized\r\nServer: RTC/6.0\r\n"                                     \
    "WWW-Authenticate: NTLM realm=\"SIP Communications Service\", targetname=\"sip\"\r\n" \
    "Content-Length: 0\r\n\r\n"

#define HP_OK "HTTP/1.1 200 OK\r\n"
#define HP_XML_TYPE "Content-Type: application/vnd.microsoft.rtc.autodiscover+xml; v=1\r\n"
#define HP_JSON_TYPE "Content-Type: application/json\r\n"
#define HP_XML_START "<AutodiscoverResponse AccessLocation=\"External\"><Root>"
#define HP_XML_END "</Root></AutodiscoverResponse>"
#define HP_ROOT                                                                               \
    HP_XML_START "<Link token=\"Domain\" href=\"https://webext.contoso.example/Autodiscover/" \
                 "AutodiscoverService.svc/root/domain\"/>" HP_XML_END

#endif
