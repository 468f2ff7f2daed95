// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabSandbox

/// One build with ESP-IDF: `idf.py reconfigure` where that must be, then Ninja, as `idf.py build` does.
///
/// Ninja alone tells within milliseconds what has changed; `idf.py` first looks through its Python packages.
struct IDFBuild: Sendable {
  let project: IDFProject
  let folder: IDFBuildFolder
  let installation: IDFInstallation
  let programs: IDFTools
  let chip: Chip
  /// The folders that the course's components need to see.
  let sources: [String]
  let cache: String
  let sandbox: Sandbox
  let deadline: ContinuousClock.Instant
  let usage: FolderUsage

  /// Room for CMake, Python and as many compilers as Ninja starts. A compiler that goes on for so much processor time does so for ever.
  private static let limits = ResourceLimits(
    addressSpace: 8 << 30, memory: 8 << 30, cpuSeconds: 300, fileSize: 512 << 20, processes: 1024,
    temporaryStorage: 1 << 30)

  /// Builds.
  /// - Returns: what the compiler said of the program, and how many of its sources were compiled.
  /// - Throws: `BuildFailure` if the submission is at fault, `LabError` if ESP-IDF or the lab is.
  func run() async throws -> (log: BuildLog, compiledCount: Int) {
    try await withinUsage { try await make() }
  }

  private func make() async throws -> (log: BuildLog, compiledCount: Int) {
    let files = try project.files()
    try folder.write(files, sources: project.sources)
    try makeCompilerCache()
    try await configure(files)
    let kills = HostMemory.killCount
    var result = try await build()
    // Ninja tells a compiler that was killed from one that found an error by text alone, which a source can forge. What the host has ended comes to
    // an end of its own the second time, and only what failed runs again.
    if case .exited = result.termination, !result.isSuccess { result = try await build() }
    var output = IDFOutput(project: project.name)
    // Ninja prints what compilers say to its own standard output; what CMake says beside it is not about the program.
    let whole = BuildLog(result.output + result.errors, replacing: replacements)
    let log = output.messages(of: BuildLog(result.output, replacing: replacements))
    guard result.isSuccess else {
      if result.termination == .timedOut { throw timeout }
      guard HostMemory.killCount == kills else {
        throw LabError(
          code: "build.killed",
          message: "the computer ran out of memory while the program was built, and ended some process",
          remedy: "run it again with less going on")
      }
      try result.requireOwnEnd(of: "the build")
      try checkRoom(whole)
      throw try failure(output.failed, log, whole)
    }
    var state = folder.state
    state.isComplete = true
    state.builtConfiguration = state.configuration
    try folder.setState(state)
    return (log, output.compiledCount)
  }

  /// Runs Ninja: for all of it once per configuration, then for the program alone. Looking after what no program changes, bootloader and
  /// linker script, takes several times as long as compiling one.
  private func build() async throws -> CommandResult {
    let arguments = ["-C", folder.build]
    guard let built = folder.state.builtConfiguration, built == folder.state.configuration else {
      return try await run(programs.ninja, arguments, limit: Self.outputLimit)
    }
    let library = try await run(programs.ninja, arguments + [Self.programLibrary], limit: Self.outputLimit)
    guard library.isSuccess else { return library }
    try await keepLinkerScript()
    var result = try await run(programs.ninja, arguments + ["app"], limit: Self.outputLimit)
    result.output = library.output + result.output
    result.errors = library.errors + result.errors
    return result
  }

  /// How much of what Ninja prints is kept, in bytes.
  private static let outputLimit = 4 << 20

