/* main.c - start, command line, command, exit status */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/auxv.h>
#include <unistd.h>

#include "lp/alloc.h"
#include "lp/options.h"

/* A closed descriptor would be the next socket's number, and the report would go to a server. */
static void open_standard_files(void)
{
    for (int fd = 0; fd <= 2; fd++) {
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd ? O_WRONLY : O_RDONLY) < 0)
            _exit(LP_EXIT_UNDECIDED);
    }
}

/* What is in the environment must not steer libraries (DESIGN 6b). */
static void clean_environment(void)
{
    static const char *const names[] = {
        "http_proxy",      "https_proxy",     "HTTP_PROXY",    "HTTPS_PROXY",   "all_proxy",
        "ALL_PROXY",       "no_proxy",        "NO_PROXY",      "HOSTALIASES",   "OPENSSL_CONF",
        "SSLKEYLOGFILE",   "RES_OPTIONS",     "LOCALDOMAIN",   "SSL_CERT_FILE", "SSL_CERT_DIR",
        "OPENSSL_MODULES", "OPENSSL_ENGINES", "CARES_SERVERS", "CARES_OPTIONS", "NETRC",
        "CURL_HOME",
    };
    for (size_t i = 0; i < LP_COUNT(names); i++)
        unsetenv(names[i]);
}

static int print(void (*write)(struct lp_buf *out, bool all), bool all)
{
    struct lp_error error = { "" };
    struct lp_buf out = lp_buf_new(1 << 20);
    write(&out, all);
    bool ok = lp_put_stdout(lp_buf_view(&out), &error);
    lp_buf_release(&out);
    return ok ? 0 : lp_complain(&error, LP_EXIT_UNDECIDED);
}

static void put_version(struct lp_buf *out, bool all)
{
    (void)all;
    lp_buf_text(out, "lyncprobe " LP_VERSION "\n");
}

static void put_man(struct lp_buf *out, bool all)
{
    (void)all;
    lp_dump_man(out);
}

static int run(struct lp_arena *arena, int argc, char **argv)
{
    struct lp_config config = { .arena = arena };
    struct lp_error error = { "" };
    if (!lp_options_parse(&config, argc, argv, &error))
        return lp_complain(&error, LP_EXIT_USAGE);
    if (config.version)
        return print(put_version, false);
    if (config.dump_man)
        return print(put_man, false);
    if (config.help)
        return print(lp_help, config.help_topic.n > 0);
    return config.command->run(&config);
}

int main(int argc, char **argv)
{
    struct lp_arena arena = { 0 };
    if (getauxval(AT_SECURE))
        return LP_EXIT_UNDECIDED;
    lp_alloc_arm_from_environment();
    open_standard_files();
    clean_environment();
    int status = run(&arena, argc, argv);
    lp_arena_release(&arena);
    return status;
}
