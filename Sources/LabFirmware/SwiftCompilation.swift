// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabSandbox

/// Compiles the Swift sources of a submission: Embedded Swift takes all of a module at once and makes one object.
struct SwiftCompilation: Sendable {
  let submission: Submission
  let toolchain: SwiftToolchain
  let workspace: BuildWorkspace
  let cache: ObjectCache
  let modules: SwiftModuleCache
  let sandbox: Sandbox

  /// What the compiler may use up.
  static let limits = ResourceLimits(
    addressSpace: 4 << 30, memory: 4 << 30, cpuSeconds: 60, fileSize: 64 << 20, processes: 64,
    temporaryStorage: 128 << 20)

  /// Compiles, if anything has changed.
  /// - Parameter deadline: when the build has to be over.
  /// - Throws: `BuildFailure` with the errors, `LabError` if the lab is at fault.
  func run(until deadline: ContinuousClock.Instant) async throws -> Compilation.Outcome {
    if let failure = BuildFailure.hostedImports(in: submission) { throw failure }
    let inputs = CompilationInputs(
      submission: submission, workspace: workspace,
      arguments: ["swift"] + arguments(moduleCache: "", configuration: "") + ["\(sandbox.isolation)"],
      identity: toolchain.identity, covered: toolchain.coveredFolders)
    let key = inputs.key
    if let known = cache.object(key) {
      try workspace.writeObject(known.object, 0)
      return Compilation.Outcome(
        objects: [workspace.object(0)], log: cleaned(known.log), compiledCount: 0, fresh: [])
    }
    let output = try workspace.makeOutput("swift", files: [Self.object, Self.dependencies])
    defer { output.remove() }
    var result = try await compile(to: output, modules: modules.folder, until: deadline)
    // Headers that are not among those of the SDK's module need a place for modules of their own. What a build without a sandbox has left of such modules
    // may not be written by one with it either.
    let refusals = ["Read-only file system", "Permission denied"]
    if !result.isSuccess, refusals.contains(where: { result.errors.firstRange(of: Array($0.utf8)) != nil }) {
      result = try await compile(to: output, modules: scratch(output) + "/modules", until: deadline)
    }
    let printed = workspace.withoutItsPath(result.errors)
    let log = cleaned(printed)
    guard result.isSuccess else {
      try workspace.checkRoom(result.errors)
      throw BuildFailure.compilingSwift(log, submission: submission)
    }
    let object: [UInt8]
    do throws(ForeignFile.Problem) {
      object = try output.contents(of: Self.object, limit: Compilation.sizeLimit)
    } catch {
      throw BuildFailure(.compile, "what the compiler has left cannot be used: its object \(error)", log: log)
    }
    try workspace.writeObject(object, 0)
    // All of the submission is in the key; what else the program was made of is known to be covered, or nothing is kept.
    let isCovered =
      files(read: output).flatMap { inputs.dependencies(read: $0, hasLog: false) } != nil
    return Compilation.Outcome(
      objects: [workspace.object(0)], log: log, compiledCount: submission.sources.count,
      fresh: isCovered ? [CachedObject(key: key, object: object, log: printed)] : [])
  }

  private static let object = "object.o"
  /// The compiler calls it after the module.
  private static let dependencies = "firmware.d"

  /// What the compiler says it has read; `nil` if it does not, or what it says is not clear.
  private func files(read output: ToolOutput) -> [String]? {
    guard let text = try? output.contents(of: Self.dependencies, limit: 1 << 20) else { return nil }
    return DependencyRule(text, target: "\(scratch(output))/\(Self.object)")?.files
  }

  /// A folder for what the compiler writes: it renames files, which it cannot do with those of an output.
  private func scratch(_ output: ToolOutput) -> String { sandbox.isolation == .none ? output.folder : "/tmp" }

  private func compile(
    to output: ToolOutput, modules: String, until deadline: ContinuousClock.Instant
  ) async throws -> CommandResult {
    let folder = scratch(output)
    var line = [toolchain.swiftc] + arguments(moduleCache: modules, configuration: workspace.config)
    line += ["-emit-dependencies", "-o", "\(folder)/\(Self.object)"]
    if folder != output.folder {
      let copies = [Self.object, Self.dependencies].map { "cat '\(folder)/\($0)' >\"$folder/\($0)\"" }
      line =
        ["/bin/sh", "-c", "folder=$1; shift; \"$@\" && \(copies.joined(separator: " && "))", "sh", output.folder] + line
    }
    var environment = SandboxedCommand.minimalEnvironment
    environment["SOURCE_DATE_EPOCH"] = "\(BuildWorkspace.time)"
    environment["TZ"] = "UTC0"
    let command = SandboxedCommand(
      line[0], Array(line.dropFirst()), environment: environment,
      binds: toolchain.binds + [self.modules.folder, workspace.source, workspace.config].map { .readOnly($0) }
        + output.binds,
      limits: Self.limits, workingDirectory: workspace.source)
    let result = try await sandbox.run(
      command, timeout: ContinuousClock.now.duration(to: deadline), outputLimit: 256 << 10)
    try result.requireOwnEnd(
      of: "the compiler",
      hint: "give long expressions a type, or split them: the compiler tries all meanings they may have")
    return result
  }

  /// All arguments but those that name folders of this build alone.
  private func arguments(moduleCache: String, configuration: String) -> [String] {
    var arguments = toolchain.compilerArguments(moduleCache: moduleCache)
    // Names of files are relative, as the student knows them. (A prefix map would do as well, and keep the modules from fitting.)
    arguments += ["-module-name", "firmware", "-color-diagnostics", "-file-compilation-dir", "."]
    // Debug information would name the folder of the SDK's modules, which is not always the same.
    arguments += ["-Xfrontend", "-no-clang-module-breadcrumbs"]
    let folders = submission.includeFolders.map { SubmissionName.argument(for: $0, in: ".") } + [configuration]
    arguments += folders.flatMap { ["-Xcc", "-I", "-Xcc", $0] }
    if needsBridging {
      arguments += ["-import-bridging-header", configuration.isEmpty ? "" : workspace.bridgingHeader]
      // A header that is compiled before does not tell what it embeds. And without a job for it the driver becomes the compiler, and ends as it does.
      arguments.append("-disable-bridging-pch")
    }
    return arguments + ["-c"] + submission.sources.map { SubmissionName.argument(for: $0, in: ".") }
  }

  private var needsBridging: Bool { submission.bridgingHeader != nil || !submission.configuration.isEmpty }

  private func cleaned(_ output: [UInt8]) -> BuildLog {
    BuildLog(
      output,
      replacing: [
        ("\(workspace.source)/./", ""), ("\(workspace.source)/", ""), ("\(workspace.config)/", ""),
        ("\(toolchain.sdk.sdk)/include/", "sdk/"),
        ("\(toolchain.sdk.sdk)/swift/libc/", "libc/"), ("\(toolchain.sdk.sdk)/", "sdk/"),
      ]
    ).without { Self.ownNoise.isFound(in: $0) }
  }

  /// What the compiler says of itself.
  private static let ownNoise = Pattern(
    #"^error: [\w-]+ command failed with exit code|^<unknown>:0: error: failed to emit precompiled header"#)
}
