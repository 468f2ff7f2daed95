// SPDX-License-Identifier: Apache-2.0

/// What a client may ask for.
enum Command {
  case temperature, humidity, unknown

  /// - Parameter line: without its end; `nil` stands for one that is too long for a command.
  init(_ line: [UInt8]?) {
    self =
      switch line {
      case .some(let bytes) where bytes.elementsEqual("GET_TEMP".utf8): .temperature
      case .some(let bytes) where bytes.elementsEqual("GET_HUMIDITY".utf8): .humidity
      default: .unknown
      }
  }

  /// What the server says to it, with the line's end.
  var answer: StaticString {
    switch self {
    case .temperature: "Temperature: 25.5 C\n"
    case .humidity: "Humidity: 45.2 %\n"
    case .unknown: "Unknown command\n"
    }
  }
}
