// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import LabNetwork

@Suite struct NameAndLeaseTests {
  private func read(_ bytes: [UInt8]) -> DNSQuery? { DNSQuery(bytes, in: 0..<bytes.count) }

  @Test func readsAQuery() {
    let query = read(DNSQuery(identifier: 0xabcd, name: "TCPbin.com").bytes)
    #expect(query?.identifier == 0xabcd)
    #expect(query?.name == "tcpbin.com")
    #expect(query?.type == 1)
    #expect(query?.recursionDesired == true)
  }

  @Test func readsAQueryWithEDNS() {
    var bytes = DNSQuery(identifier: 1, name: "a.b").bytes
    bytes[11] = 1
    bytes += [0, 0, 41, 4, 0xd0, 0, 0, 0, 0, 0, 0]
    #expect(read(bytes)?.name == "a.b")
  }

  @Test func refusesWhatIsNoQuery() {
    let good = DNSQuery(identifier: 1, name: "tcpbin.com").bytes
    for count in 0..<good.count { #expect(read(Array(good.prefix(count))) == nil) }
    for (offset, value): (Int, UInt8) in [(2, 0x80), (2, 0x08), (2, 0x02), (5, 0), (5, 2), (12, 0xc0), (12, 0x40)] {
      var bytes = good
      bytes[offset] = value
      #expect(read(bytes) == nil, "byte \(offset) = \(value)")
    }
    let long = DNSQuery(
      identifier: 1, name: Array(repeating: String(repeating: "a", count: 63), count: 4).joined(separator: "."))
    #expect(read(long.bytes) == nil)
  }

  @Test func unusualLabelsStayReadable() {
    var bytes = DNSQuery(identifier: 1, name: "abc").bytes
    bytes.replaceSubrange(13..<16, with: [0, UInt8(ascii: "."), 0xff])
    #expect(read(bytes)?.name == "\\000\\.\\255")
  }

  @Test func answers() throws {
    let query = try #require(read(DNSQuery(identifier: 7, name: "x.y").bytes))
    let answer = query.answer([IPv4Address(1, 2, 3, 4)], timeToLive: 60)
    #expect(
      answer == Samples.bytes("0007818000010001000000000178017900 00010001 c00c 0001 0001 0000003c 0004 01020304"))
    #expect(query.noSuchName == Samples.bytes("0007818300010000000000000178017900 00010001"))
    let other = try #require(read(DNSQuery(identifier: 7, name: "x.y", type: 28).bytes))
    #expect(other.answer([IPv4Address(1, 2, 3, 4)]) == Samples.bytes("0007818000010000000000000178017900 001c0001"))
    #expect(query.answer((0..<100).map { IPv4Address($0) }).count <= 512)
  }

  @Test func leasesOnTheWire() throws {
    #expect(Samples.discover.count == 350)
    #expect(Samples.offer.count == 590)
    let messages = try [Samples.discover, Samples.offer].map { bytes -> DHCPMessage in
      let frame = try Frame(bytes)
      guard case .udp(_, _, let payload) = frame.content else { throw DropReason.udpHeader }
      return try #require(DHCPMessage(frame.bytes, in: payload))
    }
    #expect(messages.map(\.kind) == [.discover, .offer])
    #expect(messages.map(\.isRequest) == [true, false])
    #expect(messages.map(\.transaction) == [0x3f5f_4d2a, 0x3f5f_4d2a])
    #expect(messages.map(\.client.description) == ["c4:0a:24:fe:10:01", "c4:0a:24:fe:10:01"])
    #expect(messages[1].assigned == NetworkPlan.device)
  }

  @Test func leases() throws {
    var request = DHCPMessage(isRequest: true, kind: .request, transaction: 9, client: Samples.mac)
    request.requested = NetworkPlan.device
    let bytes = request.bytes
    #expect(DHCPMessage(bytes, in: 0..<bytes.count) == request)
    #expect(DHCPMessage(bytes, in: 0..<239) == nil)
    for (offset, value): (Int, UInt8) in [(0, 3), (1, 6), (2, 7), (236, 0), (240, 52), (241, 2), (242, 9), (244, 5)] {
      var changed = bytes
      changed[offset] = value
      #expect(DHCPMessage(changed, in: 0..<changed.count) == nil, "byte \(offset) = \(value)")
    }
    var unending = Array(bytes.prefix(243)) + [12, 200]
    #expect(DHCPMessage(unending, in: 0..<unending.count) == nil)
    unending.removeLast()
    #expect(DHCPMessage(unending, in: 0..<unending.count) == nil)
  }

  @Test func mutationsNeverTrap() {
    var random = Samples.Generator(state: 7)
    let query = DNSQuery(identifier: 1, name: "a.long.name.example").bytes
    let lease = DHCPMessage(isRequest: true, kind: .discover, transaction: 1, client: Samples.mac).bytes
    for round in 0..<20_000 {
      var bytes = round.isMultiple(of: 2) ? query : Array(lease.prefix(260))
      for _ in 0..<3 { bytes[Int.random(in: bytes.indices, using: &random)] = .random(in: 0...255, using: &random) }
      bytes.removeLast(Int.random(in: 0..<20, using: &random))
      if let query = read(bytes) { #expect(query.answer([.broadcast]).count <= 512) }
      _ = DHCPMessage(bytes, in: 0..<bytes.count)
    }
  }
}
