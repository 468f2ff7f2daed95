// SPDX-License-Identifier: Apache-2.0

/// A byte buffer that keeps the beginning and the end of what it is given, and counts what it leaves out between them.
public struct BoundedBytes: Sendable {
  private let headLimit: Int
  private let tailLimit: Int
  private var head: [UInt8] = []
  /// A ring: once it is full, `tailStart` is the oldest byte.
  private var tail: [UInt8] = []
  private var tailStart = 0
  /// How many bytes it was given in all.
  public private(set) var total = 0

  /// - Parameter limit: how many bytes are kept; a quarter from the beginning, the rest from the end.
  public init(limit: Int) {
    headLimit = max(limit, 4) / 4
    tailLimit = max(limit, 4) - headLimit
  }

  /// How many bytes were left out between the beginning and the end.
  public var leftOut: Int { total - head.count - tail.count }

  /// Takes up bytes.
  /// - Parameter bytes: they count as one piece with those before them.
  public mutating func append(_ bytes: some Collection<UInt8>) {
    total += bytes.count
    let taken = min(headLimit - head.count, bytes.count)
    head.append(contentsOf: bytes.prefix(taken))
    var rest = bytes.dropFirst(taken).suffix(tailLimit)
    let room = min(tailLimit - tail.count, rest.count)
    tail.append(contentsOf: rest.prefix(room))
    rest = rest.dropFirst(room)
    for byte in rest {
      tail[tailStart] = byte
      tailStart = tailStart + 1 == tailLimit ? 0 : tailStart + 1
    }
  }

  /// What was kept; where something was left out, a line in between says how much.
  public var bytes: [UInt8] {
    let end = tail[tailStart...] + tail[..<tailStart]
    guard leftOut > 0 else { return head + end }
    return head + Array("\n… \(leftOut) bytes left out …\n".utf8) + end
  }

  /// The last bytes that were kept.
  /// - Parameter count: at most so many.
  public func suffix(_ count: Int) -> [UInt8] {
    Array((head + tail[tailStart...] + tail[..<tailStart]).suffix(count))
  }
}
