/* catalogue_run.c - the rules LP-RUN: about the run itself, not about the deployment. */
#include "lp/catalogue.h"

const struct lp_rule lp_rules_run[] = {
    {
        .id = "LP-RUN-DEADLINE",
        .severity = LP_CRITICAL,
        .rank = LP_RANK_RUN,
        .title = "The run ended before every question was asked",
        .why =
            "The time for the run was over before every question was asked ({observed}). What was "
            "not tried is undecided, neither good nor bad.",
        .fix = LP_LINES("Give the run more time:", "lyncprobe {domain} --timeout 60",
                        "Slow name servers or dropped packets use up the time: mend those findings "
                        "first."),
        .user_sees = "Nothing; this is about the probe.",
        .by_hand = LP_LINES("lyncprobe -v {domain} --timeout 60"),
        .source = "lyncprobe: one absolute deadline for the run (--timeout)",
    },
    {
        .id = "LP-RUN-BLOCKED",
        .severity = LP_WARNING,
        .rank = LP_RANK_RUN,
        .title = "A connection was refused by lyncprobe's own guard",
        .why = "A connection that an answer asked for was not made: {name} ({observed}). DNS "
               "answers and redirects must not send the probe to this machine, to metadata "
               "services or to ports of other protocols.",
        .fix = LP_LINES("Correct the record or the link if the address is wrong; clients are sent "
                        "there too.",
                        "If the address is right and yours, allow its network:",
                        "lyncprobe {domain} --allow-net <cidr>"),
        .user_sees = "The client tries that address and mostly fails.",
        .by_hand = LP_LINES("dig {name} A", "dig {name} SRV"),
        .source = "RFC 6890 (special-purpose addresses); lyncprobe: address guard and port list",
    },
    {
        .id = "LP-RUN-CRASHED",
        .severity = LP_WARNING,
        .rank = LP_RANK_RUN,
        .title = "The worker died or hung at one question",
        .why = "The process that asks the questions ended or hung at {name} ({observed}). That "
               "question is undecided; all others were asked by a new worker.",
        .fix = LP_LINES("Run it again; if it happens again, keep a recording and report it to the "
                        "authors of lyncprobe:",
                        "lyncprobe {domain} -f record > crash.jsonl",
                        "The peer's answer may be malformed on purpose: find out what runs there."),
        .user_sees = "Nothing; this is about the probe.",
        .by_hand = LP_LINES("lyncprobe -vvv {domain}"),
        .source = "lyncprobe: worker and parent are two processes",
    },
    {
        .id = "LP-RUN-LIMITED",
        .severity = LP_WARNING,
        .rank = LP_RANK_RUN,
        .title = "An answer was cut at a limit",
        .why =
            "An answer for {name} was larger than lyncprobe follows ({observed}). What lies beyond "
            "the limit was not looked at.",
        .fix =
            LP_LINES("No deployment needs that many: 16 SRV targets, 8 addresses for a target, 16 "
                     "aliases, 10 redirects, 64 endpoints. Look at the records for leftovers and "
                     "mistakes."),
        .user_sees = "Clients with many addresses or targets to try sign in slowly.",
        .by_hand = LP_LINES("dig {name} SRV", "dig {name} A"),
        .source = "lyncprobe: limits for what strangers name",
    },
    {
        .id = "LP-RUN-LOCAL",
        .severity = LP_WARNING,
        .rank = LP_RANK_RUN,
        .title = "A fault of this machine kept a question from being asked",
        .why = "{name} could not be asked because of a fault of this machine ({observed}). The "
               "endpoint is undecided, not dead.",
        .fix =
            LP_LINES("No route or no network: has this machine an address and a default route of "
                     "that family? For IPv4 alone use -4.",
                     "ip route show default",
                     "No resolver: give one with @ADDRESS, or see to /etc/resolv.conf.",
                     "Out of descriptors:", "ulimit -n 1024"),
        .user_sees = "Nothing; this is about the probe.",
        .by_hand = LP_LINES("ip -brief address", "ip route get {address}", "ulimit -n"),
        .source = "connect(2), socket(2): EMFILE, ENETUNREACH, EADDRNOTAVAIL",
    },
    {
        .id = "LP-RUN-OVERRIDDEN",
        .severity = LP_INFO,
        .rank = LP_RANK_OVERRIDDEN,
        .title = "Answers or addresses were overridden",
        .why = "This run used answers or addresses of the command line in place of real ones "
               "({observed}). The report shows what would happen, not what is.",
        .fix =
            LP_LINES("Leave out --resolve, --connect-to, --answer, --deny and --zone-file to see "
                     "what is live."),
        .user_sees = "Nothing; users get the real answers.",
        .by_hand = LP_LINES("lyncprobe {domain}"),
        .source = "lyncprobe: --resolve and --connect-to as in curl(1), --answer, --deny",
    },
    { .id = NULL },
};
