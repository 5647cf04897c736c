/* commands.c - the subcommands, one row each; the first is the default */
#include "lp/options.h"

const struct lp_command lp_commands[] = {
    { "walk", "[USER@]DOMAIN...", "probe live (the default)", lp_command_walk },
    { "check", "-t FILE [DOMAIN]...", "live, against a topology", lp_command_check },
    { "report", "RECORDING", "judge a recording again", lp_command_report },
    { "init", "DOMAIN", "a topology file from what a walk sees", lp_command_init },
    { "import", "FILE.xml", "a topology from .tbxml or Get-CsTopology", lp_command_import },
    { "explain", "ID", "a finding, and how to mend it", lp_command_explain },
    { "list", "WHAT", "clients steps roles ports probes facts findings", lp_command_list },
};
const size_t lp_command_count = LP_COUNT(lp_commands);
