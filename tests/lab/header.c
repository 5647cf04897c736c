/* header.c - the text headers that HTTP and SIP share */
#include "lab.h"

#include <openssl/bio.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <time.h>

size_t lab_header_end(const char *text, size_t len)
{
    const char *end = memmem(text, len, "\r\n\r\n", 4);

    return end == NULL ? 0 : (size_t)(end - text) + 4;
}

bool lab_header(const char *text, const char *name, char *out, size_t size)
{
    size_t len = strlen(name);

    out[0] = '\0';
    for (const char *line = strstr(text, "\r\n"); line != NULL; line = strstr(line, "\r\n")) {
        line += 2;
        if (strncasecmp(line, name, len) != 0 || line[len] != ':')
            continue;
        line += len + 1;
        line += strspn(line, " \t");
        snprintf(out, size, "%.*s", (int)strcspn(line, "\r\n"), line);
        return true;
    }
    return false;
}

void lab_put_date(BIO *out, time_t late)
{
    char text[64];
    time_t now = time(NULL) - late;
    struct tm utc;

    gmtime_r(&now, &utc);
    strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &utc);
    BIO_printf(out, "Date: %s\r\n", text);
}
