/* roles.c - server roles as far as the view tells them */
#include "lp/roles.h"

const char *lp_role_of(const struct lp_survey *survey, const struct lp_evidence *e)
{
    if (survey->internal)
        return "front-end";
    return e->shape->has_http ? "reverse-proxy" : "edge-external";
}
