// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// Encodes commands and reports for the control connection: one line of JSON each.
public struct ControlLineEncoder {
  private let encoder: JSONEncoder

  /// An encoder for one connection.
  public init() {
    encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  }

  /// The message as a line, its line feed included.
  public func encode(_ message: some Encodable) throws -> [UInt8] {
    var bytes = [UInt8](try encoder.encode(message))
    bytes.append(UInt8(ascii: "\n"))
    return bytes
  }
}

/// Decodes the control connection: commands on the one side, reports on the other.
public struct ControlLineDecoder<Message: Decodable> {
  /// A line is longer than any message.
  public struct LineTooLong: Error, Equatable, Sendable {}

  /// The longest line that is taken, in bytes.
  public static var maximumLength: Int { 1 << 16 }

  private var pending: [UInt8] = []
  private let decoder = JSONDecoder()

  /// A decoder for one connection.
  public init() {}

  /// Takes up bytes as they came.
  /// - Returns: the messages whose lines they complete, in order.
  /// - Throws: `LineTooLong`, or the `DecodingError` of the first line that is no such message. The connection is of no more use then.
  public mutating func append(_ bytes: some Collection<UInt8>) throws -> [Message] {
    var messages: [Message] = []
    var rest = bytes[...]
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      pending.append(contentsOf: rest[..<end])
      rest = rest[rest.index(after: end)...]
      guard pending.count <= Self.maximumLength else { throw LineTooLong() }
      messages.append(try decoder.decode(Message.self, from: Data(pending)))
      pending.removeAll(keepingCapacity: true)
    }
    guard pending.count + rest.count <= Self.maximumLength else { throw LineTooLong() }
    pending.append(contentsOf: rest)
    return messages
  }
}
