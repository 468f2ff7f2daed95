// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabSandbox

/// ESP-IDF writes its linker script anew whenever any library has changed, the program's included, with a generator that looks into all of
/// them (`tools/ldgen`). That is four fifths of a build after an edit, for the same script: what it says of a library stands in linker
/// fragments, and the program has none.
extension IDFBuild {
  /// The program's library and the linker script, as Ninja calls them.
  static let programLibrary = "esp-idf/main/libmain.a"
  private static let linkerScript = "esp-idf/esp_system/ld/sections.ld"

  /// Lets the linker script count as up to date where nothing but the program's library is newer, and it says nothing of that.
  func keepLinkerScript() async throws {
    guard let written = modificationTime(Self.linkerScript), let changed = modificationTime(Self.programLibrary),
      written < changed,
      let text = try? ForeignFile.contents(of: Self.linkerScript, in: folder.build, limit: 8 << 20),
      text.firstRange(of: Array("libmain".utf8)) == nil
    else { return }
    let query = try await run(programs.ninja, ["-C", folder.build, "-t", "query", Self.linkerScript], limit: 1 << 20)
    let inputs = Self.inputs(in: String(decoding: query.output, as: UTF8.self))
    guard query.isSuccess, inputs.contains(Self.programLibrary),
      inputs.allSatisfy({ input in
        input == Self.programLibrary || modificationTime(input).map { $0 <= written } == true
      })
    else { return }
    guard let script = try? ForeignFile(Self.linkerScript, in: folder.build, limit: 8 << 20),
      script.setModificationTime(changed.value)
    else { return }
    // Ninja goes by the times that it has noted; one that does not take this writes the script anew.
    _ = try await run(
      programs.ninja, ["-C", folder.build, "-t", "restat", Self.linkerScript, "\(folder.build)/\(Self.linkerScript)"],
      limit: 1 << 20)
  }

  /// The files from which Ninja makes another, of what `ninja -t query` prints of that.
  static func inputs(in query: String) -> [String] {
    let lines = query.split(separator: "\n").map { $0.drop { $0 == " " } }
    guard let start = lines.firstIndex(where: { $0.hasPrefix("input:") }) else { return [] }
    return lines[(start + 1)...].prefix { $0 != "outputs:" }
      // What has to be there first and may be newer.
      .filter { !$0.hasPrefix("|| ") }
      .map { String($0.hasPrefix("| ") ? $0.dropFirst(2) : $0) }
  }

  /// - Parameter path: absolute, or relative to the build folder.
  private func modificationTime(_ path: String) -> ModificationTime? {
    var status = stat()
    let path = path.hasPrefix("/") ? path : folder.build + "/" + path
    return stat(path, &status) == 0 ? ModificationTime(value: status.st_mtim) : nil
  }
}

/// When a file was last written.
private struct ModificationTime: Comparable {
  var value: timespec

  static func < (one: Self, other: Self) -> Bool {
    (one.value.tv_sec, one.value.tv_nsec) < (other.value.tv_sec, other.value.tv_nsec)
  }

  static func == (one: Self, other: Self) -> Bool { !(one < other) && !(other < one) }
}
