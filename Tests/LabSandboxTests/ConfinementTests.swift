// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

@testable import LabSandbox

/// What a command in the sandbox can reach.
@Suite struct ConfinementTests {
  private func sh(_ script: String, binds: [SandboxedCommand.Bind] = []) async throws -> String {
    let result = try await Sandbox().run(
      SandboxedCommand("/bin/sh", ["-c", script], binds: binds), timeout: .seconds(30))
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
    let folder = try PrivateDirectory()
    try Data("a".utf8).write(to: URL(fileURLWithPath: folder.path + "/file"))
    let script = "cat \(folder.path)/file; (echo > \(folder.path)/new) 2>/dev/null && echo written; true"
    #expect(try await sh(script, binds: [.readOnly(folder.path)]) == "a")
    #expect(try await sh(script, binds: [.readWrite(folder.path)]) == "awritten\n")
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

  @Test func inheritsNoEnvironmentAndNoDescriptors() async throws {
    let names = try await sh("env | cut -d= -f1 | sort | tr '\\n' ' '")
    #expect(names == "LC_ALL PATH PWD TMPDIR ")
    #expect(try await sh("ls /proc/self/fd | tr '\\n' ' '") == "0 1 2 3 ")
  }

  @Test func temporaryStorageIsBounded() async throws {
    let limits = ResourceLimits(temporaryStorage: 1 << 20)
    let command = SandboxedCommand(
      "/bin/sh", ["-c", "head -c 2000000 /dev/zero > /tmp/x; stat -c %s /tmp/x"], limits: limits)
    let result = try await Sandbox().run(command, timeout: .seconds(30))
    #expect(String(decoding: result.output, as: UTF8.self) == "1048576\n")
  }
}
