// SPDX-License-Identifier: Apache-2.0
import CGLib
import LabModel

/// What a program says of itself in the boot log and in a panic: `esp_app_desc_t`, ESP-IDF's structure (`esp_app_desc.h`).
///
/// The bundled SDK leaves a placeholder in the image; the builder fills in the name and the digest, as `idf.py build` does.
enum ApplicationDescription {
  /// The structure's first word, `ESP_APP_DESC_MAGIC_WORD`, as it lies in the image.
  static let magic: [UInt8] = [0x32, 0x54, 0xcd, 0xab]
  /// The structure's size in bytes.
  static let size = 256
  private static let name = 48..<80
  private static let digest = 144..<176

  /// The name of a submission: that of the CMake project, or of the folder or file that was handed in.
  static func name(of submission: Submission) -> String {
    if let project = submission.files.first(where: { $0.path == "CMakeLists.txt" }) {
      let text = String(decoding: project.contents, as: UTF8.self)
      if let name = projectCall.firstMatch(in: text)?[1] { return String(name) }
    }
    let last = (submission.form == .file ? submission.sources.first : nil) ?? submission.root
    let stem = last.split(separator: "/").last ?? "app"
    return String(stem.hasSuffix(".c") ? stem.dropLast(2) : stem)
  }

  private static let projectCall = Pattern(#"(?m)^[ \t]*project[ \t]*\([ \t\r\n]*"?([A-Za-z0-9_.+-]+)"#)

  /// Fills in the name and the digest of the ELF file.
  /// - Parameters:
  ///   - program: the program as it lies in the flash; unchanged if it holds no such structure.
  ///   - name: cut after 31 bytes, as C keeps it.
  ///   - elf: the ELF file's contents.
  static func write(name: String, elf: [UInt8], into program: inout [UInt8]) {
    guard let start = start(in: program) else { return }
    let text = Array(name.utf8.prefix(Self.name.count - 1))
    for (offset, index) in Self.name.enumerated() {
      program[start + index] = offset < text.count ? text[offset] : 0
    }
    for (index, byte) in zip(digest, sha256(elf)) { program[start + index] = byte }
  }

  /// Takes out what ``write(name:elf:into:)`` fills in.
  /// - Parameter program: the program as it lies in the flash.
  static func clear(in program: inout [UInt8]) {
    guard let start = start(in: program) else { return }
    for index in Array(name) + Array(digest) { program[start + index] = 0 }
  }

  /// Where it begins.
  private static func start(in program: [UInt8]) -> Int? {
    // The linker puts it at a word of its own.
    let places = stride(from: 0, to: max(program.count - size, 0), by: 4)
    return places.first { program[$0..<($0 + 4)].elementsEqual(magic) }
  }

  private static func sha256(_ bytes: [UInt8]) -> [UInt8] {
    let checksum = g_checksum_new(G_CHECKSUM_SHA256)
    defer { g_checksum_free(checksum) }
    g_checksum_update(checksum, bytes, bytes.count)
    var result = [UInt8](repeating: 0, count: 32)
    var count: gsize = 32
    g_checksum_get_digest(checksum, &result, &count)
    return result
  }
}
