/* tables.c - all tables, and bytes that several rows use */
#include "tables.h"

const struct hp_forge hp_tls12 = { .version = TLS1_2_VERSION };

const char hp_hello_requests[HP_RECORD] = { 22, 3, 3, 0x40, 0 };

/* Nothing is attacked: what the others are compared with. */
static const struct hp_row healthy_rows[] = {
    { .name = "healthy", .expect = ".verdict == \"ok\" and .complete" },
    { 0 },
};

const struct hp_row *const hp_tables[] = {
    healthy_rows, hp_dns_rows,      hp_dns_name_rows, hp_tcp_rows, hp_tls_rows,  hp_cert_rows,
    hp_http_rows, hp_redirect_rows, hp_doc_rows,      hp_sip_rows, hp_wide_rows, hp_old_rows,
    NULL,
};
