// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import LabNetwork

@Suite struct PcapngReaderTests {
  private static let header = PcapngWriter.header(application: "abc", interface: "eth0", description: "d")
  private static let packets = [
    PcapngReader.Packet(time: 7, direction: .toDevice, bytes: Samples.syn, comment: nil),
    PcapngReader.Packet(time: 0x1_0000_0002, direction: .fromDevice, bytes: [1, 2, 3, 4, 5], comment: "odd!"),
    PcapngReader.Packet(time: .max / 2, direction: .fromDevice, bytes: [], comment: ""),
  ]
  private static let capture = packets.reduce(header) { bytes, packet in
    bytes
      + PcapngWriter.packet(
        packet.bytes, time: packet.time, direction: packet.direction ?? .toDevice, comment: packet.comment)
  }

  private func read(_ bytes: [UInt8]) -> (packets: [PcapngReader.Packet], problem: PcapngReader.Problem?) {
    var reader = PcapngReader(bytes)
    var packets: [PcapngReader.Packet] = []
    while let packet = reader.next() { packets.append(packet) }
    #expect(reader.next() == nil)
    return (packets, reader.problem)
  }

  /// A copy with a little-endian number in it.
  private func changed(_ bytes: [UInt8], at offset: Int, to value: UInt32) -> [UInt8] {
    var bytes = bytes
    for index in 0..<4 { bytes[offset + index] = UInt8(truncatingIfNeeded: value >> (8 * index)) }
    return bytes
  }

  @Test func readsWhatWasWritten() {
    let (packets, problem) = read(Self.capture)
    #expect(packets == Self.packets)
    #expect(problem == nil)
  }

  @Test(arguments: [[], [1, 2, 3], [UInt8](repeating: 0, count: 100), Array("{\"no\": \"capture\"}".utf8)])
  func refusesWhatIsNoCapture(bytes: [UInt8]) {
    #expect(read(bytes).problem == .notPcapng)
  }

  @Test func aCaptureThatWasCutOffIsReadAsFarAsItGoes() {
    for length in 0..<Self.capture.count {
      let (packets, problem) = read(Array(Self.capture.prefix(length)))
      #expect(packets[...] == Self.packets.prefix(packets.count))
      let isAtBlock = problem == nil
      #expect(isAtBlock == [28, 40].contains(length) || problem != nil || packets.count <= 3)
      if length < 12 { #expect(problem == .notPcapng) }
    }
  }

  @Test func skipsBlocksThatSayNothingAboutFrames() {
    let unknown: [UInt8] = [5, 0, 0, 0, 16, 0, 0, 0, 1, 2, 3, 4, 16, 0, 0, 0]
    let (packets, problem) = read(Self.header + unknown + Self.capture.dropFirst(Self.header.count))
    #expect(packets == Self.packets && problem == nil)
  }

  @Test func aSecondSectionHasInterfacesOfItsOwn() {
    #expect(read(Self.capture + Self.capture).packets == Self.packets + Self.packets)
    let section = Array(Self.header.prefix(Int(Self.header[4])))
    #expect(read(section + Self.capture.dropFirst(Self.header.count)).problem == .damaged(offset: section.count))
  }

  @Test func timesThatDoNotFitAreTheLatest() {
    // Microseconds: the option if_tsresol is not there any more.
    let bytes = changed(Self.capture, at: Self.header.count - 16, to: 0x0001_0001)
    #expect(read(bytes).packets.map(\.time) == [7000, 0x1_0000_0002 * 1000, .max])
  }

  @Test(arguments: [0, 1, 3, 11, 13, 0x7fff_fffc, 0xffff_fffc, 0xffff_ffff] as [UInt32])
  func lengthsThatCannotBeAreDamage(length: UInt32) {
    let block = Self.header.count
    #expect(read(changed(Self.capture, at: block + 4, to: length)).problem == .damaged(offset: block))
    // The frame's own length.
    #expect(read(changed(Self.capture, at: block + 20, to: length | 0x8000)).problem == .damaged(offset: block))
    // The interface.
    #expect(read(changed(Self.capture, at: block + 8, to: length | 1)).problem == .damaged(offset: block))
  }

  @Test func anyBytesAreReadToAnEnd() {
    var random = SplitMix64(state: 42)
    for _ in 0..<3000 {
      var bytes = Self.capture
      for _ in 0...Int.random(in: 0..<8, using: &random) {
        bytes[Int.random(in: 12..<bytes.count, using: &random)] = UInt8.random(in: .min ... .max, using: &random)
      }
      if Bool.random(using: &random) { bytes.removeLast(Int.random(in: 0..<bytes.count - 12, using: &random)) }
      let (packets, _) = read(bytes)
      #expect(packets.count <= bytes.count / 12)
    }
  }
}
