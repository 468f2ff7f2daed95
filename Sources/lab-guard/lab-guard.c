// SPDX-License-Identifier: Apache-2.0
//
// lab-guard [--wrappers N] [--memory BYTES] [--LIMIT N]... -- COMMAND [ARGUMENT]...
//
// Runs one command and sees to it that nothing of it outlives the lab.
//
// Standard input is the lab's end of a socket. While it is open the command runs; a byte 't' sends SIGTERM to the command;
// its end, which the kernel brings about when the lab dies in whatever way, kills the command and every descendant. That
// holds from the first instant on, where a parent-death signal does not: a sandbox that is still being set up has not asked
// for one yet. As a child subreaper the guard inherits what a dying process leaves behind, and it exits only when the last
// descendant is gone, with the command's own status (128 + N for signal N).
//
// --memory bounds what all descendants have in memory for themselves. The kernel's own limits (setrlimit) hold for one process
// each, and control groups, which count together, are not for every user to make. So it is looked at every fifth of a second: that
// ends what grows, and is no wall against what takes it all at once.
#define _GNU_SOURCE
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

// The guard's own failures, as timeout(1) and env(1) report theirs.
enum { EXIT_GUARD = 125, EXIT_NOT_EXECUTABLE = 126, EXIT_NOT_FOUND = 127 };

// How often the memory of all descendants is added up, in milliseconds.
enum { MEMORY_INTERVAL = 200 };

// One line of the process table.
typedef struct {
    pid_t pid;
    pid_t parent;
    int depth; // below the guard: 1 is the command; 0 is not a descendant
} process_t;

static _Noreturn void fail(const char *what) {
    fprintf(stderr, "lab-guard: %s: %s\n", what, strerror(errno));
    exit(EXIT_GUARD);
}

// The parent of a process, or 0 if it is gone. The name in /proc/N/stat may hold any byte, so the last ')' ends it.
static pid_t parent_of(pid_t pid) {
    char path[32], text[512];
    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return 0;
    ssize_t length = read(descriptor, text, sizeof text - 1);
    close(descriptor);
    if (length <= 0) return 0;
    text[length] = 0;
    const char *end = strrchr(text, ')');
    int parent = 0;
    if (!end || sscanf(end + 1, " %*c %d", &parent) != 1) return 0;
    return parent;
}

