// SPDX-License-Identifier: Apache-2.0

extension StudentResult {
  /// The student's name as the name of a file or folder; see ``fileName(for:)``.
  public var fileName: String { Self.fileName(for: student) }

  /// A student's name as the name of a file or folder: run folders, pages and result files of a student are named so.
  ///
  /// It consists of letters, digits, `.`, `_` and `-`, is at most 90 bytes long, begins with neither a dot nor a hyphen, and
  /// names no device of any system. Different names give different file names, on file systems that ignore case too. A plain
  /// name in lower case stands for itself; every other one gets sixteen digits of its SHA-256 behind what is legible of it.
  /// - Parameter student: any text at all.
  public static func fileName(for student: String) -> String {
    let bytes = Array(student.utf8)
    if isPlain(bytes) { return student }
    var hash = ContentHash()
    hash.add(bytes)
    let digits = hash.finish().prefix(hashLength)
    // Without dots there is no extension, and what the file name ends in decides that it is none of a device.
    var legible = bytes.prefix(legibleLength).map { isLetterOrDigit($0) || $0 == hyphen ? $0 : underscore }
    if legible.first.map({ $0 == hyphen }) ?? true { legible = [underscore] + legible.dropFirst() }
    return String(decoding: legible, as: UTF8.self) + "-" + digits
  }

  private static let hashLength = 16
  private static let legibleLength = 64
  private static let (dot, hyphen, underscore) = (UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"))

  /// Whether a name can be taken as it is, and is no other name's result.
  private static func isPlain(_ bytes: [UInt8]) -> Bool {
    guard let first = bytes.first, let last = bytes.last, bytes.count <= legibleLength, first != dot, first != hyphen,
      last != dot,
      bytes.allSatisfy({ isLetterOrDigit($0) || $0 == dot || $0 == hyphen || $0 == underscore }),
      !bytes.contains(where: isUpperCase)
    else { return false }
    return !hasHash(bytes) && !isDevice(bytes.prefix { $0 != dot })
  }

  private static func hasHash(_ bytes: [UInt8]) -> Bool {
    let end = bytes.suffix(hashLength + 1)
    return end.count == hashLength + 1 && end.first == hyphen && end.dropFirst().allSatisfy(isHexadecimal)
  }

  /// The names that Windows keeps for devices, whatever their extension.
  private static func isDevice(_ stem: ArraySlice<UInt8>) -> Bool {
    let stem = String(decoding: stem, as: UTF8.self)
    if ["con", "prn", "aux", "nul"].contains(stem) { return true }
    return stem.utf8.count == 4 && ["com", "lpt"].contains(stem.prefix(3)) && stem.last?.isNumber == true
  }

  private static func isUpperCase(_ byte: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    isDigit(byte) || isUpperCase(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
  }
}
