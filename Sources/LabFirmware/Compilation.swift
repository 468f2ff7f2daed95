// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabSandbox

/// Compiles the sources of a submission, as many at a time as there are processors, each in a sandbox of its own.
struct Compilation: Sendable {
  let submission: Submission
  let toolchain: Toolchain
  let workspace: BuildWorkspace
  let cache: ObjectCache
  let sandbox: Sandbox

  /// What came of it.
  struct Outcome {
    /// The paths of the objects, in the order of the sources.
    var objects: [String]
    var log: BuildLog
    var compiledCount: Int
    /// What was compiled and can be kept.
    var fresh: [CachedObject]
  }

  private struct Result: Sendable {
    var source: Int
    var isCompiled: Bool
    var output: [UInt8]
    /// The size of the object in bytes; `nil` if there is none.
    var size: Int?
    var fresh: CachedObject?
    /// What compiling it took.
    var processorTime: Duration = .zero
  }

  /// What a compiler may use up; a source that needs more is at fault.
  static let limits = ResourceLimits(
    addressSpace: 2 << 30, memory: 2 << 30, cpuSeconds: 30, fileSize: 64 << 20, processes: 32,
    // More than one file may have: what is too big is told by its signal.
    temporaryStorage: 160 << 20)

  /// The processor time that the sources of a program may take in all: a source that takes less than its own limit is not alone.
  static let processorTime = Duration.seconds(120)

  /// How many bytes the objects of a program may have in all.
  static let sizeLimit = 64 << 20

  /// Compiles what has changed.
  /// - Parameter deadline: when the build has to be over.
  /// - Throws: `BuildFailure` with the errors of all sources, `LabError` if the lab is at fault.
  func run(until deadline: ContinuousClock.Instant) async throws -> Outcome {
    let inputs = CompilationInputs(
      submission: submission, workspace: workspace,
      // The folder of the build is another one each time and leaves no trace in the object.
      arguments: toolchain.compilerArguments(
        includeFolders: submission.includeFolders, configuration: "", root: "", relay: [])
        + submission.sources.map { submission.extras.warnings(of: $0).joined(separator: " ") }
        + ["\(sandbox.isolation)"],
      identity: toolchain.identity, covered: toolchain.coveredFolders)
    var results = try await withThrowingTaskGroup(of: Result.self) { group in
      var results: [Result] = []
      func take(_ result: Result) throws {
        results.append(result)
        guard results.reduce(.zero, { $0 + $1.processorTime }) <= Self.processorTime else {
          throw BuildFailure(
            .timeout,
            "the program takes more than \(Self.processorTime.components.seconds) s of processor time to compile",
            hint: BuildFailure.endlessHint)
        }
        guard results.reduce(0, { $0 + ($1.size ?? 0) }) <= Self.sizeLimit else {
          throw BuildFailure(
            .tooBig,
            "the program is too big: what is compiled comes to more than \(Self.sizeLimit >> 20) MiB, and the board's "
              + "flash has \(FlashImage.size >> 20)")
        }
      }
      for (index, source) in submission.sources.enumerated() {
        if index >= ProcessInfo.processInfo.activeProcessorCount, let result = try await group.next() {
          try take(result)
        }
        group.addTask { try await object(of: source, index: index, inputs: inputs, until: deadline) }
      }
      for try await result in group { try take(result) }
      return results
    }
    results.sort { $0.source < $1.source }
    var log = BuildLog()
    for result in results {
      log.append(
        BuildLog(
          BuildLog.share(result.output, of: results.count), replacing: [("\(toolchain.sdk)/include/", "sdk/")]))
    }
    let fresh = results.compactMap(\.fresh)
    guard results.allSatisfy({ $0.size != nil }) else {
      await cache.store(fresh)
      throw BuildFailure.compiling(log, submission: submission, folder: toolchain.sdk)
    }
    return Outcome(
      objects: submission.sources.indices.map(workspace.object), log: log,
      compiledCount: results.filter(\.isCompiled).count, fresh: fresh)
  }

