// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import LabNetwork

/// Each way in which a frame is malformed has its reason.
@Suite struct DropTests {
  static func reason(_ bytes: [UInt8]) -> DropReason? {
    do {
      _ = try Frame(bytes)
      return nil
    } catch {
      return error
    }
  }

  /// The sample SYN with a change, and its checksums made right again unless they are the point.
  static func changed(fixing: Bool = true, _ change: (inout [UInt8]) -> Void) -> [UInt8] {
    var bytes = Samples.tcp([.psh, .ack], payload: [1, 2, 3, 4]).bytes
    change(&bytes)
    guard fixing, bytes.count >= 54 else { return bytes }
    bytes.put16(0, at: 24)
    var ip = InternetChecksum()
    ip.add(bytes, in: 14..<34)
    bytes.put16(ip.value, at: 24)
    bytes.put16(0, at: 50)
    var tcp = InternetChecksum(
      source: IPv4Address(bytes.big32(26)), destination: IPv4Address(bytes.big32(30)), protocolNumber: bytes[23],
      length: bytes.count - 34)
    tcp.add(bytes, in: 34..<bytes.count)
    bytes.put16(tcp.value, at: 50)
    return bytes
  }

  @Test func wellFormedIsTaken() { #expect(Self.reason(Self.changed { _ in }) == nil) }

  @Test func ethernet() {
    #expect(Self.reason([]) == .tooShort)
    #expect(Self.reason([UInt8](repeating: 0, count: 13)) == .tooShort)
    #expect(Self.reason([UInt8](repeating: 0, count: 1515)) == .tooLong)
    #expect(Self.reason(Self.changed { $0[6] = 1 }) == .ethernetSource)
    #expect(Self.reason(Self.changed { $0.put16(0x86dd, at: 12) }) == .ipv6)
    #expect(Self.reason(Self.changed { $0.put16(0x88f8, at: 12) }) == .etherType)
    #expect(Self.reason(Self.changed { $0.put16(100, at: 12) }) == .etherType)
  }

  @Test func arp() {
    #expect(Self.reason(Array(Samples.arpReply.dropLast())) == .tooShort)
    for offset in 14..<20 {
      var bytes = Samples.arpReply
      bytes[offset] ^= 1
      #expect(Self.reason(bytes) == .arpMalformed)
    }
    var operation = Samples.arpReply
    operation[21] = 3
    #expect(Self.reason(operation) == .arpMalformed)
    var sender = Samples.arpReply
    sender[22] ^= 4
    #expect(Self.reason(sender) == .arpMalformed)
  }

  @Test func ipv4() {
    #expect(Self.reason(Array(Self.changed { _ in }.prefix(33))) == .tooShort)
    #expect(Self.reason(Self.changed { $0[14] = 0x65 }) == .ipHeader)
    #expect(Self.reason(Self.changed { $0[14] = 0x44 }) == .ipHeader)
    #expect(Self.reason(Self.changed { $0[14] = 0x46 }) == .ipOptions)
    #expect(Self.reason(Self.changed { $0.put16(19, at: 16) }) == .ipHeader)
    #expect(Self.reason(Self.changed { $0.put16(60_000, at: 16) }) == .ipHeader)
    #expect(Self.reason(Self.changed(fixing: false) { $0[24] ^= 1 }) == .ipChecksum)
    #expect(Self.reason(Self.changed { $0.put16(0x2000, at: 20) }) == .fragment)
    #expect(Self.reason(Self.changed { $0.put16(0x0001, at: 20) }) == .fragment)
    #expect(Self.reason(Self.changed { $0.put16(0x8000, at: 20) }) == .fragment)
    #expect(Self.reason(Self.changed { $0.put16(0x4000, at: 20) }) == nil)
    #expect(Self.reason(Self.changed { $0[22] = 0 }) == .ipHeader)
    #expect(Self.reason(Self.changed { $0[23] = 2 }) == .ipProtocol)
  }

  @Test func tcp() {
    #expect(Self.reason(Self.changed { $0[46] = 0x40 }) == .tcpHeader)
    #expect(Self.reason(Self.changed { $0[46] = 0xf0 }) == .tcpHeader)
    #expect(Self.reason(Self.changed { $0.put16(0, at: 34) }) == .tcpHeader)
    #expect(Self.reason(Self.changed { $0.put16(0, at: 36) }) == .tcpHeader)
    #expect(Self.reason(Self.changed(fixing: false) { $0[57] ^= 1 }) == .tcpChecksum)
    #expect(Self.reason(Self.changed { $0[47] |= 0x20 }) == .urgent)
    for flags: TCPFlags in [[], .psh, .fin, [.syn, .fin], [.syn, .rst], [.fin, .rst, .ack], .syn, [.syn, .ack]] {
      #expect(Self.reason(Self.changed { $0[47] = flags.rawValue }) == .tcpFlags, "\(flags), with data")
    }
    // The four bytes of data become options.
    for (options, expected): ([UInt8], DropReason?) in [
      ([2, 4, 5, 0xa0], nil), ([1, 1, 1, 1], nil), ([0, 9, 9, 9], nil), ([1, 1, 1, 8], .tcpOptions),
      ([8, 0, 1, 1], .tcpOptions), ([8, 1, 1, 1], .tcpOptions), ([8, 5, 1, 1], .tcpOptions),
      ([2, 3, 5, 1], .tcpOptions),
      ([2, 4, 0, 1], .tcpOptions),
    ] {
      let bytes = Self.changed {
        $0[46] = 0x60
        $0.replaceSubrange(54..<58, with: options)
      }
      #expect(Self.reason(bytes) == expected, "\(options)")
    }
  }

  @Test func udpAndEcho() {
    let ip = IPv4Header(source: NetworkPlan.device, destination: NetworkPlan.host, protocolNumber: 17)
    var udp = Frame.udp(
      from: Samples.mac, to: Samples.gateway, ip, UDPHeader(sourcePort: 1, destinationPort: 2), payload: [1, 2]
    ).bytes
    udp[43] ^= 1
    #expect(Self.reason(udp) == .udpChecksum)
    udp.put16(0, at: 40)
    #expect(Self.reason(udp) == nil)
    udp.put16(11, at: 38)
    #expect(Self.reason(udp) == .udpHeader)
    var echoIP = ip
    echoIP.protocolNumber = 1
    var echo = Frame.echo(
      from: Samples.mac, to: Samples.gateway, echoIP, ICMPEcho(isRequest: true, identifier: 1, sequence: 1), payload: []
    ).bytes
    echo[40] ^= 1
    #expect(Self.reason(echo) == .icmpChecksum)
    echo[34] = 3
    #expect(Self.reason(echo) == .icmpType)
  }

  @Test func mutationsNeverTrap() {
    var random = Samples.Generator(state: 42)
    var taken = 0
    let seeds = Samples.all + [Self.changed { _ in }]
    for _ in 0..<20_000 {
      var bytes = seeds.randomElement(using: &random)!
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        switch Int.random(in: 0...3, using: &random) {
        case 0: bytes[Int.random(in: bytes.indices, using: &random)] = .random(in: 0...255, using: &random)
        case 1: bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random))
        case 2: bytes.insert(.random(in: 0...255, using: &random), at: .random(in: 0...bytes.count, using: &random))
        default: bytes += (0..<Int.random(in: 0...40, using: &random)).map { _ in .random(in: 0...255, using: &random) }
        }
        if bytes.isEmpty { bytes = [0] }
      }
      if let frame = try? Frame(bytes) {
        taken += 1
        #expect(frame.bytes.elementsEqual(bytes.prefix(frame.bytes.count)))
      }
    }
    #expect(taken > 0)
  }
}
