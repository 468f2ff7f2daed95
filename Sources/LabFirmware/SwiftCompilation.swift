// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabSandbox

/// Compiles the Swift sources of a submission: Embedded Swift takes all of a module at once and makes one object.
struct SwiftCompilation: Sendable {
  let submission: Submission
  let toolchain: SwiftToolchain
  let workspace: BuildWorkspace
  let objects: ObjectCache
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
    let key = key()
    if let log = objects.log(key) {
      return Compilation.Outcome(objects: [objects.object(key)], log: cleaned(log), compiledCount: 0)
    }
    let output = try workspace.makeOutput("swift")
    let object = output + "/object.o"
    var result = try await compile(to: object, modules: modules.folder, output: output, until: deadline)
    // Headers that are not among those of the SDK's module need a place for modules of their own.
    if !result.isSuccess, result.errors.firstRange(of: Array("Read-only file system".utf8)) != nil {
      result = try await compile(to: object, modules: output + "/modules", output: output, until: deadline)
    }
    let log = cleaned(result.errors)
    guard result.isSuccess else {
      try workspace.checkRoom(result.errors)
      throw try BuildFailure.compilingSwift(log, submission: submission)
    }
    try objects.store(object, as: key, log: result.errors)
    return Compilation.Outcome(
      objects: [objects.object(key)], log: log, compiledCount: submission.sources.count)
  }

  private func compile(
    to object: String, modules: String, output: String, until deadline: ContinuousClock.Instant
  ) async throws -> CommandResult {
    let command = SandboxedCommand(
      toolchain.swiftc, arguments(moduleCache: modules, configuration: workspace.config) + ["-o", object],
      binds: toolchain.binds + [self.modules.folder, workspace.source, workspace.config].map { .readOnly($0) }
        + [.readWrite(output)],
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
    let folders = submission.includeFolders.map { SubmissionName.argument(for: $0, in: ".") } + [configuration]
    arguments += folders.flatMap { ["-Xcc", "-I", "-Xcc", $0] }
    if needsBridging {
      // Without a job of its own for the header the driver becomes the compiler, and ends as it does.
      arguments += [
        "-disable-bridging-pch", "-import-bridging-header", configuration.isEmpty ? "" : workspace.bridgingHeader,
      ]
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

  /// All that goes into the object.
  private func key() -> String {
    var hash = ContentHash()
    hash.add("swift 1")
    hash.add(toolchain.identity)
    for argument in arguments(moduleCache: "", configuration: "") { hash.add(argument) }
    hash.add(workspace.header)
    for file in submission.files {
      hash.add(file.path)
      hash.add(file.contents)
    }
    return hash.finish()
  }
}
