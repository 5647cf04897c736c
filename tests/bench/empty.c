/* empty.c - a program that does nothing, linked to the libraries that lyncprobe is linked to */
#include <ares.h>
#include <curl/curl.h>
#include <expat.h>
#include <idn2.h>
#include <jansson.h>
#include <ldns/ldns.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <seccomp.h>
#include <yaml.h>

/* One symbol of each, or --as-needed leaves the library out. */
typedef void function(void);
static function *const volatile one_of_each[] = {
    (function *)ares_version,     (function *)curl_version,       (function *)XML_ExpatVersion,
    (function *)json_decref,      (function *)idn2_check_version, (function *)SSL_new,
    (function *)X509_new,         (function *)seccomp_version,    (function *)json_object,
    (function *)yaml_get_version, (function *)ldns_version,
};

int main(void)
{
    return one_of_each[0] == NULL;
}
