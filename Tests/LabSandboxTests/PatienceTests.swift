// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

@testable import LabSandbox

/// What may be over in a moment is tried again; what stays is told at once.
@Suite struct PatienceTests {
  /// A bubblewrap that fails some times before it works, and counts its calls.
  private final class FakeBubblewrap: Sendable {
    let folder = FileManager.default.temporaryDirectory.appending(path: "lab-bwrap-\(UUID().uuidString)")

    /// - Parameters:
    ///   - failures: how often it fails.
    ///   - ending: shell commands that do it.
    init(failures: Int, _ ending: String) throws {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let real = try #require(HelperExecutable.search("bwrap"))
      let script = """
        #!/bin/sh
        echo x >>'\(folder.path)/calls'
        [ $(wc -l <'\(folder.path)/calls') -gt \(failures) ] && exec \(real) "$@"
        \(ending)

        """
      try Data(script.utf8).write(to: folder.appending(path: "bwrap"))
      chmod(folder.path + "/bwrap", 0o755)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    var calls: Int {
      FileManager.default.contents(atPath: folder.path + "/calls").map { $0.count { $0 == UInt8(ascii: "x") } } ?? 0
    }

    var sandbox: Sandbox {
      get throws {
        var sandbox = try Sandbox()
        sandbox.bubblewrapPath = folder.path + "/bwrap"
        return sandbox
      }
    }
  }

  private static let passing = [
    "echo 'bwrap: Creating new namespace failed: Resource temporarily unavailable' >&2; exit 1",
    "echo 'bwrap: Creating new namespace failed: nesting depth or /proc/sys/user/max_*_namespaces exceeded (ENOSPC)' >&2; exit 1",
    "kill -KILL $$", "exit 1",
  ]
  private let pauses = [Duration](repeating: .milliseconds(1), count: 5)

  @Test(arguments: passing) func aClashAtTheFirstProbesEndsNothing(ending: String) async throws {
    let bubblewrap = try FakeBubblewrap(failures: 3, ending)
    #expect(try await bubblewrap.sandbox.availability(pauses: pauses) == nil)
    #expect(bubblewrap.calls == 4)
  }

  @Test(arguments: passing) func oneThatStaysIsToldInTheEnd(ending: String) async throws {
    let bubblewrap = try FakeBubblewrap(failures: 100, ending)
    #expect(try await bubblewrap.sandbox.availability(pauses: pauses) != nil)
    #expect(bubblewrap.calls == 6)
  }

  @Test(arguments: [
    ("bwrap: No permissions to create new namespace, likely because the kernel does not allow it", "sandbox.forbidden"),
    ("bwrap: Unknown option --disable-userns", "sandbox.tooOld"),
    ("bwrap: Can't mount proc on /newroot/proc: Operation not permitted", "sandbox.failed"),
  ])
  func whatStaysIsToldAtOnce(message: String, code: String) async throws {
    let bubblewrap = try FakeBubblewrap(failures: 100, "echo \"\(message)\" >&2; exit 1")
    #expect(try await bubblewrap.sandbox.availability(pauses: pauses)?.labError.code == code)
    #expect(bubblewrap.calls == 1)
    await #expect { try await bubblewrap.sandbox.run(SandboxedCommand("/bin/true"), timeout: .seconds(600)) } throws: {
      ($0 as? LabError)?.code == code
    }
    #expect(bubblewrap.calls == 2)
  }

  @Test func aCommandThatHasNotBegunIsBegunAgain() async throws {
    let bubblewrap = try FakeBubblewrap(failures: 2, Self.passing[0])
    let result = try await bubblewrap.sandbox.run(SandboxedCommand("/bin/echo", ["once"]), timeout: .seconds(600))
    #expect(String(decoding: result.output, as: UTF8.self) == "once\n")
  }

  @Test func aQuestionIsAskedAgainWhereTheHostEndedIt() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "lab-ask-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let script = "echo x >>calls; [ $(wc -l <calls) -gt 2 ] || kill -KILL $$; echo answer"
    let command = SandboxedCommand(
      "/bin/sh", ["-c", script], binds: [.readWrite(folder.path)], workingDirectory: folder.path)
    let result = try await Sandbox().ask(command, pauses: pauses)
    #expect(result.isSuccess && String(decoding: result.output, as: UTF8.self) == "answer\n")
    let wrong = SandboxedCommand(
      "/bin/sh", ["-c", "echo x >>calls; exit 3"], binds: [.readWrite(folder.path)], workingDirectory: folder.path)
    #expect(try await Sandbox().ask(wrong, pauses: pauses).termination == .exited(3))
    #expect(try Data(contentsOf: folder.appending(path: "calls")).count == 8)
  }
}
