/* ways.c - how a peer behaves, in terms of TCP, TLS and what it says */
#include "lab.h"

#include <openssl/ssl.h>
/* clang-format off */
const struct lab_way_spec lab_ways[LAB_WAYS] = {
    [LAB_WAY_OK] = {.plain = false},
    [LAB_WAY_CLOSED] = {.plain = true},   /* nothing listens: sockets.c */
    [LAB_WAY_FILTERED] = {.plain = true}, /* a full backlog: sockets.c */
    [LAB_WAY_RESET] = {.plain = true, .talk = LAB_TALK_RESET},
    [LAB_WAY_HANGUP] = {.plain = true, .talk = LAB_TALK_CLOSE},
    [LAB_WAY_STALL] = {.plain = true, .talk = LAB_TALK_MUTE},
    [LAB_WAY_PLAIN_HTTP] = {.plain = true, .talk = LAB_TALK_HTTP_400},
    [LAB_WAY_SSH] = {.plain = true, .talk = LAB_TALK_SSH},
    /* key transport with RSA, and our key is none of that: alert 40 */
    [LAB_WAY_NO_CIPHER] = {.max = TLS1_2_VERSION, .ciphers = "AES128-SHA:@SECLEVEL=0"},
    [LAB_WAY_TLS10] = {.min = TLS1_VERSION, .max = TLS1_VERSION},
    [LAB_WAY_TLS11] = {.min = TLS1_1_VERSION, .max = TLS1_1_VERSION},
    [LAB_WAY_MTLS12] = {.mutual = true, .max = TLS1_2_VERSION},
    [LAB_WAY_MTLS13] = {.mutual = true, .min = TLS1_3_VERSION},
    [LAB_WAY_MUTE] = {.talk = LAB_TALK_MUTE},
    [LAB_WAY_DROP] = {.talk = LAB_TALK_CLOSE},
    [LAB_WAY_NOT_SIP] = {.talk = LAB_TALK_HTTP_400},
    [LAB_WAY_SIP_503] = {.twist = LAB_TWIST_SIP_503},
    [LAB_WAY_SIP_504] = {.twist = LAB_TWIST_SIP_504},
    [LAB_WAY_SIP_301] = {.twist = LAB_TWIST_SIP_301},
    [LAB_WAY_OLD] = {.twist = LAB_TWIST_OLD},
    [LAB_WAY_SIP_NO_SCHEME] = {.twist = LAB_TWIST_SIP_NO_SCHEME},
    [LAB_WAY_SIP_SKEW] = {.twist = LAB_TWIST_SIP_SKEW},
    [LAB_WAY_SIP_STS_GONE] = {.twist = LAB_TWIST_SIP_STS_GONE},
    [LAB_WAY_SIP_STRANGER] = {.twist = LAB_TWIST_SIP_STRANGER},
    [LAB_WAY_TURN_STANDARD] = {.twist = LAB_TWIST_TURN_STANDARD},
    [LAB_WAY_TURN_ADDRESS] = {.twist = LAB_TWIST_TURN_ADDRESS},
    [LAB_WAY_XMPP_NO_STREAM] = {.plain = true, .talk = LAB_TALK_HTTP_400},
    [LAB_WAY_XMPP_NO_TLS] = {.twist = LAB_TWIST_XMPP_NO_TLS},
    [LAB_WAY_SNI] = {.sni = true},
};
/* clang-format on */
