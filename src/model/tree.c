/* tree.c - libyaml's events become a tree; depth and number are counted as they come */
#include "lp/tree.h"

#include <string.h>
#include <yaml.h>

#include "lp/alloc.h"
#include "lp/text.h"

enum { LEVELS = 32 }; /* more than any depth_max */

/* A list or map that is open. */
struct level {
    struct lp_node *node;
    struct lp_node **tail;
    bool has_key; /* a map whose next value has its key */
    struct lp_str key;
    struct lp_mark key_mark;
};

struct builder {
    const struct lp_tree_source *source;
    struct lp_error *error;
    yaml_parser_t parser;
    struct level levels[LEVELS];
    size_t depth, nodes, documents;
    struct lp_node *root;
};

static struct lp_mark mark_of(yaml_mark_t mark)
{
    return (struct lp_mark){ (int64_t)mark.line + 1, (int64_t)mark.column + 1 };
}

/* text: of our own, or harmless. */
static bool fail(struct builder *b, struct lp_mark mark, const char *text)
{
    return lp_fail(b->error, "%s:%lld:%lld: %s", lp_term(b->source->arena, b->source->name),
                   (long long)mark.line, (long long)mark.column, text);
}

/* ---- trouble of libyaml ---- */

/* UTF-16 without byte order mark is told by the zero of its first character, as RFC 4627 says for
 * JSON; a file begins with ASCII. */
static yaml_encoding_t encoding_of(struct lp_str bytes)
{
    if (bytes.n < 2)
        return YAML_ANY_ENCODING;
    if (bytes.p[0] && !bytes.p[1])
        return YAML_UTF16LE_ENCODING;
    if (!bytes.p[0] && bytes.p[1])
        return YAML_UTF16BE_ENCODING;
    return YAML_ANY_ENCODING;
}

/* The reader knows an offset only, in bytes. */
static struct lp_mark mark_of_offset(const struct builder *b, size_t offset)
{
    struct lp_str before = lp_str_sub(b->source->bytes, 0, offset);
    bool wide =
        b->parser.encoding == YAML_UTF16LE_ENCODING || b->parser.encoding == YAML_UTF16BE_ENCODING;
    struct lp_mark mark = { 1, 1 };
    size_t start = 0;
    for (size_t i = 0; i < before.n; i++) {
        if (before.p[i] == '\n') {
            mark.line++;
            start = i + 1;
        }
    }
    mark.column = (int64_t)((before.n - start) / (wide ? 2 : 1)) + 1;
    return mark;
}

static bool fail_of_parser(struct builder *b)
{
    const yaml_parser_t *p = &b->parser;
    struct lp_arena *arena = b->source->arena;
    if (p->error == YAML_MEMORY_ERROR)
        lp_out_of_memory();
    if (p->error == YAML_READER_ERROR)
        return fail(b, mark_of_offset(b, p->problem_offset),
                    lp_arena_printf(arena, "expected text in UTF-8 or UTF-16: %s", p->problem).p);
    /* The scanner stands at the character that it cannot read. */
    if (p->error == YAML_SCANNER_ERROR && p->buffer.pointer && *p->buffer.pointer == '\t')
        return fail(b, mark_of(p->problem_mark), "expected indentation by spaces, found a tab");
    if (!p->context)
        return fail(b, mark_of(p->problem_mark),
                    lp_arena_printf(arena, "expected YAML or JSON: %s", p->problem).p);
    return fail(b, mark_of(p->problem_mark),
                lp_arena_printf(arena, "expected YAML or JSON: %s %s from line %zu", p->problem,
                                p->context, p->context_mark.line + 1)
                    .p);
}

/* ---- the tree ---- */

static bool count(struct builder *b, struct lp_mark mark)
{
    struct lp_arena *arena = b->source->arena;
    if (++b->nodes <= b->source->nodes_max)
        return true;
    return fail(
        b, mark,
        lp_arena_printf(arena, "expected at most %zu keys and values", b->source->nodes_max).p);
}

static bool is_refused(const yaml_char_t *anchor, const yaml_char_t *tag)
{
    return anchor || tag;
}

static bool refuse(struct builder *b, struct lp_mark mark)
{
    return fail(b, mark, "expected neither anchor nor alias nor tag");
}

static struct lp_str copy_of(struct builder *b, const yaml_event_t *event)
{
    return lp_arena_str(b->source->arena, (struct lp_str){ (const char *)event->data.scalar.value,
                                                           event->data.scalar.length });
}

/* Puts the node where the file has it: the root, the next element, the value of the last key. */
static bool place(struct builder *b, struct lp_node *node)
{
    struct level *level = b->depth ? &b->levels[b->depth - 1] : NULL;
    if (!count(b, node->mark))
        return false;
    if (!level) {
        b->root = node;
        return true;
    }
    if (level->node->kind == LP_NODE_MAP && !level->has_key)
        return fail(b, node->mark, "expected a key, found a list or a map");
    node->key = level->key;
    node->key_mark = level->key_mark;
    level->key = LP_STR_NONE;
    level->has_key = false;
    *level->tail = node;
    level->tail = &node->next;
    return true;
}

