// SPDX-License-Identifier: Apache-2.0
import Foundation

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
  public mutating func split(_ bytes: [UInt8]) -> [Line] {
    var lines: [Line] = []
    // Piece by piece and not byte by byte: a guest may print as fast as it can.
    bytes.withUnsafeBytes { bytes in
      var start = 0
      while start < bytes.count, let base = bytes.baseAddress {
        let length = bytes.count - start
        guard let end = memchr(base + start, 0x0a, length) else {
          take(bytes[start...])
          return
        }
        let index = UnsafeRawPointer(end) - base
        take(bytes[start..<index])
        if rest.last == 0x0d, !isTruncated { rest.removeLast() }
        lines.append(Line(bytes: rest, isTruncated: isTruncated))
        rest.removeAll(keepingCapacity: true)
        isTruncated = false
        start = index + 1
      }
    }
    return lines
  }

  /// Adds to the unfinished line what there is room for.
  private mutating func take(_ bytes: Slice<UnsafeRawBufferPointer>) {
    let room = longestLine - rest.count
    if bytes.count > room { isTruncated = true }
    rest.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes.prefix(room)))
  }

  /// Ends the stream.
  /// - Returns: the last line, if it lacks its end.
  public mutating func finish() -> Line? {
    guard !rest.isEmpty else { return nil }
    defer { rest = [] }
    return Line(bytes: rest, isTruncated: isTruncated)
  }
}
