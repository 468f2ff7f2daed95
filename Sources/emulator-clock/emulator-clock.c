// SPDX-License-Identifier: Apache-2.0
//
// Stands between an emulator and the computer's clock. The lab has it loaded into Espressif's QEMU (LD_PRELOAD), whose clock it cannot
// move in any other way.
//
// With -icount an idle guest's clock goes by the computer's: QEMU's main loop waits, with ppoll(), until the guest's next timer is due, and
// then takes the guest's clock on by what has passed (icount_start_warp_timer() and icount_warp_rt() in QEMU). So there are three
// things to be done in that one place:
//
//  - A stall of the computer is not told: neither that a wait took longer than it should nor that the main loop was held up between
//    two. Without that the guest's clock jumps, over the ticks that its interrupt watchdog waits for.
//  - Where the lab allows it, the wait is skipped: the clock is taken to its end at once.
//  - The clock goes no further than the lab's lease: when the lab or the network stands still, so does a guest that waits for them.
//
// Does nothing in a program that is not QEMU's, nor without the file that LAB_EMULATOR_CLOCK names (shared_clock.h).

#define _GNU_SOURCE
#include "../CEmulatorClock/shared_clock.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#define SECOND INT64_C(1000000000)

// How long a wait may be late, and how long it may be until the next one, in nanoseconds: a main loop that is not held up needs less.
static const int64_t slack = 1000000;

// The connection over which the lab gives orders (SocketPaths in LabEmulator): what comes over it does not come from the guest.
static const char monitor_socket[] = "/qmp.sock";

// The file, once it is there.
static struct shared_clock *shared;
// Only the main loop waits for the guest's timers.
static pid_t main_thread;
// How far the clock may go, whatever the computer's says, until the main loop waits again.
static _Atomic int64_t ceiling = INT64_MAX;

// The sockets that lead to the monitor, one bit each.
#define DESCRIPTORS 1024
static atomic_uchar monitors[DESCRIPTORS / 8];

static int (*host_clock_gettime)(clockid_t, struct timespec *);
static int (*host_ppoll)(struct pollfd *, nfds_t, const struct timespec *, const sigset_t *);
static int (*host_connect)(int, const struct sockaddr *, socklen_t);
static ssize_t (*host_sendmsg)(int, const struct msghdr *, int);
static ssize_t (*host_recvmsg)(int, struct msghdr *, int);

// Other libraries' constructors may come before attach().
#define FIND_HOST(name)                                             \
    do {                                                            \
        if (!host_##name) {                                         \
            *(void **)&host_##name = dlsym(RTLD_NEXT, #name);       \
        }                                                           \
    } while (0)

static int64_t load(const int64_t *value) { return __atomic_load_n(value, __ATOMIC_SEQ_CST); }
static int is_set(const uint8_t *flag) { return __atomic_load_n(flag, __ATOMIC_SEQ_CST) != 0; }
static void clear(uint8_t *flag) { __atomic_store_n(flag, 0, __ATOMIC_SEQ_CST); }

static int64_t nanoseconds(const struct timespec *time) { return time->tv_sec * SECOND + time->tv_nsec; }

static struct timespec to_timespec(int64_t nanoseconds) {
    return (struct timespec){.tv_sec = nanoseconds / SECOND, .tv_nsec = nanoseconds % SECOND};
}

// How far the clock may go now.
static int64_t highest_time(void) {
    int64_t lease = load(&shared->lease), top = ceiling;
    return lease && lease < top ? lease : top;
}

// The emulator's clock at a moment of the computer's.
static int64_t emulator_time(int64_t host) {
    int64_t offset = load(&shared->offset);
    for (;;) {
        int64_t time = host + offset, top = highest_time();
        if (time <= top) {
            return time;
        }
        if (__atomic_compare_exchange_n(&shared->offset, &offset, top - host, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)) {
            return top;
        }
    }
}

__attribute__((constructor)) static void attach(void) {
    const char *path = getenv("LAB_EMULATOR_CLOCK");
    if (!path || strncmp(program_invocation_short_name, "qemu-system-", strlen("qemu-system-")) != 0) {
        return;
    }
    int file = open(path, O_RDWR | O_CLOEXEC);
    if (file < 0) {
        return;
    }
    struct stat status;
    if (fstat(file, &status) == 0 && status.st_size >= (off_t)sizeof *shared) {
        void *memory = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
        if (memory != MAP_FAILED) {
            main_thread = getpid();
            shared = memory;
            __atomic_store_n(&shared->attached, 1, __ATOMIC_SEQ_CST);
        }
    }
    close(file);
}