static struct lp_node *node_new(struct builder *b, enum lp_node_kind kind,
                                const yaml_event_t *event)
{
    struct lp_node *node = lp_arena_alloc(b->source->arena, sizeof *node);
    node->kind = kind;
    node->mark = mark_of(event->start_mark);
    return node;
}

static bool open_node(struct builder *b, struct lp_node *node)
{
    struct lp_arena *arena = b->source->arena;
    if (b->depth >= b->source->depth_max || b->depth >= LEVELS)
        return fail(b, node->mark,
                    lp_arena_printf(arena, "expected at most %zu levels", b->source->depth_max).p);
    if (!place(b, node))
        return false;
    b->levels[b->depth++] = (struct level){ .node = node, .tail = &node->first };
    return true;
}

/* ---- one function an event ---- */

static bool on_document(struct builder *b, const yaml_event_t *event)
{
    if (++b->documents > 1)
        return fail(b, mark_of(event->start_mark), "expected the end, found a second document");
    return true;
}

static bool on_alias(struct builder *b, const yaml_event_t *event)
{
    return refuse(b, mark_of(event->start_mark));
}

static bool on_text(struct builder *b, const yaml_event_t *event)
{
    struct level *level = b->depth ? &b->levels[b->depth - 1] : NULL;
    struct lp_mark mark = mark_of(event->start_mark);
    if (is_refused(event->data.scalar.anchor, event->data.scalar.tag))
        return refuse(b, mark);
    if (level && level->node->kind == LP_NODE_MAP && !level->has_key) {
        level->has_key = true;
        level->key = copy_of(b, event);
        level->key_mark = mark;
        return count(b, mark);
    }
    struct lp_node *node = node_new(b, LP_NODE_TEXT, event);
    node->text = copy_of(b, event);
    node->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    return place(b, node);
}

static bool on_list(struct builder *b, const yaml_event_t *event)
{
    if (is_refused(event->data.sequence_start.anchor, event->data.sequence_start.tag))
        return refuse(b, mark_of(event->start_mark));
    return open_node(b, node_new(b, LP_NODE_LIST, event));
}

static bool on_map(struct builder *b, const yaml_event_t *event)
{
    if (is_refused(event->data.mapping_start.anchor, event->data.mapping_start.tag))
        return refuse(b, mark_of(event->start_mark));
    return open_node(b, node_new(b, LP_NODE_MAP, event));
}

static bool on_end(struct builder *b, const yaml_event_t *event)
{
    (void)event;
    b->depth--;
    return true;
}

static const struct {
    yaml_event_type_t type;
    bool (*take)(struct builder *b, const yaml_event_t *event);
} events[] = {
    { YAML_DOCUMENT_START_EVENT, on_document },
    { YAML_ALIAS_EVENT, on_alias },
    { YAML_SCALAR_EVENT, on_text },
    { YAML_SEQUENCE_START_EVENT, on_list },
    { YAML_MAPPING_START_EVENT, on_map },
    { YAML_SEQUENCE_END_EVENT, on_end },
    { YAML_MAPPING_END_EVENT, on_end },
};

static bool take(struct builder *b, const yaml_event_t *event)
{
    for (size_t i = 0; i < LP_COUNT(events); i++) {
        if (events[i].type == event->type)
            return events[i].take(b, event);
    }
    return true;
}

static bool take_all(struct builder *b)
{
    bool ok = true;
    for (bool more = true; ok && more;) {
        yaml_event_t event;
        if (!yaml_parser_parse(&b->parser, &event))
            return fail_of_parser(b);
        more = event.type != YAML_STREAM_END_EVENT;
        ok = take(b, &event);
        yaml_event_delete(&event);
    }
    if (ok && !b->root)
        return fail(b, (struct lp_mark){ 1, 1 }, "expected keys and values, found nothing");
    return ok;
}

bool lp_tree_read(const struct lp_tree_source *source, const struct lp_node **root,
                  struct lp_error *error)
{
    struct builder b = { .source = source, .error = error };
    struct lp_str bytes = source->bytes;
    if (!yaml_parser_initialize(&b.parser))
        lp_out_of_memory();
    yaml_parser_set_input_string(&b.parser, (const unsigned char *)(bytes.n ? bytes.p : ""),
                                 bytes.n);
    if (encoding_of(bytes) != YAML_ANY_ENCODING)
        yaml_parser_set_encoding(&b.parser, encoding_of(bytes));
    bool ok = take_all(&b);
    yaml_parser_delete(&b.parser);
    *root = b.root;
    return ok;
}

bool lp_node_is_null(const struct lp_node *node)
{
    return node->kind == LP_NODE_TEXT && node->plain &&
           (node->text.n == 0 || lp_str_eq(node->text, LP_STR("~")) ||
            lp_str_eq_nocase(node->text, LP_STR("null")));
}

const char *lp_node_shown(struct lp_arena *arena, const struct lp_node *node)
{
    if (node->kind == LP_NODE_LIST)
        return "a list";
    if (node->kind == LP_NODE_MAP)
        return "a map";
    return lp_node_is_null(node) || !node->text.n ? "nothing" : lp_word(arena, node->text);
}
