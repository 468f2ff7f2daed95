// SPDX-License-Identifier: Apache-2.0

import CSeccomp
import Glibc

/// What the process gives up before it sees the first frame: libslirp is old C code that reads what a guest sends, and a fault in it is
/// not to be worth more than the sockets that it needs.
enum SystemCallFilter {
  /// Starting programs, looking into other processes, and everything that changes what the process may do or that is seldom used and
  /// often at fault. Whoever tries it is not this program any more, and ends at once.
  private static let forbidden = [
    "execve", "execveat", "ptrace", "process_vm_readv", "process_vm_writev", "pidfd_getfd", "kcmp", "setns", "unshare",
    "mount", "umount2", "pivot_root", "chroot", "move_mount", "open_tree", "fsopen", "fsmount", "mount_setattr",
    "open_by_handle_at", "name_to_handle_at", "setuid", "setgid", "setreuid", "setregid", "setresuid", "setresgid",
    "setgroups", "capset", "bpf", "userfaultfd", "perf_event_open", "io_uring_setup", "io_uring_enter",
    "io_uring_register", "keyctl", "add_key", "request_key", "init_module", "finit_module", "delete_module",
    "kexec_load", "kexec_file_load", "reboot", "swapon", "swapoff", "syslog", "personality", "modify_ldt", "ioperm",
    "iopl", "acct", "quotactl", "settimeofday", "clock_settime", "adjtimex", "sethostname", "setdomainname",
  ]

  /// Puts the filter in force, for good.
  /// - Throws: `SystemError` if the kernel takes no filters.
  static func install() throws {
    guard let filter = seccomp_init(SCMP_ACT_ALLOW) else { throw SystemError("cannot make a system call filter") }
    defer { seccomp_release(filter) }
    for name in forbidden {
      let number = seccomp_syscall_resolve_name(name)
      // What the library does not know, the kernel it was made for does not have.
      guard number != Int32(__NR_SCMP_ERROR) else { continue }
      try check(seccomp_rule_add_array(filter, UInt32(SCMP_ACT_KILL_PROCESS), number, 0, nil))
    }
    // Unix sockets (1) lead to the lab and to QEMU, those of IPv4 (2) to 127.0.0.1; no other kind is needed.
    var isOther = scmp_arg_cmp(arg: 0, op: SCMP_CMP_GT, datum_a: UInt64(AF_INET), datum_b: 0)
    try check(
      seccomp_rule_add_array(
        filter, lab_seccomp_errno(UInt16(EAFNOSUPPORT)), seccomp_syscall_resolve_name("socket"), 1, &isOther))
    try check(seccomp_load(filter))
  }

  private static func check(_ result: Int32) throws {
    guard result == 0 else {
      errno = -result
      throw SystemError("cannot set the system call filter")
    }
  }
}
