// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabSandbox

/// Builds submissions with the bundled SDK, in the sandbox.
public struct FirmwareBuilder: SubmissionBuilder {
  /// The SDK's folder, from the set-up.
  public var sdk: String
  /// Where objects are kept by content, so that what has not changed is not compiled again.
  public var cache: String
  /// Where the compiler runs.
  public var sandbox: Sandbox
  /// How long a build may take in all by the wall clock. What a program may take is bounded by processor time; this is for a host that does not get on.
  public var timeout: Duration
  /// The folders in which the compiler is looked for, separated by colons.
  var toolPath = ProcessInfo.processInfo.environment["PATH"]

  /// - Parameters: as the properties of the same names.
  public init(sdk: String, cache: String = Self.defaultCache, sandbox: Sandbox, timeout: Duration = .seconds(600)) {
    self.sdk = sdk
    self.cache = cache
    self.sandbox = sandbox
    self.timeout = timeout
  }

  /// `$XDG_CACHE_HOME/esp32-lab`, or `~/.cache/esp32-lab`.
  public static var defaultCache: String {
    let environment = ProcessInfo.processInfo.environment
    if let base = environment["XDG_CACHE_HOME"], base.hasPrefix("/") { return base + "/esp32-lab" }
    return (environment["HOME"] ?? NSHomeDirectory()) + "/.cache/esp32-lab"
  }

  /// Looks whether programs in a language can be built here.
  /// - Throws: `LabError` if the compiler, or what the SDK has for the language, is missing.
  public func check(for language: FirmwareLanguage) throws {
    let toolchain = try Toolchain(sdk: sdk, path: toolPath)
    if language == .swift { _ = try SwiftToolchain(sdk: toolchain) }
  }

  /// Builds a submission that has been read.
  /// - Parameters:
  ///   - submission: the submission.
  ///   - outputFolder: an existing folder that gets `firmware.elf` and `flash.bin`.
  /// - Throws: `BuildFailure` if the submission is at fault, `LabError` if the lab is.
  public func build(_ submission: Submission, into outputFolder: String) async throws -> FirmwareImage {
    let submission = submission.withEmbeddedFilesAsSource
    let clock = ContinuousClock()
    let begin = clock.now
    let deadline = begin + timeout
    let toolchain = try Toolchain(sdk: sdk, path: toolPath)
    let objects = ObjectCache(cache: cache)
    let workspace = try BuildWorkspace(submission: submission)
    let swift = submission.language == .swift ? try SwiftToolchain(sdk: toolchain) : nil
    let outcome: Compilation.Outcome
    if let swift {
      let compilation = SwiftCompilation(
        submission: submission, toolchain: swift, workspace: workspace, cache: objects,
        modules: try await SwiftModuleCache(cache: cache, toolchain: swift, sandbox: sandbox), sandbox: sandbox)
      outcome = try await compilation.run(until: deadline)
    } else {
      let compilation = Compilation(
        submission: submission, toolchain: toolchain, workspace: workspace, cache: objects, sandbox: sandbox)
      outcome = try await compilation.run(until: deadline)
    }
    let linking = Linking(
      toolchain: toolchain, swift: swift, workspace: workspace, sandbox: sandbox,
      names: swift == nil ? submission.sources.map { $0.dropLast() + "o" } : ["firmware.o"])
    // Nothing waits for the disk but the end of the build.
    async let isStored: Void = objects.store(outcome.fresh)
    var (elf, program, linkLog) = try await linking.run(outcome.objects, until: deadline)
    ApplicationDescription.write(name: ApplicationDescription.name(of: submission), elf: elf, into: &program)
    let elfPath = URL(fileURLWithPath: outputFolder).standardizedFileURL.path + "/firmware.elf"
    let flashPath = URL(fileURLWithPath: outputFolder).standardizedFileURL.path + "/flash.bin"
    try FlashImage.write(program, to: flashPath)
    try FlashImage.store(elf, size: elf.count, to: elfPath)
    await isStored
    var log = outcome.log
    log.append(linkLog)
    return FirmwareImage(
      language: submission.language, flash: flashPath, elf: elfPath, swiftTools: swift?.folder, log: log,
      duration: clock.now - begin, sourceCount: submission.sources.count, compiledCount: outcome.compiledCount,
      warnings: Diagnostic.all(in: log.plain).filter { $0.severity == .warning },
      notes: submission.notes + bundledNotes(submission) + workspace.notes(sdk: toolchain.sdk))
  }

  /// What of a project has no effect here.
  private func bundledNotes(_ submission: Submission) -> [String] {
    let table = submission.extras.partitionTable.map {
      "\($0) is not used: the bundled SDK's flash has one partition for the program; use --sdk idf for others"
    }
    let embedded = submission.extras.embedded.first.flatMap {
      submission.language == .swift
        ? "\($0.path) is not embedded: the bundled SDK does that for programs in C only" : nil
    }
    return [table, embedded].compactMap(\.self)
  }
}
