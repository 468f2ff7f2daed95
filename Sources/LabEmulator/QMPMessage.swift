// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A JSON value of QEMU's machine protocol.
public enum QMPValue: Codable, Hashable, Sendable {
  /// `null`.
  case null
  /// `true` or `false`.
  case boolean(Bool)
  /// A whole number.
  case integer(Int64)
  /// Any other number.
  case number(Double)
  /// A string.
  case string(String)
  /// An array.
  case array([QMPValue])
  /// An object.
  case object([String: QMPValue])

  /// Reads any JSON value.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .boolean(value)
    } else if let value = try? container.decode(Int64.self) {
      self = .integer(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([QMPValue].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: QMPValue].self))
    }
  }

  /// Writes the value as JSON.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .boolean(let value): try container.encode(value)
    case .integer(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .string(let value): try container.encode(value)
    case .array(let value): try container.encode(value)
    case .object(let value): try container.encode(value)
    }
  }
}

/// Something that QEMU reports by itself.
public struct QMPEvent: Hashable, Sendable {
  /// Its name, such as `RESET`, `SHUTDOWN`, `STOP` or `RESUME`.
  public var name: String
  /// What belongs to it.
  public var data: QMPValue
  /// When it was received: `CLOCK_MONOTONIC` of the host in nanoseconds.
  public var time: UInt64

  /// - Parameters: as the properties of the same names.
  public init(name: String, data: QMPValue, time: UInt64) {
    self.name = name
    self.data = data
    self.time = time
  }
}

/// A command, as it goes out.
struct QMPCommand: Encodable {
  var execute: String
  var arguments: [String: QMPValue]?
  var id: Int
}

/// Anything that comes in: a greeting, an answer or an event.
struct QMPMessage: Decodable {
  struct Failure: Decodable {
    var `class`: String
    var desc: String
  }

  var greeting: QMPValue?
  var result: QMPValue?
  var error: Failure?
  var event: String?
  var data: QMPValue?
  var id: Int?

  private enum CodingKeys: String, CodingKey {
    case greeting = "QMP"
    case result = "return"
    case error, event, data, id
  }
}
