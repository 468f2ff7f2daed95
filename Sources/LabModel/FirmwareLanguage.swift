// SPDX-License-Identifier: Apache-2.0

/// The language in which a firmware is written.
public enum FirmwareLanguage: String, Codable, CaseIterable, Sendable {
  /// C, as ESP-IDF itself.
  case c
  /// Embedded Swift.
  case swift

  /// The name, for people.
  public var title: String {
    switch self {
    case .c: "C"
    case .swift: "Embedded Swift"
    }
  }

  /// How the names of its sources end.
  public var suffix: String {
    switch self {
    case .c: ".c"
    case .swift: ".swift"
    }
  }

  /// What the folder of a reference solution in this language is called, after the lab's `firmware`.
  public var folderSuffix: String {
    switch self {
    case .c: ""
    case .swift: "-swift"
    }
  }
}
