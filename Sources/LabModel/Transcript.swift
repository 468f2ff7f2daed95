// SPDX-License-Identifier: Apache-2.0

/// One line of the merged transcript of a run: UART, wire and peers on one clock.
public struct TranscriptEntry: Codable, Equatable, Sendable {
  /// Who or what the line is about.
  public enum Source: Equatable, Sendable {
    /// The lab itself: steps, checks, start and stop.
    case lab
    /// A line that the device printed. Hostile text, already made displayable.
    case uart
    /// A frame on the device's network.
    case wire
    /// A peer that the lab plays.
    case peer(String)

    /// The column that names the source.
    public var label: String {
      switch self {
      case .lab: "lab"
      case .uart: "uart"
      case .wire: "wire"
      case .peer(let name): name
      }
    }
  }

  /// Guest time in nanoseconds since the guest began to run.
  public var time: UInt64
  /// Who or what it is about.
  public var source: Source
  /// What happened; one line without control characters.
  public var text: String

  /// - Parameters: as the properties of the same names.
  public init(time: UInt64, source: Source, text: String) {
    self.time = time
    self.source = source
    self.text = text
  }

  /// The line as it stands in `transcript.txt`: seconds, source, text.
  public var line: String {
    let milliseconds = time / 1_000_000
    let fraction = String(milliseconds % 1000)
    let clock = "\(milliseconds / 1000).\(String(repeating: "0", count: 3 - fraction.count))\(fraction)"
    let column = source.label
    return String(repeating: " ", count: max(0, 8 - clock.count)) + clock + "  " + column
      + String(repeating: " ", count: max(1, 8 - column.count)) + text
  }
}

/// A transcript line that a verdict rests on.
public struct Evidence: Codable, Equatable, Sendable {
  /// The line's number in `transcript.txt`, from 1.
  public var line: Int
  /// The line itself.
  public var entry: TranscriptEntry

  /// - Parameters: as the properties of the same names.
  public init(line: Int, entry: TranscriptEntry) {
    self.line = line
    self.entry = entry
  }
}

/// In JSON a text: `lab`, `uart`, `wire`, or `peer:` and the peer's name.
extension TranscriptEntry.Source: Codable {
  private static let peerPrefix = "peer:"

  /// Reads the text.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    switch text {
    case "lab": self = .lab
    case "uart": self = .uart
    case "wire": self = .wire
    default:
      guard text.hasPrefix(Self.peerPrefix) else {
        throw DecodingError.dataCorruptedError(in: container, debugDescription: "no source is called '\(text)'")
      }
      self = .peer(String(text.dropFirst(Self.peerPrefix.count)))
    }
  }

  /// Writes the text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if case .peer(let name) = self {
      try container.encode(Self.peerPrefix + name)
    } else {
      try container.encode(label)
    }
  }
}
