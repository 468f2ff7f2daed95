// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

/// The `lab` command as a user runs it: a process of its own, with its own run folder.
struct LabProcess {
  /// What a run of the command came to.
  struct Outcome {
    var status: Int32
    var output: String
    var errors: String
  }

  static let checkout = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
    .standardizedFileURL

  /// The folder of the built programs: the test bundle lies beside them.
  static let binaries: URL = {
    let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }
    return (bundle?.bundleURL ?? URL(filePath: CommandLine.arguments[0])).deletingLastPathComponent()
  }()

  /// Runs `lab` to its end.
  /// - Parameter wrapper: a command that runs it, such as bwrap and its options.
  static func run(
    _ arguments: [String], environment: [String: String] = [:], within wrapper: [String] = []
  ) async throws -> Outcome {
    let process = try start(arguments, environment: environment, within: wrapper)
    return await process.outcome()
  }

  /// Starts `lab`.
  static func start(
    _ arguments: [String], environment: [String: String] = [:], within wrapper: [String] = []
  ) throws -> RunningLab {
    let process = Process()
    let command = ["/usr/bin/env"] + wrapper + [binaries.appending(path: "lab").path] + arguments
    process.executableURL = URL(filePath: command[0])
    process.arguments = Array(command.dropFirst())
    process.currentDirectoryURL = checkout
    process.environment = ProcessInfo.processInfo.environment
      .merging(["LAB_ROOT": checkout.path]) { $1 }.merging(environment) { $1 }
    return try RunningLab(process)
  }

  /// An empty folder of its own for a test.
  static func temporaryFolder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: "lab-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }
}

/// A `lab` process that runs.
final class RunningLab {
  let process: Process
  private let output = TemporaryFile()
  private let errors = TemporaryFile()
  private let exit: AsyncStream<Int32>

  fileprivate init(_ process: Process) throws {
    self.process = process
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output.handle
    process.standardError = errors.handle
    let (stream, continuation) = AsyncStream<Int32>.makeStream()
    exit = stream
    process.terminationHandler = { process in
      continuation.yield(process.terminationStatus)
      continuation.finish()
    }
    try process.run()
  }

  /// What it has printed so far.
  var printed: String { output.text }

  /// Waits for its end.
  func outcome() async -> LabProcess.Outcome {
    var iterator = exit.makeAsyncIterator()
    let status = await iterator.next() ?? -1
    return LabProcess.Outcome(status: status, output: output.text, errors: errors.text)
  }
}

extension RunningLab {
  /// Waits for its end, but no longer than so.
  /// - Returns: nil if it has not ended by then.
  func outcome(within patience: Duration) async -> LabProcess.Outcome? {
    let end = ContinuousClock.now + patience
    while process.isRunning {
      guard ContinuousClock.now < end else { return nil }
      try? await Task.sleep(for: .milliseconds(20))
    }
    return await outcome()
  }
}

/// A file that a process writes and a test reads; it goes away with the value.
private final class TemporaryFile {
  let url = FileManager.default.temporaryDirectory.appending(path: "lab-test-\(UUID().uuidString).txt")
  let handle: FileHandle

  init() {
    _ = FileManager.default.createFile(atPath: url.path, contents: nil)
    handle = FileHandle(forWritingAtPath: url.path) ?? .nullDevice
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  var text: String { (try? String(contentsOf: url, encoding: .utf8)) ?? "" }
}

/// Lets few guests run at a time: they wait as much as they compute, and more would only take processor time from each other.
actor GuestLimiter {
  static let shared = GuestLimiter(limit: 2 * ProcessInfo.processInfo.activeProcessorCount)

  private var free: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(limit: Int) {
    free = limit
  }

  /// Runs a body when it is its turn.
  func run<Result: Sendable>(_ body: @Sendable () async throws -> Result) async throws -> Result {
    if free > 0 { free -= 1 } else { await withCheckedContinuation { waiting.append($0) } }
    defer {
      if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }
    return try await body()
  }
}
