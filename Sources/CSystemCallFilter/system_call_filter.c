// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "system_call_filter.h"

#include <errno.h>
#include <sched.h>
#include <seccomp.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

static const char *const forbidden_calls[] = {
    "ptrace", "process_vm_readv", "process_vm_writev", "pidfd_getfd", "kcmp", "setns", "unshare", "mount", "umount",
    "umount2", "pivot_root", "chroot", "move_mount", "open_tree", "fsopen", "fsconfig", "fsmount", "fspick", "mount_setattr",
    "open_by_handle_at", "name_to_handle_at", "setuid", "setgid", "setreuid", "setregid", "setresuid", "setresgid",
    "setfsuid", "setfsgid", "setgroups", "capset", "bpf", "userfaultfd", "perf_event_open", "io_uring_setup",
    "io_uring_enter", "io_uring_register", "keyctl", "add_key", "request_key", "init_module", "finit_module",
    "delete_module", "kexec_load", "kexec_file_load", "reboot", "swapon", "swapoff", "syslog", "personality", "modify_ldt",
    "ioperm", "iopl", "acct", "quotactl", "quotactl_fd", "settimeofday", "clock_settime", "clock_adjtime", "adjtimex",
    "sethostname", "setdomainname", "vhangup", "lookup_dcookie", "fanotify_init", "nfsservctl", "uselib", "vm86", "vm86old",
    "mbind", "set_mempolicy", "migrate_pages", "move_pages", "io_setup", "io_submit",
};

// Flags of clone(2) that make namespaces.
static const unsigned long namespace_flags =
    CLONE_NEWNS | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP;

// Adds a rule for a call that the kernel may not have: what the library does not know, the kernel it was made for lacks.
static int forbid(scmp_filter_ctx filter, const char *name, uint32_t action) {
    int number = seccomp_syscall_resolve_name(name);
    return number == __NR_SCMP_ERROR ? 0 : seccomp_rule_add_array(filter, action, number, 0, NULL);
}

static int add_rules(scmp_filter_ctx filter, uint32_t action, bool starts_programs) {
    int result = 0;
    for (size_t i = 0; !result && i < sizeof forbidden_calls / sizeof *forbidden_calls; i++)
        result = forbid(filter, forbidden_calls[i], action);
    if (!result && !starts_programs) result = forbid(filter, "execve", action);
    if (!result && !starts_programs) result = forbid(filter, "execveat", action);
    // A flag at a time: a comparison is of a masked argument with one value.
    for (unsigned long flag = 1; !result && flag; flag <<= 1) {
        if (!(namespace_flags & flag)) continue;
        result = seccomp_rule_add(filter, action, SCMP_SYS(clone), 1, SCMP_A0(SCMP_CMP_MASKED_EQ, flag, flag));
    }
    // Its flags lie in memory, where no filter sees them. Without it, libraries use clone().
    if (!result) result = forbid(filter, "clone3", SCMP_ACT_ERRNO(ENOSYS));
    // What is put into a terminal's input that way is read by whoever reads it next.
    if (!result) result = seccomp_rule_add(filter, action, SCMP_SYS(ioctl), 1, SCMP_A1(SCMP_CMP_MASKED_EQ, 0xffffffff, TIOCSTI));
    // AF_UNIX is 1 and AF_INET 2.
    if (!result)
        result = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EAFNOSUPPORT), SCMP_SYS(socket), 1,
                                  SCMP_A0(SCMP_CMP_GT, AF_INET, 0));
    if (!result)
        result = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EAFNOSUPPORT), SCMP_SYS(socketpair), 1,
                                  SCMP_A0(SCMP_CMP_GT, AF_INET, 0));
    return result;
}

int lab_filter_system_calls(lab_forbidden_t forbidden, bool starts_programs) {
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    if (!filter) {
        errno = ENOMEM;
        return -1;
    }
    uint32_t action = forbidden == LAB_FORBIDDEN_KILLS ? SCMP_ACT_KILL_PROCESS : SCMP_ACT_ERRNO(EPERM);
    int result = add_rules(filter, action, starts_programs);
    if (!result) result = seccomp_load(filter);
    seccomp_release(filter);
    if (result) {
        errno = -result;
        return -1;
    }
    return 0;
}
