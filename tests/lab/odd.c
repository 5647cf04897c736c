/* odd.c - Autodiscover bodies that nobody should read: huge, deep, compressed, a DTD */
#include "lab.h"

#include <openssl/bio.h>
#include <string.h>

enum { BIG = 300 * 1024, BOMB = 4 * 1024 * 1024, DEPTH = 5000, BLOCK = 258 };

static const char xml_start[] = "<AutodiscoverResponse AccessLocation=\"External\"><Root>";
static const char xml_end[] = "</Root></AutodiscoverResponse>";
static const char json_start[] = "{\"AccessLocation\":\"External\",\"Root\":{\"Links\":[";
static const char json_end[] = "]}}";

static void repeat(BIO *out, const char *text, size_t times)
{
    for (size_t i = 0; i < times; i++)
        BIO_puts(out, text);
}

static bool wants_xml(const struct lab_request *r)
{
    return strstr(r->accept, "autodiscover+xml") != NULL;
}

/* A document that would be fine, were it not for its length. */
static void big(const struct lab_request *r, struct lab_reply *reply)
{
    bool xml = wants_xml(r);

    BIO_puts(reply->body, xml ? xml_start : json_start);
    repeat(reply->body, "                ", BIG / 16);
    BIO_puts(reply->body, xml ? xml_end : json_end);
}

static void deep(const struct lab_request *r, struct lab_reply *reply)
{
    bool xml = wants_xml(r);

    BIO_puts(reply->body, xml ? xml_start : json_start);
    repeat(reply->body, xml ? "<a>" : "[", DEPTH);
    repeat(reply->body, xml ? "</a>" : "]", DEPTH);
    BIO_puts(reply->body, xml ? xml_end : json_end);
}

/* XML whatever was asked for: only XML has a document type. */
static void doctype(const struct lab_request *r, struct lab_reply *reply)
{
    (void)r;
    reply->type = "application/vnd.microsoft.rtc.autodiscover+xml; v=1";
    BIO_puts(reply->body, "<?xml version=\"1.0\"?><!DOCTYPE AutodiscoverResponse ["
                          "<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;\">"
                          "<!ENTITY c \"&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;\">]>");
    BIO_puts(reply->body, xml_start);
    BIO_puts(reply->body, "<Link token=\"Domain\" href=\"&d;\"/>");
    BIO_puts(reply->body, xml_end);
}

/* Bits of a deflate stream, least significant first (RFC 1951). */
struct bits {
    BIO *out;
    uint32_t held;
    unsigned count;
};

static void put_bit(struct bits *b, unsigned bit)
{
    unsigned char byte;

    b->held |= (uint32_t)bit << b->count;
    if (++b->count < 8)
        return;
    byte = (unsigned char)b->held;
    BIO_write(b->out, &byte, 1);
    b->held = 0;
    b->count = 0;
}

/* A Huffman code goes out from its most significant bit. */
static void put_code(struct bits *b, unsigned code, unsigned width)
{
    while (width-- > 0)
        put_bit(b, code >> width & 1);
}

static void put_le32(BIO *out, uint32_t value)
{
    unsigned char bytes[4];

    for (int i = 0; i < 4; i++)
        bytes[i] = (unsigned char)(value >> (8 * i) & 0xff);
    BIO_write(out, bytes, 4);
}

static uint32_t crc_of_blanks(size_t len)
{
    uint32_t crc = 0xffffffff;

    for (size_t i = 0; i < len; i++) {
        crc ^= ' ';
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ ((crc & 1) != 0 ? 0xedb88320 : 0);
    }
    return ~crc;
}

/* One fixed block: a blank, then copies of the 258 bytes before (length 285, distance
 * 0). */
static void bomb(BIO *out)
{
    static const unsigned char head[] = { 0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3 };
    struct bits b = { out, 0, 0 };
    size_t blocks = BOMB / BLOCK;

    BIO_write(out, head, sizeof head);
    put_bit(&b, 1);
    put_bit(&b, 1);
    put_bit(&b, 0);
    put_code(&b, 0x30 + ' ', 8);
    for (size_t i = 0; i < blocks; i++) {
        put_code(&b, 0xc5, 8);
        put_code(&b, 0, 5);
    }
    put_code(&b, 0, 7);
    while (b.count != 0)
        put_bit(&b, 0);
    put_le32(out, crc_of_blanks(1 + blocks * BLOCK));
    put_le32(out, (uint32_t)(1 + blocks * BLOCK));
}

/* Who takes no gzip gets the same body as it is. */
static void gzip(const struct lab_request *r, struct lab_reply *reply)
{
    reply->gzip = r->gzip;
    if (r->gzip)
        bomb(reply->body);
    else
        repeat(reply->body, "                ", BOMB / 16);
}

void lab_document_odd(const struct lab_request *r, struct lab_reply *reply, enum lab_page page)
{
    static const struct {
        enum lab_page page;
        void (*write)(const struct lab_request *r, struct lab_reply *reply);
    } odd[] = {
        { LAB_PAGE_BIG, big },
        { LAB_PAGE_DEEP, deep },
        { LAB_PAGE_DOCTYPE, doctype },
        { LAB_PAGE_GZIP, gzip },
    };

    reply->type = wants_xml(r) ? "application/vnd.microsoft.rtc.autodiscover+xml; v=1"
                               : "application/json; charset=utf-8";
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++)
        if (odd[i].page == page)
            odd[i].write(r, reply);
}
