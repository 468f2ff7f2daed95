// SPDX-License-Identifier: Apache-2.0

/// A variable in a text or a pattern of a lab file, `${actor.property}`: something that is only known when the steps run.
public struct Placeholder: Hashable, Sendable, CustomStringConvertible {
  /// What there is to know of an actor.
  public enum Property: String, CaseIterable, Sendable {
    /// A client's port as the device sees it; the port that a server listens on.
    case port
    /// A client's address as the device sees it; the device's own.
    case address
    /// The port with its two bytes swapped.
    case swappedPort = "swapped_port"
    /// What the last `expect` of a client or server took. In a pattern without the line end.
    case taken
    /// The first three quarters of that, in whole characters, the line end not counted.
    case begin

    /// Whether it is text of a client or server, which may end with a line end.
    var isReceived: Bool { [.taken, .begin].contains(self) }
  }

  /// A client, a server, or `device`.
  public var actor: String
  /// What of it.
  public var property: Property

  /// The actor that is the device itself.
  public static let device = "device"

  /// - Parameters: as the properties of the same names.
  public init(_ actor: String, _ property: Property) {
    self.actor = actor
    self.property = property
  }

  /// The variable as lab files write it.
  public var description: String { "${\(actor).\(property.rawValue)}" }

  /// A variable in a text; its group is what stands between `${` and `}`.
  private static let reference = Pattern(#"\$\{([^}]*)\}"#)

  /// What stands between `${` and `}` in a text, in order.
  static func references(in text: String) -> [String] {
    reference.matches(in: text).compactMap { $0[1].map(String.init) }
  }

  /// The variables in a text, in order.
  public static func all(in text: String) -> [Placeholder] {
    references(in: text).compactMap(Placeholder.init(reference:))
  }

  /// Fills in the variables of a text.
  /// - Parameters:
  ///   - text: the text.
  ///   - value: what a variable stands for; nil where that is not known yet.
  /// - Returns: nil if one of them is not known.
  public static func fill(_ text: String, with value: (Placeholder) -> String?) -> String? {
    var isComplete = true
    let filled = reference.replacing(in: text) { match in
      guard let value = match[1].flatMap({ Placeholder(reference: String($0)) }).flatMap(value) else {
        isComplete = false
        return ""
      }
      return value
    }
    return isComplete ? filled : nil
  }

  /// Fills in the variables of a pattern, in which each stands for just its text.
  ///
  /// A pattern that compiles with one text for each compiles with any, unless it becomes longer than ``Pattern/longest``.
  /// - Parameters:
  ///   - pattern: the pattern.
  ///   - value: what a variable stands for; nil where that is not known yet.
  /// - Returns: nil if one of them is not known.
  public static func fill(pattern: String, with value: (Placeholder) -> String?) -> String? {
    fill(pattern) { placeholder in
      guard var text = value(placeholder) else { return nil }
      if placeholder.property.isReceived {
        while text.last?.isNewline == true { text.removeLast() }
      }
      return "(?:\(Pattern.quoted(text)))"
    }
  }

  /// Reads what stands between `${` and `}`.
  init?(reference: String) {
    let parts = reference.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, let property = Property(rawValue: parts[1]), !parts[0].isEmpty else { return nil }
    self.init(parts[0], property)
  }
}
