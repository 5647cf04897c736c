/* topology_yaml.h - a topology as the text of its file, with comments. Pure. */
#ifndef LP_TOPOLOGY_YAML_H
#define LP_TOPOLOGY_YAML_H

#include "lp/buf.h"
#include "lp/topology_notes.h"

/*
 * Writes YAML that lp_topology_read reads back as the same topology (marks, file and digest
 * apart). Every feature is said; other keys only where they are set. notes: struct lp_note, NULL
 * none; each becomes a comment at its place.
 */
void lp_topology_write(const struct lp_topology *topology, const struct lp_list *notes,
                       struct lp_buf *out);

#endif
