// SPDX-License-Identifier: Apache-2.0

/// With what a program is built.
public enum SDKKind: String, CaseIterable, Codable, Sendable {
  /// Espressif's ESP-IDF. What it builds boots on Espressif's emulator only.
  case idf
  /// The SDK that comes with the lab. What it builds boots on both emulators.
  case bundled

  /// The name, for people.
  public var title: String {
    switch self {
    case .idf: "ESP-IDF"
    case .bundled: "the bundled SDK"
    }
  }
}
