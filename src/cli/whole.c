/* whole.c - documents that are made in one piece, to files and to standard output */
#include "lp/session.h"

/* A whole plan of a topology at its largest. */
enum { WHOLE_MAX = 1 << 30 };

static bool write_file(const struct lp_config *config, const struct lp_whole_document *document,
                       const struct lp_output *output, struct lp_error *error)
{
    struct lp_buf out = lp_buf_new(WHOLE_MAX);
    struct lp_sink sink;
    document->render(document->self, config, output, &out);
    bool ok = lp_sink_open(&sink, output->path, config->arena, error);
    if (ok && !(lp_sink_put(&sink, lp_buf_view(&out), error) && lp_sink_keep(&sink, error))) {
        lp_sink_drop(&sink);
        ok = false;
    }
    lp_buf_release(&out);
    return ok;
}

int lp_write_whole(const struct lp_config *config, const struct lp_whole_document *document)
{
    const struct lp_output *outputs = config->outputs.at;
    struct lp_error error = { "" };
    int status = 0;
    for (size_t i = 0; i < config->outputs.n; i++) {
        if (!write_file(config, document, &outputs[i], &error))
            status = lp_complain(&error, LP_EXIT_UNDECIDED);
    }
    if (config->quiet)
        return status;
    struct lp_buf out = lp_buf_new(WHOLE_MAX);
    document->render(document->self, config, NULL, &out);
    int printed = lp_print(&out);
    lp_buf_release(&out);
    return printed ? printed : status;
}

struct lp_style lp_style_of_output(const struct lp_config *config, const struct lp_output *output)
{
    struct lp_style style = lp_style_for(config);
    if (output)
        style = (struct lp_style){ .ascii = config->ascii, .verbosity = style.verbosity };
    return style;
}
