/* tds.c - what SQL Server answers to PRELOGIN (MS-TDS 2.2.6.5) */
#include "lab.h"

enum { HEADER = 8, PRELOGIN = 0x12, RESPONSE = 0x04, LAST = 0x01, AT_TYPE = 0, AT_LENGTH = 2 };

/* Options: token, offset, length; then their data. Version 11.0.2100 is SQL Server 2012;
 * ENCRYPTION 2: it has no certificate of its own to offer. */
static const unsigned char answer[] = {
    RESPONSE, LAST, 0,    37,   0, 0, 1, 0, /* header: 37 bytes in all */
    0,        0,    21,   0,    6,          /* VERSION */
    1,        0,    27,   0,    1,          /* ENCRYPTION */
    2,        0,    28,   0,    1,          /* INSTOPT */
    4,        0,    29,   0,    0,          /* MARS, empty */
    0xff,                                   /* end of the options */
    11,       0,    0x08, 0x34, 0, 0,       /* version */
    2,                                      /* not supported */
    0,                                      /* the instance is this one */
};

void lab_tds(struct lab *lab, struct lab_conn *c)
{
    const unsigned char *in = (const unsigned char *)c->in;
    size_t len;

    if (c->in_len < HEADER)
        return;
    len = (size_t)in[AT_LENGTH] << 8 | in[AT_LENGTH + 1];
    if (in[AT_TYPE] != PRELOGIN || len < HEADER || len > LAB_IN) {
        lab_conn_finish(lab, c);
        return;
    }
    if (c->in_len < len)
        return;
    lab_conn_used(c, len);
    lab_conn_say(c, answer, sizeof answer);
}
