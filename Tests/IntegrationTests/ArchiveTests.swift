// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

/// Archives on the way through `lab run`.
@Suite(.timeLimit(.minutes(120))) struct ArchiveTests {
  /// Runs lab 3 on an archive, and takes its folder away.
  /// - Parameter script: shell commands that make `my.tar.gz` in the folder that they run in.
  private func run(_ script: String) async throws -> (RunResult, folder: String) {
    let folder = try LabProcess.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let shell = Process()
    shell.executableURL = URL(filePath: "/bin/sh")
    shell.arguments = ["-ec", script]
    shell.currentDirectoryURL = folder
    try shell.run()
    shell.waitUntilExit()
    try #require(shell.terminationStatus == 0)
    let outcome = try await GuestLimiter.shared.run {
      try await LabProcess.run([
        "run", "3", folder.appending(path: "my.tar.gz").path, "--format", "json", "--output",
        folder.appending(path: "run").path,
      ])
    }
    return (try JSONDecoder().decode(RunResult.self, from: Data(outcome.output.utf8)), folder.path)
  }

  @Test func anArchiveIsGradedAsTheProjectInIt() async throws {
    let firmware = LabProcess.checkout.path + "/firmware"
    let (result, folder) = try await run("tar -C '\(firmware)' -czf my.tar.gz 03-command-server")
    #expect(result.verdict == .pass, "\(result.failures)")
    #expect(result.submission == folder + "/my.tar.gz")
  }

  @Test func whatItSaysDoesNotDependOnWhereItWasUnpacked() async throws {
    let (result, folder) = try await run("mkdir my; echo hello > my/readme.txt; tar -czf my.tar.gz my")
    #expect(result.build?.reason?.hasPrefix(folder + "/my.tar.gz has no source file") == true)
    let (broken, _) = try await run("mkdir my; echo 'int x = ;' > my/main.c; tar -czf my.tar.gz my")
    #expect(broken.build?.messages.hasPrefix("main.c:1:9: error:") == true)
  }

  @Test func oneThatIsRefusedIsAProgramThatDoesNotBuild() async throws {
    let (result, _) = try await run("ln -s /etc/passwd main.c; tar -czf my.tar.gz main.c")
    #expect(result.verdict == .fail && result.build?.succeeded == false)
    #expect(result.build?.reason?.contains(#""main.c" in the archive is a link"#) == true)
  }
}
