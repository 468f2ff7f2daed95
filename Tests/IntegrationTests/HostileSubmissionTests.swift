// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

/// Submissions that attack the lab, and not the exercise: each gets a verdict, and the host and the lab are none the worse for it.
@Suite struct HostileSubmissionTests {
  private static let folder = "Tests/IntegrationTests/Fixtures/hostile"

  private static let lab: TestedLab? = {
    let library = LabLibrary(root: LabProcess.checkout)
    let definition = try? library.lab(named: "3")
    return definition.map { TestedLab(folder: "03-command-server", id: "3", definition: $0) }
  }()

  static let submissions: [DeclaredSubmission] = {
    guard let lab else { return [] }
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: LabProcess.checkout.path + "/" + folder)) ?? []
    return entries.sorted().map { DeclaredSubmission(lab: lab, path: "\(folder)/\($0)") }
  }()

  @Test func thereAreSome() {
    #expect(Self.submissions.count >= 12)
  }

  @Test(arguments: submissions) func itsVerdictIsAsDeclared(submission: DeclaredSubmission) async throws {
    #expect(submission.problems == [])
    let (result, status) = try await submission.lab.run([submission.path])
    #expect(result.verdict.rawValue == submission.verdict, "\(result.failures)")
    #expect(status == result.exitCode)
    #expect(result.build?.succeeded == submission.says.isEmpty, "\(result.failures)")
    let message = "\(result.build?.reason ?? "")\n\(result.build?.messages ?? "")"
    for words in submission.says { #expect(message.contains(words), "\(message)") }
    #expect(result.ids(.fail) == submission.fails, "\(result.failures)")
    if result.build?.succeeded == true { #expect(result.ids(.skipped) == submission.skips, "\(result.failures)") }
  }

  @Test func aForgedReportIsWrittenOut() async throws {
    let run = try LabProcess.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: run) }
    let outcome = try await GuestLimiter.shared.run {
      try await LabProcess.run(["run", "3", "\(Self.folder)/forged-report.c", "--output", run.path + "/run"])
    }
    #expect(outcome.status == 10)
    #expect(outcome.output.contains("FAILED  0 of 100 points"))
    for name in ["junit.xml", "summary.md", "result.json", "transcript.txt"] {
      let text = try String(contentsOf: run.appending(path: "run/\(name)"), encoding: .utf8)
      #expect(!text.unicodeScalars.contains { $0 == "\u{1b}" || $0 == "\u{9b}" || $0 == "\u{202e}" }, "\(name)")
      #expect(!text.contains("<script>") || ["result.json", "transcript.txt"].contains(name), "\(name)")
    }
    #expect(!(outcome.output + outcome.errors).unicodeScalars.contains { $0 == "\u{1b}" || $0 == "\u{202e}" })
    // What the program printed stands in the evidence, and nowhere at the beginning of a line.
    #expect(!outcome.output.contains("\nPASSED"))
    #expect(!outcome.output.contains("\n::error"))
  }

  /// Programs that have the compiler say more than anyone reads, and what is said of each.
  private static let talkative = [
    ("a=;\n", 100_000, "more than 100 errors"), ("#warning w\n", 4_000, "lines left out: see build.log"),
    ("#error " + String(repeating: "/:1: x", count: 160_000), 1, "bytes left out"),
    ("\n", 1, "note: and 280 more of the kind"),
  ]

  @Test(arguments: 0..<4) func whatACompilerSaysIsBounded(index: Int) async throws {
    let (line, count, words) = Self.talkative[index]
    let folder = try LabProcess.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let submission = folder.appending(path: "submission")
    try FileManager.default.createDirectory(at: submission, withIntermediateDirectories: true)
    let text = "void app_main(void) {}\n" + String(repeating: line, count: count)
    try text.write(to: submission.appending(path: "main.c"), atomically: true, encoding: .utf8)
    for number in index == 3 ? 0..<300 : 0..<0 {
      try Data().write(to: submission.appending(path: "start\(number).S"))
    }
    let outcome = try await GuestLimiter.shared.run {
      try await LabProcess.run(["run", "3", submission.path, "--output", folder.path + "/run"])
    }
    #expect(outcome.status == 10, "\(outcome)")
    #expect(outcome.output.contains(words), "\(outcome)")
    #expect(outcome.output.utf8.count < 40_000)
    #expect((try await LabProcess.run(["report", folder.path + "/run"])).status == 0)
    for name in ["result.json", "junit.xml", "summary.md", "report.html"] {
      let size = try Data(contentsOf: folder.appending(path: "run/\(name)")).count
      #expect(size < 100_000, "\(name)")
    }
    #expect(try Data(contentsOf: folder.appending(path: "run/build.log")).count < 2 << 20)
  }

  /// Each connection that the lab's server is sent is a descriptor, of which a process has a thousand.
  @Test func aFloodOfConnectionsEndsInAVerdict() async throws {
    let folder = try LabProcess.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let program = "Tests/IntegrationTests/Fixtures/connection-flood.c"
    let outcome = try await GuestLimiter.shared.run {
      try await LabProcess.run(
        ["run", "echo-client", program, "--output", folder.path + "/run"],
        within: ["timeout", "-k", "1", "600", "prlimit", "--nofile=1024:1024", "--"])
    }
    #expect(outcome.status == 10, "\(outcome)")
    #expect(outcome.output.contains("FAILED"), "\(outcome)")
  }

  @Test func aPortScanFindsNothingOfTheHost() async throws {
    let bait = try Bait()
    let folder = try LabProcess.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let submission = folder.appending(path: "submission")
    try FileManager.default.createDirectory(at: submission, withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      at: LabProcess.checkout.appending(path: "\(Self.folder)/port-scan.c"), to: submission.appending(path: "main.c"))
    try "#define BAIT_PORT \(bait.port)\n".write(
      to: submission.appending(path: "bait.h"), atomically: true, encoding: .utf8)
    _ = try await GuestLimiter.shared.run {
      try await LabProcess.run(["run", "3", submission.path, "--output", folder.path + "/run"])
    }
    let console = try String(contentsOf: folder.appending(path: "run/uart.log"), encoding: .utf8)
    #expect(console.contains("SCANNED"))
    #expect(!console.contains("OPEN"))
    #expect(!bait.wasTaken)
    // The bait is one: what may reach the host finds it.
    try bait.take()
    #expect(bait.wasTaken)
  }
}

/// A port of the host that something listens on, as it would on a teacher's computer.
private final class Bait {
  let port: UInt16
  private let listener: Int32

  init() throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = INADDR_ANY
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let failed = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, size) != 0 || listen(listener, 8) != 0 || getsockname(listener, $0, &size) != 0
      }
    }
    self.listener = listener
    if failed { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    port = UInt16(bigEndian: address.sin_port)
  }

  deinit {
    close(listener)
  }

  /// Whether a connection waits.
  var wasTaken: Bool {
    var event = pollfd(fd: listener, events: Int16(POLLIN), revents: 0)
    return poll(&event, 1, 0) == 1
  }

  /// Connects to it, as a program that reaches the host does.
  func take() throws {
    let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(client) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    address.sin_port = port.bigEndian
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(client, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    if result != 0 { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
  }
}
