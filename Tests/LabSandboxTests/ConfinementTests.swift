// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

@testable import LabSandbox

/// What a command in the sandbox can reach.
@Suite struct ConfinementTests {
  private func sh(_ script: String, binds: [SandboxedCommand.Bind] = []) async throws -> String {
    let result = try await Sandbox().run(
      SandboxedCommand("/bin/sh", ["-c", script], binds: binds), timeout: .seconds(600))
    return String(decoding: result.output + result.errors, as: UTF8.self)
  }

  @Test func seesNoHomeAndNoHostFiles() async throws {
    let listing = try await sh("ls -A / /tmp /etc")
    #expect(!listing.contains("home"))
    #expect(!listing.contains("root"))
    #expect(!listing.contains("passwd"))
  }

  @Test func writesNowhereButTmp() async throws {
    let script =
      "for f in /x /usr/x /dev/x /dev/shm/x /etc/x /proc/x /tmp/x; do (echo > $f) 2>/dev/null && echo $f; done; true"
    #expect(try await sh(script) == "/tmp/x\n")
  }

  @Test func seesBindsAsTheyAreDeclared() async throws {
    let place = try PrivateDirectory()
    let folder = place.path + "/folder"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    try Data("a".utf8).write(to: URL(fileURLWithPath: folder + "/file"))
    let script = "cat \(folder)/file; (echo > \(folder)/new) 2>/dev/null && echo written; true"
    #expect(try await sh(script, binds: [.readOnly(folder)]) == "a")
    #expect(try await sh(script, binds: [.readWrite(folder)]) == "awritten\n")
  }

  @Test func hasNoNetworkAndNoForeignProcesses() async throws {
    #expect(try await sh("cat /proc/net/dev | tail -n +3 | cut -d: -f1 | tr -d ' '") == "lo\n")
    // bubblewrap's own pid 1, the shell and ls.
    let count = try #require(
      Int(try await sh("ls -d /proc/[0-9]* | wc -l").trimmingCharacters(in: .whitespacesAndNewlines)))
    #expect(count <= 4)
  }

  @Test func hasNoCapabilitiesAndCannotNest() async throws {
    #expect(try await sh("grep CapEff /proc/self/status") == "CapEff:\t0000000000000000\n")
    #expect(try await sh("unshare --user true 2>/dev/null || echo refused") == "refused\n")
  }

  /// Root's files are root's to write, whatever capabilities are dropped: those of /proc/sys are the kernel's settings.
  @Test func isNoRootAndWritesNoSettings() async throws {
    let user = try await sh("id -u; grep ^Uid /proc/self/status | cut -f2")
    #expect(!user.split(separator: "\n").contains("0"))
    // Every file below /proc that is not a process's own, opened for writing; nothing is written.
    let script = """
      for f in $(find /proc /sys -xdev -type f -not -path '/proc/[0-9]*' 2>/dev/null); do
        ( : >> "$f" ) 2>/dev/null && echo "$f"; done; true
      """
    #expect(try await sh(script) == "")
    #expect(try await sh("ls -d /sys 2>/dev/null; true") == "")
  }

  /// Seen from outside: the number that a command has in its own namespace proves nothing.
  @Test func runsAsNobodyWhereTheLabIsRoot() async throws {
    let nonce = "\(6_000_000 + Int.random(in: 0..<1_000_000)).5"
    let process = try await Sandbox().start(SandboxedCommand("/bin/sleep", [nonce]))
    try await ProcessTable.wait { ProcessTable.owner(ofCommand: "/bin/sleep \(nonce)") != nil }
    #expect(ProcessTable.owner(ofCommand: "/bin/sleep \(nonce)") == SandboxUser.current?.id ?? geteuid())
    await process.stop(grace: .zero)
  }

  /// What leads to other processes, the kernel's settings, or parts of it that are often at fault.
  @Test func itsSystemCallsAreFiltered() async throws {
    #expect(
      try await sh("grep -E '^(Seccomp|NoNewPrivs):' /proc/self/status | tr -d '\\t'") == "NoNewPrivs:1\nSeccomp:2\n")
    let script = """
      import ctypes, socket
      libc = ctypes.CDLL(None, use_errno=True)
      def call(*a):
          ctypes.set_errno(0); libc.syscall(*a); return ctypes.get_errno()
      # ptrace, unshare, keyctl, bpf, io_uring_setup, userfaultfd, perf_event_open; clone with CLONE_NEWUSER (x86-64).
      print([call(n, 0, 0, 0, 0, 0) for n in (101, 272, 250, 321, 425, 323, 298)], call(56, 0x10000000 | 17, 0, 0, 0, 0))
      for family in (socket.AF_NETLINK, socket.AF_PACKET, 38, 40):
          try: socket.socket(family, socket.SOCK_RAW, 0); print('open')
          except OSError as error: print(error.errno)
      """
    #if arch(x86_64)
      let answer = try await sh("exec /usr/bin/python3 -c \"$0\"".replacing("$0", with: script))
      #expect(answer == "[1, 1, 1, 1, 1, 1, 1] 1\n97\n97\n97\n97\n")
    #endif
  }

  @Test func seesNoProcessesWhereItNeedsNone() async throws {
    let result = try await Sandbox().run(
      SandboxedCommand("/bin/ls", ["-A", "/proc/"], seesProcesses: false), timeout: .seconds(600))
    #expect(result.output.isEmpty && !result.isSuccess)
  }

  @Test func inheritsNoEnvironmentAndNoDescriptors() async throws {
    let names = try await sh("env | cut -d= -f1 | sort | tr '\\n' ' '")
    #expect(names == "LC_ALL PATH PWD TMPDIR ")
    #expect(try await sh("ls /proc/self/fd | tr '\\n' ' '") == "0 1 2 3 ")
  }

  @Test func temporaryStorageIsBounded() async throws {
    let limits = ResourceLimits(temporaryStorage: 1 << 20)
    let command = SandboxedCommand(
      "/bin/sh", ["-c", "head -c 2000000 /dev/zero > /tmp/x; stat -c %s /tmp/x"], limits: limits)
    let result = try await Sandbox().run(command, timeout: .seconds(600))
    #expect(String(decoding: result.output, as: UTF8.self) == "1048576\n")
  }
}
