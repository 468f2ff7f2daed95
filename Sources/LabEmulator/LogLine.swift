// SPDX-License-Identifier: Apache-2.0

/// A line in the format of ESP-IDF's `ESP_LOGx`: `I (1234) tag: text`, with or without colours.
public struct LogLine: Hashable, Sendable {
  /// A level of `esp_log_level_t`, by its letter.
  public enum Level: Character, CaseIterable, Sendable {
    case error = "E"
    case warning = "W"
    case info = "I"
    case debug = "D"
    case verbose = "V"
  }

  /// How important it is.
  public var level: Level
  /// The guest's milliseconds since it began to run, as it prints them.
  public var milliseconds: UInt64
  /// Who prints it.
  public var tag: String
  /// What it says.
  public var text: String

  /// Parses a line.
  /// - Parameter line: as ``displayable(_:keepsLineEnds:)`` returns it.
  public init?(_ line: String) {
    guard let letter = line.first, let level = Level(rawValue: letter) else { return nil }
    var rest = line.dropFirst()
    guard rest.hasPrefix(" (") else { return nil }
    rest = rest.dropFirst(2)
    guard let end = rest.firstIndex(of: ")"), let milliseconds = UInt64(rest[..<end]) else { return nil }
    rest = rest[rest.index(after: end)...]
    guard rest.first == " ", let colon = rest.firstIndex(of: ":") else { return nil }
    self.level = level
    self.milliseconds = milliseconds
    tag = String(rest[rest.index(after: rest.startIndex)..<colon])
    let text = rest[rest.index(after: colon)...]
    self.text = String(text.first == " " ? text.dropFirst() : text)
  }
}
