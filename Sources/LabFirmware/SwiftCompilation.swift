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
    addressSpace: 4 << 30, cpuSeconds: 60, fileSize: 64 << 20, processes: 64, temporaryStorage: 128 << 20)

  /// Compiles, if anything has changed.
  /// - Parameter deadline: when the build has to be over.
  /// - Throws: `BuildFailure` with the errors, `LabError` if the lab is at fault.
  func run(until deadline: ContinuousClock.Instant) async throws -> Compilation.Outcome {
    let key = key()
    if let log = objects.log(key) {
      return Compilation.Outcome(objects: [objects.object(key)], log: cleaned(log), compiledCount: 0)
    }
    let output = try workspace.makeOutput("swift")
    let object = output + "/object.o"
    let command = SandboxedCommand(
      toolchain.swiftc, arguments(moduleCache: modules.folder, configuration: workspace.config) + ["-o", object],
      binds: toolchain.binds + [modules.folder, workspace.source, workspace.config].map { .readOnly($0) }
        + [.readWrite(output)],
      limits: Self.limits, workingDirectory: workspace.source)
    let result = try await sandbox.run(
      command, timeout: ContinuousClock.now.duration(to: deadline), outputLimit: 256 << 10)
    guard result.termination != .timedOut else {
      throw BuildFailure(
        .timeout, "the compiler did not come to an end",
        hint: "give long expressions a type, or split them: the compiler tries all meanings they may have",
        log: cleaned(result.errors))
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

  /// All arguments but those that name folders of this build alone.
  private func arguments(moduleCache: String, configuration: String) -> [String] {
    var arguments = toolchain.compilerArguments(moduleCache: moduleCache)
    // Names of files are relative, as the student knows them. (A prefix map would do as well, and keep the modules from fitting.)
    arguments += ["-module-name", "firmware", "-color-diagnostics", "-file-compilation-dir", "."]
    arguments += (submission.includeFolders + [configuration]).flatMap { ["-Xcc", "-I", "-Xcc", $0] }
    if let header = submission.bridgingHeader { arguments += ["-import-bridging-header", "./" + header] }
    // A name cannot be taken for an option when it begins with a folder.
    return arguments + ["-c"] + submission.sources.map { $0.hasPrefix("-") || $0.hasPrefix("@") ? "./\($0)" : $0 }
  }

  private func cleaned(_ output: [UInt8]) -> BuildLog {
    BuildLog(
      output,
      replacing: [
        ("\(workspace.source)/", ""), ("\(toolchain.sdk.sdk)/include/", "sdk/"),
        ("\(toolchain.sdk.sdk)/swift/libc/", "libc/"), ("\(toolchain.sdk.sdk)/", "sdk/"),
      ])
  }

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
