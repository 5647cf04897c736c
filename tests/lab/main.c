/* main.c - lplab: the command line of the lab */
#include "lab.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_DELAY_MS = 60000 };

static const char usage[] =
    "Usage: lplab [OPTION]... [-- COMMAND ARGUMENT...]\n"
    "Plays a small Lync deployment for " LAB_DOMAIN " and runs COMMAND in it.\n"
    "\n"
    "  --topology FILE   play that one instead, for lyncprobe check\n"
    "  --fault NAME      break one thing; --list names them\n"
    "  --delay-ms N      every answer comes N ms late\n"
    "  --where WHERE     auto, namespace or loopback\n"
    "  --dir DIR         put the root certificates there\n"
    "  --view VIEW       internal or external: which one LPLAB_ARGS is for\n"
    "  --list            print the faults, one a line, and end\n"
    "\n"
    "COMMAND finds LPLAB_DIR, LPLAB_WHERE, LPLAB_FAULT, LPLAB_INSIDE, LPLAB_OUTSIDE,\n"
    "LPLAB_ARGS_INSIDE, LPLAB_ARGS_OUTSIDE and LPLAB_ARGS in its environment. Without it the\n"
    "lab stays until SIGINT or SIGTERM. Exit: COMMAND's status; 64 usage, 70 the lab failed,\n"
    "77 it cannot run here.\n";

static int complain(const char *what, const char *word)
{
    fprintf(stderr, "lplab: %s: %s\n", what, word);
    return LAB_EXIT_USAGE;
}

static int option_fault(struct lab_options *o, const char *word)
{
    o->fault = lab_fault_find(word);
    return o->fault == NULL ? complain("no such fault (see --list)", word) : 0;
}

static int option_delay(struct lab_options *o, const char *word)
{
    char *end;
    unsigned long value;

    errno = 0;
    value = strtoul(word, &end, 10);
    if (errno != 0 || *end != '\0' || end == word || *word == '-' || value > MAX_DELAY_MS)
        return complain("a number from 0 to 60000 is needed", word);
    o->delay_ms = (unsigned)value;
    return 0;
}

static int option_where(struct lab_options *o, const char *word)
{
    static const char *const names[] = {
        [LAB_AUTO] = "auto", [LAB_NAMESPACE] = "namespace", [LAB_LOOPBACK] = "loopback"
    };

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(names[i], word) == 0) {
            o->where = (enum lab_where)i;
            return 0;
        }
    return complain("auto, namespace or loopback is needed", word);
}

static int option_view(struct lab_options *o, const char *word)
{
    if (strcmp(word, "internal") == 0)
        o->view = LAB_INTERNAL;
    else if (strcmp(word, "external") == 0)
        o->view = LAB_EXTERNAL;
    else
        return complain("internal or external is needed", word);
    return 0;
}

static int option_dir(struct lab_options *o, const char *word)
{
    o->dir = word;
    return word[0] == '\0' || strlen(word) > 200 ? complain("no usable directory", word) : 0;
}

static int option_topology(struct lab_options *o, const char *word)
{
    o->topology = word;
    return 0;
}

static int option_list(struct lab_options *o, const char *word)
{
    (void)o;
    (void)word;
    lab_fault_list();
    exit(fflush(stdout) == 0 ? 0 : LAB_EXIT_FAILED);
}

static int option_help(struct lab_options *o, const char *word)
{
    (void)o;
    (void)word;
    fputs(usage, stdout);
    exit(fflush(stdout) == 0 ? 0 : LAB_EXIT_FAILED);
}

static const struct option long_options[] = {
    { "fault", required_argument, NULL, 0 },
    { "delay-ms", required_argument, NULL, 1 },
    { "where", required_argument, NULL, 2 },
    { "view", required_argument, NULL, 3 },
    { "dir", required_argument, NULL, 4 },
    { "list", no_argument, NULL, 5 },
    { "help", no_argument, NULL, 6 },
    { "topology", required_argument, NULL, 7 },
    { NULL, 0, NULL, 0 },
};

static int (*const options[])(struct lab_options *o, const char *word) = {
    option_fault, option_delay, option_where, option_view,
    option_dir,   option_list,  option_help,  option_topology,
};

static int parse(int argc, char **argv, struct lab_options *o)
{
    int status = 0, which;

    while (status == 0 && (which = getopt_long(argc, argv, "+", long_options, NULL)) != -1) {
        if (which == '?') {
            fputs(usage, stderr);
            return LAB_EXIT_USAGE;
        }
        status = options[which](o, optarg);
    }
    if (status == 0 && optind < argc)
        o->command = argv + optind;
    return status;
}

int main(int argc, char **argv)
{
    struct lab_options o = { .view = -1 };
    int status;

    o.fault = lab_fault_find("walk-ok");
    status = parse(argc, argv, &o);
    return status != 0 ? status : lab_front(&o);
}
