// SPDX-License-Identifier: Apache-2.0

/// Takes the lines of `ESP_LOGx` out of what a device prints, `I (1234) tag: text`, from wherever they begin to their line end.
struct LogLineFilter {
  private enum State {
    /// What is printed is no such line.
    case outside
    /// So far it may be the beginning of one.
    case level, blank, open, digits, close
    /// It is one.
    case inside
  }

  private static let levels = Set("EWIDV".utf8)
  private var state = State.outside
  /// What may be the beginning of a line.
  private var beginning: [UInt8] = []

  /// Filters the bytes that were printed next.
  /// - Returns: those that are of no such line, as soon as that is certain.
  mutating func strip(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    var rest: [UInt8] = []
    for byte in bytes {
      if let next = state(after: byte) {
        if next == .level { rest += flush() }
        state = next
        if next == .outside || next == .inside { beginning = [] } else { beginning.append(byte) }
        if next == .outside { rest.append(byte) }
        continue
      }
      rest += flush()
      state = Self.levels.contains(byte) ? .level : .outside
      if state == .level { beginning.append(byte) } else { rest.append(byte) }
    }
    return rest
  }

  private mutating func flush() -> [UInt8] {
    defer { beginning = [] }
    return beginning
  }

  /// The state after one more byte; nil where that byte shows that no log line has begun.
  private func state(after byte: UInt8) -> State? {
    let isDigit = UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    switch (state, byte) {
    case (.inside, UInt8(ascii: "\n")): return .outside
    case (.inside, _): return .inside
    case (.outside, _): return Self.levels.contains(byte) ? .level : .outside
    case (.level, UInt8(ascii: " ")): return .blank
    case (.blank, UInt8(ascii: "(")): return .open
    case (.open, _) where isDigit, (.digits, _) where isDigit: return .digits
    case (.digits, UInt8(ascii: ")")): return .close
    case (.close, UInt8(ascii: " ")): return .inside
    default: return nil
    }
  }
}
