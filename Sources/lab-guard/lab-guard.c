// SPDX-License-Identifier: Apache-2.0
//
// lab-guard [--wrappers N] [--memory BYTES] [--sandboxed] [--user N] [--LIMIT N]... -- COMMAND [ARGUMENT]...
//
// Runs one command and sees to it that nothing of it outlives the lab.
//
// Standard input is the lab's end of a socket. While it is open the command runs; a byte 't' sends SIGTERM to the command;
// a byte 'u' has the guard say
// on the socket how much processor time all descendants have had, as `used 0 T`, see below; its end, which the kernel brings about when the lab dies in whatever way, kills the command and every descendant. That
// holds from the first instant on, where a parent-death signal does not: a sandbox that is still being set up has not asked
// for one yet. As a child subreaper the guard inherits what a dying process leaves behind, and it exits only when the last
// descendant is gone, with the command's own status (128 + N for signal N).
//
// Before it exits it says on the socket how the command ended, in a line that nothing but the guard can write; T is the processor time
// of all descendants in milliseconds:
//
//     exited N T      by itself, with this status
//     signalled N T   by this signal
//     memory 0 T      killed by the guard: it had more memory than --memory allows
//     unstarted 0 T   never begun: the sandbox could not be set up
//     lost 0 T        nobody knows: the sandbox or the guard was ended from outside
//
// A guard that says nothing was killed itself.
//
// --memory bounds what all descendants have in memory for themselves. The kernel's own limits (setrlimit) hold for one process
// each, and control groups, which count together, are not for every user to make. So it is looked at every fifth of a second: that
// ends what grows, and is no wall against what takes it all at once.
//
// --sandboxed says that COMMAND is bubblewrap, which then gets a pipe as descriptor 3 for its --json-status-fd: there it says how the command in
// the sandbox ended. Of its own exit status one cannot tell whether it is the command's.
//
// --user, for root, runs COMMAND as root of a user namespace that has this user beside root. Without it a sandbox that root makes runs its
// command as root, too, and root's files in /proc/sys are root's to write, whatever capabilities are dropped.
#define _GNU_SOURCE
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
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "processes.h"
#include "user_namespace.h"

// The guard's own failures, as timeout(1) and env(1) report theirs.
enum { EXIT_GUARD = 125, EXIT_NOT_EXECUTABLE = 126, EXIT_NOT_FOUND = 127 };

// How often the memory of all descendants is added up, in milliseconds.
enum { MEMORY_INTERVAL = 200 };

// The descriptor that a sandbox finds its pipe at.
enum { STATUS_DESCRIPTOR = 3 };

// Seconds between SIGXCPU, which says that a process has used up its processor time, and SIGKILL, which says nothing.
enum { PROCESSOR_GRACE = 5 };

// What is asked of the guard.
typedef struct {
    int wrappers;              // levels of wrapper processes (a sandbox's own) that a polite SIGTERM has to pass by
    unsigned long long memory; // 0 is no limit
    bool sandboxed;
    unsigned long user; // 0 is the caller's
    char **limits, **limits_end;
    char **command;
} options_t;

static _Noreturn void fail(const char *what) {
    fprintf(stderr, "lab-guard: %s: %s\n", what, strerror(errno));
    exit(EXIT_GUARD);
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
        unsigned long long hard = known[i].resource == RLIMIT_CPU ? number + PROCESSOR_GRACE : number;
        if (hard < now.rlim_max) now.rlim_max = hard;
        now.rlim_cur = number < now.rlim_max ? number : now.rlim_max;
        if (setrlimit(known[i].resource, &now)) fail(name);
        return;
    }
    errno = EINVAL;
    fail(name);
}

static _Noreturn void become(const options_t *options, pid_t guard, const handshake_t *handshake, int status) {
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    // Should the guard itself be killed, the command at least goes with it.
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != guard) _exit(EXIT_GUARD);
    int null = open("/dev/null", O_RDONLY);
    if (null < 0 || dup2(null, STDIN_FILENO) < 0) fail("/dev/null");
    if (null != STDIN_FILENO) close(null);
    // What a tool leaves is for the lab to read, whoever the tool ran as.
    umask(022);
    if (options->user && enter_user_namespace(handshake)) fail("cannot make a user namespace");
    // A change of credentials may undo it (prctl(2)).
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != guard) _exit(EXIT_GUARD);
    if (options->sandboxed && status == STATUS_DESCRIPTOR) fcntl(status, F_SETFD, 0);
    else if (options->sandboxed && dup2(status, STATUS_DESCRIPTOR) < 0) fail("dup2");
    for (char **next = options->limits; next < options->limits_end; next += 2) limit(next[0], next[1]);
    execv(options->command[0], options->command);
    int error = errno;
    fprintf(stderr, "lab-guard: cannot run %s: %s\n", options->command[0], strerror(error));
    _exit(error == ENOENT ? EXIT_NOT_FOUND : EXIT_NOT_EXECUTABLE);
}

