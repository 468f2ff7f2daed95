// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

/// A line of a journal: an event and when it happened.
struct JournalLine: Codable {
  /// When it happened.
  var at: Date
  /// What happened.
  var event: JournalEvent
  /// The line of another journal that it was taken from, by its ``identity(of:)``.
  var origin: String?

  private enum Key: String, CodingKey {
    case at, origin
  }

  init(at: Date, event: JournalEvent, origin: String? = nil) {
    self.at = at
    self.event = event
    self.origin = origin
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    at = try container.decode(Date.self, forKey: .at)
    origin = try container.decodeIfPresent(String.self, forKey: .origin)
    event = try JournalEvent(from: decoder)
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(at, forKey: .at)
    try container.encodeIfPresent(origin, forKey: .origin)
    try event.encode(to: encoder)
  }

  /// Reads a line.
  init(_ bytes: some Sequence<UInt8>) throws {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    self = try decoder.decode(Self.self, from: Data(bytes))
  }

  /// The line, without its end.
  var bytes: [UInt8] {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      encoder.dateEncodingStrategy = .iso8601
      return Array(try encoder.encode(self))
    }
  }

  /// What a line is known by wherever it is copied to: the line that it was taken from, or a hash of its own bytes.
  func identity(of bytes: some Sequence<UInt8>) -> String {
    if let origin { return origin }
    var hash = ContentHash()
    hash.add(Array(bytes))
    return hash.finish()
  }
}
