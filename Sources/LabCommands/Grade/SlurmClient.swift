// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabReports
import LabSandbox

/// Slurm, through its own commands; none of them is run by a shell.
struct SlurmClient: Sendable {
  /// A task of a job array that has not come to its end.
  struct Task: Equatable, Sendable {
    /// Its number in the array.
    var index: Int
    /// Slurm's word for its state, such as `PENDING`.
    var state: String
    /// Why it waits, in Slurm's words; `None` where it does not.
    var reason: String

    /// Whether it is on a node.
    var isRunning: Bool { state != "PENDING" }
  }

  /// What is to be submitted.
  struct Submission: Sendable {
    /// By what name the job is known.
    var name: String
    /// How many tasks it has.
    var count: Int
    /// How many of them run at a time.
    var limit: Int
    /// What the caller wants of Slurm; what follows comes after it, and so counts.
    var options: [String]
    /// The folder that gets a log of each task, as `<number>.log`.
    var logs: URL
    /// The script, and its arguments.
    var command: [String]
  }

  private static let programs = ["sbatch", "squeue", "scancel"]

  /// How long one of Slurm's commands is waited for.
  var timeout = Duration.seconds(60)
  private let sandbox: Sandbox
  private let environment: [String: String]
  private let directory: String
  private let paths: [String: String]

  /// Finds Slurm's commands.
  /// - Throws: `LabError` if they are not all there.
  init(_ console: Console) throws {
    sandbox = try Sandbox(isolation: .none)
    environment = console.environment
    directory = console.directory.path
    var paths: [String: String] = [:]
    for program in Self.programs {
      guard let path = HelperExecutable.search(program, path: console.environment["PATH"]) else {
        throw LabError(
          code: "slurm.missing", message: "\(program) is not on the PATH",
          remedy: "give the command where jobs are submitted to Slurm, or grade here with --engine local",
          isUsage: true)
      }
      paths[program] = path
    }
    self.paths = paths
  }

  /// Submits a job array.
  /// - Returns: the job's number.
  /// - Throws: `LabError` if Slurm refuses it; with code `slurm.silent` if it does not answer, and may have taken it.
  func submit(_ submission: Submission) async throws -> String {
    // In the name of a log '%' begins a number of Slurm's.
    let logs = submission.logs.path.replacing("%", with: "%%")
    let arguments =
      submission.options + [
        "--parsable", "--requeue", "--open-mode=append", "--job-name=\(submission.name)",
        "--array=1-\(submission.count)%\(submission.limit)", "--output=\(logs)/%a.log", "--chdir=\(directory)",
      ] + submission.command
    let result = try await run("sbatch", arguments)
    guard result.isSuccess else {
      let message = Self.message(of: result)
      if result.termination.isByHost || Self.silence.contains(where: message.contains) {
        throw LabError(
          code: "slurm.silent", message: "sbatch failed: \(message)",
          remedy: "give the same command again when Slurm is back")
      }
      throw LabError(
        code: "slurm.refused", message: "Slurm refused the job array: \(message)",
        remedy: "give sbatch what it asks for with --slurm-options \"…\", or grade here with --engine local",
        isUsage: true)
    }
    // "<number>", or "<number>;<cluster>".
    let answer = String(decoding: result.output, as: UTF8.self)
    return String(answer.prefix { $0.isNumber })
  }

  /// What Slurm's commands say where its controller does not answer, which is nothing that it has refused.
  private static let silence = [
    "Unable to contact slurm controller", "timed out", "Zero Bytes were transmitted", "temporarily unavailable",
    "Connection refused", "Connection reset",
  ]

  /// The tasks of a job that have not come to their end; none as well where Slurm does not know the job any more.
  /// - Parameter name: the name it was submitted by.
  /// - Throws: `LabError` if Slurm does not answer.
  func tasks(of name: String) async throws -> [Task] {
    let result = try await run("squeue", ["--noheader", "--array", "--name=\(name)", "--format=%i|%T|%r"])
    guard result.isSuccess else {
      throw LabError(
        code: "slurm.silent", message: "squeue failed: \(Self.message(of: result))",
        remedy: "give the same command again when Slurm is back")
    }
    return String(decoding: result.output, as: UTF8.self).split(separator: "\n").compactMap(Self.task)
  }

  /// Ends a job.
  /// - Parameter name: the name it was submitted by.
  func cancel(_ name: String) async throws {
    let result = try await run("scancel", ["--name=\(name)"])
    guard result.isSuccess else {
      throw LabError(code: "slurm.cancel", message: "scancel failed: \(Self.message(of: result))")
    }
  }

  /// Reads a line of squeue: `<job>_<task>|<state>|<reason>`.
  static func task(_ line: some StringProtocol) -> Task? {
    let parts = line.split(separator: "|", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, let index = parts[0].split(separator: "_").last.flatMap({ Int($0) }) else { return nil }
    return Task(index: index, state: String(parts[1]), reason: String(parts[2]))
  }

  private func run(_ program: String, _ arguments: [String]) async throws -> CommandResult {
    try await sandbox.run(
      SandboxedCommand(
        paths[program] ?? program, arguments, environment: environment, network: .host, limits: ResourceLimits(),
        workingDirectory: directory),
      timeout: timeout)
  }

  /// The last line of what a command says of its failure.
  private static func message(of result: CommandResult) -> String {
    if result.termination == .timedOut { return "no answer within a minute" }
    let lines = String(decoding: result.errors, as: UTF8.self).displayableLines
    return lines.last { !$0.isEmpty } ?? "it does not say why"
  }
}
