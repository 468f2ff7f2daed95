// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabSandbox

/// Compiles the sources of a submission, as many at a time as there are processors, each in a sandbox of its own.
struct Compilation: Sendable {
  let submission: Submission
  let toolchain: Toolchain
  let workspace: BuildWorkspace
  let objects: ObjectCache
  let sandbox: Sandbox

  /// What came of it.
  struct Outcome {
    /// The paths of the objects, in the order of the sources.
    var objects: [String]
    var log: BuildLog
    var compiledCount: Int
  }

  private struct Result: Sendable {
    var source: Int
    var isCompiled: Bool
    var isFailed: Bool
    var output: [UInt8]
  }

  /// What a compiler may use up; a source that needs more is at fault.
  static let limits = ResourceLimits(
    addressSpace: 2 << 30, memory: 2 << 30, cpuSeconds: 30, fileSize: 64 << 20, processes: 32,
    // More than one file may have: what is too big is told by its signal.
    temporaryStorage: 160 << 20)

  /// Compiles what has changed.
  /// - Parameter deadline: when the build has to be over.
  /// - Throws: `BuildFailure` with the errors of all sources, `LabError` if the lab is at fault.
  func run(until deadline: ContinuousClock.Instant) async throws -> Outcome {
    let common = commonKey()
    let keys = submission.sources.map { key(of: $0, common: common) }
    var results = try await withThrowingTaskGroup(of: Result.self) { group in
      var results: [Result] = []
      for (index, source) in submission.sources.enumerated() {
        if index >= ProcessInfo.processInfo.activeProcessorCount, let result = try await group.next() {
          results.append(result)
        }
        group.addTask { try await compile(source, index: index, key: keys[index], until: deadline) }
      }
      for try await result in group { results.append(result) }
      return results
    }
    results.sort { $0.source < $1.source }
    var log = BuildLog()
    for result in results {
      log.append(
        BuildLog(
          BuildLog.share(result.output, of: results.count), replacing: [("\(toolchain.sdk)/include/", "sdk/")]))
    }
    guard !results.contains(where: \.isFailed) else { throw BuildFailure.compiling(log, submission: submission) }
    return Outcome(
      objects: keys.map(objects.object), log: log, compiledCount: results.filter(\.isCompiled).count)
  }

  private func compile(
    _ source: String, index: Int, key: String, until deadline: ContinuousClock.Instant
  ) async throws -> Result {
    if let log = objects.log(key) { return Result(source: index, isCompiled: false, isFailed: false, output: log) }
    let output = try workspace.makeOutput(String(index))
    let object = output + "/object.o"
    let arguments = toolchain.compilerArguments(
      includeFolders: submission.includeFolders, configuration: workspace.config, root: workspace.source,
      relay: sandbox.relay)
    let command = SandboxedCommand(
      toolchain.gcc, arguments + ["-c", SubmissionName.argument(for: source, in: workspace.source), "-o", object],
      binds: (toolchain.folders + [toolchain.sdk, workspace.source, workspace.config]).map { .readOnly($0) }
        + [.readWrite(output)],
      seesProcesses: false, limits: Self.limits, workingDirectory: workspace.source)
    let result = try await sandbox.run(
      command, timeout: ContinuousClock.now.duration(to: deadline), outputLimit: 256 << 10)
    try result.requireOwnEnd(of: "the compiler", on: source)
    // The folder of this build is in no message that is kept, nor is the assembler's input, which has another name each time.
    let messages = Array(
      String(decoding: result.errors, as: UTF8.self).replacing(workspace.source + "/", with: "")
        .replacing(/\/tmp\/cc[A-Za-z0-9]{6}\.s/, with: "{standard input}").utf8)
    if result.isSuccess {
      try objects.store(object, as: key, log: messages)
    } else {
      try workspace.checkRoom(result.errors)
    }
    return Result(source: index, isCompiled: true, isFailed: !result.isSuccess, output: messages)
  }

  /// All that goes into every object: compiler, SDK, flags, options, and whatever a source may include.
  private func commonKey() -> String {
    var hash = ContentHash()
    hash.add("1")
    hash.add(toolchain.identity)
    // The folder of the build is another one each time and leaves no trace in the object.
    for argument in toolchain.compilerArguments(
      includeFolders: submission.includeFolders, configuration: "", root: "", relay: [])
    {
      hash.add(argument)
    }
    hash.add(workspace.header)
    for file in submission.files where !submission.sources.contains(file.path) {
      hash.add(file.path)
      hash.add(file.contents)
    }
    // A source may include another one as well, so each is part of the others' key if any does so.
    if submission.includesSources {
      for file in submission.files where submission.sources.contains(file.path) { hash.add(file.contents) }
    }
    return hash.finish()
  }

  private func key(of source: String, common: String) -> String {
    var hash = ContentHash()
    hash.add(common)
    hash.add(source)
    hash.add(submission.files.first { $0.path == source }?.contents ?? [])
    return hash.finish()
  }
}

extension Submission {
  /// Whether any file mentions the inclusion of a C file, or in a way (`#include MACRO`, `.incbin`) that does not tell.
  fileprivate var includesSources: Bool {
    files.contains { file in
      Self.tellingInclusion.isFound(in: String(decoding: file.contents, as: UTF8.self))
    }
  }

  private static let tellingInclusion = Pattern(#"#\s*include\s*("[^"\n]*\.c"|[A-Za-z_])|incbin"#)
}