  /// Runs CMake through `idf.py`, unless the folder is configured as it is to be.
  private func configure(_ files: [String: [UInt8]]) async throws {
    let wanted = IDFBuildFolder.State(tools: toolsIdentity, configuration: configurationIdentity(files))
    var state = folder.state
    let isConfigured =
      state.tools == wanted.tools && state.configuration == wanted.configuration
      && FileManager.default.fileExists(atPath: folder.build + "/build.ninja")
    guard !isConfigured else { return }
    if state.tools != wanted.tools {
      folder.clean()
      try folder.write(files, sources: project.sources)
      state.isComplete = false
    }
    // Nothing counts as configured while CMake runs: it may be interrupted.
    try folder.setState(IDFBuildFolder.State())
    folder.forgetConfiguration()
    var arguments = [installation.path + "/tools/idf.py", "--no-hints", "-C", folder.project, "-B", folder.build]
    arguments += ["-D", "IDF_TARGET=\(chip.rawValue)", "-D", "SDKCONFIG=\(folder.build)/sdkconfig"]
    if programs.ccache != nil { arguments.append("--ccache") }
    let result = try await run(installation.python, arguments + ["reconfigure"], limit: 1 << 20)
    let log = BuildLog(result.output + result.errors, replacing: replacements)
    guard result.isSuccess else {
      try checkRoom(log)
      guard result.termination != .timedOut else { throw timeout }
      throw LabError(
        code: "idf.configure",
        message: "ESP-IDF \(installation.version) cannot configure the build: \(Self.reason(in: log.plain))",
        remedy:
          "see that `idf.py build` works in a project of yours; `\(IDFInstallation.quoted(installation.path))/install.sh "
          + "\(chip.rawValue)` mends missing tools and packages")
    }
    try folder.setState(
      IDFBuildFolder.State(tools: wanted.tools, configuration: wanted.configuration, isComplete: state.isComplete))
  }

  func run(_ program: String, _ arguments: [String], limit: Int) async throws -> CommandResult {
    let command = SandboxedCommand(
      program, arguments, environment: environment,
      binds: (installation.folders(programs) + sources + [folder.project]).map { .readOnly($0) }
        + [.readWrite(folder.build)] + (programs.ccache == nil ? [] : [.readWrite(compilerCache)]),
      limits: Self.limits, workingDirectory: folder.build)
    return try await sandbox.run(command, timeout: ContinuousClock.now.duration(to: deadline), outputLimit: limit)
  }

  private var environment: [String: String] {
    var environment = installation.environment
    environment["HOME"] = "/tmp"
    environment["TMPDIR"] = "/tmp"
    environment["LC_ALL"] = "C.UTF-8"
    environment["PYTHON"] = installation.python
    // Components from the registry would have to be downloaded.
    environment["IDF_COMPONENT_MANAGER"] = "0"
    environment["CLICOLOR_FORCE"] = "1"
    environment["CCACHE_DIR"] = compilerCache
    // What does not depend on the project is compiled once for all of them.
    environment["CCACHE_BASEDIR"] = folder.path
    environment["CCACHE_NOHASHDIR"] = "1"
    return environment
  }

  private var compilerCache: String { cache + "/ccache" }

  private func makeCompilerCache() throws {
    guard programs.ccache != nil else { return }
    do {
      try FileManager.default.createDirectory(atPath: compilerCache, withIntermediateDirectories: true)
    } catch {
      throw LabError(
        code: "cache.unwritable", message: "cannot write to \(compilerCache): \(error.localizedDescription)",
        remedy: "set XDG_CACHE_HOME to a folder with room")
    }
  }

  private var toolsIdentity: String {
    var hash = ContentHash()
    hash.add("\(installation.version)")
    // What is on the PATH beside the tools, and in which order, changes with every shell.
    for (name, value) in installation.environment.sorted(by: { $0.key < $1.key }) where name != "PATH" {
      hash.add("\(name)=\(value)")
    }
    for path in [installation.python, programs.compiler, programs.cmake, programs.ninja]
      + [programs.swiftc].compactMap(\.self)
    {
      hash.add(Toolchain.stamp(path))
    }
    return hash.finish()
  }

  private func configurationIdentity(_ files: [String: [UInt8]]) -> String {
    var hash = ContentHash()
    // The component's own file is CMake's to watch: Ninja runs it again when that changes.
    for name in ["CMakeLists.txt", "sdkconfig.defaults"] { hash.add(files[name] ?? []) }
    hash.add(programs.ccache ?? "")
    return hash.finish()
  }

  /// What a student did not write should not puzzle him: the lab's folders before the names of his files, and objects in libraries.
  private var replacements: [(String, String)] {
    [
      (folder.project + "/source/", ""), ("../project/source/", ""), (folder.build + "/./", ""),
      (folder.build + "/", ""),
      (folder.project + "/", ""),
      (installation.path + "/", "esp-idf/"), ("esp-idf/main/libmain.a", "main"), ("././", ""), (": ./", ": "),
    ]
  }
}
