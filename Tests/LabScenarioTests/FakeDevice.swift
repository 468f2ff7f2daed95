// SPDX-License-Identifier: Apache-2.0
import LabModel
import LabNetwork

@testable import LabScenario

/// A device that is only a record, in which a test writes what it did, and the commands that its network was told.
actor FakeDevice: DeviceUnderTest {
  let record: RunRecord
  let hostPorts: [UInt16: UInt16] = [:]
  let names: [String: NameAnswer]
  private(set) var told: [NetworkCommand] = []
  private(set) var typed: [UInt8] = []
  private(set) var resets = 0

  init(record: RunRecord, names: [String: NameAnswer] = [:]) {
    self.record = record
    self.names = names
  }

  func type(_ bytes: [UInt8]) { typed += bytes }

  func probe(_ port: UInt16, within: GuestDuration) -> ProbeAnswer { .silent }

  func tell(_ commands: [NetworkCommand]) { told += commands }

  func reset(_ between: @Sendable () async -> Void) async -> RecordPosition {
    resets += 1
    let position = await record.position
    await between()
    return position
  }
}
