// SPDX-License-Identifier: Apache-2.0

/// Where a device dials: `127.0.0.1:*`, `*:37392` or `10.0.2.2:5000`.
public struct DialledPattern: Hashable, Sendable, CustomStringConvertible {
  /// The address; nil for any.
  public var address: HostAddress?
  /// The port; nil for any.
  public var port: UInt16?

  /// - Parameters: as the properties of the same names.
  public init(address: HostAddress?, port: UInt16?) {
    self.address = address
    self.port = port
  }

  /// Reads a pattern; nil for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 else { return nil }
    address = HostAddress(parts[0])
    port = UInt16(parts[1]).flatMap { $0 == 0 ? nil : $0 }
    guard address != nil || parts[0] == "*", port != nil || parts[1] == "*" else { return nil }
  }

  /// The pattern as lab files write it.
  public var description: String { "\(address?.description ?? "*"):\(port.map(String.init) ?? "*")" }

  /// Whether a destination is such a one.
  public func matches(address: String, port: UInt16) -> Bool {
    (self.address.map { $0.description == address } ?? true) && (self.port ?? port) == port
  }
}

/// A number to compare with: `5`, `<5`, `<=5`, `>5`, `>=5`.
public struct CountComparison: Hashable, Sendable, CustomStringConvertible {
  /// How the count has to stand to the number.
  public enum Relation: String, CaseIterable, Sendable {
    case equal = ""
    case atMost = "<="
    case atLeast = ">="
    case less = "<"
    case more = ">"
  }

  /// How the count has to stand to the number.
  public var relation: Relation
  /// The number.
  public var number: Int

  /// - Parameters: as the properties of the same names.
  public init(_ relation: Relation, _ number: Int) {
    self.relation = relation
    self.number = number
  }

  /// Reads a comparison; nil for anything else.
  public init?(_ text: String) {
    let text = text.filter { $0 != " " }
    // The longer signs first; the empty one fits always.
    let relation = [Relation.atMost, .atLeast, .less, .more].first { text.hasPrefix($0.rawValue) } ?? .equal
    let digits = text.dropFirst(relation.rawValue.count)
    guard digits.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int(digits) else { return nil }
    self.init(relation, number)
  }

  /// The comparison as lab files write it.
  public var description: String { relation.rawValue + String(number) }

  /// Whether it holds for a count.
  public func holds(for count: Int) -> Bool {
    switch relation {
    case .equal: count == number
    case .atMost: count <= number
    case .atLeast: count >= number
    case .less: count < number
    case .more: count > number
    }
  }
}
