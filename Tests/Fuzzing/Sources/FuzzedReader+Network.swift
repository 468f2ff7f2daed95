// SPDX-License-Identifier: Apache-2.0

@testable import LabNetwork

extension FuzzedReader {
  /// A frame that is taken for well-formed is as it came, and is so when it is read again after it was changed on its way.
  static func readFrame(_ bytes: [UInt8]) {
    guard let frame = try? Frame(bytes) else { return }
    // Padding is no part of it.
    precondition(bytes.starts(with: frame.bytes))
    precondition(!frame.summary.isEmpty)
    if case .tcp(_, let tcp, _) = frame.content {
      let changed = frame.posing(as: Endpoint(IPv4Address(10, 0, 2, 2), 80)).offering(tcp.window / 2)
      expectWellFormed(changed)
    }
  }

  /// Whatever comes from both sides, libslirp and the device get nothing but well-formed frames.
  static func readConversation(_ bytes: [UInt8]) {
    var network = VirtualNetwork()
    network.routing.route(address: nil, port: 80, .peer(hostPort: 8080))
    network.routing.declare("a", .addresses([IPv4Address(10, 0, 2, 2)]))
    var rest = bytes[...]
    var time: UInt64 = 1
    while let kind = rest.popFirst(), let size = rest.popFirst() {
      let frame = Array(rest.prefix(Int(size) + 1))
      rest = rest.dropFirst(frame.count)
      time += UInt64(kind) << 20
      switch kind & 7 {
      case 0...4: network.receive(fromDevice: frame, at: time)
      case 5: network.receive(fromHost: frame, at: time)
      case 6: network.tick(at: time)
      default: network.impair(Impairment(lossPercent: Int(size) % 101, reorderPercent: 20, seed: UInt64(size)))
      }
      let output = network.takeOutput()
      for frame in output.toHost { expectWellFormed(frame) }
      for frame in output.toDevice {
        expectWellFormed(frame)
        network.delivered(frame, at: time)
      }
    }
    network.tick(at: time, all: true)
  }

  static func readStream(_ bytes: [UInt8]) {
    var stream = FrameStreamDecoder()
    for piece in stride(from: 0, to: bytes.count, by: 7) { stream.append(bytes[piece..<min(piece + 7, bytes.count)]) }
    while let frame = try? stream.next() { precondition(frame.count <= bytes.count) }
  }

  static func readQuery(_ bytes: [UInt8]) {
    guard let query = DNSQuery(bytes, in: 0..<bytes.count) else { return }
    precondition(query.name.unicodeScalars.allSatisfy { $0.isASCII && $0.value > 32 })
  }

  private static func expectWellFormed(_ frame: Frame) {
    do { _ = try Frame(frame.bytes) } catch { fatalError("\(error): \(frame.bytes)") }
  }
}
