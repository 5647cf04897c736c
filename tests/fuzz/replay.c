/* replay.c - runs every fuzz target over its corpus once, without libFuzzer */
#include <dirent.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* Generated from the names of the targets; ended by a row without name. */
struct lp_replay {
    const char *name;
    int (*run)(const uint8_t *data, size_t size);
};
extern const struct lp_replay lp_replays[];

enum { INPUT_MAX = 1 << 20 };

static bool replay_file(const struct lp_replay *target, const char *path)
{
    /* On the heap at its exact size, so that a sanitizer sees a read past the end. */
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return false;
    uint8_t *room = malloc(INPUT_MAX);
    size_t n = room != NULL ? fread(room, 1, INPUT_MAX, file) : 0;
    fclose(file);
    uint8_t *input = malloc(n > 0 ? n : 1);
    if (room != NULL && input != NULL) {
        for (size_t i = 0; i < n; i++)
            input[i] = room[i];
        target->run(input, n);
    }
    free(input);
    free(room);
    return true;
}

/* Returns the number of inputs. */
static unsigned replay_folder(const struct lp_replay *target, const char *corpora)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", corpora, target->name);
    DIR *folder = opendir(path);
    if (folder == NULL)
        return 0;
    unsigned inputs = 0;
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        if (entry->d_type == DT_DIR)
            continue;
        snprintf(path, sizeof path, "%s/%s/%s", corpora, target->name, entry->d_name);
        inputs += replay_file(target, path);
    }
    closedir(folder);
    return inputs;
}

/* usage: fuzz-replay FOLDER; a target that crashes ends the program with a signal */
int main(int argc, char **argv)
{
    unsigned passed = 0;
    unsigned failed = 0;
    for (const struct lp_replay *target = lp_replays; argc == 2 && target->name != NULL; target++) {
        unsigned inputs = replay_folder(target, argv[1]);
        printf("%s: %u inputs\n", target->name, inputs);
        fflush(stdout);
        passed += inputs;
        failed += inputs == 0;
    }
    printf("%u passed, %u failed\n", passed, failed);
    return passed > 0 && failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
