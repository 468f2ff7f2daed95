// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabSandbox

/// What the Swift compiler has made of the SDK's headers. It is made once, from the SDK alone, and submissions can only read it.
struct SwiftModuleCache: Sendable {
  /// The folder.
  let folder: String

  /// Makes it if it is not there. Several labs may do so at a time: the compiler's own locks keep them apart.
  /// - Parameter cache: the lab's cache folder.
  init(cache: String, toolchain: SwiftToolchain, sandbox: Sandbox) async throws {
    folder = "\(cache)/modules/\(toolchain.identity.prefix(32))"
    let isReady = folder + "/ready"
    let manager = FileManager.default
    guard !manager.fileExists(atPath: isReady) else { return }
    let workplace = try PrivateDirectory()
    let source = workplace.path + "/Probe.swift"
    let header = workplace.path + "/Probe.h"
    do {
      try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try Data("import ESP32\n".utf8).write(to: URL(fileURLWithPath: source))
      // The compiler's own headers are modules as well; bridging headers include them.
      let headers = ["float", "inttypes", "limits", "stdalign", "stdarg", "stdatomic", "stdbool", "stddef", "stdint"]
      let includes = headers.map { "#include <\($0).h>\n" }.joined() + "#include \"esp32_swift.h\"\n"
      try Data(includes.utf8).write(to: URL(fileURLWithPath: header))
    } catch {
      throw LabError(
        code: "cache.unwritable", message: "cannot write to \(folder): \(error.localizedDescription)",
        remedy: "set XDG_CACHE_HOME to a folder with room")
    }
    let command = SandboxedCommand(
      toolchain.swiftc,
      toolchain.compilerArguments(moduleCache: folder)
        + ["-import-bridging-header", header, "-c", source, "-o", workplace.path + "/Probe.o"],
      binds: toolchain.binds + [.readWrite(folder), .readWrite(workplace.path)], limits: SwiftCompilation.limits,
      workingDirectory: workplace.path)
    let result = try await sandbox.run(command, timeout: .seconds(600), outputLimit: 64 << 10)
    guard result.isSuccess else {
      let output = BuildLog(result.errors).plain.split(separator: "\n").prefix(4).joined(separator: "\n")
      throw LabError(
        code: "sdk.damaged", message: "the Swift compiler cannot use the SDK: \(output)", remedy: "run ./setup")
    }
    try? Data().write(to: URL(fileURLWithPath: isReady))
    prune(cache + "/modules")
  }

  /// Removes what belongs to SDKs that have not been used for long.
  private func prune(_ parent: String) {
    let manager = FileManager.default
    let dated = ((try? manager.contentsOfDirectory(atPath: parent)) ?? []).map { name -> (String, Int) in
      var status = stat()
      return ("\(parent)/\(name)", lstat("\(parent)/\(name)", &status) == 0 ? status.st_mtim.tv_sec : 0)
    }
    for (path, _) in dated.sorted(by: { $0.1 > $1.1 }).dropFirst(8) { try? manager.removeItem(atPath: path) }
  }
}
