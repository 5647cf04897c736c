/* main.c - start, command line, command, exit status */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/auxv.h>
#include <unistd.h>

#include "lp/alloc.h"
#include "lp/session.h"

/* A closed descriptor would be the number of the next socket, and the report would go to a server.
 * Opened the wrong way round, so that reading or writing is still an error. */
static void open_standard_files(void)
{
    for (int fd = 0; fd <= 2; fd++) {
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd ? O_RDONLY : O_WRONLY) < 0)
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

/* The texts about the program itself. */
static int print_own(const struct lp_config *config)
{
    struct lp_buf out = lp_buf_new(1 << 20);
    if (config->version)
        lp_buf_text(&out, "lyncprobe " LP_VERSION "\n");
    else if (config->who->plugin)
        lp_check_help(&out);
    else if (!lp_dump_completion(&out, config->completion) &&
             !lp_dump_roff(&out, config->dump_part))
        lp_help(&out, config->lang, config->help_topic.n > 0);
    int status = lp_print_page(config, &out);
    lp_buf_release(&out);
    return status;
}

/* A plugin's statuses are 0 to 3: what is no verdict is not known. */
static int as_plugin(const struct lp_config *config, int status)
{
    return config->who->plugin && status > LP_EXIT_UNDECIDED ? LP_EXIT_UNDECIDED : status;
}

/* A scheduler shows the first line of standard output, and nothing else. */
static int complain_usage(const struct lp_config *config, const struct lp_error *error)
{
    if (!config->who->plugin)
        return lp_complain(error, LP_EXIT_USAGE);
    printf("LYNC UNKNOWN - %s\n", error->text);
    return LP_EXIT_UNDECIDED;
}

static int run(struct lp_arena *arena, int argc, char **argv)
{
    struct lp_config config = { .arena = arena };
    struct lp_error error = { "" };
    if (lp_personality_of(argc ? argv[0] : NULL)->plugin)
        (void)dup2(STDOUT_FILENO, STDERR_FILENO);
    if (!lp_options_parse(&config, argc, argv, &error))
        return complain_usage(&config, &error);
    if (config.who->plugin && !config.words.n && !config.topology_file && !config.help &&
        !config.version) {
        lp_fail(&error, lp_in_lang(&config, "no domain given: -H DOMAIN"));
        return complain_usage(&config, &error);
    }
    if (config.version || config.dump_part.n || config.completion.n || config.help)
        return print_own(&config) || config.who->plugin ? LP_EXIT_UNDECIDED : 0;
    return as_plugin(&config, config.command->run(&config));
}

int main(int argc, char **argv)
{
    static const struct lp_error privileged = { "does not run set-user-ID or with capabilities" };
    struct lp_arena arena = { 0 };
    open_standard_files();
    if (getauxval(AT_SECURE))
        return lp_complain(&privileged, LP_EXIT_UNDECIDED);
    lp_alloc_arm_from_environment();
    clean_environment();
    lp_signals_begin();
    lp_alloc_hook_json();
    int status = run(&arena, argc, argv);
    lp_arena_release(&arena);
    return status;
}
