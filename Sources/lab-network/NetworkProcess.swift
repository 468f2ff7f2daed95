// SPDX-License-Identifier: Apache-2.0

import CSlirp
import Glibc
import LabModel
import LabNetwork

/// The one loop that moves frames between QEMU, `VirtualNetwork` and libslirp, and tells the lab.
final class NetworkProcess {
  /// The longest wait of a round, in nanoseconds.
  private static let longestWait: UInt64 = 1_000_000_000
  private static let roundsOwedLimit = 8

  let control: ControlChannel
  private let handout: SocketHandout?
  let guest: GuestLink
  let slirp: SlirpStack
  let capture: CaptureFile?
  private let signals: Int32
  var network = VirtualNetwork()
  var synchronization = Synchronization()
  /// How many rounds of the loop the guest has waited for what comes of its frames.
  private var roundsOwed = 0
  var stopping = false

  init(_ options: Options) throws {
    control = try ControlChannel(options.control)
    handout = try options.sockets.map { try SocketHandout($0) }
    guest = try GuestLink(options.guest, lockstep: options.lockstep)
    slirp = try SlirpStack()
    capture = try options.capture.map { try CaptureFile($0, limit: options.captureLimit) }
    var mask = sigset_t()
    sigemptyset(&mask)
    sigaddset(&mask, SIGTERM)
    sigaddset(&mask, SIGINT)
    sigprocmask(SIG_BLOCK, &mask, nil)
    signals = signalfd(-1, &mask, Int32(SFD_CLOEXEC | SFD_NONBLOCK))
    guard signals >= 0 else { throw SystemError("cannot receive signals") }
    signal(SIGPIPE, SIG_IGN)
  }

  /// Runs until the lab goes away or asks for an end.
  func run() {
    slirp.onFrame = { [unowned self] frame in network.receive(fromHost: frame, at: MonotonicClock.now) }
    tell(.ready)
    if guest.connection != nil { tell(.guestConnected) }
    var set = PollSet()
    while !stopping { round(&set) }
    network.tick(at: MonotonicClock.now, all: true)
    settle()
    if let message = capture?.flush() { tell(.failed(message: message)) }
    tell(.statistics(statistics))
    control.drain()
  }

  private func round(_ set: inout PollSet) {
    set.removeAll()
    let mayProduce = control.backlog < ControlChannel.highWater
    let signalIndex = set.add(signals, read: true)
    let controlInput = set.add(control.input, read: true)
    let controlOutput = control.backlog > 0 ? set.add(control.output, write: true) : nil
    let handoutIndex = handout?.descriptor.map { set.add($0, read: true) }
    let requests = synchronization.count
    let place = set.count
    let guestIndex = guest.descriptor.flatMap { descriptor in
      mayProduce || guest.connection == nil ? set.add(descriptor, read: true, write: guest.isBlocked) : nil
    }
    let slirpWait = UInt64(slirp.fill(&set)) * 1_000_000
    let isAwaited = mayProduce && guest.owed ?? 0 > 0
    let mayWait = requests == 0 && !isAwaited
    let completed = set.wait(nanoseconds: mayWait ? min(slirpWait, wait(mayProduce: mayProduce)) : 0)
    let isQuiet = completed && set.isQuiet(from: place)

    if set.canRead(signalIndex) { stopping = true }
    if set.canRead(controlInput) { readControl() }
    if let handoutIndex, set.canRead(handoutIndex) { handout?.answer() }
    if let guestIndex, set.canRead(guestIndex) { readGuest() }
    slirp.poll(set, failed: !completed)
    network.tick(at: MonotonicClock.now)
    settle()
    if isAwaited { keepStep(isQuiet: isQuiet) }
    if mayProduce { pump() }
    if requests > 0 { synchronize(requests, isQuiet: isQuiet) }
    if let due = capture?.deadline, due <= MonotonicClock.now, let message = capture?.flush() {
      tell(.failed(message: message))
    }
    if controlOutput == nil || controlOutput.map(set.canWrite) == true, !control.flush() { stopping = true }
  }

  /// How long nothing is due, in nanoseconds.
  private func wait(mayProduce: Bool) -> UInt64 {
    let deadlines = [mayProduce ? guest.deadline : nil, network.deadline, capture?.deadline].compactMap(\.self)
    guard let next = deadlines.min() else { return NetworkProcess.longestWait }
    let now = MonotonicClock.now
    return min(next > now ? next - now : 0, NetworkProcess.longestWait)
  }

  private func readGuest() {
    guard guest.connection != nil else {
      if guest.accept() { tell(.guestConnected) }
      return
    }
    switch guest.read() {
    case .ended(let reason):
      disconnect(reason)
    case .frames(let frames):
      for frame in frames {
        network.hostConnections = slirp.openSockets
        let time = MonotonicClock.now
        network.guestTime = frame.time
        if let frame = network.receive(fromDevice: frame.bytes, at: time) { guest.hear(frame, at: time) }
        settle()
      }
    }
  }

  private func disconnect(_ reason: String) {
    guest.disconnect()
    tell(.guestDisconnected(reason: reason))
  }

  /// Lets the guest run on when everything has been done that comes of its frames at once: when a round has found nothing more to do, or
  /// after some rounds where there is always more.
  private func keepStep(isQuiet: Bool) {
    roundsOwed += 1
    guard isQuiet || roundsOwed >= NetworkProcess.roundsOwedLimit else { return }
    roundsOwed = 0
    guest.dealtWithAll()
  }

  private func pump() {
    let reason = guest.pump(at: MonotonicClock.now) { [self] frame in
      network.delivered(frame, at: MonotonicClock.now)
    }
    settle()
    // While the guest waits its clock stands, all but a moment.
    if guest.owed == 0 { network.guestTime = nil }
    if let reason { disconnect(reason) }
  }

  /// Passes on all that came out of the network; libslirp may answer at once, so it takes several turns.
  private func settle() {
    while true {
      let output = network.takeOutput()
      for report in output.reports { control.report(report) }
      for frame in output.captured {
        if let message = capture?.append(frame) { tell(.failed(message: message)) }
      }
      // Before QEMU has connected libslirp may already ask for the device; that is not a loss.
      for frame in output.toDevice where guest.connection != nil && !guest.append(frame) {
        network.overflowed(frame, at: MonotonicClock.now)
      }
      for frame in output.toHost { slirp.input(frame.bytes) }
      if output.toHost.isEmpty, output.toDevice.isEmpty, output.reports.isEmpty, output.captured.isEmpty { return }
    }
  }

  var statistics: NetworkStatistics {
    var statistics = network.currentStatistics
    statistics.captureBytes = capture?.size ?? 0
    statistics.framesNotCaptured = capture?.framesLeftOut ?? 0
    return statistics
  }

  /// Reports something that is not of the network's own making, after what the network had to tell before.
  func tell(_ event: NetworkEvent) {
    for report in network.takeReports() { control.report(report) }
    control.report(NetworkReport(time: MonotonicClock.now, event: event))
  }
}
