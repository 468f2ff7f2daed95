// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A version of ESP-IDF.
public struct IDFVersion: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The three numbers.
  public var major, minor, patch: Int

  /// - Parameters: as the properties of the same names.
  public init(_ major: Int, _ minor: Int, _ patch: Int = 0) {
    (self.major, self.minor, self.patch) = (major, minor, patch)
  }

  /// Reads `tools/cmake/version.cmake`: `set(IDF_VERSION_MAJOR 5)` and so on.
  /// - Returns: `nil` if a number is not there.
  init?(cmake text: String) {
    var numbers: [Int] = []
    for part in ["MAJOR", "MINOR", "PATCH"] {
      // Read by hand: the name is part of the pattern.
      guard let name = text.range(of: "set(IDF_VERSION_\(part) "),
        let number = Int(text[name.upperBound...].prefix { $0.isASCII && $0.isNumber })
      else { return nil }
      numbers.append(number)
    }
    self.init(numbers[0], numbers[1], numbers[2])
  }

  /// `v5.1.4`; without the last number if that is 0, as the releases are called.
  public var description: String { "v\(major).\(minor)" + (patch == 0 ? "" : ".\(patch)") }

  /// Whether the lab builds with it: v5.1 to v6.x.
  public var isSupported: Bool { self >= IDFVersion(5, 1) && major <= 6 }

  /// Whether a version came before another one, by its numbers.
  public static func < (left: IDFVersion, right: IDFVersion) -> Bool {
    (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
  }
}
