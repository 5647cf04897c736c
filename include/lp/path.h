/* path.h - the way of one client through its order. */
#ifndef LP_PATH_H
#define LP_PATH_H

#include "lp/survey.h"

/* Builds all steps of the client in the survey's view and decides where it signs in or
   stops (DESIGN 4). survey: log, arena and view are set. Memory from survey->arena. */
void lp_path_make(const struct lp_survey *survey, const struct lp_client *client,
                  struct lp_path *out);

#endif