  /// Takes an object out of the cache, or compiles it.
  private func object(
    of source: String, index: Int, inputs: CompilationInputs, until deadline: ContinuousClock.Instant
  ) async throws -> Result {
    let sourceKey = inputs.sourceKey(source)
    if let files = cache.dependencies(sourceKey), let key = inputs.objectKey(sourceKey, files: files),
      let known = cache.object(key)
    {
      try workspace.writeObject(known.object, index)
      return Result(source: index, isCompiled: false, output: known.log, size: known.object.count)
    }
    return try await compile(source, index: index, until: deadline) { compiled in
      guard let read = compiled.read,
        let files = inputs.dependencies(
          read: read.compiler, assembled: read.assembler, hasLog: !compiled.log.isEmpty),
        let key = inputs.objectKey(sourceKey, files: files)
      else { return nil }
      return CachedObject(key: key, object: compiled.object, log: compiled.log, dependencies: (sourceKey, files))
    }
  }

  /// What a compiler has left.
  private struct Compiled {
    var object: [UInt8]
    var log: [UInt8]
    /// What it has read; `nil` if it does not tell.
    var read: FilesRead?
  }

  /// What has gone into an object, as its makers name it.
  private struct FilesRead {
    var compiler: [String]
    var assembler: [String]
  }

  private func compile(
    _ source: String, index: Int, until deadline: ContinuousClock.Instant, keeping: (Compiled) -> CachedObject?
  ) async throws -> Result {
    let output = try workspace.makeOutput(String(index), files: Self.files)
    defer { output.remove() }
    func run() async throws -> CommandResult {
      let result = try await sandbox.run(
        command(for: source, output: output, name: String(index)), timeout: ContinuousClock.now.duration(to: deadline),
        outputLimit: 256 << 10)
      try result.requireOwnEnd(of: "the compiler", on: source)
      return result
    }
    var result = try await run()
    // A failure without an error may be the host's after all: somebody has ended what tells of an end. It is repeated, and then it counts.
    if !result.isSuccess, !Diagnostic.hasError(in: BuildLog(result.errors).plain) { result = try await run() }
    let log = workspace.withoutItsPath(result.errors)
    guard result.isSuccess else {
      try workspace.checkRoom(result.errors)
      return Result(source: index, isCompiled: true, output: log, processorTime: result.processorTime)
    }
    let object: [UInt8]
    do throws(ForeignFile.Problem) {
      object = try output.contents(of: "object.o", limit: Self.sizeLimit)
    } catch {
      throw BuildFailure(
        .compile, "what the compiler has left of \(source) cannot be used: its object \(error)", log: BuildLog(log))
    }
    try workspace.writeObject(object, index)
    let read = files(read: output, name: String(index))
    return Result(
      source: index, isCompiled: true, output: log, size: object.count,
      fresh: keeping(Compiled(object: object, log: log, read: read)), processorTime: result.processorTime)
  }

  private static let files = ["object.o", "compiler.d", "assembler.d"]

  private func command(for source: String, output: ToolOutput, name: String) -> SandboxedCommand {
    // Compiler and assembler separate their options by commas and spaces: paths of the build's own have neither.
    let folder = workspace.relativeOutput(name)
    let arguments =
      toolchain.compilerArguments(
        includeFolders: submission.includeFolders, configuration: workspace.config, root: workspace.source,
        relay: sandbox.relay)
      + submission.extras.warnings(of: source)
      + ["-MD", "-MF", "\(folder)/compiler.d", "-MT", "object", "-Wa,--MD,\(folder)/assembler.d"]
    var environment = SandboxedCommand.minimalEnvironment
    // `__DATE__` and `__TIME__` are the same in every build, and so is the object.
    environment["SOURCE_DATE_EPOCH"] = "\(BuildWorkspace.time)"
    environment["TZ"] = "UTC0"
    return SandboxedCommand(
      toolchain.gcc,
      arguments + ["-c", SubmissionName.argument(for: source, in: workspace.source), "-o", "\(folder)/object.o"],
      environment: environment,
      binds: (toolchain.folders + [toolchain.sdk, workspace.source, workspace.config]).map { .readOnly($0) }
        + output.binds,
      seesProcesses: false, limits: Self.limits, workingDirectory: workspace.source)
  }

  /// What compiler and assembler say they have read; `nil` if they do not, or what they say is not clear.
  private func files(read output: ToolOutput, name: String) -> FilesRead? {
    let object = workspace.relativeOutput(name) + "/object.o"
    guard let compiler = try? output.contents(of: "compiler.d", limit: 1 << 20),
      let assembler = try? output.contents(of: "assembler.d", limit: 1 << 20),
      let first = DependencyRule(compiler, target: "object"), let second = DependencyRule(assembler, target: object)
    else { return nil }
    return FilesRead(
      compiler: first.files,
      assembler: second.files.filter { BuildWorkspace.assemblerInput.wholeMatch(in: $0) == nil })
  }
}