int clock_gettime(clockid_t clock, struct timespec *time) {
    FIND_HOST(clock_gettime);
    int result = host_clock_gettime(clock, time);
    if (shared && result == 0 && clock == CLOCK_MONOTONIC) {
        *time = to_timespec(emulator_time(nanoseconds(time)));
    }
    return result;
}

// Passes over as much of a wait as the lab allows. Returns how much is left of it.
static int64_t skip(int64_t wait) {
    if (!is_set(&shared->skips)) {
        return wait;
    }
    int64_t limit = load(&shared->limit);
    int64_t step = wait < limit ? wait : limit;
    if (!is_set(&shared->quiet) || step <= 0) {
        clear(&shared->skips);
        return wait;
    }
    // What is skipped comes on top of the lease.
    if (load(&shared->lease)) {
        __atomic_fetch_add(&shared->lease, step, __ATOMIC_SEQ_CST);
    }
    __atomic_fetch_add(&shared->offset, step, __ATOMIC_SEQ_CST);
    __atomic_store_n(&shared->limit, limit - step, __ATOMIC_SEQ_CST);
    if (step == limit) {
        clear(&shared->skips);
    }
    return wait - step;
}

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return nanoseconds(&time);
}

// Whether the clock has come to the end of its lease.
static int stands(void) {
    int64_t lease = load(&shared->lease);
    return lease && now() >= lease;
}

// Waits for something that no timer of the guest's ends: it computes, or has none.
static int wait_for_event(struct pollfd *descriptors, nfds_t count, const sigset_t *signals) {
    ceiling = INT64_MAX;
    int ready = host_ppoll(descriptors, count, NULL, signals);
    ceiling = now() + slack;
    return ready;
}

int ppoll(struct pollfd *descriptors, nfds_t count, const struct timespec *timeout, const sigset_t *signals) {
    FIND_HOST(ppoll);
    if (!shared || gettid() != main_thread) {
        return host_ppoll(descriptors, count, timeout, signals);
    }
    if (!timeout) {
        return wait_for_event(descriptors, count, signals);
    }
    int64_t wait = nanoseconds(timeout);
    ceiling = now() + wait + slack;
    const struct timespec none = {0};
    int ready = host_ppoll(descriptors, count, &none, signals);
    if (ready == 0 && wait > 0) {
        wait = skip(wait);
        // Until the clock goes on there is nothing to be done by it, however short the wait.
        if (wait < slack && stands()) {
            wait = slack;
        }
        const struct timespec rest = to_timespec(wait);
        ready = wait > 0 ? host_ppoll(descriptors, count, &rest, signals) : 0;
    }
    return ready;
}

int connect(int socket, const struct sockaddr *address, socklen_t length) {
    FIND_HOST(connect);
    if (socket >= 0 && socket < DESCRIPTORS && address->sa_family == AF_UNIX && length > offsetof(struct sockaddr_un, sun_path)) {
        const char *path = ((const struct sockaddr_un *)address)->sun_path;
        size_t size = strnlen(path, length - offsetof(struct sockaddr_un, sun_path));
        size_t end = strlen(monitor_socket);
        if (size >= end && memcmp(path + size - end, monitor_socket, end) == 0) {
            atomic_fetch_or(&monitors[socket / 8], 1 << socket % 8);
        }
    }
    return host_connect(socket, address, length);
}

// Takes up that something went over a socket.
static void passed(int socket, ssize_t size) {
    if (!shared || size <= 0) {
        return;
    }
    if (socket < DESCRIPTORS && (atomic_load(&monitors[socket / 8]) & 1 << socket % 8)) {
        return;
    }
    clear(&shared->quiet);
    clear(&shared->skips);
}

ssize_t sendmsg(int socket, const struct msghdr *message, int flags) {
    FIND_HOST(sendmsg);
    ssize_t size = host_sendmsg(socket, message, flags);
    passed(socket, size);
    return size;
}

ssize_t recvmsg(int socket, struct msghdr *message, int flags) {
    FIND_HOST(recvmsg);
    ssize_t size = host_recvmsg(socket, message, flags);
    passed(socket, size);
    return size;
}
