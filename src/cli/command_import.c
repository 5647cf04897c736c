/* command_import.c - "lyncprobe import": the product's topology document as a topology file */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "lp/csdoc.h"
#include "lp/options.h"
#include "lp/text.h"
#include "lp/topology_import.h"
#include "lp/topology_yaml.h"

/* A document that comes from a descriptor. */
struct input {
    int fd;
    const char *name; /* harmless */
};

static bool read_chunk(void *self, char *room, size_t *n, struct lp_error *error)
{
    const struct input *input = self;
    size_t got = 0;
    while (got < *n) {
        ssize_t more = read(input->fd, room + got, *n - got);
        if (more < 0 && errno == EINTR)
            continue;
        if (more < 0)
            return lp_fail(error, "%s: %s", input->name, strerrordesc_np(errno));
        if (more == 0)
            break;
        got += (size_t)more;
    }
    *n = got;
    return true;
}

static bool load(struct lp_config *config, struct lp_str word, struct lp_cs_doc *doc,
                 struct lp_error *error)
{
    const char *name = lp_str_eq(word, LP_STR("-")) ? "standard input" : word.p;
    struct input input = { lp_open_input(word.p), lp_term(config->arena, lp_str_of(name)) };
    struct lp_cs_source source = { name, &input, read_chunk };
    if (input.fd < 0)
        return lp_fail(error, "%s: %s", input.name, strerrordesc_np(errno));
    bool ok = lp_cs_read(&source, config->arena, doc, error);
    close(input.fd);
    return ok;
}

/* What is written can be read: a document may contradict itself in ways that only the reader of
 * topologies knows. */
static bool write_checked(struct lp_config *config, const struct lp_noted *imported,
                          struct lp_buf *out, struct lp_error *error)
{
    struct lp_topology again;
    lp_topology_write(&imported->topology, &imported->notes, out);
    if (out->cut)
        return lp_fail(error, lp_in_lang(config, "a topology of more than 4 MiB"));
    return lp_topology_read(
        config->arena,
        &(struct lp_topology_text){ LP_STR("the imported topology"), lp_buf_view(out) }, &again,
        error);
}

static int import(struct lp_config *config, struct lp_str word, struct lp_buf *out)
{
    struct lp_error error = { "" }, inner = { "" };
    struct lp_cs_doc doc;
    struct lp_noted imported;
    if (!load(config, word, &doc, &error))
        return lp_complain(&error, LP_EXIT_DATA);
    if (lp_topology_import(&doc, config->arena, &imported, &inner) &&
        write_checked(config, &imported, out, &inner))
        return lp_print(out);
    lp_fail(&error, "%s: %s", lp_word(config->arena, word), inner.text);
    return lp_complain(&error, LP_EXIT_DATA);
}

int lp_command_import(struct lp_config *config)
{
    const struct lp_str *words = config->words.at;
    struct lp_error error = { "" };
    if (config->words.n != 1) {
        lp_fail(&error,
                lp_in_lang(config,
                           "import needs one topology document (a .tbxml file, or the output of "
                           "Get-CsTopology -AsXml), or - for standard input"));
        return lp_complain(&error, LP_EXIT_USAGE);
    }
    struct lp_buf out = lp_buf_new(LP_TOPOLOGY_FILE_MAX);
    int status = import(config, words[0], &out);
    lp_buf_release(&out);
    return status;
}
