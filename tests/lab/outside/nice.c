/* nice.c - does libnice's OC2007R2 client get a relay from the A/V Edge? Usage: nice ADDRESS PORT
 * udp|tls */
#include <nice/agent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct run {
    GMainLoop *loop;
    guint stream;
    int status;
};

static void gathered(NiceAgent *agent, guint stream, gpointer data)
{
    struct run *run = data;
    GSList *all = nice_agent_get_local_candidates(agent, stream, 1);
    char text[NICE_ADDRESS_STRING_LEN];

    for (GSList *at = all; at != NULL; at = at->next) {
        NiceCandidate *c = at->data;

        if (c->type != NICE_CANDIDATE_TYPE_RELAYED)
            continue;
        nice_address_to_string(&c->addr, text);
        printf("relay %s\n", text);
        run->status = 0;
    }
    g_slist_free_full(all, (GDestroyNotify)nice_candidate_free);
    g_main_loop_quit(run->loop);
}

static void received(NiceAgent *agent, guint stream, guint component, guint len, gchar *buf,
                     gpointer data)
{
    (void)agent, (void)stream, (void)component, (void)len, (void)buf, (void)data;
}

/* The credentials are base64 of "lab", as MRAS gives them. */
int main(int argc, char **argv)
{
    struct run run = { .status = 1 };
    NiceAgent *agent;
    NiceAddress own;
    bool tls = argc == 4 && strcmp(argv[3], "tls") == 0;

    if (argc != 4)
        return 64;
    run.loop = g_main_loop_new(NULL, FALSE);
    agent = nice_agent_new(g_main_loop_get_context(run.loop), NICE_COMPATIBILITY_OC2007R2);
    /* libnice 0.1.21 leaves the length out of its frames unless TCP candidates are on */
    g_object_set(agent, "ice-tcp", tls, "ice-udp", !tls, "upnp", FALSE, NULL);
    g_signal_connect(agent, "candidate-gathering-done", G_CALLBACK(gathered), &run);
    /* of itself it looks at no loopback device, and the lab has no other */
    nice_address_init(&own);
    nice_address_set_from_string(&own, "203.0.113.1");
    nice_agent_add_local_address(agent, &own);
    run.stream = nice_agent_add_stream(agent, 1);
    nice_agent_set_relay_info(agent, run.stream, 1, argv[1], (guint)strtoul(argv[2], NULL, 10),
                              "bGFi", "bGFi",
                              tls ? NICE_RELAY_TYPE_TURN_TLS : NICE_RELAY_TYPE_TURN_UDP);
    nice_agent_attach_recv(agent, run.stream, 1, g_main_loop_get_context(run.loop), received, NULL);
    if (nice_agent_gather_candidates(agent, run.stream))
        g_main_loop_run(run.loop);
    g_object_unref(agent);
    g_main_loop_unref(run.loop);
    return run.status;
}
