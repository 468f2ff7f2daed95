// SPDX-License-Identifier: Apache-2.0

/// Writes lines to the serial monitor with level, time and tag, as `ESP_LOGI` and its like do: `I (1234) server: text`.
public struct Log: Sendable {
  /// Who is speaking.
  public let tag: StaticString

  /// - Parameter tag: who is speaking.
  public init(_ tag: StaticString) {
    self.tag = tag
  }

  /// What went wrong and keeps the program from its work.
  public func error(_ text: StaticString) { write(ESP_LOG_ERROR, text) }
  /// What went wrong, and the program goes on.
  public func warning(_ text: StaticString) { write(ESP_LOG_WARN, text) }
  /// What happens.
  public func info(_ text: StaticString) { write(ESP_LOG_INFO, text) }
  /// What happens, in more detail than is shown unless asked for.
  public func debug(_ text: StaticString) { write(ESP_LOG_DEBUG, text) }

  // A text that is known at compile time takes the functions above, which need no memory and little code.

  /// What went wrong and keeps the program from its work.
  @_disfavoredOverload public func error(_ text: String) { write(ESP_LOG_ERROR, text) }
  /// What went wrong, and the program goes on.
  @_disfavoredOverload public func warning(_ text: String) { write(ESP_LOG_WARN, text) }
  /// What happens.
  @_disfavoredOverload public func info(_ text: String) { write(ESP_LOG_INFO, text) }
  /// What happens, in more detail than is shown unless asked for.
  @_disfavoredOverload public func debug(_ text: String) { write(ESP_LOG_DEBUG, text) }

  private func write(_ level: esp_log_level_t, _ text: StaticString) {
    esp32_swift_log(level, tag.text, text.text, Int32(text.utf8CodeUnitCount))
  }

  private func write(_ level: esp_log_level_t, _ text: String) {
    var text = text
    text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        esp32_swift_log(level, tag.text, $0.baseAddress, Int32($0.count))
      }
    }
  }
}
