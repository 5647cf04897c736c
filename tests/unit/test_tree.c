/* test_tree.c - YAML and JSON as trees: kinds, keys, places, quotes, limits */
#include <check.h>
#include <stdio.h>

#include "lp/buf.h"
#include "lp/tree.h"

Suite *lp_suite_tree(void);

static struct lp_arena arena;
static struct lp_buf shown;

static void set_up(void)
{
    shown = lp_buf_new(1 << 20);
}

static void tear_down(void)
{
    lp_buf_release(&shown);
    lp_arena_release(&arena);
}

/* "{key@1:1=text@1:6 ...}", quoted texts with quotes */
static void show(const struct lp_node *node)
{
    static const char *const ends[] = { "", "[]", "{}" };
    if (node->key.p)
        lp_buf_printf(&shown, "%s@%lld:%lld=", node->key.p, (long long)node->key_mark.line,
                      (long long)node->key_mark.column);
    if (node->kind == LP_NODE_TEXT) {
        lp_buf_printf(&shown, node->plain ? "%s@%lld:%lld" : "'%s'@%lld:%lld", node->text.p,
                      (long long)node->mark.line, (long long)node->mark.column);
        return;
    }
    lp_buf_char(&shown, ends[node->kind][0]);
    for (const struct lp_node *at = node->first; at; at = at->next) {
        show(at);
        lp_buf_text(&shown, at->next ? " " : "");
    }
    lp_buf_char(&shown, ends[node->kind][1]);
}

static bool read_tree(const char *text, size_t nodes, struct lp_error *error)
{
    const struct lp_node *root = NULL;
    struct lp_tree_source source = { &arena, LP_STR("t"), lp_str_of(text), 4, nodes };
    if (!lp_tree_read(&source, &root, error))
        return false;
    show(root);
    return true;
}

static const struct {
    const char *text, *tree;
} rows[] = {
    { "a", "a@1:1" },
    { "'a'", "'a'@1:1" },
    { "a: 1\nb: \"2\"\n", "{a@1:1=1@1:4 b@2:1='2'@2:4}" },
    { "- a\n-\n  - b\n", "[a@1:3 [b@3:5]]" },
    { "{\"a\":[1,{}],\"b\":null}", "{a@1:2=[1@1:7 {}] b@1:13=null@1:17}" },
    { "a: 1\na: 2\n", "{a@1:1=1@1:4 a@2:1=2@2:4}" },
    { "a: |\n  x\n  y\n", "{a@1:1='x\ny\n'@1:4}" },
    { "%YAML 1.1\n---\na:\n...\n", "{a@3:1=@3:3}" },
};

START_TEST(trees)
{
    struct lp_error error = { "" };
    ck_assert_msg(read_tree(rows[_i].text, 100, &error), "%s", error.text);
    ck_assert_str_eq(shown.p, rows[_i].tree);
}
END_TEST

START_TEST(depth_and_number)
{
    struct lp_error error = { "" };
    ck_assert(read_tree("[[[[1]]]]", 5, &error));
    ck_assert(!read_tree("[[[[[1]]]]]", 100, &error));
    ck_assert_str_eq(error.text, "t:1:5: expected at most 4 levels");
    ck_assert(!read_tree("{a: 1, b: 2}", 4, &error));
    ck_assert_str_eq(error.text, "t:1:11: expected at most 4 keys and values");
}
END_TEST

START_TEST(what_is_found)
{
    struct lp_node list = { .kind = LP_NODE_LIST };
    struct lp_node map = { .kind = LP_NODE_MAP };
    struct lp_node text = { .kind = LP_NODE_TEXT, .text = LP_STR("Null"), .plain = true };
    ck_assert_str_eq(lp_node_shown(&arena, &list), "a list");
    ck_assert_str_eq(lp_node_shown(&arena, &map), "a map");
    ck_assert_str_eq(lp_node_shown(&arena, &text), "nothing");
    ck_assert(lp_node_is_null(&text) && !lp_node_is_null(&list));
    text.plain = false;
    ck_assert(!lp_node_is_null(&text));
    ck_assert_str_eq(lp_node_shown(&arena, &text), "Null");
}
END_TEST

Suite *lp_suite_tree(void)
{
    Suite *suite = suite_create("tree");
    TCase *tcase = tcase_create("tree");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_loop_test(tcase, trees, 0, (int)LP_COUNT(rows));
    tcase_add_test(tcase, depth_and_number);
    tcase_add_test(tcase, what_is_found);
    suite_add_tcase(suite, tcase);
    return suite;
}
