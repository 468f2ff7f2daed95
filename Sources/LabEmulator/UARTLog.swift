// SPDX-License-Identifier: Apache-2.0
import LabSandbox

/// What a UART printed: lines as they complete, and a bounded record of all bytes.
public struct UARTLog: Sendable {
  /// A complete line.
  public struct Line: Hashable, Sendable {
    /// When its end arrived: `CLOCK_MONOTONIC` of the host in nanoseconds.
    public var time: UInt64
    /// When its first byte arrived, by the same clock.
    public var began: UInt64
    /// What it says, safe to show.
    public var text: String
    /// Whether it was longer than the bound and its rest was dropped.
    public var isTruncated: Bool

    /// - Parameters: as the properties of the same names; without `began` it arrived at once.
    public init(time: UInt64, text: String, isTruncated: Bool, began: UInt64? = nil) {
      self.time = time
      self.began = began ?? time
      self.text = text
      self.isTruncated = isTruncated
    }
  }

  private var splitter: LineSplitter
  private var record: BoundedBytes
  private var lastTime: UInt64 = 0
  /// When the first byte of the line that has not ended yet arrived.
  private var beginning: UInt64?

  /// - Parameters:
  ///   - longestLine: how many bytes of a line are kept.
  ///   - limit: how many bytes are recorded; the middle of more than that is left out.
  public init(longestLine: Int = 4096, limit: Int = 8 << 20) {
    splitter = LineSplitter(longestLine: longestLine)
    record = BoundedBytes(limit: limit)
  }

  /// Takes up what arrived.
  /// - Returns: the lines that it completes.
  public mutating func append(_ chunk: TimedBytes) -> [Line] {
    record.append(chunk.bytes)
    lastTime = chunk.time
    let first = beginning
    let lines = splitter.split(chunk.bytes).enumerated().map { index, line in
      Line(
        time: chunk.time, text: displayable(line.bytes), isTruncated: line.isTruncated,
        began: index == 0 ? first : nil)
    }
    beginning = splitter.unfinished.isEmpty ? nil : lines.isEmpty ? first ?? chunk.time : chunk.time
    return lines
  }

  /// Ends the log.
  /// - Returns: the last line, if it lacks its end.
  public mutating func finish() -> Line? {
    splitter.finish().map {
      Line(time: lastTime, text: displayable($0.bytes), isTruncated: $0.isTruncated, began: beginning)
    }
  }

  /// The beginning of a line that has not ended yet, safe to show.
  public var unfinished: String { displayable(splitter.unfinished) }

  /// All bytes as they came, or the first and the last with a line between them that says how many were left out.
  public var bytes: [UInt8] { record.bytes }

  /// How many bytes came in all.
  public var total: Int { record.total }

  /// How many of them were left out of ``bytes``.
  public var leftOut: Int { record.leftOut }
}
