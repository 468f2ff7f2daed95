// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabSandbox

/// The programs beside `idf.py` that a build for a chip runs.
public struct IDFTools: Hashable, Sendable {
  /// The absolute paths of the compiler, CMake and Ninja.
  public var compiler, cmake, ninja: String
  /// The absolute path of ccache, where there is one.
  public var ccache: String?
  /// The absolute path of the Swift compiler, where there is one.
  public var swiftc: String?

  /// The folder of the Swift toolchain, with `bin` in it, where panics are looked up; nil too if `swiftc` is one that only calls another.
  var swiftTools: String? {
    guard let swiftc else { return nil }
    let bin = URL(fileURLWithPath: swiftc).resolvingSymlinksInPath().deletingLastPathComponent()
    let symbolizer = bin.appending(path: "llvm-symbolizer").path
    return FileManager.default.isExecutableFile(atPath: symbolizer) ? bin.deletingLastPathComponent().path : nil
  }

  /// All of them that there are.
  var all: [String] { [compiler, cmake, ninja] + [ccache, swiftc].compactMap { $0 } }
}

extension Chip {
  /// What the names of ESP-IDF's compiler and its companions begin with (`tools/cmake/toolchain-*.cmake`).
  public var idfToolPrefix: String {
    switch self {
    case .esp32: "xtensa-esp32-elf-"
    case .esp32c3: "riscv32-esp-elf-"
    case .esp32s3: "xtensa-esp32s3-elf-"
    }
  }
}

extension IDFInstallation {
  /// Finds what a build for a chip runs.
  /// - Throws: `LabError`, which says what to type, if something is not on the `PATH`.
  public func tools(for chip: Chip) throws -> IDFTools {
    func find(_ name: String) throws -> String {
      if let found = HelperExecutable.search(name, path: environment["PATH"]) { return found }
      let path = Self.quoted(path)
      throw Self.error(
        "tools", "ESP-IDF \(version) has no \(name) on the PATH, which a build for the \(chip.title) needs",
        "type `\(path)/install.sh \(chip.rawValue)`, then `. \(path)/export.sh`, and try again")
    }
    return IDFTools(
      compiler: try find(chip.idfToolPrefix + "gcc"), cmake: try find("cmake"), ninja: try find("ninja"),
      ccache: HelperExecutable.search("ccache", path: environment["PATH"]),
      swiftc: HelperExecutable.search("swiftc", path: environment["PATH"]))
  }

  /// What of the host a build sees: ESP-IDF, its Python environment and its tools, wherever they lie.
  func folders(_ programs: IDFTools) -> [String] {
    var folders =
      [path, tools] + [environment["IDF_PYTHON_ENV_PATH"], environment["ESP_ROM_ELF_DIR"]].compactMap { $0 }
    folders += pythonBase
    for program in programs.all {
      folders += Toolchain.folders(around: program)
      // A program that is a link is looked for where the link lies.
      folders.append(URL(fileURLWithPath: program).deletingLastPathComponent().path)
    }
    // CMake resolves links, so a folder is seen by both of its names.
    folders += folders.map { URL(fileURLWithPath: $0).resolvingSymlinksInPath().path }
    var seen: Set<String> = []
    return folders.filter { folder in
      folder.hasPrefix("/") && !Self.isSystem(folder) && !Self.holdsHome(folder) && seen.insert(folder).inserted
        && FileManager.default.fileExists(atPath: folder)
    }
  }

  /// The Python that the environment was made from, which may lie in a home folder.
  private var pythonBase: [String] {
    guard let folder = environment["IDF_PYTHON_ENV_PATH"],
      let data = FileManager.default.contents(atPath: folder + "/pyvenv.cfg")
    else { return [] }
    for line in String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline) {
      let parts = line.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
      guard parts.count == 2, parts[0] == "home", parts[1].hasPrefix("/") else { continue }
      let binaries = URL(fileURLWithPath: parts[1])
      guard binaries.lastPathComponent == "bin" else { return [binaries.path] }
      return [binaries.deletingLastPathComponent().path]
    }
    return []
  }

  /// Whether it is somebody's home, or a folder above: `~/bin/cmake` does not show a build all of `~`.
  private static func holdsHome(_ folder: String) -> Bool {
    folder == "/" || (NSHomeDirectory() + "/").hasPrefix(folder + "/")
  }

  /// Whether the sandbox shows a folder anyway.
  private static func isSystem(_ folder: String) -> Bool {
    ["/usr", "/bin", "/sbin", "/lib", "/lib64"].contains { folder == $0 || folder.hasPrefix($0 + "/") }
  }
}
