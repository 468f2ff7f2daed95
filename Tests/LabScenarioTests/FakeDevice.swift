// SPDX-License-Identifier: Apache-2.0
import LabEmulator
import LabModel
import LabNetwork

@testable import LabScenario

/// A device that is only a record, in which a test writes what it did, and the commands that its network was told.
actor FakeDevice: DeviceUnderTest {
  let record: RunRecord
  let hostPorts: [UInt16: UInt16] = [:]
  let sockets: SocketSource? = nil
  let names: [String: NameAnswer]
  private(set) var told: [NetworkCommand] = []
  private(set) var typed: [UInt8] = []
  private(set) var resets = 0
  private(set) var probes = 0
  /// What share of its time it computes; nil if nobody knows.
  private var busyShare: Double?
  /// The guest time from which on it listens; nil if it never does.
  private var listensFrom: UInt64?

  init(record: RunRecord, names: [String: NameAnswer] = [:]) {
    self.record = record
    self.names = names
  }

  func type(_ bytes: [UInt8]) { typed += bytes }

  func compute(share: Double?) { busyShare = share }

  var busyTime: UInt64? {
    get async {
      guard let busyShare else { return nil }
      return await UInt64(Double(record.guestTime) * busyShare)
    }
  }

  func listen(from time: UInt64) { listensFrom = time }

  func probe(_ port: UInt16, within: GuestDuration) async -> ProbeAnswer {
    probes += 1
    guard let listensFrom, await record.guestTime >= listensFrom else { return .silent }
    return .listens
  }

  func tell(_ commands: [NetworkCommand]) { told += commands }

  func confirm() {}

  func reset(_ between: @Sendable () async throws -> Void) async throws -> RecordPosition {
    resets += 1
    let position = await record.position
    try await between()
    return position
  }
}
