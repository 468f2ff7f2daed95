// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabSandbox

/// Links objects with the SDK and takes out what goes into the flash.
struct Linking: Sendable {
  let toolchain: Toolchain
  /// The compiler of a program in Swift.
  let swift: SwiftToolchain?
  let workspace: BuildWorkspace
  let sandbox: Sandbox
  /// What the objects are called in messages, in their order.
  let names: [String]

  /// Links.
  /// - Parameters:
  ///   - objects: the submission's objects, absolute paths in the workspace's folder of objects.
  ///   - deadline: when the build has to be over.
  /// - Returns: the ELF file, the program as it lies in the flash, and what the linker printed.
  /// - Throws: `BuildFailure` if the program is at fault, `LabError` if the lab is.
  func run(
    _ objects: [String], until deadline: ContinuousClock.Instant
  ) async throws -> (elf: [UInt8], program: [UInt8], log: BuildLog) {
    let output = try workspace.makeOutput("link", files: ["firmware.elf", "firmware.bin"])
    defer { output.remove() }
    let elf = output.path("firmware.elf")
    let link = try await run(
      toolchain.ld,
      toolchain.linkerArguments(objects: objects, additional: swift?.linkerArguments ?? [], output: elf),
      output: output, until: deadline)
    var log = BuildLog(link.errors, replacing: replacements(for: objects, output: output.folder))
    if let swift { log = await SwiftDemangler(tools: swift.folder, sandbox: sandbox).demangle(log) }
    guard link.isSuccess else {
      // That the SDK lacks something is not told by what the linker prints, in which a program may have it say anything.
      if let lacking = Self.referencesOfSDKAlone(in: log.plain).first {
        throw BuildFailure(
          .absentAPI(names: [lacking]),
          "the program uses a part of the bundled SDK that needs \(lacking), which is not in it",
          hint: "use --sdk idf, or do without", log: log)
      }
      throw BuildFailure.linking(log, sdk: toolchain.sdk, language: swift == nil ? .c : .swift)
    }
    let copy = try await run(
      toolchain.objcopy, ["-O", "binary", elf, output.path("firmware.bin")], output: output, until: deadline)
    guard copy.isSuccess else {
      // The flash ends long before the limit on a file does.
      if copy.termination == .signalled(SIGXFSZ) || copy.errors.firstRange(of: Array("File too large".utf8)) != nil {
        throw BuildFailure(.tooBig, "the program does not fit into the board's flash", log: log)
      }
      throw LabError(
        code: "toolchain.failed", message: "objcopy failed: \(String(decoding: copy.errors.prefix(500), as: UTF8.self))"
      )
    }
    func contents(_ name: String) throws -> [UInt8] {
      do throws(ForeignFile.Problem) {
        return try output.contents(of: name, limit: Compilation.sizeLimit)
      } catch {
        throw BuildFailure(.link, "what the linker has left cannot be used: \(name) \(error)", log: log)
      }
    }
    return (try contents("firmware.elf"), try contents("firmware.bin"), log)
  }

  private func run(
    _ tool: String, _ arguments: [String], output: ToolOutput, until deadline: ContinuousClock.Instant
  ) async throws -> CommandResult {
    let command = SandboxedCommand(
      tool, arguments,
      binds: (toolchain.folders + [toolchain.sdk, workspace.objects]).map { .readOnly($0) } + output.binds,
      seesProcesses: false, limits: Compilation.limits, workingDirectory: output.folder)
    let result = try await sandbox.run(
      command, timeout: ContinuousClock.now.duration(to: deadline), outputLimit: 256 << 10)
    try result.requireOwnEnd(of: "the linker", hint: "leave out what the program does not use")
    if !result.isSuccess { try workspace.checkRoom(result.errors) }
    return result
  }

  /// The undefined names that the SDK's own objects use, if those are all that is wrong. `app_main` is the student's to define.
  /// - Parameter log: what the linker printed: "ld: OBJECT: in function `F':", then what that function refers to.
  static func referencesOfSDKAlone(in log: String) -> [String] {
    guard !otherProblem.isFound(in: log) else { return [] }
    var isSDK = false
    var names: [String] = []
    for match in objectOrReference.matches(in: log) {
      if let object = match[1] { isSDK = object.hasPrefix("sdk/") }
      guard let name = match[2] else { continue }
      guard isSDK, name != "app_main" else { return [] }
      names.append(String(name))
    }
    return names
  }

  private static let objectOrReference = Pattern(#"(?m)^ld: (\S+\.o\)?):|undefined reference to `([^'\n]+)'"#)
  private static let otherProblem = Pattern("multiple definition|overflowed|will not fit")

  /// What the student did not write should not puzzle him: the names of the objects, and where the linker and the SDK lie.
  private func replacements(for objects: [String], output: String) -> [(String, String)] {
    Array(zip(objects, names)) + [
      (toolchain.ld + ": ", "ld: "), (output + "/", ""), (toolchain.sdk + "/lib/", "sdk/"),
      (toolchain.sdk + "/", "sdk/"), ("././", ""),
    ]
  }
}
