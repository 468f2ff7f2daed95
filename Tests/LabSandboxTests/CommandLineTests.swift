// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import LabSandbox

@Suite struct CommandLineTests {
  private func line(_ command: SandboxedCommand, _ isolation: Sandbox.Isolation) throws -> String {
    try Sandbox(isolation: isolation).commandLine(for: command).joined(separator: " ")
  }

  @Test func withoutIsolationThereAreLimitsOnly() throws {
    let command = SandboxedCommand("/bin/true", ["-x"], limits: ResourceLimits(cpuSeconds: 7, processes: 3))
    #expect(try line(command, .none).hasSuffix("/lab-guard --core 0 --cpu-seconds 7 -- /bin/true -x"))
  }

  @Test func theSandboxHasNamespacesOfItsOwn() throws {
    let text = try line(SandboxedCommand("/bin/true"), .bubblewrap)
    for option in [
      "--wrappers 2", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-net", "--cap-drop ALL",
      "--die-with-parent", "--new-session", "--remount-ro /",
      SandboxUser.current == nil ? "--disable-userns" : "--user",
    ] { #expect(text.contains(option)) }
    #expect(try !line(SandboxedCommand("/bin/true", network: .host), .bubblewrap).contains("--unshare-net"))
  }

  @Test func foldersAreBoundBeforeWhatLiesInThem() throws {
    let command = SandboxedCommand("/opt/x/tool", binds: [.readWrite("/a/b/c"), .readOnly("/a"), .readOnly("/a/b")])
    #expect(
      try line(command, .bubblewrap).contains(
        "--ro-bind /a /a --ro-bind /a/b /a/b --bind /a/b/c /a/b/c --ro-bind /opt/x/tool /opt/x/tool"))
  }

  @Test func aLibraryIsLoadedIntoTheCommandAlone() throws {
    var command = SandboxedCommand("/bin/true", ["-x"])
    command.preload = "/opt/x/library"
    #expect(try line(command, .none).hasSuffix(" -- /usr/bin/env LD_PRELOAD=/opt/x/library /bin/true -x"))
    let text = try line(command, .bubblewrap)
    #expect(text.contains("--ro-bind /opt/x/library /opt/x/library"))
    #expect(text.hasSuffix(" --preload /opt/x/library --directory /tmp -- /bin/true -x"))
  }

  /// A program in a folder that is shown may be a link, which nothing can be put over.
  @Test func aProgramInAFolderThatIsShownIsNotBoundAgain() throws {
    let command = SandboxedCommand("/opt/x/tool", binds: [.readOnly("/opt/x")])
    #expect(try !line(command, .bubblewrap).contains("--ro-bind /opt/x/tool"))
  }

  @Test func bubblewrapsComplaintsAreUnderstood() {
    let forbidden = Unavailability(
      bubblewrapMessage: Array("bwrap: No permissions to create new namespace, likely because the kernel\n".utf8))
    #expect(forbidden.labError.code == "sandbox.forbidden")
    #expect(
      Unavailability(bubblewrapMessage: Array("bwrap: Unknown option --disable-userns".utf8)).labError.code
        == "sandbox.tooOld")
    let gone = Unavailability(
      bubblewrapMessage: Array("bwrap: Can't find source path /x: No such file\u{1b}[2J or directory".utf8))
    #expect(gone == .gone(message: "Can't find source path /x: No such file[2J or directory"))
    let unreadable = Unavailability(
      bubblewrapMessage: Array("bwrap: Can't find source path /root/x: Permission denied".utf8))
    #expect(unreadable.labError.code == "sandbox.unreadable")
    let other = Unavailability(bubblewrapMessage: Array("bwrap: pivot_root: it says so".utf8))
    #expect(other == .failed(message: "pivot_root: it says so"))
  }

  @Test func whatMayPassIsToldFromWhatStays() {
    func unavailability(_ message: String, hasNamespaces: Bool = true) -> Unavailability {
      Unavailability(bubblewrapMessage: Array("bwrap: \(message)\n".utf8), hasNamespaces: hasNamespaces)
    }
    let exhausted =
      "Creating new namespace failed: nesting depth or /proc/sys/user/max_*_namespaces exceeded (ENOSPC)"
    for message in [
      exhausted, "Creating new namespace failed: Resource temporarily unavailable",
      "Creating new namespace failed: Cannot allocate memory",
    ] {
      #expect(unavailability(message) == .exhausted(message: message) && unavailability(message).isPassing)
    }
    #expect(unavailability(exhausted, hasNamespaces: false) == .namespacesForbidden(message: exhausted))
    for message in [
      "No permissions to create new namespace", "Unknown option --x",
      "Can't find source path /x: No such file or directory",
      "Can't mount proc on /newroot/proc: Operation not permitted",
    ] {
      #expect(!unavailability(message).isPassing, "\(message)")
    }
    for message in [
      "Can't fork for pid 1: Resource temporarily unavailable", "", "Can't open /dev/null: Too many open files",
    ] {
      #expect(unavailability(message).isPassing, "\(message)")
    }
  }

  @Test func aBindThatIsNotThereFailsAsTheLabsFault() async throws {
    let sandbox = try Sandbox()
    await #expect(throws: (any Error).self) {
      try await sandbox.run(SandboxedCommand("/bin/true", binds: [.readOnly("/nowhere")]), timeout: .seconds(30))
    }
  }
}