static bool parse(int count, char **arguments, options_t *options) {
    char **next = arguments + 1, **end = arguments + count;
    for (; next < end; next++) {
        bool has_value = next + 1 < end;
        if (!strcmp(*next, "--sandboxed")) options->sandboxed = true;
        else if (has_value && !strcmp(*next, "--wrappers")) options->wrappers = (int)number_in(next[1], next[0]), next++;
        else if (has_value && !strcmp(*next, "--memory")) options->memory = number_in(next[1], next[0]), next++;
        else if (has_value && !strcmp(*next, "--user")) options->user = (unsigned long)number_in(next[1], next[0]), next++;
        else break;
    }
    options->limits = next;
    while (next < end && strcmp(*next, "--")) next++;
    options->limits_end = next;
    options->command = next + 1;
    return next + 1 < end && (next - options->limits) % 2 == 0;
}

// The status of the command in the sandbox, as bubblewrap has written it: `{ "exit-code": N }`. Returns -1 if there is none.
static int sandboxed_status(int descriptor) {
    char text[1024];
    size_t length = 0;
    for (ssize_t count; length < sizeof text - 1;) {
        count = read(descriptor, text + length, sizeof text - 1 - length);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) break;
        length += (size_t)count;
    }
    text[length] = 0;
    const char *found = strstr(text, "\"exit-code\":");
    int status;
    return found && sscanf(found + strlen("\"exit-code\":"), " %d", &status) == 1 ? status : -1;
}

// The processor time of all descendants that have ended and were waited for, in milliseconds.
static long long processor_time(void) {
    struct rusage usage;
    if (getrusage(RUSAGE_CHILDREN, &usage)) return 0;
    return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000LL + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000;
}

// Tells the lab something, if it still listens.
static void say(const char *kind, int number, long long time) {
    char line[64];
    snprintf(line, sizeof line, "%s %d %lld\n", kind, number, time);
    send(STDIN_FILENO, line, strlen(line), MSG_NOSIGNAL | MSG_DONTWAIT);
}

// Says how the command ended to the lab, if it still listens. Returns the guard's own exit status.
static int report(const options_t *options, int status, bool excessive, bool interrupted, long long used, int pipe) {
    const char *kind = WIFSIGNALED(status) ? "signalled" : "exited";
    int number = WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
    int code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    if (excessive) {
        kind = "memory", number = 0;
        code = 128 + SIGKILL;
    } else if (interrupted || (options->sandboxed && WIFSIGNALED(status))) {
        kind = "lost", number = 0;
    } else {
        if (options->sandboxed) {
            number = sandboxed_status(pipe);
            kind = number < 0 ? "unstarted" : "exited";
            if (number < 0) number = 0;
        }
        // bubblewrap and shells pass a signal on as 128 plus its number.
        if (!strcmp(kind, "exited") && number > 128 && number <= 128 + 64) kind = "signalled", number -= 128;
    }
    say(kind, number, used ? used : processor_time());
    return code;
}

int main(int count, char **arguments) {
    options_t options = {0};
    if (!parse(count, arguments, &options)) {
        fputs("usage: lab-guard [--wrappers N] [--memory BYTES] [--sandboxed] [--user N] [--LIMIT N]... -- COMMAND [ARGUMENT]...\n",
              stderr);
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
    int status_pipe[2] = {-1, -1};
    if (options.sandboxed && pipe2(status_pipe, O_CLOEXEC)) fail("pipe2");
    handshake_t handshake = {-1, -1};
    if (options.user && make_handshake(&handshake)) fail("socketpair");

    pid_t guard = getpid();
    pid_t command = fork();
    if (command < 0) fail("fork");
    if (command == 0) become(&options, guard, &handshake, status_pipe[1]);
    if (options.sandboxed) close(status_pipe[1]);
    // Should that fail, the child says so and ends.
    if (options.user && map_users(&handshake, command, options.user))
        fprintf(stderr, "lab-guard: cannot give a user namespace its users: %s\n", strerror(errno));

    int status = 0;
    bool ended = false, killing = false, excessive = false, interrupted = false;
    long long used = 0; // at the moment of the kill: nobody waits for what then dies with its parents
    while (reap(command, &status, &ended)) {
        if (killing && !used) used = processor_time() + processor_time_below();
        if (ended || killing) {
            // A descendant may be starting another one at this moment, hence again and again until there is none.
            signal_descendants(SIGKILL, 0);
            poll(NULL, 0, 1);
            continue;
        }
        struct pollfd watch[2] = {{.fd = STDIN_FILENO, .events = POLLIN}, {.fd = signals, .events = POLLIN}};
        int events = poll(watch, 2, options.memory ? MEMORY_INTERVAL : -1);
        if (options.memory && memory_below(guard) > options.memory) {
            fprintf(stderr, "lab-guard: killed: it had more than %llu bytes in memory\n", options.memory);
            killing = excessive = true;
        }
        if (events < 0) continue;
        if (watch[1].revents) {
            struct signalfd_siginfo seen;
            while (read(signals, &seen, sizeof seen) == sizeof seen)
                if (seen.ssi_signo != SIGCHLD) killing = interrupted = true;
        }
        if (watch[0].revents) {
            char order;
            ssize_t length = read(STDIN_FILENO, &order, 1);
            if (length == 1 && order == 't') signal_descendants(SIGTERM, options.wrappers);
            else if (length == 1 && order == 'u') say("used", 0, processor_time() + processor_time_below());
            else if (length == 0 || (length < 0 && errno != EINTR && errno != EAGAIN)) killing = interrupted = true;
        }
    }
    return report(&options, status, excessive, interrupted, used, status_pipe[0]);
}
