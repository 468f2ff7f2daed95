// SPDX-License-Identifier: Apache-2.0

/// A mapping that is read strictly: every key has to be known, and says so with a did-you-mean where it is not.
struct YAMLMapping {
  let value: YAMLValue
  let what: String
  let entries: [String: YAMLValue]
  let keys: [String: YAMLValue]

  /// Refuses keys that are not among those named.
  func allow(_ names: String...) throws { try allow(names) }

  /// Refuses keys that are not among those named.
  func allow(_ names: [String]) throws {
    let unknown = keys.filter { !names.contains($0.key) }.min { $0.value.line < $1.value.line }
    if let unknown { throw unknown.value.unknown("key", unknown.key, among: names) }
  }

  /// The value of a key that has to be there.
  func required(_ name: String) throws -> YAMLValue {
    guard let entry = entries[name] else { throw value.error("\(what) needs '\(name)'") }
    return entry
  }

  /// The value of a key that may be there.
  subscript(name: String) -> YAMLValue? { entries[name] }

  /// The only one of the named keys that is there, and its value.
  func exactlyOne(of names: String...) throws -> (name: String, value: YAMLValue) { try exactlyOne(of: names) }

  /// The only one of the named keys that is there, and its value.
  func exactlyOne(of names: [String]) throws -> (name: String, value: YAMLValue) {
    let present = names.filter { entries[$0] != nil }
    guard let name = present.first, present.count == 1, let entry = entries[name] else {
      let list = names.map { "'\($0)'" }.joined(separator: ", ")
      let found = present.isEmpty ? "none" : present.map { "'\($0)'" }.joined(separator: " and ")
      throw value.error("\(what) needs exactly one of \(list), and has \(found)")
    }
    return (name, entry)
  }
}
