// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

/// What can be seen of an archive without opening it.
enum ArchiveFile {
  /// - Throws: `SubmissionRefusal` if it is no file, cannot be read, is too large or a zip archive without its end.
  static func examine(_ path: String, limits: UnpackLimits) throws {
    let name = quoted(URL(fileURLWithPath: path).lastPathComponent)
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { throw SubmissionRefusal("\(name) cannot be read", hint: "check its permissions") }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw SubmissionRefusal("\(name) is no file", hint: "hand in a file, a folder or an archive")
    }
    let size = Int(status.st_size)
    guard size > 0 else { throw SubmissionRefusal("\(name) is empty", hint: "hand it in again") }
    guard size <= limits.archiveSize else {
      throw SubmissionRefusal(
        "\(name) has more than \(limits.archiveSize >> 20) MiB", hint: SubmissionRefusal.sourcesAlone)
    }
    if name.lowercased().hasSuffix(".zip\""), !hasZipEnd(descriptor, size: size) {
      throw SubmissionRefusal(
        "\(name) is damaged or no zip archive: its list of contents is missing", hint: SubmissionRefusal.anew)
    }
  }

  /// Whether a zip archive has the record that ends it, with a comment of up to 65535 bytes behind. A reader that takes what
  /// comes first would not miss the files that were cut off.
  private static func hasZipEnd(_ descriptor: Int32, size: Int) -> Bool {
    var tail = [UInt8](repeating: 0, count: min(size, 22 + 65_535))
    let count = tail.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, size - $0.count) }
    return count == tail.count && tail.firstRange(of: [0x50, 0x4b, 0x05, 0x06]) != nil
  }
}

extension SubmissionRefusal {
  static let sourcesAlone = "hand in the sources alone, without build/ and other generated files"
  static let anew = "make the archive anew and see that it opens"
}
