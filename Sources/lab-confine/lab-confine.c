// SPDX-License-Identifier: Apache-2.0
//
// lab-confine [--user N] [--processes N] [--preload LIBRARY] [--directory FOLDER] -- COMMAND [ARGUMENT]...
// lab-confine --relay COMMAND [ARGUMENT]...
//
// The last step before a command runs in a sandbox, taken inside of it. The first form gives up what only the making of the sandbox needed:
// it becomes an ordinary user, limits how many processes there may be, puts the filter of system calls in force, and becomes the command.
//
// The second form stands between a compiler's driver and the programs that it calls (gcc's option -wrapper). A driver turns the death of one into a
// line of text and an exit status like any other, and text can be forged by the source. So if a signal ends the program that comes of no
// source's errors, the driver ends by the same signal.
#define _GNU_SOURCE
#include <errno.h>
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "system_call_filter.h"

// As timeout(1) and env(1) report their own failures.
enum { EXIT_CONFINE = 125, EXIT_NOT_EXECUTABLE = 126, EXIT_NOT_FOUND = 127 };

static _Noreturn void fail(const char *what) {
    fprintf(stderr, "lab-confine: %s: %s\n", what, strerror(errno));
    exit(EXIT_CONFINE);
}

static _Noreturn void become(char **command) {
    execv(command[0], command);
    int error = errno;
    fprintf(stderr, "lab-confine: cannot run %s: %s\n", command[0], strerror(error));
    _exit(error == ENOENT ? EXIT_NOT_FOUND : EXIT_NOT_EXECUTABLE);
}

static unsigned long number_in(const char *value, const char *name) {
    char *end;
    errno = 0;
    unsigned long number = strtoul(value, &end, 10);
    if (errno || *end || end == value) {
        errno = EINVAL;
        fail(name);
    }
    return number;
}

// Signals that the host or a limit sends, and no error in what a program reads.
static int is_relayed(int number) {
    switch (number) {
    case SIGKILL:
    case SIGXCPU:
    case SIGXFSZ:
    case SIGTERM:
    case SIGINT:
    case SIGQUIT:
    case SIGHUP: return 1;
    default: return 0;
    }
}

static int relay(char **command) {
    pid_t driver = getppid();
    pid_t child = fork();
    if (child < 0) fail("fork");
    if (child == 0) become(command);
    int status;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR) fail("waitpid");
    if (!WIFSIGNALED(status)) return WEXITSTATUS(status);
    if (is_relayed(WTERMSIG(status))) kill(driver, WTERMSIG(status));
    // The driver's own words for anything else say which program it was.
    signal(WTERMSIG(status), SIG_DFL);
    raise(WTERMSIG(status));
    return 128 + WTERMSIG(status);
}

int main(int count, char **arguments) {
    if (count >= 3 && !strcmp(arguments[1], "--relay")) return relay(arguments + 2);
    unsigned long user = 0, processes = 0; // 0 changes nothing
    const char *preload = NULL, *directory = NULL;
    char **next = arguments + 1, **end = arguments + count;
    for (; next + 1 < end && strcmp(*next, "--"); next += 2) {
        if (!strcmp(next[0], "--user")) user = number_in(next[1], next[0]);
        else if (!strcmp(next[0], "--processes")) processes = number_in(next[1], next[0]);
        else if (!strcmp(next[0], "--preload")) preload = next[1];
        else if (!strcmp(next[0], "--directory")) directory = next[1];
        else break;
    }
    if (next + 1 >= end || strcmp(*next, "--")) {
        fputs("usage: lab-confine [--user N] [--processes N] [--preload LIBRARY] [--directory FOLDER] -- COMMAND [ARGUMENT]...\n"
              "       lab-confine --relay COMMAND [ARGUMENT]...\n",
              stderr);
        return EXIT_CONFINE;
    }
    if (user) {
        if (setgroups(0, NULL)) fail("setgroups");
        if (setresgid((gid_t)user, (gid_t)user, (gid_t)user)) fail("setresgid");
        if (setresuid((uid_t)user, (uid_t)user, (uid_t)user)) fail("setresuid");
    }
    // Only now: the folder may be this user's alone.
    if (directory && chdir(directory)) fail(directory);
    if (processes) {
        struct rlimit limit = {.rlim_cur = processes, .rlim_max = processes};
        if (setrlimit(RLIMIT_NPROC, &limit)) fail("setrlimit");
    }
    // A command that is to be loaded with a library gets it here: what stands before does without.
    if (preload && setenv("LD_PRELOAD", preload, 1)) fail("setenv");
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) fail("prctl");
    if (lab_filter_system_calls(LAB_FORBIDDEN_FAILS, true)) fail("cannot set the filter of system calls");
    become(next + 1);
}
