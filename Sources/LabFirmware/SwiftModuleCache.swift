// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabSandbox

/// What the Swift compiler has made of the SDK's headers. It is made once, from the SDK alone, and submissions can only read it.
struct SwiftModuleCache: Sendable {
  /// The folder.
  let folder: String
  /// What removes the folder, where it could not be kept.
  private let owner: PrivateDirectory?

  /// Makes it if it is not there, or not whole. Several labs may do so at a time: the compiler's own locks keep them apart.
  /// - Parameter cache: the lab's cache folder. Where nothing can be kept in it, what is made is for this build alone.
  init(cache: String, toolchain: SwiftToolchain, sandbox: Sandbox) async throws {
    let kept = "\(cache)/modules/\(toolchain.identity.prefix(32))"
    if Self.isWhole(kept) {
      (folder, owner) = (kept, nil)
      return
    }
    try? FileManager.default.createDirectory(atPath: kept, withIntermediateDirectories: true)
    Self.removeDamaged(kept)
    if access(kept, W_OK) == 0, try await Self.fill(kept, toolchain: toolchain, sandbox: sandbox).isSuccess,
      Self.seal(kept)
    {
      (folder, owner) = (kept, nil)
      Self.prune(cache + "/modules", keeping: kept)
      return
    }
    let directory = try PrivateDirectory()
    (folder, owner) = (directory.path, directory)
    let result = try await Self.fill(folder, toolchain: toolchain, sandbox: sandbox)
    guard result.isSuccess else {
      let output = BuildLog(result.errors).plain.split(separator: "\n").prefix(4).joined(separator: "\n")
      throw LabError(
        code: "sdk.damaged", message: "the Swift compiler cannot use the SDK: \(output)", remedy: "run ./setup")
    }
  }

  /// Has the compiler make all modules that a program may ask for.
  private static func fill(_ folder: String, toolchain: SwiftToolchain, sandbox: Sandbox) async throws -> CommandResult
  {
    let workplace = try PrivateDirectory()
    let source = workplace.path + "/Probe.swift"
    let header = workplace.path + "/Probe.h"
    do {
      try Data("import ESP32\n".utf8).write(to: URL(fileURLWithPath: source))
      // The compiler's own headers are modules as well; bridging headers include them.
      let headers = ["float", "inttypes", "limits", "stdalign", "stdarg", "stdatomic", "stdbool", "stddef", "stdint"]
      let includes = headers.map { "#include <\($0).h>\n" }.joined() + "#include \"esp32_swift.h\"\n"
      try Data(includes.utf8).write(to: URL(fileURLWithPath: header))
    } catch {
      throw LabError(
        code: "output.unwritable", message: "cannot write to \(workplace.path): \(error.localizedDescription)",
        remedy: "check that there is room in the folder for temporary files (TMPDIR)")
    }
    let command = SandboxedCommand(
      toolchain.swiftc,
      toolchain.compilerArguments(moduleCache: folder)
        + ["-import-bridging-header", header, "-c", source, "-o", workplace.path + "/Probe.o"],
      binds: toolchain.binds + [.readWrite(folder), .readWrite(workplace.path)], limits: SwiftCompilation.limits,
      workingDirectory: workplace.path)
    return try await sandbox.run(command, timeout: .seconds(600), outputLimit: 64 << 10)
  }

  /// The file that tells what belongs to a folder, when all of it is there.
  private static let seal = "ready"

  /// A line for each module: its size and its name.
  private static func modules(_ folder: String) -> [String] {
    let names = (FileManager.default.enumerator(atPath: folder)?.allObjects as? [String]) ?? []
    return names.filter { $0.hasSuffix(".pcm") }.sorted().compactMap { name in
      var status = stat()
      guard lstat("\(folder)/\(name)", &status) == 0 else { return nil }
      return "\(status.st_size) \(name)"
    }
  }

  /// Whether all modules are there as they were made. A power cut leaves files that are cut or empty.
  private static func isWhole(_ folder: String) -> Bool {
    guard let text = try? ForeignFile.contents(of: seal, in: folder, limit: 1 << 20), !text.isEmpty else {
      return false
    }
    return String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init) == modules(folder)
  }

  /// Brings all modules to the disk, and writes down what there is.
  /// - Returns: whether that was possible.
  private static func seal(_ folder: String) -> Bool {
    let modules = modules(folder)
    let folders = Set(
      modules.map { URL(fileURLWithPath: "\(folder)/\($0.drop { $0 != " " }.dropFirst())") }.map {
        $0.deletingLastPathComponent()
      })
    guard !modules.isEmpty, folders.allSatisfy({ WholeFile.synchronizeFiles(in: $0) == nil }) else { return false }
    return (try? WholeFile.write(modules.joined(separator: "\n"), to: URL(fileURLWithPath: "\(folder)/\(seal)"))) != nil
  }

  /// Removes the modules of a folder that says what belongs to it and is not so. Without that another lab may be making them.
  private static func removeDamaged(_ folder: String) {
    guard FileManager.default.fileExists(atPath: "\(folder)/\(seal)") else { return }
    let names = (FileManager.default.enumerator(atPath: folder)?.allObjects as? [String]) ?? []
    for name in names where name == seal || name.hasSuffix(".pcm") { unlink("\(folder)/\(name)") }
  }

  /// Removes what belongs to SDKs that have not been used for long.
  private static func prune(_ parent: String, keeping current: String) {
    let manager = FileManager.default
    let dated = ((try? manager.contentsOfDirectory(atPath: parent)) ?? []).map { name -> (String, Int) in
      var status = stat()
      return ("\(parent)/\(name)", lstat("\(parent)/\(name)", &status) == 0 ? status.st_mtim.tv_sec : 0)
    }
    for (path, _) in dated.sorted(by: { $0.1 > $1.1 }).dropFirst(8) where path != current {
      try? manager.removeItem(atPath: path)
    }
  }
}
