// SPDX-License-Identifier: Apache-2.0

/// Cuts a stream of bytes into lines of bounded length.
public struct LineSplitter: Sendable {
  /// A line without its end (LF or CR LF).
  public struct Line: Hashable, Sendable {
    /// What it says.
    public var bytes: [UInt8]
    /// Whether it was longer than the bound and its rest was dropped.
    public var isTruncated: Bool
  }

  private let longestLine: Int
  private var rest: [UInt8] = []
  private var isTruncated = false

  /// - Parameter longestLine: how many bytes of a line are kept.
  public init(longestLine: Int = 4096) {
    self.longestLine = longestLine
  }

  /// The beginning of a line that has not ended yet.
  public var unfinished: [UInt8] { rest }

  /// Takes up bytes.
  /// - Returns: the lines that they complete.
  public mutating func split(_ bytes: some Collection<UInt8>) -> [Line] {
    var lines: [Line] = []
    for byte in bytes {
      if byte == 0x0a {
        if rest.last == 0x0d { rest.removeLast() }
        lines.append(Line(bytes: rest, isTruncated: isTruncated))
        rest.removeAll(keepingCapacity: true)
        isTruncated = false
      } else if rest.count < longestLine {
        rest.append(byte)
      } else {
        isTruncated = true
      }
    }
    return lines
  }

  /// Ends the stream.
  /// - Returns: the last line, if it lacks its end.
  public mutating func finish() -> Line? {
    guard !rest.isEmpty else { return nil }
    defer { rest = [] }
    return Line(bytes: rest, isTruncated: isTruncated)
  }
}
