// SPDX-License-Identifier: Apache-2.0

/// What a caller wants graded again.
public enum Rerun: Hashable, Sendable {
  /// Every submission.
  case all
  /// Those that the lab failed.
  case errors
  /// Those that failed.
  case failed
  /// One student's.
  case student(String)

  /// - Parameter word: `all`, `errors`, `failed`, or a student.
  public init(_ word: String) {
    self =
      switch word {
      case "all": .all
      case "errors": .errors
      case "failed": .failed
      default: .student(word)
      }
  }

  /// The word that says it.
  public var word: String {
    switch self {
    case .all: "all"
    case .errors: "errors"
    case .failed: "failed"
    case .student(let name): name
    }
  }
}

extension Rerun: Codable {
  /// Reads the word that says it.
  public init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode(String.self))
  }

  /// Writes the word that says it.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(word)
  }
}
