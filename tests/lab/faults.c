/* faults.c - finding a fault by its name, and listing them all */
#include "lab.h"

#include <stdio.h>
#include <string.h>

/* The list is one, its rows stand in files by what they break. */
static const struct {
    const struct lab_fault *rows;
    const size_t *count;
} groups[] = {
    { lab_dns_faults, &lab_dns_fault_count },     { lab_web_faults, &lab_web_fault_count },
    { lab_peer_faults, &lab_peer_fault_count },   { lab_cert_faults, &lab_cert_fault_count },
    { lab_check_faults, &lab_check_fault_count }, { lab_shut_faults, &lab_shut_fault_count },
    { lab_probe_faults, &lab_probe_fault_count },
};

const struct lab_fault *lab_fault_find(const char *name)
{
    for (size_t g = 0; g < sizeof groups / sizeof groups[0]; g++)
        for (size_t i = 0; i < *groups[g].count; i++)
            if (strcmp(groups[g].rows[i].name, name) == 0)
                return &groups[g].rows[i];
    return NULL;
}

static void list_one(const struct lab_fault *f)
{
    printf("%s\t%s\t%s\t%s\t%s\t%s\t%s\n", f->name, f->id,
           f->view == LAB_INTERNAL ? "internal" : "external", f->args == NULL ? "-" : f->args,
           f->what, f->also == NULL ? "-" : f->also, f->topology == NULL ? "-" : f->topology);
}

void lab_fault_list(void)
{
    for (size_t g = 0; g < sizeof groups / sizeof groups[0]; g++)
        for (size_t i = 0; i < *groups[g].count; i++)
            list_one(&groups[g].rows[i]);
}
