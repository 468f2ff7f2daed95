// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabSandbox

/// The bundled SDK and the compiler that goes with it.
struct Toolchain: Sendable {
  /// The SDK's folder, links resolved.
  let sdk: String
  /// The absolute paths of the tools.
  let gcc, ld, objcopy: String
  /// What of the host the tools have to see beside the system's own folders.
  let folders: [String]
  /// Stands for the compiler, its headers, the SDK's headers and its compiler flags: it changes when one of them does.
  let identity: String
  /// The folders of headers that the identity stands for, links resolved.
  let coveredFolders: [String]

  static let prefix = "riscv64-unknown-elf-"

  /// - Parameters:
  ///   - sdk: the SDK's folder.
  ///   - path: the folders in which the tools are looked for, separated by colons.
  /// - Throws: `LabError` if the SDK or a tool is missing.
  init(sdk: String, path: String? = ProcessInfo.processInfo.environment["PATH"]) throws {
    self.sdk = URL(fileURLWithPath: sdk).resolvingSymlinksInPath().path
    gcc = try Self.tool("gcc", path: path)
    ld = try Self.tool("ld", path: path)
    objcopy = try Self.tool("objcopy", path: path)
    for part in [
      "include", "lib/libesp32lab.a", "lib/start.o", "esp32c3.ld", "cflags.rsp", "ldflags.rsp", "ldlibs.rsp",
    ]
    where !FileManager.default.fileExists(atPath: "\(self.sdk)/\(part)") {
      throw LabError(code: "sdk.damaged", message: "the SDK in \(sdk) lacks \(part)", remedy: "run ./setup")
    }
    folders = Self.folders(around: gcc)
    let parts = CompilerParts(compiler: gcc, target: String(Self.prefix.dropLast()))
    coveredFolders = ["\(self.sdk)/include"] + parts.headerFolders
    identity = Self.identity(files: [gcc, "\(self.sdk)/cflags.rsp"] + parts.programs, folders: coveredFolders)
  }

  /// Finds a tool of the cross toolchain.
  /// - Parameters:
  ///   - name: its name without the prefix.
  ///   - path: the folders in which it is looked for, separated by colons.
  static func tool(_ name: String, path: String? = ProcessInfo.processInfo.environment["PATH"]) throws -> String {
    guard let path = HelperExecutable.search(prefix + name, path: path) else {
      throw LabError(
        code: "toolchain.missing", message: "\(prefix)\(name) is not on this computer",
        remedy: "run ./setup, or install gcc-riscv64-unknown-elf and picolibc-riscv64-unknown-elf")
    }
    return path
  }

  /// The folder of a toolchain that does not lie in `/usr`: what it calls lies beside its `bin`.
  static func folders(around tool: String) -> [String] {
    let binaries = URL(fileURLWithPath: tool).resolvingSymlinksInPath().deletingLastPathComponent()
    guard !binaries.path.hasPrefix("/usr/"), binaries.lastPathComponent == "bin" else { return [] }
    return [binaries.deletingLastPathComponent().path]
  }

  /// Names, sizes and times of what goes into every object beside the submission.
  private static func identity(files: [String], folders: [String]) -> String {
    var hash = ContentHash()
    for path in files { hash.add(stamp(path)) }
    for folder in folders { hash.add(FolderStamps(folder).bytes) }
    return hash.finish()
  }

  static func stamp(_ path: String) -> String {
    var status = stat()
    guard stat(path, &status) == 0 else { return path }
    // A folder's time and size say nothing that its files do not.
    guard status.st_mode & S_IFMT == S_IFREG else { return "folder" }
    return "\(path) \(status.st_size) \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
  }

  /// The arguments that compile a source, but for its name and that of the object.
  /// - Parameters:
  ///   - includeFolders: relative to the submission's root.
  ///   - configuration: the folder of the submission's options.
  ///   - root: the lab's copy of the submission.
  ///   - relay: what the compiler's driver starts each of its parts with. With `-pipe` it would start the first alone with it.
  func compilerArguments(
    includeFolders: [String], configuration: String, root: String, relay: [String]
  ) -> [String] {
    var arguments = ["@\(sdk)/cflags.rsp", "-fdiagnostics-color=always", "-fdiagnostics-urls=never", "-fno-lto"]
    arguments += ["-fmax-errors=\(BuildLog.errorLimit)", "-wrapper", relay.joined(separator: ",")]
    // The debug information names files as the student knows them, wherever the build took place. The last that fits counts.
    arguments += [
      "-ffile-prefix-map=\(root)=.", "-ffile-prefix-map=\(root)/=", "-ffile-prefix-map=\(configuration)=.",
      "-ffile-prefix-map=\(sdk)/include=sdk",
    ]
    arguments += includeFolders.flatMap { ["-I", SubmissionName.argument(for: $0, in: root)] }
    return arguments + ["-I", configuration, "-I", "\(sdk)/include"]
  }

  /// The arguments that link a program.
  /// - Parameter additional: what another language than C needs beside the SDK's libraries.
  func linkerArguments(objects: [String], additional: [String] = [], output: String) -> [String] {
    ["@\(sdk)/ldflags.rsp", "-L", "\(sdk)/lib", "-T", "\(sdk)/esp32c3.ld", "\(sdk)/lib/start.o"] + objects
      + additional + ["@\(sdk)/ldlibs.rsp", "-o", output]
  }
}
