// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

/// A flash image: for direct boot, and what all have in common.
enum FlashImage {
  /// The size of the board's flash: emulators take 2, 4, 8 or 16 MB and nothing between.
  static let size = 4 << 20

  /// The sizes of flash that an emulator takes, in bytes.
  static let sizes = [2 << 20, 4 << 20, 8 << 20, 16 << 20]

  /// The first two words of an image that the ROM boots directly (ESP32-C3 direct boot).
  static let magic: [UInt8] = [0x1d, 0x04, 0xdb, 0xae, 0x1d, 0x04, 0xdb, 0xae]

  /// Writes an image of exactly the flash's size; what the program does not fill is a hole in the file.
  /// - Parameters:
  ///   - program: the program as it lies in the flash, from its beginning.
  ///   - path: where; what is there is replaced.
  /// - Throws: `BuildFailure` if the program is too big, `LabError` if it cannot be booted or not be written.
  static func write(_ program: [UInt8], to path: String) throws {
    guard program.count <= size else {
      throw BuildFailure(.tooBig, "the program does not fit: \(program.count) bytes, and the board's flash has \(size)")
    }
    guard program.starts(with: magic) else {
      throw LabError(
        code: "sdk.damaged", message: "the linked program does not begin as the ROM wants it", remedy: "run ./setup")
    }
    try store(program, size: size, to: path)
  }

  /// Writes a file of exactly a size; what the contents do not fill is a hole in it.
  /// - Parameter path: where; what is there is replaced.
  static func store(_ program: [UInt8], size: Int, to path: String) throws {
    unlink(path)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw unwritable(path, errno) }
    defer { close(descriptor) }
    // Emulators may run as another user, whatever the caller's umask is.
    guard fchmod(descriptor, 0o644) == 0 else { throw unwritable(path, errno) }
    var written = 0
    while written < program.count {
      let count = program[written...].withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw unwritable(path, errno) }
      written += count
    }
    guard ftruncate(descriptor, off_t(size)) == 0 else { throw unwritable(path, errno) }
  }

  static func unwritable(_ path: String, _ code: Int32) -> LabError {
    LabError(
      code: "output.unwritable", message: "cannot write \(path): \(String(cString: strerror(code)))",
      remedy: "check that there is room on the disk and that the folder may be written to")
  }
}
