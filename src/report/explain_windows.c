/* explain_windows.c - dig, openssl and curl of a page, as cmdlets that every Windows has */
#include "lp/explain_page.h"

enum { LINES_MAX = 8, LINE_MAX_BYTES = 1024 };

/* The words of a dig command that matter to Resolve-DnsName. */
struct question {
    struct lp_str server, name, type; /* unset: not there */
    const char *switches;             /* " -TcpOnly", or "" */
    bool foreign;                     /* it asks for something that the cmdlet cannot do */
};

/* A dig option (+...) and the cmdlet's word for it; "": it only changes how the answer looks. */
static const char *switch_of(struct lp_str option)
{
    static const struct {
        const char *option, *words;
    } table[] = {
        { "+short", "" },        { "+tries=1", "" },      { "+time=4", "" },
        { "+tcp", " -TcpOnly" }, { "+cd", " -DnssecCd" }, { "+norecurse", " -NoRecursion" },
    };
    for (size_t i = 0; i < LP_COUNT(table); i++)
        if (lp_str_eq(option, lp_str_of(table[i].option)))
            return table[i].words;
    return NULL;
}

static struct question read_dig(struct lp_str words)
{
    struct question q = { .switches = "" };
    while (words.n) {
        struct lp_str word = lp_str_cut(&words, ' ');
        if (word.n && word.p[0] == '+') {
            const char *found = switch_of(word);
            q.foreign = q.foreign || !found;
            q.switches = found && *found ? found : q.switches;
        } else if (word.n && word.p[0] == '@') {
            q.server = lp_str_sub(word, 1, word.n);
        } else if (!q.name.p) {
            q.name = word;
        } else {
            q.type = word;
        }
    }
    return q;
}

static void from_dig(struct lp_str words, struct lp_buf *line)
{
    struct question q = read_dig(words);
    if (q.foreign || !q.name.n)
        return;
    lp_buf_text(line, "Resolve-DnsName ");
    lp_buf_str(line, q.name);
    if (q.type.n) {
        lp_buf_text(line, " -Type ");
        lp_buf_str(line, q.type);
    }
    if (q.server.n) {
        lp_buf_text(line, " -Server ");
        lp_buf_str(line, q.server);
    }
    lp_buf_text(line, q.switches);
}

/* HOST:PORT, the last colon counts. */
static void put_connection(struct lp_str peer, struct lp_buf *line)
{
    size_t colon = peer.n;
    while (colon && peer.p[colon - 1] != ':')
        colon--;
    if (!colon)
        return;
    lp_buf_text(line, "Test-NetConnection ");
    lp_buf_str(line, lp_str_sub(peer, 0, colon - 1));
    lp_buf_text(line, " -Port ");
    lp_buf_str(line, lp_str_sub(peer, colon, peer.n));
}

/* Windows has no s_client: it shows whether the port is open. */
static void from_openssl(struct lp_str words, struct lp_buf *line)
{
    while (words.n) {
        if (lp_str_eq(lp_str_cut(&words, ' '), LP_STR("-connect"))) {
            put_connection(lp_str_cut(&words, ' '), line);
            return;
        }
    }
}

static void from_curl(struct lp_str words, struct lp_buf *line)
{
    while (words.n) {
        struct lp_str word = lp_str_cut(&words, ' ');
        if (lp_str_starts_nocase(word, "telnet://"))
            put_connection(lp_str_sub(word, 9, word.n), line);
        if (lp_str_starts_nocase(word, "http")) {
            lp_buf_text(line, "Invoke-WebRequest -UseBasicParsing ");
            lp_buf_str(line, word);
        }
    }
}

/* The cmdlet for one command; empty: there is none. */
static void put_cmdlet(struct lp_str command, struct lp_buf *line)
{
    static const struct {
        const char *program;
        void (*from)(struct lp_str words, struct lp_buf *line);
    } table[] = {
        { "dig", from_dig },
        { "openssl", from_openssl },
        { "curl", from_curl },
        { "printf", from_openssl }, /* ... | openssl s_client */
    };
    struct lp_str program = lp_str_cut(&command, ' ');
    for (size_t i = 0; i < LP_COUNT(table); i++)
        if (lp_str_eq(program, lp_str_of(table[i].program)))
            table[i].from(command, line);
}

static bool is_among(const struct lp_buf *lines, size_t n, struct lp_str line)
{
    for (size_t i = 0; i < n; i++)
        if (lp_str_eq(lp_buf_view(&lines[i]), line))
            return true;
    return false;
}

void lp_explain_windows(const struct lp_explain_page *page, const char *const *by_hand)
{
    struct lp_buf lines[LINES_MAX];
    size_t n = 0;
    for (; *by_hand && n < LINES_MAX; by_hand++) {
        lines[n] = lp_buf_new(LINE_MAX_BYTES);
        put_cmdlet(lp_str_of(*by_hand), &lines[n]);
        if (lines[n].n && !is_among(lines, n, lp_buf_view(&lines[n])))
            n++;
        else
            lp_buf_release(&lines[n]);
    }
    if (n)
        lp_explain_line(page, LP_STR("On Windows, in PowerShell:"), LP_EXPLAIN_MARGIN);
    for (size_t i = 0; i < n; i++) {
        lp_explain_line(page, lp_buf_view(&lines[i]), LP_EXPLAIN_MARGIN);
        lp_buf_release(&lines[i]);
    }
}
