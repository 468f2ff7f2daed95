// SPDX-License-Identifier: Apache-2.0
import LabModel

/// An object and what the compiler printed when it made it, with what tells that they are whole and belong together.
struct CachedObject: Sendable {
  /// The hash of all that went into it.
  let key: String
  /// The object file.
  let object: [UInt8]
  /// What the compiler printed.
  let log: [UInt8]
  /// What is known of its source before a compiler runs, as a hash, and the files of the submission that went into it.
  var dependencies: (sourceKey: String, files: [String])?

  /// The size up to which one is kept, in bytes: an object of this board is small, and a big one is compiled again.
  static let sizeLimit = 8 << 20

  /// Whether it is kept.
  var isSmallEnough: Bool { text.count <= Self.sizeLimit }

  init(key: String, object: [UInt8], log: [UInt8], dependencies: (sourceKey: String, files: [String])? = nil) {
    self.key = key
    self.object = object
    self.log = log
    self.dependencies = dependencies
  }

  /// The file's contents: a line with a digest of key, log and object, and the length of the log, then both.
  var text: [UInt8] {
    Array("\(Self.header) \(Self.digest(key, log, object)) \(log.count)\n".utf8) + log + object
  }

  /// Reads a file's contents.
  /// - Parameter key: the key under which it lies.
  /// - Returns: `nil` if they are not what ``text`` was for that key, to the last byte.
  init?(_ text: [UInt8], key: String) {
    guard let end = text.prefix(256).firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    let words = String(decoding: text[..<end], as: UTF8.self).split(separator: " ")
    guard words.count == 3, words[0] == Self.header, let logLength = Int(words[2]), logLength >= 0,
      logLength <= text.count - end - 1
    else { return nil }
    log = Array(text[(end + 1)...].prefix(logLength))
    object = Array(text[(end + 1)...].dropFirst(logLength))
    self.key = key
    guard words[1] == Self.digest(key, log, object) else { return nil }
  }

  private static let header = "esp32-lab-object-1"

  private static func digest(_ key: String, _ log: [UInt8], _ object: [UInt8]) -> String {
    var hash = ContentHash()
    hash.add(key)
    hash.add(log)
    hash.add(object)
    return hash.finish()
  }
}
