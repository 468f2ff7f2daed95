// SPDX-License-Identifier: Apache-2.0

/// A chip that the lab can build for and emulate. The raw value is ESP-IDF's name of it (`IDF_TARGET`) and, in both emulators, the
/// machine's.
public enum Chip: String, CaseIterable, Codable, Sendable {
  /// Two Xtensa LX6 cores.
  case esp32
  /// One RISC-V core; the only chip that the bundled SDK and the bundled emulator know.
  case esp32c3
  /// Two Xtensa LX7 cores.
  case esp32s3

  /// Whether its cores are RISC-V; else they are Xtensa.
  public var isRISCV: Bool { self == .esp32c3 }

  /// The name, for people.
  public var title: String {
    switch self {
    case .esp32: "ESP32"
    case .esp32c3: "ESP32-C3"
    case .esp32s3: "ESP32-S3"
    }
  }
}
