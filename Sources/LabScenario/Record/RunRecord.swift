// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabEmulator
import LabFirmware
import LabModel
import LabNetwork

/// Everything that a run has shown so far, on the guest's clock: the one place that steps ask and wait on.
actor RunRecord {
  var device = DeviceFacts()
  private(set) var connections = ConnectionLog()
  /// What the peers' sides of connections received, by the numbers that `openStream` gave them.
  var streams: [Int: PeerStream] = [:]
  /// The connections that they are sides of.
  var streamKeys: [Int: PeerConnection.Key] = [:]
  var lastStream = 0
  /// The ports of the host that clients have come from in this run.
  var clientPorts: Set<UInt16> = []
  /// The servers that the device may dial.
  var servers: [ServedPort] = []
  /// The address that the device took last.
  private(set) var deviceAddress = "\(NetworkPlan.device)"
  /// What the device printed, byte for byte.
  var console = ConsoleLog()
  /// How many of these have been dealt with, as bytes and as lines.
  var heardBytes = 0
  /// The names that the device asked for, in order.
  private(set) var queries: [NameQuery] = []
  /// What was last looked for in vain, and up to which line.
  var lastLineMiss: (miss: LineMiss, lines: Int)?
  /// How long the start took.
  private(set) var startTimes = StartTimes()
  private var launch: UInt64?
  private var leaseTime: UInt64 = 0
  private var lastTime: UInt64 = 0
  private var latestTime: UInt64 = 0
  /// Whether the network process listens for QEMU.
  private(set) var isNetworkReady = false
  /// The host's port for each forwarded port of the device.
  private(set) var hostPorts: [UInt16: UInt16] = [:]
  /// How long, by the host's clock in nanoseconds, steps have let time pass.
  private(set) var waited: UInt64 = 0
  /// How often the device has started.
  private(set) var starts = 1
  /// How many probes have been answered, and each port's last answer.
  private(set) var probes = 0
  private(set) var probeAnswers: [UInt16: ProbeAnswer] = [:]
  var panics = PanicLog()
  /// Why the run cannot go on, where it cannot.
  private(set) var failure: LabError?
  private(set) var clock: GuestClock
  let transcript: TranscriptWriter
  /// Those who wait for something to change.
  var waiters: [CheckedContinuation<Void, Never>] = []
  /// How many of them have been told and have not looked yet.
  var woken = 0
  /// The guest times at which the waits that are under way end, and how many waits there have been.
  var deadlines: [Int: UInt64] = [:]
  var waits = 0
  /// How many of them are those of steps.
  var waitingSteps = 0
  /// Whether what arrives from the device is held up.
  var isHeld = false
  /// Whether both clocks are being read.
  var isReadingClock = false
  /// The guest's clock at what is being taken up, where the guest itself has told it.
  var toldTime: UInt64?
  /// Guest time up to which everything that the device did is known; nil where nobody attends it.
  var knownUntil: UInt64?
  /// How often the device has run on without being attended.
  var lapses = 0
  /// Guest time when the device was last looked at, or had last been made to jump.
  var lastLook: UInt64 = 0
  /// For how long, by the host's clock in nanoseconds, the lab itself has been held up.
  var heldUp: UInt64 = 0
  /// When something happened last, by the host's clock.
  var lastEvent: UInt64 = 0
  /// What the network process answered to questions, by their tokens, and the last token.
  var synchronizations: [UInt64: NetworkSynchronization] = [:]
  var lastToken: UInt64 = 0
  /// How much processor time the emulator has had, in nanoseconds; nil where nobody can tell.
  private(set) var emulatorTime: @Sendable () async -> UInt64? = { nil }
  let now: @Sendable () -> UInt64
  /// Whether the interrupt watchdog may bite by chance. Then a step does not wait on for a device that it has restarted: its check runs again.
  let mayBiteWrongly: Bool

  /// - Parameters:
  ///   - file: where the transcript goes; nil to keep none.
  ///   - mayBiteWrongly: whether the interrupt watchdog may bite by chance.
  ///   - now: the host's monotonic clock in nanoseconds.
  init(
    file: FileHandle? = nil, mayBiteWrongly: Bool = false,
    now: @escaping @Sendable () -> UInt64 = { MonotonicClock.now }
  ) {
    self.now = now
    self.mayBiteWrongly = mayBiteWrongly
    clock = GuestClock(origin: now())
    transcript = TranscriptWriter(file: file)
  }

  /// The guest time now, in nanoseconds. It never runs backwards: a reading of the clocks may show that less of it has passed than was
  /// told before.
  var guestTime: UInt64 {
    latestTime = max(latestTime, clock.guestTime(at: now()))
    return latestTime
  }

  /// Sets the function that returns the processor time of the emulator, in nanoseconds.
  func ask(_ emulatorTime: @escaping @Sendable () async -> UInt64?) { self.emulatorTime = emulatorTime }

  /// Begins to count guest time.
  func begin(at host: UInt64) {
    clock = GuestClock(origin: host)
    latestTime = 0
  }

  /// Takes up a reading of both clocks.
  func sampleClock(host: UInt64, guest: UInt64) {
    clock.sample(host: host, guest: guest)
  }

  /// Takes up that the guest's clock was made to jump.
  func jumped(from start: UInt64, host: UInt64, guest: UInt64) {
    clock.jump(from: start, host: host, guest: guest)
    lastLook = guest
    changed()
  }

  /// Lets guest time pass because a step says so.
  func pass(_ duration: GuestDuration) async throws {
    let _: Never? = try await pass(duration) { _ in nil }
  }

  /// Lets guest time pass because a step says so, unless something happens.
  func pass<Found: Sendable>(
    _ duration: GuestDuration, unless condition: @Sendable (isolated RunRecord) -> Found?
  ) async throws -> Found? {
    let start = now()
    defer { waited += now() - start }
    return try await wait(duration, until: condition)
  }

  /// Adds a line to the transcript.
  @discardableResult
  func add(_ source: TranscriptEntry.Source, _ text: String, at host: UInt64? = nil) -> Evidence {
    let evidence = transcript.add(entry(source, text, at: host ?? now()))
    if let reason = transcript.failure {
      fail(
        LabError(
          code: "run.disk", message: "the transcript cannot be written: \(reason)",
          remedy: "Make room on the disk, or give another folder with --output."))
    }
    changed()
    return evidence
  }

  /// An entry of the transcript. What arrives late, since it came another way, stands where it arrived and not before its predecessor.
  func entry(_ source: TranscriptEntry.Source, _ text: String, at host: UInt64) -> TranscriptEntry {
    lastEvent = now()
    lastTime = max(lastTime, toldTime ?? clock.guestTime(at: host))
    return TranscriptEntry(time: lastTime, source: source, text: text)
  }

  /// How far everything has come that grows in the course of a run.
  var position: RecordPosition {
    RecordPosition(
      attempts: connections.attempts.count, queries: queries.count, lines: device.lines, bytes: console.total)
  }

  /// Takes up a TCP segment.
  func segment(_ segment: TCPSegment) {
    let evidence = add(.wire, segment.transcriptText, at: segment.time)
    connections.note(segment, at: Moment(host: segment.time, guest: toldTime), as: evidence)
  }

  /// Takes up that the device began to open a connection.
  func attempt(_ attempt: ConnectionAttempt, at host: UInt64) {
    connections.note(attempt, at: Moment(host: host, guest: toldTime))
    changed()
  }

  /// Takes up that the device asked for a name.
  func query(_ exchange: DNSExchange, at host: UInt64) {
    let name = quoted(Array(exchange.name.utf8))
    let evidence = add(.wire, "DNS: the device asks for \(name): \(exchange.answer.summary)", at: host)
    if queries.count < Self.queryLimit { queries.append(NameQuery(name: exchange.name, evidence: evidence)) }
  }

  /// A device may ask without end: so many queries are kept.
  private static let queryLimit = 10_000

  /// Takes up ordinary segments of a busy connection, told together.
  func stream(_ progress: StreamProgress) {
    guard let peer = connections[progress.connection]?.id.peer else { return }
    let evidence = add(.wire, progress.transcriptText(peer: peer), at: progress.lastTime)
    connections.note(progress, as: evidence)
  }

  /// Takes up that the device has an address.
  func leased(_ address: String, at host: UInt64) {
    device.address = add(.wire, "DHCP: the device takes \(address)", at: host)
    deviceAddress = address
    leaseTime = host
    startTimes.address = startTimes.address ?? sinceLaunch(host)
    changed()
  }

  /// Takes up that the device started again.
  ///
  /// The news may come after the first of what the new start brought about: that stands.
  /// - Parameters:
  ///   - byItself: whether it did so of its own accord, and not because the lab reset it.
  ///   - host: when, by the host's monotonic clock.
  func restarted(byItself: Bool, at host: UInt64) {
    starts += 1
    if byItself {
      device.reboots += 1
      device.note(.reboot, add(.lab, "the device restarts by itself"))
      forgetStart(before: host)
    }
    changed()
  }

  /// Forgets what went wrong with the device after the first so many mishaps.
  func forgetMishaps(after count: Int) {
    device.forgetMishaps(after: count)
  }

  /// Takes up that the lab is about to reset the device.
  func willRestart() {
    add(.lab, "the lab resets the device")
    forgetStart(before: now())
  }

  private func forgetStart(before host: UInt64) {
    if leaseTime < host { device.address = nil }
    device.printed = false
    probeAnswers = [:]
    connections.forgetSequences()
  }

  /// Takes up that the emulator is being launched.
  func launching() {
    launch = now()
  }

  /// Takes up that the device printed something.
  func heard(at host: UInt64) {
    lastEvent = now()
    startTimes.firstByte = startTimes.firstByte ?? sinceLaunch(host)
  }

  private func sinceLaunch(_ host: UInt64) -> Double? {
    launch.map { Double(host - min($0, host)) / 1e9 }
  }

  /// Takes up that the network process is there.
  func networkReady() {
    isNetworkReady = true
    changed()
  }

  /// Takes up that a port of the device can be reached.
  func forwarded(_ guestPort: UInt16, to hostPort: UInt16) {
    hostPorts[guestPort] = hostPort
    changed()
  }

  /// Takes up what a port of the device answered to SYN.
  func probed(_ port: UInt16, _ answer: PortProbeAnswer, at host: UInt64) {
    switch answer {
    case .listens:
      add(.wire, "device:\(port) answers SYN with SYN-ACK: it listens", at: host)
      probeAnswers[port] = .listens
    case .refuses:
      probeAnswers[port] = .refuses(add(.wire, "device:\(port) answers SYN with RST: nothing listens", at: host))
    }
    probes += 1
    changed()
  }

  /// Ends every wait with an error: the run cannot go on. The first reason counts.
  func fail(_ error: LabError) {
    guard failure == nil else { return }
    failure = error
    changed()
  }

  /// Writes what has been recorded so far.
  func flush() {
    transcript.flush()
  }

  /// Writes the rest of the transcript.
  func finish() {
    transcript.finish()
  }
}
