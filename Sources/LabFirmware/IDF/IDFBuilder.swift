// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabSandbox

/// Builds submissions with ESP-IDF, in the sandbox.
///
/// What was built stays in a folder of the lab's cache, one for each project and chip, so that the next build of the same project
/// compiles what has changed and no more.
public struct IDFBuilder: SubmissionBuilder {
  /// ESP-IDF.
  public var installation: IDFInstallation
  /// The chip to build for.
  public var chip: Chip
  /// The folders of components that a project gets beside ESP-IDF's own, absolute.
  public var components: [String]
  /// The folders that those components need to see, absolute.
  public var sources: [String]
  /// Where builds are kept.
  public var cache: String
  /// Where ESP-IDF and the compiler run.
  public var sandbox: Sandbox
  /// How long a build may take in all. ESP-IDF's own part, built once for a project, takes minutes on a slow computer.
  public var timeout: Duration
  /// What the build folder may hold. One of ESP-IDF has about 80 MB in 3000 files.
  var usage = FolderUsage(bytes: 1 << 30, entries: 50_000, reserve: 256 << 20)

  /// - Parameters: as the properties of the same names; `firmware` is the checkout's folder of that name, whose components are taken.
  public init(
    installation: IDFInstallation, chip: Chip, firmware: String, cache: String = FirmwareBuilder.defaultCache,
    sandbox: Sandbox, timeout: Duration = .seconds(1200)
  ) {
    self.installation = installation
    self.chip = chip
    let isThere = { FileManager.default.fileExists(atPath: $0) }
    components = ["\(firmware)/components", "\(firmware)/sdk/components/connect_wifi_sta"].filter(isThere)
    sources = ["\(firmware)/components", "\(firmware)/sdk/components"].filter(isThere)
    self.cache = cache
    self.sandbox = sandbox
    self.timeout = timeout
  }

  /// Builds a submission that has been read.
  /// - Parameters:
  ///   - submission: the submission.
  ///   - outputFolder: an existing folder that gets `firmware.elf` and `flash.bin`.
  /// - Throws: `BuildFailure` if the submission is at fault, `LabError` if ESP-IDF or the lab is.
  public func build(_ submission: Submission, into outputFolder: String) async throws -> FirmwareImage {
    let begin = ContinuousClock.now
    let deadline = begin + timeout
    let programs = try installation.tools(for: chip)
    if submission.language == .swift {
      try checkSwift(programs)
      if let failure = BuildFailure.hostedImports(in: submission) { throw failure }
    }
    let folder = IDFBuildFolder(cache: cache, key: key(of: submission))
    let lock = try await folder.lock(until: deadline)
    defer { withExtendedLifetime(lock) {} }
    let project = IDFProject(
      submission: submission, folder: folder.project, build: folder.build,
      components: components(for: submission), chip: chip,
      version: installation.version)
    let build = IDFBuild(
      project: project, folder: folder, installation: installation, programs: programs, chip: chip, sources: sources,
      cache: cache, sandbox: sandbox, deadline: deadline, usage: usage)
    let output = URL(fileURLWithPath: outputFolder).standardizedFileURL.path
    let (log, compiledCount) = try await build.run()
    do {
      try take(folder.build, project: project.name, into: output)
    } catch let failure as BuildFailure where failure.kind != .tooBig {
      // What lies there would be in the way of every later build of the project.
      try folder.startAnew()
      throw failure
    }
    folder.prune()
    return FirmwareImage(
      language: submission.language, flash: output + "/flash.bin", elf: output + "/firmware.elf",
      swiftTools: submission.language == .swift ? programs.swiftTools : nil, log: log,
      duration: ContinuousClock.now - begin, sourceCount: submission.sources.count, compiledCount: compiledCount,
      warnings: Diagnostic.all(in: log.plain).filter { $0.severity == .warning },
      notes: submission.notes + project.notes)
  }

  /// Makes the flash image of what a build has left, and copies the program.
  private func take(_ build: String, project: String, into output: String) throws {
    let image = try FlasherArguments(buildFolder: build)
    guard image.chip == chip else {
      throw LabError(
        code: "idf.output", message: "ESP-IDF has built for \(image.chip.rawValue) instead of \(chip.rawValue)")
    }
    try FlashImage.store(try image.image(from: build), size: image.flashSize, to: output + "/flash.bin")
    let failure: Int32?
    do throws(ForeignFile.Problem) {
      failure = try ForeignFile("\(project).elf", in: build, limit: 256 << 20).copy(to: output + "/firmware.elf")
    } catch {
      throw BuildFailure(leftBehind: "\(project).elf", error)
    }
    if let failure { throw FlashImage.unwritable(output + "/firmware.elf", failure) }
  }

  /// The components that a submission is built with beside ESP-IDF's own.
  private func components(for submission: Submission) -> [String] {
    var components = components
    if submission.language == .swift, let folder = sources.last { components.append(folder + "/esp32_swift") }
    let examples = installation.path + Self.examplesComponent
    if submission.usesExamplesComponent, FileManager.default.fileExists(atPath: examples) {
      components.append(examples)
    }
    return components
  }

  /// The component with `example_connect()`, which ESP-IDF keeps among its examples: a project has to name its folder.
  private static let examplesComponent = "/examples/common_components/protocol_examples_common"

  /// Looks whether programs in a language can be built here.
  /// - Throws: `LabError` if a tool is missing, or the chip or the compiler is not for the language.
  public func check(for language: FirmwareLanguage) throws {
    let programs = try installation.tools(for: chip)
    if language == .swift { try checkSwift(programs) }
  }

  /// Looks whether firmware in Swift can be built.
  /// - Throws: `LabError` if the chip or the compiler is not for Swift.
  private func checkSwift(_ programs: IDFTools) throws {
    guard chip == .esp32c3 else {
      throw IDFInstallation.error(
        "swiftChip", "firmware in Swift is for the \(Chip.esp32c3.title), not the \(chip.title)", "use --target esp32c3"
      )
    }
    guard programs.swiftc != nil else {
      throw IDFInstallation.error(
        "noSwift", "there is no swiftc on the PATH, which a build of firmware in Swift needs",
        "install Swift 6.2 or newer, or use --sdk bundled")
    }
  }

  /// Whether ESP-IDF's own part has been built for a project, so that only the program's own is left to do.
  public func isPrepared(for submission: Submission) -> Bool {
    IDFBuildFolder(cache: cache, key: key(of: submission)).state.isComplete
  }

  /// Stands for a project and a chip: where it lies, whatever it holds at the moment.
  private func key(of submission: Submission) -> String {
    var hash = ContentHash()
    hash.add("idf 1")
    hash.add(chip.rawValue)
    hash.add(submission.root)
    hash.add(submission.form == .file ? submission.sources.joined() : "")
    return hash.finish()
  }
}
