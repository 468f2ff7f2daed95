// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

extension FirmwareImage {
  /// Computes what tells programs apart by what they do: the SHA-256 of the flash image without the program's description, which has the name and the
  /// digest of its file with debug information.
  /// - Returns: 64 hexadecimal digits.
  /// - Throws: `LabError` if the image cannot be read.
  public func programDigest() throws -> String {
    guard let data = FileManager.default.contents(atPath: flash) else {
      throw LabError(code: "image.missing", message: "cannot read \(flash)")
    }
    var program = Array(data)
    ApplicationDescription.clear(in: &program)
    var hash = ContentHash()
    hash.add(program)
    return hash.finish()
  }
}
