// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

/// A run of `lab` that is disturbed, in a folder of its own.
struct ChaosRun {
  /// How long a run may take beyond its disturbance.
  private static let patience = Duration.seconds(240)
  /// What a run folder may hold.
  private static let files: Set = [
    "transcript.txt", "uart.log", "capture.pcapng", "build.log", "result.json", "junit.xml", "summary.md", "flash.bin",
    "firmware.elf",
  ]

  let program: ChaosProgram
  let folder: URL
  private var temporary: URL { folder.appending(path: "t") }
  private var runFolder: URL { folder.appending(path: "run") }

  init(_ program: ChaosProgram) throws {
    self.program = program
    // Short, so that the sockets of the run fit into it.
    folder = URL(filePath: "/tmp/lab-chaos-\(UInt32.random(in: 0...UInt32.max))")
    try FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: true)
    try program.copy(to: source)
  }

  private var source: URL { folder.appending(path: "main.c") }

  /// Takes everything away.
  func remove() { try? FileManager.default.removeItem(at: folder) }

  /// Starts the run.
  func start() throws -> RunningLab {
    let arguments = [
      "run", program.submission.lab.id, source.path, "--emulator", "bundled", "--format", "json", "--output",
      runFolder.path,
    ]
    return try LabProcess.start(arguments, environment: ["TMPDIR": temporary.path])
  }

  /// Disturbs a run that takes so long undisturbed.
  /// - Returns: what was done to whom, what it came to, and what to look at.
  func disturb(
    with disturbance: Disturbance, length: Duration
  ) async throws -> (event: String, outcome: ChaosOutcome, remark: String) {
    let run = try start()
    let lab = run.process.processIdentifier
    try await Task.sleep(for: length * disturbance.moment)
    let event = await disturbance.take(run)
    guard let outcome = await run.outcome(within: Self.patience) else {
      kill(lab, SIGKILL)
      return (event, .hang, "\(HostProcess.descendants(of: lab).map(\.executable))")
    }
    let (result, remark) = judge(outcome)
    if let left = await orphans() { return (event, .orphan, left) }
    if result.isFine, let litter = litter() { return (event, .litter, litter) }
    return (event, result, remark)
  }

  /// Sends the lab itself a signal.
  /// - Parameters:
  ///   - signal: the signal.
  ///   - moment: when, after the start.
  func interrupt(by signal: Int32, after moment: Duration) async throws -> (outcome: ChaosOutcome, remark: String) {
    let run = try start()
    try await Task.sleep(for: moment)
    if run.process.isRunning { kill(run.process.processIdentifier, signal) }
    guard let outcome = await run.outcome(within: Self.patience) else { return (.hang, "") }
    if let left = await orphans() { return (.orphan, left) }
    if let litter = litter(mayLeaveFolders: signal == SIGKILL) { return (.litter, litter) }
    // By itself, at the hand of its own handler, or by a signal that came before there was one.
    if [128 + signal, signal].contains(outcome.status) { return (.error, "") }
    return judge(outcome)
  }

  /// Judges what `lab run` came to.
  private func judge(_ outcome: LabProcess.Outcome) -> (ChaosOutcome, String) {
    let text = outcome.output + outcome.errors
    guard let result = try? JSONDecoder().decode(RunResult.self, from: Data(outcome.output.utf8)) else {
      return (outcome.status == 11 ? .error : .wrong, text)
    }
    let failed = result.checks.filter { $0.status != .pass }
      .map { "\($0.id): \($0.status.rawValue): \($0.seen ?? "")" }.joined(separator: "\n")
    let remark =
      "\(result.verdict.rawValue) \(result.error?.description ?? "") \(result.build?.reason ?? "")\n\(failed)"
    guard outcome.status == result.exitCode else { return (.wrong, "exit code \(outcome.status): \(remark)") }
    if result.verdict == .error { return (.error, remark) }
    return (program.isTrue(result.verdict.rawValue, result.checks.map { ($0.id, $0.status) }) ? .right : .wrong, remark)
  }

  /// The processes that the run has left.
  private func orphans() async -> String? {
    if await HostProcess.allGone(deadline: .seconds(30), { $0.mentions(folder.path) }) { return nil }
    return "\(HostProcess.all().filter { $0.mentions(folder.path) }.map(\.executable))"
  }

  /// What of the run was left that should not be there, or is not whole.
  private func litter(mayLeaveFolders: Bool = false) -> String? {
    let manager = FileManager.default
    let names = Set((try? manager.contentsOfDirectory(atPath: runFolder.path)) ?? [])
    if let strange = names.subtracting(Self.files).first { return "the run folder holds \(strange)" }
    if names.contains("result.json"),
      (try? Data(contentsOf: runFolder.appending(path: "result.json")))
        .flatMap({ try? JSONDecoder().decode(RunResult.self, from: $0) }) == nil
    {
      return "result.json is not whole"
    }
    let left = (try? manager.contentsOfDirectory(atPath: temporary.path)) ?? []
    return left.isEmpty || mayLeaveFolders ? nil : "temporary folders are left: \(left)"
  }
}
