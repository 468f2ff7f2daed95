// SPDX-License-Identifier: Apache-2.0

/// QEMU's framing of Ethernet on a stream socket (`-netdev stream`): each frame follows its length, four bytes big-endian.
package struct FrameStreamDecoder: Sendable {
  /// The stream is out of step: a length that QEMU cannot have sent.
  package struct FramingError: Error, Equatable, Sendable {
    package var length: Int
  }

  /// The longest frame that QEMU sends: `NET_BUFSIZE` in its `include/net/net.h`.
  package static let maximumLength = 4096 + 65536

  private var buffer: [UInt8] = []
  private var start = 0

  package init() {}

  /// Takes up bytes as they came.
  package mutating func append(_ bytes: some Collection<UInt8>) {
    if start > 0 {
      buffer.removeSubrange(..<start)
      start = 0
    }
    buffer.append(contentsOf: bytes)
  }

  /// The next whole frame; nil when more bytes are needed. After an error the stream is of no more use.
  package mutating func next() throws(FramingError) -> [UInt8]? {
    guard buffer.count - start >= 4 else { return nil }
    let length = Int(buffer.big32(start))
    guard (1...FrameStreamDecoder.maximumLength).contains(length) else { throw FramingError(length: length) }
    guard buffer.count - start >= 4 + length else { return nil }
    let frame = Array(buffer[start + 4..<start + 4 + length])
    start += 4 + length
    return frame
  }

  /// A frame with its length before it.
  package static func encode(_ frame: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(4 + frame.count)
    bytes.append32(UInt32(frame.count))
    return bytes + frame
  }
}
