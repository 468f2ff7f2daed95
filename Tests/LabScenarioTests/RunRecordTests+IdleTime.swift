// SPDX-License-Identifier: Apache-2.0
import LabModel
import LabNetwork
import Testing

@testable import LabScenario

/// When time may be passed over.
extension RunRecordTests {
  @Test func idleTimeIsWhatTheFirstWaitLeaves() async throws {
    let record = record()
    #expect(await record.idleTime(quiet: 0) == nil)
    let wait = await startWait(on: record)
    clock.advance(by: 400_000_000)
    #expect(await record.idleTime(quiet: 400_000_000) == 600_000_000)
    await record.received([1], on: 1)
    await allHaveLooked(at: record)
    #expect(await record.idleTime(quiet: 400_000_000) == nil)
    clock.advance(by: 400_000_000)
    #expect(await record.idleTime(quiet: 400_000_000) == 200_000_000)
    await record.jumped(from: clock.now, host: clock.now, guest: 3_000_000_000)
    #expect(await record.idleTime(quiet: 0) == nil)
    #expect(try await wait.value == nil)
    #expect(await record.idleTime(quiet: 0) == nil)
  }

  @Test func noTimeIsIdleWhileSomebodyHasNotLooked() async throws {
    let record = record()
    let wait = await startWait(on: record)
    #expect(await record.idleTime(quiet: 0) != nil)
    #expect(await record.idleTimeAfterNews() == nil)
    await allHaveLooked(at: record)
    #expect(await record.idleTime(quiet: 0) != nil)
    wait.cancel()
    await record.changed()
    _ = try? await wait.value
  }

  @Test func noTimeIsIdleWhileSomethingIsStillToBeSearched() async throws {
    let record = record()
    let wait = await startWait(on: record)
    let stream = await record.openStream()
    await record.received([UInt8](repeating: 0x61, count: 64_000), on: stream)
    #expect(await record.take(from: stream, through: Pattern("end")) == nil)
    await allHaveLooked(at: record)
    #expect(await record.idleTime(quiet: 0) != nil)
    await record.received(Array("end".utf8), on: stream)
    await allHaveLooked(at: record)
    #expect(await record.take(from: stream, through: Pattern("end")) == nil)
    #expect(await record.idleTime(quiet: 0) == nil)
    clock.advance(by: 20_000_000)
    #expect(await record.take(from: stream, through: Pattern("end")) != nil)
    #expect(await record.idleTime(quiet: 0) != nil)
    wait.cancel()
    await record.changed()
    _ = try? await wait.value
  }

  @Test func unacknowledgedBytesLimitIdleTimeUntilTheyWouldBeSentAgain() async throws {
    let record = record()
    let wait = await startWait(on: record)
    await record.received([1], on: 1)
    await allHaveLooked(at: record)
    clock.advance(by: 100_000_000)
    #expect(await record.unacknowledgedIdleTime(quiet: 200_000_000) == nil)
    #expect(await record.unacknowledgedIdleTime(quiet: 100_000_000) == 300_000_000)
    await record.jumped(from: clock.now, host: clock.now, guest: 400_000_000)
    await allHaveLooked(at: record)
    #expect(await record.unacknowledgedIdleTime(quiet: 0) == nil)
    #expect(await record.idleTime(quiet: 0) == 600_000_000)
    wait.cancel()
    await record.changed()
    _ = try? await wait.value
  }

  @Test func noTimeIsPassedOverWhileBytesAreOnTheirWayInsideTheHost() async throws {
    let record = record()
    let stream = await record.openStream()
    await record.pair(stream, with: .dialled(7))
    let wait = await startWait(on: record)
    // The device sent three bytes, and the network acknowledged them; the peer has seen two.
    await record.segment(segment(.fromDevice, sequence: 1, acknowledgement: 1, payloadLength: 3))
    await record.segment(segment(.toDevice, sequence: 1, acknowledgement: 4))
    await record.received([1, 2], on: stream)
    await allHaveLooked(at: record)
    #expect(await record.idleTime(quiet: 0) == nil)
    await record.received([3], on: stream)
    await allHaveLooked(at: record)
    #expect(await record.idleTime(quiet: 0) != nil)
    // What the peer's socket has not told it yet is an end as well.
    await record.segment(segment(.fromDevice, flags: [.fin, .ack], sequence: 4, acknowledgement: 1))
    await allHaveLooked(at: record)
    #expect(await record.idleTime(quiet: 0) == nil)
    await record.received(nil, on: stream)
    await allHaveLooked(at: record)
    #expect(await record.idleTime(quiet: 0) != nil)
    wait.cancel()
    await record.changed()
    _ = try? await wait.value
  }

  @Test func noTimeIsPassedOverUntilAServerHasItsConnection() async throws {
    let record = record()
    let server = try ServedPort("web", Listening(port: 80), after: await record.connections.passings.count) {}
    await record.serve([server])
    let wait = await startWait(on: record)
    await record.segment(segment(.fromDevice, flags: .syn, sequence: 0))
    await record.attempt(
      ConnectionAttempt(connection: 7, source: Self.device, destination: Self.peer, number: 1, fate: .passed),
      at: clock.now)
    await allHaveLooked(at: record)
    #expect(await record.idleTime(quiet: 0) != nil)
    await record.segment(segment(.toDevice, flags: [.syn, .ack], sequence: 0, acknowledgement: 1))
    await allHaveLooked(at: record)
    #expect(await record.idleTime(quiet: 0) == nil)
    wait.cancel()
    await record.changed()
    _ = try? await wait.value
  }
}

extension RunRecord {
  /// The idle time before anybody who waits has looked at the news.
  fileprivate func idleTimeAfterNews() -> UInt64? {
    changed()
    return idleTime(quiet: 0)
  }
}
