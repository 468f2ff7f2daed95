// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "processes.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// One line of the process table.
typedef struct {
    pid_t pid;
    pid_t parent;
    int depth; // below the guard: 1 is the command; 0 is not a descendant
} process_t;

// Without the list nothing can be ended: the kernel still ends the command when the guard goes.
static _Noreturn void no_list(void) {
    perror("lab-guard: cannot list processes");
    exit(125);
}

// Reads /proc/N/stat (proc(5)). Returns what stands behind the name, which may hold any byte, so that the last ')' ends it; NULL if the process is gone.
static const char *read_stat(pid_t pid, char *text, size_t room) {
    char path[32];
    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return NULL;
    ssize_t length = read(descriptor, text, room - 1);
    close(descriptor);
    if (length <= 0) return NULL;
    text[length] = 0;
    const char *end = strrchr(text, ')');
    return end ? end + 1 : NULL;
}

// The parent of a process, or 0 if it is gone.
static pid_t parent_of(pid_t pid) {
    char text[512];
    int parent = 0;
    const char *fields = read_stat(pid, text, sizeof text);
    return fields && sscanf(fields, " %*c %d", &parent) == 1 ? parent : 0;
}

// Lists the guard's descendants. Returns how many; the caller frees *list.
static size_t descendants(process_t **list) {
    size_t count = 0, room = 256;
    process_t *table = malloc(room * sizeof *table);
    DIR *directory = opendir("/proc");
    if (!table || !directory) no_list();
    for (struct dirent *entry; (entry = readdir(directory));) {
        if (!isdigit((unsigned char)entry->d_name[0])) continue;
        if (count == room) {
            table = realloc(table, (room *= 2) * sizeof *table);
            if (!table) no_list();
        }
        pid_t pid = (pid_t)atoi(entry->d_name);
        table[count++] = (process_t){.pid = pid, .parent = parent_of(pid), .depth = 0};
    }
    closedir(directory);

    pid_t self = getpid();
    for (bool grown = true; grown;) {
        grown = false;
        for (size_t i = 0; i < count; i++) {
            if (table[i].depth) continue;
            int above = table[i].parent == self ? 0 : -1;
            for (size_t j = 0; above < 0 && j < count; j++)
                if (table[j].pid == table[i].parent && table[j].depth) above = table[j].depth;
            if (above < 0) continue;
            table[i].depth = above + 1;
            grown = true;
        }
    }
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (table[i].depth) table[kept++] = table[i];
    *list = table;
    return kept;
}

// Signals every descendant that is more than `skipped` levels down.
void signal_descendants(int number, int skipped) {
    process_t *list;
    size_t count = descendants(&list);
    for (size_t i = 0; i < count; i++)
        if (list[i].depth > skipped) kill(list[i].pid, number);
    free(list);
}

// The bytes that a process has in memory for itself: resident, without the pages of files and what it shares (proc(5), statm).
static unsigned long long own_memory(pid_t pid) {
    char path[32];
    snprintf(path, sizeof path, "/proc/%d/statm", (int)pid);
    FILE *file = fopen(path, "re");
    if (!file) return 0;
    unsigned long long resident = 0, shared = 0;
    int found = fscanf(file, "%*u %llu %llu", &resident, &shared);
    fclose(file);
    if (found != 2 || shared > resident) return 0;
    return (resident - shared) * (unsigned long long)sysconf(_SC_PAGESIZE);
}

// The same for all descendants of a process: each thread's children are in a file of their own (proc(5), children), so that nobody
// else's processes need be looked at.
unsigned long long memory_below(pid_t pid) {
    char path[64];
    unsigned long long sum = 0;
    snprintf(path, sizeof path, "/proc/%d/task", (int)pid);
    DIR *threads = opendir(path);
    if (!threads) return 0;
    for (struct dirent *thread; (thread = readdir(threads));) {
        if (!isdigit((unsigned char)thread->d_name[0])) continue;
        snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)pid, atoi(thread->d_name));
        FILE *children = fopen(path, "re");
        if (!children) continue;
        for (int child; fscanf(children, "%d", &child) == 1;) sum += own_memory(child) + memory_below(child);
        fclose(children);
    }
    closedir(threads);
    return sum;
}

long long processor_time_below(void) {
    process_t *list;
    size_t count = descendants(&list);
    long long ticks = 0;
    for (size_t i = 0; i < count; i++) {
        char text[512];
        long long user, system, children_user, children_system;
        const char *fields = read_stat(list[i].pid, text, sizeof text);
        // Fields 14 to 17; the state is field 3.
        if (fields && sscanf(fields, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lld %lld %lld %lld", &user, &system, &children_user,
                             &children_system) == 4)
            ticks += user + system + children_user + children_system;
    }
    free(list);
    return ticks * 1000 / sysconf(_SC_CLK_TCK);
}
