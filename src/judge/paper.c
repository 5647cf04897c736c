/* paper.c - a certificate file: where it would serve, and in one sentence whether it does */
#include <string.h>

#include "lp/court.h"
#include "lp/name.h"

static size_t covered(const struct lp_certificate *leaf, const struct lp_list *names)
{
    const struct lp_str *at = names->at;
    size_t n = 0;
    for (size_t i = 0; i < names->n; i++)
        n += lp_cert_covers(leaf, at[i], NULL);
    return n;
}

/* The subject says most; of a pool's servers the one whose name is there. */
static size_t fit(const struct lp_certificate *leaf, const struct lp_expectation *cert,
                  const struct lp_expectation *port)
{
    enum { SUBJECT = 10000, NAME = 2 };
    size_t n = NAME * covered(leaf, &cert->cert.names);
    if (cert->cert.subject.n && lp_name_eq(leaf->common_name, cert->cert.subject))
        n += SUBJECT;
    return n + (port->port.member.n && lp_cert_covers(leaf, port->port.member, NULL));
}

const struct lp_expectation *lp_paper_row(const struct lp_expectations *expected,
                                          const struct lp_certificate *leaf, struct lp_str role)
{
    const struct lp_expectation *best = NULL;
    size_t most = 0;
    for (size_t i = 0; i < expected->n; i++) {
        const struct lp_expectation *row = &expected->at[i];
        if (row->kind != LP_EXPECT_PORT || row->skip || !row->port.probe || row->port.closed ||
            row->port.certificate >= expected->n)
            continue;
        const struct lp_expectation *cert = &expected->at[row->port.certificate];
        if (role.n && !lp_str_eq(lp_str_of(cert->cert.role), role))
            continue;
        size_t n = fit(leaf, cert, row) + (role.n > 0);
        if (n > most)
            best = row;
        most = n > most ? n : most;
    }
    return best;
}

static const struct lp_seat *seat_of(const struct lp_court *court)
{
    for (size_t i = 0; i < court->seat_count; i++) {
        if (lp_seat_certificate(court, &court->seats[i]))
            return &court->seats[i];
    }
    return NULL;
}

struct lp_str lp_say_paper(struct lp_court *court, const struct lp_claim *named)
{
    const struct lp_seat *seat = seat_of(court);
    const char *file = lp_text(court, court->log->setup.certificate);
    if (!seat)
        return lp_say(court, "%s is judged without a topology", file);
    const char *role = lp_seat_certificate(court, seat)->cert.role;
    const char *host =
        lp_text(court, seat->row->port.group.n ? seat->row->port.group : seat->link->host);
    if (!named)
        return lp_say(court, "%s would serve as the %s certificate of %s", file, role, host);
    return lp_say(court, "%s would not do as the %s certificate of %s: %s, %s", file, role, host,
                  lp_title_inner(court->arena, named->rule->title),
                  lp_text(court, named->observed));
}