// Lists the guard's descendants. Returns how many; the caller frees *list.
static size_t descendants(process_t **list) {
    size_t count = 0, room = 256;
    process_t *table = malloc(room * sizeof *table);
    DIR *directory = opendir("/proc");
    if (!table || !directory) fail("cannot list processes");
    for (struct dirent *entry; (entry = readdir(directory));) {
        if (!isdigit((unsigned char)entry->d_name[0])) continue;
        if (count == room) {
            table = realloc(table, (room *= 2) * sizeof *table);
            if (!table) fail("cannot list processes");
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
static void signal_descendants(int number, int skipped) {
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
static unsigned long long memory_below(pid_t pid) {
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

// Reaps what has ended. Returns false once there is no child left; notes the command's status.
static bool reap(pid_t command, int *status, bool *ended) {
    for (;;) {
        int seen;
        pid_t pid = waitpid(-1, &seen, WNOHANG);
        if (pid == 0) return true;
        if (pid < 0) return errno == EINTR;
        if (pid == command) {
            *status = seen;
            *ended = true;
        }
    }
}

static unsigned long long number_in(const char *value, const char *name) {
    char *end;
    errno = 0;
    unsigned long long number = strtoull(value, &end, 10);
    if (errno || *end || end == value) {
        errno = EINVAL;
        fail(name);
    }
    return number;
}

static void limit(const char *name, const char *value) {
    static const struct {
        const char *name;
        int resource;
    } known[] = {
        {"--address-space", RLIMIT_AS},
        {"--cpu-seconds", RLIMIT_CPU},
        {"--file-size", RLIMIT_FSIZE},
        {"--core", RLIMIT_CORE},
    };
    unsigned long long number = number_in(value, name);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(known[i].name, name)) continue;
        struct rlimit now;
        if (getrlimit(known[i].resource, &now)) fail(name);
        // The hard limit may only be lowered.
        if (number < now.rlim_max) now.rlim_max = number;
        now.rlim_cur = now.rlim_max;
        if (setrlimit(known[i].resource, &now)) fail(name);
        return;
    }
    errno = EINVAL;
    fail(name);
}

static _Noreturn void become(char **command, char **limits, char **limits_end, pid_t guard) {
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    // Should the guard itself be killed, the command at least goes with it.
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != guard) _exit(EXIT_GUARD);
    int null = open("/dev/null", O_RDONLY);
    if (null < 0 || dup2(null, STDIN_FILENO) < 0) fail("/dev/null");
    if (null != STDIN_FILENO) close(null);
    for (; limits < limits_end; limits += 2) limit(limits[0], limits[1]);
    execv(command[0], command);
    int error = errno;
    fprintf(stderr, "lab-guard: cannot run %s: %s\n", command[0], strerror(error));
    _exit(error == ENOENT ? EXIT_NOT_FOUND : EXIT_NOT_EXECUTABLE);
}

int main(int count, char **arguments) {
    // Levels of wrapper processes (a sandbox's own) that a polite SIGTERM has to pass by.
    int wrappers = 0;
    unsigned long long memory = 0; // 0 is no limit
    char **next = arguments + 1, **end = arguments + count;
    if (end - next >= 2 && !strcmp(next[0], "--wrappers")) {
        wrappers = (int)number_in(next[1], next[0]);
        next += 2;
    }
    if (end - next >= 2 && !strcmp(next[0], "--memory")) {
        memory = number_in(next[1], next[0]);
        next += 2;
    }
    char **limits = next;
    while (next < end && strcmp(*next, "--")) next++;
    if (next + 1 >= end || (next - limits) % 2) {
        fputs("usage: lab-guard [--wrappers N] [--memory BYTES] [--LIMIT N]... -- COMMAND [ARGUMENT]...\n", stderr);
        return EXIT_GUARD;
    }

    sigset_t watched;
    sigemptyset(&watched);
    sigaddset(&watched, SIGCHLD);
    sigaddset(&watched, SIGTERM);
    sigaddset(&watched, SIGINT);
    sigaddset(&watched, SIGHUP);
    if (sigprocmask(SIG_BLOCK, &watched, NULL)) fail("sigprocmask");
    int signals = signalfd(-1, &watched, SFD_CLOEXEC | SFD_NONBLOCK);
    if (signals < 0) fail("signalfd");
    if (prctl(PR_SET_CHILD_SUBREAPER, 1)) fail("prctl");

    pid_t guard = getpid();
    pid_t command = fork();
    if (command < 0) fail("fork");
    if (command == 0) become(next + 1, limits, next, guard);

    int status = 0;
    bool ended = false, killing = false, excessive = false;
    while (reap(command, &status, &ended)) {
        if (ended || killing) {
            // A descendant may be starting another one at this moment, hence again and again until there is none.
            signal_descendants(SIGKILL, 0);
            poll(NULL, 0, 1);
            continue;
        }
        struct pollfd watch[2] = {{.fd = STDIN_FILENO, .events = POLLIN}, {.fd = signals, .events = POLLIN}};
        int events = poll(watch, 2, memory ? MEMORY_INTERVAL : -1);
        if (memory && memory_below(guard) > memory) {
            fprintf(stderr, "lab-guard: killed: it had more than %llu bytes in memory\n", memory);
            killing = excessive = true;
        }
        if (events < 0) continue;
        if (watch[1].revents) {
            struct signalfd_siginfo seen;
            while (read(signals, &seen, sizeof seen) == sizeof seen)
                if (seen.ssi_signo != SIGCHLD) killing = true;
        }
        if (watch[0].revents) {
            char order;
            ssize_t length = read(STDIN_FILENO, &order, 1);
            if (length == 1 && order == 't') signal_descendants(SIGTERM, wrappers);
            else if (length == 0 || (length < 0 && errno != EINTR && errno != EAGAIN)) killing = true;
        }
    }
    if (excessive) return 128 + SIGKILL;
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}
