// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import LabBatch

@Suite struct LoadPolicyTests {
  private let idle = HostReading(cores: 2, load: 1, processorPressure: 5, memoryPressure: 0)
  private let crowded = HostReading(cores: 2, load: 20, processorPressure: 99, memoryPressure: 0)
  private let swapping = HostReading(cores: 2, load: 1, processorPressure: 5, memoryPressure: 0, swapIns: 5000)

  @Test func anOrdinaryHostChangesNothing() {
    var policy = LoadPolicy(maximum: 8)
    // What the lab's own runs do is no strain, however many were asked for.
    let own = HostReading(cores: 2, load: 11, processorPressure: 99, memoryPressure: 0)
    for second in 0..<300 { #expect(policy.take(own, running: 8, at: Double(second)) == nil) }
    #expect(policy.limit == 8)
  }

  @Test func othersWorkLowersTheNumberAndItsEndRaisesItAgain() {
    var policy = LoadPolicy(maximum: 4)
    #expect(
      policy.take(crowded, running: 4, at: 0)
        == LoadPolicy.Change(limit: 3, strain: .load(20, cores: 2), isFirst: true))
    // What the change did takes a while to show.
    #expect(policy.take(crowded, running: 3, at: 2) == nil)
    #expect(
      policy.take(crowded, running: 3, at: 12)
        == LoadPolicy.Change(limit: 2, strain: .load(20, cores: 2), isFirst: false))
    #expect(policy.take(idle, running: 2, at: 20) == nil)
    #expect(policy.take(idle, running: 2, at: 40) == nil)
    #expect(policy.take(idle, running: 2, at: 50) == LoadPolicy.Change(limit: 3, isFirst: false))
    #expect(policy.take(idle, running: 3, at: 60) == nil)
    #expect(policy.take(idle, running: 3, at: 80) == LoadPolicy.Change(limit: 4, isFirst: false))
    #expect(policy.take(idle, running: 4, at: 200) == nil)
  }

  @Test func oneAlwaysRuns() {
    var policy = LoadPolicy(maximum: 2)
    for time in 0..<10 { _ = policy.take(swapping, running: 1, at: Double(time) * 20) }
    #expect(policy.limit == 1)
    #expect(policy.takeFailure(at: 1000) == nil)
    var single = LoadPolicy(maximum: 1)
    #expect(single.take(crowded, running: 1, at: 0) == nil)
    #expect(LoadPolicy(maximum: 0).limit == 1)
  }

  @Test func shortMemoryHalvesTheNumberAtOnce() {
    var policy = LoadPolicy(maximum: 8)
    #expect(policy.take(swapping, running: 8, at: 0)?.limit == 4)
    let stalled = HostReading(cores: 2, load: 1, memoryPressure: 30)
    #expect(policy.take(stalled, running: 4, at: 10) == LoadPolicy.Change(limit: 2, strain: .memory, isFirst: false))
  }

  @Test func runsThatTheHostWasTooSlowForHalveItOnceForAllThatFailTogether() {
    var policy = LoadPolicy(maximum: 8)
    #expect(policy.takeFailure(at: 5) == LoadPolicy.Change(limit: 4, strain: .failure, isFirst: true))
    #expect(policy.takeFailure(at: 6) == nil)
    #expect(policy.takeFailure(at: 30)?.limit == 2)
  }

  @Test func aLoadOfProcessesThatWaitForADiskIsNone() {
    var policy = LoadPolicy(maximum: 4)
    let waiting = HostReading(cores: 2, load: 30, processorPressure: 3, memoryPressure: 0)
    #expect(policy.take(waiting, running: 4, at: 0) == nil)
  }

  @Test func calmHasToLast() {
    var policy = LoadPolicy(maximum: 2)
    _ = policy.take(swapping, running: 2, at: 0)
    for time in stride(from: 10.0, to: 200, by: 20) {
      #expect(policy.take(idle, running: 1, at: time) == nil)
      #expect(policy.take(crowded, running: 1, at: time + 15) == nil)
    }
    #expect(policy.limit == 1)
  }

  @Test func theDefaultIsAsManyAsThereAreProcessorsAndMemoryAllows() {
    #expect(DefaultJobs.count(cores: 4, memory: 64 << 30) == 4)
    #expect(DefaultJobs.count(cores: 4, memory: 1 << 30) == 2)
    #expect(DefaultJobs.count(cores: 4, memory: 1 << 20) == 1)
    #expect(DefaultJobs.count(cores: 4, memory: nil) == 4)
  }

  @Test func theHostCanBeLookedAt() {
    var probe = HostProbe()
    _ = probe.read()
    let reading = probe.read()
    #expect(reading.cores > 0)
    #expect(reading.load >= 0)
    #expect(reading.swapIns >= 0)
  }
}
