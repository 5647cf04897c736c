/* commands.c - the subcommands, one row each; the first is the default */
#include "lp/options.h"

const struct lp_command lp_commands[] = {
    { "walk", "[USER@]DOMAIN...", "probe live (the default)", lp_command_walk, LP_COMMAND_SPEAKS },
    { "check", "-t FILE [DOMAIN]...", "live, against a topology", lp_command_check,
      LP_COMMAND_TOPOLOGY | LP_COMMAND_SPEAKS },
    { "plan", "-t FILE [DOMAIN]...", "what must exist for a topology; no network", lp_command_plan,
      LP_COMMAND_PLANS | LP_COMMAND_TOPOLOGY | LP_COMMAND_SPEAKS },
    { "report", "RECORDING", "judge a recording again", lp_command_report,
      LP_COMMAND_TOPOLOGY | LP_COMMAND_SPEAKS },
    { "compare", "A B | @X @Y DOMAIN", "two walks side by side: same, meant, broken",
      lp_command_compare, LP_COMMAND_COMPARES | LP_COMMAND_TOPOLOGY | LP_COMMAND_SPEAKS },
    { "init", "DOMAIN", "a topology file from what a walk sees", lp_command_init, 0 },
    { "import", "FILE.xml", "a topology from .tbxml or Get-CsTopology", lp_command_import, 0 },
    { "explain", "ID|NUMBER", "a finding, or an ms-diagnostics number", lp_command_explain,
      LP_COMMAND_SPEAKS },
    { "list", "WHAT", "clients steps roles ports probes facts findings", lp_command_list,
      LP_COMMAND_SPEAKS },
};
const size_t lp_command_count = LP_COUNT(lp_commands);
